"""The quick look: named by any fragment, everything a person on the phone needs, nothing else."""

from __future__ import annotations

from datetime import datetime

import pytest

from crm_md.cli.columns import screen_width
from tests.books import Book


@pytest.mark.parametrize(
    "words",
    [
        ["petersen"],
        ["PETERSEN"],
        ["modehaus-petersen"],
        ["Petersen", "Borkum"],
        ["heike"],
        ["h.petersen@modehaus-petersen.example"],
        ["04922 9300-12"],
        ["+49 4922 930012"],
        ["0049 (0)4922/9300-0"],
        ["+49492293000"],
    ],
)
def test_any_fragment_names_the_customer(book: Book, words: list[str]) -> None:
    assert book("--json", "show", *words).json["slug"] == "modehaus-petersen"


def test_a_bare_word_is_the_quick_look(book: Book) -> None:
    assert book("petersen").out == book("show", "petersen").out


def test_an_extension_leads_to_the_firm_with_that_head_number(book: Book) -> None:
    assert book("--json", "show", "+49 4939 229300-47").json["slug"].startswith("strandhotel")


def test_an_unknown_number_says_how_to_create_one(book: Book) -> None:
    answer = book("show", "+49 30 23125999")
    assert answer.code == 20
    assert "crm new NAME --phone" in answer.err


def test_an_unknown_name_offers_near_ones(book: Book) -> None:
    answer = book("show", "Strandhottel")
    assert answer.code == 20
    assert "Strandhotel Vierjahreszeiten" in answer.err


def test_several_candidates_are_named(book: Book) -> None:
    book.write("customers/petersen-bau.md", "---\nname: Petersen Bau\n---\n", "more")
    answer = book("show", "peters")
    assert answer.code == 21
    assert "Petersen Bau" in answer.err
    assert "Modehaus Petersen" in answer.err


def test_the_look_tells_people_promises_and_sore_points(book: Book) -> None:
    shown = " ".join(book("show", "petersen").out.split())
    for words in (
        "Heike Petersen Inhaberin „Du, Heike“ 04922 9300-12, +491713920012 nie montags",
        "Complaint open since",
        "nicht auf den Bruder ansprechen",
        "Ersatz schicken @ben",
        "segelt",
        "Angebot nachfassen",
        "Known by ben, anna",
        "Strandhotel Vierjahreszeiten: Schwager",
    ):
        assert words in shown


def test_relations_are_shown_on_both_sides(book: Book) -> None:
    assert "Strandhotel Vierjahreszeiten: Schwager" in book("show", "petersen").out
    assert "Modehaus Petersen GmbH & Co. KG: Schwager" in book("show", "strandhotel").out


def test_all_tells_the_whole_story_newest_first(book: Book) -> None:
    shown = book("show", "petersen", "--all").out
    assert shown.index("Reklamation") < shown.index("Besuch")
    assert "Verkauft Mode auf der Insel." in shown


def test_at_shows_what_was_known_that_day(book: Book) -> None:
    late = datetime(2026, 11, 20, 16, 0)
    book("set", "petersen", "goal", "Alleinlieferant", now=late)
    assert "Alleinlieferant" in book("show", "petersen").out
    then = book("show", "petersen", "--at", "2026-11-19")
    assert "Alleinlieferant" not in then.out
    before = book("show", "petersen", "--at", "2020-01-01")
    assert before.code == 23


def test_json_gives_the_fields_under_their_english_names(book: Book) -> None:
    book.write(
        "customers/osterwarf.md",
        "---\nFirma: Gemeinde Osterwarf\nTelefon: 04931 100-0\nPLZ: 01067\n---\n",
        "German keys",
    )
    told = book("--json", "show", "osterwarf").json
    assert told["name"] == "Gemeinde Osterwarf"
    assert told["phone"] == "04931 100-0"
    assert told["address"]["zip"] == "01067"
    assert told["path"] == "customers/osterwarf.md"


def test_control_signs_never_reach_the_terminal(book: Book) -> None:
    evil = "---\nname: Evil \x1b]0;pwned\x07\n---\n\n## Verlauf\n\n### 2026-11-01 Anruf: \x9b2J\n"
    book.write("customers/evil.md", evil, "evil")
    for command in (["show", "evil"], ["show", "evil", "--all"], ["list"]):
        answer = book(*command)
        assert "\x1b" not in answer.both
        assert "\x9b" not in answer.both
        assert "\x07" not in answer.both


def test_a_slip_in_the_name_of_a_command_is_recognised(book: Book) -> None:
    answer = book("lsit")
    assert "Is the command meant? crm list" in answer.err
    assert "crm new" not in answer.err


def test_the_beginning_of_a_postcode_is_no_name_of_a_new_customer(book: Book) -> None:
    answer = book("anrufen", "26", language="de")
    assert "crm liste --ort 26" in answer.err
    assert "crm neu" not in answer.err


