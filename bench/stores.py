"""Keep stores of invented customers, each with its history in Git, outside the repository."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

from bench.invented import Invented, customers
from bench.team import TEAM, settings
from crm_md import history
from crm_md.history import Identity
from crm_md.history.replay import Step

ME = Identity(TEAM["anna"], "anna@example.com")
LOGGED_LAST = 200  # customers whose newest entry is a commit of its own
TOGETHER = 500  # customers in each commit before
YEARS = 6

_READY = "ready"
_ATTRIBUTES = b"customers/**/*.md -text merge=crm-md diff=crm-md\n"
_ID_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Store:
    """A store to be measured.

    Attributes:
        folder: its root, the top of a work tree of its own.
        size: customers.
        begun: the commit it was made with; what is measured may add others.
    """

    folder: Path
    size: int
    begun: str


def cache_folder() -> Path:
    """Return where stores are kept: below the user's cache (XDG Base Directory Specification)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "crm-md-bench"


def kept_store(size: int, today: date, cache: Path) -> Store:
    """Return the store of this size and day, made if it is not there; older ones are removed.

    Args:
        size: customers.
        today: the day of its youngest entries.
        cache: the folder that stores are kept in.
    """
    place = cache / f"{size}-{today}"
    if not (place / _READY).exists():
        for old in cache.glob(f"{size}-*"):
            shutil.rmtree(old)
        store = make_store(place / "store", size, today)
        (place / _READY).write_text(store.begun, encoding="ascii")
    return Store(place / "store", size, (place / _READY).read_text(encoding="ascii"))


def make_store(folder: Path, size: int, today: date, seed: int = 1) -> Store:
    """Write a store with its history: years of work of a team of five.

    Args:
        folder: made; nothing may be in it.
        size: customers.
        today: the day of the youngest entries.
        seed: the same seed and day write the same files and commits.
    """
    folder.mkdir(parents=True)
    own = history.initialise(folder, own=True)
    own.set_identity(ME.name, ME.email)
    begun = own.replay(_steps(customers(size, today, seed), size, today))
    assert begun is not None
    return Store(folder, size, begun)


def _steps(invented: Iterator[Invented], size: int, today: date) -> Iterator[Step]:
    rng = random.Random(size)
    first = datetime.combine(today - timedelta(days=365 * YEARS), time(9)).astimezone()
    yield Step(ME, first, "Begin", {"crm.toml": settings().encode(), ".gitattributes": _ATTRIBUTES})
    last: list[Invented] = []
    apart = max(1, size // LOGGED_LAST)
    for number in range(-(-size // TOGETHER)):
        some = list(islice(invented, TOGETHER))
        logged = some[::apart]
        last += logged
        yield _brought(some, logged, first + number * timedelta(hours=3), rng)
    evening = datetime.combine(today, time(8)).astimezone() - timedelta(days=1)
    for number, one in enumerate(last):
        yield _logged(one, evening + number * timedelta(seconds=40), rng)


def _brought(
    some: Sequence[Invented], logged: Sequence[Invented], when: datetime, rng: random.Random
) -> Step:
    later = {one.path for one in logged}
    files = {
        one.path: (one.earlier if one.path in later else one.text).encode("utf-8") for one in some
    }
    return Step(_somebody(rng), when, f"{len(some)} customers", files)


def _logged(one: Invented, when: datetime, rng: random.Random) -> Step:
    action = "".join(rng.choices(_ID_SIGNS, k=6))
    return Step(
        _somebody(rng),
        when,
        f"{one.name}: 1 Eintrag dazu",
        {one.path: one.text.encode("utf-8")},
        {"Crm-Action": f"log {action}"},
    )


def _somebody(rng: random.Random) -> Identity:
    short = rng.choice([*TEAM])
    return Identity(TEAM[short], f"{short}@example.com")
