"""Print rows in columns on a terminal, with tabs between the cells in a pipe."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress

from crm_md.cli.output import codes, colourful, on_terminal, one_line

_GAP = "  "
_BLANKS = ("  ", "| ", " |")  # that one line would not have, with a bar between the cells
_NARROWEST = 8  # columns that a cell keeps where a row does not fit
_CUT_FIRST_KEEPS = 18  # columns that a cell cut first keeps as long as others can give way

_RARE = re.compile("[^\x00-\xff]")  # all others, those of Latin-1, take one column


class _Widths(dict[str, int]):
    """How many columns each sign takes, looked up once: lists measure thousands of names."""

    def __missing__(self, sign: str) -> int:
        wide = unicodedata.east_asian_width(sign) in "WF"
        width = self[sign] = 0 if unicodedata.combining(sign) else 2 if wide else 1
        return width


_WIDTHS = _Widths()


def width_of(text: str) -> int:
    """Return how many columns a text takes on a terminal (East Asian wide signs take two)."""
    return len(text) if _one_wide(text) else sum(map(_WIDTHS.__getitem__, text))


def _one_wide(text: str) -> bool:
    """Tell whether every sign takes one column, so that the length is the width."""
    return text.isascii() or all(_WIDTHS[sign] == 1 for sign in set(_RARE.findall(text)))


def shorten(text: str, width: int) -> str:
    """Return the text cut to a width, with an ellipsis where something is left out."""
    if width_of(text) <= width:
        return text
    left = width - 1
    if _one_wide(text):
        return text[: max(left, 0)].rstrip() + "…"
    for place, sign in enumerate(text):
        left -= _WIDTHS[sign]
        if left < 0:
            return text[:place].rstrip() + "…"
    return text


def screen_width() -> int:
    """Return the width of the terminal in columns; 100 in a pipe, where nothing is cut.

    As ``shutil.get_terminal_size`` does, with ``COLUMNS`` first, but its import takes 2 ms.
    """
    asked = os.environ.get("COLUMNS", "")
    width = int(asked) if asked.isdecimal() else 0
    if not width:
        with suppress(OSError, ValueError):  # no terminal, or closed
            width = os.get_terminal_size(sys.stdout.fileno()).columns
    return width or 100


def put_columns(
    columns: Sequence[Sequence[str]],
    styles: Sequence[str] = (),
    cut_first: int | None = None,
    keep: Sequence[int] = (),
) -> None:
    """Print columns side by side on a terminal, with tabs between their cells in a pipe.

    Args:
        columns: the cells of each, equally many; on a terminal the widest columns are cut to what
            the screen leaves.
        styles: a style a column; plain where none is given.
        cut_first: the place of the column that gives way before any other does.
        keep: the width that each column keeps as long as others can give way; 8 where none is
            given.
    """
    shown = [*map(_safe, columns)]
    between = "\t"
    if on_terminal():
        between = _GAP
        shown = _fitted(shown, styles, cut_first, keep)
    lines = map(between.join, zip(*shown, strict=True))
    sys.stdout.write("".join([f"{line.rstrip(' ')}\n" for line in lines]))


def _safe(column: Sequence[str]) -> Sequence[str]:
    """Return cells as they may be printed; one look at all of them mostly tells that they may."""
    cells = set(column)
    together = f"|{'|'.join(cells)}|"
    if together.isprintable() and not any(blanks in together for blanks in _BLANKS):
        return column
    return _replaced(column, {cell: one_line(cell) for cell in cells})


def _replaced(column: Sequence[str], by: Mapping[str, str]) -> Sequence[str]:
    return list(map(by.__getitem__, column))


def _fitted(
    columns: Sequence[Sequence[str]],
    styles: Sequence[str],
    cut_first: int | None,
    keep: Sequence[int],
) -> list[Sequence[str]]:
    measured = [*map(_Column, columns)]
    widths = [column.width for column in measured]
    _fit(widths, screen_width(), cut_first, keep)
    styles = [*styles, *["plain"] * (len(columns) - len(styles))]
    last = len(columns) - 1
    return [
        column.painted(width, style, padded=place < last)
        for place, (column, width, style) in enumerate(zip(measured, widths, styles, strict=True))
    ]


class _Column:
    """Safe cells, measured together: most columns say the same again and again.

    Attributes:
        width: of the widest cell.
    """

    def __init__(self, cells: Sequence[str]) -> None:
        self._cells = cells
        self._apart = [*set(cells)]
        self._measure = len if _one_wide("".join(self._apart)) else width_of
        self.width = max(map(self._measure, self._apart), default=0)

    def painted(self, width: int, style: str, *, padded: bool) -> Sequence[str]:
        """Return the cells cut to a width, painted, and padded to it."""
        before, after = codes(style) if colourful() else ("", "")
        pads = [" " * (width - taken) if padded else "" for taken in range(width + 1)]
        cut, measure = self._apart, self._measure
        if width < self.width:
            cut = [cell if measure(cell) <= width else shorten(cell, width) for cell in cut]
        made = [f"{before}{cell}{after}{pads[measure(cell)]}" if cell else pads[0] for cell in cut]
        return _replaced(self._cells, dict(zip(self._apart, made, strict=True)))


def _fit(widths: list[int], screen: int, cut_first: int | None, keep: Sequence[int]) -> None:
    """Narrow columns until a row fits: the one to cut first, then the widest.

    None gets narrower than what it keeps as long as others can give way.
    """
    over = sum(widths) + len(_GAP) * (len(widths) - 1) - screen
    if cut_first is not None and over > 0:
        given = min(over, max(widths[cut_first] - _CUT_FIRST_KEEPS, 0))
        widths[cut_first] -= given
        over -= given
    kept = [*keep, *[_NARROWEST] * (len(widths) - len(keep))]
    for least in (kept, [_NARROWEST] * len(widths)):
        while over > 0:
            width, place = max(
                (width if width > least[place] else 0, -place) for place, width in enumerate(widths)
            )
            if not width:
                break
            widths[-place] -= 1
            over -= 1
