"""Read one e-mail: who wrote to whom, when, about what, and the words that are new in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from crm_md.errors import NotAMail
from crm_md.exchange.mail_text import Cut, cut, plain_of_html
from crm_md.frozen import dataclass
from crm_md.likeness import fold_mail

if TYPE_CHECKING:
    from email.message import EmailMessage

_BEGINNING = 20_000  # bytes in which the headers are looked for
_HEADER = re.compile(r"([A-Za-z][A-Za-z-]*)\s?:(?=\s|\Z)")
# What a mail that was copied from a program's window begins with, and what a file of one has.
_PASTED = {
    **dict.fromkeys(("von", "from"), "from"),
    **dict.fromkeys(("gesendet", "gesendet am", "sent", "datum", "date"), "date"),
    **dict.fromkeys(("an", "to"), "to"),
    **dict.fromkeys(("cc", "kopie"), "cc"),
    **dict.fromkeys(("betreff", "subject"), "subject"),
}
_ALSO = frozenset(("message-id", "received", "mime-version", "return-path", "delivered-to"))
_ANSWERS = re.compile(r"\A(?:\s*(?:re|aw|antw|antwort|wg|fwd?|sv)(?:\[\d+\])?\s*:)+\s*", re.I)
_BEHIND_NAME = re.compile(r"\s*(?:[|(<\[].*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who wrote or got a mail; the name as people say it, "" if none is given."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail.

    Attributes:
        day: of its Date header, wall-clock as written there; None where it has none.
        at: the time of day there.
        to: whom it was sent to, copies included.
        subject: without "AW:", "Re:" and their like.
        words: its text, what is new in it told from what was quoted.
        attachments: the names of files that came with it.
    """

    day: date | None
    at: time | None
    sender: Party
    to: tuple[Party, ...]
    subject: str
    words: Cut
    attachments: tuple[str, ...] = ()


def is_mail(data: bytes) -> bool:
    """Tell whether bytes are a mail, saved as a file or copied from a window: by its first lines.

    It names a sender and at least one other of date, receiver, subject and a mail program's lines.
    """
    found = {name for name, _value in _first_lines(_decoded(data[:_BEGINNING]))}
    known = {_PASTED.get(name, name) for name in found}
    return "from" in known and len(known & {"date", "to", "subject", *_ALSO}) > 0


def read_mail(data: bytes, today: date) -> Mail:
    """Return what a mail says.

    Args:
        data: an RFC 5322 message of any program, or the text of one that was copied.
        today: for a day that was copied without its year.

    Raises:
        NotAMail: it names no sender.
    """
    if not is_mail(data):
        raise NotAMail()
    names = [name for name, _value in _first_lines(_decoded(data[:_BEGINNING]))]
    if _ALSO.isdisjoint(names) and ("date" not in names or "von" in names):
        return _read_pasted(_decoded(data), today)
    from email import message_from_bytes, policy

    if data.startswith(b"From "):  # the line of an mbox
        data = data.partition(b"\n")[2]
    message = message_from_bytes(data.lstrip(b"\r\n"), policy=policy.default)
    written = str(message.get("date", ""))
    moment = _moment(written) or _spoken(written, today)
    parties = _parties(message, "from") or _parties(message, "sender")
    if not parties:
        raise NotAMail()
    return Mail(
        day=moment.date() if moment else None,
        at=moment.time().replace(second=0, microsecond=0, tzinfo=None) if moment else None,
        sender=parties[0],
        to=(*_parties(message, "to"), *_parties(message, "cc")),
        subject=_subject("".join(_headers(message, "subject")[:1])),
        words=cut(_text(message)),
        attachments=tuple(_attachments(message)),
    )


