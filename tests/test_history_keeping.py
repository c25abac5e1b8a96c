"""Git is asked which files it keeps, and which it is told to leave out."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_md.history import History
from tests.repositories import git, repository, saved, write


@pytest.fixture
def book(tmp_path: Path) -> History:
    made = repository(tmp_path / "book")
    saved(made, "customers/petersen.md")
    return made


def test_a_saved_file_is_kept(book: History) -> None:
    assert book.tracked("customers") == ["customers/petersen.md"]


def test_a_new_file_is_not_kept_yet(book: History) -> None:
    write(book, ".crm/catalogue.db")
    assert book.tracked(".crm") == []


def test_a_file_that_a_rule_names_is_left_out(book: History) -> None:
    write(book, ".gitignore", "*geheim*\n")
    path = write(book, "customers/nord/Müller geheim.md")
    write(book, "customers/neu.md")
    assert book.ignored("customers") == [path]


def test_a_rule_of_the_clone_alone_counts_as_well(book: History) -> None:
    (book.common_dir / "info").mkdir(exist_ok=True)
    (book.common_dir / "info" / "exclude").write_text("neu.md\n")
    path = write(book, "customers/neu.md")
    assert book.ignored("customers") == [path]


def test_a_kept_file_stays_kept_although_a_rule_names_it(book: History) -> None:
    write(book, ".gitignore", "petersen.md\n")
    assert book.ignored("customers") == []


def test_only_the_folder_asked_for_is_looked_at(book: History) -> None:
    write(book, ".gitignore", "*.tmp\n")
    write(book, "attachments/petersen/foto.tmp")
    assert book.ignored("customers") == []
    assert git(book.top, "status", "--porcelain") == "?? .gitignore\n"
