"""The examples of the pages on merging are merged as they say, from both sides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crm_md.document import merge

DOCS = Path(__file__).parents[1] / "docs"
ENGLISH, GERMAN = (
    re.findall(r"^```merge\n(.*?)^```$", (DOCS / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    for page in ("merging.md", "de/zusammenfuehren.md")
)


@pytest.mark.parametrize("example", ENGLISH + GERMAN)
def test_an_example_of_the_page_is_merged_as_it_says(example: str) -> None:
    base, one, other, wanted = re.split(r"^======= \w+\n", example, flags=re.MULTILINE)
    assert merge(base, one, other).text == wanted
    assert merge(base, other, one).text == wanted


def test_there_is_an_example_of_each_case_and_in_german_of_what_happens_often() -> None:
    assert (len(ENGLISH), len(GERMAN)) == (11, 3)
