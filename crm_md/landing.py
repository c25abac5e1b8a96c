"""Write the files of a commit that came, around edits that were made meanwhile."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path

from crm_md import forcing, store, writing
from crm_md.changing import Place
from crm_md.errors import WriteFailed, reason_of
from crm_md.history import arriving, trees
from crm_md.history.arriving import NextIndex
from crm_md.history.blobs import id_of
from crm_md.history.trees import Blob, Difference

TOGETHER = 500  # files whose texts are held, and brought to disk, at once


def write_files(
    place: Place, moving: Mapping[str, Difference], odd: Collection[str], index: NextIndex
) -> frozenset[str] | None:
    """Write all that does not stand as it is to be: first what goes, then what comes.

    Args:
        place: the store, whose lock is held.
        moving: how files are to change.
        odd: those that Git changes on their way, see `arriving.converted`.
        index: what Git goes by from now on.

    Returns:
        The files that stand as the commit has them; None where Git wrote some of them itself.

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
    written = _write_own(place, {path: one for path, one in own.items() if one.new})
    _let_git_write(place, {path: moving[path] for path in sorted(by_git)}, index)
    return None if by_git else written


def is_plain(differs: Difference) -> bool:
    """Tell whether it is a plain file before and after, if it is there."""
    return all(blob is None or blob.is_plain for blob in differs)


def stands(text: bytes | None, differs: Difference, path: str, odd: Collection[str]) -> bool:
    """Tell whether a file stands as before the move or as after it."""
    if text is None or path in odd:
        return text is None and None in differs
    return any(blob and id_of(text, len(blob.id)) == blob.id for blob in differs)


def _remove(place: Place, path: str, differs: Difference) -> None:
    """Remove a file that stands as it was; one that was edited since stays, as an edit."""
    top = place.history.top
    text = store.read(top, path)
    if text is None or not stands(text, differs, path, frozenset()):
        return
    writing.write(top, path, None, text)
    folder = path.rpartition("/")[0]
    while folder and folder != place.prefix + store.CUSTOMERS:
        try:
            (top / folder).rmdir()
        except OSError:
            return
        folder = folder.rpartition("/")[0]


def _write_own(place: Place, moving: Mapping[str, Difference]) -> frozenset[str]:
    """Write what comes; return what stands as the commit has it, and is no edit."""
    as_committed: set[str] = set()
    rest = iter(moving.items())
    while group := dict(islice(rest, TOGETHER)):
        as_committed |= _write_group(place, group)
    forcing.force_folders(place.history.top, moving)
    return frozenset(as_committed)


def _write_group(place: Place, moving: Mapping[str, Difference]) -> set[str]:
    top = place.history.top
    coming = trees.texts_of(place.history, [one.new.id for one in moving.values() if one.new])
    texts: dict[str, bytes] = {}
    present = {path: store.read(top, path) for path in moving}
    as_committed = set(moving)
    for path, one in moving.items():
        assert one.new, "those that go are removed before"
        texts[path], now = coming[one.new.id], present[path]
        if now not in (None, texts[path]) and not stands(now, one, path, ()):
            texts[path] = _with_edit(place, path, one.old, now or b"", texts[path])
            as_committed.discard(path)
    missing = {path: text for path, text in texts.items() if text != present[path]}
    writing.write_all(top, missing, present)
    for path, (old, new) in moving.items():
        if new and (old is None or old.mode != new.mode):
            _set_mode(top / path, new.mode)
    return as_committed


def _with_edit(place: Place, path: str, old: Blob | None, present: bytes, coming: bytes) -> bytes:
    """Return what comes, with an edit in it that was made while the move lay cut off."""
    before = trees.texts_of(place.history, [old.id]).get(old.id, b"") if old else b""
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
