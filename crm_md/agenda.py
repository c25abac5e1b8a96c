"""Who should I call today, and why: rules that give reasons, guards that hold back, one order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, time
from functools import lru_cache

from crm_md.config import Config
from crm_md.dates import Span, add_span, parse_span, read_partial, say_date, say_span, say_when
from crm_md.errors import CrmError
from crm_md.frozen import dataclass
from crm_md.messages import _, language
from crm_md.model import CUSTOMER, Person, Reason, Suggestion, Summary, Task, Touch

ALL = "all"

Judge = Callable[[Summary, date, Config], Reason | None]
Wakes = Callable[[Summary, date, Config], date | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason to call, as the registry holds it.

    Attributes:
        name: its name in ``[call.rules.NAME]``.
        points: its strength, if the settings do not weigh it otherwise.
        judge: gives the reason, or None.
        wakes: the first day from the given one on at which it can speak for a customer, None if
            never. It lets a list of ten thousand look only at those who can be on it.
    """

    name: str
    points: int
    judge: Judge
    wakes: Wakes


RULES: dict[str, Rule] = {}


def rule(name: str, points: int, wakes: Wakes) -> Callable[[Judge], Judge]:
    """Enter a rule into the registry; its docstring is its entry in the manual."""

    def enter(judge: Judge) -> Judge:
        RULES[name] = Rule(name, points, judge, wakes)
        return judge

    return enter


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A customer with reasons who is not to be called today, and why not."""

    summary: Summary
    guard: str
    text: str


@dataclass(frozen=True, slots=True)
class CallList:
    """The answer: rows in order, and those whom a guard keeps off the list."""

    rows: tuple[Suggestion, ...]
    held_back: tuple[HeldBack, ...]


def who_to_call(
    summaries: Iterable[Summary], today: date, me: str, config: Config, *, owner: str = ""
) -> CallList:
    """Rank the customers who should be called today.

    Args:
        summaries: the customers; those who wake later than today may be left out.
        today: the day of the list.
        me: my short name, "" if I am in no team.
        config: the store's settings; they weigh, tune and switch off rules.
        owner: "" for mine and nobody's, a short name for that colleague's, ``all`` for everybody's.

    Returns:
        The rows, by their strongest reason, then by the sum of points, then the longest waiting,
        then by name: the order is total, whatever the order of the summaries.
    """
    rows: list[Suggestion] = []
    held: list[HeldBack] = []
    for summary in summaries:
        if not belongs(summary, today, me, owner):
            continue
        reasons = reasons_for(summary, today, config)
        if not reasons:
            continue
        guard = guard_of(summary, today)
        if guard:
            held.append(guard)
            continue
        person, phone = whom_to_call(summary, reasons, today)
        rows.append(Suggestion(summary, person, phone, reasons))
    rows.sort(key=_order)
    held.sort(key=lambda one: one.summary.slug)
    return CallList(tuple(rows), tuple(held))


def reasons_for(summary: Summary, today: date, config: Config) -> tuple[Reason, ...]:
    """Return every reason to call this customer today, the strongest first."""
    found = [reason for judge in _switched_on(config) if (reason := judge(summary, today, config))]
    found.sort(key=lambda reason: (-reason.points, reason.date or date.max, reason.rule))
    return tuple(found)


def wakes(summary: Summary, today: date, config: Config) -> date | None:
    """Return the first day, from today on, on which this customer can be on the call list.

    A day in the past means today; None means never, as long as nothing is written.
    """
    days = [
        day
        for one in RULES.values()
        if _is_on(one.name, config) and (day := one.wakes(summary, today, config)) is not None
    ]
    return min(days, default=None)


def belongs(summary: Summary, today: date, me: str, owner: str) -> bool:
    """Tell whether a customer is on the list of this person: owned, or with a task due for them."""
    if owner == ALL:
        return True
    wanted = owner or me
    if summary.owner == wanted or (not owner and not summary.owner):
        return True
    return any(
        task.whose == wanted and task.due is not None and task.due <= today
        for task in summary.tasks
    )


def guard_of(summary: Summary, today: date) -> HeldBack | None:
    """Return why this customer must be left alone today, or None."""
    ban = summary.do_not_contact
    if ban:
        text = _("does not want to be contacted") + (f": {ban.text}" if ban.text else "")
        return HeldBack(summary, "do_not_contact", text)
    rest = summary.snooze
    if rest and rest.day and rest.day > today:
        text = _("rests until {date}").format(date=rest.day.isoformat())
        return HeldBack(summary, "snooze", text + (f": {rest.text}" if rest.text else ""))
    return None


# --- whom ---------------------------------------------------------------------------------------


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


# --- rules --------------------------------------------------------------------------------------

QUIET_STATUSES = frozenset(("former", "declined", "closed"))
OWN_RHYTHM_STATUSES = frozenset(("lead", "prospect", "partner", "supplier"))


def _our_tasks(summary: Summary) -> Iterator[Task]:
    return (task for task in summary.tasks if task.whose != CUSTOMER and task.due)


def _quiet(summary: Summary) -> bool:
    """Former, declined and closed customers are called for a later agreement only."""
    return summary.status in QUIET_STATUSES


def _agreed_later(summary: Summary, said_on: date | None) -> bool:
    """Tell whether something was agreed after the newest entry, or is undated and may be so."""
    newest = summary.entries[0].date if summary.entries else None
    return newest is None or said_on is None or said_on >= newest


def _first_task(summary: Summary, today: date, config: Config) -> date | None:
    return min((task.due for task in _our_tasks(summary) if task.due), default=None)


def _due_tasks(summary: Summary, today: date, *, overdue: bool) -> list[Task]:
    tasks = [
        task
        for task in _our_tasks(summary)
        if task.due is not None and (task.due < today if overdue else task.due == today)
    ]
    if _quiet(summary):
        tasks = [task for task in tasks if _agreed_later(summary, task.said_on)]
    return sorted(tasks, key=lambda task: (task.due or date.max, task.text))


@rule("promise-overdue", points=100, wakes=_first_task)
def promise_overdue(customer: Summary, today: date, config: Config) -> Reason | None:
    """A promise of ours is overdue: an open task of ours whose day has passed."""
    tasks = _due_tasks(customer, today, overdue=True)
    if not tasks:
        return None
    text = _("Promised for {date}: {task}").format(
        date=_say(tasks[0].due, today), task=_listed(tasks)
    )
    return _reason("promise-overdue", config, text, tasks[0].due, _partner(customer, tasks[0]))


@rule("complaint-open", points=90, wakes=lambda customer, _t, _c: _oldest_complaint(customer))
def complaint_open(customer: Summary, today: date, config: Config) -> Reason | None:
    """A complaint is not solved yet."""
    if _quiet(customer):
        return None
    complaints = [touch for touch in customer.complaints if touch.date <= today]
    if not complaints:
        return None
    oldest = min(complaints, key=lambda touch: (touch.date, touch.line))
    text = _("Complaint open since {date}: {gist}").format(
        date=_say(oldest.date, today), gist=oldest.gist
    )
    person = oldest.people[0] if oldest.people else ""
    return _reason("complaint-open", config, text, oldest.date, person)


@rule(
    "next-due",
    points=70,
    wakes=lambda customer, _t, _c: customer.next.day if customer.next else None,
)
def next_due(customer: Summary, today: date, config: Config) -> Reason | None:
    """The next step is due: the day of ``next`` has come."""
    step = customer.next
    if step is None or step.day is None or step.day > today:
        return None
    if _quiet(customer) and not _agreed_later(customer, step.day):
        return None
    text = _("Next step for {date}: {step}").format(date=_say(step.day, today), step=step.text)
    return _reason("next-due", config, text if step.text else text.rstrip(": "), step.day)


@rule("task-due", points=60, wakes=_first_task)
def task_due(customer: Summary, today: date, config: Config) -> Reason | None:
    """A task of ours is due today."""
    tasks = _due_tasks(customer, today, overdue=False)
    if not tasks:
        return None
    text = _("Due today: {task}").format(task=_listed(tasks))
    return _reason("task-due", config, text, today, _partner(customer, tasks[0]))


@rule("rhythm-passed", points=30, wakes=lambda *args: _rhythm_wakes(*args))
def rhythm_passed(customer: Summary, today: date, config: Config) -> Reason | None:
    """The rhythm agreed for this customer has passed since the last contact.

    Their own ``every`` goes before the segment's, that before ``[call] every``. Leads, prospects,
    partners and suppliers have a rhythm only if it is their own; former ones have none.
    """
    ends = _rhythm_ends(customer, today, config)
    if ends is None or ends > today:
        return None
    touch = last_touch(customer, today)
    if touch is None:
        return None
    text = _("Last contact {date}, agreed is every {rhythm}").format(
        date=_say(touch.date, today), rhythm=_said_rhythm(customer, config)
    )
    return _reason("rhythm-passed", config, text, ends)


def last_touch(customer: Summary, today: date) -> Touch | None:
    """Return the last contact up to today: entries dated later are plans, not contacts."""
    touches = [touch for touch in customer.entries if touch.touch != "none" and not touch.attempt]
    if customer.last_touch:
        touches.append(customer.last_touch)
    past = [touch for touch in touches if touch.date <= today]
    return max(past, key=lambda touch: (touch.date, touch.time or time.min), default=None)


def _said_rhythm(customer: Summary, config: Config) -> str:
    rhythm = _rhythm(customer, config)
    span = _span(rhythm)
    return say_span(span, language()) if span else rhythm


def _rhythm(customer: Summary, config: Config) -> str:
    segment = config.segments.get(customer.segment)
    return customer.every or (segment.every if segment else "") or config.every


@lru_cache(maxsize=256)
def _span(text: str) -> Span | None:
    try:
        return parse_span(text)
    except CrmError:
        return None


def _rhythm_ends(customer: Summary, today: date, config: Config) -> date | None:
    if _quiet(customer) or (customer.status in OWN_RHYTHM_STATUSES and not customer.every):
        return None
    touch = last_touch(customer, today)
    span = _span(_rhythm(customer, config))
    return add_span(touch.date, span) if touch and span else None


def _rhythm_wakes(customer: Summary, today: date, config: Config) -> date | None:
    """The rhythm may first end after the last contact, or after the first one still to come."""
    planned = [touch.date for touch in customer.entries if touch.touch != "none"]
    first = today if last_touch(customer, today) or not planned else min(planned)
    return _rhythm_ends(customer, max(first, today), config)


def _oldest_complaint(customer: Summary) -> date | None:
    return min((touch.date for touch in customer.complaints), default=None)


# --- small parts --------------------------------------------------------------------------------


def _reason(name: str, config: Config, text: str, day: date | None, person: str = "") -> Reason:
    setting = config.rules.get(name)
    points = RULES[name].points if setting is None or setting.points is None else setting.points
    return Reason(name, points, text, day, person)


def _is_on(name: str, config: Config) -> bool:
    setting = config.rules.get(name)
    return setting is None or setting.on


def _switched_on(config: Config) -> list[Judge]:
    return [one.judge for one in RULES.values() if _is_on(one.name, config)]


def _order(row: Suggestion) -> tuple[int, int, date, str, str]:
    first = row.reasons[0]
    return (
        -first.points,
        -row.points,
        first.date or date.max,
        row.summary.name.casefold(),
        row.summary.slug,
    )


def _say(day: date | None, today: date) -> str:
    """The day itself, and how far away it is: ``Thu 19 Nov 2026 (yesterday)``."""
    if day is None:
        return ""
    return f"{say_date(day, language())} ({say_when(day, today, language())})"


def _listed(tasks: list[Task]) -> str:
    return "; ".join(task.text for task in tasks)


def _partner(customer: Summary, task: Task) -> str:
    """The person of the entry in which the task was said."""
    if task.said_on is None:
        return ""
    for touch in customer.entries:
        if touch.date == task.said_on and touch.people:
            return touch.people[0]
    return ""
