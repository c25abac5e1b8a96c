"""Whom to call at a customer: the person the reason names, and who can be reached at all."""

from __future__ import annotations

from datetime import date

from crm_md.dates import read_partial
from crm_md.model import Person, Reason, Summary


def whom_to_call(
    summary: Summary, reasons: tuple[Reason, ...], today: date
) -> tuple[Person | None, str]:
    """Choose the person: whom the reason names, else whom we last spoke with, else the first.

    Who has left, is away, rests or does not want to be contacted is passed over.

    Returns:
        The person, None if there is none to be reached, and the number to dial.
    """
    named = [reason.person for reason in reasons if reason.person]
    talked = [name for touch in summary.entries if touch.date <= today for name in touch.people]
    wanted = [*named, *talked]
    reachable = [person for person in summary.people if within_reach(person, today)]
    for name in wanted:
        for person in reachable:
            if same_person(name, person.name):
                return person, person.phone or summary.phone
    if reachable:
        return reachable[0], reachable[0].phone or summary.phone
    return None, summary.phone


def within_reach(person: Person, today: date) -> bool:
    """Tell whether a person can be called on this day at all."""
    if person.do_not_contact:
        return False
    if person.left and _has_left(person.left, today):
        return False
    if person.snooze and person.snooze.day and person.snooze.day > today:
        return False
    return not (person.away and person.away.first <= today <= person.away.last)


def same_person(name: str, full: str) -> bool:
    """Tell whether a name as written (``Heike``, ``Frau Petersen``) means this person."""
    wanted, known = name.casefold().split(), full.casefold().split()
    return bool(wanted) and (wanted == known or wanted[-1] in known)


def _has_left(left: str, today: date) -> bool:
    """``left: 2026-03`` has left; a day, month or year to come has not yet."""
    when = read_partial(left.split()[0]) if left.split() else None
    if when is None or when.year is None:
        return True
    return (when.year, when.month or 1, when.day or 1) <= (today.year, today.month, today.day)
