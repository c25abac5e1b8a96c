"""Whoever changes a file, in whatever way: the next command sees what the files say."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_md import errors, noticing
from tests.books import PETERSEN, Book, make_book
from tests.healing import seen
from tests.repositories import git

FILE = "customers/modehaus-petersen.md"
OTHER = "customers/strandhotel-vierjahreszeiten.md"
PETERSEN_NAME, HOTEL_NAME = "Modehaus Petersen GmbH & Co. KG", "Strandhotel Vierjahreszeiten"


def customer(name: str, word: str = "Zitrone") -> str:
    return f"---\nname: {name}\n---\n\n## Verlauf\n\n### 2026-11-01 Anruf: {word} (anna)\n"


def renamed(text: str, name: str = "Modehaus Neu") -> str:
    return text.replace(PETERSEN_NAME, name)


@pytest.fixture(autouse=True, params=["young", "old"])
def known(book: Book, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the catalogue know the book as it stands.

    Young files are looked at once more anyway. In a second run all files count as old, so that
    nothing hides behind this.
    """
    if request.param == "old":
        monkeypatch.setattr(noticing, "YOUNG_NS", 0)
    assert seen(book) == [PETERSEN_NAME, HOTEL_NAME]


# An editor and the shell


def test_what_an_editor_saves(book: Book) -> None:
    book.write(FILE, renamed(PETERSEN))
    assert seen(book) == ["Modehaus Neu", HOTEL_NAME]


def test_what_an_editor_saves_beside_and_moves_into_place(book: Book) -> None:
    book.write("customers/.petersen.swp", renamed(PETERSEN)).replace(book.root / FILE)
    assert seen(book) == ["Modehaus Neu", HOTEL_NAME]


@pytest.mark.parametrize("place", ["customers/neu.md", "customers/ne/u/neu.md"])
def test_a_new_file_in_any_folder(book: Book, place: str) -> None:
    book.write(place, customer("Neu"))
    assert "Neu" in seen(book)
    (book.root / place).unlink()
    assert "Neu" not in seen(book)


def test_a_deleted_file_that_comes_back(book: Book) -> None:
    (book.root / FILE).unlink()
    assert seen(book) == [HOTEL_NAME]
    book.write(FILE, PETERSEN)
    assert seen(book) == [PETERSEN_NAME, HOTEL_NAME]


def test_a_file_that_is_moved_by_hand_or_by_git(book: Book) -> None:
    (book.root / FILE).rename(book.root / "customers/modehaus.md")
    seen(book)
    book.git("mv", OTHER, "customers/hotel.md")
    seen(book)
    with book.open() as crm:
        assert crm.catalogue.slugs() == ["hotel", "modehaus"]


def test_a_folder_that_is_moved(book: Book) -> None:
    book.write("customers/a/eins.md", customer("Eins"), "Eins")
    seen(book)
    (book.root / "customers/a").rename(book.root / "customers/b")
    seen(book)
    with book.open() as crm:
        assert crm.catalogue.paths("eins") == ["customers/b/eins.md"]


def test_a_copy_that_keeps_size_and_time(book: Book) -> None:
    other = book.write("../other.md", PETERSEN.replace("Modehaus", "Modepaus"))
    shutil.copystat(book.root / FILE, other)
    shutil.copy2(other, book.root / FILE)
    assert seen(book)[0].startswith("Modepaus")


def test_an_edit_of_the_same_size_right_after_we_read_it(book: Book) -> None:
    for number in range(10):
        book.write(FILE, renamed(PETERSEN, f"Modehaus {number}"))
        with book.open() as crm:
            assert crm.catalogue.name_of("modehaus-petersen") == f"Modehaus {number}"


def test_an_edit_of_the_same_size_right_after_our_own_commit(book: Book) -> None:
    for number in range(5):
        assert book("set", "petersen", "goal", f"Ziel {number}").code == 0
        book.write(FILE, book.read(FILE).replace(f"Ziel {number}", f"Idee{number}"))
        assert f"Idee{number}" in book("show", "petersen").out
        seen(book)


def test_a_file_only_touched_is_not_parsed_again(book: Book) -> None:
    with book.open() as crm:
        before = crm.catalogue.newest_version
    os.utime(book.root / FILE)
    book.git("rm", "--quiet", "--cached", FILE)
    with book.open() as crm:
        assert crm.catalogue.newest_version == before


