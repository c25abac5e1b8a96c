"""Drop what is not necessary any more: a task, a next step, a complaint, a deal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from crm_md.agenda import ALL, days_of
from crm_md.crm import Crm
from crm_md.dates import say_date
from crm_md.document import open_complaints
from crm_md.frozen import dataclass
from crm_md.messages import _, language
from crm_md.model import CUSTOMER, Customer, Deal, Entry, NextStep, Suggestion
from crm_md.questions.naming import Named
from crm_md.records.deal_words import DealWish
from crm_md.records.deals import CLOSED, change_deal
from crm_md.records.facts import set_fact
from crm_md.records.solving import solve
from crm_md.records.tasks import end_tasks

if TYPE_CHECKING:
    from crm_md.index.promises import Promise

_OURS = frozenset(("promise-overdue", "task-due"))
_DEALS = frozenset(("deal-closing", "offer-quiet"))


@dataclass(frozen=True, slots=True)
class Droppable:
    """Something that puts a customer on the call list, and that can be dropped.

    Attributes:
        text: what it is and what becomes of it, in a line.
        thing: the task, the next step, the complaint or the deal.
    """

    text: str
    thing: Promise | NextStep | Entry | Deal

    @property
    def takes_why(self) -> bool:
        """Tell whether the file has a place for why it is dropped."""
        return not isinstance(self.thing, NextStep)


def droppable(crm: Crm, row: Suggestion, today: date, reader: str) -> tuple[Droppable, ...]:
    """Return what could be dropped of that which put a customer on the list, as it stands now.

    A rhythm, a birthday or a letter without an answer speak by themselves: nothing of them can be
    dropped, and the customer rests instead.

    Args:
        crm: the open store.
        row: the customer's row.
        today: the day of the list.
        reader: whose list it is: a short name, ``all``, or "" for somebody in no team.

    Raises:
        FileNotReadable: the file is gone.
    """
    customer = crm.read(row.summary.path).customer
    rules = {reason.rule for reason in row.reasons}
    found = [*map(_droppable_task, due_tasks(crm, row, today, reader))]
    if "next-due" in rules and customer.next:
        text = _("the next step: {step}").format(step=customer.next.written)
        found.append(Droppable(text, customer.next))
    if "complaint-open" in rules:
        for entry in open_complaints(customer.entries):
            if entry.date <= today:
                day = say_date(entry.date, language())
                text = _("the complaint of {day}, as solved: {gist}")
                found.append(Droppable(text.format(day=day, gist=entry.gist), entry))
    found += _deals(crm, customer, rules, today)
    return tuple(found)


def drop(crm: Crm, row: Suggestion, one: Droppable, why: str = "") -> str:
    """Drop it: a task is crossed out, a next step goes, a complaint is solved, a deal is lost.

    Args:
        crm: the open store.
        row: the customer's row.
        one: one of `droppable`.
        why: in any words, "" where nobody said; a next step has no place for it.

    Returns:
        The action, which can be taken back.

    Raises:
        TaskEnded: the task is done or dropped already.
        NothingChanged: it is gone already.
        FileChanged: it was changed meanwhile.
        NotSaved and the others of `Crm.change`.
    """
    summary, thing = row.summary, one.thing
    who = Named(summary.slug, summary.name, summary.path)
    if isinstance(thing, NextStep):
        return set_fact(crm, who, "next", [], "delete").action
    if isinstance(thing, Entry):
        return solve(crm, who, thing, crm.today, why).action
    if isinstance(thing, Deal):
        wish = DealWish(thing.title, "lost", because=why)
        return change_deal(crm, who, wish, thing).action
    return end_tasks(crm, [thing], ending="dropped", note=why).action


def due_tasks(crm: Crm, row: Suggestion, today: date, reader: str) -> Iterator[Promise]:
    """Yield the due tasks that put a customer on the list; at a colleague's only one's own.

    Args are those of `droppable`.
    """
    rules = {reason.rule for reason in row.reasons}
    owned = reader == ALL or row.summary.owner in ("", reader)
    for one in crm.catalogue.promises.open(path=row.summary.path):
        theirs = one.whose == CUSTOMER
        speaks = "owed-overdue" in rules if theirs else bool(rules & _OURS)
        if one.kind != "task" or not speaks or one.due is None or one.due > today:
            continue
        if owned or one.whose == reader:
            yield one


def _droppable_task(one: Promise) -> Droppable:
    text = _("their task: {task}") if one.whose == CUSTOMER else _("the task: {task}")
    day = f" ({say_date(one.due, language())})" if one.due else ""
    return Droppable(text.format(task=one.text + day), one)


def _deals(crm: Crm, customer: Customer, rules: set[str], today: date) -> Iterator[Droppable]:
    near = today + timedelta(days=days_of("deal-closing", crm.config))
    for deal in customer.deals if rules & _DEALS else ():
        closes = "deal-closing" in rules and deal.close is not None and deal.close <= near
        quiet = "offer-quiet" in rules and deal.stage == "offered"
        if deal.stage not in CLOSED and (closes or quiet):
            text = _("the deal, as lost: {deal}").format(deal=deal.title)
            yield Droppable(text, deal)
