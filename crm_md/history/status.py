"""See which files differ from the last commit, by one Git process that works beside Python."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from crm_md.errors import CrmError
from crm_md.frozen import dataclass
from crm_md.history.blobs import id_of
from crm_md.history.process import Answer, Running, failure, output, start_git
from crm_md.history.repository import Repository, rules, under_way

_LOOKING = "looking-"  # in .git/crm, with the number of our process: since when Git looks for us
_OWN = set[Path]()  # those of this very process that are under way
_LONGEST = 600.0  # seconds that a look may take


@dataclass(frozen=True, slots=True)
class Status:
    """Which files differ from the last commit; paths from the top of the work tree, with ``/``.

    Attributes:
        changed: other content than in the last commit.
        added: files that the last commit does not have.
        deleted: files that the last commit has and the folder has not.
        conflicted: files with a conflict that Git waits to see settled.
        under_way: merge, rebase, am, cherry-pick, revert or bisect; None in peace.
    """

    changed: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()
    conflicted: frozenset[str] = frozenset()
    under_way: str | None = None

    @property
    def dirty(self) -> frozenset[str]:
        """Every file that differs, in whatever way."""
        return self.changed | self.added | self.deleted | self.conflicted


class RunningStatus:
    """A look at the work tree that is under way.

    Attributes:
        began_ns: since when, in nanoseconds of the system's clock.
        rules: what Git was told about which files to look at, see `repository.rules`.
        remembers: Git notes what it saw, for which it takes its lock; this file says so meanwhile.
    """

    def __init__(
        self,
        repository: Repository,
        running: Running,
        began_ns: int,
        rules: str,
        remembers: Path | None,
    ) -> None:
        self.began_ns = began_ns
        self.rules = rules
        self.remembers = remembers
        self._repository = repository
        self._running = running

    def finish(self) -> Status:
        """Wait for the end and return what was seen.

        Raises:
            CrmError: one of the 50s, if Git failed.
        """
        answer = self._finished()
        if answer.code:
            raise failure(self._repository.top, answer)
        return parse(answer.out, under_way(self._repository), self._repository.top)

    def stop(self) -> None:
        """End a look that is not needed.

        One that remembers comes to its end by itself: killed between making its lock and noting
        that it did, Git leaves ``index.lock`` behind, and refuses every commit from then on.
        """
        if self.remembers:
            self._finished()
        else:
            self._running.stop()

    def _finished(self) -> Answer:
        answer = self._running.finish()
        if answer.code < 0 and self.remembers:  # somebody, or the system, killed it
            from crm_md.history.leftovers import recover

            with suppress(CrmError):
                recover(self._repository, [], self.began_ns / 1e9)
        self._forget()
        return answer

    def _forget(self) -> None:
        if self.remembers:
            self.remembers.unlink(missing_ok=True)
            _OWN.discard(self.remembers)


def clear_up(repository: Repository) -> None:
    """Remove the lock that a look left behind which was killed with its command, if there is one.

    Raises:
        GitBusy: the lock is another one's.
    """
    from crm_md.history.leftovers import recover

    for mark in (repository.git_dir / "crm").glob(f"{_LOOKING}*"):
        with suppress(FileNotFoundError):
            began = _noted_in(mark)
            if mark not in _OWN and not _lives(int(mark.name.split("-")[1]), began):
                recover(repository, [], began)
                mark.unlink(missing_ok=True)


def _is(file: Path, id_of_text: str) -> bool:
    """Tell whether a file says what Git knows under an id."""
    try:
        return not file.is_symlink() and id_of(file.read_bytes(), len(id_of_text)) == id_of_text
    except OSError:
        return False


def _noted_in(mark: Path) -> float:
    """Return since when a look is under way; of a mark that a full disk left empty, its own age."""
    try:
        return float(mark.read_text(encoding="ascii"))
    except ValueError:
        return mark.stat().st_mtime


def _lives(number: int, began: float) -> bool:
    """Tell whether the process of this number may still be the one that began to look."""
    if time.time() - began > _LONGEST or number == os.getpid():
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is there, and another one's
        return True
    return True


def start(
    repository: Repository, paths: Sequence[str] = (), *, remember: bool = False
) -> RunningStatus:
    """Start to look at the work tree and return at once.

    Without paths Git's untracked cache works: 12 ms at 10,000 files, 84 at 100,000; with any
    path it does not (26 and 160). Right after a clone each look takes 60 ms until one remembers.

    Args:
        repository: whose work tree.
        paths: files and folders to look at; none means all.
        remember: let Git note what it saw in its index, for which it takes its lock a moment.
            For writers only: a reader must not stand in the way of the user's own Git.

    Raises:
        GitMissing: there is no program named git.
    """
    began_ns, told = time.time_ns(), rules(repository)
    mark = _marked(repository, began_ns) if remember else None
    running = start_git(
        repository.top,
        *("status", "--porcelain=v2", "-z", "--untracked-files=all", "--no-renames"),
        *("--", *paths),
        locks=mark is not None,
    )
    return RunningStatus(repository, running, began_ns, told, mark)


def _marked(repository: Repository, began_ns: int) -> Path | None:
    """Note that a look of ours may hold Git's lock, None where that cannot be noted."""
    mark = repository.git_dir / "crm" / f"{_LOOKING}{os.getpid()}-{began_ns}"
    try:
        mark.parent.mkdir(exist_ok=True)
        mark.write_text(str(began_ns / 1e9), encoding="ascii")
    except OSError:
        return None
    _OWN.add(mark)
    return mark


def parse(printed: bytes, under_way: str | None = None, top: Path | None = None) -> Status:
    """Return what ``git status --porcelain=v2 -z`` without renames says.

    Source: git-status(1), Porcelain Format Version 2.

    Args:
        printed: by Git.
        under_way: as in `Status`.
        top: where the files are; what was staged and then undone in the folder is no difference.
    """
    changed, added, deleted, conflicted = set[str](), set[str](), set[str](), set[str]()
    committed: dict[str, str] = {}  # of what the index has otherwise: the ids in the last commit
    for entry in os.fsdecode(printed).split("\0")[:-1]:
        if entry.startswith("? "):
            added.add(entry[2:])
        elif entry.startswith("u "):
            conflicted.add(entry.split(" ", 10)[10])
        elif entry.startswith("1 "):
            _one, xy, _sub, in_head, _in_index, on_disk, id_in_head, _i, path = entry.split(" ", 8)
            if xy == "AD":  # staged, and gone again
                continue
            if "." not in xy or xy == "D.":
                committed[path] = id_in_head
            if xy == "D." or on_disk == "000000":
                deleted.add(path)
            elif in_head == "000000":
                added.add(path)
            else:
                changed.add(path)
    # Taken from the index but still in the folder: Git lists it twice.
    both = added & deleted
    changed |= both
    if top:
        changed -= {path for path in changed & committed.keys() if _is(top / path, committed[path])}
    return Status(
        changed=frozenset(changed),
        added=frozenset(added - both),
        deleted=frozenset(deleted - both),
        conflicted=frozenset(conflicted),
        under_way=under_way,
    )


def staged(repository: Repository, paths: Sequence[str]) -> dict[str, str]:
    """Return the ids of the texts that Git is to commit next under these paths.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    told = output(repository.top, "ls-files", "-s", "-z", "--", *paths)
    entries = (one.partition("\t") for one in os.fsdecode(told).split("\0")[:-1])
    return {path: about.split(" ")[1] for about, _tab, path in entries}
