"""Write numbers and lines of Markdown tables."""

from __future__ import annotations

from collections.abc import Sequence

MIB = 2**20
KIB = 2**10


def ms(seconds: float) -> str:
    """Return a time as a command takes it."""
    return f"{seconds * 1000:.0f} ms"


def mib(size: float) -> str:
    """Return a size in bytes as memory and disks have it."""
    return f"{size / MIB:.0f} MiB"


def line(cells: Sequence[str]) -> str:
    """Return one line of a table."""
    return f"| {' | '.join(cells)} |"
