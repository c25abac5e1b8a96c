"""Dates as people type them are understood in both languages, or refused by name."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.dates import Toward, When, parse_date, say_date
from crm_md.errors import DateAmbiguous, DateNotUnderstood, NoSuchDay

SATURDAY = date(2026, 11, 21)
NOW = time(15, 0)

# words | meant toward the future | meant toward the past, where it differs; said on SATURDAY, 15:00
TABLE = """
heute                               | 2026-11-21
today                               | 2026-11-21
HEUTE!                              | 2026-11-21
gestern                             | 2026-11-20
gestern.                            | 2026-11-20
yesterday                           | 2026-11-20
vorgestern                          | 2026-11-19
day before yesterday                | 2026-11-19
the day before yesterday            | 2026-11-19
morgen                              | 2026-11-22
tomorrow                            | 2026-11-22
übermorgen                          | 2026-11-23
uebermorgen                         | 2026-11-23
ÜBERMORGEN                          | 2026-11-23
day after tomorrow                  | 2026-11-23
heute morgen                        | 2026-11-21
heute früh                          | 2026-11-21
morgen früh                         | 2026-11-22
gestern abend                       | 2026-11-20
vorgestern mittags                  | 2026-11-19
this afternoon                      | 2026-11-21
tomorrow in the morning             | 2026-11-22
last night                          | 2026-11-20
heute in einer Woche                | 2026-11-28
morgen in 14 Tagen                  | 2026-12-06
Mo                                  | 2026-11-23             | 2026-11-16
Mo.                                 | 2026-11-23             | 2026-11-16
Montag                              | 2026-11-23             | 2026-11-16
mon                                 | 2026-11-23             | 2026-11-16
Dienstag                            | 2026-11-24             | 2026-11-17
tues                                | 2026-11-24             | 2026-11-17
Mi                                  | 2026-11-25             | 2026-11-18
thursday                            | 2026-11-26             | 2026-11-19
Sonnabend                           | 2026-11-21
samstag                             | 2026-11-21
So.                                 | 2026-11-22             | 2026-11-15
am Freitag                          | 2026-11-27             | 2026-11-20
on friday                           | 2026-11-27             | 2026-11-20
bis Freitag                         | 2026-11-27             | 2026-11-20
by friday                           | 2026-11-27             | 2026-11-20
spätestens am Freitag               | 2026-11-27             | 2026-11-20
until friday                        | 2026-11-27             | 2026-11-20
ab Montag                           | 2026-11-23             | 2026-11-16
diesen Freitag                      | 2026-11-27             | 2026-11-20
this friday                         | 2026-11-27             | 2026-11-20
this coming friday                  | 2026-11-27
nächsten Freitag                    | 2026-11-27
next friday                         | 2026-11-27
am kommenden Freitag                | 2026-11-27
übernächsten Freitag                | 2026-12-04
nächsten Samstag                    | 2026-11-28
letzten Freitag                     | 2026-11-20
last friday                         | 2026-11-20
vorigen Samstag                     | 2026-11-14
vorletzten Freitag                  | 2026-11-13
Montagabend                         | 2026-11-23             | 2026-11-16
friday morning                      | 2026-11-27             | 2026-11-20
Freitag in zwei Wochen              | 2026-12-11
Freitag vor einer Woche             | 2026-11-13
a week from friday                  | 2026-12-04
nächste Woche Dienstag              | 2026-11-24
nächste Woche am Dienstag           | 2026-11-24
Dienstag nächster Woche             | 2026-11-24
Dienstag der nächsten Woche         | 2026-11-24
tuesday next week                   | 2026-11-24
next week tuesday                   | 2026-11-24
letzte Woche Freitag                | 2026-11-13
friday of last week                 | 2026-11-13
Dienstag KW 50                      | 2026-12-08             | 2025-12-09
KW 50 Dienstag                      | 2026-12-08             | 2025-12-09
3.12.                               | 2026-12-03             | 2025-12-03
3.12                                | 2026-12-03             | 2025-12-03
03.12.                              | 2026-12-03             | 2025-12-03
3. 12.                              | 2026-12-03             | 2025-12-03
3. 12. 2026                         | 2026-12-03
03.12.2026                          | 2026-12-03
3.12. 2026                          | 2026-12-03
3.12.26                             | 2026-12-03
3.12.99                             | 1999-12-03
21.11.                              | 2026-11-21
20.11.                              | 2027-11-20             | 2026-11-20
3. Dezember                         | 2026-12-03             | 2025-12-03
3. Dez. 2026                        | 2026-12-03
3. Jänner                           | 2027-01-03             | 2026-01-03
1. Mai                              | 2027-05-01             | 2026-05-01
December 3                          | 2026-12-03             | 2025-12-03
December 3rd                        | 2026-12-03             | 2025-12-03
December 3, 2026                    | 2026-12-03
3 dec 2026                          | 2026-12-03
3rd of December                     | 2026-12-03             | 2025-12-03
3rd of december 2027                | 2027-12-03
2026-12-03                          | 2026-12-03
2020-02-29                          | 2020-02-29
29.2.                               | 2028-02-29             | 2024-02-29
am 3.                               | 2026-12-03             | 2026-11-03
am 31.                              | 2026-12-31             | 2026-10-31
on the 15th                         | 2026-12-15             | 2026-11-15
Fr 20.11.2026                       | 2026-11-20
Fr 27.11.                           | 2026-11-27             | !
Freitag, den 27.                    | 2026-11-27             | !
Freitag, den 4. Dezember 2026       | 2026-12-04
KW 50                               | 2026-12-07..2026-12-13 | 2025-12-08..2025-12-14
KW50                                | 2026-12-07..2026-12-13 | 2025-12-08..2025-12-14
in der KW 50                        | 2026-12-07..2026-12-13 | 2025-12-08..2025-12-14
KW50/2026                           | 2026-12-07..2026-12-13
KW 50 2027                          | 2027-12-13..2027-12-19
50. KW                              | 2026-12-07..2026-12-13 | 2025-12-08..2025-12-14
week 50                             | 2026-12-07..2026-12-13 | 2025-12-08..2025-12-14
calendar week 50                    | 2026-12-07..2026-12-13 | 2025-12-08..2025-12-14
2026-W50                            | 2026-12-07..2026-12-13
KW 53                               | 2026-12-28..2027-01-03 | 2020-12-28..2021-01-03
KW 47                               | 2026-11-21..2026-11-22 | 2026-11-16..2026-11-21
diese Woche                         | 2026-11-21..2026-11-22 | 2026-11-16..2026-11-21
nächste Woche                       | 2026-11-23..2026-11-29
in der kommenden Woche              | 2026-11-23..2026-11-29
next week                           | 2026-11-23..2026-11-29
übernächste Woche                   | 2026-11-30..2026-12-06
letzte Woche                        | 2026-11-09..2026-11-15
last week                           | 2026-11-09..2026-11-15
Wochenende                          | 2026-11-21..2026-11-22 | 2026-11-21..2026-11-21
am Wochenende                       | 2026-11-21..2026-11-22 | 2026-11-21..2026-11-21
nächstes Wochenende                 | 2026-11-28..2026-11-29
letztes Wochenende                  | 2026-11-14..2026-11-15
Ende der Woche                      | 2026-11-27 | 2026-11-20
end of the week                     | 2026-11-27 | 2026-11-20
Anfang nächster Woche               | 2026-11-23..2026-11-24
Mitte nächster Woche                | 2026-11-25
early next week                     | 2026-11-23..2026-11-24
Ende KW 50                          | 2026-12-11 | 2025-12-12
im März                             | 2027-03-01..2027-03-31 | 2026-03-01..2026-03-31
march                               | 2027-03-01..2027-03-31 | 2026-03-01..2026-03-31
November                            | 2026-11-21..2026-11-30 | 2026-11-01..2026-11-21
März 2027                           | 2027-03-01..2027-03-31
2027-03                             | 2027-03-01..2027-03-31
3/2027                              | 2027-03-01..2027-03-31
03.2027                             | 2027-03-01..2027-03-31
letzten März                        | 2026-03-01..2026-03-31
Anfang März                         | 2027-03-01..2027-03-10 | 2026-03-01..2026-03-10
Mitte März                          | 2027-03-11..2027-03-20 | 2026-03-11..2026-03-20
Ende März                           | 2027-03-21..2027-03-31 | 2026-03-21..2026-03-31
Ende Februar 2028                   | 2028-02-21..2028-02-29
early march                         | 2027-03-01..2027-03-10 | 2026-03-01..2026-03-10
mid-march                           | 2027-03-11..2027-03-20 | 2026-03-11..2026-03-20
end of march                        | 2027-03-21..2027-03-31 | 2026-03-21..2026-03-31
bis Ende März                       | 2027-03-31             | 2026-03-31
by the end of march                 | 2027-03-31             | 2026-03-31
bis nächste Woche                   | 2026-11-29
Monatsende                          | 2026-11-30             | 2026-10-31
zum Monatsende                      | 2026-11-30             | 2026-10-31
month-end                           | 2026-11-30             | 2026-10-31
Ende des Monats                     | 2026-11-21..2026-11-30 | 2026-11-21..2026-11-21
nächsten Monat                      | 2026-12-01..2026-12-31
im nächsten Monat                   | 2026-12-01..2026-12-31
Ende nächsten Monats                | 2026-12-21..2026-12-31
last month                          | 2026-10-01..2026-10-31
Quartalsende                        | 2026-12-31             | 2026-09-30
Q1                                  | 2027-01-01..2027-03-31 | 2026-01-01..2026-03-31
Q1 2027                             | 2027-01-01..2027-03-31
Q1/2027                             | 2027-01-01..2027-03-31
1. Quartal                          | 2027-01-01..2027-03-31 | 2026-01-01..2026-03-31
im ersten Quartal 2027              | 2027-01-01..2027-03-31
second quarter                      | 2027-04-01..2027-06-30 | 2026-04-01..2026-06-30
nächstes Quartal                    | 2027-01-01..2027-03-31
next quarter                        | 2027-01-01..2027-03-31
Ende des Quartals                   | 2026-12-01..2026-12-31 | 2026-09-01..2026-09-30
Ende nächsten Quartals              | 2027-03-01..2027-03-31
2. Halbjahr                         | 2026-11-21..2026-12-31 | 2026-07-01..2026-11-21
nächstes Halbjahr                   | 2027-01-01..2027-06-30
Jahresende                          | 2026-12-31             | 2025-12-31
nächstes Jahr                       | 2027-01-01..2027-12-31
letztes Jahr                        | 2025-01-01..2025-12-31
dieses Jahr                         | 2026-11-21..2026-12-31 | 2026-01-01..2026-11-21
Anfang nächsten Jahres              | 2027-01-01..2027-02-28
Mitte 2027                          | 2027-06-01..2027-07-31
Ende des Jahres                     | 2026-11-21..2026-12-31 | 2026-11-01..2026-11-21
im Jahr 2027                        | 2027-01-01..2027-12-31
2027                                | 2027-01-01..2027-12-31
Frühjahr                            | 2027-03-01..2027-05-31 | 2026-03-01..2026-05-31
im Frühling                         | 2027-03-01..2027-05-31 | 2026-03-01..2026-05-31
spring                              | 2027-03-01..2027-05-31 | 2026-03-01..2026-05-31
Sommer 2027                         | 2027-06-01..2027-08-31
Herbst                              | 2026-11-21..2026-11-30 | 2026-09-01..2026-11-21
nächsten Herbst                     | 2027-09-01..2027-11-30
next fall                           | 2027-09-01..2027-11-30
Winter                              | 2026-12-01..2027-02-28 | 2025-12-01..2026-02-28
winter 2026/27                      | 2026-12-01..2027-02-28
Ende des Sommers                    | 2027-08-01..2027-08-31 | 2026-08-01..2026-08-31
nach dem Sommer                     | 2027-09-01             | 2026-09-01
an Ostern                           | 2027-03-26..2027-03-29 | 2026-04-03..2026-04-06
Ostern 2028                         | 2028-04-14..2028-04-17
vor Ostern                          | 2027-03-19..2027-03-25 | 2026-03-27..2026-04-02
nach Ostern                         | 2027-03-30             | 2026-04-07
after Easter                        | 2027-03-30             | 2026-04-07
good friday                         | 2027-03-26             | 2026-04-03
nach Pfingsten                      | 2027-05-18             | 2026-05-26
zu Weihnachten                      | 2026-12-24..2026-12-26 | 2025-12-24..2025-12-26
vor Weihnachten                     | 2026-12-17..2026-12-23 | 2025-12-17..2025-12-23
next christmas                      | 2026-12-24..2026-12-26
letzte Weihnachten                  | 2025-12-24..2025-12-26
zwischen den Jahren                 | 2026-12-27..2026-12-31 | 2025-12-27..2025-12-31
Silvester                           | 2026-12-31             | 2025-12-31
new year's eve                      | 2026-12-31             | 2025-12-31
Neujahr                             | 2027-01-01             | 2026-01-01
nach Neujahr                        | 2027-01-04             | 2026-01-02
nach den Feiertagen                 | 2027-01-07             | 2026-01-07
after the holidays                  | 2027-01-07             | 2026-01-07
vor den Feiertagen                  | 2026-12-17..2026-12-23 | 2025-12-17..2025-12-23
2 Wochen nach Ostern                | 2027-04-12             | 2026-04-20
eine Woche vor Weihnachten          | 2026-12-17             | 2025-12-17
nach dem 15.1.                      | 2027-01-18             | 2026-01-16
vor dem 3.12.                       | 2026-11-26..2026-12-02 | 2025-11-26..2025-12-02
in 2 Wochen                         | 2026-12-05
in zwei wochen                      | 2026-12-05
in einer Woche                      | 2026-11-28
in 14 Tagen                         | 2026-12-05
in 3 Monaten                        | 2027-02-21
in einem halben Jahr                | 2027-05-21
in half a year                      | 2027-05-21
in anderthalb Jahren                | 2028-05-21
in 2 weeks                          | 2026-12-05
in a fortnight                      | 2026-12-05
2 weeks from now                    | 2026-12-05
vor 3 Tagen                         | 2026-11-18
vor einer Woche                     | 2026-11-14
2 weeks ago                         | 2026-11-07
half a year ago                     | 2026-05-21
2 wochen                            | 2026-12-05             | 2026-11-07
14d                                 | 2026-12-05             | 2026-11-07
+2w                                 | 2026-12-05
-3d                                 | 2026-11-18
14:30                               | 2026-11-21 14:30
heute 14:30                         | 2026-11-21 14:30
heute, 14.30                        | 2026-11-21 14:30
14.30 Uhr                           | 2026-11-21 14:30
gestern um 14 Uhr 30                | 2026-11-20 14:30
gestern 9h                          | 2026-11-20 09:00
um 14 Uhr                           | 2026-11-21 14:00
at 2pm                              | 2026-11-21 14:00
um 9.30                            | 2026-11-21 09:30
gestern 14h30                       | 2026-11-20 14:30
12 pm                               | 2026-11-21 12:00
12 am                               | 2026-11-21 00:00
tomorrow 2 p.m.                     | 2026-11-22 14:00
friday at 2:30 pm                   | 2026-11-27 14:30       | 2026-11-20 14:30
2pm friday                          | 2026-11-27 14:00       | 2026-11-20 14:00
um 9:30 am Freitag                  | 2026-11-27 09:30       | 2026-11-20 09:30
heute abend um 7 Uhr                | 2026-11-21 19:00
gestern um 7 Uhr morgens            | 2026-11-20 07:00
Freitagnachmittag 15 Uhr            | 2026-11-27 15:00       | 2026-11-20 15:00
nächsten Dienstag, 9 Uhr            | 2026-11-24 09:00
2026-11-20T14:30                    | 2026-11-20 14:30
20.11.2026, 14:30 Uhr               | 2026-11-20 14:30
jetzt                               | 2026-11-21 15:00
just now                            | 2026-11-21 15:00
vor 2 Stunden                       | 2026-11-21 13:00
vor 20 Stunden                      | 2026-11-20 19:00
vor einer halben Stunde             | 2026-11-21 14:30
half an hour ago                    | 2026-11-21 14:30
in 10 Minuten                       | 2026-11-21 15:10
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().split("\n")]


