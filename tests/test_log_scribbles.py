"""``crm log`` understands lines in the order of speech, as they are scribbled on the phone."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.config import default_config
from crm_md.document import nature_of, read_heading
from crm_md.document.entry_writing import format_heading
from crm_md.records.log_entry import heading_of
from tests.books import Book

NOW = datetime(2026, 11, 21, 14, 30)  # a Saturday
CONFIG = default_config("de")
PEOPLE = ("Aylin Yılmaz",)


def written(line: str) -> str:
    """Return the entry's heading without the day, where it is today, and the time."""
    heading = heading_of(line, PEOPLE, CONFIG, NOW)
    return format_heading(heading, CONFIG, PEOPLE, "de").removeprefix("2026-11-21 14:30 ")


def counts_as(line: str) -> str:
    nature = nature_of(heading_of(line, PEOPLE, CONFIG, NOW), CONFIG, PEOPLE)
    return "attempt" if nature.attempt else nature.touch


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        (
            "gestern nachmittag mit Fr. Yılmaz tel., Angebot kommt Do",
            "2026-11-20 tel. mit Fr. Yılmaz: Angebot kommt Do",
        ),
        ("mit Frau Kaya telefoniert: 3 Schirme", "telefoniert mit Frau Kaya: 3 Schirme"),
        ("Frau Kaya angerufen: passt alles", "Anruf bei Frau Kaya: passt alles"),
        ("Frau Kaya hat angerufen, will Farben", "Anruf von Frau Kaya: will Farben"),
        ("Familie Harms besucht, Aufmaß", "Besuch bei Familie Harms: Aufmaß"),
        ("Mr Kaya called, wants two more", "Anruf von Mr Kaya: wants two more"),
        ("Heike Petersen angerufen wg. R7", "Anruf bei Heike Petersen: wg. R7"),
        ("Heike Petersen hat angerufen, will Farben", "Anruf von Heike Petersen: will Farben"),
        ("Heike angerufen, passt alles", "Anruf: Heike angerufen, passt alles"),
    ],
)
def test_the_verb_may_stand_behind_the_name(line: str, heading: str) -> None:
    assert written(line) == heading


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("Mail von Kai Wichmann - will Maße", "Mail von Kai Wichmann: will Maße"),
        ("Tel. Hr. Kaya wg. Schirme", "Tel. mit Hr. Kaya: wg. Schirme"),
        ("Reklamation Fr. Hinrichs: gerissen", "Reklamation von Fr. Hinrichs: gerissen"),
        (
            "Besuch bei Hr. Jansen u. Fr. de Vries: Segel",
            "Besuch bei Hr. Jansen, Fr. de Vries: Segel",
        ),
        (
            "Besuch Frau Dr. Anna von der Heyde wegen Polster",
            "Besuch mit Frau Dr. Anna von der Heyde: wegen Polster",
        ),
        ("Angebot an Müller und Söhne: Planen", "Angebot an Müller und Söhne: Planen"),
    ],
)
def test_people_are_found_without_the_colon_of_a_heading(line: str, heading: str) -> None:
    assert written(line) == heading


@pytest.mark.parametrize(
    "line",
    [
        "Fr. Kaya nicht erreicht",
        "tel. m. Hr. Brandt, nicht erreicht",
        "Yılmaz angerufen, keiner da",
        "AB gesprochen",
        "niemand rangegangen",
        "Mr Kaya not reached",
    ],
)
def test_nobody_reached_is_an_attempt_wherever_it_stands(line: str) -> None:
    assert counts_as(line) == "attempt"


