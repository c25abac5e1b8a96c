"""What other programs make of a value without quotation marks, held against PyYAML itself."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.quality.misreading import misreading

TYPED = st.text(alphabet="0123456789.+-_:eExobafnNyYsSoO~=<", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("01067", "567"),
        ("08056", "8056"),  # a string for YAML 1.1, a number for Obsidian
        ("+491715550123", "491715550123"),
        ("0351123456", "61122350"),
        ("12:30", "750"),
        ("1_000", "1000"),
        ("24.000", "24.0"),
        ("1e5", "100000.0"),
        ("0x1F", "31"),
        ("0o17", "15"),
    ],
)
def test_a_number_that_would_look_different_is_misread(text: str, shown: str) -> None:
    seen = misreading(text)
    assert seen is not None
    assert (seen.kind, seen.shown) == ("number", shown)


@pytest.mark.parametrize("text", ["NO", "yes", "Off", "true"])
def test_a_word_for_yes_or_no_is_misread(text: str) -> None:
    seen = misreading(text)
    assert seen is not None and seen.kind == "yes-no"


@pytest.mark.parametrize("text", ["~", "null", "Null"])
def test_a_word_for_nothing_is_misread(text: str) -> None:
    seen = misreading(text)
    assert seen is not None and seen.kind == "nothing"


@pytest.mark.parametrize("text", ["2026-02-30", "=", "<<"])
def test_what_stops_other_programs_is_named(text: str) -> None:
    seen = misreading(text)
    assert seen is not None and seen.kind == "failure"


@pytest.mark.parametrize(
    "text",
    [
        *("26757", "2019", "2019-04", "2026-11-20", "1.5", "nO", "Nordwind", "04922 9300-0"),
        *("24.000 €", "12:30 Uhr", "nein", "ja", "A", "no design"),
    ],
)
def test_what_every_program_prints_alike_is_left_alone(text: str) -> None:
    assert misreading(text) is None


@settings(max_examples=200, deadline=None)
@given(TYPED)
def test_whatever_pyyaml_prints_differently_is_misread(text: str) -> None:
    if text in ("---", "-") or text.endswith(":") or text.startswith("- "):
        return  # no value at all
    try:
        seen = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return
    if seen is None or isinstance(seen, bool | int | float):
        lost = str(seen) != text
        assert not lost or misreading(text) is not None
