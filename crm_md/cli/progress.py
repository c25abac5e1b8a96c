"""Show how far long work is, on a terminal; nothing of it stays on the screen or in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from crm_md.cli.output import on_terminal

WIDTH = 30  # columns of the bar itself


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None] | None]:
    """Lend a function that draws (done, all) on stderr; None where nobody looks."""
    if not on_terminal(sys.stderr):
        yield None
        return

    def draw(done: int, total: int) -> None:
        filled = WIDTH * done // max(total, 1)
        bar = "█" * filled + "░" * (WIDTH - filled)
        sys.stderr.write(f"\r{bar} {done}/{total}\x1b[K")
        sys.stderr.flush()

    try:
        yield draw
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
