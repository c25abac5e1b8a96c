"""Ask people: yes or no, one of several, a line of words; only where somebody can answer."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from crm_md.cli.output import on_terminal, one_line, say
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


def chosen(question: str, answers: Sequence[str], *, likeliest: bool = True) -> int:
    """Let somebody choose one of several by its number; return its place.

    Args:
        question: what is to be chosen, a whole sentence.
        answers: at least two, the likeliest first.
        likeliest: the enter key alone takes it; else it is asked until it is answered.

    Raises:
        click.Abort: the person ended it with Ctrl-C or Ctrl-D.
    """
    say(question)
    for number, answer in enumerate(answers, 1):
        say(f"  {number}  {one_line(answer)}")
    choice = click.IntRange(1, len(answers))
    picked: int = click.prompt(
        _("Which one"), type=choice, default=1 if likeliest else None, err=True
    )
    return picked - 1


def told(question: str) -> str:
    """Ask for a line of words; the enter key alone says nothing.

    Raises:
        click.Abort: the person ended it with Ctrl-C or Ctrl-D.
    """
    answer: str = click.prompt(
        question, default="", show_default=False, prompt_suffix=" ", err=True
    )
    return answer.strip()
