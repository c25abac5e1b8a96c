"""Weave two changed versions of a sequence into one, knowing the version they both come from.

What is the same piece in two versions, how one piece is merged, and what comes first where both
sides put something in one place, is said by a `Craft`; order and gaps are decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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

    def another(self, base: P, known: P, side: P) -> bool:
        """Say whether a new piece beside the one that a piece became is another version of it.

        Args:
            base: the piece as it was.
            known: what it became.
            side: the new one.
        """

    def join(self, piece: Three[P | None], also: Sequence[P]) -> Sequence[P]:
        """Return what one piece becomes, of which at least one side is: none, one, or several.

        Args:
            piece: the piece in the three versions.
            also: more versions of it, which an earlier merge kept side by side.
        """

    def below(self, piece: P, behind: P) -> bool:
        """Say whether the second piece belongs to the first and goes where that goes."""

    def loose(self, piece: P) -> bool:
        """Say whether a piece is one of a set, in which the order does not matter."""

    def sooner(self, one: P, other: P) -> bool:
        """Say whether of two pieces put in one place the first comes before the second for sure."""

    def stays(self, anchor: P | None, piece: P) -> bool:
        """Say whether a piece put behind another belongs there, before whatever does not."""

    def gap(self, left: P, right: P, told: str | None) -> str:
        """Return the gap between two pieces that in no version stand side by side.

        Args:
            told: what the versions have before the right one, None if that began each of them.
        """


class _Node(Generic[P]):
    """One piece in all the versions that have it, by its place there, and what it becomes."""

    def __init__(
        self,
        base: int | None = None,
        ours: int | None = None,
        theirs: int | None = None,
        also: Sequence[P] = (),
    ) -> None:
        self.base = base
        self.ours = ours
        self.theirs = theirs
        self.also = also
        self.result: Sequence[P] = ()


Nodes = list[_Node[P]]


def weave(strands: Three[Strand[P]], craft: Craft[P]) -> Strand[P]:
    """Return what both sides made of the base, in one sequence.

    A piece that one side removed and the other left alone is gone; a new one stands behind the
    piece behind which its side put it. Where one side put the pieces in another order, that holds.
    """
    nodes, strands = _nodes(strands, craft)
    for node in nodes:
        if node.ours is not None or node.theirs is not None:
            piece = Three(
                _at(strands.base, node.base),
                _at(strands.ours, node.ours),
                _at(strands.theirs, node.theirs),
            )
            node.result = craft.join(piece, node.also)
    rows = Three(
        _ordered(nodes, lambda node: node.base),
        _ordered(nodes, lambda node: node.ours),
        _ordered(nodes, lambda node: node.theirs),
    )
    order = [node for node in _order(rows, craft) if node.result]
    return _assembled(order, _Gaps(strands, rows, craft), craft)


def _nodes(strands: Three[Strand[P]], craft: Craft[P]) -> tuple[Nodes[P], Three[Strand[P]]]:
    """Return every piece of any version once, and the versions without what stands twice."""
    here = _Side(strands.base, strands.ours, craft)
    there = _Side(strands.base, strands.theirs, craft)
    base, ours, theirs = strands.base.pieces, here.strand.pieces, there.strand.pieces
    nodes = [
        _Node[P](
            base=place,
            ours=here.places.get(place),
            theirs=there.places.get(place),
            also=(*here.also.get(place, ()), *there.also.get(place, ())),
        )
        for place in range(len(base))
    ]
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
    return nodes, Three(strands.base, here.strand, there.strand)


class _Side(Generic[P]):
    """One side, and what became of the pieces of the base there.

    Attributes:
        strand: the side with each piece of the base once.
        places: where a piece of the base stands in it.
        also: further versions of a piece, which an earlier merge kept beside the first.
    """

    def __init__(self, base: Strand[P], side: Strand[P], craft: Craft[P]) -> None:
        pairs = craft.pair(base.pieces, side.pieces)
        known = {there for _here, there in pairs}
        aside: set[int] = set()
        self.also: dict[int, list[P]] = {}
        for here, there in pairs:
            first = base.pieces[here]
            for step in (-1, 1) if first.raw != side.pieces[there].raw else ():
                at = there + step
                while 0 <= at < len(side.pieces) and at not in known | aside:
                    if not craft.another(first, side.pieces[there], side.pieces[at]):
                        break
                    self.also.setdefault(here, []).append(side.pieces[at])
                    aside.add(at)
                    at += step
        kept = [place for place in range(len(side.pieces)) if place not in aside]
        behind = {place: index for index, place in enumerate(kept)}
        self.places = {here: behind[there] for here, there in pairs}
        self.strand = side
        if aside:
            gaps = [side.gaps[0], *(side.gaps[place] for place in kept[1:]), side.gaps[-1]]
            self.strand = Strand(tuple(side.pieces[place] for place in kept), tuple(gaps))


def _at(strand: Strand[P], place: int | None) -> P | None:
    return None if place is None else strand.pieces[place]


def _ordered(nodes: Iterable[_Node[P]], place: Callable[[_Node[P]], int | None]) -> Nodes[P]:
    found = [(at, node) for node in nodes if (at := place(node)) is not None]
    return [node for _at, node in sorted(found, key=lambda pair: pair[0])]


def _order(rows: Three[Nodes[P]], craft: Craft[P]) -> Nodes[P]:
    """Return all nodes in their order: the common ones, behind each what only one side has."""
    common = set(map(id, rows.ours)) & set(map(id, rows.theirs))
    runs_ours, runs_theirs = _runs(rows.ours, common, craft), _runs(rows.theirs, common, craft)
    as_ours = [node for node in rows.ours if id(node) in common]
    as_theirs = [node for node in rows.theirs if id(node) in common]
    order: Nodes[P] = []
    anchors: list[_Node[P] | None] = [None, *_frame(as_ours, as_theirs)]
    for anchor in anchors:
        if anchor is not None:
            order.append(anchor)
        place = None if anchor is None else id(anchor)
        order += _both(anchor, runs_ours.get(place, []), runs_theirs.get(place, []), craft)
    return order


def _runs(
    side: Nodes[P], common: set[int], craft: Craft[P]
) -> dict[int | None, list[list[Nodes[P]]]]:
    """Return what stands behind each common node and comes to something, None being the start.

    It is in rows, each in its own order, of groups that belong together. Where the order does not
    matter, a piece that the other side removed ends a row: had the two met before a third, nobody
    would know what stood before it and what behind.
    """
    runs: dict[int | None, list[list[Nodes[P]]]] = {}
    anchor: int | None = None
    gone = False
    for node in side:
        if id(node) in common:
            anchor, gone = id(node), False
        elif not node.result:
            gone = not craft.theirs_first
        else:
            rows = runs.setdefault(anchor, [])
            above = rows[-1][-1] if rows else None
            if above and craft.below(above[0].result[0], node.result[0]):
                above.append(node)
                continue
            if above is None or (gone and _loose(craft, above[0], node)):
                rows.append([[node]])
            else:
                rows[-1].append([node])
            gone = False
    return runs


def _loose(craft: Craft[P], *nodes: _Node[P]) -> bool:
    return all(craft.loose(node.result[0]) for node in nodes)


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


def _both(
    anchor: _Node[P] | None,
    ours: list[list[Nodes[P]]],
    theirs: list[list[Nodes[P]]],
    craft: Craft[P],
) -> Nodes[P]:
    """Merge the rows that both sides have behind one piece; what nothing orders goes by its bytes.

    Each row keeps its order. The first of what is left in any row goes first, so that three sides
    give the same whichever two of them meet first.
    """
    rows = [*theirs, *ours] if craft.theirs_first else [*ours, *theirs]
    before = anchor.result[-1] if anchor and anchor.result else None
    merged: Nodes[P] = []
    while rows:
        first = 0
        for place in range(1, len(rows)):
            one, other = (rows[at][0][0].result[0] for at in (first, place))
            if _goes_first(other, one, before, craft):
                first = place
        merged += rows[first].pop(0)
        if not rows[first]:
            del rows[first]
    return merged


def _goes_first(one: P, other: P, before: P | None, craft: Craft[P]) -> bool:
    """Say whether a piece of a later row stands before one of an earlier row."""
    stays = craft.stays(before, one)
    if stays != craft.stays(before, other):
        return stays
    return craft.sooner(one, other) or not (
        craft.theirs_first or craft.sooner(other, one) or other.raw <= one.raw
    )


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
            alike = said.ours == said.theirs or said.base is not None or self._craft.theirs_first
            if alike or left is None or right is None:
                return agreed(said)
            # A side that stands alone gets our gap; so that it does not matter who met first,
            # a narrower one of somebody's own is no narrower.
            ours = self._craft.gap(left.result[-1], right.result[0], None)
            return max(agreed(said), ours, key=lambda gap: gap.count("\n"))
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
