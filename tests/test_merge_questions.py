"""What a merge cannot decide becomes a line in the section *To settle*; nothing is lost."""

from __future__ import annotations

import pytest

from crm_md.document.merging import merge

HEAD = "---\nname: A\nphone: 0351 10\n---\n"
TEXT = HEAD + "\n# A\n\n## Verlauf\n\n### 2026-01-02 Anruf: eins (anna)\n\nEr kommt.\n"


def changed(*edits: tuple[str, str], text: str = TEXT) -> str:
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def merged(ours: str, theirs: str, base: str = TEXT) -> str:
    """Merge, and hold that it is the same from both sides and that nothing is said twice."""
    text = merge(base, ours, theirs).text
    assert merge(base, theirs, ours).text == text
    assert merge(base, text, ours).text == text
    return text


def questions(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.endswith("#settle")]


def test_the_losing_value_of_a_field_becomes_a_line_before_the_history() -> None:
    text = merged(changed(("0351 10", "0351 11")), changed(("0351 10", "0351 12")))
    line = "## Zu klären\n\n- [ ] phone: 0351 11 #settle\n\n"
    assert text == changed(("0351 10", "0351 12"), ("## Verlauf", f"{line}## Verlauf"))


def test_a_file_without_sections_is_asked_in_english_at_its_end() -> None:
    ours, theirs = HEAD.replace("10", "11"), HEAD.replace("10", "12")
    assert merged(ours, theirs, HEAD) == theirs + "\n## To settle\n\n- [ ] phone: 0351 11 #settle\n"


@pytest.mark.parametrize(
    ("edits", "kept", "asked"),
    [
        (
            [("phone: 0351 10\n", ""), ("0351 10", "0351 12")],
            "phone: 0351 12",
            "phone: (entfernt)",
        ),
        (
            [("Er kommt.", "Er kommt nicht."), ("Er kommt.", "Er kommt nie.")],
            "Er kommt nicht.\n\nEr kommt nie.",
            "2026-01-02 Anruf: eins (anna): Er kommt.: (zwei Fassungen)",
        ),
        (
            [("Anruf: eins", "Anruf: drei"), ("Anruf: eins", "Anruf: zwei")],
            "### 2026-01-02 Anruf: zwei (anna)\n\nEr kommt.\n\n### 2026-01-02 Anruf: drei (anna)",
            "2026-01-02 Anruf: eins (anna): (zwei Fassungen)",
        ),
        (
            [("### 2026-01-02 Anruf: eins (anna)\n\nEr kommt.\n", ""), ("kommt", "ging")],
            "Er ging.",
            "2026-01-02 Anruf: eins (anna): (entfernt)",
        ),
    ],
)
def test_each_disagreement_is_a_line(edits: list[tuple[str, str]], kept: str, asked: str) -> None:
    ours, theirs = (changed(edit) for edit in edits)
    text = merged(ours, theirs)
    assert kept in text
    assert questions(text) == [f"- [ ] {asked} #settle"]


def test_the_parts_of_a_task_are_told_without_becoming_its_day() -> None:
    base = TEXT + "\n- [ ] Naht prüfen due:2026-12-01 @ben\n"
    text = merged(
        changed(("12-01", "12-05"), text=base), changed(("12-01", "12-03"), text=base), base
    )
    assert "- [ ] Naht prüfen due:2026-12-05 @ben\n" in text
    assert questions(text) == ["- [ ] Naht prüfen: due 2026-12-03 #settle"]


def test_a_person_is_named_and_so_is_a_part_of_the_address() -> None:
    base = "---\nname: A\ncontacts:\n  - name: Heike\n    phone: 1\naddress:\n  zip: '01'\n---\n"
    ours = changed(("phone: 1", "phone: 2"), ("'01'", "'02'"), text=base)
    theirs = changed(("phone: 1", "phone: 3"), ("'01'", "'03'"), text=base)
    assert questions(merged(ours, theirs, base)) == [
        "- [ ] address.zip: 02 #settle",
        "- [ ] contacts.Heike.phone: 2 #settle",
    ]


@pytest.mark.parametrize(
    ("base", "yields", "wins"),
    [
        ("do_not_contact: nein", "do_not_contact: no", "do_not_contact: 2026-01-01 will nicht"),
        ("do_not_contact: 2026-01-01", "do_not_contact: nein", "do_not_contact: 2026-02-01"),
        ("consent:\n  - channel: mail", "    allowed: yes", "    allowed: no"),
        ("consent:\n  - channel: mail", "    allowed: ja", "    allowed: Nein"),
    ],
)
def test_who_wants_no_contact_is_heard_whatever_sorts_last(
    base: str, yields: str, wins: str
) -> None:
    def head(line: str) -> str:
        top = f"{base}\n" if line.startswith(" ") else ""
        return f"---\nname: A\n{top}{line}\n---\n"

    start = f"---\nname: A\n{base}\n---\n"
    text = merged(head(yields), head(wins), start)
    assert text.startswith(head(wins))
    assert questions(text)[0].endswith(f"{yields.strip().partition(': ')[2]} #settle")


def asked(*lines: str, text: str = TEXT) -> str:
    block = "".join(f"- [ ] {line} #settle\n" for line in lines)
    return text.replace("## Verlauf\n", f"## Zu klären\n\n{block}\n## Verlauf\n")


