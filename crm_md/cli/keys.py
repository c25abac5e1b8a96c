"""Ask somebody at a terminal who works with one hand: a key without enter, a line to turn back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import click

from crm_md.cli.output import paint, say
from crm_md.errors import CrmError
from crm_md.messages import _

ESCAPE = "\x1b"
_AT_ONCE = 0.05  # seconds within which what belongs to one key, or one paste, arrives

T = TypeVar("T")


def key_pressed() -> str:
    """Wait for one key and return its sign, "" where the input has ended.

    Raises:
        KeyboardInterrupt: it was Ctrl-C.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    with suppress(EOFError, OSError, RuntimeError):  # Ctrl-D, or a terminal that is gone
        return click.getchar()
    return ""


def line_typed(question: str) -> str | None:
    """Ask for a line of words, None where somebody turns back: Esc or Ctrl-D.

    What is pasted at once is one answer, however many lines it has.

    Args:
        question: how it is asked, with its question mark.

    Raises:
        KeyboardInterrupt: it was Ctrl-C.
    """
    sys.stdout.flush()
    sys.stderr.write(paint(question, "title", sys.stderr) + " ")
    sys.stderr.flush()
    if sys.platform == "win32":
        with suppress(EOFError):
            return input().strip()
        return None
    with _escape_ends_a_line(sys.stdin.fileno()) as file:
        typed = _line(file)
    if typed is None:
        say("")
    return typed


def answered(question: str, read: Callable[[str], T]) -> T | None:
    """Ask until the answer is understood; None where somebody turns back.

    Args:
        question: how it is asked.
        read: makes of the words what is wanted; what it raises is told, and asked again.

    Raises:
        KeyboardInterrupt: it was Ctrl-C.
    """
    while (words := line_typed(question)) is not None:
        try:
            return read(words)
        except CrmError as failure:
            tell_failure(failure)
    return None


@contextmanager
def typed_again() -> Iterator[list[str]]:
    """Show once more what somebody typed if it comes to nothing, so that it can be pasted.

    Yields:
        the answers so far; whoever has written them empties it.
    """
    typed: list[str] = []
    try:
        yield typed
    except KeyboardInterrupt:
        say("")  # what is said next begins below the sign for Ctrl-C
        raise
    finally:
        if words := [one for one in typed if one]:
            say(_("Not logged, to be pasted again:"), style="careful")
            for one in words:
                say(f"  {one}")


def tell_failure(failure: CrmError) -> None:
    """Say what went wrong and what to do, and go on."""
    say(str(failure), style="wrong")
    if failure.hint:
        say(f"  → {failure.hint}")


@contextmanager
def _escape_ends_a_line(file: int) -> Iterator[int]:
    """Let the terminal hand over a line at Esc as it does at enter; it goes on editing itself."""
    import termios

    before = termios.tcgetattr(file)
    during = [*before[:6], list(before[6])]
    during[6][termios.VEOL] = ESCAPE.encode()
    termios.tcsetattr(file, termios.TCSADRAIN, during)
    try:
        yield file
    finally:
        termios.tcsetattr(file, termios.TCSADRAIN, before)


def _line(file: int) -> str | None:
    from select import select

    typed = b""
    while True:
        try:
            piece = os.read(file, 65536)
        except OSError:  # the terminal is gone
            return None
        typed += piece
        if typed.endswith(b"\n"):
            if not typed.strip() or not select([file], [], [], _AT_ONCE)[0]:
                return typed.decode("utf-8", "replace").strip()
        elif not piece.endswith(ESCAPE.encode()) or not _rest_of_a_key(file):
            return None
        else:  # an arrow or the like, which means nothing here
            typed = typed.removesuffix(ESCAPE.encode())


def _rest_of_a_key(file: int) -> bytes:
    """Return what follows Esc at once: nothing, if it was Esc itself. Source: ECMA-48 § 5.4."""
    import termios
    from select import select

    before = termios.tcgetattr(file)
    during = [*before[:6], list(before[6])]
    during[3] &= ~(termios.ICANON | termios.ECHO)
    termios.tcsetattr(file, termios.TCSANOW, during)
    rest = b""
    try:
        while select([file], [], [], _AT_ONCE)[0] and (sign := os.read(file, 1)):
            rest += sign
            if rest not in (b"[", b"O") and b"@" <= sign <= b"~":
                break
        return rest
    finally:
        termios.tcsetattr(file, termios.TCSANOW, before)
