"""Say a day in German or English: "Fr 20.11.2026", "vor 3 Tagen"."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_md.dates.spans import Span

_WEEKDAYS = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NEAR = {
    "de": {
        -2: "vorgestern",
        -1: "gestern",
        0: "heute",
        1: "morgen",
        2: "übermorgen",
    },
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}
_SPANS = {
    "de": {
        "days": ("Tag", "Tage"),
        "weeks": ("Woche", "Wochen"),
        "months": ("Monat", "Monate"),
        "years": ("Jahr", "Jahre"),
    },
    "en": {
        "days": ("day", "days"),
        "weeks": ("week", "weeks"),
        "months": ("month", "months"),
        "years": ("year", "years"),
    },
}
_UNITS = {
    "de": {"days": "Tagen", "weeks": "Wochen", "months": "Monaten", "years": "Jahren"},
    "en": {"days": "days", "weeks": "weeks", "months": "months", "years": "years"},
}
_HOURS = {"de": ("Stunde", "Stunden"), "en": ("hour", "hours")}
_MINUTES = {"de": ("Minute", "Minuten"), "en": ("minute", "minutes")}


def say_date(day: date, language: str) -> str:
    """Return the day with its weekday: "Fr 20.11.2026" for `de`, "Fri 20 Nov 2026" otherwise."""
    if language == "de":
        return f"{_WEEKDAYS['de'][day.weekday()]} {day.day:02}.{day.month:02}.{day.year:04}"
    return f"{_WEEKDAYS['en'][day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year:04}"


def say_when(day: date, today: date, language: str) -> str:
    """Return how far the day is from today: "heute", "vor 3 Tagen", "in 2 weeks", "vor 4 Monaten".

    Days up to thirteen, then whole weeks, from two calendar months on whole months, from two years
    on whole years; what is left over is not counted.

    Args:
        language: `de`; anything else is English.
    """
    spoken = "de" if language == "de" else "en"
    days = (day - today).days
    if days in _NEAR[spoken]:
        return _NEAR[spoken][days]
    early, late = sorted((day, today))
    months = (late.year - early.year) * 12 + late.month - early.month - (late.day < early.day)
    if months >= 24:
        count, unit = months // 12, "years"
    elif months >= 2:
        count, unit = months, "months"
    elif abs(days) >= 14:
        count, unit = abs(days) // 7, "weeks"
    else:
        count, unit = abs(days), "days"
    amount = f"{count} {_UNITS[spoken][unit]}"
    if spoken == "de":
        return f"vor {amount}" if days < 0 else f"in {amount}"
    return f"{amount} ago" if days < 0 else f"in {amount}"


def say_how_long_ago(then: datetime, now: datetime, language: str) -> str:
    """Return how long ago a moment was: "vor 3 Stunden", "12 minutes ago"; from a day on in days.

    Args:
        then: local wall-clock; a moment to come, by a clock that goes wrong, is just now.
        now: likewise.
        language: `de`; anything else is English.
    """
    minutes = int((now - then).total_seconds()) // 60
    if minutes >= 24 * 60:
        return say_when(then.date(), now.date(), language)
    count, units = (minutes // 60, _HOURS) if minutes >= 60 else (minutes, _MINUTES)
    if language == "de":
        return f"vor {count} {units['de'][count != 1]}" if count > 0 else "gerade eben"
    return f"{count} {units['en'][count != 1]} ago" if count > 0 else "just now"


def say_span(span: Span, language: str) -> str:
    """Return a length of time in its largest unit: "6 Wochen" for `de`, "6 weeks" otherwise."""
    for count, unit in _measured(span):
        if count:
            word = _SPANS[language if language == "de" else "en"][unit]
            return f"{count} {word[count != 1]}"
    return "0 " + _SPANS[language if language == "de" else "en"]["days"][1]


def _measured(span: Span) -> tuple[tuple[int, str], ...]:
    years, months = divmod(span.months, 12)
    if months or span.days:
        years, months = 0, span.months
    weeks, days = divmod(span.days, 7)
    return (
        (years, "years"),
        (months, "months"),
        (0 if days else weeks, "weeks"),
        (span.days, "days"),
    )
