"""A mail for ``crm log``: from a file or a pipe, and what is said about it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from crm_md.cli.output import on_terminal, say
from crm_md.errors import FileNotReadable, reason_of
from crm_md.messages import _, ngettext

if TYPE_CHECKING:
    from datetime import date

    from crm_md.exchange.mail import Mail


def piped() -> bytes:
    """Return what comes from a pipe or a redirected file; nothing where somebody types."""
    if on_terminal(sys.stdin):
        return b""
    stream = getattr(sys.stdin, "buffer", None)
    return stream.read() if stream else sys.stdin.read().encode("utf-8", "surrogateescape")


def mail_file(path: Path, today: date) -> Mail:
    """Read a mail that was saved as a file; ``-`` is the pipe.

    Raises:
        FileNotReadable: the system refuses it.
        NotAMail: it is none.
    """
    from crm_md.exchange.mail import read_mail

    try:
        return read_mail(piped() if str(path) == "-" else path.read_bytes(), today)
    except OSError as problem:
        raise FileNotReadable(str(path), reason_of(problem)) from problem


def mail_in(data: bytes, today: date) -> Mail | None:
    """Return the mail that came through a pipe, None where it is any other text."""
    from crm_md.exchange.mail import is_mail, read_mail

    return read_mail(data, today) if is_mail(data) else None


def text_of(data: bytes) -> str:
    """Return what was typed into a pipe, in UTF-8 or as Windows writes it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def tell_mail(mail: Mail, *, whole: bool) -> None:
    """Say what of a mail was left out, and which files came with it."""
    if mail.day is None:
        say(_("The mail names no day; today was taken."), style="careful")
    left = [] if whole else [part for part in (mail.words.quoted, mail.words.signature) if part]
    if left:
        count = sum(part.count("\n") + 1 for part in left)
        say(
            ngettext(
                "Left out: 1 line of earlier mails or a signature (--whole keeps it).",
                "Left out: {count} lines of earlier mails or a signature (--whole keeps them).",
                count,
            ).format(count=count),
            style="faint",
        )
    if mail.attachments:
        hint = _("With it came: {names}. To keep one, save it and: crm log CUSTOMER --attach FILE")
        say(hint.format(names=", ".join(mail.attachments)), style="faint")
