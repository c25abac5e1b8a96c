"""Tick tasks or drop them, and write one that needs no entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING

from crm_md.crm import Crm
from crm_md.document import Document, with_task, with_task_ended, without
from crm_md.document.pieces.task_line import task_words
from crm_md.document.task_edits import Ending
from crm_md.document.task_signs import MENTION
from crm_md.errors import FileChanged, TaskEnded, UsageProblem
from crm_md.frozen import dataclass
from crm_md.likeness import task_codes
from crm_md.messages import _
from crm_md.model import Customer, Task
from crm_md.questions.naming import Named
from crm_md.records.promised_days import dated_task, no_task
from crm_md.words import MENTION_ME, plain

if TYPE_CHECKING:
    from crm_md.index.promises import Promise


@dataclass(frozen=True, slots=True)
class Ended:
    """Tasks that were ticked or dropped.

    Attributes:
        tasks: as they stood before.
        left: how many are still open at the customers concerned.
        action: the id that takes it back.
    """

    tasks: tuple[Promise, ...]
    left: int
    action: str


@dataclass(frozen=True, slots=True)
class TaskAdded:
    """A task that was written.

    Attributes:
        name: of the customer.
        task: as it is read from the file.
        code: its whole code.
        action: the id that takes it back.
        twin: an open one of the same words that stood there before, None if there was none.
    """

    name: str
    task: Task
    code: str
    action: str
    twin: Task | None = None


def end_tasks(
    crm: Crm,
    tasks: Sequence[Promise],
    *,
    ending: Ending = "done",
    day: date | None = None,
    note: str = "",
) -> Ended:
    """Tick tasks, or drop what is not necessary any more, in one action.

    Args:
        crm: the open store.
        tasks: open ones, of one or several customers.
        ending: ``done`` or ``dropped``.
        day: on which it was done, today if None.
        note: what there is to say about it; it goes below each of them.

    Raises:
        UsageProblem: the day is still to come, or there is a note on a next step.
        TaskEnded: one of them is done or dropped already.
        FileChanged: one of them does not stand in its file any more.
        WouldChangeMore: a file is such that more would change.
        NotSaved and the others of `Crm.change`.
    """
    day = day or crm.today
    if day > crm.today:
        raise UsageProblem(
            _("What is done cannot be done on a day to come: {day}.").format(day=day.isoformat()),
            _("For a task with a day: crm todo CUSTOMER --add “… due:friday”"),
        )
    step = next((one for one in tasks if one.kind == "step"), None)
    if step and note:
        raise UsageProblem(
            _("A next step has no place for a note."),
            _('Log it: crm log {slug} "{note}"').format(slug=step.slug, note=note),
        )
    left = 0
    with crm.change("done") as change:
        for path in dict.fromkeys(task.path for task in tasks):
            document = change.read(path)
            for task in tasks:
                if task.path == path:
                    document = with_promise_ended(document, task, ending, day, note)
            change.put(document)
            left += sum(task.state == "open" for task in document.customer.tasks)
        change.tell(lambda: _sentence(tasks, ending))
    return Ended(tuple(tasks), left, change.id)


def add_task(crm: Crm, who: Named, words: str) -> TaskAdded:
    """Write a task that stands in no entry.

    A day as people type it becomes a date. Nobody mentioned: it is mine; where the customer is
    mine as well, that needs no word.

    Args:
        crm: the open store.
        who: the customer.
        words: "Katalog schicken due:freitag @ben".

    Raises:
        UsageProblem: not a word was given.
        DateNotUnderstood: what stands behind ``due:`` is no date.
        NotSaved and the others of `Crm.change`.
    """
    text = dated_task(words, crm.today)
    with crm.change("todo") as change:
        document = change.read(who.path)
        text = _as_mine(text, document.customer.owner, crm)
        edited = with_task(document, text)
        added, twin = _added(document, edited), same_promise(document.customer, text)
        if added is None or not added.text:
            raise no_task()
        change.put(edited)
        name = document.customer.name
        change.tell(lambda: _("{name}: to do: {task}").format(name=name, task=added.text))
    return TaskAdded(name, added, task_codes(edited.customer)[added.line], change.id, twin)


def with_promise_ended(
    document: Document, task: Promise, ending: Ending, day: date, note: str = ""
) -> Document:
    """Return a customer with one of their open tasks ticked or dropped, wherever it stands now.

    Raises:
        TaskEnded: it is done or dropped already.
        FileChanged: it does not stand there any more.
        WouldChangeMore: the file is such that more would change.
    """
    if task.kind == "step":
        return _without_step(document, task)
    return with_task_ended(document, _line_of(document, task), ending, day, note)


def _without_step(document: Document, one: Promise) -> Document:
    """Return a customer without their next step, if it is still this one."""
    step = document.customer.next
    if step is None or (step.day, step.text[: len(one.text)]) != (one.due, one.text):
        raise FileChanged(document.path)
    return without(document, ("next",))


def _line_of(document: Document, task: Promise) -> int:
    """Return where a task stands now.

    Raises:
        TaskEnded: it is done or dropped.
        FileChanged: it is gone.
    """
    codes = task_codes(document.customer)
    for one in document.customer.tasks:
        if codes[one.line] == task.code:
            if one.state != "open":
                raise TaskEnded(task.text, task.name, task.slug, dropped=one.state == "dropped")
            return one.line
    raise FileChanged(document.path)


def _sentence(tasks: Sequence[Promise], ending: Ending) -> str:
    texts = "; ".join(task.text for task in tasks)
    names = ", ".join(dict.fromkeys(task.name for task in tasks))
    said = _("{name}: done: {task}") if ending == "done" else _("{name}: dropped: {task}")
    return said.format(name=names, task=texts)


def _as_mine(text: str, owner: str, crm: Crm) -> str:
    """Return the words with my name in them, where they would be taken for somebody else's."""
    if not crm.in_team:
        return text
    mentions = [match[2].casefold() for match in MENTION.finditer(text)]
    if not mentions:
        return text if owner == crm.me or not text else f"{text} @{crm.me}"
    return MENTION.sub(
        lambda found: f"@{crm.me}" if found[2].casefold() in MENTION_ME else found[0], text
    )


def same_promise(customer: Customer, words: str) -> Task | None:
    """Return an open task of these words, whatever its day and whoever's it is, None for none.

    Args:
        customer: whose tasks are looked at.
        words: of a task, its days and mentions included.
    """
    wanted = plain(task_words(f"- [ ] {words}"))
    found = (task for task in customer.tasks if task.state == "open")
    return next((task for task in found if plain(task.text) == wanted), None)


def _added(before: Document, after: Document) -> Task | None:
    """Return the task that was written: the first one where the texts begin to differ."""
    if len(after.customer.tasks) != len(before.customer.tasks) + 1:
        return None
    lines = zip(before.text.split("\n"), after.text.split("\n"), strict=False)
    same = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], lines))
    return next((task for task in after.customer.tasks if task.line > same), None)
