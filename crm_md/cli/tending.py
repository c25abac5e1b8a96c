"""``crm where``, ``crm reindex``, ``crm completion``: how the store and the program stand."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from crm_md.cli.afterwords import tell_unreadable
from crm_md.cli.commands import command
from crm_md.cli.output import one_line, paint, put, put_json, say
from crm_md.cli.progress import progress_bar
from crm_md.cli.session import Session, default_store
from crm_md.errors import NoStore
from crm_md.messages import N_, _, ngettext
from crm_md.questions.state import StoreState, store_state, versions

SHELLS = ("bash", "zsh", "fish")
_SAVED_AS = {
    "bash": """echo 'eval "$(crm completion bash)"' >> ~/.bashrc""",
    "zsh": """echo 'eval "$(crm completion zsh)"' >> ~/.zshrc""",
    "fish": "crm completion fish > ~/.config/fish/completions/crm.fish",
}


@command(
    "where",
    N_(
        "Which store the commands work on, and why this one; its Git, what is derived from the "
        "files, what waits to be saved, who you are, and the versions."
    ),
    N_("crm where\ncrm where --json"),
)
def where_command(session: Session) -> int:
    """Tell where we are; without a store, what is known without it."""
    why = _why(session)
    try:
        state = store_state(session.crm)
    except NoStore:
        if session.json:
            put_json({"store": None, "default": None, "versions": versions()})
        else:
            _put_facts([(_("Versions"), _versions())])
        raise
    if session.json:
        put_json(_as_json(state, why))
    else:
        _put_facts(_facts(state, why))
    return 0


def _why(session: Session) -> str:
    """Return how the store was found: option, environment, folder or default."""
    if session.store:
        return "CRM_STORE" if session.store == os.environ.get("CRM_STORE") else "--store"
    from crm_md.store import find_store

    return "folder" if find_store(Path.cwd()) else "default"


def _facts(state: StoreState, why: str) -> list[tuple[str, str]]:
    reasons = {
        "--store": _("named by --store"),
        "CRM_STORE": _("named by CRM_STORE"),
        "folder": _("the nearest from here upward"),
        "default": _("your default store"),
    }
    default = default_store()
    facts = [
        (_("Store"), f"{state.root} ({reasons[why]})"),
        (_("Default"), str(default) if default else _("none yet")),
        ("Git", _git(state)),
        (_("Merging"), _merging(state)),
        (_("Customers"), _customers(state)),
        (_("Full text"), _full_text(state)),
        (_("You"), _you(state)),
        (_("Waiting"), "; ".join(state.waiting) or _("nothing")),
        *((_("Held up"), told) for told in state.held_up),
        (_("Versions"), _versions()),
    ]
    if state.settings_problem:
        facts.insert(1, (_("Settings"), state.settings_problem))
    return facts


def _merging(state: StoreState) -> str:
    """Say what Git does with a file that two people changed."""
    how = state.git.drivers if state.git else "none"
    if how == "none":
        return _("by lines, as Git does without us → crm init")
    if how == "elsewhere":
        return _("by field, entry and task, with another installation of crm")
    return _("by field, entry and task")


def _git(state: StoreState) -> str:
    git = state.git
    if git is None:
        return _("none: everything can be read, nothing written → crm init")
    branch = git.branch or _("no branch")
    parts = [branch, git.head[:10] if git.head else _("nothing saved yet")]
    if git.top != state.root.resolve():
        parts.append(_("of {folder}").format(folder=git.top))
    if git.under_way:
        parts.append(_("in the middle of a {kind}").format(kind=git.under_way))
    return ", ".join(parts)


def _customers(state: StoreState) -> str:
    if state.derived:
        told = _("{count}, remembered in {folder}").format(
            count=state.customers, folder=state.derived
        )
    else:
        told = _("{count}, held in memory only").format(count=state.customers)
    if state.unreadable:
        bad = len(state.unreadable)
        cannot = ngettext("1 cannot be read → crm check", "{count} cannot be read → crm check", bad)
        told += f"; {cannot.format(count=bad)}"
    return told


def _full_text(state: StoreState) -> str:
    lacking = state.not_in_full_text
    if not lacking:
        return _("up to date")
    return ngettext(
        "1 customer is read at the next search",
        "{count} customers are read at the next search",
        lacking,
    ).format(count=lacking)


def _you(state: StoreState) -> str:
    if not state.me:
        return _("Git does not know you → crm init")
    return state.me if state.in_team else _("{short}, not in the team").format(short=state.me)


def _versions() -> str:
    names = {"crm": "crm", "python": "Python", "git": "Git", "whoosh": "Whoosh"}
    return ", ".join(f"{names[key]} {found or _('missing')}" for key, found in versions().items())


def _put_facts(facts: list[tuple[str, str]]) -> None:
    width = max(len(name) for name, _text in facts)
    for name, text in facts:
        put(f"{paint(name.ljust(width), 'title')}  {one_line(text)}")


def _as_json(state: StoreState, why: str) -> dict[str, Any]:
    default = default_store()
    value = asdict(state)
    return {
        "store": str(value.pop("root")),
        "why": why,
        "default": str(default) if default else None,
        **value,
        "versions": versions(),
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
