"""What a clone cannot be made of, or has not got."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from crm_md.errors.kinds import AMBIGUOUS, GIT, NOT_FOUND, CrmError, UsageProblem, typed
from crm_md.messages import _

if TYPE_CHECKING:
    from pathlib import Path


class BranchUnclear(CrmError):
    """Several branches of the other side have customers, and none is called as usual."""

    exit_code = AMBIGUOUS

    def __init__(self, address: str, branches: Sequence[str]) -> None:
        super().__init__(
            _("Several branches have customers: {names}.").format(names=", ".join(branches))
        )
        self.hint = _("Say which: crm clone {address} --branch {name}").format(
            address=typed(address), name=branches[0]
        )


class StoreUnclear(CrmError):
    """There are several stores in one repository."""

    exit_code = AMBIGUOUS

    def __init__(self, stores: Sequence[str], root: Path | None = None) -> None:
        """Take the places of the stores; the folder of the clone, if there is one now."""
        super().__init__(_("Several stores are in it: {names}.").format(names=", ".join(stores)))
        self.hint = _("Clone all of it, without --only.")
        if root is not None:
            self.hint = _("It was cloned. Go into the one that is meant: cd {folder}").format(
                folder=typed(root / stores[0])
            )


class HalfCloned(CrmError):
    """A clone was cut off before its files were there; to us all of them would look removed."""

    exit_code = GIT + 5

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("The clone in {folder} was cut off: its files are not all there.").format(
                folder=folder
            )
        )
        self.hint = _("Let Git get them: git reset --hard")


class EmptyClone(CrmError):
    """A clone without a single commit: it was cut off early, or nothing was there yet."""

    exit_code = GIT + 5

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("The clone in {folder} is empty: it was cut off, or nothing was there.").format(
                folder=folder
            )
        )
        self.hint = _(
            "Delete it and clone anew: crm clone URL DIR. Or begin a store in it: crm init {folder}"
        ).format(folder=typed(folder))


class FolderTaken(UsageProblem):
    """A clone is made in a folder of its own only."""

    def __init__(self, folder: Path, found: Literal["", "store", "half"] = "") -> None:
        super().__init__(_("{folder} is there already, and not empty.").format(folder=folder))
        hints = {
            "": _("Choose another folder: crm clone URL DIR"),
            "store": _("It is a store. What is new comes by: cd {folder}, then crm sync"),
            "half": _("It holds a clone that was cut off. Delete it, and repeat the command."),
        }
        self.hint = hints[found].format(folder=typed(folder))


class NoSuchFolder(CrmError):
    """The store has no such folder of customers."""

    exit_code = NOT_FOUND + 7

    def __init__(self, asked: str, there: Sequence[str], near: Sequence[str] = ()) -> None:
        super().__init__(_("There is no folder “{asked}” of customers.").format(asked=asked))
        if near:
            self.hint = _("Did you mean: {names}?").format(names=", ".join(near))
        elif there:
            self.hint = _("There is: {names}.").format(names=", ".join(there[:20]))
        else:
            self.hint = _("Its customers lie in no folders: clone all of it, without --only.")


class NoCustomersInside(CrmError):
    """What was cloned is no store yet."""

    exit_code = GIT

    def __init__(self, folder: Path, empty: str = "") -> None:
        """Take the folder of the clone; the address of the repository, if nothing is in it."""
        if empty:
            super().__init__(
                _("{folder} was cloned, but {address} is empty.").format(
                    folder=folder, address=empty
                )
            )
            self.hint = _(
                "Begin a store there: crm init {folder}, and in it: crm sync. A store you have "
                "goes there by: crm sync {address}"
            ).format(folder=typed(folder), address=typed(empty))
            return
        super().__init__(
            _("{folder} was cloned, but there are no customers in it.").format(folder=folder)
        )
        self.hint = _("Make a store of it: crm init {folder}, and there: crm sync").format(
            folder=typed(folder)
        )
