"""``crm call --walk``: row after row with one key each, on a real pseudo-terminal."""

from __future__ import annotations

import json

import pytest

from tests.books import Book
from tests.terminals import Screen

KEYS = "? help"
TASTEN = "? Hilfe"


def customer(name: str, day: str = "2026-11-16", **fields: str) -> str:
    """Return a file of somebody with a next step, who is called in the order of these days."""
    head = {"name": name, "next": f"{day} anrufen", **fields}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in head.items()) + "---\n"


@pytest.fixture
def three(book: Book) -> Book:
    """Ada, Bela and Cora, of whom Ada is called first; Petersen is silent."""
    book.write("customers/modehaus-petersen.md", "---\nname: Modehaus Petersen\nowner: ben\n---\n")
    contacts = "\n  - {name: Anton Ada, email: anton@ada.example, phone: 0351 47110}"
    book.write("customers/ada.md", customer("Ada GmbH", "2026-11-16", contacts=contacts))
    book.write("customers/bela.md", customer("Bela", "2026-11-17", phone="0351 47111"))
    book.write("customers/cora.md", customer("Cora", "2026-11-18", email="cora@example.com"))
    book.git("add", "-A")
    book.git("commit", "--quiet", "-m", "Three")
    return book


def walk(book: Book, *options: str, language: str = "en") -> Screen:
    """Begin a walk."""
    return Screen(book, "call", "--walk", *options, language=language)


def test_talked_asks_what_in_which_mood_and_what_is_next(three: Book) -> None:
    screen = walk(three)
    screen.see("── 1 of 3 ──")
    screen.see("Ada GmbH – Anton Ada")
    screen.answer(KEYS, "t")
    screen.answer("What was it about?", "will Muster\n")
    screen.answer("In what mood", "verärgert\n")
    screen.answer("What comes next", "in 2 Wochen nachfassen\n")
    screen.see("Take back: crm undo")
    screen.answer(KEYS, "e")
    assert screen.end() == 0
    assert "Walk: 1 talk · 2 left: crm call --walk" in screen.shown
    text = three.read("customers/ada.md")
    assert "2026-11-20 14:30 Anruf mit Anton Ada: will Muster (anna)" in text
    assert "Stimmung:: verärgert" in text
    assert "next: 2026-12-04 nachfassen" in text
    assert three.subjects()[0] == "Ada GmbH: Anruf Anton Ada: will Muster"
    assert three.subjects()[1] == "Three"


def test_who_talked_is_asked_whether_the_promise_is_kept(book: Book) -> None:
    screen = walk(book)
    screen.answer(KEYS, "t")
    screen.answer("What was it about?", "Ersatz ist da\n")
    screen.answer("In what mood", "\n")
    screen.answer("What comes next", "\n")
    screen.answer("Is it done: Ersatz schicken?", "y\n")
    screen.see("Done with it: Ersatz schicken")
    assert screen.end() == 0
    assert "- [x] Ersatz schicken" in book.read("customers/modehaus-petersen.md")


def test_who_was_not_reached_is_not_asked_whether_the_promise_is_kept(book: Book) -> None:
    screen = walk(book)
    screen.answer(KEYS, "t")
    screen.answer("What was it about?", "nicht erreicht\n")
    screen.answer("In what mood", "\n")
    screen.answer("What comes next", "\n")
    screen.see("It counts as an attempt")
    assert screen.end() == 0
    assert "Is it done" not in screen.shown


def test_mood_and_next_step_are_skipped_with_enter(three: Book) -> None:
    screen = walk(three)
    screen.answer(KEYS, "1")
    screen.answer("What was it about?", "Muster\n")
    screen.answer("In what mood", "\n")
    screen.answer("What comes next", "\n")
    screen.answer(KEYS, "q")
    assert screen.end() == 0
    assert "Stimmung" not in three.read("customers/ada.md")


def test_words_are_understood_as_those_of_crm_log(three: Book) -> None:
    screen = walk(three)
    screen.answer(KEYS, "t")
    screen.answer("What was it about?", "gestern Besuch von Mira Kaya: Muster\n")
    screen.answer("In what mood", "\n")
    screen.answer("What comes next", "\n")
    screen.answer("not among the people", "y\n")
    screen.answer(KEYS, "e")
    screen.end()
    text = three.read("customers/ada.md")
    assert "2026-11-19 Besuch von Mira Kaya: Muster (anna)" in text
    assert "- name: Mira Kaya" in text


