"""Which files differ from the last commit is told by their bytes alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.history import History
from crm_md.history.blobs import id_of, unlike_head
from tests.repositories import git, repository, saved, write


@pytest.fixture(params=["sha1", "sha256"])
def book(tmp_path: Path, request: pytest.FixtureRequest) -> History:
    """A repository with two files, in both formats of ids."""
    made = repository(tmp_path / "book", f"--object-format={request.param}")
    saved(made, "customers/petersen.md", "Hallo\n")
    saved(made, "customers/größe 1.md", "ä\n")
    return made


def test_what_stands_as_committed_is_not_named(book: History) -> None:
    texts = {"customers/petersen.md": b"Hallo\n", "customers/größe 1.md": "ä\n".encode()}
    assert unlike_head(book, texts) == frozenset()


def test_other_bytes_a_missing_file_and_a_new_one_are_named(book: History) -> None:
    texts = {"customers/petersen.md": b"Hallo\r\n", "customers/größe 1.md": None, "neu.md": b""}
    assert unlike_head(book, texts) == set(texts)


def test_a_file_that_never_was_is_not_missed(book: History) -> None:
    assert unlike_head(book, {"neu.md": None}) == frozenset()


def test_before_the_first_commit_every_file_is_new(tmp_path: Path) -> None:
    book = repository(tmp_path)
    assert unlike_head(book, {"a.md": b"x", "b.md": None}) == {"a.md"}


def test_signs_that_git_would_read_as_patterns_are_names(book: History) -> None:
    saved(book, "customers/*.md", "alle\n")
    assert unlike_head(book, {"customers/*.md": b"alle\n"}) == frozenset()


@settings(max_examples=20, deadline=None)
@given(data=st.binary(max_size=200))
def test_ids_are_those_that_git_gives(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("book")
    book = repository(folder)
    path = folder / write(book, "a.md")
    path.write_bytes(data)
    assert git(folder, "hash-object", "--no-filters", str(path)).strip() == id_of(data)
