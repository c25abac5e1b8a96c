"""Boil a customer down to what lists and the call list need, small enough to keep for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from crm_md.config import Config
from crm_md.dates.filed import split_file_date
from crm_md.document.people import Names, names_of, people_of
from crm_md.frozen import replace
from crm_md.model import Contact, Customer, Entry, Person, Summary, Touch

KEPT_ENTRIES = 10
KEPT_COMMON = 3
LONGEST_GIST = 160  # characters


def summarise(customer: Customer, config: Config) -> Summary:
    """Return the summary of a customer.

    Nothing here depends on the day, so a summary may be kept: `last_touch` and its like are the
    newest of the whole file, entries dated ahead included. Whoever knows the day passes over
    those: the newest of `entries` up to it counts, and `last_touch` where none is among them.
    Therefore, where the newest touch is the only one among the last ten entries, the touch
    before it is kept as an eleventh.

    People in touches bear the name that the head gives them, where they are contacts.

    Args:
        customer: as read.
        config: the settings it was read with.
    """
    names = names_of(people_of(customer))
    entries = customer.entries
    moods = config.moods
    return Summary(
        slug=customer.slug,
        path=customer.path,
        name=customer.name,
        status=customer.status,
        segment=customer.segment,
        owner=customer.owner,
        tags=customer.tags,
        street=customer.address.street,
        zip=customer.address.zip,
        city=customer.address.city,
        country=customer.address.country,
        phone="".join(customer.phones[:1]),
        email="".join(customer.emails[:1]),
        reach=customer.reach,
        address_as=customer.address_as,
        every=customer.every,
        next=customer.next,
        snooze=customer.snooze,
        do_not_contact=customer.do_not_contact,
        refused=tuple(c.channel for c in customer.consents if c.allowed is False),
        people=tuple(map(_person, customer.contacts)) or (_private_person(customer),),
        entries=tuple(_touch(entry, names) for entry in _kept(entries)),
        last_touch=_newest(entries, names, _is_touch),
        last_theirs=_newest(entries, names, lambda entry: entry.direction in ("from", "with")),
        last_ours=_newest(entries, names, lambda entry: entry.direction in ("to", "with")),
        last_mood=_newest(entries, names, lambda entry: entry.mood in moods),
        last_solved=_last_solved(entries, names),
        tasks=tuple(task for task in customer.tasks if task.state == "open"),
        complaints=tuple(_touch(entry, names) for entry in open_complaints(entries)),
        deals=customer.deals,
        products=customer.products,
        birthday=customer.birthday,
        anniversary=customer.anniversary,
        common=customer.common[:KEPT_COMMON],
    )


def open_complaints(entries: Sequence[Entry]) -> list[Entry]:
    """Return the complaints that nobody has solved, the oldest first.

    One is solved by a fact ``gelöst::`` with words in it, or by a later entry that tells a
    solution (of the same day, too), if it is the only one open then. A fact dated that day or
    later tells that its complaint was open as well: the entry may mean either, and closes none.
    """
    return _complaints(entries)[0]


def solved_complaints(entries: Sequence[Entry]) -> list[tuple[Entry, date]]:
    """Return the complaints that were solved, each with the day, in the order of the complaints.

    The day is that which the fact begins with, or that of the entry that tells the solution; a
    fact without one was written on a day that nobody knows: the complaint's own is taken.
    """
    return _complaints(entries)[1]


def _complaints(entries: Sequence[Entry]) -> tuple[list[Entry], list[tuple[Entry, date]]]:
    waiting: list[Entry] = []
    solved: list[tuple[Entry, date]] = []
    for entry in sorted(entries, key=lambda entry: (entry.date, entry.solution)):
        if entry.solution:
            still = [one for one in waiting if not _solved_before(one, entry.date)]
            if len(still) == 1 and not still[0].fact("solved"):
                waiting.remove(still[0])
                solved.append((still[0], entry.date))
        elif entry.kind == "complaint":
            waiting.append(entry)
            if told := entry.fact("solved"):
                solved.append((entry, split_file_date(told)[0] or entry.date))
    return [entry for entry in waiting if not entry.fact("solved")], solved


def _solved_before(complaint: Entry, day: date) -> bool:
    """Say whether a fact tells that a complaint was solved before a day, or tells no day."""
    solved = complaint.fact("solved")
    told = split_file_date(solved)[0] if solved else None
    return bool(solved) and (told is None or told < day)


def _last_solved(entries: Sequence[Entry], names: Names) -> Touch | None:
    solved = solved_complaints(entries)
    if not solved:
        return None
    entry, day = max(solved, key=lambda one: one[1])
    return replace(_touch(entry, names), date=day, time=None)


def _kept(entries: Sequence[Entry]) -> list[Entry]:
    kept = list(entries[:KEPT_ENTRIES])
    if sum(map(_is_touch, kept)) == 1:
        kept += [entry for entry in entries[KEPT_ENTRIES:] if _is_touch(entry)][:1]
    return kept


def _is_touch(entry: Entry) -> bool:
    return entry.touch != "none"


def _newest(entries: Sequence[Entry], names: Names, fits: Callable[[Entry], bool]) -> Touch | None:
    return next((_touch(entry, names) for entry in entries if fits(entry)), None)


def _touch(entry: Entry, names: Names) -> Touch:
    gist = entry.gist
    return Touch(
        date=entry.date,
        time=entry.time,
        kind=entry.kind,
        touch=entry.touch,
        direction=entry.direction,
        people=tuple(names.contact(name) or name for name in entry.people),
        author=entry.author,
        mood=entry.mood,
        gist=gist if len(gist) <= LONGEST_GIST else gist[: LONGEST_GIST - 1] + "…",
        attempt=entry.attempt,
        line=entry.line,
    )


def _person(contact: Contact) -> Person:
    return Person(
        name=contact.name,
        phone="".join(contact.phones[:1]),
        email="".join(contact.emails[:1]),
        reach=contact.reach,
        address_as=contact.address_as,
        role=contact.role,
        birthday=contact.birthday,
        away=contact.away,
        left=contact.left,
        snooze=contact.snooze,
        do_not_contact=contact.do_not_contact,
    )


def _private_person(customer: Customer) -> Person:
    """A customer without contacts is their own single person; what guards them is the summary's."""
    return Person(
        name=customer.name,
        phone="".join(customer.phones[:1]),
        email="".join(customer.emails[:1]),
        reach=customer.reach,
        address_as=customer.address_as,
        birthday=customer.birthday,
        away=customer.away,
    )
