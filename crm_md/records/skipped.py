"""Remember until midnight who was skipped on a walk through the call list, in ``.git/crm/``."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from crm_md import safe_files
from crm_md.crm import Crm

FILE = "walk.json"


def skipped(crm: Crm, list_: str) -> frozenset[str]:
    """Return the files of those who were skipped today.

    What was remembered on another day, or cannot be read, is forgotten.

    Args:
        crm: the open store.
        list_: which list, in any words that tell it from others.
    """
    return frozenset(_remembered(crm).get(list_, ()))


def skip(crm: Crm, list_: str, path: str) -> None:
    """Remember for today that a customer was skipped.

    Where it cannot be remembered, nothing is lost: they are on the list the next time.

    Args:
        path: the customer's file, relative to the store.
    """
    lists = _remembered(crm)
    lists[list_] = sorted({*lists.get(list_, ()), path})
    _remember(crm, lists)


def unskip(crm: Crm, list_: str, path: str = "") -> None:
    """Forget that a customer was skipped today, or all of a list where no path is given."""
    lists = _remembered(crm)
    lists[list_] = [one for one in lists.get(list_, ()) if path and one != path]
    _remember(crm, lists)


def _remembered(crm: Crm) -> dict[str, list[str]]:
    import json

    if crm.state is None:
        return {}
    with suppress(OSError, ValueError, AttributeError, KeyError, TypeError):
        kept: Any = json.loads((crm.state / FILE).read_text(encoding="utf-8"))
        if kept.get("day") == crm.today.isoformat():
            return {str(name): list(map(str, paths)) for name, paths in kept["lists"].items()}
    return {}


def _remember(crm: Crm, lists: dict[str, list[str]]) -> None:
    import json

    if crm.state is None:
        return
    value = {"day": crm.today.isoformat(), "lists": lists}
    with suppress(OSError):
        safe_files.keep(crm.state, FILE, json.dumps(value, ensure_ascii=False), lasting=False)
