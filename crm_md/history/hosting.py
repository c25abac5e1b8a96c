"""Look at a repository as its host does: without a work tree, and before a push is let in."""

from __future__ import annotations

from pathlib import Path

from crm_md import errors
from crm_md.history.process import output, run_git
from crm_md.history.repository import Repository, commit_meant

# Where a branch that is new to us is likely to have come from, the likeliest first.
_MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master")


def find_any(folder: Path) -> Repository:
    """Return the repository that a folder is or lies in, bare ones too.

    Raises:
        NotUnderGit: there is none.
        CrmError: another one of the 50s, if Git failed.
    """
    if not folder.is_dir():
        raise errors.NotUnderGit(str(folder))
    try:
        printed = output(folder, "rev-parse", "--absolute-git-dir", "--git-common-dir")
    except errors.BrokenRepository:
        raise errors.NotUnderGit(str(folder)) from None
    git_dir, common_dir = printed.decode("utf-8", "surrogateescape").split("\n")[:2]
    return Repository(folder, Path(git_dir), (folder / common_dir).resolve())


def is_worked_in(repository: Repository) -> bool:
    """Tell whether somebody works in a repository, so that Git takes no push to it."""
    bare = output(repository.top, "rev-parse", "--is-bare-repository").strip() == b"true"
    asked = ("config", "receive.denyCurrentBranch")
    told = run_git(repository.top, *asked, locks=False).out.strip().lower()
    return not bare and told not in (b"updateinstead", b"ignore", b"warn", b"false")


def no_commit(commit: str) -> bool:
    """Tell whether Git names no commit: a branch that begins, or ends, here."""
    return bool(commit) and not commit.strip("0")


def bases_of_push(repository: Repository, old: str, new: str) -> tuple[str, ...] | None:
    """Return what a host had before a push; the rest is what the push brings.

    Args:
        repository: the host's, in whose branches the push is not yet in.
        old: where the branch stood, zeros for a new one.
        new: where it is going to stand.

    Returns:
        where the branch stood, and the commits of other branches that the new ones are built on;
        None where every commit is known already, so that nothing is brought.
    """
    asked = ("rev-list", "--boundary", new, "--not", "--all")
    lines = output(repository.top, *asked).decode("ascii").split()
    if not any(not line.startswith("-") for line in lines):
        return None
    known = [line[1:] for line in lines if line.startswith("-")]
    return tuple(dict.fromkeys([*([] if no_commit(old) else [old]), *known]))


def base_of_branch(repository: Repository, new: str) -> tuple[str, ...]:
    """Return where a branch left the main one, so far as this clone knows; empty if it does not."""
    for name in _MAIN:
        main = commit_meant(repository, name)
        if main and main != new:
            base = merge_base(repository, main, new)
            if base and base != new:
                return (base,)
    return ()


def merge_base(repository: Repository, one: str, other: str) -> str | None:
    """Return the last commit that two have in common, None if they have none."""
    answer = run_git(repository.top, "merge-base", one, other, locks=False)
    return answer.out.decode("ascii").strip() or None if answer.code == 0 else None


def hooks_folder(repository: Repository) -> Path:
    """Return where Git looks for hooks, which a setting may have moved."""
    printed = output(repository.top, "rev-parse", "--git-path", "hooks")
    return repository.top / printed.decode("utf-8", "surrogateescape").rstrip("\n")
