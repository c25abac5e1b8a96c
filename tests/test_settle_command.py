"""``crm settle``: what two people changed differently is decided, and the line goes away."""

from __future__ import annotations

import pytest

from tests.books import Book
from tests.repositories import git
from tests.terminals import run_on_terminal

PATH = "customers/modehaus-petersen.md"


def text(book: Book) -> str:
    return (book.root / PATH).read_text(encoding="utf-8")


def change(book: Book, old: str, new: str, who: str = "Anna Krüger <anna@example.com>") -> None:
    """Edit the file by hand and commit it as somebody."""
    file = book.root / PATH
    before = file.read_text(encoding="utf-8")
    assert old in before
    file.write_text(before.replace(old, new, 1), encoding="utf-8")
    git(book.root, "commit", "-qam", "x", f"--author={who}", "--date=2026-11-18T10:00:00")


@pytest.fixture
def merged(book: Book) -> Book:
    """A book in which Anna and Ben gave one number and one person's role differently."""
    book("where")  # sets the drivers up
    (book.root / ".gitattributes").write_text("customers/**/*.md merge=crm-md\n")
    git(book.root, "add", ".gitattributes")
    git(book.root, "commit", "-qm", "rules")
    git(book.root, "checkout", "-qb", "ben")
    ben = "Ben Okafor <ben@example.com>"
    change(book, "phone: 04922 9300-0", "phone: 04922 9300-7", ben)
    change(book, "role: Inhaberin", "role: Chefin", ben)
    git(book.root, "checkout", "-q", "main")
    change(book, "phone: 04922 9300-0", "phone: 04922 9300-8")
    change(book, "role: Inhaberin", "role: Eignerin")
    git(book.root, "merge", "-q", "--no-edit", "ben")
    return book


def test_off_a_terminal_it_lists_who_said_what_when(merged: Book) -> None:
    answer = merged("settle", "petersen")
    assert answer.code == 0
    assert answer.out == (
        "Modehaus Petersen GmbH & Co. KG: Role of Heike Petersen\n"
        "  1  Eignerin  (anna on Wed 18 Nov 2026, stands in the file)\n"
        "  2  Chefin  (ben on Wed 18 Nov 2026)\n"
        "Modehaus Petersen GmbH & Co. KG: Phone\n"
        "  1  04922 9300-8  (anna on Wed 18 Nov 2026, stands in the file)\n"
        "  2  04922 9300-7  (ben on Wed 18 Nov 2026)\n"
    )
    assert merged("settle").out == answer.out


def test_taking_the_other_value_puts_it_in_and_takes_the_line_away(merged: Book) -> None:
    before = text(merged)
    answer = merged("settle", "petersen", "--which", "phone", "--take", "2")
    wanted = before.replace("phone: 04922 9300-8", "phone: 04922 9300-7")
    assert text(merged) == wanted.replace("- [ ] phone: 04922 9300-7 #settle\n", "")
    assert "1 question is left." in answer.err
    assert "crm undo " in answer.err
    assert merged.git("log", "-1", "--format=%s") == (
        "Modehaus Petersen GmbH & Co. KG: geklärt: phone\n"
    )
    merged("undo")
    assert text(merged) == before


def test_with_the_last_line_the_section_goes(merged: Book) -> None:
    merged("settle", "petersen", "--which", "phone", "--take", "1")
    merged("settle", "petersen", "--take", "Gründerin")
    assert "role: Gründerin" in text(merged)
    assert "Zu klären" not in text(merged)
    assert "\n\n\n" not in text(merged)
    assert merged("settle", "petersen").code == 1


def test_on_a_terminal_it_asks_one_by_one(merged: Book) -> None:
    screen = run_on_terminal(merged, ["settle"], typed=["2", ""])
    assert "1 to 2, a new value, or Enter to leave it:" in screen
    assert "role: Chefin" in text(merged)
    assert "- [ ] phone: 04922 9300-7 #settle\n" in text(merged)


