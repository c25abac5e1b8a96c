"""Git looks at the files while Python still loads: the answer is the same, and nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crm_md.ahead import Ahead, look_ahead
from crm_md.crm import open_store
from crm_md.history.process import start_git
from tests.books import NOW, Book

ENV = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
NEW = "---\nname: Neuland Zelte\n---\n"


def looking(folder: Path) -> Ahead:
    """Return a look that is under way."""
    ahead = look_ahead(folder)
    assert ahead is not None
    return ahead


def slugs(book: Book, fragment: str, ahead: Ahead | None = None) -> list[str]:
    """Return whom a fragment names, found in a store opened for it."""
    with open_store(book.root, NOW, ahead) as crm:
        return [match.slug for match in crm.catalogue.find(fragment)]


@pytest.fixture(autouse=True)
def known(book: Book) -> None:
    """Let the catalogue know the book as it stands."""
    assert slugs(book, "Neuland") == []


def test_what_was_edited_before_the_look_is_noticed(book: Book) -> None:
    book.write("customers/neu.md", NEW)
    assert slugs(book, "Neuland", looking(book.root / "customers")) == ["neu"]


def test_what_is_committed_after_the_look_began_is_noticed(book: Book) -> None:
    ahead = looking(book.root)
    book.write("customers/neu.md", NEW, "Neuland")
    assert slugs(book, "Neuland", ahead) == ["neu"]


def test_what_is_edited_after_the_look_began_is_noticed_the_next_time(book: Book) -> None:
    ahead = looking(book.root)
    book.write("customers/neu.md", NEW)
    assert slugs(book, "Neuland", ahead) in ([], ["neu"])
    assert slugs(book, "Neuland") == ["neu"]


def test_a_look_at_another_store_is_not_taken_for_this_one(book: Book, tmp_path: Path) -> None:
    from tests.books import make_book

    other = looking(make_book(tmp_path / "other").root)
    book.write("customers/neu.md", NEW)
    assert slugs(book, "Neuland", other) == ["neu"]
    other.close()


def test_a_look_is_taken_once(book: Book) -> None:
    ahead = looking(book.root)
    look = ahead.taken()
    assert look is not None
    assert ahead.taken() is None
    assert look.finish().dirty == frozenset()


def test_without_a_store_there_is_nothing_to_look_at(tmp_path: Path) -> None:
    assert look_ahead(tmp_path) is None


def test_a_process_that_nobody_needs_is_gone_when_it_is_stopped(book: Book) -> None:
    running = start_git(book.root, "cat-file", "--batch", given=b"")
    running.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(running.pid, 0)


def test_a_look_that_may_lock_comes_to_its_end_so_that_no_lock_stays(book: Book) -> None:
    """A killed ``git status`` left ``index.lock``, and Git refused every commit from then on."""
    hook, done = book.root / ".git" / "slow", book.root / ".git" / "done"
    hook.write_text(f"#!/bin/sh\nsleep 0.3\ntouch '{done}'\nprintf 'token\\0/\\0'\n")
    hook.chmod(0o755)
    book.git("config", "core.fsmonitor", str(hook))
    ahead = look_ahead(book.root, remember=True)
    assert ahead is not None
    ahead.close()
    assert done.exists()
    assert not list((book.root / ".git").glob("*.lock"))


def test_help_and_what_is_no_command_leave_no_lock_behind(book: Book) -> None:
    assert book("show", "--help").code == 0
    assert book("log").code == 2
    assert not list((book.root / ".git").glob("*.lock"))


def test_a_look_that_was_killed_with_its_command_hinders_nobody(book: Book) -> None:
    command = (
        "import os, signal, time\n"
        "from pathlib import Path\n"
        "from crm_md.ahead import look_ahead\n"
        "look = look_ahead(Path('.'), remember=True)\n"
        "look.taken().finish = None\n"
        "Path('.git/index.lock').touch()\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", command], cwd=book.root, env=ENV, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (book.root / ".git/index.lock").exists()
    assert book("log", "petersen", "Anruf: ok").code == 0
    assert not (book.root / ".git/index.lock").exists()
    assert not list((book.root / ".git/crm").glob("looking-*"))


def test_the_lock_of_another_git_stays_where_no_look_of_ours_was_killed(book: Book) -> None:
    (book.root / ".git/index.lock").touch()
    assert book("log", "petersen", "Anruf: ok").code == 53
    assert (book.root / ".git/index.lock").exists()
