"""A round of sharing over every way that Git goes: folder, its own protocol, and the web."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from crm_md.history.remotes import silent
from tests.clones import PETERSEN, Team, is_clean, team, tree
from tests.losses import GOT, RECEIVE, SENT, UPLOAD, setting
from tests.repositories import git

OPENSSH = "-o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=15"


@contextmanager
def by_folder(firm: Team) -> Iterator[str]:
    """A shared drive."""
    yield firm.hub.as_uri()


@contextmanager
def by_daemon(firm: Team) -> Iterator[str]:
    """``git daemon`` on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    daemon = subprocess.Popen(
        [
            *("git", "daemon", "--export-all", "--enable=receive-pack", "--reuseaddr"),
            *(f"--base-path={firm.folder}", "--listen=127.0.0.1", f"--port={port}"),
        ],
        stderr=subprocess.DEVNULL,
    )
    try:
        for _attempt in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.02)
        yield f"git://127.0.0.1:{port}/hub.git"
    finally:
        daemon.terminate()
        daemon.wait()


class Quiet(BaseHTTPRequestHandler):
    """A server that writes no log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named so there
        """Keep silent."""


def backend(folder: Path) -> type[Quiet]:
    """Return a server that hands every request to ``git http-backend``, as git-http-backend(1)."""

    class Backend(Quiet):
        def do_GET(self) -> None:
            """Ask Git and pass on what it says."""
            path, _mark, query = self.path.partition("?")
            told = {
                "GIT_PROJECT_ROOT": str(folder),
                "GIT_HTTP_EXPORT_ALL": "1",
                "REQUEST_METHOD": self.command,
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "CONTENT_LENGTH": self.headers.get("Content-Length", ""),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            }
            given = self.rfile.read(int(told["CONTENT_LENGTH"] or 0))
            ran = subprocess.run(
                ["git", "http-backend"],
                input=given,
                capture_output=True,
                check=True,
                env=os.environ | told,
            )
            head, _gap, body = ran.stdout.partition(b"\r\n\r\n")
            lines = [line.partition(": ") for line in head.decode("latin-1").split("\r\n")]
            status = next((value for name, _colon, value in lines if name == "Status"), "200")
            self.send_response(int(status[:3]))
            for name, _colon, value in lines:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815  # the name that the server calls

    return Backend


@contextmanager
def by_web(firm: Team) -> Iterator[str]:
    """``git http-backend`` behind a small server."""
    git(firm.hub, "config", "http.receivepack", "true")
    with serving(backend(firm.folder)) as place:
        yield f"http://{place}/hub.git"


@contextmanager
def serving(handler: type[Quiet]) -> Iterator[str]:
    """Serve on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Team:
    """Return a team of which each test takes a clone of its own."""
    return team(tmp_path_factory.mktemp("firm"))


@pytest.mark.parametrize("way", [by_folder, by_daemon, by_web])
def test_a_round_goes_over_every_way(
    way: Callable[[Team], AbstractContextManager[str]], tmp_path: Path
) -> None:
    firm = team(tmp_path)
    with way(firm) as address:
        anna, ben = firm.clone("anna"), firm.clone("ben")
        for book, who in ((anna, "anna"), (ben, "ben")):
            book.git("remote", "set-url", "origin", address)
            assert book("log", "petersen", f"call: from {who}").code == 0
        for book in (anna, ben, anna):
            answer = book("sync")
            assert answer.code == 0, answer.both
            assert "does not answer" not in answer.err
    assert tree(anna) == tree(ben)
    assert firm.tip() == anna.git("rev-parse", "HEAD").strip()
    assert is_clean(anna)
    assert "from ben" in anna.read(PETERSEN)


