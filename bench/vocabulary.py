"""The words that invented customers are made of, each as frequent as in everyday German."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n"))


FIRST_NAMES = _words(
    """Heike Uwe Sabine Jörg Anke Björn Petra Jürgen Ute Günter Silke Sören Katrin Rüdiger
Monika Torsten Bärbel Holger Renate Wolfgang Ingrid Dieter Ursula Klaus Käthe Hans Gisela Bernd
Marion Detlef Birgit Volker Andrea Frank Susanne Ralf Claudia Jens Martina Stefan Nicole Markus
Tanja Oliver Sandra Thorsten Melanie Sven Nadine Lars Yvonne Kai Julia Tim Lena Jan Laura Felix
Hannah Lukas Mia Finn Emma Noah Zoë André René Aylin Mehmet Olga Piotr Giulia Jovana"""
)
SURNAMES = _words(
    """Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer
Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann
Lange Schmitt Werner Krause Lehmann Köhler Maier Kaiser Fuchs Lang Weiß Peters Jansen Petersen
Möller Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm
Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas
Schreiber Graf Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold
Wolff Pfeiffer Öztürk Yılmaz Nowak Kowalski Hübner Reißig Gößwein Strauß Süß Dörr Jost Ahrens
Behrens Carstens Detlefsen Eggers Feddersen Gerdes Hinrichs Iversen Jacobsen Knudsen"""
)
TRADES = _words(
    """Modehaus Bäckerei Tischlerei Autohaus Strandhotel Gärtnerei Druckerei Brauerei Kelterei
Metallbau Dachdeckerei Elektro Sanitär Maschinenbau Spedition Apotheke Buchhandlung Reederei
Werft Molkerei Schlosserei Gasthof Klinik Kanzlei Steuerbüro Architekturbüro Fahrradladen Weingut
Sägewerk Textilwerk Polsterei Töpferei Optik Hörgeräte Sporthaus Möbelhaus Baumschule"""
)
FORMS = ("GmbH", "GmbH & Co. KG", "KG", "OHG", "AG", "e. K.", "GbR", "UG", "")
CITIES = (  # postcode, name, area code, country where it is not Germany
    ("26757", "Borkum", "04922", ""), ("01067", "Dresden", "0351", ""),
    ("20095", "Hamburg", "040", ""), ("80331", "München", "089", ""),
    ("50667", "Köln", "0221", ""), ("90402", "Nürnberg", "0911", ""),
    ("99084", "Erfurt", "0361", ""), ("18055", "Rostock", "0381", ""),
    ("97070", "Würzburg", "0931", ""), ("48143", "Münster", "0251", ""),
    ("04109", "Leipzig", "0341", ""), ("24937", "Flensburg", "0461", ""),
    ("79098", "Freiburg", "0761", ""), ("66111", "Saarbrücken", "0681", ""),
    ("33602", "Bielefeld", "0521", ""), ("08056", "Zwickau", "0375", ""),
    ("6900", "Bregenz", "+43 5574", "AT"), ("1010", "Wien", "+43 1", "AT"),
    ("8001", "Zürich", "+41 44", "CH"), ("4051", "Basel", "+41 61", "CH"),
)  # fmt: skip
ROLES = _words(
    """Inhaberin Geschäftsführer Einkauf Buchhaltung Werkstattleiter Vertrieb Empfang Technik
Prokuristin Lagerleiter Marketing Assistenz"""
)
COMMON_GROUND = (
    "segelt", "kommt aus Oldenburg", "hat zwei Töchter", "läuft Marathon", "sammelt Schallplatten",
    "war auf derselben Schule", "fährt jedes Jahr nach Norwegen", "spielt Posaune",
    "züchtet Bienen", "ist Fan von Werder", "kocht gern indisch", "restauriert alte Traktoren",
    "singt im Kirchenchor",
)  # fmt: skip
REACH = ("lieber vormittags", "nie montags", "ab 14 Uhr", "per Mail", "mobil am besten")
RELATIONS = ("Schwager", "Tochterfirma", "Lieferant", "Nachbar", "Vermieter", "Empfehlung")
TAGS = _words("mode insel handwerk messe stammkunde online export bio saison neukunde rahmen")

NOUNS = _words(
    """Lieferung Angebot Termin Rechnung Muster Ware Kunde Preis Vertrag Maschine Anlage Farbe
Naht Stoff Reklamation Auftrag Bestellung Ersatz Gutschrift Frist Besuch Anruf Katalog Messe
Schulung Wartung Reparatur Ersatzteil Lager Chef Kollegin Werkstatt Halle Umbau Projekt Budget
Entscheidung Freigabe Zeichnung Prototyp Serie Qualität Verzögerung Rabatt Skonto Zahlung Mahnung
Konditionen Urlaub Nachfolger Sortiment Verpackung Spedition Palette Container Zoll Zertifikat
Prüfung Norm Software Schnittstelle Zugang Passwort Einführung Feier Jubiläum Umzug
Filiale"""
)
VERBS = _words(
    """wartet hilft bestätigt prüft schickt liefert bestellt reklamiert verhandelt entscheidet
verschiebt bezahlt vergleicht überlegt kündigt verlängert empfiehlt besucht telefoniert lobt
kritisiert testet montiert repariert plant beauftragt storniert erinnert fragt meldet"""
)
PARTICIPLES = _words(
    """geliefert bestätigt verschoben bestellt besprochen zugesagt versprochen geprüft
bezahlt reklamiert geschrieben angerufen vereinbart getroffen gefunden verloren gewonnen ersetzt
repariert angeboten abgelehnt genehmigt gebucht gestrichen nachgereicht"""
)
ADJECTIVES = _words(
    """neue alte gute schlechte schöne teure günstige große kleine wichtige dringende
