"""Of what holds the words, keep what passes the filters and has the phrases, and rank it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from crm_md.index import filtering
from crm_md.index.filtering import NO_CONDITION
from crm_md.index.picking import among
from crm_md.index.query import Filter, Query, Term, is_phrase
from crm_md.index.rows import OWN
from crm_md.index.tokens import tokens
from crm_md.index.unit_texts import UnitTexts
from crm_md.likeness import fold

if TYPE_CHECKING:
    from crm_md.index.matching import Found

Barred = tuple[set[int], bool]


class Place(NamedTuple):
    """A unit that passed, and how well it answers."""

    file: int
    unit: int
    score: float = 0.0


class Ranked(NamedTuple):
    """A place in its order: by the first three, the least first.

    Attributes:
        day: an ordinal, 0 for a customer's own text.
        minute: of the day, -1 where no time is told.
    """

    not_score: float
    not_day: int
    not_minute: int
    file: int
    unit: int

    @property
    def score(self) -> float:
        return -self.not_score

    @property
    def day(self) -> int:
        return -self.not_day

    @property
    def minute(self) -> int:
        return -self.not_minute


def passing(
    database: sqlite3.Connection,
    found: Iterable[Found],
    query: Query,
    texts: UnitTexts,
    *,
    all_words: bool,
) -> list[Place]:
    """Keep what passes.

    Args:
        found: units that hold the words.
        texts: to look phrases up in.
        all_words: wanted phrases must be there; else their words will do.
    """
    candidates = list(found)
    files = _files(database, {one.file for one in candidates}, query.filters)
    own = _own(database, files, query.filters)
    entries = _entries(database, files, query.filters)
    places = [
        Place(file, unit, score)
        for file, unit, _words, score in candidates
        if file in files
        and (file in own if unit == OWN else entries is None or (file, unit) in entries)
    ]
    return saying(places, query.terms, texts, all_words=all_words)


def saying(
    places: list[Place], terms: Sequence[Term], texts: UnitTexts, *, all_words: bool
) -> list[Place]:
    """Keep the places that have the wanted phrases and none of the excluded ones.

    Args:
        all_words: wanted phrases must be there.
    """
    phrases = [term for term in terms if is_phrase(term) and (all_words or term.excluded)]
    return [place for place in places if _says(texts, place, phrases)] if phrases else places


def without(places: Sequence[Place], barred: Callable[[int], Barred]) -> list[Place]:
    """Keep the places that hold nothing of what was excluded.

    Args:
        barred: gives, for a file, the units that do, and whether its customer's name does.
    """
    of_files = {file: barred(file) for file in {place.file for place in places}}
    return [
        place
        for place in places
        if place.unit not in of_files[place.file][0] and not of_files[place.file][1]
    ]


def passing_filters(database: sqlite3.Connection, filters: Sequence[Filter]) -> list[Place]:
    """Return the entries that pass, and the own text of customers who pass and have none."""
    of_entries, values = filtering.of_entries(filters)
    of_customers, more = filtering.of_customers(filters)
    rows = database.execute(
        "SELECT file, unit FROM entries JOIN files ON file = files.id"
        f" WHERE {of_entries} AND {of_customers}",
        (*values, *more),
    )
    places = [Place(file, unit) for file, unit in rows]
    if not filtering.ask_for_entries(filters):
        of_persons, its_values = filtering.of_persons(filters)
        rows = database.execute(
            f"SELECT id FROM files WHERE {of_customers} AND {of_persons}"
            " AND problem IS NULL AND id NOT IN (SELECT file FROM entries)",
            (*more, *its_values),
        )
        places += [Place(file, OWN) for (file,) in rows]
    return places


def ranked(
    database: sqlite3.Connection, places: Sequence[Place], limit: int | None, *, newest: bool
) -> list[Ranked]:
    """Return the best places, equals by date, the newest first.

    Args:
        limit: so many at most.
        newest: order by date only.
    """
    scores = sorted((place.score for place in places), reverse=True)
    if not newest and limit is not None and limit < len(scores):
        places = [place for place in places if place.score >= scores[limit - 1]]
    dates = _dates(database, {place.file for place in places})
    undated = (0, 1)
    in_order = sorted(
        Ranked(
            0.0 if newest else -place.score,
            *dates.get((place.file, place.unit), undated),
            place.file,
            place.unit,
        )
        for place in places
    )
    return in_order[:limit]


def _files(database: sqlite3.Connection, files: set[int], filters: Sequence[Filter]) -> set[int]:
    """Return the files of customers that pass."""
    condition, values = filtering.of_customers(filters)
    if condition == NO_CONDITION:
        return files
    some, picked = among("id", files)
    rows = database.execute(
        f"SELECT id FROM files WHERE {condition} AND {some}", (*values, *picked)
    )
    return {file for (file,) in rows}


def _own(
    database: sqlite3.Connection, files: Collection[int], filters: Sequence[Filter]
) -> Collection[int]:
    """Return the files of which the customer's own text passes."""
    if filtering.ask_for_entries(filters):
        return ()
    condition, values = filtering.of_persons(filters)
    if condition == NO_CONDITION:
        return set(files)
    rows = database.execute(f"SELECT id FROM files WHERE {condition}", values)
    return {file for (file,) in rows}.intersection(files)


def _entries(
    database: sqlite3.Connection, files: Collection[int], filters: Sequence[Filter]
) -> set[tuple[int, int]] | None:
    """Return file and unit of the entries that pass, None where no filter asks for them."""
    condition, values = filtering.of_entries(filters)
    if condition == NO_CONDITION:
        return None
    some, picked = among("file", files)
    return set(
        database.execute(
            f"SELECT file, unit FROM entries WHERE {condition} AND {some}", (*values, *picked)
        )
    )


def _dates(
    database: sqlite3.Connection, files: Collection[int]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the negative day and minute of entries, by file and unit."""
    some, picked = among("file", files)
    rows = database.execute(
        f"SELECT file, unit, -day, -ifnull(time, -1) FROM entries WHERE {some}", picked
    )
    return {(file, unit): (day, minute) for file, unit, day, minute in rows}


def _says(texts: UnitTexts, place: Place, phrases: Sequence[Term]) -> bool:
    """Tell whether a unit has all wanted phrases, word behind word, and none of the excluded."""
    text = "\n".join(line for _number, line in texts.lines(place.file, place.unit))
    said = f" {' '.join(fold(token.word) for token in tokens(text))} "
    return all(
        (f" {' '.join(map(fold, term.ways[0]))} " in said) != term.excluded for term in phrases
    )
