"""The one door: open a store, read its customers, and change them so that nothing is ever lost."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from crm_md import noticing, store, waiting
from crm_md.errors import (
    BrokenRepository,
    CrmError,
    DiskFull,
    FileNotReadable,
    HalfCloned,
    NotSaved,
    NotUnderGit,
)
from crm_md.lost_customers import lost_customers
from crm_md.messages import _
from crm_md.noticing import Sight
from crm_md.turns import in_turn

if TYPE_CHECKING:
    from types import TracebackType

    from crm_md.ahead import Ahead
    from crm_md.changing import Change, Place
    from crm_md.document import Document
    from crm_md.errors import StillWaiting
    from crm_md.history import History, Identity, RunningIdentity, Status
    from crm_md.index.catalogue import Catalogue
    from crm_md.joining.beside import Note
    from crm_md.part import Part

Progress = Callable[[int, int], None]

LOCK_SECONDS = 30.0


def open_store(folder: Path, now: datetime, ahead: Ahead | None = None) -> Crm:
    """Open the store that a folder is or lies in.

    Args:
        folder: the store, or any folder in it.
        now: the moment, local wall-clock; the program never asks a clock below this door.
        ahead: a look at the files of this store that was started before.

    Raises:
        NoStore: there is none; CustomersGone: it has lost its customers.
        HalfCloned, EmptyClone: it is a clone that was cut off.
        StoreTooNew: a newer program made it.
    """
    from crm_md import history

    lost = lost_customers(folder)
    if lost is not None:
        raise lost
    root = store.require_store(folder)
    if ahead is not None and ahead.root == root:
        return Crm(root, ahead.history, now, ahead)
    try:
        return Crm(root, history.find(root), now)
    except BrokenRepository as problem:
        crm = Crm(root, None, now)
        crm.git_problem = problem
        return crm


class Crm:
    """An open store.

    Attributes:
        root: its folder.
        history: its Git, None where there is none, or it does not answer: then everything can be
            read and nothing written.
        git_problem: why Git does not answer, None if all is well.
        config: its settings; the defaults where ``crm.toml`` is malformed.
        config_problem: why it is, None if all is well.
        now: the moment the store was opened for.
        progress: called with (done, all) during long work; faces set it.
        lock_seconds: how long to wait for another writer.
    """

    def __init__(
        self, root: Path, history: History | None, now: datetime, ahead: Ahead | None = None
    ) -> None:
        self.root = root
        self.history = history
        self.git_problem: CrmError | None = None
        self.now = now
        self.progress: Progress | None = None
        self.lock_seconds = LOCK_SECONDS
        self.settings_text, self.config, self.config_problem = store.read_settings(root)
        self._catalogue: Catalogue | None = None
        self._ahead = ahead
        self._asking: RunningIdentity | None = None
        self._held_up: tuple[StillWaiting, ...] | None = None
        self._notes: list[Note] = []

    @property
    def today(self) -> date:
        """The day of ``now``."""
        return self.now.date()

    @cached_property
    def state(self) -> Path | None:
        """This clone's own folder for what is not derived, ``.git/crm``; None without Git."""
        return self.history.git_dir / "crm" if self.history else None

    def ask_who_i_am(self) -> None:
        """Let Git look up who is at the keyboard, beside what is done meanwhile."""
        if self.history and self._asking is None and "identity" not in vars(self):
            with suppress(CrmError):
                self._asking = self.history.start_identity()

    @cached_property
    def identity(self) -> Identity | None:
        """Who Git says is at the keyboard, None where it knows nobody; asked once.

        Raises:
            CrmError: one of the 50s, if Git failed.
        """
        asking, self._asking = self._asking, None
        if asking is None and self.history:
            asking = self.history.start_identity()
        return asking.finish() if asking else None

    @cached_property
    def me(self) -> str:
        """My short name in the team, "" where Git knows nobody."""
        try:
            identity = self.identity
        except CrmError:  # whoever reads need not be known, and a writer learns it from Git
            return ""
        return self.config.short_name(identity.name, identity.email) if identity else ""

    @property
    def in_team(self) -> bool:
        """Tell whether I am somebody in the team of ``crm.toml``."""
        return self.me in self.config.team

    def look(self) -> Status:
        """Return which files differ from the last commit: the look under way, or a new one.

        Raises:
            CrmError: one of the 50s, if Git failed.
        """
        running = self._ahead.taken() if self._ahead else None
        return (running or self.git.start_status(remember=True)).finish()

    @property
    def catalogue(self) -> Catalogue:
        """What lists need of every customer, healed from the files once per run."""
        if self._catalogue is None:
            running = self._ahead.taken() if self._ahead else None
            self._catalogue, refusal = noticing.healed_catalogue(self._sight, running)
            if refusal:
                self.git_problem, self.history = refusal, None
        return self._catalogue

    def read(self, path: str) -> Document:
        """Read one customer file.

        Args:
            path: relative to the store.

        Raises:
            FileNotReadable: it is gone, or the system refuses it.
            FileUnreadable: it is no text, or far too large.
        """
        from crm_md.document import Document

        data = store.read_customer(self.root, path)
        if data is None:
            raise FileNotReadable(path, _("it is gone"))
        return Document.read(data, path, self.config)

    @contextmanager
    def change(self, verb: str, *, trailers: Mapping[str, str] | None = None) -> Iterator[Change]:
        """Change files as one action: one commit, by the person who did it.

        On entering, the lock is taken, and what an earlier run left is finished; what of it has to
        wait on because of its files is in `held_up` afterwards and holds up nobody. On leaving,
        every file is written whole, exactly these paths are committed, and the catalogue is told.
        If a write fails, files go back. If only the commit fails, the text stays in the file and
        the action waits in ``.git/crm/`` for the next writing command.

        Args:
            verb: the command's English name; with a random id it makes the action recognisable.
            trailers: more lines for the end of the commit message.

        Raises:
            NotUnderGit: there is no Git here.
            ConfigMalformed: ``crm.toml`` cannot be read; nothing is written until it can.
            StoreLocked: another process is writing and did not finish in time.
            FileChanged: a file changed in between; nothing was written.
            WriteFailed: the system refused; nothing was changed.
            NotSaved: Git refused the commit; the text stands in the file.
        """
        from crm_md.changing import Change
        from crm_md.finishing import finish

        place = self._place
        with in_turn(place.state, verb, self.lock_seconds):
            refusal, self._held_up = finish(place)
            change = Change(place, verb, trailers or {}, self.progress)
            yield change
            if not change.is_empty:
                self._heal_after(change, refusal)

    def _heal_after(self, change: Change, trouble: CrmError | None) -> None:
        """Carry an action out and tell the catalogue, whether or not Git took it.

        The catalogue is told while Git works, and what stood in its way then is met afterwards: a
        commit under way is not given up for the sake of what is derived. Where that has no room,
        what was done is done, and the next command tells it.
        """
        told: list[tuple[str, ...]] = []

        def heal() -> None:
            if not told and change.touched:
                told.append(noticing.heal(self._sight, self.catalogue, change.touched))

        def try_to_heal() -> None:
            if self._catalogue is not None:
                with suppress(Exception):
                    heal()

        try:
            change.carry_out(trouble, try_to_heal)
        finally:
            with suppress(DiskFull):
                heal()

    def save_waiting(self) -> tuple[str, ...]:
        """Commit what earlier commands could not, if they left anything.

        What has to wait on because of its files is in `held_up`.

        Returns:
            The sentences of the new commits, oldest first.

        Raises:
            NotSaved: Git still refuses.
        """
        cut_off = self.state and (self.state / waiting.MOVING).exists()
        if not (self.waiting_count() or cut_off):
            return ()
        from itertools import takewhile

        from crm_md.finishing import finish

        place = self._place
        with in_turn(place.state, "save", self.lock_seconds):
            last = place.history.head()
            refusal, self._held_up = finish(place)
            if refusal:
                raise NotSaved(waiting.count(place.state), refusal)
            caught_up = takewhile(lambda one: one.id != last, place.history.log())
            return tuple(revision.subject for revision in caught_up)[::-1]

    def move_to(self, commit: str, *, instead_of: str | None = None) -> tuple[str, ...] | None:
        """Bring the clone to a commit that Git brought: the files first, the branch last.

        What an earlier run left is finished first. Files that would be touched and were edited
        meanwhile are committed, and then nothing else is done: the commit does not know of them.

        Args:
            commit: one that continues the present one.
            instead_of: the present one, where it is known that the other may take its place: it
                continues it, or is wanted although it does not.

        Returns:
            The files that were touched, relative to the store; None if the commit does not, or no
            longer, continue the present one.

        Raises:
            StoreLocked: another process is writing and did not finish in time.
            NotSaved: what an earlier run left cannot be finished.
            FileNotReadable, WriteFailed: the system refuses; the next command goes on.
            CrmError: one of the 50s, if Git refuses.
        """
        from crm_md.arrival import arrive
        from crm_md.finishing import finish

        place = self._any_place
        with in_turn(place.state, "sync", self.lock_seconds):
            refusal, self._held_up = finish(place)
            if refusal:
                raise refusal
            touched = arrive(place, commit, instead_of)
            if touched is None:
                return None
            own = [path for path in touched if path.startswith(self.prefix)]
            inner = tuple(path[len(self.prefix) :] for path in own)
            if self._catalogue is not None:
                with suppress(DiskFull):
                    noticing.heal(self._sight, self.catalogue, inner)
        if store.SETTINGS in inner:
            self._read_settings_anew()
        return inner

    def _read_settings_anew(self) -> None:
        """Take in settings that came from somebody else."""
        self.settings_text, self.config, self.config_problem = store.read_settings(self.root)
        for kept in ("_place", "_any_place"):
            vars(self).pop(kept, None)
        if self._catalogue is not None:
            self._catalogue.close()
            self._catalogue = None

    @contextmanager
    def alone(self, verb: str) -> Iterator[None]:
        """Let no other process do the same at the same time; it does not keep others from writing.

        Args:
            verb: the command's English name.

        Raises:
            StoreLocked: another process is at it and did not finish in time.
        """
        with in_turn(self.git.git_dir / "crm", verb, self.lock_seconds, verb):
            yield

    def waiting_count(self) -> int:
        """Return how many actions wait to be committed."""
        return waiting.count(self.state) if self.state else 0

    def held_up(self) -> tuple[StillWaiting, ...]:
        """Return the actions that wait because a file of theirs is none that can be read now."""
        if self._held_up is None:
            from crm_md.finishing import held_up

            waits = self.waiting_count() > 0
            self._held_up = held_up(self._any_place) if waits else ()
        return self._held_up

    def take_notes(self) -> tuple[Note, ...]:
        """Return what a person should know of how their edits were joined, each only once."""
        notes = tuple(self._notes)
        self._notes.clear()
        return notes

    @property
    def _sight(self) -> Sight:
        return Sight(
            self.root,
            self.state,
            self.history,
            self.prefix,
            self.config,
            self.settings_text,
            self.today,
            self.progress,
        )

    @cached_property
    def _place(self) -> Place:
        if self.config_problem:
            raise self.config_problem
        return self._any_place

    @cached_property
    def _any_place(self) -> Place:
        """Where files are moved even while the settings cannot be read: a sync may mend them."""
        from crm_md.changing import Place

        if self.git.is_half_cloned():
            raise HalfCloned(self.git.top)
        return Place(
            self.root,
            self.git.git_dir / "crm",
            self.git,
            self.prefix,
            self.config,
            self.now,
            lambda: self.identity,
            self._notes.append,
        )

    @property
    def git(self) -> History:
        """The store's Git.

        Raises:
            NotUnderGit: there is none.
            CrmError: another one of the 50s: it does not answer.
        """
        if self.history is None:
            raise self.git_problem or NotUnderGit(str(self.root))
        return self.history

    @cached_property
    def part(self) -> Part | None:
        """What a clone of a part of the store has and leaves out; None for a clone of all."""
        if self.history is None or not self.history.is_sparse():
            return None
        from crm_md.part import part_of

        return part_of(self.history, self.prefix)

    @cached_property
    def prefix(self) -> str:
        """The store's place in the Git work tree: "" or ``folder/``."""
        if self.history is None:
            return ""
        inner = os.path.relpath(os.path.realpath(self.root), os.path.realpath(self.history.top))
        return "" if inner == "." else inner.replace(os.sep, "/") + "/"

    def close(self) -> None:
        """Let go of the catalogue's file, and of what nobody asked for any more."""
        if self._catalogue is not None:
            self._catalogue.close()
            self._catalogue = None
        if self._asking is not None:
            self._asking.stop()
            self._asking = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
