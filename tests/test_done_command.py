"""``crm done``: tick exactly the task that is meant, say it, and how to take it back."""

from __future__ import annotations

import pytest

from crm_md.errors import TaskAmbiguous
from crm_md.questions.which_tasks import the_task
from tests.books import NOW, Book
from tests.terminals import run_on_terminal

FILE = "customers/modehaus-petersen.md"
HOTEL = "customers/strandhotel-vierjahreszeiten.md"
OPEN = "- [ ] Ersatz schicken due:2026-11-19 @ben"
DONE = "- [x] Ersatz schicken due:2026-11-19 @ben done:2026-11-20"


@pytest.fixture
def several(book: Book) -> Book:
    """A book with three more tasks."""
    tasks = "\n- [ ] Muster schicken\n- [ ] Rechnung prüfen\n- [ ] schickt Maße @kunde\n"
    book.write(HOTEL, book.read(HOTEL) + tasks, "Tasks")
    return book


def code_of(book: Book, text: str) -> str:
    """Return how the code of a task is shown."""
    lines = book("todo", "--owner", "all").out.split("\n")
    return next(line.split("  ")[0] for line in lines if text in line)


def changed(book: Book, *command: str) -> tuple[list[str], list[str]]:
    """Run a command and return the lines that went and those that came, in both files."""
    before = [*book.read(FILE).split("\n"), *book.read(HOTEL).split("\n")]
    answer = book(*command)
    assert answer.code == 0, answer.err
    after = [*book.read(FILE).split("\n"), *book.read(HOTEL).split("\n")]
    return [one for one in before if one not in after], [one for one in after if one not in before]


def test_a_code_ticks_its_task_and_nothing_else(several: Book) -> None:
    assert changed(several, "done", code_of(several, "Ersatz schicken")) == ([OPEN], [DONE])


def test_any_longer_piece_of_the_code_does_and_capitals_too(several: Book) -> None:
    whole = several("--json", "todo", "petersen").json[0]["code"]
    assert changed(several, "done", whole[:6].upper()) == ([OPEN], [DONE])


@pytest.mark.parametrize(
    "words", [["ersatz"], ["Ersatz schicken"], ["ersatz", "schicken"], ["PETERSEN", "ersatz"]]
)
def test_words_tick_the_task_that_they_fit(several: Book, words: list[str]) -> None:
    assert changed(several, "done", *words) == ([OPEN], [DONE])


def test_a_person_names_the_customer_too(several: Book) -> None:
    assert changed(several, "done", "heike", "ersatz") == ([OPEN], [DONE])


def test_words_are_found_however_an_umlaut_is_spelled(several: Book) -> None:
    _gone, come = changed(several, "done", "RECHNUNG pruefen")
    assert come == ["- [x] Rechnung prüfen done:2026-11-20"]


@pytest.mark.parametrize(
    "note", [["per", "Post", "raus"], ["per Post raus"]], ids=["words", "quoted"]
)
def test_what_follows_a_code_is_a_note_below_the_task(several: Book, note: list[str]) -> None:
    _gone, come = changed(several, "done", code_of(several, "Ersatz"), *note)
    assert come == [DONE, "  - per Post raus"]


def test_a_last_argument_of_several_words_is_a_note(several: Book) -> None:
    _gone, come = changed(several, "done", "ersatz", "per Post raus")
    assert come == [DONE, "  - per Post raus"]


def test_words_that_no_task_has_never_tick_one(several: Book) -> None:
    answer = several("done", "ersatz", "zahlen")
    assert answer.code == 20
    assert OPEN in several.read(FILE)


def test_several_codes_tick_several_in_one_commit(several: Book) -> None:
    codes = [code_of(several, text) for text in ("Ersatz", "Muster", "Maße")]
    before = len(several.subjects())
    _gone, come = changed(several, "done", *codes, "alles", "erledigt")
    assert [line for line in come if "[x]" in line] == [
        DONE,
        "- [x] Muster schicken done:2026-11-20",
        "- [x] schickt Maße @kunde done:2026-11-20",
    ]
    assert len(several.subjects()) == before + 1
    assert several("undo").code == 0
    assert OPEN in several.read(FILE)
    assert "- [ ] Muster schicken\n" in several.read(HOTEL)


def test_one_commit_in_a_sentence_and_how_to_take_it_back(book: Book) -> None:
    before = book.read(FILE)
    answer = book("done", "ersatz")
    assert "Done: Ersatz schicken – Modehaus Petersen GmbH & Co. KG" in answer.err
    assert book.subjects()[0] == "Modehaus Petersen GmbH & Co. KG: erledigt: Ersatz schicken"
    action = answer.err.split("crm undo ")[1].strip()
    assert book("undo", action).code == 0
    assert book.read(FILE) == before


