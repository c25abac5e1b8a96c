"""Know a store whose folder of customers is gone, so that no other one is taken in its place."""

from __future__ import annotations

import os
from pathlib import Path

from crm_md import store
from crm_md.errors import CrmError, CustomersGone, EmptyClone, HalfCloned, NoRemote


def lost_customers(start: Path) -> CrmError | None:
    """Return what is wrong where a folder lies in a clone that has lost its customers, else None.

    Somebody moved ``customers/`` away, or the clone was cut off before Git wrote a file. A store
    that is nearer goes before; a work tree that never had customers is no store, and a store may
    lie above it.

    Args:
        start: the folder somebody stands in, or named.
    """
    here = Path(os.path.abspath(start))  # noqa: PTH100  # keep links in the path as they were typed
    for folder in (here, *here.parents):
        if store.is_store(folder):
            return None
        if (folder / ".git").exists():
            try:
                return _lost_in(folder, here)
            except CrmError:  # a repository that Git does not open is none of ours
                return None
    return None


def is_empty_clone(top: Path) -> bool:
    """Tell whether a folder is a clone with nothing in it: of an empty repository, or cut off."""
    from crm_md import history
    from crm_md.history.remotes import remote_of

    book = history.find(top)
    if book is None or book.head() or (book.git_dir / "index").exists():
        return False
    if [one.name for one in top.iterdir()] != [".git"]:
        return False
    try:
        return bool(remote_of(book, book.branch() or ""))
    except NoRemote:
        return False


def _lost_in(top: Path, here: Path) -> CrmError | None:
    """Return what is wrong where the last commit has customers, at the top or on the way here."""
    from crm_md import history
    from crm_md.history.cloning import folders_at

    book = history.find(top)
    if book is None:
        return None
    head = book.head()
    if head is None:
        return EmptyClone(top) if is_empty_clone(top) else None
    way = [here, *here.parents]
    for folder in way[: way.index(top) + 1]:
        inner = folder.relative_to(top).as_posix()
        inside = "" if inner == "." else inner
        if f"{inside}/{store.CUSTOMERS}".lstrip("/") in folders_at(book, head, inside):
            return HalfCloned(top) if book.is_half_cloned() else CustomersGone(folder)
    return None
