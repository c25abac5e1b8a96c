"""The walk through the call list: its rows, those skipped today, and each row as it is now."""

from __future__ import annotations

from datetime import date

from crm_md.crm import Crm
from crm_md.frozen import dataclass, replace
from crm_md.questions.calling import Asked, Calls, calls
from crm_md.questions.one_call import OneCall, one_call
from crm_md.records.skipped import skipped, unskip

SHOWN_ENTRIES = 2


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk that begins, or goes on where it stopped.

    Attributes:
        answer: the rows to walk through; its total counts those beyond the limit as well.
        asked: what the list was asked for with.
        list_: what tells this list from others where skips are remembered.
        skipped: how many are on the list and were skipped today.
    """

    answer: Calls
    asked: Asked
    list_: str
    skipped: int


def begin_walk(
    crm: Crm, asked: Asked | None = None, *, limit: int | None = None, again: bool = False
) -> Walk:
    """Return the rows of the call list that were not skipped today.

    Who was answered today is off the list by itself: it knows of contact, attempts and rest.

    Args:
        crm: the open store.
        asked: whose list, which part of it.
        limit: rows at most, None for what ``[call] limit`` says, 0 for all.
        again: those who were skipped today, too; they count as not skipped from now on.

    Raises:
        UsageProblem: the owner is nobody of the team, or the way is none.
        DateNotUnderstood: the day is none.
        NoIdentity: mine are asked for, and Git does not know me.
        NotUnderGit: nothing could be written here.
    """
    asked = asked or Asked()
    crm.git  # noqa: B018  # who cannot write need not begin
    answer = calls(crm, asked, limit=0)
    list_ = _name_of(answer, asked)
    if again:
        unskip(crm, list_)
    passed = skipped(crm, list_)
    rows = tuple(row for row in answer.rows if row.summary.path not in passed)
    most = crm.config.limit if limit is None else limit or len(rows)
    held = len(answer.rows) - len(rows)
    return Walk(replace(answer, rows=rows[:most], total=len(rows)), asked, list_, held)


def row_now(crm: Crm, walk: Walk, path: str) -> OneCall:
    """Return a row of the walk from the file as it is at this moment.

    Raises:
        FileNotReadable: the file is gone.
    """
    return one_call(crm, path, walk.asked, entries=SHOWN_ENTRIES, bonds=False)


def _name_of(answer: Calls, asked: Asked) -> str:
    day: date | str = answer.day if asked.on else ""
    parts = (answer.owner, asked.segment, asked.tag, asked.place, answer.way, day)
    return "|".join(str(part).casefold() for part in parts)
