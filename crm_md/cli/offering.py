"""What is offered once an entry is safe: a promise in it is noted, a stranger becomes a contact."""

from __future__ import annotations

from contextlib import suppress

import click

from crm_md.cli.afterwords import tell_done
from crm_md.cli.asking import agreed, somebody_is_there
from crm_md.cli.output import one_line, say
from crm_md.cli.session import Session
from crm_md.dates import say_date
from crm_md.messages import _, language, ngettext
from crm_md.records.log_entry import Understood
from crm_md.records.strangers import Stranger, add_stranger
from crm_md.records.tasks import add_task

_FRESH = 7  # days; of an older entry, "by Friday" was another Friday


def offer(session: Session, taken: Understood) -> None:
    """Offer what an entry that is saved leaves to do.

    Who turns back with Ctrl-C is asked no more: the entry stands.
    """
    offer_promise(session, taken)
    offer_strangers(session, taken)


def offer_promise(session: Session, taken: Understood) -> None:
    """Ask whether what sounds like a promise is to be noted; say the command in a pipe."""
    today = session.now.date()
    is_fresh = 0 <= (today - taken.heading.date).days <= _FRESH
    if taken.tasks or taken.next_step or not is_fresh:
        return
    from crm_md.records.spoken_promises import spoken_promise

    found = spoken_promise((taken.heading.subject, taken.text), today)
    if found is None:
        return
    day = say_date(found.day, language())
    if not somebody_is_there():
        hint = _('Sounds like a promise, by {day}: crm todo {slug} --add "{task}"')
        task = found.task.replace('"', "'")
        said = hint.format(day=day, slug=taken.who.slug, task=task)
        say(one_line(said), style="faint")
        return
    question = _("Sounds like a promise: by {day}. Keep it as a task?").format(day=day)
    with suppress(click.Abort):
        if agreed(one_line(question), default=True):
            added = add_task(session.crm, taken.who, found.task)
            said = _("Task: {task}, by {day}").format(task=added.task.text, day=day)
            say(one_line(said), style="good")
            tell_done(session, added.action)


def offer_strangers(session: Session, taken: Understood) -> None:
    """Ask whether each stranger of an entry is to become a contact; say the command otherwise."""
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
