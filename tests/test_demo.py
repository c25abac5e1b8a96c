"""``crm demo``: the sample book told so that it ends today, with a past that Git believes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md import history, store
from crm_md.cli.session import default_store
from crm_md.config import Config, read_config
from crm_md.crm import open_store
from crm_md.document import Document
from crm_md.model import Customer
from crm_md.records.moving import moved, moved_customer
from crm_md.records.retelling import Chapter, chapters
from crm_md.records.sample import make_demo, moved_book
from tests.books import Book
from tests.repositories import git, repository

ROOT = Path(__file__).parents[1]
END = date(2026, 11, 20)
NOW = datetime(2027, 3, 14, 9, 30)  # summer time, other months and weekdays than in the book
DAYS = (NOW.date() - END).days


@cache
def book_files() -> dict[str, str]:
    return {
        f"customers/{file.name}": file.read_bytes().decode("utf-8")
        for file in sorted((ROOT / "customers").glob("*.md"))
    }


@cache
def config() -> Config:
    return read_config((ROOT / "crm.toml").read_text("utf-8"))


def read(text: str | bytes, path: str = "customers/x.md") -> Customer:
    data = text.encode("utf-8") if isinstance(text, str) else text
    return Document.read(data, path, config()).customer


@cache
def told(path: str) -> tuple[Chapter, ...]:
    document = Document.read(book_files()[path].encode("utf-8"), path, config())
    return tuple(chapters(document, config()))


def petersen(day: str) -> Customer:
    """Return Petersen as the file stood at the end of a day."""
    path = "customers/modehaus-petersen.md"
    found = [one for one in told(path) if one.when.date() <= date.fromisoformat(day)]
    return read(found[-1].data, path)


def dates(value: object) -> Iterator[date]:
    """Yield every date among the values of a customer, in the order of its fields."""
    if isinstance(value, datetime | date):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from dates(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("findings", "sections"):
                yield from dates(getattr(value, field.name))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sample store; who changes it takes a copy."""
    return make_demo(tmp_path_factory.mktemp("demo") / "crm-demo", NOW).root


@pytest.fixture
def sample(made: Path, tmp_path: Path) -> Book:
    """Return a sample store of the test's own."""
    return Book(Path(shutil.copytree(made, tmp_path / "crm-demo", symlinks=True)))


# Dates that move


@given(st.integers(-3000, 3000))
@settings(max_examples=12, deadline=None)
def test_every_date_that_the_program_reads_is_moved_by_as_many_days(days: int) -> None:
    for path, text in book_files().items():
        before, after = read(text, path), read(moved_customer(text, days, END), path)
        assert list(dates(after)) == [day + timedelta(days) for day in dates(before)], path


def test_moving_by_nothing_changes_nothing() -> None:
    for text in book_files().values():
        assert moved_customer(text, 0, END) == text


@given(st.integers(1, 3000))
@settings(max_examples=12, deadline=None)
def test_only_digits_of_dates_change(days: int) -> None:
    for text in book_files().values():
        after = moved_customer(text, days, END)
        assert re.sub(r"\d", "0", after) == re.sub(r"\d", "0", text)
        for one, other in zip(text.split("\n"), after.split("\n"), strict=True):
            assert one == other or re.search(r"\d{4}-\d\d|\d\d-\d\d|\d\.\d{4}", one), one


@pytest.mark.parametrize(
    ("text", "days", "result"),
    [
        ("due:2026-11-24 @ben", 7, "due:2026-12-01 @ben"),
        ("📅 2026-12-31", 1, "📅 2027-01-01"),
        ("[due:: 2028-02-28]", 1, "[due:: 2028-02-29]"),
        ("### 17.03.2020 Auftrag", 15, "### 01.04.2020 Auftrag"),
        ("am 1.4.2020.", -1, "am 31.3.2020."),
        ("2026-12-21 bis 2027-01-06 Urlaub", 10, "2026-12-31 bis 2027-01-16 Urlaub"),
        ("gelöst:: 2026-10-05 Ersatz", -5, "gelöst:: 2026-09-30 Ersatz"),
        ("2026-02-30", 1, "2026-02-30"),
        ("seit 2019, KW 12, 20.11.", 40, "seit 2019, KW 12, 20.11."),
        ("+49 4922 2026-11-20-7", 40, "+49 4922 2026-11-20-7"),
        ("IBAN 12026-11-201", 40, "IBAN 12026-11-201"),
    ],
)
def test_a_date_is_moved_in_the_writing_it_has(text: str, days: int, result: str) -> None:
    assert moved(text, days) == result


