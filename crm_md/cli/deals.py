"""``crm deal``: show the deals of a customer, add one, move one on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from crm_md.cli.afterwords import tell_done
from crm_md.cli.asking import agreed, chosen, somebody_is_there, told
from crm_md.cli.columns import put_columns
from crm_md.cli.commands import command
from crm_md.cli.options import customer_argument, named
from crm_md.cli.output import one_line, paint, put, put_json, say
from crm_md.cli.session import Session
from crm_md.dates import parse_date, say_date
from crm_md.frozen import replace
from crm_md.messages import N_, _, language
from crm_md.model import Customer, Deal, Entry
from crm_md.questions.fields import deal_fields, entry_fields
from crm_md.records.deal_words import DealWish, read_wish
from crm_md.records.deals import (
    CLOSED,
    DealChanged,
    change_deal,
    deal_unclear,
    deals_meant,
    entries_about,
    near_titles,
)
from crm_md.words import in_language


@command(
    "deal",
    N_(
        "Move a deal on: idea, talking, offered, won, lost, with its value and why. The fact goes "
        "into the head, an entry into the history. A title that is new adds a deal. Without a "
        "stage it shows the deal, without a title all of them."
    ),
    N_(
        'crm deal petersen "winter collection 2027" offered "24.000 €" --close 31.1.\n'
        'crm deal petersen winter won --because "the colours, and we had it in stock"\n'
        "crm deal petersen"
    ),
)
@customer_argument
@click.argument("words", nargs=-1, metavar=N_("[TITLE [STAGE] [VALUE]]"))
@click.option("--because", "--weil", default="", help=N_("Why it was won or lost."))
@click.option(
    "--close", "--bis", metavar=N_("DATE"), default="", help=N_("When it will be decided.")
)
@click.option(
    "--on", "--am", "day", metavar=N_("DATE"), default="", help=N_("The day of the entry.")
)
@click.option("--new", "--neu", "new", is_flag=True, help=N_("A new deal, whatever it is called."))
@click.option("--keep-next", is_flag=True, help=N_("Leave the next step that stands."))
def deal_command(
    session: Session,
    customer: str,
    words: tuple[str, ...],
    because: str,
    close: str,
    day: str,
    new: bool,
    keep_next: bool,
) -> None:
    """Show, add or move on."""
    who = named(session, customer)
    standing = session.crm.read(who.path).customer
    if not words:
        _list(session, standing)
        return
    today = session.now.date()
    by = parse_date(close, today, toward="future").date if close else None
    wish = replace(read_wish(words), because=because, close=by)
    if not wish.changes and not new:
        _show(session, standing, _meant(standing, wish))
        return
    session.crm.ask_who_i_am()
    deal = None if new else _meant(standing, wish)
    if wish.stage in CLOSED and not because and somebody_is_there():
        why = _("Why won? (Enter: no words)"), _("Why lost? (Enter: no words)")
        wish = replace(wish, because=told(why[wish.stage == "lost"]))
    on = parse_date(day, today, toward="past").date if day else None
    _tell(session, change_deal(session.crm, who, wish, deal, on=on, keep_next=keep_next))


def _meant(customer: Customer, wish: DealWish) -> Deal | None:
    """Return the deal that the title means, None for a new one.

    Raises:
        ItemNotFound: several are meant and nobody is there to choose; or none, and no stage says
            that a new one is wanted.
    """
    found = deals_meant(customer, wish.title)
    if len(found) > 1 and somebody_is_there():
        question = _("“{title}” fits several deals:").format(title=wish.title)
        return found[chosen(question, list(map(_in_words, found)))]
    if len(found) == 1:
        return found[0]
    if found or not wish.stage:
        raise deal_unclear(wish.title, found or customer.deals, several=bool(found))
    near = near_titles(customer, wish.title)
    question = _("Is “{title}” the deal “{near}”?")
    if near and somebody_is_there() and agreed(question.format(title=wish.title, near=near[0])):
        return next(deal for deal in customer.deals if deal.title == near[0])
    return None


def _list(session: Session, customer: Customer) -> None:
    deals = sorted(customer.deals, key=lambda deal: (deal.stage in CLOSED, deal.close or date.max))
    if session.json:
        put_json(list(map(deal_fields, deals)))
        return
    if not deals:
        hint = _('{name} has no deal yet: crm deal {slug} "TITLE" talking')
        say(hint.format(name=customer.name, slug=customer.slug))
    else:
        rows = map(_cells, deals)
        put_columns(list(zip(*rows, strict=True)), ("title",))


def _cells(deal: Deal) -> Sequence[str]:
    by = say_date(deal.close, language()) if deal.close and deal.stage not in CLOSED else ""
    return deal.title, in_language(deal.stage, language()), deal.value, by


def _in_words(deal: Deal) -> str:
    return " · ".join(filter(None, _cells(deal)))


def _show(session: Session, customer: Customer, deal: Deal | None) -> None:
    assert deal is not None, "without a stage no new deal is meant"
    entries = entries_about(customer, deal)
    if session.json:
        put_json({**deal_fields(deal), "entries": list(map(entry_fields, entries))})
        return
    put(paint(one_line(_in_words(deal)), "title"))
    for key, value in deal.extra:
        put(f"  {one_line(key)}: {one_line(value)}")
    for entry in entries:
        put(f"  {_line_of(entry)}")


def _line_of(entry: Entry) -> str:
    why = entry.fact("because")
    words = ": ".join(filter(None, (entry.kind_word, entry.subject or entry.gist)))
    return one_line(f"{entry.date.isoformat()} {words}" + (f" ({why})" if why else ""))


def _tell(session: Session, done: DealChanged) -> None:
    what = _("{name}: new deal: {deal}") if done.before is None else _("{name}: {deal}")
    say(what.format(name=done.name, deal=_in_words(done.deal)), style="good")
    if done.before and done.before.stage != done.deal.stage and done.before.stage:
        before = in_language(done.before.stage, language())
        say(_("Before: {stage}").format(stage=before), style="faint")
    say(_("In the history: {entry}").format(entry=done.told))
    if done.near:
        hint = _("Like it: {titles}. If that one is meant, take this back and name it.")
        say(hint.format(titles=", ".join(done.near)), style="careful")
    if done.completed and done.completed.day:
        words = _("Done with it: the next step of {day} ({text}).")
        step = done.completed
        say(words.format(day=say_date(done.completed.day, language()), text=step.text or "–"))
    if done.deal.stage == "won" and done.status in ("lead", "prospect"):
        hint = _("Still a {status}: crm set {slug} status customer")
        status = in_language(done.status, language())
        say(hint.format(status=status, slug=done.slug), style="faint")
    tell_done(session, done.action)
