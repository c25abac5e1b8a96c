"""Know a text that was written in an editor opened before others' work came into the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_ALIKE = 0.6  # as `difflib` measures it: from there on a line is another one, corrected
_PAIRS = 10_000  # of lines; of more, none is looked at for being alike
_TYPED_AGAIN = 3  # a line that is there again weighs as many that were taken out
_SECTION = re.compile(rb"#{1,6} (?!\d)")
_FACT = re.compile(rb"[-*+ ]*\w+:: ")
_TICKED = re.compile(rb"\s*[-*+] \[[xX-]\] ")
_OPEN = re.compile(rb"\s*[-*+] \[ \] ")
_DONE = re.compile(rb"\s*[-*+] \[[xX-]\] | done:\S+")
_OF_TASKS = re.compile(r"^\s*[-*+] \[[ xX-]\] |(?:^| )(?:due|done):\S+")
_WORD = re.compile(rb"[\w\x80-\xff]+(?:[-:.]\w+)*")
_LETTER = re.compile(rb"[\w\x80-\xff]")
_TELLING = 4  # letters; a shorter line anybody writes
_SETTLE = b"#settle"
_AUTHOR = re.compile(r"\(([^()\s]+)\)\s*$")


class Arrival(NamedTuple):
    """What a file said before and after others' work came into it."""

    before: bytes
    after: bytes


def base_of(
    arrivals: Sequence[Arrival], here: bytes, edited: bytes, *, was_open: bool = False
) -> bytes | None:
    """Return the text that an edit was made from, if that was one of before an arrival.

    Such an edit has nothing of what came, and is explained more easily by what was said before
    than by what is said now. Whoever corrects what came, or takes out a part of it, is not meant.

    Args:
        arrivals: oldest first.
        here: what the file said before it was saved, as committed.
        edited: what it says now.
        was_open: an editor is known to have been open meanwhile; where both explain it as well,
            it was made from what was open.

    Returns:
        The nearest of the texts before, of several the newest; None where the edit was made from
        what is here.
    """
    lines = _lines(edited)
    found: list[tuple[int, bytes]] = []
    for place, arrival in enumerate(arrivals):
        before = _lines(arrival.before)
        if _is_older(arrivals[place:], before, _lines(here), lines, was_open=was_open):
            found.append((((before - lines) + (lines - before)).total(), arrival.before))
    return min(reversed(found), key=lambda one: one[0])[1] if found else None


def is_made_from(before: bytes, edited: bytes) -> bool:
    """Tell whether a text is an edit of another one: more than half of its lines still stand."""
    lines = _lines(before)
    return (lines & _lines(edited)).total() * 2 > lines.total()


def _is_older(
    arrivals: Sequence[Arrival],
    before: Counter[bytes],
    here: Counter[bytes],
    edited: Counter[bytes],
    *,
    was_open: bool,
) -> bool:
    came, went = Counter[bytes](), Counter[bytes]()
    for arrival in arrivals:
        old, new = _lines(arrival.before), _lines(arrival.after)
        came |= new - old
        went |= old - new
    came, went = _telling(came & (here - before)), went & (before - here)
    if not (came or went):
        return False
    own = edited - before
    alike = came & own
    if any(not _anybody_writes(line, before) for line in alike):
        return False
    came, own = came - alike, own - alike
    if not went and all(map(_SECTION.match, came)):  # a heading alone says nothing
        return False
    corrected = _corrected(came, own, went)
    again = (went & edited).total()
    went_on = sum(any(_goes_on(line, one, came) for line in own) for one in went)
    from_here = came.total() - corrected + _TYPED_AGAIN * again
    from_before = corrected + went.total() - again - went_on
    return from_here > from_before or (was_open and from_here == from_before)


def _lines(text: bytes) -> Counter[bytes]:
    stripped = (line.rstrip() for line in text.split(b"\n"))
    # Whoever deletes a line that a merge left to settle has settled it.
    return Counter(line for line in stripped if line and not line.endswith(_SETTLE))


def _telling(lines: Counter[bytes]) -> Counter[bytes]:
    """Leave out facts such as a mood, which anybody may have written: unless there is no more."""
    told = Counter({line: count for line, count in lines.items() if b":: " not in line})
    return told or lines


def _anybody_writes(line: bytes, before: Counter[bytes]) -> bool:
    """Tell whether two people may write a line alike: a section, a fact, a task ticked off."""
    if _SECTION.match(line) or _FACT.match(line) or len(_LETTER.findall(line)) < _TELLING:
        return True
    ticked = _TICKED.match(line)
    return bool(ticked) and any(_OPEN.sub(b"", one) == _DONE.sub(b"", line) for one in before)


def _goes_on(line: bytes, older: bytes, came: Iterable[bytes]) -> bool:
    """Tell whether a line has all words of an older one, and none that came into that meanwhile."""
    words, known = _words(line), _words(older)
    if not known or not known <= words:
        return False
    return all((_words(one) - known).isdisjoint(words) for one in came if known <= _words(one))


def _words(line: bytes) -> frozenset[bytes]:
    return frozenset(_WORD.findall(line))


def _corrected(came: Counter[bytes], own: Counter[bytes], went: Counter[bytes]) -> int:
    """Count the lines of what came that are in the edit in other words."""
    if len(came) * len(own) > _PAIRS:
        return 0
    from difflib import SequenceMatcher

    mine = [line for line in own if not any(_goes_on(line, one, came) for one in went)]
    texts = [line.decode("utf-8", "replace") for line in mine]
    count = 0
    for line in came:
        one = line.decode("utf-8", "replace")
        near = (_said(other) for other in texts if not _by_another(one, other))
        count += any(SequenceMatcher(None, _said(one), other).ratio() >= _ALIKE for other in near)
    return count


def _said(line: str) -> str:
    """Return what a line says, without what the lines of all tasks have."""
    return _OF_TASKS.sub("", line)


def _by_another(one: str, other: str) -> bool:
    """Tell whether two lines are headings of entries that two people wrote."""
    authors = [_AUTHOR.search(line) for line in (one, other)]
    return all(authors) and len({found[1] for found in authors if found}) == 2