def test_a_colon_in_the_words_makes_no_kind_of_them(three: Book) -> None:
    screen = walk(three)
    screen.answer(KEYS, "t")
    screen.answer("What was it about?", "Lieferung: kommt Freitag\n")
    screen.answer("In what mood", "\n")
    screen.answer("What comes next", "\n")
    screen.answer(KEYS, "e")
    screen.end()
    assert "Anruf mit Anton Ada: Lieferung: kommt Freitag" in three.read("customers/ada.md")


def test_not_reached_is_one_key_and_holds_back_until_tomorrow(three: Book) -> None:
    screen = walk(three)
    screen.answer(KEYS, "n")
    screen.answer(KEYS, "2")
    screen.answer(KEYS, "e")
    assert screen.end() == 0
    assert "2 not reached · 1 left" in screen.shown
    assert "Anruf bei Anton Ada: nicht erreicht (anna)" in three.read("customers/ada.md")
    assert [row["name"] for row in three("--json", "call").json] == ["Cora"]


def test_a_mail_instead_is_logged_and_its_link_shown(three: Book) -> None:
    screen = walk(three)
    screen.answer(KEYS, "m")
    screen.answer("A mail to anton@ada.example: about what?", "Muster & Preise\n")
    screen.see("mailto:anton@ada.example?subject=Muster%20%26%20Preise")
    screen.answer(KEYS, "m")
    screen.see("No mail address of Bela is known.")
    screen.answer(KEYS, "s")
    screen.answer(KEYS, "m")
    screen.answer("A mail to cora@example.com", "Hallo\n")
    assert screen.end() == 0
    assert "Walk: 2 mails · 1 skipped" in screen.shown
    assert "Mail an Anton Ada: Muster & Preise (anna)" in three.read("customers/ada.md")
    assert "not among the people" not in screen.shown
    assert three("call").code == 0
    assert [row["name"] for row in three("--json", "call").json] == ["Bela"]


def test_who_refused_mails_gets_none(three: Book) -> None:
    refusal = "consent:\n  - {channel: mail, allowed: no}\n---\n"
    text = three.read("customers/ada.md").rstrip("-\n") + "\n" + refusal
    three.write("customers/ada.md", text, "no mails")
    screen = walk(three)
    screen.answer(KEYS, "m")
    screen.see("has not agreed to mails")
    screen.answer(KEYS, "e")
    screen.end()
    assert three.subjects()[0] == "no mails"


def test_a_rest_asks_until_when_again_if_it_was_no_day(three: Book) -> None:
    screen = walk(three)
    screen.answer(KEYS, "r")
    screen.answer("Until when?", "quark\n")
    screen.see("is not a date")
    screen.answer("Until when?", "2026-01-01\n")
    screen.see("that day is not to come")
    screen.answer("Until when?", "bis 1.3.\n")
    screen.answer("Why?", "bittet um Ruhe\n")
    screen.see("rests until Mon 1 Mar 2027")
    screen.answer(KEYS, "e")
    assert screen.end() == 0
    assert "1 rests" in screen.shown
    told = "snooze: 2027-03-01 seit 2026-11-20 bittet um Ruhe"
    assert told in three.read("customers/ada.md")


def test_a_rest_is_understood_as_crm_snooze_understands_it(three: Book) -> None:
    screen = walk(three)
    screen.answer(KEYS, "r")
    screen.answer("Until when?", "Ende März: Inventur\n")
    screen.answer(KEYS, "e")
    assert screen.end() == 0
    by_key = three.read("customers/ada.md")
    assert "snooze: 2027-03-31 seit 2026-11-20 Inventur" in by_key
    assert three("undo").code == 0
    assert three("snooze", "ada", "Ende", "März:", "Inventur").code == 0
    assert three.read("customers/ada.md") == by_key


