"""Cut the text below the head into chapters and blocks that together are the text again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, time
from functools import cached_property, lru_cache
from typing import Literal

from crm_md.document.outline import outline
from crm_md.document.pieces.heads import head_of
from crm_md.document.pieces.strand import Strand
from crm_md.document.structure import Part, structure
from crm_md.frozen import dataclass

Sort = Literal["text", "item", "task"]
Span = tuple[int, int]

HEAD = "head"

_TASK = re.compile(r"[ \t>]*[*+-][ \t]+\[[ xX-]\](?:[ \t]|\Z)")
_ITEM = re.compile(r"[ \t>]*(?:[*+-]|\d{1,9}[.)])(?:[ \t]|\Z)")
_ALONE = re.compile(r"[^\s:][^:]{0,60}::[ \t]|#{1,6}(?:[ \t]|\Z)")  # a fact, a heading in an entry
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)*")
_AUTHOR = re.compile(r"\(([^()\s]+)\)\Z")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item, a task, a fence: lines that belong together."""

    raw: str
    sort: Sort

    @property
    def alone(self) -> bool:
        """Whether it is a line that goes on with none above it: a fact, a heading in an entry."""
        return bool(_ALONE.match(self.raw))


@dataclass(frozen=True)
class Chapter:
    """A heading with what stands below it up to the next: an entry, a section, or the text before.

    Attributes:
        heading: its line, "" for the text before any heading.
        title: its words, without ``#``.
        role: as in `structure.Part`.
        level: 1 to 6, 0 without heading.
        moment: date and time of an entry, None for all other chapters.
        blocks: what stands below; the first gap is the one behind the heading.
        line: of the file, from 1.
    """

    heading: str
    title: str
    role: str
    level: int
    moment: tuple[date, time] | None
    blocks: Strand[Block]
    line: int

    @cached_property
    def raw(self) -> str:
        """Its text, without the blank lines behind it."""
        return self.heading + self.blocks.raw

    @property
    def author(self) -> str:
        """The last bracketed word of an entry's heading, whoever it is."""
        match = _AUTHOR.search(self.title)
        return match[1] if match else ""

    @property
    def lines(self) -> list[str]:
        """The lines below the heading that are not blank."""
        return [line for line in self.blocks.raw.split("\n") if line.strip()]


def cut_file(text: str) -> Strand[Chapter]:
    """Return the chapters of a whole file, its head as the first.

    Args:
        text: the whole file; its lines end with ``\n``.
    """
    start = head_of(text).body_start
    if not start:
        return cut_body(text, 0)
    head = text[:start].rstrip("\n")
    body = cut_body(text, len(head))
    piece = Chapter(head, "", HEAD, 0, None, Strand(), 1)
    return Strand((piece, *body.pieces), ("", *body.gaps))


def cut_body(text: str, start: int) -> Strand[Chapter]:
    """Return the chapters of a text from this offset on, with the blank lines between them.

    Args:
        text: the whole file; its lines end with ``\\n``.
        start: offset of the body, or of the line end before it.
    """
    plan = outline(text, start)
    parts = structure(text, start, text.count("\n", 0, start) + 1, plan.headings).parts
    chapters: list[Chapter] = []
    gaps: list[str] = []
    behind = start
    for part in parts:
        core = _core(text, part.start, part.end, plan.hidden)
        if core is not None:
            gaps.append(text[behind : core[0]])
            chapters.append(_chapter(text, core, part, plan.hidden))
            behind = core[1]
    return Strand(tuple(chapters), (*gaps, text[behind:]))


def _core(text: str, begin: int, end: int, hidden: Sequence[Span]) -> Span | None:
    """Return the place without the blank lines around it; those of an open fence belong to it."""
    first = _BLANK_LINES.match(text, begin, end)
    begin = first.end() if first else begin
    last = begin + len(text[begin:end].rstrip(" \t\n"))
    if last == begin:
        return None
    stop = text.find("\n", last, end)
    stop = end if stop < 0 else stop
    covered = max((b for a, b in hidden if begin <= a < end), default=0)
    return begin, max(stop, covered)


def _chapter(text: str, core: Span, part: Part, hidden: Sequence[Span]) -> Chapter:
    begin, end = core
    inside = tuple((a - begin, b - begin) for a, b in hidden if begin <= a < end)
    heading, blocks = _cut(text[begin:end], bool(part.level), inside)
    moment = (part.moment.date, part.moment.time or time()) if part.moment else None
    return Chapter(heading, part.title, part.role, part.level, moment, blocks, part.line)


@lru_cache(maxsize=2_000)  # most chapters stand alike in all versions of a file
def _cut(raw: str, headed: bool, hidden: tuple[Span, ...]) -> tuple[str, Strand[Block]]:
    """Return the heading and what stands below: paragraphs, list items one by one, fences whole."""
    stop = raw.find("\n") if headed else 0
    behind = stop = len(raw) if stop < 0 else stop
    blocks: list[Block] = []
    gaps: list[str] = []
    for start, end, sort in _spans(raw, stop, len(raw), [one for one in hidden if one[0] >= stop]):
        gaps.append(raw[behind:start])
        blocks.append(Block(raw[start:end], sort))
        behind = end
    return raw[:stop], Strand(tuple(blocks), (*gaps, raw[behind:]))


def _spans(text: str, begin: int, end: int, hidden: list[Span]) -> Iterator[tuple[int, int, Sort]]:
    """Yield where each block starts and stops, and its sort."""
    span: tuple[int, int, Sort] | None = None  # of a block that may go on
    at = begin
    while at < end:
        if hidden and hidden[0][0] <= at:
            if span:
                yield span
            yield at, min(hidden[0][1], end), "text"
            span, at = None, hidden.pop(0)[1] + 1
            continue
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        sort: Sort = "task" if _TASK.match(line) else "item" if _ITEM.match(line) else "text"
        alone = bool(_ALONE.match(line))
        if span and (alone or sort != "text" or not line.strip(" \t")):
            yield span
            span = None
        if alone:
            yield at, stop, sort
        elif line.strip(" \t"):
            span = (span[0], stop, span[2]) if span else (at, stop, sort)
        at = stop + 1
    if span:
        yield span
