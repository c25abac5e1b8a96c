"""One file that two people changed becomes one again, byte by byte, or is left to Git whole."""

from __future__ import annotations

from itertools import permutations

import pytest

from crm_md.config import default_config
from crm_md.document import Document, merged_file

BASE = b"---\nname: A\n---\n\n# A\n\n## Verlauf\n\n### 2026-01-02 Anruf: eins\n"


def test_two_entries_are_both_there() -> None:
    ours = BASE + b"\n### 2025-01-01 Mail: zwei\n"
    theirs = BASE.replace(b"### 2026-01-02", b"### 2026-01-03 Anruf: drei\n\n### 2026-01-02")
    merged = merged_file(BASE, ours, theirs)
    assert merged == theirs + b"\n### 2025-01-01 Mail: zwei\n"
    assert merged == merged_file(BASE, theirs, ours)


def test_a_file_that_both_added_has_what_both_know() -> None:
    merged = merged_file(b"", b"---\nname: A\nphone: 1\n---\n", b"---\nname: A\ngoal: x\n---\n")
    assert merged == b"---\nname: A\nphone: 1\ngoal: x\n---\n"


@pytest.mark.parametrize(
    "broken",
    [
        BASE.replace(b"eins", b"\x89PNG\x00\x01\xfc"),
        BASE.replace(b"name: A\n---\n", b"name: A\n"),
        BASE + b"<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n",
        b"\xff\xfe" + BASE,
    ],
    ids=["no text", "a head without end", "a conflict", "UTF-16"],
)
def test_a_side_that_does_not_read_is_left_to_git(broken: bytes) -> None:
    other = BASE.replace(b"name: A", b"name: B")
    assert merged_file(BASE, broken, other) is None
    assert merged_file(BASE, other, broken) is None
    assert merged_file(BASE, BASE, broken) == broken


def test_an_entry_that_an_editor_saved_as_latin_1_is_merged_and_the_file_is_utf_8() -> None:
    umlauts = BASE.decode().replace("eins", "Übergröße für Jörg")
    old = umlauts.replace("### 2026", "### 2026-01-05 Anruf: kündigt zum 31.\n\n### 2026")
    other = f"{umlauts}\n### 2025-01-01 Mail: schön\n"
    wanted = old + "\n### 2025-01-01 Mail: schön\n"
    for encoding in ("latin-1", "cp1252"):
        broken = old.encode(encoding)
        merged = merged_file(umlauts.encode(), broken, other.encode())
        assert merged == wanted.encode()
        assert merged == merged_file(umlauts.encode(), other.encode(), broken)


def test_a_byte_order_mark_stays_as_the_one_who_changed_it_wants() -> None:
    ours, theirs = BASE + b"\nText\n", b"\xef\xbb\xbf" + BASE.replace(b"name: A", b"name: B")
    merged = merged_file(BASE, ours, theirs)
    assert merged is not None
    assert merged.startswith(b"\xef\xbb\xbf---\nname: B\n")


def from_both_sides(base: str, ours: str, theirs: str) -> str:
    """Merge, and see that exchanging the sides changes nothing."""
    merged = merged_file(base.encode(), ours.encode(), theirs.encode())
    assert merged == merged_file(base.encode(), theirs.encode(), ours.encode())
    assert merged is not None
    return merged.decode()


@pytest.mark.parametrize(
    ("refused", "allowed"),
    [
        ("\n  - channel: mail\n    allowed: no", "\n  channel: mail\n  allowed: yes"),
        ("\n  - channel: mail\n    allowed: no", " yes"),
        (" {mail: no}", " {mail: yes}"),
        ("\n  - channel: mail\n    allowed: nein, am Telefon gesagt", "\n  - channel: mail\n    allowed: yes"),  # noqa: E501  # a case a line
        ("\n  - channel: mail\n    allowed: abgelehnt", "\n  - channel: mail\n    allowed: ja"),
    ],
    ids=["a list and one", "a list and a word", "by channel", "with words", "another word"],
)  # fmt: skip
def test_a_refused_consent_wins_in_whatever_form_it_stands(refused: str, allowed: str) -> None:
    ours, theirs = (f"---\nname: A\nconsent:{value}\n---\n" for value in (refused, allowed))
    merged = from_both_sides("---\nname: A\nconsent:\n---\n", ours, theirs)
    assert f"consent:{refused}\n---\n" in merged
    assert "#settle" in merged
    consents = Document.read(ours.encode(), "customers/a.md", default_config()).customer.consents
    assert [consent.allowed for consent in consents] == [False]


