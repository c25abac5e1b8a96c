"""``crm clone``: get a store that others share."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from crm_md.cli.asking import somebody_is_there
from crm_md.cli.commands import command
from crm_md.cli.output import put, put_json, say
from crm_md.cli.progress import progress_bar
from crm_md.cli.session import Session, remember_default
from crm_md.cli.starting import ask_who, tell_me
from crm_md.messages import N_, _, ngettext
from crm_md.team.cloning import Cloned, clone


@command(
    "clone",
    N_(
        "Get a store that others share, with its whole history, ready for work. --only takes some "
        "folders of customers out of a large one; everything else works the same."
    ),
    N_("crm clone git@example.com:firm/customers.git\ncrm clone URL ~/north --only north"),
)
@click.argument("address", metavar=N_("URL"))
@click.argument("folder", required=False, metavar=N_("[DIR]"), type=click.Path(path_type=Path))
@click.option(
    "--only",
    multiple=True,
    metavar=N_("FOLDER"),
    help=N_("Take only this folder of customers; may be given several times."),
)
def clone_command(
    session: Session, address: str, folder: Path | None, only: tuple[str, ...]
) -> int:
    """Clone, and say what is there."""
    ask = ask_who if somebody_is_there() else None
    with progress_bar() as progress:
        done = clone(address, folder, session.now, only=only, ask=ask, progress=progress)
    is_default = remember_default(done.root)
    if session.json:
        put_json(
            {
                "path": str(done.root),
                "customers": done.customers,
                "unreadable": done.unreadable,
                "only": list(done.only),
                "team": done.me.short if done.me and done.in_team else None,
                "default": is_default,
            }
        )
    else:
        put(str(done.root))
    _tell(done)
    if is_default:
        say(_("From now on it is your default store; crm finds it from every folder."))
    say(_("Next: cd {folder}, then: crm call").format(folder=shlex.quote(str(done.root))), "faint")
    return 0


def _tell(done: Cloned) -> None:
    """Say what is there, and who one is in it."""
    say(
        ngettext("1 customer is here.", "{count} customers are here.", done.customers).format(
            count=done.customers
        ),
        "good",
    )
    if done.unreadable:
        say(
            ngettext(
                "1 file cannot be read: crm check",
                "{count} files cannot be read: crm check",
                done.unreadable,
            ).format(count=done.unreadable),
            "careful",
        )
    tell_me(done.root, done.me, in_team=done.in_team)
