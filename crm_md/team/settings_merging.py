"""Merge two versions of ``crm.toml`` key by key; comments stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from crm_md.settings_text import with_table

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from tomlkit import TOMLDocument

_ABSENT = object()


def merged_settings(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Return the settings that both sides wanted; exchanging the sides gives the same values.

    A list gets what either added and loses what either removed. Of a value that both changed
    differently, the one whose text sorts last stays. What one removed and the other changed stays.

    Args:
        base: the version both come from, ``b""`` for none.
        ours: one version; its comments and its order stay.
        theirs: the other; its comments come along with what is new.

    Returns:
        The text; None where one of them is no TOML.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        first, second, third = (
            tomlkit.parse(text.decode("utf-8-sig")) for text in (base, ours, theirs)
        )
    except (TOMLKitError, UnicodeDecodeError):
        return None
    try:
        new = list(_join(first, second, third))
        merged = tomlkit.dumps(second)
    except TOMLKitError:
        return None
    for path, table in sorted(new, key=lambda pair: pair[0]):
        merged = with_table(merged, path, _lines_of(path, table))
    data = merged.encode("utf-8")
    return data if is_toml(data) else None


def is_toml(text: bytes) -> bool:
    """Tell whether a text is TOML at all."""
    return values_of(text) is not None


def values_of(text: bytes) -> dict[str, Any] | None:
    """Return what a TOML text says, None where it is none."""
    import tomllib

    try:
        return tomllib.loads(text.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None


def _join(
    base: MutableMapping[str, Any] | TOMLDocument,
    ours: MutableMapping[str, Any] | TOMLDocument,
    theirs: MutableMapping[str, Any] | TOMLDocument,
    path: tuple[str, ...] = (),
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Bring what the other side changed into ours; yield the tables that ours does not have."""
    for key in [*theirs, *(key for key in base if key not in theirs)]:
        old, mine, other = (side.get(key, _ABSENT) for side in (base, ours, theirs))
        if _plain(other) == _plain(old) or _plain(other) == _plain(mine):
            continue
        before = old if hasattr(old, "items") else {}
        if hasattr(mine, "items") and hasattr(other, "items"):
            yield from _join(before, mine, other, (*path, key))
            continue
        wanted = _wanted(old, mine, other)
        if wanted is _ABSENT:
            ours.pop(key, None)
        elif mine is _ABSENT and _is_table(wanted):
            yield from _tables(wanted, (*path, key))
        elif wanted is not mine:
            ours[key] = wanted


def _is_table(value: Any) -> bool:
    """Tell whether a value is written in lines of its own below its name in brackets."""
    from tomlkit.items import Table

    return isinstance(value, Table)


def _tables(table: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield a table, or those of which it is only the common beginning of the names."""
    if not table.is_super_table():
        yield path, table
        return
    for key, inner in table.items():
        if _is_table(inner):
            yield from _tables(inner, (*path, key))


def _lines_of(path: Sequence[str], table: Any) -> str:
    """Return a table as it was written, without what is explained or switched off below it."""
    import tomlkit

    body = table.value.body
    while body and body[-1][0] is None:
        body.pop()
    for name in reversed(path):
        outer = tomlkit.table(is_super_table=True)
        outer[name] = table
        table = outer
    return tomlkit.dumps(table)


def _wanted(old: Any, mine: Any, other: Any) -> Any:
    """Return what is to stand: both lists' items, what one side changed, or what sorts last."""
    if _plain(mine) == _plain(old):
        return other
    if mine is _ABSENT or other is _ABSENT:
        return other if mine is _ABSENT else mine
    if isinstance(mine, list) and isinstance(other, list):
        before = _plain(old) if isinstance(old, list) else []
        return _joined_list(before, _plain(mine), _plain(other))
    return max(mine, other, key=lambda one: str(_plain(one)).encode("utf-8"))


def _joined_list(old: Sequence[Any], mine: Sequence[Any], other: Sequence[Any]) -> list[Any]:
    gone = [item for item in old if item not in mine or item not in other]
    kept = [item for item in old if item not in gone]
    new = [item for item in [*mine, *other] if item not in old]
    return kept + sorted({str(item): item for item in new}.values(), key=str)


def _plain(value: Any) -> Any:
    return value.unwrap() if hasattr(value, "unwrap") else value
