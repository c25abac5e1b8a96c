"""Carry what the rules of the grammar read from and what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time
from typing import NamedTuple

from crm_md.dates.periods import Days, Toward, yearly
from crm_md.dates.tokens import Tokens, tokens_of


class Line(NamedTuple):
    """A text to read, the day and time it is said at, and which way it looks."""

    tokens: Tokens
    today: date
    toward: Toward
    now: time | None = None

    @classmethod
    def of(cls, text: str, today: date, toward: Toward, now: time | None) -> Line:
        """Return the line of a text."""
        return cls(tokens_of(text), today, toward, now)


class Found(NamedTuple):
    """A phrase that was recognised.

    Attributes:
        days: what it can mean, in the order of time.
        at: the place behind it.
        settled: it names one time whatever the direction: "gestern", "nächste Woche", "1.12.2026".
        leads: it can hardly be anything but a date, so it may lead a sentence.
    """

    days: list[Days]
    at: int
    settled: bool = False
    leads: bool = True


def read_year(tokens: Tokens, at: int) -> tuple[int | None, int]:
    """Return the year that stands there, also behind a comma, a slash or "of", and what follows."""
    spot = tokens.skip(tokens.skip_mark(at, ",/"), frozenset(("of", "von")))
    kind, text = tokens[spot]
    return (int(text), spot + 1) if kind == "number" and len(text) == 4 else (None, at)


def recurring(
    line: Line, at: int, make: Callable[[int], Days | None], *, leads: bool
) -> Iterator[Found]:
    """Yield what recurs every year, in the year that follows the words and in the years around.

    Args:
        at: the place behind the words.
        make: the days in a year, None for a year that has none.
        leads: whether it may lead a sentence without its year; with it it may.
    """
    year, end = read_year(line.tokens, at)
    if year is not None:
        yield Found(yearly(make, line.today, year), end, settled=True)
    yield Found(yearly(make, line.today, None), at, leads=leads)
