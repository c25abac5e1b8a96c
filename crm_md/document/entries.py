"""Read the heading of an entry: ``2026-11-20 14:30 Anruf mit Heike Petersen: Naht (anna)``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from crm_md.document.people import SEPARATOR, Names, names_of
from crm_md.frozen import dataclass, field
from crm_md.words import ABOUT, PREPOSITIONS, plain

if TYPE_CHECKING:
    from crm_md.config import Config
    from crm_md.model import Direction

LONGEST = 20_000  # characters of a heading; what is longer is all subject

_DATE = re.compile(
    r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}))(?:(?!\w)|(?=T\d))"
)
_BEHIND = re.compile(r"(?:[:,;–—-]|\s+[–—-](?=\s|\Z)|\s+,)?\s*")
_TIME = re.compile(
    r"T?(?:(\d{1,2})(?::(\d\d)(?::(\d\d))?|\.(\d\d)(?=\s?Uhr\b))?)"
    r"(?:\s?(Uhr)|\s?(am|pm))?(?!\w)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\(([^()\s]+)\)\Z")
LAST_HASHES = re.compile(r"(?:\A|(?<=\s))(\\*)#+\Z")
_ABOUT = re.compile(rf"(?:\A|\s+)(?=(?:{'|'.join(map(re.escape, ABOUT))})\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EntryHeading:
    """What the heading of an entry says; the fields mean what they mean in `model.Entry`.

    Attributes:
        preposition_word: as it was typed, "" where none was; the language decides then.
    """

    date: date
    time: time | None = None
    kind: str = ""
    kind_word: str = ""
    preposition: Direction = ""
    people: tuple[str, ...] = ()
    subject: str = ""
    author: str = ""
    preposition_word: str = field(default="", compare=False)


class Moment(NamedTuple):
    """The date and time a heading starts with, and what follows them."""

    date: date
    time: time | None
    rest: str


def read_heading(title: str, config: Config, contacts: Sequence[str]) -> EntryHeading | None:
    """Return what the heading of an entry says, or None where it does not start with a full date.

    Source: docs/file-format.md, "The history".

    Args:
        title: the heading without its ``#`` signs.
        config: the words for kinds, and the team.
        contacts: the names of the contacts in this file.
    """
    moment = read_moment(title)
    return read_words(moment, config, contacts) if moment else None


def read_words(moment: Moment, config: Config, contacts: Sequence[str]) -> EntryHeading:
    """Return what a heading says whose date and time are read already; as `read_heading`."""
    day, clock, rest = moment
    rest = " ".join(rest.split())
    if len(rest) > LONGEST:
        return EntryHeading(day, clock, subject=rest)
    author, rest = _split_author(rest, config)
    found = _sort_words(rest, config, names_of(tuple(contacts)))
    return EntryHeading(
        day,
        clock,
        found.kind,
        found.kind_word,
        found.preposition,
        found.people,
        found.subject,
        author,
        found.typed,
    )


@lru_cache(maxsize=2_000)
def read_moment(title: str) -> Moment | None:
    """Return date and time at the start of a heading and what follows, or None without a date."""
    match = _DATE.match(title)
    if match is None:
        return None
    year, month, day = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    try:
        when = date(int(year), int(month), int(day))
    except ValueError:
        return None
    at = _BEHIND.match(title, match.end()).end()  # type: ignore[union-attr]  # matches anything
    clock, at = _read_time(title, at)
    return Moment(when, clock, title[at:])


def _read_time(title: str, at: int) -> tuple[time | None, int]:
    """Return the time that stands here, if any, and where the words after it begin."""
    match = _TIME.match(title, at)
    if match is None or not (match[2] or match[4] or match[5] or match[6]):
        return None, at
    hour, minute, second = int(match[1]), int(match[2] or match[4] or 0), int(match[3] or 0)
    if match[6] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if match[6].lower() == "pm" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None, at
    behind = _BEHIND.match(title, match.end())
    return time(hour, minute, second), behind.end() if behind else match.end()


def _split_author(rest: str, config: Config) -> tuple[str, str]:
    """Set the last bracketed word aside if it is an author; take our escapes off if it is not."""
    if rest.endswith(")") and (found := last_word(rest)):
        before, escapes, author = found
        if escapes:
            return "", before + rest[len(before) + 1 :]
        if config.team and author not in config.team:
            member = config.member(author)
            author = member.short if member else ""
        if author:
            return author, before.rstrip()
    elif rest.endswith("#") and (match := LAST_HASHES.search(rest)) and match[1]:
        return "", rest[: match.start()] + rest[match.start() + 1 :]
    return "", rest


def last_word(text: str) -> tuple[str, str, str] | None:
    """Return what stands before a last bracketed word, the backslashes at it, and the word."""
    place = text.rfind("(")
    match = _IN_BRACKETS.match(text, place) if place >= 0 else None
    before = text[:place].rstrip("\\")
    if match is None or before[-1:] not in ("", " "):
        return None
    return before, text[len(before) : place], match[1]


class _Words(NamedTuple):
    """What stands between date and author; the fields as in `EntryHeading`."""

    subject: str
    kind: str = ""
    kind_word: str = ""
    preposition: Direction = ""
    people: tuple[str, ...] = ()
    typed: str = ""


def _sort_words(rest: str, config: Config, names: Names) -> _Words:
    """Tell kind, preposition, people and subject apart."""
    head, colon, subject = rest.partition(": ")
    if not colon and rest.endswith(":"):
        head, colon = rest[:-1], ":"
    head = head.rstrip(" ")
    kind, word, after = _known_kind(head, config)
    if not word:
        first, _blank, behind = head.partition(" ")
        is_word = first[:1].isalnum()
        if is_word and colon and not behind and names.contact(first) is None:
            return _Words(subject, first, first)
        if is_word and _preposition(behind) and not _preposition(head):
            found = _people(behind, bool(colon), names)
            if found:
                return _with_people(first, first, found, subject)
    if _preposition(after):
        found = _people(after, bool(colon), names)
        if found:
            return _with_people(kind, word, found, subject)
    people, left = names.several(after) if word or colon else ((), after)
    if people and (word or not left):
        return _with_people(kind, word, _People("with", people, left.lstrip(" ,;")), subject)
    if word:
        return _Words(_joined(after, subject), kind, word)
    return _Words(subject if colon and not head else rest)


def _known_kind(head: str, config: Config) -> tuple[str, str, str]:
    """Return the longest known kind at the start, its word and what follows; "" where none is."""
    for word in kind_candidates(head, config):
        kind = config.kind_words.get(plain(word))
        if kind:
            return kind, word, head[len(word) + 1 :]
    return "", "", head


def kind_candidates(text: str, config: Config) -> list[str]:
    """Return the words at the start of a text that may be a kind, the longest first.

    Args:
        text: words with single blanks between them.
        config: the words for kinds.
    """
    first = plain(text.partition(" ")[0].rstrip(",.;:!")).partition(" ")[0]
    longest = config.kind_starts.get(first) or config.kind_starts.get(f"{first}.", 0)
    if not longest or not text[:1].isalnum():
        return []
    words = text.split(" ", longest)[:longest]
    return [" ".join(words[:count]) for count in range(len(words), 0, -1)]


def _preposition(text: str) -> Direction:
    """Return the direction that the first word gives, "" if it is no preposition before a word."""
    first, blank, _rest = text.partition(" ")
    return PREPOSITIONS.get(plain(first), "") if blank else ""  # type: ignore[return-value]  # directions only


class _People(NamedTuple):
    """The people a heading names, what is left behind them, and the preposition as typed."""

    direction: Direction
    people: tuple[str, ...]
    left: str
    typed: str = ""


def _people(text: str, colon: bool, names: Names) -> _People | None:
    """Return whom the words behind a preposition name, or None if it does not count.

    Before a colon all is names, up to a word like "wegen"; else all must be contacts.
    """
    direction = _preposition(text)
    typed, _blank, rest = text.partition(" ")
    if names.contact(rest) is not None:
        return _People(direction, (rest,), "", typed)
    if not colon:
        people, left = names.several(rest)
        if not people or SEPARATOR.match(left):
            return None
        return _People(direction, people, left, typed)
    about = _ABOUT.search(rest)
    people = tuple(_listed(rest[: about.start()] if about else rest, names))
    left = rest[about.end() :] if about else ""
    return _People(direction, people, left, typed) if people else None


def _listed(text: str, names: Names) -> Iterator[str]:
    """Yield the names of a list; "und" separates contacts only, "Müller und Söhne" is one."""
    while text:
        people, left = names.several(text)
        if people and not left:
            yield from people
            return
        found = names.first(text)
        if found and found[1].lstrip().startswith((",", ";")):
            name, text = found
        else:
            name, _comma, text = text.partition(",")
        if name.strip():
            yield name.strip()
        text = text.lstrip(" ,;")


def _with_people(kind: str, word: str, found: _People, subject: str) -> _Words:
    subject = _joined(found.left, subject)
    return _Words(subject, kind, word, found.direction, found.people, found.typed)


def _joined(left: str, subject: str) -> str:
    """Put what stands between kind and colon and names nobody before the subject."""
    return f"{left}: {subject}" if left and subject else left or subject
