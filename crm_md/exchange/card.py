"""What stands on one visiting card, as frozen values free of client and version."""

from __future__ import annotations

from typing import Literal, NamedTuple

from crm_md.frozen import dataclass
from crm_md.model import Finding

CardKind = Literal["individual", "org", "group"]


@dataclass(frozen=True, slots=True)
class CardPhone:
    """A telephone number as written, without the dress of a ``tel:`` address.

    Attributes:
        types: ``cell``, ``work``, ``home``, ``fax``, ``pager``, ``assistant``, ``company``, …
        label: what the owner of the address book called it, "" if nothing.
    """

    number: str
    types: tuple[str, ...] = ()
    label: str = ""

    @property
    def fax(self) -> bool:
        return "fax" in self.types


@dataclass(frozen=True, slots=True)
class CardMail:
    address: str
    types: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class CardAddress:
    """A postal address; ``street`` holds all lines above the town, ``box`` a post-office box."""

    street: str = ""
    box: str = ""
    zip: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    types: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class CardUrl:
    url: str
    types: tuple[str, ...] = ()
    label: str = ""


class Source(NamedTuple):
    """Where a card begins: a 1-based line, 0 where none is meant, of a file, "" if unknown."""

    line: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One card; the preferred number, address or mail stands first.

    Attributes:
        line: 1-based line of its BEGIN; file: the one it stands in, as the caller names it.
        kind: a person, an organisation (a card of its own), or a list of other cards.
        name: the formatted name (FN) as it stands; may be empty.
        org: the organisation; units: departments below it.
        birthday: ``1966-03-12`` or ``03-12``; anniversary likewise, with a year.
        uid: as written, without ``urn:uuid:``, in small letters; members: uids of a group.
        language: the code of the language to speak with them.
        extra: ``(label, text)`` of whatever else people can read: spouse, chat names, …; the
            label is a word of ``labels`` or the one on the card.
    """

    line: int = 0
    file: str = ""
    kind: CardKind = "individual"
    name: str = ""
    family: str = ""
    given: str = ""
    additional: str = ""
    prefix: str = ""
    suffix: str = ""
    nicknames: tuple[str, ...] = ()
    org: str = ""
    units: tuple[str, ...] = ()
    title: str = ""
    role: str = ""
    phones: tuple[CardPhone, ...] = ()
    emails: tuple[CardMail, ...] = ()
    addresses: tuple[CardAddress, ...] = ()
    urls: tuple[CardUrl, ...] = ()
    birthday: str = ""
    anniversary: str = ""
    notes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    uid: str = ""
    members: tuple[str, ...] = ()
    language: str = ""
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def source(self) -> Source:
        """Where it begins."""
        return Source(self.line, self.file)


@dataclass(frozen=True, slots=True)
class Cards:
    """All cards of a file in their order, and what in it was not understood.

    The path of the findings is empty: only the caller knows it.
    """

    cards: tuple[Card, ...]
    findings: tuple[Finding, ...] = ()
