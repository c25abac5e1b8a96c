"""`crm sync` where the other side is away, silent, or wrong: what waits is said, nothing hangs."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from crm_md.history import patience
from crm_md.history.addresses import without_password
from crm_md.history.process import Answer
from crm_md.history.troubles import trouble, words_of_remote
from tests.books import NOW, Book, make_book
from tests.clones import Team, is_clean, started
from tests.repositories import git


@contextmanager
def silent_host() -> Iterator[str]:
    """A host that lets everybody in and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("mount", ["gone", "empty"])
def test_a_drive_that_is_not_connected_says_what_waits_and_is_no_failure(
    firm: Team, anna: Book, mount: str
) -> None:
    away = firm.folder / "elsewhere.git"
    assert anna("sync").code == 0
    for address in (firm.hub.as_uri(), str(firm.hub)):
        anna.git("remote", "set-url", "origin", address)
        anna("log", "petersen", "call")
        firm.hub.rename(away)
        if mount == "empty":
            firm.hub.mkdir()
        told = anna("sync")
        assert told.code == 0, told.both
        assert "is not there at the moment" in told.err
        assert "1 change waits to be shared" in told.err
        assert "git remote set-url" not in told.err
        later = anna("sync", now=NOW + timedelta(days=4))
        assert "If it has moved: git remote set-url origin" in later.err
        assert anna("sync", "--json").json["waiting"] == 1
        if mount == "empty":
            firm.hub.rmdir()
        away.rename(firm.hub)
        assert "1 change shared with origin." in anna("sync").err


def test_a_drive_that_is_away_is_said_in_german_too(firm: Team, anna: Book) -> None:
    firm.hub.rename(firm.folder / "elsewhere.git")
    told = anna("sync", language="de")
    assert told.code == 0
    assert "ist im Moment nicht da" in told.err
    assert "Es wartet nichts" in told.err


def test_a_folder_with_other_things_in_it_is_no_drive_that_is_away(firm: Team, anna: Book) -> None:
    firm.hub.rename(firm.folder / "elsewhere.git")
    firm.hub.mkdir()
    (firm.hub / "letter.txt").touch()
    told = anna("sync")
    assert told.code == 50
    assert "There is no store to be found" in told.err


