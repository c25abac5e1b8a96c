"""The calendar file: read by two parsers that know nothing of each other, whatever a text holds."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from crm_md.exchange.calendar_file import Event, calendar_file, escaped, folded, uid_of

TODAY = date(2026, 11, 20)
DAY = date(2026, 12, 1)
TEXTS = st.text(max_size=120)


def event(title: str = "Anruf", **fields: Any) -> Event:
    values: dict[str, Any] = {"key": title, "day": DAY, **fields}
    return Event(title=title, **values)


def by_icalendar(data: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def by_vobject(data: bytes) -> list[Any]:
    calendar = vobject.readOne(data.decode("utf-8"))
    return list(getattr(calendar, "vevent_list", ()))


def titles(data: bytes) -> tuple[list[str], list[str]]:
    return (
        [str(one["SUMMARY"]) for one in by_icalendar(data)],
        [one.summary.value for one in by_vobject(data)],
    )


def test_a_whole_day_is_a_date_and_takes_nobodys_time() -> None:
    data = calendar_file("Kunden", [event()], TODAY)
    ours = by_icalendar(data)[0]
    assert ours["DTSTART"].dt == date(2026, 12, 1)
    assert ours["DTEND"].dt == date(2026, 12, 2)
    assert ours["TRANSP"] == "TRANSPARENT"
    assert by_vobject(data)[0].dtstart.value == date(2026, 12, 1)


def test_a_time_is_wall_clock_time_and_takes_an_hour() -> None:
    data = calendar_file("Kunden", [event(time=time(23, 30))], TODAY)
    for begin, end in (
        (by_icalendar(data)[0]["DTSTART"].dt, by_icalendar(data)[0]["DTEND"].dt),
        (by_vobject(data)[0].dtstart.value, by_vobject(data)[0].dtend.value),
    ):
        assert begin == datetime(2026, 12, 1, 23, 30)
        assert begin.tzinfo is None
        assert end == datetime(2026, 12, 2, 0, 30)


@pytest.mark.parametrize(
    "text",
    [
        "Muster\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:fremd",
        "Muster\nATTACH:file:///etc/passwd",
        "Muster\rX-ALT-DESC;FMTTYPE=text/html:<b>",
        "Muster\u2028BEGIN:VEVENT\u2029END:VEVENT",
        "Muster\x85BEGIN:VEVENT\x0bEND:VEVENT\x0c\x1c\x1d\x1e",
        "Muster; DTSTART:20200101, und \\n kein Umbruch",
        "\x1b]0;Titel\x07Muster\x00",
    ],
)
def test_a_text_that_would_be_a_property_stays_a_text(text: str) -> None:
    data = calendar_file("Kunden", [event(text, text=text, place=text)], TODAY)
    for found in (by_icalendar(data), by_vobject(data)):
        assert len(found) == 1
    ours = by_icalendar(data)[0]
    assert set(ours) == {
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "TRANSP", "SUMMARY", "LOCATION", "DESCRIPTION"),
    }
    assert "Muster" in str(ours["SUMMARY"])
    assert not any(sign in data for sign in (b"\x00", b"\x1b", b"\x0b", b"\xe2\x80\xa8"))


@given(st.lists(TEXTS, max_size=4), TEXTS)
def test_every_text_survives_two_parsers_and_no_line_is_too_long(
    texts: list[str], name: str
) -> None:
    events = [event(text, key=str(place)) for place, text in enumerate(texts)]
    data = calendar_file(name, events, TODAY)
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    first, second = titles(data)
    assert len(first) == len(second) == len(texts)
    assert first == second


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cf"))))
def test_ordinary_text_comes_back_as_it_was(text: str) -> None:
    first, second = titles(calendar_file("Kunden", [event(text, key="one")], TODAY))
    assert first == second == [text.strip()]


def test_lines_of_the_text_stay_lines() -> None:
    data = calendar_file("Kunden", [event(text="Heike, 04922 9300-12\nnie montags")], TODAY)
    assert str(by_icalendar(data)[0]["DESCRIPTION"]) == "Heike, 04922 9300-12\nnie montags"
    assert by_vobject(data)[0].description.value == "Heike, 04922 9300-12\nnie montags"


@given(TEXTS)
def test_folding_cuts_no_letter(text: str) -> None:
    line = "SUMMARY:" + escaped(text)
    data = folded(line)
    assert data.replace(b"\r\n ", b"") == line.encode("utf-8") + b"\r\n"
    for piece in data.split(b"\r\n"):
        assert piece.decode("utf-8") is not None
        assert len(piece) <= 75


def test_the_same_thing_has_the_same_identity_and_another_has_another() -> None:
    assert uid_of("petersen\nnext") == uid_of("petersen\nnext")
    assert uid_of("petersen\nnext") != uid_of("ubben\nnext")
    early = calendar_file("Kunden", [event(key="a", day=DAY)], TODAY)
    late = calendar_file("Kunden", [event(key="a", day=date(2027, 1, 5))], TODAY)
    assert by_icalendar(early)[0]["UID"] == by_icalendar(late)[0]["UID"]


def test_the_same_events_on_the_same_day_give_the_same_bytes() -> None:
    events = [event("Anruf"), event("Besuch", time=time(10, 0))]
    assert calendar_file("Kunden", events, TODAY) == calendar_file("Kunden", events, TODAY)


def test_an_empty_calendar_is_one_that_programs_take() -> None:
    data = calendar_file("Kunden", [], TODAY)
    assert by_icalendar(data) == by_vobject(data) == []
    calendar = icalendar.Calendar.from_ical(data)
    assert str(calendar["X-WR-CALNAME"]) == "Kunden"
    assert calendar["METHOD"] == "PUBLISH"
    assert len(calendar.subcomponents) == 1
    vobject.readOne(data.decode("utf-8")).validate(raiseException=True)


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("at", [None, time(23, 59)])
def test_the_ends_of_the_calendar_are_no_trouble(day: date, at: time | None) -> None:
    data = calendar_file("Kunden", [event(day=day, time=at)], TODAY)
    assert len(by_icalendar(data)) == 1
