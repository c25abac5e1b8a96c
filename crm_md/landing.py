"""Write the files of a commit that came, around edits that were made meanwhile."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Literal, NamedTuple

from crm_md import forcing, store, writing
from crm_md.changing import Place
from crm_md.document.decoding import first_conflict
from crm_md.errors import WriteFailed, reason_of
from crm_md.history import arriving, objects, trees
from crm_md.history.arriving import NextIndex
from crm_md.history.blobs import id_of
from crm_md.history.objects import Blob
from crm_md.history.trees import Difference
from crm_md.joining.beside import Note, keep_beside
from crm_md.joining.one_file import kept_with_question, together

TOGETHER = 500  # files whose texts are held, and brought to disk, at once


class Landed(NamedTuple):
    """What stands in the folder now.

    Attributes:
        as_committed: the files that stand as the commit has them; None where Git wrote some of
            them itself.
        notes: of the edits that could not be merged; what is kept beside them is not committed.
    """

    as_committed: frozenset[str] | None
    notes: tuple[Note, ...]


def write_files(
    place: Place, moving: Mapping[str, Difference], odd: Collection[str], index: NextIndex
) -> Landed:
    """Write all that does not stand as it is to be: first what goes, then what comes.

    Args:
        place: the store, whose lock is held.
        moving: how files are to change.
        odd: those that Git changes on their way, see `arriving.converted`.
        index: what Git goes by from now on.

    Raises:
        FileChanged, WriteFailed: the system refuses; the next command goes on.
        CrmError: one of the 50s, if Git refuses.
    """
    top = place.history.top
    by_git = {path for path, one in moving.items() if path in odd or not is_plain(one)}
    own = {path: one for path, one in moving.items() if path not in by_git}
    for folder in {path.rpartition("/")[0] for path in own}:
        writing.sweep(top, folder)
    for path, one in own.items():
        if one.new is None:
            _remove(place, path, one)

    aside = _Aside(place, moving)
    written = _write_own(place, {path: one for path, one in own.items() if one.new}, aside)
    _let_git_write(place, {path: moving[path] for path in sorted(by_git)}, index, aside)
    return Landed(None if by_git else written, tuple(aside.notes))


def is_plain(differs: Difference) -> bool:
    """Tell whether it is a plain file before and after, if it is there."""
    return all(blob is None or blob.is_plain for blob in differs)


def stands(text: bytes | None, differs: Difference, path: str, odd: Collection[str]) -> bool:
    """Tell whether a file stands as before the move or as after it."""
    if text is None or path in odd:
        return text is None and None in differs
    return any(blob and id_of(text, len(blob.id)) == blob.id for blob in differs)


class _Aside:
    """What is kept beside files, since it could not be merged into them."""

    def __init__(self, place: Place, moving: Collection[str]) -> None:
        self.notes: list[Note] = []
        self._place = place
        self._moving = moving

    def keep(self, path: str, text: bytes, why: Literal["unreadable", "different"]) -> None:
        """Keep a version; a move that is cut off again does so only once."""
        place = self._place
        beside = keep_beside(place.history, path, text, place.prefix, self._moving)
        self.notes.append(Note(why, path, beside))


def _remove(place: Place, path: str, differs: Difference) -> None:
    """Remove a file that stands as it was; one that was edited since stays, and asks."""
    top = place.history.top
    text = store.read(top, path)
    if text is None:
        return
    if not stands(text, differs, path, frozenset()):
        asking = kept_with_question(path.removeprefix(place.prefix), text)
        writing.write(top, path, asking, text)
        return
    writing.write(top, path, None, text)
    folder = path.rpartition("/")[0]
    while folder and folder != place.prefix + store.CUSTOMERS:
        try:
            (top / folder).rmdir()
        except OSError:
            return
        folder = folder.rpartition("/")[0]


def _write_own(place: Place, moving: Mapping[str, Difference], aside: _Aside) -> frozenset[str]:
    """Write what comes; return what stands as the commit has it, and is no edit."""
    as_committed: set[str] = set()
    rest = iter(moving.items())
    while group := dict(islice(rest, TOGETHER)):
        as_committed |= _write_group(place, group, aside)
    forcing.force_folders(place.history.top, moving)
    return frozenset(as_committed)


def _write_group(place: Place, moving: Mapping[str, Difference], aside: _Aside) -> set[str]:
    top = place.history.top
    coming = objects.texts_of(place.history, [one.new.id for one in moving.values() if one.new])
    texts: dict[str, bytes] = {}
    present = {path: store.read(top, path) for path in moving}
    as_committed = set(moving)
    for path, one in moving.items():
        assert one.new, "those that go are removed before"
        texts[path], now = coming[one.new.id], present[path]
        if now != texts[path] and not stands(now, one, path, ()):
            texts[path] = _with_edit(place, path, one.old, now, texts[path], aside)
        if texts[path] != coming[one.new.id]:
            as_committed.discard(path)
    missing = {path: text for path, text in texts.items() if text != present[path]}
    writing.write_all(top, missing, present)
    for path, (old, new) in moving.items():
        if new and (old is None or old.mode != new.mode):
            _set_mode(top / path, new.mode)
    return as_committed


def _with_edit(
    place: Place,
    path: str,
    old: Blob | None,
    present: bytes | None,
    coming: bytes,
    aside: _Aside,
) -> bytes:
    """Return what comes, joined with an edit that was made while the move lay cut off.

    It is decided as if the edit had been committed before, and the two joined by a sync.
    """
    inner = path.removeprefix(place.prefix)
    if present is None:  # removed by hand, and not said to be gone
        return coming
    before = objects.texts_of(place.history, [old.id]).get(old.id, b"") if old else b""

    def by_lines(base: bytes, ours: bytes, theirs: bytes, both: bool) -> bytes | None:
        return trees.merged_by_lines(place.history, base, ours, theirs, both=both)

    if first_conflict(present):  # a merge left open stays open, around what comes
        lines = by_lines(before, present, coming, False)
        if lines is not None:
            return lines
    made = together(inner, before, present, coming, by_lines)
    if made.beside is not None and made.why:
        aside.keep(path, made.beside, made.why)
    return made.text


def _set_mode(file: Path, mode: str) -> None:
    try:
        bits = file.stat().st_mode & 0o777
        runs = (bits & 0o444) >> 2
        wanted = bits | runs if mode == "100755" else bits & ~0o111
        if wanted != bits:
            file.chmod(wanted)
    except OSError as problem:
        raise WriteFailed(str(file), reason_of(problem)) from problem


def _let_git_write(
    place: Place, moving: Mapping[str, Difference], index: NextIndex, aside: _Aside
) -> None:
    """Leave to Git what only it knows how to write: links, and files that it converts."""
    if not moving:
        return
    top = place.history.top
    there = [path for path in moving if (top / path).is_file() and not (top / path).is_symlink()]
    now = arriving.ids_on_disk(place.history, there)
    known = {path: {blob.id for blob in one if blob} for path, one in moving.items()}
    edited = {path for path, found in now.items() if found not in known[path]}
    for path in sorted(edited):
        if moving[path].new:
            aside.keep(path, (top / path).read_bytes(), "different")
    for path, one in moving.items():
        if one.new is None and path not in edited and os.path.lexists(top / path):
            with suppress(IsADirectoryError, PermissionError):  # a repository of its own
                (top / path).unlink()
    come = [path for path, one in moving.items() if one.new]
    index.ask("checkout-index", "-f", "-z", "--stdin", given=b"".join(_named(come)))


def _named(paths: list[str]) -> list[bytes]:
    return [os.fsencode(path) + b"\0" for path in paths]
