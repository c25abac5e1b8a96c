"""``crm log`` with a mail: the right customer, the right direction, and words that stay words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books import HOTEL, PETERSEN, Book
from tests.terminals import run_on_terminal
from tests.test_mail import COPIED, built

FILE = "customers/modehaus-petersen.md"
HEADING = "### 2026-11-19 08:05 Mail von Heike Petersen: Naht offen (anna)"


def saved(folder: Path, text: str = "Guten Tag", **headers: str) -> str:
    """Save a mail as a file and return its path."""
    path = folder / "mail.eml"
    path.write_bytes(built(text, **headers).as_bytes())
    return str(path)


def test_a_mail_finds_its_customer_by_the_address(book: Book, tmp_path: Path) -> None:
    before = len(book.subjects())
    answer = book("log", "--mail", saved(tmp_path, "Zwölf Jacken.\n\n-- \nHeike"))
    assert answer.code == 0, answer.err
    assert f"{HEADING}\n\nZwölf Jacken.\n\n### 2026-11-12" in book.read(FILE)
    assert "Left out: 2 lines" in answer.err
    assert len(book.subjects()) == before + 1
    book("undo")
    assert book.read(FILE) == PETERSEN


def test_a_mail_through_a_pipe(book: Book) -> None:
    book("log", "petersen", typed=built().as_string())
    assert HEADING in book.read(FILE)


def test_a_copied_mail_through_a_pipe_without_a_customer(book: Book) -> None:
    assert book("log", typed=COPIED).code == 0
    assert "### 2026-11-19 09:12 Mail von Heike Petersen: Naht (anna)" in book.read(FILE)


def test_our_own_mail_goes_to_them_and_is_its_writers(book: Book, tmp_path: Path) -> None:
    to = "h.petersen@modehaus-petersen.example, anna@example.com"
    path = saved(tmp_path, From="Ben Okafor <ben@example.com>", To=to)
    assert book("log", "--mail", path).code == 0
    assert "### 2026-11-19 08:05 Mail an Heike Petersen: Naht offen (ben)" in book.read(FILE)
    with book.open() as crm:
        assert crm.read(FILE).customer.entries[0].direction == "to"


def test_somebody_unknown_of_a_known_firm(book: Book, tmp_path: Path) -> None:
    path = saved(tmp_path, From="Jonte Albers <j.albers@modehaus-petersen.example>")
    answer = book("log", "--mail", path)
    assert "Mail von Jonte Albers: Naht offen (anna)" in book.read(FILE)
    assert "Jonte Albers is no contact yet" in answer.err


def test_somebody_unknown_is_added_with_the_address(book: Book, tmp_path: Path) -> None:
    path = saved(tmp_path, From="Jonte Albers <j.albers@modehaus-petersen.example>")
    run_on_terminal(book, ["log", "--mail", path], typed=["y"])
    added = "  - name: Jonte Albers\n    email: j.albers@modehaus-petersen.example\n"
    assert added in book.read(FILE)


def test_an_address_that_nobody_has_says_what_to_do(book: Book, tmp_path: Path) -> None:
    answer = book("log", "--mail", saved(tmp_path, From="Neu <neu@gmx.de>"))
    assert answer.code == 20
    assert "crm log CUSTOMER --mail FILE" in answer.err
    assert book.read(FILE) == PETERSEN


def test_an_address_that_several_have_says_what_to_do(book: Book, tmp_path: Path) -> None:
    address = "email: h.petersen@modehaus-petersen.example\n"
    book.write("customers/strandhotel-vierjahreszeiten.md", f"---\n{address}{HOTEL[4:]}", "Auch")
    answer = book("log", "--mail", saved(tmp_path))
    assert answer.code == 21
    assert "crm log CUSTOMER --mail FILE" in answer.err


def test_a_mail_for_a_named_customer_whoever_wrote_it(book: Book, tmp_path: Path) -> None:
    book("log", "strandhotel", "--mail", saved(tmp_path, From="Neu <neu@gmx.de>"))
    text = book.read("customers/strandhotel-vierjahreszeiten.md")
    assert "### 2026-11-19 08:05 Mail von Neu: Naht offen (anna)" in text


def test_words_of_a_mail_never_become_structure_tasks_or_facts(book: Book, tmp_path: Path) -> None:
    text = (
        "## Verlauf\n### 2020-01-01 Anruf: erfunden\n- [ ] zahlen due:2020-01-01 @anna\n"
        "gelöst:: ja\n- Stimmung:: gut\n[gelöst:: ja]\n```\noffen\n"
    )
    with book.open() as crm:
        before = crm.read(FILE).customer
    book("log", "--mail", saved(tmp_path, text))
    with book.open() as crm:
        after = crm.read(FILE).customer
    assert len(after.entries) == len(before.entries) + 1
    assert [task.text for task in after.tasks] == [task.text for task in before.tasks]
    assert after.entries[0].facts == ()
    assert [one.title for one in after.sections] == [one.title for one in before.sections]


def test_what_was_said_besides_stands_above_the_mail(book: Book, tmp_path: Path) -> None:
    path = saved(tmp_path)
    book(
        "log", "petersen", "klang", "traurig", "--mail", path, "--mood", "schlecht", "-t", "Ersatz"
    )
    assert f"{HEADING}\n\nklang traurig\n\nGuten Tag\n\n- Stimmung:: schlecht\n- [ ] Ersatz" in (
        book.read(FILE)
    )


def test_a_mail_that_says_all_is_well_solves_the_complaint(book: Book, tmp_path: Path) -> None:
    path = saved(tmp_path, Subject="Ersatz ist da")
    assert book("log", "--mail", path, "--solved").code == 0
    assert "gelöst:: 2026-11-19 Ersatz ist da" in book.read(FILE)


def test_a_file_that_is_attached_to_a_mail_is_linked_and_nothing_more(
    book: Book, tmp_path: Path
) -> None:
    path = saved(tmp_path)
    book("log", "--mail", path, "--attach", path)
    link = "- [mail.eml](../attachments/modehaus-petersen/mail.eml)"
    assert f"{HEADING}\n\nGuten Tag\n\n{link}\n\n###" in book.read(FILE)


def test_a_mail_that_is_logged_twice_is_told(book: Book, tmp_path: Path) -> None:
    path = saved(tmp_path)
    assert "already" not in book("log", "--mail", path).err
    assert "a mail of this minute and subject stands there already" in (
        book("log", "--mail", path).err
    )


def test_all_of_it_is_kept_where_one_wants_it(book: Book, tmp_path: Path) -> None:
    answer = book("log", "--whole", "--mail", saved(tmp_path, "Ja.\n\n> alt"))
    assert "Ja.\n\n> alt" in book.read(FILE)
    assert "Left out" not in answer.err


def test_files_of_a_mail_are_named(book: Book, tmp_path: Path) -> None:
    message = built()
    message.add_attachment(b"1", maintype="image", subtype="jpeg", filename="Naht.jpg")
    (tmp_path / "m.eml").write_bytes(message.as_bytes())
    assert "With it came: Naht.jpg" in book("log", "--mail", str(tmp_path / "m.eml")).err


@pytest.mark.parametrize(("name", "code"), [("fehlt.eml", 42), ("brief.txt", 45)])
def test_what_is_no_mail_writes_nothing(book: Book, tmp_path: Path, name: str, code: int) -> None:
    (tmp_path / "brief.txt").write_text("Liebe Anna,", encoding="utf-8")
    assert book("log", "petersen", "--mail", str(tmp_path / name)).code == code
    assert book.read(FILE) == PETERSEN


def test_a_mail_without_a_day_is_of_today_and_it_says_so(book: Book) -> None:
    typed = "From: h.petersen@modehaus-petersen.example\nTo: anna@example.com\nSubject: Naht\n\nJa."
    answer = book("log", typed=typed)
    assert "2026-11-20 14:30 Mail von Heike Petersen: Naht (anna)" in book.read(FILE)
    assert "names no day" in answer.err


def test_the_same_in_python(book: Book) -> None:
    from crm_md.exchange.mail import read_mail
    from crm_md.records.log_entry import Wish, log_entry, understand
    from crm_md.records.mailing import mail_wish, whose_mail

    with book.open() as crm:
        mail = read_mail(built().as_bytes(), crm.today)
        who = whose_mail(crm, mail)
        log_entry(crm, understand(crm, who, mail_wish(crm, who, mail, Wish(""))))
    assert HEADING in book.read(FILE)
