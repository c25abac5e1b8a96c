"""What lists need of every customer, in one small database: a cache over the files."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crm_md import __version__
from crm_md.index import naming, schema
from crm_md.index.guarded import GuardedDatabase
from crm_md.index.naming import Match
from crm_md.index.rows import (
    PHONE,
    SEPARATOR,
    Row,
    Unchanged,
    digest_of,
    row_of,
    row_of_unreadable,
)
from crm_md.index.schema import discard
from crm_md.likeness import fold, fold_light
from crm_md.model import Summary

if TYPE_CHECKING:
    from crm_md.index.fulltext import FullText
    from crm_md.index.links import Link
    from crm_md.index.listing import Filters, ListRow
    from crm_md.index.looks import Look
    from crm_md.index.promises import Promises
    from crm_md.likeness import Known

__all__ = [
    "Catalogue",
    "Match",
    "Problem",
    "Row",
    "Seen",
    "Unchanged",
    "digest_of",
    "discard",
    "row_of",
    "row_of_unreadable",
]

_MANY = 400  # more paths than this are picked from the whole table


class Seen(NamedTuple):
    """A file as it was when it was read.

    Attributes:
        stamp: size, mtime and ctime in nanoseconds.
        read_ns: when it was read.
        digest: of its bytes, empty if that is not known.
    """

    stamp: tuple[int, int, int]
    read_ns: int
    digest: bytes


class Problem(NamedTuple):
    """Why a file could not be read, and the remedy."""

    text: str
    remedy: str


class Catalogue(GuardedDatabase):
    """The open catalogue.

    Attributes:
        is_new: it was made just now and knows nothing yet.
    """

    def __init__(
        self, database: sqlite3.Connection, folder: Path | None, country: str, is_new: bool
    ) -> None:
        super().__init__(database, folder)
        self.is_new = is_new
        self._country = country

    @classmethod
    def open(
        cls, folder: Path | None, stamp: str, fingerprint: str, country: str = "DE"
    ) -> Catalogue:
        """Open the catalogue of a store; what is foreign, outdated or broken is made anew.

        Where the folder cannot be written, or is None, the catalogue lives in memory.

        Args:
            folder: ``.crm`` of the store.
            stamp: this clone's secret; what does not carry it is discarded unread.
            fingerprint: the settings' text; other settings make another catalogue.
            country: whose national telephone numbers are meant.

        Raises:
            IndexBusy: another process is making it anew and does not finish.
        """
        if folder is not None:
            with suppress(OSError, sqlite3.Error):
                about = f"{__version__} {country}\n{fingerprint}"
                database, is_new = schema.open_database(folder, stamp, about)
                return cls(database, folder, country, is_new)
        database = schema.connect(":memory:")
        schema.make_tables(database)
        return cls(database, None, country, is_new=True)

    # What was seen of the files

    def look(self, began_ns: int) -> Look:
        """Return what was remembered when a look at the files began.

        Args:
            began_ns: when that was, in nanoseconds of the system's clock.
        """
        from crm_md.index.looks import look

        return look(self, began_ns)

    def remember(self, before: Look, now: Look, touched: Iterable[str] = ()) -> None:
        """Keep what a look saw for the next one.

        See `crm_md.index.looks.remember`.
        """
        from crm_md.index.looks import remember

        remember(self, before, now, touched)

    def stamps(self, paths: Iterable[str] | None = None) -> dict[str, Seen]:
        """Return how files were when they were read: all, or the known ones of these paths."""
        sql = "SELECT path, size, mtime, ctime, looked_at, digest FROM files"
        wanted = None if paths is None else set(paths)
        if wanted is not None and len(wanted) <= _MANY:
            sql += f" WHERE path IN ({_marks(wanted)})"
            rows = self.read(sql, tuple(wanted))
        else:
            rows = self.read(sql)
        return {
            path: Seen((size, mtime, ctime), read_ns, digest)
            for path, size, mtime, ctime, read_ns, digest in rows
            if wanted is None or path in wanted
        }

    def update(
        self,
        put: Iterable[Row | Unchanged],
        forget: Iterable[str] = (),
        *,
        since_ns: int | None = None,
    ) -> None:
        """Take in what files say now, in one transaction.

        Args:
            put: new and changed files; may be a generator that reads them one by one.
            forget: paths that are gone.
            since_ns: files that changed then or later, and those that are gone, are looked at once
                more; None where nobody remembers looks.

        Raises:
            IndexBusy: another process is writing and does not finish.
        """
        from crm_md.index.looks import noting_young, watch
        from crm_md.index.writing import put_rows

        gone, young = list(forget), list[str]()
        with self.writing():
            rows = put if since_ns is None else noting_young(put, since_ns, young)
            put_rows(self.database, rows, gone, self._country)
            if since_ns is not None:
                watch(self.database, [*young, *gone])
        self.is_new = False

    @cached_property
    def birth(self) -> str:
        """A random text by which the full text knows its catalogue."""
        return self.told("birth") or ""

    @cached_property
    def full_text(self) -> FullText:
        """The full text that belongs to this catalogue."""
        from crm_md.index.fulltext import FullText

        return FullText(self)

    @cached_property
    def promises(self) -> Promises:
        """The tasks and complaints of all customers."""
        from crm_md.index.promises import Promises

        return Promises(self)

    @property
    def newest_version(self) -> int:
        """The number of the last change that was taken in."""
        return int(self.told("version") or 0)

    # Lists

    def summary(self, slug: str) -> Summary | None:
        """Return the summary of a customer; of several files of this slug, the first path's."""
        from crm_md.index.records import decode

        found = self.read(
            "SELECT record FROM files JOIN records USING (id) WHERE slug_key = ? ORDER BY path",
            (fold_light(slug),),
        ).fetchone()
        return decode(found[0]) if found else None

    def summaries(
        self,
        *,
        wakes_by: date | None = None,
        on_list_of: Sequence[str] | None = None,
        filters: Filters | None = None,
    ) -> list[Summary]:
        """Return the summaries of all customers, by name, or of those that may be worth a call.

        Args:
            wakes_by: only those that can be on the call list on this day.
            on_list_of: only those whom one of these owns ("" is nobody), or has a task with.
            filters: only those that pass all of them.
        """
        from crm_md.index.collector import without_collector
        from crm_md.index.listing import Filters, condition_of, tagged
        from crm_md.index.records import decode

        asked = filters or Filters()
        condition, values = condition_of(asked)
        if wakes_by is not None:
            condition += " AND (wakes <= ? OR judged > ?)"
            values += [wakes_by.toordinal()] * 2
        if on_list_of is not None:
            marks = _marks(on_list_of)
            condition += (
                f" AND (owner IN ({marks}) OR id IN (SELECT file FROM promises"
                f" WHERE state = 'open' AND kind = 'task' AND whose <> '' AND whose IN ({marks})))"
            )
            values += [*on_list_of, *on_list_of]
        sql = f"SELECT record FROM files JOIN records USING (id) WHERE {condition}"
        with without_collector():
            rows = self.read(f"{sql} ORDER BY sort_key, path", values)
            found = [decode(record) for (record,) in rows]
        return [one for one in found if tagged(one.tags, asked)] if asked.tag else found

    def owners(self) -> list[str]:
        """Return the owners that customers have, "" among them if some have none."""
        found = self.read("SELECT DISTINCT owner FROM files WHERE problem IS NULL ORDER BY owner")
        return [owner for (owner,) in found]

    def count(self, filters: Filters) -> int:
        """Return how many customers pass these filters; a tag is not asked for."""
        from crm_md.index.listing import condition_of

        condition, values = condition_of(filters)
        found = self.read(f"SELECT count(*) FROM files WHERE {condition}", values).fetchone()
        return int(found[0])

    def rows(self, filters: Filters | None = None) -> list[ListRow]:
        """Return customers as ``crm list`` shows them, by name.

        Args:
            filters: only those that pass all of them.
        """
        from crm_md.index.listing import Filters, list_rows

        return list_rows(self.database, filters or Filters())

    def unreadable(self) -> list[tuple[str, Problem]]:
        """Return the files that could not be read, and why, by path."""
        rows = self.read("SELECT path, problem FROM files WHERE problem IS NOT NULL ORDER BY path")
        return [(path, Problem(*problem.split(SEPARATOR))) for path, problem in rows]

    def findings(self) -> dict[str, tuple[int, int, int]]:
        """Return how many errors, warnings and hints the files have, of those that have any."""
        rows = self.read(
            "SELECT path, errors, warnings, hints FROM files"
            " WHERE errors OR warnings OR hints ORDER BY path"
        )
        return {path: (errors, warnings, hints) for path, errors, warnings, hints in rows}

    # Names

    def find(self, fragment: str) -> list[Match]:
        """Return the customers that a fragment names, the best first.

        See `crm_md.index.naming.find`.
        """
        with self.watching():
            return naming.find(self.database, fragment)

    def find_phone(self, text: str, country: str | None = None) -> list[Match]:
        """Return whose telephone number this is, the likeliest first.

        See `crm_md.index.naming.find_phone`.
        """
        with self.watching():
            return naming.find_phone(self.database, text, country or self._country)

    def paths(self, slug: str) -> list[str]:
        """Return the files of a slug: one, as a rule; of several the first counts."""
        rows = self.read(
            "SELECT path FROM files WHERE slug_key = ? ORDER BY path", (fold_light(slug),)
        )
        return [path for (path,) in rows]

    def name_of(self, slug: str) -> str:
        """Return the name of a customer, or the slug where there is none."""
        found = self.read(
            "SELECT name FROM files WHERE slug_key = ? ORDER BY path", (fold_light(slug),)
        ).fetchone()
        return found[0] if found else slug

    def slugs(self) -> list[str]:
        """Return every slug in use, those of unreadable files included."""
        return [slug for (slug,) in self.read("SELECT slug FROM files ORDER BY slug_key, path")]

    def names(self) -> list[str]:
        """Return the names and aliases of customers, and of the people there, as written."""
        rows = self.read(
            "SELECT name FROM files WHERE problem IS NULL UNION"
            " SELECT person FROM names WHERE how = 3 ORDER BY 1"
        )
        return [name for (name,) in rows]

    def names_for_completion(self, beginning: str) -> list[tuple[str, str]]:
        """Return slug and name of the customers of whose names (people's too) a word begins so.

        Of twins, and where the beginning is one of a path, it is the path instead of the slug.
        """
        if "/" in beginning:
            rows = self.read(
                "SELECT path, name FROM files WHERE problem IS NULL"
                " AND substr(path, 1, length(?1)) = ?1 ORDER BY path",
                (beginning,),
            )
            return list(rows)
        rows = self.read(
            "SELECT DISTINCT CASE WHEN EXISTS (SELECT 1 FROM files AS twin"
            "  WHERE twin.slug_key = files.slug_key AND twin.id <> files.id)"
            " THEN path ELSE slug END, name FROM files JOIN names ON file = files.id"
            " WHERE problem IS NULL AND how < ? AND instr(key, ?) ORDER BY slug_key, path",
            (PHONE, f" {fold(beginning)}"),
        )
        return list(rows)

    def twins(self) -> dict[str, list[str]]:
        """Return the paths of each slug that several files have, in folders or letter cases."""
        rows = self.read(
            "SELECT slug_key, path FROM files WHERE slug_key IN"
            " (SELECT slug_key FROM files GROUP BY slug_key HAVING count(*) > 1) ORDER BY path"
        )
        twins: dict[str, list[str]] = {}
        for slug, path in rows:
            twins.setdefault(slug, []).append(path)
        return twins

    def known(self) -> Iterator[Known]:
        """Yield what is known of each customer, to tell whether a new one is the same."""
        from crm_md.index.links import known

        return known(self.database)

    def slug_of(self, link: str) -> str | None:
        """Return the slug of the customer a link or relation names, by slug or alias, or None."""
        from crm_md.index.links import resolve

        return resolve(self.database, link)

    def links_to(self, slug: str) -> list[Link]:
        """Return the relations and links that name this customer, by slug or alias."""
        from crm_md.index.links import links_to

        return links_to(self.database, slug)


def _marks(values: Collection[object]) -> str:
    return ",".join("?" * len(values))
