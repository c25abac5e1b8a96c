"""Change a fact of the head as its kind wants it: one value, one of several, a list's item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm_md.document import (
    Document,
    Items,
    Target,
    node_at,
    plain_value,
    with_item,
    with_value,
    without,
)
from crm_md.document.field_labels import label
from crm_md.document.yaml_text import Value
from crm_md.errors import ItemNotFound, NameThere
from crm_md.likeness import fold
from crm_md.records.address_typed import with_address
from crm_md.records.fact_target import item_name, items_at, target_of
from crm_md.records.numbers import with_number
from crm_md.records.person_typed import person_typed, stands_there
from crm_md.words import NAMED_BY

SEVERAL = frozenset(("phone", "email"))  # of several numbers, one is replaced
LISTS = frozenset(("aliases", "tags"))


def edited(
    document: Document, target: Target, asked: str, words: Sequence[str], how: str, home: str
) -> Document:
    """Return the document with one fact changed.

    A bare word replaces a fact, and the whole of a plain list (tags, other names); of numbers
    one. To a list whose items have facts of their own (people, products, deals, relations,
    consents) it adds one: no word could replace those.

    Args:
        document: the customer.
        target: where the fact stands, or would stand.
        asked: the field's name as typed.
        words: the value, understood.
        how: ``set``, ``add``, ``remove``, ``delete``.
        home: ISO code of the country whose national numbers are meant.

    Raises:
        ItemNotFound: there is nothing of that name to remove.
        NameThere: somebody of that name is there already.
        StreetOrTown: it might be either.
        WouldChangeMore: the file is such that more than the target would change.
    """
    text = " ".join(words)
    each = target[-1] in LISTS or (target[-1] == "email" and all("@" in word for word in words))
    if how == "delete":
        return without(document, target)
    if how == "remove":
        return _without_item(document, target, text)
    if len(target) == 1 and target[0] in NAMED_BY:
        return _with_named(document, str(target[0]), text)
    if how == "add":
        for value in words if each else [text]:
            if fold(value) not in _standing(document, target):
                document = with_item(document, target, value)
        return document
    if target[-1] in LISTS or (each and len(words) > 1):
        return with_value(document, target, list(words))
    if target[-1] in SEVERAL:
        return with_number(document, target, asked, text, home)
    if target[-1] == "address":
        return with_address(document, target, text)
    return with_value(document, target, text)


def _with_named(document: Document, name: str, text: str) -> Document:
    """Add an item to a list whose items have facts of their own.

    Raises:
        NameThere: one of that name is there already.
    """
    names = [item_name(item, name) for item in items_at(document, name)]
    item: Mapping[str, Value] = {NAMED_BY[name]: text}
    if name == "contacts":
        item = person_typed(text)
        there = stands_there(str(item["name"]), names)
    else:
        there = next((one for one in names if fold(one) == fold(text)), "")
    if there:
        raise NameThere(document.customer.name, document.customer.slug, label(name), there)
    return with_item(document, (name,), item)


def _standing(document: Document, target: Target) -> list[str]:
    """What stands in a list that holds everything once, folded: tags, numbers."""
    if target[-1] not in LISTS | SEVERAL:
        return []
    node = node_at(document, target)
    value = plain_value(node) if node is not None else ""
    texts = value.split(",") if isinstance(value, str) else map(str, value)
    return [fold(text.strip()) for text in texts]


def _without_item(document: Document, target: Target, text: str) -> Document:
    """Take one item out of a list, by its text or a fragment of its name."""
    node = node_at(document, target)
    if not isinstance(node, Items):
        here = plain_value(node) if node is not None else ""
        if isinstance(here, str) and fold(here) == fold(text):
            return without(document, target)
        raise ItemNotFound(label(str(target[-1])), text, [], several=False)
    if target[-1] in NAMED_BY:
        return without(document, target_of(document, f"{target[-1]}.{text}")[:2])
    shown = [str(plain_value(item)) for item in node.items]
    places = [place for place, one in enumerate(shown) if fold(one) == fold(text)]
    if not places:
        raise ItemNotFound(label(str(target[-1])), text, shown, several=False)
    return without(document, (*target, places[0]))
