"""Hold a lock file: at once where it is free, else through filelock, which knows how to wait."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

POLL_SECONDS = 0.02


def hold(path: Path, seconds: float) -> Callable[[], None]:
    """Take a lock that one process at a time can have, and return what lets go of it.

    A free lock is taken as filelock itself takes it; ``import filelock`` alone would cost 13 ms.

    Args:
        path: the lock's file; it stays.
        seconds: how long to wait for whoever has it.

    Raises:
        TimeoutError: it was not free in time.
        OSError: the file cannot be opened.
    """
    taken = _at_once(path)
    if taken is not None:
        return partial(os.close, taken)
    from filelock import FileLock

    lock = FileLock(path)
    lock.acquire(timeout=seconds, poll_interval=POLL_SECONDS)
    return lock.release


def _at_once(path: Path) -> int | None:
    """Return the open file that holds the lock; None where it is not free, or by other means."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    with suppress(OSError):
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(file).st_nlink:  # else it was removed, and guards nothing any more
                return file
        except OSError:
            os.close(file)
            raise
        os.close(file)
    return None
