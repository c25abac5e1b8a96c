"""Fold a text so that the spellings people mix up (Müller, Mueller, Muller) become one."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not take apart, as a German reader spells them.
_SPELLED = {
    "æ": "ae",
    "ø": "o",
    "œ": "oe",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
    "ŋ": "n",
}
_LETTER_LIKE_APOSTROPHES = "ʹʺʻʼʽʾʿˈ"
_INVISIBLE = ("Mn", "Me", "Cf")


def fold(text: str) -> str:
    """Return the text as lookups compare it: blind to case, umlauts, accents and punctuation.

    ß is ss; ä and ae are a, likewise for o and u (on both sides of a comparison, so “neue” and
    “Quelle” still find themselves); other marks go, ligatures open; everything that is no letter
    or digit is a blank, and runs of blanks are one. A text of punctuation only (a firm called
    “!!!”) keeps it, so that it can still be found. Folding twice changes nothing.

    Args:
        text: any text, in any Unicode form.

    Returns:
        the folded text; empty only where nothing visible was given.

    Source: Unicode § 3.13 (case folding), UAX #15 (normal forms), DIN 5007-2 (ä as ae).
    """
    plain = " ".join(text.translate(_FOLDED).split())
    if not plain:
        return _symbols(text)
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain)
    return _without_umlaut_e(plain)


def slug_in(path: str) -> str:
    """Return the slug that the path of a customer's file names: ``modehaus-petersen``.

    Args:
        path: any folders before it count for nothing.
    """
    return path.rpartition("/")[2].removesuffix(".md")


def fold_light(text: str) -> str:
    """Return the text blind to case and Unicode form only, so that an exact hit can rank first.

    Args:
        text: any text.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


class _Folded(dict[int, str]):
    """A table for str.translate that learns each character when it is first seen."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = "".join(map(_fold_letter, decompose(chr(code))))
        return folded


def decompose(text: str) -> str:
    """Return the text case-folded and taken apart into letters and marks, ligatures opened."""
    taken_apart = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFKD", taken_apart.casefold())


def _fold_letter(letter: str) -> str:
    if letter in _SPELLED:
        return _SPELLED[letter]
    category = unicodedata.category(letter)
    if category in _INVISIBLE:
        return ""
    if letter in _LETTER_LIKE_APOSTROPHES:
        return " "
    return letter if letter.isalnum() or category == "Mc" else " "


def _without_umlaut_e(text: str) -> str:
    """Drop each e that only spells an umlaut, to the end: Rueegg and Rüegg are one."""
    while "ae" in text or "oe" in text or "ue" in text:
        text = text.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return text


def _symbols(text: str) -> str:
    kept = (c if unicodedata.category(c)[0] in "PS" else " " for c in decompose(text))
    return " ".join("".join(kept).split())


_FOLDED = _Folded()
