"""What nobody may have meant is not shared unasked: the loss of many, a merge left open."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.books import Book
from tests.clones import HOTEL, PETERSEN, Team, is_clean, team

MARKED = "<<<<<<< HEAD\n- segelt\n=======\n- rudert\n>>>>>>> ben\n"
NOTHING_NEW = "Nothing new, here as there.\n"


def with_west(folder: Path, count: int = 12) -> tuple[Team, Book, Book]:
    """Return a team with a folder of more customers, and Anna and Ben."""
    firm = team(folder)
    ben = firm.clone("ben")
    for number in range(count):
        ben.write(f"customers/west/firma-{number}.md", f"---\nname: Firma {number}\n---\n")
    ben.git("add", "--all")
    ben.git("commit", "--quiet", "-m", "West")
    ben.git("push", "--quiet")
    return firm, firm.clone("anna"), ben


def names_at(firm: Team) -> set[str]:
    """Return the customers that all share."""
    listed = Book(firm.hub).git("ls-tree", "-r", "--name-only", "main", "customers")
    return set(listed.split("\n")[:-1])


def test_a_folder_deleted_by_mistake_is_not_deleted_for_everybody(tmp_path: Path) -> None:
    firm, anna, _ben = with_west(tmp_path)
    before = names_at(firm)
    shutil.rmtree(anna.root / "customers/west")
    anna.write(HOTEL, anna.read(HOTEL).replace("Sonnensegel", "Markise"))
    answer = anna("sync")
    assert answer.code == 0
    assert "12 of 14 customers are missing from the folder" in answer.err
    assert "crm save" in answer.err
    assert names_at(firm) == before
    assert "Markise" in Book(firm.hub).git("show", f"main:{HOTEL}")
    remedy = answer.err.split("Bring them back: ")[1].split(" – ")[0]
    assert remedy == "git restore customers/west"
    subprocess.run(shlex.split(remedy), cwd=anna.root, check=True)
    assert is_clean(anna)
    assert anna("sync").both == NOTHING_NEW


def test_a_folder_deleted_on_purpose_goes_with_crm_save(tmp_path: Path) -> None:
    firm, anna, _ben = with_west(tmp_path)
    shutil.rmtree(anna.root / "customers/west")
    assert anna("sync").code == 0
    assert anna("save").code == 0
    assert anna("sync").code == 0
    assert len(names_at(firm)) == 2


def test_a_few_who_were_deleted_go_along_and_so_do_many_that_only_moved(tmp_path: Path) -> None:
    firm, anna, _ben = with_west(tmp_path)
    for number in (0, 1, 2):
        (anna.root / f"customers/west/firma-{number}.md").unlink()
    (anna.root / "customers/west").rename(anna.root / "customers/north")
    assert "missing" not in anna("sync").err
    assert len(names_at(firm)) == 11
    assert "customers/north/firma-3.md" in names_at(firm)


@pytest.mark.parametrize(("gone", "held"), [(2, False), (3, True)])
def test_in_a_small_book_more_than_half_are_many(gone: int, held: bool, tmp_path: Path) -> None:
    _firm, anna, _ben = with_west(tmp_path, 3)
    for number in range(gone):
        (anna.root / f"customers/west/firma-{number}.md").unlink()
    assert ("missing from the folder" in anna("sync").err) == held


def test_many_files_emptied_by_a_full_drive_are_not_empty_for_everybody(tmp_path: Path) -> None:
    firm, anna, _ben = with_west(tmp_path)
    for file in (anna.root / "customers/west").iterdir():
        file.write_bytes(b"")
    answer = anna("sync")
    assert answer.code == 0
    assert "12 of 14 customers' files are empty" in answer.err
    assert "12 von 14 Kundendateien sind leer" in anna("sync", language="de").err
    assert "Firma 3" in Book(firm.hub).git("show", "main:customers/west/firma-3.md")
    (anna.root / "customers/west/firma-3.md").unlink()
    answer = anna("sync")
    assert "12 of 14 customers are missing from the folder, or their files are empty" in answer.err
    remedy = answer.err.split("Bring them back: ")[1].split(" – ")[0]
    subprocess.run(shlex.split(remedy), cwd=anna.root, check=True)
    assert is_clean(anna)
    assert anna("sync").both == NOTHING_NEW


def test_what_a_colleague_wrote_comes_in_where_files_were_emptied(tmp_path: Path) -> None:
    firm, anna, ben = with_west(tmp_path)
    assert ben("log", "Firma 3", "call: from ben").code == 0
    assert ben("sync").code == 0
    for file in (anna.root / "customers/west").iterdir():
        file.write_bytes(b"")
    assert anna("sync").code == 0
    assert "from ben" in Book(firm.hub).git("show", "main:customers/west/firma-3.md")
    assert "from ben" in anna.git("show", "HEAD:customers/west/firma-3.md")
    assert anna("sync").code == 0
    assert "Firma 4" in Book(firm.hub).git("show", "main:customers/west/firma-4.md")


def test_settings_deleted_by_mistake_stay_for_everybody(tmp_path: Path) -> None:
    firm = team(tmp_path)
    anna = firm.clone("anna")
    (anna.root / "crm.toml").unlink()
    anna.write(HOTEL, anna.read(HOTEL).replace("Sonnensegel", "Markise"))
    answer = anna("sync")
    assert answer.code == 0
    assert "crm.toml with the settings of all is gone" in answer.err
    assert "crm.toml" in Book(firm.hub).git("ls-tree", "--name-only", "main")
    assert "Markise" in Book(firm.hub).git("show", f"main:{HOTEL}")
    assert anna("save").code == 0
    assert anna("sync").code == 0
    assert "crm.toml" not in Book(firm.hub).git("ls-tree", "--name-only", "main")


def test_one_of_many_missing_comes_back_where_a_colleague_wrote_into_it(tmp_path: Path) -> None:
    firm, anna, ben = with_west(tmp_path)
    assert ben("log", "Firma 3", "call: from ben").code == 0
    assert ben("sync").code == 0
    shutil.rmtree(anna.root / "customers/west")
    answer = anna("sync")
    assert answer.code == 0
    assert "from ben" in anna.read("customers/west/firma-3.md")
    assert len(names_at(firm)) == 14


def marked(book: Book) -> str:
    """Leave a merge open in a customer's file."""
    text = book.read(PETERSEN).replace("- segelt\n", MARKED)
    book.write(PETERSEN, text)
    return text


