"""After a kill at any moment the next one cleans up, but never takes a lock from the living."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crm_md.errors import GitBusy
from crm_md.history import History
from crm_md.history.leftovers import git_at_work, recover
from tests.repositories import git, hook, repository, saved, write

CUSTOMER = "customers/petersen.md"
NEW = "customers/neu.md"


@pytest.fixture
def book(tmp_path: Path) -> History:
    made = repository(tmp_path / "book")
    saved(made, CUSTOMER)
    return made


@contextmanager
def living_git(book: History) -> Iterator[Path]:
    """Let a Git of somebody else wait in an editor, with the index locked."""
    write(book, CUSTOMER, "von Hand\n")
    held = book.git_dir / "index.lock"
    editor = "-c", "core.editor=sleep 60;:"
    process = subprocess.Popen(
        ("git", *editor, "commit", "--all"), cwd=book.top, stderr=subprocess.DEVNULL
    )
    try:
        while not held.exists():
            time.sleep(0.01)
        yield held
    finally:
        process.kill()
        process.wait()


def test_in_peace_there_is_nothing_to_recover(book: History) -> None:
    assert book.recover([CUSTOMER], time.time()) == []


@pytest.mark.parametrize(
    "name", ["index.lock", "next-index-77.lock", "HEAD.lock", "refs/heads/main.lock"]
)
def test_a_lock_of_ours_is_removed(book: History, name: str) -> None:
    began = time.time()
    (book.git_dir / name).touch()
    assert book.recover([CUSTOMER], began) == [book.git_dir / name]
    assert saved(book, CUSTOMER, "weiter\n")


def test_a_lock_from_before_our_commit_is_not_ours(book: History) -> None:
    lock = book.git_dir / "index.lock"
    lock.touch()
    with pytest.raises(GitBusy):
        book.recover([CUSTOMER], time.time() + 10)
    assert lock.exists()


def test_a_lock_of_a_living_git_stays(book: History) -> None:
    began = time.time()
    with living_git(book) as lock:
        with pytest.raises(GitBusy) as refusal:
            book.recover([CUSTOMER], began)
        assert refusal.value.lock == lock
        assert lock.exists()


def test_a_git_in_another_folder_is_none_of_ours(book: History, tmp_path: Path) -> None:
    other = repository(tmp_path / "other")
    saved(other, CUSTOMER)
    with living_git(other):
        assert git_at_work(book) is None
        assert git_at_work(other) is not None


def test_where_processes_are_invisible_only_an_old_lock_is_removed(
    book: History, tmp_path: Path
) -> None:
    lock = book.git_dir / "index.lock"
    lock.touch()
    with pytest.raises(GitBusy):
        recover(book, [CUSTOMER], time.time(), processes=tmp_path / "none")
    long_ago = time.time() - 3600
    os.utime(lock, (long_ago, long_ago))
    assert recover(book, [CUSTOMER], long_ago, processes=tmp_path / "none") == [lock]


def test_an_index_left_behind_the_branch_is_brought_up(book: History) -> None:
    # A kill between moving the branch and renaming the index leaves exactly this.
    before = (book.git_dir / "index").read_bytes()
    saved(book, CUSTOMER, "neu\n")
    saved(book, NEW)
    (book.git_dir / "index").write_bytes(before)
    assert git(book.top, "diff", "--cached", "--name-only")
    book.recover([CUSTOMER, NEW], time.time())
    assert not book.status().dirty
    assert not git(book.top, "diff", "--cached", "--name-only")


def test_what_else_was_staged_stays_staged_when_recovering(book: History) -> None:
    git(book.top, "add", write(book, "angebot.txt"))
    write(book, CUSTOMER, "neu\n")
    book.recover([CUSTOMER, "customers/nie.md"], time.time())
    assert git(book.top, "diff", "--cached", "--name-only") == "angebot.txt\n"


def test_a_kill_before_the_first_commit_is_recovered(tmp_path: Path) -> None:
    book = repository(tmp_path)
    (book.git_dir / "index.lock").touch()
    book.recover([write(book, NEW)], time.time())
    assert saved(book, NEW)


COMMIT = """
import sys
from pathlib import Path
from crm_md import history
book = history.find(Path(sys.argv[1]))
print("ready", flush=True)
book.commit(sys.argv[2:], "Killed")
"""


def committing(book: History, *paths: str) -> subprocess.Popen[bytes]:
    """Start a process of its own that is about to commit these paths."""
    process = subprocess.Popen(
        (sys.executable, "-c", COMMIT, str(book.top), *paths),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.stdout
    process.stdout.readline()
    return process


def test_an_interrupt_leaves_no_lock_and_no_trace(book: History) -> None:
    hook(book, "pre-commit", "touch reached; exec sleep 60")
    before = git(book.top, "ls-files", "--stage")
    process = committing(book, write(book, CUSTOMER, "neu\n"), write(book, NEW))
    while not (book.top / "reached").exists():
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=10)
    assert process.returncode
    assert git(book.top, "ls-files", "--stage") == before
    assert not list(book.git_dir.glob("*.lock"))
    assert not (book.git_dir / "CRM_MESSAGE").exists()


@pytest.mark.parametrize("alone", [True, False], ids=["its git lives on", "its git dies too"])
def test_a_kill_at_any_moment_is_recovered(book: History, alone: bool) -> None:
    # The hook makes the commit last long enough to be hit in its middle, too.
    hook(book, "pre-commit", "sleep 0.0$(($$ % 4))")
    dice = random.Random(7)
    left = 0
    for number in range(20):
        paths = [write(book, CUSTOMER, f"{number}\n"), write(book, NEW, f"{number}\n")]
        began = time.time()
        process = committing(book, *paths)
        time.sleep(dice.uniform(0.01, 0.09))
        kill = os.kill if alone else os.killpg
        kill(process.pid, signal.SIGKILL)
        process.communicate()
        left += bool(book.recover(paths, began))
        book.commit(paths, "Recovered")
        assert not book.status().dirty, number
        assert not git(book.top, "diff", "--cached", "--name-only"), number
    git(book.top, "fsck", "--strict")
    assert len(list(book.log())) == 21
    assert alone or left  # some of the kills hit a Git with its lock in hand
