"""Killed at any moment, written by eight at once: nothing said is lost, nothing is half."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.books import PETERSEN, Book

FILE = "customers/modehaus-petersen.md"


def crm(book: Book, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a real process that runs one command."""
    return subprocess.Popen(
        [sys.executable, "-m", "crm_md", "--store", str(book.root), *arguments],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
    )


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment_the_file_is_old_or_new_and_the_next_action_saves_it(
    book: Book, seed: int
) -> None:
    chance = random.Random(seed)
    book("log", "petersen", "Anruf: warm")
    started = time.monotonic()
    crm(book, "log", "petersen", "Anruf: Probelauf").communicate()
    usual = time.monotonic() - started
    for number in range(8):
        before = book.read(FILE)
        process = crm(book, "log", "petersen", f"Anruf: Nummer {number} kommt.")
        time.sleep(chance.uniform(usual * 0.3, usual * 1.05))
        process.kill()
        process.communicate()
        after = book.read(FILE)
        told = after.count(f"Nummer {number} kommt.")
        assert (after == before) if told == 0 else (told == 1)
    answer = book("log", "petersen", "Anruf: zuletzt")
    assert answer.code == 0, answer.err
    assert book.git("status", "--porcelain") == ""
    text = book.read(FILE)
    for number in range(8):
        assert text.count(f"Nummer {number} kommt.") <= 1
        in_history = book.git("log", "--format=%B").count(f"Nummer {number} kommt.")
        assert in_history == text.count(f"Nummer {number} kommt.")
    assert not list((book.root / "customers").glob(".crm-tmp-*"))
    assert not list((book.root / ".git/crm/waiting").glob("*.json"))


@pytest.mark.parametrize("customers", [1, 8], ids=["one customer", "eight customers"])
def test_eight_processes_log_25_times_each_and_nothing_is_lost(book: Book, customers: int) -> None:
    for number in range(customers):
        text = PETERSEN.replace("Modehaus Petersen GmbH & Co. KG", f"Haus {number}")
        book.write(f"customers/haus-{number}.md", text, f"Haus {number}")
    commits = len(book.subjects())

    def worker(me: int) -> list[str]:
        failures = []
        for turn in range(25):
            house = f"haus-{me % customers}"
            process = crm(book, "log", house, f"Anruf: Wort {me}-{turn} gesagt.")
            _out, err = process.communicate()
            if process.returncode:
                failures.append(err.decode())
        return failures

    with ThreadPoolExecutor(8) as pool:
        failures = [failure for found in pool.map(worker, range(8)) for failure in found]
    assert failures == []
    assert len(book.subjects()) - commits == 200
    texts = "".join(book.read(f"customers/haus-{number}.md") for number in range(customers))
    for me in range(8):
        for turn in range(25):
            assert texts.count(f"Wort {me}-{turn} gesagt.") == 1
    assert book.git("status", "--porcelain") == ""
