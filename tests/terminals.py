"""Run a command on a real pseudo-terminal, as a person at a keyboard would."""

from __future__ import annotations

import os
import pty
import select
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.books import Book

SECONDS = 30.0


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
        os.execv(sys.executable, [*command, "--today", "2026-11-20 14:30", *arguments])
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
