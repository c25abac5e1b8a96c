"""What is timed, and which goals it has: ratios to ``python -c "import click"`` in the same run."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.invented import COMMON, KNOWN_PHONE, KNOWN_SLUG, RARE
from bench.processes import environment

FLOOR = (sys.executable, "-c", "import click")

GROWTH_TO_10_000 = 2.0  # times as long as at a tenth of the size
GROWTH_TO_100_000 = 4.0
LISTS_READY = 8.0  # seconds, first use after a clone at 10,000
FULL_TEXT_READY = 30.0
FULL_TEXT_PEAK = 300 * 2**20  # bytes
COMMAND_PEAK = 80 * 2**20
GROWTH_OF_GIT = 30 * 2**10  # bytes a commit

_CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Question:
    """One command line to be timed.

    Attributes:
        name: what the table calls it.
        command: makes the command of a run from its number.
        goal: how many times the floor it may take at 10,000 customers, None for orientation.
        writes: each run changes the store, by one commit.
        needs: the text of one more customer, who is in the store when the runs begin.
    """

    name: str
    command: Callable[[int], Sequence[str]]
    goal: float | None = None
    writes: bool = False
    needs: str = ""


def tasks() -> str:
    """Return the file of a customer with an open task for each run."""
    lines = "".join(f"- [ ] Beleg {number:03} ablegen\n" for number in range(60))
    return f"---\nname: Belegmappe Immergrün\nowner: anna\n---\n\n{lines}"


def program() -> tuple[str, ...]:
    """Return how the program is started: by the script that installing it made, if there is one."""
    script = Path(sys.executable).with_name("crm")
    return (str(script),) if script.exists() else (sys.executable, "-m", "crm_md")


def surroundings(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of all that is timed; the program is found where it is not installed.

    Args:
        more: further variables.
    """
    found = {} if len(program()) == 1 else {"PYTHONPATH": str(_CHECKOUT)}
    return environment({**found, **(more or {})})


def questions() -> list[Question]:
    """Return what is timed, in the order of the table; what is not installed is left out."""
    crm = program()

    def ours(name: str, *words: str, goal: float | None = None) -> Question:
        return Question(name, lambda _number: (*crm, *words), goal)

    def log(number: int) -> Sequence[str]:
        return (*crm, "log", KNOWN_SLUG, "heute", "Anruf:", f"Lieferung {number} bestätigt")

    def done(number: int) -> Sequence[str]:
        return (*crm, "done", f"Beleg {number:03} ablegen")

    found = [
        ours("show, by name", "show", "abendroth", goal=2.7),
        ours("show, by phone number", "show", KNOWN_PHONE, goal=3.2),
        ours("call", "call", goal=3.5),
        ours("todo", "todo", goal=3.0),
        ours("list", "list", goal=3.5),
        ours("search, a rare word", "search", RARE, goal=3.5),
        ours("search, a common word", "search", COMMON),
        Question("log, with its commit", log, goal=5.0, writes=True),
        Question("done, with its commit", done, goal=5.0, writes=True, needs=tasks()),
        ours("changes", "changes", KNOWN_SLUG),
        Question("git grep, a rare word", lambda _number: ("git", "grep", RARE)),
    ]
    if shutil.which("rg"):
        found.append(Question("rg, a rare word", lambda _number: ("rg", RARE, "customers")))
    return found
