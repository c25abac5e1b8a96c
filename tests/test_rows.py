"""Rows of a label and a text: wrapped on a terminal, cut where asked, whole lines in a pipe."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_md.cli import rows
from crm_md.cli.rows import Piece, Row, apart, put_blocks, put_row
from tests.books import Book
from tests.terminals import run_on_terminal
from tools.console import sample_store


class Terminal(io.StringIO):
    """A stream that people look at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal of 40 columns, without colour."""
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    return Terminal()


def test_in_a_pipe_a_row_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    put_row(Row("Careful", (Piece("word " * 60),)), 12)
    assert capsys.readouterr().out == f"Careful     {'word ' * 60}".rstrip() + "\n"


def test_on_a_terminal_a_text_wraps_below_itself(screen: Terminal) -> None:
    text = "no ferry after four, and nothing that was promised for today"
    with redirect_stdout(screen):
        put_row(Row("Careful", (Piece(text),)), 9)
    assert screen.getvalue().split("\n") == [
        "Careful  no ferry after four, and",
        "         nothing that was promised for",
        "         today",
        "",
    ]


def test_what_is_cut_stays_on_its_line(screen: Terminal) -> None:
    with redirect_stdout(screen):
        put_row(Row("", (Piece("once upon a time there was a customer"),), cut=True), 9)
    assert screen.getvalue() == "         once upon a time there was a c…\n"


def test_a_label_too_long_moves_its_own_text_only(capsys: pytest.CaptureFixture[str]) -> None:
    put_blocks(
        [
            [Row("Next", (Piece("call"),)), Row("Known by", (Piece("anna"),))],
            [Row("Dr. Maximilian Hohenstein-Wittgenstein", (Piece("chief"),))],
            [],
        ]
    )
    assert capsys.readouterr().out == (
        "Next      call\nKnown by  anna\n\nDr. Maximilian Hohenstein-Wittgenstein  chief\n"
    )


def test_a_heading_has_no_text_and_moves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    put_blocks([[Row("Last contacts of this customer"), Row("Fri", (Piece("call"),))]])
    assert capsys.readouterr().out == "Last contacts of this customer\nFri  call\n"


def test_parts_stand_apart_where_they_are_there() -> None:
    parts = apart([Piece(""), Piece("a"), Piece(""), Piece("b")])
    assert [piece.text for piece in parts] == ["a", "  ", "b"]


@given(st.lists(st.text("abc ä漢-", min_size=1), min_size=1, max_size=6))
def test_wrapping_loses_no_word_and_no_order(texts: list[str]) -> None:
    pieces = [Piece(text) for text in texts]
    wrapped = " ".join(
        "".join(piece.text for piece in line) for line in rows._lines(pieces, 10, 12)
    )
    assert re.sub(r"\s+", "", wrapped) == re.sub(r"\s+", "", "".join(texts))


def test_no_line_of_the_sample_is_wider_than_the_screen(tmp_path: Path) -> None:
    book = Book(sample_store(tmp_path / "demo"))
    for arguments in (["petersen"], ["zeigen", "petersen", "--all"], ["anrufen", "--all"]):
        for line in run_on_terminal(book, arguments, language="de").split("\n"):
            assert len(re.sub(r"\x1b\[\d*m", "", line)) <= 100, line


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_quick_look_fits_on_a_screen_of_forty_lines(tmp_path: Path, language: str) -> None:
    book = Book(sample_store(tmp_path / "demo"))
    assert len(run_on_terminal(book, ["petersen"], language=language).rstrip().split("\n")) <= 40


def test_in_a_pipe_there_is_no_colour(book: Book) -> None:
    assert "\x1b" not in book("show", "petersen", "--all").both + book("call").both
