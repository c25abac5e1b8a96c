"""``crm todo``: what is to be done, by day; ours, theirs, complaints; and a task without entry."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from crm_md.document import Document, summarise
from crm_md.likeness import complaint_codes, task_codes
from crm_md.questions.naming import who_is
from crm_md.questions.todo import todo
from tests.books import NOW, Book

FILE = "customers/modehaus-petersen.md"
HOTEL = "customers/strandhotel-vierjahreszeiten.md"
STORY = """---
name: Gasthof Linde
owner: anna
---

- [ ] Karte drucken

## Verlauf

### 2026-11-16 Anruf: Herbst (anna)

- [ ] Muster schicken due:2026-11-20
- [ ] Preisliste due:2026-11-22
- [ ] Termin nennen due:2026-12-10 @ben
- [ ] schickt die Maße due:2026-11-18 @kunde
- [x] Katalog done:2026-11-17
- [-] Flyer
"""


def lines(text: str) -> list[str]:
    """Return what was printed without the codes."""
    return [re.sub(r"^[2-9b-z]{3,5} {2}", "", line) for line in text.split("\n") if line]


def test_a_day_in_place_of_a_customer_asks_what_is_due_by_then(book: Book) -> None:
    book.write("customers/linde.md", STORY)
    told = book("todo", "heute", language="de").out
    assert "Ersatz schicken" in told and "Muster schicken" in told
    assert "Preisliste" not in told and "Karte drucken" not in told
    assert "Preisliste" in book("todo", "sonntag").out
    assert "Preisliste" in book("todo", "diese", "woche").out


def test_a_customer_goes_before_a_day_of_that_name(book: Book) -> None:
    book.write("customers/montag.md", "---\nname: Montag\n---\n\n- [ ] Karte drucken\n")
    assert lines(book("todo", "montag").out) == ["Without a day", "Karte drucken"]


def test_tasks_stand_by_day_then_what_they_owe_us_then_complaints(book: Book) -> None:
    book.write("customers/linde.md", STORY)
    answer = book("todo")
    assert answer.code == 0
    assert lines(answer.out) == [
        "Overdue",
        "Ersatz schicken  Modehaus Petersen GmbH & Co. KG  Thu 19 Nov 2026 (yesterday)  @ben",
        "Today",
        "Muster schicken  Gasthof Linde  Fri 20 Nov 2026 (today)",
        "This week",
        "Preisliste  Gasthof Linde  Sun 22 Nov 2026 (in 2 days)",
        "Later",
        "Termin nennen  Gasthof Linde  Thu 10 Dec 2026 (in 2 weeks)  @ben",
        "Without a day",
        "Karte drucken  Gasthof Linde",
        "They owe us",
        "schickt die Maße  Gasthof Linde  Wed 18 Nov 2026 (2 days ago)",
        "Open complaints",
        "Naht offen  Modehaus Petersen GmbH & Co. KG  Thu 12 Nov 2026 (8 days ago)",
    ]


def test_mine_is_what_is_at_my_customers_at_nobodys_and_my_own_task(book: Book) -> None:
    book.write(HOTEL, f"{book.read(HOTEL)}\n- [ ] Bens Sache\n- [ ] Annas Sache @anna\n")
    book.write("customers/frei.md", "---\nname: Frei\n---\n- [ ] Niemands Sache\n")
    shown = book("todo").out
    assert "Annas Sache" in shown
    assert "Niemands Sache" in shown
    assert "Bens Sache" not in shown
    assert "Bens Sache" in book("todo", "--owner", "all").out
    assert "Niemands Sache" not in book("todo", "--owner", "ben").out
    assert "Ersatz schicken" in book("todo", "--owner", "ben").out
    assert [one["text"] for one in book("--json", "todo", "--owner", "nobody").json] == [
        "Niemands Sache"
    ]


def test_a_colleague_whom_nobody_knows_is_said(book: Book) -> None:
    assert "nobody of the team" in book("todo", "--owner", "zoe").err


def test_outside_the_team_it_is_everybodys_list_and_said_so(book: Book) -> None:
    book.write("crm.toml", 'format = 1\n[team.ben]\nname = "Ben"\nemail = "ben@example.com"\n')
    answer = book("todo")
    assert "Everybody's list" in answer.err
    assert "Ersatz schicken" in answer.out


def test_a_customer_who_rests_has_tasks_all_the_same(book: Book) -> None:
    book("set", "petersen", "snooze", "2027-03-01")
    assert "Ersatz schicken" in book("todo").out


def test_the_same_promise_twice_is_said_and_the_code_is_that_of_the_new_one(book: Book) -> None:
    first = book("todo", "petersen", "--add", "send the catalogue due:2026-12-01 @ben")
    assert "open there already" not in first.err
    again = book("todo", "petersen", "--add", "Send the  catalogue due:2026-12-01 @anna")
    assert again.code == 0
    assert "The same is open there already: send the catalogue (by Tue 1 Dec 2026) @ben" in (
        again.err
    )
    code = again.err.partition("crm done ")[2].split()[0]
    assert book("done", code).code == 0
    assert "- [ ] send the catalogue due:2026-12-01 @ben\n" in book.read(FILE)
    assert "- [x] Send the catalogue due:2026-12-01" in book.read(FILE)
    third = book("log", "petersen", "call", "--task", "send the catalogue", language="de")
    assert "Das steht dort schon offen: send the catalogue (bis Di 01.12.2026) @ben" in third.err
    other = book("todo", "petersen", "--add", "send the other catalogue")
    assert "open there already" not in other.err


def test_a_promise_kept_by_this_very_contact_is_no_twin(book: Book) -> None:
    added = book("todo", "petersen", "--add", "send the catalogue")
    code = added.err.partition("crm done ")[2].split()[0]
    told = book("log", "petersen", "call", "--done", code, "--task", "send the catalogue")
    assert told.code == 0, told.both
    assert "open there already" not in told.err


def test_of_two_equal_tasks_the_one_just_written_gets_the_code(book: Book) -> None:
    task = "- [ ] Ersatz schicken due:2026-11-19"
    added = book("todo", "petersen", "--add", "Ersatz schicken due:2026-11-19 @anna")
    code = added.err.partition("crm done ")[2].split()[0]
    assert book("done", code).code == 0
    assert f"{task} @ben\n" in book.read(FILE)


def test_one_customers_is_everybodys_and_names_no_customer(book: Book) -> None:
    book.write(HOTEL, f"{book.read(HOTEL)}\n- [ ] Bens Sache\n")
    assert lines(book("todo", "strandhotel").out) == ["Without a day", "Bens Sache  @ben"]


def test_nothing_open_is_said_and_ends_with_one(book: Book) -> None:
    answer = book("todo", "strandhotel")
    assert (answer.code, answer.out, answer.err) == (1, "", "Nothing is open.\n")
    assert book("--json", "todo", "strandhotel").json == []


def test_the_rest_is_counted_in_each_list(book: Book) -> None:
    tasks = "".join(f"- [ ] Sache {number}\n" for number in range(30))
    book.write("customers/linde.md", f"---\nname: Linde\nowner: anna\n---\n{tasks}")
    assert "6 more: crm todo --all" in book("todo").out
    assert "26 more" in book("todo", "--limit", "5").out
    assert "more" not in book("todo", "--all").out
    assert book("todo", "linde").out.count("Sache") == 30
    assert "more: --all" in book("todo", "--owner", "anna", "--limit", "5").out  # of hers


def test_json_tells_all_that_is_known_of_a_row(book: Book) -> None:
    task, complaint = book("--json", "todo").json
    customer = book.open().read(FILE).customer
    assert task == {
        "code": task_codes(customer)[task["line"]],
        "kind": "task",
        "slug": "modehaus-petersen",
        "name": "Modehaus Petersen GmbH & Co. KG",
        "owner": "anna",
        "text": "Ersatz schicken",
        "due": "2026-11-19",
        "whose": "ben",
        "state": "open",
        "said_on": "2026-11-12",
        "path": FILE,
        "line": book.read(FILE).split("\n").index("- [ ] Ersatz schicken due:2026-11-19 @ben") + 1,
        "to_settle": None,
    }
    assert complaint["kind"] == "complaint"
    assert complaint["code"] == complaint_codes(customer)[complaint["line"]]


def test_a_code_is_the_same_in_every_clone_and_however_it_is_shown(
    book: Book, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("clone") / "book"
    book.git("clone", "--quiet", str(book.root), str(other))
    assert Book(other)("--json", "todo", "--all").json == book("--json", "todo", "--all").json


def test_the_catalogue_knows_what_the_files_say(book: Book) -> None:
    book.write("customers/linde.md", STORY)
    crm = book.open()
    rows = todo(crm, owner="all", limit=0).rows
    told = {(one.path, one.line, one.text, one.due, one.whose, one.said_on) for one in rows}
    said = set()
    for path in (FILE, HOTEL, "customers/linde.md"):
        customer = Document.read((book.root / path).read_bytes(), path, crm.config).customer
        summary = summarise(customer, crm.config)
        said |= {(path, t.line, t.text, t.due, t.whose, t.said_on) for t in summary.tasks}
        said |= {(path, t.line, t.gist, None, "", t.date) for t in summary.complaints}
    assert told == said
    crm.close()


def test_a_week_ends_on_sunday(book: Book) -> None:
    book.write(
        "customers/x.md", "---\nname: X\n---\n- [ ] a due:2026-11-22\n- [ ] b due:2026-11-23\n"
    )
    shown = lines(book("todo", "x").out)
    assert shown.index("This week") < shown.index("a  Sun 22 Nov 2026 (in 2 days)")
    assert shown.index("Later") < shown.index("b  Mon 23 Nov 2026 (in 3 days)")
    monday = lines(book("todo", "x", now=NOW + timedelta(3)).out)
    assert monday[:2] == ["Overdue", "a  Sun 22 Nov 2026 (yesterday)"]


def test_a_task_without_an_entry_is_written_with_its_date(book: Book) -> None:
    answer = book("todo", "--add", "Katalog schicken due:freitag", "petersen")
    assert answer.code == 0, answer.err
    assert "## Aufgaben\n\n- [ ] Katalog schicken due:2026-11-20\n\n## Verlauf" in book.read(FILE)
    assert "Due Fri 20 Nov 2026 (today)." in answer.err
    assert "crm undo" in answer.err
    assert book.subjects()[0] == "Modehaus Petersen GmbH & Co. KG: zu tun: Katalog schicken"
    assert "Katalog schicken" in book("todo").out


@pytest.mark.parametrize(
    ("customer", "words", "written"),
    [
        ("petersen", "Katalog", "Katalog"),
        ("strandhotel", "Katalog", "Katalog @anna"),
        ("strandhotel", "Katalog @ben", "Katalog @ben"),
        ("strandhotel", "Katalog @ich", "Katalog @anna"),
        ("strandhotel", "schickt Maße @kunde", "schickt Maße @kunde"),
        ("petersen", "bis 3.12. Katalog schicken", "Katalog schicken due:2026-12-03"),
    ],
)
def test_a_task_is_mine_unless_somebody_is_named(
    book: Book, customer: str, words: str, written: str
) -> None:
    assert book("todo", customer, "--add", words).code == 0
    path = FILE if customer == "petersen" else HOTEL
    assert f"- [ ] {written}\n" in book.read(path)


def test_a_task_in_words_without_quotation_marks(book: Book) -> None:
    assert book("todo", "petersen", "--add", "Katalog", "schicken", "due:freitag").code == 0
    assert "- [ ] Katalog schicken due:2026-11-20\n" in book.read(FILE)


def test_whose_task_it_became_is_said(book: Book) -> None:
    assert "For Ben Okafor." in book("todo", "petersen", "--add", "Katalog @ben").err
    assert "It is theirs to do." in book("todo", "petersen", "--add", "Maße @kunde").err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--add", "Katalog"], 2, "The customer is missing."),
        (["petersen", "--add", "Katalog due:sonstwann"], 2, "is not a date"),
        (["petersen", "--add", "@ben"], 2, "Not a word says"),
        (["niemand", "--add", "Katalog"], 20, "No customer"),
    ],
)
def test_a_task_that_cannot_be_written_is_said(
    book: Book, arguments: list[str], code: int, said: str
) -> None:
    before = book.read(FILE)
    answer = book("todo", *arguments)
    assert answer.code == code
    assert said in answer.err
    assert book.read(FILE) == before


def test_a_mention_that_nobody_answers_to_is_said(book: Book) -> None:
    assert "“bne” is nobody of the team." in book("todo", "petersen", "--add", "Katalog @bne").err


def test_undo_takes_a_task_away_with_its_section(book: Book) -> None:
    before = book.read(FILE)
    book("todo", "petersen", "--add", "Katalog")
    assert book("undo").code == 0
    assert book.read(FILE) == before


def test_the_list_of_a_program_is_that_of_the_command(book: Book) -> None:
    crm = book.open()
    found = todo(crm, who_is(crm, "petersen"))
    assert [one.text for one in found.rows] == ["Ersatz schicken", "Naht offen"]
    crm.close()


ASKED = """---
name: Treppen-Vogt GmbH
owner: anna
---

