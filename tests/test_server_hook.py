"""A firm's host refuses what would break the store, and only what the push itself brings."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from crm_md.quality.server_hook import install, refusals
from tests.books import Book, book
from tests.repositories import git
from tests.terminals import run_on_terminal

__all__ = ["book"]

FILE = "customers/modehaus-petersen.md"
MARKED = "---\nname: Quast\n---\n<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> x\n"
BINARY = "\x00" * 50
TODAY = date(2026, 11, 20)


class Team:
    """A bare repository with the hook, and Anna's clone of it."""

    def __init__(self, folder: Path, book: Book) -> None:
        self.folder = folder
        self.host = folder / "firm's host.git"
        git(folder, "clone", "-q", "--bare", str(book.root), str(self.host))
        install(self.host)
        self.anna = self.clone("anna")

    def clone(self, name: str) -> Book:
        """Return a colleague's clone."""
        git(self.folder, "clone", "-q", str(self.host), name)
        clone = Book(self.folder / name)
        clone.git("config", "user.name", name.title())
        clone.git("config", "user.email", f"{name}@example.com")
        return clone

    def push(self, clone: Book, *words: str) -> tuple[int, str]:
        """Push to the host with plain Git."""
        return push(clone, *(words or ("origin", "HEAD:main")))


def push(clone: Book, *words: str) -> tuple[int, str]:
    """Push with plain Git; return its exit code and what it said."""
    ran = subprocess.run(
        ["git", "push", *words],
        cwd=clone.root,
        capture_output=True,
        check=False,
        env={**os.environ, "CRM_TODAY": "2026-11-20", "LC_ALL": "C.UTF-8"},
    )
    return ran.returncode, ran.stderr.decode()


@pytest.fixture
def team(tmp_path: Path, book: Book) -> Team:
    return Team(tmp_path, book)


def test_a_push_that_is_well_is_let_in(team: Team) -> None:
    team.anna.write("customers/quast.md", "---\nname: Quast\n---\n", "new")
    assert team.push(team.anna)[0] == 0
    assert git(team.host, "rev-parse", "main") == team.anna.git("rev-parse", "HEAD")


def test_a_push_with_conflict_markers_is_refused_with_file_line_and_remedy(team: Team) -> None:
    before = git(team.host, "rev-parse", "main")
    team.anna.write("customers/quast.md", MARKED, "marked")
    code, said = team.push(team.anna)
    assert code != 0
    assert "customers/quast.md:4: Fehler: " in said
    assert " → " in said
    assert "pre-receive hook declined" in said
    assert git(team.host, "rev-parse", "main") == before
    assert "quast" not in git(team.host, "ls-tree", "-r", "--name-only", "main")


def test_the_pusher_reads_the_language_of_the_store(team: Team) -> None:
    settings = team.anna.read("crm.toml").replace('language = "de"', 'language = "en"')
    team.anna.write("crm.toml", settings)
    team.anna.write("customers/quast.md", MARKED)
    team.anna.git("add", "--all")
    team.anna.git("commit", "-qm", "English")
    assert "customers/quast.md:4: error: " in team.push(team.anna)[1]


def test_the_reason_is_not_in_english_in_a_german_refusal(team: Team) -> None:
    team.anna.write("customers/quast.md", MARKED, "marked")
    assert "quast.md:4: Fehler: Hier blieb ein Konflikt ungelöst" in team.push(team.anna)[1]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("customers/quast.md", MARKED),
        ("customers/quast.md", BINARY),
        ("customers/nord/modehaus-petersen.md", "---\nname: P\n---\n"),
        ("customers/Modehaus-Petersen.md", "---\nname: P\n---\n"),
        (".crm/catalogue.sqlite", "x"),
        ("customers/.crm-tmp-1-x.md", "x"),
        ("crm.toml", "= broken"),
        ("crm.toml", "format = 999"),
        ("customers/GIT~1/config", "x"),
    ],
)
def test_what_would_break_the_store_is_refused(team: Team, path: str, text: str) -> None:
    team.anna.git("config", "core.protectNTFS", "false")
    team.anna.write(path, text)
    team.anna.git("add", "--force", "--all")
    team.anna.git("commit", "-qm", "broken")
    code, said = team.push(team.anna)
    assert code != 0
    assert f"{path}:" in said


