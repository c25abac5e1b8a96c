"""Tell a customer file as it grew: a chapter for each entry, kept promise and solved complaint."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise
from zlib import crc32

from crm_md.changing import sentence_of
from crm_md.config import Config
from crm_md.dates import read_partial, split_file_date
from crm_md.document import Document, without
from crm_md.frozen import dataclass, field, replace
from crm_md.messages import _
from crm_md.model import Contact, Customer, Entry, Until
from crm_md.records.log_entry import told
from crm_md.words import FACTS, plain

_DONE = re.compile(r"\s+(?:done|erledigt):\s?[\d.-]+|\s+✅\s?[\d.-]+", re.IGNORECASE)
_MORNING, _WORKING_DAY = 8 * 60, 9 * 60  # minutes
_EVENING = time(17, 20)
_BEFORE = timedelta(minutes=6)  # a customer is added before the first entry is written

Target = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One change of a file that has happened.

    Attributes:
        when: local wall-clock.
        author: the short name of whoever did it, "" if the file does not say.
        verb: the command that does such a thing: new, log, save.
        message: the sentence a colleague reads in the history.
        data: the file as it stood then.
    """

    when: datetime
    author: str
    verb: str
    message: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Event:
    """What happened: an entry, or something done later about lines of older ones.

    Attributes:
        before: how these lines stood until then, None for lines that were not there.
    """

    when: datetime
    author: str
    entry: Entry | None
    before: Mapping[int, str | None] = field(default_factory=dict)


def chapters(document: Document, config: Config) -> list[Chapter]:
    """Return how a file came to be, the oldest first; the last chapter is the file as it stands.

    A promise that was kept is open before, a complaint unsolved, and what the head says with a
    date (a product, a consent, a lost deal) is not known earlier; what it says of the future
    (next step, open deals, holidays) comes with the last chapter.

    Args:
        document: the file as it stands now.
        config: the settings it is read with.
    """
    customer = document.customer
    growing = _Growing(document)
    if not growing.events:
        return []
    first = growing.events[0]
    before = growing.at(first.when.date(), seen=0)
    message = _("{name}: new customer").format(name=customer.name)
    found = [Chapter(first.when - _BEFORE, first.author, "new", message, before)]
    for seen, event in enumerate(growing.events, 1):
        last = seen == len(growing.events)
        data = document.data if last else growing.at(event.when.date(), seen)
        if event.entry:
            verb, message = "log", f"{customer.name}: {told(event.entry)}"
        else:
            verb, message = "save", sentence_of(document.path, before, data, config)
        found.append(Chapter(event.when, event.author, verb, message, data))
        before = data
    return found


class _Growing:
    """A file of which only a part is known yet.

    Attributes:
        events: what happened, in order; no two at the same minute.
    """

    def __init__(self, document: Document) -> None:
        customer = document.customer
        self._document = document
        self._lines = document.text.split("\n")
        self._head_lines = document.text[: document.head.body_start].count("\n")
        self._heads: dict[frozenset[Target], list[str]] = {}
        self._dated = list(_dated(customer))
        starts = sorted(
            {entry.line for entry in customer.entries}
            | {section.line for section in customer.sections}
        )
        self._ends = dict(pairwise([*starts, len(self._lines) + 1]))
        self.events = list(_one_by_one(self._events(customer)))

    def at(self, day: date, seen: int) -> bytes:
        """Return the file as it stood on a day, when so many of the events had happened."""
        hidden = frozenset(target for since, target in self._dated if not since or since > day)
        before: dict[int, str | None] = {}
        to_come = self.events[seen:]
        for event in to_come:
            before |= event.before
        for start in (event.entry.line for event in to_come if event.entry):
            before |= dict.fromkeys(range(start, self._ends[start]))
        body = [
            line
            for number, now in enumerate(self._lines, 1)
            if number > self._head_lines and (line := before.get(number, now)) is not None
        ]
        return "\n".join([*self._head(hidden), *body]).encode("utf-8", "surrogateescape")

    def _head(self, hidden: frozenset[Target]) -> list[str]:
        if hidden not in self._heads:
            document = self._document
            for target in _removable(document.customer, hidden):
                document = without(document, target)
            head = document.text[: document.head.body_start]
            self._heads[hidden] = head.split("\n")[:-1]
        return self._heads[hidden]

    def _events(self, customer: Customer) -> Iterator[_Event]:
        for entry in customer.entries:
            yield _Event(_moment(entry, customer.path), entry.author, entry)
        later = sorted(self._later(customer), key=lambda one: one[:2])
        for (day, author), group in groupby(later, key=lambda one: one[:2]):
            before = {line: text for _day, _who, lines in group for line, text in lines.items()}
            yield _Event(datetime.combine(day, _EVENING), author, None, before)

    def _later(self, customer: Customer) -> Iterator[tuple[date, str, dict[int, str | None]]]:
        """Yield what was done about an entry after its day: when, by whom, and the lines before."""
        for entry in customer.entries:
            for task in entry.tasks:
                if task.done_on and task.done_on > entry.date:
                    line = self._lines[task.line - 1]
                    yield task.done_on, task.whose or entry.author, {task.line: _reopened(line)}
            solved = split_file_date(entry.fact("solved"))[0]
            if solved and solved > entry.date:
                yield solved, entry.author, dict.fromkeys(self._solution(entry.line))

    def _solution(self, start: int) -> tuple[int, ...]:
        """The line that tells how the complaint at this line was solved, with a blank one."""
        for number in range(start, self._ends[start]):
            key, sign, _value = self._lines[number - 1].partition("::")
            if sign and FACTS.get(plain(key.strip(" -*+"))) == "solved":
                around = self._lines[number - 2], *self._lines[number : number + 1]
                return (number,) if any(map(str.strip, around)) else (number, number + 1)
        return ()


