"""``crm review``: what happened since I last looked, by customer, in sentences."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from crm_md.cli.commands import command
from crm_md.cli.options import complete_customers, limit_option, named, output_option, put_out
from crm_md.cli.output import on_terminal, one_line, paint, printable, put, put_json, say
from crm_md.cli.rows import Piece, Row, put_row
from crm_md.cli.session import Session
from crm_md.dates import say_date
from crm_md.errors import UsageProblem
from crm_md.messages import N_, _, language, ngettext
from crm_md.questions.told_changes import difference
from crm_md.team.review import Review, mark_seen, review

if TYPE_CHECKING:
    from crm_md.document.news import News
    from crm_md.team.telling import ToldCustomer, ToldWork

MOST = 40  # customers in one go, unless more are asked for
INDENT = 2  # columns below a customer


@command(
    "review",
    N_(
        "What colleagues did since you last looked, by customer: complaints, bad moods and "
        "promises first. What was shown is not shown again; what a limit or an option left out is. "
        "Several changes of one thing are told as one, what was taken back not at all."
    ),
    N_("crm review\ncrm review --mine\ncrm review --since monday --markdown"),
)
@click.option(
    "--since",
    "--seit",
    metavar=N_("DATE"),
    default="",
    help=N_("From this day on instead, or from this state in Git."),
)
@click.option(
    "--by", "--von", metavar=N_("NAME"), default="", help=N_("Only what this colleague did.")
)
@click.option(
    "--mine", "--meine", is_flag=True, help=N_("Only my customers, my tasks, and what names me.")
)
@click.option(
    "-c",
    "--customer",
    "--kunde",
    metavar=N_("CUSTOMER"),
    default="",
    shell_complete=complete_customers,
    help=N_("Only this customer."),
)
@click.option("--own", "--eigenes", is_flag=True, help=N_("Also what I did myself."))
@click.option("--all", "everything", is_flag=True, help=N_("All at once, and what I did myself."))
@click.option(
    "--unread", "--ungelesen", "unread", is_flag=True, help=N_("Leave it unread for next time.")
)
@click.option("--diff", is_flag=True, help=N_("Show the raw differences as well."))
@click.option("--markdown", is_flag=True, help=N_("As Markdown, for a mail to all."))
@limit_option
@output_option
def review_command(
    session: Session,
    since: str,
    by: str,
    mine: bool,
    customer: str,
    own: bool,
    everything: bool,
    unread: bool,
    diff: bool,
    markdown: bool,
    limit: int | None,
    output: str,
) -> int:
    """Print what happened, and remember it as seen once it is printed."""
    if output and not markdown:
        raise UsageProblem(_("Into a file goes Markdown only."), _("Add: --markdown"))
    whole = everything or markdown or session.json
    found = review(
        session.crm,
        since=since,
        by=by,
        mine=mine,
        customer=named(session, customer) if customer else None,
        own=own or everything,
        limit=limit or (None if whole else MOST),
    )
    _tell_begin(found, asked=bool(since))
    if markdown:
        put_out(session, _as_markdown(session, found).encode(), output)
    elif session.json:
        put_json([_as_json(one, work, diff) for one in found.customers for work in one.works])
    else:
        for one in found.customers:
            _print(one, diff)
    sys.stdout.flush()
    if not unread:
        mark_seen(session.crm, found)
    _tell_end(found, chosen=bool(since or by or mine or customer))
    return 0 if found.customers else 1


def _tell_begin(found: Review, *, asked: bool) -> None:
    """Say where the look begins, if neither where the last one ended nor where it was asked to."""
    if asked:
        return
    if found.broken:
        say(_("What was shown before cannot be read any more, so it is shown again."), "careful")
    if found.first and found.begin:
        day = say_date(found.begin.date(), language())
        text = _("A first look: what happened since {day}. Earlier: crm review --since DATE")
        say(text.format(day=day), "faint")


def _tell_end(found: Review, *, chosen: bool) -> None:
    if not found.customers and chosen:
        say(_("Nothing of the kind."), "good")
    elif not found.customers:
        say(_("Nothing new: you have seen it all."), "good")
    elif found.left:
        told = ngettext(
            "1 more customer with news; it comes next: crm review",
            "{count} more customers with news; they come next: crm review",
            found.left,
        )
        say(told.format(count=found.left), "faint")


def _print(customer: ToldCustomer, diff: bool) -> None:
    """Print a customer: on a terminal a block, in a pipe a line for each colleague."""
    name = one_line(customer.name)
    if on_terminal():
        put(paint(name, "title"))
    for work in customer.works:
        if on_terminal():
            put_row(Row("", tuple(_pieces(work))), INDENT)
        else:
            put(f"{name}: {_line(work)}")
        for before, after in work.texts if diff else ():
            for line in difference(before, after).split("\n"):
                style = {"+": "good", "-": "wrong"}.get(line[:1], "faint")
                put("    " + paint(printable(line.rstrip("\r")), style))


def _pieces(work: ToldWork) -> Iterator[Piece]:
    yield Piece(f"{one_line(_who(work))}: ", "hit")
    for place, one in enumerate(work.news):
        if place:
            yield Piece("; ")
        yield Piece(one_line(one.sentence), _style(one))
    yield Piece(f"  {_day(work)}", "faint")


def _style(one: News) -> str:
    """A complaint or a bad mood is red, a promise or a question yellow."""
    from crm_md.document.news import Urgency

    if one.urgency >= Urgency.MOOD:
        return "wrong"
    return "careful" if one.urgency else "plain"


def _line(work: ToldWork) -> str:
    return f"{one_line(_who(work))}: {_sentences(work)}"


def _sentences(work: ToldWork) -> str:
    return "; ".join(one_line(one.sentence) for one in work.news)


def _who(work: ToldWork) -> str:
    return work.name if work.by else _("left by a merge")


def _day(work: ToldWork) -> str:
    return say_date(_local(work), language())


def _local(work: ToldWork) -> date:
    return work.when.date()


def _as_markdown(session: Session, found: Review) -> str:
    from crm_md.exchange.page import Item, Page, as_markdown

    today = session.now.date()
    begin = found.begin.date() if found.begin else None
    days = [_local(work) for one in found.customers for work in one.works]
    first = begin or min(days, default=today)
    title = _("What happened from {first} to {last}").format(
        first=say_date(first, language()), last=say_date(max([*days, first]), language())
    )
    pages = [
        Page(
            one.name,
            tuple(
                Item(label=_who(work), text=_day(work), more=tuple(_told(work)))
                for work in one.works
            ),
            (),
        )
        for one in found.customers
    ]
    return as_markdown(pages, title)


def _told(work: ToldWork) -> Iterator[str]:
    for one in work.news:
        yield one_line(one.sentence)


def _as_json(customer: ToldCustomer, work: ToldWork, diff: bool) -> dict[str, Any]:
    more = [difference(before, after) for before, after in work.texts] if diff else []
    return {
        "slug": customer.slug,
        "name": customer.name,
        "path": customer.path,
        "by": work.by,
        "who": work.name,
        "when": work.when.isoformat(),
        "changes": [one.sentence for one in work.news],
        "urgency": work.urgency.name.lower(),
        "commits": list(work.commits),
        **({"diff": "\n".join(more)} if more else {}),
    }
