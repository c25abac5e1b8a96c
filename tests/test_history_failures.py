"""When Git cannot commit, the user learns which of its reasons it was, and nothing is half done."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest

from crm_md import errors, history
from crm_md.history import History
from crm_md.history.process import environment, failure, run_git
from crm_md.history.remotes import push, remote_of
from tests.books import Book
from tests.repositories import ANNA, BEN, committed, git, hook, repository, saved, write

NOBODY = 65534


@pytest.fixture
def book(tmp_path: Path) -> History:
    made = repository(tmp_path / "book")
    saved(made, "customers/petersen.md", "Modehaus Petersen\n", "First")
    write(made, "customers/petersen.md", "Anruf\n")
    return made


@pytest.fixture
def powerless(monkeypatch: pytest.MonkeyPatch) -> Iterator[History]:
    """Lend a repository to a process that the system can refuse something, even if it is root."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    made = repository(folder / "book")
    saved(made, "customers/petersen.md")
    write(made, "customers/petersen.md", "Anruf\n")
    try:
        yield made
    finally:
        for place in (made.git_dir, made.git_dir / "objects"):
            place.chmod(0o755)
        for place in (made.git_dir / "objects").iterdir():
            place.chmod(0o755)
        shutil.rmtree(folder)


@contextmanager
def without_root(folder: Path, guarded: Path) -> Iterator[None]:
    """Be an ordinary user, who owns a folder but may not write into a guarded one in it."""
    if not os.access(guarded, os.W_OK):
        yield
        return
    for place, _folders, files in os.walk(folder):
        for name in (place, *(os.path.join(place, file) for file in files)):  # noqa: PTH118 (str)
            os.chown(name, NOBODY, NOBODY)
    import_module("sqlite3")  # which nobody may load where Python is root's own
    os.setresuid(NOBODY, NOBODY, 0)  # the real one, too: a shell would go back to it
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def refused(book: History, *paths: str) -> errors.CrmError:
    """Try to commit, and return the refusal, having seen that it left everything as it was."""
    before = book.head(), git(book.top, "ls-files", "--stage")
    with pytest.raises(errors.CrmError) as refusal:
        book.commit(paths or ["customers/petersen.md"], "Call logged")
    assert (book.head(), git(book.top, "ls-files", "--stage")) == before
    assert not (book.git_dir / "CRM_MESSAGE").exists()
    assert 50 <= refusal.value.exit_code < 60
    assert refusal.value.hint
    return refusal.value


@pytest.mark.parametrize("name", ["pre-commit", "prepare-commit-msg", "commit-msg"])
def test_a_refusing_hook_is_quoted(book: History, name: str) -> None:
    hook(book, name, "echo 'Kein Ticket genannt' >&2; exit 3")
    refusal = refused(book)
    assert type(refusal) is errors.HookRefused
    assert "Kein Ticket genannt" in str(refusal)


def test_a_hook_that_refuses_the_branch_is_quoted(book: History) -> None:
    hook(book, "reference-transaction", "echo 'nur am Montag' >&2; test $1 != prepared")
    assert type(refused(book)) is errors.HookRefused


def test_a_hook_of_a_shared_folder_counts(book: History, tmp_path: Path) -> None:
    hook(book, "pre-commit", "echo Nein; exit 1")
    (book.git_dir / "hooks").rename(tmp_path / "shared")
    git(book.top, "config", "core.hooksPath", str(tmp_path / "shared"))
    assert "Nein" in str(refused(book))


def test_a_refusing_hook_leaves_a_new_file_unknown_to_git(book: History) -> None:
    hook(book, "pre-commit", "exit 1")
    refused(book, write(book, "customers/neu.md"), "customers/petersen.md")
    assert "customers/neu.md" in book.status().added


def test_who_is_saving_must_be_known(book: History) -> None:
    git(book.top, "config", "--unset", "user.email")
    assert type(refused(book)) is errors.NoIdentity


def test_a_name_alone_is_not_enough(book: History, monkeypatch: pytest.MonkeyPatch) -> None:
    git(book.top, "config", "--remove-section", "user")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Anna")
    assert type(refused(book)) is errors.NoIdentity


def test_an_author_stands_in_for_an_unknown_committer(book: History) -> None:
    git(book.top, "config", "--remove-section", "user")
    book.commit(["customers/petersen.md"], "Call", author=BEN)
    assert git(book.top, "log", "-1", "--format=%an %cn") == "Ben Okafor Ben Okafor\n"


