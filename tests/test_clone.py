"""`crm clone`: a store that others share is there, whole or in part, and ready for work."""

from __future__ import annotations

import os
import signal
import socket
import time
from functools import cache
from pathlib import Path

import pytest

from tests.books import NOW, Book, lasting_folder
from tests.clones import PETERSEN, Team, is_clean, moved_team, named, started, team, tree
from tests.repositories import git
from tests.terminals import Screen


@pytest.fixture
def firm(tmp_path: Path) -> Team:
    """A team whose customers lie in two folders and at the top."""
    return moved_team(_first_firm(), tmp_path)


@cache
def _first_firm() -> Team:
    firm = team(lasting_folder())
    book = firm.clone("anna")
    for folder, name in (("nord", "kiel"), ("nord/inseln", "sylt"), ("sued", "ulm")):
        book.write(f"customers/{folder}/{name}.md", f"---\nname: {name.title()}\n---\n", name)
        book.write(f"attachments/{name}/photo.png", b"\x89PNG\0" + name.encode(), name)
    firm.lend_parts()
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
        assert ("From now on it is your default store" in told.err) == words
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
    assert f"a task: crm init {firm.folder / 'finn'}" in told.err
    screen = Screen(anna, "clone", firm.hub.as_uri(), str(firm.folder / "berg"))
    screen.answer("Finn Berg is not in the team of this store yet. Put in?", "\n")
    screen.see("You are finn in the team.")
    assert screen.end() == 0
    assert '[team.finn]\nname = "Finn Berg"' in Book(firm.folder / "berg").read("crm.toml")


def test_who_breaks_off_at_the_question_for_a_name_has_the_clone_and_is_told_how_to_go_on(
    firm: Team,
) -> None:
    folder = firm.folder / "eva"
    screen = Screen(Book(firm.folder / "anna"), "clone", firm.hub.as_uri(), str(folder))
    screen.answer("Your name", "Eva Lind\n")
    screen.answer("Your e-mail address", "\x03")
    screen.see("5 customers are here.")
    screen.see(f"it is asked for by: crm init {folder}")
    assert screen.end() == 0
    again = Screen(Book(folder), "init", str(folder))
    again.answer("Your name", "Eva Lind\n")
    again.answer("Your e-mail address", "eva@example.com\n")
    again.see("Next: crm sync")
    assert again.end() == 0
    assert Book(folder)("log", "petersen", "call").code == 0


def test_an_address_that_does_not_answer_is_asked_whether_it_is_right(firm: Team) -> None:
    address = "http://nowhere.invalid/firm.git"
    answer = Book(firm.folder / "anna")("clone", address, str(firm.folder / "x"))
    assert answer.code == 51
    assert "Is the address right" in answer.err
    assert "crm sync" not in answer.err


def bare(firm: Team, name: str, *branches: str, head: str = "master") -> str:
    """Make a bare repository that has the firm's book on some branches, and hands out another."""
    git(firm.folder, "init", "--quiet", "--bare", f"--initial-branch={head}", f"{name}.git")
    for branch in branches:
        git(firm.hub, "push", "--quiet", str(firm.folder / f"{name}.git"), f"main:{branch}")
    git(firm.folder / f"{name}.git", "config", "uploadpack.allowFilter", "true")
    return (firm.folder / f"{name}.git").as_uri()


@pytest.mark.parametrize("branch", ["main", "trunk", "kundenbuch"])
@pytest.mark.parametrize("only", [(), ("--only", "nord")])
def test_a_host_that_hands_out_a_branch_that_is_not_there_has_customers_all_the_same(
    firm: Team, branch: str, only: tuple[str, ...]
) -> None:
    anna, folder = Book(firm.folder / "anna"), firm.folder / "new"
    told = anna("clone", bare(firm, "odd", branch), str(folder), *only)
    assert told.code == 0, told.both
    ben = named(Book(folder), "ben")
    assert ben.git("branch", "--show-current") == f"{branch}\n"
    assert ben("log", "kiel", "call").code == 0
    assert "1 change shared" in ben("sync").err
    assert is_clean(ben)


