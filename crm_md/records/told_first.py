"""Remember in ``.git/crm/`` which files were mentioned, so that a cron job says it only once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from crm_md import safe_files
from crm_md.crm import Crm

FILE = "not-shared"


def told_first(crm: Crm, paths: Sequence[str]) -> tuple[str, ...]:
    """Return which of these files are mentioned for the first time, and remember them all.

    What is not among them any more is forgotten. Where it cannot be remembered, all are mentioned.

    Args:
        crm: the open store.
        paths: relative to it.
    """
    import json

    known: set[str] = set()
    if crm.state is None:
        return tuple(paths)
    with suppress(OSError, ValueError, TypeError):
        known = set(json.loads((crm.state / FILE).read_text(encoding="utf-8")))
    if known != set(paths):
        with suppress(OSError):
            safe_files.keep(crm.state, FILE, json.dumps(list(paths)), lasting=False)
    return tuple(path for path in paths if path not in known)
