"""Where a store is shared: named once, forgotten if nobody can share there, and away at times."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crm_md.errors import CrmError, NoConnection, NoRemote, NothingThere, NotTaken, UsageProblem
from crm_md.history import remotes
from crm_md.history.addresses import folder_of, from_here, without_password
from crm_md.history.remotes import Remote
from crm_md.history.repository import commit_named
from crm_md.history.troubles import is_away
from crm_md.messages import _

if TYPE_CHECKING:
    from crm_md.history import History


@contextmanager
def named_place(git: History, branch: str, address: str) -> Iterator[None]:
    """Take an address for the place to share with; forget it if nothing could be shared there.

    Args:
        git: the store's repository.
        branch: ours.
        address: as it was typed; "" for the place that is known.

    Raises:
        UsageProblem: another place is known already.
    """
    if not address or not _is_new(git, branch, address):
        yield
        return
    remotes.set_remote(git, from_here(address))
    try:
        yield
    except BaseException as problem:
        remote = remotes.remote_of(git, branch)
        if commit_named(git, remote.shared) is None:
            remotes.forget(git, remote)
            if isinstance(problem, CrmError):
                problem.hint = _at_first(problem, remote)
        raise


def _is_new(git: History, branch: str, address: str) -> bool:
    try:
        known = remotes.remote_of(git, branch)
    except NoRemote:
        return True
    if known.address != without_password(from_here(address)):
        raise UsageProblem(
            _("This store is shared with {address} already.").format(address=known.address),
            _("To share with another one: git remote set-url {name} URL").format(name=known.name),
        )
    return False


def _at_first(problem: CrmError, remote: Remote) -> str:
    """Return what to do about a place that was named for the first time, and forgotten again."""
    again = shlex.quote(remote.address)
    if isinstance(problem, NothingThere) and folder_of(remote.address):
        return _(
            "Is the path right? A new place is made by: "
            "git init --bare --initial-branch={branch} {address}"
        ).format(branch=remote.branch, address=again)
    if isinstance(problem, NoConnection):
        return _("Is the address right? Later again: crm sync {address}").format(address=again)
    if isinstance(problem, NotTaken):
        return _("Put right what is asked for, then again: crm sync {address}").format(
            address=again
        )
    return problem.hint


def why_away(problem: NoConnection | NothingThere, remote: Remote, *, long: bool) -> str:
    """Return the sentence for a place that cannot be reached now, and can be another time.

    Args:
        problem: what Git met.
        remote: the place.
        long: it was not reached for days; whoever sits in the train has no use for what to do then.

    Returns:
        "" where it is not that: nothing was ever shared, or another thing is in its place.
    """
    if isinstance(problem, NoConnection):
        return str(problem)
    if not is_away(remote.address):
        return ""
    away = _("{address} is not there at the moment. Is the drive connected?")
    moved = _("If it has moved: git remote set-url {name} FOLDER") if long else ""
    told = " ".join(filter(None, (away, moved)))
    return told.format(address=remote.address, name=remote.name)