def test_questions_are_a_set_sorted_and_without_doubles() -> None:
    ours = changed(("name: A", "name: B"), text=asked("goal: x", "zip: 1"))
    theirs = changed(("name: A", "name: B"), text=asked("goal: x", "city: y"))
    assert questions(merged(ours, theirs)) == [
        "- [ ] city: y #settle",
        "- [ ] goal: x #settle",
        "- [ ] zip: 1 #settle",
    ]


def test_a_question_settled_here_does_not_come_back_from_there() -> None:
    base = asked("goal: x", "zip: 1")
    theirs = changed(("Er kommt.", "Sie kommt."), text=base)
    assert merged(asked("zip: 1"), theirs, base) == changed(
        ("- [ ] goal: x #settle\n", ""), text=theirs
    )
    assert merged(TEXT, theirs, base) == changed(("Er kommt.", "Sie kommt."))


def test_two_people_who_settle_one_question_each_leave_no_empty_section() -> None:
    base = asked("goal: x", "zip: 1")
    assert merged(asked("zip: 1"), asked("goal: x"), base) == TEXT


def test_what_people_wrote_into_the_section_stays_where_it_is() -> None:
    section = "\n\n## Zu klären\n\nWer zahlt?\n\n- fragen\n"
    base = TEXT.rstrip("\n") + section
    ours, theirs = (changed(("0351 10", n), text=base) for n in ("0351 11", "0351 12"))
    assert merged(ours, theirs, base) == theirs + "- [ ] phone: 0351 11 #settle\n"


def test_a_section_in_english_made_before_the_file_had_a_language_is_translated() -> None:
    ours = HEAD + "\n## To settle\n\n- [ ] goal: (removed) #settle\n"
    theirs = HEAD + "\n## Verlauf\n\n### 2026-01-01 Anruf\n"
    lines = "\n## Zu klären\n\n- [ ] goal: (entfernt) #settle\n\n"
    assert merged(ours, theirs, HEAD) == theirs.replace("\n## Verlauf", f"{lines}## Verlauf")


def test_headings_made_deeper_here_take_in_an_entry_logged_there() -> None:
    ours = TEXT.replace("### 2026", "#### 2026").replace("## Verlauf", "### Verlauf")
    theirs = changed(("### 2026-01-02", "### 2026-01-05 Mail: neu (ben)\n\n### 2026-01-02"))
    assert "\n\n#### 2026-01-05 Mail: neu (ben)\n\n#### 2026-01-02" in merged(ours, theirs)


def test_a_heading_made_deeper_here_and_worded_there_is_both() -> None:
    ours = changed(("### 2026-01-02 Anruf: eins", "#### 2026-01-02 Anruf: eins"))
    theirs = changed(("Anruf: eins", "Anruf: zwei"))
    assert merged(ours, theirs) == changed(
        ("### 2026-01-02 Anruf: eins", "#### 2026-01-02 Anruf: zwei")
    )


def test_three_versions_of_a_paragraph_stand_in_one_order_however_they_met() -> None:
    sides = [changed(("Er kommt.", f"Er kommt {when}.")) for when in ("bald", "nie", "heute")]
    one = merge(TEXT, merge(TEXT, sides[0], sides[1]).text, sides[2]).text
    assert one == merge(TEXT, merge(TEXT, sides[2], sides[1]).text, sides[0]).text
    assert "Er kommt bald.\n\nEr kommt heute.\n\nEr kommt nie.\n" in one
    assert len(questions(one)) == 1


def test_three_headings_of_an_entry_are_three_entries_however_they_met() -> None:
    base = TEXT + "\nUm drei.\n"
    one, two, three = (changed(("eins", word), text=base) for word in ("zwei", "drei", "vier"))
    two = changed(("Um drei.", "Um drei.\n\nMit Hund."), text=two)
    text = merge(base, merge(base, one, two).text, three).text
    assert text == merge(base, merge(base, one, three).text, two).text
    assert text == merge(base, merge(base, two, three).text, one).text
    assert text.count("Mit Hund.") == 3


def test_a_stray_return_behind_a_heading_is_no_question_and_the_same_from_both_sides() -> None:
    base = "## Gemeinsames\r\n"
    ours, theirs = f"## Gemeinsames\n{base}", f"{base}## Gemeinsames\r\r\n"
    merged = merge(base, ours, theirs)
    assert merged.text == merge(base, theirs, ours).text
    assert "#settle" not in merged.text


@pytest.mark.parametrize("before", ["", "- Stimmung:: müde\n"])
@pytest.mark.parametrize("mark", ["- ", ""])
def test_two_moods_of_one_entry_both_stay_and_are_asked_by_their_key(
    before: str, mark: str
) -> None:
    base = f"{TEXT}\n{before}"
    good, bad = (f"{TEXT}\n{mark}Stimmung:: {mood}\n" for mood in ("gut", "schlecht"))
    text = merged(good, bad, base)
    assert text.split("\n\n")[-1].split("\n")[-2] == f"{mark}Stimmung:: schlecht"
    assert f"{mark}Stimmung:: gut\n" in text
    line = "- [ ] 2026-01-02 Anruf: eins (anna): Stimmung: (zwei Fassungen) #settle"
    assert questions(text) == [line]
    sour = f"{TEXT}\n{mark}Stimmung:: sauer\n"
    one = merge(base, text, sour).text
    assert one == merge(base, merge(base, good, sour).text, bad).text
    assert one == merge(base, merge(base, bad, sour).text, good).text
    assert questions(one) == [line]