def said(when: When) -> str:
    """Return what was understood as the table writes it."""
    until = f"..{when.until}" if when.until else ""
    return f"{when.date}{until}" + (f" {when.time:%H:%M}" if when.time else "")


def understood(words: str, toward: Toward, today: date = SATURDAY) -> str:
    try:
        return said(parse_date(words, today, toward=toward, now=NOW))
    except DateNotUnderstood:
        return "!"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_words_name_the_day_a_person_means(row: list[str]) -> None:
    assert understood(row[0], "future") == row[1]
    assert understood(row[0], "past") == row[-1]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_case_composition_and_punctuation_do_not_matter(row: list[str]) -> None:
    assert understood(unicodedata.normalize("NFD", row[0]), "future") == row[1]
    assert understood(f"  {row[0].upper()} ?", "future") == row[1]


@pytest.mark.parametrize(
    ("words", "today", "future", "past"),
    [
        ("montags morgen", date(2026, 11, 21), "!", "!"),
        ("heute", date(2028, 2, 29), "2028-02-29", "2028-02-29"),
        ("29.2.", date(2028, 2, 29), "2028-02-29", "2028-02-29"),
        ("29.2.", date(2028, 3, 1), "2032-02-29", "2028-02-29"),
        ("29.2.", date(2096, 3, 1), "2104-02-29", "2096-02-29"),
        ("in einem Jahr", date(2028, 2, 29), "2029-02-28", "2029-02-28"),
        ("in 1 Monat", date(2027, 1, 31), "2027-02-28", "2027-02-28"),
        ("morgen", date(2026, 12, 31), "2027-01-01", "2027-01-01"),
        ("gestern", date(2027, 1, 1), "2026-12-31", "2026-12-31"),
        ("KW 1", date(2026, 12, 31), "2027-01-04..2027-01-10", "2025-12-29..2026-01-04"),
        ("KW 53", date(2027, 1, 2), "2027-01-02..2027-01-03", "2026-12-28..2027-01-02"),
        ("diese Woche", date(2027, 1, 1), "2027-01-01..2027-01-03", "2026-12-28..2027-01-01"),
        ("nächsten Monat", date(2026, 12, 31), "2027-01-01..2027-01-31", "2027-01-01..2027-01-31"),
        ("letzten Monat", date(2026, 1, 1), "2025-12-01..2025-12-31", "2025-12-01..2025-12-31"),
        ("Winter", date(2027, 1, 15), "2027-01-15..2027-02-28", "2026-12-01..2027-01-15"),
        ("Frühjahr", date(2027, 3, 1), "2027-03-01..2027-05-31", "2027-03-01..2027-03-01"),
        ("Frühjahr", date(2027, 5, 31), "2027-05-31..2027-05-31", "2027-03-01..2027-05-31"),
        ("Frühjahr", date(2027, 6, 1), "2028-03-01..2028-05-31", "2027-03-01..2027-05-31"),
        ("Anfang März", date(2027, 3, 11), "2028-03-01..2028-03-10", "2027-03-01..2027-03-10"),
        ("Freitag", date(2026, 11, 20), "2026-11-20", "2026-11-20"),
        ("nächsten Freitag", date(2026, 11, 20), "2026-11-27", "2026-11-27"),
        ("letzten Freitag", date(2026, 11, 20), "2026-11-13", "2026-11-13"),
        ("nach Ostern", date(2027, 3, 29), "2027-03-30", "2026-04-07"),
        ("nach Ostern", date(2027, 3, 30), "2027-03-30", "2027-03-30"),
        ("nach Ostern", date(2027, 3, 31), "2028-04-18", "2027-03-30"),
        ("nach Weihnachten", date(2026, 12, 27), "2026-12-28", "2025-12-29"),
        ("nach den Feiertagen", date(2027, 1, 3), "2027-01-07", "2026-01-07"),
        ("nach den Feiertagen", date(2027, 12, 1), "2028-01-07", "2027-01-07"),
        ("nach den Feiertagen", date(2029, 1, 2), "2029-01-08", "2028-01-07"),
        ("zwischen den Jahren", date(2026, 12, 29), "2026-12-29..2026-12-31",
         "2026-12-27..2026-12-29"),
        ("vor Weihnachten", date(2026, 12, 20), "2026-12-20..2026-12-23", "2026-12-17..2026-12-20"),
        ("Ende der Woche", date(2026, 11, 20), "2026-11-20", "2026-11-20"),
        ("diese Woche Freitag", date(2026, 11, 18), "2026-11-20", "!"),
        ("nächste Woche Freitag", date(2026, 11, 18), "2026-11-27", "2026-11-27"),
        ("übermorgen", date(9999, 12, 30), "!", "!"),
        ("gestern", date(1, 1, 1), "!", "!"),
    ],
)  # fmt: skip
def test_leap_days_year_ends_and_days_under_way(
    words: str, today: date, future: str, past: str
) -> None:
    assert understood(words, "future", today) == future
    assert understood(words, "past", today) == past


