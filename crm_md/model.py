"""What we know, as frozen values: customers, people, the dated history, what lists need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Literal

from crm_md.frozen import dataclass, field

# Longer than most files: all that we know of a customer can be read on one page.

Severity = Literal["error", "warning", "hint"]
TouchKind = Literal["talk", "written", "none"]
Direction = Literal["with", "from", "to", ""]
TaskState = Literal["open", "done", "dropped"]

CUSTOMER = "customer"  # the mention that says: this task is theirs (@kunde, @customer)
ME = "me"  # the mention that says: whoever reads it (@ich, @me)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a file that wants a look, with its place and the remedy."""

    check: str
    severity: Severity
    path: str
    line: int
    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Until:
    """A day with words behind it: ``2027-03-01 seit 2026-11-21 bittet um Ruhe``."""

    day: date | None
    text: str = ""
    since: date | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next, and when: ``2026-12-01 Angebot nachfassen``."""

    day: date | None
    text: str
    written: str


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which a person is away: ``2026-12-21 bis 2027-01-06 Urlaub``."""

    first: date
    last: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    street: str = ""
    zip: str = ""
    city: str = ""
    country: str = ""
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """One person in a firm. Texts stand as they were written."""

    name: str
    role: str = ""
    address_as: str = ""
    decides: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    reach: str = ""
    birthday: str = ""
    away: Absence | None = None
    away_written: str = ""
    left: str = ""
    snooze: Until | None = None
    do_not_contact: Until | None = None
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    name: str
    since: str = ""
    service_due: date | None = None
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Deal:
    title: str
    stage: str = ""  # idea, talking, offered, won, lost; or the word as written
    value: str = ""
    close: date | None = None
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """``to`` is our ``kind``; ``who`` names the person."""

    to: str
    kind: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    channel: str
    allowed: bool | None
    basis: str = ""
    date: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A promise: ours, or the customer's (``whose == CUSTOMER``).

    Attributes:
        text: the words without box, dates and mentions.
        whose: short name of the colleague, ``CUSTOMER``, or "" where nobody is named at all.
        mentions: every ``@word`` as written, without the sign.
        said_on: date of the entry it stands in, None in a free section.
        line: 1-based line of the file.
    """

    text: str
    state: TaskState = "open"
    due: date | None = None
    done_on: date | None = None
    whose: str = ""
    mentions: tuple[str, ...] = ()
    said_on: date | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated entry of the history.

    Attributes:
        kind: canonical kind (``call``), the word as typed if unknown, "" if there is none.
        kind_word: the kind as it was typed.
        people: names as written.
        author: short name, or the bracketed word; "" if none.
        text: the lines below the heading, without outer blank lines.
        gist: subject, else the first plain line of the text.
        facts: ``(key, value)`` in order; known keys under their English name.
        touch: whether it is a conversation, carries the ball in writing, or is no contact.
        direction: who moved: "from" them, "to" them, "with" both, "" where no ball is carried.
        mood: canonical mood (``bad``), "" if none; ``mood_word`` as written.
        attempt: tried, and not reached.
        solution: an entry that tells how a complaint was solved.
        line: 1-based line of its heading.
    """

    date: date
    time: time | None = None
    kind: str = ""
    kind_word: str = ""
    people: tuple[str, ...] = ()
    preposition: Direction = ""
    subject: str = ""
    author: str = ""
    text: str = ""
    gist: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    tasks: tuple[Task, ...] = ()
    touch: TouchKind = "none"
    direction: Direction = ""
    mood: str = ""
    mood_word: str = ""
    attempt: bool = False
    solution: bool = False
    line: int = 0

    def fact(self, key: str) -> str:
        """Return the first value of this fact (its English name), or ""."""
        return next((value for name, value in self.facts if name == key), "")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that is no entry, with the text below it up to the next heading of the file."""

    title: str
    role: str  # "history", "common", "careful", "settle", "" for free sections, "intro" before any
    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer file as values; what no field knows is kept in ``extra`` and ``sections``."""

    slug: str
    path: str
    name: str
    aliases: tuple[str, ...] = ()
    status: str = ""
    segment: str = ""
    owner: str = ""
    tags: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    reach: str = ""
    address_as: str = ""
    birthday: str = ""
    decides: str = ""
    address: Address = Address()
    every: str = ""
    next: NextStep | None = None
    goal: str = ""
    contacts: tuple[Contact, ...] = ()
    products: tuple[Product, ...] = ()
    deals: tuple[Deal, ...] = ()
    relations: tuple[Relation, ...] = ()
    consents: tuple[Consent, ...] = ()
    snooze: Until | None = None
    do_not_contact: Until | None = None
    away: Absence | None = None
    website: str = ""
    since: str = ""
    anniversary: str = ""
    source: str = ""
    language: str = ""  # the customer's own
    extra: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    common: tuple[str, ...] = ()
    careful: tuple[str, ...] = ()
    settle: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()  # newest first, whatever the order in the file
    tasks: tuple[Task, ...] = ()  # all of the file, those of entries included
    questions: tuple[Task, ...] = ()  # lines that merges left; they are settled, never ticked
    links: tuple[str, ...] = ()  # what [[…]] and relations name, as written
    written_in: str = ""  # language of the file's own sections: "de", "en" or ""
    findings: tuple[Finding, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Touch:
    """An entry as lists need it."""

    date: date
    time: time | None
    kind: str
    touch: TouchKind
    direction: Direction
    people: tuple[str, ...]
    author: str
    mood: str
    gist: str
    attempt: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """A contact as lists need it; a private person is the customer's own single person."""

    name: str
    phone: str = ""
    email: str = ""
    reach: str = ""
    address_as: str = ""
    role: str = ""
    birthday: str = ""
    away: Absence | None = None
    left: str = ""
    snooze: Until | None = None
    do_not_contact: Until | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What lists and the call list need of one customer, small enough to keep for each.

    Attributes:
        entries: the last ten, newest first, future ones included.
        last_touch: the last conversation or letter, however old; of ours and of theirs likewise.
        last_mood: the newest entry that tells a mood.
        last_solved: the complaint solved last, dated on the day it was solved.
        tasks: open ones only, complaints: open ones only.
        common: the first lines of the common ground.
        refused: channels for which consent was refused.
    """

    slug: str
    path: str
    name: str
    status: str = ""
    segment: str = ""
    owner: str = ""
    tags: tuple[str, ...] = ()
    street: str = ""
    zip: str = ""
    city: str = ""
    country: str = ""
    phone: str = ""
    email: str = ""
    reach: str = ""
    address_as: str = ""
    every: str = ""
    next: NextStep | None = None
    snooze: Until | None = None
    do_not_contact: Until | None = None
    refused: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    entries: tuple[Touch, ...] = ()
    last_touch: Touch | None = None
    last_theirs: Touch | None = None
    last_ours: Touch | None = None
    last_mood: Touch | None = None
    last_solved: Touch | None = None
    tasks: tuple[Task, ...] = ()
    complaints: tuple[Touch, ...] = ()
    deals: tuple[Deal, ...] = ()
    products: tuple[Product, ...] = ()
    birthday: str = ""
    anniversary: str = ""
    common: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nobody has written yet what they are to us, as after an import."""
        return not (self.status or self.entries or self.next or self.tasks)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a customer is on the call list.

    Attributes:
        person: whom it names, as in the contacts; "" if nobody.
        whose: short name of the colleague whose task it is, "" if it is no task.
    """

    rule: str
    points: int
    text: str
    date: date | None = None
    person: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A row of the call list: whom, and every reason, the strongest first.

    Attributes:
        person: whom to talk to, None where nobody of the firm can be reached.
        phone: theirs, else the firm's.
        notes: what to know before: who was passed over and why, whose task it is, who was tried
            in vain.
    """

    summary: Summary
    person: Person | None
    phone: str
    reasons: tuple[Reason, ...]
    notes: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """The sum of all reasons; rows are ordered by the strongest reason first, then by this."""
        return sum(reason.points for reason in self.reasons)


Words = Mapping[str, str]
