"""The history of a store: what Git knows, in our words; no other room knows Git.

Paths are texts with ``/`` from the top of the work tree, in the file system's bytes
(``os.fsdecode``), commits are their full ids. What fails raises an error of the 50s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crm_md.history import repository
from crm_md.history.identity import Identity, RunningIdentity
from crm_md.history.repository import Repository
from crm_md.history.status import RunningStatus, Status

if TYPE_CHECKING:
    from crm_md.history.drivers import Drivers
    from crm_md.history.reading import Revision
    from crm_md.history.replay import Step

__all__ = [
    "History",
    "Identity",
    "RunningIdentity",
    "RunningStatus",
    "Status",
    "find",
    "initialise",
    "version",
]


def find(folder: Path) -> History | None:
    """Return the history that this folder lies in, None if it lies in none; no process runs.

    Raises:
        BrokenRepository: a ``.git`` file leads nowhere.
    """
    found = repository.find(folder)
    return History(found.top, found.git_dir, found.common_dir) if found else None


def initialise(folder: Path, branch: str = "main", *, own: bool = False) -> History:
    """Return the history of a folder, begun if there is none, and tuned where nothing is decided.

    Args:
        folder: which exists.
        branch: the name of the first branch, for a new one.
        own: begin one of its own even where the folder lies in another's work tree.
    """
    from crm_md.history import beginning

    made = beginning.initialise(folder, branch, own=own)
    return History(made.top, made.git_dir, made.common_dir)


def version() -> str:
    """Return the version of Git, such as ``2.39.5``.

    Raises:
        GitMissing: there is no program named git.
    """
    from crm_md.history.process import output

    return output(Path(), "version").decode().removeprefix("git version ").strip()


class History(Repository):
    """The history of one work tree; each question is answered anew, nothing is kept."""

    __slots__ = ()

    def head(self) -> str | None:
        """Return the commit that the work tree stands on, None before the first; no process."""
        return repository.head(self)

    def branch(self) -> str | None:
        """Return the branch that is checked out, None for a detached head; no process."""
        return repository.branch(self)

    def left_branch(self) -> str | None:
        """Return the branch that was shared last, where it is not checked out; no process."""
        from crm_md.history import last_talk

        return last_talk.left_branch(self)

    def is_half_cloned(self) -> bool:
        """Tell whether a clone was cut off, so that the files of its commit never were there."""
        return not (self.git_dir / "index").exists() and self.head() is not None

    def under_way(self) -> str | None:
        """Return merge, rebase, am, cherry-pick, revert or bisect, None in peace; no process."""
        return repository.under_way(self)

    def drivers(self) -> Drivers:
        """Return what merges customer files in this clone; see ``drivers.is_ready``; no process."""
        from crm_md.history import drivers

        return drivers.is_ready(self)

    def keep_up_drivers(self) -> None:
        """Set up what merges and compares customer files, where it is not or leads nowhere."""
        from crm_md.history import drivers

        drivers.keep_up(self)

    def start_status(self, paths: Sequence[str] = (), *, remember: bool = False) -> RunningStatus:
        """Start to look which files differ from the last commit; ``finish()`` tells.

        Args:
            paths: files and folders; none means all, which is the fastest.
            remember: let Git note what it saw, under its lock; for writers only.
        """
        from crm_md.history import status

        return status.start(self, paths, remember=remember)

    def clear_up_looks(self) -> None:
        """Remove Git's lock where a look that was to remember was killed with its command.

        Raises:
            GitBusy: the lock is another one's.
        """
        from crm_md.history import status

        status.clear_up(self)

    def status(self, paths: Sequence[str] = (), *, remember: bool = False) -> Status:
        """Return which files differ from the last commit; see ``start_status``."""
        return self.start_status(paths, remember=remember).finish()

    def tracked(self, folder: str) -> list[str]:
        """Return the files of a folder that Git keeps, in order."""
        from crm_md.history import keeping

        return keeping.tracked(self, folder)

    def ignored(self, folder: str) -> list[str]:
        """Return the files of a folder that Git is told to leave out, in order."""
        from crm_md.history import keeping

        return keeping.ignored(self, folder)

    def is_sparse(self) -> bool:
        """Tell whether files of the last commit may be left out of the folder; no process."""
        from crm_md.history import parts

        return parts.is_sparse(self)

    def folders_here(self) -> tuple[str, ...] | None:
        """Return the folders that a sparse checkout has, None where all is here; see ``parts``."""
        from crm_md.history import parts

        return parts.folders_here(self)

    def left_out(self, folder: str) -> list[str]:
        """Return the files of a folder that are Git's and that a sparse checkout leaves out."""
        from crm_md.history import parts

        return parts.left_out(self, folder)

    def start_identity(self) -> RunningIdentity:
        """Start to ask who is saving; ``finish()`` tells."""
        from crm_md.history import identity

        return identity.start(self)

    def unlike_head(self, texts: Mapping[str, bytes | None]) -> frozenset[str]:
        """Return the paths whose bytes are not those of the last commit; see ``blobs``."""
        from crm_md.history import blobs

        return blobs.unlike_head(self, texts)

    def identity(self) -> Identity | None:
        """Return who is saving, from what they told Git, never guessed; None if unknown."""
        return self.start_identity().finish()

    def set_identity(self, name: str, email: str) -> None:
        """Keep a name and an address in this repository's own settings."""
        from crm_md.history import identity

        identity.set_identity(self, Identity(name, email))

    def commit(
        self,
        paths: Sequence[str],
        message: str,
        *,
        author: Identity | None = None,
        date: datetime | None = None,
        trailers: Mapping[str, str] | None = None,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> str | None:
        """Commit exactly these files as they stand, and return the id; None if nothing differs.

        See ``commits.commit`` for arguments and errors.
        """
        from crm_md.history import commits

        return commits.commit(
            self,
            paths,
            message,
            author=author,
            date=date,
            trailers=trailers,
            meanwhile=meanwhile,
        )

    def replay(self, steps: Iterable[Step]) -> str | None:
        """Write the steps as the past of a repository that has none; see ``replay.replay``."""
        from crm_md.history import replay

        return replay.replay(self, steps)

    def recover(self, paths: Sequence[str], since: float, *, sharing: bool = False) -> list[Path]:
        """Clear up behind a killed commit of these paths, begun at ``since`` (Unix seconds).

        Returns the locks that were removed; raises GitBusy if one is not ours or still in use.
        """
        from crm_md.history import leftovers

        return leftovers.recover(self, paths, since, sharing=sharing)

    def log(
        self,
        paths: Sequence[str] = (),
        *,
        start: str = "HEAD",
        limit: int | None = None,
        until: datetime | None = None,
        since: datetime | None = None,
        authors: Sequence[str] = (),
    ) -> Iterator[Revision]:
        """Yield the commits that touch these paths (none: all), newest first.

        Args:
            paths: files and folders; a renamed file is followed by giving all its names.
            start: the newest to look at.
            limit: so many at most.
            until: only what was committed then or before; ``since``: then or later.
            authors: only what somebody with one of these addresses did; none for anybody.
        """
        from crm_md.history import reading

        return reading.log(
            self, paths, start=start, limit=limit, until=until, since=since, authors=authors
        )

    def revisions_with_trailer(
        self, key: str, value: str | None = None, *, author_email: str | None = None
    ) -> Iterator[Revision]:
        """Yield the commits with this trailer (and value, and author), newest first."""
        from crm_md.history import reading

        return reading.revisions_with_trailer(self, key, value, author_email=author_email)

    def read_at(self, revision: str, path: str) -> bytes | None:
        """Return how a file stood in a commit, None if it was not there."""
        return self.read_many([(revision, path)])[0]

    def read_many(self, wanted: Sequence[tuple[str, str]]) -> list[bytes | None]:
        """Return how files stood, for pairs of commit and path, through one process."""
        from crm_md.history import reading

        return reading.read_many(self, wanted)

    def changed_between(
        self, old: str, new: str, paths: Sequence[str] = ()
    ) -> frozenset[str] | None:
        """Return the files that differ between two commits, None if one of them is lost."""
        from crm_md.history import reading

        return reading.changed_between(self, old, new, paths)

    def is_ancestor(self, old: str, new: str) -> bool:
        """Tell whether one commit is another or came before it."""
        from crm_md.history import reading

        return reading.is_ancestor(self, old, new)
