"""Put a value, key or item into the text of a head, or take one out, in lines or in brackets.

Nothing here is checked; `head_writing` reads the result again before anybody gets it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_md.document.head_layout import (
    Place,
    column,
    end_of_entry,
    entry_start,
    is_block,
    line_end,
    line_start,
    next_line,
    value_start,
)
from crm_md.document.head_tree import Fields, Head, Items, Scalar
from crm_md.document.yaml_text import (
    Quotes,
    Style,
    Value,
    entry_lines,
    in_brackets,
    item_lines,
    one_line,
    scalar,
    value_lines,
)

_BLOCK_HEADER = re.compile(r"[|>][^\s#]*([ \t]+#[^\r\n]*)")


def replace(text: str, place: Place, value: Value, style: Style, key: str) -> str:
    """Return the text with another value at a place.

    Args:
        place: any but the root.
        key: the key the value belongs to, for `Style.is_bare`.
    """
    node = place.node
    if isinstance(value, str):
        quotes = _quotes(text, place)
        written: str | None = scalar(
            value, quotes, flow=place.in_flow, bare=not quotes and style.is_bare(key)
        )
    elif place.in_flow or not (isinstance(node, Scalar) or is_block(node)):
        written = in_brackets(value, style, key)
    else:
        written = one_line(value, style, key)
    if written is None:
        return _replace_by_lines(text, place, value, style, key)
    if isinstance(node, Scalar) and node.start == node.end:
        return _fill(text, place, written)
    if isinstance(node, Scalar):
        header = _BLOCK_HEADER.match(text, node.start, node.end) if node.quoted else None
        return text[: node.start] + written + (header[1] if header else "") + text[node.end :]
    behind = value_start(text, place) if not place.in_flow else node.start
    if node.flow or line_start(text, node.start) <= behind:
        return text[: node.start] + written + text[node.end :]
    return (
        f"{text[:behind]} {written}{text[behind : line_start(text, node.start)]}"
        f"{text[next_line(text, node.end) :]}"
    )


def _quotes(text: str, place: Place) -> Quotes:
    """Return the quotation marks that stand around a text now."""
    node = place.node
    if isinstance(node, Scalar) and node.quoted:
        if text[node.start] == "'":
            return "'"
        if text[node.start] == '"':
            return '"'
    return ""


def _fill(text: str, place: Place, written: str) -> str:
    """Return the text with a value where there was none."""
    at = place.node.start
    if place.in_flow and isinstance(place.parent, Fields):
        key = place.parent.pairs[place.index][0]
        if ":" not in text[key.end : at]:
            return f"{text[:at]}: {written}{text[at:]}"
    behind = at + (text.startswith(" ", at) and not text.startswith(" #", at))
    return f"{text[:at]} {written}{text[behind:]}"


def _replace_by_lines(text: str, place: Place, value: Value, style: Style, key: str) -> str:
    """Return the text with a list or mapping, line by line, in place of a value."""
    assert place.parent is not None  # the root is never replaced
    node = place.node
    start = entry_start(text, place.parent, place.index)
    behind = value_start(text, place)
    indent = column(text, start)
    below = line_start(text, node.start) > behind
    if isinstance(place.parent, Fields):
        lines = value_lines(value, indent, style, key)
        if below:
            cut = text[: line_start(text, node.start)] + text[next_line(text, node.end) :]
            return insert_lines(cut, line_start(text, node.start), lines, style)
        header = _BLOCK_HEADER.match(text, node.start, node.end)
        cut = text[:behind] + (header[1] if header else "") + text[node.end :]
        return insert_lines(cut, next_line(cut, behind), lines, style)
    lines = item_lines(value, indent, style, key)
    if below:
        cut = text[:start] + text[next_line(text, node.end) :]
        line = line_start(text, start)
        return insert_lines(cut[:line] + cut[start:], line, lines, style)
    cut = text[:start] + lines[0].lstrip(" ") + text[node.end :]
    return insert_lines(cut, next_line(cut, start), lines[1:], style)


def insert_lines(text: str, at: int, lines: Sequence[str], style: Style) -> str:
    """Return the text with new lines, at the begin of a line or the end of the text."""
    if not lines:
        return text
    if at and text[at - 1] != "\n":
        return text[:at] + style.line_end + style.line_end.join(lines) + text[at:]
    return text[:at] + "".join(line + style.line_end for line in lines) + text[at:]


def add_pair(
    text: str, head: Head, place: Place, key: str, value: Value, after: Sequence[str], style: Style
) -> str:
    """Return the text with one more key in a mapping, behind the last of the keys named."""
    node = place.node
    assert isinstance(node, Fields)
    behind = [n for n, (found, _) in enumerate(node.pairs) if found.text in after]
    if place.in_flow or node.flow:
        written = in_brackets({key: value}, style)[1:-1]
        index = behind[-1] if behind else len(node.pairs) - 1
        return _insert_in_brackets(text, node, index, written)
    if not node.pairs:
        closing = ["---"] if head.end == head.body_start else []  # else the text would join it
        lines = entry_lines(key, value, 0, style) + closing
        return insert_lines(text, head.end, lines, style)
    indent = column(text, node.start)
    before = node.pairs[behind[-1] if behind else -1]
    at = end_of_entry(text, head, max(before[0].end, before[1].end), indent)
    return insert_lines(text, at, entry_lines(key, value, indent, style), style)


def add_item(
    text: str, head: Head, place: Place, index: int, value: Value, style: Style, key: str
) -> str:
    """Return the text with one more item in a list, at this position or, if it is as long, last."""
    node = place.node
    assert isinstance(node, Items)
    if place.in_flow or node.flow:
        return _insert_in_brackets(text, node, index - 1, in_brackets(value, style, key))
    indent = column(text, node.start)
    lines = item_lines(value, indent, style, key)
    if index:
        at = end_of_entry(text, head, node.items[index - 1].end, indent)
        return insert_lines(text, at, lines, style)
    before = style.line_end + " " * indent
    return text[: node.start] + before.join(_unindent(lines, indent)) + before + text[node.start :]


def _unindent(lines: Sequence[str], indent: int) -> list[str]:
    return [line[indent:] for line in lines]


def _insert_in_brackets(text: str, node: Fields | Items, index: int, written: str) -> str:
    """Return the text with an entry behind that of this index; -1 is before the first."""
    spans = _spans(node)
    if not spans:
        return f"{text[: node.start + 1]}{written}{text[node.start + 1 :]}"
    if index < 0:
        return f"{text[: spans[0][0]]}{written}, {text[spans[0][0] :]}"
    return f"{text[: spans[index][1]]}, {written}{text[spans[index][1] :]}"


def _spans(node: Fields | Items) -> list[tuple[int, int]]:
    if isinstance(node, Items):
        return [(item.start, item.end) for item in node.items]
    return [(key.start, max(key.end, value.end)) for key, value in node.pairs]


def make_list(text: str, place: Place) -> str:
    """Return the text with a mapping below its key made the first item of a list."""
    node = place.node
    if not is_block(node):
        return f"{text[: node.start]}[{text[node.start : node.end]}]{text[node.end :]}"
    first = line_start(text, node.start)
    lines = text[first : line_end(text, node.end)].split("\n")
    indent = column(text, node.start)
    begin = lines[0][:indent] + "- " + lines[0][indent:]
    rest = ["  " + line if line.strip() else line for line in lines[1:]]
    return text[:first] + "\n".join([begin, *rest]) + text[line_end(text, node.end) :]


def cut(text: str, head: Head, place: Place) -> str:
    """Return the text without an entry; the list or mapping around it has others."""
    parent, node = place.parent, place.node
    assert parent is not None  # the root is no entry
    if place.in_flow:
        return _cut_in_brackets(text, parent, place.index)
    start = entry_start(text, parent, place.index)
    end = end_of_entry(text, head, max(start, node.end), column(text, start), comments_only=True)
    line = line_start(text, start)
    if not text[line:start].strip(" \t"):
        return text[:line] + text[end:]
    following = entry_start(text, parent, place.index + 1)  # the first entry behind a dash
    if end == line_start(text, following):
        return text[:start] + text[following:]
    return text[:start].rstrip(" \t") + text[line_end(text, node.end) :]


def _cut_in_brackets(text: str, parent: Fields | Items, index: int) -> str:
    spans = _spans(parent)
    if len(spans) == 1:
        return text[: spans[0][0]] + text[spans[0][1] :]
    if index + 1 < len(spans):
        return text[: spans[index][0]] + text[spans[index + 1][0] :]
    return text[: spans[index - 1][1]] + text[spans[index][1] :]
