"""Open the person's own editor: ``$VISUAL``, ``$EDITOR``, or what the system has."""

from __future__ import annotations

from pathlib import Path

import click

from crm_md.errors import UsageProblem
from crm_md.messages import _


def text_from_editor(question: str) -> str:
    """Return what was typed below a question line, "" if nothing was.

    Args:
        question: shown as a comment at the end; lines that begin with ``#!`` are dropped.

    Raises:
        UsageProblem: there is no editor.
    """
    try:
        typed = click.edit(f"\n#! {question}\n", extension=".md")
    except click.ClickException as problem:
        raise UsageProblem(problem.message, _("Set EDITOR, or give the text behind.")) from problem
    lines = [line for line in (typed or "").split("\n") if not line.startswith("#!")]
    return "\n".join(lines).strip()


def open_file(path: Path) -> None:
    """Open a file in the editor and wait until it is closed.

    Raises:
        UsageProblem: there is no editor, or it failed.
    """
    try:
        click.edit(filename=str(path))
    except click.ClickException as problem:
        raise UsageProblem(
            problem.message, _("Set EDITOR to an editor that is there.")
        ) from problem
