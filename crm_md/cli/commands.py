"""Commands as click knows them: loaded when called, with the options that every one takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from crm_md.cli.click_texts import translated
from crm_md.cli.session import Session
from crm_md.cli.table import COMMANDS, FALLBACK, GROUPS, HELP, canonical_name, written_out
from crm_md.messages import N_, _, language

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_FIGURES = re.compile(r"\(?\+?\d[\d()/.-]*")


def _keep_store(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value:
        ctx.find_root().obj.store = value


def _keep_json(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        ctx.find_root().obj.json = True


def _keep_today(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value:
        ctx.find_root().obj.today = value


def _show_help(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def shared_options() -> list[click.Parameter]:
    """Return the options taken before and after every command."""
    return [
        click.Option(
            ["--store"],
            metavar=N_("DIR"),
            expose_value=False,
            callback=_keep_store,
            is_eager=True,
            help=N_("The folder of customers (else CRM_STORE, the nearest upward, the default)."),
        ),
        click.Option(
            ["--language"],
            type=click.Choice(["de", "en"]),
            expose_value=False,
            help=N_("What to print in."),
        ),
        click.Option(
            ["--json"],
            is_flag=True,
            expose_value=False,
            callback=_keep_json,
            is_eager=True,
            help=N_("Answer as JSON."),
        ),
        click.Option(
            ["--today"],
            metavar="DATE",
            hidden=True,
            expose_value=False,
            callback=_keep_today,
            is_eager=True,
        ),
        click.Option(
            ["--help"],
            is_flag=True,
            expose_value=False,
            callback=_show_help,
            is_eager=True,
            help=N_("Show this help."),
        ),
    ]


class Spoken(click.Command):
    """A command whose help is in the language spoken when it is asked for.

    Its ``--help`` is one of ours, since click fixes the text of its own when it is first used.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.add_help_option = False
        self.options_metavar = N_("[OPTIONS]")

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language spoken."""
        with translated(self.get_params(ctx)):
            super().format_help(ctx, formatter)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what stands behind the command's name in the line on how it is called."""
        return [_(piece) for piece in super().collect_usage_pieces(ctx)]


