"""Who to call today: each rule fires, keeps silent, and knows its edge day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_md.agenda import ALL, RULES, reasons_for, wakes, who_to_call
from crm_md.model import Absence, Summary, Until
from tests.builders import TODAY, config, customer, person, task, touch


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
        (customer("theirs", tasks=[task("liefern", due_in=-9, whose="customer")]), []),
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


days = st.integers(min_value=-400, max_value=400)
summaries = st.builds(
    lambda silent, step, due, status, every: customer(
        "x",
        silent_days=silent,
        next_in=step,
        tasks=[] if due is None else [task("x", due_in=due)],
        status=status,
        every=every,
    ),
    st.none() | days,
    st.none() | days,
    st.none() | days,
    st.sampled_from(["", "lead", "customer", "former"]),
    st.sampled_from(["", "2w", "3m"]),
)


@given(summaries, st.integers(min_value=0, max_value=400))
def test_nobody_is_on_the_list_before_the_day_they_wake(summary: Summary, later: int) -> None:
    day = TODAY + timedelta(days=later)
    first = wakes(summary, TODAY, config())
    if reasons_for(summary, day, config()):
        assert first is not None
        assert first <= day
