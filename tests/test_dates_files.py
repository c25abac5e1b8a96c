"""Dates in files are read exactly or not at all, said in two languages, and feasts fall right."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.dates import (
    Partial,
    easter,
    next_anniversary,
    read_day,
    read_day_time,
    read_partial,
    say_date,
    say_how_long_ago,
    say_when,
    split_file_date,
)
from crm_md.dates.feasts import is_working_day

DAY = date(2026, 11, 20)
LAWFUL = settings(max_examples=150, deadline=None)
NO_DAY = ["", " ", "2026-02-30", "30.2.2026", "29.2.2027", "20.11.", "20.11.26", "2026-11", "2026"]
NO_DAY += ["20261120", "2026-11-20 x", "x 2026-11-20", "2026/11/20", "11/20/2026", "2026-W47-5"]
NO_DAY += [
    "0000-01-01",
    "2026-13-01",
    "20-11-2026",
    "٢٠٢٦-١١-٢٠",
    "2026-11-201",
    "heute",
    "2026-11-20T",
]


@pytest.mark.parametrize("text", ["2026-11-20", " 2026-11-20\t", "20.11.2026", "\u00a020.11.2026"])
def test_a_day_in_a_file_is_iso_or_german(text: str) -> None:
    assert read_day(text) == DAY


def test_a_day_may_lack_its_zeros() -> None:
    assert read_day("1.2.2026") == read_day("2026-2-1") == date(2026, 2, 1)


@pytest.mark.parametrize("text", NO_DAY)
def test_anything_else_is_no_day(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20", None),
        ("2026-11-20 14:30", time(14, 30)),
        ("2026-11-20T14:30", time(14, 30)),
        ("2026-11-20 9:05", time(9, 5)),
        ("2026-11-20 14:30:15", time(14, 30, 15)),
        ("20.11.2026, 14:30 Uhr", time(14, 30)),
        ("20.11.2026 14.30 Uhr", time(14, 30)),
        (" 20.11.2026,14:30h ", time(14, 30)),
    ],
)
def test_a_time_may_follow_the_day(text: str, expected: time | None) -> None:
    assert read_day_time(text) == (DAY, expected)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20 25:00",
        "2026-11-20 14:60",
        "2026-11-20 14",
        "2026-11-20 14:30Z",
        "14:30",
        "2026-11-20 14:30 Anruf",
        "2026-11-20T14:30+01:00",
        "2026-11-2014:30",
        "2026-02-30 14:30",
    ],
)
def test_a_time_that_is_none_makes_the_whole_none(text: str) -> None:
    assert read_day_time(text) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("2026-11-20 Angebot nachfassen", "Angebot nachfassen"),
        (" 20.11.2026  Angebot  nachfassen ", "Angebot  nachfassen"),
        ("2026-11-20: Angebot", "Angebot"),
        ("2026-11-20 - Angebot", "Angebot"),
        ("2026-11-20, Angebot", "Angebot"),
        ("2026-11-20 14:30 Angebot", "14:30 Angebot"),
        ("2026-11-20 seit 2026-11-01 bittet um Ruhe", "seit 2026-11-01 bittet um Ruhe"),
        ("2026-11-20", ""),
    ],
)
def test_the_day_that_leads_a_fact_is_split_off(text: str, rest: str) -> None:
    assert split_file_date(text) == (DAY, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Angebot nachfassen",
        "2026-02-30 Angebot",
        "2026-11-20x",
        "2026-11-20T14:30 Angebot",
        "2026-11-20-05 Artikel",
        "20.11. Angebot",
        "bald 2026-11-20",
    ],
)
def test_a_fact_without_a_day_keeps_all_its_words(text: str) -> None:
    assert split_file_date(text) == (None, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1966-03-12", Partial(1966, 3, 12)),
        ("12.03.1966", Partial(1966, 3, 12)),
        ("12. 3. 1966", Partial(1966, 3, 12)),
        ("12. März 1966", Partial(1966, 3, 12)),
        ("03-12", Partial(None, 3, 12)),
        ("--03-12", Partial(None, 3, 12)),
        ("12.3.", Partial(None, 3, 12)),
        (" 12.03 ", Partial(None, 3, 12)),
        ("12. März", Partial(None, 3, 12)),
        ("29.2.", Partial(None, 2, 29)),
        ("2026-03", Partial(2026, 3, None)),
        ("3/2026", Partial(2026, 3, None)),
        ("03.2026", Partial(2026, 3, None)),
        ("März 2026", Partial(2026, 3, None)),
        ("march 2026", Partial(2026, 3, None)),
        ("2019", Partial(2019, None, None)),
    ],
)
def test_a_date_may_be_known_in_part(text: str, expected: Partial) -> None:
    assert read_partial(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "19",
        "1966-02-30",
        "29.2.1967",
        "30.2.",
        "13-12",
        "2026-13",
        "0-1",
        "2026-00",
        "20266",
        "12/3",
        "im März",
        "1966-03-12 x",
        "12. Quark",
        "0000",
        "٢٠١٩",
    ],
)
def test_what_is_no_part_of_a_date_is_none(text: str) -> None:
    assert read_partial(text) is None


def test_a_birthday_returns_today_at_the_earliest() -> None:
    birthday = Partial(1966, 3, 12)
    assert next_anniversary(birthday, date(2027, 3, 12)) == date(2027, 3, 12)
    assert next_anniversary(birthday, date(2027, 3, 13)) == date(2028, 3, 12)
    assert next_anniversary(Partial(None, 12, 31), date(2027, 1, 1)) == date(2027, 12, 31)


def test_a_leap_birthday_is_kept_on_the_last_of_february() -> None:
    birthday = Partial(None, 2, 29)
    assert next_anniversary(birthday, date(2027, 1, 1)) == date(2027, 2, 28)
    assert next_anniversary(birthday, date(2027, 3, 1)) == date(2028, 2, 29)
    assert next_anniversary(birthday, date(2100, 1, 1)) == date(2100, 2, 28)


def test_without_month_and_day_nothing_returns() -> None:
    assert next_anniversary(Partial(2019, None, None), DAY) is None
    assert next_anniversary(Partial(2019, 3, None), DAY) is None
    assert next_anniversary(Partial(None, 1, 1), date.max) is None


@LAWFUL
@given(st.integers(1, 12), st.integers(1, 31), st.dates(date(1, 1, 1), date(9997, 1, 1)))
def test_an_anniversary_comes_within_a_year(month: int, day: int, today: date) -> None:
    partial = read_partial(f"{month:02}-{day:02}")
    if partial is not None:
        found = next_anniversary(partial, today)
        assert found is not None
        assert today <= found <= today + timedelta(366)


@LAWFUL
@given(st.dates(), st.times())
def test_what_is_written_in_a_file_reads_back(day: date, clock: time) -> None:
    assert read_day(day.isoformat()) == day
    assert read_day(f"{day.day:02}.{day.month:02}.{day.year:04}") == day
    assert read_partial(day.isoformat()) == Partial(day.year, day.month, day.day)
    assert split_file_date(f"{day.isoformat()} nachfassen") == (day, "nachfassen")
    minute = clock.replace(second=0, microsecond=0)
    assert read_day_time(f"{day.isoformat()} {minute:%H:%M}") == (day, minute)


@LAWFUL
@given(st.text(max_size=30) | st.from_regex(r"[0-9.:/ -]{1,20}", fullmatch=True))
def test_no_text_in_a_file_breaks_the_readers(text: str) -> None:
    day, rest = split_file_date(text)
    assert text.rstrip().endswith(rest)
    if read_day(text) is not None:
        assert (day, rest) == (read_day(text), "")
        assert read_day_time(text) == (day, None)
        partial = read_partial(text)
        assert partial is not None
        assert partial.day is not None


def test_a_day_is_said_with_its_weekday() -> None:
    assert say_date(DAY, "de") == "Fr 20.11.2026"
    assert say_date(DAY, "en") == "Fri 20 Nov 2026"
    assert say_date(date(2027, 3, 1), "de") == "Mo 01.03.2027"
    assert say_date(date(2027, 3, 1), "fr") == "Mon 1 Mar 2027"


@pytest.mark.parametrize(
    ("day", "german", "english"),
    [
        ("2026-11-21", "heute", "today"),
        ("2026-11-20", "gestern", "yesterday"),
        ("2026-11-19", "vorgestern", "2 days ago"),
        ("2026-11-18", "vor 3 Tagen", "3 days ago"),
        ("2026-11-08", "vor 13 Tagen", "13 days ago"),
        ("2026-11-07", "vor 2 Wochen", "2 weeks ago"),
        ("2026-09-22", "vor 8 Wochen", "8 weeks ago"),
        ("2026-09-21", "vor 2 Monaten", "2 months ago"),
        ("2026-07-03", "vor 4 Monaten", "4 months ago"),
        ("2024-11-22", "vor 23 Monaten", "23 months ago"),
        ("2024-11-21", "vor 2 Jahren", "2 years ago"),
        ("2026-11-22", "morgen", "tomorrow"),
        ("2026-11-23", "übermorgen", "in 2 days"),
        ("2026-11-26", "in 5 Tagen", "in 5 days"),
        ("2026-12-05", "in 2 Wochen", "in 2 weeks"),
        ("2027-03-01", "in 3 Monaten", "in 3 months"),
        ("2030-01-01", "in 3 Jahren", "in 3 years"),
    ],
)
def test_a_day_is_said_by_its_distance(day: str, german: str, english: str) -> None:
    today = date(2026, 11, 21)
    assert say_when(date.fromisoformat(day), today, "de") == german
    assert say_when(date.fromisoformat(day), today, "en") == english


@LAWFUL
@given(st.dates(), st.dates(), st.sampled_from(["de", "en"]))
def test_a_distance_is_never_said_of_nothing_or_one(day: date, today: date, language: str) -> None:
    words = say_when(day, today, language).split()
    assert len(words) == 1 or int(next(word for word in words if word.isdigit())) >= 2


@pytest.mark.parametrize(
    "sunday",
    [
        "1818-03-22",
        "1886-04-25",
        "1943-04-25",
        "1954-04-18",
        "1981-04-19",
        "2000-04-23",
        "2008-03-23",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2038-04-25",
        "2049-04-18",
        "2076-04-19",
    ],
)
def test_easter_falls_where_the_almanac_has_it(sunday: str) -> None:
    assert easter(int(sunday[:4])) == date.fromisoformat(sunday)


@LAWFUL
@given(st.integers(1583, 9999))
def test_easter_agrees_with_the_rule_of_gauss(year: int) -> None:
    # Gauss as completed by Lichtenberg (1997), an independent formula: day of March.
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    root = (19 * (year % 19) + moon) % 30
    root_fix = (root + year % 19 // 11) // 29
    full = 21 + root - root_fix
    first = 7 - (year + year // 4 + 2 - (3 * century + 3) // 4) % 7
    assert easter(year) == date(year, 3, 1) + timedelta(full + 7 - (full - first) % 7 - 1)


def test_holidays_are_no_working_days() -> None:
    holidays = ["2027-01-01", "2027-03-26", "2027-03-29", "2026-05-01", "2027-05-06", "2027-05-17"]
    assert not any(is_working_day(date.fromisoformat(day)) for day in [*holidays, "2026-12-25"])
    assert not is_working_day(date(2026, 11, 21))
    assert is_working_day(DAY)


@pytest.mark.parametrize(
    ("then", "german", "english"),
    [
        ("2026-11-20 14:30", "gerade eben", "just now"),
        ("2026-11-20 14:45", "gerade eben", "just now"),
        ("2026-11-20 14:29", "vor 1 Minute", "1 minute ago"),
        ("2026-11-20 13:31", "vor 59 Minuten", "59 minutes ago"),
        ("2026-11-20 13:30", "vor 1 Stunde", "1 hour ago"),
        ("2026-11-19 15:00", "vor 23 Stunden", "23 hours ago"),
        ("2026-11-19 14:00", "gestern", "yesterday"),
        ("2026-11-01 14:30", "vor 2 Wochen", "2 weeks ago"),
    ],
)
def test_how_long_ago_a_moment_was_is_said(then: str, german: str, english: str) -> None:
    now, moment = datetime(2026, 11, 20, 14, 30), datetime.fromisoformat(then)
    assert say_how_long_ago(moment, now, "de") == german
    assert say_how_long_ago(moment, now, "en") == english