def test_links_and_repositories_of_their_own_are_refused(team: Team) -> None:
    (team.anna.root / "customers/link.md").symlink_to("/etc/passwd")
    team.anna.git("add", "--all")
    commit = team.anna.git("rev-parse", "HEAD").strip()
    team.anna.git("update-index", "--add", "--cacheinfo", f"160000,{commit},customers/sub")
    team.anna.git("commit", "-qm", "odd")
    code, said = team.push(team.anna)
    assert code != 0
    assert "customers/link.md:1" in said
    assert "customers/sub:1" in said


def test_two_spellings_of_one_umlaut_are_twins(team: Team) -> None:
    team.anna.write("customers/m\u00fcller.md", "---\nname: M\n---\n", "nfc")
    assert team.push(team.anna)[0] == 0
    team.anna.write("customers/mu\u0308ller.md", "---\nname: M\n---\n", "nfd")
    assert team.push(team.anna)[0] != 0


def test_warnings_are_told_and_never_stop_a_push(team: Team) -> None:
    text = "---\nname: Quast\nzip: 01067\n---\n\n[[nirgendwo]]\n"
    team.anna.write("customers/quast.md", text, "warned")
    code, said = team.push(team.anna)
    assert code == 0
    assert "customers/quast.md:6: Warnung: " in said


def test_what_was_wrong_before_the_push_does_not_stop_it(team: Team) -> None:
    hook = team.host / "hooks/pre-receive"
    hook.rename(team.host / "aside")
    team.anna.write("customers/quast.md", MARKED, "before the hook")
    team.anna.write("customers/nord/quast.md", "---\nname: Q\n---\n", "twin before the hook")
    assert team.push(team.anna)[0] == 0
    (team.host / "aside").rename(hook)
    team.anna.write("customers/quast.md", MARKED + "\nMehr.\n", "goes on")
    assert team.push(team.anna)[0] == 0
    team.anna.git("mv", "customers/quast.md", "customers/quast-kg.md")
    team.anna.git("commit", "-qm", "renamed")
    assert team.push(team.anna)[0] == 0
    team.anna.write("customers/quast-kg.md", MARKED + MARKED, "one more")
    assert team.push(team.anna)[0] != 0


def test_what_was_put_right_within_the_push_is_let_in(team: Team) -> None:
    team.anna.write("customers/quast.md", MARKED, "marked")
    team.anna.write("customers/quast.md", "---\nname: Quast\n---\n", "put right")
    assert team.push(team.anna)[0] == 0


def test_a_new_branch_brings_only_what_no_branch_has(team: Team) -> None:
    hook = team.host / "hooks/pre-receive"
    hook.rename(team.host / "aside")
    team.anna.write("customers/quast.md", MARKED, "before the hook")
    assert team.push(team.anna)[0] == 0
    (team.host / "aside").rename(hook)
    assert team.push(team.anna, "origin", "HEAD:refs/heads/same")[0] == 0
    team.anna.write("customers/neu.md", "---\nname: Neu\n---\n", "new")
    assert team.push(team.anna, "origin", "HEAD:refs/heads/topic")[0] == 0
    team.anna.write("customers/neu.md", MARKED, "marked")
    assert team.push(team.anna, "origin", "HEAD:refs/heads/other")[0] != 0


def test_tags_pass_and_branches_may_end(team: Team) -> None:
    assert team.push(team.anna, "origin", "HEAD:refs/heads/topic")[0] == 0
    assert team.push(team.anna, "origin", ":refs/heads/topic")[0] == 0
    team.anna.write("customers/quast.md", MARKED, "marked")
    team.anna.git("tag", "v1")
    assert team.push(team.anna, "origin", "v1")[0] == 0


