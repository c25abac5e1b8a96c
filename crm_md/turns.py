"""Let one process at a time do what two must not do at once, and tell who is at it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crm_md.errors import StoreLocked, WriteFailed, reason_of


@contextmanager
def in_turn(state: Path, verb: str, seconds: float, name: str = "lock") -> Iterator[None]:
    """Hold the store's write lock, or another; whoever waits too long is told who holds it.

    Args:
        state: the clone's own folder, where the lock lies.
        verb: the command's English name, for those who wait.
        seconds: how long to wait.
        name: of the lock.

    Raises:
        StoreLocked: the lock was not free in time.
        WriteFailed: the system lets nobody write here.
    """
    from crm_md.locking import hold

    holder = state / f"{name}.holder"
    try:
        state.mkdir(parents=True, exist_ok=True)
        let_go = hold(state / name, seconds)
    except TimeoutError:
        named = holder.read_text(encoding="utf-8") if holder.exists() else "crm"
        raise StoreLocked(named) from None
    except OSError as problem:
        raise WriteFailed(str(state), reason_of(problem)) from problem
    try:
        with suppress(OSError):  # who holds it is a kindness to those who wait
            holder.write_text(f"crm {verb} ({os.getpid()})", encoding="utf-8")
        yield
    finally:
        let_go()
