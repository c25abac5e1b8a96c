"""What cannot be logged, solved or settled as it was said."""

from __future__ import annotations

from collections.abc import Sequence

from crm_md.errors.kinds import AMBIGUOUS, MALFORMED, NOT_FOUND, CrmError
from crm_md.messages import _


class NothingToLog(CrmError):
    """No word was said."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(_("Nothing to log: not a word was given."))
        self.hint = _("For example: crm log petersen yesterday call from Heike: delivery late")


class NotAMail(CrmError):
    """What was given as a mail names no sender."""

    exit_code = MALFORMED + 5

    def __init__(self) -> None:
        super().__init__(_("This is no mail: it does not begin with who wrote it, and when."))
        self.hint = _("Save the mail as a file (.eml) and name that: crm log --mail FILE")


class AttachmentNotReadable(CrmError):
    """A file that was to be attached cannot be; nothing was written."""

    exit_code = NOT_FOUND + 6

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(_("{path} cannot be attached: {reason}.").format(path=path, reason=reason))
        self.hint = _("Name one file; a folder is packed into one first.")


class NothingComplained(CrmError):
    """The customer has no open complaint."""

    exit_code = 1

    def __init__(self, name: str, solution: str = "") -> None:
        super().__init__(_("{name} has no open complaint.").format(name=name))
        if solution:
            self.hint = _("The last one was solved: {solution}").format(solution=solution)
        else:
            self.hint = _('A new one: crm log CUSTOMER "Complaint from …: …"')


class ComplaintNotFound(CrmError):
    """None of the open complaints is about this."""

    exit_code = NOT_FOUND + 5

    def __init__(self, name: str, asked: str, open_ones: Sequence[str]) -> None:
        super().__init__(
            _("{name} has no open complaint about “{asked}”.").format(name=name, asked=asked)
        )
        self.hint = _("Open: {complaints}").format(complaints="; ".join(open_ones))


class ComplaintAmbiguous(CrmError):
    """Several complaints are open, and nobody said which one is solved."""

    exit_code = AMBIGUOUS

    def __init__(self, name: str, slug: str, open_ones: Sequence[str]) -> None:
        super().__init__(
            _("{name} has several open complaints: {complaints}.").format(
                name=name, complaints="; ".join(open_ones)
            )
        )
        self.hint = _(
            "Say which, by its day or a word of it: crm solve {slug} --which DATE"
        ).format(slug=slug)


class QuestionUnclear(CrmError):
    """Merges left several questions, or none of this name; nobody knows which one is answered."""

    exit_code = AMBIGUOUS

    def __init__(self, name: str, slug: str, questions: Sequence[str]) -> None:
        shown = "; ".join(questions) or _("none")
        super().__init__(
            _("{name}: it is not clear which question is meant. Open: {questions}.").format(
                name=name, questions=shown
            )
        )
        self.hint = _("Say what it is about: crm settle {slug} --which WORDS").format(slug=slug)
