"""Read dates as they stand in files: exact, without guessing, and quickly."""

from __future__ import annotations

import re
from datetime import date, time
from functools import cache

from crm_md.dates.periods import day_or_none
from crm_md.dates.vocabulary import MONTHS, fold
from crm_md.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Partial:
    """A date of which not everything is known: a birthday, a month of purchase.

    Attributes:
        year: None for a birthday without it.
        month: 1 to 12; None where only the year is known.
        day: None where only the month is known.
    """

    year: int | None
    month: int | None
    day: int | None


def read_day(text: str) -> date | None:
    """Return the day of `2026-11-20`, `20.11.2026` or `1.12.2026`, None for all other text.

    Blanks around it do not matter; 30 February is None.
    """
    found, rest = _leading_day(text.strip())
    return None if rest else found


def read_day_time(text: str) -> tuple[date, time | None] | None:
    """Return day and time of `2026-11-20 14:30`, `20.11.2026, 14:30 Uhr`, `2026-11-20T14:30`.

    Times are local wall clock; one with a zone is None, as is all other text.
    """
    day, rest = _leading_day(text.strip())
    if day is None or not rest:
        return (day, None) if day else None
    match = _time_pattern().fullmatch(rest)
    if match is None:
        return None
    try:
        hour, minute, second = (int(part or 0) for part in match.groups())
        return day, time(hour, minute, second)
    except ValueError:
        return None


def split_file_date(text: str) -> tuple[date | None, str]:
    """Return the day that leads the text, and the rest without outer blanks.

    A colon, comma or dash behind the day is skipped, as in `2026-12-01: Angebot nachfassen`.

    Returns:
        None and the text where no day as `read_day` takes it leads.
    """
    stripped = text.strip()
    day, rest = _leading_day(stripped)
    if day is None or (rest and not rest[0].isspace() and rest[0] not in ":,;-–—"):
        return None, stripped
    rest = rest.lstrip()
    if rest[:1] in tuple(":,;-–—"):
        if rest[0] in "-–—" and rest[1:2].isdigit():
            return None, stripped
        rest = rest[1:].lstrip()
    return day, rest


def read_partial(text: str) -> Partial | None:
    """Return what is known of a date, None where the text is no date.

    Args:
        text: `1966-03-12`, `12.03.1966`; `03-12`, `--03-12`, `12.3.`, `12. März`; `2026-03`,
            `03/2026`, `März 2026`; `2019`. The day of a birthday without a year may be 29 February.
    """
    match = _partial_pattern().fullmatch(fold(text.strip()))
    if match is None:
        return None
    known = {name[0]: value for name, value in match.groupdict().items() if value}
    year = int(known["y"]) if "y" in known else None
    day = int(known["d"]) if "d" in known else None
    month = (MONTHS.get(known["m"]) or int(known["m"])) if "m" in known else None
    # 2000 is a leap year: without a year every day of the calendar is possible.
    possible = day_or_none(2000 if year is None else year, 1 if month is None else month, day or 1)
    return Partial(year, month, day) if possible and day != 0 else None


def next_anniversary(partial: Partial, today: date) -> date | None:
    """Return the first return of this day, today included, None without month and day.

    29 February is kept on the 28th in common years.
    """
    if partial.month is None or partial.day is None:
        return None
    for year in (today.year, today.year + 1):
        day = day_or_none(year, partial.month, partial.day)
        if day is None and (partial.month, partial.day) == (2, 29):
            day = day_or_none(year, 2, 28)
        if day and day >= today:
            return day
    return None


def _leading_day(text: str) -> tuple[date | None, str]:
    """Return a day and what stands behind it, None and the text where none leads."""
    if not "0" <= text[:1] <= "9":
        return None, text
    match = _day_pattern().match(text)
    if match is None:
        return None, text
    year, month, day = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    return day_or_none(int(year), int(month), int(day)), text[match.end() :]


@cache
def _day_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})|([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}))(?![0-9])"
    )


@cache
def _time_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:T|\s*,?\s+|,)([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2}))?(?:\s*(?:Uhr|h))?"
    )


@cache
def _partial_pattern() -> re.Pattern[str]:
    name = "|".join(MONTHS)
    return re.compile(
        r"(?P<y1>[0-9]{4})(?:-(?P<m1>[0-9]{1,2})(?:-(?P<d1>[0-9]{1,2}))?)?"
        r"|(?:--)?(?P<m2>[0-9]{1,2})-(?P<d2>[0-9]{1,2})"
        r"|(?P<d3>[0-9]{1,2})\.\s?(?P<m3>[0-9]{1,2})(?:\.(?:\s?(?P<y3>[0-9]{4}))?)?"
        r"|(?P<m4>[0-9]{1,2})[/.](?P<y4>[0-9]{4})"
        rf"|(?:(?P<d5>[0-9]{{1,2}})\.?\s+)?(?P<m5>{name})\.?(?:\s+(?P<y5>[0-9]{{4}}))?"
    )