REFUSED = """
.|:|bald|demnächst|asap|soon|irgendwann|nächsten Sankt Nimmerlein|montags|freitags|3.|15
gestern morgen früh um|gestern um|um|am|bis|in|vor|nach|nächsten|Anfang|Ende|KW|Q|KW 54|KW 0|Q5
halb drei|viertel nach zwei|heute um 3|heute 25:00|heute 24:00|14:60|heute 10.11|14:30:15
heute morgen abend|Freitag Samstag|heute gestern|Montag - Freitag|20.-22.11.|1.2.3.4|3.12.20266
in ein paar Tagen|in Wochen|2x|in 99999 Jahren|in 300 Jahren|in anderthalb Wochen|5. Quartal
Anruf von Heike|Mai ruft an|nach Feierabend|vor Ort|0.0.|Anfang Ostern|winter 2026/29|1500
zweimal im Jahr|heute Nacht um halb|٣.١٢.|12-03|in -2 Wochen|diese Woche Freitag|12 Uhr 99
März 14 Uhr|Frühjahr morgens|14 Uhr nächste Woche|, morgen|in den letzten Wochen|next weeks
letzten 2 Tage|heute um 14.3|heute 10.5 Uhr|15 pm|0 am|nächsten Monate|2 quarter 2027
"""


