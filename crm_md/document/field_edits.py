"""Change one fact of the head: by its English name, in the words and the style of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from crm_md.document.head import Fields, Items, Node, Scalar
from crm_md.document.reading import Document
from crm_md.words import KEYS, plain

Value: TypeAlias = "str | Sequence[str] | Mapping[str, str | Sequence[str]]"
Target: TypeAlias = "tuple[str | int, ...]"

# The order in which we write keys (DESIGN: the customer file); unknown keys go last.
ORDER = (
    *("name", "aliases", "status", "segment", "owner", "tags", "language"),
    *("phone", "email", "website", "reach", "address_as", "decides", "birthday", "address"),
    *("every", "next", "snooze", "do_not_contact", "goal", "since", "anniversary", "source"),
    *("contacts", "products", "deals", "relations", "consent"),
)
ITEM_ORDER = (
    *("name", "title", "to", "as", "who", "channel", "allowed"),
    *("role", "address_as", "decides", "stage", "value", "close"),
    *("phone", "email", "reach", "birthday", "away", "left", "snooze", "do_not_contact"),
    *("street", "zip", "city", "country"),
    *("since", "service_due", "basis", "date", "evidence"),
)
# Fields whose dates, and yes or no, stay without quotation marks.
BARE = frozenset(
    ("birthday", "since", "left", "close", "service_due", "date", "anniversary", "allowed")
)


def with_value(document: Document, target: Target, value: Value) -> Document:
    """Return the document with one fact set, changed or added; every other byte stays.

    Args:
        document: the customer.
        target: where: English names and places in lists, ``("contacts", 0, "phone")``.
        value: a text, a list of texts, or a mapping.

    Raises:
        WouldChangeMore: the file is such that more than the target would change.
    """
    from crm_md.document.head_writing import add_key, create_head, set_value

    text = document.text if document.head.body_start else create_head(document.text)
    if text != document.text:
        document = document.with_text(text)
    literal = literal_path(document.head.root, target)
    bare = target[-1] in BARE
    if None not in literal:
        return document.with_text(set_value(text, _sure(literal), value, bare=bare))
    parent = literal[: literal.index(None)]
    name = str(target[len(parent)])
    for key in reversed([str(part) for part in target[len(parent) + 1 :]]):
        value = {key: value}  # type: ignore[dict-item]  # nested only for address and the like
    keys = _before(document.head.root, _sure(parent), name)
    return document.with_text(
        add_key(text, _sure(parent), word_for(document, name), value, after=keys, bare=bare)
    )


def with_item(document: Document, target: Target, value: Value) -> Document:
    """Return the document with one more item in a list; a single text becomes a list of two.

    Raises:
        WouldChangeMore: the file is such that more than the target would change.
    """
    from crm_md.document.head_writing import append_item

    literal = literal_path(document.head.root, target) if document.head.body_start else (None,)
    if None in literal:
        items: Value = [value] if isinstance(value, str) else value
        if isinstance(value, Mapping):
            items = [value]  # type: ignore[list-item]  # a list of one mapping
        elif target[-1] in ("phone", "email") and isinstance(value, str):
            items = value  # a single number stays a single text
        return with_value(document, target, items)
    return document.with_text(append_item(document.text, _sure(literal), value))


def without(document: Document, target: Target) -> Document:
    """Return the document without a fact or a list item; as it is if there is none.

    Raises:
        WouldChangeMore: the file is such that more than the target would change.
    """
    from crm_md.document.head_writing import remove

    literal = literal_path(document.head.root, target)
    if None in literal:
        return document
    return document.with_text(remove(document.text, _sure(literal)))


def node_at(document: Document, target: Target) -> Node | None:
    """Return what stands at a target in the head, None if nothing does."""
    literal = literal_path(document.head.root, target)
    node: Node | None = document.head.root
    for part in literal:
        if part is None or node is None:
            return None
        node = _inside(node, part)
    return node


def literal_path(root: Fields, target: Target) -> tuple[str | int | None, ...]:
    """Return a target in the words of the file; None from where the file has no such key."""
    found: list[str | int | None] = []
    node: Node | None = root
    for part in target:
        key: str | int | None
        if isinstance(part, int):
            here = isinstance(node, Items) and part < len(node.items)
            alone = part == 0 and isinstance(node, Fields)  # contacts: written as one mapping
            key = part if here else None
            if alone:
                continue
        else:
            key = _literal_key(node, part) if isinstance(node, Fields) else None
        found.append(key)
        node = _inside(node, key) if node is not None and key is not None else None
    return tuple(found)


def _literal_key(node: Fields, name: str) -> str | None:
    """The last key that means this name: it is the one that counts."""
    for key, _value in reversed(node.pairs):
        if key.text == name or KEYS.get(plain(key.text)) == name:
            return key.text
    return None


def _inside(node: Node, part: str | int) -> Node | None:
    if isinstance(part, int):
        return node.items[part] if isinstance(node, Items) and part < len(node.items) else None
    return node.get(part) if isinstance(node, Fields) else None


def _sure(path: Sequence[str | int | None]) -> tuple[str | int, ...]:
    return tuple(part for part in path if part is not None)


def _before(root: Fields, parent: tuple[str | int, ...], name: str) -> list[str]:
    """The keys of the file after the last of which a new key is to stand."""
    node: Node | None = root
    for part in parent:
        node = _inside(node, part) if node is not None else None
    if not isinstance(node, Fields):
        return []
    order = ORDER if not parent else ITEM_ORDER
    earlier = order[: order.index(name)] if name in order else order
    known = set(earlier)
    return [key.text for key, _v in node.pairs if KEYS.get(plain(key.text)) in known]


def word_for(document: Document, name: str) -> str:
    """Return the key we write: the English name, or the German word in a file kept in German keys."""
    keys = [key.text for key, _value in document.head.root.pairs]
    german = [key for key in keys if KEYS.get(plain(key)) not in (None, key.casefold())]
    if not german or len(german) * 2 < len(keys):
        return name
    return next((word for word, meant in KEYS.items() if meant == name and word != name), name)


def scalar_text(node: Node | None) -> str:
    """Return the text of a scalar, "" for anything else."""
    return node.text if isinstance(node, Scalar) else ""
