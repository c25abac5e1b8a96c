"""Find which item of a list in the head is which in two versions: people, products, tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence

from crm_md.document.head_tree import Items, Node, Plain, Scalar
from crm_md.document.key_meanings import meaning_of
from crm_md.document.pieces.pairing import Pairs, anywhere
from crm_md.words import plain

# What names an item of a list, whichever it has first.
NAMES = ("name", "title", "to", "channel")


def english(key: str, inside: str = "") -> str:
    """Return the English name of a key, or the key as it stands where we do not know it.

    Args:
        inside: the list whose item has the key, "" for the head itself.
    """
    return meaning_of(key, inside) or key


def meaning(node: Node, inside: str = "") -> Plain:
    """Return what stands in a node, keys under their English names; of doubles the last counts.

    Args:
        inside: as in `english`.
    """
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [meaning(item, inside) for item in node.items]
    return {
        (name := english(key.text, inside)): meaning(value, inside or name)
        for key, value in node.pairs
    }


def name_of(item: Plain) -> str:
    """Return what an item of a list is called, "" if nothing names it."""
    if isinstance(item, str):
        return item
    if isinstance(item, dict):
        return next((found for key in NAMES if isinstance(found := item.get(key), str)), "")
    return ""


def pair_items(one: Sequence[Plain], other: Sequence[Plain]) -> Pairs:
    """Return which item is which, in any order.

    Equal ones first, then those of one name, then people who share an e-mail address or a phone
    number, then those of which all but the name is as it was.
    """
    pairs = anywhere(one, other, [], _whole)
    pairs = anywhere(one, other, pairs, lambda item: plain(name_of(item)) or None)
    pairs = _sharing(one, other, pairs, _reached_by)
    return anywhere(one, other, pairs, _all_but_name)


def pair_new_items(one: Sequence[Plain], other: Sequence[Plain]) -> Pairs:
    """Return which items two sides added alike: equal ones, and those of one name."""
    pairs = anywhere(one, other, [], _whole)
    return anywhere(one, other, pairs, lambda item: plain(name_of(item)) or None)


def _whole(item: Plain) -> Hashable:
    """Return the item as something that can be compared quickly; the order of keys is no matter."""
    if isinstance(item, str):
        return item
    if isinstance(item, list):
        return tuple(map(_whole, item))
    return frozenset((key, _whole(value)) for key, value in item.items())


def _all_but_name(item: Plain) -> Hashable:
    if not isinstance(item, dict):
        return None
    rest = {key: value for key, value in item.items() if key not in NAMES}
    return _whole(rest) if rest else None


def _sharing(
    one: Sequence[Plain],
    other: Sequence[Plain],
    pairs: Pairs,
    marks: Callable[[Plain], set[str]],
) -> Pairs:
    """Return the pairs with those added that have one of these marks in common."""
    found = list(pairs)
    taken_one, taken_other = {i for i, _ in pairs}, {j for _, j in pairs}
    marks_other = [set[str]() if j in taken_other else marks(item) for j, item in enumerate(other)]
    for i, item in enumerate(one):
        mine = marks(item) if i not in taken_one else set()
        for j, theirs in enumerate(marks_other):
            if mine & theirs:
                found.append((i, j))
                marks_other[j] = set()
                break
    return sorted(found)


def _reached_by(item: Plain) -> set[str]:
    """Return the addresses and numbers of a person, as they are compared."""
    if not isinstance(item, dict):
        return set()
    mails = {mail.casefold() for mail in _texts(item.get("email"))}
    return mails | {_digits(number) for number in _texts(item.get("phone"))} - {""}


def _texts(value: Plain | None) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))


def _digits(number: str) -> str:
    """Return the digits of a phone number with ``+49`` as ``0``; a short one tells nobody."""
    digits = re.sub(r"\D", "", re.sub(r"^\s*(?:\+|00)\d\d\s*(?:\(0\))?", "0", number))
    return digits if len(digits) > 5 else ""
