"""Turn what people type ("gestern", "in 2 Wochen", "Ende März") into days, and days into words.

Pure: today is an argument, the language too, and nothing is read from disk or from the locale.
Each part loads when it is first asked for: who only says a day need not pay for the grammar.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_md.dates.feasts import easter
    from crm_md.dates.filed import (
        Partial,
        next_anniversary,
        read_day,
        read_day_time,
        read_partial,
        split_file_date,
    )
    from crm_md.dates.parsing import When, parse_date, split_leading_date
    from crm_md.dates.periods import Toward
    from crm_md.dates.saying import say_date, say_span, say_when
    from crm_md.dates.spans import Span, add_span, format_span, parse_span, subtract_span

_PARTS = {
    "feasts": ("easter",),
    "filed": (
        "Partial",
        "next_anniversary",
        "read_day",
        "read_day_time",
        "read_partial",
        "split_file_date",
    ),
    "parsing": ("When", "parse_date", "split_leading_date"),
    "periods": ("Toward",),
    "saying": ("say_date", "say_span", "say_when"),
    "spans": ("Span", "add_span", "format_span", "parse_span", "subtract_span"),
}
__all__ = [
    "Partial",
    "Span",
    "Toward",
    "When",
    "add_span",
    "easter",
    "format_span",
    "next_anniversary",
    "parse_date",
    "parse_span",
    "read_day",
    "read_day_time",
    "read_partial",
    "say_date",
    "say_span",
    "say_when",
    "split_file_date",
    "split_leading_date",
    "subtract_span",
]


def __getattr__(name: str) -> object:
    for part, names in _PARTS.items():
        if name in names:
            value = globals()[name] = getattr(import_module(f"{__name__}.{part}"), name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
