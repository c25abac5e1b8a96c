"""``crm search``: everything that was ever written, in any form of the word."""

from __future__ import annotations

import pytest

from tests.books import Book


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        (["Naht"], ["modehaus-petersen"]),
        (["Nähte"], ["modehaus-petersen"]),
        (["naehte"], ["modehaus-petersen"]),
        (["Kollektionen"], ["modehaus-petersen"]),
        (["sonnensegel"], ["strandhotel-vierjahreszeiten"]),
        (["kind:reklamation"], ["modehaus-petersen"]),
        (["kind:anruf"], ["strandhotel-vierjahreszeiten"]),
        (["author:ben", "kind:call"], ["strandhotel-vierjahreszeiten"]),
        (["is:open"], ["modehaus-petersen"]),
        (["mood:schlecht"], ["modehaus-petersen"]),
        (["after:2026-11-15"], ["strandhotel-vierjahreszeiten"]),
        (["person:heike", "Naht"], ["modehaus-petersen"]),
        (["common:segelt"], ["modehaus-petersen"]),
        (["place:borkum", "Naht"], ["modehaus-petersen"]),
        (['"neue Kollektion"'], ["modehaus-petersen"]),
        (["Kollekt*"], ["modehaus-petersen"]),
        (["04922", "9300-14"], ["modehaus-petersen"]),
        (["h.petersen@modehaus-petersen.example"], ["modehaus-petersen"]),
    ],
)
def test_words_find(book: Book, words: list[str], slugs: list[str]) -> None:
    found = book("--json", "search", *words).json
    assert list(dict.fromkeys(hit["slug"] for hit in found)) == slugs


def test_json_keys_are_those_promised(book: Book) -> None:
    hit = book("--json", "search", "Naht").json[0]
    assert list(hit)[:6] == ["slug", "name", "date", "kind", "line", "snippet"]
    assert hit["date"] == "2026-11-12"
    assert hit["kind"] == "complaint"
    lines = book.read("customers/modehaus-petersen.md").split("\n")
    assert "Naht" in lines[hit["line"] - 1]


def test_what_was_just_written_is_found(book: Book) -> None:
    assert book("--json", "search", "Krabbenkutter").json == []
    book("log", "petersen", "Anruf: will einen Krabbenkutter")
    assert len(book("--json", "search", "Krabbenkutter").json) == 1
    book.write("customers/neu.md", "---\nname: Neu\n---\n\nfährt Krabbenkutter\n")
    assert len(book("--json", "search", "Krabbenkutter").json) == 2


def test_an_unknown_field_and_a_lone_dash_are_plain_text(book: Book) -> None:
    book("log", "petersen", "Notiz: farbe:blau - ja")
    assert book("search", "farbe:blau").code == 0
    assert book("search", "farbe", "-", "blau").code == 0


def test_near_misses_are_offered(book: Book) -> None:
    answer = book("search", "Kolektion")
    assert answer.code == 1
    assert "kollektion" in answer.err.casefold()


def test_if_nowhere_all_words_stand_it_is_said(book: Book) -> None:
    answer = book("search", "Naht", "Sonnensegel")
    assert answer.code == 0
    assert "Nowhere do all words stand" in answer.err


def test_a_whole_question_in_quotation_marks_finds_by_its_words(book: Book) -> None:
    answer = book("search", "wer hatte nach Sonnensegeln gefragt", language="de")
    assert "Strandhotel Vierjahreszeiten" in answer.out
    assert "Nirgends stehen alle Wörter beisammen" in answer.err
    assert book("search", '"Sonnensegel gefragt"').code == 1


def test_a_word_behind_a_dash_is_left_out(book: Book) -> None:
    assert len(book("--json", "search", "Besuch", "-kollektion").json) == 0
    assert len(book("--json", "search", "Besuch", "-naht").json) == 1


@pytest.mark.parametrize(
    "words", [["("], ["AND"], ['"'], ["*"], ["kind:"], ["before:bald"], ["[["], ["-"], ["--", "-x"]]
)
def test_odd_questions_are_no_errors(book: Book, words: list[str]) -> None:
    assert book("search", *words).code in (0, 1)


def test_a_damaged_index_is_made_anew(book: Book) -> None:
    book("search", "Naht")
    for file in (book.root / ".crm").rglob("*"):
        if file.is_file() and file.name != ".gitignore":
            file.write_bytes(b"\x80\x04damaged")
    assert len(book("--json", "search", "Naht").json) == 1
