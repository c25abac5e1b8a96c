"""Say what to do about a clone whose history Git cannot read any more, and what is only in it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from crm_md import errors
from crm_md.history import last_talk, repository

_FOLDERS = ("customers", "attachments", "templates")


def damaged(top: Path) -> errors.CrmError:
    """Return the error for a damaged clone: where to get another, and which files are newer here.

    Nothing of Git's is read but where it lies: a file counts as newer by its time.

    Args:
        top: of the work tree, or a folder in it.
    """
    with suppress(OSError, errors.CrmError):
        found = repository.find(top)
        talk = last_talk.newest(found) if found else None
        if found and talk:
            shared = (found.git_dir / "crm" / last_talk.FILE).stat().st_mtime
            return errors.DamagedClone(talk.address, _newer(found.top, shared))
    return errors.DamagedClone()


def _newer(top: Path, moment: float) -> list[str]:
    """Return the files below the folders of a store that were written after a moment, in order."""
    newer = []
    for folder, folders, names in os.walk(top):
        folders[:] = [one for one in folders if not one.startswith(".")]
        if any(part in _FOLDERS for part in Path(folder).relative_to(top).parts):
            paths = (Path(folder, name) for name in names if not name.startswith("."))
            newer += [path for path in paths if path.lstat().st_mtime > moment]
    return sorted(path.relative_to(top).as_posix() for path in newer)
