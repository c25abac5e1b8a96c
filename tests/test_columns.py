"""Columns: measured as a terminal shows them, cut with an ellipsis, tabs in a pipe."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.cli.columns import put_columns, shorten, width_of
from crm_md.cli.output import codes


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("Borkum", 6), ("Müller", 6), ("Mu\u0308ller", 6), ("東京", 4), ("Café 東京", 9)],
)
def test_a_text_is_as_wide_as_a_terminal_shows_it(text: str, width: int) -> None:
    assert width_of(text) == width


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("Borkum", 6, "Borkum"),
        ("Borkum", 5, "Bork…"),
        ("Bäcker Meyer", 8, "Bäcker…"),
        ("東京都", 4, "東…"),
        ("Borkum", 1, "…"),
    ],
)
def test_what_is_too_wide_is_cut_with_an_ellipsis(text: str, width: int, cut: str) -> None:
    assert shorten(text, width) == cut


@settings(max_examples=200, deadline=None)
@given(text=st.text(), width=st.integers(1, 30))
def test_what_was_cut_fits(text: str, width: int) -> None:
    assert width_of(shorten(text, width)) <= width


def test_in_a_pipe_cells_are_parted_by_tabs_and_whole(capsys: pytest.CaptureFixture[str]) -> None:
    put_columns([("Modehaus Petersen", "A", ""), ("Böhm\n\x1b[31m", "", "x")])
    assert capsys.readouterr().out == "Modehaus Petersen\tA\t\nBöhm ␛[31m\t\tx\n"


def test_no_row_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    put_columns([])
    assert capsys.readouterr().out == ""


def test_plain_text_needs_no_code_and_every_style_ends_itself() -> None:
    assert codes("plain") == ("", "")
    assert codes("wrong") == ("\x1b[31m", "\x1b[0m")
