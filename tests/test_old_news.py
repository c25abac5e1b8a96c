"""Who has not shared for days is told that what the others did since is missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.books import NOW, Book
from tests.clones import team

OLD = "what the others did since is missing here: crm sync"


@pytest.fixture
def anna(tmp_path: Path) -> Book:
    """A clone that shared today."""
    book = team(tmp_path).clone("anna")
    assert book("sync").code == 0
    return book


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


@pytest.mark.parametrize("command", [["call"], ["review"], ["call", "--owner", "all"]])
def test_after_four_weeks_it_is_said_under_the_list(anna: Book, command: list[str]) -> None:
    told = anna(*command, now=later(28))
    assert f"Last shared 4 weeks ago; {OLD}" in told.err


def test_a_weekend_is_not_long(anna: Book) -> None:
    assert OLD not in anna("call", now=later(3)).err
    assert OLD in anna("call", now=later(4)).err


def test_after_the_next_sync_nothing_is_said(anna: Book) -> None:
    assert anna("sync", now=later(28)).code == 0
    assert OLD not in anna("call", now=later(28)).err


def test_who_never_shared_with_anybody_is_left_alone(tmp_path: Path) -> None:
    book = team(tmp_path).clone("anna")
    assert OLD not in book("call", now=later(28)).err


def test_programs_get_their_answer_alone(anna: Book) -> None:
    assert OLD not in anna("review", "--json", now=later(28)).err
