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

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from crm_md import store
from crm_md.changing import ACTION, Place, new_id, save_by_hand, with_short_subject
from crm_md.errors import CrmError, WriteFailed, reason_of
from crm_md.frozen import dataclass
from crm_md.history import arriving, trees
from crm_md.history.arriving import NextIndex
from crm_md.history.blobs import id_of
from crm_md.history.trees import Difference
from crm_md.messages import _, speaking
from crm_md.waiting import MOVING

MANY = 200  # files; more are forced to disk together


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
        instead_of: the present commit, where the new one takes its place and does not continue it.

    Returns:
        The files that were touched, from the top of the work tree; None if the commit does not
        continue what the branch names now.

    Raises:
        FileNotReadable: something that is no file stands where one must be written.
        WriteFailed: the system refuses; the next command goes on.
        CrmError: one of the 50s, if Git refuses.
    """
    old = place.history.head()
    if old == new:
        return ()
    if old and old != instead_of and not place.history.is_ancestor(old, new):
        return None
    moving = trees.differences(place.history, old or trees.empty_tree(new), new)
    edited = _edited(place, moving)
    if edited:
        _save(place, edited)
        return None
    move = Move(old, new, time.time())
    _keep_journal(place.state, move)
    return _go(place, move, moving, is_new=True)


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
        moving = trees.differences(place.history, move.old or trees.empty_tree(move.new), move.new)
        _go(place, move, moving)
    (place.state / MOVING).unlink(missing_ok=True)


def pending(state: Path) -> Move | None:
    """Return the move that was cut off, None if there is none."""
    with suppress(FileNotFoundError, ValueError):
        old, new, since = (state / MOVING).read_text(encoding="ascii").split("\n")
        return Move(old or None, new, float(since))
    return None


def _go(
    place: Place, move: Move, moving: Mapping[str, Difference], *, is_new: bool = False
) -> tuple[str, ...]:
    """Do all that is not done yet; where Git refuses to begin, nothing is."""
    begun = not is_new
    try:
        with arriving.next_index(place.history, move.old, move.new, moving) as index:
            begun = True
            wanted = {path: one for path, one in moving.items() if path not in index.left_out}
            _write_files(place, wanted, index)
            index.put()
    except CrmError:
        if not begun:
            (place.state / MOVING).unlink(missing_ok=True)
        raise
    arriving.move_branch(place.history, move.old, move.new, "crm sync")
    (place.state / MOVING).unlink(missing_ok=True)
    return tuple(wanted)


def _keep_journal(state: Path, move: Move) -> None:
    beside = state / f"{MOVING}.tmp"
    with beside.open("w", encoding="ascii") as file:
        file.write(f"{move.old or ''}\n{move.new}\n{move.since}")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(state / MOVING)


def _edited(place: Place, moving: Mapping[str, Difference]) -> dict[str, bytes | None]:
    """Return those of the files that stand neither as before the move nor as after it.

    Raises:
        FileNotReadable: one is no file.
    """
    top = place.history.top
    plain = [path for path, one in moving.items() if _is_plain(one)]
    odd = arriving.converted(place.history, plain)
    texts = {path: store.read(top, path) for path in plain}
    suspects = [path for path, text in texts.items() if not _stands(text, moving[path], path, odd)]
    if not suspects:
        return {}
    dirty = place.history.status(suspects if len(suspects) <= MANY else ()).dirty
    return {path: texts[path] for path in suspects if path in dirty}


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
    refusal = save_by_hand(place, {inner[path]: edited[path] for path in own})
    if refusal:
        raise refusal
    others = sorted(edited.keys() - own)
    if others:
        with speaking(place.config.language):
            message = _("{files}: edited by hand").format(files=", ".join(others))
        place.history.commit(
            others,
            with_short_subject(message),
            date=place.now,
            trailers={ACTION: f"save {new_id()}"},
        )


def _is_plain(differs: Difference) -> bool:
    return all(blob is None or blob.is_plain for blob in differs)


def _stands(text: bytes | None, differs: Difference, path: str, odd: frozenset[str]) -> bool:
    """Tell whether a file stands as before the move or as after it."""
    if text is None or path in odd:
        return text is None and None in differs
    return any(blob and id_of(text, len(blob.id)) == blob.id for blob in differs)


def _write_files(place: Place, moving: Mapping[str, Difference], index: NextIndex) -> None:
    """Write all that does not stand as it is to be: first what goes, then what comes."""
    top = place.history.top
    plain = [path for path, one in moving.items() if _is_plain(one)]
    by_git = {*arriving.converted(place.history, plain), *(moving.keys() - set(plain))}
    own = {path: one for path, one in moving.items() if path not in by_git}
    for folder in {path.rpartition("/")[0] for path in own}:
        store.sweep(top, folder)
    for path, one in own.items():
        if one.new is None:
            _remove(place, path, one)
    _write_own(place, {path: one for path, one in own.items() if one.new})
    _let_git_write(place, {path: moving[path] for path in sorted(by_git)}, index)


def _remove(place: Place, path: str, differs: Difference) -> None:
    """Remove a file that stands as it was; one that was edited since stays, as an edit."""
    top = place.history.top
    text = store.read(top, path)
    if text is None or not _stands(text, differs, path, frozenset()):
        return
    store.write(top, path, None, text)
    folder = path.rpartition("/")[0]
    while folder and folder != place.prefix + store.CUSTOMERS:
        try:
            (top / folder).rmdir()
        except OSError:
            return
        folder = folder.rpartition("/")[0]


def _write_own(place: Place, moving: Mapping[str, Difference]) -> None:
    top, many = place.history.top, len(moving) > MANY
    texts = trees.texts_of(place.history, [one.new.id for one in moving.values() if one.new])
    olds: dict[str, bytes] | None = None
    for path, (old, new) in moving.items():
        assert new, "those that go are removed before"
        present, text = store.read(top, path), texts[new.id]
        if present not in (None, text) and not (
            old and id_of(present or b"", len(old.id)) == old.id
        ):
            if olds is None:
                olds = trees.texts_of(place.history, [o.id for o, _n in moving.values() if o])
            text = _with_edit(place, path, olds.get(old.id, b"") if old else b"", present, text)
        if present != text:
            store.write(top, path, text, present, lasting=not many)
        if old is None or old.mode != new.mode:
            _set_mode(top / path, new.mode)
    if many and hasattr(os, "sync"):
        os.sync()
    store.force_folders(top, moving)


def _with_edit(
    place: Place, path: str, before: bytes, present: bytes | None, coming: bytes
) -> bytes:
    """Return what comes, with an edit in it that was made while the move lay cut off."""
    assert present is not None
    if path.startswith(place.prefix) and store.is_customer_path(path[len(place.prefix) :]):
        from crm_md.document.merging.whole_file import merged_file

        merged = merged_file(before, present, coming)
    else:
        merged = trees.merged_by_lines(place.history, before, present, coming)
    return present if merged is None else merged


def _set_mode(file: Path, mode: str) -> None:
    try:
        bits = file.stat().st_mode & 0o777
        runs = (bits & 0o444) >> 2
        wanted = bits | runs if mode == "100755" else bits & ~0o111
        if wanted != bits:
            file.chmod(wanted)
    except OSError as problem:
        raise WriteFailed(str(file), reason_of(problem)) from problem


def _let_git_write(place: Place, moving: Mapping[str, Difference], index: NextIndex) -> None:
    """Leave to Git what only it knows how to write: links, and files that it converts."""
    if not moving:
        return
    top = place.history.top
    there = [path for path in moving if (top / path).is_file() and not (top / path).is_symlink()]
    now = arriving.ids_on_disk(place.history, there)
    known = {path: {blob.id for blob in one if blob} for path, one in moving.items()}
    kept = {path for path, found in now.items() if found not in known[path]}
    for path, one in moving.items():
        if one.new is None and path not in kept and os.path.lexists(top / path):
            with suppress(IsADirectoryError, PermissionError):  # a repository of its own
                (top / path).unlink()
    come = [path for path, one in moving.items() if one.new and path not in kept]
    index.ask("checkout-index", "-f", "-z", "--stdin", given=b"".join(_named(come)))


def _named(paths: list[str]) -> list[bytes]:
    return [os.fsencode(path) + b"\0" for path in paths]
