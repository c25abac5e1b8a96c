"""What to know before a visit or a meeting: the story in brief, the people, what was promised."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from crm_md.crm import Crm
from crm_md.dates import next_anniversary, read_partial
from crm_md.document.people import names_of, people_of
from crm_md.frozen import dataclass
from crm_md.model import Contact, Customer, Entry, Person
from crm_md.questions.coming_days import coming_days
from crm_md.questions.milestones import Milestone, last_told, milestones, turns_of_mood
from crm_md.questions.quick_look import QuickLook, asks_for, quick_look
from crm_md.questions.what_comes import Coming

BIRTHDAY_SOON = 30  # days
SAID = 3  # entries told of each person
_TODAY = frozenset(("planned", "next", "task"))


@dataclass(frozen=True, slots=True)
class Met:
    """A person as one wants to know them before they come in.

    Attributes:
        contact: what the head tells, unknown keys included.
        birthday: the next one, if it is near; turns: how old they become, None if nobody knows.
        said: the last entries in which they took part, the newest first.
        asked: they were asked for by name.
        rests: they asked for quiet, and it still holds.
    """

    person: Person
    contact: Contact
    birthday: date | None
    turns: int | None
    said: tuple[Entry, ...]
    asked: bool
    rests: bool


@dataclass(frozen=True, slots=True)
class Briefing:
    """Everything that the page shows; never a consent, and nothing that compares colleagues.

    Attributes:
        look: the quick look: careful, complaints, promises, common ground, relations, known by.
        people: who has left comes last.
        story: the milestones, the oldest first; moods: the turns of mood.
        last: the last contacts, and what was noted since, the newest first.
        occasion: what brings us there today.
        rests: the customer asked for quiet, and it still holds.
    """

    look: QuickLook
    people: tuple[Met, ...]
    story: tuple[Milestone, ...]
    moods: tuple[Entry, ...]
    last: tuple[Entry, ...]
    occasion: tuple[Coming, ...] = ()
    rests: bool = False


def briefing(crm: Crm, path: str, *, person: str = "", occasion: Iterable[Coming] = ()) -> Briefing:
    """Return what to know before a visit.

    Args:
        crm: the open store.
        path: the customer's file, relative to the store.
        person: whom was asked for, if a fragment named a person; they come first.
        occasion: what brings us there.
    """
    look = quick_look(crm, path, person=person, entries=None)
    customer, today = look.customer, crm.today
    people = [_met(look, one, person) for one in look.people]
    people.sort(key=lambda met: not met.asked)
    return Briefing(
        look=look,
        people=tuple(people),
        story=milestones(
            customer.entries, today, frozenset(entry.line for entry in look.complaints)
        ),
        moods=turns_of_mood(customer.entries, today),
        last=last_told(customer.entries, today),
        occasion=tuple(occasion),
        rests=look.rests,
    )


def briefings_of_today(crm: Crm, *, owner: str = "") -> tuple[Briefing, ...]:
    """Return a briefing for everybody whom I visit, meet or call today.

    These are the customers with a plan of today, and with a next step or a task of ours that is
    due today; in the order of the day.

    Args:
        crm: the open store.
        owner: "" for mine and nobody's, a colleague, me, ``nobody`` or ``all``.

    Raises:
        UsageProblem: the owner is nobody of the team.
        NoIdentity: mine are asked for, and Git does not know me.
    """
    occasions: dict[str, list[Coming]] = {}
    for one in coming_days(crm, owner=owner, days=1).coming:
        if one.kind in _TODAY:
            occasions.setdefault(one.summary.path, []).append(one)
    by_time = sorted(occasions.items(), key=lambda item: _first_time(item[1]))
    return tuple(briefing(crm, path, occasion=found) for path, found in by_time)


def _first_time(found: list[Coming]) -> tuple[bool, str]:
    times = [f"{one.time:%H:%M}" for one in found if one.time]
    return not times, min(times, default="")


def _met(look: QuickLook, person: Person, asked: str) -> Met:
    customer, today = look.customer, look.today
    contact = next((one for one in customer.contacts if one.name == person.name), None)
    partial = read_partial(person.birthday) if person.birthday else None
    day = next_anniversary(partial, today) if partial else None
    near = day is not None and (day - today).days <= BIRTHDAY_SOON
    return Met(
        person=person,
        contact=contact or _private(customer),
        birthday=day if near else None,
        turns=day.year - partial.year if near and day and partial and partial.year else None,
        said=_said(customer, person, today)[:SAID] if contact else (),
        asked=asks_for(person, asked),
        rests=person.name in look.resting,
    )


def _private(customer: Customer) -> Contact:
    """A customer without contacts is their own single person."""
    return Contact(
        customer.name,
        address_as=customer.address_as,
        decides=customer.decides,
        phones=customer.phones,
        emails=customer.emails,
        reach=customer.reach,
        birthday=customer.birthday,
        away=customer.away,
    )


def _said(customer: Customer, person: Person, today: date) -> tuple[Entry, ...]:
    names = names_of(people_of(customer))
    return tuple(
        entry
        for entry in customer.entries
        if entry.date <= today
        and not entry.attempt
        and any((names.contact(name) or name) == person.name for name in entry.people)
    )
