"""A commit holds exactly the files of one action, and leaves everything else alone."""

from __future__ import annotations

import threading
import unicodedata
from datetime import datetime
from pathlib import Path

import pytest

from crm_md.errors import (
    GitBusy,
)
from crm_md.history import History
from tests.repositories import ANNA, BEN, committed, git, hook, repository, saved, write


@pytest.fixture
def book(tmp_path: Path) -> History:
    made = repository(tmp_path / "book")
    saved(made, "customers/petersen.md", "Modehaus Petersen\n", "First")
    return made


def test_a_commit_returns_the_new_head(book: History) -> None:
    commit = book.commit([write(book, "customers/petersen.md", "anders\n")], "Call logged")
    assert commit == book.head() == git(book.top, "rev-parse", "HEAD").strip()


def test_the_first_commit_of_all_works(tmp_path: Path) -> None:
    book = repository(tmp_path)
    assert book.commit([write(book, "a.md")], "First") == book.head()


def test_new_changed_and_deleted_files_go_into_one_commit(book: History) -> None:
    saved(book, "customers/alt.md")
    (book.top / "customers/alt.md").unlink()
    paths = [write(book, "customers/neu.md"), write(book, "customers/petersen.md", "x\n")]
    book.commit([*paths, "customers/alt.md"], "All at once")
    assert committed(book) == {*paths, "customers/alt.md"}
    assert not book.status().dirty


def test_what_else_was_staged_stays_staged_and_uncommitted(book: History) -> None:
    git(book.top, "add", write(book, "angebot.txt"))
    write(book, "customers/petersen.md", "x\n")
    book.commit(["customers/petersen.md"], "Call logged")
    assert committed(book) == {"customers/petersen.md"}
    assert git(book.top, "diff", "--cached", "--name-only") == "angebot.txt\n"


def test_what_else_was_staged_stays_staged_beside_a_new_file(book: History) -> None:
    git(book.top, "add", write(book, "angebot.txt"))
    book.commit([write(book, "customers/neu.md")], "New")
    assert committed(book) == {"customers/neu.md"}
    assert git(book.top, "diff", "--cached", "--name-only") == "angebot.txt\n"


def test_a_file_that_stands_as_before_makes_no_commit(book: History) -> None:
    before = book.head()
    assert book.commit(["customers/petersen.md"], "Nothing") is None
    assert book.head() == before


def test_nothing_to_commit_is_no_refusal_of_a_hook_that_would_refuse(book: History) -> None:
    hook(book, "pre-commit", "exit 1")
    assert book.commit(["customers/petersen.md"], "Nothing") is None


def test_no_paths_make_no_commit(book: History) -> None:
    write(book, "customers/petersen.md", "x\n")
    assert book.commit([], "Nothing") is None


def test_a_file_that_never_was_makes_no_commit(book: History) -> None:
    assert book.commit(["customers/nie.md"], "Nothing") is None


def test_a_file_that_never_was_hinders_no_other(book: History) -> None:
    write(book, "customers/petersen.md", "x\n")
    book.commit(["customers/nie.md", "customers/petersen.md"], "Call logged")
    assert committed(book) == {"customers/petersen.md"}


@pytest.mark.parametrize(
    "name",
    [
        "mit leerem zeichen.md",
        unicodedata.normalize("NFC", "müller.md"),
        unicodedata.normalize("NFD", "müller.md"),
        'anführung"szeichen.md',
        "zeile\numbruch.md",
        "-strich.md",
        ":(glob)x.md",
        "*.md",
        "[a].md",
        "a\\b.md",
    ],
)
def test_any_name_is_taken_literally(book: History, name: str) -> None:
    path = write(book, f"customers/{name}")
    write(book, "customers/x.md")
    book.commit([path], "New")
    assert committed(book) == {path}
    book.commit([write(book, path, "changed\n")], "Changed")
    assert committed(book) == {path}
    (book.top / path).unlink()
    book.commit([path], "Gone")
    assert committed(book) == {path}


def test_a_name_that_is_no_utf8_is_committed(book: History) -> None:
    path = write(book, "customers/m\udcfcller.md")
    book.commit([path], "New")
    assert committed(book) == {path}


@pytest.mark.parametrize("options", [[], ["--intent-to-add"]])
def test_a_new_file_that_was_announced_is_committed(book: History, options: list[str]) -> None:
    path = write(book, "customers/neu.md", "alt\n")
    git(book.top, "add", *options, path)
    commit = book.commit([write(book, path, "neu\n")], "New")
    assert commit
    assert book.read_at(commit, path) == b"neu\n"
    assert not book.status().dirty


def test_three_hundred_files_go_into_one_commit(book: History) -> None:
    paths = [write(book, f"customers/{'lang' * 30}-{number}.md") for number in range(300)]
    book.commit(paths, "Imported")
    assert committed(book) == set(paths)


