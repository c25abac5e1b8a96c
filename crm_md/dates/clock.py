"""Read the time of day as people type it: "um 14 Uhr 30", "2:30 pm", "abends um 7"."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from crm_md.dates.tokens import Tokens
from crm_md.dates.vocabulary import ARTICLES, NUMBERS, PARTS_OF_DAY, PLACES

_INTRODUCTIONS = ("um", "at", "gegen", "ca", "t")
_MINUTES = {
    **dict.fromkeys(("minute", "minuten", "min", "minutes", "mins"), 1),
    **dict.fromkeys(("viertelstunde", "quarter of an hour"), 15),
    **dict.fromkeys(("stunde", "stunden", "std", "hour", "hours"), 60),
}


def read_time(tokens: Tokens, at: int, *, after_day: bool) -> tuple[time | None, int]:
    """Return the time that stands there and the place behind it; None and `at` where none does.

    Words such as "abends", "morning" are taken without a time; beside an hour they say which half
    of the day is meant. Hours without "Uhr", "h", "am", "pm" or minutes are not taken.

    Args:
        after_day: a day stands before, so that "14.30" without "Uhr" can be a time.
    """
    afternoon = None
    if after_day:
        at = tokens.skip_mark(at, ",")
        afternoon, at = _part_of_day(tokens, at)
        at = tokens.skip_mark(at, ",")
    clock, at = _clock(tokens, at, after_day)
    if clock and afternoon is None:
        afternoon, at = _part_of_day(tokens, at)
    if clock and afternoon and 1 <= clock.hour <= 11:
        clock = clock.replace(hour=clock.hour + 12)
    return clock, at


def read_moment(tokens: Tokens, today: date, now: time) -> datetime | None:
    """Return what the whole text "vor 2 Stunden", "half an hour ago", "in 10 Minuten" names."""
    at, sign = 0, 0
    if tokens.word(0) in ("vor", "in"):
        at, sign = 1, -1 if tokens.word(0) == "vor" else 1
    half = tokens.word(at) == "half"
    amount, at = (1, at + 1) if half else _amount(tokens, at)
    half = half or tokens.word(at) in ("halbe", "halben")
    if half:
        at = tokens.skip(at, frozenset(("halbe", "halben", "a", "an")))
    for count in (4, 1):
        unit = _MINUTES.get(tokens.phrase(at, count))
        if amount and unit and not (half and unit != 60):
            at += count
            if not sign and tokens.word(at) == "ago":
                at, sign = at + 1, -1
            if sign and tokens.ends(at):
                minutes = timedelta(minutes=amount * (unit // 2 if half else unit))
                return datetime.combine(today, now) + sign * minutes
    return None


def _amount(tokens: Tokens, at: int) -> tuple[int, int]:
    kind, text = tokens[at]
    if kind == "number" and len(text) <= 4:
        return int(text), at + 1
    return NUMBERS.get(text, 0), at + 1


def _part_of_day(tokens: Tokens, at: int) -> tuple[bool | None, int]:
    """Return whether "morgens", "am Abend", … is past noon (None: not there), and what follows."""
    spot = tokens.skip(at, PLACES | ARTICLES)
    word = tokens.word(spot)
    return (PARTS_OF_DAY[word], spot + 1) if word in PARTS_OF_DAY else (None, at)


def _clock(tokens: Tokens, at: int, after_day: bool) -> tuple[time | None, int]:
    introduction = tokens.word(at) if tokens.word(at) in _INTRODUCTIONS else ""
    spot = at + 1 if introduction else at
    kind, text = tokens[spot]
    unit, end = tokens.word(spot + 1), spot + 1
    if kind in ("clock", "pair"):
        hour, minute = text.replace(".", ":").split(":")
        # After a day "14.30" can only be a time, "10.11" could be a date.
        marked = unit in ("uhr", "h", "am", "pm") or introduction in ("um", "at")
        sure = marked or (after_day and not 1 <= int(minute) <= 12)
        if len(minute) != 2 or not (sure or kind == "clock"):
            return None, at
    elif kind == "number" and len(text) <= 2 and unit in ("uhr", "h", "am", "pm"):
        hour, minute = text, "00"
    else:
        return None, at
    hours = int(hour)
    if unit in ("uhr", "h"):
        end += 1
        if kind == "number" and tokens.kind(end) == "number" and len(tokens[end].text) == 2:
            minute, end = tokens[end].text, end + 1
    elif unit in ("am", "pm") and 1 <= hours <= 12:
        hours, end = hours % 12 + (12 if unit == "pm" else 0), end + 1
    elif kind == "number":
        return None, at
    try:
        return time(hours, int(minute)), end
    except ValueError:
        return None, at
