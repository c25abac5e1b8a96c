"""``crm new``, ``crm rename``, ``crm remove``: customers come, are renamed, and go."""

from __future__ import annotations

import pytest

from tests.books import Book
from tests.terminals import run_on_terminal

HOTEL = "customers/strandhotel-vierjahreszeiten.md"


def test_only_the_name_is_needed(book: Book) -> None:
    answer = book("new", "Bäckerei", "Sörensen")
    assert (answer.code, answer.out) == (0, "customers/baeckerei-soerensen.md\n")
    assert book("--json", "show", "soerensen").json["owner"] == "anna"
    assert book.subjects()[0] == "Bäckerei Sörensen: neu angelegt"


@pytest.mark.parametrize(
    "name",
    ["!!!", "con", "../../etc/passwd", "a/b\\c", "x" * 300, ".git", "NO", "Müller: Söhne #1", "…"],
)
def test_awkward_names_get_a_safe_file_of_their_own(book: Book, name: str) -> None:
    answer = book("new", name)
    assert answer.code == 0, answer.err
    path = answer.out.strip()
    assert path.count("/") == 1
    assert (book.root / path).resolve().parent == (book.root / "customers").resolve()
    slug = path.removeprefix("customers/").removesuffix(".md")
    assert book("--json", "show", slug).json["name"] == name
    assert book("--json", "check").code in (0, 1)


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "a\x1b[2Jb", "a\nb"])
def test_empty_names_and_control_signs_are_refused(book: Book, name: str) -> None:
    assert book("new", name).code == 2
    assert len(book.subjects()) == 1


def test_equal_names_get_files_of_their_own(book: Book) -> None:
    paths = {book("new", "Müller").out for _turn in range(3)}
    assert len(paths) == 3


def test_who_may_be_the_same_is_named_with_why_and_stops_nobody(book: Book) -> None:
    answer = book("new", "Modehaus Petersen")
    assert answer.code == 0
    assert "modehaus-petersen" in answer.err
    by_phone = book("new", "Ganz Anders", "--phone", "+49 4922 93000")
    assert "modehaus-petersen" in by_phone.err


def test_facts_can_be_given_at_once(book: Book) -> None:
    book("new", "Dresdner Zelte", "--phone", "0351 4711", "--email", "a@zelte.example")
    told = book("--json", "show", "dresdner").json
    assert (told["phone"], told["email"]) == ("0351 4711", "a@zelte.example")


def test_a_template_that_tries_to_run_code_is_refused(book: Book) -> None:
    evil = "{{ ''.__class__.__mro__[1].__subclasses__() }}"
    book.write("templates/customer.md", evil, "evil")
    answer = book("new", "Neu")
    assert answer.code == 43
    assert "templates/customer.md" in answer.err
    book.write("templates/customer.md", "---\nname: {{ name | yaml }}\n---\n{{ colour }}x\n", "own")
    assert book("new", "Neu: Zwei").code == 0
    assert 'name: "Neu: Zwei"' in book.read("customers/neu-zwei.md")


@pytest.mark.parametrize("template", ["# Neu\n", "---\nstatus: lead\n---\n", "", "---\n---\n"])
def test_a_template_that_says_nothing_of_the_name_gets_it_all_the_same(
    book: Book, template: str
) -> None:
    book.write("templates/customer.md", template, "own")
    assert book("new", "Müller: Söhne").code == 0
    assert book("--json", "show", "söhne").json["name"] == "Müller: Söhne"
    assert book("--json", "check", "söhne").code == 0


def test_letters_layout_puts_new_customers_into_two_letter_folders(book: Book) -> None:
    book.write("crm.toml", book.read("crm.toml") + '\nlayout = "letters"\n'.join(["", ""]))
    book.write("crm.toml", 'layout = "letters"\n' + book.read("crm.toml"), "letters")
    assert book("new", "Öhr").out == "customers/oe/oehr.md\n"


def test_renaming_takes_file_links_and_attachments_along(book: Book) -> None:
    book.write("attachments/modehaus-petersen/plan.pdf", b"\x00pdf")
    book.write(HOTEL, book.read(HOTEL) + "\nsiehe [[modehaus-petersen|Heike]]\n")
    book.git("add", "--all")
    book.git("commit", "--quiet", "-m", "more")
    answer = book("rename", "heike", "Petersen & Töchter")
    assert answer.out == "customers/petersen-und-toechter.md\n" or "petersen" in answer.out
    path = answer.out.strip()
    slug = path.removeprefix("customers/").removesuffix(".md")
    assert not (book.root / "customers/modehaus-petersen.md").exists()
    assert (book.root / f"attachments/{slug}/plan.pdf").read_bytes() == b"\x00pdf"
    assert f"to: {slug}" in book.read(HOTEL)
    assert f"[[{slug}|Heike]]" in book.read(HOTEL)
    assert book("--json", "show", "Modehaus Petersen GmbH").json["slug"] == slug
    assert book.git("status", "--porcelain") == ""
    assert len(book.subjects()) == 3


