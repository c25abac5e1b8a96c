"""What people type into the search, and what it is taken for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.config import default_config
from crm_md.index.query import Filter, Query, Term, as_typed, parse_query

TODAY = date(2026, 11, 21)


def parsed(text: str) -> Query:
    return parse_query(text, default_config(), TODAY)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Lieferung", Term("word", (("lieferung",),))),
        ("-Lieferung", Term("word", (("lieferung",),), excluded=True)),
        ("E-Mail", Term("word", (("email",), ("e", "mail")))),
        ("lief*", Term("beginning", (("lief",),))),
        ("l*", Term("word", (("l",),))),
        ('"Gute Idee"', Term("phrase", (("gute", "idee"),))),
        ("“Gute Idee”", Term("phrase", (("gute", "idee"),))),
        ("+49 4922 9300-0", Term("number", (("49", "4922", "9300", "0"),), "49492293000")),
        ("A@b.example", Term("mail", (("a", "b", "example"),), "a@b.example")),
        ("common:segelt", Term("word", (("segelt",),), section=2)),
        ("unknown:", Term("word", (("unknown",),))),
    ],
)
def test_a_term_is_taken_for_what_it_is(text: str, term: Term) -> None:
    assert parsed(text) == Query((term,))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("kind:anruf", Filter("kind", "call")),
        ("kind:verkostung", Filter("kind", "verkostung")),
        ("KIND:Anruf", Filter("kind", "call")),
        ("-mood:sauer", Filter("mood", "bad", excluded=True)),
        ("owner:niemand", Filter("owner", "")),
        ("status:Kundin", Filter("status", "customer")),
        ("is:open", Filter("open", "")),
        ("ist:offen", Filter("open", "")),
        ("before:3.12.", Filter("before", date(2025, 12, 3))),
        ("after:2025", Filter("after", date(2025, 1, 1))),
        ("until:2025", Filter("until", date(2025, 12, 31))),
        ('tag:"neue Mode"', Filter("tag", "neue Mode")),
    ],
)
def test_a_field_is_taken_with_the_words_of_the_store(text: str, wanted: Filter) -> None:
    assert parsed(text) == Query((), (wanted,))


def test_a_date_is_no_telephone_number() -> None:
    assert [term.kind for term in parsed("2025-11-20").terms] == ["word"]


def test_what_may_be_a_number_is_sought_word_by_word_too() -> None:
    assert parsed("2024 2025 17").terms[0].ways == (("2024", "2025", "17"),)


def test_an_open_quote_is_no_quote() -> None:
    assert [term.kind for term in parsed('"gute idee').terms] == ["word", "word"]


def test_what_is_typed_twice_counts_once() -> None:
    assert len(parsed("idee Idee kind:call kind:anruf").terms) == 1
    assert len(parsed("idee Idee kind:call kind:anruf").filters) == 1


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["gute", "idee"], "gute idee"),
        (["gute idee", "messe"], '"gute idee" messe'),
        (["-gute idee"], '-"gute idee"'),
        (["after:letzte woche"], 'after:"letzte woche"'),
        (["kind:anruf lieferung after:2026"], "kind:anruf lieferung after:2026"),
        (['sagte "gute idee" dazu'], 'sagte "gute idee" dazu'),
        (["note: this"], '"note: this"'),
    ],
)
def test_what_the_shell_took_for_one_word_was_quoted(arguments: list[str], text: str) -> None:
    assert as_typed(arguments) == text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_no_text_is_an_error(text: str) -> None:
    assert isinstance(parsed(text), Query)
