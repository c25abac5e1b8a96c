"""Find which file that is gone in one place is the one that is new in another."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from crm_md import store
from crm_md.likeness import fold_light, slug_in
from crm_md.messages import _

if TYPE_CHECKING:
    from crm_md.history import History
    from crm_md.history.reading import Revision
    from crm_md.history.trees import Difference

MOVED = "Crm-Moved"  # the trailer that tells of a move: "old path -> new path"


def moves_between(
    changed: Mapping[str, Difference], told: Iterable[tuple[str, str]], prefix: str
) -> dict[str, str]:
    """Return what a side moved, as `moves` has it.

    Args:
        changed: what the side changed since the base.
        told: moves that its commits tell of, oldest first, from the top of the work tree.
        prefix: the store's place in the work tree.
    """
    gone = {path: one.old.id for path, one in changed.items() if one.old and one.new is None}
    come = {path: one.new.id for path, one in changed.items() if one.new and one.old is None}
    return moves(gone, come, told, prefix)


def moves_in(git: History, revision: Revision, prefix: str) -> dict[str, str]:
    """Return where the files of a commit went: from old place to new, relative to the store.

    Args:
        git: the store's.
        revision: the commit.
        prefix: the store's place in the work tree; what lies outside of it is left out.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    from crm_md.history.trees import differences

    if not revision.parents:
        return {}
    changed = differences(git, revision.parents[0], revision.id)
    told = told_moves(revision.trailers.get(MOVED, ""), prefix)
    return {
        old[len(prefix) :]: new[len(prefix) :]
        for old, new in moves_between(changed, told, prefix).items()
        if old.startswith(prefix) and new.startswith(prefix)
    }


def moves(
    gone: Mapping[str, str], come: Mapping[str, str], told: Iterable[tuple[str, str]], prefix: str
) -> dict[str, str]:
    """Return which files that are gone in one place are those that are new in another.

    A commit says so; or a customer's file went to another folder under its own name; or the very
    same bytes are gone in one place and new in another. What is only similar may be another
    customer, and is no move. Whoever joins, saves, tells or takes back asks here.

    Args:
        gone: paths from the top of the work tree, and the id of what stood there, "" where that is
            not known; likewise ``come``.
        told: moves that commits tell of, oldest first, from the top of the work tree.
        prefix: the store's place in the work tree.

    Returns:
        From old place to new.
    """
    found: dict[str, str] = {}
    for old, new in told:
        start = next((begin for begin, end in found.items() if end == old), old)
        found[start] = new
    found = {old: new for old, new in found.items() if old in gone and new in come}
    slugs = [{path: slug_of(path, prefix) for path in side} for side in (gone, come)]
    found |= _pairs(slugs[0], slugs[1], {*found, *found.values()})
    return found | _pairs(gone, come, {*found, *found.values()})


def told_moves(lines: str, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield the moves that a commit tells of, from the top of the work tree.

    Args:
        lines: ``old path -> new path`` each, relative to the store.
        prefix: the store's place in the work tree.
    """
    for line in lines.split("\n"):
        old, arrow, new = line.partition(" -> ")
        if arrow:
            yield prefix + old, prefix + new


def letters_aside(path: str, prefix: str) -> str:
    """Return what two writings of a customer's path have in common: a Mac takes them for one."""
    if path.startswith(prefix) and store.is_customer_path(path[len(prefix) :]):
        return fold_light(path)
    return path


def slug_of(path: str, prefix: str) -> str:
    """Return by what two customers' files may not be alike, "" for a file that is no customer's."""
    if path.startswith(prefix) and store.is_customer_path(path[len(prefix) :]):
        return fold_light(slug_in(path))
    return ""


def told_move(before: str, after: str) -> str:
    """Return in words where a customer's file went, "" if it stayed in its folder.

    Args:
        before: its path, relative to the store.
        after: its path now.
    """
    old, new = (
        unicodedata.normalize("NFC", path).rpartition("/")[0].partition("/")[2]
        for path in (before, after)
    )
    if old == new:
        return ""
    told = _("moved to {folder}/") if new else _("moved out of {folder}/")
    return told.format(folder=new or old)


def _pairs(
    gone: Mapping[str, str], come: Mapping[str, str], known: Collection[str]
) -> dict[str, str]:
    """Pair what is gone with what is new by a mark that each side has only once."""
    left, right = _by_mark(gone, known), _by_mark(come, known)
    return {left[mark]: right[mark] for mark in left.keys() & right.keys()}


def _by_mark(marks: Mapping[str, str], known: Collection[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for path, mark in marks.items():
        if mark and path not in known:
            found.setdefault(mark, []).append(path)
    return {mark: paths[0] for mark, paths in found.items() if len(paths) == 1}
