"""Which words meet in a search, and which must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_md.index.german import compound_stem, stems
from crm_md.index.tokens import normal

MEET = """
Lieferung/Lieferungen Lieferung/liefern Lieferung/geliefert Lieferungen/geliefert
lieferte/Lieferung liefert/geliefert liefern/gelieferten lieferbar/liefern
nachgeliefert/nachliefern Reklamation/reklamiert Reklamationen/reklamieren storniert/Stornierung
Installation/installiert Information/informieren Angebot/Angebote Angebot/angeboten
Angebot/anbieten Anbieter/anbieten Anruf/angerufen anrufen/Anruf anzurufen/Anruf rief/gerufen
Bestellung/bestellt bestellen/bestellte Rechnung/Rechnungen Rechnung/rechnen gerechnet/rechnen
Zahlung/gezahlt zahlt/Zahlung bezahlt/Bezahlung Kunde/Kunden Kundin/Kunden Kundinnen/Kunde
Kollege/Kollegin Kollegen/Kolleginnen Käufer/kaufen gekauft/kaufen verkauft/Verkäufer
Termin/Termine Terminen/Termin Vertrag/Verträge Vertrags/Verträge Haus/Häuser Häusern/Haus
Buch/Bücher Muster/Mustern Preis/Preise Preisen/Preis Gespräch/Gespräche besprochen/Besprechung
sprechen/gesprochen geschrieben/schreiben geschrieben/schrieb getroffen/treffen
verloren/verlieren gewonnen/gewinnen angenommen/annehmen Annahme/angenommen
verschoben/verschieben entschieden/Entscheidung entscheiden/Entscheidungen
überwiesen/Überweisung gefunden/finden Verbindung/verbunden abgesagt/Absage zugesagt/Zusage
eingeladen/Einladung Vorschlag/vorgeschlagen Wartung/gewartet wartet/gewartet Prüfung/geprüft
prüfen/prüft Verzögerung/verzögert Änderung/geändert ändern/Änderungen sammeln/gesammelt
Sammlung/sammeln Handel/Händler verhandeln/Verhandlung Zeichnung/gezeichnet
Abschluss/abgeschlossen abschließen/abgeschlossen Gerät/Geräte Geräten/Gerät Projekt/Projekte
Büro/Büros Foto/Fotos Chef/Chefs schön/schöner neu/neuer neuen/neue zufrieden/zufriedene
freundlich/freundliche verspätet/verspätete Verspätung/verspätet Erhöhung/erhöht
Kündigung/gekündigt kündigen/Kündigung Bestätigung/bestätigt bestätigen/Bestätigung
Ergebnis/Ergebnisse Betreuer/betreuen betreut/Betreuung Einführung/eingeführt Straße/Strassen
Mueller/Müller Gespraech/Gespräche Kosten/kostet gekostet/Kosten arbeitet/Arbeit teuer/teure
Schaden/Schäden beschädigt/Beschädigung Naht/Nähte gebracht/bringen gegeben/geben
Übergabe/übergeben eingegangen/Eingang Umzug/umgezogen Versand/versenden besucht/Besuch
gelobt/Lob Absprache/abgesprochen delivery/deliveries delivered/delivery complaint/complaints
call/called calling/calls invoice/invoices invoiced/invoice shipped/ship meeting/meetings
order/ordered
"""
APART = """
Schiff/Schaft schon/schieben Sicht/sich Nacht/nach Lieferung/lief Lieferung/Lift Kunde/Kunst
Gericht/Gerüst Bau/Baum Rechnung/Rechen Haus/Hase Vertrag/Vortrag Angebot/Verbot Termin/Terminal
Muster/Mast Farbe/Farn Naht/nah Besuch/Versuch Bestellung/Gestell Auftrag/Antrag Ware/wahr
Kauf/Kaff Leder/leider Wein/wenig Wand/Wanderung Stoff/Stift Werk/Wirkung Rabatt/Rabe
Katalog/Kater Messe/Masse Regal/Regel Gebiet/bieten Gehalt/halten Geschäft/schaffen
Gesicht/Sicht Geschichte/Schicht gegen/Gegend Kiste/Küste Karte/Karton Seite/sein
Schraube/schreiben Zoll/Zahl Bank/bange Halle/halten Brand/bringen Wasser/wissen Tag/tragen
und/Unding noch/Nocken
"""


@pytest.mark.parametrize("pair", MEET.split())
def test_forms_of_a_word_meet(pair: str) -> None:
    one, other = map(normal, pair.split("/"))
    assert set(stems(one)) & set(stems(other))


@pytest.mark.parametrize("pair", APART.split())
def test_other_words_do_not_meet(pair: str) -> None:
    one, other = map(normal, pair.split("/"))
    assert not set(stems(one)) & set(stems(other))


def test_a_word_that_says_nothing_meets_only_itself() -> None:
    assert stems("nach") == ("=nach",)
    assert stems("2026") == ("=2026",)


def test_a_compound_is_told_by_a_last_part_that_is_long_enough() -> None:
    assert stems("lieferverzug")[0].endswith(compound_stem("verzug"))
    assert compound_stem("tag") == compound_stem("und") == ""


@given(st.text(max_size=20))
def test_every_word_has_a_stem(word: str) -> None:
    assert all(stems(normal(word)))
