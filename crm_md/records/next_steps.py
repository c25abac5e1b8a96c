"""What comes next with somebody, and until when to leave them alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from crm_md.changing import sentence_of
from crm_md.crm import Crm
from crm_md.dates import parse_date
from crm_md.document import Document, with_value, without
from crm_md.errors import DateNotUnderstood, NothingChanged, UsageProblem
from crm_md.frozen import dataclass
from crm_md.messages import _
from crm_md.model import NextStep, Until
from crm_md.questions.naming import Named
from crm_md.records.fact_target import target_of
from crm_md.records.promised_days import next_step, with_time
from crm_md.words import plain

_LONGEST = 10  # words that can make up a day
_UNTIL = frozenset(("bis", "until", "till", "zum", "zur", "the"))
_END = frozenset(("ende", "end"))  # until the end of March: its last day
_SINCE = {"de": "seit", "en": "since"}


@dataclass(frozen=True, slots=True)
class StepSet:
    """A next step that was set or taken away.

    Attributes:
        name: of the customer.
        step: the new one; None if there is none now.
        before: the one that stood there.
        rests: until when the customer rests, if that is later than the step's day.
        action: the id that takes it back.
    """

    name: str
    step: NextStep | None
    before: NextStep | None
    rests: Until | None
    action: str


@dataclass(frozen=True, slots=True)
class Snoozed:
    """Somebody who rests from now on, or does not any more.

    Attributes:
        name: of the customer.
        person: who rests alone, "" for the whole customer.
        rest: until when and why; None where it has ended.
        waiting: the next step whose day comes earlier.
        tasks: open tasks of the customer, which stay in the list of tasks.
        action: the id that takes it back.
    """

    name: str
    person: str
    rest: Until | None
    waiting: NextStep | None
    tasks: int
    action: str


def set_next(crm: Crm, who: Named, words: str) -> StepSet:
    """Set what comes next, and when; every other byte of the file stays.

    Args:
        crm: the open store.
        who: the customer.
        words: the day first or last: "in 2 wochen Angebot nachfassen".

    Raises:
        DateNotUnderstood: no day stands there.
        NothingChanged: it is so already.
        NotSaved and the others of `Crm.change`.
    """
    step = next_step(words, crm.today)
    return _next(crm, who, step, lambda it: with_value(it, ("next",), step.written))


def delete_next(crm: Crm, who: Named) -> StepSet:
    """Take the next step away: there is none.

    Raises:
        NothingChanged: there was none.
        NotSaved and the others of `Crm.change`.
    """
    return _next(crm, who, None, lambda it: without(it, ("next",)))


def snooze(crm: Crm, who: Named, words: str) -> Snoozed:
    """Leave somebody alone until a day; the file says since when, and why.

    Of a span ("spring", "KW 50") the first day is meant, of its end ("Ende März") the last.

    Args:
        crm: the open store.
        who: the customer, and the person if the words named one: then it is theirs alone.
        words: the day, with or without "until", and the reason.

    Raises:
        DateNotUnderstood: they begin with no day.
        UsageProblem: the day is not to come.
        NotSaved and the others of `Crm.change`.
    """
    day, reason = read_until(words, crm.today, who.slug)
    return rest(crm, who, day, reason)


def rest(crm: Crm, who: Named, day: date, reason: str = "") -> Snoozed:
    """Leave somebody alone until a day; it ends early when they get in touch.

    Args:
        crm: the open store.
        who: the customer, and the person if the words named one.
        day: on which they may be called again.
        reason: why, "" where nobody said.

    Raises:
        NothingChanged: it is so already.
        NotSaved and the others of `Crm.change`.
    """

    def edit(document: Document) -> Document:
        since = f"{_SINCE[document.language]} {crm.today.isoformat()}"
        written = f"{day.isoformat()} {since} {' '.join(reason.split())}".strip()
        return with_value(document, target_of(document, "snooze", who.person), written)

    return _snoozed(crm, who, edit)


def read_until(words: str, today: date, slug: str) -> tuple[date, str]:
    """Return the day until which somebody rests, and what was said behind it.

    Args:
        words: "Frühjahr", "bis 1.3. bittet um Ruhe".
        today: they are read on this day.
        slug: whose rest it is.

    Raises:
        DateNotUnderstood: they begin with no day.
        UsageProblem: the day is not to come.
    """
    day, reason = _until(words, today)
    if day <= today:
        raise UsageProblem(
            _("Nobody can rest until {day}: that day is not to come.").format(day=day.isoformat()),
            _("For example: in 2 weeks, spring. To end a rest: crm snooze {slug} --delete").format(
                slug=slug
            ),
        )
    return day, reason


def end_snooze(crm: Crm, who: Named) -> Snoozed:
    """End the rest of a customer, or of the person whom the words named.

    Raises:
        NothingChanged: nobody rested.
        NotSaved and the others of `Crm.change`.
    """
    return _snoozed(crm, who, lambda it: without(it, target_of(it, "snooze", who.person)))


def _next(
    crm: Crm, who: Named, step: NextStep | None, edit: Callable[[Document], Document]
) -> StepSet:
    document, _edited, action = _changed(crm, who, "next", edit)
    customer = document.customer
    rest = customer.snooze
    late = bool(step and step.day and rest and rest.day and rest.day > step.day)
    return StepSet(customer.name, step, customer.next, rest if late else None, action)


def _snoozed(crm: Crm, who: Named, edit: Callable[[Document], Document]) -> Snoozed:
    _document, edited, action = _changed(crm, who, "snooze", edit)
    customer = edited.customer
    rest = customer.snooze
    if who.person:
        rest = next((one.snooze for one in customer.contacts if one.name == who.person), None)
    step = customer.next
    early = bool(rest and rest.day and step and step.day and step.day < rest.day and not who.person)
    tasks = sum(task.state == "open" for task in customer.tasks)
    return Snoozed(
        customer.name, who.person, rest, step if early else None, tasks if rest else 0, action
    )


def _changed(
    crm: Crm, who: Named, verb: str, edit: Callable[[Document], Document]
) -> tuple[Document, Document, str]:
    """Carry an edit out as one action; return the file before and after, and the action's id."""
    with crm.change(verb) as change:
        document = change.read(who.path)
        edited = edit(document)
        if edited.data == document.data:
            raise NothingChanged(document.customer.name)
        change.put(edited)
        change.tell(lambda: sentence_of(who.path, document.data, edited.data, crm.config))
    return document, edited, change.id


def _until(text: str, today: date) -> tuple[date, str]:
    """Return the day that the words begin with, and the rest of them.

    Raises:
        DateNotUnderstood: they begin with none; the most telling reason.
    """
    words = text.split()
    while words and plain(words[0]) in _UNTIL:
        words = words[1:]
    refusal = DateNotUnderstood(" ".join(words[:3]) or text)
    for cut in range(min(len(words), _LONGEST), 0, -1):
        try:
            when = parse_date(" ".join(words[:cut]).rstrip(":,"), today, toward="future")
        except DateNotUnderstood as problem:
            refusal = problem if type(problem) is not DateNotUnderstood else refusal
            continue
        is_end = not _END.isdisjoint(map(plain, words[:cut]))
        day = when.until if is_end and when.until else when.date
        return day, with_time(when, " ".join(words[cut:]).lstrip(":,-– "))
    raise refusal


def says(words: Sequence[str], these: frozenset[str]) -> bool:
    """Tell whether the words are just one of these, however it is spelled."""
    return len(words) == 1 and plain(words[0].strip(".!")) in these
