"""Tell what changed in the head of a file, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from crm_md.document.field_labels import label, label_of
from crm_md.document.field_saying import as_said
from crm_md.document.head_tree import Head, Plain
from crm_md.document.pieces.item_pairs import meaning, name_of, pair_items
from crm_md.frozen import dataclass, replace
from crm_md.messages import _
from crm_md.model import Entry, Task

What = Literal[
    "field", "item", "entry", "task", "section", "text", "writing", "created", "removed", "moved"
]
How = Literal["added", "changed", "removed"]

_LISTS = frozenset(("contacts", "products", "deals", "relations", "consent"))
LONGEST = 60  # characters of a value that are told
MOST_WORDS = 3  # of a list that are told


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, told in a sentence.

    Attributes:
        what: the sort of thing; "writing" where nothing is meant otherwise.
        how: what became of it.
        sentence: in the language spoken.
        thing: the entry alone as the sentence tells it, where one came or went as a whole.
        entry: that entry.
        task: the task that came or changed, as it is now.
        key: the field, by its English name; called: as people call it.
    """

    what: What
    how: How
    sentence: str
    thing: str = ""
    entry: Entry | None = None
    task: Task | None = None
    key: str = ""
    called: str = ""


def head_changes(before: Head, after: Head) -> Iterator[Change]:
    """Yield what changed between two heads, in the order of the later one."""
    if _errors(after) and not _errors(before):
        yield Change("text", "changed", _("the head cannot be read as a whole"))
    old, new = meaning(before.root), meaning(after.root)
    assert isinstance(old, dict) and isinstance(new, dict)  # a root is
    yield from _fields(old, new, "")


def short(text: str) -> str:
    """Return a text on one line, cut where it is too long to be told."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def _errors(head: Head) -> bool:
    return any(finding.severity == "error" for finding in head.findings)


def _fields(old: Mapping[str, Plain], new: Mapping[str, Plain], whose: str) -> Iterator[Change]:
    """Yield what changed in a mapping; ``whose`` is what the item is called that it belongs to."""
    for key in (*new, *(key for key in old if key not in new)):
        before, after = old.get(key, ""), new.get(key, "")
        if before != after:
            yield from _field(key, before, after, whose)


def _field(key: str, before: Plain, after: Plain, whose: str) -> Iterator[Change]:
    called = label_of(key, whose) if whose else label(key)
    for change in _changes(key, called, before, after, whose):
        yield change if change.key else replace(change, key=key, called=called)


def _changes(key: str, called: str, before: Plain, after: Plain, whose: str) -> Iterator[Change]:
    if key in _LISTS or isinstance(before, list) or isinstance(after, list):
        yield from _list(key, called, _items(before), _items(after))
    elif isinstance(before, dict) and isinstance(after, dict):
        yield from _fields(before, after, whose)
    elif (parts := _parts(before, after)) and not all(map(_is_whole, parts)):
        yield from _fields(*parts, whose)
    else:
        old, new = as_said(key, _shown(before)), as_said(key, _shown(after))
        yield _text_field(key, called, old, new, whose)


def _parts(before: Plain, after: Plain) -> tuple[dict[str, Plain], dict[str, Plain]] | None:
    """Return both sides where one is a mapping and the other is nothing: an address that came."""
    sides = [{} if side == "" else side for side in (before, after)]
    old, new = sides
    return (old, new) if isinstance(old, dict) and isinstance(new, dict) else None


def _is_whole(part: Mapping[str, Plain]) -> bool:
    """Tell whether a mapping says enough to be told in one line; a postcode alone does not."""
    return len(part) != 1


def _list(key: str, called: str, old: Sequence[Plain], new: Sequence[Plain]) -> Iterator[Change]:
    if key in _LISTS or any(isinstance(item, dict | list) for item in (*old, *new)):
        yield from _list_of_items(called, old, new)
    else:
        yield _list_of_words(called, list(map(_shown, old)), list(map(_shown, new)))


def _text_field(key: str, called: str, before: str, after: str, whose: str) -> Change:
    """Tell a field that is a text."""
    if not before:
        return Change(
            "field", "added", _("{field}: {value}").format(field=called, value=short(after))
        )
    if not after:
        return Change(
            "field",
            "removed",
            _("{field} deleted, was {value}").format(field=called, value=short(before)),
        )
    if key == "name" and not whose:
        told = _("renamed {before} → {after}")
        return Change("moved", "changed", told.format(before=short(before), after=short(after)))
    told = _("{field} {before} → {after}")
    return Change(
        "field", "changed", told.format(field=called, before=short(before), after=short(after))
    )


def _list_of_words(called: str, old: list[str], new: list[str]) -> Change:
    """Tell a list of texts by what came and what went."""
    came = [word for word in new if word not in old]
    went = [word for word in old if word not in new]
    how: How = "changed"
    if not came and not went:
        told = _("{field}: another order or number").format(field=called)
    elif len(old) == len(new) == 1:
        told = _("{field} {before} → {after}").format(
            field=called, before=short(old[0]), after=short(new[0])
        )
    else:
        how = "added" if not went else "removed" if not came else "changed"
        told = _came_and_went(called, listed(came), listed(went))
    return Change("field", how, told)


def _came_and_went(called: str, came: str, went: str) -> str:
    """Tell in words what came and went: beside ``+49…`` a sign would be read as the number's."""
    if not went:
        return _("{field}: added {values}").format(field=called, values=came)
    if not came:
        return _("{field}: removed {values}").format(field=called, values=went)
    told = _("{field}: added {came}, removed {went}")
    return told.format(field=called, came=came, went=went)


