"""Find the values of one mapping in the head by what its keys mean, in German or English."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from crm_md.document import field_types as types
from crm_md.document import slips
from crm_md.document.field_types import Findings
from crm_md.document.head_tree import Fields, Node, Scalar
from crm_md.document.key_meanings import meaning_of
from crm_md.model import Absence, Finding, Until
from crm_md.words import plain

Value = TypeVar("Value")

_MANY = frozenset(
    ("phone", "email", "aliases", "tags", "contacts", "products", "deals", "relations", "consent")
)


class Keys:
    """One mapping of the head; what does not fit its fields goes to the findings.

    Attributes:
        extra: what no field knows, key and text as written.
    """

    def __init__(
        self, fields: Fields, keys: frozenset[str], findings: Findings, inside: str = ""
    ) -> None:
        """Take a mapping.

        Args:
            fields: the mapping.
            keys: the English names of the fields that mean something here.
            findings: where to say what does not fit.
            inside: the list this is an item of, "" for the head itself.
        """
        self.line = fields.line
        self.findings = findings
        self._found: dict[str, list[tuple[Scalar, Node]]] = {}
        extra: list[tuple[str, str]] = []
        for key, node in fields.pairs:
            meaning = meaning_of(key.text, inside)
            if meaning not in keys:
                extra.append((key.text, types.as_line(node)))
                continue
            before = self._found.setdefault(meaning, [])
            if before and before[-1][0].text == key.text:
                before.pop()  # a double key, of which the head's own findings tell
            elif before and meaning not in _MANY:
                findings.append(slips.same_meaning(before[-1][0], key))
            before.append((key, node))
        self.extra = tuple(extra)

    def __contains__(self, key: str) -> bool:
        """Say whether there is such a key, in any spelling."""
        return key in self._found

    def node(self, key: str) -> Node | None:
        """Return what stands under a key; of several spellings the last counts."""
        found = self._found.get(key)
        return found[-1][1] if found else None

    def nodes(self, key: str) -> Iterator[Node]:
        """Yield what stands under every spelling of a key."""
        for _key, node in self._found.get(key, ()):
            yield node

    def typed(self, key: str, read: Callable[[Node, str, Findings], Value]) -> Value | None:
        """Return a value as its type reads it, None where the key is missing."""
        found = self._found.get(key)
        return read(found[-1][1], found[-1][0].text, self.findings) if found else None

    def text(self, key: str) -> str:
        """Return a text, "" where the key is missing."""
        found = self._found.get(key)
        if not found:
            return ""
        node = found[-1][1]
        if isinstance(node, Scalar):
            return node.text.strip()
        return types.one_text(node, found[-1][0].text, self.findings)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts under every spelling of a key, each once."""
        return tuple(dict.fromkeys(text for node in self.nodes(key) for text in types.texts(node)))

    def names(self, key: str) -> tuple[str, ...]:
        """Return the texts under every spelling of a key, each once; none of them has a label."""
        return tuple(dict.fromkeys(text for node in self.nodes(key) for text in types.names(node)))

    def tags(self, key: str) -> tuple[str, ...]:
        """Return words; a single text is split at its commas."""
        return tuple(dict.fromkeys(word for node in self.nodes(key) for word in types.words(node)))

    def word(self, key: str, table: Mapping[str, str]) -> str:
        """Return the English name of a word of this vocabulary; an unknown one stays, as a hint."""
        text = self.text(key)
        known = table.get(plain(text), "")
        if text and not known:
            names = dict.fromkeys(table.values())
            self.findings.append(slips.unknown_word(self._line(key), key, text, names))
        return known or text

    def day(self, key: str) -> date | None:
        """Return a day; what is none goes to `extra`."""
        day = self.typed(key, types.day_of)
        if day is None and (text := self.text(key)):
            self.extra += ((self._found[key][-1][0].text, text),)
        return day

    def date_text(self, key: str, *, strict: bool) -> str:
        """Return a date of which not all may be known, as written.

        Args:
            strict: words that are no date are a finding too.
        """
        text = self.text(key)
        if text and types.is_no_date(text, strict):
            self.findings.append(slips.no_day(self._line(key), key, text))
        return text

    def until(self, key: str, *, needs_day: bool) -> Until | None:
        """Return a day with words.

        Args:
            needs_day: without a day it is a finding.
        """
        until = self.typed(key, types.until_of)
        if until and until.day is None and needs_day:
            self.findings.append(slips.no_day(self._line(key), key, until.written))
        return until

    def absence(self, key: str) -> tuple[Absence | None, str]:
        """Return the days of an absence, and what is written."""
        return self.typed(key, types.absence_of) or (None, "")

    def note(self, key: str, slip: Callable[[int, str], Finding], text: str) -> None:
        """Add a finding on what stands under a key."""
        self.findings.append(slip(self._line(key), text))

    def _line(self, key: str) -> int:
        return self._found[key][-1][0].line