def test_changes_follow_a_rename(book: Book) -> None:
    book("set", "petersen", "goal", "vorher")
    book("rename", "petersen", "Neues Haus")
    book("set", "neues", "goal", "nachher")
    told = book("--json", "changes", "neues").json
    assert len(told) == 4
    assert book("show", "neues", "--at", "2026-11-19").code in (0, 23)


def test_changes_and_undo_follow_a_file_that_was_given_another_name_by_hand(book: Book) -> None:
    book("set", "petersen", "goal", "vorher")
    action = book("--json", "changes").json[0]["action"]
    book.git("mv", "customers/modehaus-petersen.md", "customers/petersen-mode.md")
    book.git("commit", "-qm", "tidied up")
    told = book("--json", "changes", "petersen-mode").json
    assert [one["message"].partition(": ")[2] for one in told[1:]] == ["Ziel: vorher", ""]
    book("log", "petersen-mode", "Anruf: Segel")
    assert book("undo", action).code == 0
    assert "vorher" not in book.read("customers/petersen-mode.md")
    assert "Segel" in book.read("customers/petersen-mode.md")


def test_removing_names_who_links_here(book: Book) -> None:
    answer = book("remove", "petersen", "--yes")
    assert "Strandhotel Vierjahreszeiten" in answer.err
    assert not (book.root / "customers/modehaus-petersen.md").exists()
    assert book("show", "heike").code == 20


def test_a_new_firm_is_named_once_in_the_quick_look(book: Book) -> None:
    book("new", "Kita Deichpiraten")
    assert book("show", "deichpiraten").out.count("Kita Deichpiraten") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["Malerei", "Voß", "--telefon", "05321", "99881", "--ort", "Goslar"],
        ["--phone", "05321", "99881", "Malerei", "Voß"],
        ["--phone=05321", "99881", "Malerei", "Voß"],
        ["Malerei", "Voß", "--phone", "05321 99881"],
        ["--ort", "Goslar", "Malerei", "--phone", "05321", "99881", "Voß"],
    ],
    ids=" ".join,
)
def test_a_number_typed_with_a_blank_is_no_part_of_the_name(book: Book, words: list[str]) -> None:
    assert book("new", *words).out == "customers/malerei-voss.md\n"
    told = book("--json", "show", "malerei-voss").json
    assert (told["name"], told["phone"]) == ("Malerei Voß", "05321 99881")


def test_a_number_of_many_parts_is_one(book: Book) -> None:
    book("new", "Voß", "--phone", "+49", "(5321)", "99", "881-0")
    assert book("--json", "show", "voss").json["phone"] == "+49 (5321) 99 881-0"


def test_figures_of_a_name_stay_in_it(book: Book) -> None:
    assert book("new", "Studio", "54", "--phone", "05321 99881", "--", "1").code == 0
    assert book("--json", "show", "studio").json["name"] == "Studio 54 1"
    assert book("new", "--city", "01067", "1001", "Nacht").code == 0
    assert book("--json", "show", "nacht").json["name"] == "1001 Nacht"


def test_a_number_with_too_few_figures_is_told(book: Book) -> None:
    answer = book("new", "Malerei", "Voß", "--phone", "05")
    assert answer.code == 0
    assert "too few digits" in answer.err
    assert "too few" not in book("new", "Malerbetrieb Kunze", "--phone", "0551 998877").err


def test_who_may_be_the_same_is_told_with_town_and_last_contact(book: Book) -> None:
    said = book("neu", "Modehaus Petersen", language="de").err
    assert "Modehaus Petersen GmbH & Co. KG, Borkum, letzter Kontakt Do 12.11.2026" in said


def test_enter_alone_adds_no_second_one(book: Book) -> None:
    shown = run_on_terminal(book, ["neu", "Modehaus Petersen"], typed=[""], language="de")
    assert "Nichts angelegt" in shown
    assert "crm zeigen modehaus-petersen" in shown
    assert len(book.subjects()) == 1
    run_on_terminal(book, ["neu", "Modehaus Petersen"], typed=["j"], language="de")
    assert len(book.subjects()) == 2
