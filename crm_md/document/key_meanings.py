"""Say what a key of the head means, in German or English, alone or inside a list."""

from __future__ import annotations

from functools import lru_cache

from crm_md.words import KEYS, plain

# What a key means only inside a list: "Produkt: R7" names the product, "Weg: Mail" the channel.
_INSIDE: dict[str, dict[str, str]] = {
    "contacts": {
        "contacts": "name",
        "person": "name",
        **dict.fromkeys(("vorname", "first name"), "first_name"),
        **dict.fromkeys(("nachname", "last name", "familienname"), "last_name"),
    },
    "products": {"products": "name", "title": "name"},
    "deals": {"deals": "title", "name": "title", "products": "title"},
    "relations": {"relations": "to", "name": "to"},
    "consent": {"weg": "channel", "consent": "allowed", "since": "date"},
}


@lru_cache(maxsize=1024)
def meaning_of(key: str, inside: str = "") -> str:
    """Return the English name of a key as typed, "" if we do not know it.

    Args:
        key: as it stands in the file.
        inside: the list whose item has it, "" for the head itself.
    """
    word = plain(key)
    meaning = KEYS.get(word, "")
    local = _INSIDE.get(inside, {})
    return local.get(word) or local.get(meaning, meaning)
