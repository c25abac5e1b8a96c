"""Ask in SQL what several rooms ask: for rows by their numbers, for customers by their place."""

from __future__ import annotations

from collections.abc import Collection

from crm_md.likeness import fold

_FEW = 500


def among(column: str, numbers: Collection[int]) -> tuple[str, tuple[int, ...]]:
    """Return the SQL that a column has one of these numbers, and its values.

    Many numbers pick nothing: every row comes, and the caller leaves out what it did not ask for.
    """
    if len(numbers) > _FEW:
        return "1", ()
    return f"{column} IN ({','.join('?' * len(numbers))})", tuple(numbers)


def place_condition(place: str) -> tuple[str, list[object]]:
    """Return the SQL that asks for a postcode's beginning, or that of a word of the city."""
    key = fold(place)
    if key[:1].isdigit():
        return "substr(zip, 1, ?) = ?", [len(key), key]
    return "instr(' ' || city_key, ?)", [f" {key}"]
