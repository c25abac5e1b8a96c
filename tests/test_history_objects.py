"""What Git keeps is read as it is, many at once, and no process is left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_md.errors import CrmError
from crm_md.history import History
from crm_md.history.objects import files_at, read_objects, texts_of
from crm_md.history.trees import keep_texts
from tests.repositories import git, repository, write

TEXTS = [b"%d " % number * (number % 700) for number in range(3000)]


@pytest.fixture
def book(tmp_path: Path) -> History:
    """An empty repository."""
    return repository(tmp_path)


@pytest.fixture
def kept(book: History) -> list[str]:
    """The ids of many texts of many sizes: 4 MB in all, far more than a pipe holds."""
    return keep_texts(book, TEXTS, "0" * 40)


def test_many_texts_are_read_in_the_order_asked_for(book: History, kept: list[str]) -> None:
    assert list(read_objects(book, reversed(kept))) == TEXTS[::-1]


def test_texts_are_found_by_their_ids(book: History, kept: list[str]) -> None:
    lost = "f" * 40
    found = texts_of(book, [*kept, *kept, lost])
    assert found == dict(zip(kept, TEXTS, strict=True))


def test_who_asks_while_reading_is_answered(book: History, kept: list[str]) -> None:
    def names() -> Iterator[str]:
        for number, name in enumerate(kept):
            yield name
            if number % 500 == 0:
                assert texts_of(book, [name])  # another process, while the first one works

    assert sum(1 for _ in read_objects(book, names())) == len(kept)


def test_names_far_longer_than_a_pipe_takes_are_answered(book: History) -> None:
    long = [f"HEAD:{'x' * 5000}/{number}.md" for number in range(100)]
    assert list(read_objects(book, long)) == [None] * 100


def test_a_name_of_two_lines_is_answered_in_its_place(book: History) -> None:
    write(book, "zeile\numbruch.md", "eins\n")
    write(book, "b.md", "zwei\n")
    book.commit(["zeile\numbruch.md", "b.md"], "Two")
    names = ["HEAD:b.md", "HEAD:zeile\numbruch.md", "HEAD:nie\nda.md", "HEAD:b.md"]
    assert list(read_objects(book, names)) == [b"zwei\n", b"eins\n", None, b"zwei\n"]


def test_what_is_of_another_kind_is_none(book: History) -> None:
    write(book, "customers/b.md", "zwei\n")
    book.commit(["customers/b.md"], "One")
    names = ["HEAD:customers", "HEAD", "HEAD:customers/b.md 12 missing", "HEAD:customers/b.md"]
    assert list(read_objects(book, names)) == [None, None, None, b"zwei\n"]
    tree, *_none = read_objects(book, names, "tree")
    assert tree is not None
    assert tree.startswith(b"100644 b.md\0")


def test_nothing_is_asked_for_nothing(tmp_path: Path) -> None:
    book = repository(tmp_path)
    book.git_dir.rename(tmp_path / "gone")  # any process would fail
    assert list(read_objects(book, [])) == []
    assert texts_of(book, []) == {}


def test_a_repository_that_is_gone_is_an_error(book: History, kept: list[str]) -> None:
    (book.git_dir / "HEAD").unlink()
    with pytest.raises(CrmError):
        list(read_objects(book, kept))


def test_a_damaged_text_is_an_error(book: History) -> None:
    write(book, "b.md", "zwei\n" * 100)
    book.commit(["b.md"], "One")
    name = git(book.top, "rev-parse", "HEAD:b.md").strip()
    file = book.git_dir / "objects" / name[:2] / name[2:]
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:20])
    with pytest.raises(CrmError):
        list(read_objects(book, [name]))


def test_the_files_of_a_folder_alone_are_named(book: History) -> None:
    for path in ("firm/a.md", "firm-b/c.md", "d.md"):
        write(book, path, path)
    book.commit(["firm/a.md", "firm-b/c.md", "d.md"], "Three")
    assert list(files_at(book, "HEAD", "firm/")) == ["firm/a.md"]
    assert sorted(files_at(book, "HEAD")) == ["d.md", "firm-b/c.md", "firm/a.md"]
