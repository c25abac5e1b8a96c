"""Time a clone of a part of a large store beside a clone of the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from bench.processes import Failed, run
from bench.questions import program
from bench.stores import Store

SHARE = 0.05  # of the customers
NAME = "clone, a part and the whole"
_BLOCK = 512  # bytes; the unit of st_blocks


@dataclass(frozen=True, slots=True)
class Part:
    """What one clone took, until it can be asked everything that lists tell.

    Attributes:
        customers: how many it has.
        seconds: on the clock.
        disk: bytes that its files take up, those of Git included.
        peak: bytes of memory.
    """

    customers: int
    seconds: float
    disk: int
    peak: int


@dataclass(frozen=True, slots=True)
class Parts:
    """The two clones; None where they were not asked for, or one failed."""

    part: Part | None = None
    whole: Part | None = None
    failures: tuple[str, ...] = ()


def parts_and_whole(
    store: Store, folder: Path, env: Mapping[str, str], tell: Callable[[str], None]
) -> Parts:
    """Clone some folders of a store, then all of it, over ``file://``, as from another machine.

    Args:
        store: what is cloned.
        folder: which exists; what is made is made here.
        env: of all processes.
        tell: told what is being done.
    """
    tell("clone: the shared repository")
    hub = folder / "hub.git"
    try:
        run(("git", "clone", "--quiet", "--bare", "--", str(store.folder), str(hub)), folder, env)
        run(("git", "-C", str(hub), "config", "uploadpack.allowFilter", "true"), folder, env)
        tell("clone: a part")
        only = [word for one in some_folders(store.folder) for word in ("--only", one)]
        part = _cloned(hub, folder / "part", only, env)
        tell("clone: the whole")
        return Parts(part, _cloned(hub, folder / "whole", [], env))
    except Failed as problem:
        return Parts(failures=(str(problem),))


def some_folders(store: Path) -> list[str]:
    """Return the first folders of customers that hold at least the share to be taken."""
    folders = sorted(folder for folder in (store / "customers").iterdir() if folder.is_dir())
    upto = [*accumulate(_customers(folder) for folder in folders)]
    enough = sum(count < SHARE * upto[-1] for count in upto) + 1
    return [folder.name for folder in folders[:enough]]


def _cloned(hub: Path, folder: Path, only: list[str], env: Mapping[str, str]) -> Part:
    done = run((*program(), "clone", *only, hub.as_uri(), str(folder)), hub, env)
    files = (file.lstat() for file in folder.rglob("*"))
    disk = sum(file.st_blocks for file in files) * _BLOCK
    return Part(_customers(folder / "customers"), done.seconds, disk, done.peak)


def _customers(folder: Path) -> int:
    return sum(1 for _file in folder.rglob("*.md"))
