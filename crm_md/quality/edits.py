"""Look at one edit: which slips are there afterwards, and were not there before."""

from __future__ import annotations

from collections import Counter

from crm_md.crm import Crm
from crm_md.document import Document
from crm_md.model import Finding
from crm_md.quality.book import Book, OpenBook, Page
from crm_md.quality.checking import of_a_page


def new_findings(crm: Crm, before: Document, after: Document) -> list[Finding]:
    """Return what `check` finds in a file after an edit and did not find before it.

    Args:
        crm: the open store.
        before: the customer's file as it was; ``after``: as it is now.
    """
    book = OpenBook(crm, after.path)
    old = Counter((one.check, one.text) for one in _found(book, before))
    new: list[Finding] = []
    for one in _found(book, after):
        if old[one.check, one.text]:
            old[one.check, one.text] -= 1
        else:
            new.append(one)
    return new


def findings_of(crm: Crm, document: Document) -> list[Finding]:
    """Return what `check` finds in one customer's file, as a new one is looked at.

    Args:
        crm: the open store.
        document: the file as it is.
    """
    return _found(OpenBook(crm, document.path), document)


def _found(book: Book, document: Document) -> list[Finding]:
    return list(of_a_page(Page(book, document, document.customer)))
