"""Turn the bytes of a file into text without losing one, and say what is odd about them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from crm_md.errors import LARGEST, FileUnreadable

if TYPE_CHECKING:
    from crm_md.model import Finding

BOM = b"\xef\xbb\xbf"

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BROKEN = re.compile("[\udc80-\udcff]")
_MARKER = re.compile(r"^(?:<{7}(?: |\r?$)|={7}\r?$|>{7}(?: |\r?$))", re.MULTILINE)


class Decoded(NamedTuple):
    """The text of a file.

    Attributes:
        text: bytes that are no UTF-8 stand as surrogates, so that it is written back byte by byte.
        shown: of the same length, with those bytes as Windows-1252 would read them.
        bom: whether a byte order mark precedes the text.
        newline: what most lines end with.
        findings: a byte order mark, undecodable bytes, NULs, conflict markers.
    """

    text: str
    shown: str
    bom: bool
    newline: str
    findings: tuple[Finding, ...]


def decode(data: bytes, path: str) -> Decoded:
    """Return the text of a file.

    Args:
        data: the whole file.
        path: for the error.

    Raises:
        FileUnreadable: it is larger than 16 MiB, UTF-16, or full of NUL bytes.
    """
    if len(data) > LARGEST:
        raise FileUnreadable(path, "large")
    if data.startswith(_UTF_16):
        raise FileUnreadable(path, "utf-16")
    if data.count(0) * 20 > len(data):
        raise FileUnreadable(path, "binary")
    bom = data.startswith(BOM)
    if bom:
        data = data[len(BOM) :]
    text = data.decode("utf-8", "surrogateescape")
    shown = text
    is_broken = not text.isascii() and bool(_BROKEN.search(text))
    if is_broken:
        shown = _BROKEN.sub(_as_windows_1252, text)
    marked = "<<<<<<<" in text or ">>>>>>>" in text
    odd = bom or is_broken or marked or "\x00" in text
    return Decoded(text, shown, bom, newline_of(text), _findings(text, bom) if odd else ())


def _findings(text: str, bom: bool) -> tuple[Finding, ...]:
    """Say what is odd about a text; most have nothing, and do without the words for it."""
    from crm_md.document import slips

    findings = [slips.byte_order_mark()] if bom else []
    lines = [number for number, line in enumerate(text.split("\n"), 1) if _BROKEN.search(line)]
    if lines:
        findings.append(slips.undecodable(lines[0], len(lines)))
    if "\x00" in text:
        findings.append(slips.nul_character(_line(text, text.index("\x00"))))
    if "<<<<<<<" in text or ">>>>>>>" in text:
        findings += [slips.conflict_marker(line) for line in _conflicts(text)]
    return tuple(findings)


def encode(text: str, bom: bool) -> bytes:
    """Return the bytes of a text: those that it was decoded from, surrogates included."""
    data = text.encode("utf-8", "surrogateescape")
    return BOM + data if bom else data


def newline_of(text: str) -> str:
    """Return what most lines end with."""
    windows = text.count("\r\n")
    return "\r\n" if windows * 2 > text.count("\n") else "\n"


def first_conflict(data: bytes) -> int:
    """Return the line where a merge was left open, 0 if all are settled.

    Args:
        data: the whole file.
    """
    if b"<<<<<<<" not in data and b">>>>>>>" not in data:
        return 0
    lines = _conflicts(data.decode("utf-8", "surrogateescape"))
    return lines[0] if lines else 0


def _conflicts(text: str) -> list[int]:
    """Return the lines where a conflict begins, as Git marks it; a row of ``=`` alone is none."""
    places: dict[str, list[int]] = {"<": [], "=": [], ">": []}
    for match in _MARKER.finditer(text):
        places[match[0][0]].append(_line(text, match.start()))
    return places["<"] or (places[">"] if places["="] else [])


def _as_windows_1252(match: re.Match[str]) -> str:
    byte = bytes([ord(match[0]) - 0xDC00])
    try:
        return byte.decode("cp1252")
    except UnicodeDecodeError:  # five bytes mean nothing there
        return byte.decode("latin-1")


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
