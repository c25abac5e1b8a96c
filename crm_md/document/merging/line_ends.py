"""Compare texts without their line ends, and give the merged one those it is to have."""

from __future__ import annotations

from collections.abc import Sequence

from crm_md.document.merging.three import Three
from crm_md.document.pieces.pairing import in_order


def without_returns(text: str) -> str:
    """Return the text with ``\\n`` at the end of every line."""
    return text.replace("\r\n", "\n")


def with_line_ends(merged: str, texts: Three[str]) -> str:
    """Return the merged text with the line ends of the versions it comes from.

    A line of the base keeps that of the base, an added one that of its side; where the sides
    disagree, or nobody has the line, it ends as most lines of the base.

    Args:
        merged: its lines end with ``\\n``.
        texts: the versions, as they stand.
    """
    base, ours, theirs = texts
    if not any("\r\n" in text for text in texts):
        return merged
    lines = merged.split("\n")
    shown = base if "\n" in base else ours + theirs
    usual = "\r" if shown.count("\r\n") * 2 > shown.count("\n") else ""
    kept = _returns(lines, base)
    here, there = _returns(lines, ours), _returns(lines, theirs)
    for place in range(len(lines) - 1):
        end = kept.get(place)
        if end is None:
            sides = {side[place] for side in (here, there) if place in side}
            end = sides.pop() if len(sides) == 1 else usual
        lines[place] += end
    return "\n".join(lines)


def _returns(lines: Sequence[str], version: str) -> dict[int, str]:
    """Return for each line that a version has what stands there before its ``\\n``."""
    theirs = version.split("\n")[:-1]
    pairs = in_order(lines, [line.removesuffix("\r") for line in theirs], lambda line: line)
    return {i: "\r" if theirs[j].endswith("\r") else "" for i, j in pairs}
