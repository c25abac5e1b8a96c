"""Reckon with weeks, months, quarters and years as first and last days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Literal, TypeAlias

from crm_md.dates.feasts import is_working_day

Toward: TypeAlias = Literal["past", "future"]
Days: TypeAlias = tuple[date, date]  # first and last day, both included

ONE_DAY = timedelta(1)
_YEARS = range(1583, 9999)  # the Gregorian calendar, and a year of air on top


def pick(candidates: Iterable[Days], today: date, toward: Toward) -> Days | None:
    """Return the candidate that is meant, cut at today where it is under way, or None.

    Toward the future it is the first that has not ended, toward the past the last that has begun.
    So "März" said in March is the rest of this March, or the part of it that has been.

    Args:
        candidates: in the order of time.
    """
    if toward == "future":
        ahead = next((days for days in candidates if days[1] >= today), None)
        return ahead and (max(ahead[0], today), ahead[1])
    behind = [days for days in candidates if days[0] <= today]
    return (behind[-1][0], min(behind[-1][1], today)) if behind else None


def step(candidates: Iterable[Days], today: date, steps: int) -> list[Days]:
    """Return the one that is `steps` away: 1 the first that begins after today, -1 the last before.

    Args:
        candidates: in the order of time.
        steps: not 0.
    """
    if steps > 0:
        return [days for days in candidates if days[0] > today][steps - 1 : steps]
    behind = [days for days in candidates if days[1] < today]
    return behind[steps : steps + 1 or None]


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def yearly(make: Callable[[int], Days | None], today: date, year: int | None) -> list[Days]:
    """Return what recurs every year, for this year, or for the nine before and after today's.

    Args:
        make: the days in a year, None for a year that has none (29 February, week 53).
        year: the only one meant, None where the words name none.
    """
    years = range(today.year - 9, today.year + 10) if year is None else (year,)
    return [days for each in years if each in _YEARS and (days := make(each))]


def months_from(year: int, month: int, count: int) -> Days | None:
    """Return so many whole months from this one on; months below 1 and above 12 run on."""
    start = year * 12 + month - 1
    end = start + count
    if start < 12 or end >= 120_000:
        return None
    return date(start // 12, start % 12 + 1, 1), date(end // 12, end % 12 + 1, 1) - ONE_DAY


def iso_week(year: int, week: int) -> Days | None:
    """Return Monday and Sunday of a calendar week (ISO 8601), None where the year lacks it."""
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return monday, monday + 6 * ONE_DAY


def around(unit: tuple[int, int], today: date) -> list[Days]:
    """Return three periods before, the present one and three after.

    Args:
        unit: days and months of `vocabulary.UNITS`; days other than a week have no periods.
    """
    days, months = unit
    if days == 7:
        monday = today - today.weekday() * ONE_DAY
        starts = [monday + timedelta(7 * count) for count in range(-3, 4)]
        return [(start, start + 6 * ONE_DAY) for start in starts]
    if not months:
        return []
    first = (today.month - 1) // months * months + 1
    found = (months_from(today.year, first + count * months, months) for count in range(-3, 4))
    return [period for period in found if period]


def weekdays_around(weekday: int, today: date, length: int = 1) -> list[Days]:
    """Return this weekday (0 is Monday), three times before and three times after this week's.

    Args:
        length: days; a weekend is Saturday with length 2.
    """
    firsts = (week[0] + weekday * ONE_DAY for week in around((7, 0), today))
    return [(first, first + (length - 1) * ONE_DAY) for first in firsts]


def part_of(period: Days, part: int) -> Days | None:
    """Return beginning (0), middle (1) or end (2) of a week, month, quarter, half or whole year.

    A week: Monday and Tuesday, Wednesday, Friday. A month: 1 to 10, 11 to 20, from
    21. A quarter or season: a month each. Half a year: two months each. A year: January and
    February, June and July, November and December.
    """
    first, last = period
    length = (last - first).days + 1
    if length == 7:
        begin, end = ((0, 1), (2, 2), (4, 4))[part]
        return first + begin * ONE_DAY, first + end * ONE_DAY
    if 28 <= length <= 31:
        starts = (first, first + 10 * ONE_DAY, first + 20 * ONE_DAY)
        return starts[part], last if part == 2 else starts[part + 1] - ONE_DAY
    if 90 <= length <= 92:
        return months_from(first.year, first.month + part, 1)
    if 181 <= length <= 184:
        return months_from(first.year, first.month + 2 * part, 2)
    if length >= 365:
        return months_from(first.year, first.month + 5 * part, 2)
    return None


def week_before(days: Days) -> Days:
    """Return the seven days before: what "vor Ostern" asks for."""
    return days[0] - 7 * ONE_DAY, days[0] - ONE_DAY


def first_working_day_after(days: Days) -> Days:
    """Return the next working day, as first and last day: what "nach Ostern" asks for."""
    day = days[1] + ONE_DAY
    while not is_working_day(day):
        day += ONE_DAY
    return day, day
