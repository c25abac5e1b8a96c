"""Speak to people in their language: German or English, chosen once per process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES = ("de", "en")
_LOCALE = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120  # see merge_driver
_spoken: NullTranslations | None = None  # as the sources are: English
_language = "en"


def speak(language: str) -> None:
    """Print in this language from now on.

    Args:
        language: ``de`` or ``en``; anything else is English, the language of the sources.
    """
    global _spoken, _language
    _language = language if language in LANGUAGES else "en"
    _spoken = _catalogue(_language) if _language != "en" else None


@cache
def _catalogue(language: str) -> NullTranslations | None:
    """Open a language's texts; ``gettext.translation`` would import ``locale`` to look for them."""
    import gettext

    catalogue = f"{_LOCALE}/{language}/LC_MESSAGES/crm_md.mo"
    with suppress(OSError), open(catalogue, "rb") as file:  # noqa: PTH123  # as above
        return gettext.GNUTranslations(file)
    return None


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language for a while: what goes into the history is in the store's."""
    before = _language
    speak(language)
    try:
        yield
    finally:
        speak(before)


def N_(message: str) -> str:  # noqa: N802  # the name that gettext's tools know
    """Mark a message that is translated later, where it is printed."""
    return message


def language() -> str:
    """Return the language that is spoken now, ``de`` or ``en``."""
    return _language


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
    return _spoken.gettext(message) if _spoken else message


def ngettext(one: str, many: str, count: int) -> str:
    """Return the singular or plural message for this count in the language spoken."""
    if _spoken:
        return _spoken.ngettext(one, many, count)
    return one if count == 1 else many
