"""Find what of one version is what of another: one to one, and in order where order tells."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

P = TypeVar("P")
Pairs = list[tuple[int, int]]
Key = Callable[[P], Hashable]

_OFTEN = 30  # a text that stands this often says little about its place
_NEAR = 100  # so many neighbours of its sort are looked at for one that is alike


def in_order(one: Sequence[P], other: Sequence[P], *keys: Key[P]) -> Pairs:
    """Return the pairs of the longest common sequence by the first key, between them by the next.

    Args:
        keys: each says by what two pieces are the same; None says that a piece cannot be told.
    """
    pairs: Pairs = []
    for key in keys:
        found = list(pairs)
        for a, b in between(pairs, len(one), len(other)):
            left, right = [key(one[i]) for i in a], [key(other[j]) for j in b]
            found += [(a[i], b[j]) for i, j in _common(left, right)]
        pairs = sorted(found)
    return pairs


def alike_in_order(
    one: Sequence[P],
    other: Sequence[P],
    pairs: Pairs,
    alike: Callable[[P, P], bool],
    sort: Key[P],
) -> Pairs:
    """Return the pairs with those added that are alike, in order, between the pairs there are.

    Args:
        sort: what two pieces have in common at least; None says that a piece is like no other.
    """
    found = list(pairs)
    for a, b in between(pairs, len(one), len(other)):
        places: dict[Hashable, list[int]] = {}
        for j in b:
            places.setdefault(sort(other[j]), []).append(j)
        start = b[0]
        for i in a:
            kind = sort(one[i])
            candidates = places.get(kind, []) if kind is not None else []
            behind = candidates[bisect_left(candidates, start) :][:_NEAR]
            match = next((j for j in behind if alike(one[i], other[j])), None)
            if match is not None:
                found.append((i, match))
                start = match + 1
    return sorted(found)


def anywhere(one: Sequence[P], other: Sequence[P], pairs: Pairs, key: Key[P]) -> Pairs:
    """Return the pairs with those added that have the same key, whatever their order.

    Of several with one key the first belongs to the first, the second to the second.
    """
    taken_one, taken_other = {i for i, _ in pairs}, {j for _, j in pairs}
    places: dict[Hashable, list[int]] = {}
    for j, piece in enumerate(other):
        if j not in taken_other and (found := key(piece)) is not None:
            places.setdefault(found, []).append(j)
    added = []
    for i, piece in enumerate(one):
        waiting = places.get(key(piece)) if i not in taken_one else None
        if waiting:
            added.append((i, waiting.pop(0)))
    return sorted([*pairs, *added])


def between(pairs: Pairs, one: int, other: int) -> Iterator[tuple[range, range]]:
    """Yield the places of both sides that lie between two neighbouring pairs."""
    i = j = 0
    for a, b in [*pairs, (one, other)]:
        if i < a and j < b:
            yield range(i, a), range(j, b)
        i, j = a + 1, b + 1


def mostly_alike(one: Iterable[str], other: Iterable[str]) -> bool:
    """Say whether more than half of the longer one is in the other."""
    left, right = Counter(one), Counter(other)
    longer = max(left.total(), right.total())
    return (left & right).total() * 2 > longer


def _common(one: Sequence[Hashable], other: Sequence[Hashable]) -> Pairs:
    """Return the pairs of a longest common sequence. Source: Hunt and Szymanski, 1977."""
    places: dict[Hashable, list[int]] = {}
    for j, key in enumerate(_numbered(other)):
        places.setdefault(key, []).append(j)
    ends: list[int] = []  # of the shortest sequence of each length: where it ends in the other
    chains: list[tuple[int, int, int]] = []  # (i, j, chain before it)
    tops: list[int] = []
    for i, key in enumerate(_numbered(one)):
        if one[i] is None:
            continue
        for j in reversed(places.get(key, ())):
            length = bisect_left(ends, j)
            chains.append((i, j, tops[length - 1] if length else -1))
            if length == len(ends):
                ends.append(j)
                tops.append(len(chains) - 1)
            elif j < ends[length]:
                ends[length], tops[length] = j, len(chains) - 1
    pairs: Pairs = []
    at = tops[-1] if tops else -1
    while at >= 0:
        i, j, at = chains[at]
        pairs.append((i, j))
    return pairs[::-1]


def _numbered(keys: Sequence[Hashable]) -> Iterator[Hashable]:
    """Yield the keys, those that stand very often with their number, so that work stays linear."""
    counts, seen = Counter(keys), Counter[Hashable]()
    for key in keys:
        if counts[key] > _OFTEN:
            seen[key] += 1
            yield key, seen[key]
        else:
            yield key
