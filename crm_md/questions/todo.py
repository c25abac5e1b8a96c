"""What is to be done: open tasks by day, ours and theirs, and the open complaints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from crm_md.crm import Crm
from crm_md.frozen import dataclass
from crm_md.model import CUSTOMER
from crm_md.questions.naming import Named

if TYPE_CHECKING:
    from crm_md.index.promises import Promise

LIMIT = 25  # rows of each of the three lists, where nobody says how many

Due = Literal["overdue", "today", "this week", "later", "any day"]


class Some(NamedTuple):
    """The first rows of a list.

    Attributes:
        total: how many there are.
    """

    rows: tuple[Promise, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Todo:
    """What is to be done, as it is shown.

    Attributes:
        ours: our tasks by day; theirs: what they owe us; complaints: the oldest first.
        questions: lines that merges left, which are settled and not ticked.
        codes: of each row, how its code is shown.
        everybody: whether it is everybody's list, asked for or because I am in no team.
    """

    ours: Some
    theirs: Some
    complaints: Some
    questions: tuple[Promise, ...]
    codes: Mapping[str, str]
    everybody: bool

    @property
    def rows(self) -> tuple[Promise, ...]:
        """All rows, in the order of the three lists, the questions last."""
        return (*self.ours.rows, *self.theirs.rows, *self.complaints.rows, *self.questions)


def todo(
    crm: Crm,
    who: Named | None = None,
    *,
    owner: str = "",
    limit: int | None = None,
    until: date | None = None,
) -> Todo:
    """Return what is open: tasks and the next steps that are due, by day, then complaints.

    Mine is what is at my customers and at nobody's, and what is my task anywhere. Who rests or
    wants no contact is listed all the same: a promise stays one.

    Args:
        crm: the open store.
        who: only this customer's, and then everybody's.
        owner: "" for mine and nobody's, a colleague, me, ``nobody`` or ``all``; everybody's where
            I am in no team.
        limit: rows of each list at most, None for `LIMIT`, or for all of one customer; 0 for all.
        until: only the tasks due by that day, what is overdue included; None for all.

    Raises:
        UsageProblem: the owner is nobody of the team.
        NoIdentity: mine are asked for, and Git does not know me.
    """
    promises = crm.catalogue.promises
    near = until or crm.today  # a next step of a later day is no task yet
    if who is None:
        found, everybody = _of(crm, owner, near)
    else:
        found, everybody = promises.open(path=who.path, steps_until=near), True
        limit = limit or 0
    tasks = [one for one in found if one.kind in ("task", "step")]
    if until:
        tasks = [one for one in tasks if one.due and one.due <= until]
    complaints = [one for one in found if one.kind == "complaint"]
    complaints.sort(key=lambda one: (one.said_on or date.min, one.slug, one.line))
    most = LIMIT if limit is None else limit
    ours = _some([one for one in tasks if one.whose != CUSTOMER], most)
    theirs = _some([one for one in tasks if one.whose == CUSTOMER], most)
    sore = _some(complaints, most)
    shown = (*ours.rows, *theirs.rows, *sore.rows)
    questions = tuple(one for one in found if one.kind == "question")
    return Todo(ours, theirs, sore, questions, promises.shown(one.code for one in shown), everybody)


def due(task: Promise, today: date) -> Due:
    """Return in which part of the list a task stands; a week ends on Sunday."""
    if task.due is None:
        return "any day"
    if task.due <= today:
        return "today" if task.due == today else "overdue"
    return "this week" if task.due <= today + timedelta(6 - today.weekday()) else "later"


def asked(question: Promise) -> str:
    """Return what a merge left open, in words: ``Phone: 04922 9300-7``."""
    from crm_md.document.as_said import question_as_said  # lists do without the grammar of files

    return question_as_said(question.text)


def _of(crm: Crm, owner: str, near: date) -> tuple[list[Promise], bool]:
    """Return what is open in the list asked for, steps up to a day; whether it is everybody's."""
    crm.ask_who_i_am()
    promises = crm.catalogue.promises
    from crm_md.agenda import ALL, NOBODY
    from crm_md.questions.owners import nobodys, whose

    if not owner:
        if not crm.in_team:
            return promises.open(steps_until=near), True
        return promises.open(owners=(crm.me, *nobodys(crm)), whose=crm.me, steps_until=near), False
    wanted = whose(crm, owner)
    if wanted == ALL:
        return promises.open(steps_until=near), True
    if wanted == NOBODY:
        return promises.open(owners=nobodys(crm), steps_until=near), False
    return promises.open(owners=(wanted,), whose=wanted, steps_until=near), False


def _some(rows: Sequence[Promise], most: int) -> Some:
    return Some(tuple(rows[:most] if most else rows), len(rows))
