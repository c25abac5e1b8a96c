"""Print for people: data on stdout, talk on stderr, never a control character from a file."""

from __future__ import annotations

import os
import sys
from functools import cache
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


def use_console() -> None:
    """Never fail on a sign the console cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def printable(text: str) -> str:
    """Return the text without anything that could steer a terminal."""
    return text if text.isprintable() else text.translate(_unsafe())


@cache
def _unsafe() -> dict[int, str]:
    """C0 becomes its picture (␛), a byte that is no UTF-8 ``\\xfc``, all else a mark."""
    return {
        **{code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)},
        **dict.fromkeys([0x7F, *range(0x80, 0xA0)], "\ufffd"),
        **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"),
        **dict.fromkeys([0x2028, 0x2029], " "),
        **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
        **{0xDC00 + byte: f"\\x{byte:02x}" for byte in range(0x80, 0x100)},  # PEP 383
        **{0x10FF00 + byte: f"\\x{byte:02x}" for byte in range(0x80, 0x100)},  # `store.told`
    }


def one_line(text: str) -> str:
    """Return the text on one line, safe to print."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return printable(" ".join(text.split()))


def colourful(stream: TextIO | None = None) -> bool:
    """Tell whether to print in colour: on a terminal, unless ``NO_COLOR`` is set (no-color.org)."""
    return not os.environ.get("NO_COLOR") and on_terminal(stream)


def on_terminal(stream: TextIO | None = None) -> bool:
    """Tell whether people look at this stream."""
    return bool((stream or sys.stdout).isatty())


def paint(text: str, style: str, stream: TextIO | None = None) -> str:
    """Return the safe text in this style, plain where there is no colour."""
    before, after = codes(style) if colourful(stream) else ("", "")
    return f"{before}{printable(text)}{after}"


@cache
def codes(style: str) -> tuple[str, str]:
    """Return what a terminal is told before and after a text in this style."""
    if not STYLES[style]:
        return "", ""
    before, _text, after = click.style("|", **STYLES[style]).partition("|")
    return before, after


def put(text: str = "") -> None:
    """Print a piece of the answer (already painted or safe) to stdout."""
    sys.stdout.write(text + "\n")


def put_bytes(data: bytes) -> None:
    """Print a document byte for byte: UTF-8 and its own line ends on every system."""
    sys.stdout.flush()
    if buffer := getattr(sys.stdout, "buffer", None):
        buffer.write(data)
        buffer.flush()
    else:  # a program reads along
        sys.stdout.write(data.decode("utf-8"))


def say(text: str, style: str = "plain") -> None:
    """Print talk (what was done, hints, failures) to stderr."""
    sys.stdout.flush()
    sys.stderr.write(paint(text, style, sys.stderr) + "\n")


def put_json(value: Any) -> None:
    """Print a value as JSON with the keys as they come, readable text, one answer per call."""
    import json

    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def end_on_full_disk(problem: OSError) -> int:
    """The answer went into a file that cannot hold it: say so, and fail."""
    from crm_md.errors import WriteFailed, reason_of
    from crm_md.messages import _

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    told = _("The answer could not be printed: {reason}.").format(reason=reason_of(problem))
    say(told, style="wrong")
    return WriteFailed.exit_code


def end_without_room(file: str, problem: OSError) -> int:
    """A small file of ours could not be written: say which, and fail."""
    from crm_md.errors import WriteFailed, reason_of
    from crm_md.messages import _

    told = _("{path} could not be written: {reason}.")
    say(told.format(path=file, reason=reason_of(problem)), style="wrong")
    say("  → " + _("Check free space and permissions, then repeat the command."))
    return WriteFailed.exit_code


def end_on_closed_pipe() -> int:
    """Whoever reads us has enough (``crm list | head``): end quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
