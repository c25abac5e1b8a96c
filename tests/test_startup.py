"""What a command does not need it does not load (names of modules: times are no test)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crm_md import noticing
from tests.books import Book, make_book

EXPENSIVE = {
    *("asyncio", "dateutil", "email", "frontmatter", "git", "http", "importlib.metadata"),
    *("jinja2", "multiprocessing", "phonenumbers", "rapidfuzz", "rich", "tomlkit", "vobject"),
    *("unittest", "urllib.request", "whoosh", "yaml"),
}
READS_FILES = {"crm_md.document.reading", "crm_md.document.head"}
WRITES = {"crm_md.changing", "crm_md.history.commits", "filelock", "logging"}
TYPED_DATES = {"crm_md.dates.grammar", "crm_md.dates.parsing"}
OPENS_A_STORE = {"crm_md.crm", "sqlite3", "subprocess", "tomllib"}

_RUN = """
import json, sys
from crm_md.cli import run
code = run(sys.argv[1:])
sys.stdout.flush()
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def loaded_by(book: Book, *words: str) -> set[str]:
    """Return the modules that a command has loaded at its end, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", _RUN, *words],
        cwd=book.root,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "LANGUAGE": "de"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    code, modules = json.loads(ran.stderr.strip().split("\n")[-1])
    assert code in (0, 1), ran.stderr
    return set(modules)


def quiet_book(folder: Path) -> Book:
    """Return a book as on every day but the first: derived data is there, no file is young."""
    book = make_book(folder)
    time.sleep(noticing.YOUNG_NS / 1e9)
    assert book("list").code == 0
    assert book("search", "Kollektion").code == 0
    return book


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Return a book that nobody writes to."""
    return quiet_book(tmp_path_factory.mktemp("seen") / "book")


@pytest.mark.parametrize(
    ("command", "never"),
    [
        ("list", EXPENSIVE | READS_FILES | WRITES | TYPED_DATES),
        ("todo", EXPENSIVE | READS_FILES | WRITES | TYPED_DATES),
        ("call", EXPENSIVE | READS_FILES | WRITES | TYPED_DATES),
        ("show petersen", EXPENSIVE | WRITES | TYPED_DATES),
        ("show 04922930012", EXPENSIVE | WRITES | TYPED_DATES),
        ("petersen", EXPENSIVE | WRITES | TYPED_DATES),
        ("search Kollektion", (EXPENSIVE | READS_FILES | WRITES) - {"whoosh"}),
        ("--help", EXPENSIVE | READS_FILES | WRITES | TYPED_DATES | OPENS_A_STORE),
        ("--version", EXPENSIVE | READS_FILES | WRITES | TYPED_DATES | OPENS_A_STORE),
    ],
)
def test_a_command_loads_nothing_that_it_does_not_need(
    seen: Book, command: str, never: set[str]
) -> None:
    assert loaded_by(seen, *command.split()) & never == set()


def test_writing_loads_nothing_expensive(tmp_path: Path) -> None:
    book = quiet_book(tmp_path / "book")
    never = EXPENSIVE | {"filelock", "hashlib", "logging"}
    assert loaded_by(book, "log", "strandhotel", "heute", "Anruf: Segel") & never == set()
    assert loaded_by(book, "done", "ersatz", "schicken") & never == set()


def test_a_command_loads_no_command_but_itself(seen: Book) -> None:
    modules = loaded_by(seen, "call")
    assert "crm_md.cli.calling" in modules
    assert not {"crm_md.cli.listing", "crm_md.cli.facts", "crm_md.cli.tending"} & modules
