"""Make a mail's text plain, and part what is new in it from quoted mails and the signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from crm_md.frozen import dataclass

_ORIGINAL = re.compile(
    r"-{2,}\s*(?:ursprüngliche nachricht|original(?:nachricht|[ -](?:message|nachricht)))\s*-{2,}",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"(?:am|on|le)\s.{4,200}?(?:schrieb|wrote|hat geschrieben|a écrit)\b.{0,200}:",
    re.IGNORECASE | re.DOTALL,
)
_FROM = re.compile(r"\*?(?:von|from):\*?\s*\S", re.IGNORECASE)
_OTHER = re.compile(
    r"\*?(?:gesendet|sent|datum|date|an|to|cc|betreff|subject)(?: am)?:\*?(?:\s|\Z)", re.IGNORECASE
)
_RULE = re.compile(r"[_-]{8,}\s*\Z")
_MOBILE = re.compile(
    r"(?:von meinem .{2,40} gesendet|sent from my .{2,40}|gesendet mit .{2,60}"
    r"|get outlook for .+)\.?",
    re.IGNORECASE,
)
_LONGEST_SIGNATURE = 20  # lines
_LINES_OF_INTRODUCTION = 3  # "Am Freitag … schrieb Heike Petersen <…>:" is wrapped
_SKIPPED = frozenset(("script", "style", "head", "title", "template"))
_BLOCKS = frozenset(
    (
        *("p", "div", "tr", "table", "ul", "ol", "blockquote", "pre", "hr", "section", "article"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "li", "header", "footer", "address"),
    )
)
_SPACED = frozenset(("p", "table", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(frozen=True, slots=True)
class Cut:
    """The text of a mail in its parts.

    Attributes:
        text: what is new.
        quoted: earlier mails that were quoted, "" if none.
        signature: what stands below the line that parts it off, "" if nothing.
        whole: all of it, as it came.
    """

    text: str
    quoted: str
    signature: str
    whole: str


def cut(text: str) -> Cut:
    """Part what is new in a mail from what was quoted and from the signature.

    Answers between quoted lines stay with them: then nothing is cut. Where nothing would be left,
    as in a mail that was only passed on, all is new.

    Args:
        text: of the mail, plain.
    """
    whole = _tidy(text)
    lines = whole.split("\n")
    begin, end = _history(lines)
    quoted = lines[begin:end]
    new = lines[:begin] + lines[end:]
    if not any(line.strip() for line in new):
        quoted, new = [], lines
    at = _signature(new)
    words, old, signature = ("\n".join(part).strip("\n") for part in (new[:at], quoted, new[at:]))
    return Cut(words, old, signature, whole)


def plain_of_html(html: str) -> str:
    """Return the words of an HTML text, line by line; quoted blocks stand behind ``>``."""
    parser = _Plain()
    parser.feed(html)
    parser.close()
    return parser.text()


def _tidy(text: str) -> str:
    """Return a text with plain blanks and line ends, and single blank lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\xa0", " ").translate(
        dict.fromkeys((0x200B, 0x200C, 0x200D, 0xFEFF, 0xAD))
    )
    lines = [line.rstrip() if line != "-- " else line for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _history(lines: Sequence[str]) -> tuple[int, int]:
    """Return where quoted mails begin and end; both are the end where there are none."""
    for place, line in enumerate(lines):
        words = line.strip()
        if _ORIGINAL.match(words) or _is_header(lines, place):
            above = place - 1 if place and _RULE.match(lines[place - 1].strip()) else place
            return above, len(lines)
        if introduction := _introduction(lines, place):
            return _quote(lines, place, place + introduction)
    last = len(lines)
    while last and (not lines[last - 1].strip() or lines[last - 1].startswith(">")):
        last -= 1
    return (
        (last, len(lines)) if any(line[:1] == ">" for line in lines[last:]) else (len(lines),) * 2
    )


def _quote(lines: Sequence[str], place: int, behind: int) -> tuple[int, int]:
    """Return how far a quote reaches that is introduced here: "Am … schrieb …:"."""
    marked = [at for at in range(behind, len(lines)) if lines[at].startswith(">")]
    if not marked:
        return place, len(lines)
    rest = [at for at in range(behind, len(lines)) if lines[at].strip() and at not in set(marked)]
    if not rest:
        return place, len(lines)
    own = any(line.strip() for line in lines[:place])
    if not own and rest[0] > marked[-1]:  # the answer stands below the quote
        return place, rest[0]
    return (len(lines),) * 2


def _introduction(lines: Sequence[str], place: int) -> int:
    """Return of how many lines "Am … schrieb …:" is made that begins here, 0 if none does."""
    if not re.match(r"(?:am|on|le)\s", lines[place].strip(), re.IGNORECASE):
        return 0
    for count in range(1, _LINES_OF_INTRODUCTION + 1):
        words = " ".join(line.strip() for line in lines[place : place + count])
        if _WROTE.fullmatch(words):
            return count
    return 0


def _is_header(lines: Sequence[str], place: int) -> bool:
    """Say whether the lines of an older mail begin here: "Von: …", "Gesendet: …", "An: …"."""
    if not _FROM.match(lines[place].strip()):
        return False
    following = [line.strip() for line in lines[place + 1 : place + 6]]
    return sum(bool(_OTHER.match(line)) for line in following) > 1


def _signature(lines: Sequence[str]) -> int:
    """Return where the signature begins. Source: RFC 3676 § 4.3, and what telephones add."""
    for place, line in enumerate(lines):
        if line in ("-- ", "--") and place and len(lines) - place <= _LONGEST_SIGNATURE:
            return place
    last = len(lines)
    while last and not lines[last - 1].strip():
        last -= 1
    return last - 1 if last > 1 and _MOBILE.fullmatch(lines[last - 1].strip()) else len(lines)


class _Plain(HTMLParser):
    """Gathers the words of an HTML text, with line breaks where a reader sees them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._skipped = 0
        self._quoted = 0
        self._kept = 0  # within <pre>

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipped += 1
        if tag == "br":
            self._break()
        elif tag in _BLOCKS:
            self._open(spaced=tag in _SPACED)
        if tag == "blockquote":
            self._quoted += 1
            self._lines[-1] = self._mark()
        self._kept += tag == "pre"
        if tag == "li":
            self._lines[-1] += "- "
        elif tag in ("td", "th") and self._lines[-1].strip():
            self._lines[-1] += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped = max(self._skipped - 1, 0)
        if tag == "blockquote":
            self._open(spaced=False)
            self._quoted = max(self._quoted - 1, 0)
            self._lines[-1] = self._mark()
        if tag in _BLOCKS:
            self._open(spaced=tag in _SPACED)
        if tag == "pre":
            self._kept = max(self._kept - 1, 0)

    def handle_data(self, data: str) -> None:
        if self._skipped:
            return
        if self._kept:
            first, *rest = data.split("\n")
            self._lines[-1] += first
            self._lines += [f"{self._mark()}{line}" for line in rest]
            return
        words = re.sub(r"[ \t\r\n\f]+", " ", data)
        if not self._lines[-1].strip("> "):
            words = words.lstrip(" ")
        self._lines[-1] += words

    def text(self) -> str:
        """Return what was gathered."""
        return "\n".join(line.rstrip() for line in self._lines)

    def _mark(self) -> str:
        return "> " if self._quoted else ""

    def _break(self) -> None:
        self._lines.append(self._mark())

    def _open(self, *, spaced: bool) -> None:
        """Begin a new line where one stands, and leave one blank where a reader sees it."""
        if self._lines[-1].strip("> "):
            self._break()
        else:
            self._lines[-1] = self._mark()
        blank = len(self._lines) > 1 and not self._lines[-2].strip("> ")
        if spaced and not blank and len(self._lines) > 1:
            self._break()
