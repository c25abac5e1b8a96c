"""Ticking one task of a file: the box, the day, a note; every other byte as it was."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.document import Document, with_task, with_task_ended
from crm_md.document.task_edits import Ending
from crm_md.errors import WouldChangeMore
from tests.builders import config

DAY = date(2026, 11, 20)
HEAD = "---\nname: Acme\nowner: anna\n---\n"


def read(text: str) -> Document:
    return Document.read(text.encode(), "customers/acme.md", config('language = "de"'))


def ticked(line: str, ending: Ending = "done", note: str = "", below: str = "") -> str:
    document = read(f"{HEAD}{line}\n{below}")
    return with_task_ended(document, 5, ending, DAY, note).text.removeprefix(HEAD)


@pytest.mark.parametrize(
    ("line", "done"),
    [
        ("- [ ] Ersatz", "- [x] Ersatz done:2026-11-20"),
        (
            "- [ ] Ersatz due:2026-11-24 @ben",
            "- [x] Ersatz due:2026-11-24 @ben done:2026-11-20",
        ),
        ("  * [ ] Ersatz  ", "  * [x] Ersatz done:2026-11-20  "),
        ("> + [ ] Ersatz", "> + [x] Ersatz done:2026-11-20"),
        ("- [ ] Ersatz fällig: 1.12.2026", "- [x] Ersatz fällig: 1.12.2026 erledigt:2026-11-20"),
        ("- [ ] Ersatz 📅 2026-12-01", "- [x] Ersatz 📅 2026-12-01 ✅ 2026-11-20"),
        (
            "- [ ] Ersatz [due:: 2026-12-01]",
            "- [x] Ersatz [due:: 2026-12-01] [completion:: 2026-11-20]",
        ),
        ("- [ ] Ersatz ^a1b2", "- [x] Ersatz done:2026-11-20 ^a1b2"),
        ("- [ ] Ersatz done:2026-01-01", "- [x] Ersatz done:2026-11-20"),
        ("- [ ] Ersatz ✅ 2026-01-01", "- [x] Ersatz ✅ 2026-11-20"),
        ("- [ ] Ersatz\r", "- [x] Ersatz done:2026-11-20\r"),
    ],
)
def test_the_box_is_ticked_and_the_day_told_as_the_line_tells_days(line: str, done: str) -> None:
    assert ticked(line) == f"{done}\n"


@pytest.mark.parametrize(
    ("line", "dropped"),
    [
        ("- [ ] Ersatz due:2026-11-24", "- [-] Ersatz due:2026-11-24"),
        ("- [ ] Ersatz 📅 2026-12-01", "- [-] Ersatz 📅 2026-12-01 ❌ 2026-11-20"),
    ],
)
def test_what_is_not_necessary_any_more_is_dropped(line: str, dropped: str) -> None:
    assert ticked(line, "dropped") == f"{dropped}\n"


@pytest.mark.parametrize(
    ("line", "below", "after"),
    [
        ("- [ ] Ersatz", "", "- [x] Ersatz done:2026-11-20\n  - per Post\n"),
        ("- [ ] Ersatz", "- [ ] Muster\n", None),
        (
            "- [ ] Ersatz",
            "  in Blau\nund Rot\n  - Muster\n",
            "- [x] Ersatz done:2026-11-20\n  in Blau\nund Rot\n  - per Post\n  - Muster\n",
        ),
        ("  * [ ] Ersatz", "", "  * [x] Ersatz done:2026-11-20\n    - per Post\n"),
        ("> - [ ] Ersatz", "", "> - [x] Ersatz done:2026-11-20\n>   - per Post\n"),
        ("- [ ] Ersatz", "\n## Verlauf\n", None),
    ],
)
def test_a_note_stands_below_the_task(line: str, below: str, after: str | None) -> None:
    done = ticked(line, note="per Post", below=below)
    assert done == (after or f"- [x] Ersatz done:2026-11-20\n  - per Post\n{below}")


def test_a_note_below_the_last_line_without_a_line_end() -> None:
    done = with_task_ended(read(f"{HEAD}- [ ] Ersatz"), 5, "done", DAY, "per Post")
    assert done.text.removeprefix(HEAD) == "- [x] Ersatz done:2026-11-20\n  - per Post\n"


@pytest.mark.parametrize("note", ["# laut", "[ ] noch etwas", "a\n## Verlauf", "```", "<!-- x"])
def test_a_note_never_becomes_structure_or_a_task(note: str) -> None:
    text = f"{HEAD}- [ ] Ersatz\n\n## Verlauf\n\n### 2026-10-01 Anruf\n"
    after = with_task_ended(read(text), 5, "done", DAY, note).customer
    assert [task.text for task in after.tasks] == ["Ersatz"]
    assert len(after.entries) == 1
    assert len(after.sections) == len(read(text).customer.sections)


def test_a_line_that_is_no_task_is_refused() -> None:
    for line in (1, 5, 6, 99):
        with pytest.raises(WouldChangeMore):
            with_task_ended(read(f"{HEAD}- Ersatz\n"), line, "done", DAY)


def test_a_task_in_code_is_no_task_and_refused() -> None:
    with pytest.raises(WouldChangeMore):
        with_task_ended(read(f"{HEAD}```\n- [ ] Ersatz\n```\n"), 6, "done", DAY)


WORDS = st.text("aä #-[]:@()*>^\u2028\x0b📅", max_size=12)
ENDS = st.sampled_from(["\n", "\r\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=4), WORDS, st.lists(WORDS, max_size=4), ENDS)
def test_only_the_line_of_the_task_changes(
    above: list[str], words: str, below: list[str], end: str
) -> None:
    lines = [*HEAD.split("\n")[:-1], *above, f"- [ ] x{words}", *below, ""]
    document = Document.read(end.join(lines).encode(), "customers/acme.md", config())
    place = len(lines) - len(below) - 2
    try:
        after = with_task_ended(document, place + 1, "done", DAY)
    except WouldChangeMore:
        return  # the task is in code, or in a comment
    old, new = document.text.split("\n"), after.text.split("\n")
    assert old[:place] + old[place + 1 :] == new[:place] + new[place + 1 :]
    states = [task.state for task in after.customer.tasks]
    assert len(states) == len(document.customer.tasks)
    assert states.count("done") == 1 + sum(t.state == "done" for t in document.customer.tasks)


def added(text: str, words: str = "Katalog") -> str:
    return with_task(read(text), words).text


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (HEAD, f"{HEAD}\n## Aufgaben\n\n- [ ] Katalog\n"),
        (
            f"{HEAD}\n# Acme\n\n## Vorsicht\n\n- x\n\n## Verlauf\n\n### 2026-10-01 Anruf\n",
            f"{HEAD}\n# Acme\n\n## Vorsicht\n\n- x\n\n## Aufgaben\n\n- [ ] Katalog\n\n"
            "## Verlauf\n\n### 2026-10-01 Anruf\n",
        ),
        (
            f"{HEAD}\n## History\n\n### 2026-10-01 call\n",
            f"{HEAD}\n## To do\n\n- [ ] Katalog\n\n## History\n\n### 2026-10-01 call\n",
        ),
        (
            f"{HEAD}\n### 2026-10-01 Anruf\n\nx\n",
            f"{HEAD}\n### Aufgaben\n\n- [ ] Katalog\n\n### 2026-10-01 Anruf\n\nx\n",
        ),
        (
            f"{HEAD}\n## Offen:\n\n* [x] alt\n\n## Verlauf\n",
            f"{HEAD}\n## Offen:\n\n* [x] alt\n* [ ] Katalog\n\n## Verlauf\n",
        ),
        (f"{HEAD}\n## To do\n", f"{HEAD}\n## To do\n\n- [ ] Katalog\n"),
    ],
)
def test_a_task_without_an_entry_goes_to_the_section_for_tasks(text: str, after: str) -> None:
    assert added(text) == after


def test_a_second_task_goes_below_the_first() -> None:
    twice = with_task(with_task(read(HEAD), "Katalog"), "Muster")
    assert twice.text == f"{HEAD}\n## Aufgaben\n\n- [ ] Katalog\n- [ ] Muster\n"


def test_a_task_added_leaves_the_entries_what_they_are() -> None:
    text = f"{HEAD}\n### 2026-10-01 Anruf\n\nx\n\n#### Notiz\n\n### 2026-09-01 Anruf\n"
    assert [entry.date for entry in read(added(text)).customer.entries] == [
        entry.date for entry in read(text).customer.entries
    ]
