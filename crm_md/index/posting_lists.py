"""Whoosh's side of the full text: which documents hold a word, and where in them it stands.

Nothing else in the program knows Whoosh. Importing this module imports it.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crm_md.index.whoosh_import import importing_whoosh

with importing_whoosh():
    from whoosh import columns, fields, formats
    from whoosh.codec import default_codec, whoosh3  # noqa: F401  # what an index is read with
    from whoosh.filedb.filestore import FileStorage, RamStorage
    from whoosh.index import FileIndex

Document = tuple[int, Mapping[str, str]]  # its version, and the places of each word

_WORDS, _VERSION = "words", "version"
_TRIES = 3  # to open what a writer is exchanging this very moment; Whoosh itself tries ten times
_PAUSE = 0.05  # seconds between them
_LOCK_SECONDS = 1.0  # for Whoosh's own lock, which our own makes needless
_SURROGATES = "surrogatepass"  # the 27,000th entry of a file is told by one of these characters


class _Places(formats.Format):  # type: ignore[misc]  # Whoosh has no types
    """A posting's value: the characters that tell where in the document the word stands."""

    posting_size = -1


class _Words(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field whose words were found before: Whoosh's own analysis takes most of its time."""

    def __init__(self) -> None:
        super().__init__(_Places(), None)

    def index(
        self, value: Mapping[str, str], **_unused: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield the term, frequency, weight and value of each word."""
        for word, places in value.items():
            yield word.encode(), 1, 1.0, places.encode("utf-8", _SURROGATES)


class _Pool:
    """The postings of a new segment, in order of words: a fifth of the time of Whoosh's own.

    That one keeps a tuple per posting and sorts them all; here each word has its documents.
    """

    def __init__(self) -> None:
        self._lists: dict[tuple[str, bytes], tuple[array[int], list[bytes]]] = {}
        self._values: dict[bytes, bytes] = {}  # equal values are one object, once in Whoosh's file

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        """Take in one posting; those of a word come in order of documents."""
        field, word, document, _weight, value = posting
        documents, values = self._lists.setdefault((field, word), (array("I"), []))
        documents.append(document)
        values.append(self._values.setdefault(value, value))

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """Yield all postings in Whoosh's order."""
        for (field, word), (documents, values) in sorted(self._lists.items()):
            for document, value in zip(documents, values, strict=True):
                yield field, word, document, 1.0, value

    def cleanup(self) -> None:
        """Let go of everything."""
        self._lists.clear()


def _schema() -> Any:
    return fields.Schema(**{_WORDS: _Words(), _VERSION: fields.COLUMN(columns.NumericColumn("i"))})


class _Memory(RamStorage):  # type: ignore[misc]  # Whoosh has no types
    """An index in memory whose writers keep what is temporary in memory, too.

    Whoosh's own writes into one folder that all processes of the machine share, and remove.
    """

    def temp_storage(self, name: str | None = None) -> RamStorage:
        return RamStorage()


def storage_in(folder: Path | None) -> Any:
    """Return where an index lies: a folder, or memory."""
    return _Memory() if folder is None else FileStorage(str(folder))


def create(storage: Any) -> None:
    """Make an empty index."""
    FileIndex.create(storage, _schema())


class Unreadable(Exception):
    """Whoosh cannot make sense of its files."""


class Moved(Exception):
    """The index knows a file that is newer than what is known otherwise: look again."""


class PostingLists:
    """An index as it was when it was opened; a writer does not disturb it.

    Args:
        storage: where it lies.
        newest: the newest version of any file.

    Raises:
        Unreadable: the index is broken.
    """

    def __init__(self, storage: Any, newest: int) -> None:
        self._newest = newest
        with _any_failure():
            self._reader = _open(storage)
            leaves = [leaf for leaf, _base in self._reader.leaf_readers() if leaf.doc_count_all()]
            self._leaves = [
                (leaf, leaf.column_reader(_VERSION, translate=False)) for leaf in leaves
            ]

    def documents_with(self, word: str) -> Iterator[tuple[int, str]]:
        """Yield the version of each document that holds this word, and the word's places there.

        Outdated documents may be among them.

        Raises:
            Moved: one is newer than the newest version.
            Unreadable: the index is broken.
        """
        term = word.encode()
        for leaf, versions in self._leaves:
            with _any_failure():
                found = list(_postings(leaf, versions, term))
            for version, places in found:
                if version > self._newest:
                    raise Moved
                yield version, places

    def versions(self) -> list[int]:
        """Return the version of every document, in Whoosh's order."""
        with _any_failure():
            return [version for _leaf, versions in self._leaves for version in versions]

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()


def write(storage: Any, documents: Iterable[Document], is_present: Callable[[int], bool]) -> None:
    """Add documents, and remove those that are outdated.

    Args:
        storage: of an index, whose lock the caller holds.
        documents: the new ones.
        is_present: tells whether a version is still that of some file.

    Raises:
        Unreadable: the index is broken, or cannot be written.
    """

    known = PostingLists(storage, newest=0)
    versions = known.versions()
    known.close()
    codec = default_codec()
    codec.length_stats = False  # nobody asks for lengths of fields, which cost as much as postings
    with _any_failure():
        writer = FileIndex(storage, _schema()).writer(
            codec=codec, compound=False, procs=1, limitmb=128, timeout=_LOCK_SECONDS
        )
    try:
        writer.pool = _Pool()
        for number, version in enumerate(versions):
            if not is_present(version):
                writer.delete_document(number)
        for version, words in documents:
            with _any_failure():
                writer.add_document(**{_VERSION: version, _WORDS: words})
    except BaseException:
        writer.cancel()
        raise
    with _any_failure():
        writer.commit()


def _postings(leaf: Any, versions: Any, term: bytes) -> Iterator[tuple[int, str]]:
    if (_WORDS, term) not in leaf:
        return
    matcher = leaf.postings(_WORDS, term)
    while matcher.is_active():
        version = versions[matcher.id()]
        if version <= 0:
            raise ValueError(f"version {version}")
        yield version, matcher.value().decode("utf-8", _SURROGATES)
        matcher.next()


@contextmanager
def _any_failure() -> Iterator[None]:
    """Take whatever Whoosh raises over broken files (KeyError, struct.error, …) for what it is."""
    try:
        yield
    except Exception as problem:
        raise Unreadable(f"{type(problem).__name__}: {problem}") from problem


def _open(storage: Any) -> Any:
    """Open an index, once more if a writer removes its files at this very moment."""
    tries_left = _TRIES
    while True:
        tries_left -= 1
        try:
            return FileIndex(storage, _schema()).reader()
        except FileNotFoundError:
            if not tries_left:
                raise
            time.sleep(_PAUSE)
