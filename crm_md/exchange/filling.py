"""Gather what the properties of one card say, preferred things first, nothing twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from crm_md.exchange.card import Card, CardAddress, CardKind, CardMail, CardPhone, CardUrl
from crm_md.exchange.labels import known_label
from crm_md.exchange.lines import Property, one_line
from crm_md.likeness import fold

T = TypeVar("T")

# Types that tell nothing a person would miss.
_SILENT_WORDS = """
    voice msg pref internet other video text textphone x400 pcs
    dom intl postal parcel modem bbs isdn address homepage
"""
_SILENT_TYPES = frozenset(_SILENT_WORDS.split())


@dataclass(slots=True)
class Filling:
    """A card while its properties are read.

    Attributes:
        labels: what the owner of the address book calls things, by group (``item1``).
        single: the first value of each field that holds one.
    """

    labels: dict[str, str]
    single: dict[str, str] = field(default_factory=dict)
    phones: list[tuple[int, CardPhone]] = field(default_factory=list)
    emails: list[tuple[int, CardMail]] = field(default_factory=list)
    addresses: list[tuple[int, CardAddress]] = field(default_factory=list)
    urls: list[tuple[int, CardUrl]] = field(default_factory=list)
    languages: list[tuple[int, str]] = field(default_factory=list)
    address_labels: list[str] = field(default_factory=list)
    nicknames: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    extra: list[tuple[str, str]] = field(default_factory=list)

    def set(self, key: str, text: str, label: str) -> None:
        """Keep the first value of a field; others that differ are extra."""
        if text and self.single.setdefault(key, text) != text:
            self.add(label, text)

    def add(self, label: str, text: str) -> None:
        """Keep a text that no field holds."""
        if text and text.lower() != "null" and (label, text) not in self.extra:
            self.extra.append((label, text))

    def label(self, prop: Property) -> str:
        """Return what the owner of the address book calls this property, or ""."""
        return self.labels.get(prop.group, "") if prop.group else ""

    def dress(self, prop: Property) -> tuple[tuple[str, ...], str]:
        """Return the telling types of a property, and the owner's own word for it, or ""."""
        label = self.label(prop)
        known = known_label(label)
        words = ",".join(prop.params.get("TYPE", ())).lower().split(",")
        types = (known_label(word) or word for word in [*map(str.strip, words), known])
        telling = dict.fromkeys(word for word in types if word and word not in _SILENT_TYPES)
        return tuple(telling), "" if known else label

    def card(self, line: int) -> Card:
        """Return the card, whose BEGIN stands on this line."""
        single = self.single.get
        return Card(
            line=line,
            kind=self._kind(),
            name=single("name", ""),
            family=single("family", ""),
            given=single("given", ""),
            additional=single("additional", ""),
            prefix=single("prefix", ""),
            suffix=single("suffix", ""),
            nicknames=_once(self.nicknames),
            org=single("org", ""),
            units=_once(self.units),
            title=single("title", ""),
            role=single("role", ""),
            phones=_phones(_by_preference(self.phones)),
            emails=_mails(_by_preference(self.emails)),
            addresses=_once(_by_preference(self.addresses)),
            urls=_once(_by_preference(self.urls)),
            birthday=single("birthday", ""),
            anniversary=single("anniversary", ""),
            notes=_once(self.notes),
            categories=_once(self.categories),
            uid=single("uid", ""),
            members=_once(self.members),
            language=next(iter(_by_preference(self.languages)), ""),
            extra=tuple(self.extra),
        )

    def _kind(self) -> CardKind:
        word = self.single.get("kind", "").lower()
        if word == "group":
            return "group"
        return "org" if word in ("org", "organization", "company", "location") else "individual"

    def keep_address_labels(self) -> None:
        """Keep what an address label says beyond the address of which it is the printed form."""
        known = [*self.single.values(), *self.units]
        for _rank, place in self.addresses:
            known += (place.street, place.box, place.zip, place.city, place.region, place.country)
        words = set(fold(" ".join(known)).split())
        for text in self.address_labels:
            if not words.issuperset(fold(text).split()):
                self.add("address", joined_lines(text))


def joined_lines(text: str) -> str:
    """Return the lines of an address on one line, with commas between."""
    lines = (one_line(line).strip(" ,") for line in text.split("\n"))
    return ", ".join(filter(None, lines))


def preference(prop: Property) -> int:
    """Return 1 for the preferred one, up to 100, 101 for the others (RFC 6350 § 5.3)."""
    rank = prop.params.get("PREF", ("",))[0]
    if rank.isdecimal() and len(rank) < 4:
        return int(rank)
    types = ",".join(prop.params.get("TYPE", ())).lower().split(",")
    return 1 if "pref" in types else 101


def _by_preference(ranked: list[tuple[int, T]]) -> list[T]:
    return [value for _rank, value in sorted(ranked, key=lambda each: each[0])]


def _phones(phones: list[CardPhone]) -> tuple[CardPhone, ...]:
    """Return each number once, with all its types; a fax stands for itself."""
    known: dict[tuple[bool, str], CardPhone] = {}
    for phone in phones:
        key = (phone.fax, "".join(sign for sign in phone.number if sign.isalnum() or sign == "+"))
        same = known.get(key)
        if same:
            types = tuple(dict.fromkeys(same.types + phone.types))
            phone = CardPhone(same.number, types, same.label or phone.label)
        known[key] = phone
    return tuple(known.values())


def _mails(mails: list[CardMail]) -> tuple[CardMail, ...]:
    known: dict[str, CardMail] = {}
    for mail in mails:
        known.setdefault(mail.address.casefold(), mail)
    return tuple(known.values())


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