def _decoded(data: bytes) -> str:
    """Return bytes as text: UTF-8, else Windows-1252, with line feeds only."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        cut_in_a_sign = len(data) >= _BEGINNING - 3 and problem.start > len(data) - 4
        text = data.decode("utf-8" if cut_in_a_sign else "cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _first_lines(text: str) -> list[tuple[str, str]]:
    """Return the fields a text begins with, up to a blank line or the first that is none."""
    fields: list[tuple[str, str]] = []
    for line in text.lstrip("\n").split("\n"):
        if line.startswith("From ") and not fields:
            continue
        if line[:1] in (" ", "\t") and line.strip() and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
            continue
        name, colon, value = line.strip().strip("*").partition(":")
        name = name.strip("* ").casefold()
        if not colon or not (_HEADER.match(f"{name}:") or name in _PASTED):
            break
        fields.append((name, value.strip("* ")))
    return fields


def _read_pasted(text: str, today: date) -> Mail:
    """Read "Von: … Gesendet: … An: … Betreff: …" and the words below it."""
    fields = _first_lines(text)
    said = {_PASTED.get(name, name): value for name, value in reversed(fields)}
    lines = text.lstrip("\n").split("\n")
    below = next((place for place, line in enumerate(lines) if not line.strip()), len(fields))
    moment = _moment(said.get("date", "")) or _spoken(said.get("date", ""), today)
    return Mail(
        day=moment.date() if moment else None,
        at=moment.time() if moment and (moment.hour or moment.minute) else None,
        sender=next(iter(_listed(said["from"])), Party("", "")),
        to=(*_listed(said.get("to", "")), *_listed(said.get("cc", ""))),
        subject=_subject(said.get("subject", "")),
        words=cut("\n".join(lines[below:])),
    )


def _spoken(words: str, today: date) -> datetime | None:
    """Return the moment that a program's window shows: "Freitag, 20. November 2026 09:12"."""
    from crm_md.dates import parse_date
    from crm_md.errors import DateNotUnderstood

    clock = re.search(r"\b(\d{1,2}):(\d\d)(?::\d\d)?(?:\s*Uhr)?", words)
    day = re.sub(r"\b(?:um|at)\b", " ", words[: clock.start()] if clock else words)
    try:
        found = parse_date(day.strip(" ,"), today, toward="past").date
        hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
        return datetime(found.year, found.month, found.day, hour, minute)
    except (DateNotUnderstood, ValueError):
        return None


def _moment(text: str) -> datetime | None:
    """Return a Date header as the wall-clock that stands in it. Source: RFC 5322 § 3.3."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text).replace(tzinfo=None)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _headers(message: EmailMessage, field: str) -> list[str]:
    """Return the values of a header as text; raw bytes in it, against the standard, as meant."""
    raw = [str(value) for name, value in message.raw_items() if name.casefold() == field]
    if all(map(str.isascii, raw)):
        return [str(value) for value in message.get_all(field, [])]
    return [_decoded(value.encode("utf-8", "surrogateescape")) for value in raw]


def _parties(message: EmailMessage, field: str) -> list[Party]:
    from email.utils import getaddresses

    found: list[tuple[str, str]] = []
    for header, text in zip(message.get_all(field, []), _headers(message, field), strict=True):
        try:
            pairs = [(one.display_name, one.addr_spec) for one in header.addresses]
        except (AttributeError, ValueError, IndexError):
            pairs = []
        found += pairs if pairs and str(header) == text else getaddresses([text])
    return [_party(name, email) for name, email in found if name or email]


def _listed(text: str) -> list[Party]:
    """Return the people of a line that was copied; Outlook parts them by semicolons."""
    parts = text.split(";") if ";" in text else re.split(r"(?<=>),", text)
    found = []
    for part in parts:
        name, bracket, rest = part.strip().partition("<")
        email = rest.partition(">")[0] if bracket else (name if "@" in name else "")
        name = "" if name == email else name
        if name.strip() or email.strip():
            found.append(_party(name, email.removeprefix("mailto:")))
    return found


def _party(name: str, email: str) -> Party:
    """Return somebody under the name people say: "Petersen, Heike" is Heike Petersen."""
    name = " ".join(_BEHIND_NAME.sub("", name.strip().strip("\"'")).split())
    last, comma, first = name.partition(", ")
    if comma and "," not in first:
        name = f"{first} {last}"
    name = name.replace(",", " ").replace(":", " ")
    email = fold_mail(email)
    return Party("" if fold_mail(name) == email else " ".join(name.split()), email)


def _subject(text: str) -> str:
    return _ANSWERS.sub("", " ".join(text.split()))


def _text(message: EmailMessage) -> str:
    """Return the readable text: plain where there is some, else the HTML made plain."""
    for wanted in ("plain", "html"):
        try:
            part: Any = message.get_body(preferencelist=(wanted,))
        except (AttributeError, KeyError, ValueError):
            part = None
        if part is None and message.get_content_type() == f"text/{wanted}":
            part = message
        if part is not None:
            text = _content(part)
            text = plain_of_html(text) if wanted == "html" else text
            if text.strip():
                return text
    return ""


def _content(part: EmailMessage) -> str:
    """Return the text of a part, whatever its charset claims."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = str(part.get_content_charset() or "")
    if charset not in ("", "us-ascii", "utf-8"):
        try:
            return data.decode("cp1252" if charset == "iso-8859-1" else charset, "replace")
        except LookupError:
            pass
    return _decoded(data)


def _attachments(message: EmailMessage) -> Iterator[str]:
    """Yield the names of files that came with a mail; pictures within its words are none."""
    parts: Iterable[EmailMessage] = message.iter_attachments() if message.is_multipart() else ()
    for part in parts:
        inline = part.get_content_disposition() != "attachment" and part.get("content-id")
        name = " ".join((part.get_filename() or "").split())
        if name and not inline:
            yield name
