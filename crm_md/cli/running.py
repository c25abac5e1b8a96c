"""Run one command: every expected failure becomes text and an exit code here."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

import click

from crm_md.cli.afterwords import tell_note
from crm_md.cli.click_texts import click_speaks, translated
from crm_md.cli.commands import CrmGroup
from crm_md.cli.output import (
    end_on_closed_pipe,
    end_on_full_disk,
    end_without_room,
    say,
    use_console,
)
from crm_md.cli.session import Session
from crm_md.cli.table import COMMANDS, GERMAN, canonical_name
from crm_md.errors import CrmError, CustomerNotFound, FolderGone
from crm_md.messages import _

INTERRUPTED = 130
_LETTERS_OFF = 2  # by which a slip is longer or shorter than the command
# Commands after which to add a customer who is not there is the next thing to do.
_ADDING = frozenset(("show", "log", "next", "note", "set", "todo", "deal", "snooze"))


def answer(session: Session, arguments: Sequence[str]) -> int:
    """Run the command that the arguments name, and return its exit code."""
    use_console()
    with click_speaks():
        code = _run(session, list(arguments))
    for note in session.take_notes():
        tell_note(note)
    return code


def _run(session: Session, arguments: list[str]) -> int:
    try:
        code = CrmGroup().main(arguments, prog_name="crm", standalone_mode=False, obj=session)
        sys.stdout.flush()
    except CrmError as failure:
        if isinstance(failure, CustomerNotFound):
            _tell(*_nobody(failure, session.word, arguments))
        else:
            _tell(str(failure), failure.hint)
        return failure.exit_code
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as problem:
        _tell(*_said(problem, arguments))
        return problem.exit_code
    except BrokenPipeError:
        return end_on_closed_pipe()
    except OSError as problem:
        if not _stands_somewhere():
            gone = FolderGone()
            _tell(str(gone), gone.hint)
            return gone.exit_code
        if problem.errno not in (errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EDQUOT):
            raise
        if problem.filename:  # the output has none
            return end_without_room(str(problem.filename), problem)
        return end_on_full_disk(problem)
    return code if isinstance(code, int) else 0


def _nobody(failure: CustomerNotFound, word: str, arguments: list[str]) -> tuple[str, str]:
    """Return what to tell where no customer was found: a command may be meant.

    Args:
        failure: what was asked, and near names.
        word: the first word, if it is no command; "" if it is one.
        arguments: the command line.
    """
    near = _near_command(word)
    if not word:
        senseless = failure.adds and canonical_name(_command_in(arguments)) not in _ADDING
        return str(failure), _("Who is in the book: crm list") if senseless else failure.hint
    if failure.near:
        also = _("Or the command: crm {name}").format(name=near) if near else ""
        return str(failure), "\n  → ".join(filter(None, (failure.hint, also)))
    if near:
        return str(failure), _("Is the command meant? crm {name}").format(name=near)
    if not (word.isalpha() and word.islower()):
        return str(failure), failure.hint
    text = _("There is no command “{word}”, and no customer of that name.").format(word=word)
    return text, _("All commands: crm --help. All customers: crm list")


def _stands_somewhere() -> bool:
    """Tell whether the folder that the command was called in is there still."""
    try:
        os.getcwd()  # noqa: PTH109  # asked of the system, no path is wanted
    except FileNotFoundError:
        return False
    return True


def _near_command(word: str) -> str:
    """Return the command in whose name a word may be a slip: ``crm lsit``; "" if there is none."""
    from difflib import get_close_matches

    alike_long = [one for one in (*COMMANDS, *GERMAN) if abs(len(one) - len(word)) <= _LETTERS_OFF]
    near = get_close_matches(word.casefold(), alike_long, n=1, cutoff=0.7)
    return near[0] if near else ""


def _said(problem: click.ClickException, arguments: list[str]) -> tuple[str, str]:
    """Return what is wrong with the command line, and where to read how it is meant."""
    ctx = problem.ctx if isinstance(problem, click.UsageError) else None
    with translated(ctx.command.get_params(ctx) if ctx else ()):
        message = problem.format_message()
    path = ctx.command_path if ctx else f"crm {_command_in(arguments)}".rstrip()
    return message, _("How it is meant: {command}").format(command=f"{path} --help")


def _command_in(arguments: list[str]) -> str:
    """Return the first word of a command line that is a command, "" if none is."""
    words = (word for word in arguments if not word.startswith("-") and canonical_name(word))
    return next(words, "")


def _tell(message: str, hint: str) -> None:
    """Print a failure: one line that says what is wrong, one that says what to do."""
    say(message, style="wrong")
    if hint:
        say(f"  → {hint}")