def test_what_is_not_needed_any_more_is_dropped(three: Book) -> None:
    screen = walk(three)
    screen.answer(KEYS, "d")
    screen.see("Dropped: the next step: 2026-11-16 anrufen")
    screen.see("── 2 of 3 ──")
    screen.answer(KEYS, "u")
    screen.see("── 1 of 3 ──")
    screen.answer(KEYS, "f")
    screen.answer(KEYS, "e")
    assert screen.end() == 0
    assert "1 dropped · 2 left" in screen.shown
    assert "next:" not in three.read("customers/ada.md")


def test_of_several_that_put_them_on_the_list_one_is_chosen(book: Book) -> None:
    petersen = "customers/modehaus-petersen.md"
    screen = walk(book)
    screen.answer(KEYS, "d")
    screen.see("1  the task: Ersatz schicken (Thu 19 Nov 2026)")
    screen.see("2  the complaint of Thu 12 Nov 2026, as solved: Naht offen")
    screen.answer("Which one?", "7\n")
    screen.see("A number from 1 to 2, please.")
    screen.answer("Which one?", "1\n")
    screen.answer("Why?", "haben selbst genäht\n")
    screen.see("Take back")
    screen.see("── 1 of 1 ──")
    screen.answer(KEYS, "d")
    screen.answer("as solved: Naht offen. Why?", "selbst genäht\n")
    screen.see("In a bad mood")
    screen.answer(KEYS, "e")
    assert screen.end() == 0
    assert "Walk: 2 dropped" in screen.shown
    text = book.read(petersen)
    assert "[-] Ersatz schicken" in text
    assert "haben selbst genäht" in text
    assert "gelöst:: 2026-11-20 selbst genäht" in text


def test_a_deal_that_is_not_needed_any_more_is_lost(three: Book) -> None:
    deals = "\n  - {title: Winter, stage: offered, close: 2026-11-24}"
    three.write("customers/ada.md", f"---\nname: Ada\ndeals:{deals}\n---\n", "deal")
    screen = walk(three)
    screen.answer(KEYS, "s")
    screen.answer(KEYS, "s")
    screen.answer(KEYS, "d")
    screen.answer("the deal, as lost: Winter. Why?", "zu teuer\n")
    assert screen.end() == 0
    assert "stage: lost" in three.read("customers/ada.md")


def test_what_speaks_by_itself_cannot_be_dropped(three: Book) -> None:
    text = "---\nname: Ada\n---\n\n## Verlauf\n\n### 2026-11-18 Mail von Ada: Muster?\n"
    three.write("customers/ada.md", text, "their mail")
    screen = walk(three)
    screen.answer(KEYS, "d")
    screen.see("Nothing of it can be dropped; with r they rest.")
    screen.answer(KEYS, "e")
    assert screen.end() == 0


@pytest.mark.parametrize("turn", ["\x1b", "\x04"], ids=["escape", "control d"])
def test_who_turns_back_at_a_question_has_written_nothing(three: Book, turn: str) -> None:
    screen = walk(three)
    screen.answer(KEYS, "t")
    screen.answer("What was it about?", turn)
    screen.answer(KEYS, "t")
    screen.answer("What was it about?", "Muster\n")
    screen.answer("In what mood", f"gu{turn}")
    screen.answer(KEYS, "t")
    screen.answer("What was it about?", "Muster\n")
    screen.answer("In what mood", "gut\n")
    screen.answer("What comes next", turn)
    screen.see("Not logged, to be pasted again:")
    screen.see("\n  Muster\n  gut\n")
    screen.answer(KEYS, turn)
    if turn == "\x1b":
        screen.see("That key means nothing here")
        screen.answer(KEYS, "e")
    assert screen.end() == 0
    assert three.subjects()[0] == "Three"
    assert "Walk: 3 left" in screen.shown


def test_an_arrow_key_at_a_question_means_nothing(three: Book) -> None:
    screen = walk(three)
    screen.answer(KEYS, "t")
    screen.answer("What was it about?", "Mus\x1b[D")
    screen.answer("Mus", "ter\n")
    screen.answer("In what mood", "\n")
    screen.answer("What comes next", "\n")
    screen.answer(KEYS, "e")
    screen.end()
    assert ": Muster (anna)" in three.read("customers/ada.md")


