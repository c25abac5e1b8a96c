"""Merge the keys of a mapping and the items of a list in the head, at every depth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from crm_md.document.field_order import ITEM_ORDER, ORDER
from crm_md.document.head_tree import Plain
from crm_md.document.merging.lists import merged_list, rewritten
from crm_md.document.merging.questions import Question
from crm_md.document.merging.three import Three, agreed
from crm_md.document.merging.weaving import weave
from crm_md.document.pieces.item_pairs import NAMES, name_of, pair_items, pair_new_items
from crm_md.document.pieces.pairing import Pairs, anywhere
from crm_md.document.pieces.strand import Strand
from crm_md.document.pieces.twigs import (
    NOTHING,
    REMARK,
    Branch,
    Leaf,
    Twig,
    meaning_of_value,
)
from crm_md.frozen import replace
from crm_md.words import NO, plain, refuses

_NOTHING: Strand[Twig] = Strand()
_NO_ANSWER = ("channel", "basis", "date", "evidence")  # what a consent says beside yes or no


class TwigCraft:
    """How the entries of one list or mapping are merged.

    Attributes:
        questions: what only a person can decide; filled while weaving.
    """

    def __init__(
        self,
        place: tuple[str, ...],
        branch: Branch,
        strands: Three[Strand[Twig]],
        *,
        theirs_first: bool,
    ) -> None:
        """Take what is known of the list or mapping.

        Args:
            place: the keys and names that lead here.
            branch: one version of it.
            strands: the entries of each version.
            theirs_first: as in `Craft`.
        """
        self.questions: list[Question] = []
        self.theirs_first = theirs_first
        self._sort = branch.sort
        self._place = place
        self._order = ITEM_ORDER if place else ORDER
        self._in_brackets = bool(branch.opening)
        first = [strand.pieces[0].column for strand in strands[1:] if strand.pieces]
        self._column = max(first, default=0)

    def pair(self, base: Sequence[Twig], side: Sequence[Twig]) -> Pairs:
        """Keys by their meaning, items by what they say or are called, remarks by their text."""
        return self._paired(base, side, pair_items)

    def pair_new(self, ours: Sequence[Twig], theirs: Sequence[Twig]) -> Pairs:
        """The same for what both sides added; of people only the name tells that."""
        return self._paired(ours, theirs, pair_new_items)

    def _paired(
        self,
        one: Sequence[Twig],
        other: Sequence[Twig],
        by_item: Callable[[Sequence[Plain], Sequence[Plain]], Pairs],
    ) -> Pairs:
        pairs = anywhere(one, other, [], lambda t: t.raw if t.key == REMARK else None)
        if self._sort == "pairs":
            return sorted([*pairs, *_same_keys(one, other)])
        left = [place for place, twig in enumerate(one) if twig.key != REMARK]
        right = [place for place, twig in enumerate(other) if twig.key != REMARK]
        found = by_item(
            [meaning_of_value(one[place].value) for place in left],
            [meaning_of_value(other[place].value) for place in right],
        )
        return sorted([*pairs, *((left[i], right[j]) for i, j in found)])

    def another(self, base: Twig, known: Twig, side: Twig) -> bool:
        """A fact is never kept twice."""
        return False

    def below(self, piece: Twig, behind: Twig) -> bool:
        """Entries of the head hold what belongs to them."""
        return False

    def join(self, piece: Three[Twig | None], also: Sequence[Twig]) -> Sequence[Twig]:
        """Return the one entry that this one becomes, or none."""
        base, ours, theirs = piece
        if ours is None or theirs is None:
            left = ours or theirs
            assert left is not None  # one side has it
            return (left,) if base is None else self._half(piece, base, left)
        texts = piece.each(lambda twig: twig.raw if twig else None)
        if texts.decided:
            return (ours,) if texts.wanted == ours.raw else (theirs,)
        return self._both(piece, ours, theirs)

    def loose(self, piece: Twig) -> bool:
        """Plain items are a set; people and what else has keys stand in the order of the firm."""
        return isinstance(piece.value, Leaf)

    def sooner(self, one: Twig, other: Twig) -> bool:
        """Keys in the order in which we write them, unknown ones behind; items have none."""
        return self._sort == "pairs" and self._rank(one) < self._rank(other)

    def in_our_order(self, strand: Strand[Twig]) -> Strand[Twig]:
        """Return keys that no base gives an order in ours, unless remarks stand between them."""
        if self._in_brackets or any(twig.key == REMARK for twig in strand.pieces):
            return strand
        return replace(
            strand, pieces=tuple(sorted(strand.pieces, key=lambda t: (self._rank(t), t.key)))
        )

    def _rank(self, twig: Twig) -> int:
        return self._order.index(twig.key) if twig.key in self._order else len(self._order)

    def stays(self, anchor: Twig | None, piece: Twig) -> bool:
        """Entries of the head stand for themselves."""
        return False

    def gap(self, left: Twig, right: Twig, told: str | None) -> str:
        """A comma or a new line, or what stood there."""
        if self._in_brackets:
            return told if told and "," in told else ", "
        return told if told and "\n" in told else "\n" + " " * self._column

    def _half(self, piece: Three[Twig | None], base: Twig, left: Twig) -> Sequence[Twig]:
        """Merge an entry that one side removed."""
        if _same(left, base):
            return ()
        if left.key and isinstance(left.value, Branch):
            if isinstance(base.value, Branch) and base.value.sort == left.value.sort:
                value = self._woven(piece, left, left.value)
                return (replace(left, value=value),) if value.strand.pieces else ()
            return self._as_list(piece, left)
        self._ask(piece)
        return (left,)

    def _both(self, piece: Three[Twig | None], ours: Twig, theirs: Twig) -> Sequence[Twig]:
        """Merge an entry that both sides have and changed."""
        one, other, base = ours.value, theirs.value, piece.base
        if isinstance(one, Leaf) and isinstance(other, Leaf):
            if base is None or isinstance(base.value, Leaf):
                return (self._leaves(piece, ours, one, other),)
        elif (like := _like(ours, theirs)) is not None:
            shown = ours if like is one else theirs
            value = self._woven(piece, shown, like)
            emptied = not value.strand.pieces and NOTHING not in (one, other)
            parts = self._parts(piece, shown)
            if len({version.raw[:1] in ("[", "{") for version in (one, other)}) == 2:
                parts = replace(parts, before=shown.before)  # a line end or a blank, as it needs
            return () if emptied else (replace(parts, value=value),)
        says = piece.each(lambda twig: meaning_of_value(twig.value) if twig else None)
        if says.ours == says.theirs:
            return (max(ours, theirs, key=lambda twig: twig.raw),)
        if says.decided:
            return (ours,) if says.wanted == says.ours else (theirs,)
        _lost, last = sorted((ours, theirs), key=self._weight)
        return self._as_list(piece, ours if self.theirs_first else last)

    def _leaves(self, piece: Three[Twig | None], shown: Twig, one: Leaf, other: Leaf) -> Twig:
        """Merge single texts: what stands before, the text, and the remark behind it."""
        base = piece.base.value if piece.base else None
        before = base if isinstance(base, Leaf) else None
        texts = Three(before.text if before else None, one.text, other.text)
        if one.text == other.text:
            raw = agreed(Three(before.raw if before else None, one.raw, other.raw))
            value = one if raw == one.raw else other
        elif texts.decided:
            value = one if texts.wanted == one.text else other
        else:
            lost, value = sorted(
                (one, other), key=lambda leaf: (self._refuses(shown.key, leaf.text), leaf.text)
            )
            self._ask(piece, lost.text)
        return replace(self._parts(piece, shown), value=value)

    def _weight(self, twig: Twig) -> tuple[bool, str]:
        """Return by what one of two versions wins: a refusal of contact, then the last bytes."""
        return self._refuses(twig.key, meaning_of_value(twig.value)), twig.raw

    def _refuses(self, key: str, value: Plain) -> bool:
        """Tell whether a value says that somebody wants no contact, or refuses a consent."""
        place = (*self._place, key)
        if key == "do_not_contact":
            return isinstance(value, list | dict) or is_wish(value)
        return "consent" in place and any(map(refuses, _answers(key, value)))

    def _parts(self, piece: Three[Twig | None], shown: Twig) -> Twig:
        """Return the entry with what stands before and behind its value merged."""
        before = piece.each(lambda twig: twig.before if twig else None)
        behind = piece.each(lambda twig: twig.behind if twig else None)
        kept = agreed(behind)
        if not behind.each(_packed).decided:
            remark = next((text for text in behind[1:] if text and text != kept), "")
            self._ask(piece, f"({remark.strip()})" if remark.strip() else "")
        return replace(shown, before=agreed(before), behind=kept)

    def _woven(self, piece: Three[Twig | None], twig: Twig, branch: Branch) -> Branch:
        """Merge lists or mappings entry by entry."""
        name = twig.key or self._name(piece)
        strands = piece.each(lambda version: _strand(version, branch))
        place = (*self._place, name)
        craft = TwigCraft(place, branch, strands, theirs_first=self.theirs_first)
        strand = weave(strands, craft)
        self.questions += craft.questions
        return replace(branch, strand=strand)

    def _as_list(self, piece: Three[Twig | None], carrier: Twig) -> Sequence[Twig]:
        """Merge what stands once as a text and once as a list by what it says."""
        says = piece.each(lambda twig: meaning_of_value(twig.value) if twig else [])
        merged = merged_list(says, in_order=self.theirs_first) if carrier.key else None
        if merged is None:
            left = piece.theirs if carrier is piece.ours else piece.ours
            self._ask(piece, left.value.raw if left else "")
            return (carrier,)
        if not merged:
            return ()
        lone = any(isinstance(said, str) and said for said in says)
        return (rewritten(carrier, merged[0] if lone and len(merged) == 1 else merged),)

    def _ask(self, piece: Three[Twig | None], lost: str = "") -> None:
        shown = piece.ours or piece.theirs
        assert shown is not None  # one side has it
        name = shown.key or self._name(piece)
        raws = piece.each(lambda twig: twig.value.raw if twig else None)
        self.questions.append(Question("field", (*self._place, name), *raws, lost=lost))

    def _name(self, piece: Three[Twig | None]) -> str:
        """Return what an item is called in the base; of two spellings of a new one the last."""
        names = [name_of(meaning_of_value(twig.value)) if twig else "" for twig in piece]
        return names[0] or max(names)


def _like(ours: Twig, theirs: Twig) -> Branch | None:
    """Return the version as which two values are merged entry by entry; None if they cannot be.

    Lines can hold more than brackets; a name alone is a person of whom nothing else is known.
    """
    branches = [twig.value for twig in (ours, theirs) if isinstance(twig.value, Branch)]
    if len({branch.sort for branch in branches}) != 1:
        return None
    if len(branches) == 1 and (ours.key or branches[0].sort == "items"):
        return None
    return min(branches, key=lambda branch: branch.opening)


def _same_keys(one: Sequence[Twig], other: Sequence[Twig]) -> Pairs:
    """Return the pairs of equal keys; of doubles the last counts, so they are met from behind."""
    met = anywhere(one[::-1], other[::-1], [], lambda t: t.key if t.key != REMARK else None)
    return [(len(one) - 1 - i, len(other) - 1 - j) for i, j in met]


def _same(one: Twig, other: Twig) -> bool:
    """Say whether two versions differ in order, brackets and quotation marks at most."""
    return meaning_of_value(one.value) == meaning_of_value(other.value) and (
        words_in(one.raw) == words_in(other.raw)
    )


def is_wish(text: str) -> bool:
    """Tell whether a wish for no contact is one: anything but nothing and no."""
    return bool(text.strip()) and plain(text) not in NO


def _answers(key: str, value: Plain) -> Iterator[str]:
    """Yield what is said of consents, in whatever form they are written."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _answers(name, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _answers(key, inner)
    elif key not in _NO_ANSWER:
        yield value


