"""A clone of a part: it knows whom it leaves out, and new customers go where it is at home."""

from __future__ import annotations

import shlex
from functools import cache
from pathlib import Path

import pytest

from crm_md.part import Part
from crm_md.quality.server_hook import install
from tests.books import Book, lasting_folder
from tests.clones import Team, is_clean, moved_team, named, team
from tests.repositories import git
from tests.terminals import run_on_terminal


@pytest.fixture
def firm(tmp_path: Path) -> Team:
    """A team whose customers lie in three folders, and whose host lets no twins in."""
    return moved_team(_first_firm(), tmp_path)


@cache
def _first_firm() -> Team:
    firm = team(lasting_folder())
    anna = firm.clone("anna")
    for folder, slug, name in (
        ("nord", "kiel", "Kiel"),
        ("süd", "stadtwerke-rosenheim", "Stadtwerke Rosenheim"),
        ("west/ruhr", "essen", "Essen"),
    ):
        anna.write(f"customers/{folder}/{slug}.md", f"---\nname: {name}\n---\n", name)
    firm.lend_parts()
    assert anna("sync").code == 0
    install(firm.hub)
    return firm


def part(firm: Team, *folders: str) -> Book:
    """Clone some folders with the program, for Emma."""
    options = [word for folder in folders for word in ("--only", folder)]
    place = firm.folder / "emma"
    answer = Book(firm.folder / "anna")("clone", firm.hub.as_uri(), str(place), *options)
    assert answer.code == 0, answer.both
    return named(Book(place), "emma")


@pytest.fixture
def emma(firm: Team) -> Book:
    """Emma's clone of the north."""
    return part(firm, "nord")


def test_a_customer_outside_of_the_part_is_told_where_and_not_offered_to_be_created(
    emma: Book,
) -> None:
    for command in (["log", "stadtwerke", "call"], ["show", "Stadtwerke Rosenheim"]):
        told = emma(*command)
        assert told.code == 20
        assert "lies in süd, which is not fetched here." in told.err
        assert "To fetch it: git sparse-checkout add 'customers/süd'" in told.err
        assert "crm new" not in told.err
    german = emma("zeigen", "stadtwerke", language="de")
    assert "liegt in süd; das ist hier nicht geholt" in german.err


def test_the_command_that_is_told_fetches_it(emma: Book) -> None:
    command = emma("show", "essen").err.partition("To fetch it: git ")[2].split("\n")[0]
    emma.git(*shlex.split(command))
    assert emma("log", "essen", "call").code == 0
    assert emma("sync").code == 0


def test_who_is_nowhere_is_still_offered_to_be_created(emma: Book) -> None:
    assert 'crm new "Bremen"' in emma("show", "Bremen").err


def test_a_new_customer_who_exists_outside_of_the_part_is_told_so_and_blocks_no_sync(
    firm: Team, emma: Book
) -> None:
    told = emma("new", "Stadtwerke Rosenheim")
    assert told.code == 0
    assert "May be the same: stadtwerke-rosenheim – lies in süd, which is not fetched" in told.err
    assert told.out == "customers/nord/stadtwerke-rosenheim-2.md\n"
    answer = emma("sync")
    assert answer.code == 0, answer.both
    assert git(firm.hub, "ls-tree", "-r", "--name-only", "main").count("stadtwerke") == 2


def test_a_file_made_by_hand_with_the_name_of_one_outside_blocks_no_sync(
    firm: Team, emma: Book
) -> None:
    emma.write("customers/nord/stadtwerke-rosenheim.md", "---\nname: Stadtwerke Rosenheim\n---\n")
    emma("log", "kiel", "call: waits for nobody")
    answer = emma("sync")
    assert answer.code == 0, answer.both
    assert "stadtwerke-rosenheim-2.md" in answer.err
    assert is_clean(emma)
    anna = Book(firm.folder / "anna")
    assert anna("sync").code == 0
    assert "waits for nobody" in anna.read("customers/nord/kiel.md")
    assert (anna.root / "customers/nord/stadtwerke-rosenheim-2.md").exists()
    assert (anna.root / "customers/süd/stadtwerke-rosenheim.md").exists()


def test_a_new_customer_of_a_regional_clone_goes_into_its_folder(emma: Book) -> None:
    assert emma("new", "Husum").out == "customers/nord/husum.md\n"
    assert emma("new", "Juist", "--folder", "nord/inseln").out == "customers/nord/inseln/juist.md\n"
    assert emma("new", "Alle", "--ordner", "").out == "customers/alle.md\n"


def test_of_several_folders_one_has_to_be_named(firm: Team) -> None:
    emma = part(firm, "nord", "west/ruhr")
    told = emma("new", "Husum")
    assert told.code == 2
    assert "In which folder? Here are: nord, west/ruhr." in told.err
    assert "--folder nord" in told.err
    assert emma("new", "Husum", "--folder", "Nord").out == "customers/nord/husum.md\n"


