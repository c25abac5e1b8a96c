"""What a list adds on stderr: files that could not be read, actions that wait, a silent Git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from crm_md.cli.output import one_line, say
from crm_md.cli.session import Session
from crm_md.dates import say_date, say_when
from crm_md.messages import _, language, ngettext

if TYPE_CHECKING:
    from crm_md.joining.beside import Note
    from crm_md.model import Task
    from crm_md.records.handwork import Saved

SHOWN = 5
_MANY, _NAMED = 6, 3  # customers changed alike that are told in one line, and of these by name


def tell_unreadable(session: Session) -> None:
    """End a list with one line naming the files that could not be read, and what waits."""
    crm = session.crm
    problems = crm.catalogue.unreadable()
    if problems:
        names = ", ".join(one_line(path) for path, _problem in problems[:SHOWN])
        more = "…" if len(problems) > SHOWN else ""
        say(
            ngettext(
                "1 file could not be read: {names}  → crm check",
                "{count} files could not be read: {names}{more}  → crm check",
                len(problems),
            ).format(count=len(problems), names=names, more=more),
            style="careful",
        )
    tell_waiting(session)
    if crm.config_problem:
        say(one_line(str(crm.config_problem)), style="careful")


def tell_waiting(session: Session) -> None:
    """Mention actions that Git has not taken yet, and why it does not answer if it does not."""
    problem = session.crm.git_problem
    if problem:
        say(one_line(f"{problem}  → {problem.hint}"), style="careful")
    count = session.crm.waiting_count()
    if count:
        say(
            ngettext(
                "1 change waits to be saved: crm save",
                "{count} changes wait to be saved: crm save",
                count,
            ).format(count=count),
            style="careful",
        )
        tell_held_up(session)


def tell_held_up(session: Session) -> None:
    """Mention actions that cannot be saved as long as one of their files is no file."""
    for one in session.crm.held_up():
        say(one_line(f"{one}  → {one.hint}"), style="careful")


def tell_old(session: Session) -> None:
    """Say how old the news of the others are, where nothing was shared for days."""
    git = session.crm.history
    if git is None:
        return
    from crm_md.history.last_talk import old_talk

    today = session.now.date()
    if talk := old_talk(git, today):
        when = say_when(talk.when.date(), today, language())
        text = _("Last shared {when}; what the others did since is missing here: crm sync")
        say(one_line(text.format(when=when)), "careful")


def tell_unshared(session: Session) -> None:
    """Say after what cannot wait that the others of a shared store do not know of it yet."""
    git = session.crm.history
    if git is None:
        return
    from crm_md.history.last_talk import newest

    if newest(git):
        say(_("The others see it after: crm sync"), "careful")


def tell_note(note: Note) -> None:
    """Say what a person should know of how two versions of a file were joined."""
    from crm_md.joining.beside import note_told

    say(one_line(note_told(note)), "careful")


def tell_beside(paths: Sequence[str]) -> None:
    """Mention files in the store that nobody else gets, since they are none of its own."""
    names = ", ".join(one_line(path) for path in paths[:SHOWN])
    more = "…" if len(paths) > SHOWN else ""
    say(
        _(
            "Not shared, as no files of the book: {names}{more}  → What belongs to a customer, "
            "into attachments/NAME/; all else: git add and git commit"
        ).format(names=names, more=more)
    )


def tell_undo(action: str, *, restores: bool = False) -> None:
    """Say how to take an action back.

    Args:
        action: its id.
        restores: it took another one back, which then stands again.
    """
    told = _("Restore: crm undo {action}") if restores else _("Take back: crm undo {action}")
    say(told.format(action=action), style="faint")


def tell_done(session: Session, action: str, *, restores: bool = False) -> None:
    """End a command that wrote: how to take it back, and what still waits in spite of it."""
    tell_undo(action, restores=restores)
    tell_held_up(session)
    _tell_left_branch(session)


def _tell_left_branch(session: Session) -> None:
    """Warn whoever writes on a branch that the team does not share, or on none."""
    git = session.crm.history
    if git is None:
        return
    here, left = git.branch(), git.left_branch()
    if here is None or left:
        from crm_md.errors import NoBranch, SideBranch

        problem = SideBranch(here, left) if here and left else NoBranch(left)
        say(one_line(f"{problem}  → {problem.hint}"), style="careful")


def tell_gone(session: Session, mentions: Iterable[str]) -> None:
    """Say that a task is for somebody who has left the team, as long as one can mend it at once."""
    for one in dict.fromkeys(mentions):
        member = session.crm.config.member(one)
        if member and member.has_left(session.now.date()):
            text = _("{name} has left the team: who takes it on?")
            say(one_line(text.format(name=member.name or member.short)), "careful")


def tell_twin(task: Task) -> None:
    """Say that the same was promised before and is open, while it is easy to take one back."""
    told = task.text
    if task.due:
        told = _("{task} (by {day})").format(task=told, day=say_date(task.due, language()))
    mentions = " ".join(f"@{one}" for one in task.mentions)
    text = _("The same is open there already: {task}")
    say(one_line(text.format(task=f"{told} {mentions}")), "careful")


def tell_empty(session: Session) -> None:
    """Say how a book begins, where an answer is empty because nobody is in it yet."""
    if not session.crm.catalogue.names():
        say(_("Next: crm new NAME, or crm import contacts.vcf"), "faint")


def told_together(files: Sequence[Saved]) -> Iterator[str]:
    """Yield what was saved, a line a sentence; where many changed alike, one line for all."""
    alike: dict[tuple[str, ...], list[Saved]] = {}
    for one in files:
        alike.setdefault(one.told or (_("changed"),), []).append(one)
    for told, some in alike.items():
        if len(some) < _MANY:
            yield from (f"{one.name}: {sentence}" for one in some for sentence in told)
            continue
        names = ", ".join(one.name for one in some[:_NAMED])
        text = _("{count} customers: {what} ({names} …)")
        yield text.format(count=len(some), what="; ".join(told), names=names)
