"""Put lines into a body and make sure that nothing else in it means something else now."""

from __future__ import annotations

import re

from crm_md.document.head_tree import plain
from crm_md.document.reading import Document
from crm_md.errors import WouldChangeMore
from crm_md.messages import _

_ENDS_BLANK = re.compile(r"(?:\A|\n)[ \t\r]*\n\Z")
_TERMINATOR = "<!-- -->"  # ends a list, into which an indented heading below would fall


def insert(document: Document, at: int, block: str) -> Document:
    """Return the document with a block of lines at a place, with a blank line around it.

    A head, code fence or comment that is open there is closed first.

    Args:
        document: the file.
        at: offset of the start of a heading, or the end of the file.
        block: lines, without outer blank lines; they get the line ends of the file.

    Raises:
        WouldChangeMore: a heading outside the block would not be one any more, or another would.
    """
    before = document.text[:at]
    lead = "" if not before or before.endswith("\n") else "\n"
    if at == document.head.body_start and has_open_head(document):
        lead += "---\n\n"
    elif document.outline.closing and at == len(document.text):
        lead += f"{document.outline.closing}\n\n"
    elif before and not _ENDS_BLANK.search(before[-200:] + lead):
        lead += "\n"
    tail = "\n\n" if document.text[at:] else "\n"
    return _checked(document, at, f"{lead}{block}{tail}", f"{lead}{block}\n\n{_TERMINATOR}{tail}")


def put_in(document: Document, at: int, line: str) -> Document:
    """Return the document with one line more, directly at a place.

    Args:
        document: the file.
        at: offset of the start of a line, or the end of the file.
        line: without its line end.

    Raises:
        WouldChangeMore: as `insert`.
    """
    lead = "" if at == 0 or document.text[at - 1] == "\n" else "\n"
    return _checked(document, at, f"{lead}{line}\n")


def has_open_head(document: Document) -> bool:
    """Say whether the file begins with a head whose closing line is missing."""
    head = document.head
    return head.body_start > 0 and head.end == head.body_start


def _checked(document: Document, at: int, *ways: str) -> Document:
    """Return the document with the first of these texts that leaves all else what it is."""
    text = document.text
    for way in ways:
        added = way.replace("\n", document.newline)
        edited = document.with_text(f"{text[:at]}{added}{text[at:]}")
        if _all_else_stays(document, edited, at, len(added)):
            return edited
    line = text.count("\n", 0, at) + 1
    raise WouldChangeMore(document.path, line, _("what follows would be read differently."))


def _all_else_stays(old: Document, new: Document, at: int, added: int) -> bool:
    """Say whether head, headings and code outside the added text are the same as before."""
    if plain(old.head.root) != plain(new.head.root) or new.head.body_start > at + added:
        return False
    were = [(heading.level, heading.title, heading.start) for heading in old.outline.headings]
    shifted = [(heading.level, heading.title, heading.start) for heading in new.outline.headings]
    are = [
        (level, title, start if start < at else start - added)
        for level, title, start in shifted
        if not at <= start < at + added
    ]
    hidden = [place for place in old.outline.hidden if place[0] >= at]
    behind = [place for place in new.outline.hidden if place[0] >= at + added]
    return were == are and hidden == [(begin - added, end - added) for begin, end in behind]
