"""The call list: who is on it, who is held back, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from crm_md.agenda import rules  # noqa: F401  # entering the rules into the registry
from crm_md.agenda.persons import whom_to_call
from crm_md.agenda.registry import RULES, is_on, switched_on
from crm_md.config import Config
from crm_md.frozen import dataclass
from crm_md.messages import _
from crm_md.model import Reason, Suggestion, Summary
from crm_md.words import PHONE_CHANNELS, plain

ALL = "all"
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A customer with reasons who is not to be called today, and why not."""

    summary: Summary
    guard: str
    text: str


@dataclass(frozen=True, slots=True)
class CallList:
    """The answer: rows in order, and those whom a guard keeps off the list."""

    rows: tuple[Suggestion, ...]
    held_back: tuple[HeldBack, ...]


def who_to_call(
    summaries: Iterable[Summary], today: date, me: str, config: Config, *, owner: str = ""
) -> CallList:
    """Rank the customers who should be called today.

    Args:
        summaries: the customers; those who wake later than today may be left out.
        today: the day of the list.
        me: my short name, "" if I am in no team.
        config: the store's settings; they weigh, tune and switch off rules.
        owner: "" for mine and nobody's, a short name for that colleague's, ``nobody`` for
            those without an owner, ``all`` for everybody's.

    Returns:
        The rows, by their strongest reason, then by the sum of points, then the longest waiting,
        then by name: the order is total, whatever the order of the summaries.
    """
    rows: list[Suggestion] = []
    held: list[HeldBack] = []
    for summary in summaries:
        if not belongs(summary, today, me, owner):
            continue
        reasons = reasons_for(summary, today, config)
        if not reasons:
            continue
        guard = guard_of(summary, today)
        if guard:
            held.append(guard)
            continue
        person, phone = whom_to_call(summary, reasons, today)
        rows.append(Suggestion(summary, person, phone, reasons))
    rows.sort(key=_order)
    held.sort(key=lambda one: one.summary.slug)
    return CallList(tuple(rows), tuple(held))


def reasons_for(summary: Summary, today: date, config: Config) -> tuple[Reason, ...]:
    """Return every reason to call this customer today, the strongest first."""
    found = [reason for judge in switched_on(config) if (reason := judge(summary, today, config))]
    found.sort(key=lambda reason: (-reason.points, reason.date or date.max, reason.rule))
    return tuple(found)


def wakes(summary: Summary, today: date, config: Config) -> date | None:
    """Return the first day, from today on, on which this customer can be on the call list.

    A day in the past means today; None means never, as long as nothing is written.
    """
    days = [
        day
        for one in RULES.values()
        if is_on(one.name, config) and (day := one.wakes(summary, today, config)) is not None
    ]
    return min(days, default=None)


def belongs(summary: Summary, today: date, me: str, owner: str) -> bool:
    """Tell whether a customer is on the list of this person: owned, or with a task due for them."""
    if owner == ALL:
        return True
    if owner == NOBODY:
        return not summary.owner
    wanted = owner or me
    if summary.owner == wanted or (not owner and not summary.owner):
        return True
    return any(
        task.whose == wanted and task.due is not None and task.due <= today
        for task in summary.tasks
    )


def guard_of(summary: Summary, today: date) -> HeldBack | None:
    """Return why this customer must be left alone today, or None."""
    ban = summary.do_not_contact
    if ban:
        text = _("does not want to be contacted") + (f": {ban.text}" if ban.text else "")
        return HeldBack(summary, "do_not_contact", text)
    if any(plain(channel) in PHONE_CHANNELS for channel in summary.refused):
        return HeldBack(summary, "refused", _("has not agreed to calls"))
    rest = summary.snooze
    if rest and rest.day and rest.day > today:
        text = _("rests until {date}").format(date=rest.day.isoformat())
        return HeldBack(summary, "snooze", text + (f": {rest.text}" if rest.text else ""))
    return None


def _order(row: Suggestion) -> tuple[int, int, date, str, str]:
    first = row.reasons[0]
    return (
        -first.points,
        -row.points,
        first.date or date.max,
        row.summary.name.casefold(),
        row.summary.slug,
    )
