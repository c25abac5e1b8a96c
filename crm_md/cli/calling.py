"""``crm call``: who to call today, and why."""

from __future__ import annotations

from typing import Any

import click

from crm_md.cli.afterwords import tell_unreadable
from crm_md.cli.commands import command
from crm_md.cli.options import limit_option, owner_option
from crm_md.cli.output import one_line, put_json, say
from crm_md.cli.rows import Piece, Row, apart, put_row
from crm_md.cli.session import Session
from crm_md.dates import say_date, say_when
from crm_md.messages import N_, _, language, ngettext
from crm_md.model import Suggestion, Touch
from crm_md.questions.calling import Calls, calls, last_contact, next_call

INDENT = 4  # columns of the row's number
URGENT = 90  # points from which on a reason is painted: promises overdue, open complaints


@command(
    "call",
    N_(
        "Who to call today, and why: mine and nobody's, the strongest reason first. "
        "Who rests or wants no contact is held back, and counted."
    ),
    N_("crm call\ncrm call --owner all --limit 5"),
)
@owner_option
@limit_option
@click.option("--all", "everything", is_flag=True, help=N_("Every row, not only the first."))
def call_command(session: Session, owner: str, limit: int | None, everything: bool) -> int:
    """Print the call list."""
    answer = calls(session.crm, owner=owner, limit=0 if everything else limit)
    if session.json:
        put_json([_as_json(session, row) for row in answer.rows])
    else:
        _print(session, answer)
    tell_unreadable(session)
    return 0 if answer.rows else 1


def _print(session: Session, answer: Calls) -> None:
    if answer.everybody and not session.crm.in_team:
        say(_("Everybody's list: you are in no team of crm.toml."), style="faint")
    for number, row in enumerate(answer.rows, 1):
        _print_row(session, number, row)
    if not answer.rows:
        _tell_nobody(session, answer)
    rest = answer.total - len(answer.rows)
    if rest:
        say(
            ngettext("{count} more: crm call --all", "{count} more: crm call --all", rest).format(
                count=rest
            ),
            style="faint",
        )
    for held in answer.held_back:
        text = _("held back: {name} – {why}").format(name=held.summary.name, why=held.text)
        say(one_line(text), "faint")


def _tell_nobody(session: Session, answer: Calls) -> None:
    """Say that nobody has to be called, and who is the next one."""
    coming = None if answer.total else next_call(session.crm, answer)
    if coming is None:
        say(_("Nobody has to be called today."))
        return
    day, summary = coming
    text = _("Nobody has to be called today. The next one is {name}, {day} ({when}).").format(
        name=summary.name,
        day=say_date(day, language()),
        when=say_when(day, session.now.date(), language()),
    )
    say(one_line(text))


def _print_row(session: Session, number: int, row: Suggestion) -> None:
    """Whom, how and when to reach them; every reason; the last contact."""
    summary = row.summary
    name = row.person.name if row.person and row.person.name != summary.name else ""
    whom = f"{summary.name} – {name}" if name else summary.name
    phone = row.phone or _("no phone number")
    reach = row.person.reach if row.person and row.person.reach else summary.reach
    parts = [
        Piece(one_line(whom), "title"),
        Piece(one_line(phone), "hit" if row.phone else "faint"),
        Piece(one_line(reach)),
        Piece(f"({one_line(summary.owner)})" if summary.owner else "", "faint"),
    ]
    put_row(Row(f"{number:>2}", tuple(apart(parts)), "faint"), INDENT)
    for reason in row.reasons:
        style = "careful" if reason.points >= URGENT else "plain"
        put_row(Row("    •", (Piece(one_line(reason.text), style),), style), INDENT + 2)
    if touch := last_contact(session.crm, row):
        put_row(Row("", (Piece(_last(session, touch), "faint"),)), INDENT)


def _last(session: Session, touch: Touch) -> str:
    """Say when the last contact was, and what about, or of which kind."""
    when = say_when(touch.date, session.now.date(), language())
    kind = session.crm.config.kinds.get(touch.kind)
    about = touch.gist or (kind.word(language()) if kind else touch.kind)
    if about:
        text = _("last: {when}, {gist}").format(when=when, gist=one_line(about))
    else:
        text = _("last: {when}").format(when=when)
    return f"{text} ({touch.author})" if touch.author else text


def _as_json(session: Session, row: Suggestion) -> dict[str, Any]:
    touch = last_contact(session.crm, row)
    summary, person = row.summary, row.person
    return {
        "slug": summary.slug,
        "name": summary.name,
        "person": person.name if person else None,
        "phone": row.phone or None,
        "reach": (person.reach if person and person.reach else summary.reach) or None,
        "owner": summary.owner or None,
        "points": row.points,
        "reasons": [
            {
                "rule": reason.rule,
                "points": reason.points,
                "text": reason.text,
                "date": reason.date.isoformat() if reason.date else None,
            }
            for reason in row.reasons
        ],
        "last_contact": touch
        and {
            "date": touch.date.isoformat(),
            "kind": touch.kind or None,
            "by": touch.author or None,
            "person": touch.people[0] if touch.people else None,
            "gist": touch.gist,
        },
    }
