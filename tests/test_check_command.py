"""`crm check` says what is wrong, where and what to do, and mends only what it was told to."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.books import Book, book, make_book
from tests.terminals import run_on_terminal

__all__ = ["book"]

ROOT = Path(__file__).parent.parent
BROKEN = "---\nname: Quast\nzip: 01067\nphone: 12\nname: Quast KG\n---\n<<<<<<< HEAD\n"
UNQUOTED = "---\nname: Quast\nzip: 01067\n---\n"
KEYS = ["check", "severity", "path", "line", "text", "remedy"]


@pytest.fixture(autouse=True)
def attributes(book: Book) -> None:
    book.write(".gitattributes", "customers/**/*.md -text merge=crm-md\n", "Attributes")


def test_a_store_that_is_well_ends_with_0(book: Book) -> None:
    answer = book("check")
    assert (answer.code, answer.out) == (0, "")
    assert "all is well" in answer.err


def test_findings_end_with_1_and_come_a_line_each(book: Book) -> None:
    book.write("customers/quast.md", BROKEN)
    answer = book("check")
    assert answer.code == 1
    places = [line.split(" ")[0:2] for line in answer.out.split("\n")[:-1]]
    assert places == [
        ["customers/quast.md:7:", "error:"],
        ["customers/quast.md:2:", "warning:"],
        ["customers/quast.md:3:", "warning:"],
        ["customers/quast.md:4:", "hint:"],
    ]
    assert all(" → " in line for line in answer.out.split("\n")[:-1])
    assert "1 error, 2 warnings, 1 hint" in answer.err


def test_hints_alone_end_with_0(book: Book) -> None:
    book.write("customers/quast.md", "---\nname: Quast\nphone: 12\n---\n")
    answer = book("check")
    assert answer.code == 0
    assert "phone" in answer.out


def test_json_is_one_array_of_objects_with_the_promised_keys(book: Book) -> None:
    assert book("check", "--json").json == []
    book.write("customers/quast.md", UNQUOTED)
    answer = book("check", "--json")
    assert answer.code == 1
    (one,) = answer.json
    assert list(one) == KEYS
    assert (one["check"], one["severity"], one["line"]) == ("head-misread", "warning", 3)


def test_one_customer_is_checked_alone(book: Book) -> None:
    book.write("customers/quast.md", UNQUOTED)
    assert book("check", "petersen").code == 0
    assert book("check", "quast").code == 1
    assert book("check", "unheard-of").code == 20


def test_a_customer_that_cannot_be_read_is_checked_by_its_file_name(book: Book) -> None:
    book.write("customers/quast.md", b"\0\0\0")
    answer = book("check", "quast")
    assert answer.code == 1
    assert "customers/quast.md:1: error:" in answer.out


def test_it_speaks_german_and_has_a_german_name(book: Book) -> None:
    book.write("customers/quast.md", UNQUOTED)
    answer = book("prüfen", language="de")
    assert answer.out == (
        "customers/quast.md:3: Warnung: Ohne Anführungszeichen lesen andere Programme „01067“ als "
        '567. → In Anführungszeichen setzen: "01067", oder: crm prüfen --fix\n'
    )
    assert "1 Warnung" in answer.err


def test_nothing_in_a_file_steers_the_terminal(book: Book) -> None:
    book.write("customers/quast.md", "---\nname: x\nemail: \x1b[31mred\n---\n")
    answer = book("check")
    assert answer.code == 1
    assert "\x1b" not in answer.both


def test_a_store_by_a_newer_program_is_refused(book: Book) -> None:
    book.write("crm.toml", "format = 99\n")
    answer = book("check")
    assert answer.code == 41
    assert "99" in answer.err


def test_broken_settings_are_a_finding_and_the_rest_is_checked(book: Book) -> None:
    book.write("crm.toml", "language = \n")
    book.write("customers/quast.md", UNQUOTED)
    answer = book("check", "--json")
    assert {one["check"] for one in answer.json} == {"settings-unreadable", "head-misread"}


# --fix


def test_off_a_terminal_fix_shows_what_it_would_do_and_does_nothing(book: Book) -> None:
    book.write("customers/quast.md", UNQUOTED)
    before = book.subjects()
    answer = book("check", "--fix")
    assert answer.code == 1
    assert '-zip: 01067\n+zip: "01067"\n' in answer.out
    assert "--yes" in answer.err
    assert book.read("customers/quast.md") == UNQUOTED
    assert book.subjects() == before


def test_with_yes_it_mends_in_one_commit_and_says_how_to_undo(book: Book) -> None:
    book.write("customers/quast.md", UNQUOTED, "New")
    answer = book("check", "--fix", "--yes")
    assert answer.code == 0
    assert '-zip: 01067\n+zip: "01067"\n' in answer.out
    assert "crm undo" in answer.err
    assert book.subjects()[0] == "Quast: 1 value in quotation marks"
    again = book("check", "--fix", "--yes")
    assert again.code == 0
    assert "nothing" in again.err.casefold()
    assert book.subjects()[1] == "New"


def test_what_cannot_be_mended_is_listed_afterwards(book: Book) -> None:
    book.write("customers/quast.md", "---\nname: Quast\nzip: 01067\nemail: x\n---\n")
    answer = book("check", "--fix", "--yes")
    assert answer.code == 1
    assert "customers/quast.md:4: warning:" in answer.out
    assert "customers/quast.md:3:" not in answer.out


def test_fix_with_json_answers_with_what_is_left(book: Book) -> None:
    book.write("customers/quast.md", UNQUOTED)
    assert len(book("check", "--fix", "--json").json) == 1
    assert book("check", "--fix", "--yes", "--json").json == []


def test_fix_of_one_customer_leaves_the_others(book: Book) -> None:
    book.write("customers/quast.md", UNQUOTED)
    book.write("customers/roth.md", UNQUOTED)
    assert book("check", "roth", "--fix", "--yes").code == 0
    assert book.read("customers/quast.md") == UNQUOTED


def test_files_that_would_move_are_shown_with_the_setting(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_md.quality.mending.MOST_IN_ONE_FOLDER", 1)
    answer = book("check", "--fix")
    petersen, hotel = "modehaus-petersen.md", "strandhotel-vierjahreszeiten.md"
    assert f"customers/{petersen} -> customers/mo/{petersen}\n" in answer.out
    assert f"customers/{hotel} -> customers/st/{hotel}\n" in answer.out
    assert '+layout = "letters"\n' in answer.out
    assert (book.root / "customers" / petersen).exists()


def test_yes_without_fix_is_a_slip_of_the_user(book: Book) -> None:
    assert book("check", "--yes").code == 2


def test_without_git_fix_refuses_and_the_findings_stand(tmp_path: Path) -> None:
    plain = Book(tmp_path / "plain")
    plain.write("crm.toml", "format = 1\n")
    plain.write("customers/quast.md", UNQUOTED)
    assert plain("check", "--fix", "--yes").code == 50
    assert plain.read("customers/quast.md") == UNQUOTED


@pytest.mark.parametrize(("typed", "mended"), [("y", True), ("n", False)])
def test_on_a_terminal_it_shows_and_asks(book: Book, typed: str, mended: bool) -> None:
    book.write("customers/quast.md", UNQUOTED)
    shown = run_on_terminal(book, ["check", "--fix"], typed=[typed])
    assert shown.index("+zip") < shown.index("?")
    assert ("crm undo" in shown) is mended
    assert (book.read("customers/quast.md") != UNQUOTED) is mended


def test_on_a_terminal_findings_come_under_headings(book: Book) -> None:
    book.write("customers/quast.md", BROKEN)
    shown = run_on_terminal(book, ["check"])
    assert shown.index("Errors") < shown.index("Warnings") < shown.index("Hints")
    assert "\x1b[" in shown


def test_the_sample_book_is_without_error_or_warning(tmp_path: Path) -> None:
    sample = make_book(tmp_path / "sample")
    shutil.rmtree(sample.root / "customers")
    for name in ("customers", "templates"):
        shutil.copytree(ROOT / name, sample.root / name)
    shutil.copy(ROOT / "crm.toml", sample.root)
    sample.write(".gitattributes", "customers/**/*.md -text merge=crm-md\n")
    answer = sample("check", "--json")
    assert [one for one in answer.json if one["severity"] != "hint"] == []
    assert answer.code == 0
