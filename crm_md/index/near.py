"""Which words that do occur may have been meant by words that do not."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from crm_md.index.posting_lists import PostingLists
from crm_md.index.query import Term
from crm_md.index.tokens import NUMBER
from crm_md.likeness import fold, near_names

_SHOWN = 5
_SHORTEST = 3  # letters of a word that others are near to


def near_words(
    database: sqlite3.Connection, lists: PostingLists, terms: Sequence[Term]
) -> tuple[str, ...]:
    """Return words of the full text near those that were asked for, the nearest first.

    Words that contain what was asked, and words spelled nearly so: ``verzug`` offers
    Lieferverzug, ``Lieferug`` offers Lieferung.
    """
    near: dict[str, None] = {}
    for term in terms:
        if term.excluded or term.whole:
            continue
        for word in term.ways[0]:
            if len(word) >= _SHORTEST:
                near |= dict.fromkeys(_near(database, lists, word))
    return tuple(near)[:_SHOWN]


def _near(database: sqlite3.Connection, lists: PostingLists, word: str) -> list[str]:
    asked = fold(word)
    rows = database.execute(
        "SELECT form FROM forms WHERE substr(form, 1, 1) <> ? AND form <> ? AND (instr(folded, ?)"
        " OR abs(length(folded) - ?) <= 2 AND substr(folded, 1, 1) IN (?, ?))",
        (NUMBER, word, asked, len(asked), asked[:1], asked[1:2]),
    )
    nearest = near_names(asked, ((form, form) for (form,) in rows), limit=2 * _SHOWN)
    return [form for form in nearest if _occurs(database, lists, form)][:_SHOWN]


def _occurs(database: sqlite3.Connection, lists: PostingLists, form: str) -> bool:
    """Tell whether some present text has this form."""
    return any(
        database.execute("SELECT 1 FROM files WHERE version = ?", (version,)).fetchone()
        for version, _places in lists.documents_with(form)
    )
