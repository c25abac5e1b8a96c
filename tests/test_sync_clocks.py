"""A clock that is wrong by an hour, or a day, loses nobody an entry or a piece of news."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.books import NOW
from tests.clones import PETERSEN, is_clean, team, tree

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("wrong", [-HOUR, HOUR, timedelta(days=-1), timedelta(days=1)])
def test_what_a_colleague_with_a_wrong_clock_logs_comes_in_once_and_is_told_once(
    wrong: timedelta, tmp_path: Path
) -> None:
    firm = team(tmp_path)
    anna, ben = firm.clone("anna"), firm.clone("ben")
    for turn in range(1, 4):
        moment = NOW + turn * HOUR / 4
        words = f"turn {turn} of ben"
        assert ben("log", "petersen", f"call with Heike: {words}", now=moment + wrong).code == 0
        assert anna("log", "petersen", f"call with Heike: {turn} of anna", now=moment).code == 0
        for book, now in ((ben, moment + wrong), (anna, moment), (ben, moment + wrong)):
            answer = book("sync", now=now)
            assert answer.code == 0, answer.both
        told = anna("review", now=moment).out
        assert words in told
        assert f"turn {turn - 1} of ben" not in told
        assert f"turn {turn} of ben" not in anna("review", now=moment).out
        assert f"{turn} of anna" in ben("review", now=moment + wrong).out
    assert tree(anna) == tree(ben)
    assert is_clean(anna)
    text = anna.read(PETERSEN)
    for who in ("ben", "anna"):
        places = [text.index(f"{turn} of {who}") for turn in (3, 2, 1)]
        assert places == sorted(places)
    assert "#settle" not in text


def test_a_commit_that_is_older_than_what_it_builds_on_is_shared_and_told(tmp_path: Path) -> None:
    """As after a battery ran empty: the clock begins again in 1970."""
    firm = team(tmp_path)
    anna, ben = firm.clone("anna"), firm.clone("ben")
    ben("log", "petersen", "call: before")
    assert ben("sync").code == 0
    assert anna("sync").code == 0
    anna("review")
    long_ago = NOW.replace(year=1971)
    assert ben("set", "petersen", "segment", "B", now=long_ago).code == 0
    assert ben("sync", now=long_ago).code == 0
    assert "1 change" not in ben("sync", now=long_ago).err
    told = anna("sync")
    assert told.code == 0, told.both
    assert "Segment" in told.out
    assert "Segment" in anna("review").out
    assert "segment: B" in anna.read(PETERSEN)
