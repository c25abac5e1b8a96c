"""Take the words out of a text: one way for what is indexed, asked for and highlighted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

NUMBER = "#"  # before the digits of a telephone number, as one word
_LONG_ENOUGH = 6  # digits of such a number

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.-])[+(]?\d[\d ()/.-]{4,}\d(?![\w-])")
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?\.\d\d?\.\d{2,4}")


class Token(NamedTuple):
    """A word of a text: as it is compared exactly, and where it stands."""

    word: str
    start: int
    end: int


def normal(text: str) -> str:
    """Return the text as words are compared exactly: NFC, small letters."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())


def words_of(text: str) -> set[str]:
    """Return the words of a text in every form that a search may ask for.

    Words joined by a hyphen are there one by one and written together (``E-Mail`` is also
    ``email``), e-mail addresses also as a whole, telephone numbers as ``NUMBER`` and digits.

    Args:
        text: as `normal` gives it.
    """
    words = set(_WORD.findall(text))
    for joined in [word for word in words if "-" in word]:
        words.discard(joined)
        words.update(joined.split("-"))
        words.update(_together(joined))
    if "@" in text:
        words.update(_MAIL.findall(text))
    words.update(NUMBER + digits for digits in _numbers(text))
    return words


def parts_of(word: str) -> list[tuple[str, ...]]:
    """Return the ways in which a typed word can stand in a text: together, or as these words.

    Args:
        word: one word as `normal` gives it; ``e-mail`` is ``email``, or ``e`` and ``mail``.
    """
    parts = tuple(part for joined in _WORD.findall(word) for part in joined.split("-"))
    ways: list[tuple[str, ...]] = [(together,) for together in _together(word)]
    if parts and parts not in ways:
        ways.append(parts)
    return ways


def number_of(text: str) -> str:
    """Return the digits that tell a telephone number, without the zeros before them; or ""."""
    digits = re.sub(r"\D", "", text.replace("(0)", "")).lstrip("0")
    return digits if len(digits) >= _LONG_ENOUGH else ""


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text where they stand, for phrases and highlighting.

    Args:
        text: as written; words come as `normal` gives them.
    """
    for match in _WORD.finditer(text):
        start = match.start()
        if "-" in match.group():
            for part in match.group().split("-"):
                yield Token(normal(part), start, start + len(part))
                start += len(part) + 1
        else:
            yield Token(normal(match.group()), start, match.end())


def spans(text: str) -> Iterator[Token]:
    """Yield what is one word only as a whole, where it stands: hyphenated, addresses, numbers."""
    for match in _WORD.finditer(text):
        for together in _together(normal(match.group())):
            yield Token(together, match.start(), match.end())
    if "@" in text:
        for match in _MAIL.finditer(text):
            yield Token(normal(match.group()), match.start(), match.end())
    for match in _PHONE.finditer(text):
        digits = number_of(match.group())
        if digits:
            yield Token(NUMBER + digits, match.start(), match.end())


def _numbers(text: str) -> Iterator[str]:
    for typed in _PHONE.findall(text):
        digits = number_of(typed)
        if digits and not _DATE.fullmatch(typed):
            yield digits


def _together(word: str) -> list[str]:
    """Return a hyphenated word written together, unless it is a number or a date."""
    if "-" not in word or not any(map(str.isalpha, word)):
        return []
    return [word.replace("-", "")]
