"""Which units of which files hold what was asked for, and how well they answer."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import NamedTuple

from crm_md.index import lexicon
from crm_md.index.lexicon import BY_STEM, EXACT, FOLDED, IN_COMPOUND, Forms
from crm_md.index.passing import Found
from crm_md.index.picking import among
from crm_md.index.posting_lists import PostingLists
from crm_md.index.query import Term, is_phrase
from crm_md.index.rows import CAREFUL, COMMON, OWN

# What a word found is worth: the word itself before its other spelling, form, and compounds.
_WORTH = {EXACT: 1.0, FOLDED: 0.9, BY_STEM: 0.6, IN_COMPOUND: 0.3}
_IN_HEADING = 1.2  # times as much
_IN_NAME_ONLY = 0.2  # of a customer, for each of its entries

# For each file (first by its version), the places of a word there (see `units`), and how well it
# answers.
Places = dict[int, list[tuple[str, int]]]


class Sought(NamedTuple):
    """A term, the forms that it means, and where they stand.

    Attributes:
        forms: what is to be highlighted.
        rarity: what one word found is worth against others.
    """

    term: Term
    forms: Forms
    places: Places
    rarity: float


def seek(database: sqlite3.Connection, lists: PostingLists, terms: Sequence[Term]) -> list[Sought]:
    """Look each term up in the texts of the present versions of all files."""
    found = [_look_up(database, lists, term) for term in terms]
    files = _present(database, {version for _forms, places in found for version in places})
    (count,) = database.execute("SELECT count(*) FROM files").fetchone()
    sought: list[Sought] = []
    for term, (forms, by_version) in zip(terms, found, strict=True):
        places = {files[one]: there for one, there in by_version.items() if one in files}
        rarity = 1.0 + math.log((count + 1) / (len(places) + 1))
        sought.append(Sought(term, forms, places, rarity))
    return sought


def answers(sought: Sequence[Sought], *, all_words: bool = True) -> Iterator[Found]:
    """Yield the units that hold all wanted terms, or any, and none of the excluded words.

    A word of a customer's name counts for all its entries, but none answers by that alone.
    """
    wanted = [one for one in sought if not one.term.excluded]
    for file in _files(wanted, all_words):
        found = [_in_file(one, file) for one in wanted]
        barred, everywhere = barred_in(sought, file)
        if everywhere:
            continue
        least = len(wanted) if all_words else 1
        for unit in {unit for units, _named in found for unit in units} - barred:
            words, score = 0, 0.0
            for one, (units, named) in zip(wanted, found, strict=True):
                if unit in units:
                    words += 1
                    score += units[unit] * one.rarity
                elif named:
                    words += 1
                    score += _IN_NAME_ONLY * one.rarity
            if words >= least:
                yield Found(file, unit, words, round(score, 6))


def barred_in(sought: Sequence[Sought], file: int) -> tuple[set[int], bool]:
    """Return the units of a file that hold an excluded word, and whether its customer's name does.

    Excluded phrases are left to who reads the texts.
    """
    barred: set[int] = set()
    everywhere = False
    for one in sought:
        if one.term.excluded and not is_phrase(one.term):
            units, named = _in_file(one, file)
            barred |= units.keys()
            everywhere = everywhere or named
    return barred, everywhere


def _look_up(database: sqlite3.Connection, lists: PostingLists, term: Term) -> tuple[Forms, Places]:
    """Return the forms that a term means, and their places by the versions of files."""
    every_form: Forms = {}
    places: Places = {}
    if term.whole:
        whole = lexicon.forms_of_mail if term.kind == "mail" else lexicon.forms_of_number
        every_form = whole(database, term.whole)
        places = _gather(lists, every_form)
    for way in term.ways:
        parts: list[Places] = []
        for word in way:
            forms = _forms(database, term, word)
            every_form |= forms
            parts.append(_gather(lists, forms))
        for version, there in reduce(_both, parts).items():
            places.setdefault(version, []).extend(there)
    return every_form, places


def _present(database: sqlite3.Connection, versions: set[int]) -> dict[int, int]:
    """Return the files of those versions that are present ones."""
    condition, values = among("version", versions)
    rows = database.execute(f"SELECT version, id FROM files WHERE {condition}", values)
    return dict(rows)


def _forms(database: sqlite3.Connection, term: Term, word: str) -> Forms:
    if term.kind == "phrase":
        return lexicon.forms_of_exactly(database, word)
    if term.kind == "beginning":
        return lexicon.forms_of_beginning(database, word)
    forms = lexicon.forms_of_word(database, word)
    if term.excluded:
        return {form: quality for form, quality in forms.items() if quality > IN_COMPOUND}
    return forms


def _gather(lists: PostingLists, forms: Forms) -> Places:
    places: Places = {}
    for form, quality in forms.items():
        for version, there in lists.documents_with(form):
            places.setdefault(version, []).append((there, quality))
    return places


def _both(first: Places, second: Places) -> Places:
    """Return the places where words of both stand in one unit."""
    both: Places = {}
    for version in first.keys() & second.keys():
        units = [
            {ord(char) >> 1: quality for there, quality in found for char in there}
            for found in (first[version], second[version])
        ]
        for unit in units[0].keys() & units[1].keys():
            quality = min(units[0][unit], units[1][unit])
            both.setdefault(version, []).append((chr(unit << 1), quality))
    return both


def _files(wanted: Sequence[Sought], all_words: bool) -> set[int]:
    if not wanted:
        return set()
    combine = set.intersection if all_words else set.union
    return combine(*(set(one.places) for one in wanted))


def _in_file(one: Sought, file: int) -> tuple[dict[int, float], bool]:
    """Return what a term is worth in each unit of a file, and whether it is in the name."""
    units: dict[int, float] = {}
    named = False
    for places, quality in one.places.get(file, ()):
        worth = _WORTH[quality]
        for char in places:
            unit, in_heading = ord(char) >> 1, ord(char) & 1
            if one.term.section is not None:
                if unit != one.term.section:
                    continue
                unit = OWN
            elif unit in (COMMON, CAREFUL):
                continue
            elif unit == OWN and in_heading:
                named = True
            units[unit] = max(units.get(unit, 0.0), worth * (_IN_HEADING if in_heading else 1.0))
    return units, named
