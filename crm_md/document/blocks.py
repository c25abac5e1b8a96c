"""Walk through a text block by block, as CommonMark prescribes, where a quick look is not enough.

Source: CommonMark 0.31.2, "Appendix: A parsing strategy", phase 1: each line is first matched
against the open containers (quotes and list items), then looked through for new blocks.
"""

from __future__ import annotations

import re

from crm_md.document.outline import Heading, Outline, heading_title

_ATX = re.compile(r"(#{1,6})(?=[ \t]|\Z)(.*)", re.DOTALL)
_FENCE = re.compile(r"`{3,}(?=[^`]*\Z)|~{3,}", re.DOTALL)
_FENCE_END = re.compile(r"(`{3,}|~{3,})[ \t]*\Z")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*\Z")
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})\Z")
_BULLET = re.compile(r"[*+-](?=[ \t]|\Z)")
_NUMBER = re.compile(r"([0-9]{1,9})[.)](?=[ \t]|\Z)")

_TAG_NAME = r"[A-Za-z][A-Za-z0-9-]*"
_ATTRIBUTE = (
    r"[ \t]+[A-Za-z_:][A-Za-z0-9_.:-]*"
    r"(?:[ \t]*=[ \t]*(?:[^\"'=<>`\x00-\x20]+|'[^']*'|\"[^\"]*\"))?"
)
_NAMES = (
    "address article aside base basefont blockquote body caption center col colgroup dd details "
    "dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 "
    "head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option "
    "p param search section summary table tbody td tfoot th thead title tr track ul"
).replace(" ", "|")
# Start of an HTML block, what ends it (None: a blank line), the line that would close it.
_HTML: tuple[tuple[re.Pattern[str], re.Pattern[str] | None, str], ...] = (
    (
        re.compile(r"<(?:script|pre|style|textarea)(?=[ \t>]|\Z)", re.IGNORECASE),
        re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
        "</pre>",
    ),
    (re.compile(r"<!--"), re.compile(r"-->"), "-->"),
    (re.compile(r"<\?"), re.compile(r"\?>"), "?>"),
    (re.compile(r"<![A-Za-z]"), re.compile(r">"), ">"),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>"), "]]>"),
    (re.compile(rf"</?(?:{_NAMES})(?=[ \t]|/?>|\Z)", re.IGNORECASE), None, ""),
)
_ONLY_A_TAG = re.compile(
    rf"(?:<{_TAG_NAME}(?:{_ATTRIBUTE})*[ \t]*/?>|</{_TAG_NAME}[ \t]*>)[ \t]*\Z"
)


class _Item:
    """An open list item: how far its content is indented, and whether it has any yet."""

    __slots__ = ("empty", "indent")

    def __init__(self, indent: int) -> None:
        self.indent = indent
        self.empty = True


