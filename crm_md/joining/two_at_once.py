"""Merge many customer files with the help of a second process, each of the two about half of them.

It is our own Python, which runs `serve`: it is told the texts on its standard input, and
answers with what they make on its standard output. Nothing depends on it: what it does not answer,
because it cannot be started or ended early, is merged here.
"""

from __future__ import annotations

import gc
import marshal
import sys
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread
from typing import IO, TYPE_CHECKING

from crm_md.document.merging.whole_file import merged_file
from crm_md.processors import processors

if TYPE_CHECKING:
    import subprocess

WORTH_HELP = 60  # files; until a second process is ready to help, 30 are merged
Texts = tuple[bytes, bytes, bytes]  # what two versions come from, and the two

_OURS, _OF = 5, 9  # our share of the files: we need not start first
_RARELY = 50_000  # new containers; the collector would look through all of them every 700
# The folder one stands in is no place to import from; our own path goes ahead of everything.
_START = "import marshal, sys; sys.path[:] = marshal.load(sys.stdin.buffer);"
_START += "from crm_md.joining.two_at_once import serve; serve(sys.stdin.buffer, sys.stdout.buffer)"


def merged_files(every: Sequence[Texts]) -> list[bytes | None]:
    """Return what each of the files becomes, as `merged_file` does, in their order.

    Args:
        every: for each the version both come from, and the two.
    """
    ours = len(every)
    if ours >= WORTH_HELP and processors() > 1:
        ours = ours * _OURS // _OF
    second = _Second(every[ours:]) if ours < len(every) else None
    try:
        made = [merged_file(*texts) for texts in every[:ours]]
        told = second.told() if second else []
    finally:
        if second:
            second.stop()
    return made + ([merged_file(*texts) for texts in every[ours:]] if told is None else told)


class _Second(Thread):
    """The second process, and who talks with it while we work."""

    def __init__(self, every: Sequence[Texts]) -> None:
        super().__init__(daemon=True)
        self._every = every
        self._answer = b""
        self._process: subprocess.Popen[bytes] | None = None
        import subprocess

        with suppress(OSError):
            self._process = subprocess.Popen(
                (sys.executable, "-I", "-S", "-c", _START),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        self.start()

    def run(self) -> None:
        """Ask, and take the answer."""
        if self._process is not None:
            asked = marshal.dumps([*map(str, sys.path)]) + marshal.dumps([*self._every])
            with suppress(OSError, ValueError):
                self._answer = self._process.communicate(asked)[0]

    def told(self) -> list[bytes | None] | None:
        """Wait for the answer, and return it; None if there is none."""
        self.join()
        with suppress(EOFError, ValueError, TypeError):
            told: list[bytes | None] = marshal.loads(self._answer)
            if len(told) == len(self._every):
                return told
        return None

    def stop(self) -> None:
        """End it, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self.join()


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Be the second process: merge what is asked for, and answer with all of it.

    Args:
        asked: the texts, as `merged_files` takes them.
        answers: what they become.
    """
    gc.set_threshold(_RARELY)
    marshal.dump([merged_file(*texts) for texts in marshal.load(asked)], answers)
    answers.flush()
