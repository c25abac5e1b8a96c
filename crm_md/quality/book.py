"""What checks look at: the store as a whole, and one customer file of it."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

from crm_md import store
from crm_md.config import Config
from crm_md.crm import Crm, Progress
from crm_md.document import Document, Target, node_at
from crm_md.errors import CrmError
from crm_md.frozen import dataclass
from crm_md.likeness import fold_light
from crm_md.model import Customer
from crm_md.quality.misreading import scalars

MANY = 500  # files; fewer are read before anybody wonders


class Book(ABC):
    """A store as its checks see it; what several of them ask is found out once.

    Attributes:
        only: the one file that is asked for, "" for all.
        today: the day of the look.
        unreadable: the files that could not be read so far, and why.
        progress: called with (done, all) while files are read.
    """

    def __init__(self, today: date, only: str = "") -> None:
        self.today = today
        self.only = only
        self.unreadable: list[tuple[str, CrmError]] = []
        self.progress: Progress | None = None
        self._meant: dict[str, str | None] = {}

    @property
    @abstractmethod
    def config(self) -> Config:
        """The store's settings; the defaults where they are malformed."""

    @property
    @abstractmethod
    def settings_text(self) -> str:
        """The text of ``crm.toml``; "" where it is malformed."""

    @property
    @abstractmethod
    def settings_problem(self) -> CrmError | None:
        """Why it is malformed, None if all is well."""

    @property
    @abstractmethod
    def paths(self) -> tuple[str, ...]:
        """Every customer file, in order."""

    @property
    @abstractmethod
    def files(self) -> tuple[str, ...]:
        """Every file of the store but hidden ones, customers or not, in order."""

    @abstractmethod
    def read(self, path: str) -> Document:
        """Read one customer file.

        Raises:
            CrmError: it cannot be read.
        """

    @abstractmethod
    def oddities(self) -> Iterator[tuple[str, store.Oddity]]:
        """Yield what stands among the customers and is no file of theirs, by path."""

    @abstractmethod
    def twins(self) -> Iterable[Sequence[str]]:
        """Return the paths of each name that several customer files have."""

    @abstractmethod
    def slugs(self) -> Sequence[str]:
        """Return the names of all customer files, without ``.md``."""

    @abstractmethod
    def slug_of(self, link: str) -> str | None:
        """Return the slug of the customer that a link names, by slug, name or alias, or None."""

    def pages(self) -> Iterator[Page]:
        """Yield every customer file that can be read; the others are noted with the reason."""
        paths = (self.only,) if self.only else self.paths
        progress = self.progress if len(paths) > MANY else None
        for done, path in enumerate(paths):
            if progress and done % 50 == 0:
                progress(done, len(paths))
            try:
                document = self.read(path)
            except CrmError as problem:
                self.unreadable.append((path, problem))
                continue
            yield Page(self, document, document.customer)

    def customer_meant(self, link: str) -> str | None:
        """Return the slug of the customer that a link names, asked once for each link."""
        if link not in self._meant:
            self._meant[link] = self.slug_of(link)
        return self._meant[link]

    @cached_property
    def notes(self) -> frozenset[str]:
        """The names of all files, with and without their endings, blind to case."""
        names = [path.rpartition("/")[2] for path in self.files]
        return frozenset(
            fold_light(name) for full in names for name in (full, full.rpartition(".")[0])
        )


class OpenBook(Book):
    """The files of an open store.

    Attributes:
        crm: the store.
    """

    def __init__(self, crm: Crm, only: str = "") -> None:
        super().__init__(crm.today, only)
        self.crm = crm
        self.progress = crm.progress

    @property
    def config(self) -> Config:
        """The store's settings."""
        return self.crm.config

    @property
    def settings_text(self) -> str:
        """The text of ``crm.toml``."""
        return self.crm.settings_text

    @property
    def settings_problem(self) -> CrmError | None:
        """Why it is malformed."""
        return self.crm.config_problem

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Every customer file, in order."""
        return tuple(sorted(path for path, _stamp in store.walk(self.crm.root)))

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every file of the store but hidden ones."""
        found: list[str] = []
        for folder, folders, names in os.walk(self.crm.root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            inner = os.path.relpath(folder, self.crm.root).replace(os.sep, "/")
            prefix = "" if inner == "." else f"{inner}/"
            found += [prefix + name for name in names if not name.startswith(".")]
        return tuple(sorted(found))

    def read(self, path: str) -> Document:
        """Read one customer file."""
        return self.crm.read(path)

    def oddities(self) -> Iterator[tuple[str, store.Oddity]]:
        """Yield links, folders named like files, repositories of their own, shut folders."""
        return store.oddities(self.crm.root)

    def twins(self) -> Iterable[Sequence[str]]:
        """Return the paths of each name that several customer files have."""
        return self.crm.catalogue.twins().values()

    def slugs(self) -> Sequence[str]:
        """Return the names of all customer files."""
        return list(self.crm.catalogue.slugs())

    def slug_of(self, link: str) -> str | None:
        """Return the slug of the customer that a link names."""
        return self.crm.catalogue.slug_of(link)


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