def test_a_file_that_becomes_a_link_a_folder_or_nothing_to_read(book: Book) -> None:
    (book.root / FILE).unlink()
    (book.root / FILE).symlink_to(book.root / OTHER)
    assert seen(book) == [HOTEL_NAME]
    (book.root / FILE).unlink()
    (book.root / FILE).mkdir()
    assert seen(book) == [HOTEL_NAME]
    (book.root / FILE).rmdir()
    book.write(FILE, customer("x").encode("utf-16"))
    assert seen(book) == [HOTEL_NAME]
    with book.open() as crm:
        assert [path for path, _problem in crm.catalogue.unreadable()] == [FILE]


def test_other_settings_change_what_files_say(book: Book) -> None:
    book.write(OTHER, customer("Hotel", "x").replace("Anruf", "Plausch mit Uwe"))
    seen(book)
    book.write("crm.toml", book.read("crm.toml") + '[kinds.call]\nwords = ["Plausch"]\n')
    seen(book)
    with book.open() as crm:
        summary = crm.catalogue.summary("strandhotel-vierjahreszeiten")
        assert summary is not None
        assert summary.entries[0].kind == "call"


# Git


def test_what_others_commit_and_we_pull(book: Book, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(book.root), "theirs")
    theirs = Book(tmp_path / "theirs")
    git(theirs.root, "config", "user.email", "ben@example.com")
    git(theirs.root, "config", "user.name", "Ben")
    theirs.write(FILE, renamed(PETERSEN), "Theirs")
    theirs.write("customers/neu.md", customer("Neu"), "Neu")
    theirs.git("rm", "--quiet", OTHER)
    theirs.git("commit", "--quiet", "-m", "Weg")
    book.git("pull", "--quiet", str(theirs.root), "main")
    assert seen(book) == ["Modehaus Neu", "Neu"]


def test_another_branch_and_back(book: Book) -> None:
    book.git("checkout", "--quiet", "-b", "other")
    book.write(FILE, renamed(PETERSEN), "Other")
    for branch, name in (("main", PETERSEN_NAME), ("other", "Modehaus Neu"), ("main", None)):
        book.git("checkout", "--quiet", branch)
        assert seen(book)[0] == (name or PETERSEN_NAME)


def test_a_branch_without_a_past(book: Book) -> None:
    book.git("checkout", "--quiet", "--orphan", "empty")
    seen(book)
    book.git("rm", "--quiet", "-rf", ".")
    (book.root / "customers").mkdir(exist_ok=True)
    assert seen(book) == []
    book.git("checkout", "--quiet", "main")
    assert seen(book) == [PETERSEN_NAME, HOTEL_NAME]


def test_a_stash_and_its_return(book: Book) -> None:
    book.write(FILE, renamed(PETERSEN))
    book.write("customers/neu.md", customer("Neu"))
    assert seen(book) == ["Modehaus Neu", "Neu", HOTEL_NAME]
    book.git("stash", "--quiet", "--include-untracked")
    assert seen(book) == [PETERSEN_NAME, HOTEL_NAME]
    book.git("stash", "pop", "--quiet")
    assert seen(book) == ["Modehaus Neu", "Neu", HOTEL_NAME]


@pytest.mark.parametrize(
    "command",
    [
        ["checkout", "--quiet", "--", FILE],
        ["restore", FILE],
        ["reset", "--quiet", "--hard"],
        ["reset", "--quiet", "--hard", "HEAD~0"],
    ],
)
def test_an_edit_that_is_taken_back_by_git(book: Book, command: list[str]) -> None:
    book.write(FILE, renamed(PETERSEN))
    assert seen(book)[0] == "Modehaus Neu"
    book.git(*command)
    assert seen(book)[0] == PETERSEN_NAME


def test_commits_that_are_taken_back_amended_or_rebased(book: Book) -> None:
    book.write(FILE, renamed(PETERSEN), "One")
    assert seen(book)[0] == "Modehaus Neu"
    book.write(FILE, renamed(PETERSEN, "Modehaus Ganz Neu"))
    book.git("commit", "--quiet", "--amend", "--all", "-m", "Two")
    assert seen(book)[0] == "Modehaus Ganz Neu"
    book.git("reset", "--quiet", "--soft", "HEAD^")
    seen(book)
    book.git("reset", "--quiet", "--hard")
    assert seen(book)[0] == PETERSEN_NAME


