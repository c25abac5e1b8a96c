"""The lock of one writer at a time: taken at once, waited for, and understood by filelock."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from crm_md.locking import hold


def test_a_lock_that_is_let_go_can_be_taken_again(tmp_path: Path) -> None:
    for _ in range(3):
        hold(tmp_path / "lock", 0)()


def test_a_lock_that_is_held_is_refused_in_time(tmp_path: Path) -> None:
    let_go = hold(tmp_path / "lock", 0)
    with pytest.raises(TimeoutError):
        hold(tmp_path / "lock", 0.05)
    let_go()


def test_whoever_waits_gets_the_lock_when_it_is_let_go(tmp_path: Path) -> None:
    let_go = hold(tmp_path / "lock", 0)
    threading.Timer(0.1, let_go).start()
    begun = time.monotonic()
    hold(tmp_path / "lock", 10)()
    assert time.monotonic() - begun > 0.05


def test_filelock_sees_our_lock_and_we_see_its(tmp_path: Path) -> None:
    let_go = hold(tmp_path / "lock", 0)
    with pytest.raises(Timeout):
        FileLock(tmp_path / "lock").acquire(timeout=0)
    let_go()
    with FileLock(tmp_path / "lock"), pytest.raises(TimeoutError):
        hold(tmp_path / "lock", 0.05)


def test_a_lock_ends_with_the_process_that_held_it(tmp_path: Path) -> None:
    killed = (
        "import os, pathlib; from crm_md.locking import hold;"
        f" hold(pathlib.Path({str(tmp_path / 'lock')!r}), 0); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", killed], check=False)
    hold(tmp_path / "lock", 0)()


def test_a_lock_that_cannot_be_opened_is_no_lock_that_is_held(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with pytest.raises(IsADirectoryError):
        hold(tmp_path / "lock", 0.05)
