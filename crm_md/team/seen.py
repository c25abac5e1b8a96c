"""Remember in this clone what of the others' work was shown, and nothing that was not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from crm_md import safe_files
from crm_md.frozen import dataclass

FILE = "seen"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class SeenSoFar:
    """What was shown.

    Attributes:
        upto: the commit up to which everything was; None before the first look.
        since: where ``upto`` is None, the moment at which the first look began.
        also: pairs of a later commit and the path of a customer that were shown.
    """

    upto: str | None = None
    since: datetime | None = None
    also: frozenset[tuple[str, str]] = frozenset()


def read_seen(state: Path) -> SeenSoFar | None:
    """Return what was shown in this clone, None if nothing was or nobody can tell any more.

    Args:
        state: the clone's own folder, ``.git/crm``.
    """
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads((state / FILE).read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            return None
        upto, since = told["upto"], told["since"]
        if upto is None and since is None:
            return None
        also = frozenset((str(commit), str(path)) for commit, path in told["also"])
        moment = datetime.fromisoformat(since) if since else None
        return SeenSoFar(None if upto is None else str(upto), moment, also)
    return None


def is_broken(state: Path) -> bool:
    """Tell whether something was kept that cannot be read."""
    return (state / FILE).exists() and read_seen(state) is None


def keep_seen(state: Path, seen: SeenSoFar) -> None:
    """Keep what was shown, whole or not at all.

    Raises:
        OSError: the system refuses; what was kept before stands.
    """
    told = {
        "format": FORMAT,
        "upto": seen.upto,
        "since": seen.since.isoformat() if seen.since else None,
        "also": sorted(map(list, seen.also)),
    }
    safe_files.keep(state, FILE, json.dumps(told), lasting=False)


def with_shown(seen: SeenSoFar, shown: Iterable[tuple[str, str]]) -> SeenSoFar:
    """Return what was shown so far and now."""
    return SeenSoFar(seen.upto, seen.since, seen.also | frozenset(shown))
