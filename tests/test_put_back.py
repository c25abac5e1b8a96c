"""What waits for Git stays, also where Git puts the files back that it stands in."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.books import Book
from tests.clones import HOTEL, PETERSEN, is_clean, team


@pytest.fixture
def anna(tmp_path: Path) -> Book:
    """A clone with two commits of its own."""
    anna = team(tmp_path).clone("anna")
    assert anna("set", "petersen", "segment", "B").code == 0
    assert anna("set", "petersen", "segment", "C").code == 0
    return anna


def stop_half_way(book: Book) -> None:
    """Begin a rebase that stands half-way."""
    asked = ("git", "rebase", "--quiet", "--exec", "false", "HEAD~1")
    assert subprocess.run(asked, cwd=book.root, check=False, capture_output=True).returncode


def test_an_entry_logged_in_a_rebase_is_there_after_the_rebase_was_dropped(anna: Book) -> None:
    stop_half_way(anna)
    answer = anna("log", "petersen", "call: in between")
    assert answer.code != 0
    assert "git rebase --abort – then: crm save" in answer.err
    anna.git("rebase", "--abort")
    assert "in between" not in anna.read(PETERSEN)
    assert "Saved now" in anna("save").err
    assert anna.read(PETERSEN).count("in between") == 1
    assert is_clean(anna)


def test_two_entries_and_a_new_customer_are_there_too(anna: Book) -> None:
    stop_half_way(anna)
    for words in ("call: one", "call: two"):
        anna("log", "petersen", words)
    anna("new", "Quast")
    anna("set", "strandhotel", "segment", "A")
    anna.git("rebase", "--abort")
    anna.git("clean", "-fdq", "customers")
    anna("sync")
    text = anna.read(PETERSEN)
    assert (text.count("call: one"), text.count("call: two")) == (1, 1)
    assert "name: Quast" in anna.read("customers/quast.md")
    assert "segment: A" in anna.read(HOTEL)
    assert is_clean(anna)


def test_it_is_written_into_what_git_brought_meanwhile(anna: Book) -> None:
    stop_half_way(anna)
    anna("log", "petersen", "call: in between")
    anna.git("rebase", "--abort")
    anna.git("reset", "--quiet", "--hard", "HEAD~2")
    assert anna("save").code == 0
    text = anna.read(PETERSEN)
    assert text.count("in between") == 1
    assert "segment: A" in text
    assert is_clean(anna)


def test_who_edits_what_waits_means_it_so(anna: Book) -> None:
    stop_half_way(anna)
    anna("log", "petersen", "call: in betwen")
    anna.write(PETERSEN, anna.read(PETERSEN).replace("in betwen", "in between"))
    anna.git("-c", "core.editor=true", "rebase", "--quit")
    anna.git("checkout", "--quiet", "main")
    assert anna("save").code == 0
    assert "in betwen" not in anna.read(PETERSEN)
    assert anna.read(PETERSEN).count("in between") == 1


def test_what_somebody_committed_with_git_meanwhile_is_not_there_twice(anna: Book) -> None:
    stop_half_way(anna)
    anna("log", "petersen", "call: in between")
    anna.git("commit", "--quiet", "--all", "--message", "by hand")
    anna.git("rebase", "--continue")
    assert anna("save").code == 0
    assert anna.read(PETERSEN).count("in between") == 1
    assert is_clean(anna)


STAGED = ["staged", "new and gone", "moved and back"]


@pytest.mark.parametrize("how", STAGED)
def test_what_was_staged_and_undone_in_an_editor_stands_in_nobody_s_way(
    anna: Book, how: str
) -> None:
    before = anna.read(PETERSEN)
    if how == "staged":
        anna.write(PETERSEN, before + "- [ ] x\n")
        anna.git("add", "--all")
        anna.write(PETERSEN, before)
    elif how == "new and gone":
        anna.write("customers/leer.md", "---\nname: L\n---\n")
        anna.git("add", "--all")
        (anna.root / "customers/leer.md").unlink()
    else:
        anna.git("mv", PETERSEN, "customers/m2.md")
        (anna.root / "customers/m2.md").rename(anna.root / PETERSEN)
    assert anna("sync").code == 0
    assert "Nothing was changed." in anna("save").err
    assert anna("log", "petersen", "call: goes").code == 0
    assert anna("log", "strandhotel", "call: goes").code == 0
    assert anna("sync").code == 0
