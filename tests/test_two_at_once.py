"""A second process merges half of many files; without it, or when it ends early, nothing lacks."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from crm_md.document.merging.whole_file import merged_file
from crm_md.joining import two_at_once
from crm_md.joining.two_at_once import WORTH_HELP, Texts, merged_files

MANY = WORTH_HELP + 5


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(two_at_once, "processors", lambda: 2)


@pytest.fixture
def merged_here(monkeypatch: pytest.MonkeyPatch) -> list[Texts]:
    """What is merged in this process."""
    found: list[Texts] = []

    def merge(*texts: bytes) -> bytes | None:
        base, ours, theirs = texts
        found.append((base, ours, theirs))
        return merged_file(base, ours, theirs)

    monkeypatch.setattr(two_at_once, "merged_file", merge)
    return found


def files(count: int) -> list[Texts]:
    """Return so many customers at whom two wrote; one of them cannot be merged."""
    found: list[Texts] = []
    for number in range(count):
        start = f"---\nname: Haus {number}\n---\n\n## Verlauf\n\n"
        sides = (f"{start}### 2026-11-2{day} Anruf: von {day}\n" for day in (0, 1))
        one, other = sides
        found.append((start.encode(), one.encode(), other.encode()))
    found[-2] = (b"", b"---\nname: A\n", b"---\nname: B\n---\n")
    return found


def wanted(every: list[Texts]) -> list[bytes | None]:
    return [merged_file(*texts) for texts in every]


def test_many_files_are_merged_as_each_alone(merged_here: list[Texts]) -> None:
    every = files(MANY)
    made = merged_files(every)
    assert made == wanted(every)
    assert made[-2] is None
    assert 0 < len(merged_here) < MANY


@pytest.mark.parametrize("count", [0, 3, WORTH_HELP - 1])
def test_few_files_are_merged_here(merged_here: list[Texts], count: int) -> None:
    every = files(count) if count else []
    assert merged_files(every) == wanted(every)
    assert merged_here == every


def test_one_processor_merges_all(
    merged_here: list[Texts], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(two_at_once, "processors", lambda: 1)
    every = files(MANY)
    assert merged_files(every) == wanted(every)
    assert merged_here == every


@pytest.mark.parametrize(
    "start",
    ["exit(1)", "print('Hallo')", "import os; os._exit(0)", "import sys; sys.stdin.close()"],
)
def test_what_a_helper_does_not_answer_is_merged_here(
    merged_here: list[Texts], monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    monkeypatch.setattr(two_at_once, "_START", start)
    every = files(MANY)
    assert merged_files(every) == wanted(every)
    assert merged_here == every


def test_without_a_program_to_start_all_is_merged_here(
    merged_here: list[Texts], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    every = files(MANY)
    assert merged_files(every) == wanted(every)
    assert merged_here == every


def test_no_helper_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            started.append(self)

    def broken(*_texts: bytes) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", Watched)
    monkeypatch.setattr(two_at_once, "merged_file", broken)
    with pytest.raises(KeyboardInterrupt):
        merged_files(files(MANY))
    assert [one.returncode is not None for one in started] == [True]