@pytest.mark.parametrize(
    ("line", "days", "result"),
    [
        ("since: 2019-04", 40, "since: 2019-05"),
        ("seit: 2019-12", 40, "seit: 2020-01"),
        ("since: 2019", 40, "since: 2019"),
        ("since: 2019", 300, "since: 2020"),
        ("since: 2019-04-09", 40, "since: 2019-05-19"),
        ("left: 2023-13", 40, "left: 2023-13"),
        ("- name: since: 2019-04", 40, "- name: since: 2019-04"),
        ("goal: alles bis 2027", 400, "goal: alles bis 2027"),
        ('zip: "26757"', 400, 'zip: "26757"'),
        ("phone: 04922 9300-0", 400, "phone: 04922 9300-0"),
        ("close: 2027-01-31", 1, "close: 2027-02-01"),
        ("birthday: 1966-12-01", 40, "birthday: 1967-01-10"),
        ("  Geburtstag: 12-01", 40, "  Geburtstag: 01-10"),
        ("birthday: 1966-03-12", -40, "birthday: 1966-01-31"),
        ("anniversary: 1961-05-04", 366, "anniversary: 1962-05-04"),
        ("birthday: 1972-02-29", 1, "birthday: 1972-03-01"),
        ("birthday: 1971-02-28", 366, "birthday: 1972-02-29"),
        ("birthday: 1970-02-28", 366, "birthday: 1971-02-28"),
        ("birthday: 13-45", 40, "birthday: 13-45"),
    ],
)
def test_a_line_of_the_head_is_moved_as_its_field_wants_it(
    line: str, days: int, result: str
) -> None:
    text = f"---\nname: X\n{line}\n---\n"
    assert moved_customer(text, days, END) == f"---\nname: X\n{result}\n---\n"


@given(st.dates(date(1930, 1, 1), date(2000, 12, 31)), st.integers(-1500, 1500))
@settings(max_examples=100, deadline=None)
def test_a_birthday_stays_as_near_to_the_end_as_it_was_at_the_same_age(
    born: date, days: int
) -> None:
    def nearest(birthday: date, end: date) -> tuple[int, int]:
        found = []
        for year in (end.year - 1, end.year, end.year + 1):
            leap = (birthday.month, birthday.day) == (2, 29)
            that_year = birthday.replace(year=year, day=28 if leap else birthday.day)
            found.append((abs(that_year - end), (that_year - end).days, year - birthday.year))
        return min(found)[1:]

    after = moved_customer(f"---\nbirthday: {born}\n---\n", days, END)
    (distance, age), (new_distance, new_age) = (
        nearest(born, END),
        nearest(date.fromisoformat(after.split("\n")[1][10:]), END + timedelta(days)),
    )
    near_half_a_year = abs(distance) > 178  # there the other birthday may become the nearer one
    assert near_half_a_year or (abs(new_distance - distance) <= 1 and new_age == age)


def test_the_moved_book_ends_on_the_day() -> None:
    for day in (date(2026, 11, 20), date(2024, 2, 29), date(2031, 1, 1)):
        files = moved_book(day)
        entries = [
            entry.date
            for path, data in files.items()
            if store.is_customer_path(path)
            for entry in read(data, path).entries
        ]
        assert max(entries) == day
        left = read_config(files["crm.toml"].decode("utf-8")).team["heiko"].left
        assert date.fromisoformat(left) - date(2022, 12, 31) == day - END


# How each file came to be


@pytest.mark.parametrize("path", sorted(book_files()))
def test_the_last_chapter_is_the_file_and_each_changes_it(path: str) -> None:
    story = told(path)
    assert story[-1].data.decode("utf-8") == book_files()[path]
    texts = [chapter.data for chapter in story]
    assert all(one != other for one, other in pairwise(texts))
    moments = [chapter.when for chapter in story]
    assert moments == sorted(set(moments))


@pytest.mark.parametrize("path", sorted(book_files()))
def test_every_entry_is_added_by_its_author_on_its_day(path: str) -> None:
    first, *story = told(path)
    assert (first.verb, read(first.data, path).entries) == ("new", ())
    known: tuple[Any, ...] = ()
    for chapter in story:
        entries = read(chapter.data, path).entries
        new = [one for one in entries if (one.date, one.subject, one.kind_word) not in known]
        if chapter.verb == "log":
            (entry,) = new
            assert (entry.date, entry.author) == (chapter.when.date(), chapter.author)
            assert entry.time is None or entry.time == chapter.when.time()
            assert entry.subject in chapter.message
        else:
            assert (chapter.verb, new) == ("save", [])
        known = tuple((one.date, one.subject, one.kind_word) for one in entries)


