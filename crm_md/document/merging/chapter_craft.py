"""Merge the chapters of a file: its head, its sections, its dated entries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from crm_md.document.merging.block_craft import BlockCraft
from crm_md.document.merging.head_merge import merge_heads
from crm_md.document.merging.questions import Question
from crm_md.document.merging.three import Three, agreed
from crm_md.document.merging.weaving import weave
from crm_md.document.order import Rank, rank
from crm_md.document.pieces.body import HEAD, Block, Chapter
from crm_md.document.pieces.body_pairs import pair_chapters, pair_new_chapters
from crm_md.document.pieces.pairing import Pairs
from crm_md.document.pieces.strand import Strand
from crm_md.document.structure import ENTRY, HISTORY, INTRO
from crm_md.frozen import replace

_SORTS = (HEAD, INTRO, "common", "careful", HISTORY, ENTRY)
_NOTHING: Strand[Block] = Strand()


class ChapterCraft:
    """How the chapters of a file are merged.

    Attributes:
        questions: what only a person can decide; filled while weaving.
    """

    def __init__(
        self, *, oldest_first: bool, theirs_first: bool, needed: Collection[Chapter]
    ) -> None:
        """Take what is known of the whole file.

        Args:
            oldest_first: the order of its entries.
            theirs_first: as in `Craft`.
            needed: sections under which one side put new chapters.
        """
        self.questions: list[Question] = []
        self.theirs_first = theirs_first
        self._oldest_first = oldest_first
        self._needed = {id(chapter) for chapter in needed}

    def pair(self, base: Sequence[Chapter], side: Sequence[Chapter]) -> Pairs:
        """Return which chapter of the base is which of a side."""
        return pair_chapters(base, side)

    def pair_new(self, ours: Sequence[Chapter], theirs: Sequence[Chapter]) -> Pairs:
        """Return which chapters both sides added alike."""
        return pair_new_chapters(ours, theirs)

    def join(self, piece: Three[Chapter | None]) -> Sequence[Chapter]:
        """Return the one chapter that this one becomes, none, or two entries."""
        base, ours, theirs = piece
        if ours is None or theirs is None:
            left = ours or theirs
            assert left is not None  # one side has it
            return (left,) if base is None else self._half(piece, base, left)
        texts = piece.each(_raw)
        if ours.raw == theirs.raw:  # what is an entry may have become one more heading by a side
            return (theirs if ours.moment else ours,)
        if texts.decided:
            return (ours,) if texts.wanted == ours.raw else (theirs,)
        if ours.role == HEAD:
            return self._head(piece, ours)
        headings = piece.each(_heading)
        if not headings.decided:
            if ours.moment and theirs.moment:
                self._ask("entry", piece)
                return (ours, theirs) if self.sooner(ours, theirs) else (theirs, ours)
            self._ask("section", piece)
        shown = ours if agreed(headings) == ours.heading else theirs
        return (replace(shown, blocks=self._blocks(piece, shown.title)),)

    def sooner(self, one: Chapter, other: Chapter) -> bool:
        """What goes before the history, then entries in the order of the file, then the rest."""
        if one.moment is None or other.moment is None:
            return _sort(one) < _sort(other)
        if self._oldest_first:
            return _rank(one) < _rank(other)
        return _rank(one) > _rank(other)

    def gap(self, left: Chapter, right: Chapter, told: str | None) -> str:
        """An empty line, or what stood there."""
        return told if told and "\n" in told else "\n\n"

    def _half(
        self, piece: Three[Chapter | None], base: Chapter, left: Chapter
    ) -> Sequence[Chapter]:
        """Merge a chapter that one side removed."""
        if left.role == HEAD:
            return self._head(piece, left)
        if left.moment or base.moment:
            if left.raw == base.raw:
                return ()
            self._ask("entry", piece)
            return (left,)
        if left.heading != base.heading:
            self._ask("section", piece)
            return (left,)
        blocks = self._blocks(piece, left.title)
        if not blocks.pieces and id(left) not in self._needed:
            return ()
        return (replace(left, blocks=blocks),)

    def _head(self, piece: Three[Chapter | None], shown: Chapter) -> Sequence[Chapter]:
        raw, questions = merge_heads(
            piece.each(lambda head: head.raw if head else ""), theirs_first=self.theirs_first
        )
        self.questions += questions
        return (replace(shown, heading=raw),) if raw else ()

    def _blocks(self, piece: Three[Chapter | None], title: str) -> Strand[Block]:
        craft = BlockCraft(title, theirs_first=self.theirs_first)
        blocks = weave(piece.each(lambda chapter: chapter.blocks if chapter else _NOTHING), craft)
        self.questions += craft.questions
        return blocks

    def _ask(self, what: Literal["entry", "section"], piece: Three[Chapter | None]) -> None:
        shown = next(filter(None, piece))
        self.questions.append(Question(what, (shown.title,), *piece.each(_raw)))


def _raw(chapter: Chapter | None) -> str | None:
    return chapter.raw if chapter else None


def _heading(chapter: Chapter | None) -> str | None:
    return chapter.heading if chapter else None


def _sort(chapter: Chapter) -> int:
    """Return the place of a sort of chapters where both sides put some; free ones go behind."""
    return _SORTS.index(chapter.role) if chapter.role in _SORTS else len(_SORTS)


def _rank(entry: Chapter) -> Rank:
    assert entry.moment is not None  # it is an entry
    body = entry.blocks.raw.strip("\n")
    return rank(*entry.moment, f"{entry.title}\n{body}")
