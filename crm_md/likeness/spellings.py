"""Find the telephone number, and its extension, in what people type around and into it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_NO_DIGITS = dict.fromkeys(code for code in range(128) if not 0x30 <= code <= 0x39)
_LONGEST = 250  # characters that are looked at; what stands further on is no part of a number
_KEEP_THEIR_ZERO = ("39", "378", "379")  # Italy, San Marino, Vatican: it is part of the number


class Spelling(NamedTuple):
    """A telephone number as it stands in a text.

    Attributes:
        typed: the number without label and remarks, an extension in words included.
        number: its digits, without ``00`` and a bracketed ``(0)`` behind a country.
        international: it starts with a country.
        extension: the digits at the end of the number that a dash or a word sets apart, or "".
        worded: the same, where a word says so (``ext. 12``): such digits are not in number.
    """

    typed: str
    number: str
    international: bool
    extension: str
    worded: str


def digits(text: str) -> str:
    """Return the digits of a text as ASCII, whatever script or width they are written in."""
    if text.isascii():
        return text.translate(_NO_DIGITS)
    return "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())


def read_spelling(text: str) -> Spelling | None:
    """Find the telephone number in a text; of several the first.

    Args:
        text: as people write it, label and remarks included.

    Returns:
        the number, or None where fewer than three digits, or only zeros, are there.
    """
    plain = _plain(text)
    run, behind = _number_in(plain)
    if len(digits(run)) < 3 or not digits(run).strip("0"):
        return None
    worded = _worded_extension().match(plain, behind)
    international = run.lstrip("( \t").startswith("+") or digits(run).startswith("00")
    number = digits(run)
    if international and not number.lstrip("0").startswith(_KEEP_THEIR_ZERO):
        number = digits(_bracketed_zero().sub("", run))
    return Spelling(
        typed=" ".join(f"{run}{worded.group() if worded else ''}".split()),
        number=number.lstrip("0") if international else number,
        international=international,
        extension=_extension(run),
        worded=worded.group(1) if worded else "",
    )


def looks_like_phone(text: str) -> bool:
    """Tell whether a fragment is a telephone number rather than a name, slug, date or postcode.

    Args:
        text: what somebody typed; at least six digits, or three behind a label such as ``Tel.``.
    """
    plain = _plain(text.strip())
    bare = _label().sub("", plain)
    fewest = 6 if bare == plain else 3
    bare = _worded_extension().sub("", _remark().sub("", bare))
    if not _only_a_number().fullmatch(bare) or _dates_or_years().fullmatch(bare):
        return False
    return fewest <= len(digits(bare)) <= 20


def _plain(text: str) -> str:
    """Return the text, if need be its beginning, with ASCII digits, plain dashes and blanks."""
    text = text[:_LONGEST]
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "".join(digits(c) or c for c in plain if unicodedata.category(c) != "Cf")


def _number_in(text: str) -> tuple[str, int]:
    """Return the run of characters that most looks like a number, and where it ends."""
    cut = [(_first_of(match.group()), match.start()) for match in _run().finditer(text)]
    runs = [(run, start + len(run)) for run, start in cut]
    dialled = [run for run in runs if len(digits(run[0])) >= 5]
    from_outside = [run for run in dialled if run[0].startswith(("+", "(", "0"))]
    short = [run for run in runs if len(digits(run[0])) >= 3]
    for choice in (from_outside, dialled, short):
        if choice:
            return choice[0]
    return digits(text), len(text)


def _first_of(run: str) -> str:
    """Cut ``04922 9300-0 / 0171 5550123`` and ``9300-0/-12`` behind the first number."""
    second = _second_number().search(run)
    if second and len(digits(run[: second.start()])) >= 5:
        run = run[: second.start()]
    return run.rstrip(" \t()/.-")


def _extension(run: str) -> str:
    """Return what a dash sets apart, unless the dash only parts the area code or pairs of digits.

    Source: DIN 5008: ``04922 9300-12``; the dash of ``04922-9300`` is the old one for the area.
    """
    head, dash, tail = run.rpartition("-")
    national = _country_prefix().sub("", head, count=1)
    if dash and _short_tail().fullmatch(tail) and _area_and_number().fullmatch(national):
        return tail.strip()
    return ""


@cache
def _run() -> re.Pattern[str]:
    return re.compile(r"[+(]*[+( \t]*[0-9][0-9 \t()/.\-]*")


@cache
def _second_number() -> re.Pattern[str]:
    return re.compile(r"[ \t]+/[ \t]*(?=[(0])|/[ \t]*(?=-)")


@cache
def _worded_extension() -> re.Pattern[str]:
    words = r"ext(?:ension)?|dw|durchwahl|app(?:arat)?|nst|nebenstelle|kl(?:appe)?|x"
    return re.compile(rf"[ \t,;]*(?:{words})[ \t.:=\-]*([0-9]{{1,5}})(?![0-9])", re.IGNORECASE)


@cache
def _bracketed_zero() -> re.Pattern[str]:
    return re.compile(r"\([ \t]*0[ \t]*\)")


@cache
def _country_prefix() -> re.Pattern[str]:
    return re.compile(r"^[( \t]*(?:\+|00)[ \t]*(?:49|43|41)[ \t)/.\-]*(?:\([ \t]*0[ \t]*\))?")


@cache
def _area_and_number() -> re.Pattern[str]:
    return re.compile(r"[^0-9]*(?:[0-9]+[^0-9]+[0-9][^\-]*|[0-9]{7,}[^0-9]*)")


@cache
def _short_tail() -> re.Pattern[str]:
    return re.compile(r"[ \t]*[0-9]{1,5}")


@cache
def _label() -> re.Pattern[str]:
    words = r"tel(?:efon|\.)?|phone|fon|mobil|mobile|handy|fax|telefax|zentrale|ruf(?:nummer)?"
    return re.compile(rf"^(?:{words})\b[ \t.:]*", re.IGNORECASE)


@cache
def _remark() -> re.Pattern[str]:
    return re.compile(r"[ \t]*\([^()0-9]*\)$")


@cache
def _only_a_number() -> re.Pattern[str]:
    return re.compile(r"[+( \t]*[0-9][0-9 \t()/.\-]*")


@cache
def _dates_or_years() -> re.Pattern[str]:
    year = "(?:19|20)[0-9]{2}"
    day = r"[0-9]{1,2}"
    return re.compile(
        rf"{year}-{day}-{day}|{year}-{day}|{day}\.[ ]?{day}\.[ ]?(?:[0-9]{{2}}){{0,2}}"
        rf"|{day}/{day}/{year}|{day}[./]{year}|{year}[ ]?[/\-][ ]?{year}"
    )
