"""Read the links to other customers: ``[[slug]]``, ``[[slug|text]]``, ``[[folder/slug#part]]``."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINK = re.compile(r"(?<!!)\[\[([^\[\]|#\n]+)(?:#[^\[\]|\n]*)?(?:\|[^\[\]\n]*)?\]\]")
_SHOWN = re.compile(r"(?<!!)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")


def without_links(text: str) -> str:
    """Return the text as it is read aloud: each link as its own words, or as what it names."""
    return _SHOWN.sub(lambda link: (link[2] or link[1]).rstrip("\\").strip(), text)


def links_in(text: str) -> Iterator[str]:
    """Yield what each link of a text names, as written, without its heading and its own words.

    ``![[picture.png]]`` shows a file and is no link.
    """
    if "[[" in text:
        for target in _LINK.findall(text):
            if name := target.rstrip("\\").strip():  # in a table the bar is escaped
                yield name
