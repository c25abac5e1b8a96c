"""Share with the team: save, fetch, join, move there, push; and tell what came in.

What a kill leaves behind at each step, and what the next `sync` does about it:

- while saving: an action that waits, or a commit; it is finished, as by every writing command;
- while fetching: commits that nothing of ours names, perhaps a lock of Git's, which is removed;
- while joining: the same, and a folder in ``.git/crm``; the next one joins anew;
- while moving: the journal of `arrival`, which is finished first;
- before or while pushing: commits that are not shared; they are pushed;
- before what came in is told: the note of `untold`; it is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from crm_md import safe_files, store, waiting
from crm_md.crm import Crm
from crm_md.errors import (
    ConflictsLeft,
    LockLeft,
    MergeUnderWay,
    NoBranch,
    NoConnection,
    NothingThere,
    NotTaken,
    SideBranch,
)
from crm_md.frozen import dataclass, replace
from crm_md.history import remotes, trees
from crm_md.history.last_talk import newest, old_talk, remember_talk
from crm_md.messages import _
from crm_md.team.arrivals import Arrivals
from crm_md.team.meeting import Meeting
from crm_md.team.places import named_place, why_away

if TYPE_CHECKING:
    from crm_md.history import Status
    from crm_md.joining.beside import Note
    from crm_md.records.handwork import SavedAll
    from crm_md.team.alike import ToldTogether
    from crm_md.team.telling import ToldCustomer

TRIES = 8  # as often others may be faster before we leave it to the next sync
_PAUSE = 0.05  # seconds at most before the second try, twice as many before each further one
_MARK = "sync"  # in .git/crm: since when a sync is at it


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did.

    Attributes:
        saved: what it committed of what waited or was edited by hand; None if there was nothing.
        remote: the name of the other side.
        address: where that is.
        came: what came in, by customer, the most urgent first.
        came_alike: what somebody did at many customers alike.
        came_more: how many customers more, of which nothing is told.
        came_else: other files that came in, relative to the store.
        shared: how many commits of ours the others have now.
        given_back: how many commits the other side had lost, and has again.
        kept: the branch that keeps what the other side lacks, where it was followed.
        waits: how many they do not have yet.
        offline: why the other side could not be reached, "" if it was.
        questions: how many lines in what came in wait to be settled.
        notes: what a person should know of how it was joined.
        not_shared: files in the store that are none of its own, so that nobody else gets them.
    """

    saved: SavedAll | None
    remote: str
    address: str
    came: tuple[ToldCustomer, ...] = ()
    came_alike: tuple[ToldTogether, ...] = ()
    came_more: int = 0
    came_else: tuple[str, ...] = ()
    shared: int = 0
    given_back: int = 0
    kept: str = ""
    waits: int = 0
    offline: str = ""
    questions: int = 0
    notes: tuple[Note, ...] = ()
    not_shared: tuple[str, ...] = ()


def sync(crm: Crm, *, address: str = "", follow: bool = False, give_back: bool = False) -> Synced:
    """Save, fetch, join what both sides did, move there, push; again where somebody was faster.

    It never asks, never forces, and rewrites nothing that is shared. It may be killed at any
    moment and run twice at once.

    Args:
        crm: the open store.
        address: with whom to share, for a store that does not know yet.
        follow: where the other side lacks what was shared, do without it, too, and bring along
            only what was not shared yet.
        give_back: where it does, share that with it once more.

    Returns:
        What was done. If the other side does not answer, what was possible without it.

    Raises:
        NoRemote, NoBranch, SideBranch, MergeUnderWay, ConflictsLeft: before anything was fetched.
        NotLetIn, NotTrusted, NothingThere, NoSuchBranch: the other side is not what it should be.
        NoConnection: it does not answer, and nothing was ever shared with it.
        UnrelatedHistories, HistoryRewritten, OlderThere: nothing was joined.
        LockLeft: the same, and a process of Git's locks the other side, or did not clear up there.
        NotTaken: ours was joined with theirs and waits here; the other side does not want it.
        NotSaved and the others of `Crm.change` and `Crm.move_to`.
    """
    with crm.alone("sync"):
        with _marked(crm):
            branch, status = _branch(crm), crm.look()
            if status.conflicted:
                raise ConflictsLeft(sorted(status.conflicted))
            saved = _saved(crm, status)
            with named_place(crm.git, branch, address):
                exchange = _Exchange(crm, branch, saved, follow=follow, give_back=give_back)
                done = exchange.told(offline=exchange.run())
            done = replace(done, not_shared=_not_shared(crm, status))
        exchange.arrivals.are_told()
    return done


