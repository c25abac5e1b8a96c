"""Run the manual: every console block of README and docs is replayed and compared.

``python tools/manual.py`` writes what the commands print now into the blocks. A page starts with a
fresh sample store on Friday 2026-11-20, 14:30, and runs its blocks in order; a comment
``<!-- language: de -->`` at its top lets the program speak German. A block without ``$ crm`` is
left alone.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

NOW = datetime(2026, 11, 20, 14, 30)
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LANGUAGE = re.compile(r"<!-- language: (de|en) -->")
_ACTION = re.compile(r"\b(undo|zurücknehmen) [2-9a-z]{6}\b")
_PROMPT = "$ crm"


def pages() -> list[Path]:
    """Return the pages that have console blocks."""
    found = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [page for page in found if page.exists() and _BLOCK.search(page.read_text("utf-8"))]


def replayed(page: Path, store: Path) -> str:
    """Return the page with what its commands print now.

    Args:
        page: a page of the manual.
        store: a fresh sample store for it; its commands change it.
    """
    text = page.read_text(encoding="utf-8")
    spoken = _LANGUAGE.search(text)
    language = spoken[1] if spoken else "en"
    return _BLOCK.sub(lambda block: _run_block(block[0], store, language), text)


def same(one: str, other: str) -> bool:
    """Tell whether two pages agree, apart from the random names of actions."""
    return _ACTION.sub(r"\1 ACTION", one) == _ACTION.sub(r"\1 ACTION", other)


def sample_store(folder: Path) -> Path:
    """Make the sample store that every page begins with."""
    from crm_md.records.sample import make_demo

    make_demo(folder, NOW)
    return folder


def _run_block(block: str, store: Path, language: str) -> str:
    if _PROMPT not in block:
        return block
    lines = ["```console"]
    for command in (line for line in block.split("\n") if line.startswith(_PROMPT)):
        lines += [command, *_printed(command.removeprefix("$ "), store, language)]
    return "\n".join([*lines, "```"])


def _printed(command: str, store: Path, language: str) -> list[str]:
    """Run one command in this process; both streams in the order in which they were written."""
    from crm_md.cli import run

    words = shlex.split(command)[1:]
    shared = ["--store", str(store), "--language", language, "--today", f"{NOW:%Y-%m-%d %H:%M}"]
    out = io.StringIO()
    before, os.environ["NO_COLOR"] = sys.stdin, "1"
    sys.stdin = io.StringIO("")
    try:
        with redirect_stdout(out), redirect_stderr(out):
            run([*shared, *words])
    finally:
        sys.stdin = before
    text = out.getvalue().replace(str(store), "~/kunden" if language == "de" else "~/customers")
    return [line.rstrip() for line in text.rstrip("\n").split("\n")] if text.strip() else []


def main() -> None:
    """Write every page anew."""
    with tempfile.TemporaryDirectory() as place:
        fresh = sample_store(Path(place) / "fresh")
        for number, page in enumerate(pages()):
            store = Path(place) / f"store-{number}"
            shutil.copytree(fresh, store, symlinks=True)
            text = replayed(page, store)
            if not same(text, page.read_text(encoding="utf-8")):
                page.write_text(text, encoding="utf-8")
                print(page.relative_to(ROOT))


if __name__ == "__main__":
    main()
