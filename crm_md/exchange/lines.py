"""Cut the bytes of a vCard file into properties, whatever client, version or charset wrote them."""

from __future__ import annotations

import binascii
import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping

from crm_md.frozen import dataclass

# Programs that declare Latin-1 mean Windows' superset of it. Source: WHATWG Encoding Standard.
_SINGLE_BYTE = {"iso8859-1": "cp1252", "cp1252": "cp1252", "iso8859-15": "iso8859-15"}
_LINE_ENDS = re.compile(rb"\r*\n|\r")  # CRLF, LF, CR, and the CR CR LF of iPhone back-ups
_BASE64 = re.compile(rb"(?:;|=)B(?:ASE64)?(?:;|$)")
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]+=*[ \t]*")
_NAME = re.compile(r"(?:(?P<group>[A-Za-z0-9_-]+)\.)?(?P<name>[A-Za-z0-9_/-]+)")
_ENCODINGS = frozenset(["QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"])
_CARETS = {"^n": "\n", "^^": "^", "^'": '"'}  # RFC 6868 § 3.1
_BREAKS = "\v\f\r\x85\u2028\u2029"
_UNSEEN = "\u00ad\u200b\u200e\u200f\u2060\ufeff" + "\u202a\u202b\u202c\u202d\u202e"
_CLEAN: dict[int, str | None] = {
    **dict.fromkeys([*range(32), *range(127, 160)]),
    **dict.fromkeys(map(ord, _UNSEEN)),
    **dict.fromkeys(range(0x2066, 0x206A)),
    **dict.fromkeys(range(0xD800, 0xE000)),
    **{ord(sign): "\n" for sign in "\n" + _BREAKS},
    ord("\t"): "\t",
}


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a card: ``item1.TEL;TYPE=work:0351 123``.

    Attributes:
        line: 1-based line of the file on which it begins.
        name: in capitals, without the group.
        group: ``item1`` in small letters, or "".
        params: values by name in capitals; a bare ``;WORK`` of vCard 2.1 is a TYPE.
        value: the text without folding, encoding and charset; backslashes still stand.
        damaged: some bytes are no letters in its charset and were replaced by U+FFFD.
    """

    line: int
    name: str
    group: str
    params: Mapping[str, tuple[str, ...]]
    value: str
    damaged: bool = False

    @property
    def encoded(self) -> bool:
        """Whether the value is a picture, key or sound in Base64."""
        return self.params.get("ENCODING", ("",))[0].upper() in ("B", "BASE64")

    def text(self) -> str:
        """Return the whole value as one text."""
        return plain_text(self.value)

    def parts(self, separator: str = ";") -> list[str]:
        """Return the components of the value as texts, cut at separators without a backslash."""
        return [plain_text(part) for part in _cut(self.value, separator)]


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that is no property."""

    line: int
    text: str


def read_properties(data: bytes) -> Iterator[Property | Unread]:
    """Yield what the lines of a file say, in order.

    Args:
        data: the whole file, in UTF-8 or UTF-16, with or without a byte order mark, in Latin-1 or
            a mixture, with any line ends and any folding.

    Source: RFC 6350 § 3, RFC 2426 § 2, vCard 2.1 (versit, 1996) § 2.
    """
    for number, line in _logical_lines(_in_bytes(data)):
        yield _property(number, line) or Unread(number, one_line(_decode(line, "")[0]))


def plain_text(value: str) -> str:
    r"""Return the value without escapes (``\,`` ``\;`` ``\n``) and unseen characters, in NFC.

    A backslash before a letter other than n stays (``C:\Users``): vCard 2.1 knew no such escape.
    """
    if "\\" in value:
        value = re.sub(r"\\(.)", _unescape, value, flags=re.DOTALL)
    return clean(value)


def clean(text: str) -> str:
    """Return the text in NFC, with ``\\n`` for every line end, without control characters."""
    if text.isascii() and text.isprintable():
        return text
    plain = text.replace("\r\n", "\n").translate(_CLEAN)
    return unicodedata.normalize("NFC", plain)


def one_line(text: str) -> str:
    """Return the text on one line, runs of blanks as one."""
    return " ".join(clean(text).split())


def _in_bytes(data: bytes) -> bytes:
    """Return UTF-16 as UTF-8, everything else as it is."""
    start = data[:400].upper()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    for charset in ("utf-16-le", "utf-16-be"):
        place = start.find("BEGIN".encode(charset))
        if place >= 0 and place % 2 == 0:
            return data.decode(charset, "replace").encode("utf-8", "replace")
    return data


