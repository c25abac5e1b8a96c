"""Change one thing in the head of a file, and nothing else: every result is read again first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from crm_md.document.head import read_head
from crm_md.document.head_layout import Path, Place, find, style_of
from crm_md.document.head_shapes import Shape, shape, shape_of, shape_with, shape_without
from crm_md.document.head_splices import add_item, add_pair, cut, make_list, replace
from crm_md.document.head_tree import Fields, Items, Plain, Scalar, plain
from crm_md.document.yaml_text import Value
from crm_md.errors import WouldChangeMore
from crm_md.messages import _

__all__ = [
    "Path",
    "Value",
    "add_key",
    "append_item",
    "create_head",
    "quote_value",
    "remove",
    "set_value",
]


def set_value(text: str, path: Path, value: Value, *, bare: bool | Collection[str] = False) -> str:
    """Return the file with another value at a place; inside lists and mappings only what differs.

    Args:
        text: the whole file.
        path: literal keys and, from 0, positions in lists: ``("contacts", 0, "phone")``.
        value: a text, a list or a mapping; an equal one changes nothing.
        bare: dates and yes or no stay without quotation marks, everywhere or below these keys.

    Raises:
        WouldChangeMore: there is no such place, or more than it would change.
    """
    place = _place(text, path)
    new = _plain(value)
    if plain(place.node) == new:
        return text
    if isinstance(place.node, Items) and isinstance(new, list) and new:
        return _set_items(text, path, place.node, new, bare)
    if isinstance(place.node, Fields) and isinstance(new, dict) and new:
        return _set_pairs(text, path, place.node, new, bare)
    return _replace(text, path, new, bare)


def add_key(
    text: str,
    path: Path,
    key: str,
    value: Value,
    after: Sequence[str] = (),
    *,
    bare: bool | Collection[str] = False,
) -> str:
    """Return the file with one more key in a mapping; a key that is there gets the value.

    Args:
        text: the whole file; without a head it gets one.
        path: of the mapping, ``()`` for the whole head; a key without value becomes a mapping.
        key: the literal key.
        value: as in `set_value`.
        after: literal keys; the new one goes behind the last of them, else to the end.
        bare: as in `set_value`.

    Raises:
        WouldChangeMore: there is no such mapping, or more than it would change.
    """
    text = create_head(text)
    place = _place(text, path)
    node = place.node
    new = _plain(value)
    if isinstance(node, Scalar) and node.start == node.end:
        return _replace(text, path, {key: new}, bare)
    if not isinstance(node, Fields):
        raise WouldChangeMore(_spoken((*path, key)), node.line, _("a value stands there already."))
    if node.get(key) is not None:
        return set_value(text, (*path, key), value, bare=bare)
    head = read_head(text)
    style = style_of(text, head, node, bare)
    changed = add_pair(text, head, place, key, new, after, style)
    behind = [n for n, (found, _value) in enumerate(node.pairs) if found.text in after]
    at = behind[-1] + 1 if behind else len(node.pairs)
    pairs = shape(node)
    assert isinstance(pairs, tuple)  # the shape of a mapping
    expected = (*pairs[:at], (key, shape_of(new)), *pairs[at:])
    return _checked(text, changed, path, expected)


def append_item(
    text: str, path: Path, value: Value, *, bare: bool | Collection[str] = False
) -> str:
    """Return the file with one more item in a list; what stands alone becomes the first of two.

    Args:
        text: the whole file.
        path: of the list, or of a text or mapping that stands in its place.
        value: a text or a mapping.
        bare: as in `set_value`.

    Raises:
        WouldChangeMore: there is no such list, or more than it would change.
    """
    place = _entry(text, path)
    node = place.node
    if isinstance(node, Items):
        return _insert_item(text, path, len(node.items), _plain(value), bare)
    if isinstance(node, Scalar):
        alone = [] if node.start == node.end else [node.text]
        return _replace(text, path, [*alone, _plain(value)], bare)
    listed = _checked(text, make_list(text, place), path, [shape(node)])
    return _insert_item(listed, path, 1, _plain(value), bare)


def remove(text: str, path: Path) -> str:
    """Return the file without a key, its doubles too, or without a list item.

    A list or mapping that becomes empty goes with its key; comments of other entries stay.

    Args:
        text: the whole file.
        path: as in `set_value`.

    Raises:
        WouldChangeMore: there is no such place, or more than it would change.
    """
    place = _entry(text, path)
    parent = place.parent
    if isinstance(parent, Items):
        others = len(parent.items) > 1
    else:
        assert parent is not None  # the path is not empty
        others = any(key.text != path[-1] for key, _value in parent.pairs)
    if len(path) > 1 and not others:
        return remove(text, path[:-1])
    expected = shape_without(parent, place.index)
    changed = _checked(text, cut(text, read_head(text), place), path[:-1], expected)
    doubles = isinstance(parent, Fields) and sum(key.text == path[-1] for key, _v in parent.pairs)
    return remove(changed, path) if doubles > 1 else changed


def quote_value(text: str, path: Path) -> str:
    """Return the file with a text written so that every YAML reader sees what we see.

    Args:
        text: the whole file.
        path: as in `set_value`; of a single text.

    Raises:
        WouldChangeMore: no text stands there, or more than it would change.
    """
    node = _place(text, path).node
    if not isinstance(node, Scalar):
        raise WouldChangeMore(_spoken(path), node.line, _("it is no single text."))
    return _replace(text, path, node.text, False)


def create_head(text: str) -> str:
    """Return the file with an empty head in front, or as it is if it has one."""
    if read_head(text).body_start:
        return text
    end = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    return f"---{end}---{end}{text}"


def _set_items(
    text: str, path: Path, node: Items, new: list[Plain], bare: bool | Collection[str]
) -> str:
    """Change only the items that differ, counted from both ends of the list."""
    old = [plain(item) for item in node.items]
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    both = min(len(old), len(new)) - last
    for index in range(first, both):
        text = set_value(text, (*path, index), new[index], bare=bare)
    for index in range(len(old) - last - 1, both - 1, -1):
        text = remove(text, (*path, index))
    for index in range(both, len(new) - last):
        text = _insert_item(text, path, index, new[index], bare)
    return text


def _set_pairs(
    text: str, path: Path, node: Fields, new: dict[str, Plain], bare: bool | Collection[str]
) -> str:
    """Change only the keys that differ."""
    before: list[str] = []
    for key, value in new.items():
        text = add_key(text, path, key, value, before, bare=bare)
        before.append(key)
    for gone in dict.fromkeys(key.text for key, _value in node.pairs):
        if gone not in new:
            text = remove(text, (*path, gone))
    return text


def _insert_item(
    text: str, path: Path, index: int, value: Plain, bare: bool | Collection[str]
) -> str:
    place, head = _place(text, path), read_head(text)
    items = shape(place.node)
    assert isinstance(items, list)  # the caller has seen a list
    style = style_of(text, head, place.node, bare)
    changed = add_item(text, head, place, index, value, style, _key_of(path))
    return _checked(text, changed, path, [*items[:index], shape_of(value), *items[index:]])


def _replace(text: str, path: Path, value: Plain, bare: bool | Collection[str]) -> str:
    place = _entry(text, path)
    assert place.parent is not None  # it is an entry
    style = style_of(text, read_head(text), place.parent, bare)
    changed = replace(text, place, value, style, _key_of(path))
    return _checked(text, changed, path, shape_of(value))


def _key_of(path: Path) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def _entry(text: str, path: Path) -> Place:
    """Return a place that is not the whole head."""
    if not path:
        raise WouldChangeMore("---", 1, _("there is no such place."))
    return _place(text, path)


def _place(text: str, path: Path) -> Place:
    place = find(read_head(text).root, path)
    if place is None:
        raise WouldChangeMore(_spoken(path), 1, _("there is no such place."))
    return place


def _checked(text: str, changed: str, path: Path, expected: Shape) -> str:
    """Return the changed text if it says the same as before but for one place, which is expected.

    Raises:
        WouldChangeMore: anything else differs, or something is wrong that was not before.
    """
    old, new = read_head(text), read_head(changed)
    slips = Counter(f.check for f in new.findings) - Counter(f.check for f in old.findings)
    if (
        text[old.body_start :] != changed[new.body_start :]
        or shape(new.root) != shape_with(old.root, path, expected)
        or slips
    ):
        place = find(old.root, path)
        line = place.node.line if place else 1
        raise WouldChangeMore(_spoken(path), line, _("other values would change with it."))
    return changed


def _plain(value: Value) -> Plain:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(item) for item in value]


def _spoken(path: Path) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