@pytest.mark.parametrize("words", ["", " ", *REFUSED.strip().replace("\n", "|").split("|")])
def test_what_is_no_date_is_refused(words: str) -> None:
    with pytest.raises(DateNotUnderstood):
        parse_date(words, SATURDAY, now=NOW)


@pytest.mark.parametrize("words", ["12/3", "3/12/2026", "12/31/2026", "am 12/3"])
def test_the_american_way_is_refused_because_it_is_two_days(words: str) -> None:
    with pytest.raises(DateAmbiguous, match="two days") as refused:
        parse_date(words, SATURDAY)
    assert words in str(refused.value)
    assert "2026-12-03" in refused.value.hint


@pytest.mark.parametrize(
    "words",
    [
        "30.2.",
        "32.1.",
        "29.2.2027",
        "2027-02-29",
        "31. April",
        "30. Februar",
        "14.30",
        "Fr 21.11.2026",
        "Montag, den 24.11.2026",
    ],
)
def test_a_day_on_no_calendar_is_named_as_such(words: str) -> None:
    with pytest.raises(NoSuchDay, match="no such day"):
        parse_date(words, SATURDAY)


def test_a_long_text_is_refused_with_a_short_message() -> None:
    with pytest.raises(DateNotUnderstood) as refused:
        parse_date("gestern " * 100_000, SATURDAY)
    assert len(str(refused.value)) < 200


