"""Who to call today: each rule fires, keeps silent, and knows its edge day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crm_md
from crm_md.agenda import ALL, RULES, explain, reasons_for, wakes, who_to_call
from crm_md.config import read_config
from crm_md.model import Absence, Summary, Until
from tests.builders import (
    TODAY,
    attempt,
    config,
    customer,
    deal,
    mail,
    offer,
    person,
    product,
    task,
    touch,
)


def rules_of(summary: Summary, today: date = TODAY, settings: str = "") -> list[str]:
    return [reason.rule for reason in reasons_for(summary, today, config(settings))]


def names(*summaries: Summary, me: str = "anna", owner: str = "") -> list[str]:
    return [r.summary.slug for r in who_to_call(summaries, TODAY, me, config(), owner=owner).rows]


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        (customer("late", tasks=[task("liefern", due_in=-1)]), ["promise-overdue"]),
        (customer("today", tasks=[task("liefern", due_in=0)]), ["task-due"]),
        (customer("tomorrow", tasks=[task("liefern", due_in=1)]), []),
        (customer("undated", tasks=[task("liefern")]), []),
        (customer("owed", tasks=[task("Fotos", due_in=-1, whose="customer")]), ["owed-overdue"]),
        (customer("owed-today", tasks=[task("Fotos", due_in=0, whose="customer")]), []),
        (customer("complains", complaint_days=2), ["complaint-open"]),
        (customer("will-complain", complaint_days=-1), []),
        (customer("step-today", next_in=0), ["next-due"]),
        (customer("step-late", next_in=-30), ["next-due"]),
        (customer("step-tomorrow", next_in=1), []),
        (customer("silent", silent_days=183), ["rhythm-passed"]),
        (customer("edge", silent_days=182), ["rhythm-passed"]),
        (customer("fresh", silent_days=181), []),
        (customer("segment", silent_days=28, segment="A"), ["rhythm-passed"]),
        (customer("segment-fresh", silent_days=27, segment="A"), []),
        (customer("own", silent_days=14, segment="A", every="2w"), ["rhythm-passed"]),
        (customer("own-wins", silent_days=60, segment="A", every="3m"), []),
        (customer("odd-rhythm", silent_days=900, every="bald"), []),
        (customer("never-contacted"), []),
        (customer("wrote", entries=[mail(1, "from")]), ["ball-with-us"]),
        (customer("wrote-today", entries=[mail(0, "from")]), []),
        (customer("wrote-twice", entries=[mail(0, "from"), mail(1, "from")]), ["ball-with-us"]),
        (customer("answered", entries=[mail(1, "to"), mail(2, "from")]), []),
        (customer("talked", entries=[touch(1), mail(2, "from")]), []),
        (customer("no-ball", entries=[mail(1, "")]), []),
        (customer("tried", entries=[attempt(1), mail(2, "from")]), ["ball-with-us"]),
        (customer("waits", entries=[mail(5, "to")]), ["ball-with-them"]),
        (customer("waits-yet", entries=[mail(4, "to")]), []),
        (customer("planned", entries=[mail(5, "to")], tasks=[task("fragen", due_in=3)]), []),
        (customer("stepped", entries=[mail(5, "to")], next_in=3), []),
        (customer("cross", entries=[touch(7, mood="bad")]), ["sore"]),
        (customer("cross-long-ago", entries=[touch(91, mood="bad")]), []),
        (customer("cross-fresh", entries=[touch(6, mood="bad")]), []),
        (customer("cross-then-good", entries=[touch(7, mood="good"), touch(8, mood="bad")]), []),
        (customer("cross-spoken", entries=[touch(3), touch(9, mood="bad")]), []),
        (customer("solved", solved_days=7, entries=[touch(7)]), ["aftercare"]),
        (customer("solved-fresh", solved_days=6), []),
        (customer("solved-asked", solved_days=9, entries=[touch(2)]), []),
        (customer("solved-long-ago", solved_days=61), []),
        (customer("closing", deals=[deal("Winter", close_in=14)]), ["deal-closing"]),
        (customer("closing-later", deals=[deal("Winter", close_in=15)]), []),
        (customer("closed-late", deals=[deal("Winter", close_in=-3)]), ["deal-closing"]),
        (customer("won", deals=[deal("Winter", "won", close_in=1)]), []),
        (customer("offer", entries=[offer(10)]), ["offer-quiet"]),
        (customer("offer-fresh", entries=[offer(9)]), []),
        (customer("offer-answered", entries=[mail(10, "from"), offer(11)]), ["ball-with-us"]),
        (customer("offer-spoken", entries=[touch(10), offer(11)]), []),
        (customer("offer-lost", deals=[deal("Winter", "lost")], entries=[offer(20)]), []),
        (customer("offered", deals=[deal("Winter")], entries=[touch(10)]), ["offer-quiet"]),
        (customer("offered-planned", deals=[deal("W")], entries=[touch(10)], next_in=2), []),
        (customer("service", products=[product("R7", 14)]), ["service-due"]),
        (customer("service-late", products=[product("R7", -5)]), ["service-due"]),
        (customer("service-later", products=[product("R7", 15)]), []),
        (customer("birthday", people=[person("Heike", birthday="1966-11-23")]), ["birthday"]),
        (customer("birthday-today", people=[person("Heike", birthday="11-20")]), ["birthday"]),
        (customer("birthday-over", people=[person("Heike", birthday="11-19")]), []),
        (customer("birthday-later", people=[person("Heike", birthday="11-24")]), []),
        (customer("birthday-left", people=[person("Heike", birthday="11-20", left="2025")]), []),
        (customer("anniversary", anniversary="1926-11-23"), ["anniversary"]),
        (customer("anniversary-later", anniversary="1926-11-24"), []),
        (customer("lead", status="lead"), ["never-contacted"]),
        (customer("lead-tried", status="lead", entries=[attempt(3)]), ["never-contacted"]),
        (customer("lead-spoken", status="lead", entries=[touch(3)]), []),
        (customer("prospect", status="prospect"), []),
    ],
    ids=lambda value: value.slug if isinstance(value, Summary) else None,
)
def test_a_rule_fires_on_its_day(summary: Summary, expected: list[str]) -> None:
    assert rules_of(summary) == expected


@pytest.mark.parametrize("status", ["lead", "prospect", "partner", "supplier"])
def test_leads_partners_and_suppliers_have_no_rhythm_unless_their_own(status: str) -> None:
    assert rules_of(customer("x", status=status, silent_days=900)) == []
    assert rules_of(customer("x", status=status, silent_days=900, every="4w")) == ["rhythm-passed"]


@pytest.mark.parametrize("status", ["former", "declined", "closed"])
def test_who_said_goodbye_is_called_for_a_later_agreement_only(status: str) -> None:
    assert rules_of(customer("x", status=status, silent_days=900, every="4w")) == []
    assert rules_of(customer("x", status=status, silent_days=5, next_in=-10)) == []
    assert rules_of(customer("x", status=status, silent_days=10, next_in=-10)) == []  # done then
    assert rules_of(customer("x", status=status, silent_days=20, next_in=-10)) == ["next-due"]


def test_a_plan_in_the_future_is_no_contact() -> None:
    assert rules_of(customer("x", entries=[touch(-5), touch(200)])) == ["rhythm-passed"]


def test_an_attempt_is_no_contact() -> None:
    tried = touch(1, attempt=True, touch="none")
    assert rules_of(customer("x", entries=[tried], silent_days=200)) == ["rhythm-passed"]


def test_reasons_name_date_and_words() -> None:
    found = reasons_for(customer("x", complaint_days=3), TODAY, config())
    assert found[0].date == TODAY - timedelta(days=3)
    assert "Naht offen" in found[0].text


def test_settings_weigh_and_switch_off() -> None:
    both = customer("x", next_in=0, silent_days=400)
    assert rules_of(both) == ["next-due", "rhythm-passed"]
    heavier = "[call.rules.rhythm-passed]\npoints = 99\n"
    assert rules_of(both, settings=heavier) == ["rhythm-passed", "next-due"]
    assert rules_of(both, settings="[call.rules.next-due]\non = false\n") == ["rhythm-passed"]


def test_the_strongest_reason_goes_before_the_sum() -> None:
    one_strong = customer("strong", complaint_days=1)
    many_weak = customer("weak", next_in=0, tasks=[task("x", due_in=0)], silent_days=400)
    assert names(many_weak, one_strong) == ["strong", "weak"]


def test_equally_strong_rows_go_by_the_longest_waiting_then_by_name() -> None:
    rows = [customer("b", next_in=-1), customer("a", next_in=-1), customer("c", next_in=-2)]
    assert names(*rows) == names(*reversed(rows)) == ["c", "a", "b"]


def test_mine_and_nobodys_are_on_my_list() -> None:
    mine = customer("mine", next_in=0, owner="anna")
    nobodys = customer("nobodys", next_in=0)
    bens = customer("bens", next_in=0, owner="ben")
    assert names(mine, nobodys, bens) == ["mine", "nobodys"]
    assert names(mine, nobodys, bens, owner="ben") == ["bens"]
    assert names(mine, nobodys, bens, owner=ALL) == ["bens", "mine", "nobodys"]


def test_a_task_that_is_mine_brings_a_colleagues_customer_to_my_list() -> None:
    bens = customer("bens", owner="ben", tasks=[task("liefern", due_in=0, whose="anna")])
    later = customer("later", owner="ben", tasks=[task("liefern", due_in=3, whose="anna")])
    assert names(bens, later) == ["bens"]


def test_who_rests_is_held_back_and_says_why() -> None:
    resting = customer("rests", next_in=0, snoozed_for=1)
    awake = customer("awake", next_in=0, snoozed_for=0)
    found = who_to_call([resting, awake], TODAY, "anna", config())
    assert [row.summary.slug for row in found.rows] == ["awake"]
    assert [(held.summary.slug, held.guard) for held in found.held_back] == [("rests", "snooze")]
    assert "bittet um Ruhe" in found.held_back[0].text


def test_who_wants_no_contact_is_never_called() -> None:
    quiet = customer("quiet", next_in=0, do_not_contact=Until(None, "hat widersprochen"))
    found = who_to_call([quiet], TODAY, "anna", config(), owner=ALL)
    assert not found.rows
    assert found.held_back[0].guard == "do_not_contact"


def test_who_has_refused_calls_is_held_back_and_who_refused_mails_is_not() -> None:
    calls = customer("calls", next_in=0, refused=("Telefon",))
    mails = customer("mails", next_in=0, refused=("mail",))
    found = who_to_call([calls, mails], TODAY, "anna", config())
    assert [row.summary.slug for row in found.rows] == ["mails"]
    assert [(held.summary.slug, held.guard) for held in found.held_back] == [("calls", "refused")]


def whom(summary: Summary) -> str | None:
    row = who_to_call([summary], TODAY, "anna", config()).rows[0]
    return row.person.name if row.person else None


def test_the_person_is_whom_the_reason_names_else_the_last_spoken_with_else_the_first() -> None:
    people = (person("Heike Petersen"), person("Kai Petersen"))
    assert whom(customer("x", next_in=0, people=people)) == "Heike Petersen"
    spoke = customer("x", next_in=0, people=people, entries=[touch(9, people=("Kai",))])
    assert whom(spoke) == "Kai Petersen"


@pytest.mark.parametrize(
    "gone",
    [
        {"left": "2026-03"},
        {"left": "ja"},
        {"away": Absence(TODAY, TODAY)},
        {"snooze": Until(TODAY + timedelta(days=1))},
        {"do_not_contact": Until(None, "nie")},
    ],
)
def test_who_cannot_be_reached_is_passed_over(gone: dict[str, object]) -> None:
    people = (person("Heike", **gone), person("Kai"))
    assert whom(customer("x", next_in=0, people=people)) == "Kai"


@pytest.mark.parametrize(
    "here",
    [
        {"left": "2027-01"},
        {"away": Absence(TODAY - timedelta(days=9), TODAY - timedelta(days=1))},
        {"snooze": Until(TODAY)},
    ],
)
def test_who_is_back_or_still_there_is_called(here: dict[str, object]) -> None:
    people = (person("Heike", **here), person("Kai"))
    assert whom(customer("x", next_in=0, people=people)) == "Heike"


def test_without_people_the_firms_number_is_dialled() -> None:
    row = who_to_call([customer("x", next_in=0)], TODAY, "anna", config()).rows[0]
    assert (row.person, row.phone) == (None, "0351 4711")


def test_every_rule_is_documented() -> None:
    assert all(rule.judge.__doc__ for rule in RULES.values())


EVERYTHING = customer(
    "all",
    next_in=0,
    silent_days=400,
    solved_days=10,
    tasks=[task("a", due_in=-1), task("b", due_in=0), task("c", due_in=-1, whose="customer")],
    deals=[deal("Winter", close_in=1)],
    products=[product("R7", 1)],
    people=[person("Heike", birthday="11-20")],
    anniversary="2016-11-20",
    every="2w",
)


@pytest.mark.parametrize(
    ("status", "rules"),
    [
        (
            "lead",
            "promise-overdue next-due task-due owed-overdue deal-closing rhythm-passed",
        ),
        (
            "prospect",
            "promise-overdue next-due task-due owed-overdue deal-closing rhythm-passed",
        ),
        ("partner", "promise-overdue next-due task-due owed-overdue rhythm-passed"),
        ("supplier", "promise-overdue next-due task-due owed-overdue rhythm-passed"),
        ("former", "promise-overdue next-due task-due owed-overdue"),
        (
            "",
            "promise-overdue next-due task-due owed-overdue deal-closing aftercare "
            "rhythm-passed service-due birthday anniversary",
        ),
    ],
)
def test_the_status_decides_which_rules_count(status: str, rules: str) -> None:
    assert rules_of(replace(EVERYTHING, status=status)) == rules.split()


def test_a_task_of_before_the_goodbye_is_forgotten() -> None:
    said_before = replace(task("Angebot", due_in=0), said_on=TODAY - timedelta(days=30))
    assert rules_of(customer("x", status="declined", silent_days=5, tasks=[said_before])) == []


def test_days_of_a_rule_can_be_tuned() -> None:
    waits = customer("x", entries=[mail(5, "to")])
    assert rules_of(waits, settings="[call.rules.ball-with-them]\ndays = 6\n") == []
    assert rules_of(waits, settings="[call.rules.ball-with-them]\ndays = -6\n") == [
        "ball-with-them"
    ]


def test_the_defaults_are_in_order_of_strength() -> None:
    order = sorted(RULES.values(), key=lambda one: -one.points)
    assert [one.name for one in order] == [
        *("promise-overdue", "complaint-open", "ball-with-us", "next-due", "task-due"),
        *("owed-overdue", "deal-closing", "sore", "aftercare", "offer-quiet", "ball-with-them"),
        *("rhythm-passed", "service-due", "birthday", "anniversary", "never-contacted"),
    ]


def held(summary: Summary, way: str = "call") -> list[str]:
    found = who_to_call([summary], TODAY, "anna", config(), way=way)
    return [one.guard for one in found.held_back]


def test_quiet_ends_early_when_they_get_in_touch_where_the_file_says_since_when() -> None:
    rest = Until(TODAY + timedelta(days=99), since=TODAY - timedelta(days=10))
    assert held(customer("quiet", next_in=0, snooze=rest)) == ["snooze"]
    assert held(customer("same-day", next_in=0, snooze=rest, entries=[mail(10, "from")])) == [
        "snooze"
    ]
    assert held(customer("wrote", next_in=0, snooze=rest, entries=[mail(9, "from")])) == []
    assert held(customer("complains", next_in=0, snooze=rest, complaint_days=2)) == []
    assert held(customer("ours", next_in=0, snooze=rest, entries=[mail(9, "to")])) == ["snooze"]
    undated = replace(rest, since=None)
    assert held(customer("undated", next_in=0, snooze=undated, entries=[mail(9, "from")])) == [
        "snooze"
    ]


def test_what_we_did_today_holds_back_and_what_came_in_does_not() -> None:
    assert held(customer("talked", next_in=0, entries=[touch(0, author="ben")])) == ["today"]
    assert held(customer("wrote", next_in=0, entries=[mail(0, "to")])) == ["today"]
    assert held(customer("came-in", next_in=0, entries=[mail(0, "from")])) == []
    assert held(customer("noted", next_in=0, entries=[touch(0, touch="none", kind="note")])) == []
    assert held(customer("planned", next_in=0, entries=[touch(-1)])) == []


def test_a_complaint_after_todays_talk_is_not_held_back() -> None:
    talk = touch(0, author="ben", time=time(9, 0))
    sore = touch(0, kind="complaint", touch="written", direction="from", time=time(11, 0))
    angry = customer("angry", entries=[sore, talk], complaints=(sore,))
    found = who_to_call([angry], TODAY, "anna", config(), owner=ALL)
    assert [row.summary.slug for row in found.rows] == ["angry"]
    assert found.rows[0].notes[0] == "Ben was in touch today."
    earlier = replace(sore, time=time(8, 0))
    calmed = customer("calmed", entries=[talk, earlier], complaints=(earlier,))
    assert held(replace(calmed, owner="anna")) == ["today"]


def test_my_task_of_today_is_not_held_back_by_a_colleagues_talk() -> None:
    tasks = [task("Ersatz schicken", due_in=0, whose="anna")]
    talked = customer("x", owner="ben", tasks=tasks, entries=[touch(0, author="ben")])
    assert held(talked) == []
    assert held(replace(talked, entries=(touch(0, author="anna"),))) == ["today"]
    bens = replace(talked, owner="anna", tasks=(task("Ersatz", due_in=0, whose="ben"),))
    assert held(bens) == ["today"]


def test_a_person_without_a_number_does_not_hide_the_others_number() -> None:
    reception = person("Frau Pohl", phone="")
    found = who_to_call(
        [customer("x", next_in=0, phone="", people=[reception, person("Dieter Ahrens")])],
        TODAY,
        "anna",
        config(),
    )
    row = found.rows[0]
    assert row.phone == "0171 39200 01"
    assert "The number is Dieter Ahrens's." in row.notes


def test_who_was_not_reached_today_comes_again_tomorrow() -> None:
    tried = customer("x", next_in=0, entries=[attempt(0)])
    assert held(tried) == ["tried"]
    later = who_to_call([tried], TODAY + timedelta(days=1), "anna", config())
    assert [row.summary.slug for row in later.rows] == ["x"]


def test_a_refused_way_is_hard_and_another_one_is_offered() -> None:
    refusing = customer("x", next_in=0, refused=("Telefon",), email="post@acme.example")
    found = who_to_call([refusing], TODAY, "anna", config()).held_back[0]
    assert "a mail is possible: post@acme.example" in found.text
    assert held(refusing, "mail") == []
    assert held(refusing, "visit") == []
    assert held(replace(refusing, refused=("alle",)), "letter") == ["refused"]


def notes(summary: Summary, **asked: str) -> tuple[str, ...]:
    return who_to_call([summary], TODAY, "anna", config(), **asked).rows[0].notes  # type: ignore[arg-type]  # owner and way


def test_who_was_passed_over_is_said() -> None:
    away = Absence(TODAY, TODAY + timedelta(days=9), "Urlaub")
    people = (person("Heike", away=away), person("Kai"), person("Jens", left="2020"))
    assert notes(customer("x", next_in=0, people=people)) == (
        "Heike is away until Sun 29 Nov 2026 (Urlaub).",
    )


def test_a_firm_whose_people_are_all_away_is_called_at_its_own_number_or_held_back() -> None:
    people = (person("Heike", away=Absence(TODAY, TODAY)),)
    assert whom(customer("x", next_in=0, people=people)) is None
    assert held(customer("x", next_in=0, people=people, phone="")) == ["away"]


def test_the_colleague_whose_task_it_is_is_named() -> None:
    bens = customer("x", owner="anna", tasks=[task("liefern", due_in=0, whose="ben")])
    assert notes(bens) == ("Ben takes care of it.",)
    assert notes(bens, owner="ben") == ()


def test_a_colleagues_customer_is_on_my_list_for_my_task_alone() -> None:
    mine_too = customer(
        "x", owner="ben", next_in=0, complaint_days=3, tasks=[task("liefern", due_in=0)]
    )
    row = who_to_call([mine_too], TODAY, "anna", config()).rows[0]
    assert [reason.rule for reason in row.reasons] == ["task-due"]


def test_three_tries_in_vain_propose_another_way() -> None:
    tried = [attempt(1), attempt(2), attempt(3)]
    assert notes(customer("two", next_in=0, entries=tried[:2])) == ()
    assert notes(customer("x", next_in=0, entries=tried, email="post@acme.example")) == (
        "3 times in a row without an answer: perhaps a mail to post@acme.example?",
    )
    mails = [mail(number, "to") for number in (6, 7, 8)]
    assert notes(customer("x", next_in=0, entries=mails)) == (
        "3 times in a row without an answer: perhaps a call?",
    )
    assert notes(customer("x", next_in=0, entries=[*tried, touch(4)])) != ()
    assert notes(customer("x", next_in=0, entries=[*tried[:2], mail(3, "from"), *tried[2:]])) == ()


def test_a_journey_goes_by_postcode() -> None:
    north = customer("north", next_in=0, zip="26757")
    east = customer("east", next_in=-5, zip="01067")
    unknown = customer("unknown", next_in=0, complaint_days=1)
    found = who_to_call([unknown, north, east], TODAY, "anna", config(), way="visit")
    assert [row.summary.slug for row in found.rows] == ["east", "north", "unknown"]


def test_every_rule_and_guard_is_explained_with_its_dates() -> None:
    told = explain(customer("x", next_in=3, snoozed_for=9), TODAY, "anna", config())
    states = {one.rule.name: (one.state, one.day) for one in told.rules}
    assert states["next-due"] == ("later", TODAY + timedelta(days=3))
    assert states["complaint-open"] == ("silent", None)
    assert told.guard is not None
    assert told.guard.guard == "snooze"
    assert set(states) == set(RULES)
    lead = explain(customer("x", status="lead"), TODAY, "anna", config())
    assert {one.rule.name: one.state for one in lead.rules}["birthday"] == "status"
    off = explain(customer("x"), TODAY, "", config("[call.rules.sore]\non = false\n"))
    assert {one.rule.name: one.state for one in off.rules}["sore"] == "off"
    bens = explain(customer("x", owner="ben", next_in=0), TODAY, "anna", config())
    assert bens.on_anothers_list
    assert bens.row is None


days = st.integers(min_value=-400, max_value=400)
touches = st.builds(
    lambda ago, kind, side, mood: {
        "talk": touch(ago, mood=mood),
        "mail": mail(ago, side, mood=mood),
        "offer": offer(ago),
        "try": attempt(ago),
    }[kind],
    st.integers(min_value=-60, max_value=90),
    st.sampled_from(["talk", "mail", "offer", "try"]),
    st.sampled_from(["from", "to", ""]),
    st.sampled_from(["", "bad", "good"]),
)
summaries = st.builds(
    lambda entries, silent, step, due, whose, close, complaint, solved, status, every, rest: (
        customer(
            "x",
            entries=entries,
            silent_days=silent,
            next_in=step,
            tasks=[] if due is None else [task("x", due_in=due, whose=whose)],
            deals=[] if close is None else [deal("Winter", close_in=close)],
            products=[] if close is None else [product("R7", -close)],
            complaint_days=complaint,
            solved_days=solved,
            people=[person("Heike", birthday="02-29"), person("Kai", birthday="1970-12-01")],
            snooze=rest,
            anniversary="12-24",
            status=status,
            every=every,
        )
    ),
    st.lists(touches, max_size=4),
    st.none() | days,
    st.none() | days,
    st.none() | days,
    st.sampled_from(["anna", "ben", "customer"]),
    st.none() | days,
    st.none() | st.integers(min_value=-50, max_value=50),
    st.none() | st.integers(min_value=-50, max_value=90),
    st.sampled_from(["", "lead", "prospect", "customer", "supplier", "former"]),
    st.sampled_from(["", "2w", "3m"]),
    st.none()
    | st.builds(
        lambda until, since: Until(TODAY + timedelta(days=until), since=since),
        days,
        st.none() | st.just(TODAY - timedelta(days=20)),
    ),
)


@given(summaries, st.integers(min_value=0, max_value=400))
def test_nobody_is_on_the_list_before_the_day_they_wake(summary: Summary, later: int) -> None:
    day = TODAY + timedelta(days=later)
    first = wakes(summary, TODAY, config())
    if reasons_for(summary, day, config()):
        assert first is not None
        assert first <= day


@given(summaries, st.sampled_from(["talk", "mail"]), st.sampled_from(["good", "bad", ""]))
def test_what_we_did_today_never_raises_a_row(summary: Summary, kind: str, mood: str) -> None:
    ours = touch(0, mood=mood) if kind == "talk" else mail(0, "to", mood=mood)
    after = replace(
        summary,
        entries=tuple(sorted((ours, *summary.entries), key=lambda one: one.date, reverse=True)),
        last_touch=max((ours, *filter(None, [summary.last_touch])), key=lambda one: one.date),
    )
    others = [customer("a", complaint_days=3), customer("b", next_in=0), customer("c", next_in=-9)]

    def rank(one: Summary) -> int:
        rows = who_to_call([*others, one], TODAY, "anna", config(), owner=ALL).rows
        places = [place for place, row in enumerate(rows) if row.summary.slug == "x"]
        return places[0] if places else len(rows) + 1

    assert rank(after) >= rank(summary)


@given(st.lists(summaries, max_size=5), st.randoms())
def test_the_order_is_total_and_whatever_came_first(found: list[Summary], chance: Random) -> None:
    named = [replace(one, slug=f"x{place}", name="Acme") for place, one in enumerate(found)]
    mixed = list(named)
    chance.shuffle(mixed)
    one, other = (who_to_call(many, TODAY, "anna", config(), owner=ALL) for many in (named, mixed))
    assert one == other


@given(summaries, st.sampled_from(sorted(RULES)))
def test_a_rule_switched_off_leaves_the_others_alone(summary: Summary, name: str) -> None:
    off = config(f"[call.rules.{name}]\non = false\n")
    left = [one for one in reasons_for(summary, TODAY, config()) if one.rule != name]
    assert list(reasons_for(summary, TODAY, off)) == left


@given(summaries, st.sampled_from(["anna", "ben", ALL, ""]))
def test_an_explanation_agrees_with_the_list(summary: Summary, owner: str) -> None:
    told = explain(summary, TODAY, "anna", config(), owner=owner)
    found = who_to_call([summary], TODAY, "anna", config(), owner=owner)
    assert [told.row] == (list(found.rows) or [None])
    if told.row:
        speaking = {one.rule.name for one in told.rules if one.state == "speaks"}
        assert {reason.rule for reason in told.row.reasons} <= speaking


@pytest.mark.parametrize("spoken", ["de", "en"])
def test_the_settings_we_begin_with_explain_every_rule_with_its_numbers(spoken: str) -> None:
    text = (Path(crm_md.__file__).parent / "starters" / f"crm.{spoken}.toml").read_text("utf-8")
    live = re.sub(
        r"(?m)^#(\[call\.rules\.|points = |days = |on = )", r"\1", text.replace("{team}", "")
    )
    rules = read_config(live).rules
    assert {name: (one.points, one.days) for name, one in rules.items()} == {
        name: (one.points, one.days) for name, one in RULES.items()
    }


def test_a_rhythm_that_ends_on_a_sunday_speaks_on_monday() -> None:
    ends_on_sunday = customer("x", entries=[touch(-2)], every="2w")  # on Sunday, 22 November
    sunday, monday = date(2026, 12, 6), date(2026, 12, 7)
    assert rules_of(ends_on_sunday, sunday) == []
    assert rules_of(ends_on_sunday, monday) == ["rhythm-passed"]
    assert wakes(ends_on_sunday, date(2026, 11, 23), config()) == monday


def test_a_rhythm_that_ends_before_a_long_weekend_speaks_after_it() -> None:
    easter = customer("x", entries=[touch(0)], every="128d")  # ends on Easter Sunday
    assert wakes(easter, TODAY, config()) == date(2027, 3, 30)


def test_nobody_is_said_to_have_agreed_the_usual_rhythm() -> None:
    usual = reasons_for(customer("x", silent_days=200), TODAY, config())[0]
    own = reasons_for(customer("x", silent_days=200, every="6w"), TODAY, config())[0]
    of_segment = reasons_for(customer("x", silent_days=200, segment="A"), TODAY, config())[0]
    assert "usual is every 26 weeks" in usual.text
    assert "agreed is every 6 weeks" in own.text
    assert "agreed is every 4 weeks" in of_segment.text
