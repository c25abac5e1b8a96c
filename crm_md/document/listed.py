"""Read a list of people, products or deals, however it is written: as list, as one, as names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from crm_md.document import slips
from crm_md.document.field_types import as_line
from crm_md.document.head_tree import Fields, Items, Node, Scalar
from crm_md.document.key_meanings import meaning_of
from crm_md.document.keys import Keys
from crm_md.words import NAMED_BY, STAGES, plain

Item = TypeVar("Item")


def items_of(
    keys: Keys, key: str, allowed: frozenset[str], make: Callable[[Keys], Item | None]
) -> tuple[Item, ...]:
    """Return the items of a list; what is none is a finding and is kept among the unknown keys.

    Args:
        keys: the head.
        key: the English name of the list.
        allowed: the English names of the fields of an item.
        make: what makes a value of an item, or None of one without a name.
    """
    items = []
    for node in keys.nodes(key):
        for fields in _mappings(node, key, allowed):
            item = make(Keys(fields, allowed, keys.findings, inside=key))
            if item is None:
                line = as_line(fields)
                keys.findings.append(slips.no_item(fields.line, key, line))
                keys.extra += ((key, line),)
            else:
                items.append(item)
    return tuple(items)


def _mappings(node: Node, key: str, allowed: frozenset[str]) -> Iterator[Fields]:
    """Yield the items as mappings, be it a list, a single item, or names with a value each."""
    if isinstance(node, Items):
        for item in node.items:
            yield from _mappings(item, key, allowed)
    elif isinstance(node, Scalar):
        if node.text.strip():
            yield _fields(node, (_named(key, node), node))
    elif any(meaning_of(found.text, key) in allowed for found, _value in node.pairs):
        yield node
    else:
        for name, value in node.pairs:
            pair = (_named(key, name), name)
            if isinstance(value, Fields):
                yield _fields(name, pair, *value.pairs)
            elif isinstance(value, Scalar) and not value.text.strip():
                yield _fields(name, pair)
            else:
                yield _fields(name, pair, (_word(_SLOTS[key](value), value), value))


def _fields(place: Scalar, *pairs: tuple[Scalar, Node]) -> Fields:
    return Fields(pairs, place.start, place.end, place.line, False)


def _word(text: str, place: Node) -> Scalar:
    return Scalar(text, place.start, place.start, place.line, False)


def _named(key: str, place: Scalar) -> Scalar:
    return _word(NAMED_BY[key], place)


def _contact_slot(value: Node) -> str:
    """What stands behind a name alone: a phone number, an address, or what the person does."""
    text = as_line(value)
    if "@" in text:
        return "email"
    return "phone" if sum(map(str.isdigit, text)) > 4 else "role"


def _deal_slot(value: Node) -> str:
    return "stage" if plain(as_line(value)) in STAGES else "value"


_SLOTS: dict[str, Callable[[Node], str]] = {
    "contacts": _contact_slot,
    "products": lambda _value: "since",
    "deals": _deal_slot,
    "relations": lambda _value: "as",
    "consent": lambda _value: "allowed",
}
