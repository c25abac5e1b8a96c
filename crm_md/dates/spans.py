"""Read, add and write lengths of time: "6w", "alle 6 Wochen", "quarterly"."""

from __future__ import annotations

from datetime import date, timedelta

from crm_md.dates.periods import day_or_none
from crm_md.dates.tokens import Tokens, tokens_of
from crm_md.dates.vocabulary import NUMBERS, UNITS
from crm_md.errors import SpanNotUnderstood
from crm_md.frozen import dataclass, field

_ADVERBS = {  # after a number too: "14-tägig", "6-monatlich"
    **dict.fromkeys(("taeglich", "taegig", "daily"), (1, 0)),
    **dict.fromkeys(("woechentlich", "woechig", "weekly"), (7, 0)),
    **dict.fromkeys(("zweiwoechentlich", "vierzehntaegig", "fortnightly"), (14, 0)),
    **dict.fromkeys(("monatlich", "monthly"), (0, 1)),
    "zweimonatlich": (0, 2),
    **dict.fromkeys(("vierteljaehrlich", "quartalsweise", "quarterly"), (0, 3)),
    **dict.fromkeys(("halbjaehrlich", "half yearly", "semiannually"), (0, 6)),
    **dict.fromkeys(("jaehrlich", "yearly", "annually"), (0, 12)),
}
_EVERY = frozenset(("alle", "aller", "jede", "jeden", "jedes", "every", "each"))
_TIMES = {
    **dict.fromkeys(("einmal", "once"), 1),
    **dict.fromkeys(("zweimal", "twice"), 2),
    **dict.fromkeys(("dreimal", "thrice"), 3),
    "viermal": 4,
}
_PER = frozenset(("im", "in", "pro", "per", "a", "an", "der", "die", "das", "the"))


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time in days and calendar months.

    Attributes:
        days: 7 for each week.
        months: 12 for each year.
        words: as they were typed; spans of equal length are equal whatever their words.
    """

    days: int
    months: int
    words: str = field(default="", compare=False)


def parse_span(text: str) -> Span:
    """Return the length of time that the whole text names.

    Args:
        text: "6w", "30d", "3m", "2y", "1y 6m", "90 Tage", "alle 6 Wochen", "every other week",
            "halbjährlich", "twice a year", …; m is months.

    Raises:
        SpanNotUnderstood: for other words, for nothing at all and for more than 100 years.
    """
    words = text.strip()
    tokens = tokens_of(words[:1] + words[1:].replace("-", " "))
    days, months, at = _adverb(tokens) or _times_per(tokens) or _amounts(tokens)
    if not tokens.ends(at) or days + months == 0 or _beyond_a_century(days, months):
        raise SpanNotUnderstood(words)
    return Span(days, months, words)


def add_span(day: date, span: Span) -> date:
    """Return the day so much later: months first, kept within the month, then days.

    31 January and a month is 28 or 29 February; beyond the calendar it is its last or first day.
    """
    return _shift(day, span.months, span.days)


def subtract_span(day: date, span: Span) -> date:
    """Return the day so much earlier, by the rules of `add_span`."""
    return _shift(day, -span.months, -span.days)


def format_span(span: Span) -> str:
    """Return the shortest way to write the span, which `parse_span` reads back: "6w", "1y 3d"."""
    parts = []
    if span.months:
        years, months = divmod(span.months, 12)
        parts.append(f"{span.months}m" if months else f"{years}y")
    if span.days or not parts:
        weeks, days = divmod(span.days, 7)
        parts.append(f"{span.days}d" if days or not weeks else f"{weeks}w")
    return " ".join(parts)


def read_amount(tokens: Tokens, at: int) -> tuple[int, int, int] | None:
    """Return days, months and the place behind "2 Wochen", "half a year", "anderthalb Jahren"."""
    kind, text = tokens[at]
    count, half = 1, False
    if kind == "number" and len(text) <= 5:
        count, at = int(text), at + 1
    elif text in NUMBERS:
        count, at = NUMBERS[text], at + 1
    elif text not in ("half", "halbes", "halben", "halbe", "anderthalb", "eineinhalb"):
        return None
    word = tokens.word(at)
    if word in ("half", "halbes", "halben", "halbe"):
        half, at = True, at + 1
        if word == "half" and tokens.word(at) in ("a", "an"):
            at += 1
    elif word in ("anderthalb", "eineinhalb"):
        count, half, at = 3, True, at + 1
    unit = UNITS.get(tokens.word(at))
    if unit is None:
        return None
    days, months = unit[0] * count, unit[1] * count
    if half and (days or months % 2):
        return None
    if half:
        months //= 2
    return None if _beyond_a_century(days, months) else (days, months, at + 1)


def _adverb(tokens: Tokens) -> tuple[int, int, int] | None:
    """Return what "halbjährlich", "half-yearly", "14-tägig" come to, None for other words."""
    count, at = 1, 0
    if tokens.kind(0) == "number":
        count, at = int(tokens[0].text[:5]), 1
    for length in (2, 1):
        if unit := _ADVERBS.get(tokens.phrase(at, length)):
            return unit[0] * count, unit[1] * count, at + length
    return None


def _amounts(tokens: Tokens) -> tuple[int, int, int]:
    """Return the sum of amounts: "1y 6m", "ein Jahr und 6 Monate", "alle 6 Wochen"."""
    at = tokens.skip(0, _EVERY)
    days = months = 0
    if tokens.word(at) in ("other", "zweite", "zweiten", "zweites", "second"):
        unit = UNITS.get(tokens.word(at + 1), (0, 0))
        return unit[0] * 2, unit[1] * 2, at + 2
    if at and tokens.word(at) in UNITS:
        return *UNITS[tokens.word(at)], at + 1
    while amount := read_amount(tokens, at):
        days, months, at = days + amount[0], months + amount[1], amount[2]
        following = tokens.skip(tokens.skip_mark(at, ","), frozenset(("und", "and")))
        at = following if read_amount(tokens, following) else at
    return days, months, at


def _times_per(tokens: Tokens) -> tuple[int, int, int] | None:
    """Return what "zweimal im Jahr", "2x pro Jahr", "once a week" come to, None for other words."""
    kind, text = tokens[0]
    times, at = _TIMES.get(text, 0), 1
    if kind == "number" and tokens.word(1) in ("x", "mal", "times"):
        times, at = int(text[:5]), 2
    unit = UNITS.get(tokens.word(tokens.skip(at, _PER)))
    if not times or unit is None or unit[0] % times or unit[1] % times:
        return None
    return unit[0] // times, unit[1] // times, tokens.skip(at, _PER) + 1


def _beyond_a_century(days: int, months: int) -> bool:
    """Return whether so long a time can only be a slip of the finger."""
    return days / 36525 + months / 1200 > 1


def _shift(day: date, months: int, days: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    fitting = (day_or_none(year, month + 1, day.day - shorter) for shorter in range(4))
    try:
        return next(filter(None, fitting)) + timedelta(days)
    except (OverflowError, StopIteration):
        return date.max if months + days > 0 else date.min
