"""Change one fact of the head: by its English name, in the words and the style of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from crm_md.document.field_labels import label
from crm_md.document.field_order import BARE, GERMAN, ITEM_ORDER, ORDER
from crm_md.document.head_tree import Fields, Items, Node, Scalar
from crm_md.document.key_meanings import meaning_of
from crm_md.document.reading import Document
from crm_md.document.yaml_text import Value
from crm_md.errors import WouldChangeMore
from crm_md.frozen import dataclass
from crm_md.messages import _
from crm_md.words import ADDRESS, NAMED_BY

Target: TypeAlias = "tuple[str | int, ...]"
"""English names and places in lists: ``("contacts", 0, "phone")``."""


def with_value(document: Document, target: Target, value: Value) -> Document:
    """Return the document with one fact set, changed or added; every other byte stays.

    A person, a product or a deal that is written as a name alone becomes a mapping with that name.

    Args:
        document: the customer.
        target: where the fact stands, or would stand.
        value: a text, a list of texts, or a mapping with English keys.

    Raises:
        WouldChangeMore: the file is such that more than the target would change.
    """
    from crm_md.document.head_writing import add_key, set_value

    spot = _find(document.head.root, target)
    words = _Words(document.head.root)
    value = words.translated(value, spot.inside)
    if not spot.missing:
        bare = _bare(value, spot.name, spot.inside)
        return document.with_text(set_value(document.text, spot.path, value, bare=bare))
    first, *rest = map(str, spot.missing)
    bare = _bare(value, str(spot.missing[-1]), spot.inside)
    for name in reversed(rest):
        value = {words.key(name, spot.inside or first): value}
    key = words.key(first, spot.inside)
    if not isinstance(spot.node, Scalar) or not spot.node.text.strip():
        after = _keys_before(spot.node, first, spot.inside)
        text = add_key(document.text, spot.path, key, value, after, bare=bare)
        return document.with_text(text)
    named = NAMED_BY.get(spot.inside)
    if named is None:
        spoken = _address_with(spot, target, value, words)
        return document.with_text(set_value(document.text, spot.path, spoken, bare=bare))
    if named == first:
        return document.with_text(set_value(document.text, spot.path, value))
    value = {words.key(named, spot.inside): spot.node.text.strip(), key: value}
    text = set_value(document.text, spot.path, value, bare=bare)
    return document.with_text(text)


def with_item(document: Document, target: Target, value: Value) -> Document:
    """Return the document with one more item in a list; a single text becomes the first of two.

    Where there is no such list, a phone number or an address stands alone; tags written as one
    text are continued behind a comma.

    Raises:
        WouldChangeMore: the file is such that more than the target would change.
    """
    from crm_md.document.head_writing import append_item, set_value

    spot = _find(document.head.root, target)
    if spot.missing:
        alone = isinstance(value, str) and target[-1] in ("phone", "email")
        return with_value(document, target, value if alone else [value])
    value = _Words(document.head.root).translated(value, spot.inside)
    if isinstance(spot.node, Scalar) and isinstance(value, str):
        text = spot.node.text.strip()
        if target[-1] == "tags" and "," in text:
            return document.with_text(set_value(document.text, spot.path, f"{text}, {value}"))
    bare = _bare(value, spot.name, spot.inside)
    return document.with_text(append_item(document.text, spot.path, value, bare=bare))


def without(document: Document, target: Target) -> Document:
    """Return the document without a fact or a list item; as it is if there is none.

    A fact that stands there twice, in German and in English, goes twice.

    Raises:
        WouldChangeMore: the file is such that more than the target would change.
    """
    from crm_md.document.head_writing import remove

    spot = _find(document.head.root, target)
    while not spot.missing:
        document = document.with_text(remove(document.text, spot.path))
        if isinstance(target[-1], int):
            break
        spot = _find(document.head.root, target)
    return document


def node_at(document: Document, target: Target) -> Node | None:
    """Return what stands at a target in the head, None if nothing does."""
    spot = _find(document.head.root, target)
    return None if spot.missing else spot.node


@dataclass(frozen=True, slots=True)
class _Spot:
    """How far a target leads into the head.

    Attributes:
        path: what of it is there, in the words of the file.
        node: what stands there.
        missing: what of the target is not there.
        inside: the list or mapping of the head that it leads into, "" for the head itself.
        name: the English name of the last key of the path.
    """

    path: tuple[str | int, ...]
    node: Node
    missing: Target
    inside: str
    name: str


def _find(root: Fields, target: Target) -> _Spot:
    spot = _Spot((), root, _as_kept(root, target), "", "")
    while spot.missing:
        part, rest = spot.missing[0], spot.missing[1:]
        inside = spot.inside or spot.name
        if isinstance(part, int):
            step = _item(spot.node, part)
            if step is None:
                return spot
            path, node = step
            spot = _Spot((*spot.path, *path), node, rest, inside, spot.name)
        else:
            key = _literal_key(spot.node, part, inside)
            node_below = spot.node.get(key) if key and isinstance(spot.node, Fields) else None
            if key is None or node_below is None:
                return _Spot(spot.path, spot.node, spot.missing, inside, spot.name)
            spot = _Spot((*spot.path, key), node_below, rest, spot.inside, part)
    return spot


def _address_with(spot: _Spot, target: Target, value: Value, words: _Words) -> Value:
    """Return an address that stands in one line with one part changed.

    A line that is a street alone becomes a mapping: beside a street, no reader could tell a
    postcode alone from a town.

    Raises:
        WouldChangeMore: it is no address, or its parts cannot be told.
    """
    part = str(target[-1])
    if target[-2:-1] != ("address",) or not isinstance(value, str):
        spoken = ".".join(str(one + 1) if isinstance(one, int) else one for one in target)
        raise WouldChangeMore(spoken, spot.node.line, _("a value stands there already."))
    from crm_md.document.address_line import is_street, with_part

    assert isinstance(spot.node, Scalar), "what is missing below a mapping is added to it"
    standing = spot.node.text.strip()
    if is_street(standing) and part != "street":
        return {words.key("street", spot.inside): standing, words.key(part, spot.inside): value}
    line = with_part(standing, part, value)
    if line is None:
        raise WouldChangeMore(
            label(part),
            spot.node.line,
            _("the address stands in one line, and its parts cannot be told for sure."),
            _('Write the whole line: crm set CUSTOMER address "7 High Street, 26757 Borkum"'),
        )
    return line


def _as_kept(root: Fields, target: Target) -> Target:
    """Return the target as this file keeps an address: in a mapping, or in keys of the head."""
    name = target[-1]
    if name not in ADDRESS or target[:-1] not in ((), ("address",)):
        return target
    flat = _literal_key(root, str(name), "")
    mapping = _literal_key(root, "address", "")
    if flat is not None:
        return (name,)
    others = any(_literal_key(root, other, "") for other in ADDRESS)
    return (name,) if others and mapping is None else target


def _item(node: Node, place: int) -> tuple[tuple[str | int, ...], Node] | None:
    """Return the path to an item; what stands alone where a list could is its only item."""
    if isinstance(node, Items):
        return ((place,), node.items[place]) if place < len(node.items) else None
    return ((), node) if place == 0 else None


def _literal_key(node: Node, name: str, inside: str) -> str | None:
    """Return the last key that means this name: it is the one that counts."""
    if isinstance(node, Fields):
        for key, _value in reversed(node.pairs):
            if key.text == name or meaning_of(key.text, inside) == name:
                return key.text
    return None


def _keys_before(node: Node, name: str, inside: str) -> list[str]:
    """Return the keys after the last of which a new key is to stand; none for the end."""
    order = ITEM_ORDER if inside else ORDER
    if not isinstance(node, Fields) or name not in order:
        return []
    earlier = order[: order.index(name)]
    return [key.text for key, _v in node.pairs if meaning_of(key.text, inside) in earlier]


def _bare(value: Value, name: str, inside: str) -> frozenset[str] | bool:
    """Return below which keys of a value a date stays without quotation marks."""
    if isinstance(value, str):
        return name in BARE
    return frozenset(key for key in _keys_in(value) if meaning_of(key, inside) in BARE)


def _keys_in(value: Value) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from _keys_in(inner)
    elif not isinstance(value, str):
        for inner in value:
            yield from _keys_in(inner)


class _Words:
    """The keys that a file uses: the words it has for a field, else English or German ones."""

    def __init__(self, root: Fields) -> None:
        self._used: dict[str, str] = {}
        self._german = self._known = 0
        self._gather(root, "")

    def key(self, name: str, inside: str) -> str:
        """Return the key to write for an English name; an unknown one is its own word.

        Args:
            inside: the list whose item gets the key, "" for the head itself.
        """
        if name in self._used and meaning_of(self._used[name], inside) == name:
            return self._used[name]
        german = self._german * 2 > self._known
        return GERMAN.get(name, name) if german else name

    def translated(self, value: Value, inside: str) -> Value:
        """Return a value with its keys in the words of the file."""
        if isinstance(value, str):
            return value
        if isinstance(value, Mapping):
            return {
                self.key(key, inside): self.translated(inner, inside or key)
                for key, inner in value.items()
            }
        return [self.translated(inner, inside) for inner in value]

    def _gather(self, node: Node, inside: str) -> None:
        if isinstance(node, Items):
            for item in node.items:
                self._gather(item, inside)
        elif isinstance(node, Fields):
            for key, value in node.pairs:
                name = meaning_of(key.text, inside)
                if name:
                    self._used.setdefault(name, key.text)
                    self._known += 1
                    self._german += key.text.casefold() not in (name, name.replace("_", " "))
                self._gather(value, inside or name)
