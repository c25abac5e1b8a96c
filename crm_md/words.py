"""The vocabulary of customer files: German and English words, and what each means."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@lru_cache(maxsize=4096)  # the same few hundred words stand in every file
def plain(word: str) -> str:
    """Return the word as vocabulary is compared: NFC, case-blind, ä as ae, ``-`` as blank."""
    if word.isascii():
        folded = word.lower()
    else:
        folded = unicodedata.normalize("NFC", word).casefold().translate(_FOLD)
    return " ".join(folded.replace("_", " ").replace("-", " ").split())


def _table(rows: dict[str, str]) -> dict[str, str]:
    """Turn ``canonical: "word, word"`` into a look-up by plain word, canonical included."""
    table: dict[str, str] = {}
    for canonical, words in rows.items():
        for word in (canonical, *words.split(",")):
            if word.strip():
                table.setdefault(plain(word), canonical)
    return table


# Canonical key of the head: the words people type for it.
KEYS = _table(
    {
        "name": "Firma, Kunde, Firmenname, Company, Customer",
        "aliases": "Alias, auch, auch bekannt als, Kurzname, Kurznamen, also known as",
        "status": "Stand",
        "segment": "Gruppe, Klasse, Kategorie, Kundengruppe",
        "owner": "betreut, Betreuer, Betreuerin, betreut von, zuständig, Verantwortlich, account manager",
        "tags": "Tag, Schlagwort, Schlagworte, Schlagwörter, Stichwort, Stichworte, Stichwörter, Merkmale",
        "phone": "Telefon, Tel, Tel., Telefonnummer, Rufnummer, Mobil, Handy, Mobile, phones, Telefone, Fon",
        "email": "Mail, E-Mail, E-Mails, Mails, E-Mail-Adresse, Mailadresse, emails",
        "reach": "erreichbar, Erreichbarkeit, best reached, reachable",
        "address": "Adresse, Anschrift",
        "street": "Straße, Strasse, Str.",
        "zip": "PLZ, Postleitzahl, Postcode, postal code, zip code",
        "city": "Ort, Stadt, Wohnort, town, place",
        "country": "Land, Staat",
        "every": "Rhythmus, alle, Turnus, rhythm",
        "next": "nächster Schritt, nächstes, nächste, als nächstes, Wiedervorlage, next step, follow up",
        "goal": "Ziel",
        "contacts": "Ansprechpartner, Ansprechpartnerin, Kontakte, Kontakt, Personen, Leute, people, contact",
        "role": "Rolle, Funktion, Position, Aufgabe, title of person",
        "address_as": "Anrede, ansprechen, addressed as, salutation",
        "decides": "entscheidet, Entscheidung, Einfluss",
        "birthday": "Geburtstag, geboren, born",
        "away": "abwesend, Urlaub, Abwesenheit, absent",
        "left": "ausgeschieden, weg, gegangen",
        "products": "Produkte, Produkt, Geräte, Anlagen, product",
        "service_due": "Wartung fällig, nächste Wartung, Service fällig, Wartung, service",
        "deals": "Angebote, Projekte, Chancen, Vorhaben, opportunities, deal",
        "title": "Titel, Bezeichnung",
        "stage": "Phase, Stufe",
        "value": "Wert, Summe, Betrag",
        "close": "Abschluss, Abschluss bis, Entscheidung bis",
        "relations": "Beziehungen, Verbindungen, Verbindung, Beziehung, relation",
        "to": "zu, mit",
        "as": "als",
        "who": "wer",
        "consent": "Einwilligung, Einwilligungen, Zustimmung, consents",
        "channel": "Kanal, Weg",
        "allowed": "erlaubt",
        "basis": "Grundlage, Rechtsgrundlage",
        "date": "Datum, am",
        "evidence": "Nachweis, Beleg",
        "snooze": "ruhen, Ruhe bis, ruht, ruht bis, zurückgestellt, nicht vor, not before",
        "do_not_contact": "nicht kontaktieren, Kontaktsperre, Kontaktverbot, gesperrt, do not call",
        "website": "Webseite, Web, Homepage, Internet, url, Seite",
        "since": "seit, Kunde seit, customer since",
        "anniversary": "Jubiläum, Jahrestag, Firmenjubiläum",
        "source": "Quelle, Herkunft",
        "language": "Sprache",
    }
)

STATUSES = _table(
    {
        "lead": "Leads, Kontakt, Neukontakt, Anfrage, Adresse",
        "prospect": "Interessent, Interessentin, Interessenten, interessiert, potenzieller Kunde",
        "customer": "Kunde, Kundin, Kunden, aktiv, active, Bestandskunde, "
        "Stammkunde, Stammkundin, Neukunde, Neukundin, Altkunde, Großkunde, client",
        "partner": "Partnerin, Kooperationspartner",
        "supplier": "Lieferant, Lieferantin, Zulieferer, vendor",
        "former": "ehemalig, ehemals, früher, Ex-Kunde, ehemaliger Kunde, inaktiv, inactive",
        "declined": "abgelehnt, Absage, abgesagt, kein Interesse, not interested",
        "closed": "geschlossen, insolvent, aufgelöst, erloschen, bankrupt, out of business",
    }
)

STATUS_WORDS = {
    "lead": {"de": "Lead", "en": "lead"},
    "prospect": {"de": "Interessent", "en": "prospect"},
    "customer": {"de": "Kunde", "en": "customer"},
    "partner": {"de": "Partner", "en": "partner"},
    "supplier": {"de": "Lieferant", "en": "supplier"},
    "former": {"de": "ehemalig", "en": "former"},
    "declined": {"de": "abgelehnt", "en": "declined"},
    "closed": {"de": "geschlossen", "en": "closed"},
}

STAGES = _table(
    {
        "idea": "Idee",
        "talking": "im Gespräch, Gespräch, in Gesprächen, in talks",
        "offered": "angeboten, Angebot, Angebot abgegeben, quoted, offer",
        "won": "gewonnen, Auftrag",
        "lost": "verloren",
    }
)

STAGE_WORDS = {
    "idea": {"de": "Idee", "en": "idea"},
    "talking": {"de": "im Gespräch", "en": "talking"},
    "offered": {"de": "angeboten", "en": "offered"},
    "won": {"de": "gewonnen", "en": "won"},
    "lost": {"de": "verloren", "en": "lost"},
}

DECIDES = _table(
    {
        "decision-maker": "Entscheider, Entscheiderin, entscheidet, ja, yes, decides",
        "influencer": "Einflussnehmer, Meinungsmacher, beeinflusst, redet mit, has a say",
        "user": "Anwender, Anwenderin, Nutzer, Nutzerin, arbeitet damit, works with it",
        "gatekeeper": "Türöffner, Vorzimmer, Torwächter, hütet die Tür",
        "champion": "Fürsprecher, Fürsprecherin, Förderer",
        "blocker": "Bremser, Gegner, Verhinderer, bremst, blocks",
    }
)

# What their role means, for reading; the words to type are those above.
DECIDES_WORDS = {
    "decision-maker": {"de": "entscheidet", "en": "decides"},
    "influencer": {"de": "redet mit", "en": "has a say"},
    "user": {"de": "arbeitet damit", "en": "works with it"},
    "gatekeeper": {"de": "hütet die Tür", "en": "gatekeeper"},
    "champion": {"de": "Fürsprecher", "en": "champion"},
    "blocker": {"de": "bremst", "en": "blocks"},
}

# Section roles: docs/file-format.md. The two-letter code is the language that such a heading tells.
SECTIONS: dict[str, tuple[str, str]] = {
    "history": ("history", "en"),
    "verlauf": ("history", "de"),
    "historie": ("history", "de"),
    "chronik": ("history", "de"),
    "common ground": ("common", "en"),
    "gemeinsames": ("common", "de"),
    "bezugspunkte": ("common", "de"),
    "careful": ("careful", "en"),
    "vorsicht": ("careful", "de"),
    "to settle": ("settle", "en"),
    "zu klaeren": ("settle", "de"),
}
SECTION_TITLES = {
    "history": {"de": "Verlauf", "en": "History"},
    "common": {"de": "Gemeinsames", "en": "Common ground"},
    "careful": {"de": "Vorsicht", "en": "Careful"},
    "settle": {"de": "Zu klären", "en": "To settle"},
}

# Free sections that a task without an entry belongs to; the first of a language is what we write.
TASK_SECTIONS = {
    "de": ("Aufgaben", "Offen", "Offene Punkte", "Zu tun", "Zu erledigen", "Versprochen"),
    "en": ("To do", "Todo", "Tasks", "Open", "Open points", "Promised"),
}

# Canonical kind: (touch, word we write in German, in English, further words).
KINDS: dict[str, tuple[str, str, str, str]] = {
    "call": (
        "talk",
        "Anruf",
        "Call",
        "phone, phone call, Telefonat, Telefongespräch, Tel., Tel, Telefon, angerufen, telefoniert, "
        "zurückgerufen, Rückruf, called, phoned",
    ),
    "visit": (
        "talk",
        "Besuch",
        "Visit",
        "vor Ort, Aufmaß, besucht, vorbeigeschaut, vorbeigekommen, vorbeigefahren, Ortstermin, Baustellentermin, "
        "visited, Kundenbesuch",
    ),
    "meeting": (
        "talk",
        "Treffen",
        "Meeting",
        "Gespräch, gesprochen, Termin, Besprechung, getroffen, met, talked, spoke",
    ),
    "video": ("talk", "Video", "Video", "Videocall, Videokonferenz, Zoom, Teams, Video call"),
    "fair": ("talk", "Messe", "Fair", "Messegespräch, trade fair, Messekontakt"),
    "mail": ("written", "Mail", "Mail", "E-Mail, email, gemailt, mailed"),
    "letter": ("written", "Brief", "Letter", "Fax, Post, Postkarte"),
    "message": (
        "written",
        "Nachricht",
        "Message",
        "SMS, WhatsApp, WA, Signal, Chat, Rückruf erbeten, bittet um Rückruf",
    ),
    "offer": ("written", "Angebot", "Offer", "Kostenvoranschlag, KVA, Offerte, Quote, Quotation"),
    "order": ("written", "Auftrag", "Order", "Bestellung"),
    "invoice": ("written", "Rechnung", "Invoice", "Mahnung, Reminder"),
    "complaint": (
        "written",
        "Reklamation",
        "Complaint",
        "Beschwerde, Beanstandung, Mängelrüge, Mangel, reklamiert",
    ),
    "praise": ("written", "Lob", "Praise", "Dank, Danke"),
    "note": ("none", "Notiz", "Note", "Vermerk, intern, internal"),
    "attempt": (
        "none",
        "Anrufversuch",
        "Attempt",
        # No "AB" and no "Versuch": "ab Montag zu" and "Versuch mit R7" are no attempts to call.
        "nicht erreicht, nicht erreichbar, niemand erreicht, niemanden erreicht, keinen erreicht, "
        "Kontaktversuch, vergeblich angerufen, Mailbox, auf AB, auf den AB, AB gesprochen, "
        "AB besprochen, den AB besprochen, nur der AB, nur die Mailbox, Mailbox besprochen, "
        "auf AB gesprochen, auf den AB gesprochen, auf Mailbox, auf die Mailbox gesprochen, "
        "Anrufbeantworter, auf Anrufbeantworter, besetzt, keiner da, niemand da, keiner dran, "
        "keiner rangegangen, niemand rangegangen, nicht rangegangen, geht nicht ran, ging nicht ran, "
        "geht keiner ran, ging keiner ran, nimmt nicht ab, hat nicht abgehoben, nicht abgehoben, "
        "hebt nicht ab, hat nicht abgenommen, did not pick up, didn't pick up, not reached, no answer, nobody reached, "
        "nobody there, didn't answer, did not answer, voicemail, "
        "line busy, unreached, left message, left a message, left voicemail, left a voicemail",
    ),
    "idea": ("none", "Idee", "Idea", ""),
    "market": ("none", "Markt", "Market", "Marktbeobachtung"),
    "task": ("none", "Aufgabe", "Task", "To-do, todo"),
}

# Direction of a kind without a preposition: docs/file-format.md.
KIND_DIRECTION = {
    "offer": "to",
    "invoice": "to",
    "order": "from",
    "complaint": "from",
    "praise": "from",
}

# Canonical mood: (tone -1 bad, 0 neutral, 1 good, word we write in German, in English, more words).
MOODS: dict[str, tuple[int, str, str, str]] = {
    "bad": (
        -1,
        "schlecht",
        "bad",
        "verärgert, sauer, enttäuscht, wütend, angry, upset, annoyed, disappointed, unzufrieden, unhappy, "
        "genervt, gereizt, frustriert, frustrated, mies, stinksauer, stinkig, angefressen, beleidigt, "
        "ungehalten, ärgerlich, aufgebracht, unfreundlich, furious",
    ),
    "neutral": (
        0,
        "neutral",
        "neutral",
        "sachlich, okay, ok, ruhig, calm, mittel, so lala, abwartend, normal, zurückhaltend, skeptisch, "
        "kurz angebunden, in Eile, gestresst, unentschlossen, reserved, undecided",
    ),
    "good": (
        1,
        "gut",
        "good",
        "freundlich, zufrieden, happy, pleased, satisfied, herzlich, begeistert, froh, glücklich, "
        "sehr gut, great, friendly, erleichtert, relieved, bestens, dankbar, grateful, super, prima, toll, "
        "positiv, gut gelaunt, gut drauf, entspannt, interessiert",
    ),
}


def in_language(name: str, language: str) -> str:
    """Return what a status, stage or mood is called in ``de`` or ``en``; another name is itself."""
    shown = STATUS_WORDS.get(name) or STAGE_WORDS.get(name)
    if shown:
        return shown[language]
    _tone, german, english, _more = MOODS.get(name, (0, name, name, ""))
    return german if language == "de" else english


PREPOSITIONS = {
    "with": "with",
    "mit": "with",
    "m.": "with",
    "from": "from",
    "von": "from",
    "vom": "from",
    "to": "to",
    "an": "to",
    "bei": "to",
    "beim": "to",
    "zu": "to",
    "zum": "to",
}
PREPOSITION_WORDS = {
    "with": {"de": "mit", "en": "with"},
    "from": {"de": "von", "en": "from"},
    "to": {"de": "an", "en": "to"},
}
# What ends the names behind a preposition, for it is never part of one.
ABOUT = (
    *("wegen", "wg.", "wg", "über", "bezüglich", "bzgl.", "bzgl", "betreffend", "betr.", "zwecks"),
    *("about", "regarding"),
)

FACTS = _table(
    {
        "mood": "Stimmung, Laune",
        "solved": "gelöst, erledigt am, Lösung, solution",
        "amount": "Betrag, Summe, Wert, value",
        "because": "weil, Grund, warum, reason",
    }
)
FACT_WORDS = {
    "mood": {"de": "Stimmung", "en": "Mood"},
    "solved": {"de": "gelöst", "en": "solved"},
    "amount": {"de": "Betrag", "en": "amount"},
    "because": {"de": "weil", "en": "because"},
}
SOLVED = frozenset(map(plain, ("gelöst", "solved", "erledigt", "behoben")))
DUE_WORDS = frozenset(map(plain, ("due", "fällig", "bis", "faellig")))
MENTION_CUSTOMER = frozenset(("customer", "kunde", "kundin"))
MENTION_ME = frozenset(("me", "ich"))
# Channels of a consent, by what they mean; a refusal there keeps a customer off such a list.
_ALL_CHANNELS = ("all", "alle", "alles", "any")
PHONE_CHANNELS = frozenset(
    map(
        plain,
        (
            *("phone", "telephone", "call", "calls"),
            *("Telefon", "telefonisch", "Anruf", "Anrufe", *_ALL_CHANNELS),
        ),
    )
)
MAIL_CHANNELS = frozenset(
    map(plain, ("mail", "mails", "email", "E-Mail", "E-Mails", "newsletter", *_ALL_CHANNELS))
)
LETTER_CHANNELS = frozenset(
    map(plain, ("letter", "letters", "post", "Brief", "Briefe", "Briefpost", *_ALL_CHANNELS))
)
YES = frozenset(("yes", "ja", "true", "erlaubt", "y", "j", "on", "1"))
NO = frozenset(("no", "nein", "false", "verweigert", "widersprochen", "n", "off", "0"))
_REFUSING = NO | {
    *("nicht", "nie", "kein", "keine", "abgelehnt", "widerrufen"),
    *("not", "never", "refused", "denied", "declined", "withdrawn", "revoked"),
}


def refuses(text: str) -> bool:
    """Tell whether what is said of a consent refuses it: ``nein, am Telefon gesagt``."""
    word = plain(text).partition(" ")[0].rstrip(",.;:!")
    return word in _REFUSING


# What may stand before a name and is no part of it.
TITLES = frozenset(
    map(
        plain,
        (
            *("Herr", "Herrn", "Hr.", "Hr", "Hrn.", "Hrn", "Frau", "Fr.", "Familie", "Fam."),
            *("Mr", "Mr.", "Mrs", "Mrs."),
            *("Ms", "Ms.", "Dr.", "Dr", "Prof.", "Prof", "Professor"),
            *("Mag.", "Dipl.", "Ing.", "med."),
        ),
    )
)
NOBODY_WORDS = frozenset(("nobody", "niemand", "none", "-"))

ENDED_STATUSES = frozenset(("former", "declined", "closed"))
ADDRESS = ("street", "zip", "city", "country")
# What names an item of a list.
NAMED_BY = {
    "contacts": "name",
    "products": "name",
    "deals": "title",
    "relations": "to",
    "consent": "channel",
}
