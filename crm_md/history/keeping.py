"""Ask which files Git keeps, and which it is told to leave out."""

from __future__ import annotations

from crm_md.history.process import failure, run_git, zero_split
from crm_md.history.repository import Repository


def tracked(repository: Repository, folder: str) -> list[str]:
    """Return the files of a folder that are in Git's index, in order.

    Args:
        repository: where.
        folder: from the top of the work tree; a file is itself.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    return _listed(repository, folder, "--cached")


def ignored(repository: Repository, folder: str) -> list[str]:
    """Return the files of a folder that Git does not keep because a rule says so, in order.

    A file that is kept although a rule names it is none: Git goes on to save it.

    Args:
        repository: where.
        folder: from the top of the work tree.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    return _listed(repository, folder, "--others", "--ignored", "--exclude-standard")


def _listed(repository: Repository, folder: str, *which: str) -> list[str]:
    answer = run_git(repository.top, "ls-files", "-z", *which, "--", folder, locks=False)
    if answer.code:
        raise failure(repository.top, answer)
    return sorted(zero_split(answer.out))
