"""Clone a store that others share, and make it ready for work."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from crm_md import history, store
from crm_md.config import Member
from crm_md.crm import Progress, open_store
from crm_md.errors import (
    BranchUnclear,
    FolderTaken,
    NoConnection,
    NoCustomersInside,
    NoSuchBranch,
    NoSuchFolder,
    StoreUnclear,
)
from crm_md.frozen import dataclass
from crm_md.history import cloning, last_talk, remotes
from crm_md.history.addresses import without_password
from crm_md.likeness import fold_light, slug_in
from crm_md.lost_customers import is_empty_clone
from crm_md.records.starting import check_place, full_path, short_name

if TYPE_CHECKING:
    from crm_md.crm import Crm
    from crm_md.history import History, Identity

_USUAL = ("main", "master", "trunk")
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
        password: whether one stood in the address, and so stands in ``.git/config`` now.
    """

    root: Path
    customers: int
    unreadable: int
    only: tuple[str, ...]
    me: Member | None
    in_team: bool
    password: bool


def clone(
    address: str,
    folder: Path | None,
    now: datetime,
    *,
    only: Sequence[str] = (),
    branch: str = "",
    ask: Ask | None = None,
    progress: Progress | None = None,
) -> Cloned:
    """Clone a store, set up what merges its files, take in what it says.

    Args:
        address: of the repository, as Git understands it.
        folder: where to; None for one named after the repository, here.
        now: the moment, local wall-clock.
        only: folders below ``customers/``; nothing else of the customers is fetched.
        branch: of the other side; "" for the one it hands out, else the one that has a store.
        ask: asked for name and address if Git does not know them.
        progress: called with (done, all) while customers are taken in.

    Raises:
        FolderTaken, InsideStore, InTheWay: no store can be made in that folder.
        NoConnection, NotLetIn, NothingThere: the other side cannot be reached, for that reason.
        NotTrusted: its certificate is not to be trusted.
        NoSuchFolder: one of the folders is not there; nothing is left.
        NoSuchBranch, BranchUnclear: which branch is meant is not said rightly; nothing is left.
        NoCustomersInside: it was cloned, and is no store yet.
        StoreUnclear: it was cloned, and holds several.
        CrmError: another of the 50s, if Git failed.
    """
    root = full_path(folder or Path(cloning.name_of(address)))
    check_place(root)
    if root.exists() and any(root.iterdir()):
        raise FolderTaken(folder or Path(root.name), _found_in(root))
    shown = without_password(address)
    with _nothing_left(root):
        try:
            cloning.clone(address, root, in_part=bool(only))
        except NoConnection:
            raise NoConnection(shown, first=True) from None
        book = history.initialise(root)
        stores = _stores_inside(book, shown, branch)
        if only and len(stores) == 1:
            _take_only(book, stores[0], only)
        elif only and stores:
            raise StoreUnclear(stores)
    if not stores:
        raise NoCustomersInside(root, "" if book.head() else shown)
    if len(stores) > 1:
        raise StoreUnclear(stores, root)
    _remember_shared(book, now)
    if book.identity() is None and ask is not None:
        person = ask()
        if person is not None:
            book.set_identity(person.name, person.email)
    with open_store(root / stores[0], now) as crm:
        crm.progress = progress
        return _told(crm, tuple(only), password=shown != address)


@contextmanager
def _nothing_left(root: Path) -> Iterator[None]:
    """Take away what was made, if it cannot be finished; the folder was not there, or empty."""
    was_there = root.exists()
    try:
        yield
    except BaseException:
        for one in root.iterdir() if root.exists() else ():
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one, ignore_errors=True)
            else:
                one.unlink(missing_ok=True)
        if not was_there:
            with suppress(OSError):
                root.rmdir()
        raise


def _found_in(root: Path) -> Literal["", "store", "half"]:
    """Return what stands in a folder in which a clone was wanted."""
    book = history.find(root)
    if book is not None and book.top == root and (book.is_half_cloned() or is_empty_clone(root)):
        return "half"
    return "store" if store.find_store(root) == root else ""