def test_a_merge_left_open_in_a_file_is_not_shared_and_all_else_is(tmp_path: Path) -> None:
    firm = team(tmp_path)
    anna = firm.clone("anna")
    text = marked(anna)
    anna.write(HOTEL, anna.read(HOTEL).replace("Sonnensegel", "Markise"))
    answer = anna("sync")
    assert answer.code == 0
    assert f"{PETERSEN}:" in answer.err
    assert "A merge was never settled" in answer.err
    assert anna.read(PETERSEN) == text
    assert "<<<<" not in Book(firm.hub).git("show", f"main:{PETERSEN}")
    assert "Markise" in Book(firm.hub).git("show", f"main:{HOTEL}")
    anna.write(PETERSEN, text.replace(MARKED, "- rudert\n"))
    assert anna("sync").code == 0
    assert "rudert" in Book(firm.hub).git("show", f"main:{PETERSEN}")


def test_save_does_not_save_it_either_and_fails(book: Book) -> None:
    marked(book)
    answer = book("save")
    assert answer.code == 46
    assert "A merge was never settled" in answer.err
    assert len(book.subjects()) == 1


def test_what_a_colleague_wrote_comes_in_around_a_merge_left_open(tmp_path: Path) -> None:
    firm = team(tmp_path)
    anna, ben = firm.clone("anna"), firm.clone("ben")
    ben("log", "petersen", "call: from ben")
    ben("sync")
    marked(anna)
    assert anna("sync").code == 0
    assert "from ben" in anna.read(PETERSEN)
    assert "<<<<<<< HEAD" in anna.read(PETERSEN)
    assert "<<<<" not in Book(firm.hub).git("show", f"main:{PETERSEN}")
    anna.write(PETERSEN, anna.read(PETERSEN).replace(MARKED, "- rudert\n"))
    assert anna("sync").code == 0
    shared = Book(firm.hub).git("show", f"main:{PETERSEN}")
    assert "from ben" in shared
    assert "rudert" in shared


def test_a_call_logged_into_a_merge_left_open_is_kept_and_waits(book: Book) -> None:
    marked(book)
    answer = book("log", "petersen", "call: today")
    assert answer.code == 46
    assert "A merge was never settled" in answer.err
    assert "call: today" in book.read(PETERSEN).casefold()
    assert book("log", "strandhotel", "call: there").code == 0
    assert len(book.subjects()) == 2
    book.write(PETERSEN, book.read(PETERSEN).replace(MARKED, "- rudert\n"))
    assert book("save").code == 0
    assert is_clean(book)
    assert any("today" in subject for subject in book.subjects())


def test_marks_that_were_committed_before_hinder_nobody(book: Book) -> None:
    book.write(PETERSEN, book.read(PETERSEN).replace("- segelt\n", MARKED), "By hand")
    assert book("log", "petersen", "call: today").code == 0
    book.write(PETERSEN, book.read(PETERSEN).replace("Alles bestens", "Alles gut"))
    assert book("save").code == 0
    assert is_clean(book)


def test_files_that_nobody_shares_are_named_once(tmp_path: Path) -> None:
    anna = team(tmp_path).clone("anna")
    anna.write("customers/nord/Preise.pdf", b"%PDF")
    anna.write("notizen.txt", "x")
    anna.write(".vscode/settings.json", "{}")
    answer = anna("sync")
    assert "Not shared" in answer.err
    assert "customers/nord/Preise.pdf, notizen.txt" in answer.err
    assert "attachments/NAME/" in answer.err
    assert ".vscode" not in answer.err
    assert anna("sync").both == NOTHING_NEW
    anna.write("customers/Angebot.docx", b"PK")
    again = anna("sync").err
    assert "customers/Angebot.docx" in again
    assert "Preise" not in again
    assert anna("--json", "sync").json["not_shared"] == [
        "customers/Angebot.docx", "customers/nord/Preise.pdf", "notizen.txt",
    ]  # fmt: skip


def test_crm_save_names_them_each_time(book: Book) -> None:
    book.write("customers/Preise.pdf", b"%PDF")
    for _time in range(2):
        assert "customers/Preise.pdf" in book("save").err
