"""Clear up behind a commit of ours that was killed, and behind nobody else's."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from crm_md.errors import GitBusy
from crm_md.history.process import output, zero_ended
from crm_md.history.repository import Repository, branch

_ORPHAN = 2.0  # seconds that a Git may need to end by itself after we were killed
_TOLERANCE = 2.0  # seconds by which a file's time may be behind the clock
_SURELY_DEAD = 600.0  # seconds; where processes cannot be seen, a lock this old has no holder


def locks(repository: Repository) -> list[Path]:
    """Return the locks of Git that stand now: of the index, of HEAD and of the branch."""
    here = repository.git_dir
    found = [here / "index.lock", here / "HEAD.lock", *here.glob("next-index-*.lock")]
    name = branch(repository)
    if name:
        found.append(repository.common_dir / "refs" / "heads" / f"{name}.lock")
    return [lock for lock in found if lock.exists()]


def sharing_locks(repository: Repository) -> list[Path]:
    """Return the locks that stand now of what a fetch or a push writes."""
    common = repository.common_dir
    folders = (common / "refs" / "remotes", common / "refs" / "crm")
    found = [lock for folder in folders for lock in folder.rglob("*.lock")]
    return [
        *found,
        *(one for one in (common / "packed-refs.lock", common / "shallow.lock") if one.exists()),
    ]


def git_at_work(repository: Repository, processes: Path = Path("/proc")) -> int | None:
    """Return the number of a Git process that runs in this repository, None if there is none.

    Args:
        repository: where.
        processes: the folder in which the system shows its processes.
    """
    places = (repository.top, repository.git_dir, repository.common_dir)
    for process in processes.glob("[0-9]*"):
        try:
            if not (process / "comm").read_text().startswith("git"):
                continue
            folder = (process / "cwd").readlink()
        except OSError:  # it ended meanwhile, or is another user's
            continue
        if any(folder.is_relative_to(place) for place in places):
            return int(process.name)
    return None


def recover(
    repository: Repository,
    paths: Sequence[str],
    since: float,
    processes: Path = Path("/proc"),
    *,
    sharing: bool = False,
) -> list[Path]:
    """Remove the locks of a killed commit of ours, and take its paths out of a half-way index.

    A commit killed between moving the branch and renaming the index leaves an index that would
    take the change back in the user's next commit.

    Args:
        repository: where.
        paths: what was to be committed.
        since: when that commit began, in seconds since 1970, as our journal says.
        processes: the folder in which the system shows its processes.
        sharing: what was killed may have been a fetch or a push as well.

    Returns:
        The locks that were removed.

    Raises:
        GitBusy: a lock is not from that commit, or a Git still runs here.
        CrmError: another of the 50s, if Git failed.
    """
    patience = time.monotonic() + _ORPHAN
    while git_at_work(repository, processes) is not None and time.monotonic() < patience:
        time.sleep(0.02)
    left = locks(repository) + (sharing_locks(repository) if sharing else [])
    alive = git_at_work(repository, processes) is not None
    blind = not (processes / "self").exists()
    for lock in left:
        if alive or _is_foreign(lock, since, blind=blind):
            raise GitBusy(lock)
    for lock in left:
        lock.unlink(missing_ok=True)
    if paths:
        reset = ("reset", "--quiet", "--pathspec-from-file=-", "--pathspec-file-nul")
        output(repository.top, *reset, given=zero_ended(paths))
    return left


def _is_foreign(lock: Path, since: float, *, blind: bool) -> bool:
    """Tell whether a lock may be another's; ``blind`` where processes cannot be seen."""
    try:
        seen = lock.stat()
    except FileNotFoundError:
        return False
    mine = not hasattr(os, "geteuid") or seen.st_uid == os.geteuid()
    young = time.time() - seen.st_mtime < _SURELY_DEAD
    return not mine or seen.st_mtime < since - _TOLERANCE or (blind and young)