def test_at_a_terminal_it_is_asked_for(firm: Team) -> None:
    emma = part(firm, "nord", "west/ruhr")
    shown = run_on_terminal(emma, ["new", "Bochum"], typed=["2"])
    assert "In which folder?" in shown
    assert (emma.root / "customers/west/ruhr/bochum.md").exists()


def test_a_folder_that_is_not_fetched_is_refused_with_what_fetches_it(emma: Book) -> None:
    told = emma("new", "Passau", "--folder", "süd")
    assert told.code == 2
    assert "The folder “süd” is not fetched here." in told.err
    assert "git sparse-checkout add 'customers/süd'" in told.err


def test_letters_are_folders_within_the_one_of_the_part(firm: Team) -> None:
    anna = Book(firm.folder / "anna")
    anna.write("crm.toml", 'layout = "letters"\n' + anna.read("crm.toml"), "Letters")
    assert anna("sync").code == 0
    emma = part(firm, "nord")
    assert emma("new", "Husum").out == "customers/nord/hu/husum.md\n"
    assert emma("rename", "husum", "Tönning").out == "customers/nord/to/toenning.md\n"
    assert emma("sync").code == 0


def test_an_import_goes_into_the_folder_of_the_part(emma: Book, tmp_path: Path) -> None:
    cards = tmp_path / "cards.vcf"
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:{0}\nORG:{0}\nEND:VCARD\n"
    cards.write_text(card.format("Flensburg") + card.format("Essen"), encoding="utf-8")
    told = emma("import", str(cards), "--apply")
    assert told.code == 0
    assert (emma.root / "customers/nord/flensburg.md").exists()
    assert "customers/west/ruhr/essen.md" in told.both
    assert not list((emma.root / "customers").rglob("essen*.md"))


def test_a_whole_clone_takes_a_folder_too_and_says_if_it_is_new(firm: Team) -> None:
    anna = Book(firm.folder / "anna")
    assert anna("new", "Husum").out == "customers/husum.md\n"
    told = anna("new", "Passau", "--folder", "SÜD")
    assert told.out == "customers/süd/passau.md\n"
    assert "new folder" not in told.err
    assert "A new folder: ost" in anna("new", "Görlitz", "--folder", "customers/ost/").err
    assert anna("rename", "passau", "Passau an der Donau").out.startswith("customers/süd/")


@pytest.mark.parametrize("folder", ["../x", ".git", "a/../b", "a\tb", "nord/kiel.md"])
def test_no_folder_leads_out_of_the_customers(firm: Team, folder: str) -> None:
    anna = Book(firm.folder / "anna")
    told = anna("new", "Husum", "--folder", folder)
    assert told.code == 2
    assert "can be no folder of customers" in told.err


def test_a_part_knows_what_it_has() -> None:
    some = Part(("nord", "west/ruhr"), ("customers/süd/ulm.md",), "office/")
    assert [some.has(one) for one in ("", "nord", "nord/inseln", "west", "süd", "nordsee")] == [
        *(True, True, True),
        *(True, False, False),
    ]
    assert some.fetching(["ulm", "am see"]) == (
        "git sparse-checkout add office/customers/ulm 'office/customers/am see'"
    )
    assert some.named("Ulm") == ["customers/süd/ulm.md"]
    assert some.named("?") == []


def moved_out(emma: Book) -> None:
    emma.git("mv", "--sparse", "customers/nord/kiel.md", "customers/west/kiel.md")


def test_a_customer_moved_by_git_out_of_the_part_is_gone_for_nobody(firm: Team, emma: Book) -> None:
    anna = Book(firm.folder / "anna")
    moved_out(emma)
    for command in (["sync"], ["save"]):
        told = emma(*command)
        assert "customers/nord/kiel.md was moved to customers/west/kiel.md, and that folder" in (
            told.err
        )
        assert "git sparse-checkout add customers/west" in told.err
    assert firm.tip() == anna.git("rev-parse", "HEAD").strip()
    emma.git("sparse-checkout", "add", "customers/west")
    assert "Saved: Kiel: moved to west/" in emma("sync").err
    assert anna("sync").out == "Kiel: Emma: moved to west/\n"
    assert (anna.root / "customers/west/kiel.md").exists()


def test_what_comes_in_for_a_customer_moved_out_of_the_part_is_not_lost(
    firm: Team, emma: Book
) -> None:
    anna = Book(firm.folder / "anna")
    anna("log", "kiel", "call: the fair")
    assert anna("sync").code == 0
    moved_out(emma)
    told = emma("sync")
    assert (told.code, told.err.count("was moved to")) == (37, 1)
    emma.git("sparse-checkout", "add", "customers/west")
    assert emma("sync").code == 0
    assert anna("sync").code == 0
    (kiel,) = (anna.root / "customers").rglob("kiel*.md")
    assert "the fair" in kiel.read_text(encoding="utf-8")


def test_a_move_out_of_the_part_is_taken_back_as_told(firm: Team, emma: Book) -> None:
    moved_out(emma)
    assert "was moved" in emma("sync").err
    emma.git("mv", "--sparse", "customers/west/kiel.md", "customers/nord/kiel.md")
    assert emma("sync").err == "Nothing new, here as there.\n"
    assert is_clean(emma)