@pytest.mark.parametrize(
    ("line", "touch"),
    [
        ("Umsatzziel nicht erreicht", "none"),
        ("Anruf: war lange besetzt, dann doch da", "talk"),
        ("Besuch: Ziel nicht erreicht", "talk"),
    ],
)
def test_what_was_not_reached_is_no_attempt(line: str, touch: str) -> None:
    assert counts_as(line) == touch


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("kurz tel. mit Hr. Kaya", "tel. mit Hr. Kaya: kurz"),
        ("eben angerufen, ist im Urlaub", "angerufen: ist im Urlaub"),
        ("Anruf, will warten", "Anruf: will warten"),
    ],
)
def test_an_adverb_or_a_comma_does_not_hide_the_kind(line: str, heading: str) -> None:
    assert written(line) == heading


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("Mo Besuch: Aufmaß", "2026-11-16 Besuch: Aufmaß"),
        ("Fr Angebot raus", "2026-11-20 Angebot: raus"),
        (
            "Mo kurz vorbeigeschaut, Markise klemmt",
            "2026-11-16 vorbeigeschaut: kurz, Markise klemmt",
        ),
        ("Fr. Post: will Muster", "Fr. Post: will Muster"),
        ("Do it again", "Do it again"),
    ],
)
def test_a_short_weekday_counts_before_a_kind(line: str, heading: str) -> None:
    assert written(line) == heading


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("Anruf mit Aylin und Jens: x", "Anruf mit Aylin, Jens: x"),
        ("Anruf mit Aylin & Jens: x", "Anruf mit Aylin, Jens: x"),
        ("Anruf mit Aylin, Jens: x", "Anruf mit Aylin, Jens: x"),
        ("call with Aylin and Jens: x", "call with Aylin, Jens: x"),
        ("Anruf mit Jens und Aylin: x", "Anruf mit Jens, Aylin: x"),
        ("Besuch bei Ute Harms und Jens Kaya: x", "Besuch bei Ute Harms, Jens Kaya: x"),
        ("Anruf mit Aylin und Jens", "Anruf mit Aylin, Jens:"),
        ("Anruf mit Müller und Söhne: x", "Anruf mit Müller und Söhne: x"),
    ],
)
def test_two_people_are_two(line: str, heading: str) -> None:
    assert written(line) == heading


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("Mail von Kaya", "Mail von Kaya:"),
        ("Mail von Kaya, will Maße", "Mail von Kaya: will Maße"),
        ("Anruf mit Kaya und Tim", "Anruf mit Kaya, Tim:"),
        ("mail to Kaya", "mail to Kaya:"),
        ("Mail von Montag", "Mail: von Montag"),
        ("Mail mit Preisliste", "Mail: mit Preisliste"),
        ("Mail von der Buchhaltung", "Mail: von der Buchhaltung"),
        ("Bestellung von Stoff", "Bestellung: von Stoff"),
        ("Mail von Kaya kam spät", "Mail: von Kaya kam spät"),
    ],
)
def test_one_unknown_word_is_a_person_where_nothing_else_can_stand(line: str, heading: str) -> None:
    assert written(line) == heading


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("heute um 9 Telefonat Aylin", "2026-11-21 09:00 Telefonat mit Aylin"),
        ("Mo um 9 Besuch: Aufmaß", "2026-11-16 09:00 Besuch: Aufmaß"),
        ("yesterday at 9 call: samples", "2026-11-20 09:00 call: samples"),
        ("gestern 14 Uhr Anruf Aylin Maße", "2026-11-20 14:00 Anruf mit Aylin: Maße"),
        ("KW 46 Besuch", "2026-11-09 Besuch"),
        ("week 46: visit", "2026-11-09 visit"),
        ("46. KW kurz tel. mit Aylin: x", "2026-11-09 tel. mit Aylin: kurz, x"),
        ("KW 50 Besuch", "KW 50 Besuch"),
        ("KW 46 Lieferung kam", "KW 46 Lieferung kam"),
        ("heute um 3 Jacken gebeten", "um 3 Jacken gebeten"),
        ("Telefonat: …", "Telefonat: …"),
    ],
)
def test_a_kind_makes_sure_of_the_day_and_the_hour_before_it(line: str, heading: str) -> None:
    assert written(line) == heading


@pytest.mark.parametrize(
    "line",
    [
        *("AB", "AB, bittet um Rückruf", "nur AB", "wieder nur Mailbox", "Heike: nur AB", "busy"),
        *(
            "Anruf bei Heike: AB",
            "left a message",
            "voicemail",
            "besetzt",
            "Mailbox",
            "not reached",
        ),
        *("AB gesprochen", "AB besprochen", "nur die Mailbox", "leider nicht erreicht"),
    ],
)
def test_every_way_to_reach_nobody_is_an_attempt(line: str) -> None:
    assert counts_as(line) == "attempt"


@pytest.mark.parametrize(
    "line", ["ABC-Analyse", "Anruf: ab Montag zu", "AB Testlauf", "Anruf: busy week, call in May"]
)
def test_what_only_begins_like_one_is_none(line: str) -> None:
    assert counts_as(line) != "attempt"


def test_not_reached_alone_is_an_attempt_in_the_file(book: Book) -> None:
    book("log", "petersen", "nicht erreicht")
    assert "### 2026-11-20 14:30 nicht erreicht (anna)" in book.read(
        "customers/modehaus-petersen.md"
    )
    entry, *_older = book.open().read("customers/modehaus-petersen.md").customer.entries
    assert (entry.kind, entry.attempt, entry.touch) == ("attempt", True, "none")


