"""What is coming, in words: one wording for the screen and for the calendar."""

from __future__ import annotations

from crm_md.config import Config
from crm_md.exchange.calendar_file import Event, calendar_file
from crm_md.messages import _, language
from crm_md.model import Summary
from crm_md.questions.coming_days import ComingDays
from crm_md.questions.what_comes import Coming, person_of

YEAR = 366  # days that a calendar looks ahead, where nobody says how many


def what(coming: Coming, config: Config) -> str:
    """Return what a day brings, without the customer's name."""
    match coming.kind:
        case "planned":
            kind = config.kinds.get(coming.about)
            word = kind.word(language()) if kind else coming.about
            lead = " ".join(filter(None, (word, coming.person)))
            return ": ".join(filter(None, (lead, coming.text)))
        case "next":
            return coming.text or _("next step")
        case "task":
            return coming.text
        case "owed":
            return _("they owe us: {task}").format(task=coming.text)
        case "deal":
            more = f" ({coming.about})" if coming.about else ""
            return _("closing: {deal}").format(deal=coming.text) + more
        case "service":
            return _("service due: {product}").format(product=coming.text)
        case "birthday":
            if coming.years:
                said = _("{person} turns {years}")
                return said.format(person=coming.person, years=coming.years)
            return _("birthday of {person}").format(person=coming.person)
        case "anniversary":
            if coming.years:
                return _("anniversary: {years} years").format(years=coming.years)
            return _("anniversary")


def calendar(answer: ComingDays, config: Config, name: str) -> bytes:
    """Return the agenda as a calendar file to subscribe to.

    What is overdue stays on its day. The same answer on the same day gives the same bytes.

    Args:
        answer: the agenda; its first day is the day on which the file is written.
        config: the words for kinds.
        name: how programs call the calendar.
    """
    events = (event(one, config) for one in (*answer.overdue, *answer.coming))
    return calendar_file(name, events, answer.first)


def event(coming: Coming, config: Config) -> Event:
    """Return it as an event: who and what in the title, how to reach them in the text."""
    summary = coming.summary
    title = _("{name}: {what}").format(name=summary.name, what=what(coming, config))
    person = person_of(coming)
    phone = (person.phone if person else "") or summary.phone
    if not phone:
        phone = next((one.phone for one in summary.people if one.phone), "")
    colleague = _("Whose: {name}").format(name=coming.whose) if coming.whose else ""
    lines = (
        coming.against,
        " ".join(filter(None, (coming.person, phone))),
        (person.reach if person else "") or summary.reach,
        colleague,
    )
    return Event(
        key=f"{summary.slug}\n{coming.key}",
        day=coming.day,
        time=coming.time,
        title=title,
        text="\n".join(filter(None, lines)),
        place=_place(summary) if coming.kind == "planned" else "",
        category=_category(coming),
    )


def _category(coming: Coming) -> str:
    return {
        "planned": _("planned"),
        "next": _("next step"),
        "task": _("promise"),
        "owed": _("owed to us"),
        "deal": _("deal"),
        "service": _("service"),
        "birthday": _("birthday"),
        "anniversary": _("anniversary"),
    }[coming.kind]


def _place(summary: Summary) -> str:
    town = f"{summary.zip} {summary.city}".strip()
    return ", ".join(filter(None, (town, summary.country)))
