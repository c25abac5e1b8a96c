"""Rules for what the calendar itself names: days, weeks, months, quarters, seasons, feasts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from crm_md.dates import vocabulary
from crm_md.dates.feasts import feast_days, is_feast
from crm_md.dates.found import Found, Line, read_year, recurring
from crm_md.dates.periods import (
    Days,
    day_or_none,
    iso_week,
    months_from,
    weekdays_around,
    yearly,
)
from crm_md.dates.vocabulary import ARTICLES, MONTHS, PERIODS, SEASONS


def numeric_date(line: Line, at: int) -> Iterator[Found]:
    """2026-12-03, 3.12.2026, 3.12.26, 3.12., 3.12, 3. 12."""
    tokens = line.tokens
    kind, text = tokens[at]
    if kind == "iso":
        year, month, day = map(int, text.split("-"))
        one = day_or_none(year, month, day)
        yield Found([(one, one)] if one else [], at + 1, settled=True)
    elif kind in ("dotted", "pair"):
        first, second, third = f"{text}.".split(".")[:3]
        if third:
            year = _century(int(third), line.today) if len(third) == 2 else int(third)
            days = yearly(lambda y: _day(y, int(second), int(first)), line.today, year)
            yield Found(days, at + 1, settled=True)
        else:
            yield from _day_and_month(line, int(first), int(second), at + 1)
    elif kind == tokens.kind(at + 1) == "ordinal" and text.endswith("."):
        yield from _day_and_month(
            line, tokens.number(at), tokens.number(at + 1), at + 2, leads=False
        )


def _day_and_month(
    line: Line, day: int, month: int, at: int, *, leads: bool = True
) -> Iterator[Found]:
    return recurring(line, at, lambda year: _day(year, month, day), leads=leads)


def _day(year: int, month: int, day: int) -> Days | None:
    one = day_or_none(year, month, day)
    return (one, one) if one else None


def _century(year: int, today: date) -> int:
    """Return the year that two digits mean: up to twenty years ahead, else the one gone by."""
    ahead = today.year - today.year % 100 + year
    return ahead if ahead <= today.year + 20 else ahead - 100


def date_with_month_name(line: Line, at: int) -> Iterator[Found]:
    """3. Dezember, 3 dec 2026, 3rd of December, December 3, 2026."""
    tokens = line.tokens
    if tokens.number(at):
        day_at, month_at = at, tokens.skip(at + 1, frozenset(("of",)))
        end = tokens.skip_mark(month_at + 1, ".")
    else:
        month_at, day_at = at, tokens.skip(tokens.skip_mark(at + 1, "."), ARTICLES)
        end = day_at + 1
    name, day = tokens.word(month_at), tokens.number(day_at)
    if name in MONTHS and day:
        # "2 may come", "3 march in": without a dot or a year these begin sentences.
        sure = tokens.kind(at) != "number" or name not in ("may", "march")
        yield from _day_and_month(line, day, MONTHS[name], end, leads=sure)


def day_of_month(line: Line, at: int) -> Iterator[Found]:
    """am 3., on the 15th: without a preposition no date, and with one perhaps "am 3. Standort"."""
    if line.tokens.kind(at) == "ordinal":
        number = line.tokens.number(at)
        months = (months_from(line.today.year, line.today.month + n, 1) for n in range(-9, 10))
        days = (_day(month[0].year, month[0].month, number) for month in months if month)
        yield Found([day for day in days if day], at + 1, leads=False)


def calendar_week(line: Line, at: int) -> Iterator[Found]:
    """KW 50, KW50/2026, week 50, 50. KW, 2026-W50."""
    tokens = line.tokens
    kind, text = tokens[at]
    if kind == "week":
        week = iso_week(int(text[:4]), int(text[-2:]))
        yield Found([week] if week else [], at + 1, settled=True)
        return
    number_at, end = at, at + 2
    if kind != "ordinal" or tokens.word(at + 1) not in vocabulary.CALENDAR_WEEK:
        words = next((n for n in (2, 1) if tokens.phrase(at, n) in vocabulary.CALENDAR_WEEK), 0)
        number_at, end = at + words, at + words + 1
        if not words:
            return
    if number := tokens.number(number_at):
        future = line.toward == "future"
        yield from recurring(line, end, lambda year: iso_week(year, number), leads=future)


def weekend(line: Line, at: int) -> Iterator[Found]:
    """am Wochenende, this weekend: Saturday and Sunday."""
    if line.tokens.word(at) in vocabulary.WEEKEND:
        yield Found(weekdays_around(5, line.today, 2), at + 1, leads=False)


def month(line: Line, at: int) -> Iterator[Found]:
    """März, im März 2027, 2027-03, 3/2027, 03.2027."""
    tokens = line.tokens
    kind, text = tokens[at]
    if kind == "month":
        yield _whole_month(int(text[:4]), int(text[5:]), at + 1)
    elif text in MONTHS:
        end = tokens.skip_mark(at + 1, ".")
        number = MONTHS[text]
        yield from recurring(line, end, lambda year: months_from(year, number, 1), leads=False)
    elif text.endswith(".") or tokens[at + 1].text == "/":
        year, end = read_year(tokens, at + 1)
        if year is not None:
            yield _whole_month(year, tokens.number(at), end)


def _whole_month(year: int, number: int, at: int) -> Found:
    period = months_from(year, number, 1) if 1 <= number <= 12 else None
    return Found([period] if period else [], at, settled=True)


def season(line: Line, at: int) -> Iterator[Found]:
    """Frühjahr, im Sommer 2027, winter 2026/27: three whole months, winter begins in December."""
    tokens = line.tokens
    first = SEASONS.get(tokens.word(at))
    if first is None:
        return
    for found in recurring(line, at + 1, lambda year: months_from(year, first, 3), leads=False):
        yield found
        next_year = tokens.skip_mark(found.at, "/-")
        if found.settled and found.days and next_year > found.at:
            year = str(found.days[0][1].year)
            if first == 12 and tokens[next_year].text in (year, year[2:]):
                yield found._replace(at=next_year + 1)


def feast(line: Line, at: int) -> Iterator[Found]:
    """Ostern, Weihnachten 2026, den Feiertagen, New Year's Eve."""
    for count in (4, 3, 2, 1):
        name = line.tokens.phrase(at, count)
        if is_feast(name):
            yield from recurring(line, at + count, partial(feast_days, name), leads=False)


def quarter(line: Line, at: int) -> Iterator[Found]:
    """Q1, Q1/2027, 1. Quartal 2027, second quarter, 2. Halbjahr, H2."""
    tokens = line.tokens
    text = tokens.word(at)
    if text in ("q", "h"):
        number, months = tokens.number(at + 1), 3 if text == "q" else 6
    else:
        counted = tokens.number(at) if tokens.kind(at) == "ordinal" else 0
        number = vocabulary.ordinal(text) or counted
        months = PERIODS.get(tokens.word(at + 1), (0, 0))[1]
    if months in (3, 6) and 1 <= number <= 12 // months:
        first, future = (number - 1) * months + 1, line.toward == "future"
        yield from recurring(
            line, at + 2, lambda year: months_from(year, first, months), leads=future
        )


def whole_year(line: Line, at: int) -> Iterator[Found]:
    """2027, im Jahr 2027: 1900 to 2199."""
    start = line.tokens.skip(at, frozenset(("jahr", "jahre", "year")))
    year, end = read_year(line.tokens, start)
    if year is not None and 1900 <= year < 2200:
        period = months_from(year, 1, 12)
        yield Found([period] if period else [], end, settled=True, leads=False)
