"""Run Git over a network, and do not wait for ever: whoever says nothing for long is away.

Git tells how far it came, and every word of it is a sign of life. How long the whole takes does not
matter: the first clone of a large store over a slow line may take an hour.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING

from crm_md.history.process import Answer, start_git

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FIRST_WORD = 60.0  # seconds until the other side has said anything at all
SILENCE = 300.0  # seconds between two words later on: a hook of the host may be slow
_LOOK = 1.0  # seconds between two looks; on Windows Ctrl-C is heard then only
GAVE_UP = "timed out: the other side said nothing"


class _Ear(Thread):
    """Collects what comes out of a pipe, and knows when something came last."""

    def __init__(self, pipe: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self._pipe = pipe
        self._heard: list[bytes] = []
        self.last: float | None = None
        self.start()

    def run(self) -> None:
        """Listen until the other end is closed."""
        with self._pipe:
            while piece := os.read(self._pipe.fileno(), 65536):
                self._heard.append(piece)
                self.last = time.monotonic()

    @property
    def heard(self) -> bytes:
        """All that came so far."""
        return b"".join(self._heard)


def run_patiently(
    top: Path,
    *args: str,
    settings: Mapping[str, str],
    given: bytes | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Answer:
    """Run Git and return its answer; one of our own, if nothing was heard of it for too long.

    Args:
        top: the folder to run in.
        args: the command and its arguments, with ``--progress`` among them.
        settings: further environment variables.
        given: what Git reads on its standard input; nothing if None.
        meanwhile: done while Git works; if it is interrupted, Git is stopped.

    Raises:
        GitMissing: there is no program named git.
    """
    running = start_git(top, *args, given=given, settings=settings)
    ears = [_Ear(pipe) for pipe in running.pipes]
    began = time.monotonic()
    try:
        running.give()
        meanwhile()
        while not _all_said(ears):
            if running.has_ended():  # what it left running in the background may hold the pipes
                break
            if _is_silent(began, [ear.last for ear in ears if ear.last]):
                running.end()
                return Answer(-1, ears[0].heard, f"{_text(ears[1])}\n{GAVE_UP}")
    except BaseException:
        running.end()
        raise
    return Answer(running.code(), ears[0].heard, _text(ears[1]))


def _all_said(ears: list[_Ear]) -> bool:
    for ear in ears:
        ear.join(min(_LOOK, FIRST_WORD))
    return not any(ear.is_alive() for ear in ears)


def _is_silent(began: float, heard: list[float]) -> bool:
    since = time.monotonic() - max(heard, default=began)
    return since > (SILENCE if heard else FIRST_WORD)


def _text(ear: _Ear) -> str:
    return ear.heard.decode("utf-8", "replace")
