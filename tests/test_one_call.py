"""``crm call CUSTOMER``: whom to call and the number on top, what stands against it, the log."""

from __future__ import annotations

import pytest

from tests.books import Book
from tests.terminals import Screen

PETERSEN = "customers/modehaus-petersen.md"


def first_line(text: str) -> str:
    """Return the first line."""
    return text.split("\n", 1)[0]


def test_the_person_and_the_number_stand_on_top_of_the_quick_look(book: Book) -> None:
    answer = book("call", "petersen", "borkum")
    assert answer.code == 0
    assert first_line(answer.out).endswith("Heike Petersen  04922 9300-12  nie montags  (anna)")
    assert "Complaint open since" in answer.out
    assert "Last contacts" in answer.out
    assert "What was it about?" not in answer.both


def test_the_person_who_was_named_is_called(book: Book) -> None:
    assert "Kai Petersen  04922 9300-14" in first_line(book("call", "kai").out)
    assert "Kai Petersen  04922 9300-14" in first_line(book("call", "04922 9300-14").out)


def test_who_is_away_is_said_on_top(book: Book) -> None:
    book("set", "kai", "away", "2026-11-16 bis 2026-11-27 Urlaub")
    assert first_line(book("call", "kai").out).startswith("! Kai Petersen is away until")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (("set", "petersen", "snooze", "2027-01-01 Ruhe"), "! rests until Fri 1 Jan 2027 (Ruhe)"),
        (("log", "petersen", "Anruf: Muster"), "! anna was in touch today"),
        (("log", "petersen", "nicht erreicht"), "! was not reached today; again tomorrow"),
        (
            ("set", "petersen", "do_not_contact", "2026-03-01 hat widersprochen"),
            "!! does not want to be contacted: hat widersprochen !!",
        ),
    ],
)
def test_what_stands_against_a_call_is_said_first(
    book: Book, written: tuple[str, ...], said: str
) -> None:
    assert book(*written).code == 0
    assert first_line(book("call", "petersen").out) == said


def test_who_refused_calls_is_named_with_another_way(book: Book) -> None:
    text = book.read(PETERSEN).replace(
        "\n---\n\n# M", "\nconsent:\n  - {channel: phone, allowed: no}\n---\n\n# M"
    )
    book.write(PETERSEN, text, "no calls")
    shown = first_line(book("call", "petersen").out)
    assert shown.startswith("! has not agreed to calls; a mail is possible")
    assert not first_line(book("call", "petersen", "--kind", "mail").out).startswith("!")


def test_several_things_against_it_are_all_said(book: Book) -> None:
    book("set", "petersen", "snooze", "2027-01-01")
    book("log", "petersen", "nicht erreicht")
    lines = book("call", "petersen").out.split("\n")
    assert [line[:2] for line in lines[:3]] == ["! ", "! ", "Mo"]


def test_a_customer_with_no_reason_is_shown_without_one(book: Book) -> None:
    answer = book("call", "hotel")
    assert answer.code == 0
    assert "04939 229300-0" in first_line(answer.out)
    assert "•" not in answer.out


def test_json_is_the_quick_look_with_the_call(book: Book) -> None:
    answer = book("--json", "call", "kai").json
    look = book("--json", "show", "kai").json
    assert {key: value for key, value in answer.items() if key != "call"} == look
    call = answer["call"]
    assert (call["person"], call["phone"]) == ("Kai Petersen", "04922 9300-14")
    assert [one["rule"] for one in call["reasons"]] == ["promise-overdue", "complaint-open"]
    assert (call["on_the_list"], call["against"]) == (True, [])


def test_at_a_terminal_the_talk_is_logged(book: Book) -> None:
    screen = Screen(book, "call", "kai", language="de")
    screen.answer("Worum ging es? (Eingabetaste: nichts notieren)", "will Muster\n")
    screen.answer("Stimmung?", "gut\n")
    screen.answer("Wie geht es weiter", "in 1 Woche schicken\n")
    screen.answer("Ist das erledigt: Ersatz schicken?", "\n")
    assert screen.end() == 0
    assert "Zurücknehmen: crm zurücknehmen" in screen.shown
    assert "Anruf mit Kai Petersen: will Muster (anna)" in book.read(PETERSEN)
    assert "next: 2026-11-27 schicken" in book.read(PETERSEN)


@pytest.mark.parametrize("turn", ["\n", "\x1b", "\x04"])
def test_enter_alone_logs_nothing(book: Book, turn: str) -> None:
    screen = Screen(book, "call", "petersen")
    screen.answer("What was it about?", turn)
    assert screen.end() == 0
    assert book.subjects()[0] == "The book"


@pytest.mark.parametrize(("turn", "code"), [("\x03", 130), ("\x1b", 0), ("\x04", 0)])
def test_who_stops_at_a_later_question_sees_the_sentence_again(
    book: Book, turn: str, code: int
) -> None:
    screen = Screen(book, "call", "kai")
    screen.answer("What was it about?", "will Muster; Ersatz bis Freitag\n")
    screen.answer("In what mood", "gut\n")
    screen.answer("What comes next", turn)
    assert screen.end() == code
    assert "Not logged, to be pasted again:" in screen.shown
    assert "\n  will Muster; Ersatz bis Freitag\n  gut\n" in screen.shown
    assert book.subjects()[0] == "The book"
