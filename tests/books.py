"""A real store for tests, and the command line run on it as a user would."""

from __future__ import annotations

import atexit
import io
import json
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from crm_md.cli import run
from crm_md.crm import Crm, open_store
from tests.repositories import git, repository

NOW = datetime(2026, 11, 20, 14, 30)
THE_DAY_BEFORE = datetime(2026, 11, 19, 12, 0)
SETTINGS = """format = 1
language = "de"
[team.anna]
name = "Anna Krüger"
email = ["anna@example.com"]
[team.ben]
name = "Ben Okafor"
email = ["ben@example.com"]
[segments.A]
every = "4w"
"""
PETERSEN = """---
name: Modehaus Petersen GmbH & Co. KG
aliases: [Petersen Borkum]
status: customer        # Stammkunde
segment: A
owner: anna
tags: [mode, insel]
phone: 04922 9300-0
address:
  zip: "26757"
  city: Borkum
next: 2026-12-01 Angebot nachfassen
contacts:
  - name: Heike Petersen
    role: Inhaberin
    address_as: Du, Heike
    phone:
      - 04922 9300-12
      - "+491713920012"
    email: h.petersen@modehaus-petersen.example
    reach: nie montags
  - name: Kai Petersen
    phone: 04922 9300-14
---

# Modehaus Petersen

Verkauft Mode auf der Insel.

## Gemeinsames

- segelt

## Vorsicht

- nicht auf den Bruder ansprechen

## Verlauf

### 2026-11-12 Reklamation von Heike Petersen: Naht offen (ben)

- Stimmung:: verärgert
- [ ] Ersatz schicken due:2026-11-19 @ben

### 2026-10-02 10:15 Besuch bei Heike Petersen: neue Kollektion (anna)

Alles bestens.
"""
HOTEL = """---
name: Strandhotel Vierjahreszeiten
status: customer
owner: ben
phone: 04939 229300-0
relations:
  - to: modehaus-petersen
    as: Schwager
---

## Verlauf

### 2026-11-18 Anruf: Sonnensegel (ben)
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer as JSON."""
        return json.loads(self.out)

    @property
    def both(self) -> str:
        """Everything that a person at the terminal saw."""
        return self.out + self.err


@dataclass(frozen=True, slots=True)
class Book:
    """A store in Git, with Anna at the keyboard."""

    root: Path

    def __call__(
        self, *arguments: str, typed: str = "", now: datetime = NOW, language: str = "en"
    ) -> Answer:
        """Run one command in this process."""
        out, err = io.StringIO(), io.StringIO()
        before = sys.stdin
        today = now.strftime("%Y-%m-%d %H:%M")
        shared = ["--store", str(self.root), "--today", today, "--language", language]
        sys.stdin = io.StringIO(typed)
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code = run([*shared, *arguments])
        finally:
            sys.stdin = before
        return Answer(code, out.getvalue(), err.getvalue())

    def write(self, path: str, text: str | bytes, message: str = "") -> Path:
        """Write a file by hand; commit it if there is a message."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        if message:
            git(self.root, "add", "--", path)
            git(self.root, "commit", "--quiet", "-m", message)
        return file

    def read(self, path: str) -> str:
        """Read a file with its line ends."""
        return (self.root / path).read_bytes().decode("utf-8")

    def open(self, now: datetime = NOW) -> Crm:
        """Open the store as a program would."""
        return open_store(self.root, now)

    def git(self, *arguments: str) -> str:
        """Run Git in the store."""
        return git(self.root, *arguments)

    def subjects(self) -> list[str]:
        """The first lines of all commits, newest first."""
        return self.git("log", "--format=%s").split("\n")[:-1]


def make_book(folder: Path) -> Book:
    """Return a store with two customers, committed: a copy of one that was made once."""
    copied(_first_book(), folder)
    return Book(folder)


def copied(repository: Path, folder: Path) -> None:
    """Copy a repository; its files are as young as any that were just written."""
    shutil.copytree(repository, folder, copy_function=shutil.copy, dirs_exist_ok=True)
    if (folder / ".git").exists():
        git(folder, "update-index", "-q", "--refresh")


def lasting_folder() -> Path:
    """Return an empty folder that is there until the tests are over."""
    folder = Path(mkdtemp(prefix="crm-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _first_book() -> Path:
    """Make the store that all others are copied from; it takes Git nine processes."""
    folder = lasting_folder()
    history = repository(folder)
    book = Book(folder)
    book.write(".gitignore", ".crm/\n")
    book.write("crm.toml", SETTINGS)
    book.write("customers/modehaus-petersen.md", PETERSEN)
    book.write("customers/strandhotel-vierjahreszeiten.md", HOTEL)
    files = [str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()]
    ours = [path for path in files if not path.startswith(".git/")]
    history.commit(ours, "The book", date=THE_DAY_BEFORE)
    for example in (folder / ".git" / "hooks").iterdir():
        example.unlink()
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a fresh store with two customers."""
    return make_book(tmp_path / "book")
