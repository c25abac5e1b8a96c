"""The floors of the house, as the manual tells them to those who build it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_manual_tells_every_floor_of_the_contract_in_its_order() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    floors = [re.findall(r"\w+", layer) for layer in layers if layer != "__main__"]
    manual = (ROOT / "docs" / "contributing.md").read_text("utf-8")
    block = manual.partition("```\n")[2].partition("```")[0]
    told = [line for line in block.split("\n") if line and not line.startswith(" ")]
    for floor, line in zip(floors, told, strict=True):
        assert re.findall(r"\w+", line)[: len(floor)] == floor
    rooms = {
        path.stem
        for path in (ROOT / "crm_md").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }  # files and packages
    assert rooms - {"__init__", "__main__"} == {name for floor in floors for name in floor}


def test_the_project_cites_no_page_that_it_does_not_have() -> None:
    for file in [*ROOT.glob("crm_md/**/*.py"), *ROOT.glob("docs/**/*.md")]:
        text = file.read_text("utf-8")
        for page in re.findall(r"docs/[\w/-]+\.md", text):
            assert (ROOT / page).exists(), f"{file} cites {page}"
        assert not re.search(
            r"\b(?:DESIGN|LESSONS|CONVENTIONS)\b(?!:)", text.replace("X-MS-OL-DESIGN", "")
        ), file  # pages outside
