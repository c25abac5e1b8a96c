"""What Git refuses on this computer, and what waits until it does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_md.errors.kinds import CHANGED, GIT, MALFORMED, CrmError, typed
from crm_md.messages import _, ngettext

if TYPE_CHECKING:
    from pathlib import Path

_FILES_TOLD = 12  # files that an error lists


class GitFailed(CrmError):
    """Git refused for a reason that we have no words of our own for."""

    exit_code = GIT

    def __init__(self, said: str) -> None:
        """Take what Git printed; its first complaint becomes the reason."""
        lines = [line.strip() for line in said.split("\n") if line.strip()]
        complaints = [line for line in lines if line.startswith(("fatal: ", "error: "))]
        reason = (complaints or lines or [_("it did not say why")])[0]
        super().__init__(
            _("Git failed: {reason}").format(
                reason=reason.removeprefix("fatal: ").removeprefix("error: ")
            )
        )
        self.hint = _("“git status” in the same folder tells more.")


class GitMissing(CrmError):
    """There is no program named git."""

    exit_code = GIT + 1

    def __init__(self) -> None:
        super().__init__(_("Git is not installed, or not on the PATH."))
        self.hint = _("Install it from https://git-scm.com and repeat the command.")


class NoIdentity(CrmError):
    """Git does not know who is saving, and we do not guess."""

    exit_code = GIT + 2

    def __init__(self) -> None:
        super().__init__(_("Git does not know your name and e-mail address."))
        self.hint = _(
            "crm init asks for them; or: git config --global user.name "
            '"First Last" && git config --global user.email "you@example.com"'
        )


class GitBusy(CrmError):
    """Another Git holds its lock, or died and left it."""

    exit_code = GIT + 3

    def __init__(self, lock: Path) -> None:
        super().__init__(_("Another Git is at work here: {path} exists.").format(path=lock))
        self.hint = _("Wait until it is done. If no Git is running, delete that file.")
        self.lock = lock


class HookRefused(CrmError):
    """A hook of the user's Git said no."""

    exit_code = GIT + 4

    def __init__(self, said: str) -> None:
        reason = " ".join(said.split())
        if reason:
            super().__init__(_("A Git hook refused to save: {reason}").format(reason=reason))
        else:
            super().__init__(_("A Git hook refused to save and gave no reason."))
        self.hint = _("Put right what it asks for.")


class MergeUnderWay(CrmError):
    """Git is in the middle of something that must be finished before anything is committed."""

    exit_code = GIT + 5

    def __init__(self, kind: str) -> None:
        """Take one of merge, rebase, cherry-pick, revert, am, bisect."""
        if kind == "bisect":
            super().__init__(_("A “git bisect” is under way here."))
            self.hint = _("End it: git bisect reset")
        else:
            super().__init__(_("A “git {kind}” is under way here.").format(kind=kind))
            self.hint = _(
                "Finish it: git {kind} --continue, or drop it: git {kind} --abort"
            ).format(kind=kind)
        self.kind = kind


class HistoryReadOnly(CrmError):
    """The system does not let us write into Git's folder."""

    exit_code = GIT + 6

    def __init__(self, folder: Path) -> None:
        super().__init__(_("Git may not write into {path}.").format(path=folder))
        self.hint = _("Check the permissions of that folder.")


class DiskFull(CrmError):
    """There is no room left to write."""

    exit_code = GIT + 7

    def __init__(self, folder: Path) -> None:
        super().__init__(_("The disk is full; nothing more goes into {path}.").format(path=folder))
        self.hint = _("Make room.")


class ForeignRepository(CrmError):
    """The folder belongs to another user, so Git does not trust what its settings would run."""

    exit_code = GIT + 8

    def __init__(self, folder: Path) -> None:
        super().__init__(_("{path} belongs to another user.").format(path=folder))
        self.hint = _('If you trust it: git config --global --add safe.directory "{path}"').format(
            path=folder
        )


class SigningFailed(CrmError):
    """The user's Git signs what it saves, and could not."""

    exit_code = GIT + 9

    def __init__(self) -> None:
        super().__init__(_("Git could not sign with your key."))
        self.hint = _("Check the key and its password: git config user.signingKey")


class BrokenRepository(CrmError):
    """There is a .git, but no repository behind it."""

    exit_code = GIT

    def __init__(self, place: Path) -> None:
        super().__init__(_("{path} does not lead to a Git repository.").format(path=place))
        self.hint = _("Restore it from a copy or clone the folder anew; your files are untouched.")


