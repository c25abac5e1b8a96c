"""The default store was moved or deleted: the way back is told, and nobody founds an empty book."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crm_md.cli import run
from crm_md.cli.session import default_store, remember_default
from tests.books import Book, make_book
from tests.clones import Team, named, team


@pytest.fixture
def firm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A team; the configuration lies in a folder of its own, and nobody stands in a store."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    return team(tmp_path)


@pytest.fixture
def old(firm: Team) -> Path:
    """The store that was the default, and is gone."""
    folder = firm.folder / "kunden"
    make_book(folder)
    assert remember_default(folder)
    folder.rename(firm.folder / "moved")
    return folder


@pytest.mark.parametrize("command", [["call"], ["log", "petersen", "call"], ["where"]])
def test_a_default_store_that_is_gone_is_named_with_what_to_do(
    old: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--language", "en"]) == 22
    told = capsys.readouterr().err
    assert f"Your store {old} is not there any more." in told
    assert "If it was moved: crm init NEW-FOLDER" in told
    assert "One of your own" not in told
    assert run([*command, "--language", "de"]) == 22
    assert f"Das Kundenbuch {old} ist nicht mehr da." in capsys.readouterr().err


def test_the_command_that_is_told_makes_the_moved_one_the_default(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = old.with_name("moved")
    assert run(["init", str(new), "--language", "en"]) == 0
    assert "default store" in capsys.readouterr().err
    assert default_store() == new
    assert run(["petersen", "--language", "en"]) == 0


def test_a_fresh_clone_becomes_the_default_where_the_old_one_is_gone_and_says_so(
    firm: Team, old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = old.with_name("kunden-neu")
    assert run(["clone", firm.hub.as_uri(), str(new), "--language", "en"]) == 0
    assert "From now on it is your default store" in capsys.readouterr().err
    assert default_store() == new


def test_a_clone_beside_a_default_that_is_there_says_which_counts(
    firm: Team, capsys: pytest.CaptureFixture[str]
) -> None:
    first = make_book(firm.folder / "kunden").root
    assert remember_default(first)
    new = firm.folder / "kunden-neu"
    assert run(["clone", firm.hub.as_uri(), str(new), "--language", "en"]) == 0
    told = capsys.readouterr().err
    assert f"Your default store is still {first}." in told
    shutil.rmtree(first)
    named(Book(new), "ben")
    assert run(["init", str(new), "--language", "en"]) == 0
    assert default_store() == new


def test_a_store_that_is_named_and_is_not_there_is_not_called_moved(old: Path) -> None:
    told = Book(old)("call")
    assert told.code == 22
    assert "One of your own" in told.err
