"""``crm import``: from which file, from a folder, how to do it, and nobody twice."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from crm_md.crm import Crm
from crm_md.errors import FileChanged
from crm_md.records.importing import carry_out, plan_files
from tests.books import Book

FILE = "customers/modehaus-petersen.md"


def card(name: str) -> str:
    lines = f"FN:{name}\nTEL:+49 351 4711{len(name):03}" if name else "NOTE:leer"
    return f"BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD\n"


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """A folder with two address books and something else."""
    folder = tmp_path / "my books"
    folder.mkdir()
    (folder / "b.vcf").write_text(card("Uta Krug") + card(""), "utf-8")
    (folder / "a.VCF").write_text(card("Jörg Müller") + card(""), "utf-8")
    (folder / "notes.txt").write_text(card("Nobody Here"), "utf-8")
    return folder


def test_what_is_told_names_the_file_and_the_line(book: Book, books: Path) -> None:
    a, b = str(books / "a.VCF"), str(books / "b.vcf")
    told = [line for line in book("import", b, a).err.split("\n") if line.startswith("!")]
    assert [line.partition(": ")[0] for line in told] == [f"! {a}:6", f"! {b}:6"]


def test_of_a_folder_every_address_book_is_read(book: Book, books: Path) -> None:
    answer = book("import", str(books))
    assert answer.out.split("\n")[:-1] == ["+ New customer Jörg Müller", "+ New customer Uta Krug"]


def test_a_folder_without_address_books_holds_no_address(book: Book, tmp_path: Path) -> None:
    answer = book("import", str(tmp_path))
    assert answer.code == 44
    assert answer.err.startswith(f"{tmp_path} holds no address.")


def test_the_command_that_does_it_is_printed_whole_and_works(book: Book, books: Path) -> None:
    answer = book("import", str(books))
    command = answer.err.split("To do it: crm ")[1].split("\n")[0]
    assert shlex.split(command) == ["import", str(books), "--store", str(book.root), "--apply"]
    assert book(*shlex.split(command)).code == 0
    assert book.subjects()[0].endswith("2 Kunden")


def test_in_german_the_command_is_german(book: Book, books: Path) -> None:
    assert "crm importieren '" in book("importieren", str(books), language="de").err


def test_links_in_a_circle_are_told_in_our_words(book: Book, tmp_path: Path) -> None:
    (tmp_path / "a.vcf").symlink_to("a.vcf")
    answer = book("importieren", str(tmp_path / "a.vcf"), language="de")
    assert answer.code == 42
    assert "ihre Verknüpfungen führen im Kreis" in answer.err


UNREADABLE = "---\nname: Müller\n---\n".encode("utf-16")


@pytest.mark.parametrize("slug", ["joerg-mueller", "Joerg-Mueller", "müller/joerg-mueller"])
def test_who_is_there_in_a_file_that_cannot_be_read_is_not_created_again(
    book: Book, books: Path, slug: str
) -> None:
    path = f"customers/{slug}.md"
    book.write(path, UNREADABLE, "unlesbar")
    answer = book("import", str(books), "--apply")
    assert answer.out.split("\n")[:-1] == ["+ New customer Uta Krug"]
    assert f"“Jörg Müller” was left out. {path} cannot be read" in answer.err
    assert (book.root / path).read_bytes() == UNREADABLE
    assert not list((book.root / "customers").glob("joerg-mueller-2.md"))


def test_a_firm_is_recognised_without_its_legal_form(book: Book, tmp_path: Path) -> None:
    book.write("customers/sonnenhof.md", UNREADABLE, "unlesbar")
    text = card("Uta Krug").replace("TEL", "ORG:Sonnenhof GmbH\nTEL")
    (tmp_path / "a.vcf").write_text(text, "utf-8")
    answer = book("import", str(tmp_path / "a.vcf"))
    assert answer.out == ""
    assert answer.err.endswith("Nothing to add.\n")
    assert "customers/sonnenhof.md cannot be read" in answer.err


def test_a_link_in_the_place_of_a_customer_stops_no_other(book: Book, books: Path) -> None:
    (book.root / "customers/joerg-mueller.md").symlink_to("modehaus-petersen.md")
    answer = book("import", str(books), "--apply")
    assert answer.code == 0
    assert "customers/joerg-mueller.md cannot be read" in answer.err
    assert (book.root / "customers/uta-krug.md").exists()


def test_who_came_since_the_plan_is_never_written_over(book: Book, books: Path) -> None:
    def somebody_is_quicker(crm: Crm) -> None:
        planned = plan_files(crm, [books])
        book.write("customers/uta-krug.md", "---\nname: Uta Krug\n---\n", "schneller")
        with pytest.raises(FileChanged):
            carry_out(crm, planned, "a")

    with book.open() as crm:
        somebody_is_quicker(crm)
    assert book.read("customers/uta-krug.md") == "---\nname: Uta Krug\n---\n"
    assert not (book.root / "customers/joerg-mueller.md").exists()
