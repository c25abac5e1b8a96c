"""``crm changes``: at one customer, and lately in the whole store, with what takes each back."""

from __future__ import annotations

from datetime import datetime

from tests.books import Book

FILE = "customers/modehaus-petersen.md"


def test_changes_without_a_customer_list_the_last_actions_and_how_to_take_them_back(
    book: Book,
) -> None:
    book("set", "petersen", "segment", "C")
    book("log", "strandhotel", "Anruf: eins")
    answer = book("changes")
    assert answer.code == 0
    lines = answer.out.split("\n")
    assert lines[0].startswith("Fri 20 Nov 2026 14:30  anna  ")
    assert lines[1] == "    Strandhotel Vierjahreszeiten: Anruf: eins"
    action = lines[2].split()[-1]
    assert book("undo", action).code == 0
    assert "segment: A" in book.read(FILE)
    assert (
        "    Modehaus Petersen GmbH & Co. KG: Segment A → C (taken back)\n" in book("changes").out
    )


def test_changes_of_mine_leave_colleagues_out_and_are_known_by_any_address_of_mine(
    book: Book,
) -> None:
    book.write(FILE, book.read(FILE).replace("segment: A", "segment: B"))
    book.git("commit", "-qam", "x", "--author=Ben <ben@example.com>")
    book.write(FILE, book.read(FILE).replace("segment: B", "segment: C"))
    book.git("commit", "-qam", "y", "--author=A. K. <ANNA@example.com>")
    book.git("config", "user.email", "anna.privat@example.com")
    settings = book.read("crm.toml").replace(
        '["anna@example.com"]', '["anna@example.com", "anna.privat@example.com"]'
    )
    book.write("crm.toml", settings)
    assert [one["message"] for one in book("--json", "changes", "--mine").json] == ["y", "The book"]
    assert [one["by"] for one in book("--json", "changes", "petersen", "--mine").json] == [
        "anna",
        "anna",
    ]


def test_changes_since_a_day_and_by_the_day_alone(book: Book) -> None:
    book("set", "petersen", "segment", "C")
    assert len(book("--json", "changes").json) == 2
    assert len(book("--json", "changes", "--since", "today").json) == 1
    assert len(book("--json", "changes", "heute").json) == 1
    assert len(book("--json", "changes", "petersen", "--since", "today").json) == 1
    answer = book("changes", "--since", "today", now=datetime(2026, 11, 23, 9, 0))
    assert (answer.code, answer.out) == (1, "")


def test_changes_as_json_name_customers_and_files(book: Book) -> None:
    book("set", "petersen", "segment", "C")
    (one,) = book("--json", "changes", "--limit", "1").json
    assert one["paths"] == [FILE]
    assert one["customers"] == ["modehaus-petersen"]
    assert one["taken_back"] is False


def test_changes_say_how_to_see_earlier_ones(book: Book) -> None:
    book("set", "petersen", "segment", "C")
    assert "Earlier ones: crm changes --limit 2" in book("changes", "--limit", "1").err
    assert "Earlier ones" not in book("changes").err


def test_a_merge_is_not_told_as_a_change_by_whoever_merged(book: Book) -> None:
    book.git("checkout", "-qb", "ben")
    book.write(FILE, book.read(FILE).replace("segment: A", "segment: B"))
    book.git("commit", "-qam", "bens", "--author=Ben <ben@example.com>")
    book.git("checkout", "-q", "main")
    book.write(FILE, book.read(FILE).replace("nie montags", "nie dienstags"), "annas")
    book.git("merge", "-q", "--no-edit", "ben")
    told = book("--json", "changes", "petersen").json
    assert sorted(one["message"] for one in told) == ["The book", "annas", "bens"]
    assert len(book("--json", "changes").json) == 3


def test_what_a_merge_itself_brought_is_told(book: Book) -> None:
    book.git("checkout", "-qb", "ben")
    book.write(FILE, book.read(FILE).replace("segment: A", "segment: B"), "bens")
    book.git("checkout", "-q", "main")
    book.write(FILE, book.read(FILE).replace("nie montags", "nie dienstags"), "annas")
    book.git("merge", "-q", "--no-commit", "--no-ff", "ben")
    book.write(FILE, book.read(FILE).replace("status: customer", "status: partner"))
    book.git("commit", "-qam", "joined")
    told = book("--json", "changes", "petersen").json
    assert told[0]["message"] == "joined"
    assert told[0]["changes"] == ["Status customer → partner"]