offene fehlerhafte verspätete zufriedene verärgerte freundliche schwierige einfache endgültige"""
)
SENTENCES = _lines(
    """{V} noch auf die {n}, {n} schon {p}.
Die {a} {n} ist {p}, Herr {s} {v} bis Freitag.
{n} und {n} {p}; Frau {s} {v} die {n}.
Es geht um {n}: {a} {n} wurde nicht {p}.
Hat nach {n} gefragt, will eine {a} {n}.
Wir sollen die {n} mit der {n} zusammen schicken.
{s} {v}, weil die {n} zu spät {p} wurde.
Zum zweiten Mal {a} {n}. Ersatz ist {p}.
Im nächsten Jahr kommt eine {a} {n} dazu, dafür braucht er {n}.
Sehr {a} {n}, hat sich bedankt und {v} weiter.
Mag die {n} nicht, aber die {n} ist {p}.
Kunde {v} die {n} und hätte gern {n} statt {n}.
Wenn die {n} {p} ist, rufen wir wegen der {n} noch einmal an.
Die Kollegin {s} {v} künftig, {n} bleibt wie {p}."""
)
SUBJECTS = (
    "{n} {p}",
    "{a} {n}",
    "{n} und {n}",
    "Rückfrage zur {n}",
    "{n}",
    "{n} {v}",
    "{n} zu {a}",
)
TALKS = (("Anruf", "mit"), ("Anruf", "von"), ("Besuch", "bei"), ("Treffen", "mit"), ("Mail", "von"))
LAST_WEIGHTS = (40, 25, 20, 12, 3)  # hardly anybody waits for an answer
KINDS = (
    *TALKS, ("Mail", "an"), ("Angebot", "an"), ("Auftrag", "von"), ("Reklamation", "von"),
    ("Notiz", ""), ("Rechnung", "an"), ("Lob", "von"), ("nicht erreicht", ""), ("Messe", "mit"),
)  # fmt: skip
KIND_WEIGHTS = (22, 12, 10, 6, 14, 12, 6, 5, 3, 5, 2, 1, 1, 1)
MOODS = ("gut", "freundlich", "zufrieden", "neutral", "schlecht", "verärgert", "enttäuscht")
MOOD_WEIGHTS = (20, 25, 25, 20, 4, 4, 2)

GAPS = {"v": VERBS, "p": PARTICIPLES, "a": ADJECTIVES, "s": SURNAMES}  # in the templates above

FRONT = _words(
    """Liefer Reißverschluss Strand Garten Winter Sommer Büro Werk Muster Kunden Maschinen
Motor Holz Metall Stahl Glas Leder Woll Seiden Leinen Wasser Strom Gas Heizungs Dach Keller Fenster
Tür Boden Wand Decken Lampen Möbel Küchen Bad Auto Rad Schiffs Hafen Insel Berg Wald Feld Wein Bier
Brot Käse Fleisch Fisch Obst Gemüse Kaffee Tee Papier Druck Farb Lack Kleb Schraub Bohr Säge
Schweiß Fräs Dreh Press Pump Filter Ventil Rohr Kabel Schalter Sensor Steuer Prüf Mess Wiege Pack
Versand Lager Transport Zoll Rechts Steuer Bank Kredit Miet Kauf Bau Umbau Planungs Entwurfs
Werbe Presse Internet Netz Daten Server Telefon Messe Reise Hotel Gast Schul Lehr Kurs Sport
Musik Kunst Theater Kinder Jugend Alters Kranken Pflege Arzt Zahn Augen Hör Tier Hunde
Abend Morgen Nacht Luft Licht Schall Wärme Kälte Laser Spezial Sonder Standard Premium Jahres
Monats Wochen Tages Probe Test Serien Einzel Groß Klein Neben Haupt Zwischen End Vor Nach Erst
Zweit Rest Ersatz Not Eil Express Paket Brief Post Kartei"""
)
_BACK = _words(
    """lieferung angebot termin rechnung muster ware preis vertrag maschine anlage farbe naht
stoff auftrag bestellung ersatz frist besuch katalog messe schulung wartung reparatur teil lager
werkstatt halle umbau projekt budget freigabe zeichnung serie qualität verzögerung rabatt zahlung
verpackung palette container zertifikat prüfung norm software schnittstelle zugang einführung
feier umzug filiale tasche kiste rolle platte leiste klappe dose haube spule kette walze scheibe
rahmen kasten kessel deckel griff bügel halter träger ständer regler zähler melder geber schutz
belag bezug griffe technik pflege beratung planung montage abnahme störung meldung übergabe
verzug schaden mangel fehler bruch riss fleck kratzer verlust ausfall engpass stau vorrat bestand
eingang ausgang aufbau abbau ausbau neubau verkauf einkauf verleih service vertretung leitung
gruppe abteilung verwaltung buchhaltung kasse gebühr steuer versicherung bürgschaft"""
)


@dataclass(frozen=True, slots=True)
class Nouns:
    """Nouns with the odds of each, added up, for quick drawing."""

    words: Sequence[str]
    odds: Sequence[float]

    @classmethod
    def zipf(cls, rng: random.Random) -> Nouns:
        """Return everyday nouns, behind them 20,000 compounds in any order, after Zipf's law."""
        compounds = sorted({front + back for front in FRONT for back in _BACK})
        rng.shuffle(compounds)
        words = [*NOUNS, *compounds]
        weights = ((rank + 8) ** -0.9 for rank in range(len(words)))
        return cls(words, list(itertools.accumulate(weights)))
