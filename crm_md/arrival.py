"""Bring files, index and branch to a commit that Git brought; what a kill cuts off is finished.

Step by step, under the write lock, and what a kill after each leaves behind:

1. The journal says from which commit to which. Left behind: nothing is moved yet; it is done anew.
2. Files that go are removed, then those that come are written, each whole. Left behind: some files
   are of the new commit; the next command writes the others. A file that is of neither was edited
   since by hand: the edit is merged into the new text, and stays an edit.
3. The index takes its place. Left behind: the same, with nothing left to write.
4. The branch names the new commit. Left behind: a journal about a move that is done.
5. The journal goes.

Where the branch names a third commit, somebody went on without us: the journal is forgotten, and
the next sync merges again.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from crm_md import safe_files, store
from crm_md.changing import ACTION, Place, new_id, save_by_hand, with_short_subject
from crm_md.errors import CrmError
from crm_md.frozen import dataclass
from crm_md.history import arriving, objects, parts, trees
from crm_md.history.trees import Difference
from crm_md.holding_back import left_open, missing, moved_out, not_fetched
from crm_md.joining.beside import Note, note_told
from crm_md.landing import is_plain, stands, write_files
from crm_md.late_edits import join_late_edits
from crm_md.messages import _, speaking
from crm_md.waiting import MOVING

MANY = 200  # files; where more may be edited, Git is asked about all


@dataclass(frozen=True, slots=True)
class Move:
    """A move from one commit to another.

    Attributes:
        old: where it began, None before the first commit.
        new: where it leads.
        since: when it began, in seconds since 1970.
    """

    old: str | None
    new: str
    since: float


def arrive(place: Place, new: str, instead_of: str | None = None) -> tuple[str, ...] | None:
    """Bring the clone to a commit that continues the present one, files first, the branch last.

    Files that are edited are committed first; then the branch is no longer where the commit
    continues it, and nothing else is done.

    Args:
        place: the store, whose lock is held.
        new: the commit.
        instead_of: the present commit, where it is known that the new one may take its place.

    Returns:
        The files that were touched, from the top of the work tree; None if the commit does not
        continue what the branch names now.

    Raises:
        FileNotReadable: something that is no file stands where one must be written.
        MovedOut: what comes is for a file that Git moved to where nothing is here.
        WriteFailed: the system refuses; the next command goes on.
        CrmError: one of the 50s, if Git refuses.
    """
    old = place.history.head()
    if old == new:
        return ()
    if old and old != instead_of and not place.history.is_ancestor(old, new):
        return None
    moving = trees.differences(place.history, old or objects.empty_tree(new), new)
    odd = _converted(place, moving)
    edited = _not_held_back(place, _edited(place, moving, odd))
    if edited:
        _save(place, edited)
        return None
    _bring(place, moving)
    move = Move(old, new, time.time())
    _keep_journal(place.state, move)
    return _go(place, move, moving, odd, is_new=True)


def finish_arrival(place: Place) -> None:
    """Finish a move that was cut off, if there is one.

    Raises:
        CrmError: it cannot be finished yet; the journal stays.
    """
    move = pending(place.state)
    if move is None:
        return
    place.history.recover([], move.since)
    here = place.history.head()
    if here == move.old and here != move.new:
        moving = trees.differences(
            place.history, move.old or objects.empty_tree(move.new), move.new
        )
        _go(place, move, moving, _converted(place, moving))
    (place.state / MOVING).unlink(missing_ok=True)


def pending(state: Path) -> Move | None:
    """Return the move that was cut off, None if there is none."""
    with suppress(FileNotFoundError, ValueError):
        old, new, since = (state / MOVING).read_text(encoding="ascii").split("\n")
        return Move(old or None, new, float(since))
    return None


def _bring(place: Place, moving: Mapping[str, Difference]) -> None:
    """Fetch what a clone of a part lacks before anything is moved, so that nothing hangs on it.

    Raises:
        NoConnection and its like: it cannot be fetched now.
    """
    if parts.is_partial(place.history):
        folders = parts.folders_here(place.history)
        here = [one.new for path, one in moving.items() if parts.is_here(path, folders)]
        parts.bring(place.history, [blob.id for blob in here if blob and blob.is_plain])


def _converted(place: Place, moving: Mapping[str, Difference]) -> frozenset[str]:
    """Return which of the files Git changes on their way."""
    plain = [path for path, one in moving.items() if is_plain(one)]
    return arriving.converted(place.history, plain)


def _go(
    place: Place,
    move: Move,
    moving: Mapping[str, Difference],
    odd: frozenset[str],
    *,
    is_new: bool = False,
) -> tuple[str, ...]:
    """Do all that is not done yet; where Git refuses to begin, nothing is."""
    begun = not is_new
    try:
        with arriving.next_index(place.history, move.old, move.new, moving) as index:
            begun = True
            wanted = {path: one for path, one in moving.items() if path not in index.left_out}
            if any(path.endswith(".gitattributes") for path in wanted):
                odd = _converted(place, wanted)  # the new index knows what is to come
            landed = write_files(place, wanted, odd, index)
            index.put(landed.as_committed)
    except CrmError:
        if not begun:
            (place.state / MOVING).unlink(missing_ok=True)
        raise
    arriving.move_branch(place.history, move.old, move.new, "crm sync")
    (place.state / MOVING).unlink(missing_ok=True)
    _commit_beside(place, landed.notes)
    return tuple(wanted)


def _commit_beside(place: Place, notes: tuple[Note, ...]) -> None:
    """Commit what is kept beside edits that could not be merged, and note it."""
    for note in notes:
        place.note(note)
    if notes:
        with speaking(place.config.language):
            told = [note_told(note) for note in notes]
        _commit(place, [note.beside for note in notes], "\n\n".join(told))


def _keep_journal(state: Path, move: Move) -> None:
    text = f"{move.old or ''}\n{move.new}\n{move.since}"
    safe_files.keep(state, MOVING, text, lasting=True)


def _edited(
    place: Place, moving: Mapping[str, Difference], odd: frozenset[str]
) -> dict[str, bytes | None]:
    """Return those of the files that stand neither as before the move nor as after it.

    Raises:
        FileNotReadable: one is no file.
    """
    top = place.history.top
    plain = [path for path, one in moving.items() if is_plain(one)]
    texts = {path: store.read(top, path) for path in plain}
    suspects = [path for path, text in texts.items() if not stands(text, moving[path], path, odd)]
    if not suspects:
        return {}
    dirty = place.history.status(suspects if len(suspects) <= MANY else ()).dirty
    return {path: texts[path] for path in suspects if path in dirty}


def _not_held_back(place: Place, edited: dict[str, bytes | None]) -> dict[str, bytes | None]:
    """Leave out what is not saved unasked; what comes is joined with it, and it stays an edit.

    Raises:
        MovedOut: what comes is for a file that Git moved to where nothing is here.
    """
    prefix, gone = place.prefix, frozenset[str]()
    if any(not text for text in edited.values()):
        status = place.history.status()
        gone = missing(place.history, prefix, status)
        out = moved_out(place.history, prefix, status)
        for refusal in not_fetched({old: new for old, new in out.items() if old in edited}, prefix):
            raise refusal
    return {
        path: text
        for path, text in edited.items()
        if path not in gone and not left_open(place, path.removeprefix(prefix), text)
    }


def _save(place: Place, edited: Mapping[str, bytes | None]) -> None:
    """Commit what was edited by hand: each customer in a sentence, all other files in one.

    Raises:
        CrmError: one of the 50s, if Git refuses.
    """
    inner = {path: path.removeprefix(place.prefix) for path in edited}
    own = {
        path
        for path in edited
        if path.startswith(place.prefix) and store.is_customer_path(inner[path])
    }
    join_late_edits(place, [inner[path] for path in sorted(own)])
    texts = {inner[path]: store.read(place.root, inner[path]) for path in own}
    refusal = save_by_hand(place, texts)
    if refusal:
        raise refusal
    others = sorted(edited.keys() - own)
    if others:
        with speaking(place.config.language):
            message = _("{files}: edited by hand").format(files=", ".join(others))
        _commit(place, others, message)


def _commit(place: Place, paths: list[str], message: str) -> None:
    trailers = {ACTION: f"save {new_id()}"}
    place.history.commit(paths, with_short_subject(message), date=place.now, trailers=trailers)
