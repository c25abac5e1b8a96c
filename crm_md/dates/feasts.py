"""Know the feasts that people plan by, fixed ones and those that move with Easter."""

from __future__ import annotations

from datetime import date, timedelta

_EASTER = (0, 0)
# names → the day it counts from (month and day, or _EASTER for Easter Sunday), first and last day
_FEASTS: dict[tuple[str, ...], tuple[tuple[int, int], int, int]] = {
    ("karneval", "fasching", "fastnacht", "carnival"): (_EASTER, -52, -47),
    ("rosenmontag",): (_EASTER, -48, -48),
    ("aschermittwoch", "ash wednesday"): (_EASTER, -46, -46),
    ("gruendonnerstag", "maundy thursday"): (_EASTER, -3, -3),
    ("karfreitag", "good friday"): (_EASTER, -2, -2),
    ("ostern", "easter"): (_EASTER, -2, 1),
    ("ostersonntag", "easter sunday"): (_EASTER, 0, 0),
    ("ostermontag", "easter monday"): (_EASTER, 1, 1),
    ("himmelfahrt", "christi himmelfahrt", "ascension", "ascension day"): (_EASTER, 39, 39),
    ("pfingsten", "whitsun", "pentecost"): (_EASTER, 49, 50),
    ("pfingstsonntag", "whit sunday"): (_EASTER, 49, 49),
    ("pfingstmontag", "whit monday"): (_EASTER, 50, 50),
    ("fronleichnam", "corpus christi"): (_EASTER, 60, 60),
    ("neujahr", "neujahrstag", "new year", "new year's", "new year's day"): ((1, 1), 0, 0),
    ("heilige drei koenige", "dreikoenig", "epiphany"): ((1, 6), 0, 0),
    ("tag der arbeit",): ((5, 1), 0, 0),
    ("tag der deutschen einheit",): ((10, 3), 0, 0),
    ("reformationstag",): ((10, 31), 0, 0),
    ("allerheiligen", "all saints", "all saints' day"): ((11, 1), 0, 0),
    ("nikolaus",): ((12, 6), 0, 0),
    ("heiligabend", "heilig abend", "christmas eve"): ((12, 24), 0, 0),
    ("weihnachten", "weihnacht", "christmas", "xmas"): ((12, 24), 0, 2),
    ("christmas day",): ((12, 25), 0, 0),
    ("boxing day",): ((12, 26), 0, 0),
    ("feiertage", "feiertagen", "holidays"): ((12, 24), 0, 13),
    ("zwischen den jahren",): ((12, 27), 0, 4),
    ("silvester", "sylvester", "new year's eve"): ((12, 31), 0, 0),
    ("jahreswechsel", "turn of the year"): ((12, 31), 0, 1),
}
_BY_NAME = {name: days for names, days in _FEASTS.items() for name in names}
_FREE_FROM_EASTER = (-2, 1, 39, 50)
_FREE = ((1, 1), (5, 1), (12, 25), (12, 26))


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar.

    Source: the anonymous algorithm of Nature (1876), as in Meeus, Astronomical Algorithms, ch. 8.
    """
    century, rest = divmod(year, 100)
    leap, odd = divmod(century, 4)
    moon = (19 * (year % 19) + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * odd + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def is_feast(name: str) -> bool:
    """Return whether the folded name is a feast known here."""
    return name in _BY_NAME


def feast_days(name: str, year: int) -> tuple[date, date]:
    """Return first and last day of a feast that begins in this year.

    Ostern is Good Friday to Easter Monday, Weihnachten 24 to 26 December, and "die Feiertage",
    "the holidays" are those around the turn of the year: 24 December to Epiphany, 6 January.

    Args:
        name: folded, one that `is_feast` knows.
        year: 1583 to 9998.
    """
    anchor, first, last = _BY_NAME[name]
    start = easter(year) if anchor == _EASTER else date(year, *anchor)
    return start + timedelta(first), start + timedelta(last)


def is_working_day(day: date) -> bool:
    """Return whether the day is Monday to Friday and no holiday common to Germany and Austria.

    Those are New Year, Good Friday, Easter Monday, 1 May, Ascension, Whit Monday and Christmas.
    """
    if day.weekday() >= 5 or (day.month, day.day) in _FREE:
        return False
    return (day - easter(day.year)).days not in _FREE_FROM_EASTER
