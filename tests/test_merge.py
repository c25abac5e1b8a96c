"""Two versions of a customer become one: by field, entry, task and paragraph, never by lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_md.document.merging import Merged, merge, taken_back

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "customers" / "modehaus-petersen.md").read_text(encoding="utf-8")
HISTORY = "## Verlauf\n\n"
SMALL = (
    "---\nname: A\ntags: [x, y]\n---\n\n# A\n\nEin Satz.\n\n## Verlauf\n\n### 2026-01-02 Anruf\n"
)


def edited(*edits: tuple[str, str], text: str = TEXT) -> str:
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def both(ours: str, theirs: str, base: str = TEXT) -> Merged:
    """Merge, and hold that it is the same from both sides."""
    merged = merge(base, ours, theirs)
    assert merge(base, theirs, ours).text == merged.text
    return merged


def entry(moment: str, subject: str) -> str:
    return f"### {moment} Anruf: {subject} (anna)\n\nSie sagt: {subject}.\n\n"


def test_two_entries_of_one_day_both_stay_and_stand_in_order() -> None:
    early, late = entry("2026-11-20 09:00", "früh"), entry("2026-11-20 15:00", "spät")
    merged = both(edited((HISTORY, HISTORY + early)), edited((HISTORY, HISTORY + late)))
    assert merged == Merged(edited((HISTORY, HISTORY + late + early)))


def test_in_a_file_kept_oldest_first_new_entries_go_down() -> None:
    base = "## Verlauf\n\n### 2026-01-01 a\n\n### 2026-01-02 b\n"
    ours, theirs = base + "\n### 2026-01-05 e\n", base + "\n### 2026-01-03 c\n"
    assert both(ours, theirs, base).text == base + "\n### 2026-01-03 c\n\n### 2026-01-05 e\n"


def test_an_entry_without_a_time_does_not_say_that_the_oldest_comes_first() -> None:
    base = "## Verlauf\n\n### 2026-10-26 Angebot\n\n### 2026-10-26 10:00 Anruf\n"
    new = ["### 2026-10-28 Mail\n\n", "### 2026-10-27 Besuch\n\n"]
    ours, theirs = (base.replace(HISTORY, HISTORY + entry) for entry in new)
    merged = both(ours, theirs, base)
    assert merged == Merged(base.replace(HISTORY, HISTORY + "".join(new)))
    assert both(merged.text, theirs, base) == merged


def test_the_same_entry_added_twice_is_one_entry() -> None:
    same = edited((HISTORY, HISTORY + entry("2026-11-20 09:00", "früh")))
    ours = edited(("segment: A", "segment: B"), text=same)
    assert both(ours, same).text == ours


def test_different_entries_of_one_minute_are_two() -> None:
    one, other = entry("2026-11-20 09:00", "Tee"), entry("2026-11-20 09:00", "Matjes")
    merged = both(edited((HISTORY, HISTORY + one)), edited((HISTORY, HISTORY + other)))
    assert merged == Merged(edited((HISTORY, HISTORY + one + other)))


def test_a_task_is_merged_by_its_parts() -> None:
    task = "- [ ] Ersatzlieferung bestätigen due:2026-11-19 @ben"
    ours = edited((task, "- [x] Ersatzlieferung bestätigen due:2026-11-19 @ben done:2026-11-20"))
    theirs = edited((task, "- [ ] Ersatzlieferung bestätigen due:2026-11-25 @ben"))
    wanted = edited((task, "- [x] Ersatzlieferung bestätigen due:2026-11-25 @ben done:2026-11-20"))
    assert both(ours, theirs) == Merged(wanted)


@pytest.mark.parametrize("below", ["Nicht mehr beliefern!", "  Nicht mehr beliefern!"])
def test_a_task_ticked_here_with_a_line_written_below_it_there_is_one_task(below: str) -> None:
    base = "---\nname: Q\n---\n\n## Vorsicht\n\n- [ ] anrufen\n"
    merged = both(base.replace("[ ]", "[x]"), f"{base}{below}\n", base)
    assert merged.text == base.replace("[ ]", "[x]") + f"{below}\n"
    assert merged.questions == ()


def test_a_task_that_both_added_is_ticked_if_one_is_with_the_earliest_day() -> None:
    bullet = "- segelt; beide auf der Borkum-Regatta 2019\n"
    tasks = [
        "- [ ] anrufen due:2026-12-01",
        "- [x] anrufen due:2026-12-01 done:2026-11-20",
        "- [x] anrufen due:2026-12-01 done:2026-11-18",
    ]
    one, two, three = (edited((bullet, f"{bullet}{task}\n")) for task in tasks)
    assert both(one, two) == Merged(two)
    assert both(two, three) == Merged(three)


def test_prose_and_facts_of_one_entry_are_merged_apart() -> None:
    ours = edited(("- Stimmung:: verärgert\n", "- Stimmung:: sehr verärgert\n"))
    theirs = edited(("Ersatz zugesagt.", "Ersatz zugesagt, per Post."))
    wanted = edited(("Ersatz zugesagt.", "Ersatz zugesagt, per Post."), text=ours)
    assert both(ours, theirs) == Merged(wanted)


def test_items_come_and_go_on_both_sides() -> None:
    base = edited(("[mode, insel]", "[mode, insel, meer]"))
    ours = edited(("[mode, insel, meer]", "[mode, meer, neu]"), text=base)
    theirs = edited(("[mode, insel, meer]", "[insel, meer, alt]"), text=base)
    assert "tags: [meer, alt, neu]\n" in both(ours, theirs, base).text


@pytest.mark.parametrize("gone", ["- eins zwei\n", "- drei vier\n"])
@pytest.mark.parametrize("mark", ["- ", "1. ", "- [ ] "])
def test_an_item_removed_here_is_gone_though_another_order_was_chosen_there(
    gone: str, mark: str
) -> None:
    base, swapped = "# A\n\n- eins zwei\n- drei vier\n", "# A\n\n- drei vier\n- eins zwei\n"
    texts = [text.replace("- ", mark) for text in (base.replace(gone, ""), swapped, base)]
    assert both(*texts) == Merged(texts[0])


def test_an_item_moved_here_and_worded_anew_there_is_both() -> None:
    base, moved = "# A\n\n- mag Tee\n- segelt gern\n", "# A\n\n- segelt gern\n- mag Tee\n"
    ours = base.replace("mag Tee", "mag gern Tee")
    assert both(ours, moved, base) == Merged(moved.replace("mag Tee", "mag gern Tee"))


def test_the_last_two_items_of_a_section_may_go_on_two_sides() -> None:
    base = "# A\n\n## Gemeinsames\n\n- segelt\n- angelt\n\n## Vorsicht\n\n- Bruder\n"
    merged = merge(base, base.replace("- segelt\n", ""), base.replace("- angelt\n", ""))
    assert merged.text == "# A\n\n## Gemeinsames\n\n## Vorsicht\n\n- Bruder\n"
    assert merged.questions == ()


def test_a_remark_an_order_and_quotation_marks_stay_where_nobody_changed_the_line() -> None:
    base = edited(("segment: A\n", 'segment: "A"   # seit 2020\n\n# wer\n'))
    ours = edited(("owner: anna", "owner: ben"), text=base)
    theirs = edited(("every: 6w", "every: '5w' # neu"), text=base)
    assert both(ours, theirs, base).text == edited(("owner: anna", "owner: ben"), text=theirs)


def test_quoting_here_and_changing_there_takes_the_change() -> None:
    ours, theirs = edited(("segment: A", 'segment: "A"')), edited(("segment: A", "segment: B"))
    assert both(ours, theirs) == Merged(theirs)


def test_one_person_may_get_facts_from_both_sides() -> None:
    role = "    role: Änderungsschneiderei\n"
    ours = edited((role, role + "    left: 2026-11\n"))
    theirs = edited(("phone: 04922 9300-15", "phone: [04922 9300-15, 0171 5]"))
    wanted = edited(("phone: 04922 9300-15", "phone: [04922 9300-15, 0171 5]"), text=ours)
    assert both(ours, theirs) == Merged(wanted)


def test_a_person_renamed_here_gets_the_number_from_there() -> None:
    ours = edited(("name: Fenna de Buhr", "name: Fenna Janssen"))
    theirs = edited(("04922 9300-15", "04922 9300-16"))
    assert both(ours, theirs) == Merged(edited(("04922 9300-15", "04922 9300-16"), text=ours))


def test_a_person_given_by_name_gets_facts_from_both_sides() -> None:
    base = "---\nname: A\ncontacts:\n  - Heike\n  - Kai\n---\n"
    ours = edited(("- Kai", "- name: Kai\n    phone: 0351 1"), text=base)
    theirs = edited(("- Kai", "- name: Kai\n    role: Einkauf"), text=base)
    merged = both(ours, theirs, base)
    assert merged.questions == ()
    assert "  - name: Kai\n    role: Einkauf\n    phone: 0351 1\n" in merged.text


def test_a_single_number_and_a_list_are_merged_as_a_list() -> None:
    base = "---\nname: A\nphone: 0351 1\n---\n"
    ours = edited(("phone: 0351 1", "phone:\n  - 0351 1\n  - 0351 2"), text=base)
    theirs = edited(("phone: 0351 1", "phone: [0351 1, 0351 3]"), text=base)
    merged = both(ours, theirs, base)
    assert merged.questions == ()
    assert sorted(merged.text.split("\n")) == sorted(
        ["---", "name: A", "phone:", "  - 0351 1", "  - 0351 2", "  - 0351 3", "---", ""]
    )


def test_a_key_moved_here_and_changed_there_is_moved_and_changed() -> None:
    ours = edited(("segment: A\nowner: anna\n", "owner: anna\nsegment: A\n"))
    theirs = edited(("owner: anna", "owner: ben"))
    assert both(ours, theirs).text == edited(("owner: anna", "owner: ben"), text=ours)


def test_a_section_moved_here_and_continued_there_is_moved_and_continued() -> None:
    careful = TEXT[TEXT.index("## Vorsicht") : TEXT.index("## Verlauf")]
    ours = edited((careful, ""), ("## Gemeinsames", f"{careful}## Gemeinsames"))
    theirs = edited(("ansprechen\n", "ansprechen\n- mag keine Hunde\n"))
    wanted = edited(("ansprechen\n", "ansprechen\n- mag keine Hunde\n"), text=ours)
    assert both(ours, theirs) == Merged(wanted)


def test_what_was_removed_here_and_left_alone_there_is_gone() -> None:
    for piece in (
        "goal: Alleinlieferant auf den Inseln bis 2027\n",
        "  - name: Okko Harms\n    role: Einkauf\n    left: 2023-09\n",
        "- segelt; beide auf der Borkum-Regatta 2019\n",
        "### 2026-05-11 Bestellung von Heike Petersen: 600 R7 Navy (anna)\n\nBetrag:: 4.920 €\n\n",
    ):
        ours = edited((piece, ""))
        theirs = edited(("segment: A", "segment: B"))
        assert both(ours, theirs) == Merged(edited(("segment: A", "segment: B"), text=ours))


def test_a_field_changed_differently_keeps_what_sorts_last_and_asks() -> None:
    merged = both(edited(("segment: A", "segment: B")), edited(("segment: A", "segment: C")))
    line = "## Zu klären\n\n- [ ] segment: B #settle\n\n"
    assert merged.text == edited(
        ("segment: A", "segment: C"), ("## Verlauf\n", f"{line}## Verlauf\n")
    )
    assert [question.text for question in merged.questions] == [
        "The field “Segment” was changed differently: “B” and “C”."
    ]
    (question,) = merged.questions
    assert (question.what, question.place) == ("field", ("segment",))
    assert (question.base, question.ours, question.theirs) == ("A", "B", "C")


def test_a_paragraph_changed_differently_stays_twice_and_asks() -> None:
    merged = both(edited(("Drei Läden", "Vier Läden")), edited(("Drei Läden", "Zwei Läden")))
    assert "Vier Läden" in merged.text
    assert "Zwei Läden" in merged.text
    assert "A text in “Modehaus Petersen” was changed" in merged.questions[0].text


def test_an_entry_with_two_new_headings_stays_twice_and_asks() -> None:
    ours = edited(("Naht an zwölf Jacken offen", "Naht an elf Jacken offen"))
    theirs = edited(("Naht an zwölf Jacken offen", "Naht an vielen Jacken offen"))
    merged = both(ours, theirs)
    assert merged.text.count("Zum zweiten Mal in sechs Wochen") == 2
    assert [question.what for question in merged.questions] == ["entry"]


QUICK = "## Verlauf\n\n### 2026-10-27 09:15 Anruf (anna)\n"


@pytest.mark.parametrize(
    "completed", ["\n- [ ] Muster schicken\n", "\n- Stimmung:: sauer\n", "\nSie ruft an.\n"]
)
def test_an_entry_logged_in_a_hurry_and_completed_by_both_is_one(completed: str) -> None:
    """Both texts, the subject: nothing of it is alike but the minute and the author."""
    theirs = QUICK.replace("Anruf", "Anruf mit Heike: Reklamation") + "\nNaht offen.\n"
    merged = both(QUICK + completed, theirs, QUICK)
    assert merged.questions == ()
    assert merged.text.count("### ") == 1
    assert completed.strip() in merged.text
    assert "Reklamation (anna)\n" in merged.text
    assert "Naht offen.\n" in merged.text


def test_an_entry_worded_anew_by_both_from_top_to_bottom_asks() -> None:
    base = QUICK + "\nErster Satz hier.\n"
    ours = base.replace("Anruf", "Anruf: Etikett").replace("hier", "dort") + "\nUnd dies.\n"
    theirs = base.replace("Anruf", "Anruf: Naht").replace("Satz", "Absatz") + "\nUnd das.\n"
    merged = both(ours, theirs, base)
    assert [question.what for question in merged.questions] == ["text", "entry"]


def test_two_entries_put_in_order_here_and_one_completed_there_stay_two() -> None:
    early, late = (
        "### 2026-10-26 Mail (ben)\n\nFragt.\n",
        "### 2026-10-27 Anruf (anna)\n\nWill mehr.\n",
    )
    base, ours = f"## Verlauf\n\n{early}\n{late}", f"## Verlauf\n\n{late}\n{early}"
    merged = both(ours, base.replace("Fragt.", "Fragt nach."), base)
    assert merged == Merged(ours.replace("Fragt.", "Fragt nach."))
    assert both(ours, f"## Verlauf\n\n{early}", base) == Merged(f"## Verlauf\n\n{early}")


def test_an_entry_without_a_time_worded_anew_by_both_from_top_to_bottom_asks() -> None:
    base = "# A\n\n## Verlauf\n\n### 2026-10-27 Anruf (anna)\n\nErster Satz hier.\n"
    ours = base.replace("Anruf", "Mail").replace("Erster Satz hier", "Ganz neu")
    theirs = base.replace("Anruf", "Besuch").replace("Erster Satz hier", "Völlig anders")
    merged = both(ours, theirs, base)
    assert [question.what for question in merged.questions] == ["entry"]
    assert "- [ ] 2026-10-27 Anruf (anna): (zwei Fassungen) #settle" in merged.text
    assert both(merged.text, ours, base).text == merged.text


def test_an_entry_removed_and_another_written_on_its_day_are_two() -> None:
    base = QUICK.replace(" 09:15", "") + "\nErster Satz hier.\n"
    ours = QUICK.replace(" 09:15 Anruf", " Messe") + "\nKunde war da.\n"
    merged = both(ours, base + "\nZweiter Satz.\n", base)
    assert merged.text.count("### ") == 2
    assert "- [ ] 2026-10-27 Anruf (anna): (entfernt) #settle" in merged.text


@pytest.mark.parametrize(
    ("piece", "change", "told"),
    [
        (
            "  - name: Okko Harms\n    role: Einkauf\n    left: 2023-09\n",
            ("role: Einkauf", "role: Chef"),
            "The field “Okko Harms”",
        ),
        (
            "goal: Alleinlieferant auf den Inseln bis 2027\n",
            ("bis 2027", "bis 2028"),
            "The field “Goal”",
        ),
        (
            "- trinkt Ostfriesentee nur mit Kluntje, nie mit Zucker: Fettnäpfchen von Ben\n",
            ("nie mit Zucker", "niemals mit Zucker"),
            "A text in “Gemeinsames”",
        ),
        (
            "- [ ] schickt die Fotos der Nähte due:2026-11-27 @kunde\n",
            ("due:2026-11-27", "due:2026-11-30"),
            "The task “schickt die Fotos der Nähte”",
        ),
        (
            "### 2019-02-19 Besuch mit Okko Harms (heiko)\n\n"
            "Kalt hereingeschneit, wörtlich. Er hatte Zeit, weil die Fähre nicht fuhr.\n",
            ("wörtlich", "fast wörtlich"),
            "The entry “2019-02-19 Besuch mit Okko Harms (heiko)”",
        ),
    ],
)
def test_what_was_removed_here_and_changed_there_stays_and_asks(
    piece: str, change: tuple[str, str], told: str
) -> None:
    ours, theirs = edited((piece, "")), edited(change)
    merged = both(ours, theirs)
    assert change[1] in merged.text
    assert [question.text for question in merged.questions] == [
        f"{told} was changed on one side and removed on the other."
    ]
    assert [question.since for question in merged.questions] == [f"{told} was removed since"]


def test_a_section_removed_here_stays_for_what_was_added_there() -> None:
    base = edited(("## Verlauf\n", "## Insel\n\nweit weg\n\n## Verlauf\n"))
    theirs = edited(("weit weg\n", "weit weg\n\nund schön\n"), text=base)
    assert both(TEXT, theirs, base) == Merged(edited(("weit weg\n\n", ""), text=theirs))


def test_a_history_removed_with_its_last_entry_stays_where_that_was_changed_there() -> None:
    base = "# A\n\n## Vorsicht\n\n- kein Rauch\n"
    entry = "## Verlauf\n\n### 2026-10-27 Anruf (anna)\n"
    merged = both(base, f"{base}\n{entry}\nWill mehr.\n", f"{base}\n{entry}")
    line = "- [ ] 2026-10-27 Anruf (anna): (entfernt) #settle"
    assert merged.text == f"{base}\n## Zu klären\n\n{line}\n\n{entry}\nWill mehr.\n"


def test_a_history_removed_here_stays_for_an_entry_added_there() -> None:
    base = "# A\n\n## Vorsicht\n\n- x\n\n## Verlauf\n\n### 2026-01-01 a\n"
    ours = "# A\n\n## Vorsicht\n\n- x\n"
    theirs = base + "\n### 2025-01-01 b\n"
    wanted = "# A\n\n## Vorsicht\n\n- x\n\n## Verlauf\n\n### 2025-01-01 b\n"
    assert both(ours, theirs, base) == Merged(wanted)


def test_both_begin_the_same_section() -> None:
    ours = edited(("# A\n", "# A\n\n## Vorsicht\n\n- Hund\n"), text=SMALL)
    theirs = edited(("# A\n", "# A\n\n## Vorsicht\n\n- Katze\n"), text=SMALL)
    wanted = edited(("# A\n", "# A\n\n## Vorsicht\n\n- Hund\n- Katze\n"), text=SMALL)
    assert both(ours, theirs, SMALL) == Merged(wanted)


def test_both_give_a_file_without_head_a_head() -> None:
    ours, theirs = "---\nname: A\n---\nText\n", "---\nphone: 0351 1\n---\nText\n"
    merged = both(ours, theirs, "Text\n")
    assert merged == Merged("---\nname: A\nphone: 0351 1\n---\nText\n")


def test_line_ends_are_no_change_and_those_of_the_base_stay() -> None:
    ours = edited(("segment: A", "segment: B")).replace("\n", "\r\n")
    theirs = edited(("every: 6w", "every: 5w"))
    wanted = edited(("segment: A", "segment: B"), ("every: 6w", "every: 5w"))
    assert both(ours, theirs) == Merged(wanted)
    base = TEXT.replace("\n", "\r\n")
    assert both(ours, theirs, base) == Merged(wanted.replace("\n", "\r\n"))


def test_lines_that_one_side_adds_to_a_file_of_mixed_ends_keep_theirs() -> None:
    base = "---\nname: A\n---\n\nEins\r\n\r\nZwei\n"
    ours, theirs = base + "\r\nDrei\r\n", base.replace("name: A", "name: B")
    assert both(ours, theirs, base).text == ours.replace("name: A", "name: B")


def test_a_missing_line_end_at_the_end_is_no_obstacle() -> None:
    base = SMALL.rstrip("\n")
    ours, theirs = base + "\n\n### 2025-12-01 Mail\n", base.replace("[x, y]", "[x]")
    assert both(ours, theirs, base) == Merged(ours.replace("[x, y]", "[x]"))


def test_a_head_that_does_not_parse_is_merged_all_the_same() -> None:
    base = "---\nname: Müller: Söhne\njunk\nowner: @anna\n---\nText\n"
    ours, theirs = base.replace("Söhne", "Töchter"), base.replace("@anna", "@ben")
    assert both(ours, theirs, base) == Merged(ours.replace("@anna", "@ben"))


def test_a_head_that_cannot_be_merged_by_key_is_merged_by_line() -> None:
    base = "---\n{name: A, phone: 1}\n---\n"
    ours, theirs = "---\nname: A\nphone: 1\ngoal: x\n---\n", "---\n{name: A, phone: 2}\n---\n"
    merged = both(ours, theirs, base)
    assert [question.text for question in merged.questions] == [
        "The head of the file was changed differently: “name: A phone: 1 goal: x” and"
        " “{name: A, phone: 2}”."
    ]


def test_an_open_fence_does_not_swallow_an_entry_without_a_word() -> None:
    theirs = edited(("Ein Satz.", "Ein Satz.\n\n```\nCode"), text=SMALL)
    ours = edited(("# A\n", "# A\n\nVorweg.\n"), text=SMALL)
    merged = both(ours, theirs, SMALL)
    assert "### 2026-01-02 Anruf" in merged.text
    assert "Vorweg." in merged.text


def test_taking_back_leaves_what_came_later() -> None:
    after = edited((HISTORY, HISTORY + entry("2026-11-20 09:00", "früh")))
    later = entry("2026-11-21 09:00", "später")
    now = edited((HISTORY, HISTORY + later), ("segment: A", "segment: B"), text=after)
    wanted = edited((HISTORY, HISTORY + later), ("segment: A", "segment: B"))
    assert taken_back(after, now, TEXT) == Merged(wanted)


def test_taking_back_a_removal_puts_it_where_it_stood() -> None:
    after = edited(("- trinkt Ostfriesentee nur mit Kluntje, nie mit Zucker: Fettn", "- Fettn"))
    now = edited(("Besprechung\n", "Besprechung\n- mag Krabben\n"), text=after)
    wanted = edited(("Besprechung\n", "Besprechung\n- mag Krabben\n"))
    assert taken_back(after, now, TEXT) == Merged(wanted)


def test_taking_back_the_first_of_two_numbers_leaves_the_second() -> None:
    before = "---\nname: A\n---\n"
    after = "---\nname: A\nphone: 0351 1\n---\n"
    now = "---\nname: A\nphone: [0351 1, 0351 2]\n---\n"
    assert taken_back(after, now, before) == Merged("---\nname: A\nphone: 0351 2\n---\n")


def test_taking_back_is_refused_where_the_very_piece_changed_since() -> None:
    after = edited(("segment: A", "segment: B"))
    back = taken_back(after, edited(("segment: A", "segment: C")), TEXT)
    assert [question.since for question in back.questions] == [
        "The field “Segment” was changed since: “C”"
    ]
    logged = edited((HISTORY, HISTORY + entry("2026-11-20 09:00", "früh")))
    now = edited(("Sie sagt: früh.", "Sie sagte: früh."), text=logged)
    assert [question.since for question in taken_back(logged, now, TEXT).questions] == [
        "The entry “2026-11-20 09:00 Anruf: früh (anna)” was changed since"
    ]


def test_what_was_taken_back_by_hand_already_needs_nothing() -> None:
    after = edited(("segment: A", "segment: B"))
    assert taken_back(after, edited(("every: 6w", "every: 5w")), TEXT) == Merged(
        edited(("every: 6w", "every: 5w"))
    )


def test_bytes_that_are_no_utf_8_survive_and_can_be_asked_about() -> None:
    base = "---\nname: M\udcfcller\n---\n\nf\udcfcr\n"
    ours, theirs = base.replace("ller", "hle"), base.replace("ller", "he")
    merged = both(ours, theirs, base)
    assert "name: M\udcfchle" in merged.text
    assert merged.questions[0].text == (
        "The field “Name” was changed differently: “M?hle” and “M?he”."
    )
