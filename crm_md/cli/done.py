"""``crm done``: tick what was promised, or drop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crm_md.cli.afterwords import tell_done
from crm_md.cli.asking import agreed, chosen, somebody_is_there
from crm_md.cli.commands import command
from crm_md.cli.options import complete_codes
from crm_md.cli.output import one_line, say
from crm_md.cli.session import Session
from crm_md.dates import parse_date, say_date
from crm_md.messages import N_, _, language, ngettext
from crm_md.questions.which_tasks import Meant, ambiguous, which_tasks
from crm_md.records.tasks import end_tasks

if TYPE_CHECKING:
    from crm_md.index.promises import Promise


@command(
    "done",
    N_(
        "Tick a task or a next step: by its code, as crm todo shows it, or by words of it and of "
        "its customer. "
        "Several codes tick several. What follows a code, or comes last in quotation marks, is a "
        "note, which goes below the task."
    ),
    N_(
        "crm done p3c\n"
        "crm done p3c sent by post, tracking number in the mail\n"
        "crm done petersen replacement\n"
        "crm done p3c --on yesterday\n"
        "crm done p3c --drop no longer wanted"
    ),
)
@click.argument(
    "words",
    nargs=-1,
    required=True,
    metavar=N_("CODE|WORDS… [NOTE]"),
    shell_complete=complete_codes,
)
@click.option("--on", "--am", "day", metavar=N_("DATE"), default="", help=N_("The day of it."))
@click.option(
    "--drop", "--entfällt", "drop", is_flag=True, help=N_("Not necessary any more: drop it.")
)
def done_command(session: Session, words: tuple[str, ...], day: str, drop: bool) -> None:
    """Find the task, tick it, say what is left."""
    session.crm.ask_who_i_am()
    today = session.now.date()
    when = parse_date(day, today, toward="past").date if day else today
    meant = which_tasks(session.crm, words)
    tasks = meant.tasks if meant.sure else (_chosen(session, meant),)
    ended = end_tasks(
        session.crm, tasks, ending="dropped" if drop else "done", day=when, note=meant.note
    )
    for task in tasks:
        said = _("Dropped: {task} – {name}") if drop else _("Done: {task} – {name}")
        say(one_line(said.format(task=task.text, name=task.name)), style="good")
    if meant.note:
        say(_("Note: {note}").format(note=one_line(meant.note)))
    if when != today:
        say(_("On {day}.").format(day=say_date(when, language())))
    if ended.left:
        text = ngettext(
            "1 task is still open there: crm todo {slug}",
            "{count} tasks are still open there: crm todo {slug}",
            ended.left,
        )
        say(text.format(count=ended.left, slug=tasks[0].slug), style="faint")
    tell_done(session, ended.action)


def _chosen(session: Session, meant: Meant) -> Promise:
    """Let somebody at the terminal say which task is meant.

    Raises:
        TaskAmbiguous: nobody is there.
    """
    if not somebody_is_there():
        raise ambiguous(session.crm, meant)
    shown = [
        f"{task.text} – {task.name}" + (f" ({say_date(task.due, language())})" if task.due else "")
        for task in meant.tasks
    ]
    if len(shown) == 1:
        if not agreed(_("Do you mean: {task}?").format(task=one_line(shown[0])), default=True):
            raise click.Abort
        return meant.tasks[0]
    question = _("“{words}” may mean several tasks:").format(words=meant.asked)
    return meant.tasks[chosen(question, shown)]
