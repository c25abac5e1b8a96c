"""Whose customers: ``--owner`` means the same to ``crm call`` and ``crm list``."""

from __future__ import annotations

import pytest

from tests.books import Book

FILE = "customers/modehaus-petersen.md"


def slugs(book: Book, *command: str) -> list[str]:
    answer = book("--json", *command)
    assert answer.code in (0, 1), answer.err
    return [row["slug"] for row in answer.json]


@pytest.mark.parametrize("command", ["call", "list"])
@pytest.mark.parametrize("word", ["gerda", "@gerda"])
def test_a_name_that_nobody_has_is_refused_and_the_known_ones_told(
    book: Book, command: str, word: str
) -> None:
    answer = book(command, "--owner", word)
    assert answer.code == 2
    assert "Known: anna, ben" in answer.err


@pytest.mark.parametrize("command", ["call", "list"])
def test_of_a_large_team_only_the_near_names_are_told(book: Book, command: str) -> None:
    team = "".join(f"[team.kollege{number}]\n" for number in range(20))
    book.write("crm.toml", f"format = 1\n[team.anna]\n{team}", "viele")
    assert "Known: anna." in book(command, "--owner", "anaa").err


@pytest.mark.parametrize("command", ["call", "list"])
@pytest.mark.parametrize("word", ["me", "@me", "ich", "@ich", "anna", "@Anna", "Anna Krüger"])
def test_mine_can_be_asked_for_in_any_words(book: Book, command: str, word: str) -> None:
    assert slugs(book, command, "--owner", word) == ["modehaus-petersen"]


@pytest.mark.parametrize("command", ["call", "list"])
@pytest.mark.parametrize("word", ["nobody", "niemand", "-"])
def test_nobodys_are_those_without_an_owner(book: Book, command: str, word: str) -> None:
    assert slugs(book, command, "--owner", word) == []
    book.write(FILE, book.read(FILE).replace("owner: anna\n", ""), "niemand mehr")
    assert slugs(book, command, "--owner", word) == ["modehaus-petersen"]


@pytest.mark.parametrize("command", ["call", "list"])
@pytest.mark.parametrize("word", ["all", "Alle"])
def test_everybodys(book: Book, command: str, word: str) -> None:
    assert "modehaus-petersen" in slugs(book, command, "--owner", word)


@pytest.mark.parametrize("command", ["call", "list"])
def test_who_is_in_no_team_and_has_customers_is_known(book: Book, command: str) -> None:
    book.write(FILE, book.read(FILE).replace("owner: anna", "owner: gerda"), "Gerda")
    assert slugs(book, command, "--owner", "Gerda") == ["modehaus-petersen"]


@pytest.mark.parametrize("command", ["call", "list"])
def test_without_a_team_any_name_is_one(book: Book, command: str) -> None:
    book.write("crm.toml", "format = 1\n", "kein Team")
    assert book(command, "--owner", "ben").code == 0
    assert book(command, "--owner", "gerda").code == 1


@pytest.mark.parametrize("command", ["call", "list"])
def test_whom_git_does_not_know_cannot_ask_for_mine(book: Book, command: str) -> None:
    book.git("config", "--unset", "user.email")
    book.git("config", "--unset", "user.name")
    answer = book(command, "--owner", "me")
    assert answer.code == 52
    assert "git config" in answer.err
