"""Lose the other side while sharing: the line is cut, the drive is gone, the host takes nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

from tests.books import Book
from tests.clones import Team

UPLOAD, RECEIVE = "git-upload-pack", "git-receive-pack"
SENT = 'exec 3<&0; {{ {0} "$@" <&3 & }} | dd bs=1 count={1} status=none'  # by the other side
GOT = 'dd bs=1 count={1} status=none | {0} "$@"'

Outcome = tuple[set[int], str]  # the exit codes that are right, and what is said where it failed


@contextmanager
def cut(firm: Team, book: Book, chance: random.Random) -> Iterator[Outcome]:
    """The line goes down after so many bytes, on their way there or back."""
    program, line = chance.choice([UPLOAD, RECEIVE]), chance.choice([SENT, GOT])
    wrapped = firm.folder / f"cut-{book.root.name}"
    wrapped.write_text(f"#!/bin/sh\n{line.format(program, int(10 ** chance.uniform(0, 4)))}\n")
    wrapped.chmod(0o755)
    book.git("config", setting(program), str(wrapped))
    yield {0}, "does not answer"
    book.git("config", "--unset", setting(program))


def setting(program: str) -> str:
    """Return the name of Git's setting for a program that the other side runs."""
    return f"remote.origin.{program.removeprefix('git-').replace('-', '')}"


@contextmanager
def gone(firm: Team, _book: Book, _chance: random.Random) -> Iterator[Outcome]:
    """The shared drive is not there."""
    aside = firm.hub.with_name("aside.git")
    firm.hub.rename(aside)
    yield {0}, "is not there at the moment"
    aside.rename(firm.hub)


@contextmanager
def closed(firm: Team, _book: Book, _chance: random.Random) -> Iterator[Outcome]:
    """A hook of the host takes nothing."""
    hook = firm.close()
    yield {0, 54}, "closed until Monday"
    hook.unlink()
