"""Write a table more into ``crm.toml`` where a person would; all else stays as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_HEADER = re.compile(r"\s*\[\[?\s*(?P<name>[^\]]+?)\s*\]\]?\s*(?:#.*)?\Z")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def with_table(text: str, name: Sequence[str], table: str) -> str:
    """Return settings with a table in them that was not there.

    It stands behind the last table of the same kind (``[team.ben]`` behind ``[team.anna]``), where
    people look for it, and before what is explained or switched off below that one.

    Args:
        text: TOML; its line ends are kept.
        name: of the table: ``("team", "ben")``.
        table: its lines, the one in brackets first.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    at = _behind(lines, list(name[:-1])) if len(name) > 1 else None
    new = [line + end[:-1] for line in table.replace("\r", "").strip("\n").split("\n")]
    gap = end[:-1]
    if at is None:
        while lines and not lines[-1].strip():
            lines.pop()
        if lines:
            lines[-1] = lines[-1].rstrip("\r") + gap
        return "\n".join([*lines, *([gap] if lines else []), *new, ""])
    below = [gap] if at < len(lines) and lines[at].strip() else []
    return "\n".join([*lines[:at], gap, *new, *below, *lines[at:]])


def _behind(lines: Iterable[str], parent: list[str]) -> int | None:
    """Return the line behind the last that says something in a table of this parent."""
    found: int | None = None
    inside = False
    for number, line in enumerate(lines, 1):
        header = _HEADER.match(line)
        if header:
            keys = [key.strip("\"'") for key in _KEY.findall(header["name"])]
            inside = len(keys) > len(parent) and keys[: len(parent)] == parent
        said = line.strip()
        if inside and said and not said.startswith("#"):
            found = number
    return found
