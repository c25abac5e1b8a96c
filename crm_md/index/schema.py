"""The tables of the catalogue, and how its one file is opened, discarded and made anew."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crm_md.errors import IndexBusy
from crm_md.model import Absence, Deal, NextStep, Person, Product, Summary, Task, Touch, Until

DATABASE = "catalogue.db"
SEARCH = "search"
WAIT_SECONDS = 30.0  # how long a writer waits for another one before it gives up

_STAMP = "stamp"
_LOCK = "catalogue.lock"
_JOURNALS = ("", "-wal", "-shm", "-journal")

# Days are ordinals (date.toordinal), times of files are nanoseconds. `version` is new with every
# change of a file, so that the full text can tell what it knows from what it knew.
_TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE dirty (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE untold (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL UNIQUE,
  in_full_text INTEGER NOT NULL DEFAULT 0,
  size INTEGER NOT NULL, mtime INTEGER NOT NULL, ctime INTEGER NOT NULL, looked_at INTEGER NOT NULL,
  digest BLOB NOT NULL,
  slug TEXT NOT NULL, slug_key TEXT NOT NULL,
  name TEXT NOT NULL, sort_key TEXT NOT NULL,
  status TEXT NOT NULL, segment TEXT NOT NULL, owner TEXT NOT NULL, tags TEXT NOT NULL,
  zip TEXT NOT NULL, city TEXT NOT NULL, city_key TEXT NOT NULL,
  last_touch INTEGER, mood TEXT NOT NULL, complaints INTEGER NOT NULL, next_day INTEGER,
  wakes INTEGER, judged INTEGER NOT NULL, blank INTEGER NOT NULL,
  errors INTEGER NOT NULL, warnings INTEGER NOT NULL, hints INTEGER NOT NULL,
  problem TEXT
);
CREATE INDEX files_by_slug ON files (slug_key, path);
CREATE INDEX files_by_name ON files (sort_key, path);
CREATE INDEX files_not_in_full_text ON files (id) WHERE in_full_text = 0;
CREATE TABLE records (id INTEGER PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE names (
  file INTEGER NOT NULL, how INTEGER NOT NULL, key TEXT NOT NULL, person TEXT NOT NULL
);
CREATE INDEX names_by_file ON names (file);
CREATE INDEX names_by_key ON names (key);
CREATE TABLE numbers (
  file INTEGER NOT NULL, written TEXT NOT NULL, person TEXT NOT NULL,
  e164 TEXT NOT NULL, stem TEXT NOT NULL, head INTEGER NOT NULL
);
CREATE INDEX numbers_by_file ON numbers (file);
CREATE INDEX numbers_by_e164 ON numbers (e164);
CREATE INDEX numbers_by_stem ON numbers (stem) WHERE stem <> '';
CREATE INDEX numbers_as_written ON numbers (written);
CREATE TABLE mails (file INTEGER NOT NULL, mail TEXT NOT NULL, person TEXT NOT NULL);
CREATE INDEX mails_by_file ON mails (file);
CREATE TABLE links (
  file INTEGER NOT NULL, target TEXT NOT NULL, target_key TEXT NOT NULL, kind TEXT NOT NULL,
  label TEXT NOT NULL, who TEXT NOT NULL
);
CREATE INDEX links_by_file ON links (file);
CREATE INDEX links_by_target ON links (target);
CREATE INDEX links_by_key ON links (target_key);
CREATE TABLE entries (
  file INTEGER NOT NULL, unit INTEGER NOT NULL, day INTEGER NOT NULL, time INTEGER,
  kind TEXT NOT NULL, author TEXT NOT NULL, mood TEXT NOT NULL, people TEXT NOT NULL,
  people_key TEXT NOT NULL, open INTEGER NOT NULL, line INTEGER NOT NULL, end INTEGER NOT NULL,
  PRIMARY KEY (file, unit)
) WITHOUT ROWID;
CREATE TABLE sections (
  file INTEGER NOT NULL, unit INTEGER NOT NULL, line INTEGER NOT NULL, end INTEGER NOT NULL
);
CREATE INDEX sections_by_file ON sections (file);
CREATE TABLE promises (
  file INTEGER NOT NULL, code TEXT NOT NULL,
  kind TEXT NOT NULL, -- task, step, complaint, or question: a line of a merge, without a code
  state TEXT NOT NULL,
  due INTEGER, whose TEXT NOT NULL, said_on INTEGER, line INTEGER NOT NULL,
  text TEXT NOT NULL, key TEXT NOT NULL
);
CREATE INDEX promises_by_file ON promises (file);
CREATE INDEX promises_by_code ON promises (code);
CREATE INDEX open_promises ON promises (code) WHERE state = 'open';
CREATE TABLE forms (form TEXT PRIMARY KEY, folded TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX forms_by_fold ON forms (folded);
CREATE TABLE stems (
  stem TEXT NOT NULL, form TEXT NOT NULL, backwards TEXT NOT NULL, PRIMARY KEY (stem, form)
) WITHOUT ROWID;
CREATE INDEX stems_by_end ON stems (backwards);
"""

