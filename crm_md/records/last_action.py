"""Find the action that ``undo`` means: the one that was named, or my last one that still stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from crm_md.changing import ACTION, UNDOES
from crm_md.crm import Crm
from crm_md.errors import ActionUnknown, MadeWithGit, NoRemote, NothingToUndo
from crm_md.frozen import dataclass
from crm_md.store import SETTINGS, is_customer_path

if TYPE_CHECKING:
    from crm_md.history.reading import Revision

LOOK_BACK = 2000  # commits in which one is looked for by its own id
MANY = 10  # customers; whoever changed more of them at once is asked before it is taken back
_REVERTED = re.compile(r"^This reverts commit ([0-9a-f]{40,64})", re.MULTILINE)
_OF_CUSTOMERS = ("customers/", "attachments/")


@dataclass(frozen=True, slots=True)
class LastAction:
    """My last action that is not taken back, and what to know before it is.

    Attributes:
        revision: its commit.
        by_git: it was committed with Git itself.
        after: the sentence of the action that I took back last, where this is the one before it.
        customers: how many of their files it touched.
    """

    revision: Revision
    by_git: bool
    after: str
    customers: int

    @property
    def action(self) -> str:
        """The name for ``crm undo``."""
        return action_id(self.revision)

    def is_near(self, today: date) -> bool:
        """Whether it is of today, or later, and touched not many customers."""
        return self.revision.when.date() >= today and self.customers <= MANY

    def is_far(self, today: date) -> bool:
        """Whether hardly anybody means it who wants to take back what they just did."""
        return self.revision.when.date() < today or bool(self.after and self.customers > MANY)


def is_shared(crm: Crm, last: LastAction) -> bool:
    """Tell whether the others may have an action already.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    from crm_md.history import remotes

    branch = crm.git.branch()
    try:
        remote = remotes.remote_of(crm.git, branch) if branch else None
    except NoRemote:
        return False
    both = remotes.last_shared(crm.git, remote) if remote else None
    return both is not None and crm.git.is_ancestor(last.revision.id, both)


def last_of_mine(crm: Crm) -> LastAction:
    """Return my last action that still stands, also one that I committed with Git itself.

    Passed over are what was taken back (by ``crm undo`` or ``git revert``), merges, what does not
    concern the store, and a store's beginning, which is only taken back by its name.

    Args:
        crm: the open store; what waits to be committed is committed first.

    Raises:
        NothingToUndo: there is none of mine.
        MadeWithGit: I made it with Git itself, and it touches more than customers.
        NotSaved: my last action waits, and Git still refuses it.
    """
    crm.save_waiting()
    standing = _standing(crm)
    last = next(standing, None)
    if last is None:
        raise NothingToUndo()
    if last.by_git:
        paths = [path for _how, path in last.revision.paths]
        ours = tuple(crm.prefix + folder for folder in _OF_CUSTOMERS)
        foreign = [path for path in paths if not path.startswith(ours)]
        if foreign:
            older = next((one for one in standing if not one.by_git), None)
            before = (older.action, older.revision.subject) if older else ("", "")
            raise MadeWithGit(last.revision.subject, last.revision.id[:8], foreign, *before)
    return last


def _standing(crm: Crm) -> Iterator[LastAction]:
    """Yield my actions that are not taken back, newest first."""
    gone: set[str] = set()  # names of actions, and commits
    after = None  # what I did last, if that was to take something back
    about, restored = "", False  # what that was about, and if it stands again
    for revision in crm.git.log(authors=my_addresses(crm)):
        inner = _inner(crm, revision)
        if len(revision.parents) != 1 or not any(map(is_of_the_store, inner)):
            continue
        names = {action_id(revision), revision.id}
        undoes = taken_back_by(revision)
        if after is None:
            after, about = (revision.subject, undoes) if undoes else ("", "")
        elif about in names and undoes:
            about, restored = undoes, not restored
        if names & gone:
            continue
        if undoes:
            gone.add(undoes)
        elif not revision.trailers.get(ACTION, "").startswith("init "):
            customers = sum(map(is_customer_path, inner))
            before = "" if restored and about in names else after
            yield LastAction(revision, ACTION not in revision.trailers, before, customers)


def my_addresses(crm: Crm) -> tuple[str, ...]:
    """Return the addresses under which I commit; none where Git knows nobody, who is anybody."""
    identity = crm.identity
    member = crm.config.team.get(crm.me)
    emails = (identity.email, *(member.emails if member else ())) if identity else ()
    return tuple(dict.fromkeys(email for email in emails if email))


def find_action(crm: Crm, wanted: str) -> Revision:
    """Return the commit of an action.

    Args:
        crm: the open store.
        wanted: the name that the action printed, or at least four signs of a commit's id.

    Raises:
        ActionUnknown: nothing is called so.
    """
    for revision in crm.git.revisions_with_trailer(ACTION):
        told_together = f" {wanted})" in revision.body  # of several that waited for one commit
        if action_id(revision) == wanted or told_together:
            return revision
    for revision in crm.git.log(limit=LOOK_BACK):
        if len(wanted) >= 4 and revision.id.startswith(wanted):
            return revision
    raise ActionUnknown(wanted)


def action_id(revision: Revision) -> str:
    """Return the id of an action, or the commit's own where a person committed by hand."""
    return revision.trailers.get(ACTION, "").rpartition(" ")[2] or revision.id


def taken_back_by(revision: Revision) -> str:
    """Return the action or commit that this one takes back, "" where it does something new."""
    reverted = _REVERTED.search(revision.body)
    return revision.trailers.get(UNDOES, "") or (reverted[1] if reverted else "")


def _inner(crm: Crm, revision: Revision) -> list[str]:
    """The paths of the store that a commit touched."""
    paths = (path for _how, path in revision.paths if path.startswith(crm.prefix))
    return [path[len(crm.prefix) :] for path in paths]


def is_of_the_store(path: str) -> bool:
    """Tell whether a path, relative to the store, is one of its own files and no stranger's."""
    return path == SETTINGS or path.startswith((*_OF_CUSTOMERS, "templates/"))
