"""Log a contact: one line of plain words becomes a dated entry of the history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from crm_md.changing import Change
from crm_md.config import Config
from crm_md.crm import Crm
from crm_md.dates import split_leading_date
from crm_md.document import (
    Document,
    EntryHeading,
    NewEntry,
    nature_of,
    people_of,
    read_heading,
    with_entry,
    with_value,
    without,
)
from crm_md.document.nature import headline
from crm_md.errors import NoSuchDay, NothingToLog
from crm_md.frozen import dataclass, replace
from crm_md.model import CUSTOMER, Customer, Entry, NextStep, Task
from crm_md.questions.naming import Named
from crm_md.records.attaching import Attachment, attach, link_to
from crm_md.records.promised_days import dated_task, next_step
from crm_md.records.scribble import clarified
from crm_md.records.scribbled_day import split_day
from crm_md.records.solving import check_day, closing
from crm_md.records.strangers import Stranger, strangers_in

if TYPE_CHECKING:
    from crm_md.index.promises import Promise

_DAY_IN_NUMBERS = re.compile(
    r"(?:\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?|\d{4}-\d{1,2}-\d{1,2})(?=[:,]?(?:\s|\Z))"
)

_IS_OVER = re.compile(r"\b(?:telefoniert|angerufen|gesprochen|called|phoned)\b", re.IGNORECASE)
_SALUTATION = re.compile(
    r"(?:liebe[rs]?|sehr geehrte[rs]?|hallo|guten (?:tag|morgen)|moin|dear|hi|hello)\b"
    r"[^:.]{0,60}[,!]",
    re.IGNORECASE,
)

Standing = Literal["contact", "attempt", "note"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody typed.

    Attributes:
        words: the line, "gestern Anruf von Heike: Lieferung verspätet"; further lines are text.
        text: more text below the heading.
        mood: in any words.
        tasks: "Ersatz bestätigen due:freitag"; also "bis Freitag Ersatz bestätigen".
        next: the next step, "in 2 wochen nachfassen".
        keep_next: leave the next step standing although this contact is on its day or later.
        solves: the open complaint that this has made good, None if none.
        keeps: open tasks that are done with it.
        heading: what the words are about where that is known already, as of a mail.
        addresses: the e-mail addresses of people who may be no contacts yet, by their names.
    """

    words: str
    text: str = ""
    mood: str = ""
    tasks: tuple[str, ...] = ()
    next: str = ""
    keep_next: bool = False
    solves: Entry | None = None
    keeps: tuple[Promise, ...] = ()
    heading: EntryHeading | None = None
    addresses: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """What the program took from the words, before anything is written.

    Attributes:
        heading: date, time, kind, people, subject and author of the entry.
        strangers: people who are no contacts of this customer.
        next_step: the new next step, None if there is none.
        unknown_mood: the mood's words if none of them is known.
        standing: what it counts as: a contact, an attempt to reach them, or a note.
        ahead: the line, if it tells of a day to come: "morgen Termin".
        solves: the open complaint that this has made good, None if none.
        keeps: open tasks of this customer that are done with it.
    """

    who: Named
    heading: EntryHeading
    text: str
    mood: str
    tasks: tuple[str, ...]
    next_step: NextStep | None
    keep_next: bool
    strangers: tuple[Stranger, ...]
    unknown_mood: str
    standing: Standing
    ahead: str
    solves: Entry | None = None
    keeps: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class Logged:
    """What was written.

    Attributes:
        action: the id that takes it back.
        completed: the next step that this contact has done, None if none.
        replaced: the next step of another day that the new one took the place of, None if none.
        closed: the complaint that is solved by it, None if none.
        still_open: complaints that are open although it tells a solution.
        attached: the files that were laid beside the customer, relative to the store.
        due: what was promised here and should be done by now, with the code of each.
        twins: open tasks of the same words as the new ones, which stood there before.
    """

    understood: Understood
    action: str
    completed: NextStep | None
    closed: Entry | None = None
    still_open: tuple[Entry, ...] = ()
    attached: tuple[str, ...] = ()
    due: tuple[tuple[Task, str], ...] = ()
    twins: tuple[Task, ...] = ()
    replaced: NextStep | None = None


