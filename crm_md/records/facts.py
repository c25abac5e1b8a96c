"""Change one fact, or add a line to the words about somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from crm_md.changing import sentence_of
from crm_md.crm import Crm
from crm_md.dates import parse_date, read_partial, split_file_date, split_leading_date
from crm_md.document import (
    Document,
    Fields,
    Items,
    Plain,
    Target,
    changes_told,
    node_at,
    plain_value,
    with_item,
    with_note,
    with_value,
    without,
)
from crm_md.document.body_edits import NoteRole
from crm_md.document.field_labels import label
from crm_md.document.slips import NOT_READ
from crm_md.errors import (
    DateNotUnderstood,
    FieldUnknown,
    ItemNotFound,
    NothingChanged,
    ValueNotUnderstood,
)
from crm_md.frozen import dataclass
from crm_md.likeness import fold
from crm_md.questions.naming import Named, candidates, who_is
from crm_md.records.promised_days import with_time
from crm_md.words import ADDRESS, KEYS, NAMED_BY, plain

OF_A_PERSON = frozenset(
    (
        *("role", "address_as", "decides", "phone", "email", "reach", "birthday", "away", "left"),
        *("snooze", "do_not_contact"),
    )
)
_UNTIL = re.compile(r"\A\s*(?:bis|until|till)\s+(?:zum\s+|the\s+)?", re.IGNORECASE)
SEVERAL = frozenset(("phone", "email"))  # of several numbers, the first is replaced
LINKS = frozenset(("relations", "to"))  # name another customer
LISTS = frozenset(("aliases", "tags"))
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
    """

    name: str
    person: str
    told: tuple[str, ...]
    action: str
    before: Document
    after: Document


