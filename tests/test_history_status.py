"""The status names every file that differs from the last commit, each in the right way."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from crm_md.history import History, Status
from tests.repositories import git, repository, saved, write


@pytest.fixture
def book(tmp_path: Path) -> History:
    made = repository(tmp_path / "book")
    saved(made, "customers/petersen.md")
    saved(made, "customers/quast.md")
    return made


def test_in_peace_nothing_differs(book: History) -> None:
    assert book.status() == Status()


def test_a_file_with_other_content_is_changed(book: History) -> None:
    path = write(book, "customers/petersen.md", "anders\n")
    assert book.status() == Status(changed=frozenset({path}))


def test_a_file_with_other_content_is_changed_when_staged_too(book: History) -> None:
    git(book.top, "add", write(book, "customers/petersen.md", "anders\n"))
    assert book.status().changed == {"customers/petersen.md"}


def test_a_touched_file_is_not_changed(book: History) -> None:
    write(book, "customers/petersen.md")
    assert not book.status().dirty


def test_every_new_file_is_named_not_its_folder(book: History) -> None:
    paths = {write(book, "customers/neu/a.md"), write(book, "customers/neu/b.md")}
    assert book.status() == Status(added=frozenset(paths))


@pytest.mark.parametrize("options", [[], ["--intent-to-add"]])
def test_a_new_file_stays_new_when_staged(book: History, options: list[str]) -> None:
    path = write(book, "customers/neu.md")
    git(book.top, "add", *options, path)
    assert book.status().added == {path}


def test_in_a_store_without_commits_every_file_is_new(tmp_path: Path) -> None:
    book = repository(tmp_path)
    paths = {write(book, "a.md"), write(book, "b.md")}
    git(tmp_path, "add", "a.md")
    assert book.status().added == paths


@pytest.mark.parametrize("staged", [False, True])
def test_a_file_that_is_gone_is_deleted(book: History, staged: bool) -> None:
    (book.top / "customers/petersen.md").unlink()
    if staged:
        git(book.top, "add", "--all")
    assert book.status() == Status(deleted=frozenset({"customers/petersen.md"}))


def test_what_was_staged_and_undone_in_the_editor_is_no_difference(book: History) -> None:
    before = (book.top / "customers/petersen.md").read_text()
    git(book.top, "add", write(book, "customers/petersen.md", "anders\n"))
    write(book, "customers/petersen.md", before)
    assert not book.status().dirty
    git(book.top, "add", write(book, "customers/neu.md"))
    (book.top / "customers/neu.md").unlink()
    assert not book.status().dirty
    git(book.top, "mv", "customers/quast.md", "customers/anders.md")
    (book.top / "customers/anders.md").rename(book.top / "customers/quast.md")
    assert not book.status().dirty


def test_what_was_staged_and_edited_on_is_a_difference(book: History) -> None:
    git(book.top, "add", write(book, "customers/petersen.md", "anders\n"))
    write(book, "customers/petersen.md", "noch anders\n")
    assert book.status().changed == {"customers/petersen.md"}


def test_a_file_only_taken_from_the_index_is_no_difference(book: History) -> None:
    git(book.top, "rm", "--quiet", "--cached", "customers/petersen.md")
    assert not book.status().dirty


def test_a_moved_file_is_deleted_here_and_added_there(book: History) -> None:
    git(book.top, "mv", "customers/petersen.md", "customers/ostersen.md")
    status = book.status()
    assert status.deleted == {"customers/petersen.md"}
    assert status.added == {"customers/ostersen.md"}


def test_a_file_that_became_a_link_is_changed(book: History) -> None:
    (book.top / "customers/petersen.md").unlink()
    (book.top / "customers/petersen.md").symlink_to("quast.md")
    assert book.status().changed == {"customers/petersen.md"}


def test_a_conflict_is_a_conflict(book: History) -> None:
    write(book, "customers/petersen.md", "meins\n")
    git(book.top, "stash", "--quiet")
    saved(book, "customers/petersen.md", "deins\n")
    with pytest.raises(Exception, match="exit status 1"):
        git(book.top, "stash", "pop")
    assert book.status() == Status(conflicted=frozenset({"customers/petersen.md"}))


def test_ignored_files_are_none(book: History) -> None:
    saved(book, ".gitignore", "*~\n")
    write(book, "customers/petersen.md~")
    assert book.status() == Status()


@pytest.mark.parametrize(
    "name",
    [
        "mit leerem zeichen.md",
        unicodedata.normalize("NFC", "müller.md"),
        unicodedata.normalize("NFD", "müller.md"),
        'anführung"szeichen.md',
        "zeile\numbruch.md",
        "m\udcfcller.md",
    ],
)
def test_any_name_is_told_as_it_is(book: History, name: str) -> None:
    path = write(book, f"customers/{name}")
    assert book.status().added == {path}
    saved(book, path)
    write(book, path, "anders\n")
    assert book.status().changed == {path}


def test_only_the_paths_asked_for_are_looked_at(book: History) -> None:
    path = write(book, "customers/petersen.md", "anders\n")
    write(book, "customers/quast.md", "anders\n")
    write(book, "notiz.txt")
    assert book.status([path]).dirty == {path}
    assert book.status(["customers"]).dirty == {path, "customers/quast.md"}


def test_a_path_asked_for_is_no_pattern(book: History) -> None:
    write(book, "customers/petersen.md", "anders\n")
    assert not book.status(["customers/*.md"]).dirty


def test_a_repository_inside_is_one_folder_and_no_customers(book: History) -> None:
    inner = repository(book.top / "customers/inner")
    saved(inner, "x.md")
    assert book.status().dirty == {"customers/inner/"}


def test_a_look_works_while_python_does_something_else(book: History) -> None:
    running = book.start_status()
    path = "customers/petersen.md"
    assert running.finish().dirty == set()
    write(book, path, "anders\n")
    assert book.start_status().finish().dirty == {path}


def test_thousands_of_new_files_do_not_block_the_look(book: History) -> None:
    for number in range(2000):
        write(book, f"customers/{'lang' * 20}-{number}.md")
    assert len(book.status().added) == 2000  # some 160 KiB, more than a pipe holds


def test_a_reader_takes_no_lock_and_leaves_the_index_alone(book: History) -> None:
    write(book, "customers/petersen.md")  # same bytes, other time: Git would note that
    before = (book.git_dir / "index").stat().st_mtime_ns
    (book.git_dir / "index.lock").touch()
    assert not book.status().dirty
    (book.git_dir / "index.lock").unlink()
    assert not book.status().dirty
    assert (book.git_dir / "index").stat().st_mtime_ns == before


def test_a_writer_lets_git_note_what_it_saw(book: History) -> None:
    write(book, "customers/petersen.md")
    before = (book.git_dir / "index").stat().st_ino
    book.status(remember=True)
    assert (book.git_dir / "index").stat().st_ino != before


def test_the_empty_mark_of_a_look_that_a_full_disk_left_is_swept_away(book: History) -> None:
    mark = book.git_dir / "crm" / "looking-99999999-1"
    mark.parent.mkdir(exist_ok=True)
    mark.touch()
    book.clear_up_looks()
    assert not mark.exists()