- [ ] Rückruf an Frau Vogt
- [ ] mein eigenes #settle

## Zu klären

- [ ] name: Treppenbau Vogt & Partner GmbH #settle
- [ ] phone: 0171 1111111 #settle
"""


def test_questions_of_a_merge_are_no_tasks_and_are_named_once(book: Book) -> None:
    book.write("customers/vogt.md", ASKED)
    answer = book("todo", "vogt", language="de")
    assert [line.strip() for line in lines(answer.out)] == [
        "Ohne Termin",
        "Rückruf an Frau Vogt",
        "mein eigenes #settle",
        "Zu klären",
        "Name: Treppenbau Vogt & Partner GmbH",
        "Telefon: 0171 1111111",
    ]
    assert "Zu Klärendes entscheiden: crm klären vogt\n" in answer.err
    rows = book("--json", "todo", "vogt").json
    assert [(one["kind"], one["code"], one["text"]) for one in rows[2:]] == [
        ("question", None, "name: Treppenbau Vogt & Partner GmbH"),
        ("question", None, "phone: 0171 1111111"),
    ]


def test_where_only_questions_are_left_todo_does_not_say_that_nothing_is_open(book: Book) -> None:
    book.write("customers/vogt.md", re.sub(r"- \[ \] (Rück|mein).*\n", "", ASKED))
    answer = book("todo", "vogt")
    assert answer.code == 0
    assert answer.err.startswith("Decide what is to be settled: crm settle vogt\n")


STEP = "---\nname: Pelze Kürschner\nowner: anna\nnext: {day} neue Rechnung\n---\n"


@pytest.mark.parametrize(("day", "title"), [("2026-11-17", "Überfällig"), ("2026-11-20", "Heute")])
def test_a_next_step_that_is_due_stands_in_its_day(book: Book, day: str, title: str) -> None:
    book.write("customers/kuerschner.md", STEP.format(day=day))
    shown = lines(book("todo", language="de").out)
    row = next(place for place, line in enumerate(shown) if "neue Rechnung" in line)
    assert shown[row].startswith("Nächster Schritt: neue Rechnung  Pelze Kürschner")
    assert title in shown[:row]


def test_a_next_step_to_come_is_in_no_list_but_that_of_its_day(book: Book) -> None:
    book.write("customers/kuerschner.md", STEP.format(day="2026-12-17"))
    assert "neue Rechnung" not in book("todo").out
    assert "Next step: neue Rechnung" in book("todo", "31.12.").out
