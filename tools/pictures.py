"""Draw the pictures of the README: what the commands really print on a colour terminal, as SVG.

``python tools/pictures.py`` makes the sample store, runs the commands on a pseudo-terminal of 100
columns and writes ``docs/pictures/``, in English and in German.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tools.console import COLUMNS, NOW, home_of_nobody, sample_store  # noqa: E402  # after the path

FOLDER = ROOT / "docs" / "pictures"
CELL, LINE, SIZE = 8.4, 19, 14  # width of a letter, height of a line, size of the font, in pixels
MARGIN, BAR = 18, 34  # around the text; the bar of the window above it

BACKGROUND, FRAME, TEXT, FAINT, PROMPT = "#1f2430", "#2b3140", "#d7dce4", "#8f98a8", "#7fd962"
COLOURS = {31: "#ff8f80", 32: "#a5d872", 33: "#ffcf6b", 36: "#6fd3e8"}
_STYLED = re.compile(r"\x1b\[([\d;]*)m")
_STEERING = re.compile(r"\x1b\[[\d;?]*[A-Za-ln-z]|\x1b[()][A-B]")


@dataclass(frozen=True)
class Picture:
    """A picture to draw: its file, its language, and the commands one types for it."""

    name: str
    language: str
    about: str
    commands: tuple[tuple[str, ...], ...]


PICTURES = (
    Picture(
        "call-and-show",
        "en",
        "A terminal shows who to call today and why, and the quick look at one customer.",
        (("call", "--limit", "3"), ("show", "petersen")),
    ),
    Picture(
        "anrufen-und-zeigen",
        "de",
        "Ein Terminal zeigt, wen man heute anruft und warum, und den schnellen Blick.",
        (("anrufen", "--limit", "3"), ("zeigen", "petersen")),
    ),
)


@dataclass(frozen=True)
class Run:
    """Letters of one style, and the column they begin in."""

    text: str
    column: int
    colour: str
    bold: bool


def drawn(picture: Picture, store: Path) -> str:
    """Return the picture as SVG.

    Args:
        picture: what to type.
        store: the sample store; reading commands leave it as it is.
    """
    lines: list[list[Run]] = []
    for command in picture.commands:
        typed = " ".join(["crm", *command])
        lines += [[Run("$", 0, PROMPT, True), Run(typed, 2, TEXT, True)], []]
        lines += [list(_runs(line)) for line in printed(command, store, picture.language)]
        lines.append([])
    return _svg(lines[:-1], picture.about)


def printed(command: Sequence[str], store: Path, language: str) -> list[str]:
    """Return the lines that a command shows on a terminal, with their colours."""
    shared = ["--store", str(store), "--language", language, "--today", f"{NOW:%Y-%m-%d %H:%M}"]
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= {"TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "LINES": "50"}
        os.environ |= {"PYTHONPATH": str(ROOT)}
        os.environ.pop("NO_COLOR", None)
        os.execv(sys.executable, [sys.executable, "-m", "crm_md", *shared, *command])
    shown = b"".join(_pieces(terminal))
    os.close(terminal)
    _pid, status = os.waitpid(pid, 0)
    text = _STEERING.sub("", shown.decode("utf-8").replace("\r\n", "\n")).rstrip("\n")
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"crm {' '.join(command)} failed:\n{text}")
    return [line.rpartition("\r")[2] for line in text.split("\n")]


def _pieces(terminal: int) -> Iterator[bytes]:
    """Yield what is written to the terminal until its last user has gone."""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # how Linux says that nobody writes any more
            return
        if not piece:
            return
        yield piece


def _runs(line: str) -> Iterator[Run]:
    """Split a line by style, and at wide gaps, so that what stands in columns stays there."""
    column, colour, bold, faint = 0, TEXT, False, False
    for place, part in enumerate(_STYLED.split(line)):
        if place % 2:
            for code in map(int, filter(None, part.split(";") or "0")):
                colour = COLOURS.get(code, TEXT if code in (0, 39) else colour)
                bold = code == 1 or (bold and code not in (0, 22))
                faint = code == 2 or (faint and code not in (0, 22))
            continue
        for found in re.finditer(r"\S+(?: \S+)*", part):
            shown = FAINT if faint and colour == TEXT else colour
            yield Run(found[0], column + found.start(), shown, bold)
        column += len(part)


def _svg(lines: Sequence[Sequence[Run]], about: str) -> str:
    width = round(COLUMNS * CELL) + 2 * MARGIN
    height = BAR + len(lines) * LINE + MARGIN
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img">',
        f"<title>{escape(about)}</title>",
        f'<rect width="{width}" height="{height}" rx="8" fill="{BACKGROUND}"/>',
        f'<path d="M0 8a8 8 0 0 1 8-8h{width - 16}a8 8 0 0 1 8 8v16h-{width}z" fill="{FRAME}"/>',
        *(
            f'<circle cx="{18 + 18 * place}" cy="12" r="5" fill="{colour}"/>'
            for place, colour in enumerate(("#ff7b72", "#e3b341", "#7fd962"))
        ),
        f'<g font-size="{SIZE}" xml:space="preserve" font-family="ui-monospace, SFMono-Regular, '
        "Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace\">",
    ]
    for number, line in enumerate(lines):
        base = BAR + number * LINE + SIZE
        for run in line:
            weight = ' font-weight="bold"' if run.bold else ""
            out.append(
                f'<text x="{MARGIN + run.column * CELL:.1f}" y="{base}" fill="{run.colour}"'
                f'{weight} textLength="{len(run.text) * CELL:.1f}">{escape(run.text)}</text>'
            )
    return "\n".join([*out, "</g>", "</svg>", ""])


def pictures() -> dict[Path, str]:
    """Return every picture by its file, drawn from a fresh sample store."""
    with tempfile.TemporaryDirectory() as place, home_of_nobody():
        store = sample_store(Path(place) / "demo")
        return {FOLDER / f"{one.name}.svg": drawn(one, store) for one in PICTURES}


def main() -> None:
    """Draw all pictures anew, and nothing else is left in their folder."""
    drawn_now = pictures()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for path, text in drawn_now.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
