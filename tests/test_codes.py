"""Codes of promises: short, the same in every clone, and never a word that somebody types."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.document import Document
from crm_md.likeness import code_of, complaint_codes, looks_like_code, shortened, task_codes
from crm_md.likeness.codes import CODE_LENGTH, CODE_SIGNS, SHORTEST
from crm_md.model import Customer
from tests.builders import config

CODES = st.text(CODE_SIGNS, min_size=CODE_LENGTH, max_size=CODE_LENGTH)


def read(text: str, slug: str = "acme") -> Customer:
    return Document.read(text.encode(), f"customers/{slug}.md", config()).customer


def test_a_code_is_made_of_customer_and_text_and_so_the_same_in_every_clone() -> None:
    assert code_of("modehaus-petersen", "Ersatz schicken") == "p3ct4n4jxg"


def test_another_customer_or_text_has_another_code() -> None:
    codes = {code_of("acme", "Ersatz"), code_of("beta", "Ersatz"), code_of("acme", "Muster")}
    assert len(codes) == 3


def test_blanks_and_the_way_an_umlaut_is_written_make_no_difference() -> None:
    assert code_of("acme", "Naht  prüfen") == code_of("acme", "Naht pru\u0308fen ")


def test_day_colleague_and_place_in_the_file_make_no_difference() -> None:
    early = read("---\nname: A\n---\n- [ ] Ersatz due:2026-11-24 @ben\n")
    late = read("---\nname: A\n---\n\n\n* [ ] @anna Ersatz due:2026-12-24\n")
    assert [*task_codes(early).values()] == [*task_codes(late).values()]


def test_equal_texts_of_one_customer_have_codes_of_their_own() -> None:
    twice = read("---\nname: A\n---\n- [ ] nachfassen\n- [ ] nachfassen\n")
    assert len(set(task_codes(twice).values())) == 2


def test_a_new_task_of_equal_words_leaves_the_code_of_the_one_that_stands() -> None:
    old = "### 2026-10-01 Anruf\n\n- [ ] nachfassen\n"
    new = "### 2026-11-01 Anruf\n\n- [ ] nachfassen\n\n"
    (before,) = task_codes(read(f"---\nname: A\n---\n## Verlauf\n\n{old}")).values()
    _newer, after = task_codes(read(f"---\nname: A\n---\n## Verlauf\n\n{new}{old}")).items()
    assert before in dict([_newer, after]).values()
    assert dict([_newer, after])[max(_newer[0], after[0])] == before


def test_a_task_keeps_its_code_when_its_twin_is_done() -> None:
    open_ones = read("---\nname: A\n---\n- [ ] nachfassen\n- [ ] nachfassen\n")
    one_done = read("---\nname: A\n---\n- [x] nachfassen done:2026-11-01\n- [ ] nachfassen\n")
    assert task_codes(open_ones) == task_codes(one_done)


def test_a_complaint_has_a_code_of_day_and_gist_and_keeps_it_when_solved() -> None:
    text = "---\nname: A\n---\n## Verlauf\n\n### 2026-10-02 Reklamation: Naht offen\n"
    waiting = complaint_codes(read(text))
    solved = complaint_codes(read(f"{text}\ngelöst:: ersetzt\n"))
    assert waiting == solved
    assert [*waiting.values()] == [code_of("acme", "2026-10-02 Naht offen")]


def test_a_code_can_be_told_from_most_words() -> None:
    assert looks_like_code("P3C")
    assert not any(map(looks_like_code, ("ersatz", "fax", "k3", "", "anna", "muster")))


def test_a_code_is_shown_as_short_as_it_is_unique() -> None:
    others = ["2222222222", "2223bbbbbb", "k3fbbbbbbb", "k3fcbbbbbb", "zzzzzzzzzz"]
    shown = [shortened(code, others) for code in others]
    assert shown == ["2222", "2223", "k3fb", "k3fc", "zzz"]


@settings(max_examples=60)
@given(st.lists(CODES, min_size=1, unique=True))
def test_what_is_shown_begins_one_code_only(codes: list[str]) -> None:
    known = sorted(codes)
    for code in codes:
        shown = shortened(code, known)
        assert [one for one in codes if one.startswith(shown)] == [code]
        assert len(shown) >= SHORTEST


@given(st.text(), st.text())
def test_every_code_consists_of_signs_without_look_alikes(slug: str, text: str) -> None:
    assert looks_like_code(code_of(slug, text))
