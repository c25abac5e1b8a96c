"""Print rows in columns on a terminal, with tabs between the cells in a pipe."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence

from crm_md.cli.output import codes, colourful, on_terminal, one_line

_GAP = "  "


class _Widths(dict[str, int]):
    """How many columns each sign takes, looked up once: lists measure thousands of names."""

    def __missing__(self, sign: str) -> int:
        wide = unicodedata.east_asian_width(sign) in "WF"
        width = self[sign] = 0 if unicodedata.combining(sign) else 2 if wide else 1
        return width


_WIDTHS = _Widths()


def width_of(text: str) -> int:
    """Return how many columns a text takes on a terminal (East Asian wide signs take two)."""
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def shorten(text: str, width: int) -> str:
    """Return the text cut to a width, with an ellipsis where something is left out."""
    if width_of(text) <= width:
        return text
    left = width - 1
    for place, sign in enumerate(text):
        left -= _WIDTHS[sign]
        if left < 0:
            return text[:place].rstrip() + "…"
    return text


def screen_width() -> int:
    """Return the width of the terminal in columns; 100 in a pipe, where nothing is cut."""
    import shutil

    return shutil.get_terminal_size((100, 30)).columns


def put_columns(rows: Iterable[Sequence[str]], styles: Sequence[str] = ()) -> None:
    """Print rows in columns on a terminal, with tabs between them in a pipe.

    Args:
        rows: one text a cell, equally many in each; on a terminal the widest columns are cut to
            what the screen leaves.
        styles: a style a column; plain where none is given.
    """
    columns = [_each_once(_Safe(), column) for column in zip(*rows, strict=True)]
    between = "\t"
    if on_terminal():
        between = _GAP
        columns = _fitted(columns, styles)
    lines = map(between.join, zip(*columns, strict=True))
    sys.stdout.write("".join(f"{line.rstrip(' ')}\n" for line in lines))


class _Safe(dict[str, str]):
    """Cells as they may be printed; most come again and again in a column, and are made once."""

    def __missing__(self, cell: str) -> str:
        safe = self[cell] = one_line(cell)
        return safe


class _Painted(dict[str, str]):
    """Safe cells cut, painted and padded for their column."""

    def __init__(self, width: int, style: str, *, padded: bool) -> None:
        self._width, self._padded = width, padded
        self._before, self._after = codes(style) if colourful() else ("", "")

    def __missing__(self, cell: str) -> str:
        cut = shorten(cell, self._width)
        pad = " " * (self._width - width_of(cut)) if self._padded else ""
        painted = self[cell] = f"{self._before}{cut}{self._after}{pad}" if cut else pad
        return painted


def _each_once(made: dict[str, str], cells: Iterable[str]) -> list[str]:
    return list(map(made.__getitem__, cells))


def _fitted(columns: Sequence[Sequence[str]], styles: Sequence[str]) -> list[list[str]]:
    widths = [max(map(width_of, set(column)), default=0) for column in columns]
    _fit(widths, screen_width())
    last = len(columns) - 1
    return [
        _each_once(
            _Painted(
                widths[place],
                styles[place] if place < len(styles) else "plain",
                padded=place < last,
            ),
            column,
        )
        for place, column in enumerate(columns)
    ]


def _fit(widths: list[int], screen: int) -> None:
    """Narrow the widest columns until a row fits on the screen."""
    while widths and sum(widths) + len(_GAP) * (len(widths) - 1) > screen and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