def test_the_day_can_be_another_one(book: Book) -> None:
    _gone, come = changed(book, "done", "ersatz", "--on", "gestern")
    assert come == [DONE.replace("done:2026-11-20", "done:2026-11-19")]


def test_a_day_to_come_is_refused(book: Book) -> None:
    answer = book("done", "ersatz", "--on", "2026-11-21")
    assert answer.code == 2
    assert OPEN in book.read(FILE)


def test_what_is_not_necessary_any_more_is_dropped(book: Book) -> None:
    _gone, come = changed(book, "done", "ersatz", "--drop", "wollen sie nicht mehr")
    assert come == [OPEN.replace("[ ]", "[-]"), "  - wollen sie nicht mehr"]
    assert "Ersatz" not in book("todo").out
    assert book.subjects()[0].endswith("entfällt: Ersatz schicken")


def test_a_task_that_is_done_is_said(book: Book) -> None:
    code = code_of(book, "Ersatz")
    book("done", code)
    for words in (code, "ersatz"):
        answer = book("done", words)
        assert answer.code == 1
        assert "Done already: Ersatz schicken (Modehaus Petersen GmbH & Co. KG)." in answer.err


def test_a_twin_is_not_ticked_when_the_same_code_is_typed_again(book: Book) -> None:
    book.write("customers/x.md", "---\nname: X\n---\n- [ ] nachfassen\n- [ ] nachfassen\n", "X")
    first, _second = (one["code"] for one in book("--json", "todo", "x").json)
    assert book("done", first).code == 0
    assert book("done", first).code == 1
    assert book.read("customers/x.md").count("[x]") == 1


def test_a_complaint_is_solved_and_not_ticked(book: Book) -> None:
    answer = book("done", code_of(book, "Naht offen"))
    assert answer.code == 2
    assert "crm solve modehaus-petersen --which" in answer.err


def test_several_that_fit_are_listed_with_their_codes(several: Book) -> None:
    answer = several("done", "schicken")
    assert answer.code == 21
    for text in ("Ersatz schicken", "Muster schicken"):
        assert f"{code_of(several, text)} {text}" in answer.err


def test_of_several_the_one_that_says_just_this_is_meant(several: Book) -> None:
    several.write("customers/x.md", "---\nname: X\n---\n- [ ] Muster\n- [ ] Muster holen\n", "X")
    assert several("done", "muster").code == 0
    assert "- [x] Muster done:2026-11-20" in several.read("customers/x.md")


def test_a_customers_name_alone_ticks_nothing(book: Book) -> None:
    answer = book("done", "petersen")
    assert answer.code == 21
    assert "Ersatz schicken" in answer.err
    assert OPEN in book.read(FILE)


def test_a_piece_of_two_letters_ticks_nothing(book: Book) -> None:
    answer = book("done", "er")
    assert answer.code == 21
    assert OPEN in book.read(FILE)


def test_a_slip_is_told_what_comes_near(book: Book) -> None:
    answer = book("done", "Ersatz schiken")
    assert answer.code == 20
    assert "Did you mean: Ersatz schicken?" in answer.err


def test_at_a_terminal_one_of_several_is_chosen(several: Book) -> None:
    shown = run_on_terminal(several, ["done", "schicken"], typed=["2"])
    assert "“schicken” may mean several tasks:" in shown
    assert "- [x] Muster schicken" in several.read(HOTEL)
    assert OPEN in several.read(FILE)


@pytest.mark.parametrize(("typed", "line"), [("y", DONE), ("n", OPEN)])
def test_at_a_terminal_a_name_alone_asks_first(book: Book, typed: str, line: str) -> None:
    shown = run_on_terminal(book, ["done", "petersen"], typed=[typed])
    assert (
        "Do you mean: Ersatz schicken – Modehaus Petersen GmbH & Co. KG (Thu 19 Nov 2026)?" in shown
    )
    assert line in book.read(FILE)


def test_a_word_that_is_by_chance_a_code_too_is_asked_about(several: Book) -> None:
    code = code_of(several, "Ersatz")
    several.write("customers/x.md", f"---\nname: X\n---\n- [ ] Teil {code} senden\n", "X")
    answer = several("done", code)
    assert answer.code == 21
    assert "Ersatz" in answer.err
    assert "Teil" in answer.err


