"""Let any program that uses python-frontmatter read our files text-true.

``frontmatter.load(path, handler=CustomerHandler())``: every value is the text that stands there,
keys keep their order, one bad line costs only itself, and a BOM does no harm. The library itself
normalises line ends and strips the blank lines around the body; whoever needs the bytes uses
`crm_md.document.head`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from frontmatter.default_handlers import BaseHandler

from crm_md.document.head import plain, read_head
from crm_md.document.head_tree import Plain
from crm_md.document.yaml_text import Style, entry_lines

if TYPE_CHECKING:
    from frontmatter import Post

BOM = "\ufeff"
TAKEN = frozenset(("content", "handler", "self"))
"""Keys that `frontmatter.Post` has no room for, as its arguments have these names."""


class CustomerHandler(BaseHandler):
    """Split, load and write the head of a customer file, or of any note with a YAML head.

    The three keys that the library keeps for itself (`TAKEN`) come and go with a ``_`` behind them.
    """

    FM_BOUNDARY = re.compile(rf"{BOM}?---[ \t]*\r?(?:\n|\Z)")
    START_DELIMITER = END_DELIMITER = "---"

    def split(self, text: str) -> tuple[str, str]:
        """Return the YAML text of the head and the body, both as they stand.

        Args:
            text: the whole file; a BOM is dropped. Without a head, the YAML text is empty.
        """
        text = text.removeprefix(BOM)
        head = read_head(text)
        return text[head.start : head.end], text[head.body_start :]

    def load(self, fm: str) -> dict[str, object]:
        """Return the keys of a YAML text with their values, as nested dict, list and str."""
        return {f"{key}_" if key in TAKEN else key: v for key, v in _load(fm).items()}

    def export(self, metadata: dict[str, object], **kwargs: object) -> str:
        """Return the keys as YAML in their order; dates are bare, texts quoted where needed."""
        lines: list[str] = []
        for key, value in metadata.items():
            name = key.removesuffix("_") if key.removesuffix("_") in TAKEN else key
            lines += entry_lines(name, _text_of(value), 0, Style(bare=isinstance(value, date)))
        return "\n".join(lines)

    def format(self, post: Post, **kwargs: object) -> str:
        """Return the whole file: head, an empty line, body."""
        head = self.export(post.metadata, **kwargs)
        body = f"\n{post.content}\n" if post.content else ""
        return f"---\n{head}\n---\n{body}" if head else f"---\n---\n{body}"


def read_foreign(text: str) -> tuple[dict[str, Plain], str]:
    """Return the keys and the body of a template or of another program's note, whatever they hold.

    Args:
        text: the whole file; a BOM is dropped, all else of the body stays as it is.
    """
    yaml_text, body = CustomerHandler().split(text)
    return _load(yaml_text), body


def _load(yaml_text: str) -> dict[str, Plain]:
    read = plain(read_head(f"---\n{yaml_text}\n---\n").root)
    assert isinstance(read, dict)  # a head is a mapping
    return read


def _text_of(value: object) -> Plain:
    """Return what a program put in as text: yes and no for truth, nothing for None."""
    if isinstance(value, Mapping):
        return {str(key): _text_of(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_text_of(item) for item in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
