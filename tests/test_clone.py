"""`crm clone`: a store that others share is there, whole or in part, and ready for work."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books import NOW, Book
from tests.clones import PETERSEN, Team, is_clean, named, team, tree
from tests.repositories import git
from tests.terminals import Screen


@pytest.fixture
def firm(tmp_path: Path) -> Team:
    """A team whose customers lie in two folders and at the top."""
    firm = team(tmp_path)
    book = firm.clone("anna")
    for folder, name in (("nord", "kiel"), ("nord/inseln", "sylt"), ("sued", "ulm")):
        book.write(f"customers/{folder}/{name}.md", f"---\nname: {name.title()}\n---\n", name)
        book.write(f"attachments/{name}/photo.png", b"\x89PNG\0" + name.encode(), name)
    git(firm.hub, "config", "uploadpack.allowFilter", "true")
    git(firm.hub, "config", "uploadpack.allowAnySHA1InWant", "true")
    assert book("sync").code == 0
    return firm


def cloned(firm: Team, *arguments: str) -> Book:
    """Clone with the program, for Ben."""
    anna = Book(firm.folder / "anna")
    folder = firm.folder / "new"
    answer = anna("clone", firm.hub.as_uri(), str(folder), *arguments)
    assert answer.code == 0, answer.both
    return named(Book(folder), "ben")


def test_a_clone_is_ready_for_work(firm: Team) -> None:
    anna = Book(firm.folder / "anna")
    folder = firm.folder / "fresh"
    told = anna("clone", firm.hub.as_uri(), str(folder))
    assert told.out == f"{folder}\n"
    assert "5 customers are here." in told.err
    ben = named(Book(folder), "ben")
    assert "merge_driver" in ben.git("config", "merge.crm-md.driver")
    assert ben("log", "petersen", "call").code == 0
    assert ben("sync").code == 0


def test_a_folder_with_something_in_it_is_refused(firm: Team) -> None:
    anna = Book(firm.folder / "anna")
    mine = str(firm.folder / "mine")
    assert anna("clone", firm.hub.as_uri(), mine).code == 0
    assert anna("clone", firm.hub.as_uri(), mine).code == 2


def test_a_part_of_a_store_has_its_customers_and_their_files_only(firm: Team) -> None:
    ben = cloned(firm, "--only", "nord")
    found = {file.name for file in ben.root.rglob("*") if ".git" not in file.parts}
    assert {"kiel.md", "sylt.md", "photo.png", "kiel", "sylt"} <= found
    assert not {"ulm.md", "ulm"} & found
    listed = {row["name"] for row in ben("list", "--json").json}
    assert {"Kiel", "Sylt"} <= listed
    assert "Ulm" not in listed
    assert ben("check").code in (0, 1)
    missing = ben.git("rev-list", "--objects", "--missing=print", "HEAD").count("?")
    assert missing > 0


def test_a_part_syncs_like_the_whole(firm: Team) -> None:
    ben = cloned(firm, "--only", "nord")
    anna = Book(firm.folder / "anna")
    anna("log", "ulm", "call: in the south")
    anna("log", "kiel", "call: from anna")
    anna.write("customers/sued/bonn.md", "---\nname: Bonn\n---\n", "Bonn")
    anna.write("customers/nord/plön.md", "---\nname: Plön\n---\n", "Plön")
    assert anna("sync").code == 0
    ben("log", "kiel", "call: from ben")
    ben("new", "Husum")
    ben("log", "sylt", "call", "--attach", str(anna.root / "crm.toml"))
    for book in (ben, anna, ben):
        answer = book("sync")
        assert answer.code == 0, answer.both
    assert tree(ben) == tree(anna)
    assert is_clean(ben)
    assert "from anna" in ben.read("customers/nord/kiel.md")
    assert "from ben" in anna.read("customers/nord/kiel.md")
    assert (ben.root / "customers/nord/plön.md").exists()
    assert not (ben.root / "customers/sued").exists()
    assert "in the south" in anna.read("customers/sued/ulm.md")
    assert (anna.root / "attachments/sylt/crm.toml").exists()


def test_a_folder_that_is_not_there_leaves_nothing_behind(firm: Team) -> None:
    anna = Book(firm.folder / "anna")
    folder = firm.folder / "new"
    told = anna("clone", firm.hub.as_uri(), str(folder), "--only", "west")
    assert told.code == 27
    assert "nord, sued" in told.err
    assert not folder.exists()


def test_an_empty_repository_becomes_a_store_and_is_shared(tmp_path: Path, firm: Team) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "empty.git")
    anna = Book(firm.folder / "anna")
    folder = tmp_path / "begun"
    assert anna("clone", str(tmp_path / "empty.git"), str(folder)).code == 50
    begun = named(Book(folder), "ben")
    assert anna("init", str(folder)).code == 0
    assert begun("sync").code == 0
    assert git(tmp_path / "empty.git", "rev-parse", "main") == begun.git("rev-parse", "HEAD")


def test_the_default_store_is_the_first_clone(
    firm: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    anna = Book(firm.folder / "anna")
    for name, words in (("one", True), ("two", False)):
        told = anna("clone", firm.hub.as_uri(), str(tmp_path / name))
        assert ("default store" in told.err) == words
    assert (tmp_path / "config/crm_md/store").read_text() == f"{tmp_path / 'one'}\n"


def test_a_store_inside_a_repository_is_found_and_shared(firm: Team, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "office")
    office = named(Book(tmp_path / "office"), "anna")
    office.write("sales/crm.toml", "format = 1\n", "Settings")
    office.write(f"sales/{PETERSEN}", "---\nname: Petersen\n---\n", "Petersen")
    office.write("letters/a.txt", "Dear Sir\n", "Letter")
    git(tmp_path, "clone", "--quiet", "--bare", "office", "office.git")
    anna = Book(firm.folder / "anna")
    told = anna("clone", str(tmp_path / "office.git"), str(tmp_path / "mine"))
    assert told.out == f"{tmp_path / 'mine' / 'sales'}\n"
    mine, other = Book(tmp_path / "mine/sales"), Book(tmp_path / "other/sales")
    git(tmp_path, "clone", "--quiet", "office.git", "other")
    for book, who in ((mine, "ben"), (other, "carla")):
        named(book, who)
        assert book("log", "petersen", f"call: from {who}", now=NOW).code == 0
    (tmp_path / "mine/letters/a.txt").write_text("Dear Madam\n")
    mine.git("commit", "--quiet", "--all", "--message", "Madam")
    (tmp_path / "other/letters/a.txt").write_text("Dear Sir\nThank you\n")
    for book in (mine, other, mine, other):
        answer = book("sync")
        assert answer.code == 0, answer.both
    assert tree(mine) == tree(other)
    assert "from carla" in mine.read(PETERSEN)


def test_a_newcomer_is_offered_a_place_in_the_team(
    firm: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = Book(firm.folder / "anna")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Finn Berg")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "finn@example.com")
    told = anna("clone", firm.hub.as_uri(), str(firm.folder / "finn"))
    assert f"To be: crm init {firm.folder / 'finn'}" in told.err
    screen = Screen(anna, "clone", firm.hub.as_uri(), str(firm.folder / "berg"))
    screen.answer("Finn Berg is not in the team of this store yet. Put in?", "\n")
    screen.see("You are finn in the team.")
    assert screen.end() == 0
    assert '[team.finn]\nname = "Finn Berg"' in Book(firm.folder / "berg").read("crm.toml")
