"""``crm edit`` and ``crm save``: the editor, and what was changed in it."""

from __future__ import annotations

import click

from crm_md.cli.afterwords import tell_beside, tell_undo, told_together
from crm_md.cli.commands import command
from crm_md.cli.editor import editor_not_waited_for, open_file
from crm_md.cli.options import customer_argument, named
from crm_md.cli.output import one_line, put_json, say
from crm_md.cli.session import Session
from crm_md.messages import N_, _
from crm_md.records.handwork import Saved, SavedAll, save
from crm_md.store import read_customer


@command(
    "edit",
    N_("Open a customer's file in the editor; afterwards what changed is told and saved."),
    N_("crm edit petersen"),
)
@customer_argument
def edit_command(session: Session, customer: str) -> int:
    """Open the editor, then save."""
    who = named(session, customer)
    opened = read_customer(session.crm.root, who.path)
    open_file(session.crm.root / who.path)
    done = save(session.crm, only=who.path, opened=opened)
    if done.is_nothing and read_customer(session.crm.root, who.path) != opened:
        say(_("It is saved already: a sync, or somebody else here, was quicker."))
        return 0
    code = _tell(session, done)
    if done.is_nothing and (editor := editor_not_waited_for()):
        text = _('If {name} is still open, later: crm save. To wait for it: EDITOR="{name} --wait"')
        say(text.format(name=editor))
    return code


@command(
    "save",
    N_("Save what was edited by hand, each customer told in a sentence. git commit does as well."),
    N_('crm save\ncrm save "Addresses from the fair"'),
)
@click.argument("message", nargs=-1, metavar=N_("[MESSAGE]"))
def save_command(session: Session, message: tuple[str, ...]) -> int:
    """Save."""
    return _tell(session, save(session.crm, " ".join(message)))


def _tell(session: Session, done: SavedAll) -> int:
    """Tell what was saved; what could not be is the failure that the command ends with."""
    if session.json:
        put_json([_as_json(one) for one in done.files])
    for sentence in done.caught_up:
        say(_("Saved now: {sentence}").format(sentence=sentence), style="good")
    if done.is_nothing:
        say(_("Nothing was changed."))
    for line in told_together(done.files):
        say(line, style="good")
    for one in done.files:
        for finding in one.findings:
            if finding.severity != "hint":
                say(f"  {one.path}:{finding.line}: {finding.text} → {finding.remedy}", "careful")
    if done.action:
        tell_undo(done.action)
    if done.beside:
        tell_beside(done.beside)
    problems = [*done.left_out, *done.held_up]
    for problem in problems[:-1]:
        say(one_line(f"{problem}  → {problem.hint}"), style="careful")
    if problems:
        raise problems[-1]
    return 0


def _as_json(one: Saved) -> dict[str, object]:
    return {"path": one.path, "name": one.name, "changes": list(one.told)}
