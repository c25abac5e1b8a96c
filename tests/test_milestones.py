"""The story in brief: which of many entries one has to know before a visit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crm_md.model import Entry
from crm_md.questions.milestones import last_told, milestones, turns_of_mood
from tests.builders import TODAY

NONE: frozenset[int] = frozenset()
KINDS = ("call", "visit", "note", "offer", "order", "complaint", "praise", "invoice", "attempt")


def entry(days_ago: int, kind: str = "call", **fields: Any) -> Entry:
    """Return an entry so many days before TODAY; its line tells it from others."""
    touch = "none" if kind in ("note", "attempt") else "talk"
    values: dict[str, Any] = {"touch": touch, "line": 1000 - days_ago, **fields}
    return Entry(TODAY - timedelta(days=days_ago), kind=kind, **values)


def told(*entries: Entry, open_: frozenset[int] = NONE, most: int = 12) -> list[tuple[str, int]]:
    found = milestones(entries, TODAY, open_, most)
    return [(one.why, (TODAY - one.entry.date).days) for one in found]


def test_the_story_begins_with_the_first_contact_not_with_a_note_or_an_attempt() -> None:
    entries = (entry(1), entry(7), entry(8, "attempt", attempt=True), entry(9, "note"))
    assert told(*entries) == [("first", 7)]


def test_everyday_calls_and_invoices_are_no_milestones() -> None:
    assert told(entry(9), entry(5), entry(3, "invoice"), entry(1, "visit")) == [("first", 9)]


def test_offers_orders_and_praise_are_told() -> None:
    entries = (entry(2, "praise"), entry(4, "order"), entry(6, "offer"), entry(9))
    assert told(*entries) == [("first", 9), ("offer", 6), ("order", 4), ("praise", 2)]


def test_a_complaint_is_told_with_how_it_was_solved() -> None:
    complaint = entry(5, "complaint", facts=(("solved", "Ersatz"),))
    settled = entry(1, "complaint", solution=True)
    found = milestones((settled, complaint, entry(9)), TODAY, NONE)
    assert [(one.why, one.solved) for one in found[1:]] == [("complaint", "Ersatz"), ("solved", "")]


def test_what_was_decided_is_told_with_why() -> None:
    lost = entry(3, facts=(("because", "zu teuer"),))
    (_first, decided) = milestones((entry(9), lost), TODAY, NONE)
    assert (decided.why, decided.because) == ("decided", "zu teuer")


def test_a_deal_that_was_won_or_lost_is_told_without_a_reason_too() -> None:
    subjects = ("Winter – gewonnen", "Winter – lost", "Winter – angeboten", "gewonnen", "a – b")
    entries = [entry(9 - at, "note", subject=text) for at, text in enumerate(subjects)]
    assert told(*entries) == [("decided", 9), ("decided", 8)]


def test_a_plan_is_no_story_yet() -> None:
    assert told(entry(-3, "offer"), entry(0)) == [("first", 0)]


def test_of_a_long_story_the_beginning_what_is_open_and_the_newest_stay() -> None:
    orders = [entry(days, "order") for days in range(20)]
    complaint = entry(30, "complaint")
    found = told(*orders, complaint, entry(40), open_=frozenset({complaint.line}), most=4)
    assert found == [("first", 40), ("complaint", 30), ("order", 1), ("order", 0)]


def test_without_entries_there_is_no_story() -> None:
    assert told() == []
    assert turns_of_mood((), TODAY) == last_told((), TODAY) == ()


def test_the_course_of_moods_tells_only_turns() -> None:
    moods = ["good", "good", "bad", "", "bad", "good"]
    entries = [entry(9 - place, mood=mood) for place, mood in enumerate(moods)]
    assert [one.mood for one in turns_of_mood(entries, TODAY)] == ["good", "bad", "good"]
    assert [one.mood for one in turns_of_mood(entries, TODAY, most=1)] == ["good"]


def test_the_last_contacts_come_with_the_notes_and_attempts_since() -> None:
    entries = [
        entry(0, "attempt", attempt=True),
        entry(1),
        entry(2, "note"),
        entry(3),
        entry(4),
        entry(5, "note"),
        entry(6),
    ]
    days = [(TODAY - one.date).days for one in last_told(entries, TODAY)]
    assert days == [0, 1, 2, 3, 4]


def test_many_notes_do_not_hide_the_last_contacts() -> None:
    entries = [*(entry(days, "note") for days in range(20)), entry(30), entry(31), entry(32)]
    days = [(TODAY - one.date).days for one in last_told(entries, TODAY)]
    assert days == [0, 1, 2, 30, 31, 32]


def test_where_nobody_was_ever_reached_the_last_notes_are_told() -> None:
    entries = [entry(days, "note") for days in range(5)]
    assert len(last_told(entries, TODAY)) == 3


@st.composite
def stories(draw: st.DrawFn) -> list[Entry]:
    days = draw(st.lists(st.integers(-5, 40), unique=True, max_size=30))
    return [entry(day, draw(st.sampled_from(KINDS))) for day in days]


@given(stories(), st.integers(2, 8))
def test_a_story_is_in_order_true_and_never_too_long(entries: list[Entry], most: int) -> None:
    found = milestones(entries, TODAY, NONE, most)
    days = [one.entry.date for one in found]
    assert days == sorted(days)
    assert len(found) <= most
    assert all(one.entry in entries and one.entry.date <= TODAY for one in found)
    assert milestones(entries[::-1], TODAY, NONE, most) == found


@given(stories(), st.integers(0, 40))
def test_as_known_on_an_earlier_day_nothing_later_is_told(entries: list[Entry], ago: int) -> None:
    day = TODAY - timedelta(days=ago)
    early = [one for one in entries if one.date <= day]
    assert milestones(entries, day, NONE) == milestones(early, day, NONE)
    assert last_told(entries, day) == last_told(early, day)
