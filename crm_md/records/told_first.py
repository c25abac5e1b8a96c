"""Remember in ``.git/crm/`` what was mentioned, so that a cron job says it once, or once a day."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from crm_md import safe_files
from crm_md.crm import Crm

FILE = "not-shared"
TODAY = "said-today"


def told_first(crm: Crm, paths: Sequence[str], file: str = FILE) -> tuple[str, ...]:
    """Return which of these files are mentioned for the first time, and remember them all.

    What is not among them any more is forgotten. Where it cannot be remembered, all are mentioned.

    Args:
        crm: the open store.
        paths: relative to it; or other words, in another file.
        file: in which they are remembered.
    """
    import json

    known: set[str] = set()
    if crm.state is None:
        return tuple(paths)
    with suppress(OSError, ValueError, TypeError):
        known = set(json.loads((crm.state / file).read_text(encoding="utf-8")))
    if known != set(paths):
        with suppress(OSError):
            safe_files.keep(crm.state, file, json.dumps(list(paths)), lasting=False)
    return tuple(path for path in paths if path not in known)


def first_today(crm: Crm, words: Sequence[str]) -> tuple[str, ...]:
    """Return which of these words are said for the first time today, and remember them all.

    What is not among them any more is forgotten, so that it is said when it comes back.

    Args:
        crm: the open store.
        words: what is wrong now.
    """
    dated = {f"{crm.today.isoformat()} {one}": one for one in words}
    return tuple(dated[one] for one in told_first(crm, list(dated), TODAY))
