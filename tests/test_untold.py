"""What came in is told once: also where ours was refused, or the sync was killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books import Answer, Book
from tests.clones import Team, team
from tests.kills import killed_at

HEARD = "Modehaus Petersen GmbH & Co. KG: Ben Okafor: call 20 Nov 2026: the fair\n"


@pytest.fixture
def firm(tmp_path: Path) -> Team:
    """Return a team; Ben shared a call."""
    firm = team(tmp_path)
    ben = firm.clone("ben")
    assert ben("sync").code == 0
    return firm


@pytest.fixture
def anna(firm: Team) -> Book:
    """Anna's clone, made before Ben logged."""
    anna = firm.clone("anna")
    by_ben(firm, "the fair")
    return anna


def by_ben(firm: Team, subject: str, customer: str = "petersen") -> None:
    ben = Book(firm.folder / "ben")
    ben("log", customer, f"call: {subject}")
    assert ben("sync").code == 0


def test_what_came_in_is_told_although_ours_was_refused_and_not_twice(
    firm: Team, anna: Book
) -> None:
    hook = firm.close()
    anna("log", "strandhotel", "call: about the sails")
    told = anna("sync")
    assert (told.code, told.out) == (54, HEARD)
    assert "closed until Monday" in told.err
    assert anna("sync").out == ""
    hook.unlink()
    told = anna("sync")
    assert (told.code, told.out) == (0, "")
    assert "1 change shared" in told.err


def test_for_programs_it_waits_for_the_answer(firm: Team, anna: Book) -> None:
    hook = firm.close()
    anna("log", "strandhotel", "call: about the sails")
    assert anna("sync", "--json").out == ""
    hook.unlink()
    (came,) = anna("sync", "--json").json["came"]
    assert came["changes"] == ["call 20 Nov 2026: the fair"]


def test_what_i_did_since_a_refusal_is_not_told_to_me(firm: Team, anna: Book) -> None:
    hook = firm.close()
    anna("log", "strandhotel", "call: about the sails")
    anna("sync", "--json")
    anna("log", "strandhotel", "call: and the awning")
    anna("log", "petersen", "call: and mine")
    by_hand = anna.read("customers/strandhotel-vierjahreszeiten.md")
    anna.write("customers/strandhotel-vierjahreszeiten.md", by_hand + "\nMy own words.\n")
    hook.unlink()
    by_ben_too = firm.clone("carla")
    by_ben_too("log", "petersen", "letter: later")
    assert by_ben_too("sync").code == 0
    told = anna("sync")
    assert told.code == 0
    assert "Ben Okafor: call 20 Nov 2026: the fair" in told.out
    assert "Carla Weiß: letter 20 Nov 2026: later" in told.out
    assert "mine" not in told.out
    assert "Strandhotel" not in told.out
    assert anna("sync").out == ""


def test_wherever_a_sync_is_killed_what_came_in_is_told_by_the_next(firm: Team) -> None:
    moved = []
    for step in range(16, 70, 8):
        anna = firm.clone(f"anna-{step}")
        by_ben(firm, f"no {step}.")
        killed = killed_at(anna, step)
        moved.append(killed and anna.git("rev-parse", "HEAD").strip() == firm.tip())
        told = anna("sync")
        assert told.code == 0, told.both
        assert (f"no {step}." in told.out) == killed, step
        assert anna("sync").out == ""
    assert any(moved)


def test_a_mark_that_names_nothing_any_more_is_forgotten(anna: Book) -> None:
    state = anna.root / ".git/crm"
    state.mkdir(exist_ok=True)
    for words in ("f" * 40 + "\n" + "f" * 40 + "\n", "nonsense", ""):
        (state / "untold").write_text(words)
        told: Answer = anna("sync")
        assert told.code == 0
        assert told.out in (HEARD, "")
        assert not (state / "untold").exists()
