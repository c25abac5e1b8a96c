"""Of what holds the words, keep what passes the filters and has the phrases, and rank it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from heapq import nlargest, nsmallest
from typing import NamedTuple

from crm_md.index import filtering
from crm_md.index.filtering import NO_CONDITION
from crm_md.index.picking import among
from crm_md.index.query import Filter, Query, Term, is_phrase
from crm_md.index.rows import OWN
from crm_md.index.tokens import tokens
from crm_md.index.unit_texts import UnitTexts
from crm_md.likeness import fold


class Found(NamedTuple):
    """A unit that answers; a tuple, since a common word has a hundred thousand.

    Attributes:
        words: how many of the terms it holds; score: how well it answers, more is better.
    """

    file: int
    unit: int
    words: int = 0
    score: float = 0.0


Barred = tuple[set[int], bool]
_UNITS = 20  # bits of a number that tell the unit of a file


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
) -> list[Found]:
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

    def passes(file: int, unit: int) -> bool:
        if unit == OWN:
            return file in own
        return file in files and (entries is None or (file, unit) in entries)

    places = [one for one in candidates if passes(one.file, one.unit)]
    return saying(places, query.terms, texts, all_words=all_words)


def saying(
    places: list[Found], terms: Sequence[Term], texts: UnitTexts, *, all_words: bool
) -> list[Found]:
    """Keep the places that have the wanted phrases and none of the excluded ones.

    Args:
        all_words: wanted phrases must be there.
    """
    phrases = [term for term in terms if is_phrase(term) and (all_words or term.excluded)]
    return [place for place in places if _says(texts, place, phrases)] if phrases else places


def without(places: Sequence[Found], barred: Callable[[int], Barred]) -> list[Found]:
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


def passing_filters(database: sqlite3.Connection, filters: Sequence[Filter]) -> list[Found]:
    """Return the entries that pass, and the own text of customers who pass and have none."""
    of_entries, values = filtering.of_entries(filters)
    of_customers, more = filtering.of_customers(filters)
    rows = database.execute(
        "SELECT file, unit FROM entries JOIN files ON file = files.id"
        f" WHERE {of_entries} AND {of_customers}",
        (*values, *more),
    )
    places = [Found(file, unit) for file, unit in rows]
    if not filtering.ask_for_entries(filters):
        of_persons, its_values = filtering.of_persons(filters)
        rows = database.execute(
            f"SELECT id FROM files WHERE {of_customers} AND {of_persons}"
            " AND problem IS NULL AND id NOT IN (SELECT file FROM entries)",
            (*more, *its_values),
        )
        places += [Found(file, OWN) for (file,) in rows]
    return places


def ranked(
    database: sqlite3.Connection, places: Sequence[Found], limit: int | None, *, newest: bool
) -> list[Ranked]:
    """Return the best places, equals by date, the newest first.

    Args:
        limit: so many at most.
        newest: order by date only.
    """
    if not newest and limit is not None and limit < len(places):
        least = nlargest(limit, (place.score for place in places))[-1]
        places = [place for place in places if place.score >= least]
    in_any_order = _dated(database, places, newest=newest)
    return sorted(in_any_order) if limit is None else nsmallest(limit, in_any_order)


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


def _dated(
    database: sqlite3.Connection, places: Sequence[Found], *, newest: bool
) -> Iterator[Ranked]:
    """Yield the places with their dates; of a hundred thousand few are kept at a time."""
    scores = {one.file << _UNITS | one.unit: 0.0 if newest else -one.score for one in places}
    for file, unit, _words, score in places:
        if unit == OWN:
            yield Ranked(0.0 if newest else -score, 0, 1, file, unit)
    some, picked = among("file", {one.file for one in places})
    for file, unit, day, minute in database.execute(
        f"SELECT file, unit, -day, -ifnull(time, -1) FROM entries WHERE {some}", picked
    ):
        not_score = scores.get(file << _UNITS | unit)
        if not_score is not None:
            yield Ranked(not_score, day, minute, file, unit)


def _says(texts: UnitTexts, place: Found, phrases: Sequence[Term]) -> bool:
    """Tell whether a unit has all wanted phrases, word behind word, and none of the excluded."""
    text = "\n".join(line for _number, line in texts.lines(place.file, place.unit))
    said = f" {' '.join(fold(token.word) for token in tokens(text))} "
    return all(
        (f" {' '.join(map(fold, term.ways[0]))} " in said) != term.excluded for term in phrases
    )