class CrmCommand(Spoken):
    """A command with the shared options, its help closed by an example.

    Attributes:
        numbers: options that take a phone number, which is typed with blanks.
    """

    def __init__(
        self, *args: Any, example: str = "", numbers: Sequence[str] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.example = example
        self.numbers = frozenset(numbers)
        own = {option for param in self.params for option in param.opts}
        self.params.extend(one for one in shared_options() if own.isdisjoint(one.opts))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the figures behind ``--phone 05321 99881`` for one number."""
        return super().parse_args(ctx, _numbers_joined(args, self.numbers))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what it does, both its names, and the example."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_(self.help) if self.help else "")
        if self.name in COMMANDS:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(
                    _("Names: crm {english}, crm {german}").format(
                        english=self.name, german=COMMANDS[self.name].german
                    )
                )
        if self.example:
            with formatter.section(_("Example")):
                for line in _(self.example).split("\n"):
                    formatter.write(" " * formatter.current_indent + line + "\n")


def _numbers_joined(args: Sequence[str], options: Collection[str]) -> list[str]:
    """Return the arguments with figures that follow the number of an option added to it."""
    joined: list[str] = []
    open_number = False  # the last one is a number to which more figures may belong
    for place, arg in enumerate(args):
        if arg == "--":
            return [*joined, *args[place:]]
        if open_number and _FIGURES.fullmatch(arg):
            joined[-1] += f" {arg}"
            continue
        option, has_value, value = arg.partition("=")
        number = value if has_value and option in options else arg
        expected = bool(has_value and option in options) or (bool(joined) and joined[-1] in options)
        open_number = expected and bool(_FIGURES.fullmatch(number))
        joined.append(arg)
    return joined


def command(
    name: str,
    about: str,
    example: str,
    *,
    dashes: bool = False,
    numbers: Sequence[str] = (),
) -> Callable[[Callable[..., Any]], CrmCommand]:
    """Make a function a command of this name; it gets the Session first.

    Args:
        name: its English name, as in ``COMMANDS``.
        about: what it does, marked with ``N_``.
        example: one or more lines that can be typed as they stand, marked with ``N_``.
        dashes: words that begin with a dash and are no option are words.
        numbers: options that take a phone number, which is typed with blanks.
    """

    def decorate(function: Callable[..., Any]) -> CrmCommand:
        params = list(reversed(getattr(function, "__click_params__", [])))

        def call(*args: Any, **kwargs: Any) -> Any:
            session: Session = click.get_current_context().find_root().obj
            return function(session, *args, **kwargs)

        return CrmCommand(
            name,
            callback=call,
            params=params,
            help=about,
            example=example,
            numbers=numbers,
            context_settings={"ignore_unknown_options": dashes},
        )

    return decorate


class CrmGroup(Spoken, click.Group):
    """``crm``: a command by its English or German name; any other word is a customer."""

    def __init__(self) -> None:
        super().__init__(
            "crm",
            params=shared_options(),
            help=N_("Your customers, as a folder of Markdown files."),
            subcommand_metavar=N_("COMMAND|CUSTOMER …"),
            no_args_is_help=False,
            invoke_without_command=True,
            callback=_without_command,
        )
        self.params.insert(
            -1,
            click.Option(
                ["--version"],
                is_flag=True,
                expose_value=False,
                is_eager=True,
                callback=_print_version,
                help=N_("Print the version."),
            ),
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the one command asked for."""
        name = canonical_name(cmd_name)
        if name is None:
            return None
        module = import_module(f"crm_md.cli.{COMMANDS[name].module}")
        loaded: click.Command = getattr(module, f"{name.replace('-', '_')}_command")
        return loaded

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take a first word that is no command as a customer: ``crm petersen``."""
        args = written_out(args)
        if args[0] in HELP and len(args) < 3:
            _help_on(ctx, self.get_command(ctx, args[-1]), args[-1])
        if canonical_name(args[0]) is None and not args[0].startswith("-"):
            ctx.find_root().obj.word = args[0]
            return FALLBACK, self.get_command(ctx, FALLBACK), args
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer commands by either name, without loading any; any other word is a customer."""
        from click.shell_completion import CompletionItem

        from crm_md.cli.options import complete_customers

        spoken = language()
        found = [
            CompletionItem(word, help=_(listed.summary))
            for name, listed in COMMANDS.items()
            for word, tongue in ((name, "en"), (listed.german, "de"))
            if word.startswith(incomplete) and (incomplete or tongue == spoken)
        ]
        found += click.Command.shell_complete(self, ctx, incomplete)
        if incomplete and not incomplete.startswith("-"):
            found += complete_customers(ctx, self.params[0], incomplete)
        return found

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what crm is, and what a bare word does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_(self.help) if self.help else "")
            formatter.write_paragraph()
            formatter.write_text(_("crm WORD alone shows the customer whom the word names."))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under their headings, without loading any of them."""
        spoken = language()
        for title, names in GROUPS:
            listed = [(name, COMMANDS[name]) for name in names]
            rows = [
                (
                    f"{one.german}, {name}" if spoken == "de" else f"{name}, {one.german}",
                    one.summary,
                )
                for name, one in listed
            ]
            with formatter.section(_(title)):
                formatter.write_dl([(names_of_it, _(summary)) for names_of_it, summary in rows])


def _without_command() -> None:
    """``crm`` alone prints the help."""
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _help_on(ctx: click.Context, asked: click.Command | None, word: str) -> None:
    """``crm help`` and ``crm help COMMAND`` print what ``--help`` does, and end."""
    if asked:
        ctx = click.Context(asked, parent=ctx, info_name=word)
    click.echo(ctx.get_help())
    ctx.exit()


def _print_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        from crm_md import __version__

        click.echo(f"crm {__version__}")
        ctx.exit()
