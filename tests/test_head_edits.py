"""Whatever is changed in a head: only its own bytes change, and it reads back as it was given."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crm_md.document.head import Fields, Items, Plain, Scalar, plain, read_head
from crm_md.document.head_writing import add_key, append_item, remove, set_value
from crm_md.document.yaml_text import Value
from crm_md.errors import WouldChangeMore
from tests.heads import at, broken_heads, collections, files, keys, paths, paths_of, values

EXAMPLES = settings(max_examples=150, deadline=None)


def tree(text: str) -> Any:
    return plain(read_head(text).root)


def comments(text: str) -> list[str]:
    """The lines of the head that are nothing but a comment, those inside a text not counted."""
    root = read_head(text).root
    texts = [node for path in paths(root) if isinstance(node := at(root, path), Scalar)]
    found, start = [], 0
    for line in text[: read_head(text).end].split("\n"):
        inside = any(node.start <= start < node.end for node in texts)
        if line.lstrip().startswith("#") and not inside:
            found.append(line.strip())
        start += len(line) + 1
    return found


def changed_lines(old: str, new: str) -> tuple[int, int]:
    """Return the first and last line of the old text that an edit touched (equal ends cut off)."""
    before, after = old.split("\n"), new.split("\n")
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    return first, len(before) - last


def own_lines_above(text: str, start: int) -> int:
    """Count the lines up to the key or dash of a value that begins on a line of its own."""
    lines = text[: text.rfind("\n", 0, start) + 1].split("\n")[:-1]
    return next(n for n, line in enumerate(reversed(lines), 1) if not line.lstrip().startswith("#"))


def own_lines_below(text: str, end: int) -> int:
    """Count the lines of comment directly below a value, which may belong to it."""
    lines = text[end:].split("\n")[1:]
    return next(n for n, line in enumerate(lines) if not line.lstrip().startswith("#"))


def with_value(read: Any, path: tuple[str | int, ...], value: Value) -> Any:
    read = copy.deepcopy(read)
    inside = read
    for part in path[:-1]:
        inside = inside[part]
    inside[path[-1]] = value
    return read


@given(files(), st.data())
@EXAMPLES
def test_setting_a_value_changes_only_its_own_lines(text: str, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(list(paths(read_head(text).root))))
    value = data.draw(collections)
    node = at(read_head(text).root, path)
    new = set_value(text, path, value)
    assert tree(new) == with_value(tree(text), path, value)
    if new != text:
        first, last = changed_lines(text, new)
        assert first >= text.count("\n", 0, node.start) - own_lines_above(text, node.start)
        assert last <= text.count("\n", 0, node.end) + 1 + own_lines_below(text, node.end)
    head, changed = read_head(text), read_head(new)
    assert new[changed.body_start :] == text[head.body_start :]
    assert set_value(new, path, value) == new


@given(files(), values, st.data())
@EXAMPLES
def test_setting_a_text_keeps_every_comment(text: str, value: str, data: st.DataObject) -> None:
    places = paths_of(text, Scalar)
    assume(places)
    path = data.draw(st.sampled_from(places))
    node = at(read_head(text).root, path)
    new = set_value(text, path, value)
    assert tree(new) == with_value(tree(text), path, value)
    if node.end > node.start:
        assert new.startswith(text[: node.start])
    behind = text[node.end :].lstrip(" ")
    assert new.endswith(behind)


@given(files(), keys, collections, st.data())
@EXAMPLES
def test_adding_a_key_and_removing_it_restores_the_bytes(
    text: str, key: str, value: Value, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from([(), *paths_of(text, Fields)]))
    mapping = at(read_head(text).root, path)
    assert isinstance(mapping, Fields)
    names = [name.text for name, _ in mapping.pairs]
    assume(names and key not in names)
    after = data.draw(st.lists(st.sampled_from([*names, "other"]), max_size=2))
    new = add_key(text, path, key, value, after)
    found = at(read_head(new).root, path)
    assert isinstance(found, Fields)
    index = max([names.index(name) for name in after if name in names], default=len(names) - 1) + 1
    assert [name.text for name, _ in found.pairs] == [*names[:index], key, *names[index:]]
    assert plain(found) == {**plain_pairs(mapping), key: value}
    assert comments(new) == comments(text)
    assert remove(new, (*path, key)) == text


@given(files(), collections, st.data())
@EXAMPLES
def test_adding_an_item_and_removing_it_restores_the_bytes(
    text: str, value: Value, data: st.DataObject
) -> None:
    places = [path for path in paths_of(text, Items) if plain(at(read_head(text).root, path))]
    assume(places)
    path = data.draw(st.sampled_from(places))
    before = plain(at(read_head(text).root, path))
    assert isinstance(before, list)
    new = append_item(text, path, value)
    assert plain(at(read_head(new).root, path)) == [*before, value]
    assert comments(new) == comments(text)
    assert remove(new, (*path, len(before))) == text


@given(files(), collections, st.data())
@EXAMPLES
def test_what_stands_alone_becomes_the_first_item_of_a_list(
    text: str, value: Value, data: st.DataObject
) -> None:
    root = read_head(text).root
    alone = [path for path in paths(root) if not isinstance(at(root, path), Items)]
    alone = [path for path in alone if isinstance(path[-1], str)]
    assume(alone)
    path = data.draw(st.sampled_from(alone))
    before = plain(at(root, path))
    new = append_item(text, path, value)
    first = [before] if before or before == {} else []
    quoted_empty = before == "" and plain(at(read_head(new).root, path)) == ["", value]
    assert quoted_empty or tree(new) == with_value(tree(text), path, [*first, value])
    assert comments(new) == comments(text)


@given(files(), st.data())
@EXAMPLES
def test_removing_takes_only_the_entry_and_what_becomes_empty(
    text: str, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(list(paths(read_head(text).root))))
    new = remove(text, path)
    expected = tree(text)
    while True:
        inside = expected
        for part in path[:-1]:
            inside = inside[part]
        del inside[path[-1]]
        if inside or len(path) == 1:
            break
        path = path[:-1]
    assert tree(new) == expected
    assert len(new) < len(text)


@given(broken_heads, collections, st.data())
@settings(max_examples=250, deadline=None)
def test_an_edit_of_a_broken_head_does_what_was_meant_or_nothing(
    text: str, value: Value, data: st.DataObject
) -> None:
    text = f"---\n{text}\n---\nText\n"
    path = data.draw(st.sampled_from([(), *paths(read_head(text).root)]))
    edit = data.draw(st.sampled_from(["set", "add", "append", "remove"]))
    try:
        if edit == "set":
            new = set_value(text, path, value)
            assert plain(at(read_head(new).root, path)) == value
        elif edit == "add":
            new = add_key(text, path, "neu", value, ["name"])
            assert plain(at(read_head(new).root, (*path, "neu"))) == value
        elif edit == "append":
            new = append_item(text, path, value)
            items = plain(at(read_head(new).root, path))
            assert isinstance(items, list)
            assert items[-1] == value
        else:
            new = remove(text, path)
            assert len(new) < len(text)
    except WouldChangeMore as refused:
        assert refused.exit_code == 40
    else:
        assert new[read_head(new).body_start :] == text[read_head(text).body_start :]


def plain_pairs(node: Fields) -> dict[str, Plain]:
    read = plain(node)
    assert isinstance(read, dict)
    return read