def test_what_is_pasted_is_one_answer(three: Book) -> None:
    screen = walk(three)
    screen.answer(KEYS, "t")
    screen.answer("What was it about?", "Muster\nGrößen 38 bis 44\n")
    screen.answer("In what mood", "\n")
    screen.answer("What comes next", "\n")
    screen.answer(KEYS, "e")
    screen.end()
    text = three.read("customers/ada.md")
    assert ": Muster (anna)\n\nGrößen 38 bis 44" in text


def test_a_wrong_key_is_told_and_the_question_mark_tells_all(three: Book) -> None:
    screen = walk(three)
    screen.answer(KEYS, "j")
    screen.see("That key means nothing here: ? tells the keys.")
    screen.answer(KEYS, "\r")
    screen.see("That key means nothing here")
    screen.answer(KEYS, "?")
    screen.see("takes the last answer back")
    screen.answer(KEYS, "e")
    assert screen.end() == 0


def test_german_keys_are_shown_and_both_are_taken(three: Book) -> None:
    screen = walk(three, language="de")
    screen.see("── 1 von 3 ──")
    screen.see("g gesprochen · n nicht erreicht · m stattdessen Mail · r ruhen lassen")
    screen.answer(TASTEN, "G")
    screen.answer("Worum ging es?", "Muster\n")
    screen.answer("Stimmung", "\n")
    screen.answer("Wie geht es weiter", "\n")
    screen.answer(TASTEN, "t")
    screen.answer("Worum ging es?", "\n")
    screen.answer(TASTEN, "w")
    screen.answer(TASTEN, "e")
    assert screen.end() == 0
    assert (
        "Durchgang: 1 Gespräch · 1 übersprungen · noch 1: crm anrufen --durchgehen" in screen.shown
    )


def test_skipped_rows_are_remembered_until_tomorrow(three: Book) -> None:
    screen = walk(three)
    screen.answer(KEYS, "s")
    screen.answer(KEYS, "s")
    screen.answer(KEYS, "e")
    screen.end()
    screen = walk(three)
    screen.see("2 skipped today: crm call --walk --again")
    screen.see("1 of 1")
    screen.answer("Cora", "")
    screen.answer(KEYS, "s")
    assert screen.end() == 0
    screen = walk(three)
    screen.see("Nobody is left to call today.")
    screen.see("3 skipped today: crm call --walk --again")
    assert screen.end() == 1
    screen = walk(three, "--again")
    screen.see("── 1 of 3 ──")
    screen.answer(KEYS, "e")
    screen.end()
    screen = Screen(three, "call", "--walk", now="2026-11-21 09:00")
    screen.see("── 1 of 3 ──")
    screen.answer(KEYS, "e")
    screen.end()


def test_each_list_has_skips_of_its_own(three: Book) -> None:
    screen = walk(three, "--limit", "1")
    screen.answer(KEYS, "s")
    screen.end()
    screen = walk(three, "--owner", "all")
    screen.see("── 1 of 3 ──")
    screen.answer(KEYS, "e")
    screen.end()


def test_what_cannot_be_remembered_is_forgotten(three: Book) -> None:
    for broken in ("quark", "[]", '{"day": "2026-11-20", "lists": 3}', '{"day": "2026-11-20"}'):
        (three.root / ".git/crm").mkdir(exist_ok=True)
        (three.root / ".git/crm/walk.json").write_text(broken)
        screen = walk(three)
        screen.see("── 1 of 3 ──")
        screen.answer(KEYS, "s")
        screen.answer(KEYS, "e")
        screen.end()
    kept = json.loads((three.root / ".git/crm/walk.json").read_text())
    assert list(kept["lists"].values()) == [["customers/ada.md"]]


