"""Gather and compile the translations: one fragment a room, one compiled catalogue a language.

``python tools/messages.py compile`` writes ``LC_MESSAGES/crm_md.mo`` from all fragments;
``python tools/messages.py missing`` names the messages of the sources that no fragment translates.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "crm_md"
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def merged(language: str) -> Catalog:
    """Return all fragments of a language as one catalogue."""
    whole = Catalog(locale=language, domain="crm_md", charset="utf-8")
    for fragment in sorted((PACKAGE / "locale" / language).glob("*.po")):
        with fragment.open("rb") as file:
            part = read_po(file, locale=language)
        for message in part:
            if message.id and message.string and not message.fuzzy:
                whole.add(message.id, message.string)
    return whole


def compiled(language: str) -> bytes:
    """Return the bytes of the compiled catalogue; the same fragments give the same bytes."""
    catalog = merged(language)
    ordered = Catalog(locale=language, domain="crm_md", charset="utf-8", creation_date=_EPOCH)
    ordered.revision_date = _EPOCH
    for message in sorted((m for m in catalog if m.id), key=lambda m: str(m.id)):
        ordered.add(message.id, message.string)
    into = BytesIO()
    write_mo(into, ordered)
    return into.getvalue()


def compiled_file(language: str) -> Path:
    """Return where the compiled catalogue stands."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "crm_md.mo"


def used() -> set[str]:
    """Return every message of the sources (a plural counts by its singular)."""
    found: set[str] = set()
    for _file, _line, message, _comments, _context in extract_from_dir(
        PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        found.add(message[0] if isinstance(message, tuple) else message)
    return found - {""}


def missing(language: str) -> list[str]:
    """Return the messages that no fragment of this language translates."""
    catalog = merged(language)
    have = {m.id[0] if isinstance(m.id, tuple) else m.id for m in catalog if m.id}
    return sorted(used() - have)


def main(arguments: list[str]) -> int:
    """Compile, or name what is missing."""
    if arguments == ["compile"]:
        target = compiled_file("de")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(compiled("de"))
        return 0
    if arguments == ["missing"]:
        lacking = missing("de")
        print("\n".join(lacking))
        return 1 if lacking else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
