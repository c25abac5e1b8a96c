"""Carry an action out: hand edits first, then its own files, one commit, and nothing ever lost."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from crm_md import forcing, store, waiting, writing
from crm_md.config import Config
from crm_md.document import Document, changes_told
from crm_md.errors import CrmError, FileNotReadable, MergeUnderWay, NotSaved
from crm_md.frozen import dataclass, replace
from crm_md.history.moved_lately import LATELY, moved_lately
from crm_md.holding_back import left_open
from crm_md.messages import _, speaking
from crm_md.waiting import Action, FileChange, fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from crm_md.history import History, Identity
    from crm_md.joining.beside import Note
    from crm_md.late_edits import LateEdits

ACTION = "Crm-Action"  # the trailer that makes an action recognisable: "log k3f9x2"
UNDOES = "Crm-Undoes"  # the id of the action that this one takes back
LONGEST_SUBJECT = 120  # characters

FEW = 100  # paths; for more, Git is asked about all, since a command line holds only so many

ID_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # no look-alikes, can be read out on the phone
ID_LENGTH = 6


def new_id() -> str:
    """Return a name for an action; random, since two clones cannot count together."""
    return "".join(random.choices(ID_SIGNS, k=ID_LENGTH))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an action happens.

    Attributes:
        root: the store.
        state: this clone's own folder, ``.git/crm``.
        history: its Git.
        prefix: the store's place in the work tree, "" or ``folder/``.
        now: when it happens; the date of its commits.
        who: tells who is at the keyboard, None where Git knows nobody.
        note: takes what a person should know of how their edits were joined with others' work.
    """

    root: Path
    state: Path
    history: History
    prefix: str
    config: Config
    now: datetime
    who: Callable[[], Identity | None]
    note: Callable[[Note], None]

    def in_git(self, paths: Sequence[str]) -> list[str]:
        """Return paths of the store as Git names them."""
        return [self.prefix + path for path in paths]


