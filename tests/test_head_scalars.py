"""What we write is the same text for every YAML reader, of version 1.1 or 1.2."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.document.yaml_text import (
    Quotes,
    Style,
    Value,
    entry_lines,
    in_brackets,
    is_plain,
    one_line,
    scalar,
)
from tests.heads import ODD, collections

# YAML 1.2.2 § 10.3.2, tag resolution of the core schema
CORE = re.compile(
    r"null|Null|NULL|~||true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?(\.inf|\.Inf|\.INF)"
    r"|\.nan|\.NaN|\.NAN"
)
# yaml.org/type/: bool, int, float, null, merge, value and timestamp of YAML 1.1
OLD = re.compile(
    r"y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF"
    r"|[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
    r"|[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+|[-+]?([0-9][0-9_]*)?\.[0-9.]*([eE][-+][0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*|~|null|Null|NULL||<<|="
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
)
texts = st.one_of(
    st.sampled_from(ODD),
    st.text(alphabet="0123456789+-_.:eExXob ", max_size=8),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
HUNDREDS = settings(max_examples=300, deadline=None)


@given(texts, st.sampled_from(["", "'", '"']))
@HUNDREDS
def test_pyyaml_sees_the_same_text_everywhere(text: str, quotes: Quotes) -> None:
    block, flow = scalar(text, quotes), scalar(text, quotes, flow=True)
    assert yaml.safe_load(f"k: {block} # c\n") == {"k": text}
    assert yaml.safe_load(f"{block}: v\n") == {text: "v"}
    assert yaml.safe_load(f"k:\n  - {block}\n  - x\n") == {"k": [text, "x"]}
    assert yaml.safe_load(f"k: [{flow}, {flow}]\n") == {"k": [text, text]}
    assert yaml.safe_load(f"k: {{a: {flow}, {flow}: b}}\n") == {"k": {"a": text, text: "b"}}
    assert "\n" not in block


@given(texts)
@HUNDREDS
def test_no_schema_types_what_stands_without_quotation_marks(text: str) -> None:
    if is_plain(text):
        assert not CORE.fullmatch(text)
        assert not OLD.fullmatch(text)


@given(st.dictionaries(texts, collections, min_size=1, max_size=3), st.sampled_from([0, 2]))
@HUNDREDS
def test_lists_and_mappings_read_back_in_lines_and_in_brackets(
    value: dict[str, Value], dash: int
) -> None:
    style = Style(dash=dash, step=3, gap=2)
    lines = [line for key, inner in value.items() for line in entry_lines(key, inner, 0, style)]
    assert yaml.safe_load("\n".join(lines)) == value
    assert yaml.safe_load(in_brackets(value, style)) == value


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("04922 9300-0", "04922 9300-0"),
        ("2026-12-01 Angebot nachfassen", "2026-12-01 Angebot nachfassen"),
        ("GmbH & Co. KG", "GmbH & Co. KG"),
        ("24.000 €", "24.000 €"),
        ("2019-04", "2019-04"),
        ("03-12", "03-12"),
        ("6w", "6w"),
        ("Müller", "Müller"),
        ("it's", "it's"),
        ("http://x.example/?a#b", "http://x.example/?a#b"),
        ("01067", '"01067"'),
        ("+491715550123", '"+491715550123"'),
        ("12:30", '"12:30"'),
        ("1_000", '"1_000"'),
        ("1,000", '"1,000"'),
        ("0o17", '"0o17"'),
        ("1e3", '"1e3"'),
        (".5", '".5"'),
        ("20.11.2026", '"20.11.2026"'),
        ("NO", '"NO"'),
        ("y", '"y"'),
        ("~", '"~"'),
        ("2026-11-20", '"2026-11-20"'),
        ("2026-11-20 14:30", '"2026-11-20 14:30"'),
        ("", '""'),
        ("Müller: Söhne", '"Müller: Söhne"'),
        ("Müller:", '"Müller:"'),
        ("Müller #1", '"Müller #1"'),
        ("- x", '"- x"'),
        ("@anna", '"@anna"'),
        ("&Co", '"&Co"'),
        ("|", '"|"'),
        ('"quoted"', "'\"quoted\"'"),
        ("'quoted'", "\"'quoted'\""),
        ("C:\\x #1", "'C:\\x #1'"),
        ("both ': \"", '"both \': \\""'),
        (" x", '" x"'),
        ("a\nb\tc", '"a\\nb\\tc"'),
        ("\x1b\x85\u2028", '"\\x1B\\x85\\u2028"'),
    ],
)
def test_quotation_marks_stand_where_a_reader_needs_them(text: str, written: str) -> None:
    assert scalar(text) == written


@pytest.mark.parametrize("text", ["2026-11-20", "1966-03-12", "yes", "no"])
def test_dates_and_yes_or_no_stay_bare_in_fields_of_that_type(text: str) -> None:
    assert scalar(text, bare=True) == text
    assert scalar(text) == f'"{text}"'


@pytest.mark.parametrize("text", ["01067", "a: b", "", "12:30", "@x"])
def test_nothing_else_is_bare(text: str) -> None:
    assert scalar(text, bare=True) == f'"{text}"'


def test_only_the_keys_named_are_bare() -> None:
    item = {"allowed": "yes", "date": "2025-01-02", "basis": "no"}
    assert entry_lines("consent", [item], 0, Style(bare={"allowed", "date"})) == [
        "consent:",
        "  - allowed: yes",
        "    date: 2025-01-02",
        '    basis: "no"',
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (["mode", "insel"], "[mode, insel]"),
        (["Petersen Borkum"], "[Petersen Borkum]"),
        ([], "[]"),
        ({}, "{}"),
        (["mode", "01067"], None),
        (["a, b"], None),
        (["x" * 50, "y" * 50], None),
        ([["a"]], None),
        ([{"a": "b"}], None),
        ({"a": "b"}, None),
    ],
)
def test_only_lists_of_plain_words_stand_in_brackets(value: Value, written: str | None) -> None:
    assert one_line(value, Style()) == written


def test_a_number_of_any_length_is_decided_at_once() -> None:
    assert not is_plain("1" * 1_000_000)
    assert is_plain("1" * 1_000_000 + "x")


def test_undecodable_bytes_stay_what_they_are() -> None:
    assert scalar("M\udcfcller") == "M\udcfcller"
    loaded: Any = scalar("M\udcfcller: x")
    assert loaded == '"M\udcfcller: x"'