class _Exchange:
    """One exchange with the other side, over as many tries as it takes."""

    def __init__(
        self, crm: Crm, branch: str, saved: SavedAll | None, *, follow: bool, give_back: bool
    ) -> None:
        self._crm = crm
        self._git = crm.git
        self._branch = branch
        self._saved = saved
        self._remote = remotes.remote_of(crm.git, branch)
        self.arrivals = Arrivals(crm, crm.git.head())
        self._shared = 0
        self._given_back = 0
        self._both: str | None = None  # what both sides have, once that is so
        self._remembered: Callable[[], None] = lambda: None
        self._meeting = Meeting(
            crm, self._remote, self.arrivals, follow=follow, give_back=give_back
        )

    def run(self) -> str:
        """Fetch, join, move, push; return why the other side is away, "" if it is not."""
        known = remotes.last_shared(self._git, self._remote)
        try:
            self._rounds()
        except (NoConnection, NothingThere) as problem:
            long = not newest(self._git) or bool(old_talk(self._git, self._crm.now.date()))
            away = why_away(problem, self._remote, long=long) if known else ""
            if not away:
                raise
            return away
        return ""

    def _rounds(self) -> None:
        for attempt in range(TRIES):
            if attempt:
                import random

                time.sleep(random.uniform(0, _PAUSE * 2**attempt))
            try:
                done = self._round()
            except LockLeft as lock:
                if not lock.may_pass or attempt == TRIES - 1:
                    raise
                continue
            if done:
                remember_talk(self._git, self._remote, self._branch, self._crm.now)
                if not self._remote.known:
                    remotes.go_together(self._git, self._branch, self._remote)
                return
        raise NotTaken(self._remote.name, _("others were faster each time"))

    def _round(self) -> bool:
        last = remotes.last_shared(self._git, self._remote)
        theirs = remotes.fetch(self._git, self._remote, meanwhile=_load)
        lost = self._meeting.take_in(last, theirs) if theirs else 0
        here = self._git.head()
        if here is None or here == theirs:
            if theirs and theirs != last:
                self._remember(theirs)
            return True
        count = remotes.count_between(self._git, theirs, here)
        ahead = partial(self.arrivals.look_ahead, here)
        if not remotes.push(self._git, self._remote, here, meanwhile=ahead):
            return False
        self._shared, self._given_back = count - lost, lost
        self._remember(here)
        return True

    def _remember(self, commit: str) -> None:
        """Let Git note, while we go on, that both sides have a commit."""
        self._both = commit
        self._remembered = remotes.start_remembering(self._git, self._remote, commit)

    def told(self, offline: str = "") -> Synced:
        """Return what was done."""
        here = self._git.head()
        since = self._both or remotes.last_shared(self._git, self._remote)
        waits = remotes.count_between(self._git, since, here) if here and here != since else 0
        came = self.arrivals.told(here)
        self._remembered()
        return Synced(
            saved=self._saved,
            remote=self._remote.name,
            address=self._remote.address,
            came=came.customers,
            came_alike=came.alike,
            came_more=came.more,
            came_else=came.others,
            shared=self._shared,
            given_back=self._given_back,
            kept=self._meeting.kept,
            waits=waits,
            offline=offline,
            questions=came.questions,
            notes=(*self._crm.take_notes(), *self._meeting.notes),
        )


def _load() -> None:
    """Load what is needed if something came, while the other side answers."""
    for name in ("crm_md.arrival", "crm_md.team.joining", "crm_md.team.in_order"):
        import_module(name)


def _branch(crm: Crm) -> str:
    """Return our branch, if Git is at peace.

    Raises:
        NoBranch: none is checked out.
        SideBranch: another one than the team's, and nobody told Git to share it.
        MergeUnderWay: something by hand has to be ended first.
    """
    kind = crm.git.under_way()
    if kind:
        raise MergeUnderWay(kind)
    branch, left = crm.git.branch(), crm.git.left_branch()
    if branch is None:
        raise NoBranch(left)
    if left and not remotes.remote_of(crm.git, branch).known:
        raise SideBranch(branch, left)
    return branch


def _saved(crm: Crm, status: Status) -> SavedAll | None:
    """Commit what waits or was edited by hand, and finish a move that was cut off.

    Settings that came unreadable from a colleague hinder saving, but not that the cure comes in.

    Raises:
        ConfigMalformed: they are unreadable by an edit made here.
    """
    if crm.config_problem:
        if crm.prefix + store.SETTINGS in status.dirty:
            raise crm.config_problem
        return None
    changed = any(path.startswith(crm.prefix) for path in status.dirty)
    if not (
        changed or crm.waiting_count() or (crm.state and (crm.state / waiting.MOVING).exists())
    ):
        return None
    from crm_md.records.handwork import save

    return save(crm, unasked=True)


def _not_shared(crm: Crm, status: Status) -> tuple[str, ...]:
    if not status.dirty:
        return ()
    from crm_md.records.handwork import not_shared

    return not_shared(crm, status)


@contextmanager
def _marked(crm: Crm) -> Iterator[None]:
    """Say that a sync is at it, and clear up behind one that was killed."""
    state = crm.git.git_dir / "crm"
    mark = state / _MARK
    with suppress(FileNotFoundError, ValueError):
        crm.git.recover([], float(mark.read_text(encoding="ascii")), sharing=True)
    for folder in (state, state / waiting.FOLDER):
        safe_files.sweep(folder, old=True)
    for litter in state.glob(f"{trees.LITTER}*"):
        if safe_files.is_old(litter):
            import shutil

            shutil.rmtree(litter, ignore_errors=True)
    safe_files.keep(state, _MARK, str(time.time()), lasting=False)
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)
