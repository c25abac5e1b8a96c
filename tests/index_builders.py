"""Customers, summaries and catalogues for tests of the index, in one line each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from crm_md.config import Config, default_config
from crm_md.document import Document, summarise
from crm_md.index.catalogue import Catalogue, Row, row_of
from crm_md.index.query import parse_query
from crm_md.index.search import Result, search
from crm_md.likeness import slugify
from crm_md.model import Contact, Customer, Entry, Summary, Touch

STAMP = "5eb63bbbe01eeed093cb22bb8f5acdc3"
TODAY = date(2026, 11, 21)


class Stamp(NamedTuple):
    size: int = 100
    mtime_ns: int = 1_000
    ctime_ns: int = 1_000


def person(name: str, phone: str = "", email: str = "") -> Contact:
    return Contact(name, phones=(phone,) if phone else (), emails=(email,) if email else ())


def customer(
    name: str, *people: Contact, slug: str = "", path: str = "", **fields: Any
) -> Customer:
    slug = slug or slugify(name)
    return Customer(slug, path or f"customers/{slug}.md", name, contacts=people, **fields)


def call(day: str, gist: str = "", line: int = 1, **fields: Any) -> Entry:
    when = date.fromisoformat(day)
    settings = {"kind": "call", "touch": "talk", "direction": "with", **fields}
    return Entry(date=when, gist=gist, line=line, **settings)


def touch_of(entry: Entry) -> Touch:
    return Touch(
        date=entry.date,
        time=entry.time,
        kind=entry.kind,
        touch=entry.touch,
        direction=entry.direction,
        people=entry.people,
        author=entry.author,
        mood=entry.mood,
        gist=entry.gist,
        attempt=entry.attempt,
        line=entry.line,
    )


def summary_of(known: Customer, **fields: Any) -> Summary:
    touches = tuple(map(touch_of, known.entries))
    told: dict[str, Any] = {
        "slug": known.slug,
        "path": known.path,
        "name": known.name,
        "status": known.status,
        "segment": known.segment,
        "owner": known.owner,
        "tags": known.tags,
        "zip": known.address.zip,
        "city": known.address.city,
        "next": known.next,
        "entries": touches[:10],
        "last_touch": next((touch for touch in touches if touch.touch != "none"), None),
        "last_mood": next((touch for touch in touches if touch.mood), None),
    }
    return Summary(**{**told, **fields})


def row(
    known: Customer,
    *,
    wakes: date | None = None,
    read_ns: int = 9,
    judged: date = date.min,
    **fields: Any,
) -> Row:
    return row_of(known, summary_of(known, **fields), wakes, Stamp(), read_ns, judged=judged)


def catalogue(*known: Customer, folder: Path | None = None) -> Catalogue:
    made = Catalogue.open(folder, STAMP, "settings")
    made.update(map(row, known))
    return made


def markdown(name: str, *entries: str, head: str = "", text: str = "") -> str:
    """Return a customer file: entries are what stands behind ``### ``, the newest first."""
    history = "\n\n".join(f"### {entry}" for entry in entries)
    return f"---\nname: {name}\n{head}---\n\n# {name}\n\n{text}\n\n## Verlauf\n\n{history}\n"


class Book:
    """Customers given as files' texts, to search in."""

    def __init__(self, *texts: str, folder: Path | None = None, config: Config | None = None):
        self.config = config or default_config()
        self.texts: dict[str, str] = {}
        self.catalogue = Catalogue.open(folder, STAMP, "settings")
        self.put(*texts)

    def put(self, *texts: str) -> None:
        """Write files, named after their customers, and heal the catalogue."""
        rows = []
        for text in texts:
            name = text.split("\n")[1].removeprefix("name: ")
            path = f"customers/{slugify(name)}.md"
            self.texts[path] = text
            rows.append(self.row(path))
        self.catalogue.update(rows)

    def remove(self, name: str) -> None:
        path = f"customers/{slugify(name)}.md"
        if self.texts.pop(path, None) is not None:
            self.catalogue.update([], [path])

    def row(self, path: str) -> Row:
        known = Document.read(self.texts[path].encode(), path, self.config).customer
        return row_of(known, summarise(known, self.config), None, Stamp(), 9)

    def search(self, typed: str, **wishes: Any) -> Result:
        query = parse_query(typed, self.config, TODAY, lambda: "anna")
        return search(self.catalogue, query, self.texts.get, **wishes)

    def found(self, typed: str, **wishes: Any) -> list[str]:
        """Return the hits as ``Name 2026-01-31``, or ``Name`` for the customer's own text."""
        hits = self.search(typed, **wishes).hits
        return [f"{hit.name} {hit.date}" if hit.date else hit.name for hit in hits]
