"""A clone whose history lost pieces says so, where to get another, and what is only in it."""

from __future__ import annotations

import subprocess

import pytest

from tests.books import Book
from tests.clones import HOTEL, PETERSEN, Team


@pytest.fixture
def anna(firm: Team) -> Book:
    """Anna's clone, all of whose objects are files of their own."""
    anna = firm.clone("anna")
    anna("log", "petersen", "call")
    assert anna("sync").code == 0
    return anna


def break_object(book: Book, name: str, *, gone: bool) -> None:
    """Take an object away, or leave an empty file in its place, as after a power cut."""
    number = book.git("rev-parse", name).strip()
    file = book.root / ".git/objects" / number[:2] / number[2:]
    file.unlink()
    if not gone:
        file.touch()


def unpacked(book: Book) -> None:
    """Keep every object as a file of its own."""
    for pack in (book.root / ".git/objects/pack").glob("*.pack"):
        aside = book.root.parent / pack.name
        pack.rename(aside)
        pack.with_suffix(".idx").unlink()
        with aside.open("rb") as data:
            subprocess.run(["git", "unpack-objects", "-q"], cwd=book.root, stdin=data, check=True)


@pytest.mark.parametrize("what", ["HEAD^{tree}", "HEAD"])
@pytest.mark.parametrize("gone", [True, False])
def test_broken_objects_are_called_a_damaged_clone(
    firm: Team, anna: Book, what: str, gone: bool
) -> None:
    unpacked(anna)
    break_object(anna, what, gone=gone)
    told = anna("sync")
    assert told.code == 50, told.both
    assert "This clone is damaged" in told.err
    assert f"crm clone {firm.hub.as_uri()} DIR" in told.err
    assert "No file here is newer than the last sync." in told.err
    assert "git status" not in told.err


def test_what_waits_in_it_is_named(anna: Book) -> None:
    unpacked(anna)
    anna.write(PETERSEN, anna.read(PETERSEN) + "\nnot shared\n")
    break_object(anna, "HEAD^{tree}", gone=True)
    told = anna("sync", language="de")
    assert "Dieser Klon ist beschädigt" in told.err
    assert f"Noch nicht geteilt, dorthin kopieren: {PETERSEN}" in told.err
    assert HOTEL not in told.err


def test_where_and_lists_say_it_too_and_go_on(anna: Book) -> None:
    unpacked(anna)
    break_object(anna, "HEAD^{tree}", gone=False)
    assert "This clone is damaged" in anna("where").out
    told = anna("list")
    assert told.code == 0
    assert "Petersen" in told.out
    assert "This clone is damaged" in told.err
