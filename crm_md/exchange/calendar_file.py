"""Write a calendar file that Outlook, Google and Apple subscribe to. Source: RFC 5545, 7986."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from crm_md.frozen import dataclass

PRODUCT = "-//crm_md//crm agenda//EN"
WIDEST = 75  # octets of a line without its end. Source: RFC 5545 § 3.1
_HOUR = timedelta(hours=1)  # how long a talk takes that has a time only
# What no parser may take for the end of a line, and what may not stand in a text at all.
# Source: RFC 5545 § 3.3.11, "TSAFE-CHAR"; parsers written in Python split at all of these.
_CLEAN: dict[int, str | None] = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)]),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029), " "),
    0x09: " ",
    0x0A: "\\n",
    0x0D: None,
    ord("\\"): "\\\\",
    ord(";"): "\\;",
    ord(","): "\\,",
}
# A calendar must hold something; an empty one holds the definition of a time zone it does not use.
_NOTHING = (
    *("BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"),
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something in a calendar.

    Attributes:
        key: what it is, the same wherever the calendar is written; its UID is made of it.
        day: the day; all of it where there is no time.
        time: local wall-clock wherever it is read, without a time zone; an hour is reserved.
        title: one line.
        text: what is known of it, in lines.
        place: where.
        category: of what kind it is.
    """

    key: str
    day: date
    title: str
    time: time | None = None
    text: str = ""
    place: str = ""
    category: str = ""


def calendar_file(name: str, events: Iterable[Event], today: date) -> bytes:
    """Return a calendar: UTF-8, lines of 75 octets at most that end with CRLF.

    The same events on the same day give the same bytes.

    Args:
        name: how programs call the calendar.
        events: in their order.
        today: the day on which it is written, its DTSTAMP.
    """
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"),
        *("METHOD:PUBLISH", f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}"),
        *("REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H"),
    ]
    stamp = f"{_day(today)}T000000Z"
    written = [line for event in events for line in _event(event, stamp)]
    lines += written or _NOTHING
    lines.append("END:VCALENDAR")
    return b"".join(map(folded, lines))


def uid_of(key: str) -> str:
    """Return the identity of an event: of its key alone, so that it is the same in every clone."""
    return f"{sha256(key.encode('utf-8', 'replace')).hexdigest()[:32]}@crm-md"


def escaped(text: str) -> str:
    """Return a text as the value of a property: nothing in it begins a line or a property."""
    return text.replace("\r\n", "\n").strip().translate(_CLEAN)


def folded(line: str) -> bytes:
    """Return a line with its end, cut into pieces of 75 octets, never within a letter."""
    data, pieces = line.encode("utf-8"), []
    room = WIDEST
    while len(data) > room:
        cut = room
        while data[cut] & 0xC0 == 0x80:  # the middle of a letter
            cut -= 1
        pieces.append(data[:cut])
        data, room = data[cut:], WIDEST - 1
    return b"\r\n ".join([*pieces, data]) + b"\r\n"


def _event(event: Event, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid_of(event.key)}"
    yield f"DTSTAMP:{stamp}"
    yield from _when(event)
    yield f"SUMMARY:{escaped(event.title)}"
    for name, text in (("LOCATION", event.place), ("DESCRIPTION", event.text)):
        if escaped(text):
            yield f"{name}:{escaped(text)}"
    if event.category:
        yield f"CATEGORIES:{escaped(event.category)}"
    yield "END:VEVENT"


def _when(event: Event) -> Iterator[str]:
    """A whole day takes nobody's time; an hour with a time does."""
    if event.time is None:
        yield f"DTSTART;VALUE=DATE:{_day(event.day)}"
        if event.day < date.max:
            yield f"DTEND;VALUE=DATE:{_day(event.day + timedelta(days=1))}"
        yield "TRANSP:TRANSPARENT"
        return
    begin = datetime.combine(event.day, event.time)
    yield f"DTSTART:{_moment(begin)}"
    yield f"DTEND:{_moment(min(begin, datetime.max - _HOUR) + _HOUR)}"
    yield "TRANSP:OPAQUE"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _moment(moment: datetime) -> str:
    return f"{_day(moment.date())}T{moment:%H%M%S}"
