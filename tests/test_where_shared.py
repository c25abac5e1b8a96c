"""``crm where`` among colleagues: with whom, when, what waits; and which branch is the team's."""

from __future__ import annotations

import pytest

from tests.books import Book
from tests.clones import HOTEL, PETERSEN, Team
from tests.repositories import git


@pytest.fixture
def anna(firm: Team) -> Book:
    """Anna's clone, which shared in the morning."""
    anna = firm.clone("anna")
    assert anna("--today", "2026-11-20 11:30", "sync").code == 0
    return anna


def fact(book: Book, name: str, language: str = "en") -> str:
    """Return what a line of ``crm where`` says."""
    lines = book("where", language=language).out.split("\n")
    return next(line[len(name) :].strip() for line in lines if line.startswith(name + "  "))


def test_it_says_with_whom_and_when_it_was_shared(firm: Team, anna: Book) -> None:
    assert fact(anna, "Shared") == f"with {firm.hub.as_uri()}, last 3 hours ago"
    assert fact(anna, "Geteilt", "de") == f"mit {firm.hub.as_uri()}, zuletzt vor 3 Stunden"


def test_a_place_never_reached_is_not_said_to_be_shared_with_lately(anna: Book) -> None:
    anna.git("remote", "set-url", "origin", "git@nowhere.invalid:firm.git")
    assert fact(anna, "Shared") == "with git@nowhere.invalid:firm.git"


def test_no_password_of_the_address_is_shown(anna: Book) -> None:
    anna.git("remote", "set-url", "origin", "https://anna:geheim@git.example/x.git")
    shown = anna("where").out + anna("where", "--json").out
    assert "geheim" not in shown
    assert "https://git.example/x.git" in shown


def test_nothing_waits_is_said_only_where_nothing_waits(anna: Book) -> None:
    assert fact(anna, "Waiting") == "nothing"
    anna("log", "petersen", "call")
    assert fact(anna, "Waiting") == "1 change to be shared → crm sync"
    assert fact(anna, "Wartet", "de") == "1 Änderung ist noch zu teilen → crm abgleichen"
    anna.write(PETERSEN, anna.read(PETERSEN) + "\nby hand\n")
    (anna.root / HOTEL).unlink()
    told = fact(anna, "Waiting")
    assert "1 file edited by hand → crm save" in told
    assert "1 file deleted by hand" in told
    assert "git restore ." in told
    assert told.endswith("1 change to be shared → crm sync")


def test_sixty_deleted_files_are_told(anna: Book) -> None:
    for number in range(60):
        anna.write(f"customers/west/c{number}.md", f"---\nname: C{number}\n---\n")
    anna("save")
    for file in (anna.root / "customers/west").iterdir():
        file.unlink()
    assert "60 files deleted by hand" in fact(anna, "Waiting")
    anna.git("restore", ".")
    assert "deleted" not in fact(anna, "Waiting")


def test_files_that_are_no_customers_do_not_wait(anna: Book) -> None:
    (anna.root / "notizen.txt").write_text("mine")
    assert fact(anna, "Waiting") == "nothing"


def test_a_program_reads_the_same(firm: Team, anna: Book) -> None:
    anna("log", "petersen", "call")
    told = anna("where", "--json").json
    assert told["sharing"] == {
        "address": firm.hub.as_uri(),
        "branch": "main",
        "last": "2026-11-20 11:30:00",
        "waiting": 1,
    }
    assert told["by_hand"] == {"edited": 0, "deleted": 0, "conflicted": 0}
    assert told["left_branch"] is None


def test_a_part_says_of_what(firm: Team, anna: Book) -> None:
    anna.write("customers/nord/kiel.md", "---\nname: Kiel\n---\n", "Kiel")
    anna("sync")
    folder = firm.folder / "part"
    assert anna("clone", firm.hub.as_uri(), str(folder), "--only", "nord").code == 0
    part = Book(folder)
    assert fact(part, "Part") == "only nord"
    assert part("where", "--json").json["only"] == ["nord"]
    assert fact(part, "Shared").endswith("last just now")


def test_a_merge_in_the_middle_and_no_branch_are_told(anna: Book) -> None:
    (anna.root / ".git/MERGE_HEAD").write_text(anna.git("rev-parse", "HEAD"))
    assert "in the middle of a merge" in fact(anna, "Git")
    (anna.root / ".git/MERGE_HEAD").unlink()
    anna.git("checkout", "--quiet", "--detach")
    assert "no branch" in fact(anna, "Git")
    assert "your team shares main → git switch main" in fact(anna, "Git")


def test_on_a_side_branch_what_is_written_says_so(firm: Team, anna: Book) -> None:
    anna.git("switch", "--quiet", "--create", "versuch")
    told = anna("log", "petersen", "call: on the side")
    assert told.code == 0
    assert "This is the branch versuch; your team shares main." in told.err
    assert "git switch main" in told.err
    german = anna("notieren", "petersen", "Anruf: daneben", language="de")
    assert "Das ist der Branch versuch; das Team teilt main." in german.err
    assert "your team shares main → git switch main" in fact(anna, "Git")
    assert firm.tip() == anna.git("rev-parse", "main").strip()


def test_a_sync_on_a_side_branch_advises_the_branch_of_the_team(firm: Team, anna: Book) -> None:
    anna.git("switch", "--quiet", "--create", "versuch")
    anna("log", "petersen", "call: on the side")
    told = anna("sync")
    assert told.code == 55
    assert "git switch main" in told.err
    assert "set-upstream" not in told.err
    for words in (["switch", "--quiet", "main"], ["merge", "--quiet", "versuch"]):
        anna.git(*words)
    assert anna("sync").code == 0
    assert "on the side" in git(firm.hub, "show", f"main:{PETERSEN}")


def test_a_clone_that_never_shared_is_led_to_the_branch_of_the_others_too(firm: Team) -> None:
    ben = firm.clone("ben")
    ben.git("switch", "--quiet", "--create", "versuch")
    told = ben("sync")
    assert told.code == 50
    assert "Your team shares main: git switch main" in told.err


def test_without_a_branch_what_is_written_says_so(anna: Book) -> None:
    anna.git("checkout", "--quiet", "--detach")
    told = anna("log", "petersen", "call")
    assert told.code == 0
    assert "stands on an old state, not on a branch" in told.err
    assert "git switch main" in told.err


def test_a_branch_that_was_renamed_or_is_shared_on_purpose_is_no_side_branch(
    firm: Team, anna: Book
) -> None:
    anna.git("branch", "--move", "buch")
    assert "your team shares" not in anna("log", "petersen", "call").err
    assert anna("sync").code == 0
    anna.git("switch", "--quiet", "--create", "topic")
    anna.git("push", "--quiet", "--set-upstream", "origin", "topic")
    assert anna("sync").code == 0
    assert "your team shares" not in anna("log", "petersen", "call").err
