"""Say the value of a field as people say it: a day, a rhythm, a status in their language."""

from __future__ import annotations

import re
from datetime import date

from crm_md.dates.filed import split_file_date
from crm_md.dates.saying import say_date
from crm_md.messages import language
from crm_md.words import STAGES, STATUSES, in_language, plain

_BEGINS_WITH_A_DAY = frozenset(
    (
        *("next", "snooze", "do_not_contact", "service_due", "close"),
        *("since", "date", "birthday", "anniversary", "left"),
    )
)
_DAY = re.compile(r"(?<![\w.-])\d{4}-\d\d-\d\d(?![\w-])")
_SINCE = re.compile(r"\A(?:seit|since)\s+\S+\s*", re.IGNORECASE)  # when a rest was set


def as_said(name: str, text: str) -> str:
    """Return the text of a field for a sentence, in the language spoken; others stay as they are.

    Args:
        name: the field's English name, ``status``.
        text: as it stands in the file; "" stays so.
    """
    if name in ("status", "stage"):
        known = (STATUSES if name == "status" else STAGES).get(plain(text), text)
        return in_language(known, language())
    if name == "every":
        return _rhythm(text)
    if name in _BEGINS_WITH_A_DAY:
        day, rest = split_file_date(text)
        rest = _SINCE.sub("", rest) if name == "snooze" else rest
        return f"{told_day(day)} {rest}".strip() if day else text
    return _DAY.sub(_told, text) if name == "away" else text


def _told(found: re.Match[str]) -> str:
    day, _rest = split_file_date(found[0])
    return told_day(day) if day else found[0]


def told_day(day: date) -> str:
    """Return a day without its weekday: the sentence names many."""
    return say_date(day, language()).partition(" ")[2]


def _rhythm(text: str) -> str:
    from crm_md.dates.saying import say_span
    from crm_md.dates.spans import parse_span
    from crm_md.errors import SpanNotUnderstood

    try:
        return say_span(parse_span(text), language()) if text else ""
    except SpanNotUnderstood:
        return text
