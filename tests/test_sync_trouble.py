"""`crm sync` where something is half done by hand: it says what, how it ends, and loses nothing."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.books import Book
from tests.clones import HOTEL, PETERSEN, Team, is_clean, named, team, tree
from tests.repositories import git


def tried(book: Book, *words: str) -> int:
    """Run a command of Git that may stop half-way."""
    return subprocess.run(
        ["git", *words], cwd=book.root, capture_output=True, check=False
    ).returncode


def test_a_rebase_left_half_way_is_named_with_how_it_ends(anna: Book, ben: Book) -> None:
    anna.write("README.md", "hers\n", "Hers")
    ben.write("README.md", "his\n", "His")
    assert anna("sync").code == 0
    ben.git("fetch", "--quiet")
    assert tried(ben, "rebase", "origin/main") != 0
    for language, words in (("en", "A “git rebase” is under way"), ("de", "Hier läuft gerade")):
        told = ben("sync", language=language)
        assert told.code == 55
        assert words in told.err
        assert "git rebase --abort" in told.err
    ben.git("rebase", "--abort")
    assert ben("sync").code == 0
    assert {ben.read("README.md"), ben.read("README-2.md")} == {"hers\n", "his\n"}


def test_a_stash_that_came_back_with_a_conflict_stops_the_sync_alone(anna: Book) -> None:
    anna.write("README.md", "x\n", "x")
    anna.write("README.md", "mine\n")
    anna.git("stash", "--quiet")
    anna.write("README.md", "y\n", "y")
    assert tried(anna, "stash", "pop") != 0
    told = anna("sync")
    assert told.code == 55
    assert "git add README.md" in told.err
    assert anna("log", "petersen", "call").code == 0
    anna.write("README.md", "mine\n")
    anna.git("add", "README.md")
    assert anna("sync").code == 0


def test_what_was_saved_on_an_old_state_comes_along_as_the_hint_says(
    firm: Team, anna: Book
) -> None:
    anna.write(".gitattributes", "customers/**/*.md merge=crm-md\n", "Rules")
    anna("log", "petersen", "call: first")
    anna("sync")
    anna.git("checkout", "--quiet", "--detach", "HEAD~1")
    assert anna("log", "petersen", "call: on an old state").code == 0
    told = anna("sync")
    assert told.code == 55
    assert "git switch main, then: git merge -" in told.err
    anna.git("switch", "--quiet", "main")
    anna.git("merge", "--quiet", "-")
    assert anna("sync").code == 0
    text = git(firm.hub, "show", f"main:{PETERSEN}")
    assert ": first" in text
    assert ": on an old state" in text


def test_a_branch_that_the_host_calls_otherwise_is_found_as_the_hint_says(
    firm: Team, anna: Book
) -> None:
    git(firm.hub, "branch", "-m", "main", "trunk")
    told = anna("sync")
    assert told.code == 50
    assert "they have: trunk" in told.err
    anna.git("fetch", "--quiet")
    anna.git("branch", "--quiet", "--set-upstream-to=origin/trunk")
    anna("log", "petersen", "call: by the way")
    assert "1 change shared" in anna("sync").err
    assert "by the way" in git(firm.hub, "show", f"trunk:{PETERSEN}")


def test_an_older_crm_takes_in_what_is_newer_and_damages_nothing(
    firm: Team, anna: Book, ben: Book
) -> None:
    anna.write("crm.toml", anna.read("crm.toml").replace("format = 1", "format = 2"), "Newer")
    anna.git("push", "--quiet")
    ben.write(HOTEL, ben.read(HOTEL).replace("Sonnensegel", "Markise"))
    for _again in range(2):
        told = ben("sync")
        assert told.code == 41
        assert "pipx upgrade crm-md" in told.err
        assert ben("log", "petersen", "call").code == 41
    assert "Markise" in ben.read(HOTEL)
    assert not (ben.root / ".git/crm/move").exists()
    anna.write("crm.toml", anna.read("crm.toml").replace("format = 2", "format = 1"), "Back")
    anna.git("push", "--quiet")
    ben.git("pull", "--quiet", "--no-rebase", "--no-edit")
    assert ben("sync").code == 0
    assert "Markise" in git(firm.hub, "show", f"main:{HOTEL}")


def test_a_colleague_without_crm_merges_by_hand_and_nobody_loses_anything(
    anna: Book, ben: Book
) -> None:
    entry = "## Verlauf\n\n### 2026-11-20 Anruf: von Ben\n"
    ben.write(PETERSEN, ben.read(PETERSEN).replace("## Verlauf\n", entry, 1), "By hand")
    anna("log", "petersen", "call: from anna")
    anna("sync")
    if tried(ben, "pull", "--quiet", "--no-rebase", "--no-edit"):
        text = ben.read(PETERSEN)
        marks = ("<<<<<<<", "=======", ">>>>>>>")
        kept = [line for line in text.split("\n") if not line.startswith(marks)]
        ben.write(PETERSEN, "\n".join(kept), "Merged by hand")
    ben.git("push", "--quiet")
    assert anna("sync").code == 0
    assert ": from anna" in anna.read(PETERSEN)
    assert "von Ben" in anna.read(PETERSEN)


@pytest.mark.parametrize("name", ["B\u00fcro S\u00fcd", "Bu\u0308ro Su\u0308d", "it's $HOME; `x`"])
def test_a_store_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    firm = team(folder)
    anna, ben = firm.clone("anna"), firm.clone("ben")
    for book, address in ((anna, str(firm.hub)), (ben, firm.hub.as_uri())):
        book.git("remote", "set-url", "origin", address)
        assert book("log", "petersen", f"call: from {book.root.name}").code == 0
    for book in (anna, ben, anna):
        answer = book("sync")
        assert answer.code == 0, answer.both
    assert tree(anna) == tree(ben)
    carla = anna("clone", str(firm.hub), str(folder / "carla weiß"))
    assert carla.code == 0, carla.both
    assert is_clean(named(Book(folder / "carla weiß"), "carla"))


def test_a_lock_left_at_the_other_side_is_named_and_not_others_who_were_faster(
    firm: Team, anna: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna("log", "petersen", "call")
    lock = firm.hub / "refs/heads/main.lock"
    lock.touch()
    monkeypatch.setattr("crm_md.team.syncing.TRIES", 2)
    fresh = anna("sync")
    an_hour_ago = time.time() - 3600
    os.utime(lock, (an_hour_ago, an_hour_ago))
    monkeypatch.setattr("crm_md.team.syncing.TRIES", 1000)
    for told in (fresh, anna("sync")):
        assert told.code == 54
        assert told.err == (
            f"origin is locked: {lock} is there.\n  → Nothing is lost, it waits here. If nobody is "
            "sharing just now, remove that file there, then: crm sync\n"
        )
    lock.unlink()
    assert "1 change shared" in anna("sync").err


def test_a_lock_that_goes_meanwhile_hinders_nobody(firm: Team, anna: Book) -> None:
    anna("log", "petersen", "call")
    lock = firm.hub / "refs/heads/main.lock"
    lock.touch()
    threading.Timer(0.2, lock.unlink).start()
    assert "1 change shared" in anna("sync").err


def test_the_way_back_from_an_old_state_names_the_branch_as_it_is_called(firm: Team) -> None:
    git(firm.hub, "branch", "-m", "main", "buch")
    ben = firm.clone("ben")
    ben.git("checkout", "--quiet", "--detach")
    for told in (ben("sync"), ben("log", "petersen", "call")):
        assert "git switch buch, then: git merge -" in told.err
    ben.git("switch", "--quiet", "buch")
    assert ben("sync").code == 0
    ben.git("branch", "beside")
    ben.git("checkout", "--quiet", "--detach")
    assert "git switch buch, then: git merge -" in ben("sync").err