@pytest.mark.parametrize("path", sorted(book_files()))
def test_no_earlier_state_is_less_sound_than_the_last(path: str) -> None:
    sound = {finding.check for finding in read(book_files()[path], path).findings}
    for chapter in told(path):
        assert {finding.check for finding in read(chapter.data, path).findings} <= sound
        assert b"\n\n\n" not in chapter.data
        assert chapter.data.endswith(b"\n")
        assert not chapter.data.endswith(b"\n\n")


def test_a_promise_is_open_until_it_was_kept() -> None:
    def state(day: str) -> tuple[str, date | None]:
        found = (one for one in petersen(day).tasks if "Muster mit großem" in one.text)
        return next((one.state, one.done_on) for one in found)

    assert state("2026-08-27") == ("open", None)
    assert state("2026-08-28") == ("done", date(2026, 8, 28))


def test_a_complaint_is_open_until_it_was_solved() -> None:
    def solved(day: str) -> str:
        return petersen(day).entries[0].fact("solved")

    assert solved("2026-10-04") == ""
    assert solved("2026-10-05").startswith("2026-10-05")


def test_the_head_knows_nothing_of_what_was_to_come() -> None:
    early = petersen("2023-01-01")
    assert [product.name for product in early.products] == [
        "Reißverschluss-Serie R7",
        "Sonnensegel Ladeneingang",
    ]
    assert (early.deals, early.consents, early.next) == ((), (), None)
    assert [person.left for person in early.contacts] == ["", "", ""]
    later = petersen("2025-01-02")
    assert [deal.stage for deal in later.deals] == ["lost"]
    assert len(later.consents) == 1
    assert later.contacts[2].left == "2023-09"
    assert petersen("2026-11-20").next is not None


def test_a_refusal_is_known_from_its_day_on() -> None:
    path = "customers/autohaus-quittenbaum.md"
    states = [(one.when.date(), read(one.data, path).do_not_contact) for one in told(path)]
    for day, refusal in states:
        assert (refusal is not None) == (day >= date(2026, 3, 3))


# The store


def test_the_work_tree_is_the_moved_book_byte_for_byte(made: Path) -> None:
    files = {
        file.relative_to(made).as_posix(): file.read_bytes()
        for file in made.rglob("*")
        if file.is_file() and not {".git", ".crm"} & set(file.relative_to(made).parts)
    }
    assert files == moved_book(NOW.date())
    assert len(files) >= 30


def test_git_finds_nothing_to_complain_about(made: Path) -> None:
    assert not git(made, "status", "--porcelain", "--untracked-files=all")
    assert git(made, "fsck", "--strict", "--full") == ""
    assert git(made, "branch", "--show-current") == "main\n"


def test_the_history_is_told_by_the_team_in_order(made: Path) -> None:
    lines = git(made, "log", "--reverse", "--format=%at|%ct|%an|%cn").split("\n")[:-1]
    rows = [line.split("|") for line in lines]
    assert len(rows) > 350
    assert [int(row[0]) for row in rows] == sorted(int(row[0]) for row in rows)
    assert all(author == committer for _a, _c, author, committer in rows)
    assert {row[2] for row in rows} == {
        "Anna Krüger", "Ben Okafor", "Clara Wiegand", "David Meinders", "Heiko Tjarks",
    }  # fmt: skip
    assert datetime.fromtimestamp(int(rows[-1][0])) <= NOW


def test_nobody_writes_after_leaving(made: Path) -> None:
    left = read_config((made / "crm.toml").read_text("utf-8")).team["heiko"].left
    days = git(made, "log", "--author=Heiko", "--format=%as").split()
    assert max(days) <= left


def test_every_commit_is_an_action_of_its_own(made: Path) -> None:
    trailers = git(made, "log", "--format=%(trailers:key=Crm-Action,valueonly,separator=)")
    actions = trailers.split("\n")[:-1]
    assert all(re.fullmatch(r"(init|new|log|save) [a-z2-9]{6}", action) for action in actions)
    assert len(set(actions)) == len(actions)


def test_messages_read_as_those_that_crm_writes(sample: Book) -> None:
    told_before = set(sample.subjects())
    assert "Modehaus Petersen GmbH & Co. KG: Besuch Okko Harms" in told_before
    assert "Modehaus Petersen GmbH & Co. KG: neu angelegt" in told_before
    assert sample("log", "petersen", "Besuch mit Fenna de Buhr", now=NOW).code == 0
    assert sample.subjects()[0] == "Modehaus Petersen GmbH & Co. KG: Besuch Fenna de Buhr"


