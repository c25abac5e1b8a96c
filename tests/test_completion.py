"""Completion in the shell: commands in both languages, options, and customers by any name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crm_md.cli import run
from crm_md.cli.table import COMMANDS
from tests.books import Book

ROOT = Path(__file__).parents[1]


def completed(words: str, folder: Path, shell: str = "bash", **environment: str) -> list[str]:
    """Return what a shell is offered for the last of the words, as it would ask for it."""
    typed = words.split(" ")
    word = typed[-1] if shell == "fish" else str(len(typed) - 1)
    ran = subprocess.run(
        [sys.executable, "-m", "crm_md"],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "LANG": "en_GB.UTF-8",
            "_CRM_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": word,
            **environment,
        },
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stderr == ""
    lines = ran.stdout.rstrip("\n").split("\n")
    if shell == "zsh":
        return lines[1::3]
    return [line.partition(",")[2].partition("\t")[0] for line in lines if line]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_fragment_of_a_name_offers_the_customer(book: Book, shell: str) -> None:
    assert completed("crm show pet", book.root, shell) == ["modehaus-petersen"]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("crm zeigen pet", ["modehaus-petersen"]),
        ("crm show heik", ["modehaus-petersen"]),
        ("crm show Vier", ["strandhotel-vierjahreszeiten"]),
        ("crm notieren stra", ["strandhotel-vierjahreszeiten"]),
        ("crm pet", ["modehaus-petersen"]),
        ("crm show nobody", []),
        ("crm set ", ["modehaus-petersen", "strandhotel-vierjahreszeiten"]),
        ("crm zei", ["zeigen"]),
        ("crm änd", ["änderungen"]),
        ("crm sho", ["show"]),
        ("crm list --comp", ["--complaint"]),
        ("crm completion ", ["bash", "zsh", "fish"]),
        ("crm --vers", ["--version"]),
    ],
)
def test_what_is_offered(book: Book, words: str, offered: list[str]) -> None:
    assert completed(words, book.root) == offered


def test_an_empty_word_offers_the_commands_of_the_language(book: Book) -> None:
    assert completed("crm ", book.root) == list(COMMANDS)
    german = [listed.german for listed in COMMANDS.values()]
    assert completed("crm ", book.root, LANG="de_DE.UTF-8") == german


def test_the_store_named_on_the_line_is_the_one_that_is_asked(book: Book, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert completed("crm show pet", elsewhere) == []
    words = f"crm --store {book.root} show pet"
    assert completed(words, elsewhere) == ["modehaus-petersen"]
    assert completed("crm show pet", elsewhere, CRM_STORE=str(book.root)) == ["modehaus-petersen"]


def test_a_broken_store_offers_nothing_and_says_nothing(book: Book) -> None:
    book.write("crm.toml", "format = 99\n")
    assert completed("crm show pet", book.root) == []


def test_a_bash_with_the_script_completes(book: Book, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "crm"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m crm_md "$@"\n')
    program.chmod(0o755)
    script = (
        'eval "$(crm completion bash)"; COMP_WORDS=(crm show pet); COMP_CWORD=2; '
        '_crm_completion crm; echo "${COMPREPLY[@]}"'
    )
    ran = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=book.root,
        env={**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert (ran.stdout, ran.stderr) == ("modehaus-petersen\n", "")


@pytest.mark.parametrize(
    ("shell", "place", "part"),
    [
        ("bash", "~/.bashrc", "complete -o nosort -F _crm_completion crm"),
        ("zsh", "~/.zshrc", "#compdef crm"),
        ("fish", "~/.config/fish/completions/crm.fish", "complete --no-files --command crm"),
    ],
)
def test_the_script_names_how_to_install_it(
    shell: str, place: str, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["completion", shell, "--language", "en"]) == 0
    out, err = capsys.readouterr()
    first = out.split("\n")[0]
    assert first.startswith("# To install it, once: ")
    assert place in first
    assert part in out
    assert err == ""


def test_it_has_a_german_name_and_german_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["vervollstaendigung", "fish", "--language", "de"]) == 0
    assert capsys.readouterr().out.startswith("# Einmalig einrichten: ")


def test_another_shell_is_a_question_of_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "tcsh", "--language", "en"]) == 2
    assert "tcsh" in capsys.readouterr().err


def test_twins_and_folders_are_completed_by_their_paths(book: Book) -> None:
    book.write("customers/nord/mueller.md", "---\nname: Müller\n---\n")
    book.write("customers/sued/mueller.md", "---\nname: Müller\n---\n")
    twins = ["customers/nord/mueller.md", "customers/sued/mueller.md"]
    assert completed("crm show muel", book.root) == twins
    assert completed("crm show customers/s", book.root) == [
        "customers/strandhotel-vierjahreszeiten.md",
        "customers/sued/mueller.md",
    ]


def test_the_codes_of_my_open_tasks_are_offered(book: Book) -> None:
    shown = [line.split("  ")[0] for line in book("todo").out.split("\n") if "Ersatz" in line]
    today = {"CRM_TODAY": "2026-11-20"}
    assert completed("crm done ", book.root, **today) == shown
    assert completed(f"crm erledigt {shown[0][:2]}", book.root, **today) == shown
    assert completed("crm done ersatz", book.root, **today) == []