def test_the_look_begins_with_who_these_people_are(book: Book) -> None:
    lines = book("show", "petersen").out.split("\n")
    assert lines.index("Verkauft Mode auf der Insel.") < lines.index("")
    assert book("show", "petersen", "--all").out.count("Verkauft Mode auf der Insel.") == 1


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Segelt mit [[strandhotel-vierjahreszeiten|Jan]].\nNäht.", "Segelt mit Jan. Näht."),
        ("- [ ] Anrufen\n\n<!-- leer -->\n\nDrei Läden.", "Drei Läden."),
        ("Wort " * 100, " Wort Wort Wort"),
    ],
)
def test_who_they_are_is_one_short_paragraph(book: Book, words: str, shown: str) -> None:
    text = book.read("customers/modehaus-petersen.md")
    book.write(
        "customers/modehaus-petersen.md", text.replace("Verkauft Mode auf der Insel.", words)
    )
    told = book("show", "petersen").out.split("\n\n")[0]
    assert shown in told
    assert len(told.split("\n")[-1]) < 2 * screen_width()


def test_the_mood_of_a_solved_complaint_is_told_as_that(book: Book) -> None:
    text = book.read("customers/modehaus-petersen.md")
    solved = "- Stimmung:: verärgert\n- gelöst:: 2026-11-16 Ersatz geliefert\n"
    book.write(
        "customers/modehaus-petersen.md", text.replace("- Stimmung:: verärgert\n", solved), "solved"
    )
    shown = book("show", "petersen", language="de").out
    assert "Reklamation gelöst, Stimmung vor 8 Tagen: verärgert (Naht offen)" in shown
    assert "Reklamation offen" not in shown
    assert "Schlecht gestimmt" not in shown


@pytest.fixture
def twins(book: Book) -> Book:
    book.write("customers/A.md", "---\nname: A in capitals\n---\n")
    book.write("customers/a.md", "---\nname: A in small letters\n---\n")
    book.write("customers/nord/mueller.md", "---\nname: Müller\nphone: 04922 1\n---\n")
    book.write("customers/sued/mueller.md", "---\nname: Müller\nphone: 04922 2\n---\n", "twins")
    return book


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("customers/A.md", "A in capitals"),
        ("customers/a.md", "A in small letters"),
        ("./customers/a.md", "A in small letters"),
        ("a.md", "A in small letters"),
        ("customers/a", "A in small letters"),
        ("sued/mueller.md", "Müller"),
        ("sued/mueller", "Müller"),
        ("customers/sued/mueller", "Müller"),
    ],
)
def test_a_path_names_one_of_two_twins(twins: Book, path: str, name: str) -> None:
    assert twins("--json", "show", path).json["name"] == name
    assert twins("--json", "show", f"{twins.root}/customers/sued/mueller.md").json["phone"] == (
        "04922 2"
    )


def test_twins_are_never_confused_and_their_files_are_named(twins: Book) -> None:
    answer = twins("log", "mueller", "Anruf")
    assert answer.code == 21
    assert "Müller (customers/nord/mueller.md), Müller (customers/sued/mueller.md)" in answer.err
    assert "crm show customers/sued/mueller.md" in answer.err
    assert twins("show", "a").code == 21


def test_two_who_are_called_krause_are_told_apart_and_none_is_picked(book: Book) -> None:
    book.write("customers/krause.md", "---\nname: Krause\ncity: Bonn\n---\n")
    book.write("customers/krause-2.md", "---\nname: Krause\ncity: Köln\n---\n", "two")
    answer = book("show", "Krause")
    assert answer.code == 21
    assert "Krause (krause), Krause (krause-2)" in answer.err
    assert "crm show customers/krause-2.md" in answer.err
    assert book("--json", "show", "krause-2").json["slug"] == "krause-2"
    assert book("--json", "show", "krause.md").json["slug"] == "krause"


def test_two_facts_noted_one_after_the_other_are_both_seen(book: Book) -> None:
    for words in ("Geburtstag von Kai am 5.6.", "Heike hat Geburtstag am 3. Mai"):
        assert book("note", "petersen", words).code == 0
    both = "Geburtstag von Kai am 5.6. · Heike hat Geburtstag am 3. Mai"
    assert f"Verkauft Mode auf der Insel. · {both}\n" in book("petersen").out


def test_a_story_below_the_first_paragraph_is_hinted_at(book: Book) -> None:
    story = "Sie hat den Laden von ihrer Tante übernommen, die dort schon seit 1961 verkaufte. "
    assert book("note", "petersen", story * 2).code == 0
    assert "Verkauft Mode auf der Insel. …\n" in book("petersen").out


def test_a_long_word_about_them_ends_with_a_sentence(book: Book) -> None:
    words = f"{'Drei Läden am Hafen, ' * 6}mehr nicht. {'Und noch viel mehr ' * 6}dazu."
    text = book.read("customers/modehaus-petersen.md")
    book.write(
        "customers/modehaus-petersen.md", text.replace("Verkauft Mode auf der Insel.", words)
    )
    assert "mehr nicht. …\n" in book("show", "petersen").out
