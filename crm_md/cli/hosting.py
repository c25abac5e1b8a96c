"""``crm server-hook``: what Git calls on a firm's host before it lets a push in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from crm_md.cli.checking import line_of
from crm_md.cli.commands import command
from crm_md.cli.output import say
from crm_md.cli.session import Session
from crm_md.messages import N_, _, speaking
from crm_md.quality.server_hook import Checked, install, not_by_hand, refusals

MOST = 50  # findings that are told of a push


@command(
    "server-hook",
    N_(
        "For the host that a firm pushes to: refuses what would break the store for everybody "
        "(files that cannot be read, marks of an unsettled merge, two files of one name, derived "
        "files), with file, line and remedy. Warnings never stop a push. --install writes the "
        "hook pre-receive into a repository; Git calls it from then on."
    ),
    N_("crm server-hook --install /srv/git/customers.git"),
)
@click.option(
    "--install",
    "--einbauen",
    "target",
    metavar="REPO.git",
    default="",
    help=N_("Let this repository check every push."),
)
def server_hook_command(session: Session, target: str) -> int:
    """Write the hook; or, called by Git, say what is refused."""
    if target:
        hook = install(Path(target).expanduser())
        say(_("From now on every push is checked: {file}").format(file=hook), "good")
        return 0
    if sys.stdin.isatty():
        raise not_by_hand()
    checked = refusals(Path.cwd(), sys.stdin, session.now.date())
    for one in checked:
        with speaking(one.language):
            _tell(one)
    return 1 if any(one.refused for one in checked) else 0


def _tell(checked: Checked) -> None:
    """Say to whoever pushes what is wrong, the errors first."""
    told = [one for one in checked.findings if one.severity != "hint"]
    if checked.refused:
        text = _("Refused, for it would break the store for everybody (branch {branch}):")
        say(text.format(branch=checked.branch))
    for finding in told[:MOST]:
        say(line_of(finding))
    if checked.refused:
        say(_("Put it right, save it (crm save, or git commit), and push again."))
