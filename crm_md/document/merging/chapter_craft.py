"""Merge the chapters of a file: its head, its sections, its dated entries."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from crm_md.document.merging.block_craft import BlockCraft
from crm_md.document.merging.head_merge import merge_heads
from crm_md.document.merging.questions import Question
from crm_md.document.merging.three import Three
from crm_md.document.merging.weaving import weave
from crm_md.document.order import Rank, rank
from crm_md.document.pieces.body import HEAD, Block, Chapter
from crm_md.document.pieces.body_pairs import (
    fact_of,
    is_twin,
    pair_chapters,
    pair_new_chapters,
    same_entry,
)
from crm_md.document.pieces.pairing import Pairs
from crm_md.document.pieces.strand import Strand
from crm_md.document.structure import ENTRY, HISTORY, INTRO
from crm_md.frozen import replace
from crm_md.words import SECTION_TITLES

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

    def another(self, base: Chapter, known: Chapter, side: Chapter) -> bool:
        """An entry may have been kept twice by an earlier merge, under two headings."""
        if base.moment is None or side.moment is None or base.moment[0] != side.moment[0]:
            return False
        if known.heading != base.heading and is_twin(known, side):
            return True
        return base.author == side.author and same_entry(base, side)

    def join(self, piece: Three[Chapter | None], also: Sequence[Chapter]) -> Sequence[Chapter]:
        """Return the one chapter that this one becomes, none, or an entry under each heading."""
        base, ours, theirs = piece
        if ours is None or theirs is None:
            left = ours or theirs
            assert left is not None  # one side has it
            if base is None:
                return (left,)
            half = self._half(piece, base, left)
            return self._by_order([*half, *also]) if half and also else half
        texts = piece.each(_raw)
        if ours.raw == theirs.raw:  # what is an entry may have become one more heading by a side
            return self._by_order([theirs if ours.moment else ours, *also])
        if texts.decided:
            return self._by_order([ours if texts.wanted == ours.raw else theirs, *also])
        if ours.role == HEAD:
            return self._head(piece, ours)
        return self._both(piece, ours, theirs, also)

    def _both(
        self, piece: Three[Chapter | None], ours: Chapter, theirs: Chapter, also: Sequence[Chapter]
    ) -> Sequence[Chapter]:
        """Merge a chapter that both sides have and changed: its level, its title, its blocks."""
        blocks = self._blocks(piece, (piece.base or ours).title)
        level = max(one.level for one in (ours, theirs))
        levels = piece.each(lambda one: one.level if one else None)
        if levels.decided and levels.wanted is not None:
            level = levels.wanted
        ours, theirs = at_level(ours, level), at_level(theirs, level)
        base = at_level(piece.base, level) if piece.base else None
        headings = Three(_heading(base), ours.heading, theirs.heading)
        if ours.heading == theirs.heading:  # an entry of one side may be a heading of the other
            versions = [theirs if ours.moment else ours]
        elif headings.decided:
            versions = [ours if headings.wanted == ours.heading else theirs]
        elif ours.moment and theirs.moment:
            self._ask("entry", piece)
            versions = [ours, theirs]
        else:
            lost, shown = sorted((ours, theirs), key=lambda one: (one.title, one.heading))
            if lost.title != shown.title and not _is_named(lost, shown):
                self._ask("section", piece, lost.title)
            versions = [shown]
        joined = [replace(one, blocks=blocks) for one in versions]
        for one in also:  # it goes on from the same base, with what the other side changed
            rest = Three(piece.base, one, joined[0])
            joined.append(replace(at_level(one, level), blocks=self._blocks(rest, one.title)))
        return self._by_order(joined)

    def _by_order(self, chapters: Sequence[Chapter]) -> Sequence[Chapter]:
        """Return entries that stand for one another, each once, in the order of the file."""
        if len(chapters) == 1:
            return chapters
        found = list({chapter.raw: chapter for chapter in chapters}.values())
        if len(found) == 1 or any(chapter.moment is None for chapter in found):
            return found
        return sorted(found, key=_rank, reverse=not self._oldest_first)

    def below(self, piece: Chapter, behind: Chapter) -> bool:
        """What is deeper belongs to the section above it; so do all entries to their history."""
        if piece.moment is not None or not piece.level:
            return False
        return contains(piece, behind)

    def loose(self, piece: Chapter) -> bool:
        """Entries go by their dates; sections follow each other as their writer thought."""
        return piece.moment is not None

    def sooner(self, one: Chapter, other: Chapter) -> bool:
        """What goes before the history, then entries in the order of the file, then the rest."""
        if one.moment is None or other.moment is None:
            return _sort(one) < _sort(other)
        if self._oldest_first:
            return _rank(one) < _rank(other)
        return _rank(one) > _rank(other)

    def stays(self, anchor: Chapter | None, piece: Chapter) -> bool:
        """Entries stay in their history, whatever section the other side put behind it."""
        return piece.moment is not None and (
            anchor is not None and (anchor.moment is not None or anchor.role == HISTORY)
        )

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
        blocks = self._blocks(piece, base.title)
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
        if piece.base is None or piece.base.moment:
            self.questions += _facts_twice(piece, blocks, title)
        return blocks if blocks.pieces else _NOTHING  # no gap is left of what is gone

    def _ask(
        self, what: Literal["entry", "section"], piece: Three[Chapter | None], lost: str = ""
    ) -> None:
        shown = piece.base or max(filter(None, piece[1:]), key=lambda one: one.title)
        self.questions.append(Question(what, (shown.title,), *piece.each(_raw), lost=lost))


def _facts_twice(
    piece: Three[Chapter | None], blocks: Strand[Block], title: str
) -> Iterator[Question]:
    """Yield what is asked of a fact that an entry has once, and that both sides gave it."""
    facts = piece.each(lambda chapter: _facts(chapter.blocks) if chapter else {})
    for key, found in _facts(blocks).items():
        base, ours, theirs = (known.get(key, []) for known in facts)
        if len(found) > max(1, len(base), len(ours), len(theirs)):
            yield Question("text", (title,), base[0] if base else None, *sorted(found)[:2])


def _facts(blocks: Strand[Block]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for block in blocks.pieces:
        if key := fact_of(block):
            found.setdefault(key, []).append(block.raw)
    return found


def _is_named(one: Chapter, other: Chapter) -> bool:
    """Tell whether two titles are words for one section that we know: Vorsicht, Careful."""
    return one.role == other.role and one.role in SECTION_TITLES


def _raw(chapter: Chapter | None) -> str | None:
    return chapter.raw if chapter else None


def _heading(chapter: Chapter | None) -> str | None:
    return chapter.heading if chapter else None


def at_level(chapter: Chapter, level: int) -> Chapter:
    """Return a chapter with as many ``#`` before its title."""
    if chapter.level in (0, level) or not level:
        return chapter
    return replace(chapter, heading="#" * level + chapter.heading[chapter.level :], level=level)


def contains(section: Chapter, chapter: Chapter) -> bool:
    """Say whether a chapter behind a section belongs to it; entries may be of its own level."""
    if section.role == HISTORY and chapter.moment is not None:
        return chapter.level >= section.level
    return chapter.level > section.level


def _sort(chapter: Chapter) -> int:
    """Return the place of a sort of chapters where both sides put some; free ones go behind."""
    return _SORTS.index(chapter.role) if chapter.role in _SORTS else len(_SORTS)


def _rank(entry: Chapter) -> Rank:
    assert entry.moment is not None  # it is an entry
    body = entry.blocks.raw.strip("\n")
    return rank(*entry.moment, f"{entry.title}\n{body}")
