"""Understand what people type into the search: words, "phrases", beginn*, -not, field:value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from crm_md.config import Config
from crm_md.frozen import dataclass
from crm_md.index.rows import CAREFUL, COMMON
from crm_md.index.tokens import normal, number_of, parts_of, tokens
from crm_md.words import MENTION_ME, NOBODY_WORDS, STATUSES, plain

TermKind = Literal["word", "beginning", "phrase", "number", "mail"]
Field = Literal[
    "kind", "owner", "author", "tag", "status", "segment", "mood", "open",
    "before", "until", "after", "name", "person", "place",
]  # fmt: skip

_FIELD_WORDS = {
    word: field
    for field, typed in {
        "kind": "kind art",
        "owner": "owner betreut betreuer betreuerin",
        "author": "author autor autorin by von",
        "tag": "tag tags stichwort schlagwort",
        "status": "status stand",
        "segment": "segment gruppe",
        "mood": "mood stimmung laune",
        "is": "is ist",
        "before": "before vor",
        "until": "until bis",
        "after": "after since nach seit ab",
        "name": "name firma",
        "person": "person with mit",
        "place": "place ort plz",
        "common": "common gemeinsames",
        "careful": "careful vorsicht",
    }.items()
    for word in typed.split()
}
_SECTIONS = {"common": COMMON, "careful": CAREFUL}
_OPEN_WORDS = frozenset(("open", "offen"))
_SHORTEST_BEGINNING = 2  # letters before a *

_QUOTES = str.maketrans(dict.fromkeys("„“”«»‟″", '"'))
_PIECE = re.compile(r'(-?)(?:(\w+):)?(?:"([^"]*)"|(\S+))')
_NUMBER = re.compile(r'(?<![\w:".-])[+(]?\d[\d ()/.-]{4,}\d(?![\w"*])')


@dataclass(frozen=True, slots=True)
class Term:
    """Words to be found in the text.

    Attributes:
        ways: the words of which any group will do, all of it: ``e-mail`` is ``email``, or
            ``e`` and ``mail``; a phrase is one group, in this order.
        whole: the digits of a number, or an e-mail address, or a part of one.
        section: the unit to look in, None for everywhere.
    """

    kind: TermKind
    ways: tuple[tuple[str, ...], ...]
    whole: str = ""
    excluded: bool = False
    section: int | None = None


def is_phrase(term: Term) -> bool:
    """Tell whether the order of the term's words matters, which only the text itself can tell."""
    return term.kind == "phrase" and len(term.ways[0]) > 1


