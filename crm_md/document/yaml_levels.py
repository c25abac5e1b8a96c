"""Follow the indentation of a head: which list or mapping a line belongs to, if to any."""

from __future__ import annotations

from typing import Literal

from crm_md.document.yaml_nodes import DEEPEST

Kind = Literal["map", "seq"]
Misfit = Literal["no entry", "misfit", "too deep"]


class Level:
    """An open list or mapping: its column, and whether its last entry still awaits a value."""

    __slots__ = ("column", "kind", "open")

    def __init__(self, column: int, kind: Kind, open_: bool) -> None:
        self.column, self.kind, self.open = column, kind, open_


class Levels:
    """The lists and mappings that are open at a line, outermost first."""

    def __init__(self) -> None:
        self._levels: list[Level] = []

    @property
    def top(self) -> Level | None:
        """The innermost one, None before the first entry."""
        return self._levels[-1] if self._levels else None

    def close_root(self) -> None:
        """The whole head is one value in braces: nothing can follow."""
        self._levels.append(Level(-1, "map", False))

    def enter(self, column: int, kind: Kind) -> Misfit | None:
        """Open, or go on with, the list or mapping whose entry begins at this column.

        Returns:
            What is wrong, and then nothing has changed; else None.
        """
        levels = self._levels
        depth = len(levels)
        while depth and levels[depth - 1].column > column:
            depth -= 1
        if not depth:
            return self._enter_root(column, kind)
        level = levels[depth - 1]
        if level.column == column and level.kind == kind:
            del levels[depth:]
            level.open = kind == "seq"
            return None
        if level.column == column and kind == "map":  # after a list as far left as its key
            return self._leave_list(depth)
        if not level.open:
            return "misfit"
        if depth >= DEEPEST:
            return "too deep"
        level.open = False
        levels.append(Level(column, kind, kind == "seq"))
        return None

    def _enter_root(self, column: int, kind: Kind) -> Misfit | None:
        if self._levels:
            return "misfit"
        if kind == "seq":
            return "no entry"
        self._levels.append(Level(column, kind, False))
        return None

    def _leave_list(self, depth: int) -> Misfit | None:
        if depth < 2 or self._levels[depth - 2].column != self._levels[depth - 1].column:
            return "misfit"
        del self._levels[depth - 1 :]
        return None