def test_back_shows_the_one_before_and_undo_takes_the_answer_back(three: Book) -> None:
    screen = walk(three)
    screen.answer(KEYS, "b")
    screen.see("This is the first one.")
    screen.answer(KEYS, "u")
    screen.see("nothing to take back")
    screen.answer(KEYS, "s")
    screen.answer(KEYS, "n")
    screen.see("── 3 of 3 ──")
    screen.answer(KEYS, "u")
    screen.see("Taken back: Bela: Anruf: nicht erreicht")
    screen.see("── 2 of 3 ──")
    screen.answer(KEYS, "b")
    screen.see("── 1 of 3 ──")
    screen.answer(KEYS, "n")
    screen.see("── 2 of 3 ──")
    screen.answer(KEYS, "b")
    screen.see("! was not reached today; again tomorrow")
    screen.answer(KEYS, "e")
    screen.end()
    assert "nicht erreicht" not in three.read("customers/bela.md")
    screen = walk(three)
    screen.see("── 1 of 2 ──")
    screen.answer(KEYS, "e")
    screen.end()


@pytest.mark.parametrize("end", ["control c", "control c at a question", "killed", "hung up"])
def test_an_interrupted_walk_goes_on_where_it_stopped(three: Book, end: str) -> None:
    screen = walk(three)
    screen.answer(KEYS, "n")
    screen.answer(KEYS, "s")
    screen.see("Cora")
    if end == "killed":
        screen.see(KEYS)
        screen.kill()
    elif end == "hung up":
        screen.see(KEYS)
        screen.hang_up()
    else:
        if end == "control c at a question":
            screen.answer(KEYS, "t")
            screen.answer("What was it about?", "Mus\x03")
        else:
            screen.answer(KEYS, "\x03")
        assert screen.end() == 130
        assert "Walk: 1 not reached · 1 skipped · 1 left: crm call --walk" in screen.shown
    screen = walk(three)
    screen.see("1 skipped today")
    screen.see("── 1 of 1 ──")
    screen.see("Cora")
    screen.answer(KEYS, "e")
    assert screen.end() == 0


def test_who_was_called_by_a_colleague_meanwhile_is_passed_over(three: Book) -> None:
    screen = walk(three)
    screen.see(KEYS)
    assert three("log", "bela", "Anruf: Muster (ben)").code == 0
    (three.root / "customers/cora.md").unlink()
    screen.answer("", "s")
    screen.see("Passed over: Bela – ben was in touch today")
    screen.see("customers/cora.md cannot be read")
    assert screen.end() == 0


def test_options_of_the_list_are_those_of_the_walk(three: Book) -> None:
    assert three("set", "bela", "zip", "26757").code == 0
    screen = walk(three, "--kind", "visit", "--place", "26")
    screen.see("── 1 of 1 ──")
    screen.see("Bela")
    screen.answer(KEYS, "t")
    screen.answer("What was it about?", "Muster\n")
    screen.answer("In what mood", "\n")
    screen.answer("What comes next", "\n")
    assert screen.end() == 0
    assert "Besuch: Muster (anna)" in three.read("customers/bela.md")


def test_an_empty_list_names_the_next_one(three: Book) -> None:
    screen = walk(three, "--owner", "ben")
    screen.see("Nobody has to be called today")
    assert screen.end() == 1


def test_a_failed_write_is_told_and_tried_again_with_the_same_words(three: Book) -> None:
    file = three.root / "customers/ada.md"
    screen = walk(three)
    screen.answer(KEYS, "t")
    screen.answer("What was it about?", "Muster\n")
    screen.answer("In what mood", "\n")
    screen.see("What comes next")
    file.rename(three.root / "ada.md")
    screen.answer("", "\n")
    screen.see("customers/ada.md cannot be read")
    screen.see("Try again? [Y/n]")
    (three.root / "ada.md").rename(file)
    screen.answer("", "\n")
    screen.answer(KEYS, "e")
    assert screen.end() == 0
    assert ": Muster (anna)" in three.read("customers/ada.md")


@pytest.mark.parametrize(
    "words", [("call", "--walk"), ("--json", "call", "--walk"), ("call", "--again")]
)
def test_without_a_terminal_nobody_walks(three: Book, words: tuple[str, ...]) -> None:
    answer = three(*words)
    assert answer.code == 2
    assert "A walk wants somebody at a terminal who answers." in answer.err
    assert "crm call" in answer.err


def test_a_walk_takes_no_customer(three: Book) -> None:
    answer = three("call", "--walk", "bela")
    assert answer.code == 2
    assert "crm call bela" in answer.err
