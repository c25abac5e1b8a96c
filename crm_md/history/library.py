"""Ask Git through GitPython where 40 ms do not matter: setting up, and reading the past.

Only ``Git.execute`` is used, with its streams that end their process when they are left half
read. The library's own objects would rewrite the index in Python (470 ms at 10,000 files), lose
the comments of ``.git/config``, and know neither SHA-256 nor reftable.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from crm_md import errors
from crm_md.history.process import Answer, failure, is_foreign

if TYPE_CHECKING:
    from git import Git

_CHUNK = 1 << 16  # bytes


def ask(top: Path, *args: str) -> str:
    """Run Git in a folder and return what it printed, without the last line break.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    with _git(top) as git:
        return str(git.execute(["git", "--literal-pathspecs", *args]))


def stream(top: Path, *args: str) -> Iterator[bytes]:
    """Run Git in a folder and yield what it prints, as it comes; stop asking and it ends.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    with _git(top) as git:
        process = git.execute(["git", "--literal-pathspecs", *args], as_process=True)
    try:
        printed = cast(IO[bytes], process.stdout)
        while chunk := printed.read(_CHUNK):
            yield chunk
        with _ours(top):
            process.wait()
    finally:
        process.__del__()


@contextmanager
def _git(top: Path) -> Iterator[Git]:
    """Lend a Git that does not inherit what speaks of other repositories.

    GitPython can add to the environment of its processes but takes nothing away, so the variables
    are put aside in ours while it starts one.
    """
    try:
        from git import Git
    except ImportError as problem:
        raise errors.GitMissing from problem
    git = Git(top)
    git.update_environment(GIT_TERMINAL_PROMPT="0", GIT_OPTIONAL_LOCKS="0")
    aside = {name: os.environ.pop(name) for name in list(os.environ) if is_foreign(name)}
    try:
        with _ours(top):
            yield git
    finally:
        os.environ.update(aside)


@contextmanager
def _ours(top: Path) -> Iterator[None]:
    """Turn GitPython's errors into ours."""
    from git.exc import GitCommandError, GitCommandNotFound

    try:
        yield
    except GitCommandNotFound as problem:
        raise errors.GitMissing from problem
    except GitCommandError as problem:
        said = problem.stderr.removeprefix("\n  stderr: '").removesuffix("'")
        raise failure(top, Answer(128, b"", said)) from problem
