"""Facts and days of an entry are shown as people say them; the file keeps its signs."""

from __future__ import annotations

import pytest

from crm_md.document.as_said import line_as_said, text_as_said
from crm_md.index.snippets import snippet_of_entry
from crm_md.messages import speaking
from tests.books import Book

FILE = "customers/modehaus-petersen.md"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("- Stimmung:: verärgert", "- Stimmung: verärgert"),
        ("gelöst:: 2026-10-07 Ersatz geliefert", "- gelöst: 07.10.2026 Ersatz geliefert"),
        ("**weil**:: der Preis", "- **weil**: der Preis"),
        ("**weil::** der Preis", "- **weil:** der Preis"),
        ("[mood:: gut] und [Betrag:: 5 €]", "[mood: gut] und [Betrag: 5 €]"),
        ("- [ ] Ersatz due:2026-11-21 @ben", "- [ ] Ersatz (bis 21.11.2026) @ben"),
        ("- [x] Angebot done:2026-10-24", "- [x] Angebot (erledigt 24.10.2026)"),
        ("- [ ] Muster 📅 2026-12-01", "- [ ] Muster (bis 01.12.2026)"),
        ("- [ ] Muster [due:: 2026-12-01]", "- [ ] Muster (bis 01.12.2026)"),
        ("- [-] Muster ❌ 2026-12-01", "- [-] Muster (entfallen 01.12.2026)"),
        ("bei [[hotel|Jens]] gewesen", "bei Jens gewesen"),
        ("std::vector bleibt", "std::vector bleibt"),
        ("due:2026-11-21 ist keine Aufgabe", "due:2026-11-21 ist keine Aufgabe"),
        ("Ganz ohne Zeichen", "Ganz ohne Zeichen"),
    ],
)
def test_a_line_is_read_aloud_without_signs_for_programs(line: str, said: str) -> None:
    with speaking("de"):
        assert line_as_said(line) == said


def test_code_stays_as_it_stands() -> None:
    text = "```\nmood:: gut\n```\n- mood:: gut"
    assert text_as_said(text) == "```\nmood:: gut\n```\n- mood: gut"


@pytest.mark.parametrize(
    "command",
    [["vorbereiten", "petersen"], ["zeigen", "petersen", "--alle"], ["suchen", "Naht"]],
)
def test_nobody_reads_raw_signs_in_a_look_a_briefing_or_a_hit(
    book: Book, command: list[str]
) -> None:
    before = book.read(FILE)
    shown = book(*command, language="de").out
    assert "Stimmung: verärgert" in shown
    assert "Ersatz schicken (bis 19.11.2026)" in shown
    assert "::" not in shown
    assert "due:" not in shown
    assert book.read(FILE) == before


def test_a_sign_that_was_looked_for_is_marked_as_it_stands_in_the_file() -> None:
    lines = [(1, "### 2026-11-12 Anruf: Naht"), (2, "- [ ] Ersatz due:2026-11-19")]
    pieces = snippet_of_entry(lines, {"due"}).pieces
    assert [piece.text for piece in pieces if piece.found] == ["due"]


@pytest.mark.parametrize("command", ["zeigen", "vorbereiten", "anrufen"])
def test_a_question_that_a_merge_left_is_no_promise(book: Book, command: str) -> None:
    questions = "- [ ] phone: 04922 1 #settle\n- [ ] contacts.Kai Petersen.phone: 04922 2 #settle\n"
    book.write(FILE, f"{book.read(FILE)}\n## Zu klären\n\n{questions}", "merged")
    shown = book(command, "petersen", language="de").out
    assert "Telefon: 04922 1" in shown
    assert "Telefon von Kai Petersen: 04922 2" in shown
    assert "Zu klären" in shown
    assert "#settle" not in shown
    assert "phone" not in shown
