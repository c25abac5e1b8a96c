"""Ask SQLite for some rows by their numbers, or for all where picking them would take longer."""

from __future__ import annotations

from collections.abc import Collection

_FEW = 500


def among(column: str, numbers: Collection[int]) -> tuple[str, tuple[int, ...]]:
    """Return the SQL that a column has one of these numbers, and its values.

    Many numbers pick nothing: every row comes, and the caller leaves out what it did not ask for.
    """
    if len(numbers) > _FEW:
        return "1", ()
    return f"{column} IN ({','.join('?' * len(numbers))})", tuple(numbers)
