"""What came in by a sync is found out while ours is shared, and never at its cost."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_md.errors import CrmError
from crm_md.team.arrivals import Arrivals, Arrived
from tests.books import Book
from tests.clones import PETERSEN, team


@pytest.fixture
def anna(tmp_path: Path) -> Book:
    """A clone into which something came."""
    firm = team(tmp_path)
    anna, ben = firm.clone("anna"), firm.clone("ben")
    ben("log", "petersen", "call: the fair")
    assert ben("sync").code == 0
    assert anna("sync").code == 0
    return anna


def _commits(book: Book) -> tuple[str, str]:
    start, here = book.git("rev-parse", "HEAD~1", "HEAD").split()
    return start, here


def test_what_was_found_out_ahead_is_what_is_told(anna: Book) -> None:
    start, here = _commits(anna)
    with anna.open() as crm:
        arrivals = Arrivals(crm, start)
        arrivals.look_ahead(here)
        found = arrivals.told(here)
        assert found is arrivals.told(here)
        assert found == Arrivals(crm, start).told(here)
    assert [one.slug for one in found.customers] == ["modehaus-petersen"]


def test_where_nothing_came_nothing_is_told(anna: Book) -> None:
    _start, here = _commits(anna)
    with anna.open() as crm:
        assert Arrivals(crm, here).told(here) == Arrived()
        assert Arrivals(crm, None).told(None) == Arrived()


def test_what_cannot_be_told_hinders_nobody_who_shares(anna: Book) -> None:
    start, _here = _commits(anna)
    with anna.open() as crm:
        arrivals = Arrivals(crm, start)
        arrivals.look_ahead("f" * 40)
        with pytest.raises(CrmError):
            arrivals.told("f" * 40)


def test_what_sync_calls_a_question_is_one_that_settle_knows(tmp_path: Path) -> None:
    firm = team(tmp_path)
    anna, ben = firm.clone("anna"), firm.clone("ben")
    file = ben.root / PETERSEN
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Alles bestens.", "- [ ] Preis klären #settle"), encoding="utf-8")
    assert ben("sync").code == 0
    assert "Modehaus Petersen" in (told := anna("sync")).out + told.err
    assert "to settle" not in told.out + told.err
    assert anna("settle", "--json").json == []
    assert "Preis klären #settle" in anna("petersen").out
