"""``crm where`` and ``crm reindex``: how the store stands, and what is derived made anew."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crm_md import __version__
from crm_md.cli import run
from crm_md.cli.session import remember_default
from crm_md.questions.state import store_state, versions
from crm_md.records.rebuilding import rebuild
from tests.books import NOW, Book
from tests.repositories import git

ROOT = Path(__file__).parents[1]


def test_where_tells_everything_in_lines(book: Book) -> None:
    answer = book("where")
    told = dict(line.split("  ", 1) for line in answer.out.split("\n")[:-1])
    facts = {name: text.strip() for name, text in told.items()}
    assert answer.code == 0
    assert facts.pop("Versions").startswith(f"crm {__version__}, Python 3.")
    assert facts.pop("Git") == f"main, {book.git('rev-parse', 'HEAD')[:10]}"
    assert facts == {
        "Store": f"{book.root} (named by --store)",
        "Shared": "with nobody yet → crm sync URL",
        "Default": "none yet",
        "Merging": "by field, entry and task",
        "Customers": f"2, remembered in {book.root / '.crm'}",
        "Full text": "2 customers are read at the next search",
        "You": "anna",
        "Waiting": "nothing",
    }


def test_a_clone_that_another_installation_merges_is_told_so(book: Book) -> None:
    book("where")
    for file in (book.root / ".git" / "crm" / "drivers", book.root / ".git" / "config"):
        file.write_text(file.read_text().replace(sys.executable, "/bin/sh"))
    assert "with another installation of crm" in book("where").out


def test_in_german(book: Book) -> None:
    answer = book("wo", language="de")
    assert "Kundenbuch" in answer.out
    assert "2 Kunden werden bei der nächsten Suche gelesen" in answer.out


def test_as_json(book: Book) -> None:
    answer = book("where", "--json").json
    assert answer.pop("versions") == versions()
    assert answer.pop("git") == {
        "top": str(book.root),
        "branch": "main",
        "head": book.git("rev-parse", "HEAD").strip(),
        "under_way": None,
        "drivers": "ready",
    }
    assert answer == {
        "store": str(book.root),
        "git_problem": None,
        "sharing": None,
        "left_branch": None,
        "by_hand": {"edited": 0, "deleted": 0, "conflicted": 0},
        "only": None,
        "why": "--store",
        "default": None,
        "me": "anna",
        "in_team": True,
        "customers": 2,
        "unreadable": [],
        "not_in_full_text": 2,
        "derived": str(book.root / ".crm"),
        "waiting": [],
        "held_up": [],
        "settings_problem": None,
    }


def test_the_versions_are_those_of_this_machine() -> None:
    found = versions()
    assert found["git"] in git(Path(), "version")
    assert found["whoosh"].startswith("2.7.")
    assert found["python"] == ".".join(map(str, sys.version_info[:3]))


def test_without_git_its_version_is_missing(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("PATH", str(home))
    assert versions()["git"] == ""


@pytest.mark.parametrize("why", ["CRM_STORE", "folder", "default"])
def test_why_this_store_was_chosen(
    book: Book,
    why: str,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = {
        "CRM_STORE": "named by CRM_STORE",
        "folder": "the nearest from here upward",
        "default": "your default store",
    }
    monkeypatch.chdir(home)
    if why == "CRM_STORE":
        monkeypatch.setenv("CRM_STORE", str(book.root))
    elif why == "folder":
        monkeypatch.chdir(book.root / "customers")
    else:
        remember_default(book.root)
    assert run(["where", "--language", "en"]) == 0
    assert f"{book.root} ({words[why]})" in capsys.readouterr().out


def test_where_there_is_no_store_versions_are_told(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(home)
    assert run(["where", "--language", "en"]) == 22
    out, err = capsys.readouterr()
    assert f"crm {__version__}" in out
    assert "One of your own: crm init" in err
    assert run(["where", "--language", "en", "--json"]) == 22
    assert '"store": null' in capsys.readouterr().out


def test_a_search_brings_the_full_text_up_to_date(book: Book) -> None:
    book("search", "Naht")
    assert book("where", "--json").json["not_in_full_text"] == 0
    assert "up to date" in book("where").out


def test_what_waits_is_told_in_its_own_sentence(book: Book) -> None:
    (book.root / ".git/index.lock").touch()
    assert book("log", "petersen", "Anruf: Fähre").code == 53
    (book.root / ".git/index.lock").unlink()
    answer = book("where", "--json").json
    assert answer["waiting"] == ["Modehaus Petersen GmbH & Co. KG: Anruf: Fähre"]


def test_what_git_is_in_the_middle_of_is_told(book: Book) -> None:
    (book.root / ".git/MERGE_HEAD").write_text(book.git("rev-parse", "HEAD"))
    assert "in the middle of a merge" in book("where").out


def test_a_store_in_a_larger_work_tree_names_it(book: Book, tmp_path: Path) -> None:
    shutil.rmtree(book.root / ".git")
    git(tmp_path, "init", "--quiet", "--initial-branch=trunk")
    assert f"trunk, nothing saved yet, of {tmp_path}" in book("where").out


def test_without_git_what_cannot_be_done_is_told(book: Book) -> None:
    shutil.rmtree(book.root / ".git")
    answer = book("where")
    assert "none: everything can be read, nothing written" in answer.out
    assert "2, held in memory only" in answer.out
    assert book("where", "--json").json["git"] is None


def test_files_and_settings_that_cannot_be_read_are_told(book: Book) -> None:
    book.write("customers/bad.md", b"\xff\xfe\0\0" * 50)
    book.write("crm.toml", "language = \n")
    answer = book("where")
    assert answer.code == 0
    assert "1 cannot be read → crm check" in answer.out
    assert "crm.toml cannot be read" in answer.out


def test_who_is_in_no_team_is_told(book: Book) -> None:
    book.git("config", "user.name", "Eve Other")
    book.git("config", "user.email", "eve@example.com")
    assert "eve, not in the team" in book("where").out
    book.git("config", "--unset", "user.name")
    book.git("config", "--unset", "user.email")
    assert "Git does not know you → crm init" in book("where").out


def test_a_program_asks_the_same(book: Book) -> None:
    with book.open() as crm:
        state = store_state(crm)
    assert (state.root, state.customers, state.me) == (book.root, 2, "anna")


# Making anew what is derived


def answers(book: Book) -> list[str]:
    return [
        book("list").out,
        book("call", "--all").out,
        book("search", "Naht").out,
        book("petersen").out,
    ]


def test_everything_answers_as_before(book: Book) -> None:
    before = answers(book)
    files = {file: file.read_bytes() for file in (book.root / "customers").rglob("*.md")}
    answer = book("reindex")
    assert answer.code == 0
    assert answer.out == ""
    assert "2 customers read anew." in answer.err
    assert book("where", "--json").json["not_in_full_text"] == 0
    assert answers(book) == before
    assert all(file.read_bytes() == data for file, data in files.items())


def test_what_is_broken_is_mended(book: Book) -> None:
    before = answers(book)
    for file in (book.root / ".crm").rglob("*"):
        if file.is_file():
            file.write_bytes(b"broken")
    assert book("neuindexieren").code == 0
    assert answers(book) == before


def test_foreign_files_beside_it_go(book: Book) -> None:
    book("list")
    (book.root / ".crm/deep").mkdir()
    (book.root / ".crm/deep/old.db").write_text("of another version")
    book("reindex")
    assert not (book.root / ".crm/deep").exists()


@pytest.mark.parametrize("inner", ["", "search", "deep"])
def test_links_are_not_followed(book: Book, tmp_path: Path, inner: str) -> None:
    treasure = tmp_path / "elsewhere" / "treasure.txt"
    treasure.parent.mkdir()
    treasure.write_text("mine")
    link = book.root / ".crm" / inner if inner else book.root / ".crm"
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(treasure.parent)
    assert book("reindex").code == 0
    assert treasure.read_text() == "mine"
    assert sorted(one.name for one in treasure.parent.iterdir()) == ["treasure.txt"]
    assert not (book.root / ".crm").is_symlink()
    assert "Petersen" in book("search", "Naht").out


def test_a_file_in_its_place_goes(book: Book) -> None:
    (book.root / ".crm").write_text("not a folder")
    assert book("reindex").code == 0
    assert (book.root / ".crm/catalogue.db").is_file()


def test_files_that_cannot_be_read_stop_nothing(book: Book) -> None:
    book.write("customers/bad.md", b"\xff\xfe\0\0" * 50)
    answer = book("reindex", "--json")
    assert answer.json == {"customers": 2, "unreadable": ["customers/bad.md"]}
    assert "1 file could not be read: customers/bad.md" in answer.err


def test_without_git_it_is_in_memory_only(book: Book) -> None:
    shutil.rmtree(book.root / ".git")
    answer = book("reindex")
    assert answer.code == 0


def test_progress_is_told_while_the_texts_are_read(book: Book) -> None:
    seen: list[tuple[int, int]] = []
    with book.open(NOW) as crm:
        built = rebuild(crm, lambda done, total: seen.append((done, total)))
    assert built.customers == 2
    assert seen == sorted(seen)
    assert all(0 <= done <= total for done, total in seen)


def test_on_a_terminal_a_bar_is_drawn_and_wiped_away(book: Book) -> None:
    for number in range(600):
        book.write(f"customers/c{number}.md", f"---\nname: C{number}\n---\n")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "crm_md", "--store", str(book.root), "--language=en", "reindex"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        cwd=ROOT,
    )
    os.close(theirs)
    drawn = b""
    while True:
        try:
            drawn += os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
    assert process.wait(60) == 0
    os.close(ours)
    assert process.stdout is not None
    assert process.stdout.read() == b""
    process.stdout.close()
    last = drawn.decode("utf-8").replace("\r\n", "\n").rpartition("\r")[2]
    assert "/602" in drawn.decode("utf-8")
    assert "█" not in last
    assert "602 customers read anew." in last
