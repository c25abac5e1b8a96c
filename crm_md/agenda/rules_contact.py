"""Rules about contact: complaints, whose turn it is, how long it has been quiet.

One function a rule, whose docstring is its entry in the manual.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from crm_md.agenda.contacts import earliest, first_planned, last_touch, unanswered
from crm_md.agenda.registry import days_of, reason, rule
from crm_md.agenda.wording import said
from crm_md.config import Config
from crm_md.dates import Span, add_span, parse_span, say_span
from crm_md.dates.periods import first_working_day_after
from crm_md.errors import CrmError
from crm_md.messages import N_, _, language, ngettext
from crm_md.model import Direction, Reason, Summary, Touch

OWN_RHYTHM_STATUSES = frozenset(("lead", "prospect", "partner", "supplier"))
AFTERCARE_ENDS = 60  # days after the solution: whoever asks later asks out of the blue
_SATURDAY = 5
SORE_ENDS = 90  # days after the bad mood: later the rhythm speaks


@rule(
    "complaint-open",
    points=90,
    title=N_("a complaint is open"),
    family="care",
    wakes=lambda customer, _today, _config: min(
        (touch.date for touch in customer.complaints), default=None
    ),
)
def complaint_open(customer: Summary, today: date, config: Config) -> Reason | None:
    """A complaint is not solved yet.

    ``### 2026-11-20 Reklamation von Heike Petersen: Naht offen`` speaks from that day on, until
    the entry says ``gelöst::`` or a later one tells the solution.
    """
    complaints = [touch for touch in customer.complaints if touch.date <= today]
    if not complaints:
        return None
    oldest = min(complaints, key=lambda touch: (touch.date, touch.line))
    when = said(oldest.date, today)
    text = (
        _("Complaint open since {date}: {gist}").format(date=when, gist=oldest.gist)
        if oldest.gist
        else _("Complaint open since {date}").format(date=when)
    )
    return reason("complaint-open", config, text, oldest.date, _first_person(oldest))


@rule(
    "ball-with-us",
    points=80,
    title=N_("the ball is with us: they wrote, and nobody answered"),
    family="ball",
    days=1,
    wakes=lambda *args: _ball_wakes("ball-with-us", "from", *args),
)
def ball_with_us(customer: Summary, today: date, config: Config) -> Reason | None:
    """The ball is with us: their mail, letter or message has been unanswered for a day.

    ``### 2026-11-19 Mail von Heike Petersen: Frage zu R7`` speaks from 20 November on, until we
    write or talk. ``days`` is how long an answer may take.
    """
    theirs = unanswered(customer, today, "from")
    if theirs is None or theirs.since.date + _span_of("ball-with-us", config) > today:
        return None
    when = said(theirs.since.date, today)
    text = (
        _("Wrote {date}, not answered yet: {gist}").format(date=when, gist=theirs.last.gist)
        if theirs.last.gist
        else _("Wrote {date}, not answered yet").format(date=when)
    )
    return reason("ball-with-us", config, text, theirs.since.date, _first_person(theirs.last))


@rule(
    "sore",
    points=45,
    title=N_("they were cross when we last spoke"),
    family="care",
    days=7,
    wakes=lambda *args: _sore_wakes(*args),
)
def sore(customer: Summary, today: date, config: Config) -> Reason | None:
    """They were cross the last time, and it has been quiet since; no complaint is open.

    A last mood that is bad (``Stimmung:: verärgert``) speaks after ``days`` of silence, for three
    months.
    """
    cross = _last_cross(customer, today, config)
    touch = last_touch(customer, today)
    if cross is None or cross.date + timedelta(days=SORE_ENDS) < today:
        return None
    if any(touch.date <= today for touch in customer.complaints):
        return None
    quiet_since = max(cross.date, touch.date) if touch else cross.date
    if quiet_since + _span_of("sore", config) > today:
        return None
    when = said(cross.date, today)
    text = (
        _("In a bad mood {date}, and quiet since: {gist}").format(date=when, gist=cross.gist)
        if cross.gist
        else _("In a bad mood {date}, and quiet since").format(date=when)
    )
    return reason("sore", config, text, cross.date, _first_person(cross))


@rule(
    "aftercare",
    points=40,
    title=N_("nobody has asked since a complaint was solved"),
    family="care",
    days=7,
    wakes=lambda *args: _aftercare_wakes(*args),
)
def aftercare(customer: Summary, today: date, config: Config) -> Reason | None:
    """A complaint was solved some days ago, and nobody has asked since whether all is well.

    ``gelöst:: 2026-11-13 Ersatz geliefert`` speaks from 20 November on, for two months, until the
    next contact. ``days`` is how long to wait.
    """
    solved = customer.last_solved
    if solved is None or not (
        solved.date + _span_of("aftercare", config)
        <= today
        <= solved.date + timedelta(days=AFTERCARE_ENDS)
    ):
        return None
    touch = last_touch(customer, today)
    if (touch and touch.date > solved.date) or customer.complaints:
        return None
    when = said(solved.date, today)
    text = (
        _("Complaint solved {date}, not asked since: {gist}").format(date=when, gist=solved.gist)
        if solved.gist
        else _("Complaint solved {date}, not asked since").format(date=when)
    )
    return reason("aftercare", config, text, solved.date, _first_person(solved))


@rule(
    "ball-with-them",
    points=30,
    title=N_("the ball is with them: our message is unanswered"),
    family="ball",
    days=5,
    wakes=lambda *args: _ball_wakes("ball-with-them", "to", *args),
)
def ball_with_them(customer: Summary, today: date, config: Config) -> Reason | None:
    """The ball is with them: our mail, letter or message has been unanswered for some days.

    ``### 2026-11-15 Mail an Heike Petersen: Muster?`` speaks from 20 November on, unless a task or
    a next step after it says when to ask. ``days`` is how long they may take.
    """
    ours = unanswered(customer, today, "to")
    if ours is None or ours.last.date + _span_of("ball-with-them", config) > today:
        return None
    if has_later_plan(customer, ours.last.date):
        return None
    when = said(ours.last.date, today)
    text = (
        _("No answer to our message of {date}: {gist}").format(date=when, gist=ours.last.gist)
        if ours.last.gist
        else _("No answer to our message of {date}").format(date=when)
    )
    if ours.count > 1:
        text += ngettext(
            " (and one more before it)", " (and {count} more before it)", ours.count - 1
        ).format(count=ours.count - 1)
    return reason("ball-with-them", config, text, ours.last.date, _first_person(ours.last))


@rule(
    "rhythm-passed",
    points=25,
    title=N_("the rhythm has passed without a contact"),
    family="rhythm",
    wakes=lambda *args: _rhythm_wakes(*args),
)
def rhythm_passed(customer: Summary, today: date, config: Config) -> Reason | None:
    """The rhythm agreed for this customer, or the usual one, has passed since the last contact.

    ``every: 6w`` and a last contact on 9 October speak from 20 November on; a rhythm that ends on
    a weekend speaks from the next working day on. Their own ``every``
    goes before the segment's, that before ``[call] every``. Leads, prospects, partners and
    suppliers have a rhythm only if it is their own; former ones have none.
    """
    ends = _rhythm_ends(customer, today, config)
    touch = last_touch(customer, today)
    if ends is None or touch is None or ends > today:
        return None
    text = _("Last contact {date}, agreed is every {rhythm}")
    if not _agreed_rhythm(customer, config):
        text = _("Last contact {date}, usual is every {rhythm}")
    text = text.format(date=said(touch.date, today), rhythm=_said_rhythm(customer, config))
    return reason("rhythm-passed", config, text, ends)


@rule(
    "never-contacted",
    points=10,
    title=N_("a lead whom nobody has contacted yet"),
    family="lead",
    wakes=lambda customer, today, _config: None if last_touch(customer, today) else today,
)
def never_contacted(customer: Summary, today: date, config: Config) -> Reason | None:
    """A lead whom nobody has contacted yet.

    ``status: lead`` without a talk, mail, offer … in the history speaks every day, until somebody
    calls. An attempt is no contact; it holds the row back until the day after.
    """
    if last_touch(customer, today):
        return None
    return reason("never-contacted", config, _("A lead whom nobody has contacted yet"), None)


def has_later_plan(customer: Summary, day: date) -> bool:
    """Tell whether a task or the next step is for a later day than this one."""
    step = customer.next
    if step and step.day and step.day > day:
        return True
    return any(task.due and task.due > day for task in customer.tasks)


def _span_of(name: str, config: Config) -> timedelta:
    return timedelta(days=days_of(name, config))


def _first_person(touch: Touch) -> str:
    return touch.people[0] if touch.people else ""


def _ball_wakes(
    name: str, side: Direction, customer: Summary, today: date, config: Config
) -> date | None:
    run = unanswered(customer, today, side)
    lies = (run.since if side == "from" else run.last).date if run else None
    return earliest(lies and lies + _span_of(name, config), first_planned(customer, today))


def _last_cross(customer: Summary, today: date, config: Config) -> Touch | None:
    """The newest entry with a mood, if that is a bad one."""
    told = [touch for touch in customer.entries if touch.mood and touch.date <= today]
    last = told[0] if told else customer.last_mood
    if last is None or last.date > today or last.mood not in config.moods:
        return None
    return last if config.moods[last.mood].tone < 0 else None


def _sore_wakes(customer: Summary, today: date, config: Config) -> date | None:
    cross = _last_cross(customer, today, config)
    planned = first_planned(customer, today)
    if cross is None or cross.date + timedelta(days=SORE_ENDS) < today:
        return planned
    return earliest(cross.date + _span_of("sore", config), planned)


def _aftercare_wakes(customer: Summary, today: date, config: Config) -> date | None:
    solved = customer.last_solved
    if solved is None or solved.date + timedelta(days=AFTERCARE_ENDS) < today:
        return None
    return solved.date + _span_of("aftercare", config)


def _said_rhythm(customer: Summary, config: Config) -> str:
    rhythm = _rhythm(customer, config)
    span = _span(rhythm)
    return say_span(span, language()) if span else rhythm


def _rhythm(customer: Summary, config: Config) -> str:
    return _agreed_rhythm(customer, config) or config.every


def _agreed_rhythm(customer: Summary, config: Config) -> str:
    """The rhythm of the customer or of the segment; "" where only the usual one is left."""
    segment = config.segments.get(customer.segment)
    return customer.every or (segment.every if segment else "")


@lru_cache(maxsize=256)
def _span(text: str) -> Span | None:
    try:
        return parse_span(text)
    except CrmError:
        return None


def _rhythm_ends(customer: Summary, today: date, config: Config) -> date | None:
    if customer.status in OWN_RHYTHM_STATUSES and not customer.every:
        return None
    touch = last_touch(customer, today)
    span = _span(_rhythm(customer, config))
    return _not_on_a_weekend(add_span(touch.date, span)) if touch and span else None


def _not_on_a_weekend(day: date) -> date:
    """Return the day, or the working day after a weekend."""
    return first_working_day_after((day, day))[0] if day.weekday() >= _SATURDAY else day


def _rhythm_wakes(customer: Summary, today: date, config: Config) -> date | None:
    """The rhythm may first end after the last contact, or after the first one still to come."""
    planned = [touch.date for touch in customer.entries if touch.touch != "none"]
    first = today if last_touch(customer, today) or not planned else min(planned)
    return _rhythm_ends(customer, max(first, today), config)
