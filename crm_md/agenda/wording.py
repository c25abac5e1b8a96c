"""How rules say days: the day itself, and how far away it is."""

from __future__ import annotations

from datetime import date

from crm_md.dates import say_date, say_when
from crm_md.messages import language


def said(day: date | None, today: date) -> str:
    """Return a day as a reason names it: ``Thu 19 Nov 2026 (yesterday)``."""
    if day is None:
        return ""
    return f"{say_date(day, language())} ({say_when(day, today, language())})"
