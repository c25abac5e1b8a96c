"""A new entry or note goes where it belongs, and nothing else in the file means anything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crm_md.config import default_config, read_config
from crm_md.document import Document, NewEntry, with_entry, with_note
from crm_md.document.body_edits import NoteRole
from crm_md.document.inserting import put_in
from crm_md.errors import WouldChangeMore
from crm_md.model import Customer, Entry, Section, Task
from tests.nasty import LINES, QUOTES, TAGS

GERMAN = default_config("de")
ENGLISH = default_config("en")
TEAM = read_config("[team.anna]\n[team.ben]\n")
DAY = date(2026, 11, 20)
HEAD = "---\nname: Acme\ncontacts: [Heike Petersen]\n---\n"


def document(text: str | bytes) -> Document:
    data = text if isinstance(text, bytes) else text.encode()
    return Document.read(data, "customers/acme.md", GERMAN)


def logged(
    text: str, day: str = "2026-11-20", clock: time | None = None, subject: str = "neu"
) -> str:
    entry = NewEntry(date.fromisoformat(day), clock, kind="call", subject=subject)
    return with_entry(document(text), entry).text


def order(text: str) -> list[str]:
    entries = sorted(document(text).customer.entries, key=lambda entry: entry.line)
    return [f"{entry.date:%m-%d} {entry.subject}" for entry in entries]


def noted(text: str, role: NoteRole, words: str) -> str:
    return with_note(document(text), role, words).text


def test_an_entry_is_written_with_all_it_has() -> None:
    entry = NewEntry(
        date=DAY,
        time=time(14, 30),
        kind="call",
        preposition="with",
        people=("Heike Petersen",),
        subject="Lieferung verspätet",
        author="anna",
        text="Zum zweiten Mal.\n\nErsatz bis Freitag zugesagt.",
        mood="verärgert",
        facts=(("amount", "120 €"), ("Farbton", "blau")),
        tasks=("Ersatz bestätigen due:2026-11-24 @ben", "- [ ] Fotos due:2026-11-27 @kunde"),
    )
    assert with_entry(document(HEAD + "\n## Verlauf\n"), entry).text == HEAD + (
        "\n## Verlauf\n\n"
        "### 2026-11-20 14:30 Anruf mit Heike Petersen: Lieferung verspätet (anna)\n\n"
        "Zum zweiten Mal.\n\nErsatz bis Freitag zugesagt.\n\n"
        "- Stimmung:: verärgert\n- Betrag:: 120 €\n- Farbton:: blau\n"
        "- [ ] Ersatz bestätigen due:2026-11-24 @ben\n- [ ] Fotos due:2026-11-27 @kunde\n"
    )


def test_an_entry_is_read_back_as_it_was_meant() -> None:
    entry = NewEntry(
        DAY, time(9, 5), "mail", "E-Mail", "from", ("Ott",), "Naht", "ben", "Zwei\nZeilen"
    )
    edited = with_entry(Document.read(b"", "acme.md", TEAM), entry)
    (found,) = edited.customer.entries
    assert (found.date, found.time, found.kind, found.kind_word) == (
        DAY,
        time(9, 5),
        "mail",
        "E-Mail",
    )
    assert (found.preposition, found.people, found.subject) == ("from", ("Ott",), "Naht")
    assert (found.author, found.text) == ("ben", "Zwei\nZeilen")


def test_a_file_without_history_gets_one_at_its_end() -> None:
    assert (
        logged("# Acme\n\nfrei\n") == "# Acme\n\nfrei\n\n## Verlauf\n\n### 2026-11-20 Anruf: neu\n"
    )
    assert logged("## Gemeinsames\n- a") == (
        "## Gemeinsames\n- a\n\n## Verlauf\n\n### 2026-11-20 Anruf: neu\n"
    )


@pytest.mark.parametrize(
    "text", ["", "---\nname: X\n---\n", "---\nname: X\n---", "---\nname: X\n", "\n"]
)
def test_an_empty_body_is_no_obstacle(text: str) -> None:
    edited = logged(text)
    assert edited.startswith(text)
    assert edited.endswith("## Verlauf\n\n### 2026-11-20 Anruf: neu\n")
    assert len(document(edited).customer.entries) == 1


def test_the_history_is_named_in_the_language_of_the_files_own_sections() -> None:
    assert "\n## History\n" in logged("## Careful\n\n- a\n")
    assert "### 2026-11-20 Call: neu" in logged("## Careful\n\n- a\n")
    empty = Document.read(b"", "acme.md", ENGLISH)
    assert "## History\n\n### 2026-11-20 Call: x" in (
        with_entry(empty, NewEntry(DAY, kind="call", subject="x", mood="angry")).text
    )
    entry = NewEntry(DAY, mood="angry", facts=(("solved", "yes"),))
    assert "- Mood:: angry\n- solved:: yes\n" in with_entry(empty, entry).text


NEWEST_FIRST = "## Verlauf\n\n### 2026-12-01 C\n\nc\n\n### 2026-11-01 B\n\nb\n\n### 2026-10-01 A\n"
OLDEST_FIRST = "## Verlauf\n\n### 2026-10-01 A\n\n### 2026-11-01 B\n\nb\n\n### 2026-12-01 C\n\nc\n"


@pytest.mark.parametrize(
    ("day", "place"), [("2026-12-24", 0), ("2026-11-20", 1), ("2026-10-15", 2), ("2025-01-01", 3)]
)
def test_an_entry_goes_before_the_first_older_one(day: str, place: int) -> None:
    assert order(logged(NEWEST_FIRST, day))[place].endswith(" neu")


@pytest.mark.parametrize(
    ("day", "place"), [("2026-12-24", 3), ("2026-11-20", 2), ("2026-10-15", 1), ("2025-01-01", 0)]
)
def test_in_a_file_kept_the_other_way_it_goes_behind_the_last_older_one(
    day: str, place: int
) -> None:
    assert order(logged(OLDEST_FIRST, day))[place].endswith(" neu")


def test_with_fewer_than_two_entries_it_is_newest_first() -> None:
    assert order(logged("## Verlauf\n\n### 2026-11-01 B\n")) == ["11-20 neu", "11-01 B"]
    assert order(logged("## Verlauf\n\n### 2026-12-01 B\n")) == ["12-01 B", "11-20 neu"]


def test_ties_go_by_time_and_none_counts_as_midnight() -> None:
    text = "## Verlauf\n\n### 2026-11-20 16:00 C\n\n### 2026-11-20 09:00 B\n\n### 2026-11-20 A\n"
    assert order(logged(text, clock=time(14, 30))) == ["11-20 C", "11-20 neu", "11-20 B", "11-20 A"]
    assert order(logged(text, clock=time(0, 1)))[2] == "11-20 neu"


def test_entries_of_one_moment_stand_in_one_order_however_they_came() -> None:
    one = logged(logged("", subject="eins"), subject="zwei")
    other = logged(logged("", subject="zwei"), subject="eins")
    assert one == other
    assert order(one) == ["11-20 zwei", "11-20 eins"]


def test_entries_that_stand_are_never_sorted_again() -> None:
    text = "## Verlauf\n\n### 2026-10-01 A\n\n### 2026-12-01 C\n\n### 2026-11-01 B\n"
    assert order(logged(text)) == ["11-20 neu", "10-01 A", "12-01 C", "11-01 B"]


def test_one_blank_line_stands_around_an_entry_and_the_other_bytes_stay() -> None:
    assert logged(NEWEST_FIRST) == NEWEST_FIRST.replace(
        "### 2026-11-01", "### 2026-11-20 Anruf: neu\n\n### 2026-11-01"
    )
    assert logged("## Verlauf\n### 2026-11-01 B") == (
        "## Verlauf\n\n### 2026-11-20 Anruf: neu\n\n### 2026-11-01 B"
    )
    assert logged("## Verlauf\n\n\n\n### 2026-11-01 B\n") == (
        "## Verlauf\n\n\n\n### 2026-11-20 Anruf: neu\n\n### 2026-11-01 B\n"
    )


def test_an_entry_has_the_level_of_its_neighbours() -> None:
    assert "\n#### 2026-11-20 " in logged("## Verlauf\n\n#### 2026-11-01 B\n")
    assert "\n## 2026-11-20 " in logged("## Verlauf\n\n## 2026-11-01 B\n")
    assert "\n## 2026-11-20 " in logged("# Acme\n\n## 2026-11-01 B\n")
    assert "\n### 2026-11-20 " in logged("## Verlauf\n\nnoch nichts\n")
    assert "\n###### 2026-11-20 " in logged("###### Verlauf\n")


def test_a_history_in_the_middle_stays_there() -> None:
    text = "## Verlauf\n\n## Vorsicht\n\n- a\n"
    assert logged(text) == "## Verlauf\n\n### 2026-11-20 Anruf: neu\n\n## Vorsicht\n\n- a\n"
    text = "## Verlauf\n\n### Alte Zeiten\n\nx\n\n## Vorsicht\n"
    assert logged(text).index("2026-11-20") > text.index("x")


def test_the_line_ends_and_the_byte_order_mark_of_the_file_stay() -> None:
    windows = b"\xef\xbb\xbf---\r\nname: X\r\n---\r\n\r\n## Verlauf\r\n\r\n### 2026-11-01 B\r\n"
    edited = with_entry(document(windows), NewEntry(DAY, subject="neu", text="a\nb")).data
    assert edited == windows.replace(
        b"### 2026-11-01", b"### 2026-11-20 neu\r\n\r\na\r\nb\r\n\r\n### 2026-11-01"
    )


def test_undecodable_bytes_stay() -> None:
    latin = b"---\nname: M\xfcller\n---\n\n## Verlauf\n\n### 2026-11-01 gr\xfc\xdfe\n"
    edited = with_entry(document(latin), NewEntry(DAY)).data
    assert edited == latin.replace(b"### 2026-11-01", b"### 2026-11-20\n\n### 2026-11-01")


def below(words: str) -> str:
    """What is written below the heading for a text."""
    text = with_entry(document(""), NewEntry(DAY, text=words)).text
    return text.partition("2026-11-20\n")[2].strip("\n")


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("# a\n## b\ntext", "\\# a\n\\## b\ntext"),
        ("   ### c", "   \\### c"),
        ("text\n   ### c", "text\n   \\### c"),
        ("```\ncode\n# d", "\\```\ncode\n\\# d"),
        ("~~~~ x", "\\~~~~ x"),
        ("<!-- offen\n# e", "\\<!-- offen\n\\# e"),
        ("<pre>\n\nx", "\\<pre>\n\nx"),
        ("```\n# zu\n```", "```\n# zu\n```"),
        ("<!-- zu -->", "<!-- zu -->"),
        ("---\n</pre>\n# A", "\\---\n</pre>\n\\# A"),
        ("#schlagwort", "#schlagwort"),
        ("> # zitiert\n- # gelistet", "> # zitiert\n- # gelistet"),
        ("Titel\n=====", "Titel\n====="),
        ("\n\n  a\r\nb\rc\x00\x1b\n\n", "  a\nb\nc"),
    ],
)
def test_text_that_would_be_structure_or_stays_open_is_escaped(words: str, written: str) -> None:
    assert below(words) == written


def test_what_is_open_above_is_closed_first() -> None:
    assert logged("## Verlauf\n\n```\nvergessen") == (
        "## Verlauf\n\n```\nvergessen\n```\n\n### 2026-11-20 Anruf: neu\n"
    )
    assert logged("frei\n\n<!-- vergessen\n") == (
        "frei\n\n<!-- vergessen\n-->\n\n## Verlauf\n\n### 2026-11-20 Anruf: neu\n"
    )


def test_an_indented_heading_below_does_not_fall_into_a_list() -> None:
    text = "## Verlauf\n\n  ### 2026-11-01 B\n"
    edited = with_entry(document(text), NewEntry(DAY, mood="gut")).text
    assert (
        edited
        == "## Verlauf\n\n### 2026-11-20\n\n- Stimmung:: gut\n\n<!-- -->\n\n  ### 2026-11-01 B\n"
    )
    assert len(document(edited).customer.entries) == 2


def test_a_rule_in_the_text_does_not_close_an_unclosed_head() -> None:
    edited = with_entry(document("---\nname: X\n"), NewEntry(DAY, text="a: b\n---\nc")).text
    assert "\n\\---\n" in edited
    assert document(edited).customer.name == "X"


def test_a_paragraph_goes_to_the_end_of_the_free_text() -> None:
    text = "# Acme\n\nfrei\n\n## Vorsicht\n\n- a\n"
    assert noted(text, "", "mehr") == "# Acme\n\nfrei\n\nmehr\n\n## Vorsicht\n\n- a\n"
    assert noted("# Acme\n", "", "mehr") == "# Acme\n\nmehr\n"
    assert noted("frei\n## Vorsicht\n", "", "# mehr") == "frei\n\n\\# mehr\n\n## Vorsicht\n"
    assert noted("", "", "---\na\n---") == "\\---\na\n\\---\n"
    assert noted(HEAD, "", "zwei\nZeilen") == HEAD + "\nzwei\nZeilen\n"


@pytest.mark.parametrize(
    ("section", "edited"),
    [
        ("- a\n\n", "- a\n- neu\n\n"),
        ("- a\n", "- a\n- neu\n"),
        ("* a\n  weiter\n\n", "* a\n  weiter\n* neu\n\n"),
        (" - a\n\n", " - a\n - neu\n\n"),
        ("- a\n  - b\n\n", "- a\n  - b\n- neu\n\n"),
        ("", "- neu\n\n"),
        ("Worte.\n\n", "Worte.\n\n- neu\n\n"),
        ("- a\n\nWorte.\n\n", "- a\n\nWorte.\n\n- neu\n\n"),
    ],
)
def test_a_line_goes_below_the_last_one_of_its_section(section: str, edited: str) -> None:
    around = ("## Vorsicht\n\n", "## Verlauf\n")
    assert noted(f"{around[0]}{section}{around[1]}", "careful", "neu") == edited.join(around)


def test_a_line_at_the_end_of_the_file_gets_its_line_end() -> None:
    assert noted("## Vorsicht\n\n- a", "careful", "neu") == "## Vorsicht\n\n- a\n- neu\n"


def test_a_section_that_is_missing_is_made_in_its_place() -> None:
    text = "# Acme\n\nfrei\n\n## Verlauf\n\n### 2026-11-01 B\n"
    careful = noted(text, "careful", "eins")
    both = noted(careful, "common", "zwei")
    assert both == (
        "# Acme\n\nfrei\n\n## Gemeinsames\n\n- zwei\n\n## Vorsicht\n\n- eins\n\n"
        "## Verlauf\n\n### 2026-11-01 B\n"
    )
    assert noted(noted(text, "common", "zwei"), "careful", "eins") == both
    assert noted("", "common", "a") == "## Gemeinsames\n\n- a\n"
    assert noted("## 2026-11-01 B\n", "settle", "a") == "## Zu klären\n\n- a\n\n## 2026-11-01 B\n"
    history = "# Acme\n\n## Vorsicht\n\n## Verlauf\n\n### 2026-11-01 B\n"
    asked = history.replace("## Verlauf", "## Zu klären\n\n- a\n\n## Verlauf")
    assert noted(history, "settle", "a") == asked


def test_a_new_section_takes_no_other_in() -> None:
    text = "### Projekte\n\n- x\n"
    assert noted(text, "common", "a") == "### Gemeinsames\n\n- a\n\n### Projekte\n\n- x\n"


@pytest.mark.parametrize("words", ["```", "<!-- x", "[ ] a", "zwei\nZeilen", "# a", "- a", "1. a"])
def test_a_line_of_any_words_is_one_item(words: str) -> None:
    edited = document(noted("## Vorsicht\n\n- a\n\n## Verlauf\n", "careful", words)).customer
    assert len(edited.careful) == 2
    assert edited.tasks == ()
    assert len(edited.sections) == 2


def test_what_would_change_the_meaning_of_a_heading_below_is_refused() -> None:
    text = "## Vorsicht\n\n+   a\n\n   ## Verlauf\n"
    with pytest.raises(WouldChangeMore, match="line 4") as refused:
        noted(text, "careful", "neu")
    assert refused.value.exit_code // 10 == 4


def test_lines_that_would_become_a_head_are_refused() -> None:
    with pytest.raises(WouldChangeMore):
        put_in(document("text\n"), 0, "---\nname: X\n---")


def test_blank_words_change_nothing() -> None:
    assert noted("## Vorsicht\n", "careful", " \n\x1b") == "## Vorsicht\n"


# --- laws -----------------------------------------------------------------------------------------

BODY_LINES = (
    *("## Verlauf", "## History", "# Verlauf", "### Verlauf", "## Vorsicht", "### Gemeinsames"),
    *(
        "### 2026-11-20 Anruf mit Heike: x",
        "### 2026-10-02 Mail",
        "## 2026-11-19 A",
        "  ### 2026-12-01",
    ),
    *(
        "#### 2026-11-25 tief",
        "### 2026-11-20 14:30 B",
        "### 1.1.2020 alt",
        "## Frei",
        "# Acme",
        "",
    ),
    *(
        "",
        "- [ ] Aufgabe due:2026-12-01 @ben",
        "- Stimmung:: gut",
        "[[acme]]",
        "- a",
        "text",
        "```",
    ),
    *(
        "### 20.11. Anruf",
        "<!--",
        "-->",
        "> quote",
        "  - b",
        "    code",
        "---",
        "\ta",
        "#### Detail",
    ),
)
HEADS = (
    "",
    "---\nname: Acme\n---\n",
    HEAD,
    "---\nname: Acme\n",
    "---\nname: Acme\n---\n\n",
    "\ufeff",
)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    lines = draw(st.lists(st.sampled_from(BODY_LINES), max_size=14))
    body = "\n".join(lines) + draw(st.sampled_from(("", "\n", "\n\n")))
    end = draw(st.sampled_from(("\n", "\r\n")))
    text = (draw(st.sampled_from(HEADS)) + body).replace("\n", end)
    return text.encode() + draw(st.sampled_from((b"", b"\xfc", b"gr\xfc\xdfe\n")))


WORDS = st.lists(st.sampled_from((*LINES, *QUOTES, *TAGS, *BODY_LINES)), max_size=6).map(
    "\n".join
) | st.text(max_size=40)
ENTRIES = st.builds(
    NewEntry,
    date=st.dates(date(2026, 9, 1), date(2026, 12, 31)) | st.dates(),
    time=st.none() | st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    kind=st.sampled_from(("", "call", "complaint", "Montage")),
    people=st.sampled_from(((), ("Heike",), ("Herr Ott", "Heike"))),
    subject=WORDS,
    author=st.sampled_from(("", "anna")),
    text=WORDS,
    mood=st.sampled_from(("", "verärgert", "aber\nfair")),
    tasks=st.lists(WORDS, max_size=2).map(tuple),
)


def unplaced(entry: Entry) -> Entry:
    return replace(entry, line=0, tasks=tuple(replace(task, line=0) for task in entry.tasks))


def counted(customer: Customer) -> tuple[dict[Entry, int], list[Section], list[Task]]:
    """Everything of the body that must stay, without the lines where it stands."""
    entries = list(map(unplaced, customer.entries))
    sections = [replace(section, line=0) for section in customer.sections]
    tasks = [replace(task, line=0) for task in customer.tasks]
    return {entry: entries.count(entry) for entry in entries}, sections, tasks


def inserted(before: bytes, after: bytes) -> bytes:
    """The bytes that were put in, at one place; fails if any other was touched."""
    for at in range(len(before) + 1):
        added = len(after) - len(before)
        if after[:at] + after[at + added :] == before and after[:at] == before[:at]:
            return after[at : at + added]
    raise AssertionError("more was changed than put in")


@settings(max_examples=200, deadline=None)
@given(files(), ENTRIES)
def test_an_entry_with_any_text_is_one_entry_more_and_all_else_stays(
    data: bytes, entry: NewEntry
) -> None:
    before = document(data)
    after = with_entry(before, entry)
    inserted(before.data, after.data)
    old, old_sections, old_tasks = counted(before.customer)
    new, new_sections, new_tasks = counted(after.customer)
    assert len(after.customer.entries) == len(before.customer.entries) + 1
    assume(not before.outline.closing)  # else that is closed first, which is a line more there
    (added,) = [entry for entry, count in new.items() if count > old.get(entry, 0)]
    assert {entry: count for entry, count in new.items() if entry != added} == {
        entry: count for entry, count in old.items() if entry != added
    }
    assert (added.date, added.time, added.author) == (entry.date, entry.time, entry.author)
    made = [section for section in new_sections if section not in old_sections]
    assert [section for section in new_sections if section in old_sections] == old_sections
    assert all(section.role == "history" and not section.text for section in made)
    assert [task for task in new_tasks if task not in added.tasks] == [
        task for task in old_tasks if task not in added.tasks
    ]
    for part in ("name", "contacts", "common", "careful", "settle"):
        assert getattr(after.customer, part) == getattr(before.customer, part)


@settings(max_examples=200, deadline=None)
@given(files(), st.sampled_from(("", "common", "careful", "settle")), WORDS)
def test_a_note_of_any_words_leaves_all_else_as_it_is(
    data: bytes, role: NoteRole, words: str
) -> None:
    before = document(data)
    after = with_note(before, role, words)
    inserted(before.data, after.data)
    assume(not before.outline.closing)
    old, old_sections, _tasks = counted(before.customer)
    new, new_sections, _tasks = counted(after.customer)
    assert new == old
    assert len(new_sections) - len(old_sections) in (0, 1)
    if role and after.data != before.data:
        assert len(getattr(after.customer, role)) == len(getattr(before.customer, role)) + 1


@settings(max_examples=100, deadline=None)
@given(st.sampled_from((NEWEST_FIRST, OLDEST_FIRST)), ENTRIES, ENTRIES)
def test_two_entries_stand_in_one_order_however_they_came(
    text: str, one: NewEntry, other: NewEntry
) -> None:
    before = document(text)
    assert with_entry(with_entry(before, one), other).data == (
        with_entry(with_entry(before, other), one).data
    )
