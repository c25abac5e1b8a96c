"""Put all questions to one store: first use, then each in a pipe and on a terminal."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.invented import RARE
from bench.processes import Failed, Measured, Run, in_turn, run
from bench.questions import FLOOR, Question, program, surroundings
from bench.stores import Store

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Row:
    """What one question took; None where it failed, or was not put."""

    question: Question
    pipe: Measured | None = None
    terminal: Measured | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What was measured of one store.

    Attributes:
        entries: dated entries in it.
        lists: the first list after a clone; None where it was not measured.
        full_text: the first search after that.
        growth: bytes of ``.git`` a commit.
        failures: what the commands that failed said.
    """

    size: int
    entries: int
    rows: tuple[Row, ...]
    lists: Run | None
    full_text: Run | None
    growth: float | None
    failures: tuple[str, ...]


class Measuring:
    """One store being measured.

    Args:
        store: which.
        times: counted runs of each question.
        tell: told what is being done.
    """

    def __init__(self, store: Store, times: int, tell: Tell) -> None:
        self.store = store
        self.times = times
        self.tell = tell
        self.failures: list[str] = []
        self.growth: float | None = None
        self.env: Mapping[str, str] = surroundings()

    def results(self, questions: list[Question], *, first_use: bool) -> Results:
        """Measure everything.

        Args:
            questions: what to ask.
            first_use: say how long the first answers take in a clone, which has no derived data.
        """
        searched = any("search" in question.name for question in questions)
        lists, full_text = self._first_use(searched) if first_use else (None, None)
        self._begin_again()
        self._first(self.store.folder, "list")
        if searched:
            self._first(self.store.folder, "search", RARE)
        rows = tuple(self._row(question) for question in questions)
        self._begin_again()
        entries = sum(
            file.read_text(encoding="utf-8").count("\n### ")
            for file in (self.store.folder / "customers").rglob("*.md")
        )
        return Results(
            self.store.size,
            entries,
            rows,
            lists,
            full_text,
            self.growth,
            tuple(self.failures),
        )

    def _first_use(self, searched: bool) -> tuple[Run | None, Run | None]:
        """Clone the store as a colleague would; return the first list and first search there."""
        with TemporaryDirectory(prefix="clone-", dir=self.store.folder.parent) as folder:
            self.tell(f"{self.store.size:,}: clone")
            clone = Path(folder) / "store"
            words = ("clone", "--quiet", "--", str(self.store.folder), str(clone))
            subprocess.run(("git", *words), check=True, env=dict(self.env))
            lists = self._first(clone, "list")
            return lists, self._first(clone, "search", RARE) if searched else None

    def _first(self, folder: Path, *words: str) -> Run | None:
        """Run what makes derived data; without the goal of a command."""
        self.tell(f"{self.store.size:,}: first {words[0]}")
        try:
            return run((*program(), *words), folder, self.env)
        except Failed as problem:
            self.failures.append(str(problem))
            return None

    def _row(self, question: Question) -> Row:
        self.tell(f"{self.store.size:,}: {question.name}")
        before = size_of(self.store.folder / ".git") if question.writes else 0
        try:
            pipe = self._measured(question, terminal=False)
            if question.writes:
                grown = size_of(self.store.folder / ".git") - before
                self.growth = grown / (self.times + 1)
            terminal = self._measured(question, terminal=True)
        except Failed as problem:
            self.failures.append(str(problem))
            return Row(question)
        return Row(question, pipe, terminal)

    def _measured(self, question: Question, *, terminal: bool) -> Measured:
        if question.needs:
            self._bring(question.needs)
        return in_turn(
            question.command,
            FLOOR,
            self.store.folder,
            self.env,
            times=self.times,
            terminal=terminal,
        )

    def _bring(self, text: str) -> None:
        """Put one more customer into the store, or as it was when it is there."""
        path = "customers/zz/needed.md"
        file = self.store.folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        git = ("git", "-C", str(self.store.folder))
        commit = ("commit", "--quiet", "--message", "Needed", "--", path)
        for words in (("add", "--", path), commit):
            subprocess.run((*git, *words), check=True, env=dict(self.env))

    def _begin_again(self) -> None:
        """Take back what was written while measuring, and let Git see it, as any writer does."""
        git = ("git", "-C", str(self.store.folder))
        reset = ("reset", "--hard", "--quiet", self.store.begun)
        for words in (reset, ("clean", "-dfq"), ("status", "--short")):
            subprocess.run((*git, *words), check=True, env=dict(self.env))


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file())
