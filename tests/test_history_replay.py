"""A past that is told at once is like any other: authors, days, texts, a clean work tree."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from crm_md import history
from crm_md.errors import GitFailed
from crm_md.history import History
from crm_md.history.replay import Step
from tests.repositories import ANNA, BEN, git, repository, saved

BERLIN = timezone(timedelta(hours=2))
SPRING = datetime(2024, 4, 2, 9, 30, tzinfo=BERLIN)


def told(folder: Path, *steps: Step) -> History:
    folder.mkdir(exist_ok=True)
    book = history.initialise(folder)
    book.replay(steps)
    return book


def step(files: dict[str, bytes | None], message: str = "Told", days: int = 0) -> Step:
    return Step(ANNA, SPRING + timedelta(days=days), message, files)


def test_each_step_is_a_commit_of_its_author_on_its_day(tmp_path: Path) -> None:
    later = Step(BEN, SPRING + timedelta(days=400), "Zweiter", {"b.md": b"2"}, {"Crm-Action": "x"})
    book = told(tmp_path, step({"a.md": b"1"}, "Erster"), later)
    newest, oldest = book.log()
    assert (oldest.author, oldest.email, oldest.when) == (ANNA.name, ANNA.email, SPRING)
    assert oldest.when.utcoffset() == timedelta(hours=2)
    assert (newest.author, newest.subject, newest.trailers) == (
        BEN.name, "Zweiter", {"Crm-Action": "x"},
    )  # fmt: skip
    assert (
        git(tmp_path, "log", "--format=%cn %ci", "-1") == f"{BEN.name} 2025-05-07 09:30:00 +0200\n"
    )


def test_the_last_commit_is_told_and_checked_out(tmp_path: Path) -> None:
    book = history.initialise(tmp_path)
    last = book.replay([step({"a.md": b"1", "b.md": b"1"}), step({"a.md": b"2", "b.md": None})])
    assert last == book.head() == git(tmp_path, "rev-parse", "main").strip()
    assert (tmp_path / "a.md").read_bytes() == b"2"
    assert not (tmp_path / "b.md").exists()
    assert not git(tmp_path, "status", "--porcelain", "--ignored")
    assert git(tmp_path, "fsck", "--strict", "--full") == ""


@pytest.mark.parametrize("name", ["ä ö.md", 'say "yes".md', "back\\slash.md", "two\nlines.md"])
def test_every_name_of_a_file_is_kept(tmp_path: Path, name: str) -> None:
    book = told(tmp_path, step({f"customers/{name}": b"\xff\0\r\n"}))
    assert book.read_at("HEAD", f"customers/{name}") == b"\xff\0\r\n"
    assert (tmp_path / "customers" / name).read_bytes() == b"\xff\0\r\n"


def test_a_name_with_angle_brackets_does_no_harm(tmp_path: Path) -> None:
    who = history.Identity("Anna <the boss>\n", "anna@example.com")
    book = told(tmp_path, Step(who, SPRING, "Told", {"a.md": b""}))
    assert next(book.log()).author == "Anna the boss"


def test_a_local_moment_is_taken_in_the_zone_of_the_machine(tmp_path: Path) -> None:
    book = told(tmp_path, Step(ANNA, datetime(2024, 1, 2, 9, 30), "Told", {"a.md": b""}))
    assert next(book.log()).when == datetime(2024, 1, 2, 8, 30, tzinfo=UTC)  # tests live in Berlin


def test_no_steps_are_no_past(tmp_path: Path) -> None:
    book = history.initialise(tmp_path)
    assert book.replay([]) is None
    assert book.head() is None


def test_a_repository_with_a_past_is_left_alone(tmp_path: Path) -> None:
    book = repository(tmp_path)
    commit = saved(book, "a.md")
    with pytest.raises(ValueError, match="without commits"):
        book.replay([step({"a.md": b"other"})])
    assert book.head() == commit


def test_where_git_refuses_nothing_is_written(tmp_path: Path) -> None:
    book = history.initialise(tmp_path)
    with pytest.raises(GitFailed):
        book.replay([step({"a.md": b"1"}), step({"../b.md": b"2"})])
    assert book.head() is None
    assert not (tmp_path / "a.md").exists()


def test_a_folder_in_a_repository_may_get_one_of_its_own(tmp_path: Path) -> None:
    outer = repository(tmp_path)
    (tmp_path / "demo").mkdir()
    own = history.initialise(tmp_path / "demo", own=True)
    assert own.top == tmp_path / "demo" != outer.top
    assert history.initialise(tmp_path / "demo", own=True) == own
