"""What cannot be read from a file, or written into it."""

from __future__ import annotations

from typing import Literal

from crm_md.errors.kinds import CHANGED, MALFORMED, CrmError
from crm_md.messages import _

LARGEST = 16 * 1024 * 1024  # bytes of a customer's file


class FileNotReadable(CrmError):
    """One file cannot be read; all others can."""

    exit_code = MALFORMED + 2

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(_("{path} cannot be read: {reason}.").format(path=path, reason=reason))
        self.hint = _("See whether it is there and may be read.")
        self.path = path
        self.reason = reason


class FileUnreadable(FileNotReadable):
    """What stands in the file is no text that a customer could be: it is left as it is."""

    def __init__(self, path: str, problem: Literal["large", "utf-16", "binary"]) -> None:
        reasons = {
            "large": _("it is larger than 16 MiB"),
            "utf-16": _("it is saved as UTF-16"),
            "binary": _("it is full of NUL characters, so it is damaged or no text"),
        }
        hints = {
            "large": _("Move what is no customer out of the folder “customers”."),
            "utf-16": _("Save it as UTF-8 in your editor."),
            "binary": _("Take an older version: git log -- {path}").format(path=path),
        }
        super().__init__(path, reasons[problem])
        self.hint = hints[problem]


class FileMisnamed(FileNotReadable):
    """The name of a file is no UTF-8: an old program or a broken archive made it."""

    def __init__(self, path: str) -> None:
        super().__init__(path, _("its name is not UTF-8"))
        self.hint = _("Give the file another name in your file manager; then it is read.")


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


class WouldChangeMore(CrmError):
    """An edit would have changed more than its target; the file is untouched."""

    exit_code = MALFORMED

    def __init__(self, target: str, line: int, reason: str, remedy: str = "") -> None:
        super().__init__(
            _("{target} cannot be changed safely in line {line}: {reason}").format(
                target=target, line=line, reason=reason
            )
        )
        self.hint = remedy or _("Change it in the editor: crm edit CUSTOMER")


class TemplateBroken(CrmError):
    """A template cannot be filled in, or asks for what the sandbox forbids."""

    exit_code = MALFORMED + 3

    def __init__(self, line: int | None, reason: str) -> None:
        place = f"templates/customer.md:{line}" if line else "templates/customer.md"
        super().__init__(
            _("{place} cannot be filled in: {reason}").format(place=place, reason=reason)
        )
        self.hint = _("Mend it, or remove it; then the one of the program is taken.")
        self.line = line
