"""``crm where``: which store this is, with whom it is shared, what waits, how Git stands."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from crm_md.cli.commands import command
from crm_md.cli.output import one_line, paint, put, put_json
from crm_md.cli.session import Session, default_store
from crm_md.errors import NoStore
from crm_md.messages import N_, _, language, ngettext
from crm_md.questions.state import Sharing, StoreState, store_state, versions


@command(
    "where",
    N_(
        "Which store the commands work on, and why this one; with whom it is shared and when that "
        "was, what waits, its Git, what is derived from the files, who you are, and the versions. "
        "Nobody is asked over the network."
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
        _put_facts(_facts(state, why, session.now))
    return 0


def _why(session: Session) -> str:
    """Return how the store was found: option, environment, folder or default."""
    if session.store:
        return "CRM_STORE" if session.store == os.environ.get("CRM_STORE") else "--store"
    from crm_md.store import find_store

    return "folder" if find_store(Path.cwd()) else "default"


def _facts(state: StoreState, why: str, now: datetime) -> list[tuple[str, str]]:
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
        (_("Shared"), _shared(state.sharing, now)),
        ("Git", _git(state)),
        (_("Merging"), _merging(state)),
        (_("Customers"), _customers(state)),
        (_("Full text"), _full_text(state)),
        (_("You"), _you(state)),
        (_("Waiting"), "; ".join(_waiting(state)) or _("nothing")),
        *((_("Held up"), told) for told in state.held_up),
        (_("Versions"), _versions()),
    ]
    if state.only is not None:
        names = ", ".join(state.only) or _("none of its folders")
        facts.insert(1, (_("Part"), _("only {names}").format(names=names)))
    if state.settings_problem:
        facts.insert(1, (_("Settings"), state.settings_problem))
    return facts


def _shared(sharing: Sharing | None, now: datetime) -> str:
    """Say with whom the store is shared, and when that was."""
    if sharing is None:
        return _("with nobody yet → crm sync URL")
    if sharing.last is None:
        return _("with {address}").format(address=sharing.address)
    from crm_md.dates import say_how_long_ago

    when = say_how_long_ago(sharing.last, now, language())
    return _("with {address}, last {when}").format(address=sharing.address, when=when)


def _waiting(state: StoreState) -> Iterator[str]:
    """Yield what is not saved, or not shared, each with the command for it."""
    yield from state.waiting
    hand = state.by_hand
    if hand.conflicted:
        yield ngettext(
            "1 file with a conflict", "{count} files with a conflict", hand.conflicted
        ).format(count=hand.conflicted)
    if hand.edited:
        yield ngettext(
            "1 file edited by hand → crm save",
            "{count} files edited by hand → crm save",
            hand.edited,
        ).format(count=hand.edited)
    if hand.deleted:
        yield ngettext(
            "1 file deleted by hand → crm save, or get it back: git restore .",
            "{count} files deleted by hand → crm save, or get them back: git restore .",
            hand.deleted,
        ).format(count=hand.deleted)
    if state.sharing and state.sharing.waiting:
        yield ngettext(
            "1 change to be shared → crm sync",
            "{count} changes to be shared → crm sync",
            state.sharing.waiting,
        ).format(count=state.sharing.waiting)


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
    if state.git_problem:
        return state.git_problem
    if git is None:
        return _("none: everything can be read, nothing written → crm init")
    branch = git.branch or _("no branch")
    parts = [branch, git.head[:10] if git.head else _("nothing saved yet")]
    if git.top != state.root.resolve():
        parts.append(_("of {folder}").format(folder=git.top))
    if git.under_way:
        parts.append(_("in the middle of a {kind}").format(kind=git.under_way))
    elif state.left_branch:
        parts.append(
            _("your team shares {branch} → git switch {branch}").format(branch=state.left_branch)
        )
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
