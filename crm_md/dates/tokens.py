"""Cut typed words into tokens, so that the grammar reads words and numbers, not letters."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from crm_md.dates.vocabulary import PARTS_OF_DAY, WEEKDAYS, fold

LONGEST = 100  # characters; no date is longer


class Token(NamedTuple):
    """A piece of text and what it is: a word, a kind of number, or a mark."""

    kind: str
    text: str


END = Token("end", "")


class Tokens:
    """The tokens of one text, readable beyond its end."""

    __slots__ = ("_items",)

    def __init__(self, items: list[Token]) -> None:
        self._items = items

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, at: int) -> Token:
        return self._items[at] if at < len(self._items) else END

    def kind(self, at: int) -> str:
        """Return what stands there: a group of the token pattern, or "end"."""
        return self[at].kind

    def word(self, at: int) -> str:
        """Return the word that stands there, or the empty text for numbers, marks and the end."""
        token = self[at]
        return token.text if token.kind == "word" else ""

    def number(self, at: int) -> int:
        """Return the one or two digits that stand there, "3", "3." or "3rd", or 0."""
        kind, text = self[at]
        digits = text.rstrip(".stndrh") if kind in ("number", "ordinal") else ""
        return int(digits) if 0 < len(digits) <= 2 else 0

    def phrase(self, at: int, count: int) -> str:
        """Return so many words joined by blanks, or the empty text where they are not all words."""
        words = [self.word(at + step) for step in range(count)]
        return " ".join(words) if all(words) else ""

    def skip(self, at: int, words: frozenset[str]) -> int:
        """Return the place behind all of these words that stand there."""
        while self.word(at) in words:
            at += 1
        return at

    def skip_mark(self, at: int, marks: str) -> int:
        """Return the place behind one of these marks, if one stands there."""
        token = self[at]
        return at + 1 if token.kind == "mark" and token.text in marks else at

    def ends(self, at: int) -> bool:
        """Return whether nothing but closing punctuation follows."""
        return all(kind == "mark" and text in ".,:;!?-" for kind, text in self._items[at:])


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?P<iso>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?![0-9])"
        r"|(?P<dotted>[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{4}|[0-9]{2})?)(?![0-9])"
        r"|(?P<clock>[0-9]{1,2}:[0-9]{2})(?![0-9:])"
        r"|(?P<pair>[0-9]{1,2}\.[0-9]{1,2})(?![0-9])"
        r"|(?P<week>[0-9]{4}-?w[0-9]{2})(?![0-9])"
        r"|(?P<month>[0-9]{4}-[0-9]{2})(?![0-9])"
        r"|(?P<slashed>[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?)(?![0-9])"
        r"|(?P<ordinal>[0-9]{1,2}(?:\.|(?:st|nd|rd|th)\b))"
        r"|(?P<number>[0-9]+)"
        r"|(?P<word>[a-z]+(?:'[a-z]+)*)"
        r"|(?P<mark>\S)"
    )


def tokens_of(text: str) -> Tokens:
    """Return the tokens of a text, none for one that is too long to be a date.

    "Montagabend" becomes two words, "2 p.m." the word pm.
    """
    if len(text) > LONGEST:
        return Tokens([])
    folded = fold(text).replace("p.m.", "pm").replace("a.m.", "am")
    items: list[Token] = []
    for match in _pattern().finditer(folded):
        token = Token(match.lastgroup or "", match.group())
        items.extend(_parted(token) if token.kind == "word" else (token,))
    return Tokens(items)


def _parted(token: Token) -> tuple[Token, ...]:
    """Return "montagabend" as its two words, any other word as it is."""
    cut = token.text.find("tag") + 3 if "tag" in token.text else len("mittwoch")
    day, part = token.text[:cut], token.text[cut:]
    if day in WEEKDAYS and part in PARTS_OF_DAY:
        return Token("word", day), Token("word", part)
    return (token,)
