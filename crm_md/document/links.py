"""Read the links to other customers: ``[[slug]]``, ``[[slug|text]]``, ``[[folder/slug#part]]``."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINK = re.compile(r"(?<!!)\[\[([^\[\]|#\n]+)(?:#[^\[\]|\n]*)?(?:\|[^\[\]\n]*)?\]\]")


def links_in(text: str) -> Iterator[str]:
    """Yield what each link of a text names, as written, without its heading and its own words.

    ``![[picture.png]]`` shows a file and is no link.
    """
    if "[[" in text:
        for target in _LINK.findall(text):
            if name := target.rstrip("\\").strip():  # in a table the bar is escaped
                yield name
