"""Cover what breaks YAML by stand-ins of equal length, so that all the rest of a head can be read.

A value that YAML would refuse or misread is covered by ``x``, a line that is no entry by ``#``;
every place stays where it was, and the reader takes the covered text from the original.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from crm_md.document import head_slips as slips
from crm_md.document.head_covers import Covers
from crm_md.document.yaml_levels import Levels, Misfit
from crm_md.document.yaml_nodes import reads_well
from crm_md.document.yaml_spans import close_flow, close_quote
from crm_md.model import Finding

ROUNDS = 30  # how often YAML may fail on lines that look well before the rest is set aside

_NOT_BLANK = re.compile(r"[^ \t]|$")
_DASH = re.compile(r"-(?=[ \t]|$)")
_COMMENT = re.compile(r"(?<=[ \t])#(?![^\W_])")
_GLUED_HASH = re.compile(r"(?<=[ \t])#(?=[^\W_])")
_COLON = re.compile(r":(?=[ \t]|$)")
_QUOTED_KEY = re.compile(r"""((?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]*):(?=[ \t]|$)""")
_BLOCK_HEADER = re.compile(r"[|>](?:[+-]?([1-9])?|([1-9])[+-])(?:[ \t]*$|[ \t]+#)")
_PROPERTIES = re.compile(r"(?:[&!*][^ \t]*(?:[ \t]+|$))+")
_NOT_PLAIN = re.compile(r"[,\[\]{}#&*!|>'\"%@`]|[-?:](?=[ \t]|$)")
_DOCUMENT_MARK = re.compile(r"(?:---|\.\.\.)(?:[ \t]|$)")

Slip: TypeAlias = Callable[[int, str], Finding]

_SLIPS: dict[Misfit, Slip] = {
    "no entry": slips.no_entry,
    "misfit": slips.misfit,
    "too deep": slips.too_deep,
}


class Repair:  # one grammar with one state, line by line: it would not gain from being two files
    """The stand-in text of one head, and what was covered in it.

    Attributes:
        originals: stand-in character -> the character of the file, for `str.translate`.
        findings: what the last `shadow` covered; their lines are those of the file.
    """

    def __init__(self, yaml_text: str) -> None:
        self._covers = Covers(yaml_text)
        self._lines = self._covers.lines
        self.originals = self._covers.originals
        self.findings: list[Finding] = []
        self._as_text: set[int] = set()
        self._aside: set[int] = set()
        self._aside_from = len(self._lines)

    def line_at(self, offset: int) -> int:
        """Return the line, from 0, of a character of the YAML text."""
        return self._covers.line_at(offset)

    def cover_more(self, line: int) -> None:
        """Cover from now on the value that begins in this line; if it was, the line; then the rest.

        Args:
            line: where YAML failed, from 0; -1 if it did not say.
        """
        line = self._begins.get(line, line)
        if not 0 <= line < self._aside_from:
            self._aside_from = 0
        elif line in self._aside or len(self._as_text) == ROUNDS:
            self._aside_from = line
        elif line in self._as_text:
            self._aside.add(line)
        else:
            self._as_text.add(line)

    def shadow(self) -> str:
        """Return the text to parse: as long as the original, with the covers in place."""
        self.findings = [slips.control_character(index + 2) for index in self._covers.invisible]
        self._covers.clear()
        self._levels = Levels()
        self._folds: int | None = None  # a text goes on in lines deeper than this column
        self._begins: dict[int, int] = {}  # line inside a long value -> line where that begins
        index = 0
        while index < len(self._lines):
            index = self._read_line(index)
        return self._covers.shadow()

    def _read_line(self, index: int) -> int:
        """Cover what is wrong in the entry that begins in this line; return the next line."""
        line = self._lines[index]
        column = self._skip_blanks(index, 0)
        if column == len(line):
            return index + 1
        if line[column] == "#":
            self._folds = None
            return index + 1
        if index in self._aside or index >= self._aside_from or _DOCUMENT_MARK.match(line):
            return self._set_aside(index, "no entry")
        if self._folds is not None and column > self._folds:
            return self._go_on(index, column)
        self._folds = None
        dashed = False
        while _DASH.match(line, column):
            if misfit := self._levels.enter(column, "seq"):
                return self._set_aside(index, misfit)
            column, dashed = self._skip_blanks(index, column + 1), True
            if self._awaits_value(index, column):
                return index + 1
        key = self._key(index, column)
        if key is not None:
            return self._read_entry(index, column, *key)
        return self._read_lone_value(index, column, dashed)

    def _read_entry(self, index: int, column: int, key_end: int, colon: int) -> int:
        """Read ``key: value``."""
        if misfit := self._levels.enter(column, "map"):
            return self._set_aside(index, misfit)
        line = self._lines[index]
        key = line[column:key_end]
        if not _QUOTED_KEY.match(line, column) and (
            _NOT_PLAIN.match(key) or _GLUED_HASH.search(key)
        ):
            self._cover(index, column, key_end, slips.key_as_text)
        value = self._skip_blanks(index, colon + 1)
        level = self._levels.top
        assert level is not None  # entered above
        level.open = self._awaits_value(index, value)
        return index + 1 if level.open else self._read_value(index, value, column)

    def _read_lone_value(self, index: int, column: int, dashed: bool) -> int:
        """Read a value behind a dash, or alone on its line below its key."""
        level = self._levels.top
        if level is not None and level.open and (dashed or column > level.column):
            level.open = False
            return self._read_value(index, column, level.column)
        if level is None and self._lines[index][column] == "{":
            self._levels.close_root()
            return self._read_value(index, column, -1)
        return self._set_aside(index, "no entry")

    def _read_value(self, index: int, column: int, parent: int) -> int:
        """Read the value that begins here; its further lines are deeper than its parent."""
        line = self._lines[index]
        if index in self._as_text or line.startswith("{{", column):
            return self._cover_value(index, column)
        first = line[column]
        if first in "&!*":
            return self._read_properties(index, column, parent)
        if first in "|>":
            return self._read_block(index, column, parent)
        if first in "\"'":
            return self._read_quoted(index, column, parent)
        if first in "[{":
            return self._read_flow(index, column, parent)
        end = self._text_end(index, column)
        if _NOT_PLAIN.match(line, column) or _COLON.search(line, column, end):
            return self._cover_value(index, column)
        self._folds = parent
        return self._go_on(index, column)

    def _go_on(self, index: int, column: int) -> int:
        """Read a line of a text without quotation marks, which may go on in the next one."""
        line = self._lines[index]
        end = self._text_end(index, column)
        if _COLON.search(line, column, end):
            return self._set_aside(index, "misfit")
        if _GLUED_HASH.search(line, column, end):
            self.findings.append(
                slips.hash_as_text(index + 2, self._covers.original(index, column, end))
            )
        for place in range(column, end):
            if line[place] in "#\t":
                self._covers.stand_in(self._covers.starts[index] + place)
        if _COMMENT.search(line, column):
            self._folds = None
        return index + 1

    def _read_properties(self, index: int, column: int, parent: int) -> int:
        """An anchor or tag before a value is text; before nested lines it is passed over."""
        line = self._lines[index]
        match = _PROPERTIES.match(line, column)
        assert match is not None  # begins with one of its signs
        behind = match.end()
        block = bool(_BLOCK_HEADER.match(line, behind))
        nothing = behind == len(line) or line[behind] == "#"
        if not (block or nothing) or not self._has_lines_below(index):
            return self._cover_value(index, column, slips.mark_as_text)
        ignored = self._covers.original(index, column, behind)
        self.findings.append(slips.mark_ignored(index + 2, ignored))
        self._covers.fill(index, column, behind, " ")
        if block:
            return self._read_block(index, behind, parent)
        level = self._levels.top
        assert level is not None  # a value has an entry
        level.open = True
        return index + 1

    def _read_block(self, index: int, column: int, parent: int) -> int:
        """Read a text in lines of their own below ``|`` or ``>``."""
        header = _BLOCK_HEADER.match(self._lines[index], column)
        below = index + 1
        while header and below < len(self._lines):
            line = self._lines[below]
            depth = _not_blank(line, 0)
            if depth < len(line) and depth <= parent:
                break
            if line.startswith("\t"):
                self._skip_blanks(below, 0)
            self._begins[below] = index
            below += 1
        empty = not any(line.strip(" \t") for line in self._lines[index + 1 : below])
        if header is None or (empty and (header[1] or header[2])):
            return self._cover_value(index, column)
        return below

    def _read_quoted(self, index: int, column: int, parent: int) -> int:
        start = self._covers.starts[index] + column
        return self._read_closed(index, column, close_quote(self._covers.text, start, parent))

    def _read_flow(self, index: int, column: int, parent: int) -> int:
        """Read a list or mapping in brackets; signs that are no text at their place are covered."""
        flow = close_flow(self._covers.text, self._covers.starts[index] + column, parent)
        if flow is None:
            return self._cover_value(index, column)
        return self._read_closed(index, column, flow.end, flow.marks)

    def _read_closed(
        self, index: int, column: int, end: int | None, marks: tuple[int, ...] = ()
    ) -> int:
        """Take a value that ends at this offset as YAML, if it is and nothing stands behind it."""
        if end is None:
            return self._cover_value(index, column)
        start = self._covers.starts[index] + column
        last = self.line_at(end)
        behind = self._lines[last][end - self._covers.starts[last] :].lstrip(" \t")
        if behind and behind[0] != "#":
            return self._cover_value(index, column)
        before = self._covers.piece(start, end)
        for mark in marks:
            self._covers.stand_in(mark)
        if not reads_well(self._covers.piece(start, end)):
            self._covers.put_back(start, before)
            return self._cover_value(index, column)
        for mark in marks:
            self.findings.append(self._mark_in_flow(mark))
        self._begins.update(dict.fromkeys(range(index + 1, last + 1), index))
        return last + 1

    def _mark_in_flow(self, mark: int) -> Finding:
        line = self.line_at(mark)
        rest = re.split(r"[,\]}\n]", self._covers.text[mark : mark + 80], maxsplit=1)[0].rstrip()
        slip = slips.hash_as_text if rest[0] == "#" else slips.mark_as_text
        return slip(line + 2, rest.translate(self.originals))

    def _key(self, index: int, column: int) -> tuple[int, int] | None:
        """Return where the key that begins here ends and where its colon stands, or None."""
        line = self._lines[index]
        if match := _QUOTED_KEY.match(line, column):
            return match.end(1), match.end(1)
        start = self._covers.starts[index] + column
        if line[column] in "\"'" and close_quote(self._covers.text, start, column) is not None:
            return None
        if line[column] in "[{":
            flow = close_flow(self._covers.text, start, column)
            end = flow.end - self._covers.starts[index] if flow else len(line)
            colon = _not_blank(line, min(end, len(line)))
            return (end, colon) if _COLON.match(line, colon) else None
        if line[column] in "-:?" and _NOT_PLAIN.match(line, column):
            return None
        colon_match = _COLON.search(line, column, self._text_end(index, column))
        if colon_match is None:
            return None
        return len(line[: colon_match.start()].rstrip(" \t")), colon_match.start()

    def _awaits_value(self, index: int, column: int) -> bool:
        """Say whether nothing but a comment stands here, so that a value can only come below."""
        line = self._lines[index]
        if column == len(line) or _COMMENT.match(line, column):
            return True
        return bool(_GLUED_HASH.match(line, column)) and self._has_lines_below(index)

    def _has_lines_below(self, index: int) -> bool:
        """Say whether the next line that is no comment belongs to the entry of this one."""
        level = self._levels.top
        assert level is not None  # an entry has one
        for below in range(index + 1, len(self._lines)):
            line = self._lines[below]
            column = _not_blank(line, 0)
            if column < len(line) and line[column] != "#":
                listed = level.kind == "map" and bool(_DASH.match(line, column))
                return column > level.column or (column == level.column and listed)
        return False

    def _cover_value(self, index: int, column: int, slip: Slip = slips.value_as_text) -> int:
        """Take the rest of this line as text; a comment stays one. Return the next line."""
        line = self._lines[index]
        if _GLUED_HASH.match(line, column):
            slip = slips.hash_as_text
        self._cover(index, column, self._text_end(index, column), slip)
        self._folds = None
        return index + 1

    def _cover(self, index: int, column: int, end: int, slip: Slip) -> None:
        self._covers.fill(index, column, end, "x")
        self.findings.append(slip(index + 2, self._covers.original(index, column, end)))

    def _set_aside(self, index: int, misfit: Misfit) -> int:
        """Make a comment of a line that is no entry; return the next line."""
        end = len(self._lines[index])
        self._covers.fill(index, 0, end, "#")
        content = self._covers.original(index, 0, end).strip(" \t")
        self.findings.append(_SLIPS[misfit](index + 2, content))
        self._folds = None
        return index + 1

    def _skip_blanks(self, index: int, column: int) -> int:
        """Return the column of the next character; tabs on the way there become blanks."""
        line = self._lines[index]
        end = _not_blank(line, column)
        if "\t" in line[column:end]:
            self._covers.fill(index, column, end, " ")
            if not line[:column].strip(" \t-") and end < len(line):
                self.findings.append(slips.tab(index + 2))
        return end

    def _text_end(self, index: int, column: int) -> int:
        """Return where the text that begins here ends: before the blanks before a comment."""
        line = self._lines[index]
        comment = _COMMENT.search(line, column + 1)
        behind = comment.start() if comment else len(line)
        end = len(line[:behind].rstrip(" \t"))
        self._skip_blanks(index, end)
        return end


def _not_blank(line: str, column: int) -> int:
    """Return the column of the first character from here that is no blank."""
    match = _NOT_BLANK.search(line, column)
    return match.start() if match else len(line)
