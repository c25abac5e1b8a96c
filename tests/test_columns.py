"""Columns: measured as a terminal shows them, cut with an ellipsis, tabs in a pipe."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence

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


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.sampled_from("aäÿ\xad–…€\u0308\u20d7東ｗ\u2e80\u231a🙂")))
def test_a_text_is_as_wide_as_all_its_signs(text: str) -> None:
    def width(sign: str) -> int:
        wide = unicodedata.east_asian_width(sign) in "WF"
        return 0 if unicodedata.combining(sign) else 2 if wide else 1

    assert width_of(text) == sum(map(width, text))


def on_a_screen(capsys: pytest.CaptureFixture[str], width: int, *columns: Sequence[str]) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        patch.setenv("NO_COLOR", "1")
        patch.setattr(sys.stdout, "isatty", lambda: True)
        put_columns(columns, cut_first=len(columns) - 1)
    return capsys.readouterr().out


TAGS = "#insel #mode #stammkunde #messe"


def test_where_columns_do_not_fit_tags_are_cut_before_names(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = ["Modehaus Petersen GmbH & Co. KG", "Böhm"]
    assert on_a_screen(capsys, 80, names, [TAGS, "#mode"]) == (
        f"{names[0]}  {TAGS}\nBöhm{' ' * 29}#mode\n"
    )
    assert on_a_screen(capsys, 51, names, [TAGS, "#mode"]) == (
        f"{names[0]}  #insel #mode #sta…\nBöhm{' ' * 29}#mode\n"
    )


def test_names_are_cut_where_cutting_tags_does_not_suffice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = ["Modehaus Petersen GmbH & Co. KG"]
    assert on_a_screen(capsys, 40, names, [TAGS]) == "Modehaus Petersen G…  #insel #mode #sta…\n"


def test_a_column_keeps_its_width_as_long_as_others_can_give_way(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "41")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    put_columns([["Modehaus Petersen"], ["Wilhelmshaven"], ["vor 3 Wochen"]], keep=(17, 8, 12))
    assert capsys.readouterr().out == "Modehaus Petersen  Wilhelm…  vor 3 Wochen\n"


def test_wide_and_combining_signs_are_padded_as_they_are_seen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    columns = (["東京", "Mu\u0308ller", "Borkum"], ["a", "b", "c"])
    assert on_a_screen(capsys, 80, *columns) == "東京    a\nMu\u0308ller  b\nBorkum  c\n"


def test_in_a_pipe_cells_are_parted_by_tabs_and_whole(capsys: pytest.CaptureFixture[str]) -> None:
    put_columns([("Modehaus Petersen", "Böhm\n\x1b[31m"), ("A", ""), ("", "x")])
    assert capsys.readouterr().out == "Modehaus Petersen\tA\t\nBöhm ␛[31m\t\tx\n"


def test_no_row_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    put_columns([])
    assert capsys.readouterr().out == ""


def test_plain_text_needs_no_code_and_every_style_ends_itself() -> None:
    assert codes("plain") == ("", "")
    assert codes("wrong") == ("\x1b[31m", "\x1b[0m")
