"""``crm briefing``: a page to read before a visit or a meeting."""

from __future__ import annotations

import click

from crm_md.cli.afterwords import tell_unreadable
from crm_md.cli.commands import command
from crm_md.cli.options import (
    complete_customers,
    day_named,
    named,
    output_option,
    owner_option,
    put_out,
)
from crm_md.cli.output import put_json, say
from crm_md.cli.session import Session
from crm_md.dates import say_date
from crm_md.errors import UsageProblem
from crm_md.exchange.page import Item, Page, as_markdown
from crm_md.messages import N_, _, language
from crm_md.questions.briefing import Briefing, briefing, briefings_of_today
from crm_md.questions.briefing_fields import briefing_fields
from crm_md.questions.briefing_page import page_of

_TODAY = "today"  # what --today without a day stands for


def _keep_day(ctx: click.Context, _param: click.Parameter, value: str | None) -> bool:
    """``--today`` asks for all of today; with a day behind it, the day is that one."""
    if value and value != _TODAY:
        ctx.find_root().obj.today = value
    return value is not None


@command(
    "briefing",
    N_(
        "A page to read before a visit or a meeting: the people and what each of them said, what "
        "to be careful about, what was promised, the last contacts, the story in brief, common "
        "ground. With a day, or --today, everybody whom you visit, meet or call then, "
        "mine and nobody's."
    ),
    N_(
        "crm briefing petersen\n"
        "crm briefing petersen --html --output petersen.html\n"
        "crm briefing today"
    ),
)
@click.argument(
    "customer", nargs=-1, metavar=N_("[CUSTOMER…|DATE]"), shell_complete=complete_customers
)
@click.option(
    "--today",
    "--heute",
    "of_today",
    is_flag=False,
    flag_value=_TODAY,
    metavar=N_("[DATE]"),
    callback=_keep_day,
    is_eager=True,
    help=N_("All whom I visit, meet or call today, or on that day."),
)
@owner_option
@click.option("--html", is_flag=True, help=N_("One page for the phone instead of Markdown."))
@output_option
def briefing_command(
    session: Session,
    customer: tuple[str, ...],
    of_today: bool,
    owner: str,
    html: bool,
    output: str,
) -> int:
    """Print the page, or the pages of a day."""
    when = day_named(session, " ".join(customer)) if customer else None
    if when:
        session.today, customer, of_today = when.date.isoformat(), (), True
        session.look_again()
    told = _asked_for(session, " ".join(customer), of_today, owner)
    if session.json:
        fields = [briefing_fields(one) for one in told]
        day = session.now.date().isoformat()
        put_json(fields[0] if customer else {"date": day, "customers": fields})
    elif told or output or html:
        put_out(session, _document(session, told, single=bool(customer), html=html), output)
    if not told:
        say(_nobody())
    tell_unreadable(session)
    return 0 if told else 1


def _asked_for(session: Session, customer: str, of_today: bool, owner: str) -> tuple[Briefing, ...]:
    """Return the one customer's briefing, or those of the day."""
    if customer:
        if owner:
            raise UsageProblem(_("--owner goes with --today."), _("Leave one of them out."))
        who = named(session, customer)
        return (briefing(session.crm, who.path, person=who.person),)
    if not of_today:
        raise UsageProblem(
            _("Whom for?"), _("crm briefing CUSTOMER, or all of a day: crm briefing --today")
        )
    return briefings_of_today(session.crm, owner=owner)


def _document(session: Session, told: tuple[Briefing, ...], *, single: bool, html: bool) -> bytes:
    config = session.crm.config
    pages = [page_of(one, config, short=not single) for one in told]
    day = _("Today, {date}").format(date=say_date(session.now.date(), language()))
    if not pages:
        pages, single = [Page(day, (Item(_nobody()),), ())], True
    if html:
        from crm_md.questions.page_html import as_html

        title = pages[0].title if single else day
        return as_html(pages, title, config.country).encode("utf-8")
    return as_markdown(pages, "" if single else day).encode("utf-8")


def _nobody() -> str:
    return _("Nobody is to be visited, met or called today.")
