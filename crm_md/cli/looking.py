"""``crm show``: the quick look on one screen."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from crm_md.cli.afterwords import tell_waiting
from crm_md.cli.columns import shorten
from crm_md.cli.commands import command
from crm_md.cli.options import complete_customers, named
from crm_md.cli.output import one_line, paint, printable, put, put_json, say
from crm_md.cli.session import Session
from crm_md.dates import say_date, say_when
from crm_md.messages import N_, _, language
from crm_md.model import Customer, Entry, Person, Task
from crm_md.questions.fields import entry_fields, fields_of, task_fields
from crm_md.questions.quick_look import QuickLook, asks_for, quick_look
from crm_md.words import STATUS_WORDS

GIST_WIDTH = 160
SHOWN_ENTRIES = 4


@command(
    "show",
    N_(
        "The quick look on one screen: how to address them, the people, what to be careful about, "
        "what was promised, the last contacts. A fragment of a name, a phone number or an e-mail "
        "names the customer."
    ),
    N_("crm show petersen\ncrm show +49492293000\ncrm show petersen --at 2025-06-30"),
)
@click.argument(
    "customer",
    nargs=-1,
    required=True,
    metavar=N_("CUSTOMER…"),
    shell_complete=complete_customers,
)
@click.option("--all", "everything", is_flag=True, help=N_("The whole story, newest first."))
@click.option("--at", metavar=N_("DATE"), default="", help=N_("As known on that day."))
def show_command(session: Session, customer: tuple[str, ...], everything: bool, at: str) -> int:
    """Print the quick look."""
    who = named(session, " ".join(customer))
    day = _day(session, at)
    look = quick_look(
        session.crm,
        who.path,
        at=day,
        person=who.person,
        entries=None if everything else SHOWN_ENTRIES,
    )
    if session.json:
        put_json(as_json(look))
    else:
        _print(look, everything)
    tell_waiting(session)
    return 0


def _day(session: Session, words: str) -> date | None:
    if not words:
        return None
    from crm_md.dates import parse_date

    return parse_date(words, session.now.date(), toward="past").date


def _print(look: QuickLook, everything: bool) -> None:
    """Print the sections in the order in which a person on the phone needs them."""
    _print_title(look)
    for person in look.people:
        _print_person(look, person)
    _print_careful(look)
    _print_tasks(_("We promised"), look.promised, look.today)
    _print_tasks(_("They owe us"), look.owed, look.today)
    _print_entries(look, everything)
    _print_lines(_("In common"), look.common)
    _print_outlook(look)
    if everything:
        _print_rest(look.customer)


def _print_title(look: QuickLook) -> None:
    customer = look.customer
    status = STATUS_WORDS.get(customer.status, {}).get(language(), customer.status)
    facts = [status, customer.segment, f"@{customer.owner}" if customer.owner else "", *_tags(look)]
    put(paint(customer.name, "title") + "  " + paint(" · ".join(filter(None, facts)), "faint"))
    place = customer.address
    where = ", ".join(filter(None, [place.street, f"{place.zip} {place.city}".strip()]))
    contact = [where, place.country, *customer.phones, *customer.emails, customer.reach]
    line = " · ".join(one_line(part) for part in contact if part)
    if line:
        put("  " + line)
    if customer.aliases:
        put("  " + paint(_("also: {names}").format(names=", ".join(customer.aliases)), "faint"))


def _tags(look: QuickLook) -> list[str]:
    return [f"#{tag}" for tag in look.customer.tags]


def _print_person(look: QuickLook, person: Person) -> None:
    contact = next((one for one in look.customer.contacts if one.name == person.name), None)
    phones = ", ".join(contact.phones) if contact else person.phone
    marks = [
        person.role,
        phones,
        person.email if asks_for(person, look.person) or not phones else "",
        person.reach,
        f"„{person.address_as}“" if person.address_as else "",
    ]
    name = paint(person.name, "hit" if asks_for(person, look.person) else "title")
    line = "  ".join(one_line(mark) for mark in marks if mark)
    put(f"  {name}  {line}" if line else f"  {name}")
    for text in _limits(look, person):
        put("      " + paint(text, "careful"))


def _limits(look: QuickLook, person: Person) -> list[str]:
    """Say why somebody cannot be called: away, gone, resting, wants no contact."""
    texts = []
    if person.left:
        texts.append(_("has left: {when}").format(when=person.left))
    if person.away and person.away.last >= look.today:
        texts.append(
            _("away {first} to {last} {why}").format(
                first=say_date(person.away.first, language()),
                last=say_date(person.away.last, language()),
                why=person.away.text,
            )
        )
    if person.do_not_contact:
        texts.append(_("does not want to be contacted"))
    if person.snooze and person.snooze.day and person.snooze.day > look.today:
        texts.append(_("rests until {date}").format(date=say_date(person.snooze.day, language())))
    return texts


def _print_careful(look: QuickLook) -> None:
    customer = look.customer
    lines = [
        _("Complaint open since {date}: {gist}").format(
            date=_day_and_distance(entry.date, look.today), gist=entry.gist
        )
        for entry in look.complaints
    ]
    if look.sore:
        mood = look.sore.mood_word or look.sore.mood
        lines.append(
            _("In a bad mood {when} ({mood}): {gist}").format(
                when=say_when(look.sore.date, look.today, language()),
                mood=mood,
                gist=look.sore.gist,
            )
        )
    if customer.do_not_contact:
        text = _("Does not want to be contacted: {why}")
        lines.append(text.format(why=customer.do_not_contact.written))
    if customer.snooze and customer.snooze.day and customer.snooze.day > look.today:
        lines.append(_("Rests until: {text}").format(text=customer.snooze.written))
    _print_lines(_("Careful"), (*lines, *look.careful), style="careful")
    _print_lines(_("To settle"), customer.settle, style="careful")


def _day_and_distance(day: date, today: date) -> str:
    return f"{say_date(day, language())} ({say_when(day, today, language())})"


def _print_lines(title: str, lines: tuple[str, ...], style: str = "plain") -> None:
    if lines:
        put(paint(title, "title"))
        for line in lines:
            put("  " + paint(one_line(line), style))


def _print_tasks(title: str, tasks: tuple[Task, ...], today: date) -> None:
    if not tasks:
        return
    put(paint(title, "title"))
    for task in tasks:
        late = task.due is not None and task.due < today
        due = say_when(task.due, today, language()) if task.due else _("no date")
        whose = f" @{task.whose}" if task.whose else ""
        put("  " + paint(f"{due}: ", "wrong" if late else "faint") + one_line(task.text + whose))


def _print_entries(look: QuickLook, everything: bool) -> None:
    if look.coming:
        put(paint(_("To come"), "title"))
        for entry in look.coming:
            _print_entry(entry, look.today, everything)
    if look.last:
        put(paint(_("The story") if everything else _("Last contacts"), "title"))
        for entry in look.last:
            _print_entry(entry, look.today, everything)
        rest = len([e for e in look.customer.entries if e.date <= look.today]) - len(look.last)
        if rest > 0:
            say("  " + _("{count} earlier: crm show --all").format(count=rest), style="faint")


def _print_entry(entry: Entry, today: date, everything: bool) -> None:
    when = say_date(entry.date, language()) + (f" {entry.time:%H:%M}" if entry.time else "")
    head = " ".join(filter(None, [entry.kind_word, ", ".join(entry.people)]))
    mood = f" · {entry.mood_word}" if entry.mood_word else ""
    author = f" ({entry.author})" if entry.author else ""
    subject = f"{head}: {entry.subject}" if head and entry.subject else head or entry.subject
    put(f"  {paint(when, 'hit')}  {one_line(subject)}{paint(mood + author, 'faint')}")
    if everything:
        for line in entry.text.split("\n"):
            put("      " + printable(line.rstrip("\r")))
    else:
        gist = " ".join(_plain_lines(entry))
        if gist and gist != entry.subject:
            put("      " + shorten(one_line(gist), GIST_WIDTH))


def _plain_lines(entry: Entry) -> list[str]:
    """The words of an entry without tasks and facts, which are shown elsewhere."""
    lines = (line.strip() for line in entry.text.split("\n"))
    return [line for line in lines if line and "::" not in line and not line.startswith("- [")]


def _print_outlook(look: QuickLook) -> None:
    customer = look.customer
    if customer.goal:
        _print_lines(_("Goal"), (customer.goal,))
    if customer.next:
        step = customer.next
        day = say_when(step.day, look.today, language()) if step.day else ""
        _print_lines(_("Next"), (f"{day}: {step.text}" if day and step.text else day or step.text,))
    deals = tuple(
        " · ".join(filter(None, [deal.title, deal.stage, deal.value]))
        for deal in customer.deals
        if deal.stage not in ("won", "lost")
    )
    _print_lines(_("Deals"), deals)
    bonds = tuple(
        f"{bond.name}: {bond.kind}{f' ({bond.who})' if bond.who else ''}" for bond in look.bonds
    )
    _print_lines(_("Connected with"), bonds)
    if look.known_by:
        put(paint(_("Known by"), "title") + " " + one_line(", ".join(look.known_by)))


def _print_rest(customer: Customer) -> None:
    """Free sections and facts of no known field: kept, and shown."""
    for section in customer.sections:
        if section.role in ("", "intro") and section.text.strip():
            put(paint(section.title or customer.name, "title"))
            for line in section.text.strip().split("\n"):
                put("  " + printable(line.rstrip("\r")))
    for key, value in customer.extra:
        put(f"  {paint(key, 'faint')}: {one_line(value)}")


def as_json(look: QuickLook) -> dict[str, Any]:
    """Return the fields of the file under their English names, and what the look makes of them."""
    return {
        **fields_of(look.customer),
        "promised": [task_fields(task) for task in look.promised],
        "owed": [task_fields(task) for task in look.owed],
        "complaints": [entry_fields(entry) for entry in look.complaints],
        "known_by": list(look.known_by),
    }
