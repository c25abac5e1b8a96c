"""Whom an entry names and the file does not know: asked about once the entry is safe."""

from __future__ import annotations

import pytest

from crm_md.records.strangers import Stranger, stranger_of, strangers_in
from tests.books import Book
from tests.terminals import Screen

FILE = "customers/modehaus-petersen.md"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Herrn Yildirim", Stranger("Yildirim", address_as="Herr Yildirim")),
        ("Frau Dr. Kaya", Stranger("Dr. Kaya", address_as="Frau Dr. Kaya")),
        ("Sekretärin Frau Pohl an uns", Stranger("Pohl", "Sekretärin", "Frau Pohl")),
        ("Frau Pohl mit Rückfrage", Stranger("Pohl", address_as="Frau Pohl")),
        ("Mr Okafor to us", Stranger("Okafor", address_as="Mr Okafor")),
        ("Mira Kaya", Stranger("Mira Kaya")),
        ("Jan van der Meer", Stranger("Jan van der Meer")),
        ("Kaya", Stranger("Kaya")),
    ],
)
def test_a_stranger_has_a_name_without_salutation_and_the_role_before_it(
    written: str, meant: Stranger
) -> None:
    assert stranger_of(written) == meant


@pytest.mark.parametrize(
    "written", ["Herrn Yildirim", "Cem Yildirim", "Yıldırım", "Chef Herr Yildirim an uns", "uns"]
)
def test_who_is_there_in_another_spelling_is_no_stranger(written: str) -> None:
    assert strangers_in([written], ["Cem Yıldırım", "Hanne Prüßmann"]) == ()


def test_with_no_yes_the_note_is_safe_when_the_window_is_closed_at_the_question(
    book: Book,
) -> None:
    screen = Screen(book, "log", "petersen", "Anruf von Mira Kaya: Muster", language="de")
    screen.see("Aufnehmen?")
    screen.hang_up()
    assert "Anruf von Mira Kaya: Muster (anna)" in book.read(FILE)


def test_the_role_before_the_name_becomes_the_role(book: Book) -> None:
    words = "Mail von Sekretärin Frau Pohl an uns: Liefertermin"
    screen = Screen(book, "log", "petersen", words, language="de")
    screen.answer("Pohl, Sekretärin ist noch kein Ansprechpartner", "j\n")
    screen.see("Pohl ist jetzt Ansprechpartner")
    assert screen.end() == 0
    text = book.read(FILE)
    assert "Mail von Sekretärin Frau Pohl: Liefertermin (anna)" in text
    assert "  - name: Pohl\n    role: Sekretärin\n    address_as: Frau Pohl\n" in text
    again = book("log", "petersen", "Anruf von Frau Pohl: Termin", language="de")
    assert "Ansprechpartner" not in again.err


def test_ctrl_c_at_the_question_leaves_the_entry(book: Book) -> None:
    screen = Screen(book, "log", "petersen", "Anruf von Mira Kaya: Muster", language="de")
    screen.answer("Aufnehmen?", "\x03")
    screen.see("crm setzen modehaus-petersen")
    assert screen.end() == 0
    assert "Anruf von Mira Kaya: Muster (anna)" in book.read(FILE)
