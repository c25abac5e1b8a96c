"""The examples of docs/merging.md are merged as the page says, from both sides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crm_md.document import merge

PAGE = (Path(__file__).parents[1] / "docs" / "merging.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```merge\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_page_is_merged_as_it_says(example: str) -> None:
    base, one, other, wanted = re.split(r"^======= \w+\n", example, flags=re.MULTILINE)
    assert merge(base, one, other).text == wanted
    assert merge(base, other, one).text == wanted


def test_there_is_an_example_of_each_case() -> None:
    assert len(EXAMPLES) == 9