class _Walk:
    """The state between two lines: the open containers and the open leaf in the innermost one."""

    def __init__(self) -> None:
        self.open: list[_Item | None] = []  # None is a quote
        self.leaf = ""  # "paragraph", "code", "fence", "html" or ""
        self.fence = ""
        self.html_end: re.Pattern[str] | None = None
        self.html_close = ""
        self.hides = False  # this line is code, HTML or comment
        self.begins = False  # and the first one of it
        self.heading: re.Match[str] | None = None

    def take(self, line: str) -> None:
        """Take the next line, tabs made blanks; `hides`, `begins` and `heading` then tell of it."""
        self.hides, self.begins, self.heading = False, False, None
        matched, at = self._enter(line)
        stays = matched == len(self.open)
        blank = not line[at:].strip(" ")
        if stays and self.leaf in ("fence", "html") and self._goes_on(line, at, blank):
            return
        if blank:
            self._blank(matched)
            return
        self._start_blocks(line, at, matched)

    def closing(self) -> str:
        """Return the line that closes a top-level fence or comment, "" where none is open."""
        if not self.open and self.leaf == "fence":
            return self.fence
        if not self.open and self.leaf == "html" and self.html_end is not None:
            return self.html_close
        return ""

    def _enter(self, line: str) -> tuple[int, int]:
        """Return how many containers go on in this line, and where their content starts in it."""
        at = matched = 0
        for container in self.open:
            rest = line[at:]
            body = rest.lstrip(" ")
            indent = len(rest) - len(body)
            if container is None:
                if indent > 3 or body[:1] != ">":
                    break
                at += indent + 1
                at += line[at : at + 1] == " "
            elif not body:
                if container.empty:
                    break
                at = len(line)
            elif indent >= container.indent:
                at += container.indent
            else:
                break
            matched += 1
        return matched, at

    def _goes_on(self, line: str, at: int, blank: bool) -> bool:
        """Say whether the open fence or HTML takes this line."""
        if self.leaf == "fence":
            self.hides = True
            rest = line[at:].lstrip(" ")
            end = _FENCE_END.match(rest) if len(line) - at - len(rest) <= 3 else None
            if end and end[1].startswith(self.fence):
                self.leaf = ""
            return True
        if self.html_end is None and blank:
            return False
        self.hides = True
        if self.html_end is not None and self.html_end.search(line, at):
            self.leaf = ""
        return True

    def _blank(self, matched: int) -> None:
        """A blank line ends paragraphs and the containers that do not reach it, code goes on."""
        if matched < len(self.open) or self.leaf != "code":
            self.leaf = ""
        del self.open[matched:]

    def _start_blocks(self, line: str, at: int, matched: int) -> None:
        """Open what begins in this line, or let it go on with the paragraph."""
        in_paragraph = self.leaf == "paragraph"
        while True:
            rest = line[at:].lstrip(" ")
            indent = len(line) - at - len(rest)
            lazy = in_paragraph and matched < len(self.open)
            direct = in_paragraph and not lazy
            if not rest:
                return
            if indent >= 4:
                if not in_paragraph:
                    self._close(matched)
                    self.leaf = "code"
                return
            if rest[0] == ">":
                self._close(matched)
                self.open.append(None)
                at += indent + 1
                at += line[at : at + 1] == " "
            elif self._starts_leaf(rest, matched, lazy, direct):
                return
            elif (width := _item_width(rest, direct)) is not None:
                self._close(matched)
                self.open.append(_Item(indent + width))
                at = min(at + indent + width, len(line))
            else:
                if not in_paragraph:
                    self._close(matched)
                    self.leaf = "paragraph"
                return
            matched = len(self.open)
            in_paragraph = False

    def _starts_leaf(self, rest: str, matched: int, lazy: bool, direct: bool) -> bool:
        """Open a heading, fence, HTML block or rule if this is the start of one."""
        if heading := _ATX.match(rest):
            self._close(matched)
            self.heading = heading if not self.open else None
        elif fence := _FENCE.match(rest):
            self._close(matched)
            self.leaf, self.fence = "fence", fence[0]
            self.hides = self.begins = True
        elif rest[0] == "<" and self._starts_html(rest, matched, lazy or direct):
            pass
        elif direct and _UNDERLINE.match(rest):
            self.leaf = ""
        elif _RULE.match(rest):
            self._close(matched)
        else:
            return False
        return True

    def _starts_html(self, rest: str, matched: int, in_paragraph: bool) -> bool:
        for start, end, close in _HTML:
            if start.match(rest):
                self._close(matched)
                self.hides = self.begins = True
                self.html_end, self.html_close = end, close
                self.leaf = "" if end is not None and end.search(rest) else "html"
                return True
        if not in_paragraph and _ONLY_A_TAG.match(rest):
            self._close(matched)
            self.hides = self.begins = True
            self.leaf, self.html_end = "html", None
            return True
        return False

    def _close(self, matched: int) -> None:
        """Close what this line does not go on with, before something new begins in it."""
        del self.open[matched:]
        self.leaf = ""
        if self.open and (item := self.open[-1]) is not None:
            item.empty = False


def _item_width(rest: str, direct: bool) -> int | None:
    """Return how wide a list item's marker is with the blanks behind it, None if it is none.

    Directly below the text of a paragraph no empty item and no number but 1 starts a list.
    """
    marker = _BULLET.match(rest) or _NUMBER.match(rest)
    if marker is None:
        return None
    content = rest[marker.end() :].lstrip(" ")
    if direct and (not content or (marker.re is _NUMBER and int(marker[1]) != 1)):
        return None
    blanks = len(rest) - marker.end() - len(content)
    return marker.end() + (blanks if content and blanks <= 4 else 1)


def read_blocks(text: str, start: int, first_line: int) -> Outline:
    """Return the outline of a text in which a heading may not be one.

    Args:
        text: the whole file.
        start: offset where the body begins.
        first_line: the line of the file, from 1, at that offset.
    """
    walk = _Walk()
    headings: list[Heading] = []
    hidden: list[tuple[int, int]] = []
    at = opened = start
    for number, raw in enumerate(text[start:].split("\n"), first_line):
        line = raw.removesuffix("\r")
        walk.take(line.expandtabs(4) if "\t" in line else line)
        opened = at if walk.begins else opened
        end = at + len(line)
        if walk.heading:
            level, title = len(walk.heading[1]), line.lstrip(" ").lstrip("#")
            headings.append(Heading(level, heading_title(title), number, at, end))
        elif walk.hides:
            if hidden and hidden[-1][1] == at - 1:
                hidden[-1] = (hidden[-1][0], at + len(raw))
            else:
                hidden.append((at, at + len(raw)))
        at += len(raw) + 1
    closing = walk.closing()
    visible = _blanked(text, hidden)
    return Outline(tuple(headings), tuple(hidden), closing, opened if closing else -1, visible)


def _blanked(text: str, hidden: list[tuple[int, int]]) -> str:
    """Return the text with these places blanked; lines stay lines."""
    if not hidden:
        return text
    parts, after = [], 0
    for begin, end in hidden:
        parts.append(text[after:begin])
        parts.append("\n".join(" " * len(line) for line in text[begin:end].split("\n")))
        after = end
    parts.append(text[after:])
    return "".join(parts)