@dataclass(frozen=True, slots=True)
class Filter:
    """A field and the value it must have, as the catalogue keeps it."""

    field: Field
    value: str | date
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: every term, and for each field one of its filters."""

    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()


def as_typed(arguments: Iterable[str]) -> str:
    """Return the text of a search from the words of a command line, of which a shell ate quotes.

    Args:
        arguments: ``["kind:anruf", "gute idee", "after:letzte woche"]``; what has blanks in it was
            quoted, as a phrase or as the value of a field.
    """
    return " ".join(map(_requoted, arguments))


def _requoted(argument: str) -> str:
    if '"' in argument.translate(_QUOTES) or not re.search(r"\s", argument.strip()):
        return argument
    fields = [plain(field) in _FIELD_WORDS for field in re.findall(r"(\w+):", argument)]
    minus, bare = ("-", argument[1:]) if argument.startswith("-") else ("", argument)
    field, colon, value = bare.partition(":")
    if any(fields):
        only_first = plain(field) in _FIELD_WORDS and sum(fields) == 1
        return f'{minus}{field}{colon}"{value}"' if only_first else argument
    return f'{minus}"{bare}"'


def parse_query(
    text: str, config: Config, today: date, me: Callable[[], str] = lambda: ""
) -> Query:
    """Return what a text asks for; no text is an error.

    What is no known field is plain text, and so is a field whose value means nothing there
    (``before:lunch``). Values are read with the words of the store: ``kind:anruf``.

    Args:
        text: as typed.
        config: for the words of kinds and moods, and the team.
        today: for dates such as ``after:"letzte woche"``.
        me: whom ``author:me`` means; only asked if it is typed.
    """
    reader = _Reader(config, today, me)
    rest = text.translate(_QUOTES)
    if rest.count('"') % 2:
        before, _quote, behind = rest.rpartition('"')
        rest = f"{before} {behind}"
    terms: list[Term] = []
    filters: list[Filter] = []
    for found in reader.read(rest):
        if isinstance(found, Filter):
            filters.append(found)
        else:
            terms.append(found)
    return Query(tuple(dict.fromkeys(terms)), tuple(dict.fromkeys(filters)))


@dataclass(frozen=True, slots=True)
class _Reader:
    config: Config
    today: date
    me: Callable[[], str]

    def read(self, text: str) -> Iterator[Term | Filter]:
        yield from _numbers(text)
        for minus, field, quoted, bare in _PIECE.findall(_NUMBER.sub(_blank_number, text)):
            value, excluded = quoted or bare, bool(minus)
            known = _FIELD_WORDS.get(plain(field)) if field else None
            if known in _SECTIONS:
                section = _SECTIONS[known]
                yield from _terms(value, bool(quoted), excluded, section)
                continue
            found = self.filter(known, value, excluded) if known and value.strip() else None
            if found:
                yield found
            else:
                if field:
                    yield from _terms(field, False, excluded)
                yield from _terms(value, bool(quoted), excluded)

    def filter(self, field: str, value: str, excluded: bool) -> Filter | None:
        if field == "is":
            return Filter("open", "", excluded) if plain(value) in _OPEN_WORDS else None
        if field in ("before", "until", "after"):
            day = self.day(value, last=field == "until")
            return Filter(field, day, excluded) if day else None  # type: ignore[arg-type]  # one of three
        reading = {
            "kind": self.kind,
            "mood": self.mood,
            "status": self.status,
            "owner": self.owner,
            "author": self.colleague,
        }.get(field)
        meant = reading(value) if reading else value
        return Filter(field, meant, excluded)  # type: ignore[arg-type]  # a value of _FIELD_WORDS

    def kind(self, word: str) -> str:
        kind = self.config.kind_of(word)
        return kind.name if kind else word

    def mood(self, word: str) -> str:
        mood = self.config.mood_of(word)
        return mood.name if mood else word

    def status(self, word: str) -> str:
        return STATUSES.get(plain(word), word)

    def owner(self, word: str) -> str:
        return "" if plain(word) in NOBODY_WORDS or word == "-" else self.colleague(word)

    def colleague(self, word: str) -> str:
        if plain(word) in MENTION_ME:
            return self.me() or word
        member = self.config.member(word)
        return member.short if member else word

    def day(self, words: str, *, last: bool) -> date | None:
        """The day that words name, looking back; the last one of a span if asked."""
        from crm_md.dates import parse_date
        from crm_md.errors import DateNotUnderstood

        if re.fullmatch(r"[12]\d{3}", words):
            return date(int(words), 12, 31) if last else date(int(words), 1, 1)
        try:
            when = parse_date(words, self.today, toward="past")
        except DateNotUnderstood:
            return None
        return when.until or when.date if last else when.date


def _numbers(text: str) -> Iterator[Term]:
    """Yield the telephone numbers of a text, which may have blanks in them."""
    from crm_md.likeness import looks_like_phone

    for match in _NUMBER.finditer(text):
        digits = number_of(match.group())
        if digits and looks_like_phone(match.group()):
            words = tuple(token.word for token in tokens(match.group()))
            yield Term("number", (words,), digits)


def _blank_number(match: re.Match[str]) -> str:
    """Take out what `_numbers` took."""
    return " " if any(True for _term in _numbers(match.group())) else match.group()


def _terms(text: str, quoted: bool, excluded: bool, section: int | None = None) -> Iterator[Term]:
    words = tuple(token.word for token in tokens(text))
    if quoted:
        if words:
            yield Term("phrase", (words,), excluded=excluded, section=section)
    elif words and "@" in text:
        yield Term("mail", (words,), normal(text.strip("*,;")), excluded, section)
    elif text.endswith("*") and words and len(words[-1]) >= _SHORTEST_BEGINNING:
        yield from _each(words[:-1], excluded, section)
        yield Term("beginning", (words[-1:],), excluded=excluded, section=section)
    else:
        for piece in re.split(r"[^\w-]+", normal(text)):
            ways = parts_of(piece)
            if ways:
                yield Term("word", tuple(ways), excluded=excluded, section=section)


def _each(words: Sequence[str], excluded: bool, section: int | None) -> Iterator[Term]:
    return (Term("word", ((word,),), excluded=excluded, section=section) for word in words)