def _packed(text: str | None) -> str:
    return "".join(text.split()) if text else ""


def words_in(raw: str) -> Counter[str]:
    """Return what is said in a text: all but brackets, commas, dashes and quotation marks."""
    words = (word.strip("[]{},'\"") for word in raw.split())
    return Counter(word for word in words if word not in ("", "-"))


def _strand(twig: Twig | None, like: Branch) -> Strand[Twig]:
    """Return the entries of a value; a single text is a list of one, or a person's name.

    Args:
        like: the version as which it is to be laid out.
    """
    if twig is None or twig.value == NOTHING:
        return Strand()
    if isinstance(twig.value, Leaf):
        keys = [piece for piece in like.strand.pieces if piece.key in NAMES]
        named = keys[0] if keys else Twig("name", "name: ", NOTHING, "", 0)
        item = Twig("", "" if like.opening else "- ", NOTHING, "", 0)
        alone = named if like.sort == "pairs" else item
        return Strand((replace(alone, value=twig.value, behind=""),), ("", ""))
    strand = twig.value.strand if twig.value.sort == like.sort else _NOTHING
    if not twig.value.opening or like.opening:
        return strand
    bullet = "- " if like.sort == "items" else ""
    column = like.strand.pieces[0].column if like.strand.pieces else 0
    pieces = tuple(
        replace(piece, before=bullet + piece.before, column=column) for piece in strand.pieces
    )
    return Strand(pieces, ("\n" + " " * column,) * len(pieces) + ("",))
