"""Ask people: yes or no, in the words of either language, and only where somebody can answer."""

from __future__ import annotations

import sys

import click

from crm_md.cli.output import on_terminal
from crm_md.messages import _
from crm_md.words import NO, YES


def somebody_is_there() -> bool:
    """Tell whether somebody reads our questions and can type an answer."""
    return on_terminal(sys.stdin) and on_terminal(sys.stderr)


def agreed(question: str, *, default: bool = False) -> bool:
    """Ask yes or no on stderr until it is answered.

    Args:
        question: a whole sentence with its question mark.
        default: what the enter key alone says.

    Raises:
        click.Abort: the person ended it with Ctrl-C or Ctrl-D.
    """

    def read(word: str) -> bool:
        answer = word.strip().casefold()
        if answer in YES | NO:
            return answer in YES
        raise click.UsageError(_("Please answer yes or no."))

    shown = _("[Y/n]") if default else _("[y/N]")
    answer: bool = click.prompt(
        f"{question} {shown}",
        default="y" if default else "n",
        show_default=False,
        value_proc=read,
        prompt_suffix=" ",
        err=True,
    )
    return answer
