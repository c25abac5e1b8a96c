"""``crm show``: the quick look on one screen."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from crm_md.cli.afterwords import tell_waiting
from crm_md.cli.commands import command
from crm_md.cli.options import complete_customers, named
from crm_md.cli.output import put, put_json
from crm_md.cli.quick_look_page import blocks, heading
from crm_md.cli.rows import put_blocks, put_row
from crm_md.cli.session import Session
from crm_md.messages import N_
from crm_md.questions.fields import entry_fields, fields_of, task_fields
from crm_md.questions.quick_look import QuickLook, quick_look

SHOWN_ENTRIES = 4


@command(
    "show",
    N_(
        "The quick look on one screen: how to address them, the people, what to be careful about, "
        "what was promised, the last contacts. A fragment of a name, a phone number or an e-mail "
        "names the customer."
    ),
    N_("crm show petersen\ncrm show +49492293000\ncrm show petersen --at 2025-06-30"),
)
@click.argument(
    "customer",
    nargs=-1,
    required=True,
    metavar=N_("CUSTOMER…"),
    shell_complete=complete_customers,
)
@click.option(
    "--all", "--alle", "everything", is_flag=True, help=N_("The whole story, newest first.")
)
@click.option("--at", "--am", metavar=N_("DATE"), default="", help=N_("As known on that day."))
def show_command(session: Session, customer: tuple[str, ...], everything: bool, at: str) -> int:
    """Print the quick look."""
    who = named(session, " ".join(customer), likeliest=True)
    day = _day(session, at)
    look = quick_look(
        session.crm,
        who.path,
        at=day,
        person=who.person,
        entries=None if everything else SHOWN_ENTRIES,
    )
    if session.json:
        put_json(as_json(look))
    else:
        for row in heading(look, everything):
            put_row(row, 0)
        put()
        put_blocks(blocks(look, everything))
    tell_waiting(session)
    return 0


def _day(session: Session, words: str) -> date | None:
    if not words:
        return None
    from crm_md.dates import parse_date

    return parse_date(words, session.now.date(), toward="past").date


def as_json(look: QuickLook) -> dict[str, Any]:
    """Return the fields of the file under their English names, and what the look makes of them."""
    return {
        **fields_of(look.customer),
        "to_settle": list(look.to_settle),
        "promised": [task_fields(task) for task in look.promised],
        "owed": [task_fields(task) for task in look.owed],
        "complaints": [entry_fields(entry) for entry in look.complaints],
        "known_by": list(look.known_by),
    }
