"""``crm search``: full text over everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from crm_md.cli.afterwords import tell_unreadable
from crm_md.cli.commands import command
from crm_md.cli.output import one_line, put_json, say
from crm_md.cli.rows import Piece, Row, apart, put_row
from crm_md.cli.session import Session
from crm_md.dates import say_date
from crm_md.messages import N_, _, language, ngettext
from crm_md.questions.searching import search

if TYPE_CHECKING:
    from crm_md.index.hits import Hit
    from crm_md.index.search import Result

USUAL = 20


@command(
    "search",
    N_(
        "Search everything that was ever written; hits are dated entries and customers. Words in "
        "any form, “exact phrases”, beginnings*, -without; and fields: kind: owner: author: tag: "
        "status: mood: is:open before: after: name: person: place: common:"
    ),
    N_(
        "crm search delivery late\n"
        "crm search kind:complaint is:open\n"
        'crm search after:2026-01-01 "shade sail" --newest'
    ),
    dashes=True,
)
@click.argument("words", nargs=-1, required=True, metavar=N_("WORDS…"), type=click.UNPROCESSED)
@click.option("--newest", "--neueste", is_flag=True, help=N_("The newest first, not the best."))
@click.option("--all", "--alle", "everything", is_flag=True, help=N_("Every hit."))
# No short letter: ``-kollektion`` leaves a word out, and click would find ``-n`` in it.
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help=N_("At most so many."))
def search_command(
    session: Session, words: tuple[str, ...], newest: bool, everything: bool, limit: int | None
) -> int:
    """Print the hits."""
    most = None if everything else limit or USUAL
    result = search(session.crm, words, limit=most, newest=newest)
    if session.json:
        put_json([_as_json(hit) for hit in result.hits])
    else:
        _print(result)
    tell_unreadable(session)
    return 0 if result.hits else 1


def _print(result: Result) -> None:
    for hit in result.hits:
        _print_hit(hit)
    if not result.hits:
        say(_("Nothing found."))
        if result.near:
            say(_("Near: {words}").format(words=", ".join(result.near)))
        return
    if not result.all_words:
        say(_("Nowhere do all words stand; these have the most of them."), style="careful")
    rest = result.total - len(result.hits)
    if rest:
        text = ngettext("{count} more: --all", "{count} more: --all", rest)
        say(text.format(count=rest), style="faint")


def _print_hit(hit: Hit) -> None:
    when = say_date(hit.date, language()) if hit.date else _("about them")
    marks = [f"({hit.author})" if hit.author else "", f"{hit.path}:{hit.line}"]
    heading = (
        Piece(one_line(hit.name), "title"),
        Piece(when, "hit"),
        Piece(one_line(" ".join(filter(None, marks))), "faint"),
    )
    put_row(Row("", tuple(apart(heading))), 0)
    snippet = (
        Piece(piece.text.replace("\n", " "), "hit" if piece.found else "plain")
        for piece in hit.snippet
    )
    put_row(Row("", tuple(snippet)), 4)


def _as_json(hit: Hit) -> dict[str, Any]:
    return {
        "slug": hit.slug,
        "name": hit.name,
        "date": hit.date.isoformat() if hit.date else None,
        "kind": hit.kind or None,
        "line": hit.line,
        "snippet": hit.text,
        "path": hit.path,
        "author": hit.author or None,
        "people": list(hit.people),
        "mood": hit.mood or None,
    }