def test_an_author_named_by_the_environment_is_enough(
    book: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(book.top, "config", "--remove-section", "user")
    monkeypatch.setenv("GIT_AUTHOR_NAME", ANNA.name)
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", ANNA.email)
    book.commit(["customers/petersen.md"], "Call")
    assert git(book.top, "log", "-1", "--format=%cn %ce") == f"{ANNA.name} {ANNA.email}\n"


def two_branches(book: History) -> None:
    """Leave main and ben with different words in the same line, on main."""
    git(book.top, "checkout", "--quiet", "-b", "ben")
    saved(book, "customers/petersen.md", "von Ben\n")
    git(book.top, "checkout", "--quiet", "main")
    saved(book, "customers/petersen.md", "von Anna\n")


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("merge ben", "merge"),
        ("rebase ben", "rebase"),
        ("rebase --apply ben", "rebase"),
        ("cherry-pick ben", "cherry-pick"),
        ("revert HEAD~1", "revert"),
        ("bisect start", "bisect"),
    ],
)
def test_what_is_under_way_in_git_is_named(book: History, command: str, kind: str) -> None:
    git(book.top, "checkout", "--quiet", "customers/petersen.md")
    two_branches(book)
    saved(book, "customers/petersen.md", "und nochmal Anna\n")
    try_git(book, *command.split())
    assert book.under_way() == book.status().under_way == kind
    refusal = refused(book)
    assert isinstance(refusal, errors.MergeUnderWay)
    assert refusal.kind == kind


def test_a_mailbox_under_way_is_named(book: History, tmp_path: Path) -> None:
    git(book.top, "checkout", "--quiet", "customers/petersen.md")
    two_branches(book)
    git(book.top, "format-patch", "-1", "ben", "-o", str(tmp_path))
    try_git(book, "am", *map(str, tmp_path.glob("*.patch")))
    assert "git am" in str(refused(book))


