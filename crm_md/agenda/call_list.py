"""The call list: who is on it, who is held back, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from crm_md.agenda import rules_agreed, rules_contact, rules_occasions  # noqa: F401  # their rules
from crm_md.agenda.contacts import tries_in_vain
from crm_md.agenda.guards import HeldBack, cannot_wait, guards_of, may_be
from crm_md.agenda.persons import Whom, whom_to_call
from crm_md.agenda.registry import RULES, in_force  # noqa: F401  # with all rules entered
from crm_md.config import Config, Member
from crm_md.frozen import dataclass, replace
from crm_md.messages import _
from crm_md.model import Person, Reason, Suggestion, Summary

ALL = "all"
NOBODY = "nobody"
MANY_TRIES = 3  # attempts and unanswered messages in a row: another way is proposed


@dataclass(frozen=True, slots=True)
class CallList:
    """The answer: rows in order, and those whom a guard keeps off the list."""

    rows: tuple[Suggestion, ...]
    held_back: tuple[HeldBack, ...]


def who_to_call(
    summaries: Iterable[Summary],
    today: date,
    me: str,
    config: Config,
    *,
    owner: str = "",
    way: str = "call",
) -> CallList:
    """Rank the customers who should be called today.

    Args:
        summaries: the customers; those who wake later than today may be left out.
        today: the day of the list.
        me: my short name, "" if I am in no team.
        config: the store's settings; they weigh, tune and switch off rules.
        owner: "" for mine and nobody's, a short name for that colleague's, ``nobody`` for
            those without an owner, ``all`` for everybody's. Whoever has left, or is not in the
            team, is nobody.
        way: how one means to turn to them, one of `agenda.WAYS`; a journey (``visit``) is in the
            order of the postcodes.

    Returns:
        The rows, by their strongest reason, then by the sum of points, then the longest waiting,
        then by name: the order is total, whatever the order of the summaries.
    """
    rows: list[Suggestion] = []
    held: list[HeldBack] = []
    for summary in summaries:
        answer = judge(summary, today, me, config, owner=owner, way=way)
        if isinstance(answer, Suggestion):
            rows.append(answer)
        elif answer:
            held.append(answer)
    rows.sort(key=_by_postcode if way == "visit" else order)
    held.sort(key=lambda one: (one.summary.name.casefold(), one.summary.slug))
    return CallList(tuple(rows), tuple(held))


def judge(
    summary: Summary, today: date, me: str, config: Config, *, owner: str = "", way: str = "call"
) -> Suggestion | HeldBack | None:
    """Return the row of one customer, or why they are held back; None without any reason."""
    reasons = reasons_on_list(summary, today, me, config, owner=owner)
    if not reasons:
        return None
    reader = owner or me
    met = ""
    for guard in guards_of(summary, today, way):
        if guard.guard != "today" or not cannot_wait(summary, reasons, today, reader):
            return replace(guard, reasons=reasons)
        met = guard.text
    whom = whom_to_call(summary, reasons, today)
    if whom.nobody:
        return HeldBack(summary, "away", " ".join(whom.passed_over).rstrip("."), reasons)
    row = suggestion(summary, reasons, whom, today, reader, config)
    return replace(row, notes=(f"{met[:1].upper()}{met[1:]}.", *row.notes)) if met else row


def suggestion(
    summary: Summary,
    reasons: tuple[Reason, ...],
    whom: Whom,
    today: date,
    reader: str,
    config: Config,
) -> Suggestion:
    """Return the row of a customer: whom to call, why, and what to know before.

    Args:
        reader: short name of whoever reads the row, who needs no word on tasks of their own.
    """
    notes = (
        *whom.passed_over,
        *_was_theirs(summary, today, config),
        *_colleagues(reasons, reader, today, config),
        *_another_way(summary, whom.person, today),
    )
    return Suggestion(summary, whom.person, whom.phone, reasons, notes)


def reasons_on_list(
    summary: Summary, today: date, me: str, config: Config, *, owner: str = ""
) -> tuple[Reason, ...]:
    """Return the reasons that put a customer on somebody's list; the arguments are the list's.

    Whoever owns a customer sees every reason; somebody who only has a task there sees that task.
    """
    wanted = owner or me
    if owner == ALL or (wanted and summary.owner == wanted):
        return reasons_for(summary, today, config)
    if owner in ("", NOBODY) and config.is_nobodys(summary.owner, today):
        return reasons_for(summary, today, config)
    tasks = tuple(task for task in summary.tasks if wanted and task.whose == wanted)
    if not tasks:
        return ()
    found = reasons_for(replace(summary, tasks=tasks), today, config)
    return tuple(reason for reason in found if reason.whose == wanted)


def reasons_for(summary: Summary, today: date, config: Config) -> tuple[Reason, ...]:
    """Return every reason to call this customer today, the strongest first."""
    found = [
        reason
        for one in in_force(summary.status, config)
        if (reason := one.judge(summary, today, config))
    ]
    found.sort(key=lambda reason: (-reason.points, reason.date or date.max, reason.rule))
    return tuple(found)


def wakes(summary: Summary, today: date, config: Config) -> date | None:
    """Return the first day, from today on, on which this customer can be on the call list.

    A day in the past means today; None means never, as long as nothing is written.
    """
    days = [
        day
        for one in in_force(summary.status, config)
        if (day := one.wakes(summary, today, config)) is not None
    ]
    return min(days, default=None)


def order(row: Suggestion) -> tuple[int, int, date, str, str]:
    """Return what a row is sorted by."""
    first = row.reasons[0]
    return (
        -first.points,
        -row.points,
        first.date or date.max,
        row.summary.name.casefold(),
        row.summary.slug,
    )


def _by_postcode(row: Suggestion) -> tuple[str, str, tuple[int, int, date, str, str]]:
    return row.summary.zip or "~", row.summary.city.casefold(), order(row)


def _was_theirs(summary: Summary, today: date, config: Config) -> Iterator[str]:
    """Say who looked after a customer that is nobody's now."""
    if summary.owner and config.is_nobodys(summary.owner, today):
        member = config.team.get(summary.owner)
        if member:
            yield _("Was {name}'s, who has left the team.").format(name=_called(member))
        else:
            yield _("{name}'s, who is not in the team.").format(name=summary.owner)


