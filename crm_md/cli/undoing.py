"""``crm undo``: take an action back."""

from __future__ import annotations

import click

from crm_md.cli.afterwords import tell_done
from crm_md.cli.asking import agreed, somebody_is_there
from crm_md.cli.commands import command
from crm_md.cli.output import one_line, say
from crm_md.cli.session import Session
from crm_md.dates import say_date
from crm_md.errors import TooFarBack
from crm_md.messages import N_, _, language, ngettext
from crm_md.records.last_action import LastAction, is_shared, last_of_mine
from crm_md.records.undoing import undo, undone_sentence


@command(
    "undo",
    N_(
        "Take back my last action, or the named one. What was written later stays; where that "
        "very piece was changed since, nothing is done, and why is said. Typed again it takes back "
        "the action before. It asks first where that goes far: to many customers, to another day, "
        "to the action before, to what was shared; in a pipe it then does what Enter alone would "
        "answer."
    ),
    N_("crm undo\ncrm undo k3f9x2"),
)
@click.argument("action", default="", metavar=N_("[ACTION]"))
def undo_command(session: Session, action: str) -> None:
    """Take it back."""
    last = None if action else last_of_mine(session.crm)
    if last:
        _ask(session, last)
    done = undo(session.crm, last or action)
    say(undone_sentence(done.told, done.restored), style="good")
    if last:
        _tell_which(last)
    tell_done(session, done.action, restores=not done.restored)


def _ask(session: Session, last: LastAction) -> None:
    """Ask whether this one is meant, unless it plainly is.

    Raises:
        click.Abort: it is not.
        TooFarBack: nobody is there to say so, and it goes far.
    """
    today = session.now.date()
    shared = somebody_is_there() and is_shared(session.crm, last)
    if not (last.after or shared) and last.is_near(today):
        return
    when = say_date(last.revision.when.date(), language())
    if somebody_is_there():
        if last.after:
            say(one_line(_("You did last: {action}").format(action=last.after)))
        if shared:
            say(_("The others may have it already."))
        if not agreed(one_line(_question(last, when)), default=not last.is_far(today)):
            raise click.Abort
    elif last.is_far(today):
        raise TooFarBack(last.revision.subject, last.action, when, last.customers)


def _question(last: LastAction, when: str) -> str:
    told = last.revision.subject
    if last.customers > 1:
        text = ngettext(
            "Take back “{action}” of {when}, which touched {count} customer?",
            "Take back “{action}” of {when}, which touched {count} customers?",
            last.customers,
        )
        return text.format(action=told, when=when, count=last.customers)
    if last.after:
        text = _("Take back the one before it, too, of {when}: “{action}”?")
        return text.format(action=told, when=when)
    return _("Take back “{action}” of {when}?").format(action=told, when=when)


def _tell_which(last: LastAction) -> None:
    """Say what one might not have meant: a commit of Git's, or the action before the last."""
    if last.by_git:
        commit = last.revision.id[:8]
        text = _("It was made with Git itself: {commit}.").format(commit=commit)
        say(text, style="careful")
    if last.after:
        text = _("This was the action before that; the last was “{action}”.")
        text = text.format(action=last.after)
        say(one_line(text), style="careful")
