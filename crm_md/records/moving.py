"""Move the dates of a file by some days, so that an old story ends on another day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from crm_md.words import KEYS, plain

_FULL = re.compile(r"(?<![\d.-])(?:(\d{4})-(\d\d)-(\d\d)|(\d\d?)\.(\d\d?)\.(\d{4}))(?!\d|-\d|\.\d)")
_KEY = re.compile(r"[ \t]*(?:-[ \t]+)*([^\s:#][^:#]*):[ \t]+(?=\S)")
_YEAR_OR_MONTH = re.compile(r"(?<![\w.:/-])(\d{4})(?:-(\d\d))?(?![\w.-])")
_EVERY_YEAR = re.compile(r"(?<![\w.:/-])(?:(\d{4})-)?(\d\d)-(\d\d)(?![\w.-])")
_HEAD = re.compile(r"---[ \t]*\r?\n(?:.*\r?\n)*?---[ \t]*\r?\n")


def moved_customer(text: str, days: int, end: date) -> str:
    """Return a customer file with its dates moved, every other byte as it was.

    Full dates move wherever they stand, in either writing. In ``since`` and ``left``, a month is
    moved by its middle, and so is a year. Birthdays and anniversaries keep the age and the
    distance to the end of the story: the one nearest to it is moved like any date. Words about
    time (``Freitag``, ``seit 2023``) stay.

    Args:
        text: the whole file.
        days: how far, forward or back.
        end: the day on which the story ends now.
    """
    head = _HEAD.match(text)
    cut = head.end() if head else 0
    lines = text[:cut].split("\n")
    return "\n".join(_moved_line(line, days, end) for line in lines) + moved(text[cut:], days)


def moved(text: str, days: int) -> str:
    """Return a text with its full dates moved, each in the writing it has.

    Args:
        text: with dates like ``2026-11-20`` and ``20.11.2026``.
        days: how far, forward or back.
    """

    def move(found: re.Match[str]) -> str:
        year, month, day, german_day, german_month, german_year = found.groups()
        was = _day(year or german_year, month or german_month, day or german_day)
        if was is None:
            return found[0]
        new = was + timedelta(days=days)
        if year:
            return new.isoformat()
        wide = len(german_day) == 2
        return f"{new:%d.%m.}{new:%Y}" if wide else f"{new.day}.{new.month}.{new:%Y}"

    return _FULL.sub(move, text) if days else text


def _moved_line(line: str, days: int, end: date) -> str:
    """Move what stands behind the key of a line of the head, as its field wants it."""
    key = _KEY.match(line)
    if key is None or not days:
        return moved(line, days)
    field = KEYS.get(plain(key[1].strip("\"'")), "")
    if field in ("birthday", "anniversary"):
        return key[0] + _first(_EVERY_YEAR, line[key.end() :], lambda one: _yearly(one, days, end))
    rest = moved(line[key.end() :], days)
    if field in ("since", "left") and rest == line[key.end() :]:
        rest = _first(_YEAR_OR_MONTH, rest, lambda one: _partial(one, days))
    return key[0] + rest


def _first(pattern: re.Pattern[str], text: str, move: Callable[[re.Match[str]], str]) -> str:
    return pattern.sub(move, text, count=1)


def _partial(found: re.Match[str], days: int) -> str:
    """Move a month or a year by its middle."""
    year, month = int(found[1]), found[2]
    if not month:
        return f"{date(year, 7, 1) + timedelta(days=days):%Y}"
    if not 1 <= int(month) <= 12:
        return found[0]
    return f"{date(year, int(month), 15) + timedelta(days=days):%Y-%m}"


def _yearly(found: re.Match[str], days: int, end: date) -> str:
    """Move the birthday nearest to the end of the story; the age on it stays."""
    born, month, day = found[1], int(found[2]), int(found[3])
    if _day("2000", month, day) is None:
        return found[0]
    years = range(end.year - 1, end.year + 2)
    was = min((_in_year(year, month, day) for year in years), key=lambda one: abs(one - end))
    new = was + timedelta(days=days)
    if not born:
        return f"{new:%m-%d}"
    return _in_year(int(born) + new.year - was.year, new.month, new.day).isoformat()


def _in_year(year: int, month: int, day: int) -> date:
    """The 29th of February is kept on the 28th where there is none."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
