"""Read a person as typed in one line: ``Frau Pohl, Sekretariat, 05522 9134-11``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crm_md.document.yaml_text import Value
from crm_md.likeness import fold, looks_like_phone
from crm_md.words import TITLES, plain

_NUMBER_AT_THE_END = re.compile(r"(.*[^\W\d]\S*)\s+(\+?\(?[\d][\d\s()/.+-]{5,})")


def person_typed(text: str) -> dict[str, Value]:
    """Return the facts of a person, name first, under their English names.

    Only what is obvious is split off: numbers, mail addresses, and a role behind a whole name
    (``Pohl, Ilse`` stays a name).

    Args:
        text: as typed.
    """
    parts = [part.strip() for piece in text.split(",") for part in _apart(piece) if part.strip()]
    phones = [part for part in parts if looks_like_phone(part)]
    mails = [part for part in parts if "@" in part]
    words = [part for part in parts if part not in phones and part not in mails]
    if not words:
        return {"name": text.strip()}
    whole = len(words[0].split()) > 1
    name, role = (words[0], ", ".join(words[1:])) if whole else (", ".join(words), "")
    found: dict[str, Value] = {"name": name, "role": role, "phone": phones, "email": mails}
    return {
        key: value if isinstance(value, str) or len(value) > 1 else next(iter(value))
        for key, value in found.items()
        if value
    }


def stands_there(name: str, names: Iterable[str]) -> str:
    """Return who of these people is called so already, "" if nobody is.

    ``Pohl`` is ``Frau Pohl``; ``Herr Pohl`` and ``Frau Pohl`` are two.
    """
    wanted = fold(name)
    for other in names:
        theirs = fold(other)
        if theirs == wanted:
            return other
        if (_bare(other) == theirs or _bare(name) == wanted) and _bare(other) == _bare(name):
            return other
    return ""


def _apart(piece: str) -> tuple[str, ...]:
    """Return a piece of the line, with a mail address or a number at its end split off."""
    *before, last = piece.split() or [""]
    if before and "@" in last:
        return (*_apart(" ".join(before)), last)
    found = _NUMBER_AT_THE_END.fullmatch(piece.strip())
    if found and looks_like_phone(found[2]):
        return found[1], found[2]
    return (piece,)


def _bare(name: str) -> str:
    words = name.split()
    while len(words) > 1 and plain(words[0]) in TITLES:
        words.pop(0)
    return fold(" ".join(words))