def test_a_commit_seen_last_that_git_has_thrown_away(book: Book) -> None:
    book.write(FILE, renamed(PETERSEN), "Gone soon")
    assert seen(book)[0] == "Modehaus Neu"
    book.git("reset", "--quiet", "--hard", "HEAD^")
    book.git("reflog", "expire", "--expire=now", "--all")
    book.git("gc", "--quiet", "--prune=now")
    assert seen(book)[0] == PETERSEN_NAME


def test_a_merge_in_the_middle_of_a_conflict(book: Book) -> None:
    book.git("checkout", "--quiet", "-b", "other")
    book.write(FILE, renamed(PETERSEN, "Theirs"), "Theirs")
    book.git("checkout", "--quiet", "main")
    book.write(FILE, renamed(PETERSEN, "Ours"), "Ours")
    seen(book)
    with pytest.raises(Exception, match="merge"):
        book.git("merge", "--quiet", "other")
    seen(book)
    book.git("merge", "--abort")
    assert seen(book)[0] == "Ours"


def test_a_store_without_any_commit(tmp_path: Path) -> None:
    book = Book(tmp_path / "young")
    book.write("customers/neu.md", customer("Neu"))
    book.git("init", "--quiet")
    assert seen(book) == ["Neu"]
    book.write("customers/neu.md", customer("Alt"))
    assert seen(book) == ["Alt"]
    (book.root / "customers/neu.md").unlink()
    assert seen(book) == []


def test_a_store_without_git(tmp_path: Path) -> None:
    book = Book(tmp_path / "plain")
    book.write("crm.toml", "")
    book.write("customers/neu.md", customer("Neu"))
    assert seen(book) == ["Neu"]
    book.write("customers/neu.md", customer("Alt"))
    assert seen(book) == ["Alt"]
    assert not (book.root / ".crm").exists()


def test_a_store_in_a_folder_of_a_larger_work_tree(tmp_path: Path) -> None:
    outer = Book(tmp_path / "outer")
    make_book(tmp_path / "outer")
    outer.git("rm", "--quiet", "-r", "--cached", ".")
    inner = Book(outer.root / "our firm/büro")
    inner.write("crm.toml", "format = 1\n")
    inner.write("customers/eins.md", customer("Eins"), "Inner")
    assert seen(inner) == ["Eins"]
    inner.write("customers/eins.md", customer("Zwei"))
    inner.write("customers/drei.md", customer("Drei"))
    assert seen(inner) == ["Drei", "Zwei"]
    inner.git("add", "--all", ".")
    inner.git("commit", "--quiet", "-m", "Both")
    inner.git("reset", "--quiet", "--hard", "HEAD^")
    assert seen(inner) == ["Eins"]


def test_a_linked_work_tree_has_a_catalogue_of_its_own(book: Book, tmp_path: Path) -> None:
    book.git("worktree", "add", "--quiet", str(tmp_path / "linked"), "-b", "other")
    linked = Book(tmp_path / "linked")
    assert seen(linked) == [PETERSEN_NAME, HOTEL_NAME]
    linked.write(FILE, renamed(PETERSEN), "Linked")
    assert seen(linked)[0] == "Modehaus Neu"
    assert seen(book)[0] == PETERSEN_NAME
    assert linked("log", "modehaus", "Anruf: aus dem Zweig").code == 0
    assert book("search", "Zweig").code == 1


def test_a_sparse_checkout(book: Book) -> None:
    book.write("customers/a/eins.md", customer("Eins"), "Eins")
    book.write("customers/b/zwei.md", customer("Zwei"), "Zwei")
    assert len(seen(book)) == 4
    for _once_more in range(2):
        seen(book)
        book.git("sparse-checkout", "set", "customers/a")
        assert "Zwei" not in seen(book)
        book.git("sparse-checkout", "add", "customers/b")
        assert "Zwei" in seen(book)
        book.git("sparse-checkout", "disable")
        assert len(seen(book)) == 4


# What Git does not tell


def test_a_rule_of_this_clone_alone(book: Book) -> None:
    book.write("customers/privat/eins.md", customer("Eins"))
    seen(book)
    book.write(".git/info/exclude", "privat/\n")
    assert "Eins" in seen(book)
    book.write("customers/privat/eins.md", customer("Anders"))
    assert "Anders" in seen(book)


