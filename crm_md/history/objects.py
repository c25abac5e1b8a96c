"""Read what Git keeps, as it keeps it: the files of a commit, and their bytes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crm_md.errors import CrmError
from crm_md.history.parts import bring
from crm_md.history.process import Answer, failure, output, run_git, start_git, zero_split
from crm_md.history.repository import Repository

# Known to every Git without being kept anywhere (object-file.c).
_EMPTY = {
    40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
_AT_ONCE = 4096  # bytes of names that are asked for before the answers to those before are read


class Blob(NamedTuple):
    """A file as a commit has it: its mode, such as ``100644``, and the id of its bytes."""

    mode: str
    id: str

    @property
    def is_plain(self) -> bool:
        """Tell whether it is a plain file: no link, no repository of its own."""
        return self.mode in ("100644", "100755")


def empty_tree(like: str) -> str:
    """Return the id of the tree without files, in the kind of ids that ``like`` is of."""
    return _EMPTY[len(like)]


def files_at(repository: Repository, commit: str, folder: str = "") -> dict[str, Blob]:
    """Return the files of a commit or tree by their paths from its top.

    Args:
        repository: where.
        commit: the commit or tree.
        folder: only files below it, such as ``firm/``; "" for all.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    asked = ("ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit)
    printed = output(repository.top, *asked, *(("--", folder) if folder else ()))
    told = (line.partition("\t") for line in zero_split(printed))
    abouts = ((about.split(" "), path) for about, _tab, path in told)
    return {path: Blob(about[0], about[2]) for about, path in abouts}


def texts_of(repository: Repository, ids: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of files by the ids of their bytes; what Git has not is left out.

    Raises:
        NoConnection and its like: some are not in this part, and cannot be fetched.
        CrmError: another of the 50s, if Git failed.
    """
    wanted = sorted(set(ids))
    bring(repository, wanted)
    read = zip(wanted, read_objects(repository, wanted), strict=True)
    return {one: text for one, text in read if text is not None}


def read_objects(
    repository: Repository, names: Iterable[str], kind: str = "blob"
) -> Iterator[bytes | None]:
    """Yield objects one after another, through one process, which works ahead.

    It knows how the objects before were put together, so one process for many is the quicker the
    more of them are kept as what differs (6,600 texts: 0.3 s instead of 1.2 through eleven).

    Args:
        repository: where.
        names: ids, or what else Git calls an object, such as ``HEAD:crm.toml``.
        kind: ``blob`` or ``tree``.

    Yields:
        the bytes; None where there is no such object, or one of another kind.

    Raises:
        NotInThisPart: one was never fetched, and cannot be now.
        CrmError: another of the 50s, if Git failed.
    """
    reading: _Reading | None = None
    before: Sequence[str] = ()
    try:
        for some in _in_turn(names):
            reading = reading or _Reading(repository, kind)
            reading.ask(some)
            yield from map(reading.answer, before)
            before = some
        if reading:
            yield from map(reading.answer, before)
    finally:
        if reading:
            reading.end()


def _in_turn(names: Iterable[str]) -> Iterator[list[str]]:
    """Yield names, as many together as any pipe holds twice, whatever Git still has to print."""
    some: list[str] = []
    size = 0
    for name in names:
        length = len(os.fsencode(name)) + 1
        if some and size + length > _AT_ONCE:
            yield some
            some, size = [], 0
        some.append(name)
        size += length
    if some:
        yield some


class _Reading:
    """A ``git cat-file --batch``. Source: git-cat-file(1), "Batch output"."""

    def __init__(self, repository: Repository, kind: str) -> None:
        self._repository = repository
        self._kind = kind
        self._running = start_git(repository.top, "cat-file", "--batch", asked=True)

    def ask(self, names: Iterable[str]) -> None:
        """Write names for Git to work at."""
        self._running.write(b"".join(os.fsencode(f"{one}\n") for one in names if "\n" not in one))

    def answer(self, name: str) -> bytes | None:
        """Read the answer to a name, the names before it having been answered."""
        if "\n" in name:  # which no line can hold
            told = run_git(self._repository.top, "cat-file", self._kind, name, locks=False)
            return None if told.code else told.out
        printed, _complained = self._running.pipes
        about = printed.readline()
        if not about:
            raise self._failure()
        *_name, kind, size = about.rsplit(b" ", 2)
        if not size[:-1].isdigit():  # HEAD:customers/x.md missing
            return None
        data = printed.read(int(size) + 1)
        if len(data) <= int(size):
            raise self._failure()
        return data[:-1] if kind == self._kind.encode() else None

    def _failure(self) -> CrmError:
        _printed, complained = self._running.pipes
        said = complained.read().decode("utf-8", "replace")
        return failure(self._repository.top, Answer(self._running.code(), b"", said))

    def end(self) -> None:
        """Let Git end."""
        self._running.stop()
