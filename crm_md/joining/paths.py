"""Find which files of two sides are one file, and give each a place of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from crm_md.history.objects import Blob
from crm_md.history.trees import Difference
from crm_md.joining.moves import letters_aside, slug_of


class Spot(NamedTuple):
    """Where a file stands on one side, and what it is."""

    path: str
    blob: Blob


class Versions(NamedTuple):
    """One file in the base, on one side and on the other; None where there is none."""

    base: Spot | None
    one: Spot | None
    other: Spot | None

    @property
    def paths(self) -> set[str]:
        """Everywhere it stands."""
        return {spot.path for spot in self if spot}

    @property
    def path(self) -> str:
        """Where it goes: where one side moved it, else where both have it.

        Moved to two places by two sides, or new in two writings of one name, it goes to the one
        that is composed as Unicode NFC, then to the one whose bytes sort last.
        """
        before = self.base.path if self.base else None
        moved = {spot.path for spot in (self.one, self.other) if spot} - {before}
        return max(moved, key=_place_rank) if moved else before or ""


def _place_rank(path: str) -> tuple[bool, bytes]:
    return unicodedata.is_normalized("NFC", path), path.encode("utf-8", "surrogateescape")


def versions(
    one: Mapping[str, Difference],
    other: Mapping[str, Difference],
    moved_by_one: Mapping[str, str],
    moved_by_other: Mapping[str, str],
    prefix: str,
) -> list[Versions]:
    """Return every file that a side changed, followed where it was moved.

    Args:
        one: what one side changed since the base.
        other: what the other side changed.
        moved_by_one: old place to new, of what one side moved.
        moved_by_other: likewise.
        prefix: the store's place in the work tree.
    """
    found: list[Versions] = []
    old_paths = {path for side in (one, other) for path, differs in side.items() if differs.old}
    for path in sorted(old_paths):
        blob = (one.get(path) or other[path]).old
        assert blob, "it is an old one"
        base = Spot(path, blob)
        sides = (
            _now(base, side, moved)
            for side, moved in ((one, moved_by_one), (other, moved_by_other))
        )
        found.append(Versions(base, *sides))
    return [*found, *_new(one, other, moved_by_one, moved_by_other, prefix)]


def _now(base: Spot, side: Mapping[str, Difference], moved: Mapping[str, str]) -> Spot | None:
    path = moved.get(base.path, base.path)
    if path not in side:
        return base
    blob = side[path].new
    return Spot(path, blob) if blob else None


def _new(
    one: Mapping[str, Difference],
    other: Mapping[str, Difference],
    moved_by_one: Mapping[str, str],
    moved_by_other: Mapping[str, str],
    prefix: str,
) -> Iterable[Versions]:
    """Pair the new files of both sides: of one path, and customers of one path in other letters."""
    mine, theirs = (
        {
            path: Spot(path, differs.new)
            for path, differs in side.items()
            if differs.old is None and differs.new and path not in moved.values()
        }
        for side, moved in ((one, moved_by_one), (other, moved_by_other))
    )
    by_letters: dict[str, list[str]] = {}
    for path in sorted(theirs.keys() - mine.keys()):
        by_letters.setdefault(letters_aside(path, prefix), []).append(path)
    for path in sorted(mine):
        twins = () if path in theirs else by_letters.get(letters_aside(path, prefix), ())
        partner = path if path in theirs else next(iter(twins), None)
        if partner and partner != path:
            by_letters[letters_aside(path, prefix)].remove(partner)
        yield Versions(None, mine[path], theirs.pop(partner) if partner else None)
    for path in sorted(theirs):
        yield Versions(None, None, theirs[path])


def free_path(path: str, taken: Collection[str], slugs: Collection[str], prefix: str) -> str:
    """Return a path like this one that nobody has: ``name-2.ending``, and so on.

    Args:
        path: the one that is taken.
        taken: paths in use.
        slugs: as `slug_of` returns them, of all customers.
        prefix: the store's place in the work tree.
    """
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    folded = {one.casefold() for one in taken}
    number = 1
    while True:
        number += 1
        candidate = f"{folder}{slash}{stem}-{number}{dot}{ending}"
        slug = slug_of(candidate, prefix)
        if candidate.casefold() not in folded and not (slug and slug in slugs):
            return candidate
