"""Weave two changed versions of a sequence into one, knowing the version they both come from.

What is the same piece in two versions, how one piece is merged, and what comes first where both
sides put something in one place, is said by a `Craft`; order and gaps are decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from crm_md.document.merging.three import Three, agreed
from crm_md.document.pieces.pairing import Pairs
from crm_md.document.pieces.strand import Piece, Strand

P = TypeVar("P", bound=Piece)


class Craft(Protocol[P]):
    """What is known of one sort of pieces."""

    theirs_first: bool
    """Where both put something in one place, and nothing orders it: theirs, else by the bytes."""

    def pair(self, base: Sequence[P], side: Sequence[P]) -> Pairs:
        """Return which piece of the base is which of a side."""

    def pair_new(self, ours: Sequence[P], theirs: Sequence[P]) -> Pairs:
        """Return which pieces both sides added alike."""

    def join(self, piece: Three[P | None]) -> Sequence[P]:
        """Return what one piece becomes, of which at least one side is: none, one, or both."""

    def sooner(self, one: P, other: P) -> bool:
        """Say whether of two pieces put in one place the first comes before the second for sure."""

    def gap(self, left: P, right: P, told: str | None) -> str:
        """Return the gap between two pieces that in no version stand side by side.

        Args:
            told: what the versions have before the right one, None if that began each of them.
        """


@dataclass(slots=True, eq=False)
class _Node(Generic[P]):
    """One piece in all the versions that have it, by its place there."""

    base: int | None = None
    ours: int | None = None
    theirs: int | None = None
    result: Sequence[P] = ()


Nodes = list[_Node[P]]


def weave(strands: Three[Strand[P]], craft: Craft[P]) -> Strand[P]:
    """Return what both sides made of the base, in one sequence.

    A piece that one side removed and the other left alone is gone; a new one stands behind the
    piece behind which its side put it. Where one side put the pieces in another order, that holds.
    """
    nodes = _nodes(strands, craft)
    for node in nodes:
        if node.ours is not None or node.theirs is not None:
            piece = Three(
                _at(strands.base, node.base),
                _at(strands.ours, node.ours),
                _at(strands.theirs, node.theirs),
            )
            node.result = craft.join(piece)
    rows = Three(
        _ordered(nodes, lambda node: node.base),
        _ordered(nodes, lambda node: node.ours),
        _ordered(nodes, lambda node: node.theirs),
    )
    order = [node for node in _order(rows, craft) if node.result]
    return _assembled(order, _Gaps(strands, rows, craft), craft)


def _nodes(strands: Three[Strand[P]], craft: Craft[P]) -> Nodes[P]:
    """Return every piece of any version once."""
    base, ours, theirs = strands.each(lambda strand: strand.pieces)
    nodes = [_Node[P](base=place) for place in range(len(base))]
    for here, there in craft.pair(base, ours):
        nodes[here].ours = there
    for here, there in craft.pair(base, theirs):
        nodes[here].theirs = there
    known_ours = {node.ours for node in nodes}
    known_theirs = {node.theirs for node in nodes}
    new_ours = [place for place in range(len(ours)) if place not in known_ours]
    new_theirs = [place for place in range(len(theirs)) if place not in known_theirs]
    pairs = craft.pair_new(
        [ours[place] for place in new_ours], [theirs[place] for place in new_theirs]
    )
    twins = {new_ours[i]: new_theirs[j] for i, j in pairs}
    nodes += [_Node(ours=place, theirs=twins.get(place)) for place in new_ours]
    met = set(twins.values())
    nodes += [_Node(theirs=place) for place in new_theirs if place not in met]
    return nodes


def _at(strand: Strand[P], place: int | None) -> P | None:
    return None if place is None else strand.pieces[place]


def _ordered(nodes: Iterable[_Node[P]], place: Callable[[_Node[P]], int | None]) -> Nodes[P]:
    found = [(at, node) for node in nodes if (at := place(node)) is not None]
    return [node for _at, node in sorted(found, key=lambda pair: pair[0])]


def _order(rows: Three[Nodes[P]], craft: Craft[P]) -> Nodes[P]:
    """Return all nodes in their order: the common ones, behind each what only one side has."""
    common = set(map(id, rows.ours)) & set(map(id, rows.theirs))
    runs_ours, runs_theirs = _runs(rows.ours, common), _runs(rows.theirs, common)
    as_ours = [node for node in rows.ours if id(node) in common]
    as_theirs = [node for node in rows.theirs if id(node) in common]
    order: Nodes[P] = []
    anchors: list[_Node[P] | None] = [None, *_frame(as_ours, as_theirs)]
    for anchor in anchors:
        if anchor is not None:
            order.append(anchor)
        place = None if anchor is None else id(anchor)
        order += _both(runs_ours.get(place, []), runs_theirs.get(place, []), craft)
    return order


def _runs(side: Nodes[P], common: set[int]) -> dict[int | None, Nodes[P]]:
    """Return what stands behind each common node and comes to something, None being the start."""
    runs: dict[int | None, Nodes[P]] = {}
    anchor: int | None = None
    for node in side:
        if id(node) in common:
            anchor = id(node)
        elif node.result:
            runs.setdefault(anchor, []).append(node)
    return runs


def _frame(as_ours: Nodes[P], as_theirs: Nodes[P]) -> Nodes[P]:
    """Return the common nodes in the order of the side that moved some, of two by the bytes."""
    if as_ours == as_theirs:
        return as_ours
    moved = (_moved(as_ours), _moved(as_theirs))
    if moved == (True, False):
        return as_ours
    if moved == (False, True):
        return as_theirs
    return min(as_ours, as_theirs, key=_texts)


def _moved(side: Nodes[P]) -> bool:
    places = [node.base for node in side if node.base is not None]
    return places != sorted(places)


def _texts(run: Nodes[P]) -> list[str]:
    return [piece.raw for node in run for piece in node.result]


def _both(run_ours: Nodes[P], run_theirs: Nodes[P], craft: Craft[P]) -> Nodes[P]:
    """Merge what both sides have in one place; what nothing orders stays together by side."""
    first, second = run_ours[:], run_theirs[:]
    if craft.theirs_first or _texts(run_theirs) < _texts(run_ours):
        first, second = second, first
    merged: Nodes[P] = []
    while first and second:
        sooner = craft.sooner(second[0].result[0], first[0].result[0])
        merged.append((second if sooner else first).pop(0))
    return merged + first + second


class _Gaps(Generic[P]):
    """What the versions say about the gap between two pieces."""

    def __init__(self, strands: Three[Strand[P]], rows: Three[Nodes[P]], craft: Craft[P]) -> None:
        self._strands = strands
        self._rows = rows
        self._craft = craft
        versions = [(strand.gaps, row) for strand, row in zip(strands, rows, strict=True)]
        self._between = Three(*(self._pairs(gaps, row) for gaps, row in versions))
        self._before = Three(*(self._befores(gaps, row) for gaps, row in versions))

    def gap(self, left: _Node[P] | None, right: _Node[P] | None) -> str:
        """Return the gap between two nodes of the result, None being start and end."""
        pair = (id(left), id(right))
        said = self._between.each(lambda gaps: gaps.get(pair))
        if said.ours is not None or said.theirs is not None:
            return agreed(said)
        if left is not None and right is not None:
            said = self._before.each(lambda gaps: gaps.get(id(right)))
            told = None if said == (None, None, None) else agreed(said)
            return self._craft.gap(left.result[-1], right.result[0], told)
        end, inner = (0, right) if left is None else (-1, left)
        said = self._ends(end, lambda row: any(node is inner for node in row))
        return agreed(self._ends(end, bool) if said == (None, None, None) else said)

    def _ends(self, end: int, tells: Callable[[Nodes[P]], bool]) -> Three[str | None]:
        """Return the first or last gap of each version that tells something about it."""
        gaps = [
            strand.gaps[end] if tells(row) else None
            for strand, row in zip(self._strands, self._rows, strict=True)
        ]
        return Three(*gaps)

    @staticmethod
    def _pairs(gaps: Sequence[str], row: Nodes[P]) -> dict[tuple[int, int], str]:
        ends = [id(None), *map(id, row), id(None)]
        return dict(zip(pairwise(ends), gaps, strict=True))

    @staticmethod
    def _befores(gaps: Sequence[str], row: Nodes[P]) -> dict[int, str]:
        return dict(zip(map(id, row[1:]), gaps[1:-1], strict=True)) if row else {}


def _assembled(order: Nodes[P], gaps: _Gaps[P], craft: Craft[P]) -> Strand[P]:
    pieces: list[P] = []
    between: list[str] = []
    for left, right in pairwise([None, *order, None]):
        between.append(gaps.gap(left, right))
        for piece in right.result if right else ():
            if right and piece is not right.result[0]:
                between.append(craft.gap(pieces[-1], piece, None))
            pieces.append(piece)
    return Strand(tuple(pieces), tuple(between))
