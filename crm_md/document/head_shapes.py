"""Compare what two heads say, whatever their places: plain values, double keys kept."""

from __future__ import annotations

from typing import TypeAlias

from crm_md.document.head_layout import Path, find
from crm_md.document.head_tree import Fields, Items, Node, Plain, Scalar

Shape: TypeAlias = "str | list[Shape] | tuple[tuple[str, Shape], ...]"


def shape(node: Node) -> Shape:
    """Return a node without places; a mapping is a tuple of its pairs."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [shape(item) for item in node.items]
    return tuple((key.text, shape(value)) for key, value in node.pairs)


def shape_of(value: Plain) -> Shape:
    """Return the shape that a plain value has once it is written."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return [shape_of(item) for item in value]
    return tuple((key, shape_of(inner)) for key, inner in value.items())


def shape_without(node: Fields | Items, index: int) -> Shape:
    """Return the shape of a list or mapping without one of its entries."""
    if isinstance(node, Items):
        return [shape(item) for n, item in enumerate(node.items) if n != index]
    pairs = enumerate(node.pairs)
    return tuple((key.text, shape(value)) for n, (key, value) in pairs if n != index)


def shape_with(node: Node, path: Path, expected: Shape) -> Shape:
    """Return the shape of a tree with another shape at the place of a path, which is there."""
    if not path:
        return expected
    if isinstance(node, Items):
        return [
            shape_with(item, path[1:], expected) if n == path[0] else shape(item)
            for n, item in enumerate(node.items)
        ]
    assert isinstance(node, Fields)  # a text has no places inside
    place = find(node, path[:1])
    return tuple(
        (key.text, shape_with(value, path[1:], expected))
        if place is not None and n == place.index
        else (key.text, shape(value))
        for n, (key, value) in enumerate(node.pairs)
    )
