"""Tasks and complaints in the catalogue: found by code and words, and named as short as can be."""

from __future__ import annotations

import pytest

from crm_md.index.promises import Promises
from crm_md.likeness import shortened
from tests.index_builders import Book, markdown

TASKS = "\n".join(f"- [ ] Aufgabe {number}" for number in range(400))


@pytest.fixture(scope="module")
def promises() -> Promises:
    return Book(
        markdown("Acme", text=TASKS, head="owner: anna\n"),
        markdown("Beta", "2026-11-01 Reklamation: Naht offen", text="- [ ] Größe prüfen @ben"),
        markdown("Gamma", text="- [x] Größe melden done:2026-11-01\n- [-] Flyer"),
    ).catalogue.promises


def texts(promises: Promises, *words: str, open_ones: bool = True) -> list[str]:
    return [one.text for one in promises.by_words(words, open_ones=open_ones)]


def test_a_code_is_shown_as_short_as_it_is_unique_among_what_is_open(promises: Promises) -> None:
    codes = sorted(one.code for one in promises.open())
    shown = promises.shown(codes)
    assert shown == {code: shortened(code, codes) for code in codes}
    assert len(set(shown.values())) == len(codes) == 402
    for code in codes[::40]:
        assert [one.code for one in promises.by_code(shown[code]) if one.state == "open"] == [code]


def test_what_has_ended_is_found_by_its_code_too(promises: Promises) -> None:
    ended = promises.by_words(["melden"], open_ones=False)[0]
    assert [one.state for one in promises.by_code(ended.code)] == ["done"]
    assert promises.by_code(ended.code.upper()) == [ended]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["groesse"], ["Größe prüfen"]),
        (["PRÜF", "größe"], ["Größe prüfen"]),
        (["beta", "größe"], ["Größe prüfen"]),
        (["beta"], []),
        (["naht"], []),
        (["größe", "melden"], []),
        (["%"], []),
        ([], []),
    ],
)
def test_words_find_open_tasks(promises: Promises, words: list[str], found: list[str]) -> None:
    assert texts(promises, *words) == found


def test_words_find_what_has_ended_where_that_is_asked(promises: Promises) -> None:
    assert texts(promises, "größe", open_ones=False) == ["Größe melden"]
    assert texts(promises, "flyer", open_ones=False) == ["Flyer"]


def test_whose_they_are(promises: Promises) -> None:
    assert len(promises.open(owners=("anna",))) == 400
    assert [one.text for one in promises.open(owners=("ben",), whose="ben")] == ["Größe prüfen"]
    nobodys = [one.text for one in promises.open(owners=("",))]
    assert sorted(nobodys) == ["Größe prüfen", "Naht offen"]
