"""Find what comes in what is known of customers: their plans, promises and birthdays, by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import Literal, get_args

from crm_md.agenda import has_left, said_with, why_out_of_reach
from crm_md.agenda.guards import rests, until_when
from crm_md.dates import next_anniversary, read_partial
from crm_md.frozen import dataclass, replace
from crm_md.messages import _
from crm_md.model import CUSTOMER, Person, Summary, Task
from crm_md.words import ENDED_STATUSES

Kind = Literal[
    "planned", "next", "task", "owed", "deal", "service", "birthday", "anniversary"
]  # in this order within a day
_ORDER = {kind: place for place, kind in enumerate(get_args(Kind))}
_CLOSED_STAGES = frozenset(("won", "lost"))


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that a day brings.

    Attributes:
        day: when; a day before the window is overdue.
        time: of a planned visit or call, local wall-clock.
        text: as it stands in the file: the task, the step, the subject; a deal's title, a product.
        about: more of it: the kind of a planned entry, a deal's value.
        person: whose birthday it is, who is to be met.
        whose: short name of the colleague it falls to, "" if nobody's.
        since: the year that a birthday or anniversary counts from, None if the file has none.
        against: why to go carefully: they rest, are away or want no contact; "" as a rule.
        line: of a task, 1-based line of the file; code: by which ``crm done`` ticks it.
        key: tells it from everything else of this customer, the same in every clone.
    """

    day: date
    kind: Kind
    summary: Summary
    text: str
    key: str
    time: time | None = None
    about: str = ""
    person: str = ""
    whose: str = ""
    since: int | None = None
    against: str = ""
    line: int = 0
    code: str = ""

    @property
    def years(self) -> int | None:
        """How many years it is then, None where nobody knows."""
        return self.day.year - self.since if self.since else None


def what_comes(summaries: Iterable[Summary], first: date, last: date, today: date) -> list[Coming]:
    """Return everything due up to the last day and everything else from the first to the last.

    The order is total: by day, time, kind, then customer and text, so that the same files give
    the same list in every clone.

    Args:
        summaries: of all customers to be looked at.
        first: what is not due by itself (birthdays, plans) counts from this day on.
        last: the last day.
        today: entries dated later are plans; of those of today the talks.
    """
    found = [
        _with_guard(one, today) for summary in summaries for one in _of(summary, first, last, today)
    ]
    found.sort(key=_place)
    return found


def _of(summary: Summary, first: date, last: date, today: date) -> Iterator[Coming]:
    """Yield what one customer brings; who is former, declined or closed only what was agreed."""
    yield from _steps(summary, last)
    yield from _tasks(summary, last)
    yield from _plans(summary, max(first, today), last, today)
    if summary.status in ENDED_STATUSES:
        return
    yield from _deals(summary, last)
    yield from _services(summary, last)
    yield from _birthdays(summary, first, last)
    yield from _anniversaries(summary, first, last)


def _steps(summary: Summary, last: date) -> Iterator[Coming]:
    step = summary.next
    if step is None or step.day is None or step.day > last or _is_over(summary, step.day):
        return
    yield Coming(step.day, "next", summary, step.text, "next", whose=summary.owner)


def _tasks(summary: Summary, last: date) -> Iterator[Coming]:
    known: dict[tuple[str, str], int] = {}
    for task in sorted(summary.tasks, key=_told):
        theirs = task.whose == CUSTOMER
        kind: Kind = "owed" if theirs else "task"
        count = known[kind, task.text] = known.get((kind, task.text), 0) + 1
        if task.due is None or task.due > last or _is_over(summary, task.said_on):
            continue
        yield Coming(
            task.due,
            kind,
            summary,
            task.text,
            f"{kind} {task.text} {count}" if count > 1 else f"{kind} {task.text}",
            person=said_with(summary, task) if theirs else "",
            whose=summary.owner if theirs else task.whose,
            line=task.line,
        )


def _told(task: Task) -> tuple[date, date, int]:
    return task.said_on or date.min, task.due or date.max, task.line


