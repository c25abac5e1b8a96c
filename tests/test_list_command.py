"""``crm list``: filtered, sorted, counted; never by colleague."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books import Book


@pytest.fixture
def more(book: Book) -> Book:
    """A few customers in different places and states."""
    book.write(
        "customers/dresden.md",
        "---\nname: Dresdner Zelte\nstatus: lead\naddress: {zip: '01067', city: Dresden}\n"
        "tags: [zelt]\n---\n\n## Verlauf\n\n### 2025-01-10 Anruf: Zelt\n- Stimmung:: sauer\n",
    )
    book.write("customers/leipzig.md", "---\nname: Leipziger Planen\nOrt: Leipzig\n---\n")
    return book


@pytest.mark.parametrize(
    ("asked", "slugs"),
    [
        (["--status", "kunde"], ["modehaus-petersen", "strandhotel-vierjahreszeiten"]),
        (["--status", "lead"], ["dresden"]),
        (["--place", "01"], ["dresden"]),
        (["--place", "leip"], ["leipzig"]),
        (["--tag", "ZELT"], ["dresden"]),
        (["--owner", "nobody"], ["dresden", "leipzig"]),
        (["--owner", "ben"], ["strandhotel-vierjahreszeiten"]),
        (["--segment", "a"], ["modehaus-petersen"]),
        (["--complaint"], ["modehaus-petersen"]),
        (["--mood", "schlecht"], ["dresden", "modehaus-petersen"]),
        (["--silent", "90d"], ["dresden", "leipzig"]),
        (["--silent", "90d", "--status", "lead"], ["dresden"]),
        (["--sort", "silent", "--silent", "1d"], ["leipzig", "dresden", "modehaus-petersen"]),
    ],
)
def test_the_list_shows_what_was_asked_for(more: Book, asked: list[str], slugs: list[str]) -> None:
    found = [row["slug"] for row in more("--json", "list", *asked).json]
    assert (found if "--sort" in asked else sorted(found))[: len(slugs)] == slugs


def test_nothing_found_is_an_empty_array_and_code_1(more: Book) -> None:
    answer = more("--json", "list", "--tag", "segelflug")
    assert (answer.json, answer.code) == ([], 1)


def test_counts_are_of_customers(more: Book) -> None:
    assert more("--json", "list", "--count", "status").json == [
        {"status": "customer", "customers": 2},
        {"status": None, "customers": 1},
        {"status": "lead", "customers": 1},
    ]


def test_counts_are_shown_in_the_words_of_the_language(more: Book) -> None:
    assert "Kunde" in more("list", "--count", "status", language="de").out
    assert "customer" in more("list", "--count", "status", language="en").out


def test_known_words_are_told_in_the_language_spoken(more: Book) -> None:
    assert "Interessent" in more("list", "--status", "xyz", language="de").err
    assert "prospect" in more("list", "--status", "xyz", language="en").err
    assert "schlecht" in more("list", "--mood", "xyz", language="de").err


@pytest.mark.parametrize("by", ["owner", "author"])
def test_colleagues_are_never_counted(more: Book, by: str) -> None:
    assert more("list", "--count", by).code == 2


@pytest.mark.parametrize("asked", [["--status", "bald"], ["--mood", "xyz"], ["--silent", "bald"]])
def test_unknown_words_say_what_is_known(more: Book, asked: list[str]) -> None:
    answer = more("list", *asked)
    assert answer.code == 2
    assert answer.err


def test_an_empty_book_says_how_to_begin(book: Book, tmp_path: Path) -> None:
    Book(tmp_path)("init", str(tmp_path / "empty"))
    assert "Next: crm new NAME" in Book(tmp_path / "empty")("list", language="en").err
    assert "Next: crm new NAME" not in book("list", "--place", "99", language="en").err


def test_a_bare_word_is_a_place_or_a_status(book: Book) -> None:
    assert [row["slug"] for row in book("--json", "liste", "26").json] == ["modehaus-petersen"]
    assert [row["slug"] for row in book("--json", "list", "Borkum").json] == ["modehaus-petersen"]
    both = book("--json", "liste", "kunde", "borkum").json
    assert [row["slug"] for row in both] == ["modehaus-petersen"]
    assert len(book("--json", "list", "customer").json) == 2
    twice = book("list", "26", "--place", "27")
    assert twice.code == 2
    assert "given twice" in twice.err


def test_complaints_typed_as_a_command_are_the_list_of_open_ones(book: Book) -> None:
    wanted = book("list", "--complaint").out
    assert "Petersen" in wanted
    for word in ("reklamationen", "Complaints", "Beschwerden"):
        assert book(word).out == wanted
    assert "Hotel" not in book("reklamationen", "--owner", "all").out


@pytest.mark.parametrize(
    ("german", "english"),
    [
        (("--sortiert", "ort"), ("--sort", "place")),
        (("--sortiert", "Still"), ("--sort", "silent")),
        (("--sortiert", "naechstes"), ("--sort", "next")),
        (("--zählen", "schlagwort"), ("--count", "tag")),
        (("--zählen", "ort"), ("--count", "place")),
    ],
)
def test_order_and_counts_are_named_in_german_too(
    book: Book, german: tuple[str, str], english: tuple[str, str]
) -> None:
    assert book("liste", *german).out == book("list", *english).out
    assert book("--json", "liste", *german).out == book("--json", "list", *english).out


def test_german_help_shows_the_german_words(book: Book) -> None:
    shown = book("liste", "--help", language="de").out
    assert "[name|ort|still|nächstes]" in shown
    assert "[status|segment|schlagwort|ort]" in shown
    wrong = book("liste", "--sortiert", "alter", language="de")
    assert wrong.code == 2
    assert "„alter“ ist keines von name, ort, still, nächstes." in wrong.err


def test_mine_are_those_i_look_after(book: Book) -> None:
    mine = [row["slug"] for row in book("--json", "liste", "--meine").json]
    assert mine == [row["slug"] for row in book("--json", "list", "--owner", "anna").json]
    assert mine == ["modehaus-petersen"]
