"""``crm next`` and ``crm snooze``: what comes next with somebody, and not before when."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from crm_md.cli.afterwords import tell_done
from crm_md.cli.commands import command
from crm_md.cli.options import customer_argument, named
from crm_md.cli.output import one_line, put, put_json, say
from crm_md.cli.session import Session
from crm_md.dates import say_date, say_when
from crm_md.errors import UsageProblem
from crm_md.messages import N_, _, language, ngettext
from crm_md.model import NextStep, Until
from crm_md.questions.naming import Named
from crm_md.records.next_steps import (
    Snoozed,
    StepSet,
    delete_next,
    end_snooze,
    says,
    set_next,
    snooze,
)

NO_STEP = frozenset(("nie", "nichts", "keiner", "keine", "never", "nothing", "none", "aus", "off"))
NO_REST = frozenset(("aus", "off", "ende", "end", "vorbei", "over"))


@command(
    "next",
    N_(
        "What comes next with a customer, and when; on that day the call list names it. A contact "
        "on or after it completes it. Without a day it is shown, with --delete taken away."
    ),
    N_(
        "crm next petersen in 2 weeks ask about the offer\n"
        "crm next petersen 3.12. 10:00 call\n"
        "crm next petersen\n"
        "crm next petersen --delete"
    ),
)
@customer_argument
@click.argument("words", nargs=-1, metavar=N_("[WHEN [WHAT…]]"))
@click.option("--delete", "--löschen", "delete", is_flag=True, help=N_("There is no next step."))
def next_command(session: Session, customer: str, words: tuple[str, ...], delete: bool) -> int:
    """Show, set or delete the next step."""
    who = named(session, customer)
    delete = _wants_none(words, delete) or says(words, NO_STEP)
    if delete:
        _tell_next(session, delete_next(session.crm, who))
        return 0
    if words:
        _tell_next(session, set_next(session.crm, who, " ".join(words)))
        return 0
    step = session.crm.read(who.path).customer.next
    if session.json:
        put_json({"slug": who.slug, "name": who.name, "next": _step_fields(step)})
    elif step:
        put(one_line(f"{who.name}: {_step(session, step)}"))
    else:
        say(_("{name} has no next step.").format(name=who.name))
    return 0 if step else 1


@command(
    "snooze",
    N_(
        "Leave somebody alone until a day: all reasons of ours rest until then, unless they get "
        "in touch or complain. Tasks stay in the list: crm todo. If the words name a person, it is "
        "theirs alone. Without a day it is shown, with --delete ended."
    ),
    N_(
        "crm snooze petersen spring asks for quiet\n"
        "crm snooze heike 2027-01-07 on holiday\n"
        "crm snooze petersen\n"
        "crm snooze petersen --delete"
    ),
)
@customer_argument
@click.argument("words", nargs=-1, metavar=N_("[UNTIL [REASON…]]"))
@click.option("--delete", "--löschen", "delete", is_flag=True, help=N_("End the rest."))
def snooze_command(session: Session, customer: str, words: tuple[str, ...], delete: bool) -> int:
    """Show, set or end a rest."""
    who = named(session, customer)
    if _wants_none(words, delete) or says(words, NO_REST):
        _tell_snooze(session, who, end_snooze(session.crm, who))
        return 0
    if words:
        _tell_snooze(session, who, snooze(session.crm, who, " ".join(words)))
        return 0
    return _show_rests(session, who)


def _wants_none(words: tuple[str, ...], delete: bool) -> bool:
    if delete and words:
        raise UsageProblem(_("--delete takes it away, so no words can follow."))
    return delete


def _tell_next(session: Session, done: StepSet) -> None:
    if done.step:
        say(f"{done.name}: {_step(session, done.step)}", style="good")
        if done.step.day and done.step.day < session.now.date():
            say(_("That day has passed."), style="careful")
    else:
        say(_("{name} has no next step any more.").format(name=done.name), style="good")
    if done.before:
        say(_("Until now: {step}").format(step=_step(session, done.before)), style="faint")
    if done.rests and done.rests.day:
        day = say_date(done.rests.day, language())
        say(_("They rest until {day}; the call list says nothing before.").format(day=day))
    tell_done(session, done.action)


def _tell_snooze(session: Session, who: Named, done: Snoozed) -> None:
    whose = f"{done.person} ({done.name})" if done.person else done.name
    if done.rest is None:
        say(_("{name} rests no longer.").format(name=whose), style="good")
    else:
        say(f"{whose}: {_rest(session, done.rest)}", style="good")
    if done.rest and done.person:
        said = _("The others there can be called. For all of them: crm snooze {slug} …")
        say(said.format(slug=who.slug), style="faint")
    if done.waiting:
        said = _("The next step waits until then: {step}")
        say(said.format(step=_step(session, done.waiting)))
    if done.tasks:
        text = ngettext(
            "1 task stays in the list: crm todo {slug}",
            "{count} tasks stay in the list: crm todo {slug}",
            done.tasks,
        )
        say(text.format(count=done.tasks, slug=who.slug), style="faint")
    tell_done(session, done.action)


def _show_rests(session: Session, who: Named) -> int:
    """Print until when the customer and the people there rest."""
    customer = session.crm.read(who.path).customer
    people = [(one.name, one.snooze) for one in customer.contacts if one.snooze]
    if session.json:
        rests = [{"person": name, **_rest_fields(rest)} for name, rest in people]
        own = [{"person": None, **_rest_fields(customer.snooze)}] if customer.snooze else []
        put_json({"slug": who.slug, "name": who.name, "snooze": [*own, *rests]})
    else:
        if customer.snooze:
            put(one_line(f"{customer.name}: {_rest(session, customer.snooze)}"))
        for name, rest in people:
            put(one_line(f"{name} ({customer.name}): {_rest(session, rest)}"))
    if customer.snooze or people:
        return 0
    if not session.json:
        say(_("Nobody rests at {name}.").format(name=who.name))
    return 1


def _step(session: Session, step: NextStep) -> str:
    if step.day is None:
        return step.written
    day = say_date(step.day, language())
    relative = say_when(step.day, session.now.date(), language())
    return one_line(f"{day} ({relative}) {step.text}")


def _rest(session: Session, rest: Until) -> str:
    if rest.day is None:
        return rest.written
    return rest_told(rest.day, rest.text, session.now.date())


def rest_told(until: date, why: str, today: date) -> str:
    """Return until when somebody rests, and why, in a line."""
    day, relative = say_date(until, language()), say_when(until, today, language())
    said = _("rests until {day} ({relative})").format(day=day, relative=relative)
    return one_line(f"{said}: {why}" if why else said)


def _step_fields(step: NextStep | None) -> dict[str, Any] | None:
    return {"date": step.day and step.day.isoformat(), "text": step.text} if step else None


def _rest_fields(rest: Until) -> dict[str, Any]:
    return {
        "until": rest.day and rest.day.isoformat(),
        "since": rest.since and rest.since.isoformat(),
        "text": rest.text,
    }
