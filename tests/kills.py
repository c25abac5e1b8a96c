"""Kill the program at any of its steps: when it opens, renames or removes a file, or starts Git."""

from __future__ import annotations

import os
import signal
import sys

from tests.books import Book

_STEPS = frozenset(("os.rename", "os.remove", "os.mkdir", "os.rmdir", "subprocess.Popen", "open"))


def killed_at(book: Book, step: int) -> bool:
    """Sync in a process that dies at its so-manieth step; tell whether it got that far."""
    child = os.fork()
    if not child:
        left = step

        def die(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            if event in _STEPS and not (event == "open" and arguments[1] in ("r", "rb", None)):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(die)
        book("sync")
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) < 0