def _logical_lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each unfolded line with its number. Unfolding is done on bytes: folds cut letters."""
    held: list[bytes] = []
    start, way = 0, ""
    for number, raw in enumerate(_LINE_ENDS.sub(b"\n", data).split(b"\n"), 1):
        raw = raw.removeprefix(codecs.BOM_UTF8)
        if held and way == "quoted" and held[-1].rstrip().endswith(b"="):
            held[-1] = held[-1].rstrip()[:-1]
            if raw.strip() and not _is_border(raw):
                held.append(raw)
                continue
        elif held and raw[:1] in (b" ", b"\t"):
            held.append(raw[1:])
            way = way or _way(b"".join(held))
            continue
        elif held and way == "base64" and _BASE64_LINE.fullmatch(raw):
            held.append(raw)
            continue
        if held:
            yield start, b"".join(held)
            held = []
        if raw.strip():
            held, start, way = [raw], number, _way(raw)
    if held:
        yield start, b"".join(held)


def _is_border(raw: bytes) -> bool:
    return raw.strip().upper() in (b"END:VCARD", b"BEGIN:VCARD")


def _way(line: bytes) -> str:
    """Tell how the value goes on in the next line: "quoted", "base64", "plain"; "" if unclear."""
    colon = _colon(line)
    if colon < 0:
        return ""
    head = line[:colon].upper()
    if b"QUOTED-PRINTABLE" in head:
        return "quoted"
    return "base64" if _BASE64.search(head) else "plain"


def _colon(line: bytes) -> int:
    """Return where the value begins: the first colon outside quotation marks, or -1."""
    first = line.find(b":")
    if b'"' not in line[:first]:
        return first
    quoted = False
    for place, sign in enumerate(line):
        if sign == 0x22 and line[place - 1 : place] != b"\\":
            quoted = not quoted
        elif sign == 0x3A and not quoted:
            return place
    return first


def _property(number: int, line: bytes) -> Property | None:
    colon = _colon(line)
    if colon < 0:
        return None
    name, *fields = _cut(_decode(line[:colon], "")[0], ";", quotes=True)
    match = _NAME.fullmatch(name.strip())
    if match is None:
        return None
    params = _params(fields)
    raw = line[colon + 1 :]
    if params.get("ENCODING", ("",))[0].upper() == "QUOTED-PRINTABLE":
        raw = binascii.a2b_qp(raw)
    value, damaged = _decode(raw, params.get("CHARSET", ("",))[0])
    group = (match["group"] or "").lower()
    return Property(number, match["name"].upper().replace("_", "-"), group, params, value, damaged)


def _params(fields: list[str]) -> dict[str, tuple[str, ...]]:
    params: dict[str, tuple[str, ...]] = {}
    for field in fields:
        key, equals, values = field.partition("=")
        key = key.strip().upper()
        if not equals:
            values, key = key, "ENCODING" if key in _ENCODINGS else "TYPE"
        if values:
            read = tuple(map(_param_value, _cut(values, ",", quotes=True)))
            params[key] = params.get(key, ()) + read
    return params


def _param_value(text: str) -> str:
    bare = text.strip().replace('\\"', '"').strip('"')
    return re.sub(r"\^[n^']", lambda caret: _CARETS[caret[0]], bare) if "^" in bare else bare


def _decode(raw: bytes, charset: str) -> tuple[str, bool]:
    """Return the text of some bytes, and whether some of them could not be read.

    UTF-8 goes before a single-byte charset even where the latter is declared: any bytes are
    Latin-1, but hardly a word of Latin-1 is by accident UTF-8.
    """
    if raw.isascii():
        return raw.decode("ascii"), False
    declared = _codec(charset)
    if declared and declared != "utf-8" and declared not in _SINGLE_BYTE:
        try:
            return raw.decode(declared), False
        except (LookupError, ValueError):  # no charset of text, or not the one of these bytes
            pass
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if not broken:
        return text, False
    if sum(not sign.isascii() for sign in text) > 2 * broken:
        return text, True
    try:
        return raw.decode(_SINGLE_BYTE.get(declared, "cp1252")), False
    except UnicodeDecodeError:
        return raw.decode("latin-1"), True


def _codec(charset: str) -> str:
    if not charset:
        return ""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return ""
    return "" if name.startswith(("utf-16", "utf-32")) else name  # not within lines of ASCII


def _cut(text: str, separator: str, quotes: bool = False) -> list[str]:
    """Cut at separators, but not behind a backslash nor, if asked, between quotation marks."""
    if "\\" not in text and not (quotes and '"' in text):
        return text.split(separator)
    parts, start, quoted, place = [], 0, False, 0
    while place < len(text):
        sign = text[place]
        if sign == "\\":
            place += 1
        elif quotes and sign == '"':
            quoted = not quoted
        elif sign == separator and not quoted:
            parts.append(text[start:place])
            start = place + 1
        place += 1
    parts.append(text[start:])
    return parts


def _unescape(match: re.Match[str]) -> str:
    sign = match[1]
    if sign in "nN":
        return "\n"
    return match[0] if sign.isalnum() else sign
