"""Say what an entry is to the relation: a contact or none, who moved, whether it succeeded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_md.config import Config
from crm_md.document.entries import EntryHeading, kind_candidates
from crm_md.document.people import names_of
from crm_md.frozen import dataclass
from crm_md.model import Direction, Entry, TouchKind
from crm_md.words import KIND_DIRECTION, SOLVED, plain

_ONLY = re.compile(r"(?:(?:nur|wieder|nochmals?|erneut|leider|only|again|just)\s+)+", re.IGNORECASE)
_ALONE = re.compile(r"(?:AB|[Bb]usy|[Ee]ngaged)\s*(?:[,.;:!–-]|\Z)")


@dataclass(frozen=True, slots=True)
class Nature:
    """What an entry is, beyond what it says; the fields mean what they mean in `model.Entry`."""

    touch: TouchKind
    direction: Direction
    attempt: bool
    solution: bool


def nature_of(heading: EntryHeading, config: Config, contacts: Sequence[str]) -> Nature:
    """Return whether an entry is a contact and who moved. Source: docs/file-format.md.

    Args:
        heading: what the heading of the entry says.
        config: which kinds are talks, which are written.
        contacts: the names of the contacts in the file.
    """
    kind = config.kinds.get(heading.kind)
    attempt = heading.kind == "attempt" or _begins_with_attempt(heading.subject, config)
    solution = heading.kind == "complaint" and _first_word(heading.subject) in SOLVED
    touch: TouchKind = "none"
    if kind is not None:
        touch = kind.touch
    elif heading.people:
        names = names_of(tuple(contacts))
        if any(names.contact(name) for name in heading.people):
            touch = "talk"
    if attempt:
        touch = "none"
    if touch == "none":
        return Nature(touch, "", attempt, solution)
    direction: Direction = heading.preposition
    if not direction and solution:
        direction = "to"  # what settles a complaint comes from us
    elif not direction:
        default = KIND_DIRECTION.get(heading.kind, "with" if touch == "talk" else "")
        direction = default  # type: ignore[assignment]  # the table holds directions only
    return Nature(touch, direction, attempt, solution)


def headline(heading: EntryHeading | Entry, people: str) -> str:
    """Return kind, people and subject in one line: "Anruf mit Heike: Muster".

    What settles a complaint reads as it is typed: "Reklamation gelöst: neue Plane".

    Args:
        people: whom it was with, as they are to be named.
    """
    lead = " ".join(filter(None, (heading.kind_word, people)))
    settles = heading.kind == "complaint" and _first_word(heading.subject) in SOLVED
    return (" " if settles and not people else ": ").join(filter(None, (lead, heading.subject)))


def _begins_with_attempt(subject: str, config: Config) -> bool:
    """Say whether the subject begins with words for an attempt: "nicht erreicht, Mailbox voll".

    "nur", "wieder" and their like before them count for nothing; "AB" and "busy" are such words
    only where they are all that is said, for "ab Montag zu" is no attempt.
    """
    subject = _ONLY.sub("", subject)
    return _ALONE.match(subject) is not None or any(
        config.kind_words.get(plain(words.rstrip(",.;:!"))) == "attempt"
        for words in kind_candidates(subject, config)
    )


def _first_word(subject: str) -> str:
    return plain(subject.partition(" ")[0].rstrip(",.;:!"))
