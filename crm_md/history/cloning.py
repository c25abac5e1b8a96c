"""Clone a repository, whole or in part, without ever being asked anything."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from crm_md.history.addresses import without_password
from crm_md.history.patience import run_patiently
from crm_md.history.process import failure, output, run_git, zero_split
from crm_md.history.remotes import QUICKLY, silent
from crm_md.history.repository import Repository
from crm_md.history.troubles import trouble

_THEIRS = "refs/remotes/origin"


def clone(address: str, folder: Path, *, in_part: bool = False) -> None:
    """Clone a repository into a folder that is not there yet, or is empty.

    Neither hooks nor settings come with a clone, and what belongs to other repositories in it is
    left where it is.

    Args:
        address: as Git understands it.
        folder: where to.
        in_part: get the history without the files' contents, and write no file yet.

    Raises:
        NoConnection, NotLetIn, NothingThere: it cannot be reached, for that reason.
        CrmError: another of the 50s; then nothing was made.
    """
    partly = ("--filter=blob:none", "--no-checkout", "--sparse") if in_part else ()
    answer = run_patiently(
        Path(),
        *(*QUICKLY, "clone", "--progress", "--no-recurse-submodules", *partly),
        *("--", address, str(folder)),
        settings=silent(),
    )
    if answer.code:
        raise trouble(folder.parent, answer, without_password(address))


def name_of(address: str) -> str:
    """Return what a clone is called whose folder nobody named: the last word of its address."""
    bare = address.rstrip("/").removesuffix(".git").rstrip("/")
    return bare.replace(":", "/").rpartition("/")[2]


def branches_there(repository: Repository) -> list[str]:
    """Return the branches of the other side, as the clone has them."""
    every = run_git(
        repository.top, "for-each-ref", "--format=%(refname:lstrip=3)", _THEIRS, locks=False
    )
    return [name for name in os.fsdecode(every.out).split("\n") if name not in ("", "HEAD")]


def switch_to(repository: Repository, branch: str) -> None:
    """Take another branch of the other side as ours.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    answer = run_git(
        repository.top,
        *(*QUICKLY, "checkout", "--quiet", "-B", branch, "--track", f"{_THEIRS}/{branch}"),
        settings=silent(),
    )
    if answer.code:
        raise failure(repository.top, answer, repository.git_dir)


def theirs(branch: str) -> str:
    """Return the revision that the other side's branch stands on, by the clone's knowledge."""
    return f"{_THEIRS}/{branch}"


def folders_at(
    repository: Repository, revision: str, folder: str = "", *, deep: bool = False
) -> list[str]:
    """Return the folders below a folder of a revision, by their whole paths.

    Args:
        repository: whose.
        revision: a commit that is there.
        folder: "" for the top.
        deep: those in them, too.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    below = ("--", f"{folder}/") if folder else ()
    options = ("-z", "-d", "--name-only", *(("-r",) if deep else ()))
    found = zero_split(output(repository.top, "ls-tree", *options, revision, *below))
    return [path for path in found if path != folder]


def files_at_head(repository: Repository, folder: str) -> list[str]:
    """Return the files below a folder of the last commit.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    printed = output(
        repository.top, "ls-tree", "-r", "-z", "--name-only", "HEAD", "--", f"{folder}/"
    )
    return zero_split(printed)


def take_only(repository: Repository, folders: Sequence[str]) -> None:
    """Write the files of these folders alone, and those right above them; the others stay away.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    given = os.fsencode("".join(f"{folder}\n" for folder in folders))
    for args, told in (
        (("sparse-checkout", "set", "--cone", "--stdin"), given),
        (("checkout", "--quiet"), None),
    ):
        answer = run_git(repository.top, *QUICKLY, *args, given=told, settings=silent())
        if answer.code:
            raise failure(repository.top, answer, repository.git_dir)
