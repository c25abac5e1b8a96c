"""What an answer on a walk through the call list means, in the words of the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm_md.agenda import guards_of
from crm_md.crm import Crm
from crm_md.document import EntryHeading, nature_of, people_of
from crm_md.errors import UsageProblem
from crm_md.frozen import replace
from crm_md.messages import _
from crm_md.model import Direction, Suggestion
from crm_md.questions.naming import Named
from crm_md.records.log_entry import Standing, Understood, Wish, understand

_IN_VAIN = {  # said so that reading takes it for an attempt
    "call": {"de": "nicht erreicht", "en": "not reached"},
    "visit": {"de": "niemand da", "en": "nobody there"},
}


def talked(
    crm: Crm, row: Suggestion, words: str, mood: str = "", next_: str = "", *, way: str = "call"
) -> Understood:
    """Read what was said in a talk; nothing is written.

    The words are understood as `log_entry.understand` does. Where they name no kind, it was a call
    (on a journey a visit), and where they name nobody, it was with the person of the row.

    Args:
        crm: the open store.
        row: whom the call list said to call.
        words: what it was about; a scribble with a day, a kind and people is one, too.
        mood: in any words, "" for none.
        next_: the next step with its day, "" for none.
        way: how one turned to them, one of `agenda.WAYS`.

    Raises:
        NothingToLog: no word at all.
        DateNotUnderstood: the next step's day is no date.
        NoSuchDay: the words begin with a day in numbers that no calendar has.
    """
    taken = understand(crm, named(row), Wish(words, mood=mood, next=next_))
    heading = taken.heading
    people = people_of(crm.read(row.summary.path).customer)
    if heading.kind not in crm.config.kinds:
        said = f"{heading.kind_word}: {heading.subject}" if heading.kind else heading.subject
        kind = crm.config.kinds[_spoken(way)]
        heading = replace(
            heading, kind=kind.name, kind_word=kind.word(crm.config.language), subject=said
        )
    nature = nature_of(heading, crm.config, people)
    if nature.touch != "none" and not heading.people and _person(row, people):
        toward: Direction = heading.preposition or "with"
        heading = replace(heading, people=_person(row, people), preposition=toward)
    standing: Standing = "note" if nature.touch == "none" else "contact"
    return replace(taken, heading=heading, standing="attempt" if nature.attempt else standing)


def not_reached(crm: Crm, row: Suggestion, *, way: str = "call") -> Understood:
    """Return the attempt to reach them at this moment; nothing is written."""
    spoken, tongue = _spoken(way), crm.config.language
    preposition_word = "bei" if tongue == "de" else ""
    heading = _heading(crm, row, spoken, _IN_VAIN[spoken][tongue], preposition_word)
    return understand(crm, named(row), Wish(heading.subject, heading=heading))


def mailed(crm: Crm, row: Suggestion, subject: str) -> Understood:
    """Return our mail to the person of the row; nothing is written.

    Args:
        subject: what it is about.

    Raises:
        NothingToLog: the subject is empty.
    """
    if not subject.strip():
        return understand(crm, named(row), Wish(""))
    heading = _heading(crm, row, "mail", " ".join(subject.split()))
    # Without somebody to whom it goes, a mail would carry no ball.
    heading = replace(heading, people=heading.people or (row.summary.name,), preposition="to")
    return understand(crm, named(row), Wish(subject, heading=heading))


def mail_address(row: Suggestion, today: date) -> str:
    """Return where to write to instead of calling.

    Raises:
        UsageProblem: no address is known, or they do not want mails.
    """
    name = row.person.name if row.person else row.summary.name
    for guard in guards_of(row.summary, today, "mail"):
        if guard.guard in ("do_not_contact", "refused"):
            told = _("{name}: {why}.").format(name=row.summary.name, why=guard.text)
            raise UsageProblem(told, _("Nothing was logged."))
    found = (row.person.email if row.person else "") or row.summary.email
    if not found:
        raise UsageProblem(
            _("No mail address of {name} is known.").format(name=name),
            _("To add one: crm set {slug} email ADDRESS").format(slug=row.summary.slug),
        )
    return found


def mail_link(address: str, subject: str) -> str:
    """Return the link that opens a new mail. Source: RFC 6068 § 2."""
    from urllib.parse import quote

    return f"mailto:{quote(address, safe='@')}?subject={quote(subject)}"


def _spoken(way: str) -> str:
    """Return how one talks on this way: on a journey face to face, else on the phone."""
    return "visit" if way == "visit" else "call"


def _heading(
    crm: Crm, row: Suggestion, kind: str, subject: str, preposition_word: str = ""
) -> EntryHeading:
    """Return the heading of something of ours towards them, at this moment."""
    customer = crm.read(row.summary.path).customer
    people = _person(row, people_of(customer))
    return EntryHeading(
        date=crm.today,
        time=crm.now.time().replace(second=0, microsecond=0),
        kind=kind,
        kind_word=crm.config.kinds[kind].word(crm.config.language),
        preposition="to" if people else "",
        people=people,
        subject=subject,
        preposition_word=preposition_word if people else "",
    )


def _person(row: Suggestion, people: Sequence[str]) -> tuple[str, ...]:
    """Return the person of the row; whoever is the customer needs no name in their own file."""
    name = row.person.name if row.person else ""
    return (name,) if name in people and name != row.summary.name else ()


def named(row: Suggestion) -> Named:
    """Return the customer of a row."""
    summary = row.summary
    return Named(summary.slug, summary.name, summary.path)
