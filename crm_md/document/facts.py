"""Read the facts of an entry, Dataview's inline fields: ``Stimmung:: verärgert``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crm_md.words import DUE_WORDS, FACTS, plain

LONGEST_BEFORE = 80  # characters of a line before the "::" of a fact

_BEFORE = re.compile(r"[ \t>]*(?:[*+-][ \t]+)?([*_]{0,3})([^\W\d_][^:|\[\](){}<>`\"]{0,39})")
_KEY = re.compile(r"[^\W\d_][^:|\[\](){}<>`\"]{0,39}")
_IN_BRACKETS = re.compile(r"((?:\[\[[^\]\n]*\]\]|[^\[\]()\n])*)[\])]")
_OF_TASKS = DUE_WORDS | frozenset(map(plain, ("done", "completion", "erledigt")))


class Fact(NamedTuple):
    """A key and its value, and where its ``::`` stands; known keys under their English name."""

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
        floor = max(start, at - LONGEST_BEFORE)
        newline = text.rfind("\n", floor, at)
        before = text[newline + 1 if newline >= 0 else floor : at]
        from_line_start = newline >= 0 or floor == start
        bracket = max(before.rfind("["), before.rfind("("))
        if bracket >= 0 and "]" not in before[bracket:] and ")" not in before[bracket:]:
            found = _in_brackets(text, at, before[bracket + 1 :])
        else:
            found = _on_a_line(text, at, before) if from_line_start else None
        if found and (known := FACTS.get(plain(found[0]))):
            yield Fact(known, found[1].strip(), at)
        elif found and not found[1][:1].strip():
            yield Fact(found[0], found[1].strip(), at)
        at = text.find("::", found[2] if found else at + 2)


def _in_brackets(text: str, at: int, key: str) -> tuple[str, str, int] | None:
    """Return key, value and where the fact ends, None if this is none."""
    closed = _IN_BRACKETS.match(text, at + 2)
    if closed is None or not _KEY.fullmatch(key.strip()) or plain(key) in _OF_TASKS:
        return None
    return key.strip(), closed[1], closed.end()


def _on_a_line(text: str, at: int, before: str) -> tuple[str, str, int] | None:
    """Return key, value and where the line ends, None if this is no fact."""
    match = _BEFORE.fullmatch(before)
    if match is None:
        return None
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    value = text[at + 2 : end]
    if match[1]:
        value = value.removeprefix(match[1])  # **key::** value
    return match[2].rstrip("*_ \t"), value, end
