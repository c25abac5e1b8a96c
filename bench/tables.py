"""Tell what was measured as Markdown tables, goals missed with by how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bench import questions as goals
from bench import sharing_tables
from bench.cells import KIB, MIB, line, mib, ms
from bench.measuring import Results, Row
from bench.parts import Parts
from bench.processes import Measured
from bench.sharing import Sharing


def told(
    results: Sequence[Results], shared: Sharing | None = None, parts: Parts | None = None
) -> str:
    """Return all tables, smallest store first, and at the end which goals were missed."""
    shared, parts = shared or Sharing(), parts or Parts()
    lines: list[str] = []
    for one in results:
        lines += _answers(one)
    lines += _growth(results)
    lines += _first_use(results)
    lines += sharing_tables.contests(shared)
    lines += sharing_tables.clones(parts)
    lines += _missed([*_missed_alone(results), *sharing_tables.missed(shared)])
    for failed in (*results, shared, parts):
        lines += [f"- failed: `{failure}`" for failure in failed.failures]
    return "\n".join(lines) + "\n"


def _answers(one: Results) -> Iterator[str]:
    floors = [row.pipe.floor for row in one.rows if row.pipe]
    floor = f", floor {ms(sorted(floors)[len(floors) // 2])}" if floors else ""
    yield f"### {one.size:,} customers, {one.entries:,} entries{floor}"
    yield ""
    yield "| | goal | in a pipe | | on a terminal | | memory |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for row in one.rows:
        goal = _goal_of(one, row)
        cells = [row.question.name, f"{goal:g} ×" if goal else ""]
        for measured in (row.pipe, row.terminal):
            cells += _cells(measured, goal)
        peaks = [measured.peak for measured in (row.pipe, row.terminal) if measured]
        cells.append(mib(max(peaks)) if peaks else "")
        yield line(cells)
    yield ""


def _cells(measured: Measured | None, goal: float | None) -> list[str]:
    if measured is None:
        return ["failed", ""]
    ratio = f"{measured.ratio:.1f} ×"
    missed = goal is not None and measured.ratio > goal
    return [ms(measured.seconds), f"**{ratio}**" if missed else ratio]


def _goal_of(one: Results, row: Row) -> float | None:
    return row.question.goal if one.size == 10_000 else None


def _growth(results: Sequence[Results]) -> Iterator[str]:
    """How the ratio to the floor grows with the store."""
    if len(results) < 2:
        return
    steps = [f"{small.size:,} → {large.size:,}" for small, large in _steps(results)]
    yield line(["times as long", *steps])
    yield line(["---", *("---:" for _step in steps)])
    for place, row in enumerate(results[0].rows):
        cells = [row.question.name]
        for small, large in _steps(results):
            growth = _times(small.rows[place], large.rows[place])
            limit = growth_goal(large.size) if row.question.goal else None
            told = "" if growth is None else f"{growth:.1f} ×"
            cells.append(f"**{told}**" if growth and limit and growth > limit else told)
        yield line(cells)
    yield ""


def _steps(results: Sequence[Results]) -> list[tuple[Results, Results]]:
    return list(pairwise(results))


def _times(small: Row, large: Row) -> float | None:
    if small.pipe is None or large.pipe is None:
        return None
    return large.pipe.ratio / small.pipe.ratio


def growth_goal(size: int) -> float | None:
    """Return how many times as long as at a tenth of this size a command may take."""
    return {10_000: goals.GROWTH_TO_10_000, 100_000: goals.GROWTH_TO_100_000}.get(size)


def _first_use(results: Sequence[Results]) -> Iterator[str]:
    measured = [one for one in results if one.lists or one.growth is not None]
    if not measured:
        return
    yield "| first use after a clone | lists | memory | full text | memory | `.git` a commit |"
    yield "|---|---:|---:|---:|---:|---:|"
    for one in measured:
        cells = [f"{one.size:,} customers"]
        for run in (one.lists, one.full_text):
            cells += [f"{run.seconds:.1f} s", mib(run.peak)] if run else ["", ""]
        cells.append("" if one.growth is None else f"{one.growth / KIB:.1f} KiB")
        yield line(cells)
    yield ""


def _missed(missed: Sequence[str]) -> Iterator[str]:
    yield "Goals missed:" if missed else "No goal was missed."
    yield ""
    yield from (f"- {text}" for text in missed)


def _missed_alone(results: Sequence[Results]) -> Iterator[str]:
    for one in results:
        yield from _missed_by(one)
    for small, large in _steps(results):
        limit = growth_goal(large.size)
        for before, after in zip(small.rows, large.rows, strict=True):
            growth = _times(before, after)
            if limit and growth and after.question.goal and growth > limit:
                step = f"from {small.size:,} to {large.size:,}"
                yield f"{after.question.name}, {step}: {growth:.1f} × instead of {limit:g}"


def _missed_by(one: Results) -> Iterator[str]:
    """Goals are set for one size; the growth to the others has goals of its own."""
    if one.size != 10_000:
        return
    for row in one.rows:
        for where, measured in (("in a pipe", row.pipe), ("on a terminal", row.terminal)):
            goal = row.question.goal
            if not goal or not measured:
                continue
            name = f"{row.question.name}, {where}"
            if measured.ratio > goal:
                over = measured.ratio / goal - 1
                yield f"{name}: {measured.ratio:.2f} × instead of {goal:g} ({over:.0%} over)"
            if measured.peak > goals.COMMAND_PEAK:
                yield f"{name}: {measured.peak / MIB:.0f} MiB instead of 80"
    limits = (
        ("first lists", one.lists and one.lists.seconds, goals.LISTS_READY, 1, "s"),
        ("first full text", one.full_text and one.full_text.seconds, goals.FULL_TEXT_READY, 1, "s"),
        ("full text", one.full_text and one.full_text.peak, goals.FULL_TEXT_PEAK, MIB, "MiB"),
        ("`.git` a commit", one.growth, goals.GROWTH_OF_GIT, KIB, "KiB"),
    )
    for name, value, limit, unit, unit_name in limits:
        if value and value > limit:
            yield f"{name}: {value / unit:.1f} {unit_name} instead of {limit / unit:g}"
