"""An action whose file became something else waits on: it is told, and holds up nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crm_md import errors
from crm_md.records.handwork import save
from tests.books import Book
from tests.test_change import FILE, OTHER, append, refusing_hook


def made_a_link(book: Book) -> None:
    (book.root / FILE).unlink()
    (book.root / FILE).symlink_to("strandhotel-vierjahreszeiten.md")


def made_a_folder(book: Book) -> None:
    (book.root / FILE).unlink()
    (book.root / FILE).mkdir()


def an_action_waits(book: Book, then: Callable[[Book], None]) -> None:
    with refusing_hook(book), book.open() as crm, pytest.raises(errors.NotSaved):
        append(crm, "\nEins.\n", message="Petersen: eins")
    then(book)


@pytest.mark.parametrize("became", [made_a_link, made_a_folder], ids=lambda f: f.__name__)
def test_a_file_that_became_something_else_holds_up_no_later_write(
    book: Book, became: Callable[[Book], None]
) -> None:
    an_action_waits(book, became)
    answer = book("log", "strandhotel", "Anruf: Zwei")
    assert answer.code == 0
    assert book.subjects()[0].startswith("Strandhotel Vierjahreszeiten: ")
    assert f"“Petersen: eins” still waits to be saved: {FILE} cannot be read" in answer.err
    assert "then: crm save" in answer.err
    with book.open() as crm:
        assert crm.waiting_count() == 1


def test_reading_says_which_action_waits_and_why(book: Book) -> None:
    an_action_waits(book, made_a_link)
    for command in (["call"], ["show", "strandhotel"], ["where"]):
        assert "it is a link, and links are not followed" in book(*command).both
    assert "bleibt ungesichert" not in book("call", language="de").err
    assert "wartet" in book("call", language="de").err


def test_saving_does_what_it_can_and_ends_with_what_still_waits(book: Book) -> None:
    an_action_waits(book, made_a_folder)
    book.write(OTHER, book.read(OTHER).replace("owner: ben", "owner: anna"))
    answer = book("save")
    assert answer.code == errors.FileNotReadable.exit_code
    assert "still waits" in answer.err
    assert "anna" in book.subjects()[0]


def test_once_the_file_is_put_right_saving_saves_it(book: Book) -> None:
    an_action_waits(book, made_a_folder)
    (book.root / FILE).rmdir()
    book.git("checkout", "--", FILE)
    book.write(FILE, book.read(FILE) + "\nEins.\n")
    assert book("save").code == 0
    assert book.subjects()[0] == "Petersen: eins"
    assert book.git("status", "--porcelain") == ""


def test_once_what_stands_there_is_deleted_saving_ends_the_waiting(book: Book) -> None:
    an_action_waits(book, made_a_link)
    (book.root / FILE).unlink()
    assert book("save").code == 0
    with book.open() as crm:
        assert crm.waiting_count() == 0


def test_a_program_learns_what_waits(book: Book) -> None:
    an_action_waits(book, made_a_link)
    with book.open() as crm:
        (one,) = save(crm).held_up
        assert isinstance(one, errors.StillWaiting)
        assert [str(each) for each in crm.held_up()] == [str(one)]


def test_what_waits_for_git_as_well_is_not_lost(book: Book) -> None:
    an_action_waits(book, made_a_link)
    with refusing_hook(book):
        assert book("log", "strandhotel", "Anruf: Zwei").code == errors.HookRefused.exit_code
    assert "Saved now: Strandhotel Vierjahreszeiten" in book("save").err
    with book.open() as crm:
        assert crm.waiting_count() == 1
