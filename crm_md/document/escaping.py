"""Make text fit to be put into a file: what would be structure there becomes plain words."""

from __future__ import annotations

import re

from crm_md.document.outline import outline

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_RULE_OF_HEAD = re.compile(r"^(?=(?:---|\.\.\.)[ \t]*$)", re.MULTILINE)
_LEADING_BLANKS = re.compile(r"\A(?:[ \t]*\n)+")


def clean(text: str) -> str:
    """Return the text with line feeds only and without control characters and outer blank lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub("", text)
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _LEADING_BLANKS.sub("", text.rstrip())


def escaped(text: str) -> str:
    """Return the text with a backslash before what would be a heading or would stay open.

    Headings in a code fence that is closed are no structure and stay.

    Args:
        text: clean lines, which will stand after a blank line.
    """
    while True:
        found = outline(text)
        places = [heading.start for heading in found.headings]
        if found.open_at >= 0:
            places.append(found.open_at)
        if not places:
            return text
        for place in sorted(places, reverse=True):
            sign = place + len(text[place:]) - len(text[place:].lstrip(" "))
            text = f"{text[:sign]}\\{text[sign:]}"


def without_rules(text: str) -> str:
    """Return the text with a backslash before lines that could open or close a head."""
    return _RULE_OF_HEAD.sub(r"\\", text)


def as_item(text: str) -> str:
    """Return clean text as one line that is a list item and no code, comment or task in it."""
    line = " ".join(text.split())
    if outline(f"- {line}").hidden or line.startswith(("[ ]", "[x]", "[X]", "[-]")):
        line = f"\\{line}"
    return line
