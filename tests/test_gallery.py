"""The gallery of errors: every class has a page, and each page is what is really printed."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from crm_md import errors
from tools import gallery
from tools.console import sample_store
from tools.gallery import PAGE, classes, pages, replayed, together

BLOCK = re.compile(r"^```(?:console|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample store, made once; each page works on copies of it."""
    return sample_store(tmp_path_factory.mktemp("gallery") / "fresh")


def test_every_failure_stands_on_the_door_of_the_errors() -> None:
    for part in iter_modules(errors.__path__):
        inside = import_module(f"crm_md.errors.{part.name}")
        for name, one in vars(inside).items():
            if inspect.isclass(one) and one.__module__ == inside.__name__:
                assert getattr(errors, name) is one


def test_every_failure_has_its_page() -> None:
    assert {page.stem for page in pages()} == set(classes())


@pytest.mark.parametrize("name", [page.stem for page in pages()])
def test_the_page_is_what_is_printed(name: str, fresh: Path, tmp_path: Path) -> None:
    page = gallery.FOLDER / f"{name}.md"
    now = replayed(page, fresh, tmp_path)
    assert now.text == page.read_text(encoding="utf-8"), "python tools/gallery.py writes it anew"
    assert name in now.met


@pytest.mark.parametrize("name", [page.stem for page in pages() if page.stem != "NothingChanged"])
def test_one_line_says_what_is_wrong_and_one_what_to_do(name: str) -> None:
    blocks = BLOCK.findall((gallery.FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    assert len(blocks) == 2, "English, then German"
    for block in blocks:
        what, remedy = block.rstrip("\n").split("\n")[-2:]
        assert re.match(r"[\w“„~.]", what)
        assert re.match(r"  → [\w“„]", remedy)


def test_both_languages_say_it_differently() -> None:
    for page in pages():
        english, german = BLOCK.findall(page.read_text(encoding="utf-8"))
        assert english.split("\n")[-2:] != german.split("\n")[-2:]


def test_the_page_of_the_manual_is_all_of_them() -> None:
    texts = {}
    for page in pages():
        text = page.read_text(encoding="utf-8")
        code = re.search(r"\(exit code (\d+)\)", text)
        assert code
        texts[page.stem] = gallery.Replayed(text, int(code[1]), frozenset())
    assert PAGE.read_text(encoding="utf-8") == together(texts)
