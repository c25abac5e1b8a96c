"""Make a store at which colleagues worked a lot, for ``crm review`` to be timed at."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

from bench.contests import Contest, Job
from bench.desks import with_entry
from bench.invented import customers
from bench.processes import run
from bench.questions import program
from bench.stores import ME
from bench.team import TEAM, settings
from crm_md import history
from crm_md.history import Identity
from crm_md.history.replay import Step

CUSTOMERS = 2_000
COMMITS = 5_000
GOAL = 2.0  # seconds


def make_busy_store(folder: Path, size: int, commits: int, today: date) -> str:
    """Write a store at which colleagues worked; return the commit before their work began.

    Args:
        folder: made; nothing may be in it.
        size: customers, in two-letter folders.
        commits: each of one colleague at one customer: an entry more, now and then a fact.
        today: the day of the last commit.
    """
    folder.mkdir(parents=True)
    own = history.initialise(folder, own=True)
    own.set_identity(ME.name, ME.email)
    own.replay(_steps(size, commits, today))
    printed = subprocess.run(
        ("git", "rev-list", "--max-parents=0", "HEAD"),
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return printed.stdout.strip()


def _steps(size: int, commits: int, today: date) -> Iterator[Step]:
    rng = random.Random(size)
    last = datetime.combine(today, time(18)).astimezone()
    texts = {one.path: one.text for one in islice(customers(size, today), size)}
    files = {path: text.encode() for path, text in texts.items()}
    files["crm.toml"] = settings().encode()
    yield Step(ME, last - timedelta(days=30), "Begin", files)
    colleagues = [Identity(TEAM[name], f"{name}@example.com") for name in TEAM if name != "anna"]
    paths = list(texts)
    for number in range(commits):
        path, somebody = rng.choice(paths), rng.choice(colleagues)
        texts[path] = _worked_at(texts[path], number, today, rng)
        when = last - timedelta(minutes=commits - number)
        yield Step(somebody, when, f"Entry {number}", {path: texts[path].encode()})


def _worked_at(text: str, number: int, today: date, rng: random.Random) -> str:
    """Return a customer with one more entry, or another segment."""
    if rng.random() < 0.1 and "\nsegment: " in text:
        head, _key, rest = text.partition("\nsegment: ")
        return f"{head}\nsegment: {rng.choice('ABC')}{rest[1:]}"
    kind = rng.choice(("Anruf", "Mail", "Besuch", "Reklamation"))
    entry = f"### {today} {kind}: Vorgang {number}\n\nAlles besprochen.\n"
    if rng.random() < 0.3:
        entry += f"\n- [ ] nachfassen due:{today + timedelta(days=7)}\n"
    return with_entry(text, entry)


def review_contest(name: str, folder: Path, env: Mapping[str, str]) -> Contest:
    """Return the question as it is put every morning, without its marks, which would answer it.

    Args:
        name: what the table calls it.
        folder: made; nothing may be in it.
        env: of all processes.

    Raises:
        Failed: the store cannot be listed.
    """
    begun = make_busy_store(folder, CUSTOMERS, COMMITS, date.today())
    run((*program(), "list"), folder, env)
    asked = (*program(), "review", "--unread", "--since", begun)
    return Contest(name, f"{GOAL:g} s", Job(asked, folder), (), lambda: GOAL)
