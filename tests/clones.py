"""A team for tests: a bare repository, and clones of it that each belong to somebody else."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from crm_md.history.beginning import with_attributes
from tests.books import Book, copied, lasting_folder, make_book
from tests.repositories import git

PEOPLE = {"anna": "Anna Krüger", "ben": "Ben Okafor", "carla": "Carla Weiß"}
PETERSEN = "customers/modehaus-petersen.md"
HOTEL = "customers/strandhotel-vierjahreszeiten.md"


@dataclass(frozen=True, slots=True)
class Team:
    """A book that several people share.

    Attributes:
        folder: where the bare repository and the clones lie.
    """

    folder: Path

    @property
    def hub(self) -> Path:
        """The bare repository."""
        return self.folder / "hub.git"

    def clone(self, who: str, *options: str) -> Book:
        """Make a clone that belongs to somebody."""
        git(self.folder, "clone", "--quiet", *options, self.hub.as_uri(), who)
        return named(Book(self.folder / who), who)

    def tip(self) -> str:
        """The commit that all share."""
        return git(self.hub, "rev-parse", "main").strip()

    def lend_parts(self) -> None:
        """Let the bare repository hand out parts of itself."""
        for name in ("allowFilter", "allowAnySHA1InWant"):
            git(self.hub, "config", f"uploadpack.{name}", "true")

    def close(self, words: str = "closed until Monday") -> Path:
        """Let the bare repository take nothing more, with these words; return its hook."""
        hook = self.hub / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\necho {words}\nexit 1\n")
        hook.chmod(0o755)
        return hook


def named(book: Book, who: str) -> Book:
    """Say whose clone it is."""
    book.git("config", "user.name", PEOPLE.get(who, who.title()))
    book.git("config", "user.email", f"{who}@example.com")
    return book


def team(folder: Path) -> Team:
    """Return a team that shares the book of two customers."""
    for name in ("seed", "hub.git"):
        copied(_first_team() / name, folder / name)
    return Team(folder)


def moved_team(first: Team, folder: Path) -> Team:
    """Return a copy of a team in another folder, in which everybody shares with the copy's hub."""
    for one in first.folder.iterdir():
        copied(one, folder / one.name)
        for place in ("config", "crm/shared"):
            file = folder / one.name / ".git" / place
            if file.exists():
                text = file.read_text(encoding="utf-8")
                file.write_text(text.replace(str(first.folder), str(folder)), encoding="utf-8")
    return Team(folder)


@cache
def _first_team() -> Path:
    """Make the team that all others are copied from."""
    folder = lasting_folder()
    seed = make_book(folder / "seed")
    seed.write(".gitattributes", with_attributes(b""), "Rules for Git")
    git(folder, "clone", "--quiet", "--bare", str(seed.root), "hub.git")
    return folder


@pytest.fixture
def firm(tmp_path: Path) -> Team:
    """Return a team that shares the book of two customers."""
    return team(tmp_path)


@pytest.fixture
def anna(firm: Team) -> Book:
    """Anna's clone."""
    return firm.clone("anna")


@pytest.fixture
def ben(firm: Team) -> Book:
    """Ben's clone."""
    return firm.clone("ben")


def started(book: Book, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the program in a process group of its own, as a cron job would run it."""
    return subprocess.Popen(
        [sys.executable, "-m", "crm_md", "--store", str(book.root), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        cwd=Path(__file__).parents[1],
        env=os.environ | {"CRM_TODAY": "2026-11-20 14:30", "LC_ALL": "C.UTF-8"},
    )


def tree(book: Book) -> str:
    """Return the id of all that the last commit holds."""
    return book.git("rev-parse", "HEAD^{tree}").strip()


def is_clean(book: Book) -> bool:
    """Tell whether the folder is as the last commit has it."""
    return book.git("status", "--porcelain") == ""
