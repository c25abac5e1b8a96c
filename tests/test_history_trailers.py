"""A commit's message says what was done to people, and in trailers to programs."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.history.trailers import format_message, parse_message

KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,12}", fullmatch=True)
LINES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1)
PARAGRAPHS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)


@given(subject=LINES, body=st.lists(PARAGRAPHS), trailers=st.dictionaries(KEYS, LINES, min_size=1))
@settings(max_examples=150, deadline=None)
def test_what_was_written_is_read(subject: str, body: list[str], trailers: dict[str, str]) -> None:
    text = "\n\n".join(body)
    message = f"{subject}\n\n{text}" if text else subject
    assert parse_message(format_message(message, trailers)) == (subject, text, trailers)


@given(text=st.text())
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    parse_message(text)


def test_trailers_are_the_last_paragraph() -> None:
    assert format_message("Call", {"Crm-Action": "log k3"}) == "Call\n\nCrm-Action: log k3\n"


def test_without_trailers_a_message_is_itself() -> None:
    assert format_message("Call\n", {}) == "Call\n"


def test_a_value_is_one_line() -> None:
    assert parse_message(format_message("Call", {"By": "anna\n\nben"})) == (
        "Call",
        "",
        {"By": "anna ben"},
    )


def test_a_subject_alone_is_no_trailer() -> None:
    assert parse_message("Anruf: verspätet\n") == ("Anruf: verspätet", "", {})


def test_a_last_paragraph_with_other_lines_is_text() -> None:
    assert parse_message("Call\n\nBy: anna\nund mehr\n") == ("Call", "By: anna\nund mehr", {})


def test_a_subject_in_several_lines_is_one() -> None:
    assert parse_message("Call\nlogged\n\nText\n") == ("Call logged", "Text", {})


def test_a_key_that_comes_twice_has_two_lines() -> None:
    assert parse_message("Call\n\nBy: anna\nBy: ben\n")[2] == {"By": "anna\nben"}


def test_no_escape_sequence_of_a_name_reaches_the_terminal_through_git_log() -> None:
    assert format_message("\x1b[31mRot\x9b: Anruf\x07\r\n\r\nText", {}) == (
        "␛[31mRot\ufffd: Anruf␇\n\nText\n"
    )
