"""Hold the text of a head and the characters that cover parts of it, every place unmoved."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import chain

_SPECIAL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|\r(?!\n)"
)
"""What YAML refuses, and what it takes for a line end while we do not."""


class Covers:
    """A YAML text, line by line, and the same text with covers.

    Characters that no YAML reader takes have stand-ins from the start: characters for private use
    that the text does not hold itself.

    Attributes:
        text: the text with these stand-ins; the covers are not in it.
        lines: its lines without their ends.
        starts: the offset of each line.
        originals: stand-in character -> the character of the file, for `str.translate`.
        invisible: the lines, from 0, with control characters.
    """

    def __init__(self, yaml_text: str) -> None:
        used = set(yaml_text)
        private = chain(range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))
        self._free = (chr(code) for code in private if chr(code) not in used)
        self._stand_ins: dict[str, str] = {}
        self.originals: dict[int, str] = {}
        self.text = _SPECIAL.sub(lambda match: self._stand_in(match[0]), yaml_text)
        self.lines = [line.removesuffix("\r") for line in self.text.split("\n")]
        self.starts = [0]
        for line in self.text.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        controls = {chr(c) for c, old in self.originals.items() if not "\ud800" <= old <= "\udfff"}
        self.invisible = [n for n, line in enumerate(self.lines) if not controls.isdisjoint(line)]
        self._characters = list(self.text)

    def clear(self) -> None:
        """Take all covers off."""
        self._characters = list(self.text)

    def shadow(self) -> str:
        """Return the text with its covers."""
        return "".join(self._characters)

    def line_at(self, offset: int) -> int:
        """Return the line, from 0, of a character."""
        return bisect_right(self.starts, offset) - 1

    def original(self, index: int, column: int, end: int) -> str:
        """Return what stands in the file in a line between two columns."""
        return self.lines[index][column:end].translate(self.originals)

    def fill(self, index: int, column: int, end: int, character: str) -> None:
        """Cover a line between two columns by one character over and over."""
        start = self.starts[index]
        self._characters[start + column : start + end] = character * (end - column)

    def stand_in(self, offset: int) -> None:
        """Cover one character by its stand-in."""
        self._characters[offset] = self._stand_in(self.text[offset])

    def piece(self, start: int, end: int) -> str:
        """Return what stands between two offsets now, covers included."""
        return "".join(self._characters[start:end])

    def put_back(self, start: int, piece: str) -> None:
        """Let a piece stand as it was."""
        self._characters[start : start + len(piece)] = piece

    def _stand_in(self, character: str) -> str:
        found = self._stand_ins.get(character)
        if found is None:
            found = self._stand_ins[character] = next(self._free)
            self.originals[ord(found)] = character
        return found
