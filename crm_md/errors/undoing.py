"""What cannot be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from crm_md.errors.kinds import CHANGED, NOT_FOUND, CrmError
from crm_md.messages import _, ngettext


class NothingToUndo(CrmError):
    """I have no action that is not taken back yet."""

    exit_code = 1

    def __init__(self) -> None:
        super().__init__(_("There is nothing of yours to take back."))
        self.hint = _("Any other by its name: crm undo ACTION. The names: crm changes")


class ActionUnknown(CrmError):
    """No action and no commit is called this."""

    exit_code = NOT_FOUND + 4

    def __init__(self, asked: str) -> None:
        super().__init__(_("No action “{asked}” found.").format(asked=asked))
        self.hint = _("The names of actions: crm changes")


class CannotUndo(CrmError):
    """The very piece an action wrote was changed since; nothing was done."""

    exit_code = CHANGED + 3

    def __init__(self, told: str, why: Sequence[str], slug: str = "") -> None:
        super().__init__(
            _("“{action}” cannot be taken back: {why}.").format(action=told, why="; ".join(why))
        )
        self.hint = _("What was done since: crm changes")
        if slug:
            self.hint = _("Who did it: crm changes {slug}. By hand: crm edit {slug}").format(
                slug=slug
            )


class MadeWithGit(CrmError):
    """My last action was made with Git itself, and touches more than customers; it stays."""

    exit_code = CHANGED + 4

    def __init__(
        self, told: str, commit: str, paths: Sequence[str], action: str, before: str
    ) -> None:
        names = ", ".join(paths[:3]) + (" …" if len(paths) > 3 else "")
        super().__init__(
            _(
                "Your last action, “{action}”, was made with Git itself and touches more than "
                "customers: {paths}."
            ).format(action=told, paths=names)
        )
        self.hint = _("With Git: git revert {commit}").format(commit=commit)
        if action:
            self.hint = _(
                "With Git: git revert {commit}. The one before, “{told}”: crm undo {action}"
            ).format(commit=commit, told=before, action=action)


class TooFarBack(CrmError):
    """My last action that stands is not what one takes back by the way, and nobody could be asked.

    Args:
        told: its sentence.
        when: its day, as people say it.
        customers: how many it touched.
    """

    exit_code = CHANGED + 5

    def __init__(self, told: str, action: str, when: str, customers: int) -> None:
        text = _("Your last action that stands is of {when}: “{action}”.")
        if customers > 1:
            text = ngettext(
                "Your last action that stands is of {when} and touches {count} customer: "
                "“{action}”.",
                "Your last action that stands is of {when} and touches {count} customers: "
                "“{action}”.",
                customers,
            )
        super().__init__(text.format(when=when, count=customers, action=told))
        self.hint = _("If that one is meant: crm undo {action}").format(action=action)