def test_hours_ago_need_the_time_of_day() -> None:
    with pytest.raises(DateNotUnderstood):
        parse_date("vor 2 Stunden", SATURDAY)
    assert parse_date("jetzt", SATURDAY).time is None
    assert parse_date("jetzt", SATURDAY, now=time(15, 0, 42, 7)).time == NOW


def test_the_words_are_given_back_as_they_were_typed() -> None:
    assert parse_date("  Nächsten  Freitag: ", SATURDAY).words == "Nächsten  Freitag"
    assert parse_date("3.12.", SATURDAY).words == "3.12."


DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
LAWFUL = settings(max_examples=150, deadline=None)


@LAWFUL
@given(DAYS, DAYS, st.sampled_from(["past", "future"]))
def test_every_full_date_reads_back_whatever_the_direction(
    day: date, today: date, toward: Toward
) -> None:
    for words in (
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        say_date(day, "de"),
        say_date(day, "en"),
    ):
        assert parse_date(words, today, toward=toward) == When(day, None, words, None)


WEEKDAYS = ["Mo", "Dienstag", "Mi.", "Donnerstag", "fri", "saturday", "So"]
MONTHS = ["Januar", "feb", "März", "april", "Mai", "june", "aug.", "September", "okt", "december"]
PERIODS = ["Frühjahr", "summer", "Herbst", "Winter", "Q1", "Q4", "Wochenende", "Jahresende"]
FEASTS = ["Ostern", "pfingsten", "christmas", "Silvester", "Feiertagen", "Himmelfahrt"]
NAMES = (
    st.sampled_from([*WEEKDAYS, *MONTHS, *PERIODS, *FEASTS])
    | st.integers(1, 52).map("KW {}".format)
    | st.builds("{}.{}.".format, st.integers(1, 28), st.integers(1, 12))
    | st.builds("{}. {}".format, st.integers(1, 28), st.sampled_from(MONTHS))
)
PHRASES = (
    NAMES
    | NAMES.map("bis {}".format)
    | NAMES.map("ab {}".format)
    | NAMES.map("nach {}".format)
    | NAMES.map("vor dem {}".format)
    | st.builds(
        "{} {}".format,
        st.sampled_from(["nächsten", "next", "kommendes"]),
        st.sampled_from(WEEKDAYS),
    )
    | st.builds("{} {}".format, st.sampled_from(["Anfang", "mid", "Ende"]), st.sampled_from(MONTHS))
    | st.builds("in {} {}".format, st.integers(0, 99), st.sampled_from(["d", "Wochen", "months"]))
)


