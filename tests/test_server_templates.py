"""The templates for GitHub and GitLab do what the page says, so far as they run here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.books import Book, book
from tests.repositories import git

__all__ = ["book"]

PAGE = (Path(__file__).parents[1] / "docs/server.md").read_text(encoding="utf-8")
TEMPLATES = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
GITHUB, GITLAB = (yaml.load(one, yaml.BaseLoader) for one in TEMPLATES)
MARKED = "---\nname: Quast\n---\n<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> x\n"
ZEROS = "0" * 40


def test_the_german_page_has_the_same_templates() -> None:
    german = (Path(__file__).parents[1] / "docs/de/server.md").read_text(encoding="utf-8")
    assert re.findall(r"```yaml\n(.*?)```", german, re.S) == TEMPLATES


def shell(lines: list[str], folder: Path, **settings: str) -> int:
    """Run the lines that are ours as a host does: each in a shell, until one fails."""
    programs = str(Path(sys.executable).parent)
    env = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", **settings}
    ours = [line for line in lines if line.startswith("crm ")]
    assert ours
    return subprocess.run(["sh", "-e", "-c", "\n".join(ours)], cwd=folder, env=env).returncode


def run_github(folder: Path, event: dict[str, str]) -> int:
    """Run the workflow's steps for an event."""
    job: dict[str, Any] = GITHUB["jobs"]["check"]
    assert any(step.get("with", {}).get("fetch-depth") == "0" for step in job["steps"])

    def value(text: str) -> str:
        terms = re.sub(r"^\$\{\{\s*|\s*\}\}$", "", text).split(" || ")
        return next(event[term] for term in terms if event.get(term))

    settings = {key: value(text) for key, text in job["env"].items() if "${{" in text}
    return shell([step["run"] for step in job["steps"] if "run" in step], folder, **settings)


@pytest.fixture
def clone(tmp_path: Path, book: Book) -> Book:
    git(tmp_path, "clone", "-q", str(book.root), "clone")
    clone = Book(tmp_path / "clone")
    clone.git("config", "user.name", "Anna")
    clone.git("config", "user.email", "anna@example.com")
    clone.git("checkout", "-q", "-b", "topic")
    return clone


def head(clone: Book) -> str:
    return clone.git("rev-parse", "HEAD").strip()


@pytest.mark.parametrize(("text", "ends"), [(MARKED, 1), ("---\nname: Q\nzip: 01067\n---\n", 0)])
def test_both_refuse_errors_and_let_warnings_pass(clone: Book, text: str, ends: int) -> None:
    before = head(clone)
    clone.write("customers/quast.md", text, "pushed")
    push = {"github.event.before": before, "github.sha": head(clone)}
    assert run_github(clone.root, push) == ends
    merge = {"github.event.pull_request.base.sha": before}
    merge["github.event.pull_request.head.sha"] = head(clone)
    assert run_github(clone.root, merge) == ends
    script = GITLAB["customers"]["script"]
    gitlab = {"CI_COMMIT_BEFORE_SHA": ZEROS, "CI_COMMIT_SHA": head(clone)}
    assert shell(script, clone.root, **gitlab, CI_MERGE_REQUEST_DIFF_BASE_SHA=before) == ends
    gitlab["CI_COMMIT_BEFORE_SHA"] = before
    assert shell(script, clone.root, **gitlab) == ends


def test_a_new_branch_is_held_against_the_main_one(clone: Book) -> None:
    clone.write("customers/quast.md", "---\nname: Q\n---\n", "new")
    push = {"github.event.before": ZEROS, "github.sha": head(clone)}
    assert run_github(clone.root, push) == 0
    clone.write("customers/quast.md", MARKED, "marked")
    assert run_github(clone.root, {**push, "github.sha": head(clone)}) == 1
