"""Heads of plain lines are read without YAML, and exactly as YAML reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm_md.document import head
from crm_md.document.head_lines import read_lines
from crm_md.document.head_tree import Fields
from crm_md.document.yaml_nodes import failures
from crm_md.model import Finding
from tests.heads import broken_heads

BOOK = sorted((Path(__file__).parent.parent / "customers").glob("*.md"))

_keys = ["name", "a b", "PLZ", "Größe", "tel.", "x-y", "_z", "as"]
_words = st.sampled_from(
    [
        *("Borkum", "04922 9300-0", "a  b", "a:b", "12:30", "http://x.example/?a=b", "x😀 y", "ja"),
        *("(0351) 1", "+49 1", "a, [b] {c}", "it's & so", '"26757"', "'x'", '""', "GmbH & Co. KG"),
        *("[a, b]", "[]", "[a b,c]", "[1.5, x-y]"),
    ]
)
_odd = st.sampled_from(
    [
        *("", "a: b", "a:", "x # y", "#1", '"a\\nb"', "'it''s'", '"x" y', "[a: b]", "{a: b}", "|"),
        *("- x", "&a", "*a", "~", "x ", "x\ty", "x\xa0y", "...", "---", "?", "[a,", ", a", "[[a]]"),
    ]
)


@st.composite
def _nearly_plain(draw: st.DrawFn) -> str:
    """A head of plain lines, or one that differs from such in a single place."""
    lines = _fields(draw, 0, 0)
    place = draw(st.integers(0, len(lines) - 1))
    line = lines[place]
    lines[place] = draw(
        st.sampled_from(
            [line] * 6
            + [f" {line}", line[1:], f"  {line}", f"- {line}", line.replace("- ", "-  ", 1)]
            + [f"{line}{draw(_odd)}", f"{line}\n{line}", f"{line}\n", f"{line} x", line + ":"]
        )
    )
    notes = st.sampled_from(
        [""] * 8 + [" # Notiz: x", "  #", " #eng", "#1", "\n# x: y", "\n\n   # z", "\n"]
    )
    return "".join(f"{line}{draw(notes)}\n" for line in lines)


def _fields(draw: st.DrawFn, column: int, depth: int) -> list[str]:
    lines: list[str] = []
    for key in draw(st.lists(st.sampled_from(_keys), min_size=1, max_size=3, unique=True)):
        begin = f"{' ' * column}{key}:"
        kind = draw(st.sampled_from(["words", "words", "nothing", "fields", "items"]))
        if kind == "words" or (depth > 2 and kind != "nothing"):
            lines.append(f"{begin} {draw(_words)}")
            continue
        lines.append(begin)
        if kind == "fields":
            lines += _fields(draw, column + draw(st.integers(1, 3)), depth + 1)
        elif kind == "items":
            lines += _items(draw, column + draw(st.sampled_from([0, 2])), depth + 1)
    return lines


def _items(draw: st.DrawFn, column: int, depth: int) -> list[str]:
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            lines.append(f"{' ' * column}- {draw(_words)}")
        else:
            first, *rest = _fields(draw, column + 2, depth)
            lines += [f"{' ' * column}- {first.lstrip()}", *rest]
    return lines


def as_yaml_reads(inside: str) -> Fields | None:
    """Return the keys as YAML reads them without a word of complaint, None if it does not."""
    found: list[Finding] = []
    text = f"---\n{inside}---\n"
    end = 4 + len(inside)
    if head._needs_a_closer_look(text, 4, end):
        return None
    try:
        root = head._Reading(inside, inside, {}, 4, found).root()
    except failures():
        return None
    return None if found else root


def as_lines_read(inside: str) -> Fields | None:
    return read_lines(f"---\n{inside}---\n", 4, 4 + len(inside))


@given(
    st.one_of(_nearly_plain(), _nearly_plain(), broken_heads, st.text("ab:- \n'\"[],", max_size=30))
)
@example("phone:\n- a\n- b\nname: x\n")
@example("contacts:\n  - name: a\n    phone:\n      - b\n  - name: c\n")
@example("a:\nb:\n  c: d\n")
@example("- a\n- b\n")
@example("a: b\n  c\n")
@example("a:\n  - b\n   c\n")
@example("a: b\na: c\n")
@settings(max_examples=300, deadline=None)
def test_what_is_read_without_yaml_is_what_yaml_reads(inside: str) -> None:
    plain = as_lines_read(inside)
    if plain is not None:
        assert plain == as_yaml_reads(inside)


@pytest.mark.parametrize(
    "inside",
    [
        "name: Modehaus Petersen GmbH & Co. KG\n",
        "tags: [mode, insel]\n",
        'address:\n  zip: "26757"\n  city: Borkum\n',
        "phone:\n- 04922 9300-0\n- 04922 9300-1\nname: x\n",
        "contacts:\n  - name: Heike\n    phone:\n      - 1\n      - 2\n  - name: Uwe\n    x: y\n",
        "next: 2026-12-01 Angebot nachfassen\ngoal:\nowner: anna\n",
        "# lead, customer …\nstatus: lead  # noch\n\nphone: # viele\n  # zwei\n  - 1\n  - 2 #\n",
    ],
)
def test_what_most_people_write_needs_no_yaml(inside: str) -> None:
    assert as_lines_read(inside) == as_yaml_reads(inside) is not None


@pytest.mark.parametrize(
    "inside",
    [
        "name: Müller: Söhne\n",
        "name: &Co KG\n",
        "name: x #1\n",
        "name: a\n  b\n",
        "name: |\n  b\n",
        'name: "a\\nb"\n',
        "name: a\nname: b\n",
        "address: {zip: 1}\n",
        "a: b # c\n  d\n",
        "a: b\r\n",
        "a:\tb\n",
        "- a\n",
        "  a: b\n",
        "a: b \n",
        "a: b\n c: d\n",
        "a:\n   - b\n  - c\n",
    ],
)
def test_whatever_may_mean_more_is_left_to_yaml(inside: str) -> None:
    assert as_lines_read(inside) is None


@pytest.mark.parametrize("file", BOOK, ids=lambda file: file.stem)
def test_the_sample_book_is_read_alike(file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("\r\n", "\n")
    inside = text.removeprefix("---\n").partition("\n---\n")[0] + "\n"
    plain = as_lines_read(inside)
    assert plain is None or plain == as_yaml_reads(inside)


def test_most_of_the_sample_book_needs_no_yaml() -> None:
    texts = [file.read_text(encoding="utf-8") for file in BOOK]
    insides = [text.removeprefix("---\n").partition("\n---\n")[0] + "\n" for text in texts]
    assert sum(as_lines_read(inside) is not None for inside in insides) > len(BOOK) / 2
