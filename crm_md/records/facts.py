"""Change one fact, or add a line to the words about somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from crm_md.changing import sentence_of
from crm_md.crm import Crm
from crm_md.dates import parse_date, read_partial, split_file_date, split_leading_date
from crm_md.document import Document, changes_told, with_note
from crm_md.document.body_edits import NoteRole
from crm_md.document.slips import NOT_READ
from crm_md.errors import DateNotUnderstood, NothingChanged, ValueNotUnderstood
from crm_md.frozen import dataclass
from crm_md.questions.naming import Named, candidates, who_is
from crm_md.records.address_typed import kept_of_address
from crm_md.records.fact_edit import edited
from crm_md.records.fact_target import person_at, target_of
from crm_md.records.promised_days import with_time
from crm_md.records.whose_fact import refuse_to_guess
from crm_md.words import KEYS, plain

_UNTIL = re.compile(r"\A\s*(?:bis|until|till)\s+(?:zum\s+|the\s+)?", re.IGNORECASE)
LINKS = frozenset(("relations", "to"))  # name another customer
STARTS_WITH_A_DAY = frozenset(("next", "snooze", "do_not_contact"))
DAYS = frozenset(("close", "service_due", "date"))
PARTIAL_DAYS = frozenset(("birthday", "anniversary", "since", "left"))


@dataclass(frozen=True, slots=True)
class FactSet:
    """What was changed.

    Attributes:
        person: whose fact it is, "" if the customer's own.
        told: the change in sentences.
        before: the customer's file as it was; ``after``: as it is now.
        kept: what stays of an address of which only a part was given, "" otherwise.
    """

    name: str
    person: str
    told: tuple[str, ...]
    action: str
    before: Document
    after: Document
    kept: str = ""


def set_fact(crm: Crm, who: Named, field: str, values: Sequence[str], how: str = "set") -> FactSet:
    """Change one fact of the head; every other byte of the file stays.

    Of several numbers or addresses the first one is replaced, or the mobile one if that is what
    was asked for; the others stay. A list of people, deals, relations gets one more.

    Args:
        crm: the open store.
        who: the customer, and the person if the words named one: then a fact that people have is
            that person's.
        field: an English or German name, ``phone``; of a list item by a fragment of its name,
            ``contacts.heike.reach``, ``deals.winter.stage``.
        values: the words; several become a list only where the field is one.
        how: ``set``, ``add`` (to a list), ``remove`` (from a list), ``delete`` (the whole fact).

    Raises:
        FieldUnknown: the field's name is not one.
        ItemNotFound: no item, or several, of the list answer to the fragment.
        NameThere: the list has one of that name.
        WhoseFact: the words named a person, and the fact may be the customer's.
        StreetOrTown: an address that might be either.
        DateNotUnderstood: a day is asked for and none was given.
        ValueNotUnderstood: the field cannot be what was given: no rhythm, no yes or no.
        CustomerAmbiguous: a relation is to lead to several.
        NothingChanged: it is so already.
        WouldChangeMore: the file is such that more would change.
        NotSaved and the others of `Crm.change`.
    """
    if how in ("set", "add") and KEYS.get(plain(field.rpartition(".")[2])) in LINKS:
        values = [_linked(crm, " ".join(values))]
    with crm.change("set") as change:
        document = change.read(who.path)
        refuse_to_guess(document, who, field, values, how)
        target = target_of(document, field, who.person)
        words = [understood(str(target[-1]), value, crm.today) for value in values]
        after = edited(document, target, field.rpartition(".")[2], words, how, crm.config.country)
        if after.data == document.data:
            raise NothingChanged(document.customer.name)
        if how in ("set", "add"):
            refuse_what_cannot_be_read(document, after)
        change.put(after)
        told = tuple(changes_told(document.data, after.data, who.path, crm.config))
        change.tell(lambda: sentence_of(who.path, document.data, after.data, crm.config))
    kept = ""
    if how == "set" and target == ("address",):
        kept = kept_of_address(document, after, " ".join(values))
    person = person_at(document, target)
    return FactSet(document.customer.name, person, told, change.id, document, after, kept)


def refuse_what_cannot_be_read(before: Document, after: Document) -> None:
    """Refuse what would be a finding: a value that its field cannot be.

    Raises:
        ValueNotUnderstood: there is one that was not there before.
    """
    old = {(finding.check, finding.text) for finding in before.findings}
    for one in after.findings:
        if one.check in NOT_READ and (one.check, one.text) not in old:
            raise ValueNotUnderstood(before.customer.name, one.text, one.remedy)


def _linked(crm: Crm, words: str) -> str:
    """Return the name under which links find the customer meant; of a stranger the words."""
    return who_is(crm, words).slug if candidates(crm, words) else words


def note(crm: Crm, who: Named, section: NoteRole, text: str) -> FactSet:
    """Add one line to the free text, or to what we have in common or should be careful about.

    Args:
        crm: the open store.
        who: the customer.
        section: "" for the free text, ``common``, ``careful``.
        text: the line.

    Raises:
        NothingChanged: no word was given.
        NotSaved and the others of `Crm.change`.
    """
    line = " ".join(text.split())
    if not line:
        raise NothingChanged(who.name)
    with crm.change("note") as change:
        document = change.read(who.path)
        after = with_note(document, section, line)
        change.put(after)
        told = tuple(changes_told(document.data, after.data, who.path, crm.config))
        change.tell(lambda: sentence_of(who.path, document.data, after.data, crm.config))
    return FactSet(document.customer.name, "", told, change.id, document, after)


def understood(field: str, words: str, today: date) -> str:
    """Return a value as it stands in files: days as people type them become dates."""
    if field in STARTS_WITH_A_DAY:
        if split_file_date(words)[0]:
            return words
        spoken = (
            _UNTIL.sub("", words) if field == "snooze" else words
        )  # until spring: until it begins
        when, rest = split_leading_date(spoken, today, toward="future")
        if when is None:
            return words
        day = when.day_to_act if field == "next" else when.date
        return f"{day.isoformat()} {with_time(when, rest)}".strip()
    if field in DAYS:
        return parse_date(words, today, toward="future").date.isoformat()
    if field in PARTIAL_DAYS and read_partial(words) is None:
        try:
            return parse_date(words, today, toward="past").date.isoformat()
        except DateNotUnderstood:
            return words
    return words
