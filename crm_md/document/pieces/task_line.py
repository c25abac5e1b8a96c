"""Cut the line of a task into its parts: box, words, dates and mentions."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from crm_md.dates.filed import read_day
from crm_md.document.pieces.strand import Strand
from crm_md.document.task_signs import MENTION, STAMP
from crm_md.frozen import dataclass

PartSort = Literal["bullet", "box", "words", "due", "done", "mention", "below"]

_LINE = re.compile(r"([ \t>]*[*+-])([ \t]+)(\[[ xX-]\])([^\n]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a task."""

    raw: str
    sort: PartSort


def cut_task(raw: str) -> Strand[Part]:
    """Return the parts of a task with the blanks between them; its further lines are the last."""
    match = _LINE.match(raw)
    if match is None:
        return Strand((Part(raw, "words"),), ("", ""))
    parts = [Part(match[1], "bullet"), Part(match[3], "box")]
    gaps = ["", match[2]]
    behind = match.end(3)
    for start, stop, sort in [*_spans(raw, match.end(3), match.end()), *_below(raw, match.end())]:
        gaps.append(raw[behind:start])
        parts.append(Part(raw[start:stop], sort))
        behind = stop
    return Strand(tuple(parts), (*gaps, raw[behind:]))


def task_words(raw: str) -> str:
    """Return the words of a task: what makes it the same one in two versions."""
    return " ".join(part.raw for part in cut_task(raw).pieces if part.sort in ("words", "below"))


def day_in(raw: str) -> date | None:
    """Return the day of a part that is one: ``due:2026-11-24``."""
    match = STAMP.search(raw)
    return read_day(match["day"] or match["when"]) if match else None


def _spans(raw: str, begin: int, end: int) -> list[tuple[int, int, PartSort]]:
    """Return where words, dates and mentions stand between two places."""
    line = raw[:end]
    found: list[tuple[int, int, PartSort]] = []
    for match in STAMP.finditer(line, begin):
        is_due = match["due"] or match["calendar"]
        found.append((match.start(), match.end(), "due" if is_due else "done"))
    for match in MENTION.finditer(line, begin):
        if not any(start <= match.start() < stop for start, stop, _sort in found):
            found.append((match.start(), match.end(), "mention"))
    spans: list[tuple[int, int, PartSort]] = []
    at = begin
    for start, stop, sort in [*sorted(found), (end, end, "words")]:
        words = line[at:start].strip()
        if words:
            first = at + len(line[at:start]) - len(line[at:start].lstrip())
            spans.append((first, first + len(words), "words"))
        if start < stop:
            spans.append((start, stop, sort))
        at = stop
    return spans


def _below(raw: str, end: int) -> list[tuple[int, int, PartSort]]:
    rest = raw[end:].strip()
    start = end + len(raw[end:]) - len(raw[end:].lstrip())
    return [(start, start + len(rest), "below")] if rest else []
