"""A commit message as values and as text: subject, body, and trailers that programs read."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TRAILER = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*): *(\S.*)")
# A pager of Git passes these on to the terminal: C0 becomes its picture (␛), others a mark.
_STEERING = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"},
    **dict.fromkeys([0x7F, *range(0x80, 0xA0)], "\ufffd"),
}


def format_message(message: str, trailers: Mapping[str, str]) -> str:
    """Return the text of a commit: the message, a blank line, the trailers, one per line.

    Args:
        message: the subject, or the subject, a blank line and the body; what could steer a
            terminal is made visible.
        trailers: from key (letters, digits, dashes) to value; line breaks become blanks.
    """
    text = message.replace("\r\n", "\n").translate(_STEERING).strip() + "\n"
    lines = [f"{key}: {' '.join(value.split())}\n" for key, value in trailers.items()]
    return "\n".join([text, "".join(lines)]) if lines else text


def parse_message(text: str) -> tuple[str, str, dict[str, str]]:
    """Return subject, body and trailers of a commit's text: the inverse of ``format_message``.

    A key that comes twice has its values in lines. Source: git-interpret-trailers(1), of which we
    take the strict half: the last paragraph, if all its lines are trailers.
    """
    lines = text.strip("\n").split("\n")
    last = len(lines)
    while last > 0 and lines[last - 1].strip():
        last -= 1
    trailers: dict[str, str] = {}
    found = [_TRAILER.fullmatch(line) for line in lines[last:]]
    if last > 0 and all(found):
        del lines[last:]
        for key, value in (match.groups() for match in found if match):
            trailers[key] = f"{trailers[key]}\n{value}" if key in trailers else value
    blank = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    return " ".join(lines[:blank]), "\n".join(lines[blank:]).strip("\n"), trailers
