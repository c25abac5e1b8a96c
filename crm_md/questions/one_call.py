"""Call one customer: whom, on which number, why, and what stands against it."""

from __future__ import annotations

from crm_md.agenda import (
    Whom,
    guards_of,
    reasons_on_list,
    suggestion,
    whom_to_call,
    why_out_of_reach,
)
from crm_md.crm import Crm
from crm_md.document import summarise
from crm_md.frozen import dataclass, replace
from crm_md.model import Suggestion
from crm_md.questions.calling import Asked, Calls, empty_list
from crm_md.questions.quick_look import QuickLook, asks_for, look_at, quick_look


@dataclass(frozen=True, slots=True)
class OneCall:
    """One customer as somebody needs them who is about to call.

    Attributes:
        answer: a call list of one row: whom to call, the number, and the reasons that put the
            customer on the list, or would if nothing stood against it.
        on_list: whether the customer is on the list.
        banned: they want no contact at all; that goes before everything else.
        against: what stands against turning to them today, each in a few words.
        look: the quick look.
    """

    answer: Calls
    on_list: bool
    banned: bool
    against: tuple[str, ...]
    look: QuickLook

    @property
    def row(self) -> Suggestion:
        """Whom to call, and why."""
        return self.answer.rows[0]


def one_call(
    crm: Crm,
    path: str,
    asked: Asked | None = None,
    *,
    person: str = "",
    entries: int | None = 4,
    bonds: bool = True,
) -> OneCall:
    """Return what to know before calling one customer, from the file as it is at this moment.

    Args:
        crm: the open store.
        path: the customer's file, relative to the store.
        asked: whose list, for which day and way.
        person: who was asked for, if the words named a person: they are called, whomever the
            reasons name.
        entries: how many of the last entries to look at, None for all.
        bonds: look at relations as well, for which other files are asked.

    Raises:
        FileNotReadable: the file is gone.
        UsageProblem: the owner is nobody of the team, or the way is none.
        DateNotUnderstood: the day is none.
    """
    answer = empty_list(crm, asked or Asked())
    if bonds:
        look = quick_look(crm, path, person=person, entries=entries)
    else:
        look = look_at(crm.read(path), crm.today, crm.config, person=person, entries=entries)
    summary = summarise(look.customer, crm.config)
    day, owner = answer.day, answer.owner
    reasons = reasons_on_list(summary, day, crm.me, crm.config, owner=owner)
    whom = whom_to_call(summary, reasons, day)
    unreachable = whom.passed_over if whom.nobody else ()
    for one in summary.people:
        if asks_for(one, person):
            whom = Whom(one, one.phone or summary.phone)
            unreachable = tuple(filter(None, [why_out_of_reach(one, day, summary.entries)]))
    held = tuple(guards_of(summary, day, answer.way))
    row = suggestion(summary, reasons, whom, day, owner or crm.me, crm.config)
    return OneCall(
        replace(answer, rows=(row,), total=1),
        on_list=bool(reasons) and not held and not whom.nobody,
        banned=any(one.guard == "do_not_contact" for one in held)
        or any(asks_for(one, person) and one.do_not_contact for one in summary.people),
        against=(*(one.text for one in held), *(text.rstrip(".") for text in unreachable)),
        look=look,
    )
