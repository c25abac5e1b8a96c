"""A clock that syncs speaks only when a person has something to do: `crm sync --quiet`."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from tests.books import NOW, Book
from tests.clones import HOTEL, PETERSEN, Team

LATER = datetime(2026, 11, 20, 14, 40)
TOMORROW = datetime(2026, 11, 21, 9, 0)
DAYS_LATER = datetime(2026, 11, 24, 9, 0)
ROOT = Path(__file__).parents[1]


def quiet(book: Book, now: datetime = NOW) -> tuple[int, str]:
    answer = book("sync", "--quiet", now=now)
    return answer.code, answer.both


def test_a_day_of_ordinary_work_says_nothing(anna: Book, ben: Book) -> None:
    assert quiet(anna) == (0, "")
    anna.write(HOTEL, anna.read(HOTEL).replace("Sonnensegel", "Markise"))
    assert quiet(anna) == (0, "")
    ben("log", "petersen", "complaint: seam open")
    assert ben("sync").code == 0
    assert quiet(anna) == (0, "")
    assert "complaint" in anna("review").out


def test_a_question_is_said_once(anna: Book, ben: Book) -> None:
    anna("set", "petersen", "phone", "0351 11")
    ben("set", "petersen", "phone", "0351 12")
    assert quiet(ben) == (0, "")
    assert quiet(anna) == (0, "1 question to settle: crm settle\n")
    assert quiet(anna) == (0, "")


def test_a_refusal_is_said_once_a_day_and_again_once_it_had_worked(firm: Team, anna: Book) -> None:
    hook = firm.close("closed, request $$")
    anna("log", "petersen", "call")
    code, said = quiet(anna)
    assert code == 54
    assert "closed, request" in said
    assert quiet(anna, LATER) == (54, "")
    code, said = quiet(anna, TOMORROW)
    assert "closed, request" in said
    hook.unlink()
    assert quiet(anna, TOMORROW) == (0, "")
    firm.close("closed, request $$")
    anna("log", "petersen", "call: once more")
    assert "closed, request" in quiet(anna, TOMORROW)[1]


def test_another_failure_of_the_same_day_is_said(firm: Team, anna: Book) -> None:
    firm.close("closed, request $$")
    anna("log", "petersen", "call")
    quiet(anna)
    anna.git("checkout", "--quiet", "--detach")
    code, said = quiet(anna, LATER)
    assert code == 55
    assert "branch" in said


def test_a_host_that_is_away_is_said_only_after_days_and_then_once_a_day(
    firm: Team, anna: Book
) -> None:
    assert quiet(anna) == (0, "")
    firm.hub.rename(firm.folder / "away.git")
    anna("log", "petersen", "call")
    assert quiet(anna, LATER) == (0, "")
    assert quiet(anna, TOMORROW) == (0, "")
    code, said = quiet(anna, DAYS_LATER)
    assert code == 0
    assert "is not there at the moment" in said
    assert "Nothing was shared since Fri 20 Nov 2026." in said
    assert "1 change waits to be shared" in said
    assert quiet(anna, DAYS_LATER) == (0, "")


def test_another_crm_that_is_writing_is_nothing_to_do(
    anna: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_md.crm.LOCK_SECONDS", 0.05)
    assert quiet(anna) == (0, "")
    with anna.open() as crm, crm.alone("sync"):
        code, said = quiet(anna)
    assert (code, said) == (31, "")


def test_what_cannot_be_saved_is_said_once_a_day(anna: Book) -> None:
    anna.write(PETERSEN, "<<<<<<< a\n" + anna.read(PETERSEN) + "=======\n>>>>>>> b\n")
    code, said = quiet(anna)
    assert code == 0
    assert PETERSEN in said
    assert quiet(anna, LATER) == (0, "")
    assert PETERSEN in quiet(anna, TOMORROW)[1]


def test_in_german_and_under_its_german_name(anna: Book, ben: Book) -> None:
    anna("set", "petersen", "phone", "0351 11")
    ben("set", "petersen", "phone", "0351 12")
    assert ben("abgleichen", "--leise").both == ""
    told = anna("abgleichen", "--leise", language="de")
    assert told.both == "1 Frage ist zu klären: crm klären\n"


def test_for_programs_the_answer_is_the_same(anna: Book, ben: Book) -> None:
    ben("log", "petersen", "call: the fair")
    ben("sync")
    told = anna("sync", "--quiet", "--json")
    assert told.err == ""
    assert told.json["came"]


def test_every_example_for_cron_is_the_same_line() -> None:
    pages = ("docs/commands/sync.md", "docs/team.md", "docs/de/team.md")
    texts = [(ROOT / page).read_text("utf-8") for page in pages]
    lines = {line for text in texts for line in re.findall(r"^\*/10.*$", text, re.MULTILINE)}
    assert lines == {
        "*/10 * * * * cd ~/customers && ~/.local/bin/crm sync --quiet",
        "*/10 * * * * cd ~/kunden && ~/.local/bin/crm abgleichen --leise",
    }
