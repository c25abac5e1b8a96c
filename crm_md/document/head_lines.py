"""Read a head of plain lines as YAML would, without YAML: loading it takes longer than reading.

Most heads are nothing but ``key: words``, ``- words``, what is indented below, and comments; those
that are more, or may be, are left to YAML. A test holds that both read the same, with every place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crm_md.document.head_tree import Fields, Items, Node, Scalar
from crm_md.document.yaml_nodes import DEEPEST

_KEY = r"[^\W\d]\w{0,60}(?:[ .-]\w{1,60}){0,5}"
_WORDS = r"[\w(+/](?:[^\n:#]|:(?=[^ \n]))*(?<! )"  # no `: `, which would be a key; no comment
_QUOTED = r"\"[^\"\\\n]*\"|'[^'\n]*'"
_ITEM = r"\w+(?:[ .-]\w+)*"
_IN_BRACKETS = rf"\[(?:{_ITEM}(?:, *{_ITEM})*)?\]"
_NOTE = r"#(?![^\W_])[^\n#]*"  # right before a letter or digit it is text
_LINE = re.compile(
    rf"(?P<indent> *)(?P<dash>- )?(?:(?P<key>{_KEY}):(?: +(?=[^ \n#])|(?= +#|\n)))?"
    rf"(?:(?P<words>{_WORDS})|(?P<quoted>{_QUOTED})|(?P<list>{_IN_BRACKETS}))?(?: +{_NOTE})?\n"
)
_NOTHING = re.compile(rf" *(?:{_NOTE})?\n")
_ITEMS = re.compile(_ITEM)


class _NotPlain(Exception):
    """This head is for YAML to read."""


class _Line(NamedTuple):
    """A line: a key, an item of a list, or both; the value is None where nothing stands."""

    number: int
    column: int
    dash: int | None
    key: Scalar | None
    value: Node | None


def read_lines(text: str, start: int, end: int) -> Fields | None:
    """Return the keys of a head of plain lines, None if YAML has to look at it.

    Args:
        text: the whole file.
        start: offset behind the line that opens the head.
        end: offset at which the line that closes it begins.
    """
    if start == end or not text[start:end].replace("\n", "").isprintable():
        return None
    try:
        lines = _Lines(_lines(text, start, end))
        if lines.line is None or lines.line.dash is not None:
            return None
        root = lines.fields(0)
    except _NotPlain:
        return None
    return root if lines.line is None else None


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    number = 2
    while start < end:
        found = _NOTHING.match(text, start, end)
        if found is None:
            found = _LINE.match(text, start, end)
            if found is None:
                raise _NotPlain
            yield _line(found, number)
        start, number = found.end(), number + 1


def _line(found: re.Match[str], number: int) -> _Line:
    indent, dash, name, words, quoted, in_brackets = found.groups()
    column = len(indent)
    if column >= DEEPEST or not (name or words or quoted or in_brackets):
        raise _NotPlain
    start = found.start() + column
    begin = start + len(dash or "")
    key = Scalar(name, begin, begin + len(name), number, False) if name else None
    value: Node | None = None
    if words:
        value = Scalar(words, *found.span("words"), number, False)
    elif quoted:
        value = Scalar(quoted[1:-1], *found.span("quoted"), number, True)
    elif in_brackets:
        value = _in_brackets(found, number)
    return _Line(number, column, start if dash else None, key, value)


def _in_brackets(found: re.Match[str], number: int) -> Items:
    start, end = found.span("list")
    items = tuple(
        Scalar(item[0], *item.span(), number, False)
        for item in _ITEMS.finditer(found.string, start, end)
    )
    return Items(items, start, end, number, True)


class _Lines:
    """The lines of a head, taken one after the other into what they are part of.

    Attributes:
        line: the next one, None behind the last.
    """

    def __init__(self, lines: Iterator[_Line]) -> None:
        self._lines = lines
        self.line = next(lines, None)

    def fields(self, column: int) -> Fields:
        """Take the keys that stand in this column; the first may stand behind a dash."""
        pairs: list[tuple[Scalar, Node]] = []
        seen: set[str] = set()
        line = self.line
        while line is not None and (line.column == column or not pairs):
            key = line.key
            if key is None or key.text in seen or (pairs and line.dash is not None):
                raise _NotPlain
            if not pairs and line.dash is None and line.column != column:
                raise _NotPlain
            seen.add(key.text)
            pairs.append((key, self._value(line, column)))
            line = self.line
        if not pairs or (line is not None and line.column > column):
            raise _NotPlain
        first = pairs[0][0]
        return Fields(tuple(pairs), first.start, pairs[-1][1].end, first.line, False)

    def items(self, column: int) -> Items:
        """Take the items whose dashes stand in this column."""
        items: list[Node] = []
        first = line = self.line
        while line is not None and line.dash is not None and line.column == column:
            items.append(self._value(line, column) if line.key is None else self.fields(column + 2))
            line = self.line
        if first is None or first.dash is None or (line is not None and line.column > column):
            raise _NotPlain
        return Items(tuple(items), first.dash, items[-1].end, first.number, False)

    def _value(self, line: _Line, column: int) -> Node:
        """Take what a line says, or what stands below it."""
        below = self.line = next(self._lines, None)
        if line.value is not None:
            if below is not None and below.column > column:
                raise _NotPlain  # the words go on
            return line.value
        if below is None or below.column < column or (below.column == column and not below.dash):
            end = line.key.end + 1 if line.key else 0
            return Scalar("", end, end, line.number, False)
        return self.fields(below.column) if below.dash is None else self.items(below.column)
