"""``crm reindex``, ``crm completion``: what the store and the shell are given by the program."""

from __future__ import annotations

import click

from crm_md.cli.afterwords import tell_unreadable
from crm_md.cli.commands import command
from crm_md.cli.output import put, put_json, say
from crm_md.cli.progress import progress_bar
from crm_md.cli.session import Session
from crm_md.messages import N_, _, ngettext

SHELLS = ("bash", "zsh", "fish")
_SAVED_AS = {
    "bash": """echo 'eval "$(crm completion bash)"' >> ~/.bashrc""",
    "zsh": """echo 'eval "$(crm completion zsh)"' >> ~/.zshrc""",
    "fish": "crm completion fish > ~/.config/fish/completions/crm.fish",
}


@command(
    "reindex",
    N_(
        "Build anew what is derived from the files: the catalogue and the full text. Never "
        "necessary; the files themselves are not touched."
    ),
    N_("crm reindex"),
)
def reindex_command(session: Session) -> int:
    """Build the derived data anew."""
    from crm_md.records.rebuilding import rebuild

    with progress_bar() as progress:
        built = rebuild(session.crm, progress)
    if session.json:
        put_json({"customers": built.customers, "unreadable": list(built.unreadable)})
    say(
        ngettext("1 customer read anew.", "{count} customers read anew.", built.customers).format(
            count=built.customers
        ),
        "good",
    )
    tell_unreadable(session)
    return 0


@command(
    "completion",
    N_("Print what your shell needs to complete commands, options and customers."),
    N_('eval "$(crm completion bash)"\ncrm completion fish > ~/.config/fish/completions/crm.fish'),
)
@click.argument("shell", type=click.Choice(SHELLS), metavar="|".join(SHELLS))
def completion_command(session: Session, shell: str) -> None:
    """Print the script, headed by how to install it."""
    how = _("To install it, once: {command}").format(command=_SAVED_AS[shell])
    put(f"# {how}\n{completion_script(shell)}")


def completion_script(shell: str) -> str:
    """Return the script that teaches a shell our commands and customers.

    Args:
        shell: ``bash``, ``zsh`` or ``fish``.
    """
    from click.shell_completion import ShellComplete, get_completion_class

    from crm_md.cli.commands import CrmGroup

    kind = get_completion_class(shell)
    assert kind is not None, "click knows these three"
    return ShellComplete.source(kind(CrmGroup(), {}, "crm", "_CRM_COMPLETE"))
