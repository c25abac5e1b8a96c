"""The store's settings, ``crm.toml``: read tolerantly, edited losslessly, frozen in between."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crm_md import words
from crm_md.errors import ConfigMalformed, StoreTooNew
from crm_md.frozen import dataclass, field
from crm_md.messages import LANGUAGES, _
from crm_md.model import TouchKind
from crm_md.words import plain

# Longer than most files: value, reading and default of a setting change together.

FORMAT = 1
LONGEST = 1_000_000  # characters; more are no settings, and would stall every command
LAYOUTS = ("flat", "letters")


@dataclass(frozen=True, slots=True)
class Member:
    """A colleague: the short name of owner, author and @mention, and how Git knows them."""

    short: str
    name: str = ""
    emails: tuple[str, ...] = ()
    left: str = ""

    def has_left(self, today: date) -> bool:
        """Tell whether they are gone; somebody who goes at the end of next month is still there."""
        from crm_md.dates import read_partial

        partial = read_partial(self.left) if self.left else None
        if partial is None or partial.year is None:
            return bool(self.left)
        last = (partial.year, partial.month or 12, partial.day or 31)
        return last < (today.year, today.month, today.day)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry: its canonical name, the words for it, and what kind of contact it is."""

    name: str
    touch: TouchKind
    german: str
    english: str

    def word(self, language: str) -> str:
        """Return the word we write for it."""
        return self.german if language == "de" else self.english


@dataclass(frozen=True, slots=True)
class Mood:
    """A mood: its canonical name, its tone (-1 bad, 0 neutral, 1 good), the words we write."""

    name: str
    tone: int
    german: str
    english: str


@dataclass(frozen=True, slots=True)
class Segment:
    name: str
    about: str = ""
    every: str = ""


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """How ``[call.rules.NAME]`` tunes a rule; None leaves what the rule itself says."""

    on: bool = True
    points: int | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """Everything ``crm.toml`` says, with the shipped vocabulary below it.

    Attributes:
        kind_starts: first word of every kind, plain: how many words the longest such kind has.
        findings: what in the file was not understood, as ``(line, text)``.
    """

    language: str = "de"
    layout: str = "flat"
    country: str = "DE"
    team: Mapping[str, Member] = field(default_factory=dict)
    segments: Mapping[str, Segment] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    kind_words: Mapping[str, str] = field(default_factory=dict)
    kind_starts: Mapping[str, int] = field(default_factory=dict)
    moods: Mapping[str, Mood] = field(default_factory=dict)
    mood_words: Mapping[str, str] = field(default_factory=dict)
    every: str = "26w"
    limit: int = 15
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    findings: tuple[str, ...] = ()

    def kind_of(self, word: str) -> Kind | None:
        """Return the kind this word means (any case, both languages), or None."""
        name = self.kind_words.get(plain(word))
        return self.kinds[name] if name else None

    def mood_of(self, text: str) -> Mood | None:
        """Return the first known mood in the text (``verärgert, aber fair`` is bad), or None."""
        tokens = plain(text.replace(",", " ").replace(";", " ").replace(".", " ")).split()
        for start in range(len(tokens)):
            for end in (start + 2, start + 1):
                name = self.mood_words.get(" ".join(tokens[start:end]))
                if name:
                    return self.moods[name]
        return None

    def is_nobodys(self, owner: str, today: date) -> bool:
        """Tell whether nobody looks after the customers of an owner any more.

        Args:
            owner: as the customer's file names them, "" for nobody.
            today: the day of the question; who leaves later still looks after them.

        Returns:
            Whether there is no owner, or one who has left, or whom the team does not know.
        """
        if not owner or not self.team:
            return not owner
        member = self.team.get(owner)
        return member is None or member.has_left(today)

    def member(self, word: str) -> Member | None:
        """Return the colleague named by a short name, a full name or an e-mail address, or None."""
        wanted = plain(word.removeprefix("@"))
        for member in self.team.values():
            if wanted in (plain(member.short), plain(member.name)) and wanted:
                return member
        return next(
            (m for m in self.team.values() if word.casefold() in map(str.casefold, m.emails)), None
        )

    def short_name(self, name: str, email: str = "") -> str:
        """Return the short name of a Git identity: the team's, else the first name in lower case.

        Args:
            name: the name of the identity, ``Anna Krüger``.
            email: its address; goes before the name, since names are written in many ways. Of
                several who share it, the name tells.
        """
        by_name = self.member(name) if name else None
        mail = email.casefold()
        by_mail = [m for m in self.team.values() if mail in map(str.casefold, m.emails)]
        found = by_name if by_name in by_mail or not by_mail else by_mail[0]
        if found:
            return found.short
        first = name.split()[0] if name.split() else email.split("@")[0]
        return unicodedata.normalize("NFC", first).casefold()


