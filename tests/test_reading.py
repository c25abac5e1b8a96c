"""A customer file is read whatever stands in it: values where we understand, findings where not."""

from __future__ import annotations

from datetime import date, time
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.config import read_config
from crm_md.document import Document
from crm_md.errors import FileUnreadable
from crm_md.model import Customer, Finding
from tests.nasty import NASTY

STORE = read_config(
    'language = "de"\n[team.anna]\nname = "Anna Krüger"\nemail = ["anna@example.com"]\n[team.ben]\n'
    "[segments.A]\n[segments.B]\n"
)
NAMED = "---\nname: Acme\ncontacts:\n  - name: Heike Petersen\nowner: ben\n---\n"


def document(text: str | bytes, path: str = "customers/a/acme.md") -> Document:
    return Document.read(text if isinstance(text, bytes) else text.encode(), path, STORE)


def customer(text: str | bytes) -> Customer:
    return document(text).customer


def body(text: str) -> Customer:
    return customer(NAMED + text)


def found(text: str | bytes, check: str) -> list[int]:
    """The lines where a check has something to say."""
    return [finding.line for finding in document(text).findings if finding.check == check]


# --- the file -------------------------------------------------------------------------------------


def test_path_and_slug_come_from_the_file() -> None:
    read = customer(NAMED)
    assert (read.path, read.slug, read.name) == ("customers/a/acme.md", "acme", "Acme")
    assert document("", "customers/Mu\u0308ller.MD").slug == "Müller"