def set_fact(crm: Crm, who: Named, field: str, values: Sequence[str], how: str = "set") -> FactSet:
    """Change one fact of the head; every other byte of the file stays.

    Of several numbers or addresses the first one is replaced; the others stay.

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
        target = target_of(document, field, who.person)
        words = [_understood(str(target[-1]), value, crm.today) for value in values]
        edited = _edited(document, target, words, how)
        if edited.data == document.data:
            raise NothingChanged(document.customer.name)
        if how in ("set", "add"):
            _refuse_what_cannot_be_read(document, edited)
        change.put(edited)
        told = tuple(changes_told(document.data, edited.data, who.path, crm.config))
        change.tell(lambda: sentence_of(who.path, document.data, edited.data, crm.config))
    person = _person(document, target)
    return FactSet(document.customer.name, person, told, change.id, document, edited)


def _refuse_what_cannot_be_read(before: Document, after: Document) -> None:
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
        edited = with_note(document, section, line)
        change.put(edited)
        told = tuple(changes_told(document.data, edited.data, who.path, crm.config))
        change.tell(lambda: sentence_of(who.path, document.data, edited.data, crm.config))
    return FactSet(document.customer.name, "", told, change.id, document, edited)


def target_of(document: Document, field: str, person: str = "") -> Target:
    """Return where a field stands, or would stand, in the head.

    Raises:
        FieldUnknown: the name is no field, nor a key of this file.
        ItemNotFound: no item, or several, answer to the fragment.
    """
    first, *rest = [part for part in field.split(".") if part.strip()] or [field]
    name = _field_name(document, first)
    if not rest:
        if person and name in OF_A_PERSON:
            return ("contacts", _item(document, "contacts", person), name)
        if name in ADDRESS and node_at(document, (name,)) is None:
            return ("address", name)
        return (name,)
    if name in NAMED_BY:
        place = _item(document, name, rest[0])
        return (name, place, *(_inner_name(part) for part in rest[1:]))
    return (name, *(_inner_name(part) for part in rest))


def _field_name(document: Document, word: str) -> str:
    known = KEYS.get(plain(word))
    if known:
        return known
    for key in document.head:
        if plain(key) == plain(word):
            return key
    raise FieldUnknown(word, list(KEYS))


def _inner_name(word: str) -> str:
    return KEYS.get(plain(word), word)


def _item(document: Document, name: str, fragment: str) -> int:
    """The place of the one item whose name answers to the fragment."""
    shown = [_name_of(item, name) for item in _items(document, name)]
    wanted = fold(fragment)
    exact = [place for place, text in enumerate(shown) if fold(text) == wanted]
    found = exact or [place for place, text in enumerate(shown) if wanted in fold(text)]
    if len(found) != 1:
        names = [shown[place] for place in found] or [text for text in shown if text]
        raise ItemNotFound(label(name), fragment, names, several=bool(found))
    return found[0]


def _items(document: Document, name: str) -> list[Plain]:
    node = node_at(document, (name,))
    if isinstance(node, Items):
        return [plain_value(item) for item in node.items]
    return [plain_value(node)] if isinstance(node, Fields) else []


def _name_of(item: Plain, name: str) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, dict):
        for key, value in item.items():
            if KEYS.get(plain(key), key) == NAMED_BY[name] and isinstance(value, str):
                return value
    return ""


def _edited(document: Document, target: Target, words: Sequence[str], how: str) -> Document:
    text = " ".join(words)
    each = target[-1] in LISTS or (target[-1] == "email" and all("@" in word for word in words))
    if how == "delete":
        return without(document, target)
    if how == "add":
        named_by = NAMED_BY.get(str(target[0])) if len(target) == 1 else None
        for value in words if each else [text]:
            if fold(value) not in _standing(document, target):
                document = with_item(document, target, {named_by: value} if named_by else value)
        return document
    if how == "remove":
        return _without_item(document, target, text)
    if target[-1] in LISTS or (each and len(words) > 1):
        return with_value(document, target, list(words))
    if target[-1] in SEVERAL and isinstance(node_at(document, target), Items):
        return with_value(document, (*target, 0), text)
    return with_value(document, target, text)


def _standing(document: Document, target: Target) -> list[str]:
    """What stands in a list that holds everything once, folded: tags, numbers, people."""
    if target == ("contacts",):
        return [fold(_name_of(item, "contacts")) for item in _items(document, "contacts")]
    if target[-1] not in LISTS | SEVERAL:
        return []
    node = node_at(document, target)
    value = plain_value(node) if node is not None else ""
    texts = value.split(",") if isinstance(value, str) else map(str, value)
    return [fold(text.strip()) for text in texts]


def _without_item(document: Document, target: Target, text: str) -> Document:
    """Take one item out of a list, by its text or a fragment of its name."""
    node = node_at(document, target)
    if not isinstance(node, Items):
        here = plain_value(node) if node is not None else ""
        if isinstance(here, str) and fold(here) == fold(text):
            return without(document, target)
        raise ItemNotFound(label(str(target[-1])), text, [], several=False)
    if target[-1] in NAMED_BY:
        return without(document, (*target, _item(document, str(target[-1]), text)))
    shown = [str(plain_value(item)) for item in node.items]
    places = [place for place, one in enumerate(shown) if fold(one) == fold(text)]
    if not places:
        raise ItemNotFound(label(str(target[-1])), text, shown, several=False)
    return without(document, (*target, places[0]))


def _understood(field: str, words: str, today: date) -> str:
    """Return a value as it stands in files: days as people type them become dates."""
    if field in STARTS_WITH_A_DAY:
        if split_file_date(words)[0]:
            return words
        spoken = (
            _UNTIL.sub("", words) if field == "snooze" else words
        )  # until spring: until it begins
        when, rest = split_leading_date(spoken, today, toward="future")
        return f"{when.date.isoformat()} {with_time(when, rest)}".strip() if when else words
    if field in DAYS:
        return parse_date(words, today, toward="future").date.isoformat()
    if field in PARTIAL_DAYS and read_partial(words) is None:
        try:
            return parse_date(words, today, toward="past").date.isoformat()
        except DateNotUnderstood:
            return words
    return words


def _person(document: Document, target: Target) -> str:
    if len(target) > 1 and target[0] == "contacts" and isinstance(target[1], int):
        return _name_of(_items(document, "contacts")[target[1]], "contacts")
    return ""
