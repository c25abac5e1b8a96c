"""Replay every error message: how one gets there, what it says in both languages, its exit code.

``tests/gallery/`` holds one page for each class of ``crm_md.errors``, named after it. A page
says in a sentence what somebody did. Its ``sh`` block prepares a fresh copy of the sample store,
its two ``console`` blocks (the first in English, the second in German) are typed there, each in a
copy of its own. What no test can bring about on every machine, two writers in the same moment for
instance, is shown from the class itself: a ``python`` block makes it,
two ``text`` blocks show it.

``python tools/gallery.py`` writes what is printed now into the pages, and all of them together,
ordered by exit code, to ``docs/errors.md``.
"""

from __future__ import annotations

import inspect
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from crm_md import errors  # noqa: E402  # after the path
from crm_md.messages import speaking  # noqa: E402
from tools.console import NOW, answer, home_of_nobody, sample_store  # noqa: E402

FOLDER = ROOT / "tests" / "gallery"
PAGE = ROOT / "docs" / "errors.md"
LANGUAGES = ("en", "de")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^# (\w+)(?: \(exit code \d+\))?$", re.MULTILINE)
# Parents of others that nobody ever meets as themselves.
_ABSTRACT = frozenset((errors.CrmError,))


@dataclass(frozen=True)
class Replayed:
    """A page as it should be now.

    Attributes:
        text: the page, with what is printed now.
        code: the exit code of its last command.
        met: the names of all failures that were met on the way.
    """

    text: str
    code: int
    met: frozenset[str]


def named() -> dict[str, object]:
    """Return all that stands on the door of the errors."""
    return {name: getattr(errors, name) for name in dir(errors)}


def classes() -> dict[str, type[errors.CrmError]]:
    """Return every failure that a user can meet, by its name."""
    return {
        name: one
        for name, one in named().items()
        if inspect.isclass(one) and issubclass(one, errors.CrmError) and one not in _ABSTRACT
    }


def pages() -> list[Path]:
    """Return the pages of the gallery."""
    return sorted(FOLDER.glob("*.md"))


def replayed(page: Path, fresh: Path, room: Path) -> Replayed:
    """Replay a page.

    Args:
        page: a page of the gallery.
        fresh: the sample store, which is copied.
        room: an empty folder for the copies.
    """
    text = page.read_text(encoding="utf-8")
    setup = "".join(body for kind, body in _BLOCK.findall(text) if kind == "sh")
    made = "".join(body for kind, body in _BLOCK.findall(text) if kind == "python")
    languages = {"console": iter(LANGUAGES), "text": iter(LANGUAGES)}
    codes: list[int] = []

    def block(found: re.Match[str]) -> str:
        kind, body = found.groups()
        if kind not in languages:
            return found[0]
        language = next(languages[kind])
        if kind == "text":
            lines, code = _shown(made, language)
        else:
            store = room / f"{page.stem}-{language}"
            shutil.copytree(fresh, store, symlinks=True)
            subprocess.run(["bash", "-ec", setup], cwd=store, check=True, capture_output=True)
            lines, code = _typed(body, store, language)
        codes.append(code)
        return "\n".join([f"```{kind}", *lines, "```"])

    with _failures_noted() as met:
        text = _BLOCK.sub(block, text)
    assert codes, f"{page.name} shows nothing"
    assert len(set(codes)) == 1, f"{page.name} ends differently in the two languages"
    text = _HEADING.sub(rf"# \1 (exit code {codes[0]})", text, count=1)
    return Replayed(text, codes[0], frozenset(met))


def _typed(body: str, store: Path, language: str) -> tuple[list[str], int]:
    random.seed(store.name)  # so that actions get the same random names each time
    lines: list[str] = []
    code = 0
    for line in (line for line in body.split("\n") if line.startswith("$ ")):
        found = answer(line.removeprefix("$ "), store, language)
        lines += [line, *found.lines]
        code = found.code
    return lines, code


def _shown(made: str, language: str) -> tuple[list[str], int]:
    """Make the failure that the Python line describes, and show it as the command line would."""
    with speaking(language):
        failure = eval(made.strip(), {**named(), "Path": Path, "NOW": NOW})
        assert isinstance(failure, errors.CrmError)
        return [str(failure), f"  → {failure.hint}"], failure.exit_code


@contextmanager
def _failures_noted() -> Iterator[set[str]]:
    """Note the class of every failure that is made meanwhile."""
    met: set[str] = set()
    original = errors.CrmError.__init__

    def noting(self: errors.CrmError, *args: Any, **more: Any) -> None:
        met.add(type(self).__name__)
        original(self, *args, **more)

    errors.CrmError.__init__ = noting  # type: ignore[method-assign]  # to look on, not to change
    try:
        yield met
    finally:
        errors.CrmError.__init__ = original  # type: ignore[method-assign]  # as it was


def together(texts: dict[str, Replayed]) -> str:
    """Return the page of the manual: all pages of the gallery, ordered by exit code."""
    lines = [
        "# What it says when something is wrong",
        "",
        "One line says what is wrong, one says what to do. Below is every message with the way",
        "there, in English and in German. The exit code tells a script what kind of failure it",
        "was: 0 done, 1 found nothing or findings, 2 a question not understood, 20 to 29 not found",
        "or ambiguous, 30 to 39 changed or locked, 40 to 49 malformed, 50 and above Git. A failure",
        "that is not on this page is a bug: it keeps its traceback, so that it can be reported.",
        "",
        "This page is generated: `python tools/gallery.py` replays `tests/gallery/`.",
    ]
    for _name, one in sorted(texts.items(), key=lambda item: (item[1].code, item[0])):
        lines += ["", one.text.rstrip("\n").replace("# ", "## ", 1)]
    return "\n".join([*lines, ""])


def replay_all() -> dict[str, Replayed]:
    """Replay all pages, each in stores of its own."""
    with home_of_nobody(), tempfile.TemporaryDirectory() as place:
        fresh = sample_store(Path(place) / "fresh")
        return {page.stem: replayed(page, fresh, Path(place)) for page in pages()}


def main() -> None:
    """Write what is printed now into all pages, and the page of the manual."""
    found = replay_all()
    for name, one in found.items():
        (FOLDER / f"{name}.md").write_text(one.text, encoding="utf-8")
        if name not in one.met:
            print(f"{name} is not met on its page, but {sorted(one.met)}")
    PAGE.write_text(together(found), encoding="utf-8")
    for name in sorted(set(classes()) - set(found)):
        print(f"{name} has no page")


if __name__ == "__main__":
    main()