def test_a_file_edited_meanwhile_is_ticked_where_the_task_stands_now(book: Book) -> None:
    code = code_of(book, "Ersatz")
    book.write(FILE, book.read(FILE).replace("## Verlauf", "Neue Worte.\n\n## Verlauf"))
    assert book("done", code).code == 0
    assert DONE in book.read(FILE)


def test_a_program_asks_for_the_task_that_words_name(several: Book) -> None:
    crm = several.open(NOW)
    assert the_task(crm, "ersatz").text == "Ersatz schicken"
    with pytest.raises(TaskAmbiguous):
        the_task(crm, "schicken")
    crm.close()


def test_what_is_left_at_the_customer_is_said(several: Book) -> None:
    assert "2 tasks are still open there: crm todo strandhotel" in several("done", "muster").err


def test_windows_line_ends_stay(book: Book) -> None:
    book.write(FILE, book.read(FILE).replace("\n", "\r\n"), "CRLF")
    assert book("done", "ersatz", "per Post raus").code == 0
    assert f"{DONE}\r\n  - per Post raus\r\n" in book.read(FILE)


def test_undo_takes_box_and_note_back_whatever_came_later(book: Book) -> None:
    action = book("done", "ersatz", "per Post raus").err.split("crm undo ")[1].strip()
    book("log", "petersen", "Anruf mit Heike: alles da")
    assert book("undo", action).code == 0
    assert OPEN in book.read(FILE)
    assert "per Post raus" not in book.read(FILE)
    assert "alles da" in book.read(FILE)


def test_the_rest_is_told_in_german_with_german_commands(several: Book) -> None:
    said = several("erledigt", "muster", "--am", "gestern", language="de").err
    assert "Erledigt: Muster schicken – Strandhotel Vierjahreszeiten" in said
    assert "Am Do 19.11.2026." in said
    assert "crm aufgaben strandhotel-vierjahreszeiten" in said


def test_the_customer_and_the_whole_task_name_this_one_alone(book: Book) -> None:
    tasks = "\n- [ ] Muster 8 schicken\n- [ ] Muster 8 schicken und 18 abholen\n"
    book.write(HOTEL, book.read(HOTEL) + tasks, "Tasks")
    expected = (["- [ ] Muster 8 schicken"], ["- [x] Muster 8 schicken done:2026-11-20"])
    assert changed(book, "done", "strandhotel", "Muster 8 schicken") == expected


def test_a_question_of_a_merge_is_never_ticked(book: Book) -> None:
    path = "customers/vogt.md"
    asked = "\n## Zu klären\n\n- [ ] name: Treppenbau Vogt & Partner GmbH #settle\n"
    book.write(path, f"---\nname: Treppen-Vogt GmbH\nowner: anna\n---\n{asked}")
    before = book.read(path)
    for words in (["vogt"], ["treppenbau"], ["vogt", "partner"], ["settle"]):
        answer = book("done", *words)
        assert answer.code == 20, words
        assert book.read(path) == before
    assert "crm settle vogt" in book("done", "treppenbau").err


KUERSCHNER = """---
name: Pelze Kürschner
owner: anna
next: 2026-11-17 neue Rechnung
---

- [ ] Karte drucken
"""


def test_a_next_step_is_ticked_by_its_words_too(book: Book) -> None:
    path = "customers/kuerschner.md"
    book.write(path, KUERSCHNER)
    answer = book("done", "rechnung", language="de")
    assert answer.code == 0, answer.err
    assert "Erledigt: neue Rechnung – Pelze Kürschner" in answer.err
    assert book.read(path) == KUERSCHNER.replace("next: 2026-11-17 neue Rechnung\n", "")
    assert book("undo").code == 0
    assert book.read(path) == KUERSCHNER


def test_a_task_and_a_next_step_of_these_words_are_both_offered(book: Book) -> None:
    path = "customers/kuerschner.md"
    book.write(path, KUERSCHNER + "- [ ] Rechnung prüfen\n")
    answer = book("done", "rechnung", language="de")
    assert answer.code == 21
    assert "neue Rechnung – Pelze Kürschner" in answer.err
    assert "Rechnung prüfen – Pelze Kürschner" in answer.err


def test_a_next_step_takes_no_note(book: Book) -> None:
    path = "customers/kuerschner.md"
    book.write(path, KUERSCHNER)
    code = code_of(book, "neue Rechnung")
    answer = book("done", code, "per Post")
    assert answer.code == 2
    assert 'crm log kuerschner "per Post"' in answer.err
    assert book.read(path) == KUERSCHNER
