"""Let Git look which files changed before the store is opened, beside whatever else is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crm_md import history, store

if TYPE_CHECKING:
    from crm_md.history import History, RunningStatus


def look_ahead(folder: Path, *, remember: bool = False) -> Ahead | None:
    """Start to look at the store that a folder is or lies in; None without a store or without Git.

    Args:
        folder: the store, or any folder in it.
        remember: let Git note what it saw, which makes all looks to come quicker; for writers.

    Raises:
        CrmError: one of the 50s, if Git cannot be started.
    """
    root = store.find_store(folder)
    found = history.find(root) if root else None
    return Ahead(root, found, found.start_status(remember=remember)) if root and found else None


class Ahead:
    """A look at the files that is under way.

    What changes after it began is noticed the next time, as what changes after any look is; the
    commit it is compared with is read later, so that no commit falls between the two.

    Attributes:
        root: the store.
        history: its Git.
    """

    def __init__(self, root: Path, found: History, running: RunningStatus) -> None:
        self.root = root
        self.history = found
        self._running: RunningStatus | None = running

    def taken(self) -> RunningStatus | None:
        """Return the look, once; None if it was taken already."""
        running, self._running = self._running, None
        return running

    def close(self) -> None:
        """Stop a look that nobody took."""
        running = self.taken()
        if running is not None:
            running.stop()
