"""``crm call``: who to call today, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from crm_md.cli.afterwords import tell_unreadable
from crm_md.cli.commands import command
from crm_md.cli.options import limit_option, owner_option
from crm_md.cli.output import one_line, paint, put, put_json, say
from crm_md.cli.session import Session
from crm_md.dates import say_when
from crm_md.messages import N_, _, language, ngettext
from crm_md.model import Suggestion, Touch
from crm_md.questions.calling import Calls, calls, last_contact


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
        say(_("Nobody has to be called today."))
    rest = answer.total - len(answer.rows)
    if rest:
        say(
            ngettext("{count} more: crm call --all", "{count} more: crm call --all", rest).format(
                count=rest
            ),
            style="faint",
        )
    for held in answer.held_back:
        say(f"{_('held back')}: {one_line(held.summary.name)} – {one_line(held.text)}", "faint")


def _print_row(session: Session, number: int, row: Suggestion) -> None:
    """Two lines and the reasons: whom, how to reach them, the last contact, then why."""
    summary = row.summary
    name = row.person.name if row.person and row.person.name != summary.name else ""
    whom = f"{summary.name} – {name}" if name else summary.name
    phone = row.phone or _("no phone number")
    reach = row.person.reach if row.person and row.person.reach else summary.reach
    owner = f"({summary.owner})" if summary.owner else ""
    parts = [paint(one_line(whom), "title"), paint(one_line(phone), "hit"), one_line(reach)]
    put(f"{number:>2}  " + "  ".join(filter(None, [*parts, paint(owner, "faint")])))
    for reason in row.reasons:
        put(f"    • {one_line(reason.text)}")
    touch = last_contact(session.crm, row)
    if touch:
        put("    " + paint(_last(touch, session.now.date()), "faint"))


def _last(touch: Touch, today: date) -> str:
    return _("last: {when}, {gist} {author}").format(
        when=say_when(touch.date, today, language()),
        gist=one_line(touch.gist),
        author=f"({touch.author})" if touch.author else "",
    )


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
