"""``crm undo``: take an action back."""

from __future__ import annotations

import click

from crm_md.cli.afterwords import tell_done
from crm_md.cli.commands import command
from crm_md.cli.output import say
from crm_md.cli.session import Session
from crm_md.messages import N_
from crm_md.records.undoing import undo, undone_sentence


@command(
    "undo",
    N_(
        "Take back my last action, or the named one. What was written later stays; where that "
        "very piece was changed since, nothing is done, and why is said."
    ),
    N_("crm undo\ncrm undo k3f9x2"),
)
@click.argument("action", default="", metavar=N_("[ACTION]"))
def undo_command(session: Session, action: str) -> None:
    """Take it back."""
    done = undo(session.crm, action)
    say(undone_sentence(done.told, done.restored), style="good")
    tell_done(session, done.action, restores=not done.restored)
