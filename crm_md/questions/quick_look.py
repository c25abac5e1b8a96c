"""The quick look: who is this, what was the last contact about, what did we promise."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from itertools import takewhile

from crm_md.agenda import has_left, rests_today
from crm_md.agenda.guards import rests
from crm_md.config import Config
from crm_md.crm import Crm
from crm_md.document import Document, summarise
from crm_md.document.as_said import question_as_said
from crm_md.document.links import without_links
from crm_md.document.question_lines import question_lines, said_in
from crm_md.errors import NothingKnownThen
from crm_md.frozen import dataclass
from crm_md.likeness import slug_in
from crm_md.model import CUSTOMER, Customer, Entry, Person, Task
from crm_md.words import plain

_FACT = 80  # characters of a paragraph that is a fact rather than a story
_NO_WORDS = re.compile(r"\s*(?:<|```|~~~|[|>#]|!\[|[-*+]\s|\d+[.)]\s|\S+::)")


@dataclass(frozen=True, slots=True)
class Bond:
    """A relation seen from this customer: their own, or one that another customer's file names."""

    slug: str
    name: str
    kind: str
    who: str
    incoming: bool


@dataclass(frozen=True, slots=True)
class QuickLook:
    """Everything the quick look shows, in its order.

    Attributes:
        about: the first paragraph of the free words about these people, in one line, with those
            below it that are a line only.
        people: the contacts in the firm's own order; those who have left come last.
        rests: they asked for quiet, and it still holds.
        resting: names of the people who did.
        gone: names of those who have left.
        careful: the lines of the section.
        complaints: open ones, oldest first.
        sore: the newest entry with a bad mood, if nothing better came after it; of a complaint
            it is a solved one, open ones are told there.
        to_settle: what merges left open, and what somebody wrote into that section.
        promised: our open tasks by day; owed: the customer's.
        last: the last entries up to today, newest first; coming: dated later.
        known_by: colleagues who know them, the one who spoke last first; never with counts.
    """

    customer: Customer
    today: date
    about: str
    people: tuple[Person, ...]
    rests: bool
    resting: frozenset[str]
    gone: frozenset[str]
    careful: tuple[str, ...]
    complaints: tuple[Entry, ...]
    sore: Entry | None
    to_settle: tuple[str, ...]
    promised: tuple[Task, ...]
    owed: tuple[Task, ...]
    last: tuple[Entry, ...]
    coming: tuple[Entry, ...]
    common: tuple[str, ...]
    known_by: tuple[str, ...]
    bonds: tuple[Bond, ...]
    person: str = ""


def quick_look(
    crm: Crm, path: str, *, at: date | None = None, person: str = "", entries: int | None = 4
) -> QuickLook:
    """Look at one customer.

    Args:
        crm: the open store.
        path: the customer's file, relative to the store.
        at: as known on that day: the file as it stood in the history then.
        person: whom was asked for, if the fragment named a person.
        entries: how many of the last entries to take, None for all.

    Raises:
        NothingKnownThen: the history knew no such customer on that day.
    """
    document = crm.read(path) if at is None else as_known(crm, path, at)
    bonds = _bonds(crm, document.customer) if at is None else ()
    return look_at(document, at or crm.today, crm.config, bonds, person=person, entries=entries)


def look_at(
    document: Document,
    today: date,
    config: Config,
    bonds: tuple[Bond, ...] = (),
    *,
    person: str = "",
    entries: int | None = 4,
) -> QuickLook:
    """Take from a document what the quick look shows."""
    customer = document.customer
    summary = summarise(customer, config)
    open_lines = {touch.line for touch in summary.complaints}
    waiting = [task for task in customer.tasks if task.state == "open"]
    asked = {number: said_in(line) for line, number in question_lines(document)}
    tasks = sorted(
        (task for task in waiting if task.line not in asked),
        key=lambda task: (task.due or date.max, task.line),
    )
    past = [entry for entry in customer.entries if entry.date <= today]
    people = sorted(summary.people, key=lambda one: has_left(one, today))
    return QuickLook(
        customer=customer,
        today=today,
        about=_about(customer),
        people=tuple(people),
        rests=rests(customer.snooze, today, [*summary.entries, *summary.complaints]),
        gone=frozenset(one.name for one in people if has_left(one, today)),
        resting=frozenset(one.name for one in people if rests_today(one, today, summary.entries)),
        careful=customer.careful,
        complaints=tuple(
            sorted(
                (entry for entry in customer.entries if entry.line in open_lines),
                key=lambda entry: (entry.date, entry.time or time.min),
            )
        ),
        sore=_sore(past, config, open_lines),
        to_settle=(*customer.settle, *map(question_as_said, asked.values())),
        promised=tuple(task for task in tasks if task.whose != CUSTOMER),
        owed=tuple(task for task in tasks if task.whose == CUSTOMER),
        last=tuple(past[:entries]),
        coming=tuple(reversed([entry for entry in customer.entries if entry.date > today])),
        common=customer.common,
        known_by=_known_by(past, customer.owner),
        bonds=bonds,
        person=person,
    )


def as_known(crm: Crm, path: str, day: date) -> Document:
    """Return the customer's file as it stood in the history at the end of a day.

    Raises:
        NothingKnownThen: there was none.
    """
    from crm_md.questions.told_changes import followed

    end = datetime.combine(day, time(23, 59, 59))
    for revision, then, _before in followed(crm, crm.prefix + path, until=end):
        data = crm.git.read_at(revision.id, then)
        if data is None:
            break
        return Document.read(data, path, crm.config)
    raise NothingKnownThen(slug_in(path), day)


def _about(customer: Customer) -> str:
    """The first paragraph that is neither a list nor anything else than plain words.

    Short ones below it are facts that somebody noted one by one; of what is left a sign tells.
    """
    intro = next((one.text for one in customer.sections if one.role == "intro"), "")
    paragraphs = (one for one in re.split(r"\n[ \t\r]*\n", intro.strip()) if one)
    words = [" ".join(one.split()) for one in paragraphs if not _NO_WORDS.match(one)]
    facts = list(takewhile(lambda one: len(one) <= _FACT, words[1:]))
    more = " …" if len(words) > 1 + len(facts) else ""
    return without_links(" · ".join([*words[:1], *facts]) + more)


def _sore(past: list[Entry], config: Config, complaints: set[int]) -> Entry | None:
    """The newest mood is a bad one, and no open complaint tells it already."""
    for entry in past:
        if entry.mood:
            bad = config.moods[entry.mood].tone < 0 and entry.line not in complaints
            return entry if bad else None
    return None


def _known_by(past: list[Entry], owner: str) -> tuple[str, ...]:
    names = [entry.author for entry in past if entry.author and entry.touch != "none"]
    return tuple(dict.fromkeys([*names, *([owner] if owner else [])]))


def _bonds(crm: Crm, customer: Customer) -> tuple[Bond, ...]:
    """Relations of both sides: ours as written, theirs from the files that name us."""
    catalogue = crm.catalogue
    found: list[Bond] = []
    for relation in customer.relations:
        slug = catalogue.slug_of(relation.to) or ""
        name = catalogue.name_of(slug) if slug else relation.to
        found.append(Bond(slug, name, relation.kind, relation.who, incoming=False))
    own = {bond.slug for bond in found}
    for link in catalogue.links_to(customer.slug):
        if link.kind == "relation" and link.slug not in own:
            found.append(Bond(link.slug, link.name, link.as_, link.who, incoming=True))
    return tuple(found)


def asks_for(person: Person, name: str) -> bool:
    """Tell whether this is the person the fragment named."""
    return bool(name) and plain(person.name) == plain(name)
