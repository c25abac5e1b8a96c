"""The stores that are measured: the same for the same seed, and as busy as real ones."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bench import measuring, tables
from bench.invented import KNOWN_NAME, KNOWN_PHONE, KNOWN_SLUG, RARE, RARE_ENTRIES, customers
from bench.processes import Failed, Measured, Run, environment, in_turn, run
from bench.questions import FLOOR, Question, questions
from bench.review import make_busy_store
from bench.stores import kept_store, make_store
from bench.team import TEAM, settings
from crm_md.agenda import who_to_call
from crm_md.config import read_config
from crm_md.crm import open_store
from crm_md.document import Document, summarise
from crm_md.team.review import review
from tests.repositories import git

TODAY = date(2026, 11, 20)
MANY = 1000


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """A thousand invented customers, read as our own files are."""
    config = read_config(settings())
    return [Document.read(one.text.encode(), one.path, config) for one in customers(MANY, TODAY)]


def test_the_same_seed_and_day_invent_the_same_customers() -> None:
    assert list(customers(20, TODAY)) == list(customers(20, TODAY))


@pytest.mark.parametrize("other", [(TODAY, 2), (TODAY - timedelta(days=1), 1)])
def test_another_seed_or_day_invents_others(other: tuple[date, int]) -> None:
    assert list(customers(20, *other)) != list(customers(20, TODAY))


def test_the_settings_of_the_team_are_understood() -> None:
    config = read_config(settings())
    assert config.findings == ()
    assert (len(config.team), len(config.segments), config.layout) == (5, 3, "letters")


def test_invented_files_are_read_without_findings(documents: list[Document]) -> None:
    assert [finding for document in documents for finding in document.findings] == []


def test_each_customer_has_a_file_of_its_own_in_a_two_letter_folder(
    documents: list[Document],
) -> None:
    paths = {document.path for document in documents}
    assert len(paths) == MANY
    assert all(path.split("/")[1] == path.split("/")[2][:2] for path in paths)


def test_customers_have_ten_entries_on_average_and_some_have_many(
    documents: list[Document],
) -> None:
    counts = [len(document.customer.entries) for document in documents]
    assert 8 < sum(counts) / MANY < 12
    assert max(counts) > 30


def test_entries_are_spread_over_years_up_to_today(documents: list[Document]) -> None:
    days = [entry.date for document in documents for entry in document.customer.entries]
    assert max(days) == TODAY
    assert TODAY - min(days) > timedelta(days=5 * 365)


def test_there_are_open_promises_complaints_and_next_steps(documents: list[Document]) -> None:
    summaries = [summarise(one.customer, one.config) for one in documents]
    assert sum(bool(summary.tasks) for summary in summaries) > 5
    assert sum(bool(summary.complaints) for summary in summaries) >= 1
    assert sum(bool(summary.next) for summary in summaries) > MANY / 10


def test_most_customers_need_no_call_today(documents: list[Document]) -> None:
    config = documents[0].config
    summaries = [summarise(one.customer, config) for one in documents]
    rows = who_to_call(summaries, TODAY, "anna", config, owner="all").rows
    assert MANY / 50 < len(rows) < MANY / 4


def test_the_rare_word_stands_in_five_entries(documents: list[Document]) -> None:
    assert sum(document.text.count(RARE) for document in documents) == RARE_ENTRIES


@pytest.mark.parametrize("asked", ["abendroth", KNOWN_NAME, KNOWN_SLUG])
def test_one_customer_of_each_store_is_known_by_name(tmp_path: Path, asked: str) -> None:
    made = make_store(tmp_path / "store", 12, TODAY)
    with open_store(made.folder, datetime(2026, 11, 20, 12, 0)) as crm:
        assert [match.slug for match in crm.catalogue.find(asked)] == [KNOWN_SLUG]
        assert [match.slug for match in crm.catalogue.find_phone(KNOWN_PHONE)] == [KNOWN_SLUG]
        assert crm.me == "anna"


def test_a_store_has_a_history_by_several_people_and_nothing_uncommitted(tmp_path: Path) -> None:
    made = make_store(tmp_path / "store", 12, TODAY)
    assert git(made.folder, "status", "--porcelain") == ""
    assert git(made.folder, "rev-parse", "HEAD").strip() == made.begun
    logged = git(made.folder, "log", "--format=%an", "--grep=Crm-Action: log").split("\n")[:-1]
    assert len(logged) == 12
    assert len(set(logged)) > 1


def test_a_busy_store_has_a_commit_for_each_thing_done_and_a_review_of_it(tmp_path: Path) -> None:
    begun = make_busy_store(tmp_path / "busy", 10, 40, TODAY)
    assert git(tmp_path / "busy", "rev-list", "--count", f"{begun}..HEAD").strip() == "40"
    with open_store(tmp_path / "busy", datetime(2026, 11, 20, 19, 0)) as crm:
        found = review(crm, since=begun)
    assert len(found.customers) == 10
    assert {work.by for one in found.customers for work in one.works} <= set(TEAM) - {"anna"}


def test_a_store_is_made_once_a_day(tmp_path: Path) -> None:
    first = kept_store(5, TODAY, tmp_path)
    (first.folder / "mark").touch()
    assert kept_store(5, TODAY, tmp_path) == first
    assert (first.folder / "mark").exists()
    other = kept_store(5, TODAY + timedelta(days=1), tmp_path)
    assert other.folder.exists()
    assert not first.folder.exists()


@pytest.mark.parametrize(("terminal", "told"), [(True, b"True"), (False, b"False")])
def test_a_process_sees_a_terminal_or_a_pipe(tmp_path: Path, terminal: bool, told: bytes) -> None:
    script = "import sys; print(sys.stdin.isatty() and sys.stdout.isatty())"
    ran = run([sys.executable, "-c", script], tmp_path, environment({}), terminal=terminal)
    assert ran.printed.strip() == told
    assert ran.seconds > 0 and ran.peak > 2**20


def test_a_process_that_fails_is_not_timed(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="ended with 3: Hallo"):
        run([sys.executable, "-c", "print('Hallo'); exit(3)"], tmp_path, environment({}))


def test_processes_keep_compiled_modules_and_no_settings_of_the_user(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("PYTHONDONTWRITEBYTECODE", "CRM_STORE", "GIT_DIR", "LC_ALL"):
        monkeypatch.setenv(name, "1")
    given = environment({"CRM_TODAY": "2026-11-20"})
    assert not {"PYTHONDONTWRITEBYTECODE", "CRM_STORE", "GIT_DIR", "LC_ALL"} & given.keys()
    assert given["CRM_TODAY"] == "2026-11-20"


def test_a_command_is_run_in_turn_with_its_floor(tmp_path: Path) -> None:
    file = tmp_path / "order"
    append = f"open({str(file)!r}, 'a').write"
    measured = in_turn(
        lambda number: (sys.executable, "-c", f"{append}('{number}')"),
        (sys.executable, "-c", f"{append}('-')"),
        tmp_path,
        environment({}),
        times=2,
        terminal=False,
    )
    assert file.read_text() == "-0-1-2"
    assert measured.ratio == pytest.approx(1, abs=0.9)


NAMED = ("show, by name", "list", "log", "done")


def test_a_tiny_store_is_measured_from_clone_to_table(tmp_path: Path) -> None:
    chosen = [one for one in questions() if one.name.startswith(NAMED)]
    told: list[str] = []
    found = measuring.Measuring(make_store(tmp_path / "store", 5, TODAY), 1, told.append)
    results = found.results(chosen, first_use=True)
    assert results.failures == ()
    assert [row.question for row in results.rows] == chosen
    assert all(row.pipe and row.terminal for row in results.rows)
    assert results.lists is not None
    assert results.growth is not None and results.growth > 500
    assert git(found.store.folder, "rev-parse", "HEAD").strip() == found.store.begun
    table = tables.told([results])
    assert "### 5 customers" in table
    assert "| log, with its commit |" in table
    assert "| done, with its commit |" in table


def _results(size: int, ratio: float) -> measuring.Results:
    question = Question("list", lambda _number: FLOOR, 3.5)
    measured = Measured(ratio * 0.04, 0.04, ratio, 30 * 2**20)
    first = Run(9.0, 9.0, 100 * 2**20, b"")
    row = measuring.Row(question, measured, measured)
    return measuring.Results(size, size * 10, (row,), first, first, 40_000.0, ())


def test_goals_missed_are_told_with_by_how_much() -> None:
    table = tables.told([_results(1_000, 1.5), _results(10_000, 3.85)])
    assert "| list | 3.5 × | 154 ms | **3.9 ×** | 154 ms | **3.9 ×** | 30 MiB |" in table
    assert "- list, in a pipe: 3.85 × instead of 3.5 (10% over)" in table
    assert "- list, from 1,000 to 10,000: 2.6 × instead of 2" in table
    assert "- first lists: 9.0 s instead of 8" in table
    assert "- `.git` a commit: 39.1 KiB instead of 30" in table


def test_goals_reached_are_told_in_a_sentence() -> None:
    assert "No goal was missed." in tables.told([_results(1_000, 3.4)])
