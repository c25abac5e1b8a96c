"""Merge two versions of ``crm.toml`` key by key; comments stay."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crm_md.document.question_lines import TAG
from crm_md.settings_text import with_table

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from tomlkit import TOMLDocument

_ABSENT = object()
Path = tuple[str, ...]


def merged_settings(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Return the settings that both sides wanted; exchanging the sides gives the same values.

    A list gets what either added and loses what either removed. Of a value that both changed
    differently, the one whose text sorts last stays, and the other one becomes a remark at the end
    of the file: ``# call.limit = 15 #settle``. What one removed and the other changed stays.

    Args:
        base: the version both come from, ``b""`` for none.
        ours: one version; its comments and its order stay.
        theirs: the other; its comments come along with what is new.

    Returns:
        The text, which says just that; None where one of them is no TOML, or where the two are
        written so differently that neither can be edited into it.
    """
    values = [values_of(text) for text in (base, ours, theirs)]
    before, mine, other = values
    if before is None or mine is None or other is None:
        return None
    lost: list[tuple[Path, Any]] = []
    wanted = _merged(before, mine, other, (), lost)
    asked = _asked(base, ours, theirs) | {_question(path, value) for path, value in lost}
    for first, second in ((ours, theirs), (theirs, ours)):
        text = _edited(base, first, second)
        if text is not None and values_of(text) == wanted:
            return _with_questions(text, asked)
    return None


def questions_in(text: bytes) -> list[str]:
    """Return the remarks that merges left in settings, as they stand."""
    lines = (line.decode("utf-8", "replace").rstrip("\r") for line in text.split(b"\n"))
    return [line for line in lines if line.startswith("# ") and line.endswith(f" {TAG}")]


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


def _asked(base: bytes, ours: bytes, theirs: bytes) -> set[str]:
    """Return the remarks of earlier merges that neither side has settled."""
    before, mine, other = (set(questions_in(text)) for text in (base, ours, theirs))
    return (mine & other) | ((mine | other) - before)


def _question(path: Path, value: Any) -> str:
    import tomlkit

    name = tomlkit.key(path).as_string()
    said = " ".join(tomlkit.item(value).as_string().split())
    return f"# {name} = {said} {TAG}"


def _with_questions(text: bytes, asked: Collection[str]) -> bytes:
    """Return settings with these remarks at their end, each once, and no other ones."""
    if not asked and not questions_in(text):
        return text
    end = b"\r\n" if b"\r\n" in text else b"\n"
    standing = {line.encode("utf-8") for line in questions_in(text)}
    lines = [line for line in text.split(b"\n") if line.rstrip(b"\r") not in standing]
    kept = b"\n".join(lines).rstrip(b"\r\n")
    remarks = b"".join(line.encode("utf-8") + end for line in sorted(asked))
    return kept + end + (end + remarks if remarks else b"")


def _merged(
    base: Mapping[str, Any],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    path: Path,
    lost: list[tuple[Path, Any]],
) -> dict[str, Any]:
    """Return what both sides wanted, as plain values; put into `lost` what did not win."""
    found = {}
    for key in {**ours, **theirs}:
        old, mine, other = (side.get(key, _ABSENT) for side in (base, ours, theirs))
        if isinstance(mine, dict) and isinstance(other, dict):
            before = old if isinstance(old, dict) else {}
            found[key] = _merged(before, mine, other, (*path, key), lost)
        elif (value := _wanted(old, mine, other)) is not _ABSENT:
            found[key] = value
            lists = isinstance(mine, list) and isinstance(other, list)
            if not lists and old not in (mine, other) and _ABSENT not in (mine, other):
                lost += [((*path, key), one) for one in (mine, other) if one != value]
    return found


def _wanted(old: Any, mine: Any, other: Any) -> Any:
    """Return what is to stand: both lists' items, what one side changed, or what sorts last."""
    if other in (old, mine):
        return mine
    if mine == old:
        return other
    if mine is _ABSENT or other is _ABSENT:
        return other if mine is _ABSENT else mine
    if isinstance(mine, list) and isinstance(other, list):
        return _joined_list(old if isinstance(old, list) else [], mine, other)
    return max(mine, other, key=lambda one: str(one).encode("utf-8"))


def _joined_list(old: Sequence[Any], mine: Sequence[Any], other: Sequence[Any]) -> list[Any]:
    gone = [item for item in old if item not in mine or item not in other]
    kept = [item for item in old if item not in gone]
    new = [item for item in [*mine, *other] if item not in old]
    return kept + sorted({str(item): item for item in new}.values(), key=str)


def _edited(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Return our text with what the other side changed, None where it cannot be written there."""
    import tomlkit

    try:
        first, second, third = (
            tomlkit.parse(text.decode("utf-8-sig")) for text in (base, ours, theirs)
        )
        new = list(_bring(first, second, third))
        text = tomlkit.dumps(second)
    except Exception:  # tomlkit fails in many ways at a table written in parts
        return None
    for path, lines in sorted(new):
        text = with_table(text, path, lines)
    return text.encode("utf-8")


def _bring(
    base: Mapping[str, Any],
    ours: MutableMapping[str, Any] | TOMLDocument,
    theirs: Mapping[str, Any],
    path: Path = (),
) -> Iterator[tuple[Path, str]]:
    """Bring what the other side changed into ours; yield the tables that ours does not have."""
    for key in [*theirs, *(key for key in base if key not in theirs)]:
        old, mine, other = (side.get(key, _ABSENT) for side in (base, ours, theirs))
        if hasattr(mine, "items") and hasattr(other, "items"):
            yield from _bring(old if hasattr(old, "items") else {}, mine, other, (*path, key))
            continue
        wanted = _wanted(_plain(old), _plain(mine), _plain(other))
        if wanted is _ABSENT:
            ours.pop(key, None)
        elif mine is _ABSENT and _is_table(other):
            yield from _tables(other, (*path, key))
        elif mine is _ABSENT or wanted != _plain(mine):
            ours[key] = other if wanted == _plain(other) else wanted


def _is_table(value: Any) -> bool:
    """Tell whether a value is written in lines of its own below its name in brackets."""
    from tomlkit.items import Table

    return isinstance(value, Table)


def _tables(table: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield a table, or those of which it is only the common beginning of the names."""
    if not table.is_super_table():
        yield path, _lines_of(path, table)
        return
    for key, inner in table.items():
        if _is_table(inner):
            yield from _tables(inner, (*path, key))


def _lines_of(path: Path, table: Any) -> str:
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


def _plain(value: Any) -> Any:
    return value.unwrap() if hasattr(value, "unwrap") else value
