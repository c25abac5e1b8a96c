"""Speak to people in their language: German or English.

A process has a language of its own, which its face chooses once. Whoever works for somebody else
says so for a while, by `speaking`: that counts for this thread and this task alone, so that a
program that serves two people at a time never answers one in the language of the other.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = ("de", "en")
_LOCALE = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120  # pathlib takes longer
_of_process = "en"  # as the sources are
_here: ContextVar[str] = ContextVar("language", default="")  # "" where that of the process counts


def speak(language: str) -> None:
    """Print in this language from now on, wherever nobody is `speaking` another one.

    Args:
        language: ``de`` or ``en``; anything else is English, the language of the sources.
    """
    global _of_process
    _of_process = _known(language)


def _known(language: str) -> str:
    return language if language in LANGUAGES else "en"


@cache
def _catalogue(language: str) -> NullTranslations | None:
    """Open a language's texts, None for the language of the sources.

    ``gettext.translation`` would import ``locale`` to look for them.
    """
    if language == "en":
        return None
    import gettext

    catalogue = f"{_LOCALE}/{language}/LC_MESSAGES/crm_md.mo"
    with suppress(OSError), open(catalogue, "rb") as file:  # noqa: PTH123  # as above
        return gettext.GNUTranslations(file)
    return None


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language for a while: what goes into the history is in the store's.

    Other threads and tasks speak on as they did.

    Args:
        language: as for `speak`.
    """
    before = _here.get()
    _here.set(_known(language))
    try:
        yield
    finally:
        _here.set(before)


def N_(message: str) -> str:  # noqa: N802  # the name that gettext's tools know
    """Mark a message that is translated later, where it is printed."""
    return message


def language() -> str:
    """Return the language that is spoken now, ``de`` or ``en``."""
    return _here.get() or _of_process


def language_of_locale() -> str | None:
    """Return what the environment's locale asks for, or None where it names no language.

    Source: the order LC_ALL, LC_MESSAGES, LANG of POSIX; LANGUAGE before them as in GNU gettext.
    """
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    for value in filter(None, map(os.environ.get, names)):
        for wish in value.split(":"):
            code = wish[:2].lower()
            if code in LANGUAGES and not wish[2:3].isalpha():
                return code
    return None


def _(message: str) -> str:
    """Return the message in the language spoken."""
    spoken = _catalogue(_here.get() or _of_process)
    return spoken.gettext(message) if spoken else message


def ngettext(one: str, many: str, count: int) -> str:
    """Return the singular or plural message for this count in the language spoken."""
    spoken = _catalogue(_here.get() or _of_process)
    if spoken:
        return spoken.ngettext(one, many, count)
    return one if count == 1 else many
