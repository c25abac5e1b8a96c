"""`crm check --range A..B` says what commits bring that is wrong, from Git alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books import Answer, Book, book
from tests.repositories import git

__all__ = ["book"]

ZEROS = "0" * 40
MARKED = "---\nname: Quast\n---\n<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> x\n"
WARNED = "---\nname: Quast\nzip: 01067\n---\n\n[[nirgendwo]]\n"
KEYS = ["check", "severity", "path", "line", "text", "remedy"]


def checks(answer: Answer) -> list[tuple[str, str, int]]:
    return [(one["check"], one["path"], one["line"]) for one in answer.json]


def test_only_what_the_commits_brought_is_found(book: Book) -> None:
    book.write("customers/alt.md", MARKED, "old")
    book.write("customers/quast.md", MARKED, "new")
    answer = book("--json", "check", "--range", "HEAD~1..HEAD")
    assert answer.code == 1
    assert checks(answer) == [("conflict", "customers/quast.md", 4)]
    assert list(answer.json[0]) == KEYS


def test_the_files_are_read_from_git_not_from_the_folder(book: Book) -> None:
    book.write("customers/quast.md", MARKED, "marked")
    book.write("customers/quast.md", "---\nname: Quast\n---\n")
    assert book("check", "--range", "HEAD~1..HEAD").code == 1
    book.write("customers/other.md", MARKED)
    assert book("check", "--range", "HEAD..HEAD").code == 0


def test_warnings_never_end_with_1(book: Book) -> None:
    book.write("customers/quast.md", WARNED, "warned")
    answer = book("check", "--range", "HEAD~1..HEAD")
    assert answer.code == 0
    assert "customers/quast.md:6: warning: " in answer.out


def test_links_lead_to_names_and_aliases_of_that_state(book: Book) -> None:
    links = (
        "[[modehaus-petersen]] [[Petersen Borkum]] [[Strandhotel Vierjahreszeiten]] [[nirgends]]"
    )
    book.write("customers/quast.md", f"---\nname: Quast\n---\n\n{links}\n", "links")
    answer = book("--json", "check", "--range", "HEAD~1..")
    assert [one["text"] for one in answer.json] == ["The link [[nirgends]] leads nowhere."]


def test_settings_are_looked_at_only_where_they_changed(book: Book) -> None:
    book.write("crm.toml", book.read("crm.toml") + "\nfarbe = 3\n", "a setting without meaning")
    assert "crm.toml" in book("check", "--range", "HEAD~1..HEAD").out
    book.write("customers/quast.md", "---\nname: Quast\n---\n", "new")
    assert book("check", "--range", "HEAD~1..HEAD").out == ""


def test_both_of_two_new_twins_need_one_line_only(book: Book) -> None:
    book.write("customers/nord/quast.md", "---\nname: Q\n---\n")
    book.write("customers/sued/quast.md", "---\nname: Q\n---\n")
    book.git("add", "--all")
    book.git("commit", "-qm", "twins")
    answer = book("--json", "check", "--range", "HEAD~1..HEAD")
    assert checks(answer) == [("twins", "customers/sued/quast.md", 1)]


def test_a_file_that_only_moved_brings_nothing(book: Book) -> None:
    book.write("customers/quast.md", MARKED, "old")
    (book.root / "customers/q").mkdir()
    book.git("mv", "customers/quast.md", "customers/q/quast.md")
    book.git("commit", "-qm", "moved")
    assert book("check", "--range", "HEAD~1..HEAD").code == 0


def test_a_new_branch_is_held_against_the_main_one_and_an_ended_one_passes(book: Book) -> None:
    book.write("customers/alt.md", MARKED, "old")
    book.git("checkout", "-q", "-b", "topic")
    book.write("customers/quast.md", "---\nname: Quast\n---\n", "new")
    assert book("check", "--range", f"{ZEROS}..HEAD").code == 0
    book.write("customers/quast.md", MARKED, "marked")
    answer = book("--json", "check", "--range", f"{ZEROS}..topic")
    assert checks(answer) == [("conflict", "customers/quast.md", 4)]
    assert book("check", "--range", f"topic..{ZEROS}").code == 0


def test_three_dots_begin_where_two_branches_parted(book: Book) -> None:
    book.git("checkout", "-q", "-b", "topic")
    book.write("customers/quast.md", "---\nname: Quast\n---\n", "new")
    book.write("customers/alt.md", MARKED, "wrong, and put right on the main branch only")
    book.git("checkout", "-q", "main")
    book.git("checkout", "-q", "topic", "--", "customers/alt.md")
    book.git("commit", "-qm", "the same there")
    book.write("customers/alt.md", "---\nname: Alt\n---\n", "put right")
    book.git("checkout", "-q", "topic")
    assert book("check", "--range", "main...topic").code == 1
    book.write("customers/alt.md", "---\nname: Alt\n---\n", "put right here too")
    assert book("check", "--range", "main...topic").code == 0


def test_the_first_branch_of_all_is_looked_at_whole(book: Book) -> None:
    book.write("customers/alt.md", MARKED, "old")
    assert book("check", "--range", f"{ZEROS}..HEAD").code == 1


def test_it_works_in_a_bare_repository_and_in_a_store_within_a_folder(
    tmp_path: Path, book: Book
) -> None:
    top = tmp_path / "firm"
    git(tmp_path, "init", "-q", "-b", "main", str(top))
    for key in ("user.name", "user.email"):
        git(top, "config", key, "anna@example.com")
    firm = Book(top)
    firm.write("README.md", "Firm\n", "begin")
    firm.write("crm/crm.toml", 'format = 1\nlanguage = "de"\n')
    firm.write("crm/customers/quast.md", MARKED)
    firm.git("add", "--all")
    firm.git("commit", "-qm", "store")
    git(tmp_path, "clone", "-q", "--bare", str(top), "firm.git")
    for folder in (top, top / "crm/customers", tmp_path / "firm.git"):
        answer = Book(folder)("--json", "check", "--range", "HEAD~1..HEAD")
        assert checks(answer) == [("conflict", "crm/customers/quast.md", 4)]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--range", "HEAD"],
        ["--range", "nichts..HEAD"],
        ["--range", "HEAD..nichts"],
        ["--range", "HEAD~1..HEAD", "--fix"],
        ["--range", "HEAD~1..HEAD", "petersen"],
    ],
)
def test_what_is_no_range_is_said(book: Book, arguments: list[str]) -> None:
    book.write("customers/quast.md", "---\nname: Quast\n---\n", "new")
    answer = book("check", *arguments)
    assert answer.code == 2
    assert answer.err.count("\n") in (1, 2)


def test_an_empty_variable_in_place_of_the_range_does_not_check_the_folder_instead(
    book: Book,
) -> None:
    book.write("customers/alt.md", MARKED)
    answer = book("check", "--range", "")
    assert answer.code == 2
    assert "“” is no range." in answer.err
    assert "alt.md" not in answer.out


def test_outside_of_git_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    assert Book(tmp_path / "plain")("check", "--range", "A..B").code >= 50


@pytest.mark.parametrize("name", ["con.md", "a:b.md", "Lpt1 .md", "wie?.md", "ende./x.md"])
def test_a_name_that_windows_cannot_write_is_refused(book: Book, name: str) -> None:
    book.write(f"customers/{name}", "---\nname: X\n---\n", "Name")
    (found,) = book("--json", "check", "--range", "HEAD~1..HEAD").json
    assert (found["check"], found["severity"]) == ("windows-name", "error")


@pytest.mark.parametrize("name", ["console.md", "a b.md", "ä-ö.md", "name .md"])
def test_a_name_that_windows_can_write_is_let_in(book: Book, name: str) -> None:
    book.write(f"customers/{name}", "---\nname: X\n---\n", "Name")
    found = book("--json", "check", "--range", "HEAD~1..HEAD").json
    assert "windows-name" not in {one["check"] for one in found}


def test_an_empty_variable_in_place_of_the_old_state_does_not_pass_for_nothing_new(
    book: Book,
) -> None:
    book.git("checkout", "--quiet", "-b", "neu")
    book.write("customers/quast.md", MARKED, "Quast")
    for asked in ("..HEAD", "...HEAD"):
        assert book("check", "--range", asked).code == 1


def test_all_customers_gone_is_an_error_and_one_gone_is_none(book: Book) -> None:
    book.git("rm", "--quiet", "customers/modehaus-petersen.md")
    book.git("commit", "--quiet", "--message", "One less")
    assert book("check", "--range", "HEAD~1..HEAD").code == 0
    book.git("rm", "--quiet", "-r", "customers")
    book.write("notiz.md", "leer\n", "All gone")
    answer = book("--json", "check", "--range", "HEAD~1..HEAD")
    assert answer.code == 1
    assert checks(answer) == [("no-customers-left", "customers", 1)]


def test_git_s_rules_for_merging_that_are_gone_are_a_warning(book: Book) -> None:
    book.write(".gitattributes", "customers/**/*.md -text merge=crm-md diff=crm-md\n", "Rules")
    book.write(".gitattributes", "*.png binary\n", "Others")
    answer = book("--json", "check", "--range", "HEAD~1..HEAD")
    assert answer.code == 0
    assert checks(answer) == [("no-merge-rules", ".gitattributes", 1)]