def test_a_person_named_at_the_end_is_offered_to_be_added(book: Book) -> None:
    answer = book("log", "petersen", "Mail von Kaya", language="de")
    assert "Kaya ist noch kein Ansprechpartner" in answer.both


def test_a_day_that_no_calendar_has_is_refused_with_a_remedy(book: Book) -> None:
    answer = book("log", "petersen", "30.2.2026", "call")
    assert answer.code == 2
    assert "30.2.2026" in answer.err
    assert "→" in answer.err


@pytest.mark.parametrize(
    "line",
    ["Frau Kaya heiratet nächste Woche", "mit Frau Kaya Schirme besprochen", "nur ein Gedanke"],
)
def test_what_is_no_talk_stays_as_it_was_typed(line: str) -> None:
    assert written(line) == line


def test_a_word_that_begins_like_about_is_part_of_the_name() -> None:
    heading = read_heading("2026-11-20 Anruf mit Frau Übermann: passt", CONFIG, ())
    assert heading is not None
    assert heading.people == ("Frau Übermann",)


SCRIBBLED = (
    "mit von an Frau Hr. Kaya Yılmaz tel. angerufen, nicht erreicht kurz eben Mo Besuch und u. Fr. "
    "Post: - wegen Aufmaß hat (anna) Anruf , keiner da: gelöst: Dr. von der Heyde"
)
WORDS = st.lists(st.sampled_from(SCRIBBLED.split(" ")), min_size=1, max_size=9)


@settings(max_examples=200, deadline=None)
@given(WORDS)
def test_whatever_is_scribbled_is_read_back_as_it_was_understood(words: list[str]) -> None:
    heading = heading_of(" ".join(words), PEOPLE, CONFIG, NOW)
    back = read_heading(format_heading(heading, CONFIG, PEOPLE, "de"), CONFIG, PEOPLE)
    assert back is not None
    assert (back.date, back.kind, back.people) == (heading.date, heading.kind, heading.people)


def test_the_answer_says_what_is_no_contact(book: Book) -> None:
    tried = book("log", "petersen", "Heike nicht erreicht", language="de")
    assert "Zählt als Versuch, nicht als Kontakt." in tried.err
    noted = book("log", "petersen", "hat bezahlt", language="de")
    assert "Zählt als Notiz, nicht als Kontakt" in noted.err
    called = book("log", "petersen", "Anruf: bezahlt", language="de")
    assert "Zählt" not in called.err


def test_a_day_to_come_is_told_where_it_belongs(book: Book) -> None:
    answer = book("log", "petersen", "morgen Termin mit Heike", language="de")
    assert '--danach "morgen Termin mit Heike"' in answer.err
    assert "--danach" not in book("log", "petersen", "gestern Termin mit Heike", language="de").err


def test_what_settles_a_complaint_reads_as_it_was_typed(book: Book) -> None:
    assert written("Reklamation gelöst: neue Plane") == "Reklamation gelöst: neue Plane"
    answer = book("log", "petersen", "Reklamation gelöst: neue Plane", language="de")
    assert "Reklamation gelöst: neue Plane" in answer.err
    assert "Reklamation gelöst: neue Plane" in book("show", "petersen", language="de").out
    assert "Reklamation offen" not in book("show", "petersen", language="de").out


def test_an_attempt_is_shown_as_it_is_written(book: Book) -> None:
    book("log", "petersen", "Heike nicht erreicht", language="de")
    assert "Anruf bei Heike: nicht erreicht" in book("show", "petersen", language="de").out


def test_the_answer_names_people_as_the_file_does(book: Book) -> None:
    answer = book("log", "petersen", "mit Fr. Jansen tel., Angebot kommt", language="de")
    assert "tel. mit Fr. Jansen: Angebot kommt" in answer.err


@pytest.mark.parametrize(
    ("scribbled", "heading"),
    [
        ("Besuch am 3.11. bei Heike Petersen: Muster", "2026-11-03 Besuch bei Heike Petersen"),
        ("Anruf gestern mit Heike Petersen: Muster", "2026-11-19 Anruf mit Heike Petersen"),
        ("Call on 2026-11-03 with Heike Petersen: Muster", "2026-11-03 Call with Heike Petersen"),
        ("Besuch am Strand: Muster", "2026-11-20 14:30 Besuch"),
        ("Angebot vom 3.11. nachgefasst: Muster", "2026-11-20 14:30 Angebot"),
    ],
)
def test_a_day_right_behind_the_kind_is_taken(book: Book, scribbled: str, heading: str) -> None:
    assert book("log", "petersen", scribbled).code == 0
    assert f"### {heading}" in book.read("customers/modehaus-petersen.md")
