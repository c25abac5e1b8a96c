"""Write a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from crm_md import forcing, safe_files, store
from crm_md.errors import FileChanged, FileNotReadable, UsageProblem, WriteFailed, reason_of
from crm_md.messages import _


def write(root: Path, path: str, data: bytes | None, expected: bytes | None) -> None:
    """Write a file whole or not at all, or remove it.

    The new text goes to a file beside it, is forced to disk and then takes its place, so that a
    crash leaves the old file or the new; `force_folders` makes it last (as Radicale does it).

    Args:
        root: the store.
        path: relative to it.
        data: the new bytes, None to remove the file.
        expected: what stands there now, None for no file.

    Raises:
        FileChanged: something else stands there meanwhile; nothing was written.
        WriteFailed: the system refuses (full disk, read-only); the old file stands.
    """
    if data is not None:
        write_all(root, {path: data}, {path: expected})
        return
    try:
        if store.read(root, path) != expected:
            raise FileChanged(path)
        (root / path).unlink(missing_ok=True)
    except OSError as problem:
        raise WriteFailed(path, reason_of(problem)) from problem


def write_all(root: Path, texts: Mapping[str, bytes], expected: Mapping[str, bytes | None]) -> None:
    """Write files, each whole or not at all; all are on disk before the first takes its place.

    Args:
        root: the store.
        texts: the new bytes by their paths relative to it.
        expected: what stands there now, None for no file.

    Raises:
        FileChanged: something else stands in one place meanwhile; those before it are written.
        WriteFailed: the system refuses; likewise.
    """
    beside: dict[str, Path] = {}
    path = ""
    try:
        for path, data in texts.items():
            _check(root, path, expected[path])
            beside[path] = safe_files.written_beside(root / path, data, len(beside))
        forcing.force_files(beside.values())
        for path, written in beside.items():
            if len(beside) > 1:
                _check(root, path, expected[path])
            written.replace(root / path)
    except BaseException as problem:
        for written in beside.values():
            written.unlink(missing_ok=True)
        if isinstance(problem, OSError):
            raise WriteFailed(path, reason_of(problem)) from problem
        raise


def _check(root: Path, path: str, expected: bytes | None) -> None:
    """Make sure that nothing else stands there, and that it is in the store."""
    full = root / path
    if store.read(root, path) != expected:
        raise FileChanged(path)
    full.parent.mkdir(parents=True, exist_ok=True)
    if not store.leads_inside(root, full):
        raise FileNotReadable(path, _("it is a link, and links are not followed"))


def write_out(root: Path, file: Path, data: bytes) -> None:
    """Write a document for others, whole or not at all; what stood there is replaced.

    Args:
        root: the store; what it is made of is never taken for a document.
        file: where to; a link stays, and what it leads to is written.
        data: the bytes.

    Raises:
        UsageProblem: the file is one of the store's own.
        WriteFailed: the system refuses; what stood there stands.
    """
    full = Path(os.path.realpath(file))
    for own in store.OWN:
        ours = os.path.normcase(os.path.realpath(root / own))
        if f"{os.path.normcase(full)}{os.sep}".startswith(ours + os.sep):
            raise UsageProblem(
                _("{file} would take the place of what the store is made of.").format(file=file),
                _("Choose another file, or a folder outside of the store."),
            )
    try:
        safe_files.put(full, data)
    except OSError as problem:
        raise WriteFailed(str(file), reason_of(problem)) from problem


def sweep(root: Path, folder: str) -> None:
    """Remove what a killed writer left beside the files of this folder."""
    safe_files.sweep(root / folder)
