"""Every word of the full text in the forms that occur, and which of them a typed word means."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from crm_md.index.german import compound_stem, stems
from crm_md.index.tokens import NUMBER
from crm_md.likeness import fold

# How well a form answers a typed word; more is better.
IN_COMPOUND, BY_STEM, FOLDED, EXACT = 1, 2, 3, 4

_LAST = "\U0010ffff"  # behind every letter
_PREFIX_OF_COMPOUND = 3  # letters, at least
_AT_ONCE = 500

Forms = dict[str, int]


def learn(database: sqlite3.Connection, forms: Iterable[str]) -> None:
    """Remember forms that were not known; the caller holds the transaction.

    A form stays when its last text is gone: it leads to nothing then.
    """
    asked = sorted(set(forms))
    known: set[str] = set()
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = database.execute(f"SELECT form FROM forms WHERE form IN ({marks})", some)
        known.update(form for (form,) in rows)
    new = [form for form in asked if form not in known]
    database.executemany(
        "INSERT OR IGNORE INTO forms VALUES (?, ?)", ((form, _folded(form)) for form in new)
    )
    database.executemany("INSERT OR IGNORE INTO stems VALUES (?, ?, ?)", _stem_rows(new))


def forms_of_word(database: sqlite3.Connection, word: str) -> Forms:
    """Return the forms that a typed word means, each with how well it answers.

    Args:
        word: as `tokens.normal` gives it. ``verzug`` means Verzug, Verzugs and Lieferverzug.
    """
    found: Forms = {}
    kind = compound_stem(word)
    if kind:
        backwards = kind[::-1]
        _note(
            found,
            IN_COMPOUND,
            database.execute(
                "SELECT form FROM stems WHERE backwards >= ? AND backwards < ?"
                " AND length(backwards) >= ?",
                (backwards, backwards + _LAST, len(kind) + _PREFIX_OF_COMPOUND),
            ),
        )
    meant = stems(word)
    marks = ",".join("?" * len(meant))
    _note(
        found,
        BY_STEM,
        database.execute(f"SELECT form FROM stems WHERE stem IN ({marks})", meant),
    )
    folded = (fold(word),)
    _note(found, FOLDED, database.execute("SELECT form FROM forms WHERE folded = ?", folded))
    found[word] = EXACT
    return found


def forms_of_beginning(database: sqlite3.Connection, beginning: str) -> Forms:
    """Return the forms that begin so, blind to umlauts."""
    start = fold(beginning)
    rows = database.execute(
        "SELECT form FROM forms WHERE folded >= ? AND folded < ?", (start, start + _LAST)
    )
    return {form: EXACT if form.startswith(beginning) else FOLDED for (form,) in rows}


def forms_of_exactly(database: sqlite3.Connection, word: str) -> Forms:
    """Return the forms that are this word, blind to umlauts: what a phrase is made of."""
    rows = database.execute("SELECT form FROM forms WHERE folded = ?", (fold(word),))
    return {form: EXACT if form == word else FOLDED for (form,) in rows}


def forms_of_number(database: sqlite3.Connection, digits: str) -> Forms:
    """Return the telephone numbers that end alike, or of which this is a part.

    Args:
        digits: without zeros before them; with or without country, area, extension.
    """
    endings = [NUMBER + digits[cut:] for cut in range(1, max(1, len(digits) - 5))]
    marks = ",".join("?" * len(endings))
    rows = database.execute(
        "SELECT form FROM forms WHERE form >= ? AND form < ? AND instr(form, ?)"
        f" UNION SELECT form FROM forms WHERE form IN ({marks})",
        (NUMBER, chr(ord(NUMBER) + 1), digits, *endings),
    )
    return {form: EXACT if form.endswith(digits) else FOLDED for (form,) in rows}


def forms_of_mail(database: sqlite3.Connection, text: str) -> Forms:
    """Return the e-mail addresses of which this is a part."""
    rows = database.execute(
        "SELECT form FROM forms WHERE instr(form, '@') AND instr(form, ?)", (text,)
    )
    return {form: EXACT if form == text else FOLDED for (form,) in rows}


def _folded(form: str) -> str:
    return form if form.startswith(NUMBER) or "@" in form else fold(form)


def _stem_rows(forms: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for form in forms:
        if form.isalpha():
            for number, stem in enumerate(stems(form)):
                if not stem.startswith("="):
                    # A compound is told by its plainest stem only.
                    yield stem, form, stem[::-1] if number == 0 else ""


def _note(found: Forms, quality: int, rows: Iterable[tuple[str]]) -> None:
    for (form,) in rows:
        found[form] = max(found.get(form, 0), quality)