def _called(member: Member) -> str:
    """Return the first name of a colleague."""
    return member.name.split()[0] if member.name.split() else member.short


def _colleagues(
    reasons: Iterable[Reason], reader: str, today: date, config: Config
) -> Iterator[str]:
    """Say whose task it is, where it is another's than the reader's."""
    others = dict.fromkeys(one.whose for one in reasons if one.whose not in ("", reader))
    for short in others:
        member = config.team.get(short)
        name = _called(member) if member else short
        if member and member.has_left(today):
            yield _("{name} was to take care of it, and has left the team.").format(name=name)
        else:
            yield _("{name} takes care of it.").format(name=name)


def _another_way(summary: Summary, person: Person | None, today: date) -> Iterator[str]:
    """Say that they were tried in vain several times, and propose what has not been tried."""
    tries = tries_in_vain(summary, today)
    if len(tries) < MANY_TRIES:
        return
    told = _("{count} times in a row without an answer").format(count=len(tries))
    mail = (person.email if person else "") or summary.email
    others = [one.name for one in summary.people if person and one.name != person.name]
    if mail and may_be("mail", summary) and not any(one.kind == "mail" for one in tries):
        yield _("{told}: perhaps a mail to {mail}?").format(told=told, mail=mail)
    elif not any(one.attempt for one in tries) and may_be("call", summary):
        yield _("{told}: perhaps a call?").format(told=told)
    elif others:
        yield _("{told}: perhaps {name} knows more?").format(told=told, name=others[0])
    else:
        yield _("{told}: perhaps a letter or a visit?").format(told=told)
