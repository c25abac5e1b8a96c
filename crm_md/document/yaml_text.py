"""Write a value so that every YAML reader, of version 1.1 or 1.2, sees the same text."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, TypeAlias

from crm_md.frozen import dataclass

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"
Quotes: TypeAlias = Literal["", "'", '"']

WIDEST_LIST = 80  # characters of a list in brackets; a longer one gets a line for every item

_WORDS = re.compile(r"y|n|yes|no|on|off|true|false|null|~|<<|=|\.\.\..*", re.IGNORECASE | re.DOTALL)
"""yaml.org/type/bool.html, null.html, merge.html, value.html; the document end mark."""

_NUMBER = re.compile(
    r"[-+]?(?:0[xob][0-9a-f_,]+|\.(?:inf|nan)"
    r"|(?:[0-9][0-9_,]*(?::[0-9_]+)*(?:\.[0-9_.]*)?|\.[0-9_.]*)(?:e[-+]?[0-9]+)?)",
    re.IGNORECASE,
)
"""yaml.org/type/int.html and float.html, wider: YAML 1.2 § 10.3, and commas as Ruby reads them."""

_DATE = re.compile(
    r"\d{4}-\d\d?-\d\d?"
    r"(?:(?:t|[ \t]+)\d\d?:\d\d(?::\d\d)?(?:\.\d*)?(?:[ \t]*(?:z|[-+]\d\d?(?::?\d\d)?))?)?",
    re.IGNORECASE,
)
"""yaml.org/type/timestamp.html, and without seconds."""

_SYNTAX = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`]|.*(?::(?:[ \t]|$)|[ \t]#)", re.DOTALL)
_FLOW_SYNTAX = re.compile(r"[,\[\]{}:?]")
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_NOT_PRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Style:
    """How a file is laid out.

    Attributes:
        line_end: ``\\n`` or ``\\r\\n``.
        step: columns by which a mapping is indented below its key.
        dash: columns by which the dash of a list is indented below its key.
        gap: blanks behind a dash.
        bare: keys whose dates and yes or no stay without quotation marks; True for all.
    """

    line_end: str = "\n"
    step: int = 2
    dash: int = 2
    gap: int = 1
    bare: bool | Collection[str] = False

    def is_bare(self, key: str) -> bool:
        """Say whether a date or a yes below this key stays without quotation marks."""
        return self.bare if isinstance(self.bare, bool) else key in self.bare


def scalar(text: str, quotes: Quotes = "", *, flow: bool = False, bare: bool = False) -> str:
    """Return the text as YAML on one line.

    Args:
        text: any text, of several lines too.
        quotes: the quotation marks to use if the text fits them; none: only where needed.
        flow: it stands within brackets.
        bare: dates and yes or no need no quotation marks here.
    """
    if _NOT_PRINTABLE.search(text):
        return _double(text)
    if not quotes and is_plain(text, flow=flow, bare=bare):
        return text
    if quotes == "'" or (not quotes and "'" not in text and ('"' in text or "\\" in text)):
        return "'" + text.replace("'", "''") + "'"
    return _double(text)


def is_plain(text: str, *, flow: bool = False, bare: bool = False) -> bool:
    """Say whether any YAML reader sees this very text without quotation marks."""
    if not text or text != text.strip() or _SYNTAX.match(text) or _NOT_PRINTABLE.search(text):
        return False
    if flow and _FLOW_SYNTAX.search(text):
        return False
    if _NUMBER.fullmatch(text):
        return False
    return bare or not (_WORDS.fullmatch(text) or _DATE.fullmatch(text))


def _double(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda match: _escape(match[0]), text) + '"'


def _escape(character: str) -> str:
    code = ord(character)
    short = _SHORT_ESCAPES.get(character)
    return short or (f"\\x{code:02X}" if code < 256 else f"\\u{code:04X}")


def one_line(value: Value, style: Style, key: str = "") -> str | None:
    """Return a value that goes on the line of its key: a text, a list of plain words; else None."""
    bare = style.is_bare(key)
    if isinstance(value, str):
        return scalar(value, bare=bare)
    if isinstance(value, Mapping):
        return None if value else "{}"
    words = all(isinstance(item, str) and is_plain(item, flow=True, bare=bare) for item in value)
    written = in_brackets(value, style, key)
    return written if words and len(written) <= WIDEST_LIST else None


def in_brackets(value: Value, style: Style, key: str = "") -> str:
    """Return a value as it stands within brackets or braces."""
    if isinstance(value, str):
        return scalar(value, flow=True, bare=style.is_bare(key))
    if isinstance(value, Mapping):
        pairs = [f"{scalar(k, flow=True)}: {in_brackets(v, style, k)}" for k, v in value.items()]
        return "{" + ", ".join(pairs) + "}"
    return "[" + ", ".join(in_brackets(item, style, key) for item in value) + "]"


def entry_lines(key: str, value: Value, column: int, style: Style) -> list[str]:
    """Return the lines of ``key: value``, without line ends, indented to this column."""
    begin = f"{' ' * column}{scalar(key)}:"
    written = one_line(value, style, key)
    if written is not None:
        return [f"{begin} {written}"]
    return [begin, *value_lines(value, column, style, key)]


def value_lines(value: Value, column: int, style: Style, key: str = "") -> list[str]:
    """Return the lines of a list or mapping that stands below a key at this column."""
    if isinstance(value, Mapping):
        inner = column + style.step
        return [line for k, v in value.items() for line in entry_lines(k, v, inner, style)]
    inner = column + style.dash
    return [line for item in value for line in item_lines(item, inner, style, key)]


def item_lines(item: Value, column: int, style: Style, key: str = "") -> list[str]:
    """Return the lines of a list item whose dash stands at this column."""
    begin = f"{' ' * column}-{' ' * style.gap}"
    written = one_line(item, style, key)
    if written is not None:
        return [begin + written]
    inner = len(begin)
    if isinstance(item, Mapping):
        lines = [line for k, v in item.items() for line in entry_lines(k, v, inner, style)]
    else:
        lines = [line for part in item for line in item_lines(part, inner, style, key)]
    return [begin + lines[0][inner:], *lines[1:]]
