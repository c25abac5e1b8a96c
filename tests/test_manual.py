"""The manual is run: its console blocks and its pictures show what is really printed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from crm_md import __version__
from tools import manual, pictures
from tools.console import COLUMNS, ROOT, sample_store

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
CHAPTER = re.compile(r"\]\(([^)#\s:]*)#([^)\s]+)\)")
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


def test_readme_tutorial_and_situations_are_run_in_both_languages() -> None:
    run = {str(page.relative_to(ROOT)) for page in manual.pages()}
    english = ("tutorial", "day", "angry-customer", "team")
    german = ("erste-schritte", "arbeitstag", "reklamation", "team")
    assert {"README.md", *(f"docs/{name}.md" for name in english)} <= run
    assert {f"docs/de/{name}.md" for name in german} <= run


def test_a_comment_sets_the_clock_for_the_blocks_below_it(fresh: Path, tmp_path: Path) -> None:
    store, page = tmp_path / "store", tmp_path / "page.md"
    shutil.copytree(fresh, store, symlinks=True)
    said = "```console\n$ crm log petersen call with Heike\n```\n"
    page.write_text(f"{said}<!-- now: 2027-01-31 08:05 -->\n{said}", encoding="utf-8")
    above, _clock, below = manual.replayed(page, store).partition("<!-- now")
    assert "Fri 20 Nov 2026 14:30 (today), call with Heike" in above
    assert "Sun 31 Jan 2027 08:05 (today), call with Heike" in below


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


def test_the_file_to_install_has_the_number_of_this_version() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in DOCUMENTS)
    assert set(re.findall(r"crm_md-(\S+?)-py3-none-any\.whl", text)) == {__version__}


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_of_the_manual_leads_nowhere(page: Path) -> None:
    text = re.sub(r"`[^`]*`", "", prose(page))
    for target in LINK.findall(text):
        if "://" not in target:
            assert (page.parent / target).exists(), target
    for target, chapter in CHAPTER.findall(text):
        titles = re.findall(r"^#+ (.+)$", prose(page.parent / target if target else page), re.M)
        names = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
        assert chapter in names, f"{target}#{chapter}"


def prose(page: Path) -> str:
    """Return a page without what stands in fences."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
