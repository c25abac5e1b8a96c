"""Killed at any step of a sync, by many at once: afterwards all is as if nothing had happened."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from tests.books import Book
from tests.clones import HOTEL, PETERSEN, Team, is_clean, named, started, team, tree
from tests.kills import killed_at

ALL_STEPS = int(os.environ.get("ALL_KILL_STEPS", "0"))  # by hand: every step up to this one


def prepared(folder: Path) -> Team:
    """Return a team in which Anna has much to share, by hand too, and much to get."""
    firm = team(folder)
    ben = firm.clone("ben")
    ben("log", "petersen", "call with Heike: from ben")
    ben("new", "Café Möwe")
    ben("remove", "strandhotel", "--yes")
    ben.write("attachments/modehaus-petersen/naht.png", b"\x89PNG\0", "Photo")
    assert ben("sync").code == 0
    anna = firm.clone("anna")
    anna.git("reset", "--quiet", "--hard", "HEAD~4")
    anna("log", "petersen", "call with Heike: from anna")
    anna.write(HOTEL, anna.read(HOTEL).replace("Sonnensegel", "Markise"))
    return firm


def copied(firm: Team, folder: Path) -> Team:
    """Return another team in the very same state."""
    shutil.copytree(firm.folder, folder, symlinks=True)
    copy = Team(folder)
    Book(folder / "anna").git("remote", "set-url", "origin", copy.hub.as_uri())
    return copy


def told(book: Book) -> list[str]:
    """Return the sentences of all actions, in no order; merges have none of their own."""
    return sorted(book.git("log", "--no-merges", "--format=%an: %s").split("\n"))


def as_if_undisturbed(firm: Team, wanted: tuple[str, list[str]], step: int) -> None:
    """Sync once more, and compare with what comes of it when nobody is killed."""
    anna = Book(firm.folder / "anna")
    answer = anna("sync")
    assert answer.code == 0, (step, answer.both)
    assert (tree(anna), told(anna)) == wanted, step
    assert firm.tip() == anna.git("rev-parse", "HEAD").strip()
    assert is_clean(anna), step
    state = anna.root / ".git/crm"
    assert not (state / "move").exists()
    assert not list((state / "waiting").glob("*.json"))
    litter = (one.relative_to(anna.root) for one in anna.root.rglob(".crm-tmp-*"))
    assert not [one for one in litter if one.parts[0] != ".git"]  # there it goes after an hour


def test_killed_at_any_step_the_next_sync_makes_it_as_if_undisturbed(tmp_path: Path) -> None:
    firm = prepared(tmp_path / "firm")
    quiet = copied(firm, tmp_path / "quiet")
    anna = Book(quiet.folder / "anna")
    assert anna("sync").code == 0
    wanted = tree(anna), told(anna)
    steps = range(1, ALL_STEPS) if ALL_STEPS else random.Random(7).sample(range(1, 95), 8)
    got_that_far = 0
    for step in steps:
        copy = copied(firm, tmp_path / f"killed-{step}")
        got_that_far += killed_at(Book(copy.folder / "anna"), step)
        as_if_undisturbed(copy, wanted, step)
        shutil.rmtree(copy.folder, ignore_errors=True)
    assert got_that_far > 5


def test_killed_together_with_git_the_next_sync_makes_it_as_if_undisturbed(
    tmp_path: Path,
) -> None:
    firm = prepared(tmp_path / "firm")
    quiet = copied(firm, tmp_path / "quiet")
    anna = Book(quiet.folder / "anna")
    began = time.monotonic()
    assert started(anna, "sync").wait() == 0
    usual = time.monotonic() - began
    wanted = tree(anna), told(anna)
    chance = random.Random(11)
    for turn in range(6):
        copy = copied(firm, tmp_path / f"killed-{turn}")
        running = started(Book(copy.folder / "anna"), "sync")
        time.sleep(chance.uniform(usual * 0.3, usual))
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        as_if_undisturbed(copy, wanted, turn)


def test_a_move_that_was_cut_off_is_finished_by_any_writing_command(tmp_path: Path) -> None:
    firm = prepared(tmp_path / "firm")
    anna = Book(firm.folder / "anna")
    for step in range(95, 40, -1):
        copy = copied(firm, tmp_path / f"killed-{step}")
        anna = Book(copy.folder / "anna")
        killed_at(anna, step)
        if (anna.root / ".git/crm/move").exists() and not is_clean(anna):
            break
        shutil.rmtree(copy.folder, ignore_errors=True)  # a push of the killed one may go on in it
    goal = (anna.root / ".git/crm/move").read_text().split("\n")[1]
    assert anna("log", "petersen", "call: the next day").code == 0
    assert anna.git("rev-parse", "HEAD~1").strip() == goal
    assert is_clean(anna)


def test_an_edit_made_while_a_move_lay_cut_off_is_kept(tmp_path: Path) -> None:
    firm = team(tmp_path)
    anna, ben = firm.clone("anna"), firm.clone("ben")
    ben("log", "petersen", "call: from ben")
    ben("sync")
    anna.git("fetch", "--quiet")
    old, new = (anna.git("rev-parse", name).strip() for name in ("HEAD", "origin/main"))
    (anna.root / ".git/crm").mkdir(exist_ok=True)
    (anna.root / ".git/crm/move").write_text(f"{old}\n{new}\n{time.time()}")
    anna.write(PETERSEN, anna.read(PETERSEN).replace("segelt", "segelt gern"))
    assert anna("sync").code == 0
    assert "segelt gern" in anna.read(PETERSEN)
    assert "from ben" in anna.read(PETERSEN)
    assert is_clean(anna)
    assert firm.tip() == anna.git("rev-parse", "HEAD").strip()


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Wait for a program, and return how it ended and what it said."""
    words = process.communicate()[0].decode("utf-8")
    return process.returncode, words


def test_twenty_who_log_in_the_same_minute_all_have_twenty_entries(tmp_path: Path) -> None:
    firm = team(tmp_path)
    firm.clone("person0")
    for number in range(1, 20):
        shutil.copytree(tmp_path / "person0", tmp_path / f"person{number}", symlinks=True)
    books = [named(Book(tmp_path / f"person{number}"), f"person{number}") for number in range(20)]
    for number, book in enumerate(books):
        assert book("log", "petersen", f"call with Heike: number {number} said").code == 0
    random.Random(3).shuffle(books)
    for book in books[:12]:
        assert book("sync").code == 0
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda book: ended(started(book, "sync")), books[12:]))
    assert all(code == 0 for code, _words in said), said
    for book in books:
        assert book("sync").code == 0
    assert len({tree(book) for book in books}) == 1
    text = books[0].read(PETERSEN)
    assert all(text.count(f": number {number} said") == 1 for number in range(20))
    assert "#settle" not in text


def test_two_syncs_at_once_in_one_clone_take_their_turns(tmp_path: Path) -> None:
    firm = prepared(tmp_path / "firm")
    anna = Book(firm.folder / "anna")
    running = [started(anna, "sync") for _number in range(3)]
    assert [one.wait() for one in running] == [0, 0, 0]
    assert is_clean(anna)
    assert firm.tip() == anna.git("rev-parse", "HEAD").strip()
