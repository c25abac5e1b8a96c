"""Options and arguments that several commands share: one word and one letter mean one thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from crm_md.cli.asking import chosen, somebody_is_there
from crm_md.cli.session import Session
from crm_md.messages import N_, _
from crm_md.questions.naming import Named, candidates, shown, who_is

F = TypeVar("F", bound=Callable[..., Any])


def customer_argument(function: F) -> F:
    """Take the customer as one word (or quoted words)."""
    return click.argument("customer", metavar=N_("CUSTOMER"), shell_complete=complete_customers)(
        function
    )


def owner_option(function: F) -> F:
    """Take ``--owner NAME|all``."""
    return click.option(
        "--owner",
        metavar=N_("NAME|all"),
        default="",
        help=N_("Whose customers; all for everybody's."),
    )(function)


def limit_option(function: F) -> F:
    """Take ``--limit N``."""
    return click.option(
        "-n", "--limit", type=click.IntRange(min=1), metavar="N", help=N_("At most so many.")
    )(function)


def complete_customers(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[Any]:
    """Offer customers whose name or slug begins so; never fail in the middle of typing."""
    from click.shell_completion import CompletionItem

    session: Session = ctx.find_root().obj or Session()
    try:
        found = session.crm.catalogue.names_for_completion(incomplete)
    except Exception:  # a shell in the middle of a word is no place for an error
        return []
    return [CompletionItem(slug, help=name) for slug, name in found]


def named(session: Session, words: str) -> Named:
    """Return the customer the words name; on a terminal, several are offered to choose from.

    Raises:
        CustomerNotFound: nobody answers.
        CustomerAmbiguous: several answer, and nobody is there to choose.
    """
    if not somebody_is_there():
        return who_is(session.crm, words)
    found = candidates(session.crm, words)
    if len(found) < 2:
        return who_is(session.crm, words)
    names = [shown(one, found) for one in found]
    return found[chosen(_("“{words}” fits several customers:").format(words=words), names)]
