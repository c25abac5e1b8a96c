"""Make of the best places what is shown of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from datetime import date, time

from crm_md.frozen import dataclass
from crm_md.index.passing import Ranked
from crm_md.index.rows import OWN, SEPARATOR
from crm_md.index.snippets import Piece, snippet_of_entry, snippet_of_own_text
from crm_md.index.unit_texts import UnitTexts


@dataclass(frozen=True, slots=True)
class Hit:
    """A dated entry that was found, or a customer's own text.

    Attributes:
        date: of the entry; None for the customer's own text.
        line: of the file, from 1, where the first word was found.
        snippet: pieces of text in order, those found marked.
        score: how well it answers; only to be compared within one search.
    """

    slug: str
    name: str
    path: str
    date: date | None
    time: time | None
    kind: str
    author: str
    people: tuple[str, ...]
    mood: str
    line: int
    snippet: tuple[Piece, ...]
    score: float

    @property
    def text(self) -> str:
        """The snippet without marks."""
        return "".join(piece.text for piece in self.snippet)


def hits_at(
    database: sqlite3.Connection,
    places: Iterable[Ranked],
    texts: UnitTexts,
    forms: Collection[str],
) -> tuple[Hit, ...]:
    """Return what is shown of these places.

    Args:
        forms: the words found, in every form, to be marked.
    """
    return tuple(_hit(database, place, texts, forms) for place in places)


def _hit(
    database: sqlite3.Connection, place: Ranked, texts: UnitTexts, forms: Collection[str]
) -> Hit:
    slug, name, path = database.execute(
        "SELECT slug, name, path FROM files WHERE id = ?", (place.file,)
    ).fetchone()
    told = database.execute(
        "SELECT kind, author, mood, people FROM entries WHERE file = ? AND unit = ?",
        (place.file, place.unit),
    ).fetchone()
    kind, author, mood, people = told or ("", "", "", "")
    lines = texts.lines(place.file, place.unit)
    show = snippet_of_own_text if place.unit == OWN else snippet_of_entry
    shown = show(lines or [(1, "")], forms)
    return Hit(
        slug=slug,
        name=name,
        path=path,
        date=date.fromordinal(place.day) if place.day else None,
        time=time(*divmod(place.minute, 60)) if place.minute >= 0 else None,
        kind=kind,
        author=author,
        people=tuple(people.split(SEPARATOR)) if people else (),
        mood=mood,
        line=shown.line,
        snippet=shown.pieces,
        score=place.score,
    )
