"""Where am I: the store, its Git, with whom it is shared, what waits, who I am, which versions."""

from __future__ import annotations

import platform
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from crm_md import __version__, store, waiting
from crm_md.crm import Crm
from crm_md.errors import CrmError, GitMissing, NoRemote
from crm_md.frozen import dataclass


@dataclass(frozen=True, slots=True)
class GitState:
    """The store's Git.

    Attributes:
        top: of the work tree.
        branch: None for a detached head.
        head: the last commit, None before the first.
        under_way: merge, rebase, …; None in peace.
        drivers: what Git merges customer files with: ``ready``, ``elsewhere`` (another
            installation), ``none`` (Git alone, by lines).
    """

    top: Path
    branch: str | None
    head: str | None
    under_way: str | None
    drivers: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """With whom a store is shared, as far as this clone knows without asking anybody.

    Attributes:
        address: without a password in it.
        branch: theirs.
        last: when all went to and fro for the last time, local wall-clock; None if unknown.
        waiting: how many commits they do not have yet.
    """

    address: str
    branch: str
    last: datetime | None
    waiting: int


@dataclass(frozen=True, slots=True)
class ByHand:
    """How many of the store's files differ from the last commit.

    Attributes:
        edited: changed or new; deleted: not in the folder any more; conflicted: Git waits to see
            a conflict settled.
    """

    edited: int = 0
    deleted: int = 0
    conflicted: int = 0


@dataclass(frozen=True, slots=True)
class StoreState:
    """How a store stands.

    Attributes:
        git_problem: why Git does not answer, None if it does.
        git: None where there is none: everything can be read and nothing written.
        sharing: None where it is shared with nobody.
        left_branch: the branch that the team shares, where another one or none is checked out.
        by_hand: what was edited by hand, and is not saved.
        only: the folders of customers that are here, None where all are.
        me: my short name, "" where Git knows nobody.
        customers: how many files there are; unreadable: those among them.
        not_in_full_text: how many customers the next search reads first.
        derived: where the catalogue and the full text lie, None if only in memory.
        waiting: the sentences of the actions that Git has not taken yet, oldest first.
        held_up: which of them cannot be saved as their files are, and why.
        settings_problem: why ``crm.toml`` cannot be used, None if all is well.
    """

    root: Path
    git_problem: str | None
    git: GitState | None
    sharing: Sharing | None
    left_branch: str | None
    by_hand: ByHand
    only: tuple[str, ...] | None
    me: str
    in_team: bool
    customers: int
    unreadable: tuple[str, ...]
    not_in_full_text: int
    derived: Path | None
    waiting: tuple[str, ...]
    held_up: tuple[str, ...]
    settings_problem: str | None


def store_state(crm: Crm) -> StoreState:
    """Return how a store stands; the catalogue is brought up to date, the full text is not.

    Args:
        crm: the open store.
    """
    from crm_md.index.fulltext import FullText

    catalogue = crm.catalogue
    return StoreState(
        root=crm.root,
        git_problem=f"{problem} {problem.hint}" if (problem := crm.git_problem) else None,
        git=_git_state(crm),
        sharing=_sharing(crm),
        left_branch=crm.history.left_branch() if crm.history else None,
        by_hand=_by_hand(crm),
        only=crm.part.folders if crm.part else None,
        me=crm.me,
        in_team=crm.in_team,
        customers=len(catalogue.slugs()),
        unreadable=tuple(path for path, _problem in catalogue.unreadable()),
        not_in_full_text=len(FullText(catalogue).lacking()),
        derived=catalogue.folder,
        waiting=tuple(one.message for one in waiting.waiting(crm.state)) if crm.state else (),
        held_up=tuple(f"{one} {one.hint}" for one in crm.held_up()),
        settings_problem=str(crm.config_problem) if crm.config_problem else None,
    )


def versions() -> dict[str, str]:
    """Return the versions of this program and of what it stands on; "" for what is missing."""
    from importlib.metadata import PackageNotFoundError, version

    from crm_md import history

    found = {"crm": __version__, "python": platform.python_version()}
    try:
        found["git"] = history.version()
    except GitMissing:
        found["git"] = ""
    try:
        found["whoosh"] = version("whoosh")
    except PackageNotFoundError:
        found["whoosh"] = ""
    return found


def _git_state(crm: Crm) -> GitState | None:
    git = crm.history
    if git is None:
        return None
    return GitState(git.top, git.branch(), git.head(), git.under_way(), git.drivers())


def _sharing(crm: Crm) -> Sharing | None:
    git = crm.history
    if git is None:
        return None
    from crm_md.history import remotes
    from crm_md.history.last_talk import last_talk

    branch, here = git.branch(), git.head()
    try:
        remote = remotes.remote_of(git, branch or git.left_branch() or "main")
    except NoRemote:
        return None
    talk, since = last_talk(git, remote), remotes.last_shared(git, remote)
    waiting = 0
    if here and here != since:
        with suppress(CrmError):  # in a damaged clone nobody can count
            waiting = remotes.count_between(git, since, here)
    when = talk.when if talk and talk.address == remote.address else None
    return Sharing(remote.address, remote.branch, when, waiting)


def _by_hand(crm: Crm) -> ByHand:
    if crm.history is None or crm.git_problem:
        return ByHand()
    try:
        seen = crm.history.status()
    except CrmError:
        return ByHand()
    counts = (
        sum(store.belongs(path[len(crm.prefix) :]) for path in paths if path.startswith(crm.prefix))
        for paths in (seen.changed | seen.added, seen.deleted, seen.conflicted)
    )
    return ByHand(*counts)
