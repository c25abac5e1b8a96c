"""The process ends at once, and yet everything was printed and let go of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.books import Book

MANY = 3000


def crm(book: Book, *words: str, into: int = subprocess.PIPE) -> subprocess.Popen[str]:
    """Start the program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "crm_md", *words],
        cwd=book.root,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        stdout=into,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.fixture
def many(book: Book) -> Book:
    """A book whose list is longer than any buffer."""
    for number in range(MANY):
        (book.root / "customers" / f"k{number}.md").write_text(f"---\nname: Kunde {number}\n---\n")
    return book


def test_a_long_list_is_printed_to_its_last_line(many: Book) -> None:
    process = crm(many, "list")
    out, err = process.communicate()
    assert (process.returncode, len(out.split("\n")) - 1) == (0, MANY + 2)
    assert f"{MANY + 2:,}" in err or str(MANY + 2) in err


def test_who_reads_the_first_line_only_hears_of_nothing_else(many: Book) -> None:
    process = crm(many, "list")
    assert process.stdout is not None and process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert "Traceback" not in process.stderr.read()
    assert process.wait() == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [(["list"], 0), (["list", "--tag", "x"], 1), (["--x"], 2), (["show", "q"], 20)],
)
def test_the_exit_code_is_that_of_the_command(book: Book, words: list[str], code: int) -> None:
    process = crm(book, *words)
    process.communicate()
    assert process.returncode == code


@pytest.mark.parametrize("words", [["show", "petersen"], ["list"], ["check"], ["changes", "hotel"]])
def test_what_cannot_be_printed_is_no_success_and_told_in_one_line(
    many: Book, words: list[str]
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = crm(many, "--language", "en", *words, into=full.fileno())
    _out, err = process.communicate()
    assert process.returncode == 32
    assert "The answer could not be printed: the disk is full." in err
    assert "Traceback" not in err


def test_the_lock_is_let_go_of(book: Book) -> None:
    for _time in range(2):
        process = crm(book, "log", "strandhotel", "heute", "Anruf: Segel")
        _out, err = process.communicate()
        assert process.returncode == 0, err
    assert len(book.subjects()) == 3