class DamagedClone(CrmError):
    """Git cannot read a part of this clone's history: a disk, a copying program, a power cut."""

    exit_code = GIT

    def __init__(self, address: str = "", newer: Sequence[str] = ()) -> None:
        """Take where the store is shared, and the files that are newer here than the last sync."""
        super().__init__(_("This clone is damaged: Git cannot read its history any more."))
        if not address:
            self.hint = _(
                "Your files are untouched. Clone anew into another folder, copy there what is new "
                "in “customers”, and then: crm save"
            )
        elif newer:
            more = "…" if len(newer) > _FILES_TOLD else ""
            self.hint = _(
                "Clone anew: crm clone {address} DIR. Not shared yet, copy it there: {files}"
            ).format(address=typed(address), files=", ".join(newer[:_FILES_TOLD]) + more)
        else:
            self.hint = _(
                "Clone anew: crm clone {address} DIR. No file here is newer than the last sync."
            ).format(address=typed(address))


class KeptFromGit(CrmError):
    """Files that Git is told to ignore, or that lie in a repository of their own."""

    exit_code = GIT

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__(
            ngettext(
                "Git does not take {paths}: it is ignored or lies in a repository of its own.",
                "Git does not take {paths}: they are ignored or lie in a repository of their own.",
                len(paths),
            ).format(paths=", ".join(paths))
        )
        self.hint = _("Which line of .gitignore says so: git check-ignore -v {path}").format(
            path=paths[0]
        )


class NotUnderGit(CrmError):
    """The store is in no Git work tree: it can be read, and nothing is written."""

    exit_code = GIT

    def __init__(self, folder: str) -> None:
        super().__init__(_("{folder} is not under Git; nothing was written.").format(folder=folder))
        self.hint = _("Put it under Git: crm init {folder}").format(folder=folder)


class NotSaved(CrmError):
    """The text stands in the file; Git would not take the commit, which waits."""

    def __init__(self, count: int, refusal: CrmError) -> None:
        super().__init__(
            _("It stands in the files, but is not saved yet. {why}").format(why=refusal)
        )
        self.exit_code = refusal.exit_code
        self.hint = ngettext(
            "{remedy} – then: crm save", "{remedy} – then save all {count}: crm save", count
        ).format(remedy=refusal.hint.rstrip("."), count=count)


class StillWaiting(CrmError):
    """An action of before cannot be saved: one of its files is no file to read or write now."""

    def __init__(self, told: str, why: CrmError) -> None:
        super().__init__(
            _("“{action}” still waits to be saved: {why}").format(action=told, why=why)
        )
        self.exit_code = why.exit_code
        self.hint = _("Put that file right or delete it, then: crm save")


class MergeLeftOpen(CrmError):
    """Somebody's edit leaves the marks of a merge in a file; it is not saved like that."""

    exit_code = MALFORMED + 6

    def __init__(self, path: str, line: int) -> None:
        super().__init__(
            _(
                "{path}:{line}: A merge was never settled here, so the file is neither saved nor "
                "shared."
            ).format(path=path, line=line)
        )
        self.hint = _("Keep what is right and delete the lines with <<<<<<<, ======= and >>>>>>>.")


class MovedOut(CrmError):
    """Git moved a file to a folder that a clone of a part does not have."""

    exit_code = CHANGED + 7

    def __init__(self, old: str, new: str, folder: str) -> None:
        """Take both places, relative to the store, and the new folder as Git calls it."""
        super().__init__(
            _(
                "{old} was moved to {new}, and that folder is not fetched here; the move is "
                "neither saved nor shared."
            ).format(old=old, new=new)
        )
        from shlex import quote

        self.hint = _(
            "Fetch the folder: git sparse-checkout add {folder} – or take the move back: git mv "
            "--sparse {new} {old}; then: crm sync"
        ).format(folder=quote(folder), new=quote(new), old=quote(old))


class ManyMissing(CrmError):
    """Many customers are gone from the folder, and nobody said that they are to go."""

    exit_code = CHANGED + 6

    def __init__(self, gone: int, all_: int, folder: str, empty: int = 0) -> None:
        """Take how many are gone, of how many, from where, and whose file is there and empty."""
        text = _(
            "{gone} of {all} customers are missing from the folder; that is not shared unasked."
        )
        if empty == gone:
            text = _("{gone} of {all} customers' files are empty; that is not shared unasked.")
        elif empty:
            text = _(
                "{gone} of {all} customers are missing from the folder, or their files are empty; "
                "that is not shared unasked."
            )
        super().__init__(text.format(gone=gone, all=all_))
        from shlex import quote

        self.hint = _(
            "Bring them back: git restore {folder} – or let them go for everybody: crm save"
        ).format(folder=quote(folder))


class SettingsMissing(CrmError):
    """``crm.toml`` is gone from the folder, and nobody said that it is to go."""

    exit_code = CHANGED + 6

    def __init__(self) -> None:
        super().__init__(
            _("crm.toml with the settings of all is gone; that is not shared unasked.")
        )
        self.hint = _("Bring it back: git restore crm.toml – or let it go for everybody: crm save")
