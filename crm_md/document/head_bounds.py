"""Find where the head of a file ends whose closing line is missing."""

from __future__ import annotations

import re

from crm_md.document.head_slips import STRAYS
from crm_md.document.head_tree import Head
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


def end_before_body(text: str, head: Head) -> int | None:
    """Return where a head really ends whose closing line is a rule in the body, else None.

    That is so where below a Markdown heading stand more lines that are no entries than keys.
    """
    heading = _HEADING.search(text, head.start, head.end)
    if heading is None:
        return None
    line = text.count("\n", 0, heading.start()) + 1
    strays = sum(f.check in STRAYS and f.line > line for f in head.findings)
    keys = sum(key.start > heading.start() for key, _ in head.root.pairs)
    return heading.start() if strays > keys else None
