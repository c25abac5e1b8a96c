"""A store that is not there, not to be read, or in use, and a place where none can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_md.errors.kinds import LOCKED, MALFORMED, NOT_FOUND, CrmError, UsageProblem, typed
from crm_md.messages import _

if TYPE_CHECKING:
    from pathlib import Path


class NoStore(CrmError):
    """There is no store here, nor above."""

    exit_code = NOT_FOUND + 2

    def __init__(self, folder: str) -> None:
        super().__init__(_("No customer folder in {folder} or above it.").format(folder=folder))
        self.hint = _(
            "One that others share: crm clone URL. One of your own: crm init. To look around: "
            "crm demo"
        )


class StoreGone(NoStore):
    """The default store was moved or deleted, or its drive is not connected."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.args = (_("Your store {folder} is not there any more.").format(folder=folder),)
        self.hint = _(
            "Is its drive connected? If it was moved: crm init NEW-FOLDER. If it is lost, clone it "
            "anew: crm clone URL DIR"
        )


class CustomersGone(NoStore):
    """The folder of customers is gone from a clone that had it; no other store is meant instead."""

    def __init__(self, root: Path) -> None:
        super().__init__(str(root))
        self.args = (_("The folder customers of the store {root} is gone.").format(root=root),)
        self.hint = _(
            "If it was moved, move it back. Else bring it back: git -C {root} restore customers"
        ).format(root=typed(root))


class FolderGone(NoStore):
    """The folder that somebody stands in was deleted meanwhile."""

    def __init__(self) -> None:
        super().__init__("")
        self.args = (_("The folder you stand in is not there any more."),)
        self.hint = _("Go to one that is there: cd ~")


class ConfigMalformed(CrmError):
    """``crm.toml`` cannot be read: reading goes on with the defaults, writing is refused."""

    exit_code = MALFORMED

    def __init__(self, problem: str) -> None:
        super().__init__(_("crm.toml cannot be read: {problem}").format(problem=problem))
        self.hint = _("Mend it; until then the defaults count and nothing is written.")


class StoreTooNew(CrmError):
    """The store was made by a newer program; we do not touch what we do not know."""

    exit_code = MALFORMED + 1

    def __init__(self, found: str, known: int) -> None:
        super().__init__(
            _(
                "This store was made by a newer crm: it has format {found}, this crm reads "
                "{known} at most."
            ).format(found=found, known=known)
        )
        self.hint = _("Update it as it was installed, for instance: pipx upgrade crm-md")


class StoreLocked(CrmError):
    """Somebody else is writing, and did not finish in time."""

    exit_code = LOCKED

    def __init__(self, holder: str) -> None:
        super().__init__(_("{holder} is writing here at the moment.").format(holder=holder))
        self.hint = _("Wait a moment and repeat the command.")


class IndexBusy(CrmError):
    """Another process of ours is taking in changed files, and did not finish in time."""

    exit_code = LOCKED

    def __init__(self, holder: str = "") -> None:
        super().__init__(
            _("Another crm is still reading the changed files (process {holder}).").format(
                holder=holder
            )
            if holder
            else _("Another crm is still reading the changed files.")
        )
        self.hint = _("Wait a moment and repeat the command.")


class CatalogueBroken(CrmError):
    """What was derived from the files cannot be read; the next command makes it anew."""

    exit_code = MALFORMED + 2

    def __init__(self, problem: str) -> None:
        super().__init__(_("What crm keeps in .crm is damaged: {problem}").format(problem=problem))
        self.hint = _("Repeat the command: it is made anew from your files, which are untouched.")


class InTheWay(UsageProblem):
    """Something stands where a store would need a folder or a file of its own."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(_("{path} is in the way: {reason}.").format(path=path, reason=reason))
        self.hint = _("Move it away, or choose another folder.")


class InsideStore(UsageProblem):
    """A store cannot lie in one of the folders that another store is made of."""

    def __init__(self, folder: Path, root: Path) -> None:
        super().__init__(
            _("{folder} belongs to the store {root}.").format(folder=folder, root=root)
        )
        self.hint = _("Choose a folder outside of it, or: crm init {root}").format(root=root)


class NotEmpty(UsageProblem):
    """A sample is made in a folder of its own only."""

    def __init__(self, folder: Path) -> None:
        super().__init__(_("{folder} is not empty, and no sample of crm.").format(folder=folder))
        self.hint = _("Choose another folder: crm demo DIR")
