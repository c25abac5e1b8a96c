"""``crm solve``: a complaint is made good."""

from __future__ import annotations

import sys
from datetime import date

import click

from crm_md.cli.afterwords import tell_done
from crm_md.cli.asking import chosen, somebody_is_there, told
from crm_md.cli.commands import command
from crm_md.cli.options import customer_argument, named
from crm_md.cli.output import on_terminal, say
from crm_md.cli.session import Session
from crm_md.dates import parse_date, say_date, say_when, split_leading_date
from crm_md.errors import ComplaintAmbiguous
from crm_md.messages import N_, _, language
from crm_md.model import Entry
from crm_md.questions.naming import Named
from crm_md.records import solving
from crm_md.records.solving import Solved, complaints_of


@command(
    "solve",
    N_(
        "Solve a complaint: the day and how it was made good are written into its entry. Of "
        "several open ones, say which by its day or a word of it; or name it by its code, as crm "
        "todo shows it."
    ),
    N_(
        "crm solve petersen replacement delivered, voucher of 120 €\n"
        "crm solve petersen yesterday replacement delivered\n"
        'crm solve petersen --which seam "replacement delivered" --on 18.11.\n'
        "crm solve n4d replacement delivered"
    ),
)
@customer_argument
@click.argument("text", nargs=-1, metavar=N_("[TEXT…]"))
@click.option(
    "--on", "--am", "day", metavar=N_("DATE"), default="", help=N_("The day it was solved.")
)
@click.option(
    "--which",
    "--welche",
    "which",
    metavar=N_("DATE|WORDS"),
    default="",
    help=N_("Of several complaints the one of this day, with these words or this code."),
)
def solve_command(
    session: Session, customer: str, text: tuple[str, ...], day: str, which: str
) -> None:
    """Find the complaint, ask what is not said, write the solution."""
    session.crm.ask_who_i_am()
    coded = None if which else solving.by_code(session.crm, customer)
    who = coded[0] if coded else named(session, customer)
    complaint = coded[1] if coded else the_complaint(session, who, which)
    when, words = _when_and_how(" ".join(text), day, session.now.date())
    solving.check_day(complaint, when)
    if not words and somebody_is_there():
        words = told(_("How was it made good? (Enter: no words)"))
    _tell(session, solving.solve(session.crm, who, complaint, when, words))


def the_complaint(session: Session, who: Named, words: str = "") -> Entry:
    """Return the open complaint that is meant; of several, somebody at a terminal chooses."""
    found = complaints_of(session.crm, who, words)
    shown = [solving.told(entry) for entry in found]
    if len(found) == 1:
        return found[0]
    if not somebody_is_there():
        raise ComplaintAmbiguous(who.name, who.slug, shown)
    question = _("{name} has several open complaints:").format(name=who.name)
    return found[chosen(question, shown)]


def _when_and_how(text: str, day: str, today: date) -> tuple[date, str]:
    """Return the day of the solution, and the words; ``-`` reads them from a pipe."""
    if text == "-" and not on_terminal(sys.stdin):
        text = sys.stdin.read().strip()
    if day:
        return parse_date(day, today, toward="past").date, text
    when, rest = split_leading_date(text, today, toward="past")
    if when is None or when.date > today:
        return today, text
    return when.date, rest.lstrip(":,- ").strip()


def _tell(session: Session, solved: Solved) -> None:
    today = session.now.date()
    day = say_date(solved.day, language())
    said = _("{name}: solved on {day} ({relative}): {complaint}")
    say(
        said.format(
            name=solved.name,
            day=day,
            relative=say_when(solved.day, today, language()),
            complaint=solving.told(solved.complaint),
        ),
        style="good",
    )
    if solved.day > today:
        say(_("That day is still to come."), style="careful")
    if solved.left:
        tell_open(solved.left)
    tell_done(session, solved.action)


def tell_open(complaints: tuple[Entry, ...]) -> None:
    """Say which complaints are still open."""
    shown = "; ".join(map(solving.told, complaints))
    say(_("Still open: {complaints}").format(complaints=shown), style="careful")
