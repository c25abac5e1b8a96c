"""Merge two changed versions of a customer file, by field, entry, task and paragraph.

Pure text to text: the result depends on the three texts alone, never on who, when or where.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence

from crm_md.document.merging.chapter_craft import ChapterCraft, contains
from crm_md.document.merging.levels import with_one_plan_of_levels
from crm_md.document.merging.line_ends import left_alone, with_line_ends, without_returns
from crm_md.document.merging.questions import Question
from crm_md.document.merging.settling import set_aside, with_lines
from crm_md.document.merging.three import Three
from crm_md.document.merging.weaving import weave
from crm_md.document.order import kept_oldest_first
from crm_md.document.pieces.body import Chapter, cut_file
from crm_md.document.pieces.body_pairs import day_and_author, pair_chapters
from crm_md.document.pieces.strand import Strand
from crm_md.frozen import dataclass

__all__ = ["Merged", "Question", "merge", "taken_back"]


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of a merge.

    Attributes:
        text: what both sides wanted; of what they disagree on, the questions keep both.
        questions: what only a person can decide.
    """

    text: str
    questions: tuple[Question, ...] = ()


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Merge two versions of a file; exchanging the sides gives the same text.

    What one side removed and the other left alone is gone; what one removed and the other changed
    stays, with a question. Of a field changed differently the value that sorts last stays, of a
    paragraph or an entry both, with a question. A question is a line in the section *To settle*.

    Args:
        base: the text that both versions come from, without byte order mark.
        ours: one version.
        theirs: the other.
    """
    return _merged(Three(base, ours, theirs), _woven_with_lines)


def taken_back(after: str, now: str, before: str) -> Merged:
    """Take one change back and leave what came later.

    The text is that of a file in which only the later changes were ever made. Its bytes differ
    from that only where a later one was written as it was because of this one: a key in the
    language, a list in the style, an entry in the order that this one had brought into the file.
    Where what comes back and what came later stand in one place, what comes back stands first.

    Args:
        after: the text right after the change.
        now: the text as it stands.
        before: the text right before the change.

    Returns:
        the text; with questions where the very piece was changed since, and then it is of no use.
    """
    merged = _merged(Three(after, now, before), _woven_back)
    if left_alone(after, now) and not left_alone(after, before):
        ends = Three(before, before, before)
        return Merged(with_line_ends(without_returns(merged.text), ends), merged.questions)
    return merged


Questions = tuple[Question, ...]


def _merged(texts: Three[str], weave_them: Callable[[Three[str]], tuple[str, Questions]]) -> Merged:
    if texts.decided:
        return Merged(texts.wanted)
    plain = texts.each(without_returns)
    if plain.decided:
        return Merged(with_line_ends(plain.wanted, texts))
    text, questions = weave_them(plain)
    return Merged(with_line_ends(text, texts), questions)


def _woven_with_lines(texts: Three[str]) -> tuple[str, Questions]:
    """Merge texts whose lines end with ``\n``; what is to be settled becomes lines of the file."""
    sides = set_aside(texts.each(cut_file))
    woven, questions = _woven(sides.chapters, theirs_first=False)
    with_all = with_lines(woven, sides, questions)
    if not _reads_as(with_all):
        questions.append(Question("text", (), *texts))
        with_all = with_lines(woven, sides, questions)
    return with_all.raw, tuple(questions)


def _woven_back(texts: Three[str]) -> tuple[str, Questions]:
    """Merge texts whose lines end with ``\n``, what comes back before what came later."""
    woven, questions = _woven(texts.each(cut_file), theirs_first=True)
    if not _reads_as(woven):
        questions.append(Question("text", (), *texts))
    return woven.raw, tuple(questions)


def _woven(
    strands: Three[Strand[Chapter]], *, theirs_first: bool
) -> tuple[Strand[Chapter], list[Question]]:
    strands = with_one_plan_of_levels(strands)
    chapters = strands.each(lambda strand: strand.pieces)
    craft = ChapterCraft(
        oldest_first=_oldest_first(chapters),
        theirs_first=theirs_first,
        needed=_needed(chapters),
    )
    woven = weave(strands, craft)
    return woven, [*craft.questions, *_written_anew(chapters)]


def _oldest_first(chapters: Three[tuple[Chapter, ...]]) -> bool:
    """Say whether the file is kept with the oldest entry first: the base is, else both sides."""
    moments = chapters.each(lambda row: [chapter.moment for chapter in row if chapter.moment])
    if len(moments.base) > 1:
        return kept_oldest_first(moments.base)
    sides = [side for side in moments[1:] if len(side) > 1]
    return bool(sides) and all(map(kept_oldest_first, sides))


def _needed(chapters: Three[tuple[Chapter, ...]]) -> list[Chapter]:
    """Return the sections under which a side put chapters, or changed some that the other removed.

    Without them these would be lost, or stand in another section.
    """
    base, ours, theirs = chapters
    in_ours, in_theirs = dict(pair_chapters(base, ours)), dict(pair_chapters(base, theirs))
    needed: list[Chapter] = []
    for side, known, other in ((ours, in_ours, in_theirs), (theirs, in_theirs, in_ours)):
        alone = set(range(len(side))) - set(known.values())
        alone |= {
            there
            for here, there in known.items()
            if here not in other and side[there].raw != base[here].raw
        }
        needed += _above(side, alone)
    return needed


def _written_anew(chapters: Three[tuple[Chapter, ...]]) -> Iterator[Question]:
    """Yield what is asked of entries that are gone on both sides, each with another of their day.

    Nothing tells which of these they have become; both may be one, worded anew.
    """
    base, ours, theirs = chapters
    in_ours, in_theirs = dict(pair_chapters(base, ours)), dict(pair_chapters(base, theirs))
    for place, entry in enumerate(base):
        if entry.moment is None or place in in_ours or place in in_theirs:
            continue
        here, there = _of_its_day(entry, ours, in_ours), _of_its_day(entry, theirs, in_theirs)
        if here and there and here.raw != there.raw:
            yield Question("entry", (entry.title,), entry.raw, here.raw, there.raw)


def _of_its_day(entry: Chapter, side: Sequence[Chapter], known: dict[int, int]) -> Chapter | None:
    """Return the first new entry of a side that has the day and author of this one."""
    new = (side[place] for place in range(len(side)) if place not in known.values())
    return next((one for one in new if day_and_author(one) == day_and_author(entry)), None)


def _above(side: Sequence[Chapter], places: Container[int]) -> Iterator[Chapter]:
    """Yield the sections that the chapters at these places belong to."""
    above: list[Chapter] = []
    for place, chapter in enumerate(side):
        while above and not contains(above[-1], chapter):
            above.pop()
        if place in places:
            yield from above
        if chapter.level and chapter.moment is None:
            above.append(chapter)


def _reads_as(woven: Strand[Chapter]) -> bool:
    """Say whether the merged text is cut into the chapters it was made of, entries as entries."""
    read, meant = cut_file(woven.raw).pieces, woven.pieces
    return [chapter.raw for chapter in read] == [chapter.raw for chapter in meant] and all(
        one.moment or not other.moment for one, other in zip(read, meant, strict=True)
    )
