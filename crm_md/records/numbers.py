"""Change one of several numbers or addresses: the first, or the mobile phone's; others stay."""

from __future__ import annotations

from collections.abc import Iterator

from crm_md.document import (
    Document,
    Fields,
    Items,
    Plain,
    Target,
    node_at,
    plain_value,
    with_item,
    with_value,
)
from crm_md.document.key_meanings import meaning_of
from crm_md.frozen import dataclass
from crm_md.likeness import is_mobile
from crm_md.words import plain

_MOBILE = frozenset(("mobil", "mobile", "handy", "mobilnummer", "handynummer", "mobiltelefon"))


@dataclass(frozen=True, slots=True)
class _Standing:
    """A number that stands there: where, what, and the key or label it stands under."""

    target: Target
    text: str
    label: str

    def answers_to(self, asked: str) -> bool:
        return plain(self.label) == plain(asked)


def with_number(document: Document, target: Target, asked: str, text: str, home: str) -> Document:
    """Return the document with a number or mail address set.

    Of several the first is replaced; of those under keys or labels of their own (``telefon:`` and
    ``mobil:``), the one that was asked for. A mobile number takes the place of a mobile number,
    and otherwise comes beside what stands there: a landline never goes for it.

    Args:
        document: the customer.
        target: the field, ``("contacts", 0, "phone")``.
        asked: the field's name as typed, ``mobil``.
        text: the number.
        home: ISO code of the country whose national numbers are meant.

    Raises:
        WouldChangeMore: the file is such that more would change.
    """
    standing = list(_standing(document, target))
    named = [one for one in standing if one.answers_to(asked)]
    if plain(asked) in _MOBILE:
        mobile = [one for one in standing if is_mobile(one.text, home)]
        chosen = mobile or [one for one in named if len(standing) > len(named)]
        if not chosen and standing:
            return with_item(document, target, text)
    else:
        chosen = named or standing
    return with_value(document, chosen[0].target if chosen else target, text)


def _standing(document: Document, target: Target) -> Iterator[_Standing]:
    """Yield the numbers under every key that means this field."""
    *above, name = target
    inside = "contacts" if above else ""
    holder = node_at(document, tuple(above)) if above else document.head.root
    for key, _node in holder.pairs if isinstance(holder, Fields) else ():
        if meaning_of(key.text, inside) == name:
            yield from _below(document, (*above, key.text), key.text)


def _below(document: Document, target: Target, label: str) -> Iterator[_Standing]:
    node = node_at(document, target)
    if isinstance(node, Items):
        for place, item in enumerate(node.items):
            yield _Standing((*target, place), _text(plain_value(item)), label)
    elif isinstance(node, Fields):
        for key, value in node.pairs:
            yield _Standing((*target, key.text), _text(plain_value(value)), key.text)
    elif node is not None and (text := _text(plain_value(node))):
        yield _Standing(target, text, label)


def _text(value: Plain) -> str:
    if isinstance(value, str):
        return value
    return ", ".join(map(_text, value.values() if isinstance(value, dict) else value))
