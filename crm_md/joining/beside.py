"""Keep beside a file the version of it that could not be merged: where, and what is told of it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from crm_md import store
from crm_md.messages import _


class Note(NamedTuple):
    """What a person should know of how two versions were joined.

    Attributes:
        why: two versions of which one is unreadable, or that cannot be merged; two customers of
            one name; a file in the place of a folder.
        path: from the top of the work tree.
        beside: where the other one is.
    """

    why: Literal["unreadable", "different", "twin", "folder"]
    path: str
    beside: str


def wanted_beside(path: str, prefix: str) -> str:
    """Return where the other version of a file goes, if that is free: see `paths.free_path`.

    A customer's goes to their attachments, so that nobody is there twice.

    Args:
        path: of the file, from the top of the work tree.
        prefix: the store's place in it.
    """
    inner = path.removeprefix(prefix)
    if not (path.startswith(prefix) and store.is_customer_path(inner)):
        return path
    name = inner.rpartition("/")[2]
    return f"{prefix}{store.ATTACHMENTS}/{name.removesuffix('.md')}/{name}"


def note_told(note: Note) -> str:
    """Return what a person should know, in a sentence."""
    sentences = {
        "unreadable": _(
            "{path}: two versions, of which one cannot be read; it is kept as {beside}"
        ),
        "different": _("{path} was changed on both sides; the other version is kept as {beside}"),
        "twin": _("{path}: another customer has that file name; this one is now {beside}"),
        "folder": _("{path} is a folder elsewhere; the file is now {beside}"),
    }
    return sentences[note.why].format(path=note.path, beside=note.beside)
