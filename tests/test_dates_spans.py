"""Lengths of time are read as people write rhythms, and reckoned as the calendar has it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.dates import Span, add_span, format_span, parse_span, subtract_span
from crm_md.errors import SpanNotUnderstood

# words | days | months
TABLE = """
6w                 | 42  | 0
30d                | 30  | 0
3m                 | 0   | 3
2y                 | 0   | 24
 26W               | 182 | 0
6 w                | 42  | 0
2 J                | 0   | 24
1y 6m              | 0   | 18
1m 2w              | 14  | 1
90 Tage            | 90  | 0
ein Tag            | 1   | 0
zwölf Wochen       | 84  | 0
6 Monate           | 0   | 6
ein Jahr, 6 Monate | 0   | 18
ein Jahr und 3 Tage| 3   | 12
half a year        | 0   | 6
ein halbes Jahr    | 0   | 6
anderthalb Jahre   | 0   | 18
a fortnight        | 14  | 0
alle 6 Wochen      | 42  | 0
alle zwei Jahre    | 0   | 24
alle halbe Jahre   | 0   | 6
every 4 weeks      | 28  | 0
every week         | 7   | 0
every other week   | 14  | 0
jede zweite Woche  | 14  | 0
jede Woche         | 7   | 0
jeden Monat        | 0   | 1
jedes Quartal      | 0   | 3
jedes halbe Jahr   | 0   | 6
täglich            | 1   | 0
weekly             | 7   | 0
14-tägig           | 14  | 0
fortnightly        | 14  | 0
monatlich          | 0   | 1
6-monatlich        | 0   | 6
vierteljährlich    | 0   | 3
Quartalsweise      | 0   | 3
quarterly          | 0   | 3
halbjährlich       | 0   | 6
half-yearly        | 0   | 6
jährlich           | 0   | 12
jaehrlich.         | 0   | 12
annually           | 0   | 12
einmal im Jahr     | 0   | 12
zweimal im Jahr    | 0   | 6
4x pro Jahr        | 0   | 3
twice a year       | 0   | 6
once a week        | 7   | 0
"""


@pytest.mark.parametrize("row", [line.split("|") for line in TABLE.strip().split("\n")], ids=str)
def test_words_name_a_length_of_time(row: list[str]) -> None:
    words, days, months = row
    span = parse_span(words)
    assert (span.days, span.months, span.words) == (int(days), int(months), words.strip())


REFUSED = """
bald|6|w|Wochen|6x|0d|0w|-3d|+2w|6w nach Ostern|morgen|3.12.|1.5w|101y|999999d|9999999999999d|٣w
zweimal im Monat|0x im Jahr|anderthalb Wochen|half a month|alle|alle paar Wochen|jede|biweekly|6w 3
"""


@pytest.mark.parametrize("words", ["", " ", *REFUSED.strip().replace("\n", "|").split("|")])
def test_what_is_no_length_of_time_is_refused(words: str) -> None:
    with pytest.raises(SpanNotUnderstood) as refused:
        parse_span(words)
    assert words.strip() in str(refused.value)
    assert "6w" in refused.value.hint


def test_a_month_ends_where_the_calendar_ends_it() -> None:
    month = parse_span("1m")
    assert add_span(date(2027, 1, 31), month) == date(2027, 2, 28)
    assert add_span(date(2028, 1, 31), month) == date(2028, 2, 29)
    assert subtract_span(date(2027, 3, 31), month) == date(2027, 2, 28)
    assert add_span(date(2028, 2, 29), parse_span("1y")) == date(2029, 2, 28)
    assert add_span(date(2026, 11, 30), parse_span("3m")) == date(2027, 2, 28)
    assert add_span(date(2026, 12, 15), parse_span("1y 1m 2d")) == date(2028, 1, 17)


def test_beyond_the_calendar_stands_its_last_day() -> None:
    assert add_span(date(9999, 12, 31), parse_span("6w")) == date.max
    assert add_span(date(9999, 11, 30), parse_span("1m")) == date(9999, 12, 30)
    assert add_span(date(9950, 1, 1), parse_span("90y")) == date.max
    assert subtract_span(date(1, 1, 2), parse_span("1m")) == date.min


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (Span(42, 0), "6w"),
        (Span(30, 0), "30d"),
        (Span(0, 3), "3m"),
        (Span(0, 24), "2y"),
        (Span(0, 18), "18m"),
        (Span(3, 12), "1y 3d"),
    ],
)
def test_a_span_is_written_as_shortly_as_it_can_be(span: Span, text: str) -> None:
    assert format_span(span) == text


def test_spans_are_equal_whatever_their_words() -> None:
    assert parse_span("alle 6 Wochen") == parse_span("6w") == Span(42, 0)


LAWFUL = settings(max_examples=200, deadline=None)
SPANS = st.builds(Span, st.integers(0, 9999), st.integers(0, 600)).filter(
    lambda span: span.days or span.months
)


@LAWFUL
@given(SPANS)
def test_reading_and_writing_a_span_are_inverse(span: Span) -> None:
    assert parse_span(format_span(span)) == span


@LAWFUL
@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 9999))
def test_days_added_and_taken_away_leave_the_day(day: date, count: int) -> None:
    span = Span(count, 0)
    assert add_span(day, span) == day + timedelta(count)
    assert subtract_span(add_span(day, span), span) == day


@LAWFUL
@given(st.dates(), st.dates(), SPANS)
def test_a_later_day_never_becomes_an_earlier_one(one: date, other: date, span: Span) -> None:
    early, late = sorted((one, other))
    assert early <= add_span(early, span) <= add_span(late, span)
    assert subtract_span(early, span) <= subtract_span(late, span) <= late


@LAWFUL
@given(st.text(max_size=40))
def test_any_text_is_a_span_or_refused(text: str) -> None:
    try:
        span = parse_span(text)
    except SpanNotUnderstood as refused:
        assert str(refused)
    else:
        assert span.days + span.months > 0
