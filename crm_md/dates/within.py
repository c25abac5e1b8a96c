"""Find the day on which something is to be done within the words that say what."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from crm_md.dates.reading import Line, Reading, ends_of_words, read_leading
from crm_md.dates.vocabulary import fold

_WORD = re.compile(r"\S+")
_MARKS = " ,;:–—-"
_BARE_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{2,4})?|\d{4}-\d{1,2}-\d{1,2}")
# Before a day: it belongs to the thing ("Rechnung vom 3.12."), or begins or bounds something else.
_OF_THE_THING = frozenset(
    (
        *(
            "vom",
            "von",
            "zu",
            "des",
            "der",
            "dem",
            "the",
            "of",
            "from",
            "dated",
            "seit",
            "since",
            "aus",
        ),
        *("fuer", "for", "zum", "zur", "wegen", "ueber", "about", "statt", "instead", "ausser"),
        *("except", "nicht", "not", "ab", "zwischen", "between", "vor", "before", "nach", "after"),
        *("gegen", "jeden", "jede", "every", "bis", "by", "until"),
        *("herr", "herrn", "hr", "frau", "fr", "familie", "mr", "mrs", "ms", "dr"),
    )
)
_BESIDE = frozenset(("oder", "or", "und", "and", "bzw", "-", "–"))  # one of two days
# Directly before a day without a preposition, that day names them: "Rechnung 3.12. prüfen".
_PAPERS = frozenset(
    (
        *("rechnung", "angebot", "mail", "e-mail", "brief", "schreiben", "lieferschein", "auftrag"),
        *("protokoll", "bestellung", "gutschrift", "mahnung", "invoice", "offer", "quote", "order"),
        *("letter", "minutes", "reminder", "note", "stand", "version", "liste", "preisliste"),
    )
)
# What takes place on a day, so that the rest may be due before: "Termin am 3.12. bestätigen".
_EVENTS = frozenset(
    (
        *("termin", "besuch", "treffen", "messe", "sitzung", "lieferung", "schulung", "feier"),
        *("besprechung", "fest", "meeting", "visit", "appointment", "fair", "delivery", "party"),
        *(
            "training",
            "call",
            "gespraech",
            "urlaub",
            "holiday",
            "abholung",
            "montage",
            "anlieferung",
        ),
    )
)


_RELATIVE = re.compile(
    r"(?:im |in )?(?:n(?:ä|ae)chst|kommend|dies|next|this|coming)", re.IGNORECASE
)
_ONLY_A_TIME = re.compile(
    r"(?:um |at |gegen )?\d{1,2}(?:[:.]\d\d)?\s*(?:uhr|h|am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE
)
_WHOLE_MONTH = 28  # days; a longer span names a thing: "Katalog Frühjahr 2027"


class Within(NamedTuple):
    """A day within words.

    Attributes:
        day: the day; of a span the last one that is no weekend.
        time: the time of day, None where none was said.
        words: what was taken for the day.
        rest: the words without it.
    """

    day: dt.date
    time: dt.time | None
    words: str
    rest: str


def find_date(text: str, today: dt.date) -> Within | None:
    """Return the one day on which something is to be done, and what is to be done.

    "Rückruf am 3.12. um 14 Uhr", "in 14 Tagen Muster schicken", "Angebot nächsten Montag". A day
    that is part of the thing stays in it: one behind "vom", "für", "of" and their like; a bare one
    behind a paper ("Rechnung 3.12. prüfen"); one of an event that is not all there is ("Termin am
    3.12. bestätigen"). So do a lone month or season, a day that is over, and two days in one text.

    Args:
        text: what is to be done; its first line is looked at.
        today: the words are read on this day.

    Returns:
        None where there is no such day.
    """
    found = list(_days(text.split("\n", 1)[0], today))
    if len(found) != 1 or found[0] is None:
        return None
    return found[0] if found[0].rest else None


def _days(line: str, today: dt.date) -> Iterator[Within | None]:
    """Yield each day that may be meant, None for one beside another: from Monday to Friday."""
    behind = 0
    for match in _WORD.finditer(line):
        start = match.start()
        if start < behind:
            continue
        read = _day_at(line, start, today)
        if read is None:
            continue
        reading, behind = read
        before, said, after = line[:start].rstrip(), line[start:behind], line[behind:].lstrip()
        if fold(before.split()[-1]) in _BESIDE if before else False:
            yield None
        elif not (_names_the_thing(reading, said) or _is_part_of_the_thing(before, said, after)):
            words = (before.rstrip(_MARKS), after.lstrip(_MARKS))
            rest = " ".join(filter(None, words))
            yield Within(_by(reading, today), reading.time, said, rest)


def _day_at(line: str, start: int, today: dt.date) -> tuple[Reading, int] | None:
    """Return the day that begins there, and where it ends."""
    text = line[start:]
    for end in ends_of_words(text):
        prefix = text[:end].rstrip(",;:!?")
        following = text[end:] or " ."  # as if words followed, so that a lone month is no day
        found = read_leading(prefix, following, Line.of(prefix, today, "future", None))
        if found and (found[0].last or found[0].first) >= today:
            return found[0], start + end
    return None


def _by(reading: Reading, today: dt.date) -> dt.date:
    """Return the day by which it is to be done: of a span its last, but Friday of a week."""
    last = reading.last or reading.first
    if reading.last is None or last.weekday() < 5:
        return last
    return max(last - dt.timedelta(last.weekday() - 4), reading.first, today)


def _names_the_thing(reading: Reading, said: str) -> bool:
    """Tell whether a day is too long or too short for one: a season of a year, a time alone."""
    if _ONLY_A_TIME.fullmatch(said):
        return True
    length = (reading.last - reading.first).days if reading.last else 0
    return length + 1 >= _WHOLE_MONTH and not _RELATIVE.match(said)


def _is_part_of_the_thing(before: str, said: str, after: str) -> bool:
    words = [fold(word).strip(".,;:!?()") for word in before.split()]
    if fold(said.split()[0]) in _OF_THE_THING:
        return True
    if not words:
        return False
    if words[-1] in _OF_THE_THING:
        return True
    if _BARE_DAY.fullmatch(said) and any(words[-1].endswith(paper) for paper in _PAPERS):
        return True
    is_event = any(words[-1].endswith(event) for event in _EVENTS)
    return is_event and bool(len(words) > 1 or after.strip(_MARKS + ".!"))
