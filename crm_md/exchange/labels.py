"""Words for what cards say beyond our own fields, in both languages."""

from __future__ import annotations

import re

# label: (German, English). Written into the store, hence in its language, not in the one spoken.
_WORDS = {
    "address": ("Anschrift", "Address"),
    "agent": ("Vertretung", "Agent"),
    "anniversary": ("Jahrestag", "Anniversary"),
    "assistant": ("Assistenz", "Assistant"),
    "birthday": ("Geburtstag", "Birthday"),
    "birthplace": ("Geburtsort", "Birthplace"),
    "brother": ("Bruder", "Brother"),
    "calendar": ("Kalender", "Calendar"),
    "callback": ("Rückruf", "callback"),
    "car": ("Auto", "car"),
    "chat": ("Chat", "Chat"),
    "child": ("Kind", "Child"),
    "colleague": ("Kollegium", "Colleague"),
    "company": ("Firma", "Company"),
    "coordinates": ("Koordinaten", "Coordinates"),
    "department": ("Abteilung", "Department"),
    "died": ("Gestorben", "Died"),
    "email": ("E-Mail", "E-mail"),
    "expertise": ("Fachgebiet", "Expertise"),
    "father": ("Vater", "Father"),
    "friend": ("Befreundet mit", "Friend"),
    "gender": ("Geschlecht", "Gender"),
    "hobby": ("Hobby", "Hobby"),
    "home": ("privat", "home"),
    "interest": ("Interesse", "Interest"),
    "job": ("Tätigkeit", "Job"),
    "language": ("Sprache", "Language"),
    "main": ("Zentrale", "main"),
    "manager": ("Vorgesetzt", "Manager"),
    "mother": ("Mutter", "Mother"),
    "nickname": ("Spitzname", "Nickname"),
    "other name": ("Auch genannt", "Also called"),
    "pager": ("Pager", "pager"),
    "parent": ("Elternteil", "Parent"),
    "partner": ("Lebensgefährte", "Partner"),
    "phone": ("Telefon", "Phone"),
    "po box": ("Postfach", "PO box"),
    "referred by": ("Empfohlen von", "Referred by"),
    "relative": ("Verwandt mit", "Relative"),
    "sister": ("Schwester", "Sister"),
    "spouse": ("Ehepartner", "Spouse"),
    "time zone": ("Zeitzone", "Time zone"),
    "website": ("Webseite", "Website"),
    "work": ("geschäftlich", "work"),
}
# What clients call the same.
_ALSO = {
    "assistantphone": "assistant",
    "assistants name": "assistant",
    "assistantsname": "assistant",
    "boss": "manager",
    "business": "work",
    "children": "child",
    "companymain": "company",
    "deathdate": "died",
    "domestic partner": "partner",
    "fburl": "calendar",
    "caluri": "calendar",
    "caladruri": "calendar",
    "handy": "cell",
    "homefax": "fax",
    "homepage": "website",
    "imaddress": "chat",
    "impp": "chat",
    "iphone": "cell",
    "managers name": "manager",
    "managersname": "manager",
    "mobil": "cell",
    "mobile": "cell",
    "otherfax": "fax",
    "profession": "job",
    "spousename": "spouse",
    "workfax": "fax",
}
_VENDOR = re.compile(
    r"X-(?:(?:MS-OL|MS|APPLE|ANDROID|EVOLUTION|KADDRESSBOOK-X|KADDRESSBOOK|MOZILLA|GOOGLE)-)?"
)
_APPLE = re.compile(r"_\$!<(.*)>!\$_")
_TYPES = ("cell", "fax")  # known, but never written as a word


def known_label(text: str) -> str:
    """Return our label for what a client or a person wrote, "" where it is a word of their own.

    Args:
        text: ``_$!<Spouse>!$_``, ``SPOUSE``, ``mobile``.
    """
    match = _APPLE.fullmatch(text)
    word = (match[1] if match else text).casefold()
    word = _ALSO.get(word, word)
    return word if word in _WORDS or word in _TYPES else ""


def label_of(text: str) -> str:
    """Return our label for what a person wrote, or else their word."""
    match = _APPLE.fullmatch(text)
    return known_label(text) or (match[1] if match else text)


def label_of_property(name: str) -> str:
    """Return the label for a property that no field holds: ``X-MS-SPOUSE``, ``HOBBY``, ``X-QQ``.

    Args:
        name: in capitals.
    """
    bare = _VENDOR.sub("", name, count=1).replace("-", " ")
    return known_label(bare) or (bare if len(bare) < 5 else bare.capitalize())


def word_for(label: str, language: str) -> str:
    """Return the word to write for a label; a person's own word stays.

    Args:
        label: from this room's functions.
        language: ``de`` or ``en``, of the store.
    """
    words = _WORDS.get(label)
    if words is None:
        return label
    return words[0] if language == "de" else words[1]