def understand(crm: Crm, who: Named, wish: Wish) -> Understood:
    """Read a line of plain words; nothing is written.

    Args:
        crm: the open store.
        who: the customer; if the words that named it named a person, it is with that person.
        wish: what was typed.

    Raises:
        NothingToLog: no word at all.
        DateNotUnderstood: a due date or the next step's day is no date.
        NoSuchDay: the line begins with a day in numbers that no calendar has.
        UsageProblem: the solution is older than the complaint.
    """
    first, more = _title(wish.words)
    text = "\n".join(filter(None, (more.strip("\n"), wish.text)))
    if not first and not text and not wish.heading:
        raise NothingToLog()
    customer = crm.read(who.path).customer
    people = people_of(customer)
    heading = wish.heading or heading_of(first, people, crm.config, crm.now)
    if not heading.author:
        heading = replace(heading, author=crm.me)
    if who.person and not heading.people and heading.kind:
        heading = replace(heading, people=(who.person,), preposition="with")
    if wish.solves:
        check_day(wish.solves, heading.date)
    nature = nature_of(heading, crm.config, people)
    standing: Standing = "note" if nature.touch == "none" else "contact"
    known = bool(wish.mood) and crm.config.mood_of(wish.mood) is not None
    return Understood(
        who=who,
        heading=heading,
        text=text,
        mood=wish.mood,
        tasks=tuple(dated_task(task, crm.today) for task in wish.tasks),
        next_step=next_step(wish.next, crm.today) if wish.next else None,
        keep_next=wish.keep_next,
        strangers=_strangers(wish, heading, people),
        unknown_mood="" if known or not wish.mood else wish.mood,
        standing="attempt" if nature.attempt else standing,
        ahead=first if not wish.heading and _is_ahead(first, crm) else "",
        solves=wish.solves,
        keeps=tuple(task for task in wish.keeps if task.path == who.path),
    )


def _title(words: str) -> tuple[str, str]:
    """Return the line that becomes the heading, and the rest: a salutation stays in the text."""
    first, _newline, more = words.strip().partition("\n")
    if not _SALUTATION.fullmatch(first.strip()) or not more.strip():
        return first, more
    title, _newline, rest = more.strip().partition("\n")
    return title, "\n\n".join(filter(None, (first.strip(), rest.strip("\n"))))


def log_entry(crm: Crm, understood: Understood, files: Sequence[Attachment] = ()) -> Logged:
    """Write the entry, and complete the next step if this contact is on its day or later.

    Args:
        crm: the open store.
        understood: what `understand` took.
        files: what is laid beside the customer and linked in the entry.

    Raises:
        TaskEnded, FileChanged: a task that is done with it is open there no more.
        NotSaved and the others of `Crm.change`.
    """
    return log_entries(crm, [understood], files)[0]


def log_entries(
    crm: Crm, understood: Sequence[Understood], files: Sequence[Attachment] = ()
) -> tuple[Logged, ...]:
    """Write the same for several customers as one action: all of it, or nothing.

    Args:
        crm: the open store.
        understood: what `understand` took, once for each customer.
        files: what is laid beside each of them and linked in the entry.

    Raises:
        NotSaved and the others of `Crm.change`.
    """
    with crm.change("log") as change:
        written = tuple(_write(crm, change, one, files) for one in understood)
        names = ", ".join(one.who.name for one in understood)
        change.tell(lambda: f"{names}: {told(understood[0].heading)}")
    return written


def _write(crm: Crm, change: Change, one: Understood, files: Sequence[Attachment]) -> Logged:
    before = document = change.read(one.who.path)
    document, completed = _with_next(document, one, crm.config)
    attached = tuple(dict.fromkeys(attach(crm, change, one.who.slug, file) for file in files))
    document = with_entry(document, _entry(one, [link_to(path, one.who.path) for path in attached]))
    document, closed, left = closing(before, document, one.heading, one.text, one.solves)
    if one.keeps:
        from crm_md.records.tasks import with_promise_ended

        for task in one.keeps:
            document = with_promise_ended(document, task, "done", min(one.heading.date, crm.today))
    change.put(document)
    due = _due(before.customer, one.keeps, crm.today) if one.standing == "contact" else ()
    twins = _twins(before.customer, one) if one.tasks else ()
    standing = before.customer.next
    replaced = standing if one.next_step and not completed else None
    return Logged(one, change.id, completed, closed, left, attached, due, twins, replaced)


