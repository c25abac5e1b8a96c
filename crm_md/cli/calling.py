"""``crm call``: who to call today, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import click

from crm_md.agenda import HeldBack
from crm_md.cli.afterwords import tell_empty, tell_old, tell_unreadable
from crm_md.cli.commands import command
from crm_md.cli.options import complete_customers, day_named, limit_option, named, owner_option
from crm_md.cli.output import one_line, put_json, say
from crm_md.cli.rows import Piece, Row, apart, put_row
from crm_md.cli.session import Session
from crm_md.dates import say_date, say_when
from crm_md.messages import N_, _, language, ngettext
from crm_md.model import Suggestion, Touch
from crm_md.questions.calling import Asked, Calls, calls, last_contact, next_call

INDENT = 4  # columns of the row's number
URGENT = 90  # points from which on a reason is painted: promises overdue, open complaints
FEW = 3  # customers held back that are named; more are counted
PRESSING = 5  # of them those that are named although there are more, since something waits there


@command(
    "call",
    N_(
        "Who to call today, and why: mine and nobody's, the strongest reason first. "
        "Who rests or wants no contact is held back, and counted. With a customer: whom to call "
        "there, the number, the quick look; at a terminal it then asks what it was about. "
        "--walk goes through the list, each row answered with one key."
    ),
    N_(
        "crm call\n"
        "crm call --walk\n"
        "crm call petersen\n"
        "crm call tomorrow\n"
        "crm call --owner all --limit 5\n"
        "crm call --kind visit --place 26\n"
        "crm call --why petersen"
    ),
)
@click.argument(
    "customer", nargs=-1, metavar=N_("[CUSTOMER|DATE]"), shell_complete=complete_customers
)
@owner_option
@click.option("--segment", default="", help=N_("As in crm.toml."))
@click.option("--tag", "--schlagwort", default="", help=N_("With this tag."))
@click.option("--place", "--ort", default="", help=N_("Beginning of a postcode or of a town: 01."))
@click.option(
    "--kind",
    "--art",
    "way",
    default="",
    metavar=N_("KIND"),
    help=N_("call, visit (by postcode, with the address), mail or letter."),
)
@click.option("--on", "--am", default="", metavar=N_("DATE"), help=N_("The list of another day."))
@click.option(
    "--why",
    "--why-not",
    "--warum",
    "--warum-nicht",
    default="",
    metavar=N_("CUSTOMER"),
    shell_complete=complete_customers,
    help=N_("Every rule and guard for one customer, with its dates."),
)
@limit_option
@click.option(
    "--all", "--alle", "everything", is_flag=True, help=N_("Every row, and all who are held back.")
)
@click.option(
    "--walk", "--durchgehen", "walked", is_flag=True, help=N_("One by one, each with one key.")
)
@click.option("--again", "--nochmal", is_flag=True, help=N_("On a walk: those skipped today, too."))
def call_command(
    session: Session,
    customer: tuple[str, ...],
    limit: int | None,
    everything: bool,
    why: str,
    walked: bool,
    again: bool,
    **asked: Any,
) -> int:
    """Print the call list, walk through it, or look at one customer to be called."""
    wish = Asked(**asked)
    if walked or again:
        from crm_md.cli.walking import walk

        return walk(session, wish, 0 if everything else limit, customer, again=again)
    day = day_named(session, " ".join(customer)) if customer else None
    if day:
        wish = Asked(**{**asked, "on": day.date.isoformat()})
    elif customer:
        from crm_md.cli.one_call import call_one

        return call_one(session, " ".join(customer), wish)
    if why:
        from crm_md.cli.call_reasons import put_reasons

        return put_reasons(session, named(session, why), wish)
    answer = calls(session.crm, wish, limit=0 if everything else limit)
    if session.json:
        put_json([as_json(answer, row) for row in answer.rows])
    else:
        _print(session, answer, wish, everything)
    tell_unreadable(session)
    tell_old(session)
    return 0 if answer.rows else 1


def _print(session: Session, answer: Calls, wish: Asked, everything: bool) -> None:
    if answer.everybody and session.crm.in_team:
        say(_("Everybody's list."), style="faint")
    elif answer.everybody:
        say(_("Everybody's list: you are in no team of crm.toml."), style="faint")
    if answer.day != session.now.date():
        say(_("For {day}:").format(day=say_date(answer.day, language())), style="faint")
    for number, row in enumerate(answer.rows, 1):
        put_suggestion(session, answer, row, f"{number:>2}")
    if not answer.rows:
        tell_nobody(session, answer, wish)
    _tell_the_rest(answer, everything, narrowed=wish != Asked())


def tell_nobody(session: Session, answer: Calls, wish: Asked) -> None:
    """Say that nobody has to be called, and who is the next one."""
    coming = None if answer.total else next_call(session.crm, answer, wish)
    if coming is None:
        say(_("Nobody has to be called today."))
        tell_empty(session)
        return
    day, summary = coming
    text = _("Nobody has to be called today. The next one is {name}, {day} ({when}).").format(
        name=summary.name,
        day=say_date(day, language()),
        when=say_when(day, answer.day, language()),
    )
    say(one_line(text))


def tell_pressing(answer: Calls, most: int | None = PRESSING) -> tuple[HeldBack, ...]:
    """Name those who are held back although a complaint is open or a promise of ours overdue.

    Args:
        answer: the list.
        most: so many at most, None for all.

    Returns:
        those who are held back and were not named.
    """
    named_here = [one for one in answer.held_back if one.pressing][:most]
    for one in named_here:
        text = _("Held back: {name} ({why}). {reason} → crm call --why {slug}").format(
            name=one.summary.name,
            why=one.text,
            reason="; ".join(reason.text for reason in one.pressing),
            slug=one.summary.slug,
        )
        say(one_line(text), "careful")
    return tuple(one for one in answer.held_back if one not in named_here)


def _tell_the_rest(answer: Calls, everything: bool, *, narrowed: bool) -> None:
    """Say who is held back and why, whom nobody knows yet, and how many more there are."""
    held = tell_pressing(answer, None if everything else PRESSING)
    if everything or len(held) <= FEW:
        for one in held:
            text = _("held back: {name} – {why}").format(name=one.summary.name, why=one.text)
            say(one_line(text), "faint")
        held = ()
    if answer.blank:
        text = ngettext(
            "1 customer is still blank, without status or entry: crm list --blank shows it, "
            "crm set CUSTOMER status … or crm log bring it to life.",
            "{count} customers are still blank, without status or entry: crm list --blank shows "
            "them, crm set CUSTOMER status … or crm log bring them to life.",
            answer.blank,
        )
        say(text.format(count=answer.blank), "faint")
    rest = answer.total - len(answer.rows)
    parts = []
    if rest:
        parts.append(ngettext("{count} more", "{count} more", rest).format(count=rest))
    if held:
        why = ", ".join(_counted(held))
        parts.append(_("{count} held back ({why})").format(count=len(held), why=why))
    if parts:
        told = _("{told}: --all") if narrowed else _("{told}: crm call --all")
        say(told.format(told=" · ".join(parts)), style="faint")


def _counted(held: tuple[HeldBack, ...]) -> Iterator[str]:
    """Yield how many each guard holds back."""
    for guard, count in Counter(one.guard for one in held).most_common():
        yield {
            "do_not_contact": ngettext("1 wants no contact", "{count} want no contact", count),
            "refused": ngettext("1 refused this way", "{count} refused this way", count),
            "snooze": ngettext("1 rests", "{count} rest", count),
            "today": ngettext("1 had contact today", "{count} had contact today", count),
            "tried": ngettext("1 was not reached today", "{count} were not reached today", count),
            "away": ngettext("1 is away", "{count} are away", count),
        }[guard].format(count=count)


def put_suggestion(session: Session, answer: Calls, row: Suggestion, label: str = "") -> None:
    """Whom, how and when to reach them; every reason; how to begin; the last contact."""
    put_row(Row(label, tuple(apart(whom(answer.way, row))), "faint"), INDENT if label else 0)
    for reason in row.reasons:
        style = "careful" if reason.points >= URGENT else "plain"
        put_row(Row("    •", (Piece(one_line(reason.text), style),), style), INDENT + 2)
    for note in row.notes:
        put_row(Row("    !", (Piece(one_line(note), "faint"),), "faint"), INDENT + 2)
    if begin := how_to_begin(row):
        put_row(Row("", (Piece(begin, "faint"),)), INDENT)
    if touch := last_contact(answer, row):
        put_row(Row("", (Piece(_last(session, answer, touch), "faint"),)), INDENT)


def whom(way: str, row: Suggestion) -> Iterator[Piece]:
    """Yield whom to turn to, where, when it suits them, and who looks after them."""
    summary, person = row.summary, row.person
    name = person.name if person and person.name != summary.name else ""
    yield Piece(one_line(f"{summary.name} – {name}" if name else summary.name), "title")
    address = ", ".join(filter(None, (summary.street, f"{summary.zip} {summary.city}".strip())))
    if way in ("visit", "letter"):
        yield Piece(one_line(address) or _("no address"), "hit" if address else "faint")
    if way == "mail":
        mail = (person.email if person else "") or summary.email
        yield Piece(one_line(mail) or _("no mail address"), "hit" if mail else "faint")
    if way in ("call", "visit"):
        yield Piece(
            one_line(row.phone) or _("no phone number"),
            "hit" if row.phone and way == "call" else "faint",
        )
    yield Piece(one_line(person.reach if person and person.reach else summary.reach))
    yield Piece(f"({one_line(summary.owner)})" if summary.owner else "", "faint")


def how_to_begin(row: Suggestion) -> str:
    """Return how to address them and one thing in common, "" if neither is known."""
    address_as = (row.person.address_as if row.person else "") or row.summary.address_as
    parts = [_("Address as: {words}").format(words=address_as)] if address_as else []
    if row.summary.common:
        parts.append(_("In common: {words}").format(words=row.summary.common[0]))
    return one_line(" · ".join(parts))


def _last(session: Session, answer: Calls, touch: Touch) -> str:
    """Say when the last contact was, and what about, or of which kind."""
    when = say_when(touch.date, answer.day, language())
    kind = session.crm.config.kinds.get(touch.kind)
    about = touch.gist or (kind.word(language()) if kind else touch.kind)
    if about:
        text = _("last: {when}, {gist}").format(when=when, gist=one_line(about))
    else:
        text = _("last: {when}").format(when=when)
    return f"{text} ({touch.author})" if touch.author else text


def as_json(answer: Calls, row: Suggestion) -> dict[str, Any]:
    """Return a row under the keys that others may rely on."""
    touch = last_contact(answer, row)
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
        "email": (person.email if person else "") or summary.email or None,
        "address_as": (person.address_as if person else "") or summary.address_as or None,
        "common": summary.common[0] if summary.common else None,
        "street": summary.street or None,
        "zip": summary.zip or None,
        "city": summary.city or None,
        "notes": list(row.notes),
    }
