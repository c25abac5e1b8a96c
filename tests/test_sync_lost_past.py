"""`crm sync` where the other side lacks what was shared: it moved, was set back, or rewritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.books import Book
from tests.clones import HOTEL, PETERSEN, Team, is_clean
from tests.repositories import git


@pytest.fixture
def anna(firm: Team) -> Book:
    """Anna's clone, which has shared one call and knows where."""
    anna = firm.clone("anna")
    anna.write(".gitattributes", "customers/**/*.md -text merge=crm-md\n", "Attributes")
    anna("log", "petersen", "call: everybody has it")
    assert anna("sync").code == 0
    return anna


@pytest.fixture
def ben(firm: Team, anna: Book) -> Book:
    """Ben's clone, with two shared calls that Anna's lacks."""
    ben = firm.clone("ben")
    ben("log", "petersen", "call: of ben")
    ben("log", "strandhotel", "call: of ben, too")
    assert ben("sync").code == 0
    return ben


def moved(firm: Team, anna: Book, *others: Book) -> Path:
    """Move the host: Anna pushes what she has to a new one, and all are told its address."""
    new = firm.folder / "new.git"
    git(firm.folder, "init", "--quiet", "--bare", "--initial-branch=main", "new.git")
    anna.git("remote", "set-url", "origin", new.as_uri())
    anna.git("push", "--quiet", "origin", "main")
    for book in others:
        book.git("remote", "set-url", "origin", new.as_uri())
    return new


def test_a_host_moved_from_a_clone_that_lacks_the_last_pushes_gets_them_from_whoever_has_them(
    firm: Team, anna: Book, ben: Book
) -> None:
    new = moved(firm, anna, ben)
    ben("log", "petersen", "call: own of ben")
    told = ben("sync")
    assert told.code == 0, told.both
    assert "had an older state: 2 changes were missing there, and are there again" in told.err
    assert "1 change shared with origin." in told.err
    assert git(new, "rev-parse", "main") == ben.git("rev-parse", "HEAD")
    assert anna("sync").code == 0
    assert "own of ben" in anna.read(PETERSEN)
    assert "of ben, too" in anna.read(HOTEL)


def test_a_moved_host_on_which_somebody_went_on_is_joined(
    firm: Team, anna: Book, ben: Book
) -> None:
    moved(firm, anna, ben)
    anna("log", "strandhotel", "call: of anna, at the new place")
    assert anna("sync").code == 0
    told = ben("sync")
    assert told.code == 0, told.both
    assert "2 changes were missing there" in told.err
    assert "of anna, at the new place" in ben.read(HOTEL)
    assert "of ben, too" in ben.read(HOTEL)


def test_a_past_that_was_rewritten_and_moved_is_not_joined_with_the_old_one(
    firm: Team, anna: Book, ben: Book
) -> None:
    moved(firm, anna)
    anna.git("commit", "--quiet", "--amend", "--message", "without a word")
    anna.git("push", "--quiet", "--force", "origin", "main")
    ben.git("remote", "set-url", "origin", anna.git("remote", "get-url", "origin").strip())
    told = ben("sync")
    assert told.code == 55
    assert "Somebody rewrote the shared past" in told.err


@pytest.fixture
def restored(firm: Team, anna: Book, ben: Book) -> Book:
    """Ben's clone, after a backup of the host was restored, and one more call of his."""
    git(firm.hub, "update-ref", "refs/heads/main", "main~2")
    ben("log", "petersen", "call: own of ben")
    return ben


def test_a_restored_backup_is_an_older_state_and_no_rewriting(restored: Book) -> None:
    before = restored.git("rev-parse", "HEAD")
    told = restored("sync")
    assert told.code == 55
    assert "has an older state: 2 changes that were shared are missing there" in told.err
    assert "crm sync --give-back" in told.err
    assert "crm sync --follow" in told.err
    assert "rewrote" not in told.err
    assert restored.git("rev-parse", "HEAD") == before
    assert "crm-kept" not in restored.git("branch")


def test_in_german_both_ways_are_named_by_german_words(restored: Book) -> None:
    told = restored("sync", language="de")
    assert "steht ein älterer Stand: 2 geteilte Änderungen fehlen dort" in told.err
    assert "crm abgleichen --zurückgeben" in told.err
    assert "crm abgleichen --übernehmen" in told.err


@pytest.fixture
def given_back(firm: Team, anna: Book, ben: Book) -> Book:
    """Carla's clone, with what Anna's lacks: the first gave back what he had, she has more."""
    carla = firm.clone("carla")
    carla("log", "petersen", "call: of carla, shared")
    assert carla("sync").code == 0
    carla("log", "petersen", "call: own of carla")
    git(firm.hub, "update-ref", "refs/heads/main", "main~3")
    anna("log", "strandhotel", "call: own of anna")
    assert anna("sync").code == 0
    ben("log", "strandhotel", "call: own of ben")
    assert ben("sync", "--give-back").code == 0
    return carla


