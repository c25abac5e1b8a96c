"""Every failure that a user can cause: one class each, with its words, exit code and remedy."""

from __future__ import annotations

from collections.abc import Sequence

from crm_md.messages import _

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


class CustomerNotFound(CrmError):
    """No customer answers to what was asked."""

    exit_code = NOT_FOUND

    def __init__(self, asked: str, near: Sequence[str] = ()) -> None:
        super().__init__(_("No customer “{asked}” found.").format(asked=asked))
        if near:
            self.hint = _("Did you mean: {names}?").format(names=", ".join(near))
        else:
            self.hint = _("Create one: crm new “{asked}”").format(asked=asked)


class CustomerAmbiguous(CrmError):
    """Several customers answer to what was asked."""

    exit_code = AMBIGUOUS

    def __init__(self, asked: str, candidates: Sequence[str]) -> None:
        super().__init__(
            _("“{asked}” fits several customers: {names}.").format(
                asked=asked, names=", ".join(candidates)
            )
        )
        self.hint = _("Name one of them by a longer fragment.")


class DateNotUnderstood(CrmError):
    """The words are no date that we know."""

    exit_code = 2

    def __init__(self, words: str) -> None:
        super().__init__(_("“{words}” is not a date I understand.").format(words=words))
        self.hint = _("For example: tomorrow, friday, 3.12., 2026-12-03, in 2 weeks, end of march.")


class WouldChangeMore(CrmError):
    """An edit would have changed more than its target; the file is untouched."""

    exit_code = MALFORMED

    def __init__(self, target: str, line: int, reason: str) -> None:
        super().__init__(
            _("{target} cannot be changed safely in line {line}: {reason}").format(
                target=target, line=line, reason=reason
            )
        )
        self.hint = _("Change it in the editor: crm edit CUSTOMER")


class ConfigMalformed(CrmError):
    """``crm.toml`` is no TOML: reading goes on with the defaults, writing is refused."""

    exit_code = MALFORMED

    def __init__(self, problem: str) -> None:
        super().__init__(_("crm.toml cannot be read: {problem}").format(problem=problem))
        self.hint = _("Mend that line; until then nothing is written.")


class StoreTooNew(CrmError):
    """The store was made by a newer program; we do not touch what we do not know."""

    exit_code = MALFORMED + 1

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            _("This store has format {found}, this program knows up to {known}.").format(
                found=found, known=known
            )
        )
        self.hint = _("Update crm: pipx upgrade crm-md")


class NoStore(CrmError):
    """There is no store here, nor above."""

    exit_code = NOT_FOUND + 2

    def __init__(self, folder: str) -> None:
        super().__init__(_("No customer folder in {folder} or above it.").format(folder=folder))
        self.hint = _("Make one: crm init   Or try the sample: crm demo")


class FileNotReadable(CrmError):
    """One file cannot be read; all others can."""

    exit_code = MALFORMED + 2

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(_("{path} cannot be read: {reason}").format(path=path, reason=reason))
        self.path = path
        self.reason = reason


class FileChanged(CrmError):
    """A file changed between reading and writing; what stands there was not touched."""

    exit_code = CHANGED

    def __init__(self, path: str) -> None:
        super().__init__(_("{path} was changed meanwhile; nothing was written.").format(path=path))
        self.hint = _("Repeat the command.")


class WriteFailed(CrmError):
    """The system refused a write; everything stands as before."""

    exit_code = CHANGED + 2

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            _("{path} could not be written: {reason}. Nothing was changed.").format(
                path=path, reason=reason
            )
        )
        self.hint = _("Check free space and permissions, then repeat the command.")


class StoreLocked(CrmError):
    """Somebody else is writing, and did not finish in time."""

    exit_code = LOCKED

    def __init__(self, holder: str) -> None:
        super().__init__(_("The store is being written by {holder}.").format(holder=holder))
        self.hint = _("Wait a moment and repeat the command.")
