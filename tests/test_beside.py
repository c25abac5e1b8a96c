"""A second process reads half of many files; without it, or when it ends early, nothing lacks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crm_md import beside, noticing, store
from crm_md.config import default_config
from crm_md.index.catalogue import Row, Unchanged
from crm_md.row_reading import read_row
from tests.books import Book
from tests.healing import contents

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "processors", lambda: 2)


class Folder:
    """A folder of customers, read with help; remembers what was read here."""

    def __init__(self, root: Path, count: int = 40) -> None:
        self.root = root
        self.read_here: list[str] = []
        (root / "customers").mkdir(parents=True)
        for number in range(count):
            self.write(f"{number:03}", f"---\nname: Haus {number}\n---\n# Haus\n".encode())

    def write(self, slug: str, data: bytes) -> None:
        (self.root / f"customers/{slug}.md").write_bytes(data)

    def rows(self, *more: str) -> Iterator[Row | Unchanged | None]:
        wanted = beside.Wanted(self.root, default_config(), "", TODAY)
        paths = [*sorted(dict(store.walk(self.root))), *more]
        return beside.rows_of_new(wanted, paths, self.read)

    def read(self, path: str) -> Row | Unchanged | None:
        self.read_here.append(path)
        stamp = store.stamp_of(self.root, path)
        return stamp and read_row(self.root, path, default_config(), TODAY, stamp, 0)


def told(row: Row | Unchanged | None) -> object:
    """Return all that a row says, but for when it was read."""
    assert isinstance(row, Row)
    return row.path, row.stamp[:3], row.digest, row.columns, row.record, row.names, row.entries


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "store")


def test_both_read_a_part_and_together_say_what_one_alone_says(folder: Folder) -> None:
    together = [*map(told, folder.rows())]
    assert 10 < len(folder.read_here) < 30
    alone = [told(folder.read(f"customers/{number:03}.md")) for number in range(40)]
    assert together == alone


def test_a_file_that_cannot_be_read_is_told_by_either(folder: Folder) -> None:
    for number in range(40):
        folder.write(f"{number:03}", b"\x00" * 10)
    assert all(isinstance(row, Row) and row.record is None for row in folder.rows())
    assert len(folder.read_here) < 30


def test_a_store_made_anew_with_help_says_the_same(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.write("customers/kaputt.md", "---\nname: Müller: Söhne\nname: zwei\n")
    with book.open() as crm:
        alone = contents(crm.catalogue)
    monkeypatch.setattr(noticing, "WORTH_HELP", 2)
    with book.open() as crm:
        sight = noticing.Sight(crm.root, None, None, "", crm.config, crm.settings_text, crm.today)
        helped = noticing.healed_catalogue(sight).catalogue
        assert contents(helped) == alone
        helped.close()


@pytest.mark.parametrize("program", ["/nowhere/python", "", "/bin/false", "/bin/echo"])
def test_a_helper_that_cannot_help_is_done_without(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    assert len([*map(told, folder.rows())]) == len(folder.read_here) == 40


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are started from now on."""
    processes: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            processes.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return processes


def test_a_helper_that_is_killed_is_done_without(
    tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    folder = Folder(tmp_path / "store", 400)
    rows = folder.rows()
    first = [next(rows) for _ in range(20)]
    started[0].kill()
    assert len([*map(told, (*first, *rows))]) == 400
    assert 400 > len(folder.read_here) > 178


def test_the_helper_ends_when_nobody_wants_more(
    folder: Folder, started: list[subprocess.Popen[bytes]]
) -> None:
    rows = folder.rows()
    for _ in range(10):
        next(rows)
    assert started[0].returncode is None
    rows.close()  # type: ignore[attr-defined]  # a generator
    assert started[0].returncode is not None


def test_a_file_that_is_gone_is_no_row(folder: Folder) -> None:
    gone = [f"customers/gone-{number}.md" for number in range(9)]
    assert [*folder.rows(*gone)][-9:] == [None] * 9


def test_one_processor_reads_alone(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "processors", lambda: 1)
    assert len([*folder.rows()]) == len(folder.read_here) == 40
