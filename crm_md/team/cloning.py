"""Clone a store that others share, and make it ready for work."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crm_md import history, store
from crm_md.config import Member
from crm_md.crm import Progress, open_store
from crm_md.errors import FolderTaken, NoCustomersInside, NoSuchFolder
from crm_md.frozen import dataclass
from crm_md.history import cloning, remotes
from crm_md.records.starting import check_place, full_path, short_name

if TYPE_CHECKING:
    from crm_md.crm import Crm
    from crm_md.history import History, Identity

Ask = Callable[[], "Identity | None"]


@dataclass(frozen=True, slots=True)
class Cloned:
    """What `clone` made.

    Attributes:
        root: the store.
        customers: how many are in it.
        unreadable: how many of them cannot be read.
        only: the folders that were taken, all if none is named.
        me: who is at the keyboard, as the team would know them; None if Git does not know.
        in_team: whether ``crm.toml`` has them.
    """

    root: Path
    customers: int
    unreadable: int
    only: tuple[str, ...]
    me: Member | None
    in_team: bool


def clone(
    address: str,
    folder: Path | None,
    now: datetime,
    *,
    only: Sequence[str] = (),
    ask: Ask | None = None,
    progress: Progress | None = None,
) -> Cloned:
    """Clone a store, set up what merges its files, take in what it says.

    Args:
        address: of the repository, as Git understands it.
        folder: where to; None for one named after the repository, here.
        now: the moment, local wall-clock.
        only: folders below ``customers/``; nothing else of the customers is fetched.
        ask: asked for name and address if Git does not know them.
        progress: called with (done, all) while customers are taken in.

    Raises:
        FolderTaken, InsideStore, InTheWay: no store can be made in that folder.
        NoConnection, NotLetIn, NothingThere: the other side cannot be reached, for that reason.
        NoSuchFolder: one of the folders is not there; nothing but the history was fetched.
        NoCustomersInside: it was cloned, and is no store yet.
        CrmError: another of the 50s, if Git failed.
    """
    root = full_path(folder or Path(cloning.name_of(address)))
    check_place(root)
    if root.exists() and any(root.iterdir()):
        raise FolderTaken(folder or Path(root.name))
    cloning.clone(address, root, in_part=bool(only))
    book = history.initialise(root)
    inner = _store_inside(book)
    if inner is None:
        raise NoCustomersInside(root)
    if only:
        try:
            _take_only(book, inner, only)
        except NoSuchFolder:
            shutil.rmtree(root)  # it was not there, or empty
            raise
    _remember_shared(book)
    if book.identity() is None and ask is not None:
        person = ask()
        if person is not None:
            book.set_identity(person.name, person.email)
    with open_store(root / inner, now) as crm:
        crm.progress = progress
        return _told(crm, tuple(only))


def _store_inside(book: History) -> str | None:
    """Return where in the repository the store is: at its top, else the only folder with one."""
    if book.head() is None:
        return None
    tops = cloning.folders_at_head(book, "")
    if store.CUSTOMERS in tops:
        return ""
    found = [
        top for top in tops if f"{top}/{store.CUSTOMERS}" in cloning.folders_at_head(book, top)
    ]
    return found[0] if len(found) == 1 else None


def _take_only(book: History, inner: str, only: Sequence[str]) -> None:
    """Write the customers of some folders, with their attachments, and what all of them need.

    Raises:
        NoSuchFolder: one is not there.
    """
    prefix = f"{inner}/" if inner else ""
    customers = f"{prefix}{store.CUSTOMERS}"
    wanted = []
    for one in only:
        name = one.replace(os.sep, "/").strip("/").removeprefix(f"{store.CUSTOMERS}/")
        path = f"{customers}/{name}"
        above = path.rpartition("/")[0]
        there = cloning.folders_at_head(book, above)
        if path not in there:
            raise NoSuchFolder(one, [each.removeprefix(f"{customers}/") for each in there])
        wanted.append(path)
    slugs = {
        path.rpartition("/")[2].removesuffix(".md")
        for folder in wanted
        for path in cloning.files_at_head(book, folder)
    }
    attached = cloning.folders_at_head(book, f"{prefix}{store.ATTACHMENTS}")
    theirs = [path for path in attached if path.rpartition("/")[2] in slugs]
    cloning.take_only(book, [*wanted, f"{prefix}{store.TEMPLATES}", *theirs])


def _remember_shared(book: History) -> None:
    branch, here = book.branch(), book.head()
    if branch and here:
        remotes.remember_shared(book, remotes.remote_of(book, branch), here)


def _told(crm: Crm, only: tuple[str, ...]) -> Cloned:
    person = crm.identity
    me: Member | None = None
    known: Member | None = None
    if person:
        known = crm.config.member(person.email) or crm.config.member(person.name)
        short = short_name(person.name, person.email)
        me = known or Member(short, person.name, (person.email,))
    return Cloned(
        root=crm.root,
        customers=len(crm.catalogue.slugs()),
        unreadable=len(crm.catalogue.unreadable()),
        only=only,
        me=me,
        in_team=known is not None,
    )
