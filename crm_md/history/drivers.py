"""Set up in a clone what merges and compares customer files for Git, and keep its path right.

The driver is named by absolute paths, as Git starts it from anywhere. Behind it stands Git's own
merge: where ours cannot be started, ends badly or gives up, conflicts are shown and nothing is
lost. (A driver that is set up and missing makes Git keep ours without a word: measured.)
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Literal

from crm_md import safe_files
from crm_md.errors import CrmError
from crm_md.history.repository import Repository

Drivers = Literal["ready", "elsewhere", "none"]

PROGRAM = Path(__file__).resolve().with_name("merge_driver.py")

_FORMAT = "2"  # of what is set up; another one is set up anew
_MEMORY = "drivers"


def is_ready(repository: Repository) -> Drivers:
    """Tell what Git merges customer files with in this clone; no process runs.

    Returns:
        ``ready``: this installation; ``elsewhere``: another one that is there; ``none``: Git alone.
    """
    remembered, state = _remembered(repository)
    if not (state and state == _state(repository)) and not _stands(repository, remembered):
        return "none"
    if remembered == _wanted():
        return "ready"
    paths = remembered[1:]
    if remembered[:1] == [_FORMAT] and paths and all(map(os.path.exists, paths)):
        return "elsewhere"
    return "none"


def keep_up(repository: Repository) -> None:
    """Set the drivers up where they are not, or where they lead to a program that is gone.

    In the usual case this reads one small file. What cannot be written stays as it is: whoever
    only reads is not held up.
    """
    if is_ready(repository) == "none":
        with suppress(CrmError, OSError):
            install(repository)


def install(repository: Repository) -> None:
    """Set the drivers up in the settings of this clone, and remember with which program.

    Raises:
        CrmError: one of the 50s, if Git failed.
        OSError: the memory cannot be written.
    """
    from crm_md.history.process import failure, run_git

    if not sys.executable:
        return
    for name, value in _settings():
        answer = run_git(repository.top, "config", "--local", name, value)
        if answer.code:
            raise failure(repository.top, answer)
    memory = _memory(repository)
    text = "\n".join([*_wanted(), _state(repository)])
    safe_files.keep(memory.parent, memory.name, text, lasting=False)


def _settings() -> tuple[tuple[str, str], ...]:
    return (
        ("merge.crm-md.name", "customer files of crm, by field, entry and task"),
        ("merge.crm-md.driver", driver_command(sys.executable, PROGRAM)),
        ("diff.crm-md.xfuncname", hunk_names()),
    )


def driver_command(python: str, program: Path) -> str:
    """Return the line that Git gives to a shell; that of Git for Windows wants ``/`` in paths."""
    from shlex import quote

    ours = f"{quote(Path(python).as_posix())} -I -S {quote(program.as_posix())} %O %A %B"
    names = "-L ours -L base -L theirs"
    return f"{ours} || git merge-file --marker-size=%L {names} %A %O %B"


def hunk_names() -> str:
    """Return by what Git names a hunk: the heading, the field or the list item above it."""

    from crm_md.document.field_order import GERMAN, ORDER
    from crm_md.words import NAMED_BY

    keys = _either([*ORDER, *(GERMAN[key] for key in ORDER if key in GERMAN)])
    names = sorted(set(NAMED_BY.values()))
    items = _either([*names, *(GERMAN[name] for name in names)])
    blank = "[[:space:]]"
    parts = (f"#{{1,6}}{blank}.*", f"{keys}:.*", f"{blank}*-{blank}+{items}:.*")
    return f"^({'|'.join(parts)})$"


def _either(words: list[str]) -> str:
    return f"({'|'.join(word.replace('.', '[.]') for word in words)})"


def _wanted() -> list[str]:
    return [_FORMAT, sys.executable, str(PROGRAM)]


def _memory(repository: Repository) -> Path:
    return repository.git_dir / "crm" / _MEMORY


def _remembered(repository: Repository) -> tuple[list[str], str]:
    """Return with what it was set up, and how Git's settings were then."""
    try:
        *found, state = _memory(repository).read_text("utf-8", "surrogateescape").split("\n")
    except OSError:
        return [], ""
    return found, state


def _state(repository: Repository) -> str:
    """Return what changes whenever somebody changes the settings of this clone."""
    with suppress(OSError):
        seen = (repository.common_dir / "config").stat()
        return f"{seen.st_mtime_ns}:{seen.st_size}"
    return ""


def _stands(repository: Repository, remembered: list[str]) -> bool:
    """Tell whether the settings, which somebody changed since, still name the driver."""
    try:
        text = (repository.common_dir / "config").read_text("utf-8", "surrogateescape")
    except OSError:
        return False
    _before, _heading, section = text.partition('[merge "crm-md"]')
    line = section.partition("\n[")[0]
    return all(Path(path).as_posix() in line for path in remembered[1:])
