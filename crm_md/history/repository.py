"""Find a repository, and read its head and what is under way in it, without a process."""

from __future__ import annotations

import re
from pathlib import Path

from crm_md import errors
from crm_md.frozen import dataclass

_HEX = frozenset("0123456789abcdef")
_ID_SIZES = (40, 64)  # SHA-1, SHA-256

# What Git keeps in its folder while it is in the middle of something (wt-status.c).
_UNDER_WAY = (
    ("MERGE_HEAD", "merge"),
    ("rebase-merge", "rebase"),
    ("rebase-apply/applying", "am"),
    ("rebase-apply", "rebase"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("BISECT_LOG", "bisect"),
)


@dataclass(frozen=True, slots=True)
class Repository:
    """Where a work tree and the folders of its repository lie.

    Attributes:
        top: the folder that holds the work tree.
        git_dir: what is this work tree's own: HEAD, index, locks.
        common_dir: what all work trees of the repository share: branches, objects, settings.
    """

    top: Path
    git_dir: Path
    common_dir: Path


def find(folder: Path) -> Repository | None:
    """Return the repository whose work tree this folder lies in, as Git would find it.

    Source: setup.c (``.git`` may be a file that leads elsewhere; a folder without HEAD, objects
    and refs is passed over) and gitrepository-layout(5) (``commondir``).

    Raises:
        BrokenRepository: a ``.git`` file leads nowhere.
    """
    start = folder.resolve()
    for top in (start, *start.parents):
        entry = top / ".git"
        if entry.is_dir():
            repository = _opened(top, entry)
            if repository is not None:
                return repository
        elif entry.is_file():
            return _linked(top, entry)
    return None


def _linked(top: Path, file: Path) -> Repository:
    key, _, target = file.read_text("utf-8", "surrogateescape").partition(":")
    repository = _opened(top, top / target.strip()) if key == "gitdir" else None
    if repository is None:
        raise errors.BrokenRepository(file)
    return repository


def _opened(top: Path, git_dir: Path) -> Repository | None:
    link = git_dir / "commondir"
    common = git_dir
    if link.is_file():
        common = git_dir / link.read_text("utf-8", "surrogateescape").strip()
    if not ((git_dir / "HEAD").is_file() and (common / "objects").is_dir()):
        return None
    if not (common / "refs").is_dir():
        return None
    return Repository(top, git_dir.resolve(), common.resolve())


def branch(repository: Repository) -> str | None:
    """Return the branch that is checked out, such as ``main``; None for a detached head."""
    head = _read(repository.git_dir / "HEAD")
    name = head.removeprefix("ref: refs/heads/")
    if head == "ref: refs/heads/.invalid":
        name = _ask(repository, "symbolic-ref", "--quiet", "--short", "HEAD") or head
    return None if name == head else name


def head(repository: Repository) -> str | None:
    """Return the id of the commit that the work tree stands on; None before the first.

    HEAD, the branch's file and ``packed-refs`` answer in 0.1 ms. Where they do not (the reftable
    format keeps no such files and says so by a branch named ``.invalid``) Git is asked.
    """
    text = _read(repository.git_dir / "HEAD")
    for _ in range(5):
        if len(text) in _ID_SIZES and _HEX.issuperset(text):
            return text
        if not text.startswith("ref: refs/") or text == "ref: refs/heads/.invalid":
            return _ask(repository, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        name = text.removeprefix("ref: ")
        text = _read(repository.common_dir / name) or _packed(repository, name)
        if not text:
            return None
    return None


def commit_named(repository: Repository, name: str) -> str | None:
    """Return the commit that a reference such as ``refs/heads/main`` names, None for none.

    Its file or ``packed-refs`` answers; where there are none (reftable), Git is asked.
    """
    text = _read(repository.common_dir / name) or _packed(repository, name)
    if len(text) in _ID_SIZES and _HEX.issuperset(text):
        return text
    if not text and _read(repository.git_dir / "HEAD") != "ref: refs/heads/.invalid":
        return None
    return _ask(repository, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")


def commit_meant(repository: Repository, words: str) -> str | None:
    """Return the full id of the commit that these words of Git name, None if they name none.

    Args:
        words: an id or the beginning of one, a branch, a tag, ``HEAD~3``.
    """
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{words}^{{commit}}")
    return _ask(repository, *asked)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8", "surrogateescape").strip()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""


def _packed(repository: Repository, name: str) -> str:
    packed = _read(repository.common_dir / "packed-refs")
    found = re.search(rf"^([0-9a-f]+) {re.escape(name)}$", packed, re.MULTILINE)
    return found[1] if found else ""


def _ask(repository: Repository, *args: str) -> str | None:
    from crm_md.history.process import run_git

    return run_git(repository.top, *args, locks=False).out.decode("utf-8").strip() or None


def under_way(repository: Repository) -> str | None:
    """Return what Git is in the middle of: merge, rebase, am, cherry-pick, revert or bisect."""
    for name, kind in _UNDER_WAY:
        if (repository.git_dir / name).exists():
            return kind
    return None


def rules(repository: Repository) -> str:
    """Return a text that is another one once Git is told to look at other files.

    That is what a sparse checkout, ``info/exclude`` and the settings say: after a change of theirs
    files come and go of which neither status nor history tells.
    """
    here, common = repository.git_dir, repository.common_dir
    told = (
        *(here / "config.worktree", here / "info" / "sparse-checkout"),
        *(common / "config", common / "info" / "exclude"),
    )
    return " ".join(map(_stamp, told))


def _stamp(file: Path) -> str:
    try:
        found = file.stat()
    except OSError:
        return "-"
    return f"{found.st_size}.{found.st_mtime_ns}"
