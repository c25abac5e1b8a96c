"""Read the lines of a unit again, from its file as it is now."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from crm_md.index.rows import OWN
from crm_md.index.units import own_lines, parts_of_file

Lines = list[tuple[int, str]]


class UnitTexts:
    """The texts of the files that a search looks into, each read once.

    Args:
        read_text: gives the text of a path, None where it cannot be read.
    """

    def __init__(
        self, database: sqlite3.Connection, read_text: Callable[[str], str | None]
    ) -> None:
        self._database = database
        self._read_text = read_text
        self._files: dict[int, list[str]] = {}

    def lines(self, file: int, unit: int) -> Lines:
        """Return the lines of a unit with their numbers, from 1; [] if the file is gone."""
        text = self._files.get(file)
        if text is None:
            text = self._files[file] = self._read(file)
        if unit == OWN:
            numbers = own_lines(parts_of_file(self._database, file), len(text))
            return [(number, text[number - 1]) for number in numbers]
        found = self._database.execute(
            "SELECT line, end FROM entries WHERE file = ? AND unit = ?", (file, unit)
        ).fetchone()
        line, end = found or (1, 1)
        return [(number, text[number - 1]) for number in range(line, min(end, len(text) + 1))]

    def _read(self, file: int) -> list[str]:
        (path,) = self._database.execute("SELECT path FROM files WHERE id = ?", (file,)).fetchone()
        return [line.rstrip("\r") for line in (self._read_text(path) or "").split("\n")]
