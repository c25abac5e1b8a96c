"""A clone of a part of a store: what is in it, and how it gets what it lacks, all at once.

Where a text is lacking, Git fetches it by itself, each in a round over the network of its own.
Source: gitrepository-layout(5), ``.promisor``; git-rev-list(1), ``--missing``; promisor-remote.c.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable

from crm_md.history.process import failure, run_git, zero_split
from crm_md.history.repository import Repository

_WANTED = r"^(remote\..*\.(url|promisor)|core\.sshcommand)$"
_LIST = ("rev-list", "--objects", "--no-walk", "--ignore-missing", "--missing=allow-any", "--stdin")
_FETCH = (
    *("-c", "fetch.negotiationAlgorithm=noop", "fetch", "--quiet", "--progress", "--no-tags"),
    *("--no-write-fetch-head", "--recurse-submodules=no", "--filter=blob:none", "--stdin"),
)


def is_partial(repository: Repository) -> bool:
    """Tell whether texts of the past may be lacking in this clone; no process runs."""
    return any((repository.common_dir / "objects" / "pack").glob("*.promisor"))


def is_sparse(repository: Repository) -> bool:
    """Tell whether files of the last commit may be left out of the folder; no process runs."""
    return (repository.git_dir / "info" / "sparse-checkout").exists()


def folders_here(repository: Repository) -> tuple[str, ...] | None:
    """Return the folders that a sparse checkout has, from the top; None where all is here."""
    if not is_sparse(repository):
        return None
    listed = run_git(repository.top, "sparse-checkout", "list", locks=False)
    cone = run_git(repository.top, "config", "--bool", "core.sparseCheckoutCone", locks=False)
    if listed.code or cone.out.strip() != b"true":
        return None
    return tuple(os.fsdecode(listed.out).split("\n")[:-1])


def is_here(path: str, folders: Collection[str] | None) -> bool:
    """Tell whether a sparse checkout of these folders has a file.

    It has all below them, and the files that lie right in a folder on the way to one of them.
    Source: git-sparse-checkout(1), cone pattern set.

    Args:
        path: from the top of the work tree.
        folders: as `folders_here` returns them.
    """
    folder = path.rpartition("/")[0]
    if not folder or folders is None:
        return True
    inside = (folder == one or folder.startswith(f"{one}/") for one in folders)
    return any(inside) or any(one.startswith(f"{folder}/") for one in folders)


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


def lacking(repository: Repository, ids: Iterable[str]) -> list[str]:
    """Return which of these texts are not in this clone, without a talk with anybody.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    wanted = sorted(set(ids))
    if not (wanted and is_partial(repository)):
        return []
    given = "".join(f"{one}\n" for one in wanted).encode()
    answer = run_git(repository.top, *_LIST, given=given, locks=False)
    if answer.code:
        raise failure(repository.top, answer)
    found = {line[: len(wanted[0])] for line in answer.out.decode().split("\n")}
    return [one for one in wanted if one not in found]


def bring(repository: Repository, ids: Iterable[str]) -> None:
    """Fetch those of these texts that are lacking, in one go.

    Raises:
        NoConnection, NotLetIn, NotTrusted, NothingThere: it cannot be reached, for that reason.
        CrmError: another of the 50s, if Git failed.
    """
    away = lacking(repository, ids)
    if not away:
        return
    from crm_md.history.addresses import without_password
    from crm_md.history.patience import run_patiently
    from crm_md.history.remotes import QUICKLY, silent
    from crm_md.history.troubles import trouble

    name, address, ssh = _promisor(repository)
    answer = run_patiently(
        repository.top,
        *(*QUICKLY, *_FETCH, name),
        given="".join(f"{one}\n" for one in away).encode(),
        settings=silent(ssh),
    )
    if answer.code:
        raise trouble(repository.top, answer, without_password(address))


def _promisor(repository: Repository) -> tuple[str, str, str]:
    """Return the remote that has what is lacking: its name and address; and the program for ssh."""
    answer = run_git(repository.top, "config", "-z", "--get-regexp", _WANTED, locks=False)
    told = dict(one.split("\n", 1) for one in os.fsdecode(answer.out).split("\0") if "\n" in one)
    ends = ".promisor"
    names = [key[len("remote.") : -len(ends)] for key in told if key.endswith(ends)]
    name = names[0] if names else "origin"
    return name, told.get(f"remote.{name}.url", name), told.get("core.sshcommand", "")
