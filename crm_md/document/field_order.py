"""Say how we write fields: in which order, under which German words, which without quotes."""

from __future__ import annotations

from crm_md.words import ADDRESS

# The order in which we write keys (docs/file-format.md); unknown keys go last.
ORDER = (
    *("name", "aliases", "status", "segment", "owner", "tags", "language"),
    *("phone", "email", "website", "reach", "address_as", "decides", "birthday"),
    *("address", "street", "zip", "city", "country"),
    *("every", "next", "snooze", "do_not_contact", "away", "goal"),
    *("since", "anniversary", "source"),
    *("contacts", "products", "deals", "relations", "consent"),
)
ITEM_ORDER = (
    *("name", "title", "to", "as", "who", "channel", "allowed"),
    *("role", "address_as", "decides", "stage", "value", "close"),
    *("phone", "email", "reach", "birthday", "away", "left", "snooze", "do_not_contact"),
    *ADDRESS,
    *("since", "service_due", "basis", "date", "evidence"),
)
# Fields whose dates, and yes or no, stay without quotation marks.
BARE = frozenset(
    (
        *("birthday", "since", "left", "close", "service_due", "date", "anniversary", "allowed"),
        *("next", "snooze", "do_not_contact", "away"),
    )
)
# The keys we write into a file that is kept in German ones.
GERMAN = {
    "name": "Name",
    "aliases": "Kurznamen",
    "status": "Status",
    "segment": "Gruppe",
    "owner": "betreut",
    "tags": "Schlagworte",
    "phone": "Telefon",
    "email": "E-Mail",
    "reach": "erreichbar",
    "address": "Adresse",
    "street": "Straße",
    "zip": "PLZ",
    "city": "Ort",
    "country": "Land",
    "every": "Rhythmus",
    "next": "Wiedervorlage",
    "goal": "Ziel",
    "contacts": "Ansprechpartner",
    "role": "Rolle",
    "address_as": "Anrede",
    "decides": "entscheidet",
    "birthday": "Geburtstag",
    "away": "abwesend",
    "left": "ausgeschieden",
    "products": "Produkte",
    "service_due": "Wartung fällig",
    "deals": "Vorhaben",
    "title": "Titel",
    "stage": "Phase",
    "value": "Wert",
    "close": "Abschluss",
    "relations": "Beziehungen",
    "to": "zu",
    "as": "als",
    "who": "wer",
    "consent": "Einwilligungen",
    "channel": "Kanal",
    "allowed": "erlaubt",
    "basis": "Grundlage",
    "date": "Datum",
    "evidence": "Nachweis",
    "snooze": "ruht bis",
    "do_not_contact": "nicht kontaktieren",
    "website": "Webseite",
    "since": "seit",
    "anniversary": "Jubiläum",
    "source": "Quelle",
    "language": "Sprache",
}
