"""Know a line that a merge left to be settled: where it may stand, and what it says.

Such a line stands in the section *To settle* as ``- [ ] phone: 04922 9300-7 #settle``. A task of
the same tag that stands elsewhere, or that somebody worded otherwise, is a task like all others.
Everybody who counts, tells, shows or settles what is open asks here, so that all say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_md.config import Config
    from crm_md.document.reading import Document

SETTLE = "settle"  # the role of the section
TAG = "#settle"
REMOVED_FILE = {  # of a customer whom one side removed; the file stays, and asks
    "de": "anderswo gelöscht, hier geändert: behalten oder löschen?",
    "en": "removed elsewhere, changed here: keep or remove?",
}
_LINE = re.compile(rf"- \[ \] ([^\n]*\S) {TAG}[ \t]*\Z")


def is_question(raw: str) -> bool:
    """Say whether a block is a line that a merge left, as it left it."""
    return bool(_LINE.match(raw))


def said_in(line: str) -> str:
    """Return what a line says, without its box and tag; "" if no merge left it."""
    match = _LINE.match(line)
    return match[1] if match else ""


def is_about_removal(said: str) -> bool:
    """Say whether a line asks if a customer is to stay whom one side removed."""
    return said in REMOVED_FILE.values()


def question_lines(document: Document) -> Iterator[tuple[str, int]]:
    """Yield the lines that merges left in a file, and where they stand, from 1."""
    if TAG not in document.text:  # as in nearly every file
        return
    for part in document.structure.parts:
        if part.role == SETTLE:
            lines = document.text[part.text_start : part.end].split("\n")
            first = document.text.count("\n", 0, part.text_start) + 1
            for number, line in enumerate(lines, first):
                bare = line.removesuffix("\r")
                if is_question(bare):
                    yield bare, number


def said_to_settle(data: bytes, path: str, config: Config) -> tuple[str, ...]:
    """Return what the lines of a file say that are to be settled; none if it is unreadable.

    Args:
        data: of the file.
        path: relative to the store.
        config: the store's settings.
    """
    from crm_md.document.reading import Document
    from crm_md.errors import CrmError

    if TAG.encode() not in data:
        return ()
    try:
        document = Document.read(data, path, config)
    except CrmError:
        return ()
    return tuple(said_in(line) for line, _number in question_lines(document))
