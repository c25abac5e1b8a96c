"""Run whole processes, in a pipe or on a terminal, in turn with a floor, and say what they took."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path
from statistics import median
from struct import pack
from termios import TIOCSWINSZ

Command = Sequence[str]

_ROWS, _COLUMNS = 40, 120
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes on macOS, else KiB


class Failed(Exception):
    """A command did not do what it was to be timed at."""

    def __init__(self, command: Command, code: int, printed: bytes) -> None:
        last = printed.decode("utf-8", "replace").strip().split("\n")[-1]
        super().__init__(f"{' '.join(command)} ended with {code}: {last}")


@dataclass(frozen=True, slots=True)
class Run:
    """One process from its start to its end, those that it waited for included.

    Attributes:
        seconds: on the clock; cpu: of the processors, in all.
        peak: bytes of memory of the largest single process.
        printed: what it wrote to stdout and stderr.
    """

    seconds: float
    cpu: float
    peak: int
    printed: bytes


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians of runs in turn with a floor.

    Attributes:
        seconds: of the command; floor: of what it is compared with.
        ratio: median of the ratios of neighbours, which a machine's moods disturb least.
        peak: bytes of memory, the most of all runs.
    """

    seconds: float
    floor: float
    ratio: float
    peak: int


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return what processes are given: compiled modules are kept, and no settings of the user's.

    German is asked for, since most who use the program speak it, and since it costs a catalogue.
    """
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "CRM_", "GIT_", "LC_"))
    }
    fixed = {
        "LANG": "C.UTF-8",
        "LANGUAGE": "de",
        "TERM": "xterm-256color",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    return {**own, **fixed, **more}


def run(command: Command, folder: Path, env: Mapping[str, str], *, terminal: bool = False) -> Run:
    """Run a command to its end.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        env: its whole environment.
        terminal: give it a pseudo-terminal of 120 columns instead of pipes.

    Raises:
        Failed: its exit code is not 0.
    """
    ours, theirs = _terminal() if terminal else os.pipe()
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=env,
        stdin=theirs if terminal else subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    printed = _all_of(ours)
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    os.close(ours)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(command, process.returncode, printed)
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _PEAK_UNIT, printed)


def in_turn(
    command: Callable[[int], Command],
    floor: Command,
    folder: Path,
    env: Mapping[str, str],
    *,
    times: int,
    terminal: bool,
) -> Measured:
    """Run floor and command in turn, so many times each, after one run of both to warm up.

    Args:
        command: makes the command of a run from its number; the first, to warm up, is 0.
    """
    pairs: list[tuple[Run, Run]] = []
    for number in range(times + 1):
        below = run(floor, folder, env, terminal=terminal)
        pairs.append((below, run(command(number), folder, env, terminal=terminal)))
    counted = pairs[1:]
    return Measured(
        median(ours.seconds for _below, ours in counted),
        median(below.seconds for below, _ours in counted),
        median(ours.seconds / below.seconds for below, ours in counted),
        max(ours.peak for _below, ours in counted),
    )


def _terminal() -> tuple[int, int]:
    ours, theirs = pty.openpty()
    ioctl(theirs, TIOCSWINSZ, pack("HHHH", _ROWS, _COLUMNS, 0, 0))
    return ours, theirs


def _all_of(stream: int) -> bytes:
    parts = []
    while True:
        try:
            part = os.read(stream, 1 << 16)
        except OSError:  # a terminal whose other side is closed
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts)
