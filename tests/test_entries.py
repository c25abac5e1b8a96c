"""The heading of an entry is read as people write it, and written so that it is read back."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crm_md.config import Config, read_config
from crm_md.document.entries import EntryHeading, read_heading
from crm_md.document.entry_writing import format_heading
from crm_md.document.nature import Nature, nature_of
from crm_md.document.outline import outline
from crm_md.model import Direction
from crm_md.words import ABOUT, plain

TEAM = read_config(
    '[team.anna]\nname = "Anna Krüger"\n[team.ben]\n[kinds.fitting]\nwords = ["Montage"]\n'
    '[kinds.audit]\ntouch = "none"\n[kinds.parcel]\nwords = ["Paket"]\ntouch = "written"\n'
)
NO_TEAM = read_config("")
CONTACTS = ("Heike Petersen", "Karl Petersen", "Dr. Hans-Georg Apelt", "Jan van der Meer")
DAY = date(2026, 11, 20)


def read(title: str, config: Config = TEAM) -> EntryHeading:
    heading = read_heading(title, config, CONTACTS)
    assert heading is not None
    return heading


def after_date(words: str, config: Config = TEAM) -> tuple[str, str, tuple[str, ...], str, str]:
    """Kind, preposition, people, subject and author of a heading with these words."""
    heading = read(f"2026-11-20 {words}", config)
    return heading.kind, heading.preposition, heading.people, heading.subject, heading.author


def nature(words: str) -> Nature:
    return nature_of(read(f"2026-11-20 {words}"), TEAM, CONTACTS)


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("2026-11-20", None),
        ("20.11.2026", None),
        ("20. 11. 2026", None),
        ("2026-11-20 14:30", time(14, 30)),
        ("2026-11-20T14:30", time(14, 30)),
        ("20.11.2026 14.30 Uhr", time(14, 30)),
        ("2026-11-20, 9:05 Uhr", time(9, 5)),
        ("2026-11-20 14 Uhr", time(14)),
        ("2026-11-20 2:30 pm", time(14, 30)),
        ("2026-11-20 12 am", time(0)),
        ("2026-11-20 14:30:15", time(14, 30, 15)),
    ],
)
def test_an_entry_starts_with_a_full_date_and_perhaps_a_time(
    written: str, clock: time | None
) -> None:
    heading = read(f"{written} Anruf")
    assert (heading.date, heading.time, heading.kind) == (DAY, clock, "call")


@pytest.mark.parametrize(
    "title",
    [
        *("20.11. Anruf", "20.11.26 Anruf", "2026-02-30 Anruf", "31.4.2026 Anruf", "2026-11 Anruf"),
        *("Anruf 2026-11-20", "2026-11-20x", "0000-01-01", "2026-13-01", "", "Verlauf", "2026"),
    ],
)
def test_without_a_full_date_that_exists_it_is_no_entry(title: str) -> None:
    assert read_heading(title, TEAM, CONTACTS) is None


@pytest.mark.parametrize("time_of_none", ["25:00", "14:61", "14", "3:1", "1:0 gewonnen"])
def test_what_is_no_time_belongs_to_the_subject(time_of_none: str) -> None:
    heading = read(f"2026-11-20 {time_of_none}")
    assert (heading.time, heading.subject) == (None, time_of_none)


@pytest.mark.parametrize("sign", [":", ",", " -", " –", " —", "-", ":  ", " ,"])
def test_a_sign_right_behind_date_or_time_is_skipped(sign: str) -> None:
    assert read(f"2026-11-20{sign} Anruf mit Heike").people == ("Heike",)
    assert read(f"2026-11-20 14:30{sign} Anruf mit Heike").people == ("Heike",)


def test_only_the_date_is_required() -> None:
    assert read("2026-11-20") == EntryHeading(DAY)


def test_kind_preposition_people_subject_and_author_are_told_apart() -> None:
    assert read("2026-11-20 14:30 Anruf mit Heike Petersen: Lieferung verspätet (anna)") == (
        EntryHeading(
            DAY,
            time(14, 30),
            kind="call",
            kind_word="Anruf",
            preposition="with",
            people=("Heike Petersen",),
            subject="Lieferung verspätet",
            author="anna",
        )
    )


@pytest.mark.parametrize(
    ("words", "author", "subject"),
    [
        ("Anruf: Naht (anna)", "anna", "Naht"),
        ("Anruf: Naht (ANNA)", "anna", "Naht"),
        ("Anruf: Naht (eilig)", "", "Naht (eilig)"),
        ("Anruf: Naht (sehr eilig)", "", "Naht (sehr eilig)"),
        ("Anruf: Naht (eilig) (ben)", "ben", "Naht (eilig)"),
        ("Anruf mit Heike (Urlaub)", "", "(Urlaub)"),
        ("Anruf: Naht(anna)", "", "Naht(anna)"),
        (r"Anruf: Naht \(anna)", "", "Naht (anna)"),
        ("(anna)", "anna", ""),
    ],
)
def test_a_last_bracketed_word_is_the_author_if_in_the_team(
    words: str, author: str, subject: str
) -> None:
    heading = read(f"2026-11-20 {words}")
    assert (heading.author, heading.subject) == (author, subject)


def test_without_a_team_any_last_bracketed_word_is_the_author() -> None:
    assert after_date("Anruf: Naht (Eilig)", NO_TEAM)[3:] == ("Naht", "Eilig")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Anruf", "call"),
        ("PHONE", "call"),
        ("Tel. mit Heike", "call"),
        ("vor Ort mit Heike", "visit"),
        ("E-Mail von Heike", "mail"),
        ("Video call with Heike", "video"),
        ("nicht erreicht: Heike", "attempt"),
        ("Montage: Segel", "fitting"),
        ("Wartung mit Heike", "Wartung"),
        ("Wartung: Segel", "Wartung"),
        ("mit Heike: Segel", ""),
        ("Lieferung verspätet", ""),
        ("Lieferung verspätet: Segel", ""),
        ("Frage zum Angebot", ""),
    ],
)
def test_a_kind_is_a_known_word_or_one_word_before_a_preposition_or_colon(
    words: str, kind: str
) -> None:
    assert after_date(words)[0] == kind


def test_otherwise_all_is_subject() -> None:
    for words in ("Lieferung verspätet: Segel", "Frage zum Angebot", "Lieferung"):
        assert after_date(words) == ("", "", (), words, "")


@pytest.mark.parametrize(
    ("words", "preposition", "people", "subject"),
    [
        ("Anruf mit Heike", "with", ("Heike",), ""),
        ("Mail from Karl", "from", ("Karl",), ""),
        ("Mail vom Karl", "from", ("Karl",), ""),
        ("Besuch beim Apelt", "to", ("Apelt",), ""),
        ("Angebot an Heike, Karl", "to", ("Heike", "Karl"), ""),
        ("Treffen mit Heike und Karl: Naht", "with", ("Heike", "Karl"), "Naht"),
        ("Anruf mit Heike Petersen Naht offen", "with", ("Heike Petersen",), "Naht offen"),
        ("Anruf mit Frau van der Meer", "with", ("Frau van der Meer",), ""),
        ("Anruf mit Dr. Apelt, Jan", "with", ("Dr. Apelt", "Jan"), ""),
        ("Anruf mit Petersen", "", (), "mit Petersen"),
        ("Anruf mit Heike, Schmidt", "", (), "mit Heike, Schmidt"),
        ("Anruf mit Heike und Schmidt", "", (), "mit Heike und Schmidt"),
        ("Anruf mit der Presse", "", (), "mit der Presse"),
        ("Anruf mit der Presse: Messe", "with", ("der Presse",), "Messe"),
        ("Anruf mit Heike Schmidt: Messe", "with", ("Heike Schmidt",), "Messe"),
        ("Mail von Müller und Söhne, Karl: ja", "from", ("Müller und Söhne", "Karl"), "ja"),
        ("Anruf mit Herrn Schmidt:", "with", ("Herrn Schmidt",), ""),
        ("Anruf mit Herrn Schmidt: (eilig)", "with", ("Herrn Schmidt",), "(eilig)"),
    ],
)
def test_a_preposition_counts_before_a_colon_or_if_every_name_is_a_contact(
    words: str, preposition: str, people: tuple[str, ...], subject: str
) -> None:
    assert after_date(words)[1:4] == (preposition, people, subject)


@pytest.mark.parametrize(
    ("words", "people", "subject"),
    [
        ("Anruf Heike", ("Heike",), ""),
        ("Anruf Heike Petersen: Naht", ("Heike Petersen",), "Naht"),
        ("Anruf Heike, Karl: Naht", ("Heike", "Karl"), "Naht"),
        ("Anruf Heike Naht offen", ("Heike",), "Naht offen"),
        ("Heike: Naht", ("Heike",), "Naht"),
        ("Heike Petersen: Naht", ("Heike Petersen",), "Naht"),
    ],
)
def test_a_kind_and_then_a_known_person_is_with(
    words: str, people: tuple[str, ...], subject: str
) -> None:
    assert after_date(words)[1:4] == ("with", people, subject)


@pytest.mark.parametrize(
    ("words", "people", "subject"),
    [
        ("Anruf wegen Lieferung: verspätet", (), "wegen Lieferung: verspätet"),
        ("Anruf Heike zur Lieferung: spät", ("Heike",), "zur Lieferung: spät"),
        ("Anruf mit Heike wegen Lieferung: spät", ("Heike",), "wegen Lieferung: spät"),
        ("Anruf mit Herrn Ott über Preise: hoch", ("Herrn Ott",), "über Preise: hoch"),
        ("Anruf mit Heike wegen Lieferung", ("Heike",), "wegen Lieferung"),
    ],
)
def test_what_stands_before_the_colon_and_names_nobody_belongs_to_the_subject(
    words: str, people: tuple[str, ...], subject: str
) -> None:
    assert after_date(words)[2:4] == (people, subject)


def test_the_first_colon_starts_the_subject() -> None:
    assert after_date("Anruf: Naht: offen: ja")[3] == "Naht: offen: ja"
    assert after_date("Anruf um 14:30:15 Uhr")[3] == "um 14:30:15 Uhr"


@pytest.mark.parametrize(
    ("words", "touch", "direction"),
    [
        ("Anruf", "talk", "with"),
        ("Anruf von Heike", "talk", "from"),
        ("Besuch bei Heike", "talk", "to"),
        ("Messe", "talk", "with"),
        ("Mail", "written", ""),
        ("Brief", "written", ""),
        ("Nachricht", "written", ""),
        ("Mail von Heike", "written", "from"),
        ("Mail mit Heike", "written", "with"),
        ("Angebot", "written", "to"),
        ("Rechnung", "written", "to"),
        ("Angebot von Heike", "written", "from"),
        ("Auftrag", "written", "from"),
        ("Reklamation", "written", "from"),
        ("Lob", "written", "from"),
        ("Notiz von Heike", "none", ""),
        ("Idee", "none", ""),
        ("Markt", "none", ""),
        ("Aufgabe", "none", ""),
        ("Wartung mit Heike", "talk", "with"),
        ("Wartung mit Herrn Schmidt: Segel", "none", ""),
        ("Wartung: Segel", "none", ""),
        ("mit Heike: Segel", "talk", "with"),
        ("Segel", "none", ""),
        ("Montage: Segel", "talk", "with"),
        ("Audit: Segel", "none", ""),
        ("Paket an Heike", "written", "to"),
        ("Paket: Muster", "written", ""),
    ],
)
def test_a_kind_tells_whether_it_is_a_contact_and_who_moved(
    words: str, touch: str, direction: str
) -> None:
    assert (nature(words).touch, nature(words).direction) == (touch, direction)


@pytest.mark.parametrize(
    "words",
    [
        *("nicht erreicht", "Attempt: Karl", "Anruf an Heike: nicht erreicht, Mailbox voll"),
        *("Besuch: niemand erreicht", "Call to Heike: no answer", "Anruf: Mailbox"),
    ],
)
def test_an_attempt_is_no_contact(words: str) -> None:
    assert nature(words) == Nature("none", "", attempt=True, solution=False)


@pytest.mark.parametrize(
    "words", ["Anruf: ab Montag zu", "Anruf: Versuch mit R7", "Anruf: erreicht"]
)
def test_what_only_resembles_an_attempt_is_a_contact(words: str) -> None:
    assert not nature(words).attempt


@pytest.mark.parametrize("words", ["gelöst", "Gelöst, Gutschrift", "solved: new seam", "GELÖST"])
def test_a_complaint_that_begins_with_solved_is_a_solution_and_comes_from_us(words: str) -> None:
    assert nature(f"Reklamation: {words}") == Nature("written", "to", attempt=False, solution=True)
    assert not nature(f"Anruf: {words}").solution
    assert not nature(f"Reklamation: nicht {words}").solution


@pytest.mark.parametrize(
    ("heading", "written"),
    [
        (EntryHeading(DAY), "2026-11-20"),
        (EntryHeading(DAY, time(9, 5), kind="call"), "2026-11-20 09:05 Anruf"),
        (
            EntryHeading(DAY, kind="visit", preposition="to", people=("Heike",)),
            "2026-11-20 Besuch bei Heike",
        ),
        (
            EntryHeading(DAY, kind="mail", preposition="from", people=("Ott",), author="ben"),
            "2026-11-20 Mail von Ott: (ben)",
        ),
        (EntryHeading(DAY, kind_word="Wartung"), "2026-11-20 Wartung:"),
        (EntryHeading(DAY, subject="Anruf vergessen"), "2026-11-20 : Anruf vergessen"),
        (EntryHeading(DAY, subject="Naht (anna)"), r"2026-11-20 Naht \(anna)"),
        (EntryHeading(DAY, subject="Naht (eilig)"), "2026-11-20 Naht (eilig)"),
        (EntryHeading(DAY, kind="note", subject="in C #"), r"2026-11-20 Notiz: in C \#"),
        (EntryHeading(DAY, kind="note", subject="zwei\nZeilen"), "2026-11-20 Notiz: zwei Zeilen"),
    ],
)
def test_the_shortest_form_that_is_read_back_is_written(
    heading: EntryHeading, written: str
) -> None:
    assert format_heading(heading, TEAM, CONTACTS, "de") == written


def test_english_files_get_english_words() -> None:
    heading = EntryHeading(DAY, kind="visit", preposition="to", people=("Heike",), subject="roof")
    assert format_heading(heading, TEAM, CONTACTS, "en") == "2026-11-20 Visit to Heike: roof"


SINGLE_LINE = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
TRICKY = st.sampled_from(
    (
        *(
            "Anruf",
            "mit Heike",
            "mit",
            ":",
            ": ",
            "Heike",
            "(anna)",
            "(x)",
            r"\(x)",
            "#",
            r"\#",
            "- x",
        ),
        *(
            "14:30",
            "14 Uhr",
            "x",
            "Frage",
            "wegen",
            "von Ott: ja",
            "nicht erreicht",
            ",",
            "–",
            "\\",
        ),
        *("gelöst", "(", ")", "##", "a#", "2026-11-20", "Karl, Heike", "Tel.", "und", "Petersen"),
    )
)
SUBJECTS = st.lists(TRICKY | SINGLE_LINE, max_size=5).map(lambda parts: " ".join(parts))
PEOPLE = st.lists(
    st.sampled_from(
        (
            *(*CONTACTS, "Heike", "Frau Apelt", "van der Meer", "Petersen", "Herrn Schmidt", "Ott"),
            *(
                "Müller und Söhne",
                "der Presse",
                "Heike Schmidt",
                "Jean-Luc O’Neill",
                "李雷",
                "Mit Ott",
            ),
        )
    ),
    max_size=3,
).map(tuple)
KIND_WORDS = st.sampled_from(
    ("", "Anruf", "Phone", "vor Ort", "nicht erreicht", "Montage", "Wartung", "Frage", "R7", "Dank")
)
DIRECTIONS: st.SearchStrategy[Direction] = st.sampled_from(("with", "from", "to"))
TIMES = st.none() | st.times().map(lambda clock: clock.replace(microsecond=0))


@st.composite
def headings(draw: st.DrawFn, config: Config, *authors: str) -> EntryHeading:
    word = draw(KIND_WORDS)
    known = config.kind_of(word)
    people = draw(PEOPLE)
    subject = " ".join(draw(SUBJECTS).split())
    return EntryHeading(
        draw(st.dates()),
        draw(TIMES),
        kind=known.name if known else word,
        kind_word=word,
        preposition=draw(DIRECTIONS) if people else "",
        people=people,
        subject=subject,
        author=draw(st.sampled_from(authors)),
    )


@settings(max_examples=200, deadline=None)
@given(headings(TEAM, "", "anna", "ben"), st.sampled_from(("de", "en")))
def test_what_is_written_is_read_back_the_same(heading: EntryHeading, language: str) -> None:
    written = format_heading(heading, TEAM, CONTACTS, language)
    assert read_heading(written, TEAM, CONTACTS) == heading


@settings(max_examples=200, deadline=None)
@given(headings(NO_TEAM, "", "Eva", "x"))
def test_what_is_written_in_a_firm_without_a_team_is_read_back_the_same(
    heading: EntryHeading,
) -> None:
    written = format_heading(heading, NO_TEAM, CONTACTS, "de")
    assert read_heading(written, NO_TEAM, CONTACTS) == heading


@settings(max_examples=200, deadline=None)
@given(headings(TEAM, "", "anna"))
def test_a_written_heading_is_one_heading_of_the_file(heading: EntryHeading) -> None:
    written = format_heading(heading, TEAM, CONTACTS, "de")
    (found,) = outline(f"### {written}\n").headings
    assert found.title == written


@settings(max_examples=200, deadline=None)
@given(SUBJECTS | SINGLE_LINE)
def test_whatever_follows_a_date_is_an_entry_and_is_written_back_with_the_same_meaning(
    words: str,
) -> None:
    heading = read(f"2026-11-20 {words}")
    assume(not any(plain(word) in words.casefold() for word in ABOUT))
    written = format_heading(heading, TEAM, CONTACTS, "de")
    assert read_heading(written, TEAM, CONTACTS) == heading
