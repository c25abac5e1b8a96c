"""A file whose name is no UTF-8 is named with a remedy, and everything else works on."""

from __future__ import annotations

import os

import pytest

from tests.books import Book

SHOWN = r"customers/m\xfcller.md"


@pytest.fixture
def broken(book: Book) -> Book:
    folder = os.fsencode(book.root) + b"/customers"
    for name in (b"m\xfcller.md", b"m\xf6ller.md"):
        with open(folder + b"/" + name, "wb") as file:  # noqa: PTH123  # a Path takes no bytes
            file.write("---\nname: Müller Kaputt\n---\n".encode())
    return book


@pytest.mark.parametrize("command", [["list"], ["call"], ["search", "Naht"], ["check"]])
def test_lists_name_it_and_work_on(broken: Book, command: list[str]) -> None:
    answer = broken(*command)
    assert SHOWN in answer.both
    assert r"customers/m\xf6ller.md" in answer.both
    assert broken("--json", *command).json


@pytest.mark.parametrize(
    "command",
    [
        ["show", "petersen"],
        ["log", "petersen", "Anruf"],
        ["set", "petersen", "segment", "B"],
        ["note", "petersen", "mag Tee"],
        ["changes", "petersen"],
        ["rename", "petersen", "Haus am Meer"],
        ["remove", "petersen", "--yes"],
        ["new", "Otto"],
        ["where"],
        ["reindex"],
        ["save"],
    ],
)
def test_all_other_commands_work_on(broken: Book, command: list[str]) -> None:
    answer = broken(*command)
    assert answer.code == 0, answer.err


def test_the_remedy_is_said(broken: Book) -> None:
    assert (
        f"{SHOWN}:1: Fehler: Die Datei ist nicht lesbar: ihr Name ist kein UTF-8. → Der Datei"
        in (broken("check", language="de").out)
    )


def test_it_can_be_logged_and_undone_beside_it(broken: Book) -> None:
    before = broken.read("customers/modehaus-petersen.md")
    broken("log", "petersen", "Anruf")
    assert broken("undo").code == 0
    assert broken.read("customers/modehaus-petersen.md") == before


def test_renamed_it_is_a_customer(broken: Book) -> None:
    folder = os.fsencode(broken.root) + b"/customers"
    os.rename(folder + b"/m\xfcller.md", folder + "/müller.md".encode())  # noqa: PTH104  # bytes
    assert broken("--json", "show", "kaputt").json["name"] == "Müller Kaputt"
