"""What is told where nobody is found: a command may be meant, or a number stands in an entry."""

from __future__ import annotations

import pytest

from tests.books import Book

HOTEL = "customers/strandhotel-vierjahreszeiten.md"


@pytest.mark.parametrize(
    "words",
    [
        ["verschieben", "petersen", "hotel"],
        ["zusammenführen", "petersen", "hotel"],
        ["übergeben", "petersen"],
        ["statistik"],
        ["bericht"],
        ["vereinen", "petersen", "hotel"],
    ],
    ids=" ".join,
)
def test_a_command_that_is_not_there_is_no_customer_to_add(book: Book, words: list[str]) -> None:
    answer = book(*words, language="de")
    assert answer.code == 20
    assert f"Den Befehl „{words[0]}“ gibt es nicht" in answer.err
    assert "crm neu" not in answer.err
    assert "einrichten" not in answer.err
    assert "vorbereiten" not in answer.err


def test_a_slip_of_a_command_is_recognised(book: Book) -> None:
    assert "Ist der Befehl gemeint? crm notieren" in book("notiern", "x", language="de").err


def test_a_name_can_still_be_added(book: Book) -> None:
    assert 'crm neu "Malerei Voß"' in book("Malerei", "Voß", language="de").err
    assert 'crm neu "Malerei Voß"' in book("notieren", "Malerei Voß", "x", language="de").err


@pytest.mark.parametrize("command", ["klären", "entfernen", "änderungen"])
def test_who_only_looks_or_removes_is_not_told_to_add(book: Book, command: str) -> None:
    answer = book(command, "xyz", language="de")
    assert answer.code == 20
    assert "crm liste" in answer.err
    assert "crm neu" not in answer.err


def test_a_kind_of_entry_in_the_place_of_the_customer_is_told(book: Book) -> None:
    answer = book("notieren", "Anruf", "von", "Petersen:", "Termin", language="de")
    assert "Der Kunde steht vorn: crm notieren KUNDE Anruf" in answer.err


@pytest.mark.parametrize(
    ("written", "rings"),
    [
        ("0175 5556677", "0175 5556677"),
        ("0175 5556677", "+491755556677"),
        ("0175 5556677", "01755556677"),
        ("01755556677", "0175/5556677"),
        ("0175/5556677", "0049 175 5556677"),
        ("+49 175 5556677", "0175 5556677"),
        ("05551 7788", "055517788"),
    ],
)
def test_a_number_that_stands_in_a_note_is_found_when_it_rings(
    book: Book, written: str, rings: str
) -> None:
    book("log", "hotel", f"Anruf: neue Handynummer {written}")
    answer = book(rings)
    assert answer.code == 20
    assert "Strandhotel Vierjahreszeiten" in answer.err
    assert "neue Handynummer" in answer.err
    assert f'crm set strandhotel-vierjahreszeiten phone --add "{rings}"' in answer.err


def test_a_number_that_stands_nowhere_is_unknown(book: Book) -> None:
    answer = book("0175 5556677")
    assert "Nobody is known by the number 0175 5556677." in answer.err


@pytest.mark.parametrize("name", ["NAME", "NAME…", "KUNDE"])
def test_a_hint_that_was_copied_adds_nobody(book: Book, name: str) -> None:
    answer = book("neu", name, "--telefon", "0175 5556677", language="de")
    assert answer.code == 2
    assert "steht für den Namen" in answer.err
    assert len(book.subjects()) == 1


def test_a_table_from_outlook_is_told_to_be_one(book: Book) -> None:
    book.write("outlook.csv", "Vorname;Nachname\nCem;Yildirim\n")
    answer = book("importieren", str(book.root / "outlook.csv"), language="de")
    assert answer.code == 45
    assert "ist eine Tabelle" in answer.err
    assert "Visitenkarte" in answer.err
