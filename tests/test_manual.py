"""The manual is run: its console blocks and its pictures show what is really printed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tools import manual, pictures
from tools.console import COLUMNS, ROOT, sample_store

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample store, made once; each page works on a copy of it."""
    return sample_store(tmp_path_factory.mktemp("manual") / "fresh")


@pytest.mark.parametrize("page", manual.pages(), ids=lambda page: page.name)
def test_the_page_shows_what_is_printed(page: Path, fresh: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(fresh, store, symlinks=True)
    now = manual.replayed(page, store)
    assert now == page.read_text(encoding="utf-8"), "python tools/manual.py writes it anew"


def test_readme_and_tutorial_are_run() -> None:
    assert {"README.md", "tutorial.md"} <= {page.name for page in manual.pages()}


@pytest.mark.parametrize("picture", pictures.PICTURES, ids=lambda picture: picture.name)
def test_the_picture_shows_what_is_printed(
    picture: pictures.Picture, fresh: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    shutil.copytree(fresh, store, symlinks=True)
    drawn = (pictures.FOLDER / f"{picture.name}.svg").read_text(encoding="utf-8")
    assert pictures.drawn(picture, store) == drawn, "python tools/pictures.py draws it anew"


def test_a_picture_keeps_to_its_columns(fresh: Path) -> None:
    lines = pictures.printed(["petersen"], fresh, "de")
    plain = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in lines]
    assert max(map(len, plain)) <= COLUMNS
    assert any("\x1b[" in line for line in lines), "it is in colour"


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_of_the_manual_leads_nowhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    text = re.sub(r"`[^`]*`", "", text)
    for target in LINK.findall(text):
        if "://" not in target:
            assert (page.parent / target).exists(), target
