"""Read a head once however often a merge asks: to cut it, to compare it, to prove the result."""

from __future__ import annotations

import re
from functools import lru_cache

from crm_md.document.head import Head, read_head

_FIRST_END = re.compile(r"(?<=\n)---[ \t]*(?:\n|\Z)")


def head_of(text: str) -> Head:
    """Return what `read_head` does.

    A head in which nothing is wrong says the same whatever stands below it, and most versions of a
    file share it: so it is read alone, and remembered.

    Args:
        text: the whole file, or its head, as `read_head` takes it.
    """
    end = _FIRST_END.search(text, 4)
    if end and "\r" not in text:
        head = _read(text[: end.end()])
        if head.body_start == end.end() and not head.findings:
            return head
    return _read(text)


_read = lru_cache(maxsize=12)(read_head)  # three files, their heads, the merged ones
