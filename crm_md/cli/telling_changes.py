"""``crm changes``: who changed what, and when; at a customer, or lately in the whole store."""

from __future__ import annotations

from datetime import date

import click

from crm_md.cli.commands import command
from crm_md.cli.options import complete_customers, day_named, limit_option, named
from crm_md.cli.output import one_line, paint, printable, put, put_json, say
from crm_md.cli.session import Session
from crm_md.dates import parse_date, say_date
from crm_md.errors import UsageProblem
from crm_md.messages import N_, _, language
from crm_md.questions.last_actions import Deed, last_actions
from crm_md.questions.told_changes import Told, changes_of

LATELY = 20  # actions across the store that are shown where nobody says how many


@command(
    "changes",
    N_(
        "Who changed what at a customer, and when, in sentences, newest first. Without a customer "
        "the last actions of all, each with the name that takes it back."
    ),
    N_(
        "crm changes\n"
        "crm changes --mine --since monday\n"
        "crm changes petersen\n"
        "crm changes petersen --diff --limit 3"
    ),
)
@click.argument("customer", default="", metavar=N_("[CUSTOMER]"), shell_complete=complete_customers)
@click.option("--mine", "--meine", is_flag=True, help=N_("Only what I did."))
@click.option(
    "--since", "--seit", default="", metavar=N_("DATE"), help=N_("Only from this day on.")
)
@limit_option
@click.option("--diff", is_flag=True, help=N_("Show the raw difference of each as well."))
def changes_command(
    session: Session, customer: str, mine: bool, since: str, limit: int | None, diff: bool
) -> int:
    """Print the changes of a customer, or the last actions of all."""
    begin = parse_date(since, session.now.date(), toward="past").date if since else None
    day = day_named(session, customer) if customer and not since else None
    if day and day.date <= session.now.date():
        customer, begin = "", day.date
    if not customer:
        return _put_lately(session, mine, begin, limit, diff)
    who = named(session, customer)
    told = changes_of(session.crm, who, limit=limit, diff=diff, mine=mine, since=begin)
    if session.json:
        put_json([_as_json(one) for one in told])
    else:
        for one in told:
            _print(one)
    return 0 if told else 1


def _put_lately(
    session: Session, mine: bool, since: date | None, limit: int | None, diff: bool
) -> int:
    """Print the last actions across the store.

    Raises:
        UsageProblem: raw differences are asked for, of everything.
    """
    if diff:
        raise UsageProblem(
            _("--diff shows the files of one customer."),
            _("For example: crm changes petersen --diff"),
        )
    most = limit or (None if since else LATELY)
    found = last_actions(session.crm, mine=mine, since=since, limit=most and most + 1)
    shown = found[:most]
    if session.json:
        put_json([_deed_as_json(one) for one in shown])
        return 0 if shown else 1
    for one in shown:
        _print_head(one)
        put(f"    {one_line(one.message)}" + (f" {_('(taken back)')}" if one.taken_back else ""))
    if most and len(found) > most:
        say(_("Earlier ones: crm changes --limit {count}").format(count=2 * most), "faint")
    if shown:
        say(_("Take one back: crm undo ACTION"), "faint")
    else:
        say(_("Nothing was changed."))
    return 0 if shown else 1


def _print_head(one: Told | Deed) -> None:
    when = f"{say_date(one.when.date(), language())} {one.when:%H:%M}"
    put(f"{paint(when, 'hit')}  {paint(one.by, 'title')}  {paint(one.action, 'faint')}")


def _print(told: Told) -> None:
    _print_head(told)
    for sentence in told.sentences or (told.message,):
        put(f"    {one_line(sentence)}")
    for line in told.diff.split("\n") if told.diff else ():
        style = {"+": "good", "-": "wrong"}.get(line[:1], "faint")
        put("    " + paint(printable(line.rstrip("\r")), style))


def _as_json(told: Told) -> dict[str, object]:
    return {
        "when": told.when.isoformat(),
        "by": told.by,
        "action": told.action,
        "commit": told.commit,
        "message": told.message,
        "changes": list(told.sentences),
        **({"diff": told.diff} if told.diff else {}),
    }


def _deed_as_json(one: Deed) -> dict[str, object]:
    return {
        "when": one.when.isoformat(),
        "by": one.by,
        "action": one.action,
        "commit": one.commit,
        "message": one.message,
        "customers": list(one.customers),
        "paths": list(one.paths),
        "taken_back": one.taken_back,
    }