def test_an_ignored_file_that_is_edited_or_deleted(book: Book) -> None:
    book.write("customers/privat/eins.md", customer("Eins"))
    seen(book)
    book.write(".gitignore", ".crm/\nprivat/\n", "A rule")
    assert "Eins" in seen(book)
    book.write("customers/privat/eins.md", customer("Anders"))
    assert "Anders" in seen(book)
    (book.root / "customers/privat/eins.md").unlink()
    assert "Anders" not in seen(book)


def test_an_ignored_file_that_goes_while_the_rules_change(book: Book) -> None:
    book.write("customers/privat/eins.md", customer("Eins"))
    book.write(".gitignore", ".crm/\nprivat/\n", "A rule")
    seen(book)
    book.write(".gitignore", ".crm/\nprivat/\n*~\n")
    (book.root / "customers/privat/eins.md").unlink()
    assert "Eins" not in seen(book)


def test_a_new_ignored_file_is_seen_by_a_full_look(book: Book) -> None:
    book.write(".gitignore", ".crm/\nprivat/\n", "A rule")
    seen(book)
    book.write("customers/privat/eins.md", customer("Eins"))
    assert book("reindex").code == 0
    assert "Eins" in seen(book)
    book.write("customers/privat/eins.md", customer("Anders"))
    assert "Anders" in seen(book)


def test_a_repository_inside_the_customers(book: Book) -> None:
    book.write("customers/x/eins.md", customer("Eins"))
    git(book.root / "customers/x", "init", "--quiet")
    book("reindex")
    assert "Eins" in seen(book)
    book.write("customers/x/eins.md", customer("Anders"))
    assert "Anders" in seen(book)


def damaged_index(book: Book) -> Path:
    return book.write(".git/index", "garbage")


def lost_objects(book: Book) -> Path:
    return (book.root / ".git/objects").rename(book.root / ".git/lost")


@pytest.mark.parametrize("damage", [damaged_index, lost_objects], ids=lambda one: one.__name__)
def test_while_git_does_not_answer_every_file_is_looked_at(
    book: Book, damage: Callable[[Book], Path]
) -> None:
    index = (book.root / ".git/index").read_bytes()
    book.write(FILE, renamed(PETERSEN))
    damage(book)
    (book.root / ".git/objects").mkdir(exist_ok=True)
    assert seen(book)[0] == "Modehaus Neu"
    (book.root / ".git/index").write_bytes(index)
    if (book.root / ".git/lost").exists():
        (book.root / ".git/objects").rmdir()
        (book.root / ".git/lost").rename(book.root / ".git/objects")
    book.git("checkout", "--quiet", "--", FILE)
    assert seen(book)[0] == PETERSEN_NAME


# What changes while we look


def test_an_edit_during_a_look_that_is_taken_back_before_the_next(book: Book) -> None:
    with book.open() as crm:
        running = crm.git.start_status()
        time.sleep(0.2)  # Git has seen a clean work tree by now
        book.write(FILE, renamed(PETERSEN))
        book.git("update-ref", "HEAD", book.git("commit-tree", "HEAD^{tree}", "-m", "x").strip())
        noticing.healed_catalogue(crm._sight, running).catalogue.close()
    book.git("checkout", "--quiet", "--", FILE)
    assert seen(book)[0] == PETERSEN_NAME


def test_what_a_refused_commit_left_and_git_took_back(book: Book) -> None:
    hook = book.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with book.open() as crm, pytest.raises(errors.NotSaved), crm.change("note") as change:
        change.put_bytes(FILE, renamed(PETERSEN).encode())
        change.message = "Refused"
    book.git("checkout", "--quiet", "--", FILE)
    assert seen(book)[0] == PETERSEN_NAME


def test_a_slow_look_does_not_take_back_what_a_quick_one_saw(book: Book) -> None:
    first = book.git("rev-parse", "HEAD").strip()
    book.write(FILE, renamed(PETERSEN), "Second")
    book.git("checkout", "--quiet", first)
    seen(book)
    with book.open() as slow:
        before = slow.catalogue.look(slow.git.start_status().began_ns)
        book.git("checkout", "--quiet", "main")
        assert seen(book)[0] == "Modehaus Neu"
        slow.catalogue.remember(before, before._replace(head=first, dirty=frozenset()))
    book.git("checkout", "--quiet", first)
    assert seen(book)[0] == PETERSEN_NAME
