"""A sentence keeps its words: only what can hardly be anything but a date is taken off it."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.dates import Toward, parse_date, split_leading_date

SATURDAY = date(2026, 11, 21)
NOW = time(15, 0)

# the words taken | the day understood | the separator and the rest
PAST = """
gestern                    | 2026-11-20       | Anruf von Heike: Lieferung verspätet
gestern 14:30              | 2026-11-20 14:30 | Anruf von Heike: Lieferung verspätet
gestern um 14 Uhr 30       | 2026-11-20 14:30 | Anruf von Heike
gestern 14.30              | 2026-11-20 14:30 | Anruf von Heike
heute morgen               | 2026-11-21       | Anruf mit Ben
vorgestern abend           | 2026-11-19       | Besuch
yesterday at 2pm           | 2026-11-20 14:00 | call with Tom
last friday                | 2026-11-20       | visit
Freitag                    | 2026-11-20       | Lieferung
Freitag                    | 2026-11-20       | , Lieferung
Freitag                    | 2026-11-20       | - Lieferung
Freitag                    | 2026-11-20       | – Lieferung
Freitag                    | 2026-11-20       | : Lieferung
am Freitag                 | 2026-11-20       | um halb drei Besuch
Fr                         | 2026-11-20       | : Anruf
Fr 14:30                   | 2026-11-20 14:30 | Anruf
Fr 20.11.                  | 2026-11-20       | Anruf
20.11.                     | 2026-11-20       | Anruf
20.11                      | 2026-11-20       | Anruf
20.11.                     | 2026-11-20       | : Anruf
20.11.2026                 | 2026-11-20       | : Anruf
20.11.                     | 2026-11-20       | 5 Muster verschickt
2026-11-20 14:30           | 2026-11-20 14:30 | Anruf
2027-11-20                 | 2027-11-20       | Jubiläum
3. Dezember                | 2025-12-03       | 2000 Stück bestellt
14:30                      | 2026-11-21 14:30 | Anruf
14 Uhr                     | 2026-11-21 14:00 | Anruf
vor 3 Tagen                | 2026-11-18       | Anruf
3 days ago                 | 2026-11-18       | call
vor 10 Minuten             | 2026-11-21 14:50 | Anruf
letzte Woche               | 2026-11-09       | Anruf
morgen 10 Uhr              | 2026-11-22 10:00 | Termin mit Heike
heute Abend                | 2026-11-21       |
gestern                    | 2026-11-20       | 14.30 Euro gezahlt
gestern                    | 2026-11-20       | Mai angerufen
heute                      | 2026-11-21       | 10.11 war nichts
"""
FUTURE = """
in 2 wochen                | 2026-12-05       | nachfassen
in 2 weeks                 | 2026-12-05       | : follow up
+2w                        | 2026-12-05       | nachfassen
morgen                     | 2026-11-22       | Muster schicken
nächsten Dienstag um 9 Uhr | 2026-11-24 09:00 | Besuch
bis Freitag                | 2026-11-27       | Muster schicken
by friday                  | 2026-11-27       | send samples
3.12.                      | 2026-12-03       | Angebot nachfassen
am 3.12.                   | 2026-12-03       | anrufen
on December 3rd            | 2026-12-03       | call Heike
May 3                      | 2027-05-03       | call Heike
KW 50                      | 2026-12-07       | nachfassen
Ende März                  | 2027-03-21       | Angebot nachfassen
im Frühjahr                | 2027-03-01       | nachfassen
nach Ostern                | 2027-03-30       | wieder melden
nach den Feiertagen        | 2027-01-07       | : Angebot
nach dem Sommer            | 2027-09-01       | nachfragen
vor Weihnachten            | 2026-12-17       | Karte schreiben
2027-03                    | 2027-03-01       | nachfassen
Frühjahr                   | 2027-03-01       |
2 wochen                   | 2026-12-05       |
gestern                    | 2026-11-20       |
"""


def cells(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().split("\n")]


@pytest.mark.parametrize(
    ("toward", "row"),
    [("past", row) for row in cells(PAST)] + [("future", row) for row in cells(FUTURE)],
    ids=str,
)
def test_a_leading_date_is_taken(toward: Toward, row: list[str]) -> None:
    words, day, rest = row
    gap = "" if rest[:1] in (":", ",") else " "
    when, remainder = split_leading_date(f"  {words}{gap}{rest} ", SATURDAY, toward=toward, now=NOW)
    assert when is not None
    assert f"{when.date}" + (f" {when.time:%H:%M}" if when.time else "") == day
    assert when.words == words
    assert remainder == rest.lstrip(":,-– ")


PAST_SENTENCES = """
Anruf von Heike|Mai angerufen|Mai: Katalog|März ruft an|am Telefon|am 3. Standort|Sommer ruft an
So ist das|So früh wie möglich|Do not call|Fr. Müller angerufen|Sat down with Ben|Sun Microsystems
Mo|Mai|2027|2027 wird gut|3 Angebote|14d geliefert|2 Wochen Verzug|der Freitag passt nicht
Ostern Umfrage|im Sommer war er weg|letztes Jahr gekauft|vor 2 Jahren gekauft|2 years ago he left
KW 50 Lieferung|Q1 Zahlen|Vor Ort gewesen|3.12 Meter Stoff|14.30 Euro|morgen Lieferung|1. Mahnung
nächste Woche kommt er vorbei|in 2 Wochen Messe|now or never|eben telefoniert|Di/Mi anrufen|30.2. x
the weekend was good|zum 3. Mal angerufen|nach Mai gefragt|12/3 call|halb drei Anruf||-|: gestern
"""
FUTURE_SENTENCES = """
Angebot nachfassen|2 wochen nachfassen|14d nachfassen|Frühjahr nachfassen|2 may come|3 march in
nach Mai fragen|letzte Woche besprochen|in Ordnung bringen|Late summer sale|bald melden
Start March campaign|Weihnachten Karte|der 3. Anlauf|am Ball bleiben|bis dann|ab jetzt anrufen
"""


@pytest.mark.parametrize(
    ("toward", "sentence"),
    [("past", words) for words in PAST_SENTENCES.strip("\n").replace("\n", "|").split("|")]
    + [("future", words) for words in FUTURE_SENTENCES.strip("\n").replace("\n", "|").split("|")],
)
def test_words_that_only_look_like_a_date_stay_in_the_sentence(
    toward: Toward, sentence: str
) -> None:
    assert split_leading_date(sentence, SATURDAY, toward=toward, now=NOW) == (None, sentence)


def test_a_range_of_days_keeps_its_end_in_the_sentence() -> None:
    when, rest = split_leading_date("20.11. - 22.11. Messe", SATURDAY, toward="past")
    assert when is not None
    assert (when.words, rest) == ("20.11.", "- 22.11. Messe")


def test_the_date_stands_in_the_first_line() -> None:
    when, rest = split_leading_date("gestern\n14:30 Uhr\n", SATURDAY, toward="past")
    assert when is not None
    assert (when.words, when.time, rest) == ("gestern", None, "14:30 Uhr")


def test_a_sentence_of_any_length_is_split_at_once() -> None:
    sentence = "gestern " + "Wort " * 200_000
    when, rest = split_leading_date(sentence, SATURDAY, toward="past")
    assert when is not None
    assert rest == sentence[len("gestern ") :].rstrip()


PIECES = """
gestern heute in 2 Wochen vor Tagen Freitag: Fr Fr. am 3. 3.12. 3.12 Dezember Mai 2026 14:30 Uhr um
- – , : Ende nach Ostern KW 50 Anruf von Heike Euro nächste letzte 2026-11-20 morgen abend 14d +2w
"""


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=80) | st.lists(st.sampled_from(PIECES.split()), max_size=9).map(" ".join),
    st.dates(),
    st.sampled_from(["past", "future"]),
    st.times() | st.none(),
)
def test_the_rest_is_the_end_of_the_text_and_the_words_its_beginning(
    text: str, today: date, toward: Toward, now: time | None
) -> None:
    when, rest = split_leading_date(text, today, toward=toward, now=now)
    assert text.rstrip().endswith(rest)
    if when is None:
        assert rest == text.strip()
    else:
        assert text.lstrip().startswith(when.words)
        assert when == parse_date(when.words, today, toward=toward, now=now)
        lost = text.strip()[len(when.words) : len(text.strip()) - len(rest)]
        assert not lost.strip(" \t\n\r:,;!?.-–—") or lost.isspace()
