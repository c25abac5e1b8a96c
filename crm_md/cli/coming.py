"""``crm agenda``: what the coming days bring, on the screen or as a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from crm_md.cli.afterwords import tell_unreadable
from crm_md.cli.commands import command
from crm_md.cli.options import output_option, owner_option, put_out
from crm_md.cli.output import one_line, put_json, say
from crm_md.cli.rows import Piece, Row, apart, put_row
from crm_md.cli.session import Session
from crm_md.dates import say_date, say_when
from crm_md.errors import UsageProblem
from crm_md.messages import N_, _, language
from crm_md.questions.coming_days import DAYS, ComingDays, coming_days
from crm_md.questions.coming_words import YEAR, calendar, what
from crm_md.questions.what_comes import Coming

if TYPE_CHECKING:
    from crm_md.dates import When

INDENT = 4  # columns below a day
LONGEST = 3660  # days, ten years


@command(
    "agenda",
    N_(
        "What the coming days bring: planned visits, next steps, tasks (ours and theirs), "
        "deals closing, service due, birthdays; mine and nobody's, what is overdue first. "
        "With --ics as a calendar file for Outlook, Google or Apple."
    ),
    N_(
        "crm agenda\n"
        "crm agenda tomorrow\n"
        "crm agenda --from monday --days 7\n"
        "crm agenda --ics --output agenda.ics"
    ),
)
@click.argument("when", nargs=-1, metavar=N_("[DATE]"))
@owner_option
@click.option(
    "--days",
    "--tage",
    type=click.IntRange(1, LONGEST),
    metavar="N",
    help=N_("So many days: 14, in a calendar 366."),
)
@click.option("--from", "--ab", "begin", metavar=N_("DATE"), default="", help=N_("From that day."))
@click.option("--ics", is_flag=True, help=N_("As a calendar file (iCalendar) to subscribe to."))
@output_option
def agenda_command(
    session: Session,
    when: tuple[str, ...],
    owner: str,
    days: int | None,
    begin: str,
    ics: bool,
    output: str,
) -> int:
    """Print the agenda, or the calendar."""
    if output and not ics:
        raise UsageProblem(_("Into a file goes the calendar only."), _("Add: --ics"))
    if when and begin:
        raise UsageProblem(_("The day is named twice."), _("Leave one of them out."))
    said = _when(session, begin or " ".join(when))
    span = 1 + ((said.until or said.date) - said.date).days if said and when and not ics else 0
    answer = coming_days(
        session.crm,
        owner=owner,
        first=said.date if said else None,
        days=days or span or (YEAR if ics else DAYS),
        passed=ics,
    )
    if ics:
        put_out(session, calendar(answer, session.crm.config, _name(session, answer)), output)
    elif session.json:
        put_json([_as_json(one, answer) for one in (*answer.overdue, *answer.coming)])
    else:
        _print(session, answer)
    tell_unreadable(session)
    return 0 if ics or answer.overdue or answer.coming else 1


def _when(session: Session, words: str) -> When | None:
    if not words:
        return None
    from crm_md.dates import parse_date

    return parse_date(words, session.now.date(), toward="future")


def _name(session: Session, answer: ComingDays) -> str:
    """How a program calls the calendar: our customers', or whose they are."""
    short = session.crm.me if not answer.owner else answer.owner
    member = session.crm.config.team.get(short)
    return _("Customers ({name})").format(name=member.name) if member else _("Customers")


def _print(session: Session, answer: ComingDays) -> None:
    if answer.everybody and not session.crm.in_team:
        say(_("Everybody's list: you are in no team of crm.toml."), style="faint")
    today = session.now.date()
    if answer.overdue:
        put_row(Row(_("Overdue"), (), "careful"), 0)
        for one in answer.overdue:
            when = f"{say_date(one.day, language())} ({say_when(one.day, today, language())})"
            _put(session, one, when)
    for day, found in groupby(answer.coming, lambda one: one.day):
        heading = f"{say_date(day, language())} ({say_when(day, today, language())})"
        put_row(Row(heading, (), "title"), 0)
        for one in found:
            _put(session, one, f"{one.time:%H:%M}" if one.time else "")
    if not (answer.overdue or answer.coming):
        text = _("Nothing from {first} to {last}.")
        if answer.first == answer.last:
            text = _("Nothing on {first}.")
        first, last = (say_date(day, language()) for day in (answer.first, answer.last))
        say(text.format(first=first, last=last))


def _put(session: Session, one: Coming, when: str) -> None:
    put_row(Row("", tuple(apart(_pieces(session, one, when)))), INDENT)


def _pieces(session: Session, one: Coming, when: str) -> Iterator[Piece]:
    yield Piece(when, "hit", whole=True)
    yield Piece(one_line(one.summary.name), "title")
    yield Piece(one_line(what(one, session.crm.config)))
    yield Piece(f"({one_line(one.whose)})" if one.whose else "", "faint")
    yield Piece(one.code, "faint")
    yield Piece(one_line(one.against), "careful")


def _as_json(one: Coming, answer: ComingDays) -> dict[str, Any]:
    return {
        "date": one.day.isoformat(),
        "time": f"{one.time:%H:%M}" if one.time else None,
        "what": one.kind,
        "overdue": one.day < answer.first,
        "slug": one.summary.slug,
        "name": one.summary.name,
        "text": one.text or None,
        "about": one.about or None,
        "person": one.person or None,
        "years": one.years,
        "whose": one.whose or None,
        "against": one.against or None,
        "code": one.code or None,
    }