@pytest.mark.parametrize("titles", [("Vorsicht", "Careful"), ("Gemeinsames", "Common ground")])
def test_one_section_added_in_two_languages_is_one_without_a_question(
    titles: tuple[str, str],
) -> None:
    start = "---\nname: A\n---\n\n# A\n"
    ours, theirs = (f"{start}\n## {title}\n\n- {title} hier\n" for title in titles)
    merged = from_both_sides(start, ours, theirs)
    assert merged.count("## ") == 1
    assert merged.count(" hier\n") == 2
    assert "#settle" not in merged


def test_sections_of_ones_own_that_both_rename_ask_the_same_from_both_sides() -> None:
    base = "---\nname: A\n---\n\n## Lager\n\n- Halle 3\n"
    merged = from_both_sides(base, base.replace("Lager", "Halle"), base.replace("Lager", "Depot"))
    assert "- [ ] Lager: Depot #settle" in merged


def test_the_name_of_a_key_in_the_other_language_is_no_loss() -> None:
    ours = "---\nname: A\nnicht kontaktieren: 2026-01-01 x\n---\n"
    theirs = "---\nname: A\ndo_not_contact: nein\n---\n"
    merged = from_both_sides("---\nname: A\n---\n", ours, theirs)
    assert merged.count("#settle") == 1
    assert "- [ ] do_not_contact: nein #settle" in merged


def test_a_refusal_wins_in_a_head_that_can_only_be_merged_by_lines_too() -> None:
    base = "---\nname: A\n[a]\nphone: 1\n---\n"
    ours = base.replace("phone: 1", "do_not_contact: 2026-01-01")
    theirs = base.replace("phone: 1", "phone: 2")
    assert "\ndo_not_contact: 2026-01-01\n---\n" in from_both_sides(base, ours, theirs)


ENTRY = "---\nname: A\n---\n\n## Verlauf\n\n### 2026-01-02 Anruf (ben)\n\n"


def test_a_promise_is_not_taken_for_another_one_of_its_day_and_person() -> None:
    base = f"{ENTRY}- [ ] Muster schicken due:2026-12-01 @ben\n"
    ticked = base.replace("[ ]", "[x]").replace("@ben\n", "@ben done:2026-11-20\n")
    merged = from_both_sides(base, ticked, base.replace("Muster schicken", "Rechnung mahnen"))
    assert "- [ ] Rechnung mahnen due:2026-12-01 @ben\n" in merged
    assert "- [x] Muster schicken due:2026-12-01 @ben done:2026-11-20\n" in merged
    assert "- [ ] Muster schicken: (entfernt) #settle" in merged


@pytest.mark.parametrize(
    ("text", "ours", "theirs"),
    [
        ("Prosa eins.", "Prosa eins.\nAnna weiß mehr.", "Prosa eins.\nBen weiß mehr."),
        ("- segelt", "- segelt viel", "- segelt auf der Ostsee"),
        ("- Stimmung:: gut", "- Stimmung:: sauer", "- Stimmung:: schlecht"),
    ],
    ids=["a paragraph", "an item", "a fact"],
)
def test_what_both_let_go_on_differently_stands_twice_with_a_question(
    text: str, ours: str, theirs: str
) -> None:
    merged = from_both_sides(*(f"{ENTRY}{one}\n" for one in (text, ours, theirs)))
    assert ours in merged
    assert theirs in merged
    assert "(zwei Fassungen) #settle" in merged


def test_an_entry_stays_in_its_history_whatever_section_the_other_side_puts_behind_it() -> None:
    base = f"{ENTRY}Eins.\n\n### 2025-12-01 Mail (ben)\n\nZwei.\n"
    first, _between, _last = base.partition("\n### 2025")
    section = f"{first}\n## Vorsicht\n\n- bissig\n"
    merged = from_both_sides(base, section, base.replace("Zwei.", "Zwei, mehr."))
    assert merged.endswith("### 2025-12-01 Mail (ben)\n\nZwei, mehr.\n\n## Vorsicht\n\n- bissig\n")


def test_who_words_a_heading_anew_and_who_ticks_a_task_below_it_meet_in_any_order() -> None:
    base = (
        ENTRY.replace("(ben)", "zu spät (ben)")
        + "Zum zweiten Mal.\n\n- Stimmung:: mies\n- [ ] Ersatz\n- [ ] Fotos\n"
    )  # one entry
    one = base.replace("zu spät", "ganz zu spät")
    two = base.replace("zweiten", "dritten")
    three = base.replace("zu spät", "viel zu spät").replace("- [ ] Ersatz", "- [x] Ersatz")
    results = {
        from_both_sides(base, from_both_sides(base, first, second), third)
        for first, second, third in permutations((one, two, three))
    }
    assert len(results) == 1
    assert "Zum dritten Mal." in results.pop()
