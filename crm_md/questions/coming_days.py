"""What the coming days bring: next steps, promises, birthdays, service, deals, planned visits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from crm_md.agenda import ALL, NOBODY
from crm_md.crm import Crm
from crm_md.frozen import dataclass, replace
from crm_md.model import Entry, Summary, Touch
from crm_md.questions.owners import nobodys, whose_list
from crm_md.questions.what_comes import Coming, what_comes

DAYS = 14  # from today on, where nobody says how many


@dataclass(frozen=True, slots=True)
class ComingDays:
    """The agenda as it is shown.

    Attributes:
        overdue: what should have been done before the window, the oldest first.
        coming: what its days bring, by day and time.
        everybody: it is everybody's, asked for or because I am in no team.
    """

    first: date
    last: date
    overdue: tuple[Coming, ...]
    coming: tuple[Coming, ...]
    everybody: bool
    owner: str


def coming_days(
    crm: Crm,
    *,
    owner: str = "",
    first: date | None = None,
    days: int = DAYS,
    passed: bool = False,
) -> ComingDays:
    """Return what the coming days bring, and what is overdue.

    Args:
        crm: the open store.
        owner: "" for mine and nobody's, a colleague, me, ``nobody`` or ``all``; everybody's where
            I am in no team. A task counts where the customer or the task is theirs.
        first: the first day of the window, today if None; what is overdue is told for today only.
        days: how long it is, the first day included.
        passed: the talks of today whose time has come as well, as a calendar keeps them.

    Raises:
        UsageProblem: the owner is nobody of the team.
        NoIdentity: mine are asked for, and Git does not know me.
    """
    crm.ask_who_i_am()
    summaries = [_whole(crm, one) for one in crm.catalogue.summaries()]
    wanted = whose_list(crm, owner)
    free = frozenset(nobodys(crm))
    begin = first or crm.today
    last = _day_after(begin, days - 1)
    found = [
        one
        for one in what_comes(summaries, begin, last, crm.today)
        if falls_to(one, crm.me, wanted, free)
        and (one.day >= begin or begin == crm.today)
        and (passed or not _has_passed(one, crm.now))
    ]
    found = _with_codes(crm, found)
    return ComingDays(
        first=begin,
        last=last,
        overdue=tuple(one for one in found if one.day < begin),
        coming=tuple(one for one in found if one.day >= begin),
        everybody=wanted == ALL,
        owner=wanted,
    )


def _with_codes(crm: Crm, found: list[Coming]) -> list[Coming]:
    """Give tasks the codes by which they are ticked off, as ``crm todo`` shows them."""
    places = {(one.summary.path, one.line) for one in found if one.line}
    if not places:
        return found
    promises = crm.catalogue.promises
    codes = {
        (one.path, one.line): one.code
        for one in promises.open()
        if one.kind == "task" and (one.path, one.line) in places
    }
    shown = promises.shown(codes.values())
    return [
        replace(one, code=shown[code]) if (code := codes.get((one.summary.path, one.line))) else one
        for one in found
    ]


def falls_to(coming: Coming, me: str, owner: str, free: Collection[str] = frozenset(("",))) -> bool:
    """Tell whether it is on the list of this person.

    Args:
        coming: what comes.
        me: my short name.
        owner: ``all``, ``nobody``, a short name, or "" for mine and nobody's.
        free: the owners whose customers are nobody's.
    """
    if owner == ALL:
        return True
    responsible = coming.summary.owner
    if owner == NOBODY:
        return responsible in free
    if responsible == (owner or me) or (not owner and responsible in free):
        return True
    return coming.kind in ("task", "planned") and coming.whose == (owner or me)


def _has_passed(coming: Coming, now: datetime) -> bool:
    """A talk of today whose time has come is history, not a plan."""
    return (
        coming.kind == "planned"
        and coming.day == now.date()
        and coming.time is not None
        and coming.time <= now.time()
    )


def _whole(crm: Crm, summary: Summary) -> Summary:
    """Return a summary with all plans: where ten or more are ahead, it has the latest only."""
    if not summary.entries or summary.entries[-1].date <= crm.today:
        return summary
    entries = crm.read(summary.path).customer.entries
    if len(entries) <= len(summary.entries):
        return summary
    kept = {touch.line for touch in summary.entries}
    more = [_as_touch(entry) for entry in entries if entry.line not in kept]
    return replace(summary, entries=(*summary.entries, *more))


def _as_touch(entry: Entry) -> Touch:
    return Touch(
        date=entry.date,
        time=entry.time,
        kind=entry.kind,
        touch=entry.touch,
        direction=entry.direction,
        people=entry.people,
        author=entry.author,
        mood=entry.mood,
        gist=entry.gist,
        attempt=entry.attempt,
        line=entry.line,
    )


def _day_after(day: date, days: int) -> date:
    """The day so many days later; the calendar ends with the year 9999."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
