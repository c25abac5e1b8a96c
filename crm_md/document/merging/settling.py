"""Write what a merge could not decide into the section *To settle*, as lines that are a set.

A line names the piece as the base knows it and the losing value only, never the winner nor the
sides. So it does not matter in which order several versions met: the lines are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from crm_md.document.merging.questions import Question
from crm_md.document.merging.three import Three
from crm_md.document.pieces.body import Block, Chapter
from crm_md.document.pieces.body_pairs import fact_word
from crm_md.document.pieces.strand import Strand
from crm_md.document.pieces.task_line import task_words
from crm_md.document.question_lines import SETTLE, TAG, is_question, said_in
from crm_md.document.structure import ENTRY, HISTORY
from crm_md.frozen import dataclass, replace
from crm_md.words import SECTION_TITLES, SECTIONS, plain

LONGEST = 60  # characters of a paragraph by which it is named

Language = Literal["de", "en"]

_WORDS: dict[str, dict[Language, str]] = {
    "removed": {"en": "(removed)", "de": "(entfernt)"},
    "two": {"en": "(two versions)", "de": "(zwei Fassungen)"},
    "look": {"en": "(look it through)", "de": "(durchsehen)"},
}
_SPOKEN = {word: words for words in _WORDS.values() for word in words.values()}


@dataclass(frozen=True, slots=True)
class Sides:
    """The chapters of three versions without the lines that merges left, and those lines.

    Attributes:
        chapters: of each version.
        lines: of each version, as English ones.
    """

    chapters: Three[Strand[Chapter]]
    lines: Three[frozenset[str]]


def is_lost_piece(words: str, what: Literal["removed", "two"]) -> bool:
    """Say whether these are our words for a piece that is there no more, or there twice."""
    return words in _WORDS[what].values()


def set_aside(chapters: Three[Strand[Chapter]]) -> Sides:
    """Take the lines that merges left out of every version.

    A section that holds nothing else goes with them where the base has none: it is made anew.
    """
    known = any(chapter.role == SETTLE for chapter in chapters.base.pieces)
    cut = chapters.each(lambda strand: _without_lines(strand, keep=known))
    return Sides(cut.each(lambda pair: pair[0]), cut.each(lambda pair: pair[1]))


def _without_lines(
    strand: Strand[Chapter], *, keep: bool
) -> tuple[Strand[Chapter], frozenset[str]]:
    pieces: list[Chapter] = []
    gaps = list(strand.gaps[:1])
    lines: set[str] = set()
    for chapter, gap in zip(strand.pieces, strand.gaps[1:], strict=True):
        left = chapter
        if chapter.role == SETTLE:
            blocks = chapter.blocks
            lines |= {_in("en", block.raw) for block in blocks.pieces if is_question(block.raw)}
            left = replace(chapter, blocks=_only(blocks))
        if left.blocks.pieces or left is chapter or left == chapter or keep:
            pieces.append(left)
            gaps.append(gap)
        else:
            last = chapter is strand.pieces[-1]
            gaps[-1] = gap if last or len(gap) > len(gaps[-1]) else gaps[-1]
    return Strand(tuple(pieces), tuple(gaps)), frozenset(lines)


def _only(blocks: Strand[Block]) -> Strand[Block]:
    """Return what people wrote in the section themselves."""
    if not any(is_question(block.raw) for block in blocks.pieces):
        return blocks
    pieces: list[Block] = []
    gaps: list[str] = []
    for gap, block in zip(blocks.gaps, blocks.pieces, strict=False):
        if not is_question(block.raw):
            gaps.append(gap if pieces else blocks.gaps[0])
            pieces.append(block)
    return Strand(tuple(pieces), (*gaps, "")) if pieces else Strand()


def with_lines(
    woven: Strand[Chapter], sides: Sides, questions: Iterable[Question]
) -> Strand[Chapter]:
    """Return the merged chapters with the lines that are to be settled in them.

    A line that one side removed since the base is settled and does not come back.
    """
    base, ours, theirs = sides.lines
    standing = ours & theirs | (ours | theirs) - base
    language = _language(woven.pieces)
    lines = sorted({_in(language, line) for line in standing | set(map(line_of, questions))})
    place = next((i for i, c in enumerate(woven.pieces) if c.role == SETTLE), None)
    if place is None:
        return _with_section(woven, lines, language) if lines else woven
    chapter = woven.pieces[place]
    if not lines and not chapter.blocks.pieces and any(sides.lines):
        return _without(woven, place)
    pieces = list(woven.pieces)
    pieces[place] = replace(chapter, blocks=_behind(chapter.blocks, lines))
    return Strand(tuple(pieces), woven.gaps)


def line_of(question: Question) -> str:
    """Return the line that a question becomes, in English.

    It names the piece and the losing value; of what was kept twice, or kept although one side
    removed it, only the piece.
    """
    about = about_of(question)
    if question.lost:
        lost = question.lost
    elif question.ours is None or question.theirs is None:
        lost = _WORDS["removed"]["en"]
    else:
        lost = _WORDS["two" if about else "look"]["en"]
    return f"- [ ] {': '.join(filter(None, (about, _one_line(lost))))} {TAG}"


def about_of(question: Question) -> str:
    """Return how a line names the piece that a question is about."""
    if question.what == "field":
        return _one_line(".".join(question.place))
    shown = next(filter(None, (question.base, question.ours, question.theirs)), "")
    if question.what == "task":
        return _one_line(task_words(shown))
    if question.what == "head":
        return "head"
    about = list(question.place)
    if question.what == "text" and about:
        about.append(fact_word(shown) or _cut(shown))
    return _one_line(": ".join(about))


def _cut(text: str) -> str:
    words = " ".join(text.split()).lstrip("-*+> ")
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"


def _one_line(text: str) -> str:
    return " ".join(word for word in text.split() if word != TAG)


def _in(language: Language, line: str) -> str:
    """Return a line with our own words in it in this language."""
    rest = said_in(line)
    for word, words in _SPOKEN.items():
        if rest == word or rest.endswith(f" {word}"):
            return f"- [ ] {rest.removesuffix(word)}{words[language]} {TAG}"
    return f"- [ ] {rest} {TAG}"


def _language(chapters: Sequence[Chapter]) -> Language:
    """Return the language of the file's own sections, else English."""
    titles = (plain(c.title.rstrip(":")) for c in chapters if c.role not in ("", SETTLE, ENTRY))
    found = [SECTIONS[title][1] for title in titles if title in SECTIONS]
    return "de" if found.count("de") > len(found) / 2 else "en"


