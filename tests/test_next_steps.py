"""``crm next`` and ``crm snooze``: what comes next, and not before when; byte-exact."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.books import NOW, PETERSEN, Book
from tests.test_set_command import lines_changed

FILE = "customers/modehaus-petersen.md"
NEXT = "next: 2026-12-01 Angebot nachfassen"


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (["in", "2", "wochen", "anrufen"], "next: 2026-12-04 anrufen"),
        (["in 2 wochen anrufen"], "next: 2026-12-04 anrufen"),
        (["3.12.", "10 Uhr", "anrufen"], "next: 2026-12-03 10:00 anrufen"),
        (["anrufen", "nächsten", "Montag"], "next: 2026-11-23 anrufen"),
        (["2027-01-07"], "next: 2027-01-07"),
    ],
)
def test_the_next_step_is_set_and_nothing_else(book: Book, words: list[str], written: str) -> None:
    assert lines_changed(book, "next", "petersen", *words) == ([NEXT], [written])


def test_what_was_taken_and_what_stood_there_is_said(book: Book) -> None:
    answer = book("next", "petersen", "in 2 wochen anrufen")
    assert "Fri 4 Dec 2026 (in 2 weeks) anrufen" in answer.err
    assert "Until now: Tue 1 Dec 2026 (in 11 days) Angebot nachfassen" in answer.err
    assert "crm undo" in answer.err
    assert book.subjects()[0].startswith("Modehaus Petersen GmbH & Co. KG: Nächster Schritt")


def test_without_a_day_it_is_shown(book: Book) -> None:
    answer = book("next", "petersen")
    assert answer.out == (
        "Modehaus Petersen GmbH & Co. KG: Tue 1 Dec 2026 (in 11 days) Angebot nachfassen\n"
    )
    assert book("--json", "next", "petersen").json == {
        "slug": "modehaus-petersen",
        "name": "Modehaus Petersen GmbH & Co. KG",
        "next": {"date": "2026-12-01", "text": "Angebot nachfassen"},
    }
    assert book("next", "strandhotel").code == 1
    assert book("--json", "next", "strandhotel").json["next"] is None


@pytest.mark.parametrize("words", [["--delete"], ["nie"], ["nichts"], ["never"]])
def test_there_is_no_next_step_any_more(book: Book, words: list[str]) -> None:
    assert lines_changed(book, "next", "petersen", *words) == ([NEXT], [])
    assert book("next", "petersen", *words).code == 1


@pytest.mark.parametrize("words", [["anrufen"], ["30.2. anrufen"], ["--delete", "morgen"]])
def test_what_is_no_day_changes_nothing(book: Book, words: list[str]) -> None:
    before = book.read(FILE)
    assert book("next", "petersen", *words).code == 2
    assert book.read(FILE) == before


def test_a_day_that_has_passed_is_said(book: Book) -> None:
    assert "That day has passed." in book("next", "petersen", "2026-11-02 anrufen").err


def test_a_next_step_within_a_rest_is_said(book: Book) -> None:
    book("snooze", "petersen", "2027-03-01")
    answer = book("next", "petersen", "3.12. anrufen")
    assert "They rest until Mon 1 Mar 2027" in answer.err


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (["2027-03-01"], "snooze: 2027-03-01 seit 2026-11-20"),
        (
            ["bis", "Frühjahr", "bittet", "um", "Ruhe"],
            "snooze: 2027-03-01 seit 2026-11-20 bittet um Ruhe",
        ),
        (["Ende März: Umbau"], "snooze: 2027-03-31 seit 2026-11-20 Umbau"),
        (["März", "Umbau"], "snooze: 2027-03-01 seit 2026-11-20 Umbau"),
        (["2 wochen", "Inventur"], "snooze: 2026-12-04 seit 2026-11-20 Inventur"),
        (["nach den Feiertagen"], "snooze: 2027-01-07 seit 2026-11-20"),
    ],
)
def test_a_customer_rests_until_a_day_and_the_file_says_since_when(
    book: Book, words: list[str], written: str
) -> None:
    assert lines_changed(book, "snooze", "petersen", *words) == ([], [written])


def test_it_is_written_in_the_language_of_the_file(book: Book) -> None:
    book.write("customers/x.md", "---\nname: X\n---\n\n## History\n", "X")
    book("snooze", "x", "2027-03-01", "asks for quiet")
    written = "snooze: 2027-03-01 since 2026-11-20 asks for quiet"
    assert written in book.read("customers/x.md")


def test_a_rest_is_read_as_it_was_meant(book: Book) -> None:
    book("snooze", "petersen", "bis Frühjahr bittet um Ruhe")
    rest = book.open().read(FILE).customer.snooze
    assert rest is not None
    assert (rest.day, rest.since, rest.text) == (
        date(2027, 3, 1),
        date(2026, 11, 20),
        "bittet um Ruhe",
    )


def test_who_is_named_by_a_person_rests_alone(book: Book) -> None:
    went, came = lines_changed(book, "snooze", "heike", "2027-01-07", "Urlaub")
    assert (went, came) == ([], ["    snooze: 2027-01-07 seit 2026-11-20 Urlaub"])
    customer = book.open().read(FILE).customer
    assert customer.snooze is None
    assert [one.name for one in customer.contacts if one.snooze] == ["Heike Petersen"]


def test_whose_rest_it_is_is_said(book: Book) -> None:
    said = book("snooze", "heike", "2027-01-07", "Urlaub").err
    assert "Heike Petersen (Modehaus Petersen GmbH & Co. KG): rests until Thu 7 Jan 2027" in said
    assert "crm snooze modehaus-petersen" in said
    assert "1 task stays in the list" in said


def test_the_next_step_that_has_to_wait_is_said(book: Book) -> None:
    said = book("snooze", "petersen", "2027-01-07").err
    assert "The next step waits until then: Tue 1 Dec 2026 (in 11 days) Angebot nachfassen" in said


@pytest.mark.parametrize("words", [["--delete"], ["aus"], ["Ende"], ["off"]])
def test_a_rest_is_ended(book: Book, words: list[str]) -> None:
    before = book.read(FILE)
    book("snooze", "petersen", "2027-01-07")
    book("snooze", "heike", "2027-01-07")
    assert book("snooze", "petersen", *words).code == 0
    assert "Heike Petersen rests" not in book("snooze", "heike", *words).err
    assert book.read(FILE) == before
    assert book("snooze", "petersen", *words).code == 1


@pytest.mark.parametrize("day", ["gestern", "heute", "2026-11-20", "2020-01-01"])
def test_a_day_that_is_not_to_come_is_refused(book: Book, day: str) -> None:
    before = book.read(FILE)
    answer = book("snooze", "petersen", day)
    assert answer.code == 2
    assert "crm snooze modehaus-petersen --delete" in answer.err
    assert book.read(FILE) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("irgendwann", "“irgendwann” is not a date I understand."),
        ("30.2. Ruhe", "There is no such day: “30.2.”."),
        ("bis", "is not a date"),
    ],
)
def test_words_that_begin_with_no_day_change_nothing(book: Book, words: str, said: str) -> None:
    answer = book("snooze", "petersen", words)
    assert answer.code == 2
    assert said in answer.err


def test_who_rests_at_a_customer_is_shown(book: Book) -> None:
    assert (book("snooze", "petersen").code, book("--json", "snooze", "petersen").json) == (
        1,
        {"slug": "modehaus-petersen", "name": "Modehaus Petersen GmbH & Co. KG", "snooze": []},
    )
    book("snooze", "petersen", "2027-03-01 Umbau")
    book("snooze", "heike", "2027-01-07")
    assert book("snooze", "petersen").out == (
        "Modehaus Petersen GmbH & Co. KG: rests until Mon 1 Mar 2027 (in 3 months): Umbau\n"
        "Heike Petersen (Modehaus Petersen GmbH & Co. KG):"
        " rests until Thu 7 Jan 2027 (in 6 weeks)\n"
    )
    own, hers = book("--json", "snooze", "petersen").json["snooze"]
    assert own == {
        "person": None,
        "until": "2027-03-01",
        "since": "2026-11-20",
        "text": "Umbau",
    }
    assert hers["person"] == "Heike Petersen"


def test_a_rest_keeps_customers_off_the_call_list_and_tasks_on_their_list(book: Book) -> None:
    book("snooze", "petersen", "2027-03-01")
    assert "Ersatz schicken" not in book("call").out
    assert "Ersatz schicken" in book("todo").out


@pytest.mark.parametrize("command", [["next", "petersen", "morgen x"], ["snooze", "heike", "1.3."]])
def test_undo_takes_it_back(book: Book, command: list[str]) -> None:
    before = book.read(FILE)
    assert book(*command).code == 0
    assert book("undo").code == 0
    assert book.read(FILE) == before


def test_a_day_that_is_over_is_a_day_with_words_behind_it_too(book: Book) -> None:
    assert lines_changed(book, "next", "petersen", "gestern", "anrufen") == (
        [NEXT],
        ["next: 2026-11-19 anrufen"],
    )
    answer = book("todo", "petersen", "--add", "Muster schicken due:gestern @ben")
    assert answer.code == 0, answer.both
    assert "- [ ] Muster schicken due:2026-11-19 @ben\n" in book.read(FILE)
    assert book("next", "petersen", "irgendwann", "anrufen").code == 2


def test_a_rest_that_ended_early_is_not_told_any_more_at_a_glance(book: Book) -> None:
    rest = "snooze: 2027-03-01 seit 2026-11-10 bittet um Ruhe\n"
    heike = rest.replace("snooze", "    snooze")
    text = PETERSEN.replace("contacts:\n", f"{rest}contacts:\n").replace(
        "    role: Inhaberin\n", f"    role: Inhaberin\n{heike}"
    )
    book.write(FILE, text, "Reklamiert nach dem 10.11.")
    assert "ests until" not in book("show", "petersen").out
    assert "ests until" not in book("briefing", "petersen").out
    book.write(FILE, text.replace("2026-11-10", "2026-11-12"), "Reklamiert am selben Tag")
    assert book("show", "petersen").out.count("ests until") == 2
    assert book("briefing", "petersen").out.count("ests until") == 2


def test_who_leaves_next_year_has_not_left_yet(book: Book) -> None:
    text = PETERSEN.replace("    role: Inhaberin\n", "    left: 2027-01\n")
    book.write(FILE, text, "Heike geht")
    assert "geht: 2027-01" in book("show", "petersen", language="de").out
    text = text.replace("2027-01", "2026-11")
    book.write(FILE, text, "Heike ist weg")
    assert "ausgeschieden: 2026-11" in book("show", "petersen", language="de").out


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Anfang Januar anrufen", "2027-01-04"),
        ("Ende der Woche anrufen", "2026-11-27"),
        ("Ende nächster Woche anrufen", "2026-11-27"),
        ("nächste Woche anrufen", "2026-11-23"),
        ("Anfang Mai anrufen", "2027-05-03"),
        ("am Wochenende anrufen", "2026-11-21"),
        ("1.1. anrufen", "2027-01-01"),
    ],
)
def test_what_is_to_be_done_some_time_is_for_a_working_day(
    book: Book, words: str, day: str
) -> None:
    now = datetime(2026, 11, 21, 9) if "der Woche" in words else NOW
    assert book("next", "petersen", words, now=now).code == 0
    assert f"next: {day} anrufen" in book.read("customers/modehaus-petersen.md")
