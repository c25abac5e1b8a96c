"""Turn what people type ("gestern", "in 2 Wochen", "Ende März") into days, and days into words.

Pure: today is an argument, the language too, and nothing is read from disk or from the locale.
Each part loads when it is first asked for: who only says a day need not pay for the grammar.
"""

from typing import TYPE_CHECKING

from crm_md.door import door

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
    from crm_md.dates.saying import say_date, say_how_long_ago, say_span, say_when
    from crm_md.dates.spans import Span, add_span, format_span, parse_span, subtract_span

_HOMES = {
    "Partial": "filed",
    "Span": "spans",
    "Toward": "periods",
    "When": "parsing",
    "add_span": "spans",
    "easter": "feasts",
    "format_span": "spans",
    "next_anniversary": "filed",
    "parse_date": "parsing",
    "parse_span": "spans",
    "read_day": "filed",
    "read_day_time": "filed",
    "read_partial": "filed",
    "say_date": "saying",
    "say_how_long_ago": "saying",
    "say_span": "saying",
    "say_when": "saying",
    "split_file_date": "filed",
    "split_leading_date": "parsing",
    "subtract_span": "spans",
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
    "say_how_long_ago",
    "say_span",
    "say_when",
    "split_file_date",
    "split_leading_date",
    "subtract_span",
]

__getattr__ = door(__name__, _HOMES)
