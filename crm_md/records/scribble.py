"""Find kind, people and failed attempts in a line as people scribble it after a talk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from crm_md.config import Config, Kind
from crm_md.dates import parse_date
from crm_md.document import EntryHeading
from crm_md.document.entries import kind_candidates
from crm_md.document.people import Names, names_of
from crm_md.errors import DateNotUnderstood
from crm_md.frozen import replace
from crm_md.model import Direction
from crm_md.words import ABOUT, KIND_DIRECTION, PREPOSITIONS, TITLES, plain

# A verb behind the name: the kind's noun that is written instead, and who moved.
_VERBS: dict[str, tuple[str, Direction]] = {
    "angerufen": ("call", "to"),
    "zurueckgerufen": ("call", "to"),
    "besucht": ("visit", "to"),
    "gemailt": ("mail", "to"),
    "getroffen": ("meeting", "with"),
    "gesprochen": ("meeting", "with"),
    "called": ("call", "from"),
    "visited": ("visit", "to"),
    "mailed": ("mail", "from"),
}
_NOW = frozenset(("eben", "gerade", "grad", "soeben", "just"))  # the time of the entry says it
_ADVERBS = frozenset(("kurz", "nochmal", "wieder", *_NOW))
_HELPERS = frozenset(("hat", "haben", "has", "have"))
_PARTICLES = frozenset(("von", "van", "de", "der", "den", "zu", "del", "di", "el", "al", "la"))
_ABOUT = frozenset(map(plain, ABOUT))
_AND = re.compile(r"(?:,|\bund\b|\band\b|\bu\.|&|\+)\s*", re.IGNORECASE)
_APART = re.compile(r"\s+(?:und|and|sowie|u\.|&|\+)\s+", re.IGNORECASE)
_TO_US = re.compile(
    r"(?<=\w)\s+(?:an|bei|mit|to|at|with)\s+(?:uns|mich|mir|us|me)\Z", re.IGNORECASE
)
_OF_A_FIRM = frozenset(("soehne", "sohn", "sons", "toechter", "partner", "co", "co.", "cie"))
# Where one unknown word behind a preposition is a person: "Mail von Kaya", not "Brief mit Muster".
_ONE_WORD: dict[str, frozenset[str]] = {
    "von": frozenset(("call", "video", "visit", "mail", "letter", "message")),
    "an": frozenset(("call", "mail", "letter", "message", "offer", "invoice")),
    "mit": frozenset(("call", "video", "meeting")),
    "bei": frozenset(("call", "visit")),
}
_ONE_WORD |= {"from": _ONE_WORD["von"], "to": _ONE_WORD["an"]}
_ONE_WORD |= {"with": _ONE_WORD["mit"], "m.": _ONE_WORD["mit"]}
_SINGLE = re.compile(r"[^\W\d_][\w'’-]+(?=\Z|\s*[,;]|\s(?:und|and|u\.|&|\+)\s)", re.IGNORECASE)
_ANY_DAY = date(2026, 1, 1)  # whether a word is a day does not depend on today
# "Heike angerufen, passt": a call, though one unknown word is not sure to be a person.
_CALLED = re.compile(
    r"(?!nicht\b|nie\b|noch\b|muss\b|soll\b)\S+ (?:hat |haben )?(?:zurück)?"
    r"(?:angerufen|telefoniert)\b(?! (?:werden|wird)\b)",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"\s*(?:[,;:]|\.(?=\s|\Z)|\s[-–—](?=\s))\s*")
_BREAK = re.compile(r"\s*(?:[,;:]|[-–—](?=\s)|\.(?=\s|\Z))?\s*")


class _Party(NamedTuple):
    """The people a text begins with, and what follows them."""

    people: tuple[str, ...]
    rest: str


def clarified(
    heading: EntryHeading, line: str, config: Config, contacts: Sequence[str]
) -> EntryHeading:
    """Return the heading with what the line says in the order of speech, not of a heading.

    "mit Fr. Kaya tel., Angebot kommt" is a call with her, "Hr. Kaya nicht erreicht" an attempt,
    "Mail von Kai Wichmann, will Maße" is from him, and "kurz angerufen" a call as well. A name is
    a contact of this customer, a word behind Herr or Frau, or, behind a preposition, a first and
    a last name; "eben" is dropped, for the time says it. What fits none of this stays as it was.

    Args:
        heading: the line as a heading is read.
        line: the words without the day and the time in front.
        config: the words for kinds.
        contacts: the names of the contacts in this file.
    """
    names = names_of(tuple(contacts))
    line = " ".join(line.split())
    if heading.author:
        line = line[: line.rindex("(")].rstrip()
    found = heading
    if not heading.kind:
        found = _kind_behind(heading, line, config, names) or heading
        if not found.kind:
            found = _kind_in_front(heading, line, config, names)
        if not found.kind and _CALLED.match(line):
            call = config.kinds["call"]
            found = replace(heading, kind=call.name, kind_word=call.word(config.language))
    elif not all(map(names.contact, heading.people or ("",))):
        found = _people_behind(heading, line, config, names)
    return _attempt_first(_each_apart(found, names), config)


def _each_apart(heading: EntryHeading, names: Names) -> EntryHeading:
    """Take "Heike und Jens" for two where one is a contact; "Müller und Söhne" stay a firm.

    "an uns" behind a name says nothing that the direction does not say.
    """
    people: list[str] = []
    for person in (_TO_US.sub("", name) for name in heading.people):
        parts = _APART.split(person)
        firm = names.contact(person) or any(plain(part) in _OF_A_FIRM for part in parts)
        sure = any(map(names.contact, parts)) or all(" " in part.strip() for part in parts)
        people.extend(parts if sure and not firm else [person])
    return replace(heading, people=tuple(people))


def _kind_behind(
    heading: EntryHeading, line: str, config: Config, names: Names
) -> EntryHeading | None:
    """Read "[mit] PERSON VERB REST" and "[mit] PERSON nicht erreicht"; None where it is neither."""
    direction, _typed, after = _preposition(line)
    party = _people(after, config, names, bool(direction))
    unknown = party is None  # a first and a last name before "angerufen", of nobody in the file
    party = party or _people(after, config, names, True)
    if party is None:
        return None
    rest = party.rest.lstrip(" ,")
    attempt = None if unknown else _attempt(_first_clause(rest), config)
    if attempt:
        call = config.kinds["call"]
        return replace(
            heading,
            kind="call",
            kind_word=call.word(config.language),
            preposition="to",
            preposition_word=_written("to", call, config),
            people=party.people,
            subject=rest,
        )
    helper, _blank, behind = rest.partition(" ")
    helped = helper.casefold() in _HELPERS
    word, rest = _kind(behind if helped else rest, config)
    if not word or not (direction or word[:1].islower()):
        return None
    verb = _VERBS.get(plain(word))
    kind = config.kinds[verb[0]] if verb else config.kind_of(word)
    if kind is None or kind.touch == "none" or (unknown and kind.name != "call"):
        return None
    toward = direction or ("from" if helped else verb[1] if verb else "with")
    return replace(
        heading,
        kind=kind.name,
        kind_word=kind.word(config.language) if verb else word,
        preposition=toward,
        preposition_word=_written(toward, kind, config),
        people=party.people,
        subject=_BREAK.sub("", rest, count=1),
    )


def _written(direction: Direction, kind: Kind, config: Config) -> str:
    """Return the preposition that German wants: a call is ``bei``, a letter ``an`` somebody."""
    at_them = direction == "to" and kind.touch == "talk" and config.language == "de"
    return "bei" if at_them else ""


def _kind_in_front(heading: EntryHeading, line: str, config: Config, names: Names) -> EntryHeading:
    """Read "kurz tel. mit Kaya: …" and "Anruf, will Maße"; the adverb goes into the subject."""
    after, adverb = _without_adverb(line)
    word, rest = _kind(after, config)
    kind = config.kind_of(word) if word else None
    if kind is None or kind.touch == "none" or not (adverb or rest.startswith((",", ";"))):
        return heading
    plainly = replace(heading, kind=kind.name, kind_word=word, people=(), preposition="")
    found = _people_behind(plainly, after, config, names)
    subject = found.subject if found.people else _BREAK.sub("", rest, count=1)
    kept = "" if adverb.casefold() in _NOW else adverb
    return replace(found, subject=", ".join(filter(None, (kept, subject))))


def _people_behind(heading: EntryHeading, line: str, config: Config, names: Names) -> EntryHeading:
    """Read "KIND [von] PERSON und PERSON, REST" without the colon a heading wants there."""
    word, rest = _kind(line, config)
    if not word or plain(word) != plain(heading.kind_word):
        return heading
    direction, typed, after = _preposition(rest)
    one_word = heading.kind in _ONE_WORD.get(plain(typed), ())
    party = _people(after, config, names, bool(direction), one_word)
    if party is None or (heading.people and len(party.people) <= len(heading.people)):
        return heading
    default: Direction = KIND_DIRECTION.get(heading.kind, "with")  # type: ignore[assignment]
    return replace(
        heading,
        people=party.people,
        preposition=direction or default,
        preposition_word=typed,
        subject=_BREAK.sub("", party.rest, count=1),
    )


def _attempt_first(heading: EntryHeading, config: Config) -> EntryHeading:
    """Move "nicht erreicht" to the front of a call's subject, where it makes it an attempt."""
    if heading.kind not in ("", "call"):
        return heading
    clauses = _CLAUSES.split(heading.subject)
    for clause in clauses[1:]:
        if clause and _attempt(clause, config) == clause:
            if not heading.kind and _attempt(clauses[0], config) is None:
                return heading
            others = [one for one in clauses if one and one is not clause]
            return replace(heading, subject=", ".join((clause, *others)))
    return heading


