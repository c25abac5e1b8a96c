"""Find the day and the time in front of a line as people scribble it after a talk."""

from __future__ import annotations

import re
from datetime import date, timedelta

from crm_md.config import Config
from crm_md.dates import When, parse_date, split_leading_date
from crm_md.document.entries import kind_candidates
from crm_md.errors import DateNotUnderstood
from crm_md.words import plain

_DAYS = {
    "mo": "Montag",
    "di": "Dienstag",
    "mi": "Mittwoch",
    "do": "Donnerstag",
    "fr": "Freitag",
    "sa": "Samstag",
}
_ADVERBS = frozenset(("kurz", "nochmal", "wieder", "eben", "gerade", "grad", "soeben", "just"))
_DAY_FOLLOWS = frozenset(("am", "on", "gestern", "vorgestern", "heute", "yesterday", "today"))
_HOUR = re.compile(r"(?:.{0,40}?\s)??(?:um|gegen|at)\s\d{1,2}(?=\s)", re.IGNORECASE)
_WEEK = re.compile(
    r"(?:(?:in\s)?(?:der\s)?(?:KW|CW|Kalenderwoche|calendar week|week)\s?\d{1,2}|\d{1,2}\.\s?KW)"
    r"(?:\s?/\s?\d{4})?(?=[:,]?\s)",
    re.IGNORECASE,
)
_LONG_AGO = timedelta(weeks=26)  # "KW 50" said in November is the coming one, not last year's


def split_day(line: str, config: Config, today: date) -> tuple[When | None, str]:
    """Return the day and the time a line begins with, and what follows them.

    A day right behind the kind counts, too: "Besuch am 3.11. bei Petersen". Beyond what
    `split_leading_date` takes toward the past, a word for a kind that follows makes
    sure of what else may begin any sentence: a short weekday ("Mo Besuch: …"), an hour without
    "Uhr" ("heute um 9 Telefonat") and a calendar week ("KW 46 Besuch", its Monday).

    Args:
        line: the words as they were typed.
        config: the words for kinds.
        today: the day they are typed on.
    """
    line = line.strip()
    for certain in (_whole_hour(line, config), _whole_weekday(line, config)):
        if certain != line:
            when, rest = split_leading_date(certain, today, toward="past")
            if when:
                return when, rest
    found = _past_week(line, config, today) or split_leading_date(line, today, toward="past")
    return found if found[0] else _behind_kind(line, config, today) or found


def _whole_weekday(line: str, config: Config) -> str:
    """Return the line with a short weekday in front written out; "Fr." is a lady, too."""
    first, _blank, rest = line.partition(" ")
    day = _DAYS.get(first.removesuffix(".").casefold())
    if day is None or first.casefold() == "fr." or not first[:1].isupper():
        return line
    return f"{day} {rest}" if _is_kind(rest, config) else line


def _whole_hour(line: str, config: Config) -> str:
    """Return the line with "um 9" in front written as "um 9 Uhr"."""
    found = _HOUR.match(line)
    if found is None or not _is_kind(line[found.end() :], config):
        return line
    return f"{found.group()} Uhr{line[found.end() :]}"


def _past_week(line: str, config: Config, today: date) -> tuple[When, str] | None:
    """Return the Monday of a calendar week that is not long over."""
    found = _WEEK.match(line)
    rest = line[found.end() :].lstrip(":, ") if found else ""
    if found is None or not _is_kind(rest, config):
        return None
    try:
        when = parse_date(found.group(), today, toward="past")
    except DateNotUnderstood:
        return None
    return (when, rest) if today - _LONG_AGO < when.date <= today else None


def _behind_kind(line: str, config: Config, today: date) -> tuple[When, str] | None:
    """Return the day of "Besuch am 3.11. bei Petersen" and "Anruf gestern mit Heike"."""
    for written in kind_candidates(line, config):
        if plain(written) not in config.kind_words or not line.startswith(written):
            continue
        rest = line[len(written) :].lstrip()
        if rest.split(" ")[0].casefold() in _DAY_FOLLOWS:
            when, behind = split_leading_date(rest, today, toward="past")
            if when and when.date <= today:
                return when, f"{written}{'' if behind.startswith(':') else ' '}{behind}".strip()
    return None


def _is_kind(text: str, config: Config) -> bool:
    """Tell whether a text begins with a word for a kind, "kurz" and the like before it or not."""
    first, _blank, rest = text.strip().partition(" ")
    behind = rest if first.casefold() in _ADVERBS else text.strip()
    return any(
        plain(written.rstrip(",.;:!")) in config.kind_words
        or plain(written.rstrip(",;:")) in config.kind_words
        for written in kind_candidates(behind, config)
    )
