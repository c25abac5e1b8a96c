"""What is offered once an entry is safe: a stranger in it becomes a contact."""

from __future__ import annotations

from contextlib import suppress

import click

from crm_md.cli.afterwords import tell_done
from crm_md.cli.asking import agreed, somebody_is_there
from crm_md.cli.output import one_line, say
from crm_md.cli.session import Session
from crm_md.messages import _, ngettext
from crm_md.records.log_entry import Understood
from crm_md.records.strangers import Stranger, add_stranger


def offer_strangers(session: Session, taken: Understood) -> None:
    """Ask whether each stranger of an entry is to become a contact; say the command otherwise.

    Who turns back with Ctrl-C is asked no more: the entry stands.
    """
    left = list(taken.strangers)
    if somebody_is_there():
        with suppress(click.Abort):
            for one in taken.strangers:
                if agreed(_question(one, taken.who.name)):
                    _add(session, taken, one)
                    left.remove(one)
    if left:
        hint = ngettext(
            '{people} is no contact yet: crm set {slug} contacts --add "{first}"',
            '{people} are no contacts yet: crm set {slug} contacts --add "{first}"',
            len(left),
        )
        people = ", ".join(one.name for one in left)
        said = hint.format(people=people, slug=taken.who.slug, first=left[0].name)
        say(one_line(said), style="faint")


def _question(one: Stranger, firm: str) -> str:
    shown = _("{person}, {role}").format(person=one.name, role=one.role) if one.role else one.name
    asked = _("{person} is not among the people of {firm} yet. Add?")
    return one_line(asked.format(person=shown, firm=firm))


def _add(session: Session, taken: Understood, one: Stranger) -> None:
    action = add_stranger(session.crm, taken.who, one)
    said = _("{name}: {person} is among the people now.")
    say(one_line(said.format(name=taken.who.name, person=one.name)), style="good")
    tell_done(session, action)
