"""Type a line at the sample store as a reader of the manual would, and take what is printed.

The manual and the gallery of errors are replayed with it: the same store, the same Friday
afternoon, a home folder of nobody, so that the answers are the same on every machine.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

COLUMNS = 100
NOW = datetime(2026, 11, 20, 14, 30)
SHOWN = {"de": "~/kunden", "en": "~/customers"}
PYTHON = "/usr/bin/python3"  # instead of where Python lies on this machine
_PREFIX = re.compile(r"(\w+)=(\S*) ")


@dataclass(frozen=True)
class Answer:
    """What stood on the screen, and the exit code."""

    lines: tuple[str, ...]
    code: int


class Screen(io.StringIO):
    """What a person sees: answers laid out for a terminal, and the talk between them.

    Nobody can be asked, and no progress is drawn: stderr is no terminal.
    """

    def __init__(self) -> None:
        super().__init__()
        self.talk = _Talk(self)

    def isatty(self) -> bool:
        return True


class _Talk(io.TextIOBase):
    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def write(self, text: str) -> int:
        return self._screen.write(text)


def sample_store(folder: Path) -> Path:
    """Make the sample store, with its history packed, so that it is copied quickly."""
    from crm_md.messages import speaking
    from crm_md.records.sample import make_demo

    with speaking("de"):
        make_demo(folder, NOW)
    subprocess.run(["git", "gc", "--quiet"], cwd=folder, check=True)
    return folder


def answer(line: str, store: Path, language: str, now: datetime = NOW) -> Answer:
    """Run one line in the store's folder.

    Args:
        line: a ``crm`` command, run in this process, or any other, run by the shell; settings of
            the environment may stand before it (``EDITOR=true crm edit petersen``), a pipe
            behind it.
        store: the folder of the store.
        language: ``de`` or ``en``; what the program speaks, and the store's name in the answer.
        now: day and time at which it is typed.
    """
    settings = {}
    while found := _PREFIX.match(line):
        settings[found[1]] = found[2]
        line = line[found.end() :]
    with environment({"NO_COLOR": "1", "COLUMNS": str(COLUMNS), **settings}), chdir(store):
        text, code = _crm(line, language, now) if line.startswith("crm ") else _shell(line)
    text = text.replace(str(store), SHOWN[language]).replace(sys.executable, PYTHON)
    return Answer(tuple(part.rstrip() for part in text.rstrip("\n").split("\n") if text), code)


def _crm(line: str, language: str, now: datetime) -> tuple[str, int]:
    """Run a command of ours; both streams in the order in which they were written."""
    from crm_md.cli import run

    shared = ["--language", language, "--today", f"{now:%Y-%m-%d %H:%M}"]
    line, _bar, behind = line.partition(" | ")
    screen, typed = Screen(), sys.stdin
    out = io.StringIO() if behind else screen
    sys.stdin = io.StringIO("")
    try:
        with redirect_stdout(out), redirect_stderr(screen.talk):
            code = run([*shared, *shlex.split(line)[1:]])
    finally:
        sys.stdin = typed
    if behind:
        screen.write(_shell(behind, out.getvalue())[0])
    return screen.getvalue(), code


def _shell(line: str, given: str = "") -> tuple[str, int]:
    ran = subprocess.run(
        ["bash", "-c", line],
        input=given.encode("utf-8"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return ran.stdout.decode("utf-8"), ran.returncode


@contextmanager
def environment(settings: dict[str, str]) -> Iterator[None]:
    """Have these settings in the environment for a while."""
    before = dict(os.environ)
    os.environ.update(settings)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def home_of_nobody() -> Iterator[Path]:
    """Live in an empty home folder for a while: no settings of this machine reach the commands."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    with tempfile.TemporaryDirectory() as folder, environment({}):
        os.environ.clear()
        os.environ.update(kept)
        os.environ.update(HOME=folder, GIT_CONFIG_NOSYSTEM="1", TZ="Europe/Berlin", LANG="C.UTF-8")
        time.tzset()
        yield Path(folder)