def listed(words: Sequence[str]) -> str:
    """Return the first few of some texts."""
    told = [short(word) for word in words[:MOST_WORDS]]
    return ", ".join([*told, "…"] if len(words) > MOST_WORDS else told)


def difference(came: Sequence[str], went: Sequence[str], most: int = MOST_WORDS) -> str:
    """Return what came with a plus and what went with a minus, each at most so many."""
    signs = [f"+ {short(text)}" for text in came[:most]]
    signs += ["…"] * (len(came) > most)
    signs += [f"− {short(text)}" for text in went[:most]]
    signs += ["…"] * (len(went) > most)
    return ", ".join(signs)


def _list_of_items(called: str, old: Sequence[Plain], new: Sequence[Plain]) -> Iterator[Change]:
    """Tell a list of people, products, deals: who came, who went, and what changed of whom."""
    pairs = pair_items(old, new)
    stayed_old, stayed_new = {i for i, _j in pairs}, {j for _i, j in pairs}
    came = [_shown(item) for j, item in enumerate(new) if j not in stayed_new]
    went = [_shown(item) for i, item in enumerate(old) if i not in stayed_old]
    if came:
        told = _("{list} added: {names}").format(list=called, names=", ".join(map(short, came)))
        yield Change("item", "added", told)
    if went:
        told = _("{list} gone: {names}").format(list=called, names=", ".join(map(short, went)))
        yield Change("item", "removed", told)
    changed = False
    for i, j in pairs:
        if old[i] != new[j]:
            changed = True
            yield from _item(old[i], new[j])
    if not (came or went or changed):
        yield Change("item", "changed", _("{list} in another order").format(list=called))


def _item(old: Plain, new: Plain) -> Iterator[Change]:
    whose = name_of(new) or name_of(old)
    before, after = _as_fields(old), _as_fields(new)
    for key in ("name", "title"):
        if before.get(key, "") and after.get(key, "") and before[key] != after[key]:
            told = _("renamed {before} → {after}")
            told = told.format(before=_shown(before[key]), after=_shown(after[key]))
            yield Change("item", "changed", told)
            before = {**before, key: after[key]}
    yield from _fields(before, after, whose)


def _as_fields(item: Plain) -> dict[str, Plain]:
    """Return an item as a mapping: a person given by name only has nothing else."""
    return item if isinstance(item, dict) else {"name": item}


def _items(value: Plain) -> Sequence[Plain]:
    """Return the items of a list; a single value is a list of one."""
    if isinstance(value, list):
        return value
    return [value] if value else []


def _lines(value: Mapping[str, Plain]) -> Iterator[Plain]:
    """Yield the parts of an address; postcode and town are one."""
    for key, part in value.items():
        if key == "city" and value.get("zip"):
            continue
        town = value.get("city", "") if key == "zip" else ""
        yield f"{part} {town}" if town and isinstance(part, str) else part


def _shown(value: Plain) -> str:
    """Return a value as it is told: an item by its name, an address in one line."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return name_of(value) or ", ".join(filter(None, map(_shown, _lines(value))))
    return ", ".join(filter(None, map(_shown, value)))