@LAWFUL
@given(PHRASES, DAYS)
def test_the_future_is_never_behind_and_the_past_never_ahead(words: str, today: date) -> None:
    ahead = parse_date(words, today, toward="future")
    assert today <= ahead.date <= (ahead.until or ahead.date)
    if not words.startswith(("in ", "n", "k")):
        behind = parse_date(words, today, toward="past")
        assert behind.date <= (behind.until or behind.date) <= today


PIECES = """
in vor nach am der bis 2 3. 12 2026 14:30 um Uhr pm nächsten letzte Woche Freitag Mai Ende Ostern Q
1/ - + : , . heute in weeks ago halben Jahr KW früh 99999999999 0 ٣ ² 😀 \0 half an 3.12. morgen
"""


@LAWFUL
@given(
    st.text(max_size=60) | st.lists(st.sampled_from(PIECES.split()), max_size=8).map(" ".join),
    st.dates(),
    st.sampled_from(["past", "future"]),
    st.times() | st.none(),
)
def test_any_text_is_a_date_or_refused(
    text: str, today: date, toward: Toward, now: time | None
) -> None:
    try:
        when = parse_date(text, today, toward=toward, now=now)
    except DateNotUnderstood as refused:
        assert str(refused)
    else:
        assert when.words in text
        assert when.until is None or when.date <= when.until


def test_the_grammar_is_loaded_only_when_words_are_to_be_read() -> None:
    code = (
        "import sys, datetime; from crm_md.dates import parse_date, read_day;"
        "read_day('2026-11-20'); assert 'crm_md.dates.grammar' not in sys.modules;"
        "parse_date('heute', datetime.date(2026, 11, 21));"
        "assert 'crm_md.dates.grammar' in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