def _one_by_one(events: Iterable[_Event]) -> Iterator[_Event]:
    """Put events in order, each at a minute of its own; entries of a day as the file has them."""
    previous = datetime.min
    for event in sorted(events, key=lambda one: (one.when, -one.entry.line if one.entry else 0)):
        when = max(event.when, previous + timedelta(minutes=1))
        yield replace(event, when=when)
        previous = when


def _moment(entry: Entry, path: str) -> datetime:
    """Entries without a time are written down during the working day."""
    if entry.time:
        return datetime.combine(entry.date, entry.time)
    minute = _MORNING + crc32(f"{path} {entry.line}".encode()) % _WORKING_DAY
    return datetime.combine(entry.date, time(*divmod(minute, 60)))


def _reopened(line: str) -> str:
    return _DONE.sub("", line.replace("[x]", "[ ]", 1).replace("[X]", "[ ]", 1))


def _dated(customer: Customer) -> Iterator[tuple[date | None, Target]]:
    """Yield what the head says from a day on; None for what only the last chapter knows."""
    if customer.next:
        yield None, ("next",)
    yield from _of_person(customer, ())
    for place, contact in enumerate(customer.contacts):
        yield from _of_person(contact, ("contacts", place))
        left = _first_day(contact.left)
        if left:
            yield left, ("contacts", place, "left")
    for place, product in enumerate(customer.products):
        since = _first_day(product.since)
        if since:
            yield since, ("products", place)
    for place, deal in enumerate(customer.deals):
        closed = deal.stage in ("won", "lost")
        yield (deal.close if closed else None), ("deals", place)
    for place, consent in enumerate(customer.consents):
        given = split_file_date(consent.date)[0]
        if given:
            yield given, ("consent", place)


def _of_person(one: Customer | Contact, target: Target) -> Iterator[tuple[date | None, Target]]:
    if one.away:
        yield None, (*target, "away")
    if isinstance(one.snooze, Until):
        yield one.snooze.since, (*target, "snooze")
    if isinstance(one.do_not_contact, Until):
        yield one.do_not_contact.day, (*target, "do_not_contact")


def _first_day(text: str) -> date | None:
    partial = read_partial(text)
    if partial is None or partial.year is None:
        return None
    return date(partial.year, partial.month or 1, partial.day or 1)


def _removable(customer: Customer, hidden: frozenset[Target]) -> list[Target]:
    """Return the targets in an order in which they can go: the last of a list first."""
    whole: list[Target] = []
    sizes = {
        "products": len(customer.products),
        "deals": len(customer.deals),
        "consent": len(customer.consents),
    }
    for name, size in sizes.items():
        items = {target for target in hidden if len(target) == 2 and target[0] == name}
        if size and len(items) == size:
            hidden -= items
            whole.append((name,))
    parts = sorted(hidden, key=lambda one: tuple(map(str, one)))
    return [*whole, *sorted(parts, key=lambda one: -_place(one))]


def _place(target: Target) -> int:
    return next((part for part in target if isinstance(part, int)), -1)
