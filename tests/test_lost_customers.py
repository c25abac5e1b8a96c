"""A clone without its folder of customers is that store, broken: no other one is taken instead."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crm_md.cli import run
from crm_md.cli.session import remember_default
from tests.books import Book, make_book
from tests.clones import Team, is_clean, named, team


@pytest.fixture
def firm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A team; somebody's default store is another one, which nobody may touch."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    firm = team(tmp_path)
    other = make_book(tmp_path / "other")
    assert remember_default(other.root)
    return firm


def other(firm: Team) -> Book:
    """Return the default store."""
    return Book(firm.folder / "other")


@pytest.mark.parametrize("command", [["log", "petersen", "call: x"], ["sync"], ["list"], ["where"]])
@pytest.mark.parametrize("below", ["", "kunden", "templates/deep"])
def test_in_a_clone_whose_customers_were_moved_away_the_default_store_is_left_alone(
    firm: Team,
    command: list[str],
    below: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ben = firm.clone("ben")
    (ben.root / "customers").rename(ben.root / "kunden")
    (ben.root / below).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(ben.root / below)
    before = other(firm).subjects()
    assert run([*command, "--language", "en"]) == 22
    told = capsys.readouterr().err
    assert f"The folder customers of the store {ben.root} is gone." in told
    assert other(firm).subjects() == before
    subprocess.run(shlex.split(told.split("bring it back: ")[1]), check=True)
    assert run(["log", "petersen", "call: x"]) == 0
    assert "call: x" in ben.read("customers/modehaus-petersen.md").casefold()
    assert other(firm).subjects() == before


def test_settings_that_went_with_them_hinder_no_look(
    firm: Team, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ben = firm.clone("ben")
    shutil.rmtree(ben.root / "customers")
    (ben.root / "crm.toml").unlink()
    monkeypatch.chdir(ben.root)
    assert run(["--language", "en", "sync"]) == 22
    assert "restore customers" in capsys.readouterr().err


def test_a_store_that_is_named_and_has_lost_its_customers_says_so(firm: Team) -> None:
    ben = firm.clone("ben")
    shutil.rmtree(ben.root / "customers")
    answer = ben("log", "petersen", "call: x")
    assert answer.code == 22
    assert "customers of the store" in answer.err


def test_a_store_in_a_folder_of_a_repository_has_lost_them_there_and_not_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], firm: Team
) -> None:
    inner = tmp_path / "work" / "book"
    book = make_book(inner)
    shutil.rmtree(inner / ".git")
    top = Book(tmp_path / "work")
    subprocess.run(["git", "init", "-q", str(top.root)], check=True)
    named(top, "ben").git("add", "--all")
    top.git("commit", "-qm", "All")
    shutil.rmtree(inner / "customers")
    monkeypatch.chdir(top.root)
    assert run(["list", "--language", "en"]) == 0  # no store here: the default one
    monkeypatch.chdir(inner)
    assert run(["list", "--language", "en"]) == 22
    assert f"customers of the store {book.root} is gone" in capsys.readouterr().err


def test_another_project_is_no_store_and_the_default_one_is_used_there(
    firm: Team, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    subprocess.run(["git", "init", "-q", str(project)], check=True)
    monkeypatch.chdir(project)
    assert run(["list"]) == 0
    named(Book(project), "ben").write("a.txt", "x", "A text")
    assert run(["list"]) == 0


def test_a_clone_killed_before_git_got_a_commit_writes_nowhere_and_is_called_cut_off(
    firm: Team, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    early = firm.folder / "c"
    subprocess.run(["git", "init", "-q", str(early)], check=True)
    Book(early).git("remote", "add", "origin", firm.hub.as_uri())
    monkeypatch.chdir(early)
    before = other(firm).subjects()
    assert run(["log", "petersen", "call: x", "--language", "en"]) == 55
    assert f"The clone in {early} is empty" in capsys.readouterr().err
    assert other(firm).subjects() == before
    monkeypatch.chdir(firm.folder)
    assert run(["clone", firm.hub.as_uri(), "c", "--language", "en"]) == 2
    assert "a clone that was cut off. Delete it" in capsys.readouterr().err


def test_a_clone_killed_before_git_wrote_a_file_writes_nowhere(
    firm: Team, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    subprocess.run(
        ["git", "clone", "-q", "--no-checkout", firm.hub.as_uri(), "c"], check=True, cwd=firm.folder
    )
    monkeypatch.chdir(firm.folder / "c")
    assert run(["log", "petersen", "call: x", "--language", "en"]) == 55
    told = capsys.readouterr().err
    assert "was cut off" in told
    subprocess.run(shlex.split(told.split("Let Git get them: ")[1]), check=True)
    assert is_clean(Book(firm.folder / "c"))
    assert run(["sync"]) == 0


@pytest.mark.parametrize("command", [["list"], ["sync"], ["clone", "x"]])
def test_a_folder_that_was_deleted_while_one_stood_in_it_is_said_in_a_line(
    firm: Team, command: list[str]
) -> None:
    folder = firm.folder / "gone"
    folder.mkdir()
    script = f"cd {shlex.quote(str(folder))} && rmdir ../gone && exec {shlex.quote(sys.executable)}"
    line = f"{script} -m crm_md --language en {shlex.join(command)}"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert "The folder you stand in is not there any more." in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 22
