"""Where a new customer goes: a folder that is named, or the one that a clone of a part has."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from crm_md import store
from crm_md.crm import Crm
from crm_md.errors import FolderElsewhere, UsageProblem
from crm_md.messages import _


def folder_for_new(crm: Crm, asked: str | None = None) -> str:
    """Return the folder of a new customer, below ``customers/``; "" for that itself.

    Args:
        crm: the open store.
        asked: as it was typed; one that is not there is begun. None where nobody said: then it is
            the one that a clone of a part has.

    Raises:
        UsageProblem: no folder can be called so; or nobody said, and the part has several.
        FolderElsewhere: the clone of a part does not have it.
    """
    if asked is None:
        folder = folder_by_itself(crm)
        if folder is None:
            folders = crm.part.folders if crm.part else ()
            raise UsageProblem(
                _("In which folder? Here are: {names}.").format(names=", ".join(folders)),
                _("Name one: --folder {name}").format(name=folders[0]),
            )
        return folder
    folder = _there(crm.root / store.CUSTOMERS, _parts(asked))
    if crm.part and not crm.part.has(folder):
        raise FolderElsewhere(folder, crm.part.fetching([folder]))
    return folder


def folder_by_itself(crm: Crm) -> str | None:
    """Return where new customers go that nobody gave a folder; None where the part has several."""
    if crm.part is None or not crm.part.folders:
        return ""
    return crm.part.folders[0] if len(crm.part.folders) == 1 else None


def is_begun(crm: Crm, folder: str) -> bool:
    """Tell whether there is such a folder below ``customers/`` already."""
    return (crm.root / store.CUSTOMERS / folder).is_dir()


def slugs_in_use(crm: Crm) -> frozenset[str]:
    """Return the slugs of all customers, those too that a clone of a part leaves out."""
    return frozenset((*crm.catalogue.slugs(), *(crm.part.slugs() if crm.part else ())))


def _parts(asked: str) -> list[str]:
    bare = unicodedata.normalize("NFC", asked.strip()).replace(os.sep, "/")
    parts = [part.strip() for part in bare.removeprefix("./").split("/") if part.strip(" .")]
    if parts[:1] == [store.CUSTOMERS]:
        parts = parts[1:]
    odd = not bare.isprintable() or ".." in bare.split("/")
    if odd or any(part.startswith(".") or part.endswith(".md") for part in parts):
        raise UsageProblem(
            _("“{folder}” can be no folder of customers.").format(
                folder="".join(sign if sign.isprintable() else "?" for sign in asked)
            ),
            _("Name one below customers, such as: --folder north"),
        )
    return parts


def _there(top: Path, parts: list[str]) -> str:
    """Return a folder as it is written on disk, where it is there in other letters or forms."""
    found: list[str] = []
    for part in parts:
        place = top.joinpath(*found)
        names = [one.name for one in place.iterdir() if one.is_dir()] if place.is_dir() else []
        alike = [one for one in names if _folded(one) == _folded(part)]
        found.append(part if part in names or not alike else alike[0])
    return "/".join(found)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
