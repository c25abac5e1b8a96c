"""A database of which readers never wait and writers queue, and whose troubles are our errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crm_md.errors import CatalogueBroken, CrmError, DiskFull, IndexBusy
from crm_md.index import schema


class GuardedDatabase:
    """An open database; what lies in its folder is distrusted when it turns out to be broken.

    Attributes:
        database: its connection, for the rooms of this package.
        folder: where it lies, None if only in memory.
    """

    def __init__(self, database: sqlite3.Connection, folder: Path | None) -> None:
        self.database = database
        self.folder = folder

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def read(self, sql: str, values: Iterable[object] = ()) -> sqlite3.Cursor:
        """Ask for rows."""
        with self.watching():
            return self.database.execute(sql, tuple(values))

    def told(self, key: str) -> str | None:
        """Return what table about says under this key, or None."""
        found = self.read("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return found[0] if found else None

    @contextmanager
    def as_of_now(self) -> Iterator[None]:
        """Read inside this block what is known now, whatever others write meanwhile."""
        with self.watching():
            self.database.execute("BEGIN")
            try:
                yield
            finally:
                self.database.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write inside this block all or nothing.

        Raises:
            IndexBusy: another process is writing and does not finish.
        """
        with self.watching():
            self.database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self.database.in_transaction:  # SQLite itself ends one that finds no room
                    self.database.execute("ROLLBACK")
                raise
            self.database.execute("COMMIT")

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Turn what SQLite says of a broken or busy file into our own errors.

        Raises:
            IndexBusy: another process is writing and does not finish.
            CatalogueBroken: the file is damaged; the next opening makes it anew.
            DiskFull: there is no room for it.
        """
        try:
            yield
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise IndexBusy from problem
            raise self._broken(problem) from problem
        except sqlite3.DatabaseError as problem:
            raise self._broken(problem) from problem

    def _broken(self, problem: sqlite3.Error) -> CrmError:
        if problem.sqlite_errorcode == sqlite3.SQLITE_FULL and self.folder is not None:
            return DiskFull(self.folder)
        if self.folder is not None:
            schema.distrust(self.folder)
        return CatalogueBroken(str(problem))
