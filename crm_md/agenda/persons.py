"""Whom to call at a customer: the person the reason names, and who can be reached at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from crm_md.agenda.guards import rests, until_when
from crm_md.dates import read_partial, say_date
from crm_md.frozen import dataclass
from crm_md.messages import _, language
from crm_md.model import Person, Reason, Summary, Touch


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom to call.

    Attributes:
        person: None if nobody can be reached.
        phone: the number to dial, "" where none is known.
        passed_over: who came first and cannot be reached, each in a sentence.
    """

    person: Person | None
    phone: str
    passed_over: tuple[str, ...] = ()

    @property
    def nobody(self) -> bool:
        """Tell whether there is neither a person nor a number of the firm."""
        return self.person is None and not self.phone and bool(self.passed_over)


def whom_to_call(summary: Summary, reasons: Sequence[Reason], today: date) -> Whom:
    """Choose the person: whom the reason names, else whom we last spoke with, else the first.

    Who has left, is away, rests or does not want to be contacted is passed over, and said.
    """
    people = summary.people
    passed: dict[str, str] = {}
    for one in _in_question(summary, reasons, today):
        why = why_out_of_reach(one, today, summary.entries)
        if not why:
            return _with_number(one, summary, today, tuple(passed.values()))
        passed.setdefault(one.name, why)
    alone = len(people) == 1 and people[0].name == summary.name
    return Whom(None, "" if alone else summary.phone, tuple(passed.values()))


def _with_number(one: Person, summary: Summary, today: date, passed_over: tuple[str, ...]) -> Whom:
    """Return whom to call with a number: theirs, the firm's, else that of somebody there."""
    number = one.phone or summary.phone
    if number:
        return Whom(one, number, passed_over)
    for other in summary.people:
        if other.phone and not why_out_of_reach(other, today, summary.entries):
            said = _("The number is {name}'s.").format(name=other.name)
            return Whom(one, other.phone, (*passed_over, said))
    return Whom(one, "", passed_over)


def _in_question(summary: Summary, reasons: Sequence[Reason], today: date) -> Iterator[Person]:
    """Yield whom to call, the likeliest first; some come again."""
    for reason in reasons:
        if reason.person:
            yield from (one for one in summary.people if same_person(reason.person, one.name))
    for touch in summary.entries:
        if touch.people and touch.date <= today:
            for name in touch.people:
                yield from (one for one in summary.people if same_person(name, one.name))
    yield from summary.people


def rests_today(person: Person, today: date, touches: Sequence[Touch]) -> bool:
    """Tell whether a person's ``snooze`` still holds.

    Args:
        touches: the customer's entries; one from this person ends their rest.
    """
    if person.snooze is None:
        return False
    theirs = [one for one in touches if any(same_person(n, person.name) for n in one.people)]
    return rests(person.snooze, today, theirs)


def why_out_of_reach(person: Person, today: date, touches: Sequence[Touch] = ()) -> str:
    """Return why a person cannot be called on this day, in a sentence; "" if they can."""
    if not (person.do_not_contact or person.left or person.snooze or person.away):
        return ""
    if person.do_not_contact:
        return _("{name} does not want to be contacted.").format(name=person.name)
    if has_left(person, today):
        return _("{name} has left.").format(name=person.name)
    if person.snooze and rests_today(person, today, touches):
        return _("{name} rests until {date}.").format(
            name=person.name, date=until_when(person.snooze)
        )
    away = person.away
    if away and away.first <= today <= away.last:
        day = say_date(away.last, language())
        return _("{name} is away until {date}.").format(
            name=person.name, date=f"{day} ({away.text})" if away.text else day
        )
    return ""


def same_person(name: str, full: str) -> bool:
    """Tell whether a name as written (``Heike``, ``Frau Petersen``) means this person."""
    wanted, known = name.casefold().split(), full.casefold().split()
    return bool(wanted) and (wanted == known or wanted[-1] in known)


def has_left(person: Person, today: date) -> bool:
    """Tell whether somebody has left: ``left: 2026-03`` has, a day, month or year to come has not.

    Words without a day ("in Rente") are taken for yes.
    """
    words = person.left.split()
    when = read_partial(words[0]) if words else None
    if when is None or when.year is None:
        return bool(person.left)
    return (when.year, when.month or 1, when.day or 1) <= (today.year, today.month, today.day)
