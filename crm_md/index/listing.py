"""The rows of ``crm list``: plain columns, filtered in the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from crm_md.frozen import dataclass
from crm_md.index.picking import place_condition
from crm_md.index.rows import SEPARATOR
from crm_md.likeness import fold

NOBODY = ""  # as owner: customers whom nobody looks after


@dataclass(frozen=True, slots=True)
class Filters:
    """Which customers to list; None asks nothing.

    Attributes:
        statuses: any of these.
        segment: exactly this one, blind to case; likewise owner (``NOBODY``: none) and tag.
        place: the beginning of a postcode, or of a word of the city.
        silent_since: no contact on or after this day.
        complaint: with an open complaint, or without one.
        mood: the mood told last.
        owners: any of these, exactly.
        blank: nothing is written yet of what they are to us, as after an import.
    """

    statuses: tuple[str, ...] = ()
    segment: str | None = None
    owner: str | None = None
    tag: str | None = None
    place: str | None = None
    silent_since: date | None = None
    complaint: bool | None = None
    mood: str | None = None
    owners: tuple[str, ...] = ()
    blank: bool = False


class ListRow(NamedTuple):
    """A customer as ``crm list`` shows it: a row as it lies in the catalogue.

    Days and tags are made of it when they are asked for; lists have thousands of rows.
    """

    slug: str
    name: str
    path: str
    status: str
    segment: str
    owner: str
    tag_line: str
    zip: str
    city: str
    last_day: int | None
    mood: str
    complaints: int
    next_day: int | None

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags as written."""
        return tuple(self.tag_line.split(SEPARATOR)) if self.tag_line else ()

    @property
    def last_touch(self) -> date | None:
        """The day of the last contact."""
        return _DAYS[self.last_day] if self.last_day else None

    @property
    def next(self) -> date | None:
        """The day of the next step."""
        return _DAYS[self.next_day] if self.next_day else None


class _Days(dict[int, date]):
    def __missing__(self, ordinal: int) -> date:
        day = self[ordinal] = date.fromordinal(ordinal)
        return day


_DAYS = _Days()  # the same few thousand come again and again


_row = partial(tuple.__new__, ListRow)  # as ListRow._make, which Python runs line by line


def list_rows(database: sqlite3.Connection, filters: Filters) -> list[ListRow]:
    """Return the customers that pass all filters, by name."""
    condition, values = condition_of(filters)
    found = database.execute(
        "SELECT slug, name, path, status, segment, owner, tags, zip, city, last_touch, mood,"
        f" complaints, next_day FROM files WHERE {condition} ORDER BY sort_key, path",
        values,
    )
    rows = list(map(_row, found))
    return rows if filters.tag is None else [row for row in rows if tagged(row.tags, filters)]


def tagged(tags: tuple[str, ...], filters: Filters) -> bool:
    """Tell whether a customer with these tags passes; the one filter that SQL does not know."""
    return filters.tag is None or fold(filters.tag) in map(fold, tags)


def condition_of(filters: Filters) -> tuple[str, list[object]]:
    """Return the SQL for table files that these filters ask for, all but that on tags."""
    conditions = ["problem IS NULL"]
    values: list[object] = []
    for condition, value in _conditions(filters):
        conditions.append(condition)
        values += value
    return " AND ".join(conditions), values


def _conditions(filters: Filters) -> Iterator[tuple[str, list[object]]]:
    if filters.statuses:
        marks = ",".join("?" * len(filters.statuses))
        yield f"status IN ({marks})", list(filters.statuses)
    if filters.segment is not None:
        yield "segment = ? COLLATE NOCASE", [filters.segment]
    if filters.owner is not None:
        yield "owner = ? COLLATE NOCASE", [filters.owner]
    if filters.owners:
        yield f"owner IN ({','.join('?' * len(filters.owners))})", list(filters.owners)
    if filters.place is not None:
        yield place_condition(filters.place)
    if filters.silent_since is not None:
        yield "(last_touch IS NULL OR last_touch < ?)", [filters.silent_since.toordinal()]
    if filters.complaint is not None:
        yield "complaints > 0" if filters.complaint else "complaints = 0", []
    if filters.mood is not None:
        yield "mood = ?", [filters.mood]
    if filters.blank:
        yield "blank", []