def test_the_first_push_into_an_empty_host_is_checked(tmp_path: Path, book: Book) -> None:
    host = tmp_path / "empty.git"
    git(tmp_path, "init", "-q", "--bare", str(host))
    install(host)
    assert push(book, str(host), "main")[0] == 0
    other = tmp_path / "other.git"
    git(tmp_path, "init", "-q", "--bare", str(other))
    install(other)
    book.write("customers/quast.md", MARKED, "marked")
    assert push(book, str(other), "main")[0] != 0


def test_a_push_to_a_repository_without_a_store_passes(tmp_path: Path) -> None:
    host = tmp_path / "code.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(host))
    install(host)
    git(tmp_path, "init", "-q", "-b", "main", "code")
    code = Book(tmp_path / "code")
    code.git("config", "user.name", "Anna")
    code.git("config", "user.email", "anna@example.com")
    code.write("README.md", "<<<<<<< no store\n", "code")
    assert push(code, str(host), "main")[0] == 0


def test_a_merge_that_brings_what_the_host_knows_is_let_in(team: Team) -> None:
    hook = team.host / "hooks/pre-receive"
    hook.rename(team.host / "aside")
    team.anna.git("checkout", "-q", "-b", "old")
    team.anna.write("customers/quast.md", MARKED, "before the hook")
    assert team.push(team.anna, "origin", "old")[0] == 0
    (team.host / "aside").rename(hook)
    team.anna.git("checkout", "-q", "main")
    team.anna.write("customers/neu.md", "---\nname: Neu\n---\n", "new")
    team.anna.git("merge", "-q", "--no-edit", "old")
    assert team.push(team.anna)[0] == 0


def test_a_hook_that_is_there_already_stays(tmp_path: Path, book: Book) -> None:
    host = tmp_path / "host.git"
    git(tmp_path, "clone", "-q", "--bare", str(book.root), str(host))
    hook = host / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 0\n")
    answer = book("server-hook", "--install", str(host))
    assert answer.code == 2
    assert "-m crm_md server-hook || exit 1" in answer.err
    assert hook.read_text() == "#!/bin/sh\nexit 0\n"
    call = answer.err.partition("with this in it: ")[2].strip()
    hook.write_text(f"#!/bin/sh\n{call}\necho mine >&2\n")
    hook.chmod(0o755)
    book.write("customers/neu.md", "---\nname: Neu\n---\n", "new")
    code, said = push(book, str(host), "main")
    assert (code, "mine" in said) == (0, True)
    book.write("customers/neu.md", MARKED, "marked")
    assert push(book, str(host), "main")[0] != 0


ELSEWHERE = "/home/admin/venv/bin/python"  # on another computer


def on_a_drive(team: Team) -> Path:
    """Let the hook name the Python of another computer, as on a shared drive; return it."""
    hook = team.host / "hooks/pre-receive"
    hook.write_text(hook.read_text().replace(sys.executable, ELSEWHERE))
    return hook


def test_on_a_shared_drive_the_crm_that_pushes_is_the_one_that_checks(team: Team) -> None:
    on_a_drive(team)
    team.anna.write("customers/quast.md", "---\nname: Quast\n---\n", "new")
    told = team.anna("sync")
    assert told.code == 0, told.both
    team.anna.write("customers/quast.md", "\x00" * 50, "broken")
    told = team.anna("sync")
    assert told.code == 54
    assert "customers/quast.md:1" in told.err


