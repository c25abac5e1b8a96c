"""Run the manual: every console block of README and docs is replayed and compared.

``python tools/manual.py`` writes what the commands print now into the blocks. A page starts with a
fresh sample store on Friday 2026-11-20, 14:30, and runs its blocks in order. A comment
``<!-- language: de -->`` at its top lets the program speak German, one such as
``<!-- now: 2026-11-20 08:05 -->`` sets the clock for the blocks below it. In a block a line that
begins with ``$`` is run, what follows it is its answer; a block without any is left alone.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tools.console import NOW, answer, home_of_nobody, sample_store  # noqa: E402  # after the path

GALLERY = ROOT / "docs" / "errors.md"  # replayed by tools/gallery.py, a store for each block
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CLOCK = re.compile(r"^<!-- now: (.+) -->$", re.MULTILINE)
_LANGUAGE = re.compile(r"<!-- language: (de|en) -->")
PROMPT = "$ "


def pages() -> list[Path]:
    """Return the pages that have console blocks."""
    found = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [
        page
        for page in found
        if page != GALLERY and page.exists() and _BLOCK.search(page.read_text("utf-8"))
    ]


def replayed(page: Path, store: Path) -> str:
    """Return the page with what its commands print now.

    Args:
        page: a page of the manual.
        store: a fresh sample store for it; its commands change it.
    """
    text = page.read_text(encoding="utf-8")
    spoken = _LANGUAGE.search(text)
    language = spoken[1] if spoken else "en"
    random.seed(page.name)  # so that actions get the same random names each time
    clocks = [(place.end(), datetime.fromisoformat(place[1])) for place in _CLOCK.finditer(text)]

    def run(block: re.Match[str]) -> str:
        before = [clock for place, clock in clocks if place < block.start()]
        return _run_block(block[1], store, language, before[-1] if before else NOW)

    return _BLOCK.sub(run, text)


def _run_block(block: str, store: Path, language: str, now: datetime) -> str:
    typed = [line for line in block.split("\n") if line.startswith(PROMPT)]
    if not typed:
        return f"```console\n{block}```"
    lines = ["```console"]
    for line in typed:
        lines += [line, *answer(line.removeprefix(PROMPT), store, language, now).lines]
    return "\n".join([*lines, "```"])


def main() -> None:
    """Write every page anew."""
    with tempfile.TemporaryDirectory() as place, home_of_nobody():
        fresh = sample_store(Path(place) / "fresh")
        for number, page in enumerate(pages()):
            store = Path(place) / f"store-{number}"
            shutil.copytree(fresh, store, symlinks=True)
            text = replayed(page, store)
            if text != page.read_text(encoding="utf-8"):
                page.write_text(text, encoding="utf-8")
                print(page.relative_to(ROOT))


if __name__ == "__main__":
    main()
