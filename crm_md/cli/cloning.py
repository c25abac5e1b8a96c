"""``crm clone``: get a store that others share."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crm_md.cli.asking import agreed, somebody_is_there
from crm_md.cli.commands import command
from crm_md.cli.output import one_line, put, put_json, say
from crm_md.cli.progress import progress_bar
from crm_md.cli.session import Session, default_store, remember_default
from crm_md.cli.starting import ask_who, tell_me
from crm_md.messages import N_, _, language, ngettext
from crm_md.team.cloning import Cloned, clone

if TYPE_CHECKING:
    from crm_md.config import Member
    from crm_md.history import Identity


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
@click.option(
    "--branch",
    metavar=N_("NAME"),
    default="",
    help=N_("Take this branch; else the one that has customers."),
)
def clone_command(
    session: Session, address: str, folder: Path | None, only: tuple[str, ...], branch: str
) -> int:
    """Clone, and say what is there."""
    ask = _ask_who if somebody_is_there() else None
    with progress_bar() as progress:
        done = clone(
            address, folder, session.now, only=only, branch=branch, ask=ask, progress=progress
        )
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
    _tell(session, done)
    if is_default:
        say(_("From now on it is your default store; crm finds it from every folder."))
    else:
        _tell_other_default(done.root)
    say(_("Next: cd {folder}, then: crm call").format(folder=shlex.quote(str(done.root))), "faint")
    return 0


def _ask_who() -> Identity | None:
    """Ask who is at the keyboard; whoever breaks off has a clone all the same."""
    try:
        return ask_who()
    except click.Abort:
        say("")
        return None


def _tell_other_default(root: Path) -> None:
    """Say which store commands go on to work on from elsewhere, and how that changes."""
    default = default_store()
    if default and default != root:
        say(
            _(
                "Your default store is still {folder}. Once that is put away, this one becomes "
                "it by: crm init {root}"
            ).format(folder=default, root=shlex.quote(str(root)))
        )


def _tell(session: Session, done: Cloned) -> None:
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
    if done.password:
        say(
            _(
                "The password of the address stands in .git/config now. Git can keep it in a "
                "better place: git help credentials"
            ),
            "careful",
        )
    if done.me is None or done.in_team or not _joined(session, done.root, done.me):
        _tell_me(done)


def _joined(session: Session, root: Path, me: Member) -> bool:
    """Offer somebody new to put them into the team; tell whether they are in it now."""
    if session.json or not somebody_is_there():
        return False
    question = _("{name} is not in the team of this store yet. Put in?").format(name=me.name)
    if not agreed(one_line(question), default=True):
        return False
    from crm_md.records.starting import init_store

    done = init_store(root, language(), session.now)
    tell_me(root, done.me, in_team=done.in_team)
    return True


def _tell_me(done: Cloned) -> None:
    if done.me is None or done.in_team:
        tell_me(done.root, done.me, in_team=done.in_team)
        return
    text = _("{name} is not in the team yet, so nobody can give them a task: crm init {folder}")
    folder = shlex.quote(str(done.root))
    say(one_line(text.format(name=done.me.name, folder=folder)), "careful")
