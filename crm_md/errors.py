"""Every failure that a user can cause: one class each, with its words, exit code and remedy."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from crm_md.messages import _, ngettext

if TYPE_CHECKING:
    from pathlib import Path

_FILES_TOLD = 12  # files that an error lists
_TASKS_TOLD = 8  # tasks that an error lists
LARGEST = 16 * 1024 * 1024  # bytes of a customer's file

NOT_FOUND, AMBIGUOUS = 20, 21
CHANGED, LOCKED = 30, 31
MALFORMED = 40
GIT = 50


def _typed(address: str | Path) -> str:
    """Return an address or a folder as it is typed in a shell."""
    import shlex

    return shlex.quote(str(address))


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


def reason_of(problem: OSError) -> str:
    """Return why the system refused, in the words of a user and without a full stop."""
    reasons = {
        errno.ENOENT: _("there is no such file"),
        errno.EACCES: _("the permissions do not allow it"),
        errno.EPERM: _("the permissions do not allow it"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("a file stands where a folder should be"),
        errno.ENOSPC: _("the disk is full"),
        errno.EROFS: _("it can only be read here"),
        errno.ENAMETOOLONG: _("its name is too long"),
        errno.ELOOP: _("its links lead in a circle"),
        errno.EIO: _("the disk does not answer as it should"),
    }
    known = reasons.get(problem.errno or 0)
    return known or _("the system says “{text}”").format(text=problem.strerror or problem)


class UsageProblem(CrmError):
    """The question itself cannot be understood."""

    exit_code = 2


_SHORTEST_PHONE = 6  # digits; fewer are the beginning of a postcode


class CustomerNotFound(CrmError):
    """No customer answers to what was asked."""

    exit_code = NOT_FOUND

    def __init__(self, asked: str, near: Sequence[str] = ()) -> None:
        super().__init__(_("No customer “{asked}” found.").format(asked=asked))
        self.near = tuple(near)
        if asked.strip().isdecimal() and len(asked.strip()) < _SHORTEST_PHONE:
            self.hint = _("The places with such a postcode: crm list --place {asked}").format(
                asked=asked.strip()
            )
        elif near:
            self.hint = _("Did you mean: {names}?").format(names=", ".join(near))
        else:
            self.hint = _('Create one: crm new "{asked}"').format(asked=asked)


class CustomerElsewhere(CustomerNotFound):
    """The customer lies in a folder that this clone of a part of the store does not have."""

    def __init__(self, asked: str, folders: Sequence[str], fetching: str) -> None:
        super().__init__(asked)
        self.args = (
            ngettext(
                "“{asked}” lies in {folders}, which is not fetched here.",
                "“{asked}” lies in {folders}, which are not fetched here.",
                len(folders),
            ).format(asked=asked, folders=", ".join(folders)),
        )
        self.hint = _("To fetch it: {command}").format(command=fetching)


class FolderElsewhere(UsageProblem):
    """A customer cannot be put into a folder that this clone of a part of the store lacks."""

    def __init__(self, folder: str, fetching: str) -> None:
        super().__init__(_("The folder “{folder}” is not fetched here.").format(folder=folder))
        self.hint = _("To fetch it: {command}").format(command=fetching)


class CustomerAmbiguous(CrmError):
    """Several customers answer to what was asked.

    Args:
        files: of those who have the same name, so that only their files tell them apart.
    """

    exit_code = AMBIGUOUS

    def __init__(self, asked: str, candidates: Sequence[str], files: Sequence[str] = ()) -> None:
        super().__init__(
            _("“{asked}” fits several customers: {names}.").format(
                asked=asked, names=", ".join(candidates)
            )
        )
        self.hint = _("Name one of them by a longer fragment.")
        if files:
            self.hint = _("Name one of them by its file: crm show {path}").format(path=files[-1])


class DateNotUnderstood(CrmError):
    """The words are no date that we know."""

    exit_code = 2

    def __init__(self, words: str) -> None:
        super().__init__(_("“{words}” is not a date I understand.").format(words=words))
        self.hint = _("For example: tomorrow, friday, 3.12., 2026-12-03, in 2 weeks, end of march.")


class ValueNotUnderstood(UsageProblem):
    """What was to be written is nothing that its field can be; nothing was written."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(
            _("{name} stays as it was: {problem}").format(name=name, problem=problem), remedy
        )


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
        self.hint = _("Update it: pipx upgrade crm-md")


