"""Print for people: data on stdout, talk on stderr, never a control character from a file."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

import click

STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "title": {"bold": True},
    "wrong": {"fg": "red"},
    "careful": {"fg": "yellow"},
    "good": {"fg": "green"},
    "faint": {"dim": True},
    "hit": {"bold": True, "fg": "cyan"},
}
# C0 becomes its picture (␛), other controls, bidi overrides and lone surrogates a replacement mark.
_UNSAFE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)},
    **dict.fromkeys([0x7F, *range(0x80, 0xA0)], "\ufffd"),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"),
    **dict.fromkeys([0x2028, 0x2029], " "),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


def use_console() -> None:
    """Never fail on a sign the console cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def printable(text: str) -> str:
    """Return the text without anything that could steer a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_UNSAFE)


def one_line(text: str) -> str:
    """Return the text on one line, safe to print."""
    return printable(" ".join(text.split()))


def colourful(stream: TextIO | None = None) -> bool:
    """Tell whether to print in colour: on a terminal, unless ``NO_COLOR`` is set (no-color.org)."""
    return not os.environ.get("NO_COLOR") and on_terminal(stream)


def on_terminal(stream: TextIO | None = None) -> bool:
    """Tell whether people look at this stream."""
    return bool((stream or sys.stdout).isatty())


def paint(text: str, style: str, stream: TextIO | None = None) -> str:
    """Return the safe text in this style, plain where there is no colour."""
    safe = printable(text)
    return click.style(safe, **STYLES[style]) if colourful(stream) else safe


def put(text: str = "") -> None:
    """Print a piece of the answer (already painted or safe) to stdout."""
    sys.stdout.write(text + "\n")


def say(text: str, style: str = "plain") -> None:
    """Print talk (what was done, hints, failures) to stderr."""
    sys.stdout.flush()
    sys.stderr.write(paint(text, style, sys.stderr) + "\n")


def put_json(value: Any) -> None:
    """Print a value as JSON with the keys as they come, readable text, one answer per call."""
    import json

    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def width_of(text: str) -> int:
    """Return how many columns a text takes on a terminal (East Asian wide signs take two)."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def shorten(text: str, width: int) -> str:
    """Return the text cut to a width, with an ellipsis where something is left out."""
    if width_of(text) <= width:
        return text
    kept = ""
    for sign in text:
        if width_of(kept + sign) > width - 1:
            break
        kept += sign
    return kept.rstrip() + "…"


def screen_width() -> int:
    """Return the width of the terminal in columns; 100 in a pipe, where nothing is cut."""
    import shutil

    return shutil.get_terminal_size((100, 30)).columns


def put_columns(rows: Iterable[Sequence[str]], styles: Sequence[str] = ()) -> None:
    """Print rows in columns on a terminal, with tabs between them in a pipe.

    Args:
        rows: one text a cell; the last column is cut to what the screen leaves.
        styles: a style a column; plain where none is given.
    """
    lines = [[one_line(cell) for cell in row] for row in rows]
    if not on_terminal():
        sys.stdout.write("".join("\t".join(line) + "\n" for line in lines))
        return
    count = max(map(len, lines), default=0)
    widths = [max((width_of(line[i]) for line in lines), default=0) for i in range(count)]
    _fit(widths, screen_width())
    for line in lines:
        cells = []
        for place, cell in enumerate(line):
            cut = shorten(cell, widths[place])
            pad = " " * (widths[place] - width_of(cut)) if place < count - 1 else ""
            style = styles[place] if place < len(styles) else "plain"
            cells.append(paint(cut, style) + pad)
        put("  ".join(cells).rstrip())


def _fit(widths: list[int], screen: int) -> None:
    """Narrow the widest columns until a row fits on the screen."""
    while widths and sum(widths) + 2 * (len(widths) - 1) > screen and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1


def end_on_closed_pipe() -> int:
    """Whoever reads us has enough (``crm list | head``): end quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
