"""Write into a complaint how it was solved: ``gelöst:: 2026-10-05 Ersatz geliefert``."""

from __future__ import annotations

import re
from datetime import date

from crm_md.document.body_edits import escaped_in
from crm_md.document.escaping import clean
from crm_md.document.facts import facts_in
from crm_md.document.inserting import insert
from crm_md.document.reading import Document
from crm_md.document.structure import Part
from crm_md.errors import FileChanged, WouldChangeMore
from crm_md.frozen import replace
from crm_md.messages import _
from crm_md.model import Entry
from crm_md.words import FACT_WORDS

_SOLVED = "solved"
_EMPHASIS = re.compile(r"[*_]{0,3}")  # **gelöst::** is a fact as well


def with_solution(document: Document, complaint: Entry, day: date, text: str) -> Document:
    """Return the document with the solution of a complaint, as a fact of its entry.

    Where the entry holds the fact without words (``gelöst::``), they are put behind it;
    else the fact becomes the last line of the entry. Every other byte stays.

    Args:
        document: the customer.
        complaint: one of its entries; the line it stood in does not matter.
        day: on which it was solved.
        text: how; may be empty.

    Raises:
        FileChanged: no such entry stands there any more.
        WouldChangeMore: the file is such that more than the fact would change.
    """
    part = _part_of(document, complaint)
    words = " ".join(f"{day.isoformat()} {clean(text)}".split())
    empty = next(
        (
            fact.offset + len("::")
            for fact in facts_in(document.outline.visible[: part.end], part.text_start)
            if fact.key == _SOLVED and not fact.value
        ),
        None,
    )
    if empty is not None:
        at = empty + len(_EMPHASIS.match(document.text, empty)[0])  # type: ignore[index]  # matches anything
        edited = document.with_text(f"{document.text[:at]} {words}{document.text[at:]}")
    else:
        key = FACT_WORDS[_SOLVED][document.language]
        edited = insert(document, part.end, escaped_in(document, f"{key}:: {words}"))
    now = [entry.fact(_SOLVED) for entry in edited.customer.entries if entry.line == part.line]
    if not "".join(now).startswith(day.isoformat()):
        raise WouldChangeMore(document.path, part.line, _("the solution would not be read there."))
    return edited


def unplaced(entry: Entry) -> Entry:
    """Return an entry without where it stands, to tell whether two of them are the same."""
    return replace(entry, line=0, tasks=())


def _part_of(document: Document, complaint: Entry) -> Part:
    wanted = unplaced(complaint)
    for entry in document.customer.entries:
        if unplaced(entry) == wanted:
            return next(part for part in document.structure.parts if part.line == entry.line)
    raise FileChanged(document.path)