def _twins(customer: Customer, one: Understood) -> tuple[Task, ...]:
    """Return what was promised before and is promised anew; what this contact keeps is not."""
    from crm_md.records.tasks import same_promise

    kept = {task.line for task in one.keeps}
    found = filter(None, (same_promise(customer, words) for words in one.tasks))
    return tuple(task for task in found if task.line not in kept)


def _due(customer: Customer, kept: Sequence[Promise], today: date) -> tuple[tuple[Task, str], ...]:
    """Return our tasks of this day or before it that stay open, with the code of each."""
    found = [
        task
        for task in customer.tasks
        if task.state == "open" and task.whose != CUSTOMER and task.due and task.due <= today
    ]
    if not found:
        return ()
    from crm_md.likeness import task_codes

    codes = task_codes(customer)
    done = {one.code for one in kept}
    return tuple((task, code) for task in found if (code := codes[task.line]) not in done)


def heading_of(line: str, people: Sequence[str], config: Config, now: datetime) -> EntryHeading:
    """Return the line read as the heading of an entry is, and as people scribble.

    Args:
        line: when, how, with whom, about what; today and now where it begins with no day.
        people: the names of the contacts of this customer.
        config: the words for kinds, and the team.
        now: local wall clock.

    Raises:
        NoSuchDay: it begins with a day in numbers that no calendar has.
    """
    when, rest = split_day(line, config, now.date())
    in_numbers = None if when else _DAY_IN_NUMBERS.match(line.strip())
    if in_numbers:
        raise NoSuchDay(in_numbers.group())
    rest = rest.lstrip(":,- ").strip()
    day = when.date if when else now.date()
    clock = when.time if when else None
    if clock is None and day == now.date():
        clock = now.time().replace(second=0, microsecond=0)
    if clock and day == now.date() and clock > now.time() and _IS_OVER.search(rest):
        clock = None  # it was another day, or a slip: a talk that was is no appointment
    stamp = f"{day.isoformat()} {clock:%H:%M}" if clock else day.isoformat()
    heading = read_heading(f"{stamp} {rest}".strip(), config, people)
    assert heading is not None, "a heading that starts with a date is always read"
    return clarified(heading, rest, config, people)


def _is_ahead(line: str, crm: Crm) -> bool:
    """Tell whether the line begins with a day to come and a word for a contact on it."""
    if split_day(line, crm.config, crm.today)[0]:
        return False
    when, rest = split_leading_date(line, crm.today, toward="future")
    word = rest.partition(" ")[0].rstrip(",.;:")
    return when is not None and when.date > crm.today and crm.config.kind_of(word) is not None


def _with_next(
    document: Document, understood: Understood, config: Config
) -> tuple[Document, NextStep | None]:
    """Set the new next step, else take the one away that this contact has done."""
    nature = nature_of(understood.heading, config, people_of(document.customer))
    counts = nature.touch != "none" and not understood.keep_next
    done = step_done(document, understood.heading.date) if counts else None
    if understood.next_step:
        return with_value(document, ("next",), understood.next_step.written), done
    return (without(document, ("next",)), done) if done else (document, None)


def step_done(document: Document, day: date) -> NextStep | None:
    """Return the next step that a contact on this day has done: one of that day or before it."""
    standing = document.customer.next
    return standing if standing and standing.day and standing.day <= day else None


def _entry(understood: Understood, links: Sequence[str]) -> NewEntry:
    heading = understood.heading
    listed = "\n".join(f"- {link}" for link in links)
    return NewEntry(
        date=heading.date,
        time=heading.time,
        kind=heading.kind,
        kind_word=heading.kind_word,
        preposition=heading.preposition,
        preposition_word=heading.preposition_word,
        people=heading.people,
        subject=heading.subject,
        author=heading.author,
        text="\n\n".join(filter(None, (understood.text, listed))),
        mood=understood.mood,
        tasks=understood.tasks,
    )


def told(heading: EntryHeading | Entry) -> str:
    """Return the sentence about an entry that a colleague reads in the history."""
    return headline(heading, ", ".join(heading.people)) or heading.date.isoformat()


def _strangers(wish: Wish, heading: EntryHeading, people: Sequence[str]) -> tuple[Stranger, ...]:
    """Return who is no contact; of a mail, those whom neither name nor address tells."""
    if wish.heading:
        return tuple(Stranger(name, email=address) for name, address in wish.addresses)
    return strangers_in(heading.people, people)
