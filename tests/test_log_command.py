"""``crm log``: plain words become an entry; what was understood is said, and can be taken back."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from crm_md.errors import DateNotUnderstood
from crm_md.records.promised_days import dated_task, next_step
from tests.books import NOW, Answer, Book

FILE = "customers/modehaus-petersen.md"
TODAY = date(2026, 11, 20)


def added(book: Book, *words: str, typed: str = "", now: datetime = NOW) -> tuple[Answer, str]:
    """Log, and return what was added to the file."""
    before = book.read(FILE).split("\n")
    answer = book("log", "petersen", *words, typed=typed, now=now, language="de")
    after = book.read(FILE).split("\n")
    return answer, "\n".join(line for line in after if line not in before)


def test_the_example_of_the_manual(book: Book) -> None:
    answer, text = added(
        book,
        *["gestern", "Anruf", "von", "Heike:", "Lieferung", "verspätet"],
        *("-m", "Verärgert, Ersatz bis Freitag zugesagt.", "--mood", "schlecht"),
        *("-t", "Ersatz bestätigen due:freitag", "--next", "in 2 wochen nachfassen"),
    )
    assert text == (
        "next: 2026-12-04 nachfassen\n"
        "### 2026-11-19 Anruf von Heike: Lieferung verspätet (anna)\n"
        "Verärgert, Ersatz bis Freitag zugesagt.\n"
        "- Stimmung:: schlecht\n"
        "- [ ] Ersatz bestätigen due:2026-11-20"
    )
    assert "Do 19.11.2026 (gestern)" in answer.err
    assert "crm zurücknehmen " in answer.err


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("Anruf mit Heike: Muster", "### 2026-11-20 14:30 Anruf mit Heike: Muster (anna)"),
        ("heute 9:15 Besuch: Muster", "### 2026-11-20 09:15 Besuch: Muster (anna)"),
        ("14.11. Mail an Kai: Muster", "### 2026-11-14 Mail an Kai: Muster (anna)"),
        ("yesterday call from Heike: late", "### 2026-11-19 call from Heike: late (anna)"),
        ("Montag Treffen mit Heike und Kai: Messe", None),
        ("nur ein Gedanke", "### 2026-11-20 14:30 nur ein Gedanke (anna)"),
        ("Anruf: am Telefon (ben)", "### 2026-11-20 14:30 Anruf: am Telefon (ben)"),
    ],
)
def test_words_become_a_heading(book: Book, words: str, heading: str | None) -> None:
    answer, text = added(book, *words.split())
    assert answer.code == 0, answer.err
    if heading:
        assert text.split("\n")[0] == heading
    else:
        people = book("--json", "show", "petersen", "--all").json["entries"][0]["people"]
        assert people == ["Heike", "Kai"]


def test_named_by_a_person_it_is_with_that_person(book: Book) -> None:
    book("log", "kai", "Anruf: Rechnung")
    assert "### 2026-11-20 14:30 Anruf mit Kai Petersen: Rechnung (anna)" in book.read(FILE)


def test_a_contact_on_or_after_its_day_completes_the_next_step(book: Book) -> None:
    later = datetime(2026, 12, 1, 9, 0)
    answer, _text = added(book, "Anruf: Angebot", now=later)
    assert "next:" not in book.read(FILE)
    assert (
        "Damit erledigt: der nächste Schritt vom Di 01.12.2026 (Angebot nachfassen)" in answer.err
    )


@pytest.mark.parametrize(
    "words", [["Anruf: zu früh"], ["Notiz: Gedanke"], ["Anruf: nicht erreicht"]]
)
def test_too_early_or_no_contact_leaves_the_next_step(book: Book, words: list[str]) -> None:
    day = NOW if "früh" in words[0] else datetime(2026, 12, 2, 9, 0)
    added(book, *words, now=day)
    assert "next: 2026-12-01 Angebot nachfassen" in book.read(FILE)


def test_keep_next_leaves_it_standing(book: Book) -> None:
    added(book, "Anruf: x", "--keep-next", now=datetime(2026, 12, 2, 9, 0))
    assert "next: 2026-12-01 Angebot nachfassen" in book.read(FILE)


def test_an_unknown_person_is_said_with_what_to_do(book: Book) -> None:
    answer, text = added(book, *["Anruf", "von", "Jonte", "Albers:", "neu", "hier"])
    assert "Anruf von Jonte Albers: neu hier" in text
    assert "Jonte Albers" in answer.err
    assert "crm setzen modehaus-petersen kontakte --add" in answer.err


def test_text_comes_from_a_pipe(book: Book) -> None:
    _answer, text = added(book, typed="Mail von Heike: Maße\n\nZwölf Jacken.\nGröße 40.\n")
    assert "Mail von Heike: Maße (anna)" in text
    assert "Zwölf Jacken.\nGröße 40." in text


def test_text_comes_from_the_editor(book: Book, tmp_path: Path) -> None:
    from tests.terminals import run_on_terminal

    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf 'Besuch: aus dem Editor\\n\\nLanger Text.\\n' > \"$1\"\n")
    editor.chmod(0o755)
    run_on_terminal(book, ["log", "petersen"], env={"EDITOR": str(editor)})
    assert "Besuch: aus dem Editor (anna)" in book.read(FILE)
    assert "Langer Text." in book.read(FILE)


def test_nothing_said_is_refused(book: Book) -> None:
    answer = book("log", "petersen", typed="")
    assert answer.code == 2
    assert book.git("status", "--porcelain") == ""


def test_a_due_date_that_is_none_is_refused_before_anything_is_written(book: Book) -> None:
    answer = book("log", "petersen", "Anruf: x", "-t", "liefern due:irgendwann")
    assert answer.code == 2
    assert "irgendwann" in answer.err
    assert book.git("status", "--porcelain") == ""


def test_an_unknown_mood_stands_as_written(book: Book) -> None:
    answer, text = added(book, "Anruf: x", "--mood", "kribbelig")
    assert "- Stimmung:: kribbelig" in text
    assert "kribbelig" in answer.err


def test_text_that_looks_like_structure_stays_text(book: Book) -> None:
    entries = len(book("--json", "show", "petersen", "--all").json["entries"])
    added(book, "Anruf: x", "-m", "## Verlauf\n### 2026-01-01 Anruf: gefälscht\n```")
    told = book("--json", "show", "petersen", "--all").json
    assert len(told["entries"]) == entries + 1


@pytest.mark.parametrize(
    ("words", "task"),
    [
        ("liefern due:freitag", "liefern due:2026-11-20"),
        ("liefern due:in 2 wochen @ben", "liefern due:2026-12-04 @ben"),
        ("liefern fällig:3.12.", "liefern fällig:2026-12-03"),
        ("liefern bis Montag", "liefern due:2026-11-23"),
        ("liefern bis Montag @ben", "liefern due:2026-11-23 @ben"),
        ("deliver by friday", "deliver due:2026-11-20"),
        ("Muster bis nächsten Mittwoch schicken @ben", "Muster schicken due:2026-11-25 @ben"),
        ("bis Montag liefern", "liefern due:2026-11-23"),
        ("Messe von Montag bis Freitag vorbereiten", "Messe von Montag bis Freitag vorbereiten"),
        ("vom Keller bis zum Dach messen", "vom Keller bis zum Dach messen"),
        ("liefern", "liefern"),
        ("anrufen due:morgen 14 Uhr", "anrufen due:2026-11-21 14:00"),
        ("anrufen bis morgen 14 Uhr @ben", "anrufen 14:00 due:2026-11-21 @ben"),
    ],
)
def test_tasks_take_days_as_people_say_them(words: str, task: str) -> None:
    assert dated_task(words, TODAY) == task


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("in 2 wochen nachfassen", "2026-12-04 nachfassen"),
        ("nachfassen in 2 wochen", "2026-12-04 nachfassen"),
        ("morgen", "2026-11-21"),
        ("3.12. 10 Uhr Angebot", "2026-12-03 10:00 Angebot"),
    ],
)
def test_the_next_step_takes_its_day_at_either_end(words: str, written: str) -> None:
    assert next_step(words, TODAY).written == written


def test_a_next_step_without_a_day_is_refused() -> None:
    with pytest.raises(DateNotUnderstood):
        next_step("irgendwann melden", TODAY)


@pytest.mark.parametrize("line", ["30.02.2026 Anruf", "31.11. Anruf", "2026-02-30: Anruf"])
def test_a_day_that_no_calendar_has_is_refused_and_nothing_written(book: Book, line: str) -> None:
    before = book.read(FILE)
    answer = book("log", "petersen", line)
    assert answer.code == 2
    assert line.split(" ")[0].rstrip(":") in answer.err
    assert book.read(FILE) == before


@pytest.mark.parametrize("line", ["2.000 Stück bestellt", "3.12 Meter bestellt", "1.2.3 läuft"])
def test_a_number_that_is_no_day_begins_the_subject(book: Book, line: str) -> None:
    assert book("log", "petersen", line).code == 0
    assert line in book.read(FILE)


def test_a_promise_is_said_with_its_day(book: Book) -> None:
    answer = book("log", "petersen", "Anruf", "-t", "liefern due:freitag @ben", language="de")
    assert "Aufgabe: liefern @ben, bis Fr 20.11.2026" in answer.err
    assert "- [ ] liefern due:2026-11-20 @ben" in book.read("customers/modehaus-petersen.md")