class NoStore(CrmError):
    """There is no store here, nor above."""

    exit_code = NOT_FOUND + 2

    def __init__(self, folder: str) -> None:
        super().__init__(_("No customer folder in {folder} or above it.").format(folder=folder))
        self.hint = _("Make one: crm init, or try the sample: crm demo")


class StoreGone(NoStore):
    """The default store was moved or deleted, or its drive is not connected."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.args = (_("Your store {folder} is not there any more.").format(folder=folder),)
        self.hint = _(
            "Is its drive connected? If it was moved: crm init NEW-FOLDER. If it is lost, clone it "
            "anew: crm clone URL DIR"
        )


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


class StoreLocked(CrmError):
    """Somebody else is writing, and did not finish in time."""

    exit_code = LOCKED

    def __init__(self, holder: str) -> None:
        super().__init__(_("{holder} is writing here at the moment.").format(holder=holder))
        self.hint = _("Wait a moment and repeat the command.")


class NameRefused(UsageProblem):
    """A customer cannot be called this: the name is blank or contains control characters."""

    def __init__(self, name: str) -> None:
        visible = "".join(
            letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name
        )
        if not visible.strip("\N{REPLACEMENT CHARACTER} "):
            super().__init__(_("A customer needs a name."))
        else:
            super().__init__(
                _("The name “{name}” contains control characters.").format(name=visible)
            )
        self.hint = _("Type the name in one line, with at least one visible character.")


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
            'Tell it once: git config --global user.name "First Last" && '
            'git config --global user.email "you@example.com"'
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
            ).format(address=_typed(address), files=", ".join(newer[:_FILES_TOLD]) + more)
        else:
            self.hint = _(
                "Clone anew: crm clone {address} DIR. No file here is newer than the last sync."
            ).format(address=_typed(address))


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


class NothingKnownThen(CrmError):
    """The history knew no such customer on that day."""

    exit_code = NOT_FOUND + 3

    def __init__(self, slug: str, day: date) -> None:
        super().__init__(
            _("On {day} nothing was known of {slug}.").format(day=day.isoformat(), slug=slug)
        )
        self.hint = _("The days on which it changed: crm changes {slug}").format(slug=slug)


class NumberUnknown(CrmError):
    """Nobody has this phone number."""

    exit_code = NOT_FOUND

    def __init__(self, number: str) -> None:
        super().__init__(_("Nobody is known by the number {number}.").format(number=number))
        self.hint = _('Add a customer with it: crm new NAME --phone "{number}"').format(
            number=number
        )


class DateAmbiguous(DateNotUnderstood):
    """The words are two dates: 12/3 is a day in March or in December."""

    def __init__(self, words: str) -> None:
        CrmError.__init__(
            self,
            _("“{words}” can be two days: some put the month first, some the day.").format(
                words=words
            ),
            _("For example: 3.12. or 2026-12-03."),
        )


class NoSuchDay(DateNotUnderstood):
    """The words are written like a date, but no calendar has that day."""

    def __init__(self, words: str) -> None:
        CrmError.__init__(
            self,
            _("There is no such day: “{words}”.").format(words=words),
            _("Check day, month and weekday, or add the year."),
        )


class SpanNotUnderstood(CrmError):
    """The words are no length of time that we know."""

    exit_code = 2

    def __init__(self, words: str) -> None:
        super().__init__(_("“{words}” is not a length of time I understand.").format(words=words))
        self.hint = _("For example: 30d, 6w, 3m, 2y, every 6 weeks, quarterly.")


class NothingToLog(CrmError):
    """No word was said."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(_("Nothing to log: not a word was given."))
        self.hint = _("For example: crm log petersen yesterday call from Heike: delivery late")


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


class FieldUnknown(UsageProblem):
    """No field, and no key of this file, is called this."""

    def __init__(self, asked: str, known: Sequence[str]) -> None:
        super().__init__(_("“{field}” is no field I know.").format(field=asked))
        from difflib import get_close_matches

        near = get_close_matches(asked.casefold(), known, n=3, cutoff=0.7)
        if near:
            self.hint = _("Did you mean: {names}?").format(names=", ".join(near))
        else:
            self.hint = _("A fact of a name of your own is added in the editor: crm edit CUSTOMER")


class ItemNotFound(CrmError):
    """No item of the list answers to the fragment, or several do."""

    def __init__(self, field: str, asked: str, names: Sequence[str], *, several: bool) -> None:
        text = (
            _("{field}: “{asked}” fits several of them: {names}.")
            if several
            else _("{field}: none of them answers to “{asked}”.")
        )
        super().__init__(text.format(asked=asked, field=field, names=", ".join(names)))
        self.exit_code = AMBIGUOUS if several else NOT_FOUND
        if names and not several:
            self.hint = _("There is: {names}.").format(names=", ".join(names))


