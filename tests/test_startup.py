"""What a command does not need it does not load: libraries that take longer than its answer."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.books import Book

READERS = {"frontmatter", "jinja2", "phonenumbers", "tomlkit", "vobject", "yaml"}
HEAVY = {*READERS, "asyncio", "git", "importlib.metadata", "whoosh"}
SCRIPT = "import sys; from crm_md.cli import run; run(sys.argv[1:]); print(*sys.modules)"


def loaded(book: Book, *arguments: str) -> set[str]:
    """Return the modules that one run of the program loads."""
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        cwd=book.root,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split("\n")[-2].split())


@pytest.mark.parametrize(
    "command", ["--help", "show strandhotel", "call", "list", "log strandhotel Anruf"]
)
def test_an_everyday_command_loads_nothing_heavy(book: Book, command: str) -> None:
    loaded(book, "list")  # fills the catalogue, which takes every reader there is
    assert HEAVY & loaded(book, *command.split()) == set()


def test_a_search_loads_whoosh_and_no_other_heavy_thing(book: Book) -> None:
    loaded(book, "search", "Naht")
    assert HEAVY & loaded(book, "search", "Naht") == {"whoosh"}


def test_a_command_loads_no_command_but_itself(book: Book) -> None:
    modules = loaded(book, "call")
    assert "crm_md.cli.calling" in modules
    assert not {"crm_md.cli.listing", "crm_md.cli.facts", "crm_md.cli.tending"} & modules
