"""A promise in the sentence of an entry is heard, and nothing is heard that is none of ours."""

from __future__ import annotations

from datetime import date

import pytest

from crm_md.records.spoken_promises import spoken_promise
from tests.books import Book
from tests.terminals import Screen

TODAY = date(2026, 11, 22)
FILE = "customers/modehaus-petersen.md"
SAID = "Anruf mit Heike: Naht offen. Ich schicke ihr eine neue bis Dienstag"


@pytest.mark.parametrize(
    ("said", "day", "task"),
    [
        ("Angebot bis Donnerstag versprochen", "11-26", "Angebot"),
        ("ich schicke ihr eine neue bis Dienstag", "11-24", "ich schicke ihr eine neue"),
        ("will am 2.12. zurückgerufen werden", "12-02", "will zurückgerufen werden"),
        ("will Angebot über 200 Platten bis Freitag", "11-27", "will Angebot über 200 Platten"),
        ("habe Muster bis Freitag zugesagt", "11-27", "Muster"),
        ("Ich habe ihm die Preisliste bis Freitag zugesagt.", "11-27", "ihm die Preisliste"),
        ("zugesagt: Angebot bis Donnerstag", "11-26", "Angebot"),
        ("wir melden uns am 3.12.", "12-03", "wir melden uns"),
        ("bittet um Rückruf am Montag um 10 Uhr", "11-23", "bittet um Rückruf"),
        ("möchte bis Freitag ein Angebot", "11-27", "möchte ein Angebot"),
        ("braucht Muster bis 3.12.", "12-03", "braucht Muster"),
        ("Termin passt. Wir liefern bis 5.12. nach.", "12-05", "Wir liefern nach"),
        ("I promised the offer by Friday", "11-27", "the offer"),
        ("we'll send samples by Friday", "11-27", "we'll send samples"),
        ("wants to be called back on Friday", "11-27", "wants to be called back"),
    ],
)
def test_what_we_say_to_do_by_a_day_is_a_promise(said: str, day: str, task: str) -> None:
    found = spoken_promise(["", said], TODAY)
    assert found
    assert (found.day.isoformat(), found.words) == (f"2026-{day}", task)


@pytest.mark.parametrize(
    "said",
    [
        "er schickt die Maße bis Freitag",
        "hat bis Freitag Bescheid versprochen",
        "Kaya will bis Freitag zahlen",
        "will bis Freitag Bescheid geben",
        "Lieferung bis Freitag war versprochen",
        "Lieferung war für Freitag zugesagt",
        "wir hatten bis Freitag zugesagt",
        "Angebot gilt bis Freitag",
        "im Urlaub bis 7.1.",
        "Angebot bis Donnerstag nicht versprochen",
        "Angebot versprochen",
        "Rechnung vom 3.12. versprochen",
        "ich war am Montag da",
        "ich habe am Freitag angerufen",
        "Messe am 3.12. besprochen",
        "falls wir bis Freitag liefern",
        "wir haben bis Freitag geschlossen",
        "wir sollen bis Freitag von ihm hören",
        "soll ich bis Freitag liefern?",
        "bittet um Ruhe bis Frühjahr",
        "bittet um Aufschub bis 3.12.",
        "he promised the measures by Friday",
        "they will pay by Friday",
        "neue Kollektion",
    ],
)
def test_what_others_do_what_is_over_and_what_has_no_day_is_none(said: str) -> None:
    assert spoken_promise([said], TODAY) is None


def test_on_a_terminal_it_is_offered_once_after_saving(book: Book) -> None:
    screen = Screen(book, "log", "petersen", SAID, language="de")
    screen.see("Zurücknehmen: crm zurücknehmen")
    screen.answer("Klingt nach einer Zusage: bis Di 24.11.2026. Als Aufgabe merken? [J/n]", "\n")
    screen.see("Aufgabe: Ich schicke ihr eine neue, bis Di 24.11.2026")
    assert screen.end() == 0
    assert "- [ ] Ich schicke ihr eine neue due:2026-11-24" in book.read(FILE)


def test_who_says_no_has_the_entry_alone(book: Book) -> None:
    before = book("--json", "todo", "petersen").json
    screen = Screen(book, "log", "petersen", SAID, language="de")
    screen.answer("merken? [J/n]", "n\n")
    assert screen.end() == 0
    assert "Naht offen. Ich schicke" in book.read(FILE)
    assert len(book("--json", "todo", "petersen").json) == len(before)


def test_in_a_pipe_the_command_is_ready(book: Book) -> None:
    answer = book("log", "petersen", SAID, language="de")
    assert answer.code == 0
    command = 'crm aufgaben modehaus-petersen --neu "Ich schicke ihr eine neue due:2026-11-24"'
    assert f"Klingt nach einer Zusage, bis Di 24.11.2026: {command}\n" in answer.err


def test_a_promise_that_is_a_task_already_is_not_offered(book: Book) -> None:
    assert "Zusage" not in book("log", "petersen", SAID, "-t", "neue", language="de").err
    assert "Zusage" not in book("log", "petersen", SAID, "--next", "1.12.", language="de").err