def test_the_same_day_makes_the_same_history(tmp_path: Path, made: Path) -> None:
    again = make_demo(tmp_path / "again", NOW).root
    assert git(again, "rev-parse", "HEAD") == git(made, "rev-parse", "HEAD")


def test_commands_work_there_as_anna(sample: Book) -> None:
    (row,) = [
        row
        for row in sample("call", "--json", "--all", now=NOW).json
        if row["slug"] == "modehaus-petersen"
    ]
    assert {reason["rule"] for reason in row["reasons"]} >= {"promise-overdue", "complaint-open"}
    with open_store(sample.root, NOW) as crm:
        assert (crm.me, crm.in_team) == ("anna", True)


def test_the_past_can_be_asked(sample: Book) -> None:
    day = (date(2026, 10, 4) + timedelta(DAYS)).isoformat()
    then = sample("show", "petersen", "--at", day, "--json", now=NOW).json
    assert [one["subject"] for one in then["complaints"]] == ["Naht offen"]
    assert then["next"] is None
    rows = sample("changes", "petersen", "--json", now=NOW).json
    assert len(rows) == len(told("customers/modehaus-petersen.md"))


def test_what_anna_did_last_can_be_undone(sample: Book) -> None:
    (path,) = sample.git("log", "-1", "--author=Anna", "--format=", "--name-only").split()
    before = sample.read(path)
    asked = sample("undo", now=NOW)  # it is of days ago, and nobody is there to be asked
    assert asked.code == 35
    assert sample.read(path) == before
    action = asked.err.split("crm undo ")[-1].strip()
    for _undone_and_restored in range(2):
        done = sample("undo", action, now=NOW)
        assert done.code == 0
        action = done.err.split("crm undo ")[-1].strip()
    assert sample.read(path) == before


# Where it is made


def test_a_fresh_one_takes_the_place_of_one_nobody_touched(sample: Book) -> None:
    sample("call", now=NOW)
    made = make_demo(sample.root, NOW + timedelta(days=3))
    assert (made.fresh, made.ends) == (True, NOW.date() + timedelta(days=3))
    assert not sample.git("status", "--porcelain")
    assert sample("call", now=NOW).code == 0


@pytest.mark.parametrize("how", ["log", "edit", "new file", "ignored file", "stash", "branch"])
def test_one_with_changes_is_left_as_it_is(sample: Book, how: str) -> None:
    file = sample.root / "customers/modehaus-petersen.md"
    if how == "log":
        sample("log", "petersen", "Anruf", now=NOW)
    elif how == "edit":
        file.write_bytes(file.read_bytes() + b"\nmine\n")
    elif how == "new file":
        sample.write("customers/mine.md", "---\nname: Mine\n---\n")
    elif how == "ignored file":
        sample.write("customers/mine.md~", "mine")
    else:
        file.write_bytes(file.read_bytes() + b"\nmine\n")
        sample.git("stash") if how == "stash" else sample.git("checkout", "-q", "-b", "mine")
        if how == "branch":
            sample.git("commit", "-qam", "mine")
            sample.git("checkout", "-q", "main")
    before = {one: one.read_bytes() for one in sample.root.rglob("*") if one.is_file()}
    made = make_demo(sample.root, NOW + timedelta(days=3))
    assert (made.fresh, made.ends, made.customers) == (False, NOW.date(), 34)
    assert all(one.read_bytes() == data for one, data in before.items() if one.name != "index")


def test_one_that_was_left_half_made_is_made_anew(tmp_path: Path) -> None:
    root = make_demo(tmp_path / "demo", NOW).root
    (root / ".git/refs/heads/main").unlink()
    mark = root / ".git/crm/sample.json"
    mark.write_text(re.sub(r'"head": "\w+"', '"head": null', mark.read_text("utf-8")), "utf-8")
    (root / "crm.toml").unlink()
    assert make_demo(root, NOW).fresh
    assert not git(root, "status", "--porcelain")


@pytest.mark.parametrize("content", ["notes.txt", ".git/HEAD", "customers/mine.md"])
def test_a_folder_with_anything_else_is_refused(tmp_path: Path, content: str) -> None:
    Book(tmp_path).write(content, "mine")
    answer = Book(tmp_path)("demo", str(tmp_path))
    assert answer.code == 2
    assert "is not empty, and no sample of crm" in answer.err
    assert (tmp_path / content).read_text() == "mine"


