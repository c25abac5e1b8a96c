"""The laws of merging, on the real files and on odd ones, with everyday and with wild changes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crm_md.document.merging import merge, taken_back
from tests.merge_actions import BARE, BOOK, Action, actions, document, done

TEXTS = [path.read_text(encoding="utf-8") for path in BOOK]


def run(text: str, todo: list[Action]) -> str:
    """Return the text after all actions that can be done."""
    for action in todo:
        text = done(action, text) or text
    return text


@st.composite
def histories(draw: st.DrawFn, texts: list[str]) -> tuple[str, Action, list[Action]]:
    """Draw a text, an action on it, and later actions on other pieces."""
    text = draw(st.sampled_from(texts))
    first = draw(actions(text))
    later = draw(st.lists(actions(text), max_size=5))
    return text, first, [action for action in later if not action.meets(first)]


@settings(max_examples=50, deadline=None)
@given(histories(TEXTS))
def test_undo_equals_never_having_done_it(history: tuple[str, Action, list[Action]]) -> None:
    before, action, later = history
    after = done(action, before)
    assume(after is not None)
    assert after is not None
    now = run(after, later)
    back = taken_back(after, now, before)
    assert back.questions == ()
    assert back.text == run(before, later)


@settings(max_examples=50, deadline=None)
@given(histories(TEXTS), st.data())
def test_undo_of_an_undo_restores(
    history: tuple[str, Action, list[Action]], data: st.DataObject
) -> None:
    before, action, later = history
    after = done(action, before)
    assume(after is not None)
    assert after is not None
    now = run(after, later)
    undone = taken_back(after, now, before).text
    assert taken_back(undone, undone, now).text == now
    drawn = data.draw(st.lists(actions(before), max_size=3))
    more = [other for other in drawn if not other.meets(action)]
    again = taken_back(undone, run(undone, more), now)
    assert again.questions == ()
    assert again.text == run(now, more)


@st.composite
def two_sides(draw: st.DrawFn, texts: list[str]) -> tuple[str, list[Action], list[Action]]:
    """Draw a text and what two people do to it, to pieces of their own."""
    text = draw(st.sampled_from(texts))
    ours = draw(st.lists(actions(text), max_size=4))
    drawn = draw(st.lists(actions(text), max_size=4))
    return text, ours, [one for one in drawn if not any(one.meets(other) for other in ours)]


@settings(max_examples=50, deadline=None)
@given(two_sides(TEXTS))
def test_what_two_people_do_to_pieces_of_their_own_survives(
    sides: tuple[str, list[Action], list[Action]],
) -> None:
    base, here, there = sides
    ours, theirs = run(base, here), run(base, there)
    merged = merge(base, ours, theirs)
    assert merged.questions == ()
    assert merged == merge(base, theirs, ours)
    one_after_the_other = run(ours, there)
    assert in_any_order(merged.text) == in_any_order(one_after_the_other)


@settings(max_examples=50, deadline=None)
@given(two_sides(list(BARE)))
def test_so_it_does_in_odd_files(sides: tuple[str, list[Action], list[Action]]) -> None:
    base, here, there = sides
    ours, theirs = run(base, here), run(base, there)
    merged = merge(base, ours, theirs)
    mirrored = merge(base, theirs, ours)
    assert (merged.text, len(merged.questions)) == (mirrored.text, len(mirrored.questions))
    if not merged.questions:
        assert in_any_order(merged.text) == in_any_order(run(ours, there))


@settings(max_examples=50, deadline=None)
@given(histories(list(BARE)))
def test_in_odd_files_undo_gives_the_same_facts_and_words(
    history: tuple[str, Action, list[Action]],
) -> None:
    """Bytes may differ: what is written depends on what is there (language, style, order)."""
    before, action, later = history
    after = done(action, before)
    assume(after is not None)
    assert after is not None
    back = taken_back(after, run(after, later), before)
    assert back.questions == ()
    assert in_any_order(back.text) == in_any_order(run(before, later))


def in_any_order(text: str) -> object:
    """Return what a file says, without the order and the places in which it says it."""
    customer = document(text).customer
    entries = Counter((entry.date, entry.subject, words(entry.text)) for entry in customer.entries)
    tasks = Counter(replace(task, line=0) for task in customer.tasks)
    lines = (line for section in customer.sections for line in section.text.split("\n"))
    fields = replace(
        customer,
        aliases=tuple(sorted(customer.aliases)),
        tags=tuple(sorted(customer.tags)),
        contacts=tuple(sorted(customer.contacts, key=lambda contact: contact.name)),
        extra=tuple(sorted(customer.extra)),
        sections=(),
        common=(),
        careful=(),
        settle=(),
        entries=(),
        tasks=(),
        written_in="",
    )
    return fields, entries, tasks, Counter(map(words, lines)) - Counter([()])


def words(text: str) -> tuple[str, ...]:
    return tuple(sorted(text.split()))


WILD = (
    *("", "text", "- item", "- [ ] task", "## Gemeinsames", "## Verlauf", "### 2026-03-03 Anruf"),
    *("---", "```", "<!--", "-->", "name: B", "tags: [a]", "  - x", "junk", "  phone: 1", "# h"),
    *("contacts:", "- name: Kai", "phone: @1", "<div>", "> quote", "* x:: y", "### 2026-01-01"),
)


@st.composite
def wild(draw: st.DrawFn, text: str) -> str:
    """Draw what a careless hand may make of a text."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(lines)))
        what = draw(st.sampled_from(["insert", "delete", "replace", "double", "swap", "cut"]))
        if what == "insert" or place >= len(lines) - 1:
            lines.insert(place, draw(st.sampled_from(WILD)))
        elif what == "delete":
            del lines[place]
        elif what == "replace":
            lines[place] = draw(st.sampled_from(WILD))
        elif what == "double":
            lines.insert(place, lines[place])
        elif what == "swap":
            lines[place], lines[place + 1] = lines[place + 1], lines[place]
        else:
            lines[place] = lines[place][: len(lines[place]) // 2]
    ends = draw(st.sampled_from(["\n", "\n", "\n", "\r\n"]))
    return ends.join(lines)


@st.composite
def three_versions(draw: st.DrawFn) -> tuple[str, str, str]:
    """Draw a text and what two careless hands made of it."""
    base = draw(st.sampled_from([*BARE, *TEXTS]))
    base = draw(wild(base))
    return base, draw(wild(base)), draw(wild(base))


@settings(max_examples=60, deadline=None)
@given(three_versions())
def test_who_changed_nothing_gets_what_the_other_has(texts: tuple[str, str, str]) -> None:
    base, one, other = texts
    assert merge(base, one, one).text == one
    assert merge(base, base, other).text == other
    assert merge(base, one, base).text == one


@settings(max_examples=60, deadline=None)
@given(three_versions())
def test_merging_is_the_same_from_both_sides_and_loses_no_line(
    texts: tuple[str, str, str],
) -> None:
    base, ours, theirs = texts
    merged = merge(base, ours, theirs)
    mirrored = merge(base, theirs, ours)
    assert merged.text == mirrored.text
    assert len(merged.questions) == len(mirrored.questions)
    known = words_of(base)
    for side in (ours, theirs):
        assert words_of(side) - known <= words_of(merged.text)


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text))


@settings(max_examples=60, deadline=None)
@given(three_versions())
def test_if_all_versions_can_be_read_so_can_the_result(texts: tuple[str, str, str]) -> None:
    assume(not any(map(errors, texts)))
    assert not errors(merge(*texts).text)
    assert not errors(taken_back(*texts).text)


def errors(text: str) -> list[str]:
    return [slip.text for slip in document(text).findings if slip.severity == "error"]
