"""Git itself merges customer files by field and entry, in whatever way the user starts it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from crm_md import history
from crm_md.history import History, beginning, drivers
from tests.repositories import git, repository, saved, write

PATH = "customers/Müller & Söhne 'neu'/groß müller.md"
BASE = "---\nname: A\nphone: 1\n---\n\n# A\n\n## Verlauf\n\n### 2026-01-02 Anruf: eins\n"
OURS = BASE.replace("## Verlauf\n\n", "## Verlauf\n\n### 2026-02-02 Mail: von uns\n\n")
THEIRS = BASE.replace("## Verlauf\n\n", "## Verlauf\n\n### 2026-02-03 Besuch: von ihnen\n\n")
BOTH = THEIRS.replace("### 2026-01-02", "### 2026-02-02 Mail: von uns\n\n### 2026-01-02")


@pytest.fixture
def book(tmp_path: Path) -> History:
    """A clone with drivers in a folder with blanks, where two branches log at one customer."""
    made = repository(tmp_path / "mein Büchlein")
    rules = beginning.with_attributes(b"").decode()
    saved(made, ".gitattributes", rules)
    saved(made, PATH, BASE)
    git(made.top, "branch", "theirs")
    saved(made, PATH, OURS, "ours")
    git(made.top, "checkout", "-q", "theirs")
    saved(made, PATH, THEIRS, "theirs")
    git(made.top, "checkout", "-q", "main")
    drivers.install(made)
    return made


def text(book: History) -> str:
    return (book.top / PATH).read_text(encoding="utf-8")


def tries(book: History, *args: str) -> int:
    return subprocess.run(["git", *args], cwd=book.top, capture_output=True).returncode


def test_merge(book: History) -> None:
    git(book.top, "merge", "--no-edit", "theirs")
    assert text(book) == BOTH


def test_pull(book: History, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--branch=theirs", str(book.top), "zweiter Klon")
    clone = history.find(tmp_path / "zweiter Klon")
    assert clone is not None
    git(clone.top, "config", "user.name", "Ben")
    git(clone.top, "config", "user.email", "ben@example.com")
    drivers.keep_up(clone)
    git(clone.top, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    assert text(clone) == BOTH


def test_rebase(book: History) -> None:
    git(book.top, "rebase", "-q", "theirs")
    assert text(book) == BOTH


def test_cherry_pick(book: History) -> None:
    git(book.top, "cherry-pick", "theirs")
    assert text(book) == BOTH


def test_stash_pop(book: History) -> None:
    git(book.top, "checkout", "-q", "HEAD~1")
    write(book, PATH, THEIRS)
    git(book.top, "stash")
    git(book.top, "checkout", "-q", "main")
    git(book.top, "stash", "pop")
    assert text(book) == BOTH


def test_what_cannot_be_decided_is_a_line_and_no_conflict(book: History) -> None:
    saved(book, PATH, OURS.replace("phone: 1", "phone: 2"))
    git(book.top, "checkout", "-q", "theirs")
    saved(book, PATH, THEIRS.replace("phone: 1", "phone: 3"))
    git(book.top, "merge", "--no-edit", "main")
    assert "phone: 3\n" in text(book)
    assert "- [ ] phone: 2 #settle\n" in text(book)


def test_what_does_not_read_is_shown_by_git_as_ever(book: History) -> None:
    saved(book, PATH, OURS.replace("phone: 1\n---\n", "phone: 1\n"), "no end of the head")
    assert tries(book, "merge", "--no-edit", "theirs") == 1
    shown = (book.top / PATH).read_bytes()
    assert b"<<<<<<< ours\n### 2026-02-02 Mail: von uns" in shown
    assert b"von ihnen" in shown


def test_what_an_editor_saved_in_windows_1252_is_merged_as_it_is_read(book: History) -> None:
    (book.top / PATH).write_bytes(OURS.replace("von uns", "für uns").encode("cp1252"))
    git(book.top, "commit", "-qam", "latin")
    assert tries(book, "merge", "--no-edit", "theirs") == 0
    assert text(book) == BOTH.replace("von uns", "für uns")


@pytest.mark.parametrize(
    ("python", "program"),
    [
        ("/gone/bin/python", "merge_driver.py"),
        (sys.executable, "gone.py"),
        (sys.executable, "crashes.py"),
        (sys.executable, "killed.py"),
    ],
)
def test_without_our_program_git_shows_both_and_never_keeps_ours_silently(
    book: History, tmp_path: Path, python: str, program: str
) -> None:
    (tmp_path / "crashes.py").write_text("1 / 0\n")
    (tmp_path / "killed.py").write_text("import os\nos.kill(os.getpid(), 9)\n")
    line = drivers.driver_command(python, tmp_path / program)
    git(book.top, "config", "merge.crm-md.driver", line)
    assert tries(book, "merge", "--no-edit", "theirs") == 1
    assert text(book).count("<<<<<<< ours") == 1
    assert "von uns" in text(book)
    assert "von ihnen" in text(book)


def test_git_alone_still_merges_what_does_not_touch_when_our_program_is_gone(
    book: History, tmp_path: Path
) -> None:
    saved(book, PATH, BASE.replace("name: A", "name: B"))
    line = drivers.driver_command("/gone/bin/python", tmp_path)
    git(book.top, "config", "merge.crm-md.driver", line)
    git(book.top, "merge", "--no-edit", "theirs")
    assert text(book) == THEIRS.replace("name: A", "name: B")


def test_a_clone_that_was_never_set_up_has_conflicts_and_loses_nothing(book: History) -> None:
    git(book.top, "config", "--remove-section", "merge.crm-md")
    assert tries(book, "merge", "--no-edit", "theirs") == 1
    assert "von uns" in text(book)
    assert "von ihnen" in text(book)


def test_a_path_that_leads_nowhere_is_mended_and_one_that_works_is_left_alone(
    book: History,
) -> None:
    memory = book.git_dir / "crm" / "drivers"
    ready = memory.read_text(encoding="utf-8")
    line = git(book.top, "config", "merge.crm-md.driver")
    for other, found in (("/gone/python", "none"), ("/bin/sh", "elsewhere")):
        memory.write_text(ready.replace(sys.executable, other), encoding="utf-8")
        theirs = line.strip().replace(sys.executable, other)
        git(book.top, "config", "merge.crm-md.driver", theirs)
        assert drivers.is_ready(book) == found
        drivers.keep_up(book)
        kept = git(book.top, "config", "merge.crm-md.driver")
        assert kept == (line if found == "none" else theirs + "\n")
    drivers.install(book)
    assert drivers.is_ready(book) == "ready"


@pytest.mark.parametrize(
    "command",
    [
        ("--remove-section", "merge.crm-md"),
        ("merge.crm-md.driver", "/gone/python driver.py %O %A %B"),
        ("--unset", "merge.crm-md.driver"),
    ],
    ids=["section gone", "stale", "line gone"],
)
def test_a_driver_that_somebody_took_out_of_the_settings_is_set_up_again(
    book: History, command: tuple[str, ...]
) -> None:
    line = git(book.top, "config", "merge.crm-md.driver")
    git(book.top, "config", *command)
    assert drivers.is_ready(book) == "none"
    drivers.keep_up(book)
    assert git(book.top, "config", "merge.crm-md.driver") == line
    git(book.top, "config", "user.name", "Somebody Else")
    assert drivers.is_ready(book) == "ready"


def test_in_the_usual_case_no_process_is_started(
    book: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    drivers.keep_up(book)
    assert drivers.is_ready(book) == "ready"


def test_who_may_only_read_is_not_held_up(book: History, monkeypatch: pytest.MonkeyPatch) -> None:
    (book.git_dir / "crm" / "drivers").unlink()
    monkeypatch.setenv("PATH", "")
    drivers.keep_up(book)
    assert drivers.is_ready(book) == "none"


def test_a_diff_names_the_entry_or_the_field_of_a_hunk(book: History) -> None:
    lines = "\n".join(f"Zeile {number}." for number in range(20))
    long = OURS.replace(
        "phone: 1\n", "phone: 1\ncontacts:\n  - name: Heike\n" + "    # x\n" * 9 + "    role: y\n"
    )
    long = long.replace("von uns\n", f"von uns\n\nPreis: hoch\n\n{lines}\n")
    saved(book, PATH, long)
    saved(book, PATH, long.replace("role: y", "role: z").replace("Zeile 19.", "Neu."))
    shown = [line for line in git(book.top, "log", "-1", "-p").split("\n") if line[:2] == "@@"]
    assert [line.rpartition("@@ ")[2] for line in shown] == [
        "  - name: Heike",
        "### 2026-02-02 Mail: von uns",
    ]


def test_the_line_is_quoted_for_the_shell_of_git_on_every_system() -> None:
    line = drivers.driver_command("/opt/it's here/python", Path("/a b/merge_driver.py"))
    ours = """'/opt/it'"'"'s here/python' -I -S '/a b/merge_driver.py' %O %A %B"""
    assert line.startswith(f"{ours} || git merge-file ")


def test_the_driver_loads_next_to_nothing(tmp_path: Path) -> None:
    for name, words in (("base", BASE), ("ours", OURS), ("theirs", THEIRS)):
        (tmp_path / name).write_text(words, encoding="utf-8")
    script = (
        "import runpy, sys\n"
        f"sys.argv = ['driver', *{[str(tmp_path / one) for one in ('base', 'ours', 'theirs')]!r}]\n"
        f"try: runpy.run_path({str(drivers.PROGRAM)!r}, run_name='__main__')\n"
        "except SystemExit: print(*sys.modules)\n"
    )
    command = [sys.executable, "-I", "-S", "-c", script]
    ran = subprocess.run(command, capture_output=True, check=True, text=True)
    loaded = set(ran.stdout.split())
    assert (tmp_path / "ours").read_text(encoding="utf-8") == BOTH
    heavy = {"yaml", "site", "dataclasses", "gettext", "inspect", "crm_md.model", "crm_md.config"}
    assert not loaded & heavy


def test_a_head_that_is_not_plain_is_read_with_yaml_all_the_same(book: History) -> None:
    odd = BASE.replace("phone: 1", "note: >-\n  zwei\n  Zeilen\n'ü': \"\\x41\"\n? k\n: v")
    git(book.top, "checkout", "-q", "-b", "odd", "HEAD~1")
    saved(book, PATH, odd)
    git(book.top, "checkout", "-q", "-b", "odder")
    saved(book, PATH, odd.replace("Verlauf\n\n", "Verlauf\n\n### 2026-02-02 Mail: von uns\n\n"))
    git(book.top, "checkout", "-q", "odd")
    saved(book, PATH, odd.replace("name: A", "name: B"))
    git(
        book.top,
        "config",
        "merge.crm-md.driver",
        drivers.driver_command(sys.executable, drivers.PROGRAM).partition(" ||")[0],
    )
    git(book.top, "merge", "--no-edit", "odder")
    assert "name: B" in text(book)
    assert "von uns" in text(book)