def _stores_inside(book: History, address: str, branch: str) -> list[str]:
    """Return where in the repository stores are, on the branch that has one, which becomes ours.

    The branch that the other side hands out goes first; but a bare repository often hands out
    ``master``, and has ``main`` alone.

    Raises:
        NoSuchBranch: the branch that is asked for is not there.
        BranchUnclear: several have a store, and none of them has a usual name.
    """
    there = cloning.branches_there(book)
    handed_out = book.branch() if book.head() else None
    if branch and branch not in there:
        raise NoSuchBranch(branch, there, address)
    wanted = branch or _branch_with_stores(book, handed_out, there, address)
    if wanted and wanted != handed_out:
        cloning.switch_to(book, wanted)
    return _stores_at(book, "HEAD") if wanted else []


def _branch_with_stores(
    book: History, handed_out: str | None, there: Sequence[str], address: str
) -> str | None:
    if handed_out and (len(there) == 1 or _stores_at(book, "HEAD")):
        return handed_out
    fitting = [name for name in there if _stores_at(book, cloning.theirs(name))]
    usual = [name for name in _USUAL if name in fitting]
    if len(fitting) > 1 and not usual:
        raise BranchUnclear(address, fitting)
    return next(iter([*usual, *fitting]), handed_out or next(iter(there), None))


def _stores_at(book: History, revision: str) -> list[str]:
    """Return where stores are: at the top (then there alone), else in which folders."""
    if store.CUSTOMERS in cloning.folders_at(book, revision):
        return [""]
    parts = [path.split("/") for path in cloning.folders_at(book, revision, deep=True)]
    return [
        "/".join(above)
        for *above, name in parts
        if name == store.CUSTOMERS and store.CUSTOMERS not in above
    ]


def _take_only(book: History, inner: str, only: Sequence[str]) -> None:
    """Write the customers of some folders, with their attachments, and what all of them need.

    Raises:
        NoSuchFolder: one is not there.
    """
    prefix = f"{inner}/" if inner else ""
    customers = f"{prefix}{store.CUSTOMERS}"
    there = cloning.folders_at(book, "HEAD", customers, deep=True)
    names = [path.removeprefix(f"{customers}/") for path in there]
    wanted = [f"{customers}/{name}" for one in only for name in _meant(one, customers, names)]
    slugs = {
        fold_light(slug_in(path))
        for folder in wanted
        for path in cloning.files_at_head(book, folder)
    }
    attached = cloning.folders_at(book, "HEAD", f"{prefix}{store.ATTACHMENTS}")
    theirs = [path for path in attached if fold_light(path.rpartition("/")[2]) in slugs]
    cloning.take_only(book, [*wanted, f"{prefix}{store.TEMPLATES}", *theirs])


def _meant(asked: str, customers: str, names: Sequence[str]) -> list[str]:
    """Return the folder that somebody typed; two, where they differ in how umlauts are written.

    Raises:
        NoSuchFolder: it is not there.
    """
    bare = asked.replace(os.sep, "/").removeprefix("./").strip("/")
    for above in (f"{customers}/", f"{store.CUSTOMERS}/"):
        bare = bare.removeprefix(above)
    meant = (
        [bare] if bare in names else [one for one in names if fold_light(one) == fold_light(bare)]
    )
    if meant:
        return meant
    from difflib import get_close_matches

    last = {fold_light(one).rpartition("/")[2]: one for one in names}
    by_fold = last | {fold_light(one): one for one in names}
    near = [by_fold[one] for one in get_close_matches(fold_light(bare), by_fold, n=3)]
    raise NoSuchFolder(asked, [one for one in names if "/" not in one], list(dict.fromkeys(near)))


def _remember_shared(book: History, now: datetime) -> None:
    branch, here = book.branch(), book.head()
    if branch and here:
        remote = remotes.remote_of(book, branch)
        remotes.remember_shared(book, remote, here)
        last_talk.remember_talk(book, remote, branch, now)


def _told(crm: Crm, only: tuple[str, ...], *, password: bool) -> Cloned:
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
        password=password,
    )
