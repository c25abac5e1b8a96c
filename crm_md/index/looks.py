"""Remember what a look at the files saw, so that the next one need not look at all of them.

A look takes a while: Git is asked, then files are read, and meanwhile an editor, a checkout or
another of our processes may change them again. What is kept must never make a later look believe
that a file is as it was read when it is not. Three rules see to that:

- A file that changed shortly before or during the look stays dirty, that is: is looked at again.
- A dirty file is settled by a look only if it was read before that look began.
- Where another process remembered something meanwhile, its commit stands, and what this one took
  in is looked at again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from crm_md.index.guarded import GuardedDatabase
from crm_md.index.rows import Row, Unchanged


class Look(NamedTuple):
    """What was remembered when a look at the files began.

    Attributes:
        head: the commit seen last, None if there was none.
        rules: what Git was told then about which files to look at.
        dirty: the paths that differed from it, or changed while they were looked at.
        untold: the paths of which Git tells nothing: ignored, or in a repository of their own.
        began_ns: when this look began, in nanoseconds of the system's clock.
    """

    head: str | None
    rules: str | None
    dirty: frozenset[str]
    untold: frozenset[str]
    began_ns: int


def look(catalogue: GuardedDatabase, began_ns: int) -> Look:
    """Return what was remembered."""
    dirty = frozenset(path for (path,) in catalogue.read("SELECT path FROM dirty"))
    untold = frozenset(path for (path,) in catalogue.read("SELECT path FROM untold"))
    return Look(catalogue.told("head"), catalogue.told("rules"), dirty, untold, began_ns)


def remember(
    catalogue: GuardedDatabase,
    before: Look,
    now: Look,
    touched: Iterable[str] = (),
) -> None:
    """Keep what a look saw.

    Args:
        catalogue: where.
        before: what was remembered when it began.
        now: what it saw.
        touched: the paths that it took in, or found gone.
    """
    dirty = now.dirty
    with catalogue.writing():
        database = catalogue.database
        stored = catalogue.told("head")
        if stored == before.head:
            database.execute("INSERT OR REPLACE INTO about VALUES ('head', ?)", (now.head,))
        elif stored != now.head:
            dirty = dirty.union(touched)
        database.executemany(
            "DELETE FROM dirty WHERE path = ? AND NOT EXISTS"
            " (SELECT 1 FROM files WHERE files.path = dirty.path AND looked_at >= ?)",
            [(path, before.began_ns) for path in before.dirty.difference(dirty, touched)],
        )
        watch(database, dirty)
        if now.rules != before.rules:
            database.execute("INSERT OR REPLACE INTO about VALUES ('rules', ?)", (now.rules,))
        if now.untold != before.untold:
            database.execute("DELETE FROM untold")
            database.executemany("INSERT INTO untold VALUES (?)", [(path,) for path in now.untold])


def watch(database: sqlite3.Connection, paths: Iterable[str]) -> None:
    """Have these paths looked at again; the caller holds the transaction."""
    database.executemany("INSERT OR IGNORE INTO dirty VALUES (?)", [(path,) for path in paths])


def noting_young(
    rows: Iterable[Row | Unchanged], since_ns: int, young: list[str]
) -> Iterator[Row | Unchanged]:
    """Pass rows on, and note the paths of files that changed since then."""
    for row in rows:
        _size, mtime_ns, ctime_ns, _read_ns = row.stamp
        if max(mtime_ns, ctime_ns) >= since_ns:
            young.append(row.path)
        yield row