def try_git(book: History, *command: str) -> None:
    """Run Git, which will stop half way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_EDITOR", "true")
        try:
            git(book.top, *command)
        except Exception as stopped:
            assert "status 1" in str(stopped) or "status 128" in str(stopped)


def test_a_merge_that_began_meanwhile_is_named_by_git_s_words(book: History) -> None:
    git(book.top, "checkout", "--quiet", "customers/petersen.md")
    two_branches(book)
    try_git(book, "merge", "ben")
    answer = run_git(book.top, "commit", "--only", "-m", "x", "--", "customers/petersen.md")
    refusal = failure(book.top, answer)
    assert isinstance(refusal, errors.MergeUnderWay)
    assert refusal.kind == "merge"


def test_a_conflict_of_a_stash_hinders_no_other_file_and_ends_with_its_own(book: History) -> None:
    git(book.top, "stash", "--quiet")
    saved(book, "customers/petersen.md", "anders\n")
    try_git(book, "stash", "pop")
    assert book.status().conflicted == {"customers/petersen.md"}
    saved(book, "customers/neu.md")
    assert book.status().conflicted == {"customers/petersen.md"}
    saved(book, "customers/petersen.md", "geklärt\n")
    assert not book.status().dirty


def test_a_folder_of_git_s_that_is_read_only_is_named(powerless: History) -> None:
    powerless.git_dir.chmod(0o555)
    with without_root(powerless.top, powerless.git_dir):
        refusal = refused(powerless)
    assert type(refusal) is errors.HistoryReadOnly
    assert str(powerless.git_dir) in str(refusal)


def test_read_only_objects_are_named(powerless: History) -> None:
    objects = powerless.git_dir / "objects"
    for folder in (*objects.iterdir(), objects):
        folder.chmod(0o555)
    with without_root(powerless.top, objects):
        refusal = refused(powerless)
    assert type(refusal) is errors.HistoryReadOnly


@pytest.mark.parametrize("guarded", ["objects", "objects/pack", "refs/heads"])
def test_a_shared_place_that_may_only_be_read_says_so_and_not_that_others_were_faster(
    powerless: History, guarded: str
) -> None:
    hub = powerless.top.parent / "hub.git"
    git(powerless.top, "init", "--quiet", "--bare", "--initial-branch=main", str(hub))
    git(powerless.top, "remote", "add", "origin", str(hub))
    remote = remote_of(powerless, "main")
    assert push(powerless, remote, "main")
    git(hub, "config", "receive.unpackLimit", "1")
    saved(powerless, "customers/quast.md")
    folder = hub / guarded
    folder.chmod(0o555)
    with without_root(hub.parent, folder), pytest.raises(errors.NotTaken) as refusal:
        push(powerless, remote, "main")
    folder.chmod(0o755)
    assert "this account may read there, but not write" in str(refusal.value)


def test_a_full_disk_is_named_before_git_runs(book: History) -> None:
    (book.git_dir / "CRM_MESSAGE").symlink_to("/dev/full")
    assert type(refused(book)) is errors.DiskFull


def test_a_full_disk_under_git_is_named(book: History) -> None:
    (book.git_dir / "logs/HEAD").unlink()
    (book.git_dir / "logs/HEAD").symlink_to("/dev/full")
    assert type(refused(book)) is errors.DiskFull


def test_a_folder_of_another_user_is_named(book: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    for question in (
        lambda: book.commit(["customers/petersen.md"], "Call"),
        book.status,
        lambda: list(book.log()),
    ):
        with pytest.raises(errors.ForeignRepository) as refusal:
            question()
        assert str(book.top) in refusal.value.hint


def test_a_missing_git_is_named(book: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(book.top))
    for question in (
        lambda: book.commit(["customers/petersen.md"], "Call"),
        book.status,
        book.identity,
        history.version,
        lambda: list(book.log()),
        lambda: history.initialise(book.top / "customers"),
    ):
        with pytest.raises(errors.GitMissing):
            question()


def test_a_repository_that_vanished_is_named(book: History) -> None:
    shutil.rmtree(book.git_dir / "objects")
    for question in (book.status, lambda: book.commit(["customers/petersen.md"], "Call")):
        with pytest.raises(errors.BrokenRepository):
            question()


def test_a_key_that_cannot_sign_is_named(book: History) -> None:
    git(book.top, "config", "commit.gpgSign", "true")
    git(book.top, "config", "gpg.program", "false")
    assert type(refused(book)) is errors.SigningFailed


def test_a_key_that_can_sign_signs(book: History, tmp_path: Path) -> None:
    signer = tmp_path / "signer"
    signer.write_text("#!/bin/sh\ncat >/dev/null; echo '[GNUPG:] SIG_CREATED ' >&2; echo SIGNED\n")
    signer.chmod(0o755)
    git(book.top, "config", "commit.gpgSign", "true")
    git(book.top, "config", "gpg.program", str(signer))
    book.commit(["customers/petersen.md"], "Call")
    assert "gpgsig SIGNED" in git(book.top, "cat-file", "commit", "HEAD")


def test_an_ignored_new_file_is_named_and_no_other_is_left_announced(book: History) -> None:
    write(book, ".gitignore", "privat.md\n")
    refusal = refused(book, write(book, "customers/neu.md"), write(book, "customers/privat.md"))
    assert type(refusal) is errors.KeptFromGit
    assert "customers/privat.md" in str(refusal)
    assert "customers/neu.md" not in str(refusal)


def test_an_ignored_file_that_git_knows_is_committed(book: History) -> None:
    write(book, ".gitignore", "*.md\n")
    book.commit(["customers/petersen.md"], "Call")
    assert committed(book) == {"customers/petersen.md"}


def test_a_file_in_a_repository_of_its_own_is_named(book: History) -> None:
    inner = repository(book.top / "customers/inner")
    write(inner, "x.md")
    assert type(refused(book, "customers/inner/x.md")) is errors.KeptFromGit


def test_what_has_no_words_of_ours_has_git_s(book: History) -> None:
    (book.git_dir / "index").write_bytes(b"no index at all")
    with pytest.raises(errors.GitFailed, match="index file smaller"):
        book.status()


def test_git_s_words_stay_english_and_the_charset_stays_the_user_s(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    passed = environment()
    assert passed["LC_MESSAGES"] == "C"
    assert passed["LC_CTYPE"] == "de_DE.UTF-8"
    assert "LC_ALL" not in passed


def test_whoever_may_only_read_the_store_is_told_so_by_every_write(powerless: History) -> None:
    book = Book(powerless.top)
    powerless.git_dir.chmod(0o555)
    with without_root(powerless.top, powerless.git_dir):
        for command in (
            ["log", "petersen", "Anruf: x"],
            ["new", "Neu"],
            ["undo", "HEAD"],
            ["save"],
        ):
            answer = book(*command)
            assert answer.code == 32, answer.both
            assert "could not be written: the permissions do not allow it." in answer.err
        assert book("show", "petersen").code == 0
