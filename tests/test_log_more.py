"""``crm log``, more: several customers, complaints that are solved by it, files laid beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_md.records.attaching import link_to, relinked, safe_name
from tests.books import HOTEL, PETERSEN, Book
from tests.terminals import run_on_terminal

FILE = "customers/modehaus-petersen.md"
OTHER = "customers/strandhotel-vierjahreszeiten.md"
SECOND = "### 2026-11-19 Reklamation von Kai Petersen: falsche Farbe (anna)\n\n"
SOLVED = "Reklamation gelöst: Ersatz geliefert"


def with_two(book: Book) -> None:
    """Let Kai complain as well."""
    text = PETERSEN.replace("### 2026-11-12", f"{SECOND}### 2026-11-12")
    book.write(FILE, text, "Noch eine Reklamation")


def complaints(book: Book) -> list[str]:
    """Return what is still complained about, as the quick look says."""
    return [one["subject"] for one in book("--json", "show", "petersen").json["complaints"]]


def test_a_talk_that_solves_writes_entry_and_solution_in_one_commit(book: Book) -> None:
    before = len(book.subjects())
    words = ["Anruf", "von", "Heike:", "Ersatz", "ist", "da"]
    answer = book("log", "petersen", *words, "--solved", language="de")
    assert "Anruf von Heike: Ersatz ist da (anna)" in book.read(FILE)
    assert "\ngelöst:: 2026-11-20 Ersatz ist da\n" in book.read(FILE)
    assert "Damit gelöst ist die Reklamation: 2026-11-12 Heike Petersen: Naht offen" in answer.err
    assert len(book.subjects()) == before + 1
    assert complaints(book) == []
    book("undo")
    assert book.read(FILE) == PETERSEN


def test_solved_without_an_open_complaint_writes_nothing(book: Book) -> None:
    assert book("log", "strandhotel", "Anruf: ok", "--solved").code == 1
    assert book.read(OTHER) == HOTEL


def test_solved_with_several_open_writes_nothing(book: Book) -> None:
    with_two(book)
    before = book.read(FILE)
    assert book("log", "petersen", "Anruf: ok", "--solved").code == 21
    assert book.read(FILE) == before


def test_solved_with_several_open_asks_at_a_terminal(book: Book) -> None:
    with_two(book)
    run_on_terminal(book, ["log", "petersen", "Anruf: neu gefärbt", "--solved"], typed=["2"])
    assert complaints(book) == ["Naht offen"]


def test_a_solution_older_than_the_complaint_writes_nothing(book: Book) -> None:
    assert book("log", "petersen", "1.11. Anruf: ok", "--solved").code == 2
    assert book.read(FILE) == PETERSEN


def test_an_entry_that_tells_a_solution_closes_the_only_one_open_and_says_so(book: Book) -> None:
    answer = book("log", "petersen", SOLVED)
    assert "It solves the complaint: 2026-11-12 Heike Petersen: Naht offen" in answer.err
    assert complaints(book) == []
    assert "gelöst::" not in book.read(FILE)


def test_with_several_open_it_closes_none_and_says_how(book: Book) -> None:
    with_two(book)
    answer = book("log", "petersen", SOLVED)
    assert "It closes none of them. Say which: crm solve modehaus-petersen" in answer.err
    assert sorted(complaints(book)) == ["Naht offen", "falsche Farbe"]


def test_the_second_of_one_day_is_closed_as_well(book: Book) -> None:
    with_two(book)
    book("solve", "petersen", "--which", "Naht", "genäht")
    answer = book("log", "petersen", "Reklamation gelöst: umgefärbt")
    assert "It solves the complaint: 2026-11-19 Kai Petersen: falsche Farbe" in answer.err
    assert complaints(book) == []
    assert "gelöst:: 2026-11-20 umgefärbt" in book.read(FILE)


def test_several_customers_in_one_go_are_one_action(book: Book) -> None:
    before = len(book.subjects())
    words = ["Messe:", "Rabatt", "angekündigt"]
    answer = book("log", "-c", "petersen", "-c", "strandhotel", *words)
    for path in (FILE, OTHER):
        assert "### 2026-11-20 14:30 Messe: Rabatt angekündigt (anna)" in book.read(path)
    assert len(book.subjects()) == before + 1
    assert answer.err.count("Take back:") == 1
    book("undo")
    assert (book.read(FILE), book.read(OTHER)) == (PETERSEN, HOTEL)


def test_one_that_is_named_twice_gets_one_entry(book: Book) -> None:
    book("log", "-c", "petersen", "-c", "heike", "Messe: Rabatt")
    assert book.read(FILE).count("Rabatt (anna)") == 1


def test_a_customer_named_without_c_beside_others_is_said_to_be_left_out(book: Book) -> None:
    answer = book("log", "petersen", "-c", "strandhotel", "Messe: Rabatt", language="de")
    assert "„petersen“ gehört zum Text. Damit Modehaus Petersen" in answer.err
    assert book.read(FILE) == PETERSEN
    for words in (["Messe", "in", "Borkum"], ["Rabatt", "für", "petersen"]):
        assert "gehört zum Text" not in book("log", *words, "-c", "hotel", language="de").err


@pytest.mark.parametrize(("fragment", "code"), [("nord", 21), ("gibtesnicht", 20)])
def test_a_name_that_fits_several_or_none_writes_nothing(
    book: Book, fragment: str, code: int
) -> None:
    for name in ("Hotel Nord", "Nord Ost"):
        book.write(f"customers/{name}.md", f"---\nname: {name}\n---\n", name)
    answer = book("log", "-c", "petersen", "-c", fragment, "Messe: Rabatt")
    assert answer.code == code, answer.both
    assert (book.read(FILE), book.read(OTHER)) == (PETERSEN, HOTEL)


def test_without_any_customer_it_asks_whose_entry(book: Book) -> None:
    assert book("log").code == 2


def test_a_file_is_laid_beside_the_customer_and_linked(book: Book, tmp_path: Path) -> None:
    photo = tmp_path / "Naht (links).jpg"
    photo.write_bytes(b"\xff\xd8\x00jpg")
    answer = book("log", "petersen", "Besuch: Nähte", "-m", "Zwölf Jacken.", "--attach", str(photo))
    assert answer.code == 0, answer.err
    laid = book.root / "attachments/modehaus-petersen/Naht (links).jpg"
    assert laid.read_bytes() == b"\xff\xd8\x00jpg"
    assert (
        "Zwölf Jacken.\n\n"
        "- [Naht (links).jpg](../attachments/modehaus-petersen/Naht%20%28links%29.jpg)\n"
    ) in book.read(FILE)
    assert book.git("status", "--porcelain") == ""
    book("undo")
    assert not laid.exists()
    assert book.read(FILE) == PETERSEN


def test_a_file_alone_is_enough_to_say(book: Book, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(b"plan")
    book("log", "petersen", "--attach", str(tmp_path / "plan.pdf"))
    assert "### 2026-11-20 14:30 plan.pdf (anna)" in book.read(FILE)


def test_the_same_file_twice_is_kept_once_and_another_of_its_name_gets_a_number(
    book: Book, tmp_path: Path
) -> None:
    file = tmp_path / "Plan.pdf"
    for content in (b"one", b"one", b"two"):
        file.write_bytes(content)
        book("log", "petersen", "Notiz: Plan", "--attach", str(file))
    folder = book.root / "attachments/modehaus-petersen"
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == {
        "Plan.pdf": b"one",
        "Plan-2.pdf": b"two",
    }
    assert book.read(FILE).count("(../attachments/modehaus-petersen/Plan.pdf)") == 2


def test_two_files_of_one_name_in_one_go_are_both_kept(book: Book, tmp_path: Path) -> None:
    paths = []
    for name in ("a", "b"):
        path = tmp_path / name / "Foto.jpg"
        path.parent.mkdir()
        path.write_bytes(name.encode())
        paths += ["--attach", str(path)]
    book("log", "petersen", "Notiz: Fotos", *paths)
    folder = book.root / "attachments/modehaus-petersen"
    assert sorted(one.name for one in folder.iterdir()) == ["Foto-2.jpg", "Foto.jpg"]


@pytest.mark.parametrize("name", ["fehlt.pdf", "."])
def test_a_missing_file_or_a_folder_writes_nothing(book: Book, tmp_path: Path, name: str) -> None:
    answer = book("log", "petersen", "Notiz: x", "--attach", str(tmp_path / name))
    assert answer.code == 26
    assert book.read(FILE) == PETERSEN
    assert not (book.root / "attachments").exists()


def test_a_large_file_is_warned_of(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "film.mp4"
    with file.open("wb") as stream:
        stream.truncate(26 * 1024 * 1024)
    assert "film.mp4 has 26 MB" in book("log", "petersen", "Film", "--attach", str(file)).err


def test_several_customers_each_get_the_file(book: Book, tmp_path: Path) -> None:
    (tmp_path / "Preise.pdf").write_bytes(b"1")
    path = str(tmp_path / "Preise.pdf")
    book("log", "-c", "petersen", "-c", "strandhotel", "Messe: Preise", "--attach", path)
    for slug in ("modehaus-petersen", "strandhotel-vierjahreszeiten"):
        assert (book.root / "attachments" / slug / "Preise.pdf").read_bytes() == b"1"


def test_a_rename_takes_files_and_their_links_along(book: Book, tmp_path: Path) -> None:
    (tmp_path / "a b.pdf").write_bytes(b"1")
    book("log", "petersen", "Notiz: x", "--attach", str(tmp_path / "a b.pdf"))
    book("rename", "petersen", "Haus Petersen")
    assert "(../attachments/haus-petersen/a%20b.pdf)" in book.read("customers/haus-petersen.md")
    assert (book.root / "attachments/haus-petersen/a b.pdf").exists()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Naht (links).jpg", "Naht (links).jpg"),
        ("Angebot 24.000 €.pdf", "Angebot 24.000 €.pdf"),
        ("a:b?c.txt", "a-b-c.txt"),
        ("..bashrc", "bashrc"),
        ("CON.txt", "_CON.txt"),
        ("Rechnung\n2.pdf", "Rechnung-2.pdf"),
        ("...", "_"),
        ("Mu\u0308ller.pdf", "Müller.pdf"),
    ],
)
def test_names_are_kept_and_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(min_size=1, max_size=200))
def test_every_name_becomes_one_that_every_system_keeps(name: str) -> None:
    safe = safe_name(name)
    assert safe == safe_name(safe)
    assert safe
    assert len(safe) <= 121
    assert not set(safe) & set('<>:"/\\|?*\n\t\0')
    assert safe.isprintable()
    assert not safe.startswith(".")


@given(st.text(min_size=1, max_size=40))
def test_a_link_is_one_link_and_leads_to_the_file(name: str) -> None:
    from urllib.parse import unquote

    from markdown_it import MarkdownIt

    path = f"attachments/x/{safe_name(name)}"
    tokens = MarkdownIt().parseInline(f"- {link_to(path, 'customers/mo/x.md')} -")[0].children or []
    targets = [token.attrs["href"] for token in tokens if token.type == "link_open"]
    assert [unquote(str(target)) for target in targets] == [f"../../{path}"]


def test_only_links_to_its_own_files_follow() -> None:
    text = "[a](../attachments/alt/a.pdf) [b](../attachments/alt-2/b.pdf) attachments/alt/c"
    assert relinked(text, "alt", "neu") == text.replace("/alt/a.pdf", "/neu/a.pdf")


def test_a_large_file_is_asked_about_at_a_terminal(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "film.mp4"
    with file.open("wb") as stream:
        stream.truncate(26 * 1024 * 1024)
    run_on_terminal(book, ["log", "petersen", "Film", "--attach", str(file)], typed=["n"])
    assert book.read(FILE) == PETERSEN


def test_a_task_without_a_word_is_refused_and_nothing_is_written(book: Book) -> None:
    for task in ("due:morgen", "", "@ben"):
        answer = book("log", "petersen", "Anruf: Muster", "-t", task, language="de")
        assert answer.code == 2
        assert "Kein Wort sagt, was zu tun ist." in answer.err
    assert book.read(FILE) == PETERSEN


@pytest.mark.parametrize("words", ["Mail von ihr: Muster", "call with them: samples"])
def test_her_and_them_are_nobody_to_add(book: Book, words: str) -> None:
    assert "--add" not in book("log", "strandhotel", words).err


def test_a_promise_that_is_kept_with_it_is_ticked_in_the_same_commit(book: Book) -> None:
    before = len(book.subjects())
    answer = book("log", "petersen", "Anruf: Ersatz ist da", "--done", "ersatz")
    assert "- [x] Ersatz schicken due:2026-11-19 @ben done:2026-11-20" in book.read(FILE)
    assert "Done with it: Ersatz schicken" in answer.err
    assert "Done, too?" not in answer.err
    assert len(book.subjects()) == before + 1
    book("undo")
    assert book.read(FILE) == PETERSEN


def test_who_logs_a_contact_is_reminded_of_what_is_due_there(book: Book) -> None:
    answer = book("log", "petersen", "Anruf: ok", "-t", "Muster schicken due:today", language="de")
    code = book("--json", "todo", "petersen").json[0]["code"]
    said = f"Auch erledigt? Ersatz schicken (bis Do 19.11.2026): crm erledigt {code[:3]}"
    assert said in answer.err
    assert "Auch erledigt? Muster" not in answer.err
    assert "Auch erledigt" not in book("log", "petersen", "nicht erreicht", language="de").err


def test_a_task_of_another_customer_is_not_kept_with_it(book: Book) -> None:
    answer = book("log", "strandhotel", "Anruf: ok", "--done", "ersatz")
    assert answer.code == 20
    assert book.read(OTHER) == HOTEL


def test_a_next_step_that_takes_anothers_place_says_so(book: Book) -> None:
    answer = book("log", "petersen", "Anruf: Muster", "--next", "3.12. anrufen", language="de")
    assert (
        "Als Nächstes: Do 03.12.2026 anrufen\nBisher: Di 01.12.2026 Angebot nachfassen"
        in answer.err
    )
    again = book("log", "petersen", "Anruf: Preise", language="de")
    assert "Bisher" not in again.err


def test_who_did_not_pick_up_was_not_reached(book: Book) -> None:
    for words in ("Heike hat nicht abgehoben", "Heike angerufen, niemand erreicht"):
        answer = book("log", "petersen", words, language="de")
        assert "Zählt als Versuch" in answer.err, words


def test_the_salutation_of_a_pasted_mail_is_not_its_title(book: Book) -> None:
    mail = "Liebe Kollegen,\n\nHerr Ahrens ist verärgert\n\nBitte anrufen."
    assert book("log", "petersen", mail).code == 0
    text = book.read("customers/modehaus-petersen.md")
    assert "### 2026-11-20 14:30 Herr Ahrens ist verärgert (anna)\n" in text
    assert "\nLiebe Kollegen,\n\nBitte anrufen.\n" in text
    assert book("log", "petersen", "Hallo, Rückruf erbeten").code == 0


def test_a_talk_that_was_has_no_time_of_today_that_is_to_come(book: Book) -> None:
    assert book("log", "petersen", "16 Uhr telefoniert: Muster").code == 0
    assert "### 2026-11-20 telefoniert: Muster (anna)" in book.read(
        "customers/modehaus-petersen.md"
    )
    assert book("log", "petersen", "12 Uhr telefoniert: Preise").code == 0
    assert "### 2026-11-20 12:00 tel" in book.read("customers/modehaus-petersen.md")
