"""Find where the head of a file ends whose closing line is missing."""

from __future__ import annotations

import re

from crm_md.document.yaml_spans import KEY_LINE

_HEADING = re.compile(r"(?<=\n)#{1,6}[ \t]")


def end_of_unclosed(text: str, start: int, limit: int) -> int:
    """Return where a head without closing line ends.

    That is at the first Markdown heading, or at the first text after an empty line that is no
    entry of a head.

    Args:
        limit: offset at which the search is given up, and which is returned then.
    """
    limit = min(limit, len(text))
    heading = _HEADING.search(text, start, limit)
    limit = heading.start() if heading else limit
    position, after_blank = start, False
    while position < limit:
        stop = text.find("\n", position, limit)
        stop = limit if stop < 0 else stop + 1
        line = text[position:stop].rstrip("\r\n")
        blank = not line.strip(" \t")
        if after_blank and not blank and line[0] not in "# \t" and not KEY_LINE.match(line):
            return position
        position, after_blank = stop, blank
    return limit


def end_before_body(text: str, start: int, end: int) -> int | None:
    """Return where a head really ends whose closing line is a rule in the body, else None.

    That is so where below a Markdown heading stand more lines of text than keys; headings of level
    two and deeper are text here, list items are neither.
    """
    heading = _HEADING.search(text, start, end)
    if heading is None:
        return None
    keys = words = 0
    for line in text[heading.start() : end].split("\n"):
        if KEY_LINE.match(line):
            keys += line.lstrip(" \t")[0] != "-"
        elif line.startswith("##") or line.strip(" \t\r")[:1] not in ("", "#"):
            words += 1
    return heading.start() if words > keys else None
