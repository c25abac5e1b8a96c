"""Whatever stands in a head: it is read without a crash, and every value knows its place."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crm_md.document import yaml_nodes
from crm_md.document.head import Items, Node, Scalar, plain, read_head
from tests.heads import broken_heads

heads = st.one_of(
    st.text(max_size=80),
    broken_heads,
    broken_heads.map(lambda head: f"---\n{head}\n---\n"),
)


def check_places(node: Node, text: str, after: int) -> None:
    assert after <= node.start <= node.end <= len(text)
    if isinstance(node, Scalar):
        if not node.quoted and "\n" not in text[node.start : node.end]:
            assert node.text == text[node.start : node.end]
        assert node.line == text.count("\n", 0, node.start) + 1
        return
    inner = node.items if isinstance(node, Items) else [n for pair in node.pairs for n in pair]
    after = node.start
    for child in inner:
        check_places(child, text, after)
        after = child.end
    assert after <= node.end


@given(heads)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_and_places_slice_back(text: str) -> None:
    read = read_head(text)
    assert 0 <= read.start <= read.end <= read.body_start <= len(text)
    if read.body_start:
        check_places(read.root, text, read.start)
    else:
        assert read.root.pairs == ()


@given(st.text(alphabet="ab:# -\n'\"[]{},|>&*!@?", max_size=60))
@settings(max_examples=200, deadline=None)
def test_a_head_reads_alike_without_the_c_library(inside: str) -> None:
    # Within brackets the pure loader takes `|` and `>` for blocks that libyaml takes for text.
    assume(not re.search(r"[\[{,][\s?:,-]*[|>]", inside))
    text = f"---\n{inside}\n---\n"
    fast = read_head(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("yaml.__with_libyaml__", False)
        yaml_nodes.parser.cache_clear()
        slow = read_head(text)
    yaml_nodes.parser.cache_clear()
    assert plain(slow.root) == plain(fast.root)
    assert slow.findings == fast.findings


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@given(st.lists(words, min_size=1, max_size=5, unique=True), st.data())
@settings(max_examples=100, deadline=None)
def test_a_bad_value_costs_no_other_line(values: list[str], data: st.DataObject) -> None:
    lines = [f"k{n}: '{value.replace(chr(39), chr(39) * 2)}'" for n, value in enumerate(values)]
    bad = data.draw(
        st.sampled_from(["bad: a: b", "bad: @x", "bad: &y", 'bad: "z', "bad: [", "bad"])
    )
    lines.insert(data.draw(st.integers(0, len(lines))), bad)
    read = plain(read_head("---\n" + "\n".join(lines) + "\n---\n").root)
    assert isinstance(read, dict)
    assert [read[f"k{n}"] for n in range(len(values))] == values