def _people(
    text: str, config: Config, names: Names, introduced: bool, one_word: bool = False
) -> _Party | None:
    """Return the people a text begins with, None where no word of it must be a name.

    Args:
        introduced: a preposition stands before, so that a first and a last name will do.
        one_word: and where the clause ends behind it, so will one word.
    """

    def name_at(rest: str) -> str:
        name = _name(rest, config, names, introduced)
        return name or (_single_name(rest, config) if one_word else "")

    found: list[str] = []
    rest = text
    while name := name_at(rest):
        found.append(name)
        rest = rest[len(name) :].lstrip(" ")
        between = _AND.match(rest)
        if between is None or not name_at(rest[between.end() :]):
            break
        rest = rest[between.end() :]
    return _Party(tuple(found), rest) if found else None


def _single_name(text: str, config: Config) -> str:
    """Return the one word that is a whole clause and looks like a name, "" where none does."""
    found = _SINGLE.match(text)
    if found is None or not _is_name_word([found.group()], 0, config):
        return ""
    try:
        parse_date(found.group(), _ANY_DAY)
    except DateNotUnderstood:
        return found.group()
    return ""


def _name(text: str, config: Config, names: Names, introduced: bool) -> str:
    """Return the name a text begins with, as written, "" where it is none for sure."""
    contact = names.first(text.partition(":")[0])
    if contact:
        return contact[0]
    words = text.split(" ", 10)[:10]
    titles = 0
    while titles < len(words) - 1 and plain(words[titles]) in TITLES:
        titles += 1
    end = titles
    while end < len(words) and end - titles < 6 and _is_name_word(words, end, config):
        end += 1
        if not words[end - 1][-1:].isalpha():
            break
    count = sum(word[:1].isupper() for word in words[titles:end])
    if count > 1 and titles and not _ends_a_name(words, end, config):
        end = titles + 1  # "Fr. Kaya Schirme bestellt": the second word is no name
    if (titles and count) or (introduced and count > 1 and _ends_a_name(words, end, config)):
        return " ".join(words[:end]).rstrip(",;:.")
    return ""


