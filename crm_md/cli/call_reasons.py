"""``crm call --why``: what every rule and guard of the call list says of one customer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crm_md.agenda import Explanation, RuleTold
from crm_md.cli.output import one_line, paint, put, put_json
from crm_md.cli.rows import Piece, Row, put_row
from crm_md.cli.session import Session
from crm_md.dates import say_date, say_when
from crm_md.messages import _, language
from crm_md.questions.calling import Asked, why
from crm_md.questions.naming import Named

_INDENT = 4


def put_reasons(session: Session, who: Named, asked: Asked) -> int:
    """Print why a customer is on the call list, or is not.

    Returns:
        the exit code: 0 if they are on it, 1 if not.
    """
    told = why(session.crm, who.slug, asked)
    if session.json:
        put_json(_as_json(told))
    else:
        put(paint(_verdict(told), "title"))
        for rule in told.rules:
            put_row(Row(_sign(rule), tuple(_said(session, rule)), "faint"), _INDENT)
    return 0 if told.row else 1


def _verdict(told: Explanation) -> str:
    name = told.summary.name
    if told.guard:
        return one_line(_("{name} is held back: {why}.").format(name=name, why=told.guard.text))
    if told.row:
        return one_line(_("{name} is on the call list.").format(name=name))
    if told.on_anothers_list:
        return one_line(
            _("{name} is not on this list, but on that of {owner}.").format(
                name=name, owner=told.summary.owner or _("a colleague")
            )
        )
    return one_line(_("{name} is not on the call list: no rule speaks today.").format(name=name))


def _sign(told: RuleTold) -> str:
    return {"speaks": " ✓", "later": " →", "silent": " ·", "status": " –", "off": " –"}[told.state]


def _said(session: Session, told: RuleTold) -> Iterator[Piece]:
    speaks = told.state == "speaks"
    title = _(told.rule.title)
    yield Piece(f"{told.rule.name}: {title}", "plain" if speaks else "faint")
    if speaks:
        points = _("{count} points").format(count=told.points)
        yield Piece(f" – {one_line(told.text)} ({points})", "hit")
    elif told.state == "later" and told.day:
        when = say_when(told.day, session.now.date(), language())
        day = f"{say_date(told.day, language())}, {when}"
        yield Piece(" – " + _("from {date} on at the earliest").format(date=day), "faint")
    elif told.state == "status":
        yield Piece(" – " + _("does not count for customers of this status"), "faint")
    elif told.state == "off":
        yield Piece(" – " + _("switched off in crm.toml"), "faint")


def _as_json(told: Explanation) -> dict[str, Any]:
    return {
        "slug": told.summary.slug,
        "name": told.summary.name,
        "on_the_list": told.row is not None,
        "guard": told.guard.guard if told.guard else None,
        "guard_text": told.guard.text if told.guard else None,
        "rules": [
            {
                "rule": one.rule.name,
                "state": one.state,
                "points": one.points,
                "text": one.text or None,
                "date": one.day.isoformat() if one.day else None,
            }
            for one in told.rules
        ],
    }