def _with_section(
    woven: Strand[Chapter], lines: Sequence[str], language: Language
) -> Strand[Chapter]:
    """Return the chapters with a new section: before the history, else behind everything."""
    pieces, gaps = list(woven.pieces), list(woven.gaps)
    history = (i for i, c in enumerate(pieces) if c.role in (HISTORY, ENTRY))
    place = next(history, len(pieces))
    own = [c.level for c in pieces if c.role in ("common", "careful", HISTORY)]
    level = min(own, default=2)
    if place < len(pieces):
        level = max(level, pieces[place].level)
    title = SECTION_TITLES[SETTLE][language]
    section = Chapter(
        f"{'#' * level} {title}", title, SETTLE, level, None, _behind(Strand(), lines), 0
    )
    before, behind = gaps[place], gaps[place] if place < len(pieces) else "\n\n"
    blank = before if before.count("\n") > 1 else "\n\n"
    if not place:
        gaps[:1] = [before, "\n\n" if pieces else "\n"]
    elif place < len(pieces):
        gaps[place : place + 1] = [blank, behind if behind.count("\n") > 1 else "\n\n"]
    else:
        gaps[place : place + 1] = [blank if before.count("\n") > 1 else "\n\n", before or "\n"]
    pieces.insert(place, section)
    return Strand(tuple(pieces), tuple(gaps))


def _without(woven: Strand[Chapter], place: int) -> Strand[Chapter]:
    gaps = list(woven.gaps)
    last = place == len(woven.pieces) - 1
    gaps[place : place + 2] = [gaps[place + 1] if last or not place else gaps[place]]
    return Strand(woven.pieces[:place] + woven.pieces[place + 1 :], tuple(gaps))


def _behind(blocks: Strand[Block], lines: Sequence[str]) -> Strand[Block]:
    """Return the blocks with the lines behind them, a list of its own."""
    if not lines:
        return blocks
    pieces, gaps = list(blocks.pieces), list(blocks.gaps[:-1])
    for line in lines:
        if not pieces:
            gaps.append("\n\n")
        else:
            gaps.append("\n" if pieces[-1].sort != "text" else "\n\n")
        pieces.append(Block(line, "task"))
    return Strand(tuple(pieces), (*gaps, blocks.gaps[-1] if blocks.pieces else ""))
