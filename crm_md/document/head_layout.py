"""Find the lines and columns that belong to an entry of a head, and the style a file is kept in."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, TypeAlias

from crm_md.document.head_tree import Fields, Head, Items, Node, Scalar
from crm_md.frozen import dataclass

if TYPE_CHECKING:
    from crm_md.document.yaml_text import Style

Path: TypeAlias = "tuple[str | int, ...]"


@dataclass(frozen=True, slots=True)
class Place:
    """A node, and how it is reached.

    Attributes:
        node: what stands there.
        parent: the list or mapping around it; None for the root.
        index: its position among the pairs or items of the parent.
        in_flow: brackets or braces stand around it.
    """

    node: Node
    parent: Fields | Items | None
    index: int
    in_flow: bool


def find(root: Fields, path: Path) -> Place | None:
    """Return the place of a path of literal keys and positions; of double keys the last counts."""
    place = Place(root, None, 0, False)
    for part in path:
        node = place.node
        if isinstance(node, Items) and isinstance(part, int) and 0 <= part < len(node.items):
            place = Place(node.items[part], node, part, place.in_flow or node.flow)
        elif isinstance(node, Fields) and isinstance(part, str) and node.get(part) is not None:
            index = max(n for n, (key, _) in enumerate(node.pairs) if key.text == part)
            place = Place(node.pairs[index][1], node, index, place.in_flow or node.flow)
        else:
            return None
    return place


def is_block(node: Node) -> bool:
    """Say whether this is a list or mapping line by line, without brackets."""
    return not isinstance(node, Scalar) and not node.flow


def entry_start(text: str, parent: Fields | Items, index: int) -> int:
    """Return where an entry begins: its key, its dash or, within brackets, the item."""
    if isinstance(parent, Fields):
        return parent.pairs[index][0].start
    if parent.flow:
        return parent.items[index].start
    if index == 0:
        return parent.start
    indent = column(text, parent.start)
    line = line_start(text, parent.items[index].start)
    while text[line + indent] != "-" or text[line : line + indent].strip(" \t"):
        line = line_start(text, line - 1)
    return line + indent


def value_start(text: str, place: Place) -> int:
    """Return where the value of a block entry may begin: behind its colon or dash."""
    assert place.parent is not None  # the root is no entry
    if isinstance(place.parent, Fields):
        return text.index(":", place.parent.pairs[place.index][0].end) + 1
    return entry_start(text, place.parent, place.index) + 1


def end_of_entry(
    text: str, head: Head, end: int, indent: int, *, comments_only: bool = False
) -> int:
    """Return where the line begins that follows an entry.

    Args:
        end: where the value of the entry ends.
        indent: column of the entry; deeper lines directly below it belong to it.
        comments_only: of these only the comments.
    """
    position = next_line(text, end)
    while position < head.end:
        words = text[position : line_end(text, position)]
        rest = words.lstrip(" \t")
        deeper = bool(rest) and len(words) - len(rest) > indent
        if not deeper or (comments_only and not rest.startswith("#")):
            break
        position = next_line(text, position)
    return position


def style_of(text: str, head: Head, near: Node, bare: bool | Collection[str]) -> Style:
    """Return the style of the entries inside a node, else of the whole head, else ours.

    Args:
        near: the mapping or list that is changed.
        bare: as in `Style`.
    """
    from crm_md.document.yaml_text import Style  # whoever only reads or merges has no need of it

    windows = text.count("\r\n")
    ours = Style("\r\n" if windows * 2 > text.count("\n") else "\n")
    step = dash = gap = None
    for node in (near, head.root):
        for key, value in _block_values(node):
            below = column(text, value.start) - column(text, key.start)
            if isinstance(value, Fields):
                step = below if step is None else step
            elif dash is None:
                dash, gap = below, _gap(text, value)
        if isinstance(node, Items) and not node.flow:
            gap = _gap(text, node)
    return Style(
        ours.line_end,
        ours.step if step is None else step,
        ours.dash if dash is None else dash,
        ours.gap if gap is None else gap,
        bare,
    )


def _block_values(node: Node) -> Iterator[tuple[Scalar, Fields | Items]]:
    """Walk over the keys at any depth below which stands a list or mapping, line by line."""
    if isinstance(node, Items):
        for item in node.items:
            yield from _block_values(item)
    elif isinstance(node, Fields):
        for key, value in node.pairs:
            if not isinstance(value, Scalar) and not value.flow:
                yield key, value
            yield from _block_values(value)


def _gap(text: str, items: Items) -> int | None:
    """Return the blanks between the dashes of a list and its items; None where nobody can say."""
    for index, item in enumerate(items.items):
        between = text[entry_start(text, items, index) + 1 : item.start]
        if between and not between.strip(" "):
            return len(between)
    return None


def column(text: str, offset: int) -> int:
    """Return the column, from 0, of a character."""
    return offset - line_start(text, offset)


def line_start(text: str, offset: int) -> int:
    """Return where the line of this character begins."""
    return text.rfind("\n", 0, offset) + 1


def next_line(text: str, offset: int) -> int:
    """Return where the line after that of this character begins, or the text ends."""
    newline = text.find("\n", offset)
    return len(text) if newline < 0 else newline + 1


def line_end(text: str, offset: int) -> int:
    """Return where the words of this line end, before its line end."""
    return offset + len(text[offset : next_line(text, offset)].rstrip("\r\n"))
