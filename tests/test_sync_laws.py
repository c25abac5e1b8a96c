"""Whatever several people do in whatever order: all get the same, and nothing said is missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.clones import PETERSEN, team
from tests.lives import Life
from tests.stories import Step, shortest, story


@pytest.mark.parametrize("seed", range(3))
def test_all_get_the_same_and_nothing_said_is_missing(tmp_path: Path, seed: int) -> None:
    Life(tmp_path).live(story(seed, 45))


def test_a_story_that_fails_is_told_in_as_few_steps_as_still_fail() -> None:
    steps = story(1, 300)
    bad = {steps[40], steps[200]}

    def fails(told: Sequence[Step]) -> bool:
        return bad <= set(told)

    assert shortest(steps, fails) == [steps[40], steps[200]]


def test_a_customer_has_one_file_however_often_they_are_moved(tmp_path: Path) -> None:
    firm = team(tmp_path)
    anna, ben = firm.clone("anna"), firm.clone("ben")
    for book, folder in ((anna, "nord"), (ben, "ost")):
        (book.root / "customers" / folder).mkdir()
        (book.root / PETERSEN).rename(book.root / "customers" / folder / "modehaus-petersen.md")
    for book in (anna, ben, anna):
        assert book("sync").code == 0
    found = sorted((anna.root / "customers").rglob("modehaus-petersen*.md"))
    assert found == [anna.root / "customers/ost/modehaus-petersen.md"]
