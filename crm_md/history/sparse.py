"""Ask what a sparse checkout has in the folder, and which files of Git's it leaves out."""

from __future__ import annotations

import os

from crm_md.history.process import failure, run_git, zero_split
from crm_md.history.repository import Repository, is_sparse


def cone(repository: Repository) -> list[str] | None:
    """Return the folders that a sparse checkout has, from the top; None where it has all of them.

    One that somebody set up by patterns of their own counts as having all: nobody can tell in
    which folder a new file would be kept.
    """
    if not is_sparse(repository):
        return None
    answer = run_git(repository.top, "sparse-checkout", "list", locks=False)
    by_folders = run_git(repository.top, "config", "--bool", "core.sparseCheckoutCone", locks=False)
    if answer.code or by_folders.out.strip() != b"true":
        return None
    return os.fsdecode(answer.out).split("\n")[:-1]


def left_out(repository: Repository, folder: str) -> list[str]:
    """Return the files of a folder that are Git's and that a sparse checkout leaves out.

    Args:
        repository: where.
        folder: from the top of the work tree.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    answer = run_git(repository.top, "ls-files", "-t", "-z", "--", folder, locks=False)
    if answer.code:
        raise failure(repository.top, answer)
    return [one[2:] for one in zero_split(answer.out) if one.startswith("S ")]
