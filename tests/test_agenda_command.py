"""``crm agenda``: what the coming days bring, whose it is, and the calendar made of it."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject

from crm_md.agenda import ALL
from crm_md.document import summarise
from crm_md.model import Absence, Deal, Person, Product, Summary, Until
from crm_md.questions.coming_days import coming_days, falls_to
from crm_md.questions.what_comes import Coming, what_comes
from tests.books import NOW, Book
from tests.builders import TODAY, customer, person, task, touch

SAMPLES = Path(__file__).parents[1] / "customers"
FORTNIGHT = TODAY + timedelta(days=13)


def comes(summary: Summary, *, days: int = 14) -> list[Coming]:
    return what_comes([summary], TODAY, TODAY + timedelta(days=days - 1), TODAY)


def kinds(summary: Summary) -> list[tuple[str, int]]:
    return [(one.kind, (one.day - TODAY).days) for one in comes(summary)]


# What is on it


def test_the_next_step_is_on_its_day() -> None:
    assert kinds(customer("acme", next_in=3)) == [("next", 3)]


def test_what_lies_behind_the_last_day_is_left_out() -> None:
    assert kinds(customer("acme", next_in=13)) == [("next", 13)]
    assert kinds(customer("acme", next_in=14)) == []


def test_our_promises_and_theirs_are_told_apart() -> None:
    ours, theirs = task("Muster", due_in=1), task("Fotos", due_in=2, whose="customer")
    found = comes(customer("acme", tasks=[theirs, ours], owner="ben"))
    assert [(one.kind, one.text, one.whose) for one in found] == [
        ("task", "Muster", "anna"),
        ("owed", "Fotos", "ben"),
    ]


def test_a_task_without_a_day_is_on_no_day() -> None:
    assert kinds(customer("acme", tasks=[task("irgendwann")])) == []


def test_overdue_things_are_kept_but_no_birthday_that_is_over() -> None:
    summary = customer(
        "acme",
        next_in=-3,
        tasks=[task("Muster", due_in=-1)],
        deals=(Deal("Winter", stage="offered", close=TODAY - timedelta(days=5)),),
        products=(Product("R7", service_due=TODAY - timedelta(days=9)),),
        people=(person("Heike", birthday="11-19"),),
        entries=(touch(1),),
    )
    assert kinds(summary) == [("service", -9), ("deal", -5), ("next", -3), ("task", -1)]


def test_won_and_lost_deals_close_no_more() -> None:
    deals = tuple(
        Deal(stage, stage=stage, close=TODAY) for stage in ("won", "lost", "idea", "talking", "")
    )
    assert [one.text for one in comes(customer("acme", deals=deals))] == ["", "idea", "talking"]


@pytest.mark.parametrize(
    ("written", "day", "years"),
    [
        ("1966-11-25", date(2026, 11, 25), 60),
        ("25.11.1966", date(2026, 11, 25), 60),
        ("11-20", TODAY, None),
        ("12-03", FORTNIGHT, None),
    ],
)
def test_a_birthday_is_told_with_the_age_if_the_year_is_known(
    written: str, day: date, years: int | None
) -> None:
    (one,) = comes(customer("acme", people=(person("Heike", birthday=written),)))
    assert (one.kind, one.day, one.person, one.years) == ("birthday", day, "Heike", years)


@pytest.mark.parametrize("written", ["1966", "1966-11", "bald", "30.2.", "2026-11-25"])
def test_what_is_no_day_of_the_year_is_no_birthday(written: str) -> None:
    assert comes(customer("acme", people=(person("Heike", birthday=written),))) == []


def test_a_birthday_on_29_february_is_kept_on_the_28th() -> None:
    summary = customer("acme", people=(person("Heike", birthday="02-29"),))
    found = what_comes([summary], TODAY, date(2028, 12, 31), TODAY)
    assert [one.day for one in found] == [date(2027, 2, 28), date(2028, 2, 29)]


def test_who_has_left_is_congratulated_no_more() -> None:
    def found(left: str) -> list[Coming]:
        return comes(customer("acme", people=(person("Heike", birthday="11-25", left=left),)))

    assert found("2026-03") == found("ja") == []
    assert len(found("2026-12")) == 1


def test_a_private_person_has_one_birthday() -> None:
    private = Person("Renate", birthday="1948-11-25")
    assert len(comes(customer("renate", people=(private,), birthday="1948-11-25"))) == 1


def test_an_anniversary_counts_its_years() -> None:
    (one,) = comes(customer("acme", anniversary="2001-12-01"))
    assert (one.kind, one.years) == ("anniversary", 25)


def test_a_visit_dated_ahead_is_planned_and_a_note_of_today_is_not() -> None:
    entries = (
        touch(-4, kind="visit", gist="Kollektion", people=("Heike",)),
        touch(0, kind="note", touch="none", gist="Notiz"),
        touch(0, kind="meeting", gist="Treffen"),
        touch(1, gist="gestern"),
    )
    found = comes(customer("acme", entries=entries))
    assert [(one.text, one.about) for one in found] == [
        ("Treffen", "meeting"),
        ("Kollektion", "visit"),
    ]


def test_former_customers_bring_only_what_was_agreed_after_all() -> None:
    promises = [task("Altes", due_in=2)]  # said three days ago
    born = (person("Heike", birthday="11-25"),)

    def left(**fields: Any) -> list[tuple[str, int]]:
        return kinds(customer("acme", status="declined", tasks=promises, people=born, **fields))

    assert left(entries=(touch(1),), next_in=5) == [("next", 5)]
    assert left(entries=(touch(3),)) == [("task", 2)]


def test_who_rests_or_wants_no_contact_is_told_beside_it() -> None:
    assert comes(customer("acme", next_in=3))[0].against == ""
    assert "rests until" in comes(customer("acme", next_in=3, snoozed_for=4))[0].against
    assert comes(customer("acme", next_in=3, snoozed_for=3))[0].against == ""


def test_quiet_that_ended_when_they_wrote_is_told_no_more() -> None:
    quiet = Until(TODAY + timedelta(days=9), "bittet um Ruhe", since=TODAY - timedelta(days=5))
    wrote = touch(2, kind="mail", touch="written", direction="from")
    assert "rests until" in comes(customer("acme", next_in=3, snooze=quiet))[0].against
    assert comes(customer("acme", next_in=3, snooze=quiet, entries=(wrote,)))[0].against == ""


def test_who_is_away_on_the_day_of_the_visit_is_told_beside_it() -> None:
    away = Absence(TODAY + timedelta(days=2), TODAY + timedelta(days=5), "Urlaub")
    heike = person("Heike", away=away)

    def against(days: int) -> str:
        visit = touch(-days, kind="visit", people=("Heike",))
        return comes(customer("acme", people=(heike,), entries=(visit,)))[0].against

    assert against(1) == against(6) == ""
    assert against(2) == "Heike is away until Wed 25 Nov 2026 (Urlaub)."


def test_the_order_is_that_of_days_and_total() -> None:
    many = [customer(slug, next_in=2, tasks=[task("x", due_in=1)]) for slug in ("c", "a", "b")]
    forth = what_comes(many, TODAY, FORTNIGHT, TODAY)
    back = what_comes(reversed(many), TODAY, FORTNIGHT, TODAY)
    assert forth == back
    assert [one.summary.slug for one in forth] == ["a", "b", "c", "a", "b", "c"]


def test_two_promises_of_the_same_words_are_two() -> None:
    found = comes(customer("acme", tasks=[task("Muster", due_in=1), task("Muster", due_in=2)]))
    assert len({one.key for one in found}) == 2


# Whose it is


@pytest.mark.parametrize(
    ("owner", "wanted", "mine"),
    [
        ("anna", "", True),
        ("", "", True),
        ("ben", "", False),
        ("ben", "ben", True),
        ("", "ben", False),
        ("ben", "nobody", False),
        ("", "nobody", True),
        ("ben", ALL, True),
    ],
)
def test_mine_is_what_i_look_after_and_what_nobody_does(
    owner: str, wanted: str, mine: bool
) -> None:
    (one,) = comes(customer("acme", owner=owner, next_in=1))
    assert falls_to(one, "anna", wanted) is mine


def test_a_task_of_mine_at_a_colleagues_customer_is_mine() -> None:
    (one,) = comes(customer("acme", owner="ben", tasks=[task("Muster", due_in=1)]))
    assert falls_to(one, "anna", "")
    assert falls_to(one, "ben", "")
    assert not falls_to(one, "clara", "")


# The command


def test_the_agenda_goes_by_day_with_what_is_overdue_first(book: Book) -> None:
    book("set", "petersen", "contacts.kai.birthday", "1990-11-22")
    answer = book("agenda")
    code = book("--json", "agenda").json[0]["code"]
    assert answer.code == 0
    assert answer.out == (
        "Overdue\n"
        "    Thu 19 Nov 2026 (yesterday)  Modehaus Petersen GmbH & Co. KG  Ersatz schicken  (ben)"
        f"  {code}\n"
        "Sun 22 Nov 2026 (in 2 days)\n"
        "    Modehaus Petersen GmbH & Co. KG  Kai Petersen turns 36  (anna)\n"
        "Tue 1 Dec 2026 (in 11 days)\n"
        "    Modehaus Petersen GmbH & Co. KG  Angebot nachfassen  (anna)\n"
    )


def test_the_agenda_speaks_german(book: Book) -> None:
    book("set", "petersen", "contacts.kai.birthday", "1990-11-22")
    answer = book("termine", "--tage", "3", language="de")
    assert answer.out.startswith("Überfällig\n    Do 19.11.2026 (gestern)  Modehaus")
    assert "Kai Petersen wird 36" in answer.out


def test_the_code_beside_a_task_ticks_it(book: Book) -> None:
    code = book("--json", "agenda").json[0]["code"]
    assert book("done", code).code == 0
    assert [row["what"] for row in book("--json", "agenda").json] == ["next"]


def test_json_is_an_array_with_stable_keys(book: Book) -> None:
    rows = book("--json", "agenda").json
    assert rows[0].pop("code")
    assert rows[0] == {
        "date": "2026-11-19",
        "time": None,
        "what": "task",
        "overdue": True,
        "slug": "modehaus-petersen",
        "name": "Modehaus Petersen GmbH & Co. KG",
        "text": "Ersatz schicken",
        "about": None,
        "person": None,
        "years": None,
        "whose": "ben",
        "against": None,
    }
    assert [row["what"] for row in rows] == ["task", "next"]


def test_days_without_anything_are_said_and_exit_with_1(book: Book) -> None:
    answer = book("agenda", "--from", "2027-03-01", "--days", "7")
    assert answer.code == 1
    assert answer.out == ""
    assert "Nothing from Mon 1 Mar 2027 to Sun 7 Mar 2027." in answer.err
    assert book("--json", "agenda", "--from", "2027-03-01").json == []


def test_another_day_shows_its_days_without_what_is_overdue_now(book: Book) -> None:
    rows = book("--json", "agenda", "--from", "1.12.", "--days", "1").json
    assert [row["what"] for row in rows] == ["next"]


def test_a_visit_of_today_is_shown_until_its_time_has_come(book: Book) -> None:
    text = book.read("customers/strandhotel-vierjahreszeiten.md")
    book.write(
        "customers/strandhotel-vierjahreszeiten.md",
        text + "\n### 2026-11-20 16:00 Besuch: Markise (ben)\n",
        "planned",
    )
    shown = book("agenda", "--owner", "ben")
    assert "    16:00  Strandhotel Vierjahreszeiten  Visit: Markise  (ben)\n" in shown.out
    later = book("agenda", "--owner", "ben", now=datetime(2026, 11, 20, 16, 0))
    assert "Markise" not in later.out
    kept = book("agenda", "--owner", "ben", "--ics", now=datetime(2026, 11, 20, 18, 0))
    assert "Markise" in kept.out


def test_more_than_ten_plans_are_all_on_the_agenda(book: Book) -> None:
    days = [date(2026, 11, 23) + timedelta(days=place) for place in range(12)]
    plans = "".join(f"### {day} Besuch: Tag {day.day}\n\n" for day in reversed(days))
    book.write("customers/weg.md", f"---\nname: Weg\nowner: anna\n---\n\n## Verlauf\n\n{plans}")
    rows = book("--json", "agenda").json
    assert [row["date"] for row in rows if row["slug"] == "weg"] == [
        day.isoformat() for day in days if day <= date(2026, 12, 3)
    ]


def test_escape_sequences_of_a_file_never_reach_the_terminal(book: Book) -> None:
    head = '---\nname: "Bö\\e[31mse"\nnext: "2026-11-21 an\\e]0;x\\arufen"\n---\n'
    book.write("customers/boese.md", head)
    shown = book("agenda").out
    assert "\x1b" not in shown
    assert "\x07" not in shown


# The calendar


def test_the_calendar_is_read_by_two_parsers_and_says_the_same(book: Book) -> None:
    data = book("agenda", "--ics").out.encode("utf-8")
    first = [str(one["SUMMARY"]) for one in icalendar.Calendar.from_ical(data).walk("VEVENT")]
    second = [one.summary.value for one in vobject.readOne(data.decode("utf-8")).vevent_list]
    assert (
        first
        == second
        == [
            "Modehaus Petersen GmbH & Co. KG: Ersatz schicken",
            "Modehaus Petersen GmbH & Co. KG: Angebot nachfassen",
        ]
    )


def test_the_calendar_is_whose_it_is(book: Book) -> None:
    assert "X-WR-CALNAME:Customers (Anna Krüger)\r\n" in book("agenda", "--ics").out
    assert "X-WR-CALNAME:Customers\r\n" in book("agenda", "--ics", "--owner", "all").out


def test_the_calendar_of_a_store_and_day_is_always_the_same(book: Book) -> None:
    early = book("agenda", "--ics", now=NOW)
    assert book("agenda", "--ics", now=NOW.replace(hour=22)).out == early.out


def test_a_calendar_looks_a_year_ahead(book: Book) -> None:
    book("set", "petersen", "contacts.kai.birthday", "1990-11-19")
    assert "Kai Petersen turns 37" in book("agenda", "--ics").out.replace("\r\n ", "")
    assert "Kai Petersen" not in book("agenda").out


def test_an_event_keeps_its_identity_when_its_day_moves(book: Book) -> None:
    def identity() -> str:
        events = icalendar.Calendar.from_ical(book("agenda", "--ics").out).walk("VEVENT")
        return next(str(one["UID"]) for one in events if "nachfassen" in one["SUMMARY"])

    before = identity()
    book("set", "petersen", "next", "2026-12-07 Angebot nachfassen")
    assert identity() == before


def test_the_calendar_goes_into_a_file_whole(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "share" / "agenda.ics"
    file.parent.mkdir()
    answer = book("agenda", "--ics", "--output", str(file))
    assert (answer.code, answer.out) == (0, "")
    assert file.read_bytes() == book("agenda", "--ics").out.encode("utf-8")
    assert [one.name for one in file.parent.iterdir()] == ["agenda.ics"]


def test_a_calendar_that_cannot_be_written_leaves_the_old_one(book: Book, tmp_path: Path) -> None:
    folder = tmp_path / "agenda.ics"
    folder.mkdir()
    answer = book("agenda", "--ics", "--output", str(folder))
    assert answer.code == 32
    assert "could not be written" in answer.err
    assert list(tmp_path.glob("*.ics")) == [folder]


@pytest.mark.parametrize(
    "path", ["customers/modehaus-petersen.md", "customers/neu.ics", "crm.toml", ".git/config"]
)
def test_what_the_store_is_made_of_is_never_taken_for_a_calendar(book: Book, path: str) -> None:
    book("where")  # the first command in a clone tells Git of our drivers
    file = book.root / path
    before = file.read_bytes() if file.exists() else None
    answer = book("agenda", "--ics", "--output", str(file))
    assert answer.code == 2
    assert "what the store is made of" in answer.err
    assert (file.read_bytes() if file.exists() else None) == before


def test_a_day_alone_asks_for_that_day(book: Book) -> None:
    told = book("agenda", "1.12.").out
    assert "Tue 1 Dec 2026" in told and "Angebot nachfassen" in told
    assert "Angebot nachfassen" not in book("agenda", "morgen").out
    assert book("agenda", "morgen", "--from", "montag").code == 2


def test_an_output_without_a_calendar_is_refused(book: Book, tmp_path: Path) -> None:
    answer = book("agenda", "--output", str(tmp_path / "agenda.txt"))
    assert answer.code == 2
    assert "--ics" in answer.err


def test_a_program_asks_the_same(book: Book) -> None:
    with book.open() as crm:
        answer = coming_days(crm, days=3)
    assert [one.text for one in answer.overdue] == ["Ersatz schicken"]
    assert answer.coming == ()
    assert (answer.first, answer.last) == (date(2026, 11, 20), date(2026, 11, 22))


def test_the_catalogue_and_the_files_bring_the_same(book: Book) -> None:
    shutil.copytree(SAMPLES, book.root / "customers", dirs_exist_ok=True)
    last = date(2027, 11, 20)
    with book.open() as crm:
        known = crm.catalogue.summaries()
        read = [summarise(crm.read(one.path).customer, crm.config) for one in known]
        from_catalogue = what_comes(known, TODAY, last, TODAY)
        assert from_catalogue == what_comes(read, TODAY, last, TODAY)
    assert {one.kind for one in from_catalogue} >= {"next", "task", "owed", "service", "birthday"}


def test_a_day_without_anything_is_one_day(book: Book) -> None:
    said = book("termine", "25.11.2026", language="de").both
    assert "Nichts am Mi 25.11.2026." in said
