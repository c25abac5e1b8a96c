"""Read the facts of an entry, Dataview's inline fields: ``Stimmung:: verärgert``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crm_md.words import DUE_WORDS, FACTS, plain

_BEFORE = re.compile(r"[ \t>]*(?:[*+-][ \t]+)?([*_]{0,3})([^\W\d_][^:|\[\](){}<>`\"]{0,39})")
_KEY = re.compile(r"[^\W\d_][^:|\[\](){}<>`\"]{0,39}")
_IN_BRACKETS = re.compile(r"((?:\[\[[^\]\n]*\]\]|[^\[\]()\n])*)[\])]")
_OF_TASKS = DUE_WORDS | frozenset(map(plain, ("done", "completion", "erledigt")))


class Fact(NamedTuple):
    """A key and its value, and where it stands; known keys under their English name."""

    key: str
    value: str
    offset: int


def facts_in(text: str, start: int) -> Iterator[Fact]:
    """Yield every fact from here on: alone on a line, as a list item, or ``[key:: value]``.

    The dates of tasks are none; a word glued to its value is one only if we know the key
    (``gelöst::ja``, but not ``std::vector``). Source: Dataview, "Adding metadata to your pages".

    Args:
        text: the file, with what is no text blanked.
        start: where to begin, the start of a line.
    """
    at = text.find("::", start)
    while at >= 0:
        begin = max(text.rfind("\n", start, at) + 1, start)
        before = text[begin:at]
        bracket = max(before.rfind("["), before.rfind("("))
        if bracket >= 0 and "]" not in before[bracket:] and ")" not in before[bracket:]:
            key, closed = before[bracket + 1 :], _IN_BRACKETS.match(text, at + 2)
            value, end = (closed[1], closed.end()) if closed else ("", at + 2)
            fits = closed is not None and _KEY.fullmatch(key.strip()) is not None
            fits = fits and plain(key) not in _OF_TASKS
        else:
            match = _BEFORE.fullmatch(before)
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            key, value = (match[2].rstrip("*_ \t"), text[at + 2 : end]) if match else ("", "")
            fits = match is not None
            if match and match[1]:
                value = value.removeprefix(match[1])  # **key::** value
        if fits:
            known = FACTS.get(plain(key))
            if known or not value[:1].strip():
                yield Fact(known or key.strip(), value.strip(), begin)
        else:
            end = at + 2
        at = text.find("::", end)
