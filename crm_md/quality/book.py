"""What checks look at: the store as a whole, and one customer file of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from crm_md import store
from crm_md.config import Config
from crm_md.crm import Crm
from crm_md.document import Document, Target, node_at
from crm_md.errors import CrmError
from crm_md.frozen import dataclass
from crm_md.likeness import fold_light
from crm_md.model import Customer
from crm_md.quality.misreading import scalars

MANY = 500  # files; fewer are read before anybody wonders


class Book:
    """An open store as its checks see it; what several of them ask is found out once.

    Attributes:
        crm: the store.
        only: the one file that is asked for, "" for all.
        unreadable: the files that could not be read so far, and why.
    """

    def __init__(self, crm: Crm, only: str = "") -> None:
        self.crm = crm
        self.only = only
        self.unreadable: list[tuple[str, CrmError]] = []
        self._meant: dict[str, str | None] = {}

    @property
    def config(self) -> Config:
        """The store's settings."""
        return self.crm.config

    @property
    def today(self) -> date:
        """The day of the look."""
        return self.crm.today

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Every customer file, in order."""
        return tuple(sorted(path for path, _stamp in store.walk(self.crm.root)))

    def pages(self) -> Iterator[Page]:
        """Yield every customer file that can be read; the others are noted with the reason."""
        paths = (self.only,) if self.only else self.paths
        progress = self.crm.progress if len(paths) > MANY else None
        for done, path in enumerate(paths):
            if progress and done % 50 == 0:
                progress(done, len(paths))
            try:
                document = self.crm.read(path)
            except CrmError as problem:
                self.unreadable.append((path, problem))
                continue
            yield Page(self, document, document.customer)

    def customer_meant(self, link: str) -> str | None:
        """Return the slug of the customer that a link names, by slug or alias, or None."""
        if link not in self._meant:
            self._meant[link] = self.crm.catalogue.slug_of(link)
        return self._meant[link]

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every file of the store but hidden ones, customers or not, in order."""
        found: list[str] = []
        for folder, folders, names in os.walk(self.crm.root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            inner = os.path.relpath(folder, self.crm.root).replace(os.sep, "/")
            prefix = "" if inner == "." else f"{inner}/"
            found += [prefix + name for name in names if not name.startswith(".")]
        return tuple(sorted(found))

    @cached_property
    def notes(self) -> frozenset[str]:
        """The names of all those files, with and without their endings, blind to case."""
        names = [path.rpartition("/")[2] for path in self.files]
        return frozenset(
            fold_light(name) for full in names for name in (full, full.rpartition(".")[0])
        )


@dataclass(frozen=True, slots=True)
class Page:
    """One customer file as its checks see it."""

    book: Book
    document: Document
    customer: Customer

    @property
    def config(self) -> Config:
        """The store's settings."""
        return self.book.config

    @property
    def today(self) -> date:
        """The day of the look."""
        return self.book.today

    def line_of(self, *target: str | int) -> int:
        """Return the line of a fact of the head, of what holds it, or 1.

        Args:
            target: English names and places in lists: ``"contacts", 0, "phone"``.
        """
        place: Target = target
        while place:
            node = node_at(self.document, place)
            if node is not None:
                return node.line
            place = place[:-1]
        return 1

    def line_of_value(self, text: str) -> int:
        """Return the first line of the head where this very value stands, or 1."""
        for scalar in scalars(self.document.head.root):
            if scalar.text.strip() == text:
                return scalar.line
        return 1

    def line_at(self, offset: int) -> int:
        """Return the line of a character of the file's text."""
        return self.document.text.count("\n", 0, offset) + 1