def test_of_several_questions_one_has_to_be_named(merged: Book) -> None:
    answer = merged("settle", "petersen", "--take", "1")
    assert answer.code == 21
    assert "contacts.Heike Petersen.role; phone" in answer.err


def test_as_json(merged: Book) -> None:
    (role, phone) = merged("settle", "--json").json
    assert role["about"] == "contacts.Heike Petersen.role"
    assert phone["kind"] == "field"
    assert [value["value"] for value in phone["values"]] == ["04922 9300-8", "04922 9300-7"]
    assert [value["by"] for value in phone["values"]] == ["anna", "ben"]
    assert phone["line"] == text(merged).split("\n").index("- [ ] phone: 04922 9300-7 #settle") + 1


def asked(book: Book, *lines: str) -> None:
    """Write lines as a merge leaves them."""
    block = "".join(f"- [ ] {line} #settle\n" for line in lines)
    change(book, "## Verlauf\n", f"## Zu klären\n\n{block}\n## Verlauf\n")


def test_a_fact_that_one_side_removed_can_be_removed_or_stay(book: Book) -> None:
    asked(book, "contacts.Kai Petersen: (entfernt)", "next: (entfernt)")
    shown = book("settle", "petersen").out
    assert "Kai Petersen\n  1  name: Kai Petersen phone: 04922 9300-14" in shown
    assert "\n  2  (none)\n" in shown
    book("settle", "petersen", "--which", "kai", "--take", "2")
    book("settle", "petersen", "--which", "next", "--take", "1")
    assert "name: Kai" not in text(book)
    assert "next: 2026-12-01 Angebot nachfassen\n" in text(book)
    assert "Zu klären" not in text(book)


def test_the_day_of_a_task_can_be_taken(book: Book) -> None:
    asked(book, "Ersatz schicken: due 2026-11-25")
    book("settle", "petersen", "--take", "2")
    assert "- [ ] Ersatz schicken due:2026-11-25 @ben\n" in text(book)


def test_what_was_kept_twice_is_put_right_by_hand(book: Book) -> None:
    asked(book, "2026-10-02 10:15 Besuch: Alles bestens.: (zwei Fassungen)")
    assert "(customers/modehaus-petersen.md:" in book("settle", "petersen").out
    assert book("settle", "petersen", "--take", "x").code == 2
    book("settle", "petersen", "--take", "1")
    assert "Zu klären" not in text(book)


def test_three_values_are_one_question(book: Book) -> None:
    asked(book, "goal: a", "goal: b")
    assert [v["value"] for v in book("settle", "--json").json[0]["values"]] == ["", "a", "b"]
    book("settle", "petersen", "--take", "3")
    assert "goal: b\n" in text(book)
    assert "#settle" not in text(book)


def test_what_a_person_wrote_into_the_section_is_shown_and_not_asked(book: Book) -> None:
    change(book, "## Verlauf\n", "## Zu klären\n\n- wer zahlt?\n\n## Verlauf\n")
    answer = book("settle", "petersen")
    assert (answer.code, answer.out) == (1, "")
    assert "Written by hand: wer zahlt?" in answer.err


def test_check_warns_of_what_is_not_settled(merged: Book) -> None:
    answer = merged("check")
    assert "A merge left this to be settled: “phone: 04922 9300-7”." in answer.out
    assert "crm settle modehaus-petersen" in answer.out


def test_the_quick_look_and_the_promises_show_what_is_to_be_settled(merged: Book) -> None:
    assert "phone: 04922 9300-7 #settle" in merged("show", "petersen").out
    assert "phone: 04922 9300-7 #settle" in merged("todo").out


def test_in_german(merged: Book) -> None:
    answer = merged("klären", "petersen", "--welche", "phone", "--nimm", "2", language="de")
    assert answer.code == 0
    assert "1 Frage ist noch offen." in answer.err
