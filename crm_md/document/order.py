"""Say where an entry belongs among those that stand. Source: docs/file-format.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from itertools import pairwise
from typing import TypeAlias

Moment: TypeAlias = "tuple[date, time]"
Rank: TypeAlias = "tuple[date, time, bytes]"


def rank(day: date, clock: time | None, words: str) -> Rank:
    """Return by what entries are ordered: date, time (none counts as 00:00), then bytes.

    Args:
        words: the heading without its ``#`` signs and the text below it without outer blank
            lines, so that two stores that get the same entries in any order have one order.
    """
    return day, clock or time.min, words.encode("utf-8", "surrogatepass")


def kept_oldest_first(moments: Sequence[Moment]) -> bool:
    """Say whether a file is kept with the oldest entry first: more neighbours go up than down.

    Two of one day say nothing where one has no time: nobody knows which of them was first.

    Args:
        moments: date and time of the entries as they stand; fewer than two are newest first.
    """
    pairs = [(one, two) for one, two in pairwise(moments) if one[0] != two[0] or _timed(one, two)]
    return sum(one < two for one, two in pairs) > sum(one > two for one, two in pairs)


def _timed(*moments: Moment) -> bool:
    return all(clock != time.min for _day, clock in moments)


def place_among(ranks: Sequence[Rank], new: Rank) -> int:
    """Return before which of the entries a new one goes, their number for behind the last.

    Newest first: before the first older one. Oldest first: behind the last older one.

    Args:
        ranks: of the entries as they stand; they are never re-sorted.
        new: of the one to insert.
    """
    older = [index for index, other in enumerate(ranks) if other < new]
    if kept_oldest_first([other[:2] for other in ranks]):
        return older[-1] + 1 if older else 0
    return older[0] if older else len(ranks)