def test_a_real_store_is_refused(book: Book) -> None:
    assert book("demo", str(book.root)).code == 2


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("mine")
    answer = Book(tmp_path)("demo", str(tmp_path / "demo"))
    assert (answer.code, "it is a file" in answer.err) == (2, True)


def test_in_a_git_work_tree_it_has_a_git_of_its_own(tmp_path: Path) -> None:
    outer = repository(tmp_path)
    inner = history.find(make_demo(tmp_path / "demo", NOW).root)
    assert inner is not None
    assert inner.top == tmp_path / "demo"
    assert outer.head() is None


def test_it_does_not_become_the_default_store(tmp_path: Path) -> None:
    make_demo(tmp_path / "demo", NOW)
    assert default_store() is None


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "UTC"])
def test_days_are_those_of_the_wall_clock_in_every_zone(
    tmp_path: Path, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    root = make_demo(tmp_path / "demo", NOW).root
    newest = git(root, "log", "-1", "--format=%ad", "--date=format:%Y-%m-%d")
    assert newest == f"{NOW.date()}\n"
    day = git(root, "log", "--grep=Regatta", "--format=%ad", "--date=format:%Y-%m-%d")
    assert day == f"{date(2019, 8, 24) + timedelta(DAYS)}\n"
    monkeypatch.undo()
    time.tzset()


# What it shows


def command(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "crm_md", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_it_shows_a_call_list_a_customer_a_search_and_what_to_try(tmp_path: Path) -> None:
    ran = command("demo", folder=tmp_path, LANG="en_GB.UTF-8")
    assert (ran.returncode, (tmp_path / "crm-demo/customers").is_dir()) == (0, True)
    order = [
        "$ crm call --limit 5", " 1  ", " 5  ", "$ crm show petersen", "Heike Petersen",
        "$ crm search naht offen", "customers/modehaus-petersen.md:", "Try it yourself:",
    ]  # fmt: skip
    rest = ran.stdout
    for text in order:
        assert text in rest, text
        rest = rest.partition(text)[2]
    assert "34 customers" in ran.stderr
    assert "You are Anna Krüger there" in ran.stderr


@pytest.mark.parametrize(
    ("spoken", "title", "logged"),
    [
        ("en_GB.UTF-8", "Try it yourself:\n", "replacement confirmed"),
        ("de_DE.UTF-8", "Selbst ausprobieren:\n", "Ersatz bestätigt"),
    ],
)
def test_what_to_try_can_be_copied_line_by_line(
    tmp_path: Path, spoken: str, title: str, logged: str
) -> None:
    shown = command("demo", "my demo", folder=tmp_path, LANG=spoken).stdout
    lines = [line.strip() for line in shown.partition(title)[2].split("\n")]
    script = "\n".join(filter(None, lines))
    assert len(script.split("\n")) >= 5
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "LANG": spoken},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert logged in ran.stdout + ran.stderr


def test_german_people_see_german_commands(tmp_path: Path) -> None:
    ran = command("vorführen", folder=tmp_path, LANG="de_DE.UTF-8")
    assert ran.returncode == 0
    for text in ("$ crm anrufen --limit 5", "Selbst ausprobieren:", "notieren petersen"):
        assert text in ran.stdout
    assert "Alles ist erfunden." in ran.stderr


def test_a_console_without_umlauts_is_no_hindrance(tmp_path: Path) -> None:
    ran = command("demo", folder=tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii")
    assert ran.returncode == 0, ran.stderr
    names = git(tmp_path / "crm-demo", "log", "--format=%an", "--author=Anna", "-1")
    assert names == "Anna Krüger\n"


def test_the_day_can_be_chosen(tmp_path: Path) -> None:
    answer = Book(tmp_path)("demo", str(tmp_path / "demo"), "--json", now=NOW)
    about = answer.json
    assert (about["ends"], about["me"], about["fresh"]) == ("2027-03-14", "Anna Krüger", True)
    assert about["authors"] == 5
    assert about["entries"] == sum(len(read(text).entries) for text in book_files().values())


def test_a_second_time_says_that_changes_are_kept(sample: Book) -> None:
    sample("log", "petersen", "Anruf", now=NOW)
    answer = Book(sample.root)("demo", str(sample.root), now=NOW)
    assert answer.code == 0
    assert "stays as it is; its story ended on Sun 14 Mar 2027." in answer.err
    assert "$ crm call --limit 5" in answer.out
