"""Read many new files with the help of a second process, each of the two about half of them.

It is our own Python, which runs `serve`. It is told on its standard input what to read,
and answers on its standard output with rows, in the order asked for, as the values of which they
are made; the pipe holds it back where nobody takes them. Nothing depends on it: what it does not
answer, because it cannot be started or ended early, is read here.
"""

from __future__ import annotations

import gc
import marshal
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from crm_md import messages, store
from crm_md.config import Config, read_config
from crm_md.processors import processors
from crm_md.row_reading import read_row

if TYPE_CHECKING:
    import subprocess

    from crm_md.index.catalogue import Row, Unchanged

_OURS, _OF = 4, 9  # our share of the files: rows of both are put into the catalogue here
_LENGTH = 4  # bytes that say how many follow
_RARELY = 50_000  # new containers; the collector would look through all of them every 700
# The folder one stands in is no place to import from; our own path goes ahead of everything.
_START = "import marshal, sys; sys.path[:] = marshal.load(sys.stdin.buffer);"
_START += "from crm_md.beside import serve; serve(sys.stdin.buffer, sys.stdout.buffer)"


class Wanted(NamedTuple):
    """What is to be read.

    Attributes:
        root: the store.
        settings_text: ``crm.toml`` as it stands, or "" where it cannot be used.
        today: the day from which on waking days hold.
    """

    root: Path
    config: Config
    settings_text: str
    today: date


Read = Callable[[str], "Row | Unchanged | None"]


def rows_of_new(
    wanted: Wanted, paths: Sequence[str], read: Read
) -> Iterator[Row | Unchanged | None]:
    """Yield the row of each file, in the order of the paths; None for one that is gone.

    Args:
        wanted: what to read.
        paths: relative to the store.
        read: reads one of them here.
    """
    theirs = [path for place, path in enumerate(paths) if place % _OF >= _OURS]
    second = _Second(wanted, theirs) if processors() > 1 else None
    try:
        for place, path in enumerate(paths):
            told = second.row(path) if second and place % _OF >= _OURS else None
            yield told.row if told else read(path)
    finally:
        if second:
            second.stop()


class _Told(NamedTuple):
    row: Row | None


class _Second:
    """The second process; from its first failure on, it tells nothing."""

    def __init__(self, wanted: Wanted, paths: list[str]) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        about = (os.fspath(wanted.root), wanted.settings_text, wanted.today.toordinal())
        import subprocess

        with suppress(OSError, ValueError):
            self._process = subprocess.Popen(
                (sys.executable, "-c", _START),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            assert self._process.stdin
            with self._process.stdin as given:
                marshal.dump([*map(str, sys.path)], given)
                marshal.dump((*about, messages.language(), paths), given)

    def row(self, path: str) -> _Told | None:
        """Return what it tells of the next file, which is this one; None if it tells nothing."""
        from crm_md.index.catalogue import Row

        if self._process is None or self._process.stdout is None:
            return None
        try:
            length = int.from_bytes(_exactly(self._process.stdout, _LENGTH), "big")
            told, values = marshal.loads(_exactly(self._process.stdout, length))
            if told == path:
                return _Told(Row(*values) if values else None)
        except (OSError, EOFError, ValueError, TypeError):
            pass
        self.stop()
        return None

    def stop(self) -> None:
        """End it, whatever it is doing."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    with suppress(OSError):
                        pipe.close()
            process.wait()


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    found = pipe.read(length)
    if len(found) < length:
        raise EOFError
    return found


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Be the second process: read the files asked for, and answer with their rows.

    Args:
        asked: what `_Second` writes.
        answers: path and values of each row, None for a file that is gone, its length before it.
    """
    gc.set_threshold(_RARELY)
    root, settings_text, today, language, paths = marshal.load(asked)
    messages.speak(language)
    wanted = Wanted(Path(root), read_config(settings_text), settings_text, date.fromordinal(today))
    for path in paths:
        plain = marshal.dumps((path, _values(wanted, path)))
        answers.write(len(plain).to_bytes(_LENGTH, "big") + plain)
    answers.flush()


def _values(wanted: Wanted, path: str) -> tuple[Any, ...] | None:
    from crm_md.index.catalogue import Row

    read_ns = time.time_ns()
    stamp = store.stamp_of(wanted.root, path)
    if stamp is None:
        return None
    row = read_row(wanted.root, path, wanted.config, wanted.today, stamp, read_ns)
    values: tuple[Any, ...] | None = attrgetter(*Row.__slots__)(row) if row else None
    return values
