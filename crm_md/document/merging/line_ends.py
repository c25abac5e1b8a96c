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

    A line of the base keeps its end. An added one has that of its side, if that side left the line
    ends of the base alone; otherwise, and where the sides disagree, it ends as most lines do.

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
    sides = [_returns(lines, side) for side in (ours, theirs) if left_alone(base, side)]
    for place in range(len(lines) - 1):
        end = kept.get(place)
        if end is None:
            said = {side[place] for side in sides if place in side}
            end = said.pop() if len(said) == 1 else usual
        lines[place] += end
    return "\n".join(lines)


def _returns(lines: Sequence[str], version: str) -> dict[int, str]:
    """Return for each line that a version has what stands there before its ``\\n``."""
    theirs = version.split("\n")[:-1]
    pairs = in_order(lines, [line.removesuffix("\r") for line in theirs], lambda line: line)
    return {i: "\r" if theirs[j].endswith("\r") else "" for i, j in pairs}


def left_alone(base: str, side: str) -> bool:
    """Say whether a side has the line ends of the base, wherever it has its lines."""
    lines = base.split("\n")[:-1]
    ends = _returns([line.removesuffix("\r") for line in lines], side)
    return all(lines[place].endswith("\r") == bool(end) for place, end in ends.items())
