"""A ``crm.toml`` that cannot be read: defaults for reading, nothing written, its slip named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.books import PETERSEN, Book

FILE = "customers/modehaus-petersen.md"


def hold_to_the_promise(book: Book, told: str) -> None:
    """Reading works and says why; writing is refused and writes nothing."""
    for question in (["list"], ["call", "--owner", "all"], ["search", "Naht"], ["where"]):
        answer = book(*question)
        assert answer.code == 0, question
        assert told in answer.both, question
    assert book("show", "petersen").code == 0
    for action in (["log", "petersen", "Anruf: x"], ["set", "petersen", "goal", "x"], ["save"]):
        answer = book(*action)
        assert answer.code == 40, action
        assert told in answer.err
        assert "→" in answer.err
    assert book.read(FILE) == PETERSEN
    check = book("check")
    assert check.code == 1
    assert any(line.startswith("crm.toml:") and told in line for line in check.out.split("\n"))


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (b"format = [", "line 1"),
        (b"format = 1\n\nsegments = B\n", "line 3"),
        (b'format = 1\n# M\xfcller\nlanguage = "de"\n', "line 2 is not UTF-8"),
        (b"format = 1\n\0\n", "line 2"),
        (b"a = " + b"[" * 100_000, "brackets"),
        (b"a = " + b"9" * 5_000, "digits"),
        (b"# a line\n" * 200_000, "longer than"),
        (b"<<<<<<< HEAD\nformat = 1\n=======\nformat = 1\n>>>>>>> x\n", "line 1"),
        ("format = 1\n".encode("utf-16"), "line 1 is not UTF-8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_settings_that_cannot_be_read_hinder_writing_only(
    book: Book, settings: bytes, told: str
) -> None:
    book.write("crm.toml", settings)
    hold_to_the_promise(book, told)
    assert (book.root / "crm.toml").read_bytes() == settings


def test_settings_that_are_a_folder_hinder_writing_only(book: Book) -> None:
    (book.root / "crm.toml").unlink()
    (book.root / "crm.toml").mkdir()
    hold_to_the_promise(book, "folder")


@pytest.mark.parametrize("target", ["crm.toml", "../elsewhere.toml", "nowhere"])
def test_settings_that_are_a_link_are_not_followed(book: Book, target: str) -> None:
    book.write("../elsewhere.toml", 'language = "en"\n')
    (book.root / "crm.toml").unlink()
    (book.root / "crm.toml").symlink_to(target)
    hold_to_the_promise(book, "link")


def test_settings_that_are_a_pipe_stall_nothing(book: Book) -> None:
    (book.root / "crm.toml").unlink()
    os.mkfifo(book.root / "crm.toml")
    hold_to_the_promise(book, "pipe")


def test_values_of_a_wrong_type_are_passed_over_and_named_with_their_line(book: Book) -> None:
    book.write(
        "crm.toml",
        'format = 1\nlanguage = 3\nlayout = {}\ncountry = 5\nteam = "x"\nsegments = [1]\n'
        'kinds = {call = 3}\nmoods = {bad = {words = 3, tone = "x"}}\n'
        '[call]\nlimit = -5\nevery = "9999999999y"\n[call.rules]\ncomplaint-open = 3\n',
    )
    for command in (["list"], ["call", "--owner", "all"], ["search", "Naht"]):
        assert book(*command).code == 0
    assert "Modehaus Petersen" in book("call", "--owner", "all").out
    assert book("log", "petersen", "Anruf: geht").code == 0
    found = book("check", "--json").json
    lines = {one["line"] for one in found if one["check"] == "settings-type"}
    assert lines >= {2, 3, 4, 5, 6, 7, 8, 11}


@pytest.mark.parametrize("newer", ["2", "2.0", '"2"', '"2 beta"', "99999999999999999999"])
def test_a_store_by_a_newer_version_is_refused_and_no_file_of_it_is_touched(
    book: Book, newer: str
) -> None:
    book.write("crm.toml", f"format = {newer}\nlanguage = 'de'\n", "Newer")
    before = everything(book.root)
    for command in (
        *(["list"], ["call"], ["show", "petersen"], ["search", "Naht"], ["check"], ["where"]),
        *(["log", "petersen", "Anruf: x"], ["set", "petersen", "goal", "x"], ["new", "Neu"]),
        *(["check", "--fix", "--yes"], ["reindex"], ["save"], ["undo"], ["init", str(book.root)]),
    ):
        answer = book(*command)
        assert answer.code == 41, command
        assert "format" in answer.err
        assert "pipx upgrade" in answer.err
    assert everything(book.root) == before


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return content and time of every file but the index, in which Git notes what it has seen."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and path != folder / ".git" / "index"
    }
