"""Put a briefing on a page, in the order in which it is read before the door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from crm_md.agenda import has_left
from crm_md.config import Config
from crm_md.dates import say_date, say_when
from crm_md.document.as_said import line_as_said, text_as_said
from crm_md.document.links import without_links
from crm_md.document.nature import headline
from crm_md.exchange.page import Item, Link, Page, Section
from crm_md.messages import _, language
from crm_md.model import CUSTOMER, Address, Customer, Entry, Task
from crm_md.questions.briefing import Briefing, Met
from crm_md.questions.coming_words import what
from crm_md.questions.milestones import Milestone
from crm_md.questions.quick_look import Bond, QuickLook
from crm_md.words import DECIDES_WORDS, PREPOSITION_WORDS, in_language


def page_of(told: Briefing, config: Config, *, short: bool = False) -> Page:
    """Return the page of one customer, in the language spoken.

    Args:
        told: the briefing.
        config: the words for kinds.
        short: only what one must know, for a day with several customers.
    """
    look = told.look
    sections = [
        (_("People"), _people(told, short)),
        (_("Careful"), _careful(told)),
        (_("Promises"), _promises(look)),
        (_("Last contacts"), _last(told, short)),
        (_("The story in brief"), () if short else _story(told)),
        (_("In common"), _plain(look.common)),
        (_("Where it goes"), _outlook(look)),
        (_("Deals and products"), () if short else _deals(look)),
        (_("Connected with"), _bonds(look.bonds)),
        (_("About them"), () if short else _about(look.customer)),
        (_("Who of us knows them"), _plain([", ".join(look.known_by)])),
    ]
    filled = ((title, tuple(items)) for title, items in sections)
    return Page(
        title=look.customer.name,
        lead=tuple(_lead(told, config)),
        sections=tuple(Section(title, items) for title, items in filled if items),
    )


def _lead(told: Briefing, config: Config) -> Iterator[Item]:
    """What brings us there, who they are, and how to get there."""
    look, customer = told.look, told.look.customer
    for one in told.occasion:
        at = f"{one.time:%H:%M} " if one.time else ""
        yield Item(at + what(one, config), _("Today"), urgent=True)
    status = in_language(customer.status, language())
    facts = [status, customer.segment, *(f"#{tag}" for tag in customer.tags)]
    yield from _plain([" · ".join(filter(None, facts))])
    if place := _address(customer.address):
        yield Item(label=_("Address"), links=(Link("geo", place),))
    if customer.contacts:
        yield from _reached(customer)
    if customer.website:
        yield Item(label=_("Website"), links=(Link("web", customer.website),))
    if customer.since:
        yield Item(customer.since, _("Customer since"))
    if customer.language:
        yield Item(customer.language, _("They speak"))
    yield Item(say_date(look.today, language()), _("As of"))


def _reached(customer: Customer) -> Iterator[Item]:
    links = _links(customer.phones, customer.emails)
    if links or customer.reach:
        yield Item(customer.reach, _("The firm"), links)


def _links(phones: Iterable[str], mails: Iterable[str]) -> tuple[Link, ...]:
    return (
        *(Link("tel", phone) for phone in phones if phone),
        *(Link("mailto", mail) for mail in mails if mail),
    )


def _address(address: Address) -> str:
    town = f"{address.zip} {address.city}".strip()
    return ", ".join(filter(None, (address.street, town, address.country)))


def _people(told: Briefing, short: bool) -> Iterator[Item]:
    for met in told.people:
        contact, person = met.contact, met.person
        limits = tuple(_limits(met, told.look.today))
        decides = DECIDES_WORDS.get(contact.decides, {}).get(language(), contact.decides)
        facts = [person.role, f"„{person.address_as}“" if person.address_as else "", decides]
        said = " · ".join(filter(None, (*facts, person.reach)))
        links = _links(contact.phones, contact.emails)
        more = [*limits]
        if met.birthday:
            more.append(_birthday(met, told.look.today))
        if not short:
            more += [f"{key}: {value}" for key, value in contact.extra]
            more += [f"{_day(one)} {_said(one, told.look, people=False)}" for one in met.said]
        own = person.name == told.look.customer.name and not told.look.customer.contacts
        if said or links or more or not own:
            yield Item(said, person.name, links, tuple(more), urgent=bool(limits))


def _birthday(met: Met, today: date) -> str:
    when = say_when(met.birthday, today, language()) if met.birthday else ""
    if met.turns:
        return _("birthday {when}: {years}").format(when=when, years=met.turns)
    return _("birthday {when}").format(when=when)


def _limits(met: Met, today: date) -> Iterator[str]:
    person = met.person
    if person.left:
        text = _("has left: {when}") if has_left(person, today) else _("leaves: {when}")
        yield text.format(when=person.left)
    if person.away and person.away.last >= today:
        first, last = (say_date(day, language()) for day in (person.away.first, person.away.last))
        away = _("away {first} to {last}").format(first=first, last=last)
        yield f"{away} ({person.away.text})" if person.away.text else away
    if person.do_not_contact:
        yield _("does not want to be contacted")
    if met.rests and person.snooze and person.snooze.day:
        yield _("rests until {date}").format(date=say_date(person.snooze.day, language()))


def _careful(told: Briefing) -> Iterator[Item]:
    look = told.look
    customer, today = look.customer, look.today
    if ban := customer.do_not_contact:
        text = _("Does not want to be contacted: {why}").format(why=ban.written)
        yield Item(text, urgent=True)
    if told.rests and customer.snooze:
        yield Item(_("Rests until: {text}").format(text=customer.snooze.written), urgent=True)
    for entry in look.complaints:
        text = _("Complaint open since {date}: {gist}")
        yield Item(text.format(date=_on(entry.date, today), gist=_gist(entry)), urgent=True)
    if sore := look.sore:
        text = _("In a bad mood {when} ({mood}): {gist}")
        when, mood = say_when(sore.date, today, language()), sore.mood_word or sore.mood
        yield Item(text.format(when=when, mood=mood, gist=_gist(sore)), urgent=True)
    yield from _plain(look.careful)


def _promises(look: QuickLook) -> Iterator[Item]:
    for task in (*look.promised, *look.owed):
        label = _("They owe us") if task.whose == CUSTOMER else _("We promised")
        late = task.due is not None and task.due < look.today
        yield Item(_task(task, look.today), label, urgent=late)
    for line in look.to_settle:
        yield Item(line_as_said(line), _("To settle"))


def _task(task: Task, today: date) -> str:
    whose = f" @{task.whose}" if task.whose and task.whose != CUSTOMER else ""
    due = _("due {when}").format(when=_on(task.due, today)) if task.due else _("no date")
    return f"{without_links(task.text)}{whose} ({due})"


def _last(told: Briefing, short: bool) -> Iterator[Item]:
    for entry in told.last[:1] if short else told.last:
        text = _said(entry, told.look, gist=not entry.text)
        yield Item(text, _day(entry), told=text_as_said(entry.text))


def _story(told: Briefing) -> Iterator[Item]:
    waiting = {entry.line for entry in told.look.complaints}
    for one in told.story:
        is_open = one.entry.line in waiting
        more = (*_outcome(one), *([_("not solved yet")] if is_open else []))
        text = " – ".join(filter(None, (_why(one), _said(one.entry, told.look))))
        yield Item(text, say_date(one.entry.date, language()), more=more, urgent=is_open)
    if len(told.moods) > 1:
        course = (
            f"{entry.mood_word or entry.mood} ({say_date(entry.date, language())})"
            for entry in told.moods
        )
        yield Item(" → ".join(course), _("Mood"))


def _why(one: Milestone) -> str:
    """Offers, orders, complaints and praise say what they are; the rest is told."""
    match one.why:
        case "first":
            return _("First contact")
        case "decided":
            return _("Decided")
        case "solved":
            return _("Solved")
    return ""


def _outcome(one: Milestone) -> Iterator[str]:
    if one.solved:
        yield _("solved: {how}").format(how=without_links(one.solved))
    if one.because:
        yield _("because: {why}").format(why=without_links(one.because))


def _outlook(look: QuickLook) -> Iterator[Item]:
    customer, today = look.customer, look.today
    if customer.goal:
        yield Item(without_links(customer.goal), _("Goal"))
    if step := customer.next:
        late = step.day is not None and step.day <= today
        day = f" ({_on(step.day, today)})" if step.day else ""
        yield Item(f"{without_links(step.text)}{day}".strip(), _("Next"), urgent=late)
    for entry in look.coming:
        yield Item(f"{_day(entry)} {_said(entry, look)}", _("To come"))


def _deals(look: QuickLook) -> Iterator[Item]:
    for deal in look.customer.deals:
        stage = in_language(deal.stage, language())
        close = _("closing {date}").format(date=_on(deal.close, look.today)) if deal.close else ""
        open_ = close if deal.stage not in ("won", "lost") else ""
        extra = (f"{key}: {value}" for key, value in deal.extra)
        yield Item(" · ".join(filter(None, (stage, deal.value, open_, *extra))), deal.title)
    for product in look.customer.products:
        since = _("since {when}").format(when=product.since) if product.since else ""
        due = product.service_due
        service = _("service due {date}").format(date=_on(due, look.today)) if due else ""
        extra = (f"{key}: {value}" for key, value in product.extra)
        yield Item(" · ".join(filter(None, (since, service, *extra))), product.name)


def _bonds(bonds: Iterable[Bond]) -> Iterator[Item]:
    for bond in bonds:
        who = f" ({bond.who})" if bond.who else ""
        if bond.incoming and bond.kind:
            text = _("{kind} of {name}").format(kind=bond.kind, name=bond.name)
            yield Item(text + who)
        else:
            yield Item(f"{bond.kind}{who}".strip(), bond.name)


def _about(customer: Customer) -> Iterator[Item]:
    for section in customer.sections:
        if section.role in ("", "intro") and section.text.strip():
            label = section.title if section.role == "" else ""
            yield Item(
                "" if label else _("In our words"), label, told=text_as_said(section.text.strip())
            )
    for key, value in customer.extra:
        yield Item(value, key)


def _plain(lines: Iterable[str]) -> Iterator[Item]:
    return (Item(without_links(line)) for line in lines if line.strip())


def _on(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f"{say_date(day, language())}, {say_when(day, today, language())}"


def _gist(entry: Entry) -> str:
    return without_links(entry.gist)


def _day(entry: Entry) -> str:
    at = f" {entry.time:%H:%M}" if entry.time else ""
    return say_date(entry.date, language()) + at


def _said(entry: Entry, look: QuickLook, *, people: bool = True, gist: bool = True) -> str:
    """Kind, with whom, about what (the gist where there is no subject), in what mood, by whom."""
    spoken = look.customer.written_in or language()
    names = ", ".join(entry.people) if people else ""
    if names and entry.kind_word and entry.preposition:
        names = f"{_preposition(entry, spoken)} {names}"
    said = headline(entry, names)
    if gist and not entry.subject and entry.gist:
        said = ": ".join(filter(None, (said, entry.gist)))
    mood = f" · {entry.mood_word}" if entry.mood_word else ""
    author = f" ({entry.author})" if entry.author else ""
    return f"{without_links(said)}{mood}{author}"


def _preposition(entry: Entry, spoken: str) -> str:
    """Return the word in the language of the file: a call is ``bei``, a letter ``an`` somebody."""
    if spoken == "de" and entry.preposition == "to" and (entry.touch == "talk" or entry.attempt):
        return "bei"
    return PREPOSITION_WORDS[entry.preposition][spoken]