def test_what_was_read_is_written_back_byte_by_byte() -> None:
    for data in (b"", b"\xef\xbb\xbfa\r\nb", b"M\xfcller\x81\n\xff", "ä\n".encode(), b"a\x00b" * 9):
        read = document(data + b"x" * 200)
        assert read.with_text(read.text).data == data + b"x" * 200


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_and_never_lost(data: bytes) -> None:
    try:
        read = document(data)
    except FileUnreadable:
        return
    assert read.with_text(read.text).data == data
    assert len(read.shown) == len(read.text)
    assert read.customer.name
    read.customer.name.encode()  # no surrogate ever stands in a value


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(("", NAMED, "---\nname: [\n---\n", "---\n")),
    NASTY,
    st.sampled_from(("\n", "\r\n")),
)
def test_any_text_is_read(head: str, text: str, end: str) -> None:
    data = (head + text).replace("\n", end).encode()
    read = document(data)
    parts = read.structure.parts
    assert read.data == data
    assert [part.end for part in parts[:-1]] == [part.start for part in parts[1:]]
    assert (parts[0].start, parts[-1].end) == (read.head.body_start, len(read.text))
    lines = read.text.count("\n") + 1
    assert all(1 <= finding.line <= lines for finding in read.findings)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"x" * (16 * 1024 * 1024 + 1), "larger than 16 MiB"),
        ("Müller".encode("utf-16"), "UTF-16"),
        ("Müller".encode("utf-16-le"), "NUL"),
        (b"\x00" * 100, "NUL"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(data: bytes, words: str) -> None:
    with pytest.raises(FileUnreadable, match=words) as refused:
        document(data)
    assert refused.value.exit_code // 10 == 4
    assert "acme.md" in str(refused.value)
    assert refused.value.hint


def test_a_single_nul_is_a_finding_and_the_rest_is_read() -> None:
    text = NAMED + "\n# Acme\n\nei\x00n Wort in einer langen Zeile, die sonst in Ordnung ist\n"
    assert found(text, "encoding") == [10]
    assert customer(text).name == "Acme"


def test_a_byte_order_mark_is_no_part_of_the_text_and_stays() -> None:
    read = document(b"\xef\xbb\xbf" + NAMED.encode())
    assert read.bom
    assert read.customer.name == "Acme"
    assert [(f.check, f.severity, f.line) for f in read.findings] == [("encoding", "hint", 1)]
    assert read.with_text("neu").data == b"\xef\xbb\xbfneu"


def test_bytes_that_are_no_utf8_are_shown_as_windows_1252_would_and_reported_with_their_line() -> (
    None
):
    data = b"---\nname: M\xfcller\n---\n\n## Verlauf\n\n### 2026-11-20 Gr\xfc\xdfe \x80\x81\n"
    read = document(data)
    assert read.customer.name == "Müller"
    assert read.customer.entries[0].subject == "Grüße €\x81"
    assert "M\udcfcller" in read.text
    assert found(data, "encoding") == [2]
    assert "2 in all" in next(f.text for f in read.findings if f.check == "encoding")


@settings(max_examples=100, deadline=None)
@given(NASTY)
def test_the_line_ends_of_windows_change_no_value(text: str) -> None:
    plain = NAMED + "## Verlauf\n### 2026-01-01 x\n- [ ] a due:2026-12-01\nmood:: gut\n" + text
    assert customer(plain.replace("\n", "\r\n")) == customer(plain)


@pytest.mark.parametrize(
    "text",
    [
        "a::" * 200_000,
        "## 2026-01-01 Anruf mit " + "Ott, " * 200_000 + ": x",
        "[a::" * 200_000,
        "- [ ] a\n" * 100_000,
    ],
)
def test_one_endless_line_does_not_stall_the_reader(text: str) -> None:
    began = process_time()
    assert body(text).name == "Acme"
    assert process_time() - began < 5


def test_conflict_markers_are_an_error_and_the_file_is_still_read() -> None:
    text = NAMED + "\n<<<<<<< HEAD\neins\n=======\nzwei\n>>>>>>> anna\n\n## Vorsicht\n\n- a\n"
    assert found(text, "conflict") == [8]
    assert customer(text).careful == ("a",)
    assert found(NAMED + "Titel\n=======\n", "conflict") == []
    assert found(NAMED + "eins\n=======\nzwei\n>>>>>>> anna\n", "conflict") == [10]
    assert found("---\n<<<<<<< HEAD\nname: A\n=======\nname: B\n>>>>>>> x\n---\n", "conflict") == [
        2
    ]


def test_most_lines_tell_the_line_end() -> None:
    assert document("a\r\nb\r\nc\n").newline == "\r\n"
    assert document("a\r\nb\nc\n").newline == "\n"
    assert document("").newline == "\n"


def test_every_finding_names_the_file_and_comes_in_the_order_of_lines() -> None:
    findings = document("---\nname: A\nevery: bald\nstatus: x\n---\n## 20.11. Anruf\n").findings
    assert [finding.line for finding in findings] == [3, 4, 6]
    assert {finding.path for finding in findings} == {"customers/a/acme.md"}
    assert all(finding.text and finding.remedy for finding in findings)


def test_the_language_of_a_file_is_that_of_its_own_sections() -> None:
    assert document("## History\n## Careful\n## Vorsicht\n").language == "en"
    assert document("## Verlauf\n").language == "de"
    assert document("## Projects\n").language == "de"
    assert customer("## Projects\n").written_in == ""


# --- entries --------------------------------------------------------------------------------------


def subjects(text: str) -> list[str]:
    return [entry.subject for entry in body(text).entries]


def test_an_entry_has_all_its_values() -> None:
    (entry,) = body(
        "\n## Verlauf\n\n### 2026-11-20 14:30 Anruf mit Heike Petersen: Naht (anna)\n\n"
        "Zum zweiten Mal.\n\n- Stimmung:: verärgert, aber fair\n- [ ] Ersatz due:2026-11-24 @ben\n"
        "- [ ] Fotos @kunde\n\nBetrag:: 120 €\n\n\n"
    ).entries
    assert (entry.date, entry.time, entry.kind) == (date(2026, 11, 20), time(14, 30), "call")
    assert (entry.people, entry.author, entry.gist) == (("Heike Petersen",), "anna", "Naht")
    assert (entry.touch, entry.direction) == ("talk", "with")
    assert (entry.mood, entry.mood_word) == ("bad", "verärgert, aber fair")
    assert entry.facts == (("mood", "verärgert, aber fair"), ("amount", "120 €"))
    assert [(task.whose, task.said_on) for task in entry.tasks] == [
        ("ben", date(2026, 11, 20)),
        ("customer", date(2026, 11, 20)),
    ]
    assert entry.text.startswith("Zum zweiten Mal.\n\n- Stimmung")
    assert entry.text.endswith("Betrag:: 120 €")
    assert entry.line == 10
    assert [task.line for task in entry.tasks] == [15, 16]


def test_entries_come_newest_first_whatever_their_order() -> None:
    text = (
        "## Verlauf\n### 2026-01-02 a\n### 2026-01-03 b\n### 2026-01-03 09:00 c\n### 2026-01-03 d\n"
    )
    assert subjects(text) == ["c", "b", "d", "a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Verlauf\n### 2026-01-01 a\n#### 2026-01-02 b\n", ["a"]),
        ("## Verlauf\n#### 2026-01-01 a\n##### 2026-01-02 b\n", ["a"]),
        ("## Verlauf\n### 2026-01-03 a\n## 2026-01-02 b\n### 2026-01-01 c\n", ["a", "b", "c"]),
        ("## Verlauf\n## 2026-01-03 a\n", ["a"]),
        ("## Verlauf\n### 2026-01-03 a\n## Vorsicht\n### 2026-01-02 b\n", ["a"]),
        ("## Verlauf\n### 2026\n#### 2026-01-03 a\n### 2025\n#### 2025-01-02 b\n", ["a", "b"]),
        ("## Verlauf\n### 2026-01-03 a\n## Historie\n### 2025-01-02 b\n", ["a", "b"]),
        ("## Verlauf\n### Historie\n#### 2025-01-02 b\n", ["b"]),
        ("# Verlauf\n## 2026-01-03 a\n", ["a"]),
        ("## HISTORY:\n### 2026-01-03 a\n", ["a"]),
        ("## Chronik\n### 3.1.2026 a\n", ["a"]),
        ("###### Verlauf\n###### 2026-01-03 a\n", ["a"]),
        ("## 2026-01-03 a\n## Frei\n### 2026-01-02 b\n", ["a", "b"]),
        ("## 2026-01-03 a\n### 2026-01-04 b\n", ["a"]),
        ("# 2026-01-03 a\n", []),
        ("## Gemeinsames\n### 2026-01-03 a\n", ["a"]),
        ("## Frei\n### 2026-01-03 a\n## Verlauf\n", []),
        ("## 2026-01-03 a\n### Verlauf\n#### 2026-01-02 b\n", ["a"]),
        ("## Verlauf\n```\n### 2026-01-03 a\n```\n", []),
        ("## Verlauf\n> ### 2026-01-03 a\n", []),
    ],
)
def test_dated_headings_are_entries_by_their_place(text: str, expected: list[str]) -> None:
    assert subjects(text) == expected


