"""Every failure that a user can cause: one class each, with its words, exit code and remedy.

A class lives in the part that it is about, and is loaded from there when it is first asked for:
a command that fails pays for what failed, all others for next to nothing. A new one goes into its
part, and its name into the list below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_md.door import door
from crm_md.errors.kinds import CrmError as CrmError
from crm_md.errors.kinds import UsageProblem as UsageProblem
from crm_md.errors.kinds import reason_of as reason_of

if TYPE_CHECKING:
    from crm_md.errors.cloning import *  # noqa: F403  # all of it stands on the door
    from crm_md.errors.customers import *  # noqa: F403  # all of it stands on the door
    from crm_md.errors.days import *  # noqa: F403  # all of it stands on the door
    from crm_md.errors.files import *  # noqa: F403  # all of it stands on the door
    from crm_md.errors.saving import *  # noqa: F403  # all of it stands on the door
    from crm_md.errors.sharing import *  # noqa: F403  # all of it stands on the door
    from crm_md.errors.stores import *  # noqa: F403  # all of it stands on the door
    from crm_md.errors.talks import *  # noqa: F403  # all of it stands on the door
    from crm_md.errors.tasks import *  # noqa: F403  # all of it stands on the door
    from crm_md.errors.undoing import *  # noqa: F403  # all of it stands on the door

_PARTS = {
    "cloning": """
        BranchUnclear EmptyClone FolderTaken HalfCloned NoCustomersInside NoSuchFolder StoreUnclear
    """,
    "customers": """
        CustomerAmbiguous CustomerElsewhere CustomerNotFound FieldUnknown FolderElsewhere
        ItemNotFound NameRefused NameThere NothingChanged NothingInFile NothingKnownThen
        NumberUnknown StreetOrTown TableNotRead ValueNotUnderstood WhoseFact
    """,
    "days": """
        DateAmbiguous DateNotUnderstood NoSuchDay SpanNotUnderstood
    """,
    "files": """
        FileChanged FileMisnamed FileNotReadable FileUnreadable LARGEST TemplateBroken
        WouldChangeMore WriteFailed
    """,
    "saving": """
        BrokenRepository DamagedClone DiskFull ForeignRepository GitBusy GitFailed GitMissing
        HistoryReadOnly HookRefused KeptFromGit ManyMissing MergeLeftOpen MergeUnderWay
        MovedOut NoIdentity NotSaved NotUnderGit SettingsMissing SigningFailed StillWaiting
    """,
    "sharing": """
        ConflictsLeft HistoryRewritten HookThere LockLeft NoBranch NoConnection NoRemote
        NoSuchBranch NotBare NotInThisPart NotLetIn NotTaken NotTrusted NothingThere OlderThere
        SideBranch UnrelatedHistories
    """,
    "stores": """
        CatalogueBroken ConfigMalformed CustomersGone FolderGone InTheWay IndexBusy InsideStore
        NoStore NotEmpty StoreGone StoreLocked StoreTooNew
    """,
    "talks": """
        AttachmentNotReadable ComplaintAmbiguous ComplaintNotFound NotAMail NothingComplained
        NothingToLog QuestionUnclear
    """,
    "tasks": """
        NotATask TaskAmbiguous TaskEnded TaskNotFound
    """,
    "undoing": """
        ActionUnknown CannotUndo MadeWithGit NothingToUndo TooFarBack
    """,
}
_HOMES = {name: part for part, names in _PARTS.items() for name in names.split()}

__getattr__ = door(__name__, _HOMES)


def __dir__() -> list[str]:
    """Return the names of all failures, for whoever goes through them."""
    return sorted({*globals(), *_HOMES})
