"""A summary holds what lists need of a customer, whatever the day."""

from __future__ import annotations

from datetime import date

import pytest

from crm_md.config import default_config
from crm_md.document import Document, open_complaints, summarise
from crm_md.model import Person, Summary

CONFIG = default_config("de")
HEAD = (
    "---\nname: Acme\ncontacts:\n  - name: Heike Petersen\n    role: Chefin\n    phone: [1, 2]\n"
    "---\n"
)


def summary(*entries: str, head: str = HEAD) -> Summary:
    text = head + "## Verlauf\n" + "".join(f"### {entry}\n" for entry in entries)
    document = Document.read(text.encode(), "customers/acme.md", CONFIG)
    return summarise(document.customer, CONFIG)


def complaints(*entries: str) -> list[str]:
    return [touch.gist for touch in summary(*entries).complaints]


def test_a_summary_tells_who_it_is_and_how_to_reach_them() -> None:
    found = summary(
        head="---\nname: Acme\nstatus: Kunde\nsegment: A\nowner: anna\ntags: [mode]\n"
        "phone: [9, 8]\n"
        "email: a@example.com\nreach: früh\naddress: {zip: 26757, city: Borkum}\nevery: 6w\n"
        "snooze: 2027-01-01\nconsent: {mail: nein, phone: ja}\nanniversary: 2001-05\n---\n"
        "## Gemeinsames\n- a\n- b\n- c\n- d\n"
    )
    assert (found.slug, found.path, found.name) == ("acme", "customers/acme.md", "Acme")
    assert (found.status, found.segment, found.owner, found.tags) == (
        "customer",
        "A",
        "anna",
        ("mode",),
    )
    assert (found.zip, found.city, found.phone, found.email) == (
        "26757",
        "Borkum",
        "9",
        "a@example.com",
    )
    assert (found.reach, found.every, found.refused) == ("früh", "6w", ("mail",))
    assert (found.anniversary, found.common) == ("2001-05", ("a", "b", "c"))
    assert found.snooze is not None


def test_people_come_with_their_first_phone() -> None:
    assert summary().people == (Person("Heike Petersen", phone="1", role="Chefin"),)


def test_a_private_person_is_their_own_single_person() -> None:
    found = summary(
        head="---\nname: Erika Muster\nphone: 1\nbirthday: 03-12\naddress_as: Du\n---\n"
    )
    assert found.people == (Person("Erika Muster", phone="1", birthday="03-12", address_as="Du"),)


def test_the_last_ten_entries_are_kept_future_ones_included() -> None:
    found = summary(*(f"{year}-01-01 Anruf: {year}" for year in range(2010, 2031)))
    assert [touch.date.year for touch in found.entries] == list(range(2030, 2020, -1))


def test_the_last_touch_of_each_side_is_kept_however_old() -> None:
    notes = [f"2026-01-{day:02} Notiz: x" for day in range(1, 15)]
    found = summary(
        *notes,
        "2020-03-01 Mail von Heike: ja",
        "2020-02-01 Angebot: Naht",
        "2020-01-01 Anruf: Naht",
    )
    assert found.last_touch is not None
    assert (found.last_touch.date, found.last_touch.kind) == (date(2020, 3, 1), "mail")
    assert found.last_theirs == found.last_touch
    assert found.last_ours is not None
    assert found.last_ours.kind == "offer"


def test_a_talk_is_of_both_and_an_attempt_of_nobody() -> None:
    found = summary("2026-02-01 Anruf an Heike: nicht erreicht", "2026-01-01 Anruf mit Heike")
    assert found.last_touch == found.last_theirs == found.last_ours == found.entries[1]
    assert found.entries[0].attempt


def test_where_the_only_touch_of_ten_may_lie_ahead_the_one_before_is_kept_too() -> None:
    notes = [f"2026-01-{day:02} Notiz: x" for day in range(1, 12)]
    found = summary("2030-01-01 Treffen mit Heike", *notes, "2020-01-01 Anruf", "2019-01-01 Anruf")
    assert len(found.entries) == 11
    assert found.entries[-1].date == date(2020, 1, 1)
    assert found.last_touch == found.entries[0]


def test_the_last_mood_is_the_newest_that_is_known() -> None:
    found = summary(
        "2026-03-01 Anruf\n- Stimmung:: komisch",
        "2026-02-01 Anruf\n- Stimmung:: sauer",
        "2026-01-01 Anruf\n- Stimmung:: gut",
    )
    assert found.last_mood is not None
    assert (found.last_mood.mood, found.last_mood.date) == ("bad", date(2026, 2, 1))


def test_people_in_touches_bear_the_name_of_the_head() -> None:
    found = summary("2026-01-01 Anruf mit Heike, Herrn Ott: x")
    assert found.entries[0].people == ("Heike Petersen", "Herrn Ott")


def test_only_open_tasks_are_kept() -> None:
    found = summary("2026-01-01 Anruf\n- [ ] a\n- [x] b\n- [-] c")
    assert [task.text for task in found.tasks] == ["a"]


def test_a_long_gist_is_cut() -> None:
    found = summary("2026-01-01 Notiz\n\n" + "Wort " * 100)
    assert len(found.entries[0].gist) == 160
    assert found.entries[0].gist.endswith("…")


def test_a_complaint_is_open_until_it_is_solved() -> None:
    assert complaints("2026-01-01 Reklamation: Naht") == ["Naht"]
    assert complaints("2026-01-01 Reklamation: Naht\n\ngelöst:: 2026-01-02 neu genäht") == []
    assert complaints("2026-01-01 Reklamation: Naht\n\ngelöst::") == ["Naht"]


@pytest.mark.parametrize("day", ["2026-01-01", "2026-01-01 08:00", "2026-03-01"])
def test_a_later_solution_closes_the_only_open_one(day: str) -> None:
    assert (
        complaints(f"{day} Reklamation: gelöst, Gutschrift", "2026-01-01 Reklamation: Naht") == []
    )


def test_a_solution_closes_neither_of_two_and_no_later_one() -> None:
    solution = "2026-02-01 Reklamation: gelöst"
    one, other = "2026-01-01 Reklamation: Naht", "2026-01-02 Reklamation: Farbe"
    assert complaints(solution, one, other) == ["Naht", "Farbe"]
    assert complaints(solution, one, "2026-03-01 Reklamation: Farbe") == ["Farbe"]
    assert complaints(solution, one, f"{other}\n\ngelöst:: ja") == []


def test_a_solution_is_no_complaint_itself() -> None:
    assert complaints("2026-01-01 Reklamation: gelöst") == []
    document = Document.read(b"## 2026-01-01 Anruf\n", "a.md", CONFIG)
    assert open_complaints(document.customer.entries) == []
