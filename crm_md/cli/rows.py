"""Print rows of a label and a text: wrapped to the screen on a terminal, whole lines in a pipe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crm_md.cli.columns import screen_width, shorten, width_of
from crm_md.cli.output import on_terminal, paint, put

GAP = 2  # columns between a label and its text
NARROWEST = 20  # columns that a text gets on the smallest screen
WIDEST_LABEL = 20  # a longer one moves its own text, not that of all others

_WORDS = re.compile(r" +|[^ ]+")


class Piece(NamedTuple):
    """A part of a text in one style of ``output.STYLES``.

    Attributes:
        whole: it goes to the next line as one where it would be broken.
    """

    text: str
    style: str = "plain"
    whole: bool = False


class Row(NamedTuple):
    """A line of a page.

    Attributes:
        label: stands at the left; "" where the row belongs to the label above.
        pieces: the text; without any, the label is a heading that moves nothing.
        style: of the label.
        cut: what does not fit on a terminal's line is left out instead of wrapped.
    """

    label: str
    pieces: tuple[Piece, ...] = ()
    style: str = "title"
    cut: bool = False


def apart(parts: Iterable[Piece]) -> Iterator[Piece]:
    """Put two blanks between the parts that are there."""
    for place, part in enumerate(part for part in parts if part.text):
        if place:
            yield Piece(" " * GAP)
        yield part


def put_blocks(blocks: Iterable[Sequence[Row]]) -> None:
    """Print blocks of rows with a blank line between them, all texts below each other."""
    shown = [block for block in blocks if block]
    labels = (width_of(row.label) for block in shown for row in block if row.pieces)
    indent = GAP + max((width for width in labels if width <= WIDEST_LABEL), default=0)
    for place, block in enumerate(shown):
        if place:
            put()
        for row in block:
            put_row(row, indent)


def put_row(row: Row, indent: int) -> None:
    """Print one row, its text beginning in the column ``indent``."""
    label = paint(row.label, row.style) if row.label else ""
    if not row.pieces:
        put(label)
        return
    width = width_of(row.label)
    pad = " " * (indent - width if width < indent or not width else GAP)
    room = max(screen_width() - indent, NARROWEST) if on_terminal() else 0
    first = room - (width + len(pad) - indent)
    pieces = row.pieces
    if row.cut and room:
        pieces = tuple(Piece(shorten(piece.text, first), piece.style) for piece in pieces)
    for place, line in enumerate(_lines(pieces, first, room)):
        before, text = " " * indent if place else label + pad, _painted(line)
        put(before + text if text else before.rstrip())


def _lines(pieces: Iterable[Piece], first: int, room: int) -> Iterator[list[Piece]]:
    """Yield the words of each line; all in one where there is no room to fit them into."""
    line: list[Piece] = []
    left, wrapped = first, False
    for piece in pieces:
        whole = piece.whole and width_of(piece.text) <= room
        for word in [piece.text] if whole else _WORDS.findall(piece.text):
            width = width_of(word)
            if room and width > left and line and not word.isspace():
                yield line
                line, left, wrapped = [], room, True
            if line or not (wrapped and word.isspace()):
                line.append(Piece(word, piece.style))
                left -= width
    yield line


def _painted(line: Sequence[Piece]) -> str:
    """Paint the words, neighbours of one style together, without blanks at the end."""
    end = len(line)
    while end and line[end - 1].text.isspace():
        end -= 1
    runs: list[Piece] = []
    for piece in line[:end]:
        if runs and runs[-1].style == piece.style:
            runs[-1] = Piece(runs[-1].text + piece.text, piece.style)
        else:
            runs.append(piece)
    return "".join(paint(run.text, run.style) for run in runs)
