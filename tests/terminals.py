"""Run a command on a real pseudo-terminal, as a person at a keyboard would."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.books import Book

SECONDS = 20.0
SETTLED = 0.1  # of silence, until somebody who asks listens
TIME = "2026-11-20 14:30"


def run_on_terminal(
    book: Book,
    arguments: Sequence[str],
    *,
    typed: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
    language: str = "en",
) -> str:
    """Run one command and return what the screen showed.

    Args:
        book: the store.
        arguments: behind ``crm``.
        typed: lines to type, each once the program waits.
        env: more of the environment.
        language: what is spoken, ``de`` or ``en``.
    """
    command = [sys.executable, "-m", "crm_md", "--store", str(book.root), "--language", language]
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update({"TERM": "dumb", "COLUMNS": "100", "LINES": "40", **(env or {})})
        os.environ["PYTHONPATH"] = str(Path.cwd())
        os.execv(sys.executable, [*command, "--today", TIME, *arguments])
    shown, waiting, end = b"", list(typed), time.monotonic() + SECONDS
    while time.monotonic() < end:
        ready, _w, _x = select.select([terminal], [], [], 0.5 if waiting else 5.0)
        if ready:
            try:
                piece = os.read(terminal, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        elif waiting and shown:
            os.write(terminal, waiting.pop(0).encode() + b"\n")
    os.close(terminal)
    os.waitpid(pid, 0)
    return shown.decode("utf-8", "replace").replace("\r\n", "\n")


class Screen:
    """A command on a pseudo-terminal, answered key by key as its questions come."""

    def __init__(self, book: Book, *arguments: str, language: str = "en", now: str = TIME) -> None:
        command = [sys.executable, "-m", "crm_md", "--store", str(book.root)]
        command += ["--language", language, "--today", now, *arguments]
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "dumb", "COLUMNS": "100", "LINES": "40"})
            os.environ["PYTHONPATH"] = str(Path.cwd())
            os.execv(sys.executable, command)
        self.shown = ""
        self._seen = 0
        self._bytes = b""

    def answer(self, question: str, keys: str) -> None:
        """Wait until the question is on the screen, and type."""
        self.see(question)
        while self._read(SETTLED):  # whoever asks for a key throws away what was typed before
            pass
        os.write(self.terminal, keys.encode())

    def see(self, text: str) -> None:
        """Wait until this is on the screen, below what was waited for before."""
        end = time.monotonic() + SECONDS
        while (at := self.shown.find(text, self._seen)) < 0:
            if not self._read(0.5) and (self._ended() or time.monotonic() > end):
                raise AssertionError(f"{text!r} is not on the screen:\n{self.shown[self._seen :]}")
        self._seen = at + len(text)

    def end(self) -> int:
        """Wait for the end of the command, and return its exit code."""
        end = time.monotonic() + SECONDS
        while self._read(0.5) or not self._ended():
            assert time.monotonic() < end, f"it waits:\n{self.shown[self._seen :]}"
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def kill(self) -> None:
        """Kill it, as a power cut would."""
        os.kill(self.pid, signal.SIGKILL)
        self.end()

    def hang_up(self) -> None:
        """Close the terminal's window."""
        os.close(self.terminal)
        os.waitpid(self.pid, 0)

    def _ended(self) -> bool:
        return _is_dead(self.pid) and not self._read(0)

    def _read(self, seconds: float) -> bool:
        if not select.select([self.terminal], [], [], seconds)[0]:
            return False
        try:
            piece = os.read(self.terminal, 65536)
        except OSError:  # nobody holds the other end any more
            return False
        self._bytes += piece
        self.shown = self._bytes.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(piece)


def _is_dead(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