def _plans(summary: Summary, first: date, last: date, today: date) -> Iterator[Coming]:
    """Entries dated ahead; of today the talks only: a note or a mail of today is no plan."""
    for touch in summary.entries:
        if not first <= touch.date <= last or (touch.date == today and touch.touch != "talk"):
            continue
        at = f" {touch.time:%H:%M}" if touch.time else ""
        yield Coming(
            touch.date,
            "planned",
            summary,
            touch.gist,
            f"planned {touch.date}{at} {touch.kind} {', '.join(touch.people)} {touch.gist}",
            time=touch.time,
            about=touch.kind,
            person=", ".join(touch.people),
            whose=touch.author or summary.owner,
        )


def _deals(summary: Summary, last: date) -> Iterator[Coming]:
    for deal in summary.deals:
        if deal.close and deal.close <= last and deal.stage not in _CLOSED_STAGES:
            yield Coming(
                deal.close,
                "deal",
                summary,
                deal.title,
                f"deal {deal.title}",
                about=deal.value,
                whose=summary.owner,
            )


def _services(summary: Summary, last: date) -> Iterator[Coming]:
    for product in summary.products:
        if product.service_due and product.service_due <= last:
            yield Coming(
                product.service_due,
                "service",
                summary,
                product.name,
                f"service {product.name}",
                whose=summary.owner,
            )


def _birthdays(summary: Summary, first: date, last: date) -> Iterator[Coming]:
    people = list(summary.people)
    if summary.birthday and all(one.birthday != summary.birthday for one in people):
        people.append(Person(summary.name, birthday=summary.birthday))
    for one in people:
        for day, since in _returns(one.birthday, first, last):
            if not has_left(one, day):
                yield Coming(
                    day,
                    "birthday",
                    summary,
                    "",
                    f"birthday {one.name} {day.year}",
                    person=one.name,
                    whose=summary.owner,
                    since=since,
                )


def _anniversaries(summary: Summary, first: date, last: date) -> Iterator[Coming]:
    for day, since in _returns(summary.anniversary, first, last):
        yield Coming(
            day,
            "anniversary",
            summary,
            "",
            f"anniversary {day.year}",
            whose=summary.owner,
            since=since,
        )


def _returns(written: str, first: date, last: date) -> Iterator[tuple[date, int | None]]:
    """Yield the days on which a birthday returns, and the year it counts from."""
    partial = read_partial(written) if written else None
    day = next_anniversary(partial, first) if partial else None
    while partial and day and day <= last:
        if partial.year is None or partial.year < day.year:
            yield day, partial.year
        day = next_anniversary(partial, day + timedelta(days=1)) if day < date.max else None


def _is_over(summary: Summary, agreed: date | None) -> bool:
    """Former, declined and closed customers: what is older than the last entry is over."""
    if summary.status not in ENDED_STATUSES or not summary.entries or agreed is None:
        return False
    return agreed < summary.entries[0].date


def _with_guard(one: Coming, today: date) -> Coming:
    """Say beside it why to go carefully: no contact wished, at rest, away."""
    summary, day = one.summary, max(one.day, today)
    text = ""
    if ban := summary.do_not_contact:
        text = _("does not want to be contacted") + (f": {ban.text}" if ban.text else "")
    elif summary.snooze and rests(summary.snooze, day, [*summary.entries, *summary.complaints]):
        text = _("rests until {date}").format(date=until_when(summary.snooze))
    elif person := person_of(one):
        text = why_out_of_reach(person, day, summary.entries)
    return replace(one, against=text) if text else one


def person_of(coming: Coming) -> Person | None:
    """Return the contact whom it names, the first of several; None where it names none."""
    if not coming.person:
        return None
    names = {coming.person, *coming.person.split(", ")}
    return next((one for one in coming.summary.people if one.name in names), None)


def _place(one: Coming) -> tuple[date, time, int, str, str, str]:
    summary = one.summary
    return (
        one.day,
        one.time or time.min,
        _ORDER[one.kind],
        summary.name.casefold(),
        summary.slug,
        one.key,
    )
