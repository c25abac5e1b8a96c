"""``crm edit``, ``crm save``, ``crm changes``: work by hand is told and kept like any other."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.books import Book
from tests.terminals import run_on_terminal

FILE = "customers/modehaus-petersen.md"
ENTRY = "### 2026-11-19 Anruf mit Heike Petersen: Maße (anna)\n\n### 2026-11-12"


def edited(book: Book) -> None:
    text = book.read(FILE).replace("segment: A", "segment: B")
    book.write(FILE, text.replace("### 2026-11-12", ENTRY, 1))


def test_save_tells_each_customer_in_a_sentence(book: Book) -> None:
    edited(book)
    book.write("customers/neu.md", "---\nname: Neu & Söhne\n---\n")
    answer = book("save", language="de")
    assert answer.code == 0
    assert "Modehaus Petersen GmbH & Co. KG: Segment A → B" in answer.err
    assert "1 Eintrag dazu" in answer.err
    assert "Neu & Söhne: neuer Kunde" in answer.err
    assert book.git("status", "--porcelain") == ""
    assert "Modehaus Petersen" in book.subjects()[0]


def test_save_takes_a_message(book: Book) -> None:
    edited(book)
    book("save", "Adressen", "von", "der", "Messe")
    assert book.subjects()[0] == "Adressen von der Messe"
    assert "Segment A → B" in book.git("log", "-1", "--format=%b")


def test_saving_nothing_says_so(book: Book) -> None:
    answer = book("save")
    assert (answer.code, answer.err) == (0, "Nothing was changed.\n")
    assert len(book.subjects()) == 1


def test_save_tells_what_had_waited_for_git(book: Book) -> None:
    lock = book.root / ".git/index.lock"
    lock.touch()
    assert book("log", "petersen", "Anruf: wartet").code == 53
    lock.unlink()
    answer = book("save")
    assert answer.code == 0
    assert "Saved now: Modehaus Petersen GmbH & Co. KG: Anruf: wartet" in answer.err
    assert "Nothing" not in answer.err
    assert book.git("status", "--porcelain") == ""


def test_save_says_what_does_not_parse_and_saves_it_all_the_same(book: Book) -> None:
    book.write(FILE, book.read(FILE).replace("segment: A", "segment: 'A"))
    answer = book("save")
    assert f"{FILE}:5" in answer.err
    assert book.git("status", "--porcelain") == ""


def test_a_removed_file_is_told(book: Book) -> None:
    (book.root / FILE).unlink()
    answer = book("save")
    assert answer.code == 0
    assert "Modehaus Petersen" in answer.err
    assert book.git("status", "--porcelain") == ""


def test_a_file_that_was_put_into_another_folder_is_told_as_what_it_is(book: Book) -> None:
    (book.root / "customers/nord").mkdir()
    (book.root / FILE).rename(book.root / "customers/nord/modehaus-petersen.md")
    answer = book("save", language="de")
    assert "Modehaus Petersen GmbH & Co. KG: nach nord/ gelegt\n" in answer.err
    assert "entfernt" not in answer.err
    assert book.subjects()[0] == "Modehaus Petersen GmbH & Co. KG: nach nord/ gelegt"
    other = book.root / "customers/modehaus-petersen.md"
    (book.root / "customers/nord/modehaus-petersen.md").rename(other)
    other.write_text(other.read_text("utf-8").replace("segment: A", "segment: B"), "utf-8")
    book("save", language="de")
    told = "aus nord/ herausgenommen; Segment A → B"
    assert book.subjects()[0] == f"Modehaus Petersen GmbH & Co. KG: {told}"


def test_many_that_were_put_into_another_folder_are_one_line(book: Book) -> None:
    (book.root / "customers/nord").mkdir()
    for number in range(7):
        book.write(f"customers/k{number}.md", f"---\nname: Kunde {number}\n---\n")
    book("save")
    for number in range(7):
        name = f"k{number}.md"
        (book.root / "customers" / name).rename(book.root / "customers/nord" / name)
    answer = book("save", language="de")
    assert "7 Kunden: nach nord/ gelegt (Kunde 0, Kunde 1, Kunde 2 …)\n" in answer.err


def test_plain_git_commit_is_just_as_good(book: Book) -> None:
    edited(book)
    book.git("commit", "--quiet", "-am", "by hand")
    told = book("--json", "changes", "petersen").json
    assert told[0]["message"] == "by hand"
    assert "Segment A → B" in told[0]["changes"]
    assert book("--json", "show", "petersen").json["segment"] == "B"


def test_edit_opens_the_editor_and_tells_what_changed(book: Book, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/segment: A/segment: B/' \"$1\"\n")
    editor.chmod(0o755)
    shown = run_on_terminal(book, ["edit", "petersen"], env={"EDITOR": str(editor)})
    assert "Segment A → B" in shown
    assert book.git("status", "--porcelain") == ""


def test_a_window_that_crm_did_not_wait_for_is_said(book: Book, tmp_path: Path) -> None:
    editor = tmp_path / "code"
    editor.write_text("#!/bin/sh\nexit 0\n")
    editor.chmod(0o755)
    shown = run_on_terminal(book, ["edit", "petersen"], env={"EDITOR": str(editor)})
    assert 'To wait for it: EDITOR="code --wait"' in shown
    shown = run_on_terminal(book, ["edit", "petersen"], env={"EDITOR": f"{editor} --wait"})
    assert "--wait" not in shown


def test_what_was_saved_by_a_sync_while_the_editor_was_open_is_said_to_be_saved(
    book: Book, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    save = f"{sys.executable} -m crm_md --store {book.root} save"
    editor.write_text(f"#!/bin/sh\nsed -i 's/segment: A/segment: B/' \"$1\"\n{save} </dev/null\n")
    editor.chmod(0o755)
    shown = run_on_terminal(book, ["edit", "petersen"], env={"EDITOR": str(editor)})
    assert "It is saved already" in shown
    assert "Nothing was changed" not in shown


def test_changes_are_told_newest_first_with_who_and_the_name_of_the_action(book: Book) -> None:
    book("set", "petersen", "segment", "B")
    book("log", "petersen", "Anruf mit Heike: Muster")
    told = book("--json", "changes", "petersen").json
    assert [one["by"] for one in told] == ["anna"] * 3
    assert told[1]["changes"] == ["Segment A → B"]
    assert "Muster" in told[0]["changes"][0]
    assert book("undo", told[1]["action"]).code == 0
    shown = book("changes", "petersen", "--diff", "--limit", "1").out
    assert "+segment: A" in shown


def test_an_editor_that_is_not_there_is_said(book: Book) -> None:
    shown = run_on_terminal(book, ["edit", "petersen"], env={"EDITOR": "/nowhere/vi"})
    assert "EDITOR" in shown
    assert book.git("status", "--porcelain") == ""


def test_off_a_terminal_no_editor_opens_that_nobody_sees(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    answer = book("edit", "petersen")
    assert answer.code == 2
    assert "terminal" in answer.err
    assert "EDITOR" in answer.err


def test_a_file_that_is_no_text_hinders_saving_nothing_else(book: Book) -> None:
    edited(book)
    book.write("customers/bytes.md", b"\xff\xfe\x00")
    book.write("customers/nul.md", b"---\nname: N\0ul\n---\n")
    book.write("customers/riesig.md", b"x" * (17 * 1024 * 1024))
    answer = book("save", language="de")
    assert "Modehaus Petersen GmbH & Co. KG: Segment A → B" in answer.err
    assert "customers/bytes.md: die Datei lässt sich nicht mehr lesen" in answer.err
    assert "größer als 16 MiB" in answer.err
    assert book.git("status", "--porcelain") == "?? customers/riesig.md\n"
    book.write("customers/bytes.md", "---\nname: Bytes\n---\n")
    (book.root / "customers/nul.md").unlink()
    assert "Bytes: die Datei lässt sich wieder lesen" in book("save", language="de").err