def test_deeper_headings_belong_to_the_entry_and_others_end_it() -> None:
    read = body("## Verlauf\n### 2026-01-01 a\n#### Punkte\nx\n### Anderes\ny\n")
    assert read.entries[0].text == "#### Punkte\nx"
    assert [section.title for section in read.sections] == ["Verlauf", "Anderes"]


@pytest.mark.parametrize(
    "title",
    [
        *("20.11. Anruf", "20.11.", "20. 11. Anruf", "20.11.26 Anruf", "2026-02-30 Anruf"),
        *("30.2.2026 Anruf", "20/11/2026 Anruf", "2026/11/20 Anruf", "20. November Anruf"),
    ],
)
def test_an_entry_without_a_full_date_is_a_finding_and_never_swallowed(title: str) -> None:
    text = f"## Verlauf\n\n### 2026-11-21 Mail\n\nx\n\n### {title}\n\ny\n"
    assert found(NAMED + text, "entry-date") == [13]
    assert body(text).entries[0].text == "x"
    assert [section.text for section in body(text).sections] == ["", "y"]
    assert found(f"## {title}\n", "entry-date") == [1]


@pytest.mark.parametrize(
    "title", ["33.1. Überblick", "2026", "3 Wünsche", "2026-11 Rückblick", "1. Teil"]
)
def test_a_number_is_no_date(title: str) -> None:
    assert found(f"## Verlauf\n\n### {title}\n", "entry-date") == []


def test_numbered_sections_before_the_history_are_no_dates() -> None:
    assert found("## 3.1. Überblick\n\n## Verlauf\n", "entry-date") == []


@pytest.mark.parametrize(
    "text",
    [
        "## Frei\n### 2026-01-03 a\n## Verlauf\n",
        "## Verlauf\n#### 2026-01-03 a\n### 2026-01-02 b\n",
        "# 2026-01-03 a\n\n",
    ],
)
def test_a_dated_heading_that_is_no_entry_is_a_finding(text: str) -> None:
    assert len(found(text, "entry-place")) == 1
    assert found(text, "entry-date") == []


@pytest.mark.parametrize(
    ("words", "gist"),
    [
        ("Erste Zeile.\nZweite.", "Erste Zeile."),
        ("- [ ] Aufgabe\n- Stimmung:: gut\n\n- Punkt eins", "Punkt eins"),
        ("#### Titel\n> Zitat", "Zitat"),
        ("```\ncode\n```\nProsa", "Prosa"),
        ("1. Schritt", "Schritt"),
        ("Stimmung:: gut", ""),
        ("Er war [Stimmung:: gut] heute", "Er war [Stimmung:: gut] heute"),
        ("", ""),
    ],
)
def test_the_gist_without_a_subject_is_the_first_plain_line(words: str, gist: str) -> None:
    assert body(f"## Verlauf\n### 2026-01-01 Anruf\n\n{words}\n").entries[0].gist == gist


def test_the_first_known_mood_counts_and_an_unknown_one_is_a_hint() -> None:
    text = "## Verlauf\n### 2026-01-01 x\n- Stimmung:: komisch\n- Stimmung:: gut\n"
    assert (body(text).entries[0].mood, body(text).entries[0].mood_word) == ("good", "gut")
    text = "## Verlauf\n### 2026-01-01 x\ny\n\n- Stimmung:: komisch\n"
    assert (body(text).entries[0].mood, body(text).entries[0].mood_word) == ("", "komisch")
    assert found(NAMED + text, "unknown-word") == [11]


