"""A file cut into pieces is the file again, and a piece is found in another version of it."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.document.head import read_head
from crm_md.document.head_tree import Plain
from crm_md.document.pieces.body import HEAD, cut_file
from crm_md.document.pieces.body_pairs import pair_chapters
from crm_md.document.pieces.heads import head_of
from crm_md.document.pieces.item_pairs import meaning, pair_items, pair_new_items
from crm_md.document.pieces.pairing import anywhere, in_order, mostly_alike
from crm_md.document.pieces.task_line import cut_task, day_in, task_words
from crm_md.document.pieces.twigs import cut_head, meaning_of_value
from tests.heads import broken_heads, files
from tests.merge_actions import BARE, BOOK, document
from tests.test_merge_laws import wild

TEXTS = [*BARE, *(path.read_text(encoding="utf-8") for path in BOOK)]


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_any_text_is_the_same_when_its_pieces_are_put_together(data: st.DataObject) -> None:
    text = data.draw(wild(data.draw(st.sampled_from(TEXTS)))).replace("\r\n", "\n")
    chapters = cut_file(text)
    assert chapters.raw == text
    for chapter in chapters.pieces:
        if chapter.role == HEAD:
            pieces = cut_head(chapter.raw)
            assert pieces is not None
            assert pieces.raw == chapter.raw
            assert meaning_of_value(pieces.root) == meaning(read_head(text).root)
        for block in chapter.blocks.pieces:
            assert cut_task(block.raw).raw == block.raw
            assert block.raw


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(files(), broken_heads.map(lambda lines: f"---\n{lines}\n---\n")),
    st.sampled_from(["", "\n# Titel\n", "x: y\n---\n", "\n...\n", "- a\n---\n# b\r\n"]),
)
def test_a_head_says_the_same_read_alone_or_with_its_file(head: str, below: str) -> None:
    text = head + below
    assert head_of(text) == read_head(text)


@pytest.mark.parametrize("text", TEXTS)
def test_the_entries_are_those_that_a_reader_finds(text: str) -> None:
    found = [chapter.line for chapter in cut_file(text).pieces if chapter.moment]
    read = document(text.replace("\r\n", "\n")).customer.entries
    assert sorted(found) == sorted(entry.line for entry in read)


def test_a_head_falls_into_keys_items_and_remarks() -> None:
    head = cut_head("---\n# vorab\nTelefon: 1 # Büro\ntags: [a, b]\ncontacts:\n  - name: Kai\n---")
    assert head is not None
    assert [(twig.key, twig.raw) for twig in head.root.strand.pieces] == [
        ("#", "# vorab"),
        ("phone", "Telefon: 1 # Büro"),
        ("tags", "tags: [a, b]"),
        ("contacts", "contacts:\n  - name: Kai"),
    ]


def test_a_chapter_falls_into_paragraphs_items_tasks_facts_and_fences() -> None:
    text = "# A\n\nein\nSatz\n- x\n  mehr\n- [ ] t\nmood:: gut\n\n```\na\n\nb\n```\nEnde\n"
    (chapter,) = cut_file(text).pieces
    assert [(block.sort, block.raw) for block in chapter.blocks.pieces] == [
        ("text", "ein\nSatz"),
        ("item", "- x\n  mehr"),
        ("task", "- [ ] t"),
        ("text", "mood:: gut"),
        ("text", "```\na\n\nb\n```"),
        ("text", "Ende"),
    ]


def test_a_task_falls_into_its_parts() -> None:
    line = "  * [x] ruf @kunde an due:2026-12-01, done:2026-11-20\n    und sag es"
    assert [(part.sort, part.raw) for part in cut_task(line).pieces] == [
        ("bullet", "  *"),
        ("box", "[x]"),
        ("words", "ruf"),
        ("mention", "@kunde"),
        ("words", "an"),
        ("due", "due:2026-12-01,"),
        ("done", "done:2026-11-20"),
        ("below", "und sag es"),
    ]
    assert task_words(line) == "ruf an und sag es"
    assert str(day_in("due:2026-12-01,")) == "2026-12-01"
    assert day_in("x") is None


@settings(max_examples=100, deadline=None)
@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_pairs_in_order_are_a_longest_common_sequence(one: str, other: str) -> None:
    pairs = in_order(one, other, lambda letter: letter)
    assert all(one[i] == other[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    longest = max(
        size
        for size in range(len(one) + 1)
        if any(is_within(part, other) for part in combinations(one, size))
    )
    assert len(pairs) == longest


def is_within(part: tuple[str, ...], text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in part)


def test_a_text_that_stands_very_often_is_paired_quickly() -> None:
    many = ["- x"] * 20_000
    assert len(in_order(many, [*many[:-1], "- y"], lambda line: line)) == 19_999


def test_what_is_alike_and_where_it_stands_does_not_matter() -> None:
    assert anywhere("abca", "caab", [], lambda letter: letter) == [(0, 1), (1, 3), (2, 0), (3, 2)]
    assert mostly_alike("abcd", "abcx")
    assert not mostly_alike("abcd", "abxy")
    assert not mostly_alike("", "")


def test_people_are_found_by_name_then_by_number_then_by_all_the_rest() -> None:
    heike: Plain = {"name": "Heike Petersen", "phone": "04922 9300-12"}
    kai: Plain = {"name": "Kai", "role": "Einkauf"}
    okko: Plain = {"name": "Okko", "left": "2023"}
    renamed: Plain = {"name": "Heike Ubben", "phone": "+49 4922 930012"}
    moved: Plain = {"name": "Okko Harms", "left": "2023"}
    promoted: Plain = {"name": "KAI", "role": "Leitung"}
    found = pair_items([heike, kai, okko], [moved, promoted, renamed])
    assert found == [(0, 2), (1, 1), (2, 0)]
    assert pair_items(["Kai"], [kai]) == [(0, 0)]
    assert pair_new_items([heike, kai], [renamed, promoted]) == [(1, 1)]


def test_an_entry_is_found_by_its_day_author_and_most_of_its_lines() -> None:
    one = "## Verlauf\n\n### 2026-01-02 Anruf (anna)\n\neins\n\nzwei\n\ndrei\n"
    same = one.replace("Anruf", "Besuch").replace("drei", "vier")
    other = one.replace("Anruf", "Besuch").replace("zwei", "x").replace("drei", "vier")
    by_ben = same.replace("anna", "ben")
    chapters = [cut_file(text).pieces for text in (one, same, other, by_ben)]
    assert pair_chapters(chapters[0], chapters[1]) == [(0, 0), (1, 1)]
    assert pair_chapters(chapters[0], chapters[2]) == [(0, 0)]
    assert pair_chapters(chapters[0], chapters[3]) == [(0, 0)]


def test_an_entry_that_has_its_minute_and_author_alone_is_found_whatever_was_changed() -> None:
    one = "### 2026-01-02 09:15 Anruf (anna)\n\neins\n"
    same = one.replace("Anruf", "Besuch").replace("eins", "zwei")
    texts = (one, same, same.replace("anna", "ben"), same.replace("15", "30"), f"{same}\n{one}")
    chapters = [cut_file(f"## Verlauf\n\n{text}").pieces for text in (*texts, f"{same}\n{same}x\n")]
    assert [pair_chapters(chapters[0], side)[1:] for side in chapters] == [
        *([(1, 1)], [(1, 1)], [], [], [(1, 2)], []),
    ]
