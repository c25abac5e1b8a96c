"""Headings are found where CommonMark finds ATX headings, and nowhere else."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from crm_md.document.outline import outline
from tests.nasty import NASTY

COMMONMARK = MarkdownIt("commonmark")


def titles(text: str) -> list[str]:
    return [heading.title for heading in outline(text).headings]


def reference_headings(text: str) -> list[tuple[int, int]]:
    """Level and line of every top-level ATX heading, as markdown-it sees them."""
    found = []
    depth = 0
    for token in COMMONMARK.parse(text):
        if token.type == "heading_open" and depth == 0 and token.markup.startswith("#"):
            assert token.map is not None
            found.append((int(token.tag[1]), token.map[0] + 1))
        if token.type != "heading_open" and token.type != "heading_close":
            depth += token.nesting
    return found


def reference_hidden(text: str) -> set[int]:
    """Lines with words in fences and HTML blocks, at any depth."""
    found: set[int] = set()
    for token in COMMONMARK.parse(text):
        if token.type in ("fence", "html_block"):
            assert token.map is not None
            found.update(range(token.map[0] + 1, token.map[1] + 1))
    return with_words(found, text)


def hidden_lines(text: str) -> set[int]:
    found: set[int] = set()
    for begin, end in outline(text).hidden:
        found.update(range(text.count("\n", 0, begin) + 1, text.count("\n", 0, end) + 2))
    return with_words(found, text)


def with_words(numbers: set[int], text: str) -> set[int]:
    """Leave out lines that are blank but for quote marks: to whom they belong nobody can see."""
    lines = text.split("\n")
    return {number for number in numbers if lines[number - 1].strip(" >\t")}


@settings(max_examples=400, deadline=None)
@given(NASTY)
def test_headings_are_those_of_a_commonmark_parser(text: str) -> None:
    found = [(heading.level, heading.line) for heading in outline(text).headings]
    assert found == reference_headings(text)


@settings(max_examples=400, deadline=None)
@given(NASTY)
def test_hidden_lines_are_the_fences_and_html_blocks_of_a_commonmark_parser(text: str) -> None:
    assert hidden_lines(text) == reference_hidden(text)


@settings(max_examples=100, deadline=None)
@given(NASTY, st.text("\r \n", max_size=3))
def test_line_ends_of_windows_change_nothing(text: str, tail: str) -> None:
    mixed = text.replace("\n\n", "\r\n\n").replace("x\n", "x\r\n") + tail.replace("\r", "\r\n")
    plain = mixed.replace("\r\n", "\n")
    assert [(h.level, h.title, h.line) for h in outline(mixed).headings] == [
        (h.level, h.title, h.line) for h in outline(plain).headings
    ]


@settings(max_examples=200, deadline=None)
@given(NASTY, st.sampled_from(("\n", "\r\n")))
def test_offsets_cut_out_the_heading_line(text: str, end: str) -> None:
    text = text.replace("\n", end)
    for heading in outline(text).headings:
        line = text[heading.start : heading.end]
        assert line == text.split("\n")[heading.line - 1].removesuffix("\r")
        assert line.lstrip(" ").startswith("#" * heading.level)
        assert heading.title in line


@settings(max_examples=200, deadline=None)
@given(NASTY)
def test_a_closing_line_ends_what_is_still_open(text: str) -> None:
    closing = outline(text).closing
    after = f"{text}\n{closing}\n\n# Next" if closing else f"{text}\n\n# Next"
    assert titles(after)[-1:] == ["Next"]


@settings(max_examples=100, deadline=None)
@given(NASTY)
def test_the_visible_text_has_every_line_and_offset_of_the_text(text: str) -> None:
    visible = outline(text).visible
    assert len(visible) == len(text)
    assert [i for i, c in enumerate(visible) if c == "\n"] == [
        i for i, c in enumerate(text) if c == "\n"
    ]


def test_closing_hashes_are_no_part_of_the_title() -> None:
    assert titles("## Verlauf ##\n### a#\n# ##\n## C \\#\n#\tTab\t#\t") == [
        *("Verlauf", "a#", "", "C \\#", "Tab")
    ]


def test_a_heading_needs_a_blank_behind_its_signs() -> None:
    assert titles("#hashtag\n####### seven\n#") == [""]


def test_setext_headings_are_text() -> None:
    assert titles("Titel\n=====\n\nUnter\n---\n# Echt") == ["Echt"]


def test_headings_in_fences_comments_quotes_lists_and_code_are_text() -> None:
    assert titles("```\n# a\n```\n<!--\n# b\n-->\n> # c\n- # d\n\n      # e\n\n    # f") == []


def test_the_body_begins_where_it_is_said_to() -> None:
    text = "---\nname: X\n# no: heading\n---\n# Titel\n"
    (heading,) = outline(text, text.index("# Titel")).headings
    assert (heading.title, heading.line) == ("Titel", 5)
    (heading,) = outline("---\n---\n``` x\n```\n# Titel", 8).headings
    assert (heading.title, heading.line) == ("Titel", 5)


def test_only_newlines_end_a_line() -> None:
    assert titles("a\u2028# b\nc\x0b# d\ne\x85# f\ng\r# h") == []
    assert titles("# a\u2028b\n```\n```\n# c\x0bd") == ["a\u2028b", "c\x0bd"]


def test_ten_thousand_files_are_outlined_in_about_a_second() -> None:
    entry = (
        "### 2026-11-20 Anruf mit Heike: Lieferung (anna)\n\n" + "Zum zweiten Mal. " * 14 + "\n\n"
    )
    text = "# Modehaus\n\n## Verlauf\n\n" + entry * 10
    began = time.process_time()
    for _ in range(500):
        assert len(outline(text).headings) == 12
    assert time.process_time() - began < 0.2  # some 0.03 on two slow cores