def test_a_branch_without_customers_is_passed_over(firm: Team) -> None:
    address = bare(firm, "odd", "main", head="master")
    git(firm.folder, "init", "--quiet", "--initial-branch=master", "readme")
    readme = named(Book(firm.folder / "readme"), "anna")
    readme.write("README.md", "Hello\n", "Readme")
    readme.git("push", "--quiet", address, "master")
    ben, folder = Book(firm.folder / "anna"), firm.folder / "new"
    assert ben("clone", address, str(folder)).code == 0
    assert (folder / PETERSEN).exists()


def test_of_several_branches_the_usual_one_is_taken_else_they_are_named(firm: Team) -> None:
    anna, folder = Book(firm.folder / "anna"), firm.folder / "new"
    address = bare(firm, "two", "east", "west")
    told = anna("clone", address, str(folder))
    assert told.code == 21
    assert "east, west" in told.err
    assert f"crm clone {address} --branch east" in told.err
    assert not folder.exists()
    assert anna("clone", address, str(folder), "--branch", "north").code == 50
    assert not folder.exists()
    assert anna("clone", address, str(folder), "--branch", "west").code == 0
    assert Book(folder).git("branch", "--show-current") == "west\n"
    usual = bare(firm, "usual", "east", "main")
    assert anna("clone", usual, str(firm.folder / "usual")).code == 0
    assert Book(firm.folder / "usual").git("branch", "--show-current") == "main\n"


def test_an_empty_repository_says_what_to_do(firm: Team) -> None:
    anna, folder = Book(firm.folder / "anna"), firm.folder / "new"
    address = bare(firm, "empty")
    told = anna("clone", address, str(folder))
    assert told.code == 50
    assert f"{address} is empty" in told.err
    assert f"crm init {folder}" in told.err
    assert f"crm sync {address}" in told.err


def test_a_store_deep_in_a_repository_and_several_of_them_are_found(firm: Team) -> None:
    git(firm.folder, "init", "--quiet", "--initial-branch=main", "office")
    office = named(Book(firm.folder / "office"), "anna")
    office.write("firm/sales/customers/a.md", "---\nname: A\n---\n", "A")
    anna = Book(firm.folder / "anna")
    address = (firm.folder / "office").as_uri()
    told = anna("clone", address, str(firm.folder / "one"))
    assert told.out == f"{firm.folder / 'one/firm/sales'}\n"
    office.write("service/customers/b.md", "---\nname: B\n---\n", "B")
    told = anna("clone", address, str(firm.folder / "two"))
    assert told.code == 21
    assert "firm/sales, service" in told.err
    assert f"cd {firm.folder / 'two/firm/sales'}" in told.err
    assert (firm.folder / "two/service/customers/b.md").exists()


@pytest.mark.parametrize(
    "typed", ["nord", "nord/", "customers/nord", "./customers/nord/", "Nord", "/nord"]
)
def test_a_folder_may_be_typed_as_people_type_folders(firm: Team, typed: str) -> None:
    ben = cloned(firm, "--only", typed)
    assert (ben.root / "customers/nord/kiel.md").exists()
    assert not (ben.root / "customers/sued").exists()


def test_several_folders_and_those_with_umlauts_in_either_writing(firm: Team) -> None:
    anna = Book(firm.folder / "anna")
    anna.write("customers/Su\u0308d O\u0308st/graz.md", "---\nname: Graz\n---\n", "Graz")
    assert anna("sync").code == 0
    ben = cloned(firm, "--only", "S\u00fcd \u00d6st", "--only", "nord/inseln")
    found = {file.name for file in (ben.root / "customers").rglob("*.md")}
    assert {"graz.md", "sylt.md"} <= found
    assert not {"ulm.md"} & found


