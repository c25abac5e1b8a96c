"""Remember where, when and on which branch this clone last shared.

So a place that moved is told from one that lost something, and a branch that somebody tries things
on from the one that the team shares.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

from crm_md import safe_files
from crm_md.frozen import dataclass
from crm_md.history.process import run_git
from crm_md.history.repository import Repository, branch, commit_named

if TYPE_CHECKING:
    from crm_md.history.remotes import Remote

FILE = "shared"  # in .git/crm, a line for each remote's branch: its address, the moment, our branch

WEEKEND = 3  # days from Friday to Monday, on which nobody need have shared


@dataclass(frozen=True, slots=True)
class Talk:
    """The last time that all went to and fro.

    Attributes:
        address: with whom, without a password.
        when: local wall-clock.
        branch: ours that went there.
    """

    address: str
    when: datetime
    branch: str


def last_talk(repository: Repository, remote: Remote) -> Talk | None:
    """Return when we last shared with a remote's branch, and where that was; None if unknown."""
    key = _key(remote)
    return next((talk for known, talk in _kept(repository) if known == key), None)


def left_branch(repository: Repository) -> str | None:
    """Return the branch that was shared last, where another one or none is checked out now.

    Returns:
        None where all is well: it is checked out, it is gone, or nothing was ever shared. No
        process runs, but where none is checked out and nothing was ever shared: then the only
        branch there is was left.
    """
    here, last = branch(repository), newest(repository)
    if last is None and here is None:
        return _only_branch(repository)
    if last is None or any(talk.branch == here for _known, talk in _kept(repository)):
        return None
    return last.branch if commit_named(repository, f"refs/heads/{last.branch}") else None


def _only_branch(repository: Repository) -> str | None:
    asked = ("for-each-ref", "--format=%(refname)", "refs/heads")
    told = run_git(repository.top, *asked, locks=False)
    names = os.fsdecode(told.out).split("\n")[:-1]
    return names[0].removeprefix("refs/heads/") if len(names) == 1 else None


def newest(repository: Repository) -> Talk | None:
    """Return the last time of all, whatever went to and fro; None if unknown."""
    talks = (talk for _known, talk in _kept(repository))
    return max(talks, key=lambda talk: talk.when, default=None)


def old_talk(repository: Repository, today: date) -> Talk | None:
    """Return the last time of all if that is longer ago than a weekend; else None.

    Args:
        repository: of the clone.
        today: local.
    """
    last = newest(repository)
    return last if last and (today - last.when.date()).days > WEEKEND else None


def remember_talk(repository: Repository, remote: Remote, ours: str, now: datetime) -> None:
    """Keep that we shared just now; where the system does not let us, nobody knows later."""
    kept = {key: talk for key, talk in _kept(repository) if talk.branch != ours}
    kept[_key(remote)] = Talk(remote.address, now, ours)
    rows = (
        (key, talk.address, talk.when.isoformat(timespec="seconds"), talk.branch)
        for key, talk in kept.items()
    )
    lines = "".join("\t".join(row) + "\n" for row in rows)
    with suppress(OSError):
        safe_files.keep(repository.git_dir / "crm", FILE, lines, lasting=False)


def _kept(repository: Repository) -> list[tuple[str, Talk]]:
    try:
        told = (repository.git_dir / "crm" / FILE).read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return []
    found = []
    for line in told.split("\n"):
        with suppress(ValueError):
            key, address, when, ours = line.split("\t")
            found.append((key, Talk(address, datetime.fromisoformat(when), ours)))
    return found


def _key(remote: Remote) -> str:
    return f"{remote.name}/{remote.branch}"
