"""What an import would change, as values and in sentences a person can check before saying yes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from crm_md.exchange.card import Source
from crm_md.frozen import dataclass
from crm_md.messages import _, ngettext

FieldValue = str | list[str] | dict[str, str]


@dataclass(frozen=True, slots=True)
class Edit:
    """One fact that an existing customer lacks.

    Attributes:
        target: () for the customer itself, ``("contacts", 2)`` for its third person.
        key: canonical key of the field.
        value: one text; a mapping for an address.
        how: "add" puts one more item into a list field (whose value may be one text so far), "set"
            fills a field that is empty.
        text: the change in a sentence.
    """

    target: tuple[str | int, ...]
    key: str
    value: str | dict[str, str]
    how: Literal["add", "set"]
    text: str


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """A customer to be created.

    Attributes:
        fields: canonical keys in the order of a customer file; ``contacts`` is a list of such
            mappings.
        note: free text for the body, Markdown.
        text: the step in a sentence.
    """

    slug: str
    fields: Mapping[str, FieldValue | list[dict[str, FieldValue]]]
    note: str
    text: str


@dataclass(frozen=True, slots=True)
class Addition:
    """What one existing customer lacks; nothing that stands there is changed.

    Attributes:
        edits: in the order of the cards.
        contacts: new people, for the end of its list.
        note: lines for its free text, Markdown.
        texts: the step in sentences, one for each change.
    """

    slug: str
    path: str
    edits: tuple[Edit, ...]
    contacts: tuple[dict[str, FieldValue], ...]
    note: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know before saying yes: left out, kept apart, differing, perhaps the same.

    Attributes:
        line: 1-based line of the card, 0 where none is meant; file: that it stands in.
        text: what is or is not done; why: the reason.
    """

    line: int
    text: str
    why: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All steps of an import.

    Attributes:
        unchanged: slugs of customers about whom the cards say nothing new.
    """

    new: tuple[NewCustomer, ...] = ()
    additions: tuple[Addition, ...] = ()
    unchanged: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.new or self.additions)


def new_customer_sentence(name: str, people: Sequence[str]) -> str:
    """Return ``New customer Müller GmbH with Jörg Müller, Anna Krüger``"""
    if not people:
        return _("New customer {name}").format(name=name)
    return _("New customer {name} with {people}").format(name=name, people=", ".join(people))


def new_contact_sentence(customer: str, person: str) -> str:
    """Return the sentence for one more person at an existing customer."""
    return _("{customer}: new contact {person}").format(customer=customer, person=person)


def note_sentence(customer: str, line: str) -> str:
    """Return the sentence for one more line of free text."""
    return _("{customer}: note “{line}”").format(customer=customer, line=line.split("\n")[0])


def edit_sentence(who: str, key: str, value: str | dict[str, str]) -> str:
    """Return the sentence for one fact.

    Args:
        who: the customer, or ``Petersen, Heike Petersen``.
        key: canonical key of the field.
        value: as it will be written.
    """
    sentences = {
        "phone": _("{who}: phone {value}"),
        "email": _("{who}: e-mail {value}"),
        "fax": _("{who}: fax {value}"),
        "tags": _("{who}: tag {value}"),
        "role": _("{who}: role {value}"),
        "address_as": _("{who}: addressed as {value}"),
        "birthday": _("{who}: birthday {value}"),
        "anniversary": _("{who}: anniversary {value}"),
        "address": _("{who}: address {value}"),
        "website": _("{who}: website {value}"),
        "language": _("{who}: language {value}"),
    }
    return sentences[key].format(who=who, value=shown(value))


def _remark(source: Source, text: str, why: str) -> Remark:
    return Remark(source.line, text, why, source.file)


def stays_remark(source: Source, who: str, current: object, value: object) -> Remark:
    """Return the remark for a field that stands with another value, which stays."""
    text = _("{who} keeps “{current}”; the card says “{value}”.")
    told = text.format(who=who, current=shown(current), value=shown(value))
    return _remark(source, told, _("What stands in the file is never overwritten."))


def left_out_remark(source: Source) -> Remark:
    """Return the remark for a card without anything to call it by."""
    text = _("The card in line {line} was left out.").format(line=source.line)
    return _remark(source, text, _("It has no name, firm, mail address or phone number."))


def name_refused_remark(source: Source, name: str, why: str) -> Remark:
    """Return the remark for a name that cannot be that of a file."""
    return _remark(source, _("“{name}” was left out.").format(name=name), why)


def unreadable_remark(source: Source, name: str, path: str) -> Remark:
    """Return the remark for a customer who is there already, in a file that cannot be read."""
    text = _("“{name}” was left out.").format(name=name)
    why = _("{path} cannot be read and is probably this customer: put it right, then repeat.")
    return _remark(source, text, why.format(path=path))


def apart_remark(source: Source, name: str, why: str) -> Remark:
    """Return the remark for a customer that is not merged with one of its name."""
    return _remark(source, _("“{name}” becomes a customer of its own.").format(name=name), why)


def apart_person_remark(source: Source, customer: str, name: str, why: str) -> Remark:
    """Return the remark for a person not merged with a colleague of the same name."""
    text = _("{customer}: “{name}” becomes a contact of its own.")
    return _remark(source, text.format(customer=customer, name=name), why)


def elsewhere_remark(source: Source, name: str, here: str, there: str) -> Remark:
    """Return the remark for a person who is also known at another customer."""
    text = _("{name} is new at {here} and stays at {there}.")
    why = _("Same name and same number or mail address: perhaps a change of jobs.")
    return _remark(source, text.format(name=name, here=here, there=there), why)


def domain_remark(source: Source, name: str, customer: str, domain: str) -> Remark:
    """Return the remark for a person who writes from the domain of a known firm."""
    text = _("{name} perhaps belongs to {customer}.").format(name=name, customer=customer)
    return _remark(source, text, _("The mail address ends in {domain}.").format(domain=domain))


def group_remark(source: Source, name: str, count: int) -> Remark:
    """Return the remark for a list of people: it becomes a tag."""
    text = ngettext(
        "The list “{name}” becomes a tag of {count} customer.",
        "The list “{name}” becomes a tag of {count} customers.",
        count,
    ).format(name=name, count=count)
    return _remark(source, text, _("A list of an address book is no customer."))


def shown(value: object) -> str:
    """Return a field's value on one line."""
    return ", ".join(value.values()) if isinstance(value, dict) else str(value)
