"""Put a file whole or not at all: a crash leaves the old one or the new."""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from crm_md import forcing

LITTER_PREFIX = ".crm-tmp-"
_SHOWN = 40  # characters of a file's name in that of the file written beside it
_OLD = 3600.0  # seconds after which what is there for a moment only is a killed writer's


def written_beside(file: Path, data: bytes, number: int = 0) -> Path:
    """Return a new file with these bytes that is to take another's place.

    Args:
        file: the other one; its rights are taken over.
        data: the bytes.
        number: of the file, where one process writes several of one name.

    Raises:
        OSError: the system refuses; nothing is left.
    """
    beside = file.with_name(f"{LITTER_PREFIX}{os.getpid()}-{number}-{file.name[-_SHOWN:]}")
    try:
        beside.write_bytes(data)
        if file.exists():
            beside.chmod(stat.S_IMODE(file.stat().st_mode))
    except BaseException as problem:
        beside.unlink(missing_ok=True)
        if isinstance(problem, OSError):
            problem.filename = problem.filename or str(file)  # a write that fails does not tell
        raise
    return beside


def put(file: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write to a file beside this one, which then takes its place.

    Args:
        file: where to.
        data: the new bytes.
        lasting: force them, and the folder's entry, to disk.

    Raises:
        OSError: the system refuses; what stood there stands.
    """
    beside = written_beside(file, data)
    try:
        if lasting:
            forcing.force_files([beside])
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    if lasting:
        forcing.force_folder(file.parent)


def keep(folder: Path, name: str, text: str, *, lasting: bool) -> Path:
    """Keep a small file of the program's own, such as those in ``.git/crm``; return where.

    Args:
        folder: made if it is not there.
        name: of the file in it.
        text: what it says.
        lasting: a power cut must not take it back, for it guards what comes after it.

    Raises:
        OSError: the system refuses; what stood there stands.
    """
    folder.mkdir(parents=True, exist_ok=True)
    put(folder / name, text.encode("utf-8", "surrogateescape"), lasting=lasting)
    return folder / name


def sweep(folder: Path, *, old: bool = False) -> None:
    """Remove what killed writers left beside the files of this folder.

    Args:
        folder: where to look; folders in it are not looked into.
        old: leave what is younger than an hour: others may write here at the same time.
    """
    for litter in folder.glob(f"{LITTER_PREFIX}*"):
        if not old or is_old(litter):
            litter.unlink(missing_ok=True)


def is_old(file: Path) -> bool:
    """Tell whether nobody is at work any more on what is there for a moment only."""
    with suppress(OSError):
        return time.time() - file.stat().st_mtime > _OLD
    return False
