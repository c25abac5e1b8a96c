"""Read the days on visiting cards: birthdays and anniversaries, with or without a year."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?")
_GERMAN_DAY = re.compile(r"(\d\d?)\.[ ]?(\d\d?)\.[ ]?(\d{4})")
_DAY_OF_YEAR = re.compile(r"(?:--)?(\d\d)-?(\d\d)(?:T.*)?")
_NO_YEAR = ("0000", "0001", "1604")  # 1604: Apple's, whose leap year holds any day


def read_day(text: str) -> str:
    """Return a day as we write it, ``1966-03-12`` or ``03-12``; "" for what is none.

    Args:
        text: ``19660312``, ``--0312``, ``1604-03-12`` (no year), ``1966-03-12T00:00:00Z``.

    Source: RFC 6350 § 4.3.1.
    """
    german = _GERMAN_DAY.fullmatch(text)
    match = _DAY.fullmatch(text)
    if german or match:
        year, month, day = german.group(3, 2, 1) if german else match.group(1, 2, 3)  # type: ignore[union-attr]  # one of both is there
    elif short := _DAY_OF_YEAR.fullmatch(text):
        year, month, day = "0000", short[1], short[2]
    else:
        return ""
    without_year = year in _NO_YEAR
    try:
        known = date(2000 if without_year else int(year), int(month), int(day))
    except ValueError:
        return ""
    return known.isoformat()[5:] if without_year else known.isoformat()


def days_agree(one: str, other: str) -> bool:
    """Tell whether nothing speaks against two days being one: a year, or all, may be missing.

    Args:
        one: from ``read_day``, like the other.
    """
    return one.endswith(other) or other.endswith(one)
