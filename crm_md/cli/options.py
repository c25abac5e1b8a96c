"""Options and arguments that several commands share: one word and one letter mean one thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from crm_md.cli.asking import chosen, somebody_is_there
from crm_md.cli.output import put_bytes, say
from crm_md.cli.session import Session
from crm_md.errors import DateNotUnderstood
from crm_md.messages import N_, _, language
from crm_md.questions.naming import Named, candidates, shown, told_apart, who_is
from crm_md.words import plain

if TYPE_CHECKING:
    from crm_md.dates import When

    _TypeOfWords = click.ParamType[str]
else:
    _TypeOfWords = click.ParamType  # an older click takes no brackets

F = TypeVar("F", bound=Callable[..., Any])


class OneOf(_TypeOfWords):
    """One of several words, taken in English and German, shown in the language spoken."""

    name = "word"

    def __init__(self, german: Mapping[str, str]) -> None:
        """Know the words.

        Args:
            german: what each is called in German, by the English word that programs get.
        """
        self._german = german

    def shown(self) -> list[str]:
        """Return the words in the language spoken."""
        return list(self._german.values() if language() == "de" else self._german)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """Return what stands for the value in the help; click 8.1 asks without a context."""
        return f"[{'|'.join(self.shown())}]"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the English word that was meant."""
        for english, german in self._german.items():
            if plain(value) in (plain(english), plain(german)):
                return english
        names = ", ".join(self.shown())
        told = _("“{word}” is none of {names}.").format(word=value, names=names)
        raise click.BadParameter(told, ctx, param)

    def shell_complete(
        self, _ctx: click.Context, _param: click.Parameter, incomplete: str
    ) -> list[Any]:
        """Offer the words that begin so."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in self.shown() if word.startswith(incomplete)]


def customer_argument(function: F) -> F:
    """Take the customer as one word (or quoted words)."""
    return click.argument("customer", metavar=N_("CUSTOMER"), shell_complete=complete_customers)(
        function
    )


def owner_option(function: F) -> F:
    """Take ``--owner NAME|all``."""
    return click.option(
        "--owner",
        "--betreuer",
        metavar=N_("NAME|all"),
        default="",
        help=N_("Whose customers; all for everybody's."),
    )(function)


def limit_option(function: F) -> F:
    """Take ``--limit N``."""
    return click.option(
        "-n", "--limit", type=click.IntRange(min=1), metavar="N", help=N_("At most so many.")
    )(function)


def output_option(function: F) -> F:
    """Take ``--output FILE``."""
    return click.option(
        "-o",
        "--output",
        "--ausgabe",
        metavar=N_("FILE"),
        default="",
        help=N_("Into this file instead, whole or not at all."),
    )(function)


def put_out(session: Session, data: bytes, output: str) -> None:
    """Print a document as it is, or write it into the file asked for.

    Args:
        data: UTF-8 with the line ends it must have.
        output: the file, "" or "-" for stdout.

    Raises:
        UsageProblem: the file is one of the store's own.
        WriteFailed: the system refuses.
    """
    if output in ("", "-"):
        put_bytes(data)
        return
    from crm_md.writing import write_out

    file = Path(output).expanduser()
    write_out(session.crm.root, file, data)
    say(_("Written: {file}").format(file=output), style="good")


def complete_customers(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[Any]:
    """Offer customers whose name or slug begins so; never fail in the middle of typing."""
    from click.shell_completion import CompletionItem

    session: Session = ctx.find_root().obj or Session()
    try:
        found = session.crm.catalogue.names_for_completion(incomplete)
    except Exception:  # a shell in the middle of a word is no place for an error
        return []
    return [CompletionItem(slug, help=name) for slug, name in found]


def complete_codes(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[Any]:
    """Offer the codes of my open tasks, each with its words; never fail in the middle of typing."""
    from click.shell_completion import CompletionItem

    session: Session = ctx.find_root().obj or Session()
    try:
        from crm_md.questions.todo import todo

        found = todo(session.crm, limit=0)
    except Exception:  # a shell in the middle of a word is no place for an error
        return []
    return [
        CompletionItem(found.codes[one.code], help=f"{one.text} – {one.name}")
        for one in (*found.ours.rows, *found.theirs.rows)
        if one.code.startswith(incomplete.casefold())
    ]


def day_named(session: Session, words: str) -> When | None:
    """Return the day or span that words name where a customer might stand: ``crm todo tomorrow``.

    Args:
        words: as typed; a customer who answers to them goes before a day.

    Returns:
        The nearest such day to come; None where the words name none, or a customer.
    """
    from crm_md.dates import parse_date

    try:
        day = parse_date(words, session.now.date(), toward="future")
    except DateNotUnderstood:
        return None
    return None if candidates(session.crm, words) else day


def named(session: Session, words: str, *, likeliest: bool = False) -> Named:
    """Return the customer the words name; on a terminal, several are offered to choose from.

    Args:
        session: this run.
        words: as typed.
        likeliest: the enter key alone takes the first of several; only for what merely looks.

    Raises:
        CustomerNotFound: nobody answers.
        CustomerAmbiguous: several answer, and nobody is there to choose.
    """
    if not somebody_is_there():
        return who_is(session.crm, words)
    found = candidates(session.crm, words)
    if len(found) < 2:
        return who_is(session.crm, words)
    names = [
        ", ".join(filter(None, (shown(one, found), told_apart(session.crm, one.slug))))
        for one in found
    ]
    question = _("“{words}” fits several customers:").format(words=words)
    return found[chosen(question, names, likeliest=likeliest)]