def test_a_wrong_path_at_the_first_share_is_an_error_and_not_remembered(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book")
    git(tmp_path, "init", "--quiet", "--bare", "hub.git")
    told = book("sync", str(tmp_path / "hbu.git"))
    assert told.code == 50
    assert f"git init --bare --initial-branch=main {tmp_path / 'hbu.git'}" in told.err
    assert book("sync", str(tmp_path / "hub.git")).code == 0


def test_a_host_that_is_down_at_the_first_share_is_an_error_and_not_remembered(
    tmp_path: Path,
) -> None:
    book = make_book(tmp_path / "book")
    told = book("sync", "git://127.0.0.1:9/hub.git")
    assert told.code == 51
    assert "crm sync git://127.0.0.1:9/hub.git" in told.err
    assert book.git("remote") == ""


def test_a_path_is_meant_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = make_book(tmp_path / "a" / "book")
    git(tmp_path, "init", "--quiet", "--bare", "hub with blank.git")
    monkeypatch.chdir(tmp_path)
    assert book("sync", "hub with blank.git").code == 0
    assert book.git("remote", "get-url", "origin") == f"{tmp_path / 'hub with blank.git'}\n"


def test_a_folder_in_which_somebody_works_is_no_place_to_share(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book")
    git(tmp_path, "clone", "--quiet", "book", "other")
    book("log", "petersen", "call")
    told = book("sync", str(tmp_path / "other"))
    assert told.code == 54
    assert "a folder in which somebody works" in told.err
    assert "git init --bare" in told.err
    assert book.git("remote") == ""


def test_a_shared_drive_of_another_user_is_not_a_host_that_is_down(
    anna: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna.git("config", "--global", "--add", "safe.directory", str(anna.root))
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    told = anna("sync")
    assert told.code == 58
    assert "hub.git" in told.err
    assert "git config --global --add safe.directory" in told.err


@pytest.mark.parametrize("protocol", ["git", "http"])
def test_a_host_that_never_answers_keeps_nobody_waiting(
    anna: Book, protocol: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "FIRST_WORD", 0.5)
    anna("log", "petersen", "call")
    with silent_host() as place:
        anna.git("remote", "set-url", "origin", f"{protocol}://{place}/hub.git")
        began = time.monotonic()
        told = anna("sync")
    assert time.monotonic() - began < 10
    assert told.code == 0
    assert "does not answer" in told.err
    assert "1 change waits to be shared" in told.err


def test_ctrl_c_while_a_host_is_silent_leaves_all_well(firm: Team, anna: Book) -> None:
    anna("log", "petersen", "call")
    with silent_host() as place:
        anna.git("remote", "set-url", "origin", f"git://{place}/hub.git")
        running = started(anna, "sync")
        time.sleep(1.5)
        assert running.poll() is None
        os.kill(running.pid, signal.SIGINT)
        assert running.wait(10) == 130
        printed, _nothing = running.communicate()
    assert b"Traceback" not in printed
    assert is_clean(anna)
    assert not list((anna.root / ".git").rglob("*.lock"))
    anna.git("remote", "set-url", "origin", firm.hub.as_uri())
    assert "1 change shared with origin." in anna("sync").err


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("fatal: unable to look up nas (port 9418) (Name or service not known)", "NoConnection"),
        ("fatal: unable to access 'https://h/': Could not resolve host: h", "NoConnection"),
        ("fatal: unable to access 'https://h/': Could not resolve proxy: p", "NoConnection"),
        ("ssh: connect to host h port 22: No route to host", "NoConnection"),
        ("fatal: unable to access 'https://h/': Failed to connect to h port 443", "NoConnection"),
        ("fatal: unable to access 'https://h/': Received HTTP code 407 from proxy", "NotLetIn"),
        ("fatal: unable to access 'https://h/': CONNECT tunnel failed, response 407", "NotLetIn"),
        ("git@h: Permission denied (publickey).\nfatal: Could not read from remote", "NotLetIn"),
        ("Host key verification failed.\nfatal: Could not read from remote", "NotLetIn"),
        ("git: 'remote-htps' is not a git command. See 'git --help'.", "NothingThere"),
        (
            "fatal: unable to access 'https://h': SSL certificate problem: self signed certificate",
            "NotTrusted",
        ),
        (
            "fatal: unable to access 'https://h': server certificate verification failed.",
            "NotTrusted",
        ),
        ("error: RPC failed; HTTP 413 curl 22 The requested URL returned error: 413", "NotTaken"),
        ("fatal: write error: No space left on device\nfatal: early EOF", "DiskFull"),
    ],
)
def test_what_git_says_of_the_other_side_is_understood(
    tmp_path: Path, said: str, meaning: str
) -> None:
    assert type(trouble(tmp_path, Answer(128, b"", said), "https://h/x.git")).__name__ == meaning


def test_an_unknown_host_is_not_called_a_wrong_password(tmp_path: Path) -> None:
    said = Answer(128, b"", "Host key verification failed.")
    told = trouble(tmp_path, said, "git@h:x.git")
    assert "does not know" in str(told)
    assert told.hint.endswith("git ls-remote git@h:x.git")


def test_how_far_a_push_came_is_none_of_the_words_of_a_hook() -> None:
    said = (
        "remote: Resolving deltas: 100% (1/1), completed with 1 local object.\r\n"
        "remote: Deltas: 3 are too many.        \n"
    )
    assert words_of_remote(said) == "Deltas: 3 are too many."


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://anna:geheim@h.example/x.git", "https://h.example/x.git"),
        ("https://ghp_geheim@h.example/x.git", "https://h.example/x.git"),
        ("https://anna:ge@heim@h.example/x.git", "https://h.example/x.git"),
        ("https://anna:ge/heim@h.example/x.git", "https://h.example/x.git"),
        ("ssh://git:geheim@h.example:22/x.git", "ssh://git@h.example:22/x.git"),
        ("ssh://git@h.example/x.git", "ssh://git@h.example/x.git"),
        ("git@h.example:x.git", "git@h.example:x.git"),
        ("https://h.example:8443/@firm/x.git", "https://h.example:8443/@firm/x.git"),
        ("/mnt/a@b/x.git", "/mnt/a@b/x.git"),
    ],
)
def test_no_password_is_shown_however_it_stands_in_an_address(address: str, shown: str) -> None:
    assert without_password(address) == shown
