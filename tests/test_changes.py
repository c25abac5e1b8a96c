"""What changed between two texts of a customer is told in sentences a colleague can read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.config import read_config
from crm_md.document.changes import Change, changes, changes_told, told_in_one
from crm_md.document.reading import Document
from crm_md.messages import speaking

ROOT = Path(__file__).parents[1]
BOOK = sorted((ROOT / "customers").glob("*.md"))
PATH = "customers/modehaus-petersen.md"
TEXT = (ROOT / PATH).read_text(encoding="utf-8")


CONFIG = read_config((ROOT / "crm.toml").read_text(encoding="utf-8"))


def told(*edits: tuple[str, str], text: str = TEXT) -> list[str]:
    """Return what is told of these replacements."""
    after = text
    for old, new in edits:
        assert old in after
        after = after.replace(old, new, 1)
    return changes_told(text.encode(), after.encode(), PATH, CONFIG)


def test_a_field_is_told_with_both_values() -> None:
    assert told(("segment: A", "segment: B")) == ["Segment A → B"]


def test_a_field_of_a_person_names_the_person() -> None:
    assert told(("04922 9300-15", "04922 9300-16")) == [
        "Phone of Fenna de Buhr 04922 9300-15 → 04922 9300-16"
    ]


def test_a_field_that_comes_or_goes_is_told_with_its_value() -> None:
    goal = "goal: Alleinlieferant auf den Inseln bis 2027\n"
    assert told((goal, "")) == ["Goal deleted, was Alleinlieferant auf den Inseln bis 2027"]
    assert told((goal, goal + "source: Messe\n")) == ["Source: Messe"]


def test_an_unknown_key_is_told_by_its_own_name() -> None:
    assert told(("every: 6w\n", "every: 6w\nFarbe: blau\n")) == ["Farbe: blau"]


def test_a_list_tells_what_came_and_what_went() -> None:
    assert told(("[mode, insel]", "[insel, meer]")) == ["Tags: added meer, removed mode"]
    assert told(("aliases: [Petersen Borkum]", "aliases: [Petersen Borkum, Heike]")) == [
        "Also called: added Heike"
    ]


def test_a_single_number_that_becomes_two_tells_the_new_one() -> None:
    assert told(("phone: 04922 9300-0", "phone: [04922 9300-0, 0171 5]")) == ["Phone: added 0171 5"]


def test_a_part_of_the_address_is_told_by_its_own_name() -> None:
    assert told(("Strandstraße 7", "Strandstraße 8")) == ["Street Strandstraße 7 → Strandstraße 8"]


def test_a_whole_address_is_told_in_one_line() -> None:
    address = '  street: Strandstraße 7\n  zip: "26757"\n  city: Borkum\n'
    assert told(("address:\n" + address, "")) == [
        "Address deleted, was Strandstraße 7, 26757 Borkum"
    ]


def test_people_who_come_and_go_are_told_by_name() -> None:
    okko = "  - name: Okko Harms\n    role: Einkauf\n    left: 2023-09\n"
    assert told((okko, "  - name: Kai\n")) == ["People added: Kai", "People gone: Okko Harms"]


def test_a_person_who_is_renamed_is_the_same_person() -> None:
    assert told(("name: Fenna de Buhr", "name: Fenna Janssen")) == [
        "renamed Fenna de Buhr → Fenna Janssen"
    ]


def test_a_name_that_becomes_a_person_tells_only_the_new_field() -> None:
    plain = "---\nname: A\ncontacts: [Heike, Kai]\n---\n"
    assert told(("[Heike, Kai]", "\n  - Heike\n  - name: Kai\n    phone: 1"), text=plain) == [
        "Phone of Kai: 1"
    ]


def test_a_deal_is_told_by_its_title() -> None:
    assert told(("stage: offered", "stage: won")) == [
        "Stage of Winterkollektion 2027 offered → won"
    ]


def test_the_customer_itself_is_renamed() -> None:
    assert told(("name: Modehaus Petersen GmbH & Co. KG", "name: Modehaus Petersen AG")) == [
        "renamed Modehaus Petersen GmbH & Co. KG → Modehaus Petersen AG"
    ]


def test_one_entry_is_told_with_kind_people_day_and_subject() -> None:
    entry = "### 2026-11-20 14:30 Anruf mit Heike Petersen: Lieferung verspätet (anna)\n\nWieder.\n"
    assert told(("## Verlauf\n", f"## Verlauf\n\n{entry}")) == [
        "1 entry added: Anruf mit Heike Petersen 20 Nov 2026: Lieferung verspätet"
    ]


def test_an_entry_without_subject_is_told_by_its_gist() -> None:
    entry = "### 2026-11-20 Besuch mit Okko (anna)\n\nHat Kuchen gebacken.\n"
    assert told(("## Verlauf\n", f"## Verlauf\n\n{entry}")) == [
        "1 entry added: Besuch mit Okko 20 Nov 2026: Hat Kuchen gebacken."
    ]


def test_many_entries_are_told_by_their_number() -> None:
    entries = "".join(f"\n### 2026-11-{day} Anruf: {day}\n" for day in (20, 19, 18))
    assert told(("## Verlauf\n", f"## Verlauf\n{entries}")) == ["3 entries added"]


def test_an_entry_that_was_edited_or_deleted_is_named() -> None:
    assert told(("Kalt hereingeschneit, wörtlich.", "Kalt hereingeschneit.")) == [
        "entry changed: Besuch mit Okko Harms 19 Feb 2019: Kalt hereingeschneit. Er hatte Zeit,"
        " weil die Fähre nicht f…"
    ]
    assert told(("### 2026-05-11 Bestellung von Heike Petersen: 600 R7 Navy (anna)\n", "")) == [
        "entry deleted: Bestellung von Heike Petersen 11 May 2026: 600 R7 Navy",
        "entry changed: Besuch mit Heike Petersen, Fenna de Buhr 19 Aug 2026: Farbkarte Sanddorn",
    ]


def test_a_task_is_told_when_it_is_done_reopened_dropped_or_new() -> None:
    box = "[ ] Ersatzlieferung bestätigen due:2026-11-19 @ben"
    done = "[x] Ersatzlieferung bestätigen due:2026-11-19 @ben done:2026-11-18"
    assert told((box, done)) == ["done: Ersatzlieferung bestätigen"]
    assert told((done, box), text=TEXT.replace(box, done)) == [
        "open again: Ersatzlieferung bestätigen"
    ]
    assert told((box, box.replace("[ ]", "[-]"))) == ["dropped: Ersatzlieferung bestätigen"]
    assert told((box, f"{box}\n- [ ] anrufen due:2026-11-24\n- [ ] singen")) == [
        "new task by 24 Nov 2026: anrufen",
        "new task: singen",
    ]
    assert told((f"- {box}\n", "")) == ["task deleted: Ersatzlieferung bestätigen"]


def test_a_line_written_right_below_a_task_is_told_and_no_matter_of_how_it_is_written() -> None:
    start = "---\nname: Q\n---\n\n## Vorsicht\n\n- [ ] anrufen\n"
    for below in ("Nicht mehr beliefern!", "  Nicht mehr beliefern!"):
        with_more = ("- [ ] anrufen\n", f"- [ ] anrufen\n{below}\n")
        assert told(with_more, text=start) == ["Vorsicht: Nicht mehr beliefern!"]
        gone = told((below + "\n", ""), text=start + below + "\n")
        assert gone == ["section Vorsicht changed: − Nicht mehr beliefern!"]
    both = ("- [ ] anrufen\n", "- [x] anrufen\nKommt am Montag\n")
    assert told(both, text=start) == ["done: anrufen", "Vorsicht: Kommt am Montag"]
    entry = start + "\n## Verlauf\n\n### 2026-11-20 Anruf: Naht\n\n- [ ] schicken\n"
    assert told(("schicken\n", "schicken\nper Express\n"), text=entry) == [
        "entry changed: Anruf 20 Nov 2026: Naht"
    ]


def test_a_task_is_told_when_its_day_or_its_bearer_changes() -> None:
    assert told(("due:2026-11-19 @ben", "due:2026-11-24 @ben")) == [
        "task Ersatzlieferung bestätigen: by 19 Nov 2026 → 24 Nov 2026"
    ]
    assert told(("due:2026-11-19 @ben", "due:2026-11-19 @clara")) == [
        "task for clara: Ersatzlieferung bestätigen"
    ]


def test_a_section_tells_its_lines() -> None:
    assert told(("- nicht auf den Bruder", "- mag Tee\n- nicht auf den Bruder")) == [
        "Vorsicht: mag Tee"
    ]
    assert told(("Borkum-Regatta 2019\n-", "Borkum-Regatta 2021\n-")) == [
        "section Gemeinsames changed: + … Borkum-Regatta 2021, − … Borkum-Regatta 2019"
    ]
    assert told(("- segelt; beide", "- segelt gern; beide")) == [
        "section Gemeinsames changed: + segelt gern; beide …, − segelt; beide …"
    ]


def test_a_new_section_tells_the_words_that_were_written_into_it() -> None:
    assert told(("## Verlauf\n", "## Insel\n\nweit weg\n\n## Verlauf\n")) == ["Insel: weit weg"]
    assert told(("## Verlauf\n", "## Insel\n\n## Verlauf\n")) == ["section Insel added"]


def test_a_line_of_free_words_is_told_as_written_down() -> None:
    assert told(("## Gemeinsames\n", "mag Krabben\n\n## Gemeinsames\n")) == [
        "written down: mag Krabben"
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("status: customer", "status: former", "Status Kunde → ehemalig"),
        ("every: 6w", "every: 2m", "Rhythmus 6 Wochen → 2 Monate"),
        ("next: 2026-12-01 Angebot", "next: 2026-12-01 Muster", "01.12.2026 Muster nachfassen"),
        ("stage: offered", "stage: won", "Phase von Winterkollektion 2027 angeboten → gewonnen"),
    ],
)
def test_a_german_answer_shows_no_english_words_of_the_file(
    old: str, new: str, sentence: str
) -> None:
    with speaking("de"):
        assert told((old, new))[0].endswith(sentence)


def test_changes_that_alter_no_meaning_are_told_as_such() -> None:
    data = TEXT.encode()
    assert told(("segment: A", 'segment: "A"')) == ["only the way it is written"]
    assert told(("segment: A\nowner: anna\n", "owner: anna\nsegment: A\n")) == [
        "only the way it is written"
    ]
    assert told(("\n\n", "\n\n\n")) == ["only blanks and empty lines"]
    assert changes_told(data, data.replace(b"\n", b"\r\n"), PATH, CONFIG) == ["only the line ends"]
    assert changes_told(data, b"\xef\xbb\xbf" + data, PATH, CONFIG) == [
        "only the byte order mark at the start of the file"
    ]


def test_a_file_that_is_no_utf_8_is_told_in_letters_that_can_be_shown() -> None:
    before = "---\nname: Müller\ngoal: öl\n---\n\n## Vorsicht\n\n- süß\n"
    after = before.replace("öl", "übel").replace("- süß\n", "- süß\n- säuerlich\n")
    old, new = before.encode("latin-1"), after.encode("latin-1")
    assert changes_told(old, new, PATH, CONFIG) == [
        "Goal öl → übel",
        "Vorsicht: säuerlich",
    ]
    assert changes_told(old, before.encode(), PATH, CONFIG) == ["only the encoding of the file"]


def test_line_ends_are_not_told_beside_what_matters() -> None:
    after = TEXT.replace("segment: A", "segment: B").replace("\n", "\r\n").encode()
    assert changes_told(TEXT.encode(), after, PATH, CONFIG) == ["Segment A → B"]


def test_a_head_that_breaks_is_told_first() -> None:
    assert told(("segment: A", "segment A")) == [
        "the head cannot be read as a whole",
        "Segment deleted, was A",
    ]


def test_files_that_come_go_or_cannot_be_read() -> None:
    data = TEXT.encode()
    assert changes_told(None, data, PATH, CONFIG) == ["new customer"]
    assert changes_told(data, None, PATH, CONFIG) == ["customer removed"]
    assert changes_told(data, b"\0" * 99, PATH, CONFIG) == ["the file cannot be read any more"]
    assert changes_told(b"\0" * 99, data, PATH, CONFIG) == ["the file can be read again"]
    assert changes_told(data, data, PATH, CONFIG) == []
    assert changes(None, None) == ()


def test_many_changes_are_cut_short() -> None:
    keys = "".join(f"Farbe{n}: {n}\n" for n in range(9))
    sentences = told(("every: 6w\n", f"every: 6w\n{keys}"))
    assert len(sentences) == 7
    assert sentences[-1] == "and 3 more"


def test_changes_are_told_in_one_sentence() -> None:
    before = Document.read(TEXT.encode(), PATH, CONFIG)
    after = before.with_text(TEXT.replace("segment: A", "segment: B").replace("6w", "5w"))
    found = changes(before, after)
    assert found[0] == Change("field", "changed", "Segment A → B", key="segment", called="Segment")
    assert told_in_one(found) == "Segment A → B; Rhythm 6 weeks → 5 weeks"


@pytest.mark.parametrize("path", BOOK, ids=lambda path: path.stem)
def test_what_was_taken_out_of_a_real_file_is_told(path: Path) -> None:
    """A whole line of text never goes without a word (every ninth is tried)."""
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    for number in range(len(path.stem) % 9, len(lines), 9):
        if lines[number].strip():
            after = "\n".join(lines[:number] + lines[number + 1 :])
            assert changes_told(text.encode(), after.encode(), str(path), CONFIG)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(BOOK), st.sampled_from(BOOK))
def test_any_two_files_are_told_apart_in_few_sentences(one: Path, other: Path) -> None:
    sentences = changes_told(one.read_bytes(), other.read_bytes(), PATH, CONFIG)
    assert bool(sentences) == (one != other)
    assert len(sentences) <= 7
    assert all("\n" not in sentence for sentence in sentences)


def test_tasks_in_a_new_section_are_told_as_what_they_are() -> None:
    section = "## Aufgaben\n\n- [ ] 200 Platten Birke due:2026-11-26\n- [ ] Muster @ben\n\n"
    assert told(("## Verlauf\n", f"{section}## Verlauf\n")) == [
        "new task by 26 Nov 2026: 200 Platten Birke",
        "new task: Muster",
    ]
    careful = "## Vorsicht\n\n- zahlt spät\n- [ ] Mahnung\n\n"
    assert told(("## Verlauf\n", f"{careful}## Verlauf\n")) == [
        "new task: Mahnung",
        "Vorsicht: zahlt spät",
    ]
