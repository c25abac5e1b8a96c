"""What the quick look shows, row by row, in the order in which a person on the phone needs it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from crm_md.cli.columns import screen_width, shorten, width_of
from crm_md.cli.output import one_line, printable
from crm_md.cli.rows import Piece, Row, apart
from crm_md.dates import say_date, say_when
from crm_md.document.as_said import text_as_said
from crm_md.document.nature import headline
from crm_md.messages import _, language, ngettext
from crm_md.model import CUSTOMER, Customer, Entry, Person, Task
from crm_md.questions.quick_look import QuickLook, asks_for
from crm_md.words import PREPOSITION_WORDS, STAGE_WORDS, STATUS_WORDS

WIDEST = 100  # columns of the two lines about a customer
GAP = 4  # columns that wrapping may leave free
GIST_WIDTH = 100  # signs of an entry's text that the quick look shows in a pipe
# A line that begins like this is no continuation of the one before: list, table, quote, heading,
# fact. In a text with a code block no lines are joined at all.
_STARTS = re.compile(r"\s*(?:[-*+>|#]|\d+[.)]\s|\S+::)|\s{4}|\t")
_FENCE = re.compile(r"^\s*(?:```|~~~)", re.MULTILINE)
MOODS = {"bad": "wrong", "good": "good"}


def blocks(look: QuickLook, everything: bool) -> Iterator[list[Row]]:
    """Yield the blocks of the page below its title.

    Args:
        look: what was looked up.
        everything: whole entries, free sections and unknown facts as well.
    """
    yield list(_people(look))
    yield _points(look)
    yield list(_entries(_("To come"), look, look.coming, everything))
    past = _("The story") if everything else _("Last contacts")
    yield [*_entries(past, look, look.last, everything), *_earlier(look)]
    yield [
        *_labelled(_("In common"), look.common),
        *_outlook(look),
        *_labelled(_("Known by"), (", ".join(look.known_by),)),
    ]
    if everything:
        yield from _rest(look.customer)


def short_blocks(look: QuickLook) -> Iterator[list[Row]]:
    """Yield what somebody needs who is on the phone in a moment: sore points, promises, contacts.

    Args:
        look: what was looked up, with as many entries as are wanted.
    """
    yield _points(look)
    yield list(_entries(_("Last contacts"), look, look.last, everything=False))


def _points(look: QuickLook) -> list[Row]:
    """What to be careful about, what to settle, what was promised by either side."""
    return [
        *_careful(look),
        *_labelled(_("To settle"), look.to_settle, "careful"),
        *_tasks(_("We promised"), look.promised, look.today),
        *_tasks(_("They owe us"), look.owed, look.today),
    ]


def heading(look: QuickLook, everything: bool) -> Iterator[Row]:
    """Yield who this is, where they are, how the firm itself is reached, and two lines about them.

    Args:
        look: what was looked up.
        everything: the page tells the free words in full further down.
    """
    customer = look.customer
    status = STATUS_WORDS.get(customer.status, {}).get(language(), customer.status)
    owner = f"@{customer.owner}" if customer.owner else ""
    facts = [status, customer.segment, owner, *(f"#{tag}" for tag in customer.tags)]
    yield Row("", (Piece(one_line(customer.name), "title"), Piece("  " + _dots(facts), "faint")))
    place = customer.address
    where = ", ".join(filter(None, [place.street, f"{place.zip} {place.city}".strip()]))
    own = [*customer.phones, *customer.emails, customer.reach] if customer.contacts else []
    if line := _dots([where, place.country, *own]):
        yield Row("", (Piece(line),))
    if customer.aliases:
        also = _("also: {names}").format(names=", ".join(customer.aliases))
        yield Row("", (Piece(one_line(also), "faint"),))
    if look.about and not everything:
        room = 2 * min(screen_width(), WIDEST) - GAP
        yield Row("", (Piece(_shortly(one_line(look.about), room)),))


def _shortly(text: str, width: int) -> str:
    """Return as many whole sentences as fit, where that is the larger part of what does."""
    cut = shorten(text, width)
    if cut == text:
        return text
    end = f"{cut.removesuffix('…')} ".rfind(". ") + 1
    return f"{cut[:end]} …" if end > width // 2 else f"{cut.rstrip(' .,;:…')}…"


def _dots(parts: Iterable[str]) -> str:
    return " · ".join(one_line(part) for part in parts if part)


def _people(look: QuickLook) -> Iterator[Row]:
    """Whom to talk to: role, form of address, numbers, when to reach them, what stands against."""
    contacts = {contact.name: contact for contact in look.customer.contacts}
    roles = max((width_of(one_line(person.role)) for person in look.people), default=0)
    for person in look.people:
        asked = asks_for(person, look.person)
        contact = contacts.get(person.name)
        phones = contact.phones if contact else look.customer.phones or (person.phone,)
        mails = (person.email,) if asked or not any(phones) or not contact else ()
        role = one_line(person.role)
        parts = [
            Piece(role + " " * (roles - width_of(role))) if roles else Piece(""),
            Piece(f"„{one_line(person.address_as)}“" if person.address_as else ""),
            Piece(one_line(", ".join(phones)), "hit"),
            *(Piece(one_line(mail)) for mail in mails),
            Piece(one_line(person.reach)),
        ]
        style = "hit" if asked else "title"
        said, limits = tuple(apart(parts)), _limits(look, person)
        if not (contact or said or limits):
            continue  # the customer, whose name stands above
        yield Row(one_line(person.name), said or (Piece(""),), style)
        for text in limits:
            yield Row("", (Piece(one_line(text), "careful"),))


def _limits(look: QuickLook, person: Person) -> list[str]:
    """Say why somebody cannot be called: away, gone, resting, wants no contact."""
    texts = []
    if person.left:
        gone = person.name in look.gone
        text = _("has left: {when}") if gone else _("leaves: {when}")
        texts.append(text.format(when=person.left))
    if person.away and person.away.last >= look.today:
        first, last = (say_date(day, language()) for day in (person.away.first, person.away.last))
        away = _("away {first} to {last}").format(first=first, last=last)
        texts.append(f"{away} ({person.away.text})" if person.away.text else away)
    if person.do_not_contact:
        texts.append(_("does not want to be contacted"))
    if person.name in look.resting and person.snooze and person.snooze.day:
        texts.append(_("rests until {date}").format(date=say_date(person.snooze.day, language())))
    return texts


def _careful(look: QuickLook) -> Iterator[Row]:
    customer = look.customer
    lines = []
    if customer.do_not_contact:
        text = _("Does not want to be contacted: {why}")
        lines.append(text.format(why=customer.do_not_contact.written))
    if look.rests and customer.snooze:
        lines.append(_("Rests until: {text}").format(text=customer.snooze.written))
    for entry in look.complaints:
        day = f"{say_date(entry.date, language())} ({say_when(entry.date, look.today, language())})"
        text = _("Complaint open since {date}: {gist}")
        lines.append(text.format(date=day, gist=entry.gist))
    if look.sore:
        text = _("In a bad mood {when} ({mood}): {gist}")
        if look.sore.kind == "complaint":
            text = _("Complaint solved, their mood {when}: {mood} ({gist})")
        when = say_when(look.sore.date, look.today, language())
        mood = look.sore.mood_word or look.sore.mood
        lines.append(text.format(when=when, mood=mood, gist=look.sore.gist))
    yield from _labelled(_("Careful"), (*lines, *look.careful), "careful")


def _labelled(label: str, lines: Iterable[str], style: str = "plain") -> Iterator[Row]:
    for place, line in enumerate(filter(None, map(one_line, lines))):
        yield Row("" if place else label, (Piece(line, style),))


def _tasks(label: str, tasks: tuple[Task, ...], today: date) -> Iterator[Row]:
    """Promises with their day; whose they are goes without saying where the customer owes us."""
    for place, task in enumerate(tasks):
        late = task.due is not None and task.due < today
        due = _("no date")
        if task.due:
            due = _("due {when}").format(when=say_when(task.due, today, language()))
        whose = f" @{task.whose}" if task.whose and task.whose != CUSTOMER else ""
        yield Row(
            "" if place else label,
            (
                Piece(f"{due}: ", "wrong" if late else "faint"),
                Piece(one_line(task.text)),
                Piece(whose, "faint"),
            ),
        )


def _entries(
    label: str, look: QuickLook, entries: tuple[Entry, ...], everything: bool
) -> Iterator[Row]:
    if entries:
        yield Row(label)
    for place, entry in enumerate(entries):
        if everything and place:
            yield Row("", (Piece(""),))
        yield _entry(entry, look.customer.written_in or language())
        if everything:
            yield from _told(text_as_said(entry.text))
        elif gist := _gist(entry):
            yield Row("", (Piece(gist, "faint"),), cut=True)


def _entry(entry: Entry, spoken: str) -> Row:
    """One entry in a line: day, kind, with whom, about what, in what mood, told by whom."""
    people = ", ".join(entry.people)
    if people and entry.kind_word and entry.preposition:
        people = f"{_preposition(entry, spoken)} {people}"
    said = headline(entry, people)
    at = f"{entry.time:%H:%M} " if entry.time else ""
    author = f" ({entry.author})" if entry.author else ""
    mood = Piece(f" · {one_line(entry.mood_word)}" if entry.mood_word else "", "faint")
    return Row(
        say_date(entry.date, language()),
        (
            Piece(at, "faint"),
            Piece(one_line(said)),
            mood._replace(style=MOODS.get(entry.mood, "faint")),
            Piece(author, "faint"),
        ),
        "hit",
    )


def _preposition(entry: Entry, spoken: str) -> str:
    """Return the word in the language of the file: a call is ``bei``, a letter ``an`` somebody."""
    if spoken == "de" and entry.preposition == "to" and (entry.touch == "talk" or entry.attempt):
        return "bei"
    return PREPOSITION_WORDS[entry.preposition][spoken]


def _gist(entry: Entry) -> str:
    """Return what was said in one line: without tasks, facts and tables, shown elsewhere."""
    lines = (line.strip() for line in entry.text.split("\n"))
    told = (line for line in lines if "::" not in line and not line.startswith(("- [", "|")))
    text = one_line(" ".join(told))
    return "" if text == entry.subject else shorten(text, GIST_WIDTH)


def _told(text: str) -> Iterator[Row]:
    """Yield a text of the file as it stands, the lines of one paragraph as one."""
    whole: list[str] = []
    for line in text.split("\n") if text else ():
        goes_on = whole and whole[-1].strip() and line.strip() and not _STARTS.match(line)
        if goes_on and not _FENCE.search(text):
            whole[-1] = f"{whole[-1].rstrip()} {line.strip()}"
        else:
            whole.append(line)
    for line in whole:
        yield Row("", (Piece(printable(line.rstrip("\r"))),))


def _earlier(look: QuickLook) -> Iterator[Row]:
    past = sum(entry.date <= look.today for entry in look.customer.entries)
    if rest := past - len(look.last):
        text = ngettext(
            "{count} earlier: crm show {slug} --all", "{count} earlier: crm show {slug} --all", rest
        )
        yield Row("", (Piece(text.format(count=rest, slug=look.customer.slug), "faint"),))


def _outlook(look: QuickLook) -> Iterator[Row]:
    """Where it goes: goal, next step, deals under way, and whom they are tied to."""
    customer = look.customer
    yield from _labelled(_("Goal"), (customer.goal,))
    if step := customer.next:
        day = say_when(step.day, look.today, language()) if step.day else ""
        late = step.day is not None and step.day <= look.today
        colon = ": " if day and step.text else ""
        style = "careful" if late else "plain"
        yield Row(_("Next"), (Piece(day + colon, style), Piece(one_line(step.text))))
    deals = (deal for deal in customer.deals if deal.stage not in ("won", "lost"))
    yield from _labelled(
        _("Deals"), (_dots([deal.title, _stage(deal.stage), deal.value]) for deal in deals)
    )
    bonds = (
        f"{bond.name}: {bond.kind}" + (f" ({bond.who})" if bond.who else "") for bond in look.bonds
    )
    yield from _labelled(_("Connected with"), bonds)


def _stage(stage: str) -> str:
    return STAGE_WORDS.get(stage, {}).get(language(), stage)


def _rest(customer: Customer) -> Iterator[list[Row]]:
    """Free sections and facts of no known field: kept, and shown."""
    for section in customer.sections:
        if section.role in ("", "intro") and section.text.strip():
            yield [
                Row(one_line(section.title or customer.name)),
                *_told(text_as_said(section.text.strip())),
            ]
    yield [Row(one_line(key), (Piece(one_line(value)),), "faint") for key, value in customer.extra]
