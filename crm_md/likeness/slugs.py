"""Make a safe file name from any customer's name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from crm_md.errors import NameRefused
from crm_md.likeness.folding import decompose, fold_light

MAX_LENGTH = 80  # characters of a slug
_MAX_BYTES = (
    200  # of a slug in UTF-8: with .md and a temporary suffix below the 255 of ext4 and NTFS
)
_UMLAUT = "\u0308"
_SPELLED = {"æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
_APOSTROPHES = "'’‘ʼ´`"
_REFUSED = ("Cc", "Cs", "Zl", "Zp")
# Source: Microsoft, “Naming Files, Paths, and Namespaces”.
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin", "conout", "clock"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)


class TakenSlugs:
    """The slugs in use, compared blind to case and Unicode form; grows with an import's plan.

    Args:
        slugs: those in use.
    """

    def __init__(self, slugs: Iterable[str] = ()) -> None:
        self._folded = set(map(fold_light, slugs))

    def add(self, slug: str) -> None:
        """Remember one more slug as taken."""
        self._folded.add(fold_light(slug))

    def __contains__(self, slug: str) -> bool:
        return fold_light(slug) in self._folded


def slugify(name: str, taken: Iterable[str] | TakenSlugs = frozenset()) -> str:
    """Return the file name, without its extension, for a customer of this name.

    Small letters and digits with dashes between words; umlauts as Germans read them (müller is
    mueller), other marks dropped, letters of other scripts kept. Never empty, never hidden, never
    a path, never a name that Windows reserves, at most 80 characters. A name of punctuation only
    is told by its code points. A slug is its own slug.

    Args:
        name: as people write it.
        taken: slugs in use; a TakenSlugs where many names are asked for one after the other.

    Raises:
        NameRefused: the name is blank or contains control characters.
    """
    _refuse(name)
    slug = _cut(_words_of(name) or _told_by_code_points(name), MAX_LENGTH)
    if slug in _RESERVED:
        slug = f"name-{slug}"
    return _unique(slug, taken if isinstance(taken, TakenSlugs) else TakenSlugs(taken))


def _refuse(name: str) -> None:
    categories = {unicodedata.category(letter) for letter in name}
    if not categories.isdisjoint(_REFUSED) or categories <= {"Zs", "Cf"}:
        raise NameRefused(name)


def _words_of(name: str) -> str:
    spelled = "".join(map(_spell, unicodedata.normalize("NFC", name)))
    slug = "-".join(filter(None, spelled.split("-")))
    return unicodedata.normalize("NFC", slug)


def _spell(letter: str) -> str:
    """Return what a slug says for one letter: ASCII where that reads well, a dash for the rest."""
    parts = decompose(letter)
    if _UMLAUT in parts and parts[0] in "aou":
        return parts[0] + "e"
    return "".join(map(_spell_part, parts))


def _spell_part(part: str) -> str:
    if part in _SPELLED:
        return _SPELLED[part]
    if part in _APOSTROPHES:
        return ""
    if part.isalnum():
        return part
    return "" if unicodedata.category(part) in ("Mn", "Mc", "Me", "Cf") else "-"


def _told_by_code_points(name: str) -> str:
    return "name-" + "-".join(f"u{ord(sign):x}" for sign in name if not sign.isspace())


def _cut(slug: str, length: int) -> str:
    """Shorten to this many characters, and to what file systems hold, at a dash if one is near."""
    end = min(length, len(slug))
    while len(slug[:end].encode()) > _MAX_BYTES:
        end -= 1
    if end == len(slug):
        return slug
    dash = slug.rfind("-", 0, end + 1)
    return slug[: dash if dash > end // 2 else end].rstrip("-")


def _unique(slug: str, taken: TakenSlugs) -> str:
    candidate, number = slug, 1
    while candidate in taken:
        number += 1
        suffix = f"-{number}"
        candidate = _cut(slug, MAX_LENGTH - len(suffix)) + suffix
    return candidate