def _is_name_word(words: Sequence[str], at: int, config: Config) -> bool:
    word = words[at]
    if word in _PARTICLES and at + 1 < len(words):
        return words[at + 1][:1].isupper() or _is_name_word(words, at + 1, config)
    return word[:1].isupper() and not _kind(word, config)[0]


def _ends_a_name(words: Sequence[str], end: int, config: Config) -> bool:
    """Say whether a comma, the end, "und", "wegen" or a verb like "angerufen" follows the name."""
    if end >= len(words) or not words[end - 1][-1:].isalpha():
        return True
    behind = " ".join(words[end:])
    lead = plain(words[end])
    return (
        not words[end][:1].isalnum()
        or lead in _ABOUT
        or lead in _HELPERS
        or bool(_AND.match(behind))
        or bool(_kind(behind, config)[0])
        or _attempt(_first_clause(behind), config) is not None
    )


def _kind(text: str, config: Config) -> tuple[str, str]:
    """Return the longest word for a kind at the start and what follows it, "" where none is."""
    for written in kind_candidates(text, config):
        for word in (written, written.rstrip(",;:"), written.rstrip(",.;:!")):
            if plain(word) in config.kind_words:
                return word, text[len(word) :].lstrip(" ")
    return "", text


def _preposition(text: str) -> tuple[Direction, str, str]:
    """Return direction and preposition at the start, and what follows it."""
    first, _blank, rest = text.partition(" ")
    direction = PREPOSITIONS.get(plain(first), "") if rest else ""
    return (direction, first, rest) if direction else ("", "", text)  # type: ignore[return-value]  # directions only


def _without_adverb(text: str) -> tuple[str, str]:
    """Return the text without an adverb like "kurz" in front, and that adverb."""
    first, _blank, rest = text.partition(" ")
    return (rest, first) if rest and first.casefold() in _ADVERBS else (text, "")


def _first_clause(text: str) -> str:
    return _CLAUSES.split(text, maxsplit=1)[0]


def _attempt(text: str, config: Config) -> str | None:
    """Return the words for an attempt that a text is, or that stand at its beginning."""
    for words in kind_candidates(text, config):
        if config.kind_words.get(plain(words)) == "attempt":
            return words
    return None
