"""What stands at an existing customer or person, as an import compares it with a card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from crm_md.exchange.days import read_day
from crm_md.exchange.lines import one_line
from crm_md.exchange.sameness import Value, essence
from crm_md.likeness import fold
from crm_md.model import Address, Contact, Customer

_FAX_KEYS = frozenset(map(fold, ["fax", "telefax", "Faxnummer"]))


@dataclass(slots=True, eq=False)
class Holder:
    """The customer itself or one of its people.

    Attributes:
        at: position among the people of an existing customer; None if new, or no person.
        birthday: as we write it, or as it stands.
        fresh: fields that this plan fills.
    """

    name: str
    at: int | None = None
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    faxes: list[str] = field(default_factory=list)
    singles: dict[str, Value] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    birthday: str = ""

    def __post_init__(self) -> None:
        known = self.singles.get("birthday")
        if isinstance(known, str):
            self.birthday = read_day(known) or known

    def set(self, key: str, value: Value) -> None:
        """Fill a field that is empty."""
        self.singles[key] = value
        self.fresh.add(key)
        if key == "birthday" and isinstance(value, str):
            self.birthday = value


def own_holder(customer: Customer) -> Holder:
    singles: dict[str, Value] = {
        "address_as": customer.address_as,
        "birthday": customer.birthday,
        "anniversary": customer.anniversary,
        "website": customer.website,
        "language": customer.language,
        "address": _address(customer.address),
    }
    return Holder(
        customer.name,
        phones=list(customer.phones),
        emails=list(customer.emails),
        faxes=_faxes(customer.extra),
        singles={key: value for key, value in singles.items() if value},
    )


def person_holder(contact: Contact, at: int) -> Holder:
    singles: dict[str, Value] = {
        "role": contact.role,
        "address_as": contact.address_as,
        "birthday": contact.birthday,
    }
    return Holder(
        contact.name,
        at,
        phones=list(contact.phones),
        emails=list(contact.emails),
        faxes=_faxes(contact.extra),
        singles={key: value for key, value in singles.items() if value},
    )


def _faxes(extra: tuple[tuple[str, str], ...]) -> list[str]:
    return [value for key, value in extra if fold(key) in _FAX_KEYS]


def _address(address: Address) -> dict[str, str]:
    fields = {
        "street": address.street,
        "zip": address.zip,
        "city": address.city,
        "country": address.country,
    }
    return {key: text for key, text in (*fields.items(), *address.extra) if text}


def lines_of(customer: Customer) -> Iterator[str]:
    for section in customer.sections:
        yield essence(section.title)
        for line in section.text.split("\n"):
            yield essence(one_line(line))