# A record is a tuple in the order of these fields: another order is another catalogue.
_RECORDED = (Summary, Person, Touch, Task, Deal, Product, Until, NextStep, Absence)
_SHAPE = _TABLES + "".join(f"{kind.__name__} {kind.__slots__}\n" for kind in _RECORDED)


def open_database(folder: Path, stamp: str, fingerprint: str) -> tuple[sqlite3.Connection, bool]:
    """Open the catalogue's file, or discard what is foreign or broken and make it anew.

    Args:
        folder: ``.crm``; made if it is missing.
        stamp: this clone's secret; what does not carry it is discarded unread.
        fingerprint: of settings and program; another one makes everything outdated.

    Returns:
        the connection, and whether the catalogue is new and empty.

    Raises:
        OSError: the folder cannot be written.
        sqlite3.Error: neither can the file.
        IndexBusy: another process is making it anew and does not finish.
    """
    mark = f"{stamp}\n{_SHAPE}\n{fingerprint}".encode()
    database = _with_this_mark(folder, mark)
    if database is not None:
        return database, False
    _without_links(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder / _LOCK):
        database = _with_this_mark(folder, mark)  # another process may have been quicker
        if database is not None:
            return database, False
        discard(folder)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        database = connect(str(folder / DATABASE))
        make_tables(database)
        (folder / _STAMP).write_bytes(mark)
    return database, True


def connect(place: str) -> sqlite3.Connection:
    """Open a file, or ``:memory:``, as every room here uses it."""
    database = sqlite3.connect(place, timeout=WAIT_SECONDS, isolation_level=None)
    try:
        database.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.Error:
        database.close()
        raise
    return database


def make_tables(database: sqlite3.Connection) -> None:
    """Make the tables of an empty catalogue; readers of the file will never wait for writers."""
    database.execute("PRAGMA journal_mode = WAL")
    database.executescript(f"BEGIN;{_TABLES}COMMIT;")
    database.execute("INSERT INTO about VALUES ('birth', ?)", (os.urandom(16).hex(),))


def discard(folder: Path) -> None:
    """Remove everything derived, without reading it and without following a link."""
    (folder / _STAMP).unlink(missing_ok=True)
    for suffix in _JOURNALS:
        remove(folder / f"{DATABASE}{suffix}")
    remove(folder / SEARCH)


def distrust(folder: Path) -> None:
    """Let the next opening discard what lies here: it turned out to be broken."""
    with suppress(OSError):
        (folder / _STAMP).unlink(missing_ok=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold this lock; the next writer waits, readers need none.

    Raises:
        IndexBusy: another process has held it for too long.
    """
    from crm_md.locking import hold

    try:
        let_go = hold(path, WAIT_SECONDS)
    except TimeoutError:
        raise IndexBusy(_holder(path)) from None
    try:
        path.with_suffix(".pid").write_text(str(os.getpid()), encoding="utf-8")
        yield
    finally:
        let_go()


def _holder(path: Path) -> str:
    try:
        return path.with_suffix(".pid").read_text(encoding="utf-8").strip()[:20]
    except OSError:
        return "?"


def _with_this_mark(folder: Path, mark: bytes) -> sqlite3.Connection | None:
    """Return the catalogue if it is ours and sound, else None."""
    ours = (folder, folder / _STAMP, folder / DATABASE)
    try:
        if any(path.is_symlink() for path in ours):
            return None
        if (folder / _STAMP).read_bytes() != mark or not ours[-1].is_file():
            return None
    except OSError:
        return None
    try:
        database = connect(str(folder / DATABASE))
    except sqlite3.DatabaseError:
        return None
    try:
        database.execute("SELECT value FROM about LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        database.close()
        return None
    return database


def _without_links(folder: Path) -> None:
    """Remove links where ours would be: nothing outside the store is written through them."""
    for path in (folder, *(folder.iterdir() if folder.is_dir() else ())):
        if path.is_symlink():
            path.unlink()


def remove(path: Path) -> None:
    """Remove a file or a folder, or a link without following it."""
    if path.is_dir() and not path.is_symlink():
        from shutil import rmtree

        rmtree(path)
    else:
        path.unlink(missing_ok=True)