def test_a_slip_in_the_name_of_a_folder_is_answered_with_the_near_one(firm: Team) -> None:
    anna, folder = Book(firm.folder / "anna"), firm.folder / "new"
    for typed, near in (("nrod", "nord?"), ("insel", "nord/inseln?")):
        told = anna("clone", firm.hub.as_uri(), str(folder), "--only", typed)
        assert told.code == 27
        assert f"Did you mean: {near}" in told.err
        assert not folder.exists()
    git(firm.folder, "clone", "--quiet", "--bare", str(firm.folder / "seed"), "flat.git")
    flat = anna("clone", str(firm.folder / "flat.git"), str(folder), "--only", "customers")
    assert "Its customers lie in no folders" in flat.err


def test_a_folder_that_was_there_and_empty_stays_so_when_a_clone_fails(firm: Team) -> None:
    anna, folder = Book(firm.folder / "anna"), firm.folder / "new"
    folder.mkdir()
    assert anna("clone", firm.hub.as_uri(), str(folder), "--only", "west").code == 27
    assert anna("clone", firm.hub.as_uri() + "x", str(folder)).code == 50
    assert list(folder.iterdir()) == []


def test_a_second_clone_into_the_same_folder_says_how_to_get_what_is_new(firm: Team) -> None:
    anna, folder = Book(firm.folder / "anna"), firm.folder / "new"
    assert anna("clone", firm.hub.as_uri(), str(folder)).code == 0
    assert f"cd {folder}, then crm sync" in anna("clone", firm.hub.as_uri(), str(folder)).err


def test_a_clone_that_was_cut_off_removes_no_customer(firm: Team) -> None:
    anna, folder = Book(firm.folder / "anna"), firm.folder / "new"
    git(firm.folder, "clone", "--quiet", "--no-checkout", firm.hub.as_uri(), "new")
    ben = named(Book(folder), "ben")
    ben.write(PETERSEN, anna.read(PETERSEN))
    before = firm.tip()
    for asked in (("sync",), ("log", "petersen", "call"), ("save",)):
        told = ben(*asked)
        assert told.code == 55, (asked, told.both)
        assert "git reset --hard" in told.err
    assert firm.tip() == before
    assert "cut off" in anna("clone", firm.hub.as_uri(), str(folder)).err
    ben.git("reset", "--quiet", "--hard")
    assert ben("log", "petersen", "call").code == 0
    assert "1 change shared" in ben("sync").err
    assert (folder / "customers/sued/ulm.md").exists()


def test_an_address_with_a_slip_says_so(firm: Team) -> None:
    anna, folder = Book(firm.folder / "anna"), firm.folder / "new"
    for address in ("htps://git.example.com/x.git", str(firm.hub) + "x", "customers"):
        told = anna("clone", address, str(folder))
        assert told.code == 50, told.both
        assert "is the address right" in told.err
        assert not folder.exists()


def test_a_password_in_the_address_is_not_printed_and_said_to_be_kept(
    firm: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, folder = Book(firm.folder / "anna"), firm.folder / "new"
    address = "https://anna:geheim@127.0.0.1:9/hub.git"
    told = anna("clone", address, str(folder))
    assert told.code == 51
    assert "geheim" not in told.both
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", f"url.{firm.hub.as_uri()}.insteadOf")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", address)
    told = anna("clone", address, str(folder))
    assert told.code == 0, told.both
    assert "The password of the address stands in .git/config now." in told.err
    assert "geheim" not in told.both


def test_ctrl_c_in_the_middle_of_a_clone_leaves_nothing(firm: Team) -> None:
    folder = firm.folder / "new"
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"git://127.0.0.1:{server.getsockname()[1]}/hub.git"
        running = started(Book(firm.folder / "anna"), "clone", address, str(folder))
        time.sleep(1.5)
        assert running.poll() is None
        os.kill(running.pid, signal.SIGINT)
        assert running.wait(10) == 130
        printed, _nothing = running.communicate()
    assert b"Traceback" not in printed
    assert not folder.exists()
