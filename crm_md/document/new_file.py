"""Write a whole new customer file from facts: canonical, and read back as it was meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_md.document.escaping import clean, escaped
from crm_md.document.field_order import BARE
from crm_md.document.yaml_text import Style, entry_lines
from crm_md.words import SECTION_TITLES


def new_file(fields: Mapping[str, Any], note: str, language: str) -> str:
    """Return the text of a new customer file.

    Args:
        fields: facts under their English names, in the order in which they are written; ``name``
            is one of them. Values are texts, lists of texts, mappings and lists of mappings.
        note: free words below the name; what would be structure there is escaped.
        language: ``de`` or ``en``, for the title of the history.
    """
    style = Style(bare=BARE)
    lines = ["---"]
    for key, value in fields.items():
        lines += entry_lines(key, value, 0, style)
    title = " ".join(str(fields["name"]).split())
    lines += ["---", "", f"# {title}", ""]
    if note.strip():
        lines += [escaped(clean(note)), ""]
    lines += [f"## {SECTION_TITLES['history'][language]}", ""]
    return "\n".join(lines)