def test_tasks_facts_and_links_in_code_and_comments_are_text() -> None:
    read = body(
        "## Verlauf\n### 2026-01-01 x\n```\n- [ ] a\nStimmung:: gut\n[[b]]\n```\n"
        "<!--\n- [ ] c\n-->\n    - [ ] tief\n"
    )
    assert [task.text for task in read.tasks] == ["tief"]
    assert (read.entries[0].facts, read.links) == ((), ())


def test_tasks_stand_anywhere_and_are_the_owners_outside_of_entries() -> None:
    read = body(
        "- [ ] vorn\n\n## Zu klären\n\n- [x] mitten\n\n"
        "## Verlauf\n### 2026-01-01 x (anna)\n- [ ] c\n"
    )
    assert [(task.text, task.whose, task.said_on) for task in read.tasks] == [
        ("vorn", "ben", None),
        ("mitten", "ben", None),
        ("c", "anna", date(2026, 1, 1)),
    ]
    assert [task.line for task in read.tasks] == [7, 11, 15]


def test_unread_days_and_unknown_mentions_are_findings() -> None:
    text = NAMED + "- [ ] a due:freitag\n- [ ] b @niemand\n- [ ] c due:2026-12-01 @ben\n"
    assert found(text, "task-due") == [7]
    assert found(text, "unknown-colleague") == [8]


def test_links_and_relations_are_gathered_once() -> None:
    read = customer("---\nname: A\nrelations:\n  - to: b\n---\n[[b]] [[c|C]] [[b#x]]\n")
    assert read.links == ("b", "c")


def test_a_private_person_is_their_own_contact() -> None:
    read = customer("---\nname: Erika Muster\n---\n## Verlauf\n### 2026-01-01 Wartung mit Erika\n")
    assert (read.entries[0].people, read.entries[0].touch) == (("Erika",), "talk")


# --- sections -------------------------------------------------------------------------------------


def test_sections_keep_their_words_and_their_place() -> None:
    read = body(
        "# Acme\n\nfrei\n\n## Gemeinsames\n\n- a\n\n## Projekte\n\nText\n\n### Halle\n\ny\n"
    )
    assert [(s.title, s.role, s.level, s.text, s.line) for s in read.sections] == [
        ("Acme", "intro", 1, "frei", 7),
        ("Gemeinsames", "common", 2, "- a", 11),
        ("Projekte", "", 2, "Text", 15),
        ("Halle", "", 3, "y", 19),
    ]
    (intro,) = customer("frei\r\nund mehr\r\n").sections
    assert (intro.role, intro.title, intro.text) == ("intro", "", "frei\nund mehr")


@pytest.mark.parametrize(
    ("title", "role"),
    [
        *(("Common ground", "common"), ("Gemeinsames", "common"), ("BEZUGSPUNKTE", "common")),
        *(("Careful", "careful"), ("Vorsicht", "careful"), ("vorsicht:", "careful")),
        *(("To settle", "settle"), ("Zu klären", "settle"), ("Zu klaeren", "settle")),
        *(("History", "history"), ("Historie", "history"), ("Geschichten", "")),
    ],
)
def test_sections_are_known_in_both_languages(title: str, role: str) -> None:
    assert body(f"## {title}\n").sections[0].role == role


def test_common_ground_is_read_by_items_and_paragraphs() -> None:
    items = "- segelt\n  gern\n* Regatta\n\nEin Absatz\nin zwei Zeilen.\n\n- [ ] Karte\n"
    assert body(f"## Gemeinsames\n\n{items}").common == (
        "segelt gern",
        "Regatta",
        "Ein Absatz in zwei Zeilen.",
    )
    assert body("## Vorsicht\n- a\n### Preise\n- b\n## Frei\n- c\n").careful == ("a", "b")
    assert body("## Vorsicht\n- a\n### Careful\n- b\n").careful == ("a", "b")
    assert body("## Zu klären\n- [ ] x\n- wer zahlt?\n").settle == ("wer zahlt?",)


def test_a_fence_that_never_ends_is_said() -> None:
    assert found("# A\n\n```\nx\n\n## Verlauf\n", "block-open") == [3]


def test_an_empty_file_is_a_customer_named_like_the_file() -> None:
    assert customer("").name == "acme"
    assert [finding.check for finding in document("").findings] == ["head-missing"]
    assert [finding.check for finding in document("---\nstatus: lead\n---\n").findings] == [
        "name-missing"
    ]


def test_a_finding_is_a_finding() -> None:
    (finding,) = document("---\nname: A\nevery: bald\n---\n").findings
    assert finding == Finding(
        "field-rhythm",
        "warning",
        "customers/a/acme.md",
        3,
        "“bald” is no rhythm.",
        "Write it as 30d, 6w, 3m or 1y.",
    )
