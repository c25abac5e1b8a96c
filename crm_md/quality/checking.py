"""Run every check over a store, and put what they found in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crm_md.crm import Crm
from crm_md.frozen import replace
from crm_md.model import Finding, Severity
from crm_md.quality import bonds, files, settings, story, surroundings, values
from crm_md.quality.book import OpenBook, Page
from crm_md.quality.registry import (
    OF_A_FILE,
    OF_THE_CLONE,
    OF_THE_STORE,
    Check,
    Slip,
    Subject,
)

__all__ = ["CHECKS_BY_ROOM", "check", "of_a_page"]

# The rooms whose checks are in the registry, in the order of the manual.
CHECKS_BY_ROOM = (values, story, bonds, files, surroundings, settings)

WINDOWS_LINE_ENDS = "line-ends"

_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "hint": 2}


def check(crm: Crm, only: str = "") -> list[Finding]:
    """Find everything that is wrong, or may be, with its place and the remedy.

    Args:
        crm: the open store; its ``progress`` is told.
        only: the path of one customer's file; "" for the whole store.

    Returns:
        errors first, then warnings, then hints; by path and line.
    """
    book = OpenBook(crm, only)
    found = [finding for page in book.pages() for finding in of_a_page(page)]
    found += (finding for finding in _of_the_store(book) if only in ("", finding.path))
    return in_order(found)


def of_a_page(page: Page) -> Iterator[Finding]:
    """Yield what the reading of a file noticed, then what the checks see."""
    path = page.document.path
    for finding in page.document.findings:
        if finding.check == WINDOWS_LINE_ENDS:  # nothing is to be done; mixed ones are told below
            continue
        yield finding if finding.path == path else replace(finding, path=path)
    for one in OF_A_FILE.values():
        for slip in one.look(page):
            yield Finding(one.name, one.severity, path, slip.line, slip.text, slip.remedy)


def _of_the_store(book: OpenBook) -> Iterator[Finding]:
    for one in OF_THE_STORE.values():
        yield from findings_of(one, one.look(book))
    for other in OF_THE_CLONE.values():
        yield from findings_of(other, other.look(book))


def findings_of(check: Check[Subject], slips: Iterable[Slip]) -> Iterator[Finding]:
    """Yield what a check of the store saw as findings."""
    for slip in slips:
        yield Finding(check.name, check.severity, slip.path, slip.line, slip.text, slip.remedy)


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Return findings as they are told: errors first, by path and line."""
    return sorted(found, key=lambda one: (_ORDER[one.severity], one.path, one.line, one.check))