@pytest.mark.parametrize(
    ("program", "line", "bytes_through"),
    [
        *((UPLOAD, SENT, number) for number in (0, 50, 150)),
        *((UPLOAD, GOT, number) for number in (0, 50)),
        *((RECEIVE, SENT, number) for number in (0, 50)),
        *((RECEIVE, GOT, number) for number in (0, 300)),
    ],
    ids=lambda value: "sent" if value == SENT else "got" if value == GOT else str(value),
)
def test_a_line_that_goes_down_in_the_middle_says_so_and_the_next_sync_goes_on(
    program: str, line: str, bytes_through: int, shared: Team, tmp_path: Path
) -> None:
    anna = shared.clone(f"anna-{tmp_path.name}")
    anna("log", "petersen", "call")
    anna.git("config", setting(program), script(tmp_path, line.format(program, bytes_through)))
    answer = anna("sync")
    assert answer.code == 0, answer.both
    assert "does not answer" in answer.err
    assert "1 change waits to be shared" in answer.err
    anna.git("config", "--unset", setting(program))
    assert "1 change shared" in anna("sync").err


def test_a_line_that_goes_down_behind_the_good_news_has_brought_it(tmp_path: Path) -> None:
    firm = team(tmp_path)
    anna = firm.clone("anna")
    anna("log", "petersen", "call")
    anna.git("config", "remote.origin.receivepack", script(tmp_path, f'{RECEIVE} "$@"; exit 1'))
    answer = anna("sync")
    assert answer.code == 0
    assert "1 change shared" in answer.err
    assert firm.tip() == anna.git("rev-parse", "HEAD").strip()


def test_a_line_that_goes_down_without_a_word_is_no_riddle(tmp_path: Path) -> None:
    firm = team(tmp_path)
    anna, ben = firm.clone("anna"), firm.clone("ben")
    ben("log", "petersen", "call: from ben")
    ben("sync")
    anna.git("config", "remote.origin.uploadpack", script(tmp_path, f'{UPLOAD} "$@"; exit 1'))
    answer = anna("sync")
    assert answer.code == 0, answer.both
    assert "does not answer" in answer.err
    anna.git("config", "--unset", "remote.origin.uploadpack")
    assert anna("sync").code == 0
    assert "from ben" in anna.read(PETERSEN)


def script(folder: Path, line: str) -> str:
    """Return the path of a program that a shell runs."""
    file = folder / "program"
    file.write_text(f"#!/bin/sh\n{line}\n")
    file.chmod(0o755)
    return str(file)


def test_a_wrong_password_is_said_and_never_printed_or_asked_for(tmp_path: Path) -> None:
    class Shut(Quiet):
        def do_GET(self) -> None:
            """Let nobody in."""
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="firm"')
            self.end_headers()

    firm = team(tmp_path)
    anna = firm.clone("anna")
    anna("log", "petersen", "call")
    with serving(Shut) as place:
        for who in ("", "anna:geheim@"):
            anna.git("remote", "set-url", "origin", f"http://{who}{place}/hub.git")
            answer = anna("sync")
            assert answer.code == 52
            assert "does not let us in" in answer.err
            assert "geheim" not in answer.both


@pytest.mark.parametrize(
    ("program", "called"),
    [
        ("", f"ssh {OPENSSH}"),
        ("/usr/bin/ssh -i key", f"/usr/bin/ssh -i key {OPENSSH}"),
        ("our-own-wrapper", f"our-own-wrapper {OPENSSH}"),
        ("plink", "plink -batch"),
        (
            '"C:/Program Files/PuTTY/plink.exe" -P 22',
            '"C:/Program Files/PuTTY/plink.exe" -P 22 -batch',
        ),
        (r"C:\\PuTTY\\TortoisePlink.exe", r"C:\\PuTTY\\TortoisePlink.exe -batch"),
    ],
)
def test_a_program_for_ssh_gets_only_options_that_it_knows(program: str, called: str) -> None:
    assert silent(program)["GIT_SSH_COMMAND"] == called


def test_whoever_names_the_kind_of_their_program_is_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GIT_SSH_VARIANT", "simple")
    assert silent("our-own-wrapper")["GIT_SSH_COMMAND"] == "our-own-wrapper"
