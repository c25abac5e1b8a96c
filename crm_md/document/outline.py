"""Find the headings of a text, and what of it is code, HTML or comment, as CommonMark sees it."""

from __future__ import annotations

import re

from crm_md.frozen import dataclass

_HEADING = re.compile(r"\n(#{1,6})(?=[ \t]|\r?(?:\n|\Z))([^\n]*)")
_CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+$")
_DOUBTFUL = ("```", "~~~", "\n #", "\n  #", "\n   #")
_TAG = re.compile(r"\n[ \t>*+\-0-9.)]*<[a-zA-Z/!?]")


@dataclass(frozen=True, slots=True)
class Heading:
    """An ATX heading that is structure.

    Attributes:
        level: 1 to 6, the number of ``#``.
        title: its words, without closing ``#`` signs.
        line: line of the file, from 1.
        start: offset of its line in the text.
        end: offset behind its line, the line end not included.
    """

    level: int
    title: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What of a text is structure, and what is not to be read as such.

    Attributes:
        headings: in the order of the file.
        hidden: ``(start, end)`` of the lines in code fences, HTML blocks and comments.
        closing: the line that would end a fence or comment still open at the end, "" if none is.
        open_at: offset of the line where that begins, -1 if none is open.
        visible: the text with the hidden lines blanked, every offset as before.
    """

    headings: tuple[Heading, ...]
    hidden: tuple[tuple[int, int], ...]
    closing: str
    open_at: int
    visible: str


def outline(text: str, start: int = 0) -> Outline:
    """Return the headings of a text, found as CommonMark 0.31 finds ATX headings at top level.

    Lines end with ``\\n`` or ``\\r\\n`` only: a lone ``\\r``, which ends a line for CommonMark,
    would cut an entry in two. Setext headings are text.

    Args:
        text: the whole file.
        start: offset where the body begins, the start of a line.
    """
    # Outside fences and HTML a "#" in column 0 is always a heading: it ends lists, quotes and
    # paragraphs. So only texts with one of the other things need the slow walk through the blocks.
    body = "\n" + text[start:]
    first_line = text.count("\n", 0, start)
    if any(sign in body for sign in _DOUBTFUL) or ("<" in body and _TAG.search(body)):
        from crm_md.document.blocks import read_blocks

        return read_blocks(text, start, first_line + 1)
    headings = []
    line = first_line
    counted = 0
    for match in _HEADING.finditer(body):
        begin, rest = match.start() + 1, match[2]
        line += body.count("\n", counted, begin)
        counted = begin
        stop = match.end() - rest.endswith("\r")
        headings.append(
            Heading(len(match[1]), heading_title(rest), line, start + begin - 1, start + stop - 1)
        )
    return Outline(tuple(headings), (), "", -1, text)


def heading_title(rest: str) -> str:
    """Return the words of a heading line from what follows its opening ``#`` signs."""
    title = rest.strip(" \t\r")
    if title.endswith("#"):
        title = _CLOSING_HASHES.sub("", title).rstrip(" \t")
    return title
