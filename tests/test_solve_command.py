"""``crm solve``: the right complaint, the right bytes, and everybody knows of it at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_md.config import default_config
from crm_md.document import Document, open_complaints, with_solution
from crm_md.errors import FileChanged
from crm_md.likeness import complaint_codes
from tests.books import HOTEL, PETERSEN, Book
from tests.terminals import run_on_terminal

FILE = "customers/modehaus-petersen.md"
DAY = date(2026, 11, 20)
FACT = "gelöst:: 2026-11-20 Ersatz geliefert"
SECOND = "### 2026-11-19 Reklamation von Kai Petersen: falsche Farbe (anna)\n\n"


def with_two(book: Book) -> None:
    """Let Kai complain as well."""
    text = PETERSEN.replace("### 2026-11-12", f"{SECOND}### 2026-11-12")
    book.write(FILE, text, "Noch eine Reklamation")


def test_the_solution_is_written_below_the_complaint_and_nothing_else_changes(book: Book) -> None:
    answer = book("solve", "petersen", "Ersatz", "geliefert", language="de")
    assert answer.code == 0
    box = "- [ ] Ersatz schicken due:2026-11-19 @ben\n"
    assert book.read(FILE) == PETERSEN.replace(box, f"{box}\n{FACT}\n")
    assert "gelöst am Fr 20.11.2026 (heute): 2026-11-12 Heike Petersen: Naht offen" in answer.err
    assert "crm zurücknehmen " in answer.err


def test_it_is_one_commit_that_a_colleague_can_read(book: Book) -> None:
    before = len(book.subjects())
    book("solve", "petersen", "Ersatz", "geliefert")
    assert len(book.subjects()) == before + 1
    assert book.subjects()[0] == (
        "Modehaus Petersen GmbH & Co. KG: Reklamation gelöst (Naht offen): Ersatz geliefert"
    )


def test_undo_brings_back_every_byte(book: Book) -> None:
    book("solve", "petersen", "Ersatz", "geliefert")
    book("undo")
    assert book.read(FILE) == PETERSEN


def test_everybody_knows_at_once_that_nothing_is_open(book: Book) -> None:
    book.write(FILE, PETERSEN.replace("- [ ] Ersatz", "- [x] Ersatz"), "Aufgabe erledigt")
    assert book("--json", "search", "is:open").json
    book("solve", "petersen", "Ersatz", "geliefert")
    assert book("--json", "show", "petersen").json["complaints"] == []
    assert book("--json", "search", "is:open").json == []
    assert book("--json", "list", "--complaint").json == []
    rules = [
        reason["rule"]
        for row in book("--json", "call", "--all", "--owner", "all").json
        for reason in row["reasons"]
    ]
    assert "complaint-open" not in rules


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (("gestern", "Ersatz", "geliefert"), "2026-11-19"),
        (("Ersatz geliefert", "--on", "18.11."), "2026-11-18"),
        (("18.11.: Ersatz geliefert",), "2026-11-18"),
        (("Ersatz geliefert",), "2026-11-20"),
        (("Morgenmantel ersetzt",), "2026-11-20"),
    ],
)
def test_the_day_is_the_one_that_was_said(book: Book, words: tuple[str, ...], day: str) -> None:
    book("solve", "petersen", *words)
    assert f"gelöst:: {day} " in book.read(FILE)


def test_no_words_are_needed(book: Book) -> None:
    assert book("solve", "petersen").code == 0
    assert "\ngelöst:: 2026-11-20\n" in book.read(FILE)
    assert book("--json", "show", "petersen").json["complaints"] == []


def test_a_day_before_the_complaint_is_refused(book: Book) -> None:
    answer = book("solve", "petersen", "zu früh", "--on", "1.11.2026")
    assert answer.code == 2
    assert book.read(FILE) == PETERSEN


def test_none_open_is_said(book: Book) -> None:
    book("solve", "petersen", "Ersatz")
    answer = book("solve", "petersen", "Ersatz")
    assert answer.code == 1
    assert "The last one was solved: 2026-11-20 Ersatz" in answer.err


def test_of_several_it_lists_them_and_writes_nothing(book: Book) -> None:
    with_two(book)
    before = book.read(FILE)
    answer = book("solve", "petersen", "Ersatz geliefert")
    assert answer.code == 21
    assert "2026-11-12 Heike Petersen: Naht offen" in answer.err
    assert "2026-11-19 Kai Petersen: falsche Farbe" in answer.err
    assert book.read(FILE) == before


@pytest.mark.parametrize("which", ["naht", "12.11.2026", "2026-11-12", "Heike"])
def test_of_several_a_word_or_the_day_says_which(book: Book, which: str) -> None:
    with_two(book)
    answer = book("solve", "petersen", "--which", which, "Ersatz geliefert")
    assert answer.code == 0
    open_ones = book("--json", "show", "petersen").json["complaints"]
    assert [one["subject"] for one in open_ones] == ["falsche Farbe"]
    assert "Still open: 2026-11-19 Kai Petersen: falsche Farbe" in answer.err


def test_of_several_a_code_says_which(book: Book) -> None:
    with_two(book)
    customer = book.open().read(FILE).customer
    naht = open_complaints(customer.entries)[0]
    code = complaint_codes(customer)[naht.line]
    assert book("solve", "petersen", "--which", code[:5], "Ersatz").code == 0
    assert open_complaints(book.open().read(FILE).customer.entries)[0].gist == "falsche Farbe"


def test_a_code_of_the_list_names_complaint_and_customer(book: Book) -> None:
    with_two(book)
    listed = book("--json", "todo", "petersen").json
    code = next(one["code"] for one in listed if one["text"] == "falsche Farbe")
    assert book("solve", code, "umgefärbt").code == 0
    open_ones = book("--json", "show", "petersen").json["complaints"]
    assert [one["subject"] for one in open_ones] == ["Naht offen"]


def test_of_several_the_person_named_says_which(book: Book) -> None:
    with_two(book)
    assert book("solve", "kai", "andere Farbe geschickt").code == 0
    open_ones = book("--json", "show", "petersen").json["complaints"]
    assert [one["subject"] for one in open_ones] == ["Naht offen"]


def test_a_word_in_none_of_them_is_said(book: Book) -> None:
    answer = book("solve", "petersen", "--which", "Knopf", "Ersatz")
    assert answer.code == 25
    assert "Naht offen" in answer.err


def test_at_a_terminal_it_asks_which_and_how(book: Book) -> None:
    with_two(book)
    shown = run_on_terminal(book, ["solve", "petersen"], typed=["2", "neue Jacken"])
    assert "1  2026-11-12 Heike Petersen: Naht offen" in shown
    assert f"{SECOND}gelöst:: 2026-11-20 neue Jacken\n" in book.read(FILE)


def test_english_files_are_written_in_english(book: Book) -> None:
    text = "---\nname: Acme\n---\n\n## History\n\n### 2026-11-01 Complaint: late\n"
    book.write("customers/acme.md", text, "Acme")
    book("solve", "acme", "delivered", language="de")
    assert book.read("customers/acme.md") == f"{text}\nsolved:: 2026-11-20 delivered\n"


def documented(body: str) -> Document:
    """Return a document with this history."""
    text = f"---\nname: X\n---\n\n## Verlauf\n\n{body}"
    return Document.read(text.encode(), "customers/x.md", default_config())


def solved(body: str, text: str = "Ersatz geliefert") -> Document:
    """Solve the first open complaint of a history."""
    document = documented(body)
    return with_solution(document, open_complaints(document.customer.entries)[0], DAY, text)


@pytest.mark.parametrize(
    ("body", "after"),
    [
        (
            "### 2026-11-01 Reklamation: a\n\ngelöst::\n",
            f"### 2026-11-01 Reklamation: a\n\n{FACT}\n",
        ),
        (
            "### 2026-11-01 Reklamation: a\n- **gelöst::**\n",
            f"### 2026-11-01 Reklamation: a\n- **gelöst::** {FACT[9:]}\n",
        ),
        (
            "### 2026-11-01 Reklamation: a\n[gelöst:: ]\n",
            f"### 2026-11-01 Reklamation: a\n[gelöst:: {FACT[9:]} ]\n",
        ),
        ("### 2026-11-01 Reklamation: a", f"### 2026-11-01 Reklamation: a\n\n{FACT}\n"),
        (
            "### 2026-11-01 Reklamation: a\n\nText.\n\n\n### 2026-10-01 Anruf: b\n",
            f"### 2026-11-01 Reklamation: a\n\nText.\n\n\n{FACT}\n\n### 2026-10-01 Anruf: b\n",
        ),
    ],
)
def test_the_fact_finds_its_place(body: str, after: str) -> None:
    assert solved(body).text.partition("## Verlauf\n\n")[2] == after


def test_line_ends_of_windows_stay() -> None:
    body = "### 2026-11-01 Reklamation: a\r\n\r\nText.\r\n"
    text = f"---\r\nname: X\r\n---\r\n\r\n## Verlauf\r\n\r\n{body}"
    document = Document.read(text.encode(), "customers/x.md", default_config())
    complaint = open_complaints(document.customer.entries)[0]
    assert with_solution(document, complaint, DAY, "Ersatz").text == (
        f"{text}\r\ngelöst:: 2026-11-20 Ersatz\r\n"
    )


def test_a_complaint_that_is_gone_is_refused() -> None:
    document = documented("### 2026-11-01 Reklamation: a\n")
    other = documented("### 2026-11-01 Reklamation: b\n")
    with pytest.raises(FileChanged):
        with_solution(other, document.customer.entries[0], DAY, "Ersatz")


@given(st.text(max_size=60))
def test_whatever_the_words_they_close_this_complaint_and_only_this(text: str) -> None:
    body = "### 2026-11-01 Reklamation: a\n\n- [ ] x\n\n### 2026-10-01 Reklamation: b\n"
    document = documented(body)
    newest = document.customer.entries[0]
    after = with_solution(document, newest, DAY, text)
    assert [one.gist for one in open_complaints(after.customer.entries)] == ["b"]
    assert len(after.customer.entries) == 2
    assert after.customer.tasks == document.customer.tasks
    lines = document.text.split("\n")
    assert [line for line in after.text.split("\n") if line in lines] != []


def test_an_entry_that_says_solved_closes_the_only_one_open() -> None:
    told = "### 2026-11-05 Reklamation gelöst: Ersatz\n\n### 2026-11-01 Reklamation: a\n"
    assert open_complaints(documented(told).customer.entries) == []


def test_an_entry_that_could_mean_either_closes_none_even_when_one_is_solved_later() -> None:
    told = (
        "### 2026-11-05 Reklamation gelöst: Ersatz\n\n"
        "### 2026-11-02 Reklamation: a\n\n### 2026-11-01 Reklamation: b\n"
    )
    both = open_complaints(documented(told).customer.entries)
    assert [one.gist for one in both] == ["b", "a"]
    after = with_solution(documented(told), both[0], DAY, "Ersatz")
    assert [one.gist for one in open_complaints(after.customer.entries)] == ["a"]


def test_nothing_of_another_customer_is_touched(book: Book) -> None:
    book("solve", "petersen", "Ersatz")
    assert book.read("customers/strandhotel-vierjahreszeiten.md") == HOTEL


def test_the_same_in_python(book: Book) -> None:
    from crm_md.questions.naming import who_is
    from crm_md.records.solving import solve, the_complaint

    with book.open() as crm:
        who = who_is(crm, "petersen")
        done: Any = solve(crm, who, the_complaint(crm, who), DAY, "Ersatz")
    assert (done.left, done.complaint.gist) == ((), "Naht offen")
