"""Tell what somebody changed in the settings, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from crm_md.document.changes_head import short
from crm_md.document.field_saying import as_said
from crm_md.joining.settings import values_of
from crm_md.messages import N_, _, language

_LABELS = {
    ("language",): N_("Language of the book"),
    ("country",): N_("Country of phone numbers"),
    ("layout",): N_("Layout of the folders"),
    ("call", "every"): N_("Rhythm of all others"),
    ("call", "limit"): N_("Length of the call list"),
    ("segments", "*", "every"): N_("Rhythm of segment {name}"),
    ("segments", "*", "about"): N_("About segment {name}"),
    ("team", "*", "name"): N_("Name of {name}"),
    ("team", "*", "email"): N_("E-mail of {name}"),
    ("team", "*", "left"): N_("{name} left the team"),
    ("kinds", "*", "words"): N_("Words for {name}"),
    ("kinds", "*", "touch"): N_("What {name} counts as"),
    ("moods", "*", "words"): N_("Words for the mood {name}"),
    ("call", "rules", "*", "points"): N_("Points of the rule {name}"),
    ("call", "rules", "*", "days"): N_("Days of the rule {name}"),
}
_ITEMS = {  # what stands for a whole table: of a name that came, and of one that went
    "team": (N_("new in the team: {name}"), N_("no longer in the team: {name}")),
    "segments": (N_("new segment: {name}"), N_("segment removed: {name}")),
}

Path = tuple[str, ...]


def settings_told(before: bytes | None, after: bytes | None) -> list[str]:
    """Return what changed between two contents of ``crm.toml``, in sentences.

    Args:
        before: what stood there, None for no file; likewise ``after``.
    """
    if before == after:
        return []
    if after is None:
        return [_("removed")]
    if before is None:
        return [_("set up the book")]
    old, new = values_of(before), values_of(after)
    if new is None:
        return [_("the settings cannot be read any more")]
    if old is None:
        return [_("the settings can be read again")]
    return list(_table((), old, new)) or [_("only the way it is written")]


def _table(path: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for key in [*new, *(key for key in old if key not in new)]:
        before, after = old.get(key), new.get(key)
        if before != after:
            yield from _value((*path, key), before, after)


def _value(path: Path, before: Any, after: Any) -> Iterator[str]:
    if len(path) == 2 and path[0] in _ITEMS and (before is None or after is None):
        yield from _item(path, before, after)
    elif path[:2] == ("call", "rules") and path[-1] == "on":
        yield _rule(path[2], on=after is not False)
    elif isinstance(before, Mapping) or isinstance(after, Mapping):
        sides = (one if isinstance(one, Mapping) else {} for one in (before, after))
        yield from _table(path, *sides)
    elif isinstance(before, list) and isinstance(after, list):
        yield _list(_label(path), list(map(str, before)), list(map(str, after)))
    else:
        old, new = (as_said(path[-1], _shown(value)) for value in (before, after))
        yield _text(_label(path), old, new)


def _item(path: Path, before: Any, after: Any) -> Iterator[str]:
    """Tell a colleague or a segment that came or went; of a segment that came also its rhythm."""
    came, went = _ITEMS[path[0]]
    item = before if after is None else after
    name = item.get("name") if isinstance(item, Mapping) else None
    called = f"{name} ({path[1]})" if name else path[1]
    yield _(went if after is None else came).format(name=called)
    if path[0] == "segments" and isinstance(after, Mapping):
        yield from _table(path, {}, after)


def _rule(name: str, *, on: bool) -> str:
    told = _("rule {name} switched on") if on else _("rule {name} switched off")
    return told.format(name=name)


def _list(called: str, old: Sequence[str], new: Sequence[str]) -> str:
    came = ", ".join(short(one) for one in new if one not in old)
    went = ", ".join(short(one) for one in old if one not in new)
    if came and went:
        told = _("{field}: added {came}, removed {went}")
        return told.format(field=called, came=came, went=went)
    if went:
        return _("{field}: removed {values}").format(field=called, values=went)
    return _("{field}: added {values}").format(field=called, values=came)


def _text(called: str, before: str, after: str) -> str:
    if not before:
        return _("{field}: {value}").format(field=called, value=after)
    if not after:
        return _("{field} deleted, was {value}").format(field=called, value=before)
    return _("{field} {before} → {after}").format(field=called, before=before, after=after)


def _label(path: Path) -> str:
    """Return what a setting is called; one without a name of ours by its place in the file."""
    for shape, label in _LABELS.items():
        if len(shape) == len(path) and all(
            one in ("*", other) for one, other in zip(shape, path, strict=True)
        ):
            return _(label).format(name=path[shape.index("*")] if "*" in shape else "")
    return ".".join(path)


def _shown(value: Any) -> str:
    """Return a value as a person would say it."""
    from crm_md.dates import say_date

    if isinstance(value, date):
        return say_date(value, language())
    items = value if isinstance(value, list) else [value]
    return short(", ".join(str(one) for one in items if one is not None))
