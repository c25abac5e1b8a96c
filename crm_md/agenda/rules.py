"""The rules of the call list: one function each, whose docstring is its entry in the manual."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from functools import lru_cache

from crm_md.agenda.registry import reason, rule
from crm_md.config import Config
from crm_md.dates import Span, add_span, parse_span, say_date, say_span, say_when
from crm_md.errors import CrmError
from crm_md.messages import _, language
from crm_md.model import CUSTOMER, Reason, Summary, Task, Touch
from crm_md.words import ENDED_STATUSES

OWN_RHYTHM_STATUSES = frozenset(("lead", "prospect", "partner", "supplier"))


def _our_tasks(summary: Summary) -> Iterator[Task]:
    return (task for task in summary.tasks if task.whose != CUSTOMER and task.due)


def _quiet(summary: Summary) -> bool:
    """Former, declined and closed customers are called for a later agreement only."""
    return summary.status in ENDED_STATUSES


def _agreed_later(summary: Summary, said_on: date | None) -> bool:
    """Tell whether something was agreed after the newest entry, or is undated and may be so."""
    newest = summary.entries[0].date if summary.entries else None
    return newest is None or said_on is None or said_on >= newest


def _first_task(summary: Summary, today: date, config: Config) -> date | None:
    return min((task.due for task in _our_tasks(summary) if task.due), default=None)


def _due_tasks(summary: Summary, today: date, *, overdue: bool) -> list[Task]:
    tasks = [
        task
        for task in _our_tasks(summary)
        if task.due is not None and (task.due < today if overdue else task.due == today)
    ]
    if _quiet(summary):
        tasks = [task for task in tasks if _agreed_later(summary, task.said_on)]
    return sorted(tasks, key=lambda task: (task.due or date.max, task.text))


@rule("promise-overdue", points=100, wakes=_first_task)
def promise_overdue(customer: Summary, today: date, config: Config) -> Reason | None:
    """A promise of ours is overdue: an open task of ours whose day has passed."""
    tasks = _due_tasks(customer, today, overdue=True)
    if not tasks:
        return None
    text = _("Promised for {date}: {task}").format(
        date=_say(tasks[0].due, today), task=_listed(tasks)
    )
    return reason("promise-overdue", config, text, tasks[0].due, _partner(customer, tasks[0]))


@rule("complaint-open", points=90, wakes=lambda customer, _t, _c: _oldest_complaint(customer))
def complaint_open(customer: Summary, today: date, config: Config) -> Reason | None:
    """A complaint is not solved yet."""
    if _quiet(customer):
        return None
    complaints = [touch for touch in customer.complaints if touch.date <= today]
    if not complaints:
        return None
    oldest = min(complaints, key=lambda touch: (touch.date, touch.line))
    text = _("Complaint open since {date}: {gist}").format(
        date=_say(oldest.date, today), gist=oldest.gist
    )
    person = oldest.people[0] if oldest.people else ""
    return reason("complaint-open", config, text, oldest.date, person)


@rule(
    "next-due",
    points=70,
    wakes=lambda customer, _t, _c: customer.next.day if customer.next else None,
)
def next_due(customer: Summary, today: date, config: Config) -> Reason | None:
    """The next step is due: the day of ``next`` has come."""
    step = customer.next
    if step is None or step.day is None or step.day > today:
        return None
    if _quiet(customer) and not _agreed_later(customer, step.day):
        return None
    text = _("Next step for {date}: {step}").format(date=_say(step.day, today), step=step.text)
    return reason("next-due", config, text if step.text else text.rstrip(": "), step.day)


@rule("task-due", points=60, wakes=_first_task)
def task_due(customer: Summary, today: date, config: Config) -> Reason | None:
    """A task of ours is due today."""
    tasks = _due_tasks(customer, today, overdue=False)
    if not tasks:
        return None
    text = _("Due today: {task}").format(task=_listed(tasks))
    return reason("task-due", config, text, today, _partner(customer, tasks[0]))


@rule("rhythm-passed", points=30, wakes=lambda *args: _rhythm_wakes(*args))
def rhythm_passed(customer: Summary, today: date, config: Config) -> Reason | None:
    """The rhythm agreed for this customer has passed since the last contact.

    Their own ``every`` goes before the segment's, that before ``[call] every``. Leads, prospects,
    partners and suppliers have a rhythm only if it is their own; former ones have none.
    """
    ends = _rhythm_ends(customer, today, config)
    if ends is None or ends > today:
        return None
    touch = last_touch(customer, today)
    if touch is None:
        return None
    text = _("Last contact {date}, agreed is every {rhythm}").format(
        date=_say(touch.date, today), rhythm=_said_rhythm(customer, config)
    )
    return reason("rhythm-passed", config, text, ends)


def last_touch(customer: Summary, today: date) -> Touch | None:
    """Return the last contact up to today: entries dated later are plans, not contacts."""
    touches = [touch for touch in customer.entries if touch.touch != "none" and not touch.attempt]
    if customer.last_touch:
        touches.append(customer.last_touch)
    past = [touch for touch in touches if touch.date <= today]
    return max(past, key=lambda touch: (touch.date, touch.time or time.min), default=None)


def _said_rhythm(customer: Summary, config: Config) -> str:
    rhythm = _rhythm(customer, config)
    span = _span(rhythm)
    return say_span(span, language()) if span else rhythm


def _rhythm(customer: Summary, config: Config) -> str:
    segment = config.segments.get(customer.segment)
    return customer.every or (segment.every if segment else "") or config.every


@lru_cache(maxsize=256)
def _span(text: str) -> Span | None:
    try:
        return parse_span(text)
    except CrmError:
        return None


def _rhythm_ends(customer: Summary, today: date, config: Config) -> date | None:
    if _quiet(customer) or (customer.status in OWN_RHYTHM_STATUSES and not customer.every):
        return None
    touch = last_touch(customer, today)
    span = _span(_rhythm(customer, config))
    return add_span(touch.date, span) if touch and span else None


def _rhythm_wakes(customer: Summary, today: date, config: Config) -> date | None:
    """The rhythm may first end after the last contact, or after the first one still to come."""
    planned = [touch.date for touch in customer.entries if touch.touch != "none"]
    first = today if last_touch(customer, today) or not planned else min(planned)
    return _rhythm_ends(customer, max(first, today), config)


def _oldest_complaint(customer: Summary) -> date | None:
    return min((touch.date for touch in customer.complaints), default=None)


def _say(day: date | None, today: date) -> str:
    """The day itself, and how far away it is: ``Thu 19 Nov 2026 (yesterday)``."""
    if day is None:
        return ""
    return f"{say_date(day, language())} ({say_when(day, today, language())})"


def _listed(tasks: list[Task]) -> str:
    return "; ".join(task.text for task in tasks)


def _partner(customer: Summary, task: Task) -> str:
    """The person of the entry in which the task was said."""
    if task.said_on is None:
        return ""
    for touch in customer.entries:
        if touch.date == task.said_on and touch.people:
            return touch.people[0]
    return ""
