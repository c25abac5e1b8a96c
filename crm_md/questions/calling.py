"""Who to call today: the call list over the catalogue."""

from __future__ import annotations

from datetime import date, timedelta

from crm_md.agenda import ALL, HeldBack, last_touch, next_to_call, who_to_call
from crm_md.crm import Crm
from crm_md.frozen import dataclass
from crm_md.model import Suggestion, Summary, Touch
from crm_md.questions.owners import whose

_AHEAD = timedelta(weeks=26)


@dataclass(frozen=True, slots=True)
class Calls:
    """The call list as it is shown.

    Attributes:
        rows: the first rows, at most the limit; total: how many there are.
        held_back: customers with reasons who are to be left alone, and why.
        everybody: whose list it is: everybody's, asked for or because I am in no team.
    """

    rows: tuple[Suggestion, ...]
    total: int
    held_back: tuple[HeldBack, ...]
    everybody: bool
    owner: str


def calls(crm: Crm, *, owner: str = "", limit: int | None = None) -> Calls:
    """Return who to call today.

    Args:
        crm: the open store.
        owner: "" for mine and nobody's, a colleague, me, ``nobody`` or ``all``; everybody's where
            I am in no team.
        limit: rows at most, None for what ``[call] limit`` says, 0 for all.

    Raises:
        UsageProblem: the owner is nobody of the team.
        NoIdentity: mine are asked for, and Git does not know me.
    """
    crm.ask_who_i_am()
    summaries = crm.catalogue.summaries(wakes_by=crm.today)
    wanted = whose(crm, owner) if owner else ("" if crm.in_team else ALL)
    found = who_to_call(summaries, crm.today, crm.me, crm.config, owner=wanted)
    most = crm.config.limit if limit is None else limit or len(found.rows)
    return Calls(found.rows[:most], len(found.rows), found.held_back, wanted == ALL, wanted)


def next_call(crm: Crm, answer: Calls) -> tuple[date, Summary] | None:
    """Return the first day after today with somebody to call, and whom, looking half a year ahead.

    Args:
        crm: the open store.
        answer: the list that is empty today.
    """
    summaries = crm.catalogue.summaries(wakes_by=crm.today + _AHEAD)
    return next_to_call(summaries, crm.today, crm.me, crm.config, owner=answer.owner)


def last_contact(crm: Crm, row: Suggestion) -> Touch | None:
    """Return the last contact that a row shows."""
    return last_touch(row.summary, crm.today)
