"""Choose from years of entries what tells the story in brief."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import Literal

from crm_md.frozen import dataclass
from crm_md.model import Entry
from crm_md.words import STAGES, plain

Why = Literal["first", "offer", "order", "decided", "complaint", "solved", "praise"]
MOST = 12
MOODS = 5  # turns of mood that are told
CONTACTS = 3  # contacts that are told with their words
MOST_TOLD = 6  # entries between them, notes and attempts included


@dataclass(frozen=True, slots=True)
class Milestone:
    """An entry that the story needs.

    Attributes:
        why: what makes it one.
        solved: how a complaint was solved, "" if nobody wrote it there.
        because: why a deal was won or lost.
    """

    entry: Entry
    why: Why
    solved: str = ""
    because: str = ""


def milestones(
    entries: Sequence[Entry], today: date, open_complaints: frozenset[int], most: int = MOST
) -> tuple[Milestone, ...]:
    """Return the entries that tell the story, the oldest first.

    The first contact, offers and orders, what was decided and why, praise, complaints and how they
    were solved. Where there are more than can be read before a visit, the first contact and what
    is still open stay, and then the newest.

    Args:
        entries: of one customer, in any order.
        today: what is dated later is no story yet.
        open_complaints: the lines of complaints that nobody has solved.
        most: so many at most.
    """
    found = list(_marked(_past(entries, today)))
    if len(found) > most:
        kept = sorted(
            range(len(found)),
            key=lambda place: (
                found[place].entry.line not in open_complaints,
                found[place].why != "first",
                -place,
            ),
        )[:most]
        found = [found[place] for place in sorted(kept)]
    return tuple(found)


def turns_of_mood(entries: Sequence[Entry], today: date, most: int = MOODS) -> tuple[Entry, ...]:
    """Return the entries with which the mood became another one, the oldest first.

    Args:
        entries: of one customer, in any order.
        today: what is dated later does not count.
        most: only so many of the last.
    """
    turns: list[Entry] = []
    for entry in _past(entries, today):
        if entry.mood and (not turns or turns[-1].mood != entry.mood):
            turns.append(entry)
    return tuple(turns[-most:])


def last_told(
    entries: Sequence[Entry], today: date, contacts: int = CONTACTS, most: int = MOST_TOLD
) -> tuple[Entry, ...]:
    """Return the last contacts, and the notes and attempts since, the newest first.

    Args:
        entries: of one customer, in any order.
        today: what is dated later is a plan.
        contacts: so many contacts; without any, so many entries.
        most: entries at most; notes give way to contacts.
    """
    past = _past(entries, today)[::-1]
    touching = [entry for entry in past if entry.touch != "none"][:contacts]
    if not touching:
        return tuple(past[:contacts])
    since = past[: past.index(touching[-1]) + 1]
    room = most - len(touching)
    notes = [entry for entry in since if entry.touch == "none"][: max(room, 0)]
    return tuple(entry for entry in since if entry in touching or entry in notes)


def _past(entries: Sequence[Entry], today: date) -> list[Entry]:
    """Return what happened, the oldest first; of one moment what stands lower in the file."""
    past = [entry for entry in entries if entry.date <= today]
    return sorted(past, key=lambda one: (one.date, one.time or time.min, one.line))


def _marked(past: Sequence[Entry]) -> Iterator[Milestone]:
    first = next((entry for entry in past if entry.touch != "none"), None)
    for entry in past:
        why = "first" if entry is first else _why(entry)
        if why:
            yield Milestone(entry, why, entry.fact("solved"), entry.fact("because"))


def _why(entry: Entry) -> Why | None:
    if entry.attempt:
        return None
    if entry.solution:
        return "solved"
    if entry.kind == "complaint":
        return "complaint"
    if entry.fact("because") or _closes_a_deal(entry):
        return "decided"
    if entry.kind == "offer":
        return "offer"
    if entry.kind == "order":
        return "order"
    return "praise" if entry.kind == "praise" else None


def _closes_a_deal(entry: Entry) -> bool:
    """``Winterkollektion – gewonnen``, as ``crm deal`` writes it."""
    _title, dash, stage = entry.subject.rpartition(" – ")
    return bool(dash) and STAGES.get(plain(stage)) in ("won", "lost")
