"""Know from Git's own log of this clone what lately came in from others."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import NamedTuple

from crm_md.history.repository import Repository

LATELY = 24 * 3600.0  # seconds; an editor that was open for longer is not thought of
_TAIL = 1 << 16  # bytes of the log, its newest lines
_BROUGHT = (b"crm sync", b"pull", b"merge")  # how the reasons begin of what came from elsewhere


class Moved(NamedTuple):
    """The work tree went from one commit to another."""

    old: str
    new: str


def moved_lately(repository: Repository, since: float) -> list[Moved]:
    """Return how work of others came into the folder since a moment, oldest first; no process runs.

    Where Git keeps no log (``core.logAllRefUpdates``, reftable), nothing is known.
    Source: gitrepository-layout(5), ``logs``; a line has both ids, who, when, a tab, and why.

    Args:
        repository: whose folder.
        since: in seconds since 1970.
    """
    found: list[Moved] = []
    for line in _newest_lines(repository):
        about, _tab, why = line.partition(b"\t")
        words = about.split(b" ")
        with suppress(ValueError, IndexError):
            old, new = words[0].decode("ascii"), words[1].decode("ascii")
            if why.startswith(_BROUGHT) and int(words[-2]) >= since and old.strip("0"):
                found.append(Moved(old, new))
    return found


def _newest_lines(repository: Repository) -> list[bytes]:
    try:
        with (repository.git_dir / "logs" / "HEAD").open("rb") as log:
            size = log.seek(0, os.SEEK_END)
            log.seek(max(0, size - _TAIL))
            lines = log.read().split(b"\n")
    except OSError:
        return []
    return lines[1:] if size > _TAIL else lines