def test_whoever_pushes_with_git_alone_is_checked_by_the_crm_on_the_path(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_drive(team)
    program = tmp_path / "bin/crm"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m crm_md "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    team.anna.write("customers/quast.md", "---\nname: Quast\n---\n", "new")
    assert team.push(team.anna)[0] == 0
    team.anna.write("customers/quast.md", MARKED, "marked")
    assert team.push(team.anna)[0] != 0


def test_another_program_called_crm_is_not_taken_for_ours(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_drive(team)
    other = tmp_path / "bin/crm"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\necho a shell for clusters; exit 1\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", f"{other.parent}{os.pathsep}{os.environ['PATH']}")
    code, said = team.push(team.anna, "origin", "HEAD:refs/heads/topic")
    assert code != 0
    assert "There is no program crm here" in said


def test_where_no_crm_is_found_the_push_is_refused_until_the_hook_is_written_anew(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = on_a_drive(team)
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    code, said = team.push(team.anna, "origin", "HEAD:refs/heads/topic")
    assert code != 0
    assert "crm server-hook --install" in said
    assert install(team.host) == hook
    assert os.access(hook, os.X_OK)
    assert team.push(team.anna, "origin", "HEAD:refs/heads/topic")[0] == 0


def test_a_sync_tells_what_the_host_refuses_line_by_line_and_without_what_follows_from_it(
    team: Team,
) -> None:
    text = team.anna.read(FILE)
    marks = "<<<<<<< HEAD\nowner: anna\n=======\nowner: ben\n>>>>>>> x\n"
    team.anna.write(FILE, text.replace("---\n", f"---\n{marks}", 1), "marked")
    team.anna.write("customers/quast.md", MARKED, "marked, too")
    told = team.anna("sync", language="de")
    assert told.code == 54
    lines = told.err.split("\n")
    assert lines[0] == "origin nimmt es nicht an:"
    assert "Kundenbuch" in lines[1]
    assert "(Branch main)" in lines[1]
    assert [line.split(": ")[0] for line in lines[2:4]] == [f"  {FILE}:2", "  customers/quast.md:4"]
    assert "Schlüssel" not in told.err
    assert max(map(len, lines)) < 200


def test_what_a_host_says_reaches_the_terminal_without_control_characters(team: Team) -> None:
    hook = team.host / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nprintf 'closed \\033[2Juntil\\nMonday\\n' >&2\nexit 1\n")
    team.anna.write("customers/quast.md", "---\nname: Quast\n---\n", "new")
    told = team.anna("sync")
    assert "\x1b" not in told.err
    assert "  Monday" in told.err.split("\n")


def test_somebody_who_calls_it_by_hand_is_told_what_it_is_for(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refusals(book.root, [], TODAY) == []
    for folder in (book.root, tmp_path):
        monkeypatch.chdir(folder)
        answer = book("server-hook", typed="hallo\n")
        assert answer.code == 2
        assert "This is for Git to call" in answer.err
        assert "--install" in answer.err
        assert "crm init" not in answer.err


def test_at_a_terminal_it_does_not_wait_for_what_nobody_types(book: Book) -> None:
    assert "This is for Git to call" in run_on_terminal(book, ["server-hook"])


@pytest.mark.parametrize("made", [True, False])
def test_a_folder_that_is_no_repository_gets_no_hook(
    tmp_path: Path, book: Book, made: bool
) -> None:
    folder = tmp_path / "empty"
    if made:
        folder.mkdir()
    answer = book("server-hook", "--install", str(folder))
    assert answer.code == 2
    assert f"There is no Git repository at {folder}." in answer.err
    assert "crm server-hook --install REPO.git" in answer.err
    assert "crm init" not in answer.err


def test_a_clone_in_which_somebody_works_gets_no_hook(book: Book) -> None:
    answer = book("server-hook", "--install", str(book.root))
    assert answer.code == 2
    assert "is a clone in which somebody works; nobody pushes there." in answer.err
    assert not (book.root / ".git/hooks/pre-receive").exists()
    book.git("config", "receive.denyCurrentBranch", "updateInstead")
    assert book("server-hook", "--install", str(book.root)).code == 0


def test_a_push_that_leaves_no_customer_is_refused_in_the_language_of_the_store(team: Team) -> None:
    team.anna.git("rm", "--quiet", "-r", "customers")
    team.anna.git("commit", "--quiet", "--message", "All gone")
    code, said = team.push(team.anna)
    assert code != 0
    assert "Alle Kunden des Kundenbuchs wären weg." in said
