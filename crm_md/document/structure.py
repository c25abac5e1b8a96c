"""Tell entries from sections: which headings of a file are history, and how far each reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crm_md.document.entries import Moment, read_moment
from crm_md.document.outline import Heading
from crm_md.words import SECTIONS, plain

_BLANK_LINES = re.compile(r"(?:[ \t\r]*\n)+")

ENTRY = "entry"
INTRO = "intro"
HISTORY = "history"


class Part(NamedTuple):
    """A piece of the body: an entry with all below it, or a section up to the next heading.

    Attributes:
        role: "entry"; "history", "common", "careful", "settle", "" for free sections; "intro" for
            what stands before any: below the first heading, if that is of level 1, and above it.
        level: of its heading, 0 where it has none.
        title: of its heading.
        line: of its heading, from 1; where it has none, of its first line.
        start: offset of its heading.
        text_start: offset of the line below its heading.
        end: offset of the next part.
        moment: date and time of an entry, with the words behind them; None for sections.
    """

    role: str
    level: int
    title: str
    line: int
    start: int
    text_start: int
    end: int
    moment: Moment | None = None


class Structure(NamedTuple):
    """The body of a file.

    Attributes:
        parts: without a gap from the start of the body to the end of the file.
        strays: dated headings that are no entry: of level 1, outside the history, or in it deeper
            than the entries and below none of them.
    """

    parts: tuple[Part, ...]
    strays: tuple[Heading, ...]


def structure(text: str, start: int, line: int, headings: Sequence[Heading]) -> Structure:
    """Return the parts of a body. Source: docs/file-format.md, "The history".

    Entries of a history have its own level or that of the shallowest dated heading below it.
    Where no section is a history, every dated heading is an entry that stands in no other.

    Args:
        text: the whole file.
        start: offset where the body begins.
        line: the line there, from 1.
        headings: those of the body.
    """
    moments = [
        read_moment(heading.title) if heading.title[:1].isdigit() else None for heading in headings
    ]
    dated = [
        moment is not None and heading.level > 1
        for moment, heading in zip(moments, headings, strict=True)
    ]
    roles, nested = _roles(headings, dated)
    entries = _entries(headings, dated, roles, nested)
    opened: list[tuple[str, Heading, Moment | None]] = []
    strays: list[Heading] = []
    open_level = 0  # of the entry we are in, 0 in none
    for index, heading in enumerate(headings):
        role = ENTRY if entries[index] else roles[index] or ""
        if role != ENTRY and open_level and heading.level > open_level:
            continue
        moment = moments[index]
        open_level = heading.level if role == ENTRY else 0
        if moment and role != ENTRY:
            strays.append(heading)
            moment = None
        elif index == 0 and heading.level == 1 and not role:
            role = INTRO
        opened.append((role, heading, moment))
    return Structure(tuple(_parts(text, start, line, opened)), tuple(strays))


def _parts(
    text: str, start: int, line: int, opened: Sequence[tuple[str, Heading, Moment | None]]
) -> Iterator[Part]:
    """Yield the parts: each reaches from its heading to the next."""
    ends = [heading.start for _role, heading, _moment in opened] + [len(text)]
    yield Part(INTRO, 0, "", line, start, start, ends[0])
    for (role, heading, moment), end in zip(opened, ends[1:], strict=True):
        below = text.find("\n", heading.end, end) + 1 or end
        yield Part(
            role, heading.level, heading.title, heading.line, heading.start, below, end, moment
        )


def reach(parts: Sequence[Part], index: int) -> int:
    """Return the index behind the last part that belongs to a section: its sub-sections do."""
    level = parts[index].level
    behind = index + 1
    while behind < len(parts) and parts[behind].level > level:
        behind += 1
    return behind


def words_below(text: str, part: Part) -> str:
    """Return the words below a heading without outer blank lines, whatever ends the lines."""
    words = text[part.text_start : part.end].rstrip()
    if blank := _BLANK_LINES.match(words):
        words = words[blank.end() :]
    return words.replace("\r\n", "\n") if "\r" in words else words


def _roles(
    headings: Sequence[Heading], dated: Sequence[bool]
) -> tuple[list[str | None], list[bool]]:
    """Return for each heading the role its title gives, and whether it is below a dated one.

    What is below a dated heading belongs to it and has no role.
    """
    roles: list[str | None] = []
    nested: list[bool] = []
    above: list[int] = []  # levels of the dated headings that this one is below
    for heading, is_dated in zip(headings, dated, strict=True):
        while above and above[-1] >= heading.level:
            above.pop()
        nested.append(bool(above))
        known = None
        if is_dated:
            above.append(heading.level)
        elif not above:
            known = SECTIONS.get(plain(heading.title.rstrip(":")))
        roles.append(known[0] if known else None)
    return roles, nested


def _entries(
    headings: Sequence[Heading],
    dated: Sequence[bool],
    roles: Sequence[str | None],
    nested: Sequence[bool],
) -> list[bool]:
    """Return for each heading whether it is an entry."""
    if HISTORY not in roles:
        return [is_dated and not below for is_dated, below in zip(dated, nested, strict=True)]
    within: list[int] = []  # index of the innermost history each heading stands in, -1 for none
    histories: list[int] = []
    for index, heading in enumerate(headings):
        while histories and _ends(headings[histories[-1]], heading, dated[index]):
            histories.pop()
        within.append(histories[-1] if histories else -1)
        if roles[index] == HISTORY:
            histories.append(index)
    shallowest: dict[int, int] = {}
    for index, heading in enumerate(headings):
        history = within[index]
        if dated[index] and history >= 0 and heading.level > headings[history].level:
            shallowest[history] = min(heading.level, shallowest.get(history, 6))
    return [
        is_dated
        and history >= 0
        and heading.level in (headings[history].level, shallowest.get(history))
        for heading, is_dated, history in zip(headings, dated, within, strict=True)
    ]


def _ends(history: Heading, heading: Heading, is_dated: bool) -> bool:
    """Say whether a heading ends a history: one of its level or above does, a dated one of its
    own level goes on with it.
    """
    return heading.level < history.level or (heading.level == history.level and not is_dated)
