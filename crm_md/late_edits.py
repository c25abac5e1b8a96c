"""Join what was saved in an editor that had been open while more was written into the file.

What came in is known from Git's own log of this clone, for a day; nothing is kept beforehand. Only
once an edit was joined it is remembered, in ``.git/crm/late-edits``: the very same text, saved
again, is meant as it stands; another one was made from it, in the editor that is still open.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from crm_md import forcing, safe_files, store, writing
from crm_md.errors import CrmError
from crm_md.history import objects, trees
from crm_md.history.blobs import id_of
from crm_md.history.moved_lately import LATELY, Moved, moved_lately
from crm_md.joining.beside import Note, keep_beside
from crm_md.joining.late_edit import Arrival, base_of, is_made_from
from crm_md.joining.moves import MOVED, moves_between
from crm_md.joining.one_file import kept_with_question, together

if TYPE_CHECKING:
    from crm_md.changing import Place
    from crm_md.history.trees import Difference

_MEMORY = "late-edits"


class LateEdits:
    """The edits by hand of one store, while its lock is held."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._since = time.time() - LATELY

    @cached_property
    def _moves(self) -> list[Moved]:
        """How others' work came in lately."""
        return moved_lately(self._place.history, self._since)

    def join(self, path: str, text: bytes | None) -> bytes | None:
        """Return what a file is to say: joined, and written, where the edit was made too early.

        Args:
            path: relative to the store.
            text: what it says now, None for no file.

        Raises:
            FileChanged, WriteFailed: it was not written.
            CrmError: one of the 50s, if Git failed.
        """
        if text is None or "\n" in path or not self._moves or not _is_ours(path):
            return text
        here = self._here(path)
        if here is None or id_of(text, len(here)) == here or self._is_meant(path, text):
            return text
        arrivals = self._arrivals(path)
        now = objects.texts_of(self._place.history, [here]).get(here)
        base = base_of(arrivals, now, text) if now is not None else None
        return text if base is None or now is None else self._joined(path, base, text, now)

    def join_opened(self, path: str, opened: bytes, text: bytes) -> bytes:
        """Return what a file is to say that was opened by us, and may have gone on meanwhile.

        Args:
            path: relative to the store.
            opened: what it said when the editor was opened.
            text: what it says now.

        Raises:
            FileChanged, WriteFailed: it was not written.
            CrmError: one of the 50s, if Git failed.
        """
        history = self._place.history
        head = history.head()
        now = history.read_at(head, self._place.prefix + path) if head else None
        if now is None or now in (opened, text):
            return text
        base = base_of([Arrival(opened, now)], now, text, was_open=True)
        return text if base is None else self._joined(path, base, text, now)

    def bring_home(self, path: str, text: bytes | None) -> str:
        """Return where an edit stands now that was saved into a file others moved or removed.

        What was written goes where the customer is now; one who was removed stays, and asks.

        Args:
            path: relative to the store.
            text: what the file says now, None for no file.

        Raises:
            FileChanged, WriteFailed: it was not written.
            CrmError: one of the 50s, if Git failed.
        """
        if text is None or "\n" in path or not self._moves or not store.is_customer_path(path):
            return path
        inside = self._place.prefix + path
        left = self._touched.get(inside)
        taken = self._taken_by(path) if left and left.new is None else None
        before = self._open_before(path, taken) if taken else None
        if taken is None or before is None or not is_made_from(before, text):
            return path
        home = self._home(taken, path)
        now = store.read(self._place.root, home) if home else None
        if home is None or now is None:
            self._put(path, kept_with_question(path, text), text)
            self._place.note(Note("removed", inside, ""))
            return path
        made = self.together(home, before, text, now)
        self._remember(path, text, made)
        if made != now:
            self._put(home, made, now)
        self._put(path, None, text)
        self._place.note(Note("moved", self._place.prefix + home, inside))
        return home

    def _taken_by(self, path: str) -> Moved | None:
        """Return with which of the moves a file went that was there before."""
        sides = zip(self._moves, self._sides(path), strict=True)
        went = [move for move, (before, after) in sides if before is not None and after is None]
        return went[-1] if went else None

    def _sides(self, path: str) -> list[tuple[bytes | None, bytes | None]]:
        """Return what a file said before and after each of the moves."""
        inside = self._place.prefix + path
        asked = [(commit, inside) for move in self._moves for commit in move]
        texts = self._place.history.read_many(asked)
        return list(zip(texts[::2], texts[1::2], strict=True))

    def _open_before(self, path: str, taken: Moved) -> bytes | None:
        """Return what an editor had open of a file that went: what it saved last, or what went."""
        made = self._memory.get(path)
        if made:
            return objects.texts_of(self._place.history, made[:1]).get(made[0])
        return self._place.history.read_at(taken.old, self._place.prefix + path)

    def _home(self, move: Moved, path: str) -> str | None:
        """Return where a file went with a move, None if it went nowhere in this store."""
        history, prefix = self._place.history, self._place.prefix
        head = history.head() or "HEAD"
        told = trees.moves_told(history, MOVED, move.old, head)
        named = ((prefix + old, prefix + new) for old, new in told)
        home = moves_between(trees.differences(history, move.old, head), named, prefix)
        where = home.get(prefix + path, "")
        return where[len(prefix) :] if where.startswith(prefix) and where else None

    @cached_property
    def _touched(self) -> Mapping[str, Difference]:
        """What differs between the last commit and the one before the first of the moves."""
        head = self._place.history.head()
        with suppress(CrmError):  # Git has lost what lay a day back
            return trees.differences(self._place.history, self._moves[0].old, head or "HEAD")
        return {}

    def _here(self, path: str) -> str | None:
        """Return the id of what the last commit says of a file that others' work came into."""
        differs = self._touched.get(self._place.prefix + path)
        return differs.new.id if differs and differs.new and differs.new.is_plain else None

    def _arrivals(self, path: str) -> list[Arrival]:
        both = self._sides(path)
        if made := self._memory.get(path):
            edited, joined, _when = made
            texts = objects.texts_of(self._place.history, (edited, joined))
            both.append((texts.get(edited), texts.get(joined)))
        return [
            Arrival(old, new)
            for old, new in both
            if old is not None and new is not None and old != new
        ]

    def _joined(self, path: str, base: bytes, text: bytes, now: bytes) -> bytes:
        made = self.together(path, base, text, now, "late")
        self._remember(path, text, made)
        self._put(path, made, text)
        return made

    def _put(self, path: str, text: bytes | None, expected: bytes | None) -> None:
        writing.write(self._place.root, path, text, expected)
        forcing.force_folders(self._place.root, [path])

    def together(
        self, path: str, base: bytes, text: bytes, now: bytes, joined: Literal["late", ""] = ""
    ) -> bytes:
        """Return both in one; what cannot be merged is kept beside, and noted.

        Args:
            path: relative to the store.
            base: what both come from.
            text: the edit.
            now: what is said now.
            joined: what is noted where they could be merged.
        """
        place = self._place

        def by_lines(before: bytes, ours: bytes, theirs: bytes, both: bool) -> bytes | None:
            return trees.merged_by_lines(place.history, before, ours, theirs, both=both)

        made = together(path, base, text, now, by_lines)
        inside = place.prefix + path
        if made.beside is not None and made.why:
            beside = keep_beside(place.history, inside, made.beside, place.prefix)
            place.note(Note(made.why, inside, beside))
        elif joined:
            place.note(Note(joined, inside, ""))
        return made.text

    @cached_property
    def _memory(self) -> dict[str, Any]:
        """By path: the id of an edit that was joined, the id of what came of it, and when."""
        import json

        with suppress(OSError, ValueError, AttributeError, TypeError, IndexError):
            kept = json.loads((self._place.state / _MEMORY).read_text(encoding="utf-8"))
            return {path: one for path, one in kept.items() if float(one[2]) >= self._since}
        return {}

    def _is_meant(self, path: str, text: bytes) -> bool:
        made = self._memory.get(path)
        return made is not None and id_of(text, len(made[0])) == made[0]

    def _remember(self, path: str, edited: bytes, joined: bytes) -> None:
        import json

        like = self._place.history.head() or ""
        ids = trees.keep_texts(self._place.history, [edited, joined], like)
        self._memory[path] = [*ids, time.time()]
        safe_files.keep(self._place.state, _MEMORY, json.dumps(self._memory), lasting=False)


def join_late_edits(place: Place, paths: Sequence[str]) -> None:
    """Join all of these edits that were made too early, see `LateEdits.join`."""
    late = LateEdits(place)
    for path in paths:
        with suppress(CrmError):  # a file that cannot be read is none that was edited
            late.join(path, store.read(place.root, path))


def _is_ours(path: str) -> bool:
    return store.is_customer_path(path) or path == store.SETTINGS
