"""Look at ``crm.toml``: what cannot be read, what has no meaning, what has the wrong type."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple, TypeAlias

from crm_md import store
from crm_md.agenda import RULES
from crm_md.config import LAYOUTS
from crm_md.dates import parse_span, read_partial
from crm_md.document.question_lines import TAG
from crm_md.errors import CrmError
from crm_md.joining.settings import questions_in
from crm_md.messages import LANGUAGES, _
from crm_md.quality.book import Book
from crm_md.quality.registry import Slip, of_the_store

_LINE = re.compile(r"\bline (\d+)")
_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(
    r"\s*((?:\"[^\"]*\"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:\"[^\"]*\"|'[^']*'|[\w-]+))*)\s*="
)
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^.\s]+)")


class Kind(NamedTuple):
    """A kind of value: whether a value is of it, and the sentence that asks for one."""

    fits: Callable[[Any], bool]
    remedy: Callable[[], str]


Shape: TypeAlias = "Mapping[str, Kind | Shape]"
ANY = "*"  # a name that the user chooses: of a colleague, a segment, a kind, a mood


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_texts(value: Any) -> bool:
    return _is_text(value) or (isinstance(value, list) and all(map(_is_text, value)))


def _is_day(value: Any) -> bool:
    return isinstance(value, date) or (_is_text(value) and read_partial(value) is not None)


def _is_span(value: Any) -> bool:
    try:
        parse_span(value if isinstance(value, str) else "")
    except CrmError:
        return False
    return True


def _one_of(*words: str) -> Kind:
    return Kind(
        lambda value: value in words,
        lambda: _("Write one of these: {words}").format(words=_in(words)),
    )


def _in(words: tuple[str, ...]) -> str:
    return ", ".join(f'"{word}"' for word in words)


TEXT = Kind(_is_text, lambda: _('Write a text in quotation marks: "…"'))
TEXTS = Kind(_is_texts, lambda: _('Write a list of texts: ["…", "…"]'))
NUMBER = Kind(_is_number, lambda: _("Write a whole number: 15"))
YES_NO = Kind(lambda value: isinstance(value, bool), lambda: _("Write true or false."))
DAY = Kind(_is_day, lambda: _("Write a day: 2026-03-31"))
SPAN = Kind(_is_span, lambda: _('Write a length of time: "30d", "6w", "3m" or "1y"'))

SETTINGS: Shape = {
    "format": NUMBER,
    "language": _one_of(*LANGUAGES),
    "layout": _one_of(*LAYOUTS),
    "country": TEXT,
    "team": {ANY: {"name": TEXT, "email": TEXTS, "left": DAY}},
    "segments": {ANY: {"about": TEXT, "every": SPAN}},
    "kinds": {ANY: {"words": TEXTS, "touch": _one_of("talk", "written", "none")}},
    "moods": {ANY: {"words": TEXTS, "tone": NUMBER}},
    "call": {
        "every": SPAN,
        "limit": NUMBER,
        "rules": {ANY: {"on": YES_NO, "points": NUMBER, "days": NUMBER}},
    },
}


@of_the_store("settings-unreadable", "error")
def settings_unreadable(book: Book) -> Iterator[Slip]:
    """A `crm.toml` that cannot be read: until it can, the defaults count and nothing is written."""
    problem = book.settings_problem
    if problem:
        line = _LINE.search(str(problem))
        yield Slip(int(line[1]) if line else 1, str(problem), problem.hint, store.SETTINGS)


@of_the_store("settings-unknown", "warning")
def unknown_setting(book: Book) -> Iterator[Slip]:
    """A setting of `crm.toml` that has no meaning: mistyped, or in the wrong section."""
    text = book.settings_text
    for path, known in _unknown(_read(text), SETTINGS, ()):
        near = get_close_matches(path[-1], known, n=1)
        yield Slip(
            line_of_setting(text, path),
            _("The setting “{setting}” means nothing to crm.").format(setting=".".join(path)),
            _("Did you mean: {names}?").format(names=near[0])
            if near
            else _("Known here are: {names}.").format(names=", ".join(known)),
            store.SETTINGS,
        )


@of_the_store("settings-type", "warning")
def setting_of_wrong_type(book: Book) -> Iterator[Slip]:
    """A setting of `crm.toml` with a value it cannot have; the default counts instead."""
    text = book.settings_text
    for path, kind in _misfits(_read(text), SETTINGS, ()):
        yield Slip(
            line_of_setting(text, path),
            _("The setting “{setting}” cannot have this value, so it is passed over.").format(
                setting=".".join(path)
            ),
            kind.remedy()
            if isinstance(kind, Kind)
            else _("Make it a section of its own: [{setting}]").format(setting=".".join(path)),
            store.SETTINGS,
        )


@of_the_store("settings-to-settle", "hint")
def setting_to_settle(book: Book) -> Iterator[Slip]:
    """A remark that a merge left in `crm.toml`: two people set one thing differently."""
    for number, line in enumerate(book.settings_text.split("\n"), 1):
        for remark in questions_in(line.encode("utf-8", "replace")):
            yield Slip(
                number,
                _("To settle: {question}").format(
                    question=remark.removeprefix("# ").removesuffix(TAG).rstrip()
                ),
                _("Another value won, further up. Put right what counts, and delete this line."),
                store.SETTINGS,
            )


def _read(text: str) -> dict[str, Any]:
    """Return the raw settings; an unreadable file has none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _unknown(
    raw: Mapping[str, Any], shape: Shape, above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield what means nothing, with what would mean something in its place."""
    for name, value in raw.items():
        path = (*above, name)
        inner = shape.get(name, shape.get(ANY))
        known = sorted(RULES) if above == ("call", "rules") else list(shape)
        if inner is None or (above == ("call", "rules") and name not in RULES):
            yield path, known
        elif not isinstance(inner, Kind) and isinstance(value, dict):
            yield from _unknown(value, inner, path)


def _misfits(
    raw: Mapping[str, Any], shape: Shape, above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Kind | Shape]]:
    """Yield what has a meaning and not the value for it, with what its value should be."""
    for name, value in raw.items():
        inner = shape.get(name, shape.get(ANY))
        path = (*above, name)
        if isinstance(inner, Kind):
            if not inner.fits(value):
                yield path, inner
        elif inner is not None and not isinstance(value, dict):
            yield path, inner
        elif inner is not None:
            yield from _misfits(value, inner, path)


def line_of_setting(text: str, path: tuple[str, ...]) -> int:
    """Return the line of a setting, else of the section it stands in, else 1.

    Args:
        text: the whole of ``crm.toml``.
        path: the sections and the key, ``("team", "anna", "name")``.
    """
    section: tuple[str, ...] = ()
    nearest, depth = 1, 0
    for number, line in enumerate(text.split("\n"), 1):
        if match := _HEADER.match(line):
            here = section = _parts(match[1])
        elif match := _KEY.match(line):
            here = (*section, *_parts(match[1]))
        else:
            continue
        if here == path:
            return number
        if len(here) > depth and path[: len(here)] == here:
            nearest, depth = number, len(here)
    return nearest


def _parts(name: str) -> tuple[str, ...]:
    return tuple(double or single or bare for double, single, bare in _PART.findall(name))
