"""Compare a catalogue that was healed step by step with one that was just made of the files."""

from __future__ import annotations

from typing import Any

from crm_md.crm import Crm
from crm_md.index.catalogue import Catalogue
from crm_md.index.records import decode
from crm_md.index.rows import COLUMNS
from crm_md.noticing import Sight, healed_catalogue
from crm_md.questions.searching import search
from tests.books import NOW, Book

CHILDREN = ("names", "numbers", "mails", "links", "entries", "sections", "promises")
COMPARED = [name for name in COLUMNS if name not in ("wakes", "judged")]  # those hold for a day


def anew(crm: Crm) -> Catalogue:
    """Return what the files say, in memory, whatever was remembered of them."""
    sight = Sight(crm.root, None, None, "", crm.config, crm.settings_text, crm.today)
    return healed_catalogue(sight).catalogue


def contents(catalogue: Catalogue) -> dict[str, Any]:
    """Return all that a catalogue says about customers, apart from stamps and its own numbers."""
    read = catalogue.database.execute
    paths: dict[int, str] = dict(read("SELECT id, path FROM files"))
    told: dict[str, Any] = {
        path: row for path, *row in read(f"SELECT path, digest, {', '.join(COMPARED)} FROM files")
    }
    records = read("SELECT * FROM records").fetchall()
    told["records"] = {paths[file]: decode(record) for file, record in records}
    for table in CHILDREN:
        rows = read(f"SELECT * FROM {table}").fetchall()
        told[table] = sorted(((paths[file], *row) for file, *row in rows), key=repr)
    return told


def seen(book: Book) -> list[str]:
    """Run what every command runs first, hold it against the files, and return the names."""
    with book.open() as crm:
        fresh = anew(crm)
        assert contents(crm.catalogue) == contents(fresh)
        assert crm.catalogue.unreadable() == fresh.unreadable()
        fresh.close()
        return [row.name for row in crm.catalogue.rows()]


def found(crm: Crm, words: str) -> list[tuple[str, int, str]]:
    """Return path, line and snippet of what a search finds, in no order."""
    hits = search(crm, words, limit=None).hits
    return sorted((hit.path, hit.line, hit.text) for hit in hits)


def searches_agree(book: Book, words: list[str]) -> None:
    """Hold what searches find against what they find in a full text just made."""
    with book.open() as crm, book.open() as other:
        other._catalogue = anew(other)
        for word in words:
            assert found(crm, word) == found(other, word), word


__all__ = ["NOW", "anew", "contents", "found", "searches_agree", "seen"]