class NothingChanged(CrmError):
    """It is so already."""

    exit_code = 1

    def __init__(self, name: str) -> None:
        super().__init__(_("{name}: nothing to change, it is so already.").format(name=name))


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


class AttachmentNotReadable(CrmError):
    """A file that was to be attached cannot be; nothing was written."""

    exit_code = NOT_FOUND + 6

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(_("{path} cannot be attached: {reason}.").format(path=path, reason=reason))
        self.hint = _("Name one file; a folder is packed into one first.")


class TaskNotFound(CrmError):
    """No open task is called so, nor has this code."""

    exit_code = NOT_FOUND

    def __init__(self, asked: str, near: Sequence[str] = ()) -> None:
        super().__init__(_("No open task answers to “{asked}”.").format(asked=asked))
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


class NotAMail(CrmError):
    """What was given as a mail names no sender."""

    exit_code = MALFORMED + 5

    def __init__(self) -> None:
        super().__init__(_("This is no mail: it does not begin with who wrote it, and when."))
        self.hint = _("Save the mail as a file (.eml) and name that: crm log --mail FILE")


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


class InTheWay(UsageProblem):
    """Something stands where a store would need a folder or a file of its own."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(_("{path} is in the way: {reason}.").format(path=path, reason=reason))
        self.hint = _("Move it away, or choose another folder.")


class HookThere(UsageProblem):
    """The host's repository has a hook of its own already; it stays as it is."""

    def __init__(self, hook: Path, call: str) -> None:
        super().__init__(_("There is a hook already: {path}").format(path=hook))
        self.hint = _("Hand it what it reads, with this in it: {line}").format(
            line=f'given=$(cat); printf "%s\\n" "$given" | {call} || exit 1'
        )


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


class NothingInFile(CrmError):
    """There is no card in the file."""

    exit_code = MALFORMED + 4

    def __init__(self, name: str) -> None:
        super().__init__(_("{name} holds no address.").format(name=name))
        self.hint = _("Export the address book as vCard (.vcf) and try that file.")


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

    def __init__(self, address: str) -> None:
        super().__init__(_("{address} does not answer at the moment.").format(address=address))
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
        self.hint = self.hint.format(address=_typed(address))


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
                address=_typed(address), name=others[0] if others else "main"
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


class ManyMissing(CrmError):
    """Many customers are gone from the folder, and nobody said that they are to go."""

    exit_code = CHANGED + 6

    def __init__(self, gone: int, all_: int, folder: str) -> None:
        super().__init__(
            _(
                "{gone} of {all} customers are missing from the folder; that is not shared unasked."
            ).format(gone=gone, all=all_)
        )
        from shlex import quote

        self.hint = _(
            "Bring them back: git restore {folder} – or let them go for everybody: crm save"
        ).format(folder=quote(folder))


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
        ).format(address=_typed(address))


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


class BranchUnclear(CrmError):
    """Several branches of the other side have customers, and none is called as usual."""

    exit_code = AMBIGUOUS

    def __init__(self, address: str, branches: Sequence[str]) -> None:
        super().__init__(
            _("Several branches have customers: {names}.").format(names=", ".join(branches))
        )
        self.hint = _("Say which: crm clone {address} --branch {name}").format(
            address=_typed(address), name=branches[0]
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
                folder=_typed(root / stores[0])
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


class FolderTaken(UsageProblem):
    """A clone is made in a folder of its own only."""

    def __init__(self, folder: Path, found: Literal["", "store", "half"] = "") -> None:
        super().__init__(_("{folder} is there already, and not empty.").format(folder=folder))
        hints = {
            "": _("Choose another folder: crm clone URL DIR"),
            "store": _("It is a store. What is new comes by: cd {folder}, then crm sync"),
            "half": _("It holds a clone that was cut off. Delete it, and repeat the command."),
        }
        self.hint = hints[found].format(folder=_typed(folder))


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
            ).format(folder=_typed(folder), address=_typed(empty))
            return
        super().__init__(
            _("{folder} was cloned, but there are no customers in it.").format(folder=folder)
        )
        self.hint = _("Make a store of it: crm init {folder}, and there: crm sync").format(
            folder=_typed(folder)
        )