def test_the_message_keeps_umlauts_hashes_and_blank_lines(book: History) -> None:
    message = "Müller & Söhne: Anruf\n\n# kein Kommentar\n\n\nEnde"
    book.commit([write(book, "a.md")], message)
    assert git(book.top, "log", "-1", "--format=%B") == f"{message}\n\n"


def test_the_message_is_utf8_whatever_git_is_set_to(book: History) -> None:
    git(book.top, "config", "i18n.commitEncoding", "iso-8859-1")
    book.commit([write(book, "a.md")], "Müller")
    assert "Müller".encode() in git(book.top, "cat-file", "commit", "HEAD").encode()


def test_trailers_are_what_git_takes_for_trailers(book: History) -> None:
    book.commit([write(book, "a.md")], "Call", trailers={"Crm-Action": "log k3", "Crm-By": "anna"})
    printed = git(book.top, "log", "-1", "--format=%(trailers:only)")
    assert printed == "Crm-Action: log k3\nCrm-By: anna\n\n"


def test_the_author_is_who_git_knows(book: History) -> None:
    saved(book, "a.md")
    assert git(book.top, "log", "-1", "--format=%an %ae") == f"{ANNA.name} {ANNA.email}\n"


def test_another_author_leaves_the_committer(book: History) -> None:
    book.commit([write(book, "a.md")], "Call", author=BEN)
    assert git(book.top, "log", "-1", "--format=%an %cn") == f"{BEN.name} {ANNA.name}\n"


def test_the_date_is_author_s_and_committer_s(book: History) -> None:
    when = datetime.fromisoformat("2019-03-04T05:06:07+02:00")
    book.commit([write(book, "a.md")], "Call", date=when)
    assert git(book.top, "log", "-1", "--format=%aI %cI").split() == [when.isoformat()] * 2


def test_a_date_without_zone_is_local(book: History) -> None:
    book.commit([write(book, "a.md")], "Call", date=datetime(2026, 7, 1, 9, 0))
    assert git(book.top, "log", "-1", "--format=%aI") == "2026-07-01T09:00:00+02:00\n"


def test_hooks_run_and_may_change_the_message(book: History) -> None:
    hook(book, "commit-msg", 'echo "Change-Id: 1" >> "$1"')
    saved(book, "a.md")
    assert "Change-Id: 1" in git(book.top, "log", "-1", "--format=%B")


def test_a_detached_head_takes_commits(book: History) -> None:
    git(book.top, "checkout", "--quiet", "--detach")
    assert saved(book, "a.md") == book.head()
    assert book.branch() is None


def test_a_linked_work_tree_commits_to_its_own_branch(book: History, tmp_path: Path) -> None:
    git(book.top, "worktree", "add", "--quiet", "-b", "ben", str(tmp_path / "bens"))
    bens = History(tmp_path / "bens", book.git_dir / "worktrees" / "bens", book.git_dir)
    commit = saved(bens, "customers/ben.md")
    assert commit == bens.head() == git(book.top, "rev-parse", "ben").strip() != book.head()


def test_a_sha256_repository_takes_commits(tmp_path: Path) -> None:
    book = repository(tmp_path, "--object-format=sha256")
    assert len(saved(book, "a.md")) == 64


def test_inherited_git_variables_lead_nowhere_else(
    book: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = repository(tmp_path / "other")
    before = saved(other, "a.md")
    monkeypatch.setenv("GIT_DIR", str(other.git_dir))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.top))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.git_dir / "index"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / "nowhere"))
    commit = saved(book, "b.md")
    assert [revision.id for revision in book.log(limit=1)] == [commit]
    assert other.head() == before


def test_a_short_lock_of_an_editor_is_waited_for(book: History) -> None:
    lock = book.git_dir / "index.lock"
    lock.touch()
    threading.Timer(0.2, lock.unlink).start()
    assert saved(book, "customers/petersen.md", "x\n") == book.head()


def test_a_lasting_lock_is_named(book: History) -> None:
    lock = book.git_dir / "index.lock"
    lock.touch()
    write(book, "customers/petersen.md", "x\n")
    with pytest.raises(GitBusy) as refusal:
        book.commit(["customers/petersen.md"], "Call")
    assert refusal.value.lock == lock


@pytest.mark.parametrize("name", ["HEAD.lock", "refs/heads/main.lock"])
def test_a_lasting_lock_of_the_branch_is_named(book: History, name: str) -> None:
    (book.git_dir / name).touch()
    write(book, "customers/petersen.md", "x\n")
    with pytest.raises(GitBusy, match=name):
        book.commit(["customers/petersen.md"], "Call")
