"""Bring Git's index and branch to another commit, around files that somebody else writes.

Git's own lock is held from the first look at the index until the new one takes its place, so that
no other Git can change what was looked at.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from crm_md import errors
from crm_md.history.objects import empty_tree
from crm_md.history.parts import folders_here, is_here, is_sparse
from crm_md.history.process import (
    failure,
    output,
    run_git,
    start_git,
    unwritable,
    zero_ended,
    zero_split,
)
from crm_md.history.repository import Repository
from crm_md.history.trees import Difference, index_lines

_PATIENCE = (0.05, 0.1, 0.2, 0.4, 0.8, 0.0)  # seconds until the next try
_CONVERTING = ("filter", "text", "eol", "working-tree-encoding", "ident")


class NextIndex:
    """The index as it will be, beside the present one.

    Attributes:
        left_out: files that a sparse checkout keeps out of the folder.
    """

    def __init__(self, repository: Repository, lock: Path, place: Path) -> None:
        self.left_out: frozenset[str] = frozenset()
        self.is_put = False  # from then on the lock, if there is one, is somebody else's
        self._repository = repository
        self._lock = lock
        self._place = place

    def ask(self, *args: str, given: bytes | None = None, quiet: bool = False) -> bytes:
        """Run Git with this index.

        Raises:
            CrmError: one of the 50s, if Git failed; not where ``quiet``.
        """
        settings = {"GIT_INDEX_FILE": str(self._place)}
        top = self._repository.top
        answer = run_git(top, *args, given=given, settings=settings)
        if answer.code and not quiet:
            raise failure(top, answer, self._repository.git_dir)
        return answer.out

    def put(self, written: Collection[str] | None) -> None:
        """Let it take the place of the present one, knowing the files as they stand now.

        Args:
            written: the files that were written as the commit has them; None to look at all.
        """
        if written is None:
            self.ask("update-index", "-q", "--refresh", quiet=True)
        elif written:
            told = zero_ended(written)
            self.ask("update-index", "-q", "-z", "--stdin", given=told, quiet=True)
        self._place.replace(self._lock)
        self._lock.replace(self._repository.git_dir / "index")
        self.is_put = True


@contextmanager
def next_index(
    repository: Repository, old: str | None, new: str, moving: Mapping[str, Difference]
) -> Iterator[NextIndex]:
    """Lend the index for another commit; what was staged of other files stays staged in it.

    Args:
        repository: where.
        old: the commit that the index goes with now, None before the first.
        new: the commit that it is to go with.
        moving: the files that differ between the two.

    Raises:
        GitBusy: another Git holds its lock.
        CrmError: another of the 50s: Git failed, or a path is none that a work tree may have.
    """
    present = repository.git_dir / "index"
    lock = _locked(repository.git_dir / "index.lock")
    place = repository.git_dir / "crm" / "index"
    place.with_name("index.lock").unlink(missing_ok=True)  # of a killed Git of ours
    index = NextIndex(repository, lock, place)
    try:
        if present.exists():
            place.write_bytes(present.read_bytes())
        else:
            place.unlink(missing_ok=True)
        _step(repository, index, old or empty_tree(new), new, moving)
        index.left_out = _left_out(repository, index, moving)
        yield index
    except OSError as problem:
        raise unwritable(repository.git_dir, problem) or problem from problem
    finally:
        place.unlink(missing_ok=True)
        if not index.is_put:
            lock.unlink(missing_ok=True)


def _locked(lock: Path) -> Path:
    """Take Git's lock of the index, as Git does."""
    for pause in _PATIENCE:
        try:
            os.close(os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
            return lock
        except FileExistsError:
            time.sleep(pause)
        except OSError as problem:
            raise unwritable(lock.parent, problem) or problem from problem
    raise errors.GitBusy(lock)


def _step(
    repository: Repository, index: NextIndex, old: str, new: str, moving: Mapping[str, Difference]
) -> None:
    """Put the files of the new commit into the index; what is staged and in the way of it goes.

    Where a sparse checkout leaves files out, Git merges the two trees, for it notes that of each
    file. That takes 25 ms at 10,000 files, the other way 3.
    """
    if not is_sparse(repository):
        wanted = {path: differs.new for path, differs in moving.items()}
        index.ask("update-index", "-z", "--index-info", given=index_lines(wanted, len(new)))
        return
    merge = ("read-tree", "-i", "-m", old, new)
    try:
        index.ask(*merge)
    except errors.GitFailed:
        before = {path: differs.old for path, differs in moving.items()}
        index.ask("update-index", "-z", "--index-info", given=index_lines(before, len(new)))
        index.ask(*merge)


def _left_out(
    repository: Repository, index: NextIndex, moving: Mapping[str, Difference]
) -> frozenset[str]:
    """Return which files a sparse checkout leaves out, new ones too, and note it in the index."""
    if not is_sparse(repository):
        return frozenset()
    folders = folders_here(repository)
    new = [path for path, differs in moving.items() if differs.old is None and differs.new]
    outside = [path for path in new if not is_here(path, folders)]
    if outside:
        index.ask("update-index", "--skip-worktree", "-z", "--stdin", given=zero_ended(outside))
    marked = zero_split(index.ask("ls-files", "-t", "-z"))
    return frozenset(path[2:] for path in marked if path.startswith("S "))


def converted(repository: Repository, paths: Sequence[str]) -> frozenset[str]:
    """Return which of these files Git changes on their way: line ends, filters, encodings.

    Source: git-check-attr(1); without any attribute, ``core.autocrlf`` decides.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    if not paths:
        return frozenset()
    config = start_git(repository.top, "config", "core.autocrlf", locks=False)
    asked = ("check-attr", "-z", "--stdin", *_CONVERTING)
    try:
        fields = zero_split(output(repository.top, *asked, given=zero_ended(paths)))
    finally:
        ends = config.finish().out.strip().lower()
    automatic = ends in (b"true", b"input")
    found = set()
    for path, attribute, value in zip(fields[::3], fields[1::3], fields[2::3], strict=True):
        decided = value not in ("unset", "unspecified")
        if decided or (attribute == "text" and automatic and value == "unspecified"):
            found.add(path)
    return frozenset(found)


def ids_on_disk(repository: Repository, paths: Sequence[str]) -> dict[str, str]:
    """Return the ids that these files, which exist, would have as Git takes them in.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    oneline = [path for path in paths if "\n" not in path]
    given = os.fsencode("".join(f"{path}\n" for path in oneline))
    printed = output(repository.top, "hash-object", "--stdin-paths", given=given)
    known = dict(zip(oneline, printed.decode().split(), strict=True))
    for path in set(paths) - set(oneline):
        known[path] = output(repository.top, "hash-object", "--", path).decode().strip()
    return known


def move_branch(repository: Repository, old: str | None, new: str, why: str) -> None:
    """Let the branch that is checked out name another commit, if it still names the old one.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    answer = run_git(repository.top, "update-ref", "-m", why, "HEAD", new, old or "0" * len(new))
    if answer.code:
        raise failure(repository.top, answer, repository.git_dir)
