"""Write the pages of the commands and of the rules from the commands and the rules themselves.

``python tools/reference.py`` writes them; a test fails when one is stale.
"""

from __future__ import annotations

import sys
from inspect import cleandoc
from pathlib import Path

import click

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from crm_md.agenda import RULES, counts_for  # noqa: E402  # after the path
from crm_md.cli.commands import CrmCommand, CrmGroup  # noqa: E402  # after the path
from crm_md.cli.options import OneOf  # noqa: E402
from crm_md.cli.table import COMMANDS  # noqa: E402
from crm_md.messages import _, speaking  # noqa: E402
from crm_md.words import STATUS_WORDS  # noqa: E402

FOLDER = ROOT / "docs" / "commands"
RULES_PAGE = ROOT / "docs" / "rules.md"


def pages() -> dict[Path, str]:
    """Return every page: the index, and one a command."""
    group = CrmGroup()
    context = click.Context(group, info_name="crm")
    found = {FOLDER / "README.md": _index(), RULES_PAGE: _rules()}
    for name in COMMANDS:
        loaded = group.get_command(context, name)
        assert isinstance(loaded, CrmCommand)
        found[FOLDER / f"{name}.md"] = _page(name, loaded)
    return found


def _index() -> str:
    lines = ["# The commands", "", "| command | German | what it does |", "|---|---|---|"]
    for name, listed in COMMANDS.items():
        lines.append(f"| [`crm {name}`]({name}.md) | `crm {listed.german}` | {listed.summary} |")
    lines += [
        "",
        "`crm WORD` alone is `crm show WORD`. Every command takes `--store DIR`, `--json`,",
        "`--language de|en` and `--help`, before and behind its name. These pages are generated.",
        "",
    ]
    return "\n".join(lines)


def _rules() -> str:
    """Return the page of the rules: each one's docstring, points, days and statuses."""
    about = (ROOT / "tools" / "rules.md").read_text("utf-8")
    parts = []
    for one in sorted(RULES.values(), key=lambda one: -one.points):
        days = "" if one.days is None else f" · `days = {one.days}`"
        first, _blank, rest = cleandoc(one.judge.__doc__ or "").partition("\n")
        statuses = [status for status in STATUS_WORDS if counts_for(one, status)]
        parts += [
            f"### {one.name}",
            "",
            first,
            rest.rstrip(),
            "",
            f"`points = {one.points}`{days} · for: {', '.join(statuses)}",
            "",
        ]
    return about.replace("RULES\n", "\n".join([*parts, ""]))


def _page(name: str, command: CrmCommand) -> str:
    listed = COMMANDS[name]
    lines = [f"# crm {name}", "", command.help or "", ""]
    with speaking("de"):
        lines += [f"**crm {listed.german}**: {_(command.help or '')}", ""]
    lines += ["```", _usage(name, command), "```", ""]
    options = [param for param in command.params if isinstance(param, click.Option)]
    shown = [option for option in options if not option.hidden and option.name not in _SHARED]
    if shown:
        lines += ["| option | what it does |", "|---|---|"]
        lines += [f"| `{_option(option)}` | {option.help or ''} |" for option in shown]
        lines.append("")
    lines += ["## Example", "", "```sh", command.example, "```", ""]
    with speaking("de"):
        german = _(command.example)
    if german != command.example:
        lines += ["```sh", german, "```", ""]
    module, _dot, function = listed.twin.rpartition(".")
    lines += [f"In Python: `from {module} import {function}`", ""]
    return "\n".join(lines)


_SHARED = frozenset(("store", "language", "json", "today", "help"))


def _usage(name: str, command: CrmCommand) -> str:
    context = click.Context(command)
    arguments = (param for param in command.params if isinstance(param, click.Argument))
    return " ".join(["crm", name, *(param.make_metavar(context) for param in arguments)])


def _option(option: click.Option) -> str:
    names = ", ".join(option.opts)
    if option.is_flag:
        return names
    words = option.type.shown() if isinstance(option.type, OneOf) else ()
    shown = option.metavar or ("\\|".join(words) or "TEXT")
    return f"{names} {shown}".replace("|", "\\|").replace("\\\\", "\\")


def stale() -> list[Path]:
    """Return the pages that are not what they should be, and those of no command."""
    wanted = pages()
    here = set(FOLDER.glob("*.md"))
    wrong = [
        path
        for path, text in wanted.items()
        if not path.exists() or path.read_text("utf-8") != text
    ]
    return wrong + sorted(here - set(wanted))


def main() -> None:
    """Write all pages and remove those of no command."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in set(FOLDER.glob("*.md")) - set(wanted):
        path.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