def default_config(language: str = "de") -> Config:
    """Return the settings of a store that says nothing."""
    return _build({"language": language})


def read_config(text: str) -> Config:
    """Read ``crm.toml``.

    Args:
        text: the file's whole text; an empty one gives the defaults.

    Raises:
        ConfigMalformed: the text is no TOML, or far too long; the message gives the line.
        StoreTooNew: ``format`` is higher than this program knows.
    """
    if not text.strip():
        return default_config()
    if len(text) > LONGEST:
        raise ConfigMalformed(_("it is longer than {count} characters").format(count=LONGEST))
    import tomllib

    try:
        raw = tomllib.loads(text)
    except RecursionError as problem:
        raise ConfigMalformed(_("too many brackets in each other")) from problem
    except ValueError as problem:  # TOML's own, and a number of more digits than Python reads
        last = f"at line {text.rstrip().count(chr(10)) + 1}, the last"
        raise ConfigMalformed(str(problem).replace("at end of document", last)) from problem
    _refuse_what_is_newer(raw.get("format"))
    return _build(raw)


def _refuse_what_is_newer(store_format: object) -> None:
    """Refuse a format above ours, in whatever way a later program or a person writes it."""
    from re import match

    number = match(r"\s*(\d{1,9})", str(store_format))
    if number and int(number[1]) > FORMAT:
        raise StoreTooNew(str(store_format), FORMAT)


def with_setting(text: str, path: Sequence[str], value: str | int | Sequence[str]) -> str:
    """Return the TOML text with one setting changed or added, every other byte as it was.

    Args:
        text: the file's whole text.
        path: the tables and the key, ``("team", "anna", "name")``.
        value: the new value.

    Raises:
        ConfigMalformed: the text is no TOML.
    """
    import tomlkit
    from tomlkit.exceptions import ParseError

    try:
        document = tomlkit.parse(text)
    except ParseError as problem:
        raise ConfigMalformed(str(problem)) from problem
    table: Any = document
    for depth, name in enumerate(path[:-1]):
        if name not in table:
            table[name] = tomlkit.table(is_super_table=depth < len(path) - 2)
        table = table[name]
    table[path[-1]] = value if isinstance(value, str | int) else list(value)
    return tomlkit.dumps(document)


