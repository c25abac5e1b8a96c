"""A day within what is to be done is found, and one that is part of the thing is left there."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_md.dates.within import find_date

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("said", "day", "rest"),
    [
        ("Rückruf am 3.12.", "12-03", "Rückruf"),
        ("Rückruf 3.12.", "12-03", "Rückruf"),
        ("Rückruf Do 3.12.", "12-03", "Rückruf"),
        ("3.12. Rückruf", "12-03", "Rückruf"),
        ("Angebot nächsten Montag", "11-23", "Angebot"),
        ("Muster in 14 Tagen", "12-06", "Muster"),
        ("Rechnung Ende November", "11-30", "Rechnung"),
        ("Rückruf morgen früh", "11-23", "Rückruf"),
        ("in 2 Wochen nachfassen", "12-06", "nachfassen"),
        ("Katalog schicken, spätestens Freitag", "11-27", "Katalog schicken"),
        ("Rückruf KW 50", "12-11", "Rückruf"),
        ("nächste Woche Angebot schicken", "11-27", "Angebot schicken"),
        ("Rechnung vom 3.12. am Freitag schicken", "11-27", "Rechnung vom 3.12. schicken"),
        ("call back on 3 December", "12-03", "call back"),
        ("send the offer next Monday", "11-23", "send the offer"),
        ("samples in two weeks", "12-06", "samples"),
        ("invoice end of November", "11-30", "invoice"),
    ],
)
def test_a_day_in_a_task_is_its_day(said: str, day: str, rest: str) -> None:
    found = find_date(said, TODAY)
    assert found
    assert (found.day.isoformat(), found.rest) == (f"2026-{day}", rest)


@pytest.mark.parametrize(
    ("said", "at", "rest"),
    [
        ("Rückruf übermorgen 10 Uhr", time(10), "Rückruf"),
        ("Termin am 3.12. um 14 Uhr", time(14), "Termin"),
        ("Frau Pohl am Montag um 9 Uhr zurückrufen", time(9), "Frau Pohl zurückrufen"),
        ("call back on Friday at 2 pm", time(14), "call back"),
    ],
)
def test_with_its_time_of_day(said: str, at: time, rest: str) -> None:
    found = find_date(said, TODAY)
    assert found
    assert (found.time, found.rest) == (at, rest)


@pytest.mark.parametrize(
    "said",
    [
        *("Rechnung vom 3.12.", "Rechnung 3.12. prüfen", "invoice of 3 December"),
        *("Termin am 3.12. bestätigen", "confirm the meeting on Friday"),
        *("Tisch für Freitag reservieren", "Kündigung zum 31.12.", "Karte zu Weihnachten"),
        *("Katalog Frühjahr 2027", "Preisliste 2027 schicken", "Rechnung November 2026"),
        *("Mai anrufen", "Messe im Dezember vorbereiten", "3.12 Meter Stoff liefern"),
        *("14 Tage Rückgabe prüfen", "um 14 Uhr anrufen", "2 Muster schicken"),
        *("Herrn Sonntag anrufen", "Frau Freitag Katalog schicken", "Angebot Fr. Pohl"),
        *("Montag oder Dienstag anrufen", "am Montag anrufen, am Dienstag mailen"),
        *("gestern versprochenes Muster", "So machen wir das", "am 3.12.", ""),
    ],
)
def test_a_day_of_the_thing_and_one_of_two_days_is_left_alone(said: str) -> None:
    assert find_date(said, TODAY) is None


@given(
    st.lists(
        st.sampled_from(
            ["am", "3.12.", "Freitag", "bis", "vom", "KW", "50", "Muster,", "-", "14", "Uhr", "ü"]
        )
    )
)
def test_what_is_left_is_of_the_words_and_the_day_to_come(words: list[str]) -> None:
    found = find_date(" ".join(words), TODAY)
    if found:
        assert found.day >= TODAY
        assert found.rest and set(found.rest.split()) <= {one.strip(",") for one in words} | set(
            words
        )
