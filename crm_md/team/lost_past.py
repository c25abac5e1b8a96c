"""Tell what it means that the other side lacks what was shared: moved, set back, or rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from crm_md.history import remotes
from crm_md.history.last_talk import last_talk

if TYPE_CHECKING:
    from crm_md.history import History
    from crm_md.history.remotes import Remote


class Lost(NamedTuple):
    """What is gone from the other side.

    Attributes:
        how: ``moved``: another place than last time, with an older state, to which others may
            have added; ``older``: the same place stands at a state of before, as after a backup
            was restored, on which others may have gone on; ``rewritten``: what was shared stands
            there in another form.
        missing: how many commits that were shared are not there.
    """

    how: Literal["moved", "older", "rewritten"]
    missing: int


def lost_there(git: History, remote: Remote, last: str, theirs: str, bases: Sequence[str]) -> Lost:
    """Return what is gone from the other side, although it was shared and ours builds on it.

    Args:
        git: the store's repository.
        remote: the other side.
        last: the commit that both sides had last, which is not in theirs.
        theirs: what was just fetched.
        bases: the commits that ours and theirs come from.
    """
    missing = remotes.count_between(git, theirs, last)
    if _said_again(git, bases, last, theirs):
        return Lost("rewritten", missing)
    talk = last_talk(git, remote)
    return Lost("moved" if talk and talk.address != remote.address else "older", missing)


def _said_again(git: History, bases: Sequence[str], last: str, theirs: str) -> bool:
    """Tell whether the other side has commits of ours in another form, as a rewriting leaves."""
    ours, others = (remotes.works_between(git, bases, tip) for tip in (last, theirs))
    return not ours.isdisjoint(others)
