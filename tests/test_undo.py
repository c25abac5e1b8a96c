"""``crm undo``: by entry, field and task; what came later stays; undoing an undo restores."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.books import Book
from tests.clones import team
from tests.terminals import Screen, run_on_terminal

FILE = "customers/modehaus-petersen.md"
HOTEL = "customers/strandhotel-vierjahreszeiten.md"


def action_of(book: Book, *command: str) -> str:
    """Run a command and return the name of its action."""
    answer = book(*command)
    assert answer.code == 0, answer.err
    return answer.err.split("crm undo ")[-1].split()[0]


ACTIONS = {
    "log": ["log", "petersen", "Anruf von Heike: zu spät", "-t", "liefern due:freitag"],
    "log with next": ["log", "petersen", "Anruf: x", "--next", "in 2 wochen nachfassen"],
    "set": ["set", "petersen", "segment", "C"],
    "set a person": ["set", "kai", "phone", "0351 1"],
    "add a tag": ["set", "petersen", "tags", "--add", "nordsee"],
    "remove a tag": ["set", "petersen", "tags", "--remove", "mode"],
    "delete": ["set", "petersen", "next", "--delete"],
    "add a person": ["set", "petersen", "contacts", "--add", "Fenna"],
    "new field": ["set", "petersen", "goal", "mehr"],
    "note": ["note", "petersen", "mag Krabben"],
    "careful": ["note", "petersen", "careful", "nie vor zehn"],
    "new section": ["note", "strandhotel", "common", "segelt"],
    "new": ["new", "Bäckerei Sörensen"],
    "remove": ["remove", "petersen", "--yes"],
    "rename": ["rename", "petersen", "Haus am Meer"],
}


def files(book: Book) -> dict[str, bytes]:
    folder = book.root / "customers"
    return {file.name: file.read_bytes() for file in folder.glob("*.md")}


@pytest.mark.parametrize("command", ACTIONS.values(), ids=ACTIONS)
def test_undo_restores_every_byte_and_undoing_that_restores_the_action(
    book: Book, command: list[str]
) -> None:
    before = files(book)
    action_of(book, *command)
    after = files(book)
    assert before != after
    undone = action_of(book, "undo")
    assert files(book) == before
    action_of(book, "undo", undone)
    assert files(book) == after
    assert book.git("status", "--porcelain") == ""


LATER = [
    ["log", "petersen", "Besuch: danach"],
    ["set", "petersen", "reach", "abends"],
    ["note", "petersen", "common", "noch etwas"],
    ["set", "petersen", "tags", "--add", "später"],
]
STAYS = [name for name in ACTIONS if name not in ("new", "remove", "rename", "new section")]


@pytest.mark.parametrize("name", STAYS)
def test_what_came_later_stays_as_if_the_action_had_never_been(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    from tests.books import make_book

    with_action = make_book(tmp_path_factory.mktemp("with") / "book")
    without = make_book(tmp_path_factory.mktemp("without") / "book")
    action = action_of(with_action, *ACTIONS[name])
    for command in LATER:
        action_of(with_action, *command)
        action_of(without, *command)
    assert with_action("undo", action).code == 0
    assert with_action.read(FILE) == without.read(FILE)


def test_undo_goes_back_step_by_step(book: Book) -> None:
    before = files(book)
    for command in LATER:
        action_of(book, *command)
    for _step in LATER:
        action_of(book, "undo")
    assert files(book) == before
    answer = book("undo")
    assert answer.code == 1
    assert "nothing of yours" in answer.err


def test_undo_refuses_where_that_very_piece_changed_since(book: Book) -> None:
    action = action_of(book, "set", "petersen", "segment", "B")
    action_of(book, "set", "petersen", "segment", "C")
    now = files(book)
    answer = book("undo", action)
    assert answer.code == 33
    assert "Segment" in answer.err or "segment" in answer.err
    assert files(book) == now
    assert book.git("status", "--porcelain") == ""


def test_undo_refuses_an_entry_that_was_edited_since(book: Book) -> None:
    action = action_of(book, "log", "petersen", "Anruf von Heike: zu spät")
    book.write(FILE, book.read(FILE).replace("zu spät", "viel zu spät"), "by hand")
    assert book("undo", action).code == 33


def test_undo_takes_only_my_own_by_itself(book: Book) -> None:
    action_of(book, "set", "petersen", "segment", "B")
    book.git("config", "user.name", "Ben Okafor")
    book.git("config", "user.email", "ben@example.com")
    assert book("undo").code == 1


def test_a_plain_commit_can_be_taken_back_by_its_id(book: Book) -> None:
    book.write(FILE, book.read(FILE).replace("segment: A", "segment: B"), "by hand")
    commit = book.git("rev-parse", "HEAD").strip()
    action_of(book, "log", "petersen", "Besuch: danach")
    assert book("undo", commit[:8]).code == 0
    assert "segment: A" in book.read(FILE)
    assert "Besuch: danach" in book.read(FILE)


def test_an_unknown_action_is_said(book: Book) -> None:
    answer = book("undo", "zzzzzz")
    assert answer.code == 24
    assert "zzzzzz" in answer.err


def test_undo_of_a_rename_brings_file_links_and_attachments_back(book: Book) -> None:
    book.write("attachments/modehaus-petersen/plan.pdf", b"pdf", "plan")
    action = action_of(book, "rename", "petersen", "Haus am Meer")
    action_of(book, "log", "meer", "Anruf: danach")
    assert book("undo", action).code == 0
    assert "Anruf: danach" in book.read(FILE)
    assert "to: modehaus-petersen" in book.read(HOTEL)
    assert (book.root / "attachments/modehaus-petersen/plan.pdf").exists()


def test_an_entry_logged_between_a_rename_and_its_undo_can_be_taken_back(book: Book) -> None:
    before = files(book)
    renamed = action_of(book, "rename", "petersen", "Haus am Meer")
    logged = action_of(book, "log", "meer", "Anruf: dazwischen")
    action_of(book, "undo", renamed)
    action_of(book, "undo", logged)
    assert files(book) == before


def test_a_fact_set_before_a_rename_is_taken_back_in_the_renamed_file(book: Book) -> None:
    action = action_of(book, "set", "petersen", "segment", "C")
    action_of(book, "rename", "petersen", "Haus am Meer")
    action_of(book, "rename", "meer", "Haus am Watt")
    assert book("undo", action).code == 0
    assert "segment: A" in book.read("customers/haus-am-watt.md")
    assert FILE not in [f"customers/{name}" for name in files(book)]
    assert book.git("status", "--porcelain") == ""


def test_undo_of_a_rename_never_writes_over_a_customer_who_took_the_old_name(book: Book) -> None:
    renamed = action_of(book, "rename", "petersen", "Haus am Meer")
    book.write(FILE, "---\nname: Ganz andere\n---\n", "by hand")
    now = files(book)
    answer = book("undo", renamed)
    assert answer.code == 33
    assert FILE in answer.err
    assert files(book) == now


def test_undoing_twice_says_that_it_is_done_and_what_brings_it_back(book: Book) -> None:
    action = action_of(book, "log", "petersen", "Anruf: einmal")
    undone = action_of(book, "undo", action)
    answer = book("undo", action)
    assert answer.code == 33
    assert "already" in answer.err
    assert f"crm undo {undone}" in answer.err
    action_of(book, "undo", undone)
    assert book("undo", action).code == 0


def test_a_store_is_not_taken_back_by_the_way(book: Book) -> None:
    book("init", str(book.root))
    action_of(book, "set", "petersen", "segment", "B")
    assert book("undo").code == 0
    answer = book("undo")
    assert answer.code == 1
    assert (book.root / "crm.toml").exists()


def test_undoing_an_undo_says_restored(book: Book) -> None:
    book("set", "petersen", "segment", "C")
    first = book("undo", language="de")
    assert first.err.startswith("Zurückgenommen: Modehaus Petersen")
    assert "Wiederherstellen: crm zurücknehmen " in first.err
    again = book("undo", first.err.split()[-1], language="de")
    assert again.err.startswith("Wiederhergestellt: Modehaus Petersen")
    assert "Zurücknehmen: crm zurücknehmen " in again.err
    third = book("undo", again.err.split()[-1], language="de")
    assert third.err.startswith("Zurückgenommen: Modehaus Petersen")
    assert [told.partition(":")[0] for told in book.subjects()[:3]] == [
        "Zurückgenommen",
        "Wiederhergestellt",
        "Zurückgenommen",
    ]


@pytest.mark.parametrize(("old", "new"), [("\n", "\r\n"), ("\r\n", "\n")])
def test_a_save_that_changed_only_line_ends_is_taken_back_below_later_entries(
    book: Book, old: str, new: str
) -> None:
    before = book.read(FILE).replace("\n", old)
    book.write(FILE, before, "Written so" if old == "\r\n" else "")
    book.write(FILE, before.replace(old, new))
    action = action_of(book, "save")
    book("log", "petersen", "Anruf von Heike: danach")
    assert book("undo", action).code == 0
    now = book.read(FILE)
    assert "danach" in now
    assert now.count("\r\n") == (now.count("\n") if old == "\r\n" else 0)


def commit_by_hand(book: Book, old: str, new: str, message: str = "In the editor") -> str:
    """Edit Petersen in an editor and commit with Git itself; return the commit."""
    book.write(FILE, book.read(FILE).replace(old, new), message)
    return book.git("rev-parse", "HEAD").strip()


def test_undo_takes_back_my_newer_commit_of_git_and_not_the_older_action(book: Book) -> None:
    action_of(book, "log", "petersen", "Besuch: davor")
    commit = commit_by_hand(book, "segment: A", "segment: B")
    action_of(book, "log", "strandhotel", "Anruf: eins")
    action_of(book, "undo")
    answer = book("undo")
    assert answer.code == 0
    assert "In the editor" in answer.err
    assert f"made with Git itself: {commit[:8]}" in answer.err
    assert "segment: A" in book.read(FILE)
    assert "Besuch: davor" in book.read(FILE)
    assert book("undo", answer.err.split()[-1]).code == 0
    assert "segment: B" in book.read(FILE)


def test_undo_names_both_remedies_where_my_commit_of_git_touched_more_than_customers(
    book: Book,
) -> None:
    action = action_of(book, "log", "petersen", "Besuch: davor")
    book.write(FILE, book.read(FILE).replace("segment: A", "segment: B"))
    book.write("crm.toml", book.read("crm.toml") + "# neu\n")
    book.git("commit", "-qam", "Both at once")
    commit = book.git("rev-parse", "HEAD")[:8]
    answer = book("undo")
    assert answer.code == 34
    assert "Both at once" in answer.err
    assert "crm.toml" in answer.err
    assert f"git revert {commit}" in answer.err
    assert f"crm undo {action}" in answer.err
    book.git("revert", "--no-edit", commit)
    assert "Besuch: davor" in book("undo").err


def test_what_git_revert_took_back_is_not_taken_back_again(book: Book) -> None:
    action_of(book, "log", "petersen", "Besuch: davor")
    commit = commit_by_hand(book, "segment: A", "segment: B")
    book.git("revert", "--no-edit", commit)
    answer = book("undo")
    assert "Besuch: davor" in answer.err
    assert "segment: A" in book.read(FILE)


def test_undo_passes_over_merges_and_what_lies_outside_the_store(book: Book) -> None:
    action_of(book, "log", "petersen", "Besuch: davor")
    book.write("liesmich.txt", "nichts für crm", "A readme")
    book.git("checkout", "-qb", "other", "HEAD^")
    book.write("noch-etwas.txt", "x", "Another")
    book.git("checkout", "-q", "main")
    book.git("merge", "-q", "--no-edit", "other")
    assert "Besuch: davor" in book("undo").err


def test_a_book_begun_with_git_itself_is_not_taken_back_by_the_way(book: Book) -> None:
    before = files(book)
    assert book("undo").code == 1
    assert files(book) == before


def test_undo_typed_twice_says_that_it_is_the_action_before(book: Book) -> None:
    action_of(book, "set", "petersen", "segment", "C")
    action_of(book, "log", "strandhotel", "Anruf: eins")
    first = book("undo")
    assert "before" not in first.err
    again = book("undo")
    assert "Segment A → C" in again.err
    assert "the action before that; the last was “Zurückgenommen: Strandhotel" in again.err


def test_undo_after_a_restored_action_takes_that_one_back_without_asking(book: Book) -> None:
    action_of(book, "set", "petersen", "segment", "C")
    action_of(book, "undo", action_of(book, "undo"))
    answer = book("undo")
    assert "Segment A → C" in answer.err
    assert "before" not in answer.err


def test_undo_typed_twice_at_a_terminal_asks_before_it_goes_on(book: Book) -> None:
    action_of(book, "set", "petersen", "segment", "C")
    action_of(book, "log", "strandhotel", "Anruf: eins")
    run_on_terminal(book, ["undo"])
    screen = run_on_terminal(book, ["undo"], typed=["n"])
    assert "You did last: Zurückgenommen: Strandhotel" in screen
    assert "Take back the one before it, too, of Fri 20 Nov 2026: “Modehaus" in screen
    assert "segment: C" in book.read(FILE)
    run_on_terminal(book, ["undo"], typed=[""])
    assert "segment: A" in book.read(FILE)


def test_undo_of_what_i_just_did_asks_nothing_at_a_terminal(book: Book) -> None:
    action_of(book, "set", "petersen", "segment", "C")
    assert "?" not in run_on_terminal(book, ["undo"])
    assert "segment: A" in book.read(FILE)


NEXT_DAY = datetime(2026, 11, 21, 9, 0)


def test_undo_of_another_day_is_not_done_by_the_way(book: Book) -> None:
    action = action_of(book, "set", "petersen", "segment", "C")
    answer = book("undo", now=NEXT_DAY)
    assert answer.code == 35
    assert "Fri 20 Nov 2026" in answer.err
    assert f"crm undo {action}" in answer.err
    assert "segment: C" in book.read(FILE)
    screen = Screen(book, "undo", now="2026-11-21 09:00")
    screen.answer("[y/N]", "y\n")
    assert screen.end() == 0
    assert "segment: A" in book.read(FILE)


def test_an_import_of_many_is_asked_for_and_never_taken_back_behind_another(book: Book) -> None:
    cards = "".join(
        f"BEGIN:VCARD\nVERSION:4.0\nFN:Firma {n}\nORG:Firma {n}\nEND:VCARD\n" for n in range(12)
    )
    book.write("karten.vcf", cards)
    action = action_of(book, "import", str(book.root / "karten.vcf"), "--apply")
    screen = Screen(book, "undo")
    screen.answer("12 customers? [Y/n]", "n\n")
    screen.end()
    action_of(book, "log", "petersen", "Anruf: eins")
    action_of(book, "undo")
    answer = book("undo")
    assert answer.code == 35
    assert "12 customers" in answer.err
    assert book("undo", action).code == 0


def test_an_action_that_git_has_not_taken_is_the_last_one(book: Book) -> None:
    action_of(book, "set", "petersen", "segment", "C")
    hook = book.root / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert book("set", "petersen", "segment", "B").code == 54
    assert book("undo").code == 54
    assert "segment: B" in book.read(FILE)
    hook.unlink()
    assert "Segment C → B" in book("undo").err


def test_a_refused_undo_names_the_customer_in_its_remedy(book: Book) -> None:
    action = action_of(book, "set", "petersen", "segment", "B")
    action_of(book, "set", "petersen", "segment", "C")
    assert "crm edit modehaus-petersen" in book("undo", action).err


def test_undo_of_what_was_shared_says_so_at_a_terminal_and_asks(tmp_path: Path) -> None:
    anna = team(tmp_path).clone("anna")
    anna("log", "petersen", "call")
    assert anna("sync").code == 0
    screen = run_on_terminal(anna, ["undo"], typed=["n"])
    assert "The others may have it already." in screen
    assert "call" in anna.read(FILE).split("## Verlauf")[1]
    before = anna.read(FILE)
    screen = run_on_terminal(anna, ["undo"], typed=[""])
    assert "Taken back" in screen
    assert anna.read(FILE) != before


def test_undo_of_what_is_not_shared_yet_asks_nothing(tmp_path: Path) -> None:
    anna = team(tmp_path).clone("anna")
    assert anna("sync").code == 0
    anna("log", "petersen", "call")
    screen = run_on_terminal(anna, ["undo"])
    assert "Taken back" in screen
    assert "may have it" not in screen
