"""The full text: one Whoosh document per customer, kept up with the catalogue.

A document for each of 100,000 entries took 48 s to build; one for each customer, with the places
of a word as its posting's value, takes a fifth of that and answers as exactly. A document carries
the version of the file that it knows: what is not the present version of any file does not count,
so the two databases need no common transaction, and a lost one is no harm.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

from crm_md.index import schema
from crm_md.index.lexicon import learn
from crm_md.index.units import names_of_file, parts_of_file, places_of_words

if TYPE_CHECKING:
    from crm_md.index.catalogue import Catalogue
    from crm_md.index.posting_lists import PostingLists

ReadText = Callable[[str], str | None]
Progress = Callable[[int, int], None]

_LOCK = "search.lock"
_BIRTH = "birth"  # the file that says to which catalogue the index belongs
_ANY = 1 << 62  # a version that no file reaches
_AT_ONCE = 10_000  # customers whose words are held in memory before they are written


class FullText:
    """The full text that belongs to a catalogue; in memory where that is."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._folder = catalogue.folder / schema.SEARCH if catalogue.folder else None
        self._made_in_memory = False

    def lacking(self) -> list[tuple[str, str]]:
        """Return slug and path of the customers whose text it does not know yet."""
        rows = self._database.execute(
            "SELECT slug, path FROM files WHERE in_full_text = 0 AND problem IS NULL ORDER BY path"
        )
        return list(rows)

    def lacks_more_than(self, count: int) -> bool:
        """Tell whether it does not know the texts of more customers than these."""
        lacking = self._database.execute(
            "SELECT 1 FROM files WHERE in_full_text = 0 AND problem IS NULL LIMIT ?", (count + 1,)
        )
        return len(lacking.fetchall()) > count

    def catch_up(self, read_text: ReadText, progress: Progress | None = None) -> int:
        """Take in the texts that it lacks; an index that is not ours is made anew.

        Args:
            read_text: gives the text of a path as it is now, None where it cannot be read.
            progress: called with (done, all) during long work.

        Returns:
            how many texts are still lacking, because they could not be read.

        Raises:
            IndexBusy: another process is at it and does not finish.
            Unreadable: the index is broken; distrust it, and the next catching up makes it anew.
        """
        if self._is_ours() and not self.lacks_more_than(0):
            return 0
        with self._locked():
            if not self._is_ours():
                self._make()
            total, done, last, unread = len(self.lacking()), 0, 0, 0
            while files := self._next_files(last):  # none, where another process was quicker
                unread += self._take_in(files, read_text, progress, done, total)
                done, last = done + len(files), files[-1][0]
            return unread

    def open(self, *, settled: bool = False) -> PostingLists:
        """Open the index for reading.

        Args:
            settled: take no notice of files that are newer than what the catalogue says.

        Raises:
            Unreadable: it is broken.
        """
        from crm_md.index.posting_lists import PostingLists

        return PostingLists(self._storage, _ANY if settled else self._catalogue.newest_version)

    def distrust(self) -> None:
        """Let the next catching up make the index anew."""
        self._made_in_memory = False
        self.__dict__.pop("_storage", None)  # its lock may still be held by a writer that failed
        if self._folder is not None:
            with suppress(OSError):
                (self._folder / _BIRTH).unlink(missing_ok=True)

    @property
    def _database(self) -> sqlite3.Connection:
        return self._catalogue.database

    @cached_property
    def _storage(self) -> Any:
        from crm_md.index.posting_lists import storage_in

        return storage_in(self._folder)

    def _locked(self) -> AbstractContextManager[None]:
        folder = self._catalogue.folder
        return schema.locked(folder / _LOCK) if folder else nullcontext()

    def _is_ours(self) -> bool:
        if self._folder is None:
            return self._made_in_memory
        try:
            if self._folder.is_symlink():
                return False
            return (self._folder / _BIRTH).read_text(encoding="ascii") == self._catalogue.birth
        except (OSError, UnicodeDecodeError):
            return False

    def _make(self) -> None:
        """Make an empty index that knows of no file."""
        from crm_md.index.posting_lists import create

        if self._folder is not None:
            schema.remove(self._folder)
            self._folder.mkdir(parents=True)
        create(self._storage)
        with self._catalogue.writing():
            self._database.execute("UPDATE files SET in_full_text = 0 WHERE in_full_text")
        self._made_in_memory = True
        if self._folder is not None:
            (self._folder / _BIRTH).write_text(self._catalogue.birth, encoding="ascii")

    def _next_files(self, last: int = 0) -> list[tuple[int, int, str]]:
        """Return number, version and path of the next files whose texts are lacking."""
        rows = self._database.execute(
            "SELECT id, version, path FROM files"
            " WHERE in_full_text = 0 AND problem IS NULL AND id > ?"
            f" ORDER BY id LIMIT {_AT_ONCE}",
            (last,),
        )
        return list(rows)

    def _take_in(
        self,
        files: Sequence[tuple[int, int, str]],
        read_text: ReadText,
        progress: Progress | None,
        done: int,
        total: int,
    ) -> int:
        """Add the texts of these files; return how many could not be read and stay lacking."""
        from crm_md.index.posting_lists import write

        taken: list[tuple[int]] = []

        def documents() -> Iterator[tuple[int, Mapping[str, str]]]:
            forms: set[str] = set()
            for number, (file, version, path) in enumerate(files):
                if progress:
                    progress(done + number, total)
                text = read_text(path)
                if text is None:
                    continue
                parts = parts_of_file(self._database, file)
                words = places_of_words(text, parts, names_of_file(self._database, file))
                forms.update(words)
                taken.append((version,))
                yield version, words
            with self._catalogue.writing():  # before Whoosh's commit: forms too many do no harm
                learn(self._database, forms)

        present = {
            version
            for (version,) in self._database.execute("SELECT version FROM files WHERE in_full_text")
        }
        write(self._storage, documents(), present.__contains__)
        with self._catalogue.writing():
            self._database.executemany("UPDATE files SET in_full_text = 1 WHERE version = ?", taken)
        return len(files) - len(taken)
