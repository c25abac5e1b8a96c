"""A colleague leaves: customers and promises of theirs fall to those who stay, and are not lost."""

from __future__ import annotations

import pytest

from tests.books import Book, book

__all__ = ["book"]

FILE = "customers/ulferts.md"
TEXT = "---\nname: Ulferts\nowner: {}\n---\n\n- [ ] send the catalogue due:2026-11-01 @clara\n"


@pytest.fixture
def gone(book: Book) -> Book:
    """Anna's book: Clara has left; Ulferts is hers, with an overdue promise."""
    settings = book.read("crm.toml")
    clara = '\n[team.clara]\nname = "Clara Weiß"\nleft = 2026-10-31\n'
    book.write("crm.toml", settings + clara, "Clara leaves")
    book.write(FILE, TEXT.format("clara"), "hers")
    return book


def test_her_customers_are_on_everybodys_call_list_and_say_whose_they_were(gone: Book) -> None:
    told = gone("call")
    assert "Ulferts" in told.out
    assert "Was Clara's, who has left the team." in told.out
    assert "Clara was to take care of it, and has left the team." in told.out
    assert "Clara takes care of it" not in told.out
    german = gone("anrufen", language="de").out
    assert "War bei Clara, nicht mehr im Team." in german


def test_whoever_the_team_does_not_know_is_nobody_too(book: Book) -> None:
    book.write(FILE, TEXT.format("gerda"), "Gerda's")
    told = book("call")
    assert "Ulferts" in told.out
    assert "gerda's, who is not in the team." in told.out


def test_who_leaves_later_still_looks_after_them(gone: Book) -> None:
    settings = gone.read("crm.toml").replace("2026-10-31", "2026-12-31")
    gone.write("crm.toml", settings, "later")
    assert "Ulferts" not in gone("call").out
    assert "Ulferts" in gone("call", "--owner", "clara").out


@pytest.mark.parametrize("command", [["call"], ["list"], ["todo"], ["agenda"]])
def test_nobodys_are_hers_too_and_hers_can_still_be_asked_for(
    gone: Book, command: list[str]
) -> None:
    assert "Ulferts" in gone(*command, "--owner", "nobody").out
    assert "Ulferts" in gone(*command, "--owner", "clara").out
    assert "Ulferts" not in gone(*command, "--owner", "ben").out


def test_her_overdue_promise_is_on_everybodys_todo_list(gone: Book) -> None:
    assert "send the catalogue" in gone("todo").out
    assert "send the catalogue" in gone("agenda").out


def test_a_colleagues_customers_stay_theirs(book: Book) -> None:
    book.write(FILE, TEXT.format("ben"), "Ben's")
    assert "Ulferts" not in book("call").out


def test_a_new_task_for_her_says_that_she_has_left(gone: Book) -> None:
    for command in (
        ["todo", "ulferts", "--add", "send a sample @clara"],
        ["log", "ulferts", "call", "--task", "send a sample @clara"],
    ):
        told = gone(*command)
        assert told.code == 0
        assert "Clara Weiß has left the team: who takes it on?" in told.err
    assert "has left" not in gone("todo", "ulferts", "--add", "send a letter @ben").err


def test_the_check_names_her_customers_and_her_open_tasks(gone: Book) -> None:
    told = gone("check").out
    assert "Clara Weiß looks after this customer and has left the team." in told
    assert "“send the catalogue” is for Clara Weiß, who has left the team." in told
    german = gone("prüfen", language="de").out
    assert "„send the catalogue“ ist für Clara Weiß" in german
