"""What two colleagues change in ``crm.toml`` at the same time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_md.config import Member
from crm_md.joining.settings import merged_settings, questions_in, values_of
from crm_md.records.starting import starter_settings, team_entry
from crm_md.settings_text import with_table

ANNA = Member("anna", "Anna Krüger", ("anna@example.com",))
BEN = Member("ben", "Ben Okafor", ("ben@example.com",))
CARLA = Member("carla", "Carla Wu", ("carla@example.com",))


def joined(base: str, one: str, other: str) -> str:
    """Merge both ways, and see that both say the same."""
    this, that = (
        merged_settings(base.encode(), *(text.encode() for text in sides))
        for sides in ((one, other), (other, one))
    )
    assert this is not None
    assert that is not None
    assert values_of(this) == values_of(that)
    return this.decode()


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_two_who_join_the_team_leave_what_is_explained_as_it_was(language: str, end: str) -> None:
    first = starter_settings(language, ANNA).replace("\n", end)
    with_ben = with_table(first, ("team", "ben"), team_entry(BEN))
    with_carla = with_table(first, ("team", "carla"), team_entry(CARLA))
    text = joined(first, with_ben, with_carla)
    new = f"\n{team_entry(BEN)}\n{team_entry(CARLA)}".replace("\n", end)
    at = first.index(team_entry(ANNA).replace("\n", end)) + len(team_entry(ANNA).replace("\n", end))
    assert text == first[:at] + new + first[at:]


@pytest.mark.parametrize(
    ("base", "one", "other", "both"),
    [
        (
            "",
            "[team.b]\nname = 'B'\n",
            "[team.a]\nname = 'A'\n",
            "[team.b]\nname = 'B'\n\n[team.a]\nname = 'A'\n",
        ),
        ("a = 1\n", "a = 2\n", "a = 1\n# new\n[b]\nc = 1 # x\n", "a = 2\n\n[b]\nc = 1 # x\n"),
        ("a = 1\n[b]\nc = 1\n", "a = 1\n", "a = 1\n[b]\nc = 2\n", "a = 1\n\n[b]\nc = 2\n"),
        ("a = 1\n[b]\nc = 1\n", "a = 1\n", "a = 2\n[b]\nc = 1\n", "a = 2\n"),
        (
            "[a]\nb = 1\n",
            "[a]\nb = 1\n",
            "[a]\nb = 1\n[a.c]\nd = [\n  1,\n]\n",
            "[a]\nb = 1\n\n[a.c]\nd = [\n  1,\n]\n",
        ),
    ],
    ids=["both new", "a table", "removed and changed", "removed", "below another"],
)
def test_tables_that_one_side_has(base: str, one: str, other: str, both: str) -> None:
    assert joined(base, one, other) == both


def test_a_list_that_goes_over_lines_is_not_cut() -> None:
    first = '[team.anna]\nemail = [\n  "a@example.com",\n]\n\n[call]\nlimit = 3\n'
    new = with_table(first, ("team", "ben"), "[team.ben]\n")
    assert new == first.replace("]\n\n[call]", "]\n\n[team.ben]\n\n[call]")


def test_a_rule_in_dots_here_and_in_brackets_there_stays_a_rule() -> None:
    dotted = "[call]\nrules.birthday.points = 0\n"
    in_brackets = "[call]\n[call.rules.birthday]\npoints = 0\n[call.rules.gone-quiet]\npoints = 3\n"
    text = joined(dotted, dotted.replace("0", "5"), in_brackets)
    rules = {"birthday": {"points": 5}, "gone-quiet": {"points": 3}}
    assert values_of(text.encode()) == {"call": {"rules": rules}}


LINES = st.sampled_from(
    [
        'language = "en"',
        "team.carla.name = 'C'",
        "[team.carla]\nname = 'C'\n# about\n",
        "[team.ben]\nleft = 2026-03-31",
        "[call]\nevery = '2w'",
        "[call.rules]\nq.points = 3",
        "[call]\nrules.q.days = 3",
        "[[x]]\na = 1",
        "x = [1, 2]",
        "x = [2, 3]",
        "x.a = 1",
        "[x.a]\nb = 1",
    ]
)
SETTINGS = (
    st.lists(LINES, max_size=4, unique=True)
    .map("\n".join)
    .filter(lambda text: values_of(text.encode()) is not None)
)


@given(SETTINGS, SETTINGS, SETTINGS)
def test_whatever_is_merged_says_the_same_from_both_sides(base: str, one: str, other: str) -> None:
    texts = [text.encode() for text in (base, one, other)]
    this, that = merged_settings(*texts), merged_settings(texts[0], texts[2], texts[1])
    assert (this is None) == (that is None)
    if this is not None and that is not None:
        assert values_of(this) == values_of(that)
    unchanged = merged_settings(texts[0], texts[0], texts[1])
    assert unchanged is None or values_of(unchanged) == values_of(texts[1])


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_a_value_that_did_not_win_stands_at_the_end_until_somebody_settles_it(end: str) -> None:
    base = '[segments.A]\nevery = "3w"\n\n[call]\nlimit = 3\n'.replace("\n", end)
    one, other = (base.replace('"3w"', f'"{weeks}w"') for weeks in (4, 6))
    text = joined(base, one, other)
    question = f'{end}# segments.A.every = "4w" #settle{end}'
    assert text == other + question
    assert joined(text, text, text.replace("3", "5")) == text.replace("3", "5")
    assert joined(text, other, text.replace("3", "5")) == other.replace("3", "5")
    twice = joined(base, text, text.replace("6w", "8w"))
    assert questions_in(twice.encode()) == ['# segments.A.every = "4w" #settle', '# segments.A.every = "6w" #settle']  # noqa: E501  # fmt: skip  # as they stand
