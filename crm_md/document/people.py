"""Recognise the contacts of a file however they are named: full, first, last, with a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from crm_md.words import PREPOSITIONS, TITLES, plain

if TYPE_CHECKING:
    from crm_md.model import Customer

SEPARATOR = re.compile(r"\s*(?:[,;&+]|\b(?:und|and|sowie)\b)\s*", re.IGNORECASE)


class Names:
    """The ways to write each contact of one file; what fits two of them fits neither."""

    __slots__ = ("_contacts", "_longest", "_starts")

    def __init__(self, contacts: Sequence[str]) -> None:
        self._contacts: dict[str, str] = {}
        owners: dict[str, set[str]] = {}
        for contact in contacts:
            if full := _key(contact):
                self._contacts.setdefault(full, contact)
                for form in _forms(contact):
                    owners.setdefault(form, set()).add(contact)
        for form, found in owners.items():
            if len(found) == 1:
                self._contacts.setdefault(form, *found)
        self._longest = max((form.count(" ") + 1 for form in self._contacts), default=0)
        self._starts = {form.split(" ")[0] for form in self._contacts} | TITLES

    def contact(self, name: str) -> str | None:
        """Return the contact a name means, as the head writes it, or None.

        Args:
            name: a full name, or a first or last name that is unique in the file; with or
                without titles (``Frau Petersen``).
        """
        wanted = _key(name)
        found = self._contacts.get(wanted)
        if found is None:
            words = wanted.split(" ")
            if titles := _titles(words) or _role(words):
                found = self._contacts.get(" ".join(words[titles:]))
        return found

    def first(self, text: str) -> tuple[str, str] | None:
        """Return the longest name at the start of a text, as written, and what follows it."""
        words = text.split(" ", self._longest + 3)
        start = _key(words[0].rstrip(",;"))
        if not self._contacts or start.split(" ")[0] not in self._starts:
            return None
        for count in range(min(self._longest + 3, len(words)), 0, -1):
            written = " ".join(words[:count])
            if self.contact(written) is None:
                written = written.rstrip(",;")
                if self.contact(written) is None:
                    continue
            return written, text[len(written) :]
        return None

    def several(self, text: str) -> tuple[tuple[str, ...], str]:
        """Return all the names a text begins with, as written, and what follows them.

        Names are separated by a comma, a semicolon, ``&``, ``+``, ``und`` or ``and``; a separator
        before something else is part of what follows.
        """
        names: list[str] = []
        rest = text
        while found := self.first(rest):
            names.append(found[0])
            rest = found[1]
            separator = SEPARATOR.match(rest)
            if separator is None or self.first(rest[separator.end() :]) is None:
                break
            rest = rest[separator.end() :]
        return tuple(names), rest.strip()


def people_of(customer: Customer) -> tuple[str, ...]:
    """Return the names an entry of this customer may mention; a private person is their own."""
    return tuple(contact.name for contact in customer.contacts) or (customer.name,)


@lru_cache(maxsize=64)
def names_of(contacts: tuple[str, ...]) -> Names:
    """Return the names of these contacts, made once while one file is read."""
    return Names(contacts)


def _forms(contact: str) -> Iterator[str]:
    """Yield the short ways to write a name: without titles, first, last, "von der Heyde"."""
    if "," in contact:
        last, _comma, first = contact.partition(",")
        words = [*first.split(), *last.split()]
    else:
        words = contact.split()
    words = words[_titles([_key(word) for word in words]) :]
    yield _key(" ".join(words))
    yield _key(words[0])
    yield _key(words[-1])
    if len(words) > 2:
        yield _key(" ".join(words[1:]))


def _role(words: Sequence[str]) -> int:
    """Return how many words at the start are a role and the titles behind it: Sekretärin Frau."""
    if len(words) < 3 or words[1] not in TITLES or not _may_be_role(words[0]):
        return 0
    return 1 + _titles(words[1:])


def _may_be_role(word: str) -> bool:
    """Say whether a word before a title is a role: no preposition, and no name before a comma."""
    return word[-1:].isalnum() and word not in PREPOSITIONS


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """Return a name as names are compared: as words are, and ş as s, ı as i."""
    if name.isascii():
        return plain(name)
    bare = unicodedata.normalize("NFD", plain(name).replace("ı", "i"))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def _titles(words: Sequence[str]) -> int:
    """Return how many words at the start are titles and no part of the name."""
    count = 0
    while count < len(words) - 1 and words[count] in TITLES:
        count += 1
    return count
