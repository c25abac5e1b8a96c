"""Open the person's own editor: ``$VISUAL``, ``$EDITOR``, or what the system has."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from crm_md.errors import UsageProblem
from crm_md.messages import _

_WINDOWS = ("code", "code-insiders", "codium", "subl", "zed", "mate")  # all know --wait


def has_editor() -> bool:
    """Tell whether somebody has chosen an editor."""
    return bool(os.environ.get("VISUAL") or os.environ.get("EDITOR"))


def text_from_editor(question: str) -> str:
    """Return what was typed below a question line, "" if nothing was.

    Args:
        question: shown as a comment at the end; lines that begin with ``#!`` are dropped.

    Raises:
        UsageProblem: there is no editor, or no terminal for it.
    """
    _expect_a_screen()
    try:
        typed = click.edit(f"\n#! {question}\n", extension=".md")
    except click.ClickException as problem:
        raise UsageProblem(problem.message, _("Set EDITOR, or give the text behind.")) from problem
    lines = [line for line in (typed or "").split("\n") if not line.startswith("#!")]
    return "\n".join(lines).strip()


def open_file(path: Path) -> None:
    """Open a file in the editor and wait until it is closed.

    Raises:
        UsageProblem: there is no editor, no terminal for it, or it failed.
    """
    _expect_a_screen()
    if not has_editor() and sys.platform != "win32":  # there it is Notepad, which all know
        raise UsageProblem(_("No editor is chosen yet."), _how_to_choose())
    try:
        click.edit(filename=str(path))
    except click.ClickException as problem:
        raise UsageProblem(
            problem.message, _("Set EDITOR to an editor that is there.")
        ) from problem


def editor_not_waited_for() -> str:
    """Return the name of an editor that opens a window and comes back at once, "" for others."""
    words = (os.environ.get("VISUAL") or os.environ.get("EDITOR") or "").split()
    name = Path(words[0]).stem if words else ""
    return name if name in _WINDOWS and not {"--wait", "-w"} & {*words} else ""


def _how_to_choose() -> str:
    """Return how somebody chooses an editor who never did, in a line to copy."""
    if sys.platform == "darwin":
        line = """echo 'export EDITOR="open -W -n -t"' >> ~/.zshrc"""
        told = _("TextEdit from now on: {line} – and open a new window. Or: crm set, crm note")
    else:
        line = "echo 'export EDITOR=nano' >> ~/.bashrc"
        told = _("Nano from now on: {line} – and open a new window. Or: crm set, crm note")
    return told.format(line=line)


def _expect_a_screen() -> None:
    """Refuse the system's own editor off a terminal: it would wait for ever, unseen."""
    seen = sys.stdin.isatty() and sys.stdout.isatty()
    if not (has_editor() or seen or sys.platform == "win32"):
        raise UsageProblem(
            _("There is no terminal here to open an editor in."),
            _("Set EDITOR to an editor with a window of its own."),
        )
