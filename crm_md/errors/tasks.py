"""Which task is meant, and what cannot be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from crm_md.errors.kinds import AMBIGUOUS, NOT_FOUND, CrmError, UsageProblem
from crm_md.messages import _

_TASKS_TOLD = 8  # tasks that an error lists


class TaskNotFound(CrmError):
    """No open task is called so, nor has this code."""

    exit_code = NOT_FOUND

    def __init__(
        self, asked: str, near: Sequence[str] = (), settle: tuple[str, str] | None = None
    ) -> None:
        super().__init__(_("No open task answers to “{asked}”.").format(asked=asked))
        if settle:
            self.hint = _("A merge left a question there ({name}): crm settle {slug}").format(
                name=settle[0], slug=settle[1]
            )
            return
        self.hint = (
            _("Did you mean: {names}?").format(names="; ".join(near))
            if near
            else _("All of them, with their codes: crm todo --owner all --all")
        )


class TaskAmbiguous(CrmError):
    """Several tasks may be meant, and nobody is at the keyboard to choose."""

    exit_code = AMBIGUOUS

    def __init__(self, asked: str, tasks: Sequence[tuple[str, str]]) -> None:
        told = [f"{code} {text}" for code, text in tasks[:_TASKS_TOLD]]
        if len(tasks) > _TASKS_TOLD:
            told.append("…")
        super().__init__(
            _("“{asked}” may mean several tasks: {tasks}.").format(
                asked=asked, tasks="; ".join(told)
            )
            if len(tasks) > 1
            else _("“{asked}” may mean this task: {task}.").format(asked=asked, task=told[0])
        )
        self.hint = _("Name it by its code: crm done {code}").format(code=tasks[0][0])


class TaskEnded(CrmError):
    """The task is done, or dropped, already."""

    exit_code = 1

    def __init__(self, text: str, name: str, slug: str, *, dropped: bool = False) -> None:
        said = (
            _("Dropped already: {text} ({name}).")
            if dropped
            else _("Done already: {text} ({name}).")
        )
        super().__init__(said.format(text=text, name=name))
        self.hint = _("Who did it, and when: crm changes {slug}").format(slug=slug)


class NotATask(UsageProblem):
    """The code is a complaint's, which is solved and not ticked."""

    def __init__(self, code: str, text: str, name: str, slug: str) -> None:
        super().__init__(
            _("{code} is a complaint: {text} ({name}).").format(code=code, text=text, name=name)
        )
        self.hint = _("How it was solved goes in by: crm solve {slug} --which {code}").format(
            slug=slug, code=code
        )
