"""Understand dates as people type them, German and English, and refuse what is none."""

from __future__ import annotations

import datetime as dt

from crm_md.dates.periods import Toward
from crm_md.errors import DateAmbiguous, DateNotUnderstood, NoSuchDay
from crm_md.frozen import dataclass


@dataclass(frozen=True, slots=True)
class When:
    """A day as somebody said it.

    Attributes:
        date: the day, or the first day of the span that the words name.
        time: the time of day (local wall clock), None where none was said.
        words: what was taken as the date, as it was typed.
        until: the last day where the words name a span ("Ende März", "KW 50"), else None.
    """

    date: dt.date
    time: dt.time | None
    words: str
    until: dt.date | None

    @property
    def day_to_act(self) -> dt.date:
        """The day to do something on: of a span the first working day, where it has one.

        "Anfang Januar" begins on a holiday; a day that somebody named is that day.
        """
        from crm_md.dates.feasts import is_working_day

        day = self.date
        while self.until and day < self.until and not is_working_day(day):
            day += dt.timedelta(1)
        return day if is_working_day(day) else self.date


def parse_date(
    text: str, today: dt.date, *, toward: Toward = "future", now: dt.time | None = None
) -> When:
    """Return the day that the whole text names.

    Rules where people differ:

    - A weekday, a day without a year, a month, a season or a feast is the nearest one `toward`
      the past or the future, today included; of a span under way it is the part from today on
      (or up to today): "März" and "Frühjahr" said in March begin today.
    - "nächsten Freitag", "next friday" is the first Friday after today, whatever `toward` says;
      "letzten", "last" the one before today; "nächste Woche" runs from Monday to Sunday.
    - Anfang, Mitte and Ende of a month are the days 1 to 10, 11 to 20 and from 21; "Monatsende" is
      its last day, the end of a week its Friday. Seasons are three whole months (winter from
      December).
    - "bis", "by" and "until" take the last day of a span, "ab" the first.
    - "nach Ostern" is the first working day after Easter Monday, "nach den Feiertagen", "after
      the holidays" the first after Epiphany (7 January, or the Monday that follows); "vor
      Weihnachten" is the seven days before Christmas Eve.
    - "2 Wochen" without "in" or "vor" counts `toward` the past or the future.

    Args:
        today: the day the words are said on.
        now: the time they are said at, for "jetzt" and "vor 2 Stunden".

    Raises:
        DateNotUnderstood: for everything else; its kinds `DateAmbiguous` for "12/3", which is
            two days, and `NoSuchDay` for "30.2." and for "Fr 3.12." where that is no Friday.
    """
    from crm_md.dates.reading import Line, is_two_days, looks_like_a_day, read_whole
    from crm_md.dates.tokens import LONGEST

    words = text.strip()
    line = Line.of(words, today, toward, now)
    reading = read_whole(line)
    if reading:
        return When(reading.first, reading.time, _bare(words), reading.last)
    if len(words) > LONGEST:
        raise DateNotUnderstood(words[:LONGEST] + "…")
    if is_two_days(line.tokens):
        raise DateAmbiguous(words)
    if looks_like_a_day(line.tokens):
        raise NoSuchDay(words)
    raise DateNotUnderstood(words)


def split_leading_date(
    text: str, today: dt.date, *, toward: Toward, now: dt.time | None = None
) -> tuple[When | None, str]:
    """Return the date that leads the sentence, and the rest of it without outer blanks.

    The longest run of words is taken that is a date, and a colon, comma or dash behind it. What
    may as well begin a sentence stays in it (unless, toward the future, it is all there is):

    - a lone month, season, feast or year, "der Freitag", "2 Wochen", "am 3."; "So", "Do", "Fr."
      and their like unless a colon or a time follows; a number before a measure ("3.12 Meter");
    - a day that lies the other way ("nächste Woche kommt er" in a note about the past), unless it
      is a full date in numbers, has a time or has no sentence behind it;
    - toward the past, because a contact has a day: a span longer than a week, "KW 50", "Q1" and
      "vor 2 Jahren".

    Args:
        text: its first line is looked at.
        toward: as for `parse_date`, and so are `today` and `now`.

    Returns:
        None and the text where no date leads it.
    """
    from crm_md.dates.reading import Line, ends_of_words, read_leading

    words = text.strip()
    for end in ends_of_words(words):
        found = read_leading(words[:end], words[end:], Line.of(words[:end], today, toward, now))
        if found:
            reading, rest = found
            return When(reading.first, reading.time, _bare(words[:end]), reading.last), rest
    return None, words


def _bare(words: str) -> str:
    return words.rstrip(" \t:,;!?-–—")