class Change:
    """What one action is going to do, collected under the lock and carried out at its end.

    Attributes:
        id: the action's random name, printed for undo.
        message: the sentence of the commit; `tell` sets it before leaving.
        touched: the files that were written, once carried out.
    """

    def __init__(
        self,
        place: Place,
        verb: str,
        trailers: Mapping[str, str],
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.id = new_id()
        self.message = ""
        self.touched: tuple[str, ...] = ()
        self._place = place
        self._trailers = {ACTION: f"{verb} {self.id}", **trailers}
        self._before: dict[str, bytes | None] = {}
        self._after: dict[str, bytes | None] = {}
        self._by_hand: tuple[str, ...] = ()
        self._progress = progress

    def read(self, path: str) -> Document:
        """Read a customer file under the lock, as this action has left it so far.

        Raises:
            FileNotReadable: it is gone, or the system refuses it.
            FileUnreadable: it is no text, or far too large.
        """
        data = self.read_bytes(path)
        if data is None:
            raise FileNotReadable(path, _("it is gone"))
        return Document.read(data, path, self._place.config)

    def read_bytes(self, path: str) -> bytes | None:
        """Read any file of the store under the lock, None if there is none."""
        if path in self._after:
            return self._after[path]
        if path not in self._before:
            text = store.read(self._place.root, path)
            late = self._late_edits
            self._before[path] = late.join(path, text) if late else text
        return self._before[path]

    def join_late_edits(self, paths: Iterable[str], opened: Mapping[str, bytes]) -> dict[str, str]:
        """Join edits by hand that were made while more was written into the files.

        Args:
            paths: of the files that were edited.
            opened: what those said, by path, for which the editor was opened by us.

        Returns:
            Where those stand now that were joined.
        """
        late = self._late
        joined: dict[str, str] = {}
        for path in paths:
            text = before = store.read(self._place.root, path)
            if text is not None and path in opened:
                text = late.join_opened(path, opened[path], text)
            home = late.bring_home(path, text)
            if home != path or late.join(path, text) != before:
                joined[path] = home
        return joined

    def put(self, document: Document) -> None:
        """Write this document to its path when the action is carried out."""
        self.put_bytes(document.path, document.data)

    def put_bytes(self, path: str, data: bytes | None) -> None:
        """Write these bytes to a path of the store, None to remove the file."""
        self.read_bytes(path)
        self._after[path] = data

    @cached_property
    def _late_edits(self) -> LateEdits | None:
        """What joins edits that were made while more came in; None where nothing came lately."""
        return self._late if moved_lately(self._place.history, time.time() - LATELY) else None

    @cached_property
    def _late(self) -> LateEdits:
        """The one that joins late edits for this change, and remembers which."""
        from crm_md.late_edits import LateEdits

        return LateEdits(self._place)

    def problem(self, path: str) -> CrmError | None:
        """Return why a file that was edited by hand cannot be saved; None if it can, or is gone."""
        read = store.read_customer if store.is_customer_path(path) else store.read
        try:
            return left_open(self._place, path, read(self._place.root, path))
        except CrmError as problem:
            return problem

    def save(self, paths: Sequence[str]) -> None:
        """Commit these files as they stand: somebody edited them by hand."""
        self._by_hand = tuple(paths)

    def tell(self, sentence: Callable[[], str]) -> None:
        """Set the sentence of the commit: made in the store's language, whatever is spoken here."""
        with speaking(self._place.config.language):
            self.message = with_short_subject(sentence())

    def add_trailer(self, name: str, text: str) -> None:
        """Add a line to the end of the commit message."""
        self._trailers[name] = text

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing would differ afterwards."""
        unchanged = all(self._before[path] == data for path, data in self._after.items())
        return unchanged and not self._by_hand

    def carry_out(self, trouble: CrmError | None, meanwhile: Callable[[], None]) -> None:
        """Commit hand edits of these files, write, commit exactly these paths.

        Args:
            trouble: why an earlier action still waits; then this one is written and waits as well.
            meanwhile: done while Git commits, perhaps more than once, perhaps never.
        """
        place = self._place
        paths = [path for path, data in self._after.items() if self._before[path] != data]
        for folder in {path.rpartition("/")[0] for path in paths}:
            writing.sweep(place.root, folder)
        if trouble is None:
            trouble = self._left_open(paths)
        if trouble is None and paths:
            trouble = save_by_hand(place, self._only(paths))
        action = self._action(paths, time.time() if trouble is None else 0.0)
        waiting.keep(place.state, action)
        try:
            self._write(paths)
        except BaseException:
            waiting.drop(place.state, action.id)
            raise
        self.touched = (*paths, *self._by_hand)
        if trouble is None:
            trouble = commit(place, action, meanwhile)
        if trouble is not None:
            if isinstance(trouble, MergeUnderWay):
                waiting.keep(place.state, self._held(action))
            raise NotSaved(waiting.count(place.state), trouble)

    def _left_open(self, paths: Sequence[str]) -> CrmError | None:
        """Return what hinders committing these files: an edit by hand left a merge open in one."""
        found = (left_open(self._place, path, self._before[path]) for path in paths)
        return next(filter(None, found), None)

    def _only(self, paths: Sequence[str]) -> dict[str, bytes | None]:
        return {path: self._before[path] for path in paths}

    def _action(self, paths: Sequence[str], committing: float) -> Action:
        needed = self._needed_to_finish(paths)
        identity = self._place.who()
        return Action(
            id=self.id,
            message=self.message,
            author=(identity.name, identity.email) if identity else None,
            changes=(
                *(self._change(path, needed.get(path)) for path in paths),
                *map(self._as_it_stands, self._by_hand),
            ),
            trailers=self._trailers,
            committing=committing,
        )

    def _held(self, action: Action) -> Action:
        """Return an action that waits for a merge, with all it wrote, unless it is very much."""
        if len(action.changes) > FEW:
            return replace(action, committing=0.0)
        changes = tuple(
            replace(one, data=self._after[one.path], old=self._before[one.path])
            if one.path in self._after and one.before != one.after
            else one
            for one in action.changes
        )
        return replace(action, changes=changes, committing=0.0, held=True)

    def _needed_to_finish(self, paths: Sequence[str]) -> dict[str, bytes | None]:
        """Return the texts that the record must hold to finish what a kill cuts off.

        One file is written or not, which is all. A text that only moves to another place stands in
        the old one until the new one is written: thousands of files moved need no second copy.
        """
        if len(paths) < 2:
            return {}
        leaving: dict[bytes, int] = {}
        for place, path in enumerate(paths):
            before = self._before[path]
            if before is not None and self._after[path] is None:
                leaving[before] = place
        return {
            path: text
            for place, path in enumerate(paths)
            if (text := self._after[path]) is None or leaving.get(text, -1) < place
        }

    def _change(self, path: str, data: bytes | None) -> FileChange:
        before, after = self._before[path], self._after[path]
        return FileChange(path, fingerprint(before), fingerprint(after), data)

    def _as_it_stands(self, path: str) -> FileChange:
        now = fingerprint(store.read(self._place.root, path))
        return FileChange(path, now, now)

    def _write(self, paths: Sequence[str]) -> None:
        """Write all files; if one fails, those already written go back."""
        done: list[str] = []
        progress = self._progress if len(paths) > FEW else None
        try:
            for path in paths:
                if progress and len(done) % 50 == 0:
                    progress(len(done), len(paths))
                writing.write(self._place.root, path, self._after[path], self._before[path])
                done.append(path)
        except BaseException:
            for path in reversed(done):
                writing.write(self._place.root, path, self._before[path], self._after[path])
            raise
        finally:
            forcing.force_folders(self._place.root, paths)


def with_short_subject(message: str) -> str:
    """Return a message whose first line is not longer than people read; what was cut is below."""
    first, newline, rest = message.partition("\n")
    if len(first) <= LONGEST_SUBJECT:
        return message
    cut = first[: LONGEST_SUBJECT - 1].rsplit(" ", 1)[0] or first[: LONGEST_SUBJECT - 1]
    return f"{cut}…\n\n…{first[len(cut) :]}{newline}{rest}"


def commit(
    place: Place, action: Action, meanwhile: Callable[[], None] = lambda: None
) -> CrmError | None:
    """Commit a written action; return what Git said if it refuses, and leave it waiting.

    Args:
        meanwhile: done while Git works, perhaps more than once, perhaps never.
    """
    if not action.committing:
        waiting.keep(place.state, replace(action, committing=time.time()))
    try:
        place.history.commit(
            place.in_git(action.paths),
            action.message,
            date=place.now,
            trailers=action.trailers,
            meanwhile=meanwhile,
        )
    except CrmError as refusal:
        waiting.keep(place.state, replace(action, committing=0.0))
        return refusal
    waiting.drop(place.state, action.id)
    return None


def save_by_hand(place: Place, texts: Mapping[str, bytes | None]) -> CrmError | None:
    """Commit what was edited by hand in these files, as a sentence of its own.

    Args:
        place: the store.
        texts: what stands in the files now; None for no file.

    Returns:
        What Git said if it refuses, None if all is well or there was nothing to do.
    """
    edited = _differing(place, texts)
    head = place.history.head()
    for path in edited:
        before = place.history.read_at(head, place.prefix + path) if head else None
        with speaking(place.config.language):
            message = sentence_of(path, before, texts[path], place.config)
        try:
            place.history.commit(
                place.in_git([path]),
                message,
                date=place.now,
                trailers={ACTION: f"save {new_id()}"},
            )
        except CrmError as refusal:
            return refusal
    return None


def _differing(place: Place, texts: Mapping[str, bytes | None]) -> list[str]:
    """Return the files that Git calls changed; of few, Git is asked only if their bytes differ."""
    suspects: Sequence[str] = ()
    if len(texts) <= FEW:
        in_git = {place.prefix + path: text for path, text in texts.items()}
        suspects = sorted(place.history.unlike_head(in_git))
        if not suspects:
            return []
    dirty = place.history.status(suspects).dirty
    return [path for path in sorted(texts) if place.prefix + path in dirty]


def sentence_of(path: str, before: bytes | None, after: bytes | None, config: Config) -> str:
    """Return the sentence for a file that was edited by hand."""
    sentences = changes_told(before, after, path, config)
    shown = after if after is not None else before
    name = path
    with suppress(CrmError):  # a file that cannot be read is saved all the same, under its path
        name = Document.read(shown, path, config).customer.name if shown is not None else path
    return f"{name}: {'; '.join(sentences) or _('edited by hand')}"