class _Reader:
    """Takes values out of the raw table by type and notes what does not fit."""

    def __init__(self) -> None:
        self.findings: list[str] = []

    def text(self, table: Mapping[str, Any], key: str, default: str = "") -> str:
        value = table.get(key, default)
        if isinstance(value, str):
            return value
        if hasattr(value, "isoformat"):
            return str(value.isoformat())
        self.findings.append(key)
        return default

    def number(self, table: Mapping[str, Any], key: str) -> int | None:
        value = table.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self.findings.append(key)
        return None

    def texts(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.findings.append(key)
        return ()

    def tables(self, raw: Mapping[str, Any], key: str) -> dict[str, Mapping[str, Any]]:
        value = raw.get(key, {})
        if not isinstance(value, dict):
            self.findings.append(key)
            return {}
        good: dict[str, Mapping[str, Any]] = {
            name: table for name, table in value.items() if isinstance(table, dict)
        }
        self.findings.extend(f"{key}.{name}" for name in value if name not in good)
        return good

    def table(self, raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = raw.get(key, {})
        if isinstance(value, dict):
            return value
        self.findings.append(key)
        return {}

    def choice(self, raw: Mapping[str, Any], key: str, allowed: Sequence[str]) -> str:
        value = self.text(raw, key, allowed[0])
        if value in allowed:
            return value
        self.findings.append(key)
        return allowed[0]


def _build(raw: Mapping[str, Any]) -> Config:
    read = _Reader()
    call = read.table(raw, "call")
    kinds, kind_words = _kinds(read, read.tables(raw, "kinds"))
    moods, mood_words = _moods(read, read.tables(raw, "moods"))
    return Config(
        language=read.choice(raw, "language", LANGUAGES),
        layout=read.choice(raw, "layout", LAYOUTS),
        country=read.text(raw, "country", "DE").upper() or "DE",
        team={
            short: Member(short, read.text(t, "name"), read.texts(t, "email"), read.text(t, "left"))
            for short, t in read.tables(raw, "team").items()
        },
        segments={
            name: Segment(name, read.text(t, "about"), read.text(t, "every"))
            for name, t in read.tables(raw, "segments").items()
        },
        kinds=kinds,
        kind_words=kind_words,
        kind_starts=_starts(kind_words),
        moods=moods,
        mood_words=mood_words,
        every=read.text(call, "every", "26w"),
        limit=max(read.number(call, "limit") or 0, 0) or 15,
        rules={
            name: RuleSetting(
                on=t.get("on", True) is not False,
                points=read.number(t, "points"),
                days=read.number(t, "days"),
            )
            for name, t in read.tables(call, "rules").items()
        },
        findings=tuple(read.findings),
    )


def _kinds(
    read: _Reader, tables: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, Kind], dict[str, str]]:
    kinds: dict[str, Kind] = {}
    lookup: dict[str, str] = {}
    for name, (touch, german, english, more) in words.KINDS.items():
        kinds[name] = Kind(name, touch, german, english)  # type: ignore[arg-type]  # a literal there
        for word in (name, german, english, *more.split(",")):
            if word.strip():
                lookup.setdefault(plain(word), name)
    for name, table in tables.items():
        shipped = kinds.get(name)
        own = read.texts(table, "words")
        default_touch = shipped.touch if shipped else "talk"
        touch = read.text(table, "touch", default_touch)
        if touch not in ("talk", "written", "none"):
            read.findings.append(f"kinds.{name}.touch")
            touch = default_touch
        shown = own[0].capitalize() if own and not shipped else name.capitalize()
        kinds[name] = Kind(
            name,
            touch,  # type: ignore[arg-type]  # checked above
            shipped.german if shipped else shown,
            shipped.english if shipped else shown,
        )
        for word in (name, *own):
            lookup[plain(word)] = name
    return kinds, lookup


def _starts(kind_words: Mapping[str, str]) -> dict[str, int]:
    starts: dict[str, int] = {}
    for words_of_kind in kind_words:
        first, *more = words_of_kind.split(" ")
        starts[first] = max(starts.get(first, 0), 1 + len(more))
    return starts


def _moods(
    read: _Reader, tables: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, Mood], dict[str, str]]:
    moods: dict[str, Mood] = {}
    lookup: dict[str, str] = {}
    for name, (shipped_tone, german, english, more) in words.MOODS.items():
        moods[name] = Mood(name, shipped_tone, german, english)
        for word in (name, german, english, *more.split(",")):
            lookup.setdefault(plain(word), name)
    for name, table in tables.items():
        shipped = moods.get(name)
        own = read.texts(table, "words")
        own_tone = read.number(table, "tone")
        tone = (shipped.tone if shipped else 0) if own_tone is None else own_tone
        shown = own[0] if own else name
        moods[name] = Mood(
            name,
            tone,
            shipped.german if shipped else shown,
            shipped.english if shipped else shown,
        )
        for word in (name, *own):
            lookup[plain(word)] = name
    return moods, lookup
