"""Run a command in turn with those that say how long it may take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.processes import Command, Run, run


def _nothing(_number: int) -> None:
    """There is nothing to make ready."""


@dataclass(frozen=True, slots=True)
class Job:
    """A command to be timed.

    Attributes:
        command: the program and its arguments.
        folder: where it runs.
        ready: called with the number of each run before it, to make what it works on; not timed.
    """

    command: Command
    folder: Path
    ready: Callable[[int], None] = _nothing


@dataclass(frozen=True, slots=True)
class Contest:
    """A command of ours, and those it is held against.

    Attributes:
        name: what the table calls it.
        goal: how long it may take, in words.
        ours: the command.
        beside: what runs in turn with it.
        limit: makes the seconds that it may take from those of the others.
    """

    name: str
    goal: str
    ours: Job
    beside: tuple[Job, ...]
    limit: Callable[..., float]


@dataclass(frozen=True, slots=True)
class Judged:
    """Medians of a contest.

    Attributes:
        seconds: of the command; beside: of each of the others; limit: what it may take.
        ratio: median of the ratios of a run to the limit that its neighbours set; kept up to 1.
        peak: bytes of memory, the most of all runs.
    """

    name: str
    goal: str
    seconds: float
    beside: tuple[float, ...]
    limit: float
    ratio: float
    peak: int


def judged(contest: Contest, env: Mapping[str, str], times: int) -> Judged:
    """Run all in turn, so many times each, after one run of all to warm up.

    Raises:
        Failed: one of the commands did.
    """
    rounds = [_round(contest, env, number) for number in range(times + 1)][1:]
    ours = [done[-1] for done in rounds]
    limits = [contest.limit(*(run.seconds for run in done[:-1])) for done in rounds]
    return Judged(
        contest.name,
        contest.goal,
        median(run.seconds for run in ours),
        tuple(
            median(done[place].seconds for done in rounds) for place in range(len(contest.beside))
        ),
        median(limits),
        median(run.seconds / limit for run, limit in zip(ours, limits, strict=True)),
        max(run.peak for run in ours),
    )


def _round(contest: Contest, env: Mapping[str, str], number: int) -> list[Run]:
    """Run the others, then ours."""
    done = []
    for job in (*contest.beside, contest.ours):
        job.ready(number)
        done.append(run(job.command, job.folder, env))
    return done
