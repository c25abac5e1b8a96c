"""The stores that are measured: the same for the same seed, and as busy as real ones."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bench import measuring, tables
from bench.contests import Contest, Job, Judged, judged
from bench.desks import Desk, desk
from bench.invented import KNOWN_NAME, KNOWN_PHONE, KNOWN_SLUG, RARE, RARE_ENTRIES, customers
from bench.parts import Part, Parts, parts_and_whole, some_folders
from bench.processes import Failed, Measured, Run, environment, in_turn, run
from bench.questions import FLOOR, Question, questions, surroundings
from bench.review import make_busy_store
from bench.sharing import SYNCS, Sharing, chosen_contests, contests, driver_contest, measured
from bench.stores import Store, kept_store, make_store
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


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of a dozen customers, who lie in several folders."""
    return make_store(tmp_path_factory.mktemp("tiny") / "store", 12, TODAY)


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """The environment of what is timed; no user's default store is touched."""
    return surroundings({"XDG_CONFIG_HOME": str(tmp_path / "config")})


def _equal(one: Desk) -> bool:
    """Tell whether a clone and what it shares with are at the same commit, with nothing open."""
    shared = git(one.hub, "rev-parse", "main")
    return git(one.clone, "rev-parse", "HEAD") == shared and not git(one.clone, "status", "-s")


def test_a_contest_runs_ours_after_what_it_is_held_against(tmp_path: Path) -> None:
    def job(name: str) -> Job:
        words = (sys.executable, "-c", f"open('order', 'a').write({name!r})")
        return Job(words, tmp_path, lambda turn: made.append(f"{name}{turn}"))

    made: list[str] = []
    contest = Contest("a", "b", job("o"), (job("x"), job("y")), lambda x, y: 2 * (x + y))
    found = judged(contest, environment({}), 1)
    assert (tmp_path / "order").read_text() == "xyoxyo"
    assert made == ["x0", "y0", "o0", "x1", "y1", "o1"]
    assert found.limit == pytest.approx(2 * sum(found.beside))
    assert found.ratio == pytest.approx(found.seconds / found.limit)


def test_a_colleague_and_i_change_what_we_share(
    tiny: Store, tmp_path: Path, env: dict[str, str]
) -> None:
    ours = desk(tmp_path / "ours", tiny.folder, env)
    assert _equal(ours)
    one, other, *_rest = (str(path.relative_to(ours.clone)) for path in _files(ours.clone))
    ours.changed([one, other], [other], "Sieben")
    assert git(ours.clone, "log", "-1", "--format=%s %an") == "Ours: Sieben Anna Krüger\n"
    assert git(ours.hub, "log", "-1", "--format=%s %an") == "Theirs: Sieben Ben Okafor\n"
    assert "Sieben" not in git(ours.hub, "show", f"main:{one}")
    assert "Anruf: Sieben dort" in git(ours.hub, "show", f"main:{other}")
    assert "Anruf: Sieben hier" in (ours.clone / other).read_text("utf-8")


def _files(folder: Path) -> list[Path]:
    return sorted((folder / "customers").glob("*/*.md"))


def test_syncs_of_a_tiny_store_are_measured_and_leave_clones_that_are_equal(
    tiny: Store, tmp_path: Path, env: dict[str, str]
) -> None:
    held = contests(SYNCS, tiny, tmp_path, env, lambda _text: None)
    found = measured(held, tiny.size, env, 1, lambda _text: None)
    assert found.failures == ()
    assert {row.name for row in found.rows} == SYNCS
    assert git(tmp_path / "ours" / "hub.git", "log", "--format=%s").count("Theirs") == 6
    for name in ("ours", "plain"):
        assert _equal(Desk(tmp_path / name / "clone", tmp_path / name / "hub.git", env))
    texts = [file.read_text("utf-8") for file in _files(tmp_path / "ours" / "clone")]
    assert all("sides 1 hier" in text and "sides 1 dort" in text for text in texts)
    assert "| sync, one each | plain + 3 floors |" in tables.told([], found)


def test_the_driver_that_is_timed_merges(tmp_path: Path) -> None:
    contest = driver_contest(tmp_path / "driver")
    judged(contest, environment({}), 1)
    merged = (tmp_path / "driver" / "ours").read_text("utf-8")
    assert "Anruf: ours" in merged
    assert "Anruf: theirs" in merged
    contest.ours.ready(0)
    assert "Anruf: theirs" not in (tmp_path / "driver" / "ours").read_text("utf-8")


def test_a_contest_that_fails_is_told_and_those_before_it_count(tmp_path: Path) -> None:
    good = Contest("good", "", Job((sys.executable, "-c", "pass"), tmp_path), (), lambda: 1.0)
    bad = Contest("bad", "", Job((sys.executable, "-c", "exit(3)"), tmp_path), (), lambda: 1.0)
    found = measured([good, bad, good], 0, environment({}), 1, lambda _text: None)
    assert [row.name for row in found.rows] == ["good"]
    assert "ended with 3" in found.failures[0]
    assert "- failed: `" in tables.told([], found)


@pytest.mark.parametrize(
    ("only", "count"), [("", 7), ("sync", 5), ("sync, one", 3), ("driver", 1), ("review", 1)]
)
def test_contests_are_chosen_by_words_in_their_names(only: str, count: int) -> None:
    assert len(chosen_contests(only)) == count


def test_a_clone_of_a_part_has_less_than_one_of_the_whole(
    tiny: Store, tmp_path: Path, env: dict[str, str]
) -> None:
    assert len(some_folders(tiny.folder)) == 1
    found = parts_and_whole(tiny, tmp_path, env, lambda _text: None)
    assert found.failures == ()
    assert found.part and found.whole
    assert 1 <= found.part.customers < found.whole.customers == 12
    assert 2**12 < found.part.disk < found.whole.disk
    assert "| the whole | 12 |" in tables.told([], None, found)


def test_what_sharing_took_is_told_with_what_it_may_take() -> None:
    row = Judged("sync, one each", "plain + 3 floors", 0.33, (0.04, 0.1), 0.22, 1.5, 2**25)
    kept = Judged("review", "2 s", 1.0, (), 2.0, 0.5, 2**26)
    whole = Part(100, 50.0, 2**30, 2**27)
    parts = Parts(Part(5, 5.0, 2**26, 2**25), whole)
    table = tables.told([], Sharing(10_000, (row, kept)), parts)
    assert "### Sharing, at 10,000 customers" in table
    assert "| plain + 3 floors | 100 ms | 220 ms | 330 ms | **150%** | 32 MiB |" in table
    assert "| review | 2 s |  | 2000 ms | 1000 ms | 50% | 64 MiB |" in table
    assert "| the part of the whole | 5% | 10% | 6% |  |" in table
    assert "- sync, one each: 330 ms instead of 220 ms, plain + 3 floors (50% over)" in table


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
