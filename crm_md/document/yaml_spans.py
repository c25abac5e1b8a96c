"""Find where a value of YAML in quotation marks or brackets ends, and what would cut it short."""

from __future__ import annotations

import re

from crm_md.document.yaml_nodes import DEEPEST
from crm_md.frozen import dataclass

KEY_LINE = re.compile(r"[ \t]*(?:-(?:[ \t\r]|$)|[^\s#-][^:\n]*:(?:[ \t\r]|$))", re.MULTILINE)
"""A line that begins with a dash or looks like ``key: value``."""

_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_BLANKS = re.compile(r"[ \t]*")
_CLOSER = re.compile(r"[ \t]*(?:[\]}#]|\r?$)", re.MULTILINE)
_TOKEN = re.compile(
    r"(?P<blank>[ \t\r]+)|(?P<newline>\n)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)"
    r"|(?P<colon>:(?=[ \t\r\n,\[\]{}]|\Z))|(?P<word>[^ \t\r\n,\[\]{}:]+|:)"
)
_LINE_END = re.compile(r"$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Flow:
    """A closed pair of brackets.

    Attributes:
        end: offset behind the closing bracket.
        marks: offsets of characters that YAML would not read as text at their place (``@ & #`` …).
    """

    end: int
    marks: tuple[int, ...]


def close_quote(text: str, start: int, column: int) -> int | None:
    """Return the offset behind the closing quotation mark, or None if there is none.

    Args:
        start: offset of the opening quotation mark.
        column: of the key or dash the value belongs to; a line that is not deeper and looks like
            an entry of its own says that the quotation mark was never closed.
    """
    match = (_DOUBLE if text[start] == '"' else _SINGLE).match(text, start)
    if match is None:
        return None
    newline = text.find("\n", start, match.end())
    while newline >= 0:
        if not _is_deeper(text, newline + 1, column) and KEY_LINE.match(text, newline + 1):
            return None
        newline = text.find("\n", newline + 1, match.end())
    return match.end()


def close_flow(text: str, start: int, column: int) -> Flow | None:
    """Return where a list or mapping in brackets ends, or None if it does not.

    Args:
        start: offset of the opening bracket.
        column: as in `close_quote`.
    """
    brackets: list[str] = []
    marks: list[int] = []
    fresh = True  # a key or value begins here
    position = start
    while position < len(text):
        if fresh and text[position] in "\"'":
            closed = close_quote(text, position, column)
            if closed is None:
                return None
            position, fresh = closed, False
            continue
        token = _TOKEN.match(text, position)
        assert token is not None  # the pattern takes any character
        kind, position = token.lastgroup, token.end()
        if kind == "newline":
            in_mapping = fresh and brackets[-1] == "{"
            if not _continues(text, position, column, in_mapping):
                return None
        elif kind == "open":
            if not fresh or len(brackets) == DEEPEST:
                return None
            brackets.append(token[0])
        elif kind == "close":
            if brackets.pop() + token[0] not in ("[]", "{}"):
                return None
            if not brackets:
                return Flow(position, tuple(marks))
            fresh = False
        elif kind == "word":
            if _starts_comment(text, token.start(), fresh):
                position = _line_end(text, position)
            else:
                marks += _marks(text, token, fresh)
                fresh = False
        elif kind in ("comma", "colon"):
            fresh = True
    return None


def _is_deeper(text: str, line_start: int, column: int) -> bool:
    blanks = _BLANKS.match(text, line_start)
    return blanks is not None and len(blanks[0]) > column


def _continues(text: str, line_start: int, column: int, in_mapping: bool) -> bool:
    """Say whether this line can still be inside the brackets."""
    return (
        _is_deeper(text, line_start, column)
        or bool(_CLOSER.match(text, line_start))
        or in_mapping
        or not KEY_LINE.match(text, line_start)
    )


def _starts_comment(text: str, offset: int, fresh: bool) -> bool:
    """Say whether a ``#`` begins a comment: not directly before a letter or digit in a line."""
    if text[offset] != "#" or not (fresh or text[offset - 1] in " \t\n"):
        return False
    if not text[offset + 1 : offset + 2].isalnum():
        return True
    return not text[text.rfind("\n", 0, offset) + 1 : offset].strip(" \t")


def _marks(text: str, word: re.Match[str], fresh: bool) -> list[int]:
    start, first = word.start(), word[0][0]
    if first == "#" and (fresh or text[start - 1] in " \t"):
        return [start]
    if fresh and (first in "&*!@`%|>" or word[0] in ("-", "?")):
        return [start]
    return []


def _line_end(text: str, offset: int) -> int:
    match = _LINE_END.search(text, offset)
    return len(text) if match is None else match.start()
