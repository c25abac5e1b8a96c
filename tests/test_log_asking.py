"""`crm log CUSTOMER` asks whoever chose no editor, and shares at once what cannot wait."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.books import Book, book
from tests.clones import PETERSEN, Team, team
from tests.terminals import Screen

__all__ = ["book"]


@pytest.fixture(autouse=True)
def _no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def firm(tmp_path: Path) -> Team:
    return team(tmp_path)


@pytest.fixture
def anna(firm: Team) -> Book:
    """Anna's clone, which has shared something before."""
    anna = firm.clone("anna")
    anna("log", "petersen", "call: shared")
    assert anna("sync").code == 0
    return anna


def test_who_chose_no_editor_is_asked_and_not_thrown_into_vi(book: Book) -> None:
    screen = Screen(book, "log", "petersen", language="de")
    screen.answer("Was war, in einer Zeile?", "Anruf von Heike: Muster fehlen\n")
    screen.answer("Stimmung", "gut\n")
    screen.answer("Wie geht es weiter", "27.11. nachfassen\n")
    assert screen.end() == 0
    assert "### 2026-11-20 14:30 Anruf von Heike: Muster fehlen (anna)" in book.read(PETERSEN)
    assert "Stimmung:: gut" in book.read(PETERSEN)
    assert "\nnext: 2026-11-27 nachfassen\n" in book.read(PETERSEN)


def test_what_is_no_call_is_not_taken_for_one(book: Book) -> None:
    screen = Screen(book, "log", "petersen", "--mood", "good", "--keep-next")
    screen.answer("what was it about, in one line?", "wants the blue one\n")
    assert screen.end() == 0
    assert "### 2026-11-20 14:30 wants the blue one (anna)" in book.read(PETERSEN)


def test_enter_alone_logs_nothing(book: Book) -> None:
    before = book.read(PETERSEN)
    screen = Screen(book, "log", "petersen")
    screen.answer("what was it about, in one line?", "\n")
    screen.see("Nothing was logged.")
    assert screen.end() == 0
    assert book.read(PETERSEN) == before


def test_who_chose_no_editor_reads_how_to_choose_one_instead_of_vi(book: Book) -> None:
    screen = Screen(book, "edit", "petersen", language="de")
    screen.see("Noch ist kein Editor gewählt.")
    screen.see("export EDITOR=")
    assert screen.end() == 2


def test_shared_at_once_it_is_there_for_the_others(firm: Team, anna: Book) -> None:
    answer = anna("log", "petersen", "Reklamation: Saum lose", "--teilen", language="de")
    assert answer.code == 0, answer.both
    assert "1 Änderung geteilt mit origin" in answer.err
    assert "crm abgleichen" not in answer.err
    assert "Saum lose" in firm.clone("ben").read(PETERSEN)


def test_offline_it_waits_and_is_safe(firm: Team, anna: Book) -> None:
    shutil.move(firm.hub, firm.folder / "away")
    answer = anna("log", "petersen", "call: seam", "--share")
    assert answer.code == 0, answer.both
    assert "1 change waits to be shared" in answer.err
    assert "seam" in anna.read(PETERSEN)
    assert anna.git("status", "--porcelain", "--", "customers") == ""


def test_after_a_complaint_that_nobody_shared_yet_it_says_how(anna: Book) -> None:
    answer = anna("log", "petersen", "Reklamation: Saum lose", language="de")
    assert answer.err.rstrip("\n").endswith("Die anderen sehen es nach: crm abgleichen")
    assert "The others see it" not in anna("log", "petersen", "call: all well").err


def test_where_nothing_is_shared_nobody_else_has_to_see_it(book: Book) -> None:
    assert "The others see it" not in book("log", "petersen", "complaint: seam").err
