"""Split a file's text into what a search can hit, and say which words stand where."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from crm_md.frozen import dataclass
from crm_md.index.rows import ALIAS, OWN
from crm_md.index.tokens import normal, words_of
from crm_md.likeness import fold
from crm_md.words import KEYS, plain

_HEAD_KEY = re.compile(r"^\s*(?:- )*([\w .@-]{1,40}):(?=\s|$)")
_NO_WORDS = frozenset(("owner", "status", "segment", "language"))  # their values: there are filters


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of a file that are a unit of their own, in whole or in addition to another.

    Attributes:
        line: of its heading, from 1; end: of the heading that follows.
        author: of an entry, which is not part of what was said.
        aside: an entry, whose lines are not the customer's own text.
    """

    unit: int
    line: int
    end: int
    author: str = ""
    aside: bool = True


def parts_of_file(database: sqlite3.Connection, file: int) -> list[Part]:
    """Return the parts of a file, as it was when the catalogue last read it."""
    entries = database.execute(
        "SELECT unit, line, end, author FROM entries WHERE file = ? ORDER BY line", (file,)
    )
    parts = [Part(*told) for told in entries]
    sections = database.execute("SELECT unit, line, end FROM sections WHERE file = ?", (file,))
    return parts + [Part(unit, line, end, aside=False) for unit, line, end in sections]


def names_of_file(database: sqlite3.Connection, file: int) -> frozenset[str]:
    """Return the folded words of a customer's names and city: they count for all its entries."""
    rows = database.execute(
        "SELECT key FROM names WHERE file = ?1 AND how <= ?2"
        " UNION ALL SELECT city_key FROM files WHERE id = ?1",
        (file, ALIAS),
    )
    return frozenset(word for (key,) in rows for word in key.split())


def places_of_words(text: str, parts: Iterable[Part], names: frozenset[str]) -> dict[str, str]:
    """Return the places of each word of a file, as the characters of one text.

    Each character is a unit, doubled, plus one where the word stands in the unit's heading. The
    heading of the customer's own text are its names, wherever they stand in it.

    Args:
        text: of the whole file.
        parts: its entries and sections.
        names: folded words of its names.
    """
    lines = normal(text).split("\n")
    found: dict[str, str] = {}
    own, start = _without_keys(lines), 0
    own_text: list[str] = []
    for part in parts:
        body = own[part.line - 1 : part.end - 1]
        if not body:
            continue
        heading = words_of(_without_author(body[0], part.author))
        _note(found, heading, part.unit, in_heading=True)
        _note(found, words_of("\n".join(body[1:])) - heading, part.unit, in_heading=False)
        if part.aside:
            own_text += own[start : part.line - 1]
            start = part.end - 1
    own_words = words_of("\n".join([*own_text, *own[start:]]))
    called = {word for word in own_words if fold(word) in names}
    _note(found, called, OWN, in_heading=True)
    _note(found, own_words - called, OWN, in_heading=False)
    return found


def own_lines(parts: Iterable[Part], count: int) -> list[int]:
    """Return the numbers, from 1, of the lines that are the customer's own text.

    Args:
        count: lines of the file.
    """
    aside = {number for part in parts if part.aside for number in _numbers(part, count)}
    return [number for number in range(1, count + 1) if number not in aside]


def _numbers(part: Part, count: int) -> range:
    return range(part.line, min(part.end, count + 1))


def _note(found: dict[str, str], words: Iterable[str], unit: int, *, in_heading: bool) -> None:
    place = chr(unit << 1 | in_heading)
    for word in words:
        found[word] = found.get(word, "") + place


def _without_author(heading: str, author: str) -> str:
    bare = heading.rstrip()
    if author and bare.endswith(")"):
        return bare[: bare.rfind("(")]
    return bare


def _without_keys(lines: list[str]) -> list[str]:
    """Take the names of fields off the head: “phone” is no word of any customer."""
    if not lines[0].lstrip("\ufeff").startswith("---"):
        return lines
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            return [*map(_value, lines[:number]), *lines[number:]]
    return lines


def _value(line: str) -> str:
    key = _HEAD_KEY.match(line)
    if key is None:
        return line
    return "" if KEYS.get(plain(key[1])) in _NO_WORDS else line[key.end() :]
