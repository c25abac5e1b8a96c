"""Rules about what was agreed: our promises, theirs, the next step.

One function a rule, whose docstring is its entry in the manual.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from crm_md.agenda.contacts import said_with
from crm_md.agenda.registry import reason, rule
from crm_md.agenda.wording import said
from crm_md.config import Config
from crm_md.messages import N_, _
from crm_md.model import CUSTOMER, Reason, Summary, Task
from crm_md.words import ENDED_STATUSES


def _first_due(customer: Summary, *, theirs: bool = False) -> date | None:
    return min((task.due for task in _tasks(customer, theirs=theirs) if task.due), default=None)


@rule(
    "promise-overdue",
    points=100,
    title=N_("a promise of ours is overdue"),
    family="task",
    wakes=lambda customer, _today, _config: _first_due(customer),
)
def promise_overdue(customer: Summary, today: date, config: Config) -> Reason | None:
    """A promise of ours is overdue: an open task of ours whose day has passed.

    ``- [ ] Ersatz schicken due:2026-11-19`` puts a customer on the list from 20 November on.
    """
    tasks = [task for task in _tasks(customer) if task.due and task.due < today]
    if not tasks:
        return None
    text = _("Promised for {date}: {task}").format(
        date=said(tasks[0].due, today), task=_listed(tasks)
    )
    return _of_tasks("promise-overdue", config, text, customer, tasks)


@rule(
    "next-due",
    points=70,
    title=N_("the next step is due"),
    family="next",
    wakes=lambda customer, _today, _config: customer.next.day if customer.next else None,
)
def next_due(customer: Summary, today: date, config: Config) -> Reason | None:
    """The next step is due: the day of ``next`` has come.

    ``next: 2026-12-01 Angebot nachfassen`` puts a customer on the list from 1 December on.
    """
    step = customer.next
    if step is None or step.day is None or step.day > today:
        return None
    if _has_ended(customer) and customer.entries and step.day <= customer.entries[0].date:
        return None
    text = _("Next step for {date}: {step}").format(date=said(step.day, today), step=step.text)
    return reason("next-due", config, text if step.text else text.rstrip(": "), step.day)


@rule(
    "task-due",
    points=60,
    title=N_("a task of ours is due"),
    family="task",
    wakes=lambda customer, _today, _config: _first_due(customer),
)
def task_due(customer: Summary, today: date, config: Config) -> Reason | None:
    """A task of ours is due today.

    ``- [ ] Ersatz schicken due:2026-11-20`` speaks on 20 November; from the day after, the promise
    is overdue.
    """
    tasks = [task for task in _tasks(customer) if task.due == today]
    if not tasks:
        return None
    text = _("Due today: {task}").format(task=_listed(tasks))
    return _of_tasks("task-due", config, text, customer, tasks)


@rule(
    "owed-overdue",
    points=55,
    title=N_("what they owe us is overdue"),
    family="task",
    wakes=lambda customer, _today, _config: _first_due(customer, theirs=True),
)
def owed_overdue(customer: Summary, today: date, config: Config) -> Reason | None:
    """Something they promised is overdue: an open task of the customer whose day has passed.

    ``- [ ] schickt die Fotos due:2026-11-27 @kunde`` speaks from 28 November on.
    """
    tasks = [task for task in _tasks(customer, theirs=True) if task.due and task.due < today]
    if not tasks:
        return None
    text = _("They promised for {date}: {task}").format(
        date=said(tasks[0].due, today), task=_listed(tasks)
    )
    return reason("owed-overdue", config, text, tasks[0].due, said_with(customer, tasks[0]))


def _tasks(customer: Summary, *, theirs: bool = False) -> list[Task]:
    """The open tasks with a day, the first due first; of those who have gone, the later ones."""
    tasks = [task for task in customer.tasks if task.due and (task.whose == CUSTOMER) is theirs]
    if _has_ended(customer):
        tasks = [task for task in tasks if _agreed_later(customer, task.said_on or task.due)]
    return sorted(tasks, key=lambda task: (task.due or date.max, task.text))


def _has_ended(customer: Summary) -> bool:
    """Former, declined and closed customers are called for a later agreement only."""
    return customer.status in ENDED_STATUSES


def _agreed_later(customer: Summary, day: date | None) -> bool:
    """Tell whether something was agreed with the newest entry or after it."""
    newest = customer.entries[0].date if customer.entries else None
    return newest is None or day is None or day >= newest


def _of_tasks(name: str, config: Config, text: str, customer: Summary, tasks: list[Task]) -> Reason:
    first = tasks[0]
    return reason(name, config, text, first.due, said_with(customer, first), first.whose)


def _listed(tasks: Iterable[Task]) -> str:
    return "; ".join(task.text for task in tasks)
