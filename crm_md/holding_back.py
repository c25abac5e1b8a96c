"""Decide which edits by hand nobody may have meant: they are not saved unasked.

A merge that was left open in a file is never saved. That many customers are missing from the
folder, or that their files are empty, or that the settings are gone, is no edit before somebody
says so with ``crm save``: a folder deleted by mistake, or emptied by a full drive, would otherwise
be so for everybody by the next `sync`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from posixpath import commonpath, dirname
from typing import TYPE_CHECKING

from crm_md import store
from crm_md.document.decoding import first_conflict
from crm_md.errors import CrmError, ManyMissing, MergeLeftOpen, MovedOut, SettingsMissing
from crm_md.history.blobs import id_of
from crm_md.joining.moves import slug_of

if TYPE_CHECKING:
    from crm_md.changing import Place
    from crm_md.history import History, Status

MANY = 10  # customers; more are many in any book
FEW = 2  # and so few are not, even if they are more than half


def left_open(place: Place, path: str, text: bytes | None) -> MergeLeftOpen | None:
    """Return what is wrong with an edit that leaves marks of a merge in a file of the store.

    Marks that were committed before hinder nobody: they came from elsewhere, or were meant.

    Args:
        place: the store.
        path: relative to it.
        text: what the file says now, None for no file.
    """
    if text is None or not (store.is_customer_path(path) or path == store.SETTINGS):
        return None
    line = first_conflict(text)
    if not line:
        return None
    head = place.history.head()
    before = place.history.read_at(head, place.prefix + path) if head else None
    return None if before and first_conflict(before) else MergeLeftOpen(path, line)


def missing(git: History, prefix: str, status: Status) -> frozenset[str]:
    """Return what is gone from the folder and may have been lost by mistake.

    The settings, and customers, if they are many: more than ten, or more than half of a small
    book. What only moved is not gone; a file without a single byte is.

    Args:
        git: the work tree.
        prefix: the store's place in it.
        status: what differs from the last commit.

    Returns:
        Their paths, from the top of the work tree.
    """
    settings = frozenset((prefix + store.SETTINGS,)) & status.deleted
    gone = _customers(status.deleted | _emptied(git, prefix, status), prefix)
    if len(gone) <= FEW:
        return settings
    come = _customers(status.added, prefix)
    slugs = set(come.values())
    left = {path for path, slug in gone.items() if slug not in slugs}
    if come and left:
        left -= _moved(git, prefix, left, come)
    present = _present(git, prefix)
    many = len(left) > MANY or (len(left) > FEW and len(left) > present)
    return settings | left if many else settings


def refusals(git: History, prefix: str, gone: Collection[str]) -> tuple[CrmError, ...]:
    """Return what to say of what is missing, nothing if there is none of it."""
    inner = [path.removeprefix(prefix) for path in gone if slug_of(path, prefix)]
    settings = () if len(inner) == len(gone) else (SettingsMissing(),)
    if not inner:
        return settings
    empty = sum(1 for path in inner if (git.top / prefix / path).exists())
    every = len(inner) + _present(git, prefix)
    return (*settings, ManyMissing(len(inner), every, _in_common(inner), empty))


def _emptied(git: History, prefix: str, status: Status) -> frozenset[str]:
    """Return the customers whose files have no byte left."""
    edited = _customers(status.changed, prefix)
    stamps = {path: store.stamp_of(git.top, path) for path in edited}
    return frozenset(path for path, stamp in stamps.items() if stamp and stamp.size == 0)


def _present(git: History, prefix: str) -> int:
    """Return how many customers are there, and say something."""
    return sum(1 for _path, stamp in store.walk(git.top / prefix) if stamp.size)


def moved_out(git: History, prefix: str, status: Status) -> dict[str, str]:
    """Return the files that Git moved to where a clone of a part has nothing, from old to new.

    ``git mv --sparse`` leaves no file at the new place: who saves what stands in the folder would
    save that the file is gone, and for everybody.

    Args:
        git: the work tree.
        prefix: the store's place in it.
        status: what differs from the last commit.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    head = git.head()
    if head is None or not (status.deleted and status.added):
        return {}
    unseen = [path for path in status.added if not (git.top / path).is_symlink()]
    unseen = [path for path in unseen if not (git.top / path).exists()]
    if not unseen:
        return {}
    from crm_md.history import objects
    from crm_md.history.status import staged
    from crm_md.joining.moves import moves

    before = objects.files_at(git, head)
    gone = {path: before[path].id for path in status.deleted if path in before}
    return moves(gone, staged(git, unseen), (), prefix)


def not_fetched(out: Mapping[str, str], prefix: str) -> tuple[CrmError, ...]:
    """Return what to say of the files that `moved_out` found."""
    return tuple(
        MovedOut(old.removeprefix(prefix), new.removeprefix(prefix), dirname(new))
        for old, new in out.items()
    )


def _customers(paths: Collection[str], prefix: str) -> dict[str, str]:
    """Return those that are customers', with what makes each the only one of its name."""
    return {path: slug for path in paths if (slug := slug_of(path, prefix))}


def _moved(
    git: History, prefix: str, gone: Collection[str], come: Mapping[str, str]
) -> frozenset[str]:
    """Return those whose very bytes stand under another name now."""
    from crm_md.history import objects

    head = git.head()
    blobs = objects.files_at(git, head, prefix + store.CUSTOMERS) if head else {}
    texts = (store.read(git.top, path) for path in come)
    ids = {id_of(text, len(head or "")) for text in texts if text is not None}
    return frozenset(path for path in gone if path in blobs and blobs[path].id in ids)


def _in_common(paths: list[str]) -> str:
    """Return the folder that files have in common."""
    return commonpath([dirname(path) for path in paths])
