"""What the pages quote without running it is what the program says today, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
PAGES = ("docs/team.md", "docs/server.md", "docs/de/team.md", "docs/de/server.md")
_OTHER = re.compile(r"\$ |/\S*$|Crm-Action: |Modehaus Petersen")  # typed, folders, commits
_BEN = ("Ben Okafor", "ben@tuchwerk.example")  # his answers
_ENOUGH = 5  # letters of its own, or a message such as "{name}: {text}" would say anything


def sayings(german: bool) -> list[re.Pattern[str]]:
    """Return a pattern for each message of the program."""
    found = []
    for fragment in sorted((ROOT / "crm_md/locale/de").glob("*.po")):
        for message in read_po(fragment.open("rb")):
            texts = message.string if german else message.id
            for text in (texts,) if isinstance(texts, str) else texts:
                pieces = re.split(r"\{\w+\}", text)
                if len(re.findall(r"\w", "".join(pieces))) >= _ENOUGH:
                    found.append(re.compile(".+".join(map(re.escape, pieces))))
    return found


def quoted(page: str) -> list[str]:
    """Return the lines of a page that show what was said, each hint by itself."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```text\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.split("\n")]
    said = [line.removeprefix("remote: ") for line in lines if not _OTHER.match(line)]
    return [part for line in said for part in re.split(r"(?:^| +)→ (?=[A-Z])", line) if part]


@pytest.mark.parametrize("page", PAGES)
def test_the_page_quotes_what_is_said(page: str) -> None:
    messages = sayings(german="/de/" in page)
    lines = quoted(page)
    assert lines
    for line in lines:
        tail = re.sub(r"^customers/\S+:\d+: \w+: ", "", line)  # of a finding: its words
        tail = re.sub(r": [\w@. ]+$", "", tail) if line.endswith(_BEN) else tail  # what was asked
        assert any(one.fullmatch(tail) for one in messages), line
