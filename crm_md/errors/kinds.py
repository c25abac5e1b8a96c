"""What all expected failures have in common: a sentence, an exit code, a remedy."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from crm_md.messages import _

if TYPE_CHECKING:
    from pathlib import Path

NOT_FOUND, AMBIGUOUS = 20, 21
CHANGED, LOCKED = 30, 31
MALFORMED = 40
GIT = 50


class CrmError(Exception):
    """An expected failure: one line that says what is wrong, one that says what to do.

    Attributes:
        exit_code: what the process ends with (2 usage, 20s not found or ambiguous,
            30s changed or locked, 40s malformed, 50s Git).
        hint: the remedy, a sentence; empty where the message says it all.
    """

    exit_code = 1
    hint = ""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        if hint:
            self.hint = hint


class UsageProblem(CrmError):
    """The question itself cannot be understood."""

    exit_code = 2


def reason_of(problem: OSError) -> str:
    """Return why the system refused, in the words of a user and without a full stop."""
    reasons = {
        errno.ENOENT: _("there is no such file"),
        errno.EACCES: _("the permissions do not allow it"),
        errno.EPERM: _("the permissions do not allow it"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("a file stands where a folder should be"),
        errno.ENOSPC: _("the disk is full"),
        errno.EROFS: _("it can only be read here"),
        errno.ENAMETOOLONG: _("its name is too long"),
        errno.ELOOP: _("its links lead in a circle"),
        errno.EIO: _("the disk does not answer as it should"),
    }
    known = reasons.get(problem.errno or 0)
    return known or _("the system says “{text}”").format(text=problem.strerror or problem)


def typed(address: str | Path) -> str:
    """Return an address or a folder as it is typed in a shell."""
    import shlex

    return shlex.quote(str(address))
