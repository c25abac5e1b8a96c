"""Promises, facts and links are read in every form people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.config import Config, read_config
from crm_md.document.facts import facts_in
from crm_md.document.links import links_in
from crm_md.document.task_signs import TASK
from crm_md.document.tasks import Problem, Said, read_task
from crm_md.model import CUSTOMER, Task

TEAM = read_config('[team.anna]\nname = "Anna Krüger"\n[team.ben]\n')
NO_TEAM = read_config("")
DAY = date(2026, 12, 1)
IN_ENTRY = Said(7, author="anna", owner="clara", day=date(2026, 11, 20))


def task(line: str, said: Said = IN_ENTRY, config: Config = TEAM) -> Task | None:
    match = TASK.match("\n" + line)
    return read_task(match[1], match[2], said, config, []) if match else None


def known(line: str, said: Said = IN_ENTRY, config: Config = TEAM) -> Task:
    found = task(line, said, config)
    assert found is not None
    return found


def problems(line: str) -> list[Problem]:
    found: list[Problem] = []
    match = TASK.match("\n" + line)
    assert match
    read_task(match[1], match[2], IN_ENTRY, TEAM, found)
    return found


def facts(text: str) -> list[tuple[str, str]]:
    return [(fact.key, fact.value) for fact in facts_in(text, 0)]


def test_a_task_has_words_a_day_a_colleague_and_the_day_it_was_said() -> None:
    assert known("- [ ] Ersatz bestätigen due:2026-12-01 @ben") == Task(
        text="Ersatz bestätigen",
        due=DAY,
        whose="ben",
        mentions=("ben",),
        said_on=date(2026, 11, 20),
        line=7,
    )


@pytest.mark.parametrize("mark", ["- ", "* ", "+ ", "  - ", "\t* ", "        - ", "-   ", "> - "])
def test_a_task_may_be_marked_and_indented_in_many_ways(mark: str) -> None:
    assert known(f"{mark}[ ] anrufen").text == "anrufen"


@pytest.mark.parametrize(
    ("box", "state"), [(" ", "open"), ("x", "done"), ("X", "done"), ("-", "dropped")]
)
def test_the_box_tells_the_state(box: str, state: str) -> None:
    assert known(f"- [{box}] anrufen").state == state


@pytest.mark.parametrize(
    "line",
    [
        "1. [ ] a",
        "[ ] a",
        "-[ ] a",
        "- [ ]a",
        "- [y] a",
        "- [] a",
        "- [ ]",
        "- [ ]   ",
        "text - [ ] a",
    ],
)
def test_what_only_resembles_a_task_is_none(line: str) -> None:
    assert task(line) is None


@pytest.mark.parametrize(
    "due",
    [
        *(
            "due:2026-12-01",
            "due: 1.12.2026",
            "due:01.12.2026",
            "Due:2026-12-01",
            "fällig:2026-12-01",
        ),
        *("fällig: 1.12.2026", "faellig:2026-12-01", "fa\u0308llig:2026-12-01", "bis:2026-12-01"),
        *("📅 2026-12-01", "📅2026-12-01", "📅\ufe0f 2026-12-01", "[due:: 2026-12-01]"),
        *("(due:: 2026-12-01)", "[fällig:: 1.12.2026]", "due:2026-12-01,", "due:2026-12-01."),
    ],
)
def test_a_day_is_read_in_every_form(due: str) -> None:
    for line in (f"- [ ] anrufen {due}", f"- [ ] {due} anrufen", f"- [ ] anrufen {due} @ben"):
        assert (known(line).due, known(line).text) == (DAY, "anrufen")


@pytest.mark.parametrize(
    "done", ["done:2026-12-01", "✅ 2026-12-01", "[completion:: 2026-12-01]", "erledigt: 1.12.2026"]
)
def test_the_day_of_doing_is_read_in_every_form(done: str) -> None:
    found = known(f"- [x] anrufen due:2026-11-30 {done}")
    assert (found.done_on, found.due, found.text) == (DAY, date(2026, 11, 30), "anrufen")


def test_the_day_of_dropping_is_no_word_of_the_task() -> None:
    assert known("- [-] anrufen ❌ 2026-12-01").text == "anrufen"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("- [ ] anrufen due:freitag", "freitag"),
        ("- [ ] anrufen due:1.12.", "1.12."),
        ("- [ ] anrufen due:2026-02-30", "2026-02-30"),
        ("- [ ] anrufen 📅 morgen", "morgen"),
    ],
)
def test_a_day_we_cannot_read_stays_in_the_words_and_is_said(line: str, word: str) -> None:
    assert known(line).due is None
    assert word in known(line).text
    assert problems(line) == [Problem(7, "due", word)]


@pytest.mark.parametrize(
    ("mention", "whose"),
    [
        ("@ben", "ben"),
        ("@Ben", "ben"),
        ("@kunde", CUSTOMER),
        ("@Customer", CUSTOMER),
        ("@ich", "anna"),
        ("@me", "anna"),
        ("", "anna"),
        ("@heike", "anna"),
        ("@heike @kunde", CUSTOMER),
        ("@ben @kunde", "ben"),
        ("(@ben)", "ben"),
        ("@ben,", "ben"),
        ("info@ben", "anna"),
    ],
)
def test_a_mention_tells_whose_it_is(mention: str, whose: str) -> None:
    assert known(f"- [ ] anrufen {mention}").whose == whose


def test_nobody_mentioned_it_is_the_authors_else_the_owners() -> None:
    assert known("- [ ] anrufen", Said(1, author="ben", owner="clara")).whose == "ben"
    assert known("- [ ] anrufen", Said(1, owner="clara")).whose == "clara"
    assert known("- [ ] anrufen", Said(1)).whose == ""


def test_i_am_the_author_else_the_owner_else_whoever_reads_it() -> None:
    assert known("- [ ] anrufen @ich", Said(1, owner="clara")).whose == "clara"
    assert known("- [ ] anrufen @ich", Said(1)).whose == "me"


def test_without_a_team_every_mention_is_a_name() -> None:
    assert known("- [ ] anrufen @Eva", config=NO_TEAM).whose == "Eva"


@pytest.mark.parametrize(
    "line", ["@ben anrufen", "anrufen (@ben)", "@ben, anrufen", "anrufen @ben"]
)
def test_the_mention_is_no_word_of_the_task(line: str) -> None:
    assert known(f"- [ ] {line}").text == "anrufen"


def test_an_unknown_mention_is_said_and_kept() -> None:
    assert problems("- [ ] anrufen @heike") == [Problem(7, "mention", "heike")]
    assert known("- [ ] anrufen @heike").mentions == ("heike",)


@settings(max_examples=200, deadline=None)
@given(st.text("ab @:.due2026-10📅✅[]()x", max_size=40))
def test_no_words_of_a_task_make_trouble(words: str) -> None:
    found = task(f"- [ ] {words}")
    assert found is None or "\n" not in found.text


@pytest.mark.parametrize(
    "line",
    [
        *("Stimmung:: sauer", "- Stimmung:: sauer", "* mood::   sauer", "  + Laune:: sauer"),
        *("Er war [Stimmung:: sauer] heute", "(mood:: sauer)", "STIMMUNG::sauer", "> mood:: sauer"),
        *("**Stimmung**:: sauer", "**Stimmung::** sauer", "_mood_:: sauer", "\tmood :: sauer"),
    ],
)
def test_a_fact_stands_alone_on_a_line_as_an_item_or_in_brackets(line: str) -> None:
    for text in (line, f"davor\n{line}\ndanach", f"{line}\r\n"):
        assert facts(text) == [("mood", "sauer")]


def test_known_facts_get_their_english_name_and_unknown_ones_stay() -> None:
    assert facts("gelöst:: ja\nweil:: so\nBetrag:: 3 €\nFarbton:: blau") == [
        *(("solved", "ja"), ("because", "so"), ("amount", "3 €"), ("Farbton", "blau"))
    ]


def test_the_first_of_several_comes_first_and_brackets_may_hold_links() -> None:
    assert facts("[mood:: gut] und [weil:: [[acme|Acme]] kam] (a b:: c)") == [
        *(("mood", "gut"), ("because", "[[acme|Acme]] kam"), ("a b", "c"))
    ]


def test_a_fact_may_be_empty() -> None:
    assert facts("gelöst::\n- weil::  ") == [("solved", ""), ("because", "")]


@pytest.mark.parametrize(
    "text",
    [
        *("std::vector", "a [std::vector]", "- [ ] anrufen [due:: 2026-12-01]", "::", "1:: x"),
        *(
            "Er sagte: Stimmung:: sauer",
            "http://[::1]/",
            "- [ ] mood:: x",
            "| a:: | b |",
            "[x:: offen",
        ),
        *("- [x] a (completion:: 2026-12-01)", "Stimmung: sauer"),
    ],
)
def test_what_only_resembles_a_fact_is_none(text: str) -> None:
    assert facts(text) == []


@settings(max_examples=200, deadline=None)
@given(st.text("a:[]()\n -*|", max_size=40))
def test_facts_are_found_in_any_text_without_trouble(text: str) -> None:
    assert all("\n" not in key + value for key, value in facts(text))


def test_links_are_read_by_what_they_name() -> None:
    text = (
        "[[acme]] [[ordner/acme#Verlauf|die Acme]] [[Müller & Söhne]] ![[bild.png]] [[a\\|b]] [[]]"
    )
    assert list(links_in(text)) == ["acme", "ordner/acme", "Müller & Söhne", "a"]
    assert list(links_in("[acme] [[a\nb]] [[#Verlauf]]")) == []
