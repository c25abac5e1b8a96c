"""Put customer files into the catalogue's tables, and take them out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from crm_md.index.rows import COLUMNS, Row, Unchanged, Values

_CHILDREN = ("names", "numbers", "mails", "links", "entries", "sections", "promises")
_AT_ONCE = 250  # files whose rows go to the database together

_FILE = f"""
INSERT INTO files
(id, path, version, size, mtime, ctime, looked_at, digest, {", ".join(COLUMNS)})
VALUES ({", ".join("?" * (8 + len(COLUMNS)))})
"""
_STAMP = "UPDATE files SET size = ?, mtime = ?, ctime = ?, looked_at = ? WHERE path = ?"


def put_rows(
    database: sqlite3.Connection,
    put: Iterable[Row | Unchanged],
    forget: Iterable[str],
    country: str,
) -> None:
    """Take in files, new or changed, and forget others; the caller holds the transaction.

    Args:
        put: what to keep of each file; of one that says what it said, only the stamp.
        forget: paths that are gone; unknown ones are no matter.
        country: whose national telephone numbers are meant.
    """
    writer = _Writer(database, country)
    for path in forget:
        writer.take_out(path)
    for row in put:
        if isinstance(row, Unchanged):
            database.execute(_STAMP, (*row.stamp, row.path))
        else:
            writer.put(row)
    writer.finish()


class _Writer:
    """Gathers rows for each table, and writes them many at a time."""

    def __init__(self, database: sqlite3.Connection, country: str) -> None:
        self._database = database
        self._country = country
        self._files: list[Values] = []
        self._records: list[Values] = []
        self._children: dict[str, list[Values]] = {table: [] for table in _CHILDREN}
        (self._last_id,) = database.execute("SELECT ifnull(max(id), 0) FROM files").fetchone()
        self._was_empty = self._last_id == 0
        self._first_version = self._version = self._last_version()

    def put(self, row: Row) -> None:
        """Take in one file, instead of what was known of it."""
        numbers = list(self._numbers(row.phones))  # before what was known of them goes
        file = None if self._was_empty else self.take_out(row.path)
        if file is None:
            self._last_id += 1
            file = self._last_id
        self._version += 1
        self._files.append((file, row.path, self._version, *row.stamp, row.digest, *row.columns))
        if row.record is not None:
            self._records.append((file, row.record))
        children: dict[str, Iterable[Values]] = {
            "names": row.names,
            "numbers": numbers,
            "mails": row.mails,
            "links": row.links,
            "entries": row.entries,
            "sections": row.sections,
            "promises": row.promises,
        }
        for table, rows in children.items():
            self._children[table].extend((file, *values) for values in rows)
        if len(self._files) >= _AT_ONCE:
            self._flush()

    def take_out(self, path: str) -> int | None:
        """Forget a file; return the number it had, None if it was unknown."""
        found = self._database.execute("SELECT id FROM files WHERE path = ?", (path,)).fetchone()
        if found is None:
            return None
        file = int(found[0])
        for table in _CHILDREN:
            self._database.execute(f"DELETE FROM {table} WHERE file = ?", (file,))
        for table in ("files", "records"):
            self._database.execute(f"DELETE FROM {table} WHERE id = ?", (file,))
        return file

    def finish(self) -> None:
        """Write what was gathered last."""
        self._flush()
        if self._version != self._first_version:
            self._database.execute(
                "INSERT OR REPLACE INTO about VALUES ('version', ?)", (str(self._version),)
            )

    def _last_version(self) -> int:
        found = self._database.execute("SELECT value FROM about WHERE key = 'version'").fetchone()
        return int(found[0]) if found else 0

    def _numbers(self, phones: Sequence[tuple[str, str]]) -> Iterator[Values]:
        """Yield (written, person, e164, stem, head) of each telephone number."""
        for written, person in phones:
            known = self._database.execute(
                "SELECT e164, stem, head FROM numbers WHERE written = ? LIMIT 1", (written,)
            ).fetchone()
            e164, stem, head = known or _normalised(written, self._country)
            if e164:
                yield written, person, e164, stem, head

    def _flush(self) -> None:
        self._database.executemany(_FILE, self._files)
        self._database.executemany("INSERT INTO records VALUES (?, ?)", self._records)
        for table, rows in self._children.items():
            if rows:
                marks = ",".join("?" * len(rows[0]))
                self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
                rows.clear()
        self._files.clear()
        self._records.clear()


def _normalised(written: str, country: str) -> tuple[str, str, int]:
    """Return a number in E.164, what its firm's extensions share, and whether it is that head.

    Only reached for numbers not yet known: some spellings load the phonenumbers library, and
    writing to a customer must not wait for it.
    """
    from crm_md.likeness import head_stem, normalise_phone

    phone = normalise_phone(written, country)
    if phone is None:
        return "", "", 0
    if phone.extension_of is None:
        stem = head_stem(written, country) or ""
        return phone.e164, stem, int(bool(stem))
    extension = phone.e164[len(phone.extension_of) :]
    return phone.e164, phone.extension_of, int(not extension.strip("0"))
