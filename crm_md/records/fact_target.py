"""Find where a fact stands, or would stand, in the head: by its name and fragments of names."""

from __future__ import annotations

from crm_md.document import Document, Fields, Items, Plain, Target, node_at, plain_value
from crm_md.document.field_labels import label
from crm_md.errors import FieldUnknown, ItemNotFound
from crm_md.likeness import fold
from crm_md.words import ADDRESS, KEYS, NAMED_BY, TITLES, plain

OF_A_PERSON = frozenset(
    (
        *("name", "role", "address_as", "decides", "phone", "email", "reach", "birthday", "away"),
        *("left", "snooze", "do_not_contact"),
    )
)


def target_of(document: Document, field: str, person: str = "") -> Target:
    """Return where a field stands, or would stand, in the head.

    An item of a list that is named alone is meant by its name: ``contacts.heike`` is what Heike
    is called.

    Raises:
        FieldUnknown: the name is no field, nor a key of this file.
        ItemNotFound: no item, or several, answer to the fragment.
    """
    first, *rest = [part for part in field.split(".") if part.strip()] or [field]
    name = field_name(document, first)
    if not rest:
        if person and name in OF_A_PERSON:
            return ("contacts", _item(document, "contacts", person), name)
        if name in ADDRESS and node_at(document, (name,)) is None:
            return ("address", name)
        return (name,)
    if name in NAMED_BY:
        place, inside = _item_and_rest(document, name, rest)
        return (name, place, *(map(_inner_name, inside) if inside else (NAMED_BY[name],)))
    return (name, *map(_inner_name, rest))


def field_name(document: Document, word: str) -> str:
    """Return the English name of a field, or the key of this file that is called so.

    Raises:
        FieldUnknown: it is neither.
    """
    known = KEYS.get(plain(word))
    if known:
        return known
    for key in document.head:
        if plain(key) == plain(word):
            return key
    raise FieldUnknown(word, list(KEYS))


def items_at(document: Document, name: str) -> list[Plain]:
    """Return the items of a list of the head; what stands alone is its only one."""
    node = node_at(document, (name,))
    if isinstance(node, Items):
        return [plain_value(item) for item in node.items]
    if node is None:
        return []
    alone = plain_value(node)
    return [alone] if isinstance(node, Fields) or alone else []


def item_name(item: Plain, name: str) -> str:
    """Return what an item of a list is called, "" if nothing names it.

    Args:
        item: as it stands there, a text or a mapping.
        name: the list, ``contacts``.
    """
    if isinstance(item, str):
        return item
    if isinstance(item, dict):
        for key, value in item.items():
            if KEYS.get(plain(key), key) == NAMED_BY[name] and isinstance(value, str):
                return value
    return ""


def person_at(document: Document, target: Target) -> str:
    """Return whose fact a target is, "" for the customer's own."""
    if len(target) > 1 and target[0] == "contacts" and isinstance(target[1], int):
        return item_name(items_at(document, "contacts")[target[1]], "contacts")
    return ""


def fragment_of(document: Document, person: str) -> str:
    """Return what to type for a person: the first word of the name that fits nobody else."""
    words = (word for word in person.split() if word.isalpha() and plain(word) not in TITLES)
    alone = (word for word in words if len(_answering(document, "contacts", word)) == 1)
    return next(alone, person)


def _item(document: Document, name: str, fragment: str) -> int:
    """Return the place of the one item whose name answers to the fragment.

    Raises:
        ItemNotFound: no item, or several, answer.
    """
    found = _answering(document, name, fragment)
    if len(found) != 1:
        shown = [item_name(item, name) for item in items_at(document, name)]
        names = [shown[place] for place in found] or [text for text in shown if text]
        raise ItemNotFound(label(name), fragment, names, several=bool(found))
    return found[0]


def _item_and_rest(document: Document, name: str, parts: list[str]) -> tuple[int, list[str]]:
    """Return the place of the item that the parts begin with, and what follows: a name may
    have a dot, ``contacts.Dr. Petersen.phone``."""
    for count in range(len(parts), 1, -1):
        found = _answering(document, name, ".".join(parts[:count]))
        if len(found) == 1:
            return found[0], parts[count:]
    return _item(document, name, parts[0]), parts[1:]


def _answering(document: Document, name: str, fragment: str) -> list[int]:
    """Return the places of the items called so; else of those with the fragment in their name."""
    shown = [fold(item_name(item, name)) for item in items_at(document, name)]
    wanted = fold(fragment)
    exact = [place for place, text in enumerate(shown) if text == wanted]
    return exact or [place for place, text in enumerate(shown) if wanted in text]


def _inner_name(word: str) -> str:
    return KEYS.get(plain(word), word)
