"""Gather and compile the translations: one fragment a room, one compiled catalogue a domain.

``python tools/messages.py compile`` writes ``LC_MESSAGES/crm_md.mo`` from all fragments, and
``click.mo`` from ``click.po``, the German of click's own texts;
``python tools/messages.py missing`` names the messages of the sources that no fragment translates;
``python tools/messages.py obsolete`` names those of the fragments that the sources do not have.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "crm_md"
DOMAINS = ("crm_md", "click")
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS = frozenset(("_", "N_", "ngettext"))


def fragments(language: str, domain: str = "crm_md") -> list[Path]:
    """Return the files that a catalogue is made of: those of the rooms, or click's own."""
    folder = PACKAGE / "locale" / language
    if domain != "crm_md":
        return [folder / f"{domain}.po"]
    return [path for path in sorted(folder.glob("*.po")) if path.stem not in DOMAINS]


def messages(fragment: Path, language: str) -> Iterator[Message]:
    """Yield the messages of a fragment, without its head."""
    with fragment.open("rb") as file:
        yield from (message for message in read_po(file, locale=language) if message.id)


def singular(message: Message) -> str:
    """Return the text by which a message is known; a plural counts by its singular."""
    return str(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)


def merged(language: str, domain: str = "crm_md") -> Catalog:
    """Return all fragments of a domain as one catalogue, in a fixed order."""
    whole = Catalog(locale=language, domain=domain, charset="utf-8", creation_date=_EPOCH)
    whole.revision_date = _EPOCH
    found = [
        message
        for fragment in fragments(language, domain)
        for message in messages(fragment, language)
        if message.string and not message.fuzzy
    ]
    for message in sorted(found, key=lambda one: str(one.id)):
        whole.add(message.id, message.string)
    return whole


def compiled(language: str, domain: str = "crm_md") -> bytes:
    """Return the bytes of a compiled catalogue; the same fragments give the same bytes."""
    into = BytesIO()
    write_mo(into, merged(language, domain))
    return into.getvalue()


def compiled_file(language: str, domain: str = "crm_md") -> Path:
    """Return where a compiled catalogue stands."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / f"{domain}.mo"


def used() -> set[str]:
    """Return every message of the sources (a plural counts by its singular).

    The syntax tree is asked, since Babel overlooks what stands inside an f-string.
    """
    return {
        call.args[0].value
        for path in sorted(PACKAGE.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in KEYWORDS
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def missing(language: str) -> list[str]:
    """Return the messages of the sources that no fragment of this language translates."""
    return sorted(used() - {singular(message) for message in merged(language) if message.id})


def obsolete(language: str) -> list[str]:
    """Return the messages of the rooms' fragments that no source has any more."""
    return sorted({singular(message) for message in merged(language) if message.id} - used())


def main(arguments: list[str]) -> int:
    """Compile, or name what is missing or obsolete."""
    if arguments == ["compile"]:
        for domain in DOMAINS:
            target = compiled_file("de", domain)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(compiled("de", domain))
        return 0
    if arguments in (["missing"], ["obsolete"]):
        found = missing("de") if arguments == ["missing"] else obsolete("de")
        print("\n".join(found))
        return 1 if found else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
