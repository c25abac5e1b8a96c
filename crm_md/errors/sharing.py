"""What stands in the way of sharing with others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_md.errors.kinds import GIT, CrmError, UsageProblem, typed
from crm_md.messages import _, ngettext

if TYPE_CHECKING:
    from pathlib import Path


class NoRemote(CrmError):
    """Nobody said with whom to share."""

    exit_code = GIT

    def __init__(self, names: Sequence[str] = ()) -> None:
        if names:
            super().__init__(
                _("Which of these to share with is not said: {names}.").format(
                    names=", ".join(names)
                )
            )
            self.hint = _("Say it once: git config branch.main.remote {name}").format(name=names[0])
            return
        super().__init__(_("This store has no place yet to share with others."))
        self.hint = _("Name it once, an address or the folder of a bare repository: crm sync URL")


class NoConnection(CrmError):
    """The other side does not answer at the moment."""

    exit_code = GIT + 1

    def __init__(self, address: str, *, first: bool = False) -> None:
        super().__init__(_("{address} does not answer at the moment.").format(address=address))
        if first:
            self.hint = _("Is the address right, and the network there? Then once more: crm clone")
        else:
            self.hint = _("Everything else works without it. Later: crm sync")


class NotInThisPart(CrmError):
    """A clone of a part lacks earlier texts, and the other side, which has them, is away."""

    exit_code = GIT + 1

    def __init__(self) -> None:
        super().__init__(
            _("This needs texts that are not in this part of the store; the other side is away.")
        )
        self.hint = _("All that is here works without them. Again when you are connected.")


class NotLetIn(CrmError):
    """The other side wants a password or a key that Git does not have, or is a stranger to it."""

    exit_code = GIT + 2

    def __init__(self, address: str, *, stranger: bool = False) -> None:
        if stranger:
            super().__init__(
                _("This computer does not know {address} yet, or its key has changed.").format(
                    address=address
                )
            )
            self.hint = _("Let Git ask whether it is the right one, once: git ls-remote {address}")
        else:
            super().__init__(
                _("{address} does not let us in: password or key are wrong or missing.").format(
                    address=address
                )
            )
            self.hint = _("Let Git ask for it and remember it, once: git ls-remote {address}")
        self.hint = self.hint.format(address=typed(address))


class NotTrusted(CrmError):
    """The certificate of the other side is expired, a firm's own, or somebody else's."""

    exit_code = GIT + 2

    def __init__(self, address: str) -> None:
        super().__init__(_("The certificate of {address} is not trusted.").format(address=address))
        self.hint = _(
            "Is the clock of this computer right? A firm's own certificate is made known once: "
            "git config --global http.sslCAInfo FILE"
        )


class NothingThere(CrmError):
    """Where the store should be shared there is no repository, or none for us."""

    exit_code = GIT

    def __init__(self, address: str) -> None:
        super().__init__(_("There is no store to be found at {address}.").format(address=address))
        self.hint = _("Is the drive connected, is the address right, may you read it?")


class NoSuchBranch(CrmError):
    """The other side has branches, and none that goes with ours."""

    exit_code = GIT

    def __init__(
        self, branch: str, others: Sequence[str], address: str = "", ours: str = ""
    ) -> None:
        """Take the branches that are there; an address, where it is being cloned.

        Args:
            ours: the branch that is there and here, if there is one.
        """
        super().__init__(
            _("The others have no branch {branch}; they have: {names}.").format(
                branch=branch, names=", ".join(others) or _("none")
            )
        )
        if address:
            self.hint = _("Take another: crm clone {address} --branch {name}").format(
                address=typed(address), name=others[0] if others else "main"
            )
            return
        if ours:
            self.hint = _("Your team shares {branch}: git switch {branch}").format(branch=ours)
            return
        self.hint = _(
            "Say which goes with yours: git branch --set-upstream-to=origin/{name}, after git fetch"
        ).format(name=others[0])


class NotTaken(CrmError):
    """The other side, or a hook, does not want what we share; it waits here."""

    exit_code = GIT + 4

    def __init__(self, remote: str, said: str) -> None:
        """Take the name of the other side, and what it said: a line, or several."""
        reason = said or _("no reason was given")
        if "\n" in reason:
            lines = [_("{remote} does not take it:").format(remote=remote), *reason.split("\n")]
            super().__init__("\n  ".join(lines))
        else:
            super().__init__(
                _("{remote} does not take it: {reason}").format(remote=remote, reason=reason)
            )
        self.hint = _("Nothing is lost, it waits here. Put right what is asked for, then: crm sync")


class LockLeft(CrmError):
    """A file at the other side keeps everybody from sharing; a process of Git left it there."""

    exit_code = GIT + 4

    def __init__(self, remote: str, file: str, *, may_pass: bool = True) -> None:
        """Take the name of the other side, the file there, and whether somebody may hold it."""
        self.may_pass = may_pass
        super().__init__(_("{remote} is locked: {file} is there.").format(remote=remote, file=file))
        self.hint = _(
            "Nothing is lost, it waits here. If nobody is sharing just now, remove that file "
            "there, then: crm sync"
        )


class NotBare(CrmError):
    """The place to share is a folder in which somebody works; Git protects their files."""

    exit_code = GIT + 4

    def __init__(self, address: str) -> None:
        super().__init__(
            _("{address} is a folder in which somebody works; nobody can share there.").format(
                address=address
            )
        )
        self.hint = _(
            "Make a place of its own: git init --bare --initial-branch=main FOLDER, and then: "
            "crm sync FOLDER"
        )


class NoBranch(CrmError):
    """The clone stands on a commit, not on a branch."""

    exit_code = GIT + 5

    def __init__(self, shared: str | None = None) -> None:
        """Take the branch that the team shares."""
        super().__init__(_("This clone stands on an old state, not on a branch."))
        self.hint = _(
            "Go back and bring along what you saved here: git switch {branch}, then: git merge -"
        ).format(branch=shared or "main")


class SideBranch(CrmError):
    """Another branch is checked out than the one that the team shares."""

    exit_code = GIT + 5

    def __init__(self, branch: str, shared: str) -> None:
        super().__init__(
            _("This is the branch {branch}; your team shares {shared}.").format(
                branch=branch, shared=shared
            )
        )
        self.hint = _(
            "Go back: git switch {shared}. What you saved here comes along by: git merge {branch}"
        ).format(shared=shared, branch=branch)


class ConflictsLeft(CrmError):
    """Git still waits to see conflicts settled, as after ``git stash pop``."""

    exit_code = GIT + 5

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__(
            _("Git waits for a conflict to be settled: {files}.").format(files=", ".join(paths))
        )
        self.hint = _("Settle it in the file, then: git add {path}").format(path=paths[0])


class UnrelatedHistories(CrmError):
    """Ours and theirs have no common beginning."""

    exit_code = GIT + 5

    def __init__(self, address: str) -> None:
        super().__init__(
            _("This store and {address} have no common beginning.").format(address=address)
        )
        self.hint = _(
            "They are two stores. Take theirs with crm clone {address}, copy your customers into "
            "it, and there: crm save"
        ).format(address=typed(address))


class HistoryRewritten(CrmError):
    """Somebody replaced the shared past by another one; what was ours is kept."""

    exit_code = GIT + 5

    def __init__(self, gone: int, kept: str) -> None:
        super().__init__(
            ngettext(
                "Somebody rewrote the shared past: 1 change that was shared is gone from it. "
                "Nothing was changed here, and yours is kept as branch {kept}.",
                "Somebody rewrote the shared past: {count} changes that were shared are gone "
                "from it. Nothing was changed here, and yours is kept as branch {kept}.",
                gone,
            ).format(count=gone, kept=kept)
        )
        self.hint = _(
            "Ask who did it. If it was meant, take it and bring only your own along: "
            "crm sync --follow (all comes back by: git merge {kept}). If it was not: "
            "crm sync --give-back"
        ).format(kept=kept)


class OlderThere(CrmError):
    """The other side stands at a state of before, as after a backup was restored."""

    exit_code = GIT + 5

    def __init__(self, gone: int, address: str) -> None:
        super().__init__(
            ngettext(
                "{address} has an older state: 1 change that was shared is missing there. "
                "Nothing was changed here.",
                "{address} has an older state: {count} changes that were shared are missing "
                "there. Nothing was changed here.",
                gone,
            ).format(count=gone, address=address)
        )
        self.hint = _(
            "To give them back: crm sync --give-back. To do without them here, too: "
            "crm sync --follow"
        )


class HookThere(UsageProblem):
    """The host's repository has a hook of its own already; it stays as it is."""

    def __init__(self, hook: Path, call: str) -> None:
        super().__init__(_("There is a hook already: {path}").format(path=hook))
        self.hint = _("Hand it what it reads, with this in it: {line}").format(
            line=f'given=$(cat); printf "%s\\n" "$given" | {call} || exit 1'
        )
