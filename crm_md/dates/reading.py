"""Decide whether words are a date as a whole, or lead a sentence as one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import NamedTuple

from crm_md.dates.clock import read_moment, read_time
from crm_md.dates.found import Line
from crm_md.dates.grammar import phrases
from crm_md.dates.periods import pick
from crm_md.dates.tokens import LONGEST, Token, Tokens
from crm_md.dates.vocabulary import MEASURES, MONTHS, NOW, fold

__all__ = ["Line", "ends_of_words", "is_two_days", "looks_like_a_day", "read_leading", "read_whole"]

_MOST_WORDS = 10  # that can make up a date at the beginning of a sentence
_DASHES = ("-", "–", "—")


class Reading(NamedTuple):
    """What a whole text says.

    Attributes:
        first: the day, or the first one of a span.
        last: the last day of a span, None for a day.
        time: the time of day, if one was said.
        leads: it may lead a sentence.
    """

    first: date
    last: date | None
    time: time | None
    leads: bool


def read_whole(line: Line) -> Reading | None:
    """Return what the line says, None where it is not a date from beginning to end."""
    tokens, today = line.tokens, line.today
    now = line.now and line.now.replace(second=0, microsecond=0)
    if tokens.ends(0):
        return None
    try:
        if now is not None and (moment := read_moment(tokens, today, now)):
            return Reading(moment.date(), None, moment.time(), True)
        if any(tokens.phrase(0, n) in NOW and tokens.ends(n) for n in (1, 2)):
            return Reading(today, None, now, False)
        return next(_readings(line), None)
    except OverflowError:  # beyond the calendar's first or last day
        return None


def _readings(line: Line) -> Iterator[Reading]:
    tokens = line.tokens
    early, start = read_time(tokens, 0, after_day=False)
    if early and tokens.ends(start):
        yield Reading(line.today, None, early, True)
    for found in phrases(line, tokens.skip_mark(start, ",") if early else 0):
        is_span = any(first != last for first, last in found.days)
        late, end = None, found.at
        if not early and not is_span:
            late, end = read_time(tokens, end, after_day=True)
        if not found.days or not tokens.ends(end) or (early and is_span):
            continue
        meant = found.days[0] if found.settled else pick(found.days, line.today, line.toward)
        if meant:
            clock = early or late
            leads = found.leads or clock is not None
            yield Reading(meant[0], meant[1] if is_span else None, clock, leads)


def read_leading(prefix: str, following: str, line: Line) -> tuple[Reading, str] | None:
    """Return what the prefix says and the rest, None where it had better stay in the sentence.

    Args:
        prefix: the words that may be a date.
        following: all that stands behind them.
        line: the prefix to be read.
    """
    rest = _without_separator(following)
    if prefix.endswith(_DASHES) or _is_measured(prefix, rest):
        return None
    reading = read_whole(line)
    if reading is None or not (reading.leads or (line.toward == "future" and not rest)):
        return None
    return (reading, rest) if not rest or _fits(reading, line) else None


def ends_of_words(text: str) -> list[int]:
    """Return where the first words of the first line end, the last of them first."""
    line = text.split("\n", 1)[0]
    ends = [
        at + 1
        for at, character in enumerate(line[:LONGEST])
        if not character.isspace() and (at + 1 == len(line) or line[at + 1].isspace())
    ]
    return ends[:_MOST_WORDS][::-1]


def is_two_days(tokens: Tokens) -> bool:
    """Return whether a date stands there whose month and day cannot be told apart: 12/3."""
    return any(tokens.kind(at) == "slashed" for at in range(len(tokens)))


def looks_like_a_day(tokens: Tokens) -> bool:
    """Return whether a date in numbers stands there, or one with the name of its month."""
    for at in range(len(tokens)):
        if tokens.kind(at) in ("iso", "dotted", "pair"):
            return True
        if tokens.kind(at) == "ordinal" and tokens.word(at + 1) in MONTHS:
            return True
    return False


def _without_separator(following: str) -> str:
    """Return the rest without a colon, comma or dash before it; a dash before a number stays."""
    rest = following.lstrip()
    behind = rest[1:].lstrip()
    dash = rest.startswith(_DASHES) and not behind[:1].isdigit()
    return behind if dash or rest.startswith((":", ",")) else rest


def _is_measured(prefix: str, rest: str) -> bool:
    """Return whether the number at the end counts what follows: "gestern 14.30 Euro"."""
    following = fold(rest).split(None, 1)
    return prefix[-1].isdigit() and bool(following) and following[0].strip(".,:;!") in MEASURES


def _fits(reading: Reading, line: Line) -> bool:
    """Return whether a date lies the way the sentence looks, or is too exact to be else."""
    tokens = line.tokens
    if reading.time or any(_has_year(tokens[at]) for at in range(len(tokens))):
        return True
    last = reading.last or reading.first
    if line.toward == "past":
        return reading.first <= line.today and (last - reading.first).days < 7
    return last >= line.today


def _has_year(token: Token) -> bool:
    return token.kind == "iso" or (token.kind == "dotted" and token.text[-1] != ".")
