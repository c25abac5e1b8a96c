"""Tell what was measured of sharing as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterator

from bench.cells import line, mib, ms
from bench.parts import Parts
from bench.sharing import Sharing


def contests(shared: Sharing) -> Iterator[str]:
    """Return what each contest took, and what it may take."""
    if not shared.rows:
        return
    at = f", at {shared.size:,} customers" if shared.size else ""
    yield f"### Sharing{at}"
    yield ""
    yield "| | goal | beside it | may take | took | of that | memory |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    for row in shared.rows:
        beside = ms(row.beside[-1]) if row.beside else ""
        share = f"**{row.ratio:.0%}**" if row.ratio > 1 else f"{row.ratio:.0%}"
        cells = [row.name, row.goal, beside, ms(row.limit), ms(row.seconds), share, mib(row.peak)]
        yield line(cells)
    yield ""


def clones(parts: Parts) -> Iterator[str]:
    """Return what a clone of a part takes, and how much of the whole that is."""
    if not (parts.part and parts.whole):
        return
    yield "| a clone, ready for lists | customers | time | disk | memory |"
    yield "|---|---:|---:|---:|---:|"
    for name, one in (("a part, --only", parts.part), ("the whole", parts.whole)):
        size = f"{one.customers:,}"
        yield line([name, size, f"{one.seconds:.1f} s", mib(one.disk), mib(one.peak)])
    time, disk = parts.part.seconds / parts.whole.seconds, parts.part.disk / parts.whole.disk
    share = parts.part.customers / parts.whole.customers
    yield line(["the part of the whole", f"{share:.0%}", f"{time:.0%}", f"{disk:.0%}", ""])
    yield ""


def missed(shared: Sharing) -> Iterator[str]:
    """Return which goals were missed, with by how much."""
    for row in shared.rows:
        if row.ratio > 1:
            took = f"{ms(row.seconds)} instead of {ms(row.limit)}"
            yield f"{row.name}: {took}, {row.goal} ({row.ratio - 1:.0%} over)"
