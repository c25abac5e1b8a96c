"""The page for those who write programs: every line of it is run on the sample book."""

from __future__ import annotations

import doctest
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import crm_md
from crm_md.messages import speak
from tools.console import ROOT, sample_store

PAGE = ROOT / "docs" / "python.md"


def test_the_page_shows_what_a_program_gets(tmp_path: Path) -> None:
    store = sample_store(tmp_path / "store")
    speak("en")
    with chdir(store):
        tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert tried.attempted > 10
    assert tried.failed == 0


def test_what_the_package_offers_is_there_and_costs_nothing_until_it_is_asked_for() -> None:
    assert all(getattr(crm_md, name).__doc__ for name in crm_md.__all__)
    asked = "import sys, crm_md; print(*[m for m in sys.modules if m.startswith('crm_md')])"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert set(loaded.stdout.split()) == {"crm_md", "crm_md.door"}