def test_after_a_restored_backup_the_second_reads_the_same_as_the_first(given_back: Book) -> None:
    told = given_back("sync")
    assert told.code == 55
    assert "has an older state: 1 change that was shared is missing there" in told.err
    assert "To give them back: crm sync --give-back" in told.err
    assert "rewrote" not in told.err
    assert "crm-kept" not in given_back.git("branch")
    assert given_back("sync", "--give-back").code == 0
    for own in ("of carla, shared", "own of carla"):
        assert own in given_back.read(PETERSEN)
    for own in ("own of anna", "own of ben", "of ben, too"):
        assert own in given_back.read(HOTEL)


@pytest.mark.parametrize("option", ["--give-back", "--zurückgeben"])
def test_what_is_missing_there_is_given_back(firm: Team, restored: Book, option: str) -> None:
    told = restored("sync", option)
    assert told.code == 0, told.both
    assert "2 changes were missing there, and are there again" in told.err
    assert firm.tip() == restored.git("rev-parse", "HEAD").strip()
    assert restored("sync").code == 0


@pytest.mark.parametrize("option", ["--follow", "--übernehmen"])
def test_who_does_without_it_keeps_their_own_and_reads_how_all_comes_back(
    firm: Team, restored: Book, option: str
) -> None:
    told = restored("sync", option)
    assert told.code == 0, told.both
    assert "own of ben" in restored.read(PETERSEN)
    assert "of ben, too" not in restored.read(HOTEL)
    command = told.err.partition("all comes back by: git ")[2].split("\n")[0]
    restored("sync")
    restored.git(*command.split())
    assert "of ben, too" in restored.read(HOTEL)
    assert restored.read(PETERSEN).count("own of ben") == 1
    assert restored("sync").code == 0
    assert is_clean(restored)
    assert firm.tip() == restored.git("rev-parse", "HEAD").strip()


def test_what_was_rewritten_by_mistake_is_given_back_and_joined_with_what_came_since(
    firm: Team, anna: Book, ben: Book
) -> None:
    git(firm.hub, "update-ref", "refs/heads/main", "main~2")
    anna("log", "strandhotel", "call: after the mistake")
    assert anna("sync").code == 0
    told = ben("sync")
    assert told.code == 55
    assert "has an older state: 2 changes" in told.err
    assert "crm sync --give-back" in told.err
    assert ben("sync", "--give-back").code == 0
    assert anna("sync").code == 0
    assert "after the mistake" in ben.read(HOTEL)
    assert "of ben, too" in anna.read(HOTEL)


def test_a_drive_that_forgot_where_it_shared_is_asked_rather_than_given(
    restored: Book,
) -> None:
    (restored.root / ".git/crm/shared").write_text("{broken")
    assert restored("sync").code == 55
    assert restored("sync", "--give-back").code == 0


def test_who_does_without_it_does_so_at_a_new_address_too(
    firm: Team, anna: Book, ben: Book
) -> None:
    new = moved(firm, anna, ben)
    told = ben("sync", "--follow")
    assert told.code == 0, told.both
    assert "of ben, too" not in ben.read(HOTEL)
    assert "of ben, too" not in git(new, "show", f"main:{HOTEL}")
    assert "all comes back by: git " in told.err


def test_who_could_not_do_without_it_yet_is_asked_again_and_gives_nothing_back(
    firm: Team, anna: Book, ben: Book
) -> None:
    git(firm.hub, "update-ref", "refs/heads/main", "main~2")
    anna("log", "strandhotel", "call: after the mistake")
    assert anna("sync").code == 0
    lock = ben.root / ".git/index.lock"
    lock.touch()
    assert ben("sync", "--follow").code == 53
    lock.unlink()
    assert ben("sync").code == 55
    assert "of ben, too" not in git(firm.hub, "show", f"main:{HOTEL}")
    assert ben("sync", "--follow").code == 0
    assert "of ben, too" not in ben.read(HOTEL)


def test_nobody_does_without_it_and_gives_it_back(anna: Book) -> None:
    told = anna("sync", "--follow", "--give-back")
    assert told.code == 2
    assert "Either" in told.err


def test_a_lost_place_gets_all_of_it_again(firm: Team, ben: Book) -> None:
    shutil.rmtree(firm.hub)
    git(firm.folder, "init", "--quiet", "--bare", "--initial-branch=main", "hub.git")
    assert ben("sync").code == 0
    assert firm.tip() == ben.git("rev-parse", "HEAD").strip()
