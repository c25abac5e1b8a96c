"""Who to call today: the call list over the catalogue."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from crm_md.agenda import (
    ALL,
    NOBODY,
    WAYS,
    Explanation,
    HeldBack,
    explain,
    last_touch,
    next_to_call,
    who_to_call,
)
from crm_md.crm import Crm
from crm_md.errors import CustomerNotFound, UsageProblem
from crm_md.frozen import dataclass, replace
from crm_md.messages import _
from crm_md.model import Suggestion, Summary, Touch
from crm_md.questions.owners import nobodys, whose_list

if TYPE_CHECKING:
    from crm_md.index.listing import Filters

_AHEAD = timedelta(weeks=26)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose call list, and which part of it; "" asks nothing.

    Attributes:
        owner: a colleague, me, ``nobody`` or ``all``; "" for mine and nobody's.
        place: the beginning of a postcode or of a town.
        way: how to turn to them, in any words: call, visit, mail, letter.
        on: the day of the list, as people type days.
    """

    owner: str = ""
    segment: str = ""
    tag: str = ""
    place: str = ""
    way: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Calls:
    """The call list as it is shown.

    Attributes:
        rows: the first rows, at most the limit; total: how many there are.
        held_back: customers with reasons who are to be left alone, and why.
        blank: how many customers nobody has written anything about, as after an import.
        day: the day of the list.
        way: how to turn to them: call, visit, mail or letter.
        owner: whose list it is, as `agenda.who_to_call` takes it.
    """

    rows: tuple[Suggestion, ...]
    total: int
    held_back: tuple[HeldBack, ...]
    blank: int
    day: date
    way: str
    owner: str

    @property
    def everybody(self) -> bool:
        """Tell whether it is everybody's: asked for, or because I am in no team."""
        return self.owner == ALL


def calls(crm: Crm, asked: Asked | None = None, *, limit: int | None = None) -> Calls:
    """Return who to call today.

    Args:
        crm: the open store.
        asked: whose list; without a word, mine and nobody's, everybody's where I am in no team.
        limit: rows at most, None for what ``[call] limit`` says, 0 for all.

    Raises:
        UsageProblem: the owner is nobody of the team, or the way is none.
        DateNotUnderstood: the day is none.
        NoIdentity: mine are asked for, and Git does not know me.
    """
    asked = asked or Asked()
    crm.ask_who_i_am()
    empty = empty_list(crm, asked)
    day, way, owner = empty.day, empty.way, empty.owner
    filters = _filters(asked)
    summaries = crm.catalogue.summaries(
        wakes_by=day, on_list_of=_names(crm, owner), filters=filters
    )
    found = who_to_call(summaries, day, crm.me, crm.config, owner=owner, way=way)
    most = crm.config.limit if limit is None else limit or len(found.rows)
    return replace(
        empty,
        rows=found.rows[:most],
        total=len(found.rows),
        held_back=found.held_back,
        blank=_blank(crm, owner, filters) - sum(row.summary.is_blank for row in found.rows),
    )


def empty_list(crm: Crm, asked: Asked) -> Calls:
    """Return the list that was asked for with nobody on it yet: for which day, way and owner.

    Raises:
        UsageProblem: the owner is nobody of the team, or the way is none.
        DateNotUnderstood: the day is none.
        NoIdentity: mine are asked for, and Git does not know me.
    """
    return Calls(
        (), 0, (), 0, _day(crm, asked.on), _way(crm, asked.way), whose_list(crm, asked.owner)
    )


def next_call(crm: Crm, answer: Calls, asked: Asked | None = None) -> tuple[date, Summary] | None:
    """Return the first day after the list's with somebody to call, and whom, in half a year.

    Args:
        crm: the open store.
        answer: the list that is empty.
        asked: what it was asked for with.
    """
    filters = _filters(asked or Asked())
    summaries = crm.catalogue.summaries(
        wakes_by=answer.day + _AHEAD, on_list_of=_names(crm, answer.owner), filters=filters
    )
    return next_to_call(summaries, answer.day, crm.me, crm.config, owner=answer.owner)


def why(crm: Crm, slug: str, asked: Asked | None = None) -> Explanation:
    """Return what every rule and guard of the call list says of a customer, with its dates.

    Args:
        crm: the open store.
        slug: the customer's.
        asked: whose list, for which day and way.

    Raises:
        CustomerNotFound: there is no such customer.
        UsageProblem: the owner is nobody of the team, or the way is none.
        DateNotUnderstood: the day is none.
    """
    asked = asked or Asked()
    summary = crm.catalogue.summary(slug)
    if summary is None:
        raise CustomerNotFound(slug, ())
    return explain(
        summary,
        _day(crm, asked.on),
        crm.me,
        crm.config,
        owner=whose_list(crm, asked.owner),
        way=_way(crm, asked.way),
    )


def last_contact(answer: Calls, row: Suggestion) -> Touch | None:
    """Return the last contact that a row shows."""
    return last_touch(row.summary, answer.day)


def _names(crm: Crm, owner: str) -> list[str] | None:
    """Whose customers and tasks may be on this list; None for everybody's."""
    if owner in ("", NOBODY):
        return [*nobodys(crm), *([crm.me] if not owner and crm.me else [])]
    return None if owner == ALL else [owner]


def _day(crm: Crm, words: str) -> date:
    if not words:
        return crm.today
    from crm_md.dates import parse_date

    return parse_date(words, crm.today, toward="future").date


def _way(crm: Crm, word: str) -> str:
    if not word:
        return "call"
    kind = crm.config.kind_of(word)
    if kind is None or kind.name not in WAYS:
        raise UsageProblem(
            _("“{word}” is no way to turn to somebody.").format(word=word),
            _("Known: {names}.").format(names=", ".join(WAYS)),
        )
    return kind.name


def _filters(asked: Asked, owner: str | None = None, *, blank: bool = False) -> Filters:
    from crm_md.index.listing import Filters

    return Filters(
        segment=asked.segment or None,
        tag=asked.tag or None,
        place=asked.place or None,
        owner=owner,
        blank=blank,
    )


def _blank(crm: Crm, owner: str, filters: Filters) -> int:
    """Count those who are blank: everybody's, or the reader's and nobody's."""
    if filters.tag is not None:
        return 0  # whoever has a tag is known for something
    names: list[str] | list[None] = _names(crm, owner) or [None]
    asked: dict[str | None, None] = dict.fromkeys(names)
    return sum(crm.catalogue.count(replace(filters, blank=True, owner=one)) for one in asked)
