"""``crm review``: what happened since I last looked, by customer, in sentences."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import timedelta

import click

from crm_md.cli.afterwords import tell_old
from crm_md.cli.commands import command
from crm_md.cli.options import complete_customers, limit_option, named, output_option, put_out
from crm_md.cli.output import one_line, put_json, say
from crm_md.cli.session import Session
from crm_md.cli.telling_news import (
    as_json,
    in_order,
    put_customer,
    put_together,
)
from crm_md.dates import say_date
from crm_md.errors import UsageProblem
from crm_md.messages import N_, _, language, ngettext
from crm_md.team.review import Review, mark_seen, review
from crm_md.team.telling import ToldCustomer

MOST = 40  # customers in one go, unless more are asked for
FEW = 10  # customers; of more is told first what is urgent among them


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
    "--until",
    "--bis",
    metavar=N_("DATE"),
    default="",
    help=N_("Up to this day; what came later is left for another time."),
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
@click.option(
    "--markdown",
    is_flag=True,
    help=N_("As Markdown, for a mail to all; it stays unread for yourself."),
)
@click.option(
    "--html", is_flag=True, help=N_("As a page for the browser, likewise for others to read.")
)
@limit_option
@output_option
def review_command(
    session: Session,
    since: str,
    until: str,
    by: str,
    mine: bool,
    customer: str,
    own: bool,
    everything: bool,
    unread: bool,
    diff: bool,
    markdown: bool,
    html: bool,
    limit: int | None,
    output: str,
) -> int:
    """Print what happened, and remember it as seen once it is printed."""
    page, chosen = markdown or html, bool(by or mine or customer)
    if output and not page:
        raise UsageProblem(_("Into a file goes a page only."), _("Add: --markdown or --html"))
    whole = everything or page or session.json
    found = review(
        session.crm,
        since=since,
        until=until,
        by=by,
        mine=mine,
        customer=named(session, customer) if customer else None,
        own=own or everything,
        together=not (session.json or customer or diff),
        limit=limit or (None if whole else MOST),
    )
    _tell_begin(found, asked=bool(since))
    if page:
        put_out(session, _page(session, found, counted=not by, whole=not chosen, html=html), output)
    elif session.json:
        put_json([as_json(one, work, diff=diff) for one in found.customers for work in one.works])
    else:
        _tell_urgent(found, counted=not by)
        _print(found, diff=diff, counted=not by)
    sys.stdout.flush()
    problem = None if unread or page else mark_seen(session.crm, found)
    _tell_end(found, chosen=chosen, counted=not by)
    if not session.json:
        tell_old(session)
    if problem:
        told = _("What was shown will come again: {problem}")
        say(told.format(problem=one_line(str(problem))), "careful")
    return 0 if found.customers or found.alike else 1


def _print(found: Review, *, diff: bool, counted: bool) -> None:
    for one in in_order(found.customers, found.alike):
        if isinstance(one, ToldCustomer):
            put_customer(one, diff=diff)
        else:
            put_together(one, counted=counted)


def _tell_urgent(found: Review, *, counted: bool) -> None:
    """Say above a long list what in it is urgent; it is customers who are counted."""
    if len(found.customers) <= FEW or not counted:
        return
    from crm_md.document.news import Urgency

    count = Counter(one.urgency for one in found.customers)
    parts = {
        Urgency.COMPLAINT: _("complaints: {count}"),
        Urgency.DO_NOT_CONTACT: _("no contact any more: {count}"),
        Urgency.FOR_ME: _("something for me: {count}"),
        Urgency.MOOD: _("bad mood: {count}"),
        Urgency.QUESTION: _("to settle: {count}"),
        Urgency.PROMISE: _("promises: {count}"),
    }
    told = [part.format(count=count[urgency]) for urgency, part in parts.items() if count[urgency]]
    if told:
        say(_("First what is urgent – {parts}.").format(parts=", ".join(told)), "faint")


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


def _tell_end(found: Review, *, chosen: bool, counted: bool) -> None:
    nothing = not (found.customers or found.alike)
    if found.away:
        told = ngettext(
            "Of 1 customer more the texts are not in this part of the store, and the other side is "
            "away; it comes next time.",
            "Of {count} customers more the texts are not in this part of the store, and the other "
            "side is away; they come next time.",
            found.away,
        )
        say(told.format(count=found.away), "careful")
    elif nothing:
        say(_nothing(found, chosen), "good")
    elif found.left and not counted:
        say(_("There are more customers with news; they come next."), "faint")
    elif found.left:
        told = ngettext(
            "1 more customer with news; it comes next: crm review",
            "{count} more customers with news; they come next: crm review",
            found.left,
        )
        say(told.format(count=found.left), "faint")


def _nothing(found: Review, chosen: bool) -> str:
    """Say that there is nothing, and in what time."""
    begin = say_date(found.begin.date(), language()) if found.begin else ""
    end = say_date(found.end.date() - timedelta(days=1), language()) if found.end else ""
    if begin and end:
        return _("Nothing new from {begin} to {end}.").format(begin=begin, end=end)
    if begin:
        return _("Nothing new since {begin}.").format(begin=begin)
    if end:
        return _("Nothing new until {end}.").format(end=end)
    if chosen:
        return _("Nothing new of that since you last looked.")
    return _("Nothing new: you have seen it all.")


def _page(session: Session, found: Review, *, counted: bool, whole: bool, html: bool) -> bytes:
    """Return the page to send, as Markdown or for a browser."""
    from crm_md.cli.news_page import pages_of, title_of

    today = session.now.date()
    standing = session.crm.catalogue.promises.open() if whole else None
    title = title_of(found, today)
    pages = pages_of(found, counted=counted, standing=standing, today=today)
    if html:
        from crm_md.exchange.page import Page
        from crm_md.questions.page_html import as_html

        return as_html([Page(title, (), ()), *pages], title).encode()
    from crm_md.exchange.page import as_markdown

    return as_markdown(pages, title).encode()
