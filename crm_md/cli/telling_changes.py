"""``crm changes``: who changed what, and when."""

from __future__ import annotations

import click

from crm_md.cli.commands import command
from crm_md.cli.options import customer_argument, limit_option, named
from crm_md.cli.output import one_line, paint, printable, put, put_json
from crm_md.cli.session import Session
from crm_md.dates import say_date
from crm_md.messages import N_, language
from crm_md.questions.told_changes import Told, changes_of


@command(
    "changes",
    N_("Who changed what at a customer, and when, in sentences, newest first."),
    N_("crm changes petersen\ncrm changes petersen --diff --limit 3"),
)
@customer_argument
@limit_option
@click.option("--diff", is_flag=True, help=N_("Show the raw difference of each as well."))
def changes_command(session: Session, customer: str, limit: int | None, diff: bool) -> int:
    """Print the changes."""
    who = named(session, customer)
    told = changes_of(session.crm, who, limit=limit, diff=diff)
    if session.json:
        put_json([_as_json(one) for one in told])
    else:
        for one in told:
            _print(one)
    return 0 if told else 1


def _print(told: Told) -> None:
    when = f"{say_date(told.when.date(), language())} {told.when:%H:%M}"
    put(f"{paint(when, 'hit')}  {paint(told.by, 'title')}  {paint(told.action, 'faint')}")
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
