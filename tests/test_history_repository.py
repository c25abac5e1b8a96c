"""A repository is found, and its head read, without asking Git, and as Git would answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_md import history
from crm_md.errors import BrokenRepository
from crm_md.history import History, Identity
from tests.repositories import git, repository, saved, write


@pytest.fixture
def book(tmp_path: Path) -> History:
    made = repository(tmp_path / "book")
    saved(made, "customers/petersen.md")
    return made


def asked(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD").strip()


def test_a_folder_outside_of_git_has_no_history(tmp_path: Path) -> None:
    assert history.find(tmp_path) is None


def test_a_history_is_found_from_any_folder_below(book: History) -> None:
    assert history.find(book.top / "customers") == book


def test_a_history_is_found_through_a_link(book: History, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(book.top / "customers")
    assert history.find(tmp_path / "link") == book


def test_a_repository_inside_customers_is_its_own_history(book: History) -> None:
    inner = repository(book.top / "customers/inner")
    assert history.find(inner.top) == inner
    assert history.find(book.top / "customers") == book


def test_an_empty_git_folder_is_passed_over_as_git_does(book: History) -> None:
    (book.top / "customers/.git").mkdir()
    assert history.find(book.top / "customers") == book
    assert git(book.top / "customers", "rev-parse", "--show-toplevel").strip() == str(book.top)


def test_a_linked_work_tree_shares_the_branches_and_has_its_own_head(
    book: History, tmp_path: Path
) -> None:
    git(book.top, "worktree", "add", "--quiet", "-b", "ben", str(tmp_path / "bens"))
    bens = history.find(tmp_path / "bens")
    assert bens == History(tmp_path / "bens", book.git_dir / "worktrees/bens", book.git_dir)
    saved(bens, "customers/ben.md")
    assert (bens.head(), bens.branch()) == (asked(bens.top), "ben")
    assert (book.head(), book.branch()) == (asked(book.top), "main")


def test_a_git_file_leads_to_the_repository(book: History, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--separate-git-dir", "elsewhere", "work")
    found = history.find(tmp_path / "work")
    assert found == History(tmp_path / "work", tmp_path / "elsewhere", tmp_path / "elsewhere")


def test_a_submodule_is_its_own_history(book: History, tmp_path: Path) -> None:
    outer = repository(tmp_path / "outer")
    allowed = ("-c", "protocol.file.allow=always")
    git(outer.top, *allowed, "submodule", "--quiet", "add", str(book.top), "crm")
    inner = history.find(outer.top / "crm/customers")
    assert inner is not None
    assert inner.top == outer.top / "crm"
    assert inner.head() == book.head()


@pytest.mark.parametrize("text", ["gitdir: ../nowhere\n", "hallo\n", ""])
def test_a_git_file_that_leads_nowhere_is_named(book: History, text: str) -> None:
    write(book, "customers/.git", text)
    with pytest.raises(BrokenRepository, match=r"customers/\.git"):
        history.find(book.top / "customers")


def test_before_the_first_commit_there_is_no_head(tmp_path: Path) -> None:
    book = repository(tmp_path)
    assert (book.head(), book.branch()) == (None, "main")


def test_the_head_is_read_where_the_branch_is_a_file(book: History) -> None:
    assert book.head() == asked(book.top)


def test_the_head_is_read_where_the_branches_are_packed(book: History) -> None:
    git(book.top, "branch", "mainx", "main")
    saved(book, "customers/b.md")
    git(book.top, "branch", "x/refs/heads/main")
    git(book.top, "pack-refs", "--all")
    assert not (book.git_dir / "refs/heads/main").exists()
    assert book.head() == asked(book.top)


def test_the_head_is_read_where_it_is_detached(book: History) -> None:
    git(book.top, "checkout", "--quiet", "--detach")
    assert (book.head(), book.branch()) == (asked(book.top), None)


def test_a_branch_with_slashes_has_its_whole_name(book: History) -> None:
    git(book.top, "checkout", "--quiet", "-b", "anna/test")
    assert (book.head(), book.branch()) == (asked(book.top), "anna/test")


def test_the_head_of_a_branch_that_points_to_a_branch_is_read(book: History) -> None:
    git(book.top, "symbolic-ref", "refs/heads/alias", "refs/heads/main")
    git(book.top, "symbolic-ref", "HEAD", "refs/heads/alias")
    assert book.head() == asked(book.top)


def test_git_is_asked_where_the_files_do_not_tell(book: History) -> None:
    # What a reftable repository has; Git of this age answers that it cannot read it.
    (book.git_dir / "HEAD").write_text("ref: refs/heads/.invalid\n")
    assert book.head() is None


def test_who_is_saving_is_what_git_was_told(book: History) -> None:
    assert book.identity() == Identity("Anna Krüger", "anna@example.com")


def test_the_environment_goes_before_the_settings(
    book: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Zoë <von> Müller")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "zoe@example.com")
    assert book.identity() == Identity("Zoë von Müller", "zoe@example.com")


def test_who_is_saving_is_never_guessed(book: History, monkeypatch: pytest.MonkeyPatch) -> None:
    git(book.top, "config", "--remove-section", "user")
    monkeypatch.setenv("EMAIL", "root@localhost")
    assert book.identity() is None
    git(book.top, "config", "user.email", "anna@example.com")
    assert book.identity() is None


def test_an_identity_is_kept_in_this_repository_only(book: History, home: Path) -> None:
    book.set_identity("Ben Okafor", "ben@example.com")
    assert book.identity() == Identity("Ben Okafor", "ben@example.com")
    assert (home / "gitconfig").read_text() == ""


def test_the_version_is_git_s_own() -> None:
    assert f"git version {history.version()}" == git(Path(), "version").strip()
