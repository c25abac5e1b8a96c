"""A write that the system refuses in the middle: said in a line, nothing lost, and made good."""

from __future__ import annotations

import json
import os
import resource
from pathlib import Path

import pytest

from crm_md.errors import DiskFull
from tests.books import Answer, Book
from tests.clones import PETERSEN, is_clean, tree
from tests.test_sync_faults import as_if_undisturbed, copied, prepared, told


def with_room_for(size: int, book: Book, *command: str) -> Answer:
    """Run a command in a process that can write no file beyond this many bytes, nor can its Git.

    Git is killed by the system where it tries (setrlimit(2)), Python is told; so this stands for
    a full disk, and for a process of Git's that the system ends for want of memory.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        answer = book(*command)
        os.write(writing, json.dumps((answer.code, answer.out, answer.err)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        printed = pipe.read()
    assert os.waitpid(child, 0)[1] == 0, "it ended with a traceback"
    return Answer(*json.loads(printed))


def test_a_sync_that_finds_no_room_is_made_good_by_the_next_one(tmp_path: Path) -> None:
    firm = prepared(tmp_path / "firm")
    quiet = copied(firm, tmp_path / "quiet")
    anna = Book(quiet.folder / "anna")
    assert anna("sync").code == 0
    wanted = tree(anna), told(anna)
    failed = 0
    for size in (0, 30, 150, 400, 700, 850, 950, 40_000):
        copy = copied(firm, tmp_path / f"room-{size}")
        answer = with_room_for(size, Book(copy.folder / "anna"), "sync")
        failed += answer.code != 0
        assert answer.err.count("\n") < 5, answer.err
        as_if_undisturbed(copy, wanted, size)
    assert failed >= 6


@pytest.mark.parametrize(
    "command", [("log", "petersen", "call: no room"), ("new", "Café Möwe"), ("done", "ersatz")]
)
@pytest.mark.parametrize("size", [0, 30, 150, 400])
def test_what_was_refused_for_want_of_room_waits_or_was_not_done(
    command: tuple[str, ...], size: int, book: Book
) -> None:
    before = tree(book)
    answer = with_room_for(size, book, *command)
    assert answer.code != 0
    assert "\n  → " in answer.err
    assert tree(book) == before
    waits = "is not saved yet" in answer.err
    assert is_clean(book) != waits
    assert book(*(("save",) if waits else command)).code == 0
    assert is_clean(book)
    assert len(book.subjects()) == 2


def test_what_is_saved_is_no_failure_where_the_catalogue_has_no_room(book: Book) -> None:
    assert book("list").code == 0
    tasks = "".join(f"- [ ] Aufgabe {number}\n" for number in range(2_000))
    with book.open() as crm:
        database = crm.catalogue.database
        (pages,) = database.execute("PRAGMA page_count").fetchone()
        database.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskFull), crm.catalogue.writing():
            database.execute("CREATE TABLE large AS SELECT zeroblob(1000000)")
        with crm.change("note") as change:
            change.put_bytes(PETERSEN, (change.read_bytes(PETERSEN) or b"") + tasks.encode())
            change.message = "Petersen: many tasks"
    assert len(book.subjects()) == 2
    assert "Aufgabe 1999" in book("todo", "--all").out
