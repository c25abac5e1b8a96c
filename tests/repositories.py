"""Build real repositories for tests, one line each, and ask Git itself what came of it."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

from crm_md import history
from crm_md.history import History, Identity

ANNA = Identity("Anna Krüger", "anna@example.com")
BEN = Identity("Ben Okafor", "ben@example.com")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def git(folder: Path, *args: str) -> str:
    """Run Git as a user would and return what it printed."""
    ran = subprocess.run(["git", *args], cwd=folder, check=True, capture_output=True)
    return ran.stdout.decode("utf-8", "surrogateescape")


def repository(folder: Path, *options: str) -> History:
    """Make a repository whose user is Anna."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main", *options)
    git(folder, "config", "user.name", ANNA.name)
    git(folder, "config", "user.email", ANNA.email)
    found = history.find(folder)
    assert found is not None
    return found


def write(book: History, path: str, text: str = "Hallo\n") -> str:
    """Write a file in the work tree and return its path."""
    file = book.top / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8"))
    return path


def saved(book: History, path: str, text: str = "Hallo\n", message: str = "Saved") -> str:
    """Write a file, commit it, and return the commit."""
    commit = book.commit([write(book, path, text)], message, date=NOON)
    assert commit is not None
    return commit


def committed(book: History, commit: str = "HEAD") -> set[str]:
    """Return the paths that a commit touches."""
    printed = git(book.top, "show", "-z", "--format=", "--name-only", "--no-renames", commit)
    return set(printed.split("\0")[:-1])


def hook(book: History, name: str, script: str) -> None:
    """Install a shell script as a hook."""
    file = book.common_dir / "hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
