"""A history begins with one call, and a file that names no merge driver we have does no harm."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md import history
from crm_md.history import History
from crm_md.history.beginning import with_attributes
from tests.repositories import git, repository, saved, write

LINE = b"customers/**/*.md -text merge=crm-md diff=crm-md\n"


def setting(book: History, name: str) -> str:
    return git(book.top, "config", "--get", name).strip()


def test_a_folder_gets_a_repository(tmp_path: Path) -> None:
    book = history.initialise(tmp_path)
    assert book == history.find(tmp_path)
    assert (book.top, book.branch(), book.head()) == (tmp_path, "main", None)


def test_the_first_branch_may_have_another_name(tmp_path: Path) -> None:
    assert history.initialise(tmp_path, "trunk").branch() == "trunk"


def test_a_new_repository_is_tuned(tmp_path: Path) -> None:
    book = history.initialise(tmp_path)
    assert setting(book, "core.untrackedCache") == "true"
    assert setting(book, "status.showUntrackedFiles") == "all"
    assert setting(book, "core.fsync") == "loose-object,reference"


def test_a_folder_in_a_repository_gets_no_other(tmp_path: Path) -> None:
    book = repository(tmp_path)
    (tmp_path / "crm").mkdir()
    assert history.initialise(tmp_path / "crm") == book


def test_what_the_user_has_decided_stays(tmp_path: Path, home: Path) -> None:
    book = repository(tmp_path)
    git(tmp_path, "config", "core.untrackedCache", "false")
    git(tmp_path, "config", "--global", "status.showUntrackedFiles", "normal")
    history.initialise(tmp_path)
    assert setting(book, "core.untrackedCache") == "false"
    assert setting(book, "status.showUntrackedFiles") == "normal"


def test_beginning_again_changes_nothing(tmp_path: Path) -> None:
    history.initialise(tmp_path)
    before = (tmp_path / ".git/config").read_bytes()
    history.initialise(tmp_path)
    assert (tmp_path / ".git/config").read_bytes() == before


def test_an_inherited_git_dir_leads_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.git_dir))
    (tmp_path / "book").mkdir()
    assert history.initialise(tmp_path / "book").top == tmp_path / "book"


@pytest.mark.parametrize(
    ("present", "result"),
    [
        (b"", LINE),
        (LINE, LINE),
        (b"*.png binary\n", b"*.png binary\n" + LINE),
        (b"*.png binary", b"*.png binary\n" + LINE),
        (b"*.png binary\r\n", b"*.png binary\r\n" + LINE.replace(b"\n", b"\r\n")),
        (b"customers/**/*.md -text\n", LINE),
        (
            b"# ours\r\ncustomers/**/*.md text merge=union\r\n*.md text\r\n",
            b"# ours\r\ncustomers/**/*.md text merge=union diff=crm-md\r\n*.md text\r\n",
        ),
        (b"# customers/**/*.md -text\n", b"# customers/**/*.md -text\n" + LINE),
        (b"\xff\xfe binary\n", b"\xff\xfe binary\n" + LINE),
    ],
)
def test_the_attributes_gain_what_they_lack(present: bytes, result: bytes) -> None:
    assert with_attributes(present) == result


@given(st.binary(max_size=80))
@settings(max_examples=100, deadline=None)
def test_the_attributes_are_settled_at_once(present: bytes) -> None:
    once = with_attributes(present)
    assert with_attributes(once) == once
    assert once.startswith(present.rstrip())


@pytest.fixture
def marked(tmp_path: Path) -> History:
    """Lend a repository whose attributes name drivers that nobody has set up."""
    book = repository(tmp_path)
    (tmp_path / ".gitattributes").write_bytes(with_attributes(b""))
    book.commit([".gitattributes"], "Attributes")
    return book


def both_change(book: History, before: str, ours: str, theirs: str) -> int:
    """Let two branches change one customer, merge them, and return Git's exit code."""
    saved(book, "customers/ab/petersen.md", before)
    git(book.top, "checkout", "--quiet", "-b", "ben")
    saved(book, "customers/ab/petersen.md", theirs)
    git(book.top, "checkout", "--quiet", "main")
    saved(book, "customers/ab/petersen.md", ours)
    merge = ("git", "merge", "--quiet", "--no-edit", "ben")
    return subprocess.run(merge, cwd=book.top, capture_output=True).returncode


def test_unknown_drivers_merge_as_git_does(marked: History) -> None:
    assert git(marked.top, "check-attr", "merge", "customers/ab/x.md").endswith("crm-md\n")
    before = "1\n2\n3\n4\n5\n6\n7\n"
    assert both_change(marked, before, before + "8\n", "0\n" + before) == 0
    merged = (marked.top / "customers/ab/petersen.md").read_text()
    assert merged == "0\n" + before + "8\n"


def test_unknown_drivers_mark_conflicts_as_git_does(marked: History) -> None:
    assert both_change(marked, "1\n", "ours\n", "theirs\n") == 1
    merged = (marked.top / "customers/ab/petersen.md").read_text()
    assert "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> ben\n" in merged


def test_unknown_drivers_show_differences_as_git_does(marked: History) -> None:
    path = "customers/ab/petersen.md"
    saved(marked, path, "eins\n")
    write(marked, path, "zwei\n")
    assert "-eins\n+zwei\n" in git(marked.top, "diff")


def test_line_ends_are_kept_whatever_git_is_set_to(marked: History) -> None:
    git(marked.top, "config", "core.autocrlf", "true")
    path = "customers/ab/petersen.md"
    commit = saved(marked, path, "CRLF\r\nLF\n")
    assert marked.read_at(commit, path) == b"CRLF\r\nLF\n"
    (marked.top / path).unlink()
    git(marked.top, "checkout", "--quiet", path)
    assert (marked.top / path).read_bytes() == b"CRLF\r\nLF\n"
