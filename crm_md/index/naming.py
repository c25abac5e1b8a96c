"""Whom a fragment names: slug, name, alias, person, telephone number, e-mail address."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import NamedTuple

from crm_md.frozen import dataclass
from crm_md.index.rows import HOW, NAME, PHONE, SLUG
from crm_md.likeness import digits, fold, fold_light

# How well a name answers; the fewer the better.
LITERALLY, EXACTLY, BY_WHOLE_WORDS, BY_BEGINNINGS, SOMEWHERE, HERE_AND_THERE = range(6)

_FEWEST_LETTERS = 3  # that are sought within words, and not only at their beginning
_FEWEST_DIGITS = 4  # of a part of a telephone number
_HEAD_NUMBER, _PART_OF_NUMBER = 2, 90
_LONGEST_EXTENSION = 5
_AT_ONCE = 500  # values in one SQL statement, well below what SQLite takes


@dataclass(frozen=True, slots=True)
class Match:
    """A customer that a fragment names.

    Attributes:
        how: what answered: slug, name, alias, person, phone or email.
        person: whose name, number or address it is, "" if the customer's.
        rank: how well, the fewer the better; equal ranks are equally good.
    """

    slug: str
    name: str
    path: str
    how: str
    person: str
    rank: int


class _Answer(NamedTuple):
    rank: int
    how: int
    person: str


def find(database: sqlite3.Connection, fragment: str) -> list[Match]:
    """Return the customers that a fragment names, the best first.

    The slug as it is typed (and whoever else has that very name, unless only a file can be called
    so), then names that are the fragment, have its words, have words that begin so, contain it; at
    last customers of which each word names something. Blind to case, umlauts, accents and
    punctuation. A customer comes once, or once for each of several equal persons.

    Args:
        fragment: as typed; several words must all be found.
    """
    asked = fold(fragment)
    if not asked:
        return []
    found: dict[int, set[_Answer]] = {}
    for file in _files_called(database, fragment):
        found.setdefault(file, set()).add(_Answer(LITERALLY, SLUG, ""))
    words = asked.split()
    # A letter or two somewhere within words would name half of the book.
    sought = words if len(asked) >= _FEWEST_LETTERS else [f" {word}" for word in words]
    everywhere = " AND ".join(["instr(key, ?)"] * len(words))
    for file, how, key, person in database.execute(
        f"SELECT file, how, key, person FROM names WHERE {everywhere}", sought
    ):
        rank = _rank(key, asked, words)
        found.setdefault(file, set()).add(_Answer(rank, how, person))
    if not _only_a_file_is_called(fragment.strip()):
        _let_namesakes_answer(found)
    if not found and "@" not in fragment:
        found = _parts_of_numbers(database, fragment) or _here_and_there(database, words)
    return _matches(database, found)


def find_phone(database: sqlite3.Connection, text: str, country: str) -> list[Match]:
    """Return whose telephone number this is, the likeliest first.

    A person with this number; a customer with it; customers whose head number it extends, the
    longest first, before those who are known by other extensions of the same head number; at
    last customers with a number of which it is a part.

    Args:
        text: a number in any spelling.
        country: whose national numbers are meant.
    """
    from crm_md.likeness import normalise_phone

    phone = normalise_phone(text, country)
    found: dict[int, set[_Answer]] = {}
    if phone is not None:
        for file, person in database.execute(
            "SELECT file, person FROM numbers WHERE e164 = ?", (phone.e164,)
        ):
            found.setdefault(file, set()).add(_Answer(0 if person else 1, PHONE, person))
        if not found:
            found = _heads_of(database, phone.e164)
    return _matches(database, found or _parts_of_numbers(database, text))


def _only_a_file_is_called(name: str) -> bool:
    """Tell whether a name is written as only files are: ``krause-2``, ``nord/krause``, a path."""
    if "/" in name or name.endswith(".md"):
        return True
    return name == fold_light(name) and any(sign == "-" or sign.isdigit() for sign in name)


def _let_namesakes_answer(found: dict[int, set[_Answer]]) -> None:
    """Let customers whose name it is answer as well as the one whose file is called so.

    Of two who are called Krause the file of one is ``krause``, of the other ``krause-2``; which of
    them came first is nothing that whoever asks can know.
    """
    literally, by_name = _Answer(LITERALLY, SLUG, ""), _Answer(EXACTLY, NAME, "")
    if any(literally in answers for answers in found.values()):
        for answers in found.values():
            if by_name in answers:
                answers.add(_Answer(LITERALLY, NAME, ""))


def _files_called(database: sqlite3.Connection, fragment: str) -> list[int]:
    """The files of exactly this slug, or of this path or end of one, ".md" or not."""
    name = fragment.strip()
    if not name.endswith(".md") and "/" not in name:
        rows = database.execute("SELECT id FROM files WHERE slug_key = ?", (fold_light(name),))
        return [file for (file,) in rows]
    path = name.replace("\\", "/").removeprefix("./").removesuffix(".md") + ".md"
    found = database.execute("SELECT id FROM files WHERE path = ?", (path,)).fetchall()
    if not found:
        end = f"/{path}"
        sql = "SELECT id FROM files WHERE substr(path, -length(?1)) = ?1"
        found = database.execute(sql, (end,)).fetchall()
    return [file for (file,) in found]


def _rank(key: str, asked: str, words: Sequence[str]) -> int:
    """Where in a name the words stand does not matter: nobody is preferred for being first."""
    if key == f" {asked}":
        return EXACTLY
    if all(f" {word} " in f"{key} " for word in words):
        return BY_WHOLE_WORDS
    return BY_BEGINNINGS if all(f" {word}" in key for word in words) else SOMEWHERE


def _here_and_there(database: sqlite3.Connection, words: Sequence[str]) -> dict[int, set[_Answer]]:
    """The files of which every word begins a word of some name, or of the city."""
    if len(words) < 2:
        return {}
    of_each = (
        {
            file
            for (file,) in database.execute(
                "SELECT file FROM names WHERE instr(key, ?1)"
                " UNION SELECT id FROM files WHERE instr(' ' || city_key, ?1)",
                (f" {word}",),
            )
        }
        for word in words
    )
    both: Callable[[set[int], set[int]], set[int]] = set.intersection
    return {file: {_Answer(HERE_AND_THERE, NAME, "")} for file in reduce(both, of_each)}


def _heads_of(database: sqlite3.Connection, number: str) -> dict[int, set[_Answer]]:
    stems = [number[: len(number) - cut] for cut in range(_LONGEST_EXTENSION + 1)]
    found: dict[int, set[_Answer]] = {}
    for file, stem, head in database.execute(
        f"SELECT file, stem, head FROM numbers WHERE stem IN ({_marks(stems)}) AND stem <> ''",
        stems,
    ):
        distance = 2 * (len(number) - len(stem)) + (0 if head else 1)
        found.setdefault(file, set()).add(_Answer(_HEAD_NUMBER + distance, PHONE, ""))
    return found


def _parts_of_numbers(database: sqlite3.Connection, text: str) -> dict[int, set[_Answer]]:
    part = digits(text).lstrip("0")
    if len(part) < _FEWEST_DIGITS or any(letter.isalpha() for letter in text):
        return {}
    found: dict[int, set[_Answer]] = {}
    for file, person in database.execute(
        "SELECT file, person FROM numbers WHERE instr(e164, ?)", (part,)
    ):
        found.setdefault(file, set()).add(_Answer(_PART_OF_NUMBER, PHONE, person))
    return found


def _matches(database: sqlite3.Connection, found: dict[int, set[_Answer]]) -> list[Match]:
    """Name each customer by its best answer; persons only where nothing of its own is as good."""
    customers = _customers(database, found)
    ranked: list[tuple[_Answer, str, str, Match]] = []
    for file, answers in found.items():
        if file not in customers:
            continue
        slug, name, path, sort_key = customers[file]
        best = min(answer.rank for answer in answers)
        good = sorted(answer for answer in answers if answer.rank == best)
        own = [answer for answer in good if not answer.person][:1]
        persons = {answer.person: answer for answer in reversed(good)}
        for answer in own or persons.values():
            match = Match(slug, name, path, HOW[answer.how], answer.person, answer.rank)
            ranked.append((answer, sort_key, path, match))
    return [match for *_order, match in sorted(ranked, key=lambda row: row[:3])]


def _customers(
    database: sqlite3.Connection, files: Iterable[int]
) -> dict[int, tuple[str, str, str, str]]:
    wanted = list(files)
    found: dict[int, tuple[str, str, str, str]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        for file, *told in database.execute(
            f"SELECT id, slug, name, path, sort_key FROM files WHERE id IN ({_marks(some)})", some
        ):
            slug, name, path, sort_key = told
            found[file] = (slug, name, path, sort_key)
    return found


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
