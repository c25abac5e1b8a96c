"""``crm list``: which customers there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from crm_md.cli.afterwords import tell_empty, tell_unreadable
from crm_md.cli.columns import put_columns
from crm_md.cli.commands import command
from crm_md.cli.options import OneOf, limit_option, owner_option
from crm_md.cli.output import put_json, say
from crm_md.cli.session import Session
from crm_md.dates import say_when
from crm_md.errors import UsageProblem
from crm_md.frozen import replace
from crm_md.messages import N_, _, language, ngettext
from crm_md.questions.fields import fields_of_summary
from crm_md.questions.listing import COUNTS, ORDERS, Asked, counts, customers
from crm_md.words import STATUSES, in_language, plain

if TYPE_CHECKING:
    from crm_md.index.listing import ListRow

ORDER_WORDS = dict(zip(ORDERS, ("name", "ort", "still", "nächstes"), strict=True))
COUNT_WORDS = dict(zip(COUNTS, ("status", "segment", "schlagwort", "ort"), strict=True))
_STYLES = ("title", "plain", "plain", "faint", "plain", "plain", "careful")
_MARKS = 6  # the column that is cut before names are
# What stays of each column on a narrow screen: most of the name, the whole day of the last contact.
_KEEP = (24, 8, 1, 8, 12, 13, 8)


@command(
    "list",
    N_(
        "List customers by status, segment, owner, tag, place, silence, complaint or mood; a bare "
        "word is a place or a status. "
        "Counts are per status, segment, tag or place."
    ),
    N_(
        "crm list --status customer --place 26\n"
        "crm list Borkum\n"
        "crm list --silent 90d --sort silent\n"
        "crm list --count tag"
    ),
)
@click.argument("words", nargs=-1, metavar=N_("[PLACE|STATUS]"))
@click.option(
    "--status", "statuses", multiple=True, metavar=N_("STATUS"), help=N_("lead, customer …")
)
@click.option("--segment", default="", help=N_("As in crm.toml."))
@owner_option
@click.option("--mine", "--meine", is_flag=True, help=N_("Only my customers."))
@click.option("--tag", "--schlagwort", default="", help=N_("With this tag."))
@click.option("--place", "--ort", default="", help=N_("Beginning of a postcode or of a town: 01."))
@click.option(
    "--silent",
    "--still",
    default="",
    metavar=N_("SPAN"),
    help=N_("No contact for so long: 90d, 6m."),
)
@click.option("--complaint", "--reklamation", is_flag=True, help=N_("With an open complaint."))
@click.option("--mood", "--stimmung", default="", help=N_("Their last mood: bad, good."))
@click.option("--blank", "--leer", is_flag=True, help=N_("Without status, entry or task yet."))
@click.option(
    "--sort",
    "--sortiert",
    "order",
    type=OneOf(ORDER_WORDS),
    default="name",
    help=N_("The order."),
)
@click.option("--count", "--zählen", "by", type=OneOf(COUNT_WORDS), help=N_("Count instead."))
@limit_option
def list_command(
    session: Session,
    words: tuple[str, ...],
    by: str | None,
    limit: int | None,
    mine: bool,
    **asked: Any,
) -> int:
    """Print the list, or the counts."""
    if mine:
        asked["owner"] = "me"
    rows = customers(session.crm, _with_words(Asked(**asked), words))
    if by:
        _print_counts(session, counts(rows, by), by)
    elif session.json:
        put_json(_as_json(session, rows[:limit]))
    else:
        _print(session, rows, limit)
    tell_unreadable(session)
    return 0 if rows else 1


def _with_words(asked: Asked, words: tuple[str, ...]) -> Asked:
    """Take bare words as people mean them: a status, else the beginning of a postcode or town.

    Raises:
        UsageProblem: the place was given twice.
    """
    place = " ".join(word for word in words if plain(word) not in STATUSES)
    if place and asked.place:
        raise UsageProblem(
            _("The place was given twice: “{word}” and “{other}”.").format(
                word=place, other=asked.place
            ),
            _("By a tag: --tag, by words that were written: crm search"),
        )
    statuses = (*asked.statuses, *(word for word in words if plain(word) in STATUSES))
    return replace(asked, statuses=statuses, place=place or asked.place)


def _print(session: Session, rows: list[ListRow], limit: int | None) -> None:
    put_columns(_columns(rows[:limit], session.now.date()), _STYLES, cut_first=_MARKS, keep=_KEEP)
    text = ngettext("1 customer", "{count} customers", len(rows)).format(count=len(rows))
    say(text, style="faint")
    if not rows:
        tell_empty(session)


def _columns(rows: Sequence[ListRow], today: date) -> list[list[str]]:
    """Return the cells column by column; what is the same for many customers is said once."""
    spoken = language()
    statuses = [row.status for row in rows]
    days = [row.last_day for row in rows]
    remarks = [(row.complaints, row.tag_line) for row in rows]
    called = {status: in_language(status, spoken) for status in set(statuses)}
    ago = {
        day: say_when(row.last_touch, today, spoken) if row.last_touch else "–"
        for day, row in dict(zip(days, rows, strict=True)).items()
    }
    marks = {remark: _marks(row) for remark, row in dict(zip(remarks, rows, strict=True)).items()}
    return [
        [row.name for row in rows],
        [called[status] for status in statuses],
        [row.segment for row in rows],
        [row.owner for row in rows],
        [f"{row.zip} {row.city}".strip() for row in rows],
        [ago[day] for day in days],
        [marks[remark] for remark in remarks],
    ]


def _marks(row: ListRow) -> str:
    """Say what a look at the row must not miss."""
    about = [_("complaint open")] if row.complaints else []
    return " ".join([*about, *(f"#{tag}" for tag in row.tags)])


def _print_counts(session: Session, found: list[tuple[str, int]], by: str) -> None:
    if session.json:
        put_json([{by: value or None, "customers": count} for value, count in found])
    else:
        spoken = language()
        if by == "status":
            found = [(in_language(status, spoken), count) for status, count in found]
        put_columns(
            ([value or _("none") for value, _n in found], [str(count) for _value, count in found])
        )


def _as_json(session: Session, rows: Sequence[ListRow]) -> list[dict[str, Any]]:
    """The fields that lists know of each customer, and what the list adds to them."""
    known = {summary.path: summary for summary in session.crm.catalogue.summaries()}
    return [
        {
            **fields_of_summary(known[row.path]),
            "last_contact": row.last_touch.isoformat() if row.last_touch else None,
            "mood": row.mood or None,
            "complaints": row.complaints,
        }
        for row in rows
        if row.path in known
    ]
