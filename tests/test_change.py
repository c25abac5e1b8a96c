"""The change that loses nothing: one action, one commit; whatever goes wrong, the text is there."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from crm_md import errors, store, waiting
from crm_md.crm import Crm
from crm_md.index import schema
from tests.books import Book
from tests.repositories import git

FILE = "customers/modehaus-petersen.md"
OTHER = "customers/strandhotel-vierjahreszeiten.md"


def append(crm: Crm, text: str, path: str = FILE, message: str = "Petersen: a line") -> str:
    """Do one small action and return its id."""
    with crm.change("note") as change:
        change.put_bytes(path, (change.read_bytes(path) or b"") + text.encode())
        change.message = message
    return change.id


def dirty(book: Book) -> str:
    return book.git("status", "--porcelain")


def test_an_action_is_one_commit_by_the_person_with_a_trailer(book: Book) -> None:
    with book.open() as crm:
        action = append(crm, "\nNeu.\n")
    told = book.git("log", "-1", "--format=%an <%ae>%n%s%n%(trailers:key=Crm-Action,valueonly)")
    assert told.split("\n")[:3] == [
        "Anna Krüger <anna@example.com>",
        "Petersen: a line",
        f"note {action}",
    ]
    assert dirty(book) == ""
    assert book.read(FILE).endswith("\nNeu.\n")


def test_an_action_that_changes_nothing_leaves_no_commit(book: Book) -> None:
    before = book.subjects()
    with book.open() as crm:
        append(crm, "")
    assert book.subjects() == before


def test_what_the_user_staged_stays_staged(book: Book) -> None:
    book.write("notes.txt", "mine")
    book.git("add", "notes.txt")
    with book.open() as crm:
        append(crm, "\nNeu.\n")
    assert dirty(book) == "A  notes.txt\n"


def test_a_file_edited_by_hand_is_saved_first_as_its_own_sentence(book: Book) -> None:
    book.write(FILE, book.read(FILE).replace("segment: A", "segment: B"))
    with book.open() as crm:
        append(crm, "\nNeu.\n")
    assert book.subjects()[0] == "Petersen: a line"
    assert "Segment A → B" in book.subjects()[1]
    shown = book.git("show", "--format=", "HEAD")
    assert "segment" not in [line[1:8] for line in shown.split("\n") if line[:1] in "+-"]


def test_hand_edits_of_other_files_are_left_alone(book: Book) -> None:
    book.write(OTHER, book.read(OTHER) + "\nvon Hand\n")
    with book.open() as crm:
        append(crm, "\nNeu.\n")
    assert dirty(book) == f" M {OTHER}\n"


def test_a_failure_inside_an_action_writes_nothing(book: Book) -> None:
    before = book.read(FILE)
    with book.open() as crm, pytest.raises(ZeroDivisionError), crm.change("note") as change:
        change.put_bytes(FILE, b"half")
        raise ZeroDivisionError
    assert book.read(FILE) == before
    assert dirty(book) == ""


def test_if_one_file_cannot_be_written_the_others_go_back(book: Book) -> None:
    before = book.read(FILE)
    book.write("customers/block", "a file where a folder is needed", "block")
    with book.open() as crm, pytest.raises(errors.CrmError), crm.change("note") as change:
        change.put_bytes(FILE, b"new")
        change.put_bytes("customers/block/inner.md", b"new")
        change.message = "both"
    assert book.read(FILE) == before
    assert dirty(book) == ""
    assert not list((book.root / ".git/crm/waiting").glob("*.json"))


@contextmanager
def refusing_hook(book: Book) -> Iterator[None]:
    hook = book.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    yield
    hook.unlink()


@contextmanager
def foreign_lock(book: Book) -> Iterator[None]:
    lock = book.root / ".git/index.lock"
    lock.touch()
    yield
    lock.unlink()


@contextmanager
def merge_under_way(book: Book) -> Iterator[None]:
    git(book.root, "update-ref", "MERGE_HEAD", "HEAD")
    yield
    (book.root / ".git/MERGE_HEAD").unlink()


@contextmanager
def no_identity(book: Book) -> Iterator[None]:
    git(book.root, "config", "--unset", "user.email")
    git(book.root, "config", "--unset", "user.name")
    yield
    git(book.root, "config", "user.email", "anna@example.com")
    git(book.root, "config", "user.name", "Anna Krüger")


@pytest.mark.parametrize(
    "trouble", [refusing_hook, foreign_lock, merge_under_way, no_identity], ids=lambda f: f.__name__
)
def test_when_git_refuses_the_text_stays_and_the_next_action_saves_it(
    book: Book, trouble: object
) -> None:
    assert callable(trouble)
    with trouble(book):
        with book.open() as crm, pytest.raises(errors.NotSaved) as refused:
            append(crm, "\nEins.\n", message="Petersen: eins")
        assert 50 <= refused.value.exit_code < 60
        assert refused.value.hint
        assert book.read(FILE).endswith("\nEins.\n")
        with book.open() as crm:
            assert crm.waiting_count() == 1
    with book.open() as crm:
        append(crm, "\nZwei.\n", OTHER, message="Hotel: zwei")
        assert crm.waiting_count() == 0
    assert book.subjects()[:2] == ["Hotel: zwei", "Petersen: eins"]
    assert dirty(book) == ""


FORMATTER = """#!{python}
# As a formatter does, but only once the catalogue was told what stood there before.
import os, sqlite3, subprocess, time
for _ in range(100):
    database = sqlite3.connect(".crm/catalogue.db")
    told = database.execute("SELECT size FROM files WHERE path = ?", ({file!r},)).fetchone()[0]
    database.close()
    if told == os.stat({file!r}).st_size:
        with open({file!r}, "a") as file:
            file.write("Formatiert.\\n")
        subprocess.run(["git", "add", {file!r}], check=True)
        break
    time.sleep(0.05)
"""


def test_the_catalogue_is_told_while_git_commits_and_sees_what_a_hook_wrote_then(
    book: Book,
) -> None:
    hook = book.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(FORMATTER.format(python=sys.executable, file=FILE))
    hook.chmod(0o755)
    with book.open() as crm:
        assert crm.catalogue.slugs()
        append(crm, "\nEins.\n")
    assert book.read(FILE).endswith("Eins.\nFormatiert.\n")
    with book.open() as crm:
        assert crm.catalogue.stamps([FILE])[FILE].stamp == store.stamp_of(book.root, FILE)


def test_a_catalogue_that_is_in_the_way_does_not_stop_the_commit(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "WAIT_SECONDS", 0.05)
    with book.open() as crm:
        assert crm.catalogue.slugs()
        with closing(sqlite3.connect(book.root / ".crm/catalogue.db")) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(errors.IndexBusy):
                append(crm, "\nEins.\n", message="Petersen: eins")
        assert crm.waiting_count() == 0
    assert book.subjects()[0] == "Petersen: eins"
    assert dirty(book) == ""


def test_several_refused_actions_on_one_file_are_all_told(book: Book) -> None:
    with refusing_hook(book):
        for number in ("eins", "zwei"):
            with book.open() as crm, pytest.raises(errors.NotSaved):
                append(crm, f"\n{number}\n", message=f"Petersen: {number}")
    with book.open() as crm:
        crm.save_waiting()
        assert crm.waiting_count() == 0
    told = book.git("log", "-1", "--format=%B")
    assert "Petersen: eins" in told
    assert "Petersen: zwei" in told
    assert dirty(book) == ""


def test_reading_mentions_what_waits_and_does_not_touch_it(book: Book) -> None:
    with refusing_hook(book), book.open() as crm, pytest.raises(errors.NotSaved):
        append(crm, "\nEins.\n")
    answer = book("call")
    assert "1 change waits to be saved: crm save" in answer.err
    assert dirty(book) == f" M {FILE}\n"
    assert book("save").code == 0
    assert dirty(book) == ""


def test_what_was_taken_back_by_hand_meanwhile_is_forgotten(book: Book) -> None:
    with refusing_hook(book), book.open() as crm, pytest.raises(errors.NotSaved):
        append(crm, "\nEins.\n", message="Petersen: eins")
    book.git("checkout", "--", FILE)
    with book.open() as crm:
        append(crm, "\nZwei.\n", message="Petersen: zwei")
    assert "Petersen: eins" not in book.subjects()


def test_a_record_that_cannot_be_read_is_set_aside(book: Book) -> None:
    folder = book.root / ".git/crm/waiting"
    folder.mkdir(parents=True)
    (folder / "000001-abcdef.json").write_text("{")
    with book.open() as crm:
        append(crm, "\nNeu.\n")
    assert [file.suffix for file in folder.iterdir()] == [".broken"]


def test_a_write_that_was_cut_off_between_two_files_is_finished(book: Book) -> None:
    old = (book.root / FILE).read_bytes(), (book.root / OTHER).read_bytes()
    new = old[0] + b"\neins\n", old[1] + b"\nzwei\n"
    changes = tuple(
        waiting.FileChange(path, waiting.fingerprint(a), waiting.fingerprint(b), b)
        for path, a, b in zip((FILE, OTHER), old, new, strict=True)
    )
    action = waiting.Action("abcdef", "Both: told", None, changes, {"Crm-Action": "note abcdef"})
    waiting.keep(book.root / ".git/crm", action)
    (book.root / FILE).write_bytes(new[0])
    with book.open() as crm:
        crm.save_waiting()
    assert (book.root / OTHER).read_bytes() == new[1]
    assert book.subjects()[0] == "Both: told"
    assert dirty(book) == ""


@pytest.mark.parametrize("written", range(1, 4))
def test_a_move_that_was_cut_off_is_finished_from_a_record_without_the_texts(
    book: Book, written: int
) -> None:
    old = {f"customers/{name}.md": f"---\nname: {name}\n---\n" for name in ("eins", "zwei")}
    for path, text in old.items():
        book.write(path, text, path)
    with book.open() as crm, crm.change("check") as change:
        for path in old:
            change.put_bytes(path.replace("customers/", "customers/neu/"), change.read_bytes(path))
            change.put_bytes(path, None)
        change.message = "Moved"
        action = change._action(list(change._after), 0.0)
        change._after.clear()  # nothing is carried out here
    assert all(one.data is None for one in action.changes)
    place = book.root / ".git" / "crm"
    waiting.keep(place, action)
    for one in action.changes[:written]:
        if one.after:
            book.write(one.path, old[one.path.replace("/neu/", "/")])
        else:
            (book.root / one.path).unlink()
    book("log", "petersen", "Anruf")
    for path, text in old.items():
        assert book.read(path.replace("customers/", "customers/neu/")) == text
        assert not (book.root / path).exists()
    assert "Moved" in book.subjects()
    assert book.git("status", "--porcelain") == ""


def test_an_action_that_wrote_nothing_before_the_kill_is_forgotten(book: Book) -> None:
    data = (book.root / FILE).read_bytes()
    change = waiting.FileChange(FILE, waiting.fingerprint(data), waiting.fingerprint(b"new"))
    waiting.keep(book.root / ".git/crm", waiting.Action("abcdef", "never", None, (change,)))
    with book.open() as crm:
        crm.save_waiting()
        assert crm.waiting_count() == 0
    assert "never" not in book.subjects()


def test_litter_of_a_killed_writer_is_swept(book: Book) -> None:
    litter = book.write("customers/.crm-tmp-4711-modehaus-petersen.md", "half")
    with book.open() as crm:
        append(crm, "\nNeu.\n")
    assert not litter.exists()


def test_settings_that_cannot_be_read_stop_writing_not_reading(book: Book) -> None:
    book.write("crm.toml", "format = [", "broken")
    answer = book("show", "petersen")
    assert answer.code == 0
    with book.open() as crm, pytest.raises(errors.ConfigMalformed):
        append(crm, "\nNeu.\n")
    assert "crm.toml" in book("list").err


def test_a_newer_store_is_refused(book: Book) -> None:
    book.write("crm.toml", "format = 2\n", "newer")
    answer = book("show", "petersen")
    assert answer.code == 41
    assert "format 2" in answer.err


def test_without_git_everything_can_be_read_and_nothing_is_written(tmp_path: Path) -> None:
    root = tmp_path / "plain"
    book = Book(root)
    book.write("crm.toml", "format = 1\n")
    book.write(FILE, "---\nname: Petersen\n---\n")
    assert book("show", "petersen").code == 0
    answer = book("set", "petersen", "goal", "mehr")
    assert answer.code == 50
    assert "crm init" in answer.err
    assert book.read(FILE) == "---\nname: Petersen\n---\n"


def test_who_waits_too_long_is_told_who_holds_the_lock(book: Book) -> None:
    with book.open() as first, book.open() as second:
        second.lock_seconds = 0.1
        with (
            first.change("import"),
            pytest.raises(errors.StoreLocked) as told,
            second.change("note"),
        ):
            pass
        assert "crm import" in str(told.value)


def test_the_catalogue_knows_what_was_written(book: Book) -> None:
    with book.open() as crm:
        assert crm.catalogue.find("Nordseetuch") == []
        append(crm, "", OTHER)
        with crm.change("new") as change:
            change.put_bytes("customers/neu.md", b"---\nname: Nordseetuch\n---\n")
            change.message = "new"
        assert [match.slug for match in crm.catalogue.find("Nordseetuch")] == ["neu"]


def test_a_template_that_was_edited_by_hand_is_no_customer(book: Book) -> None:
    book("list")
    book.write("templates/customer.md", "---\nname: {{ name }}\n---\n")
    assert book("save").code == 0
    assert "{{" not in book("list").out


def test_the_subject_of_a_long_sentence_is_cut_and_goes_on_below(book: Book) -> None:
    words = "sehr " * 100
    with book.open() as crm, crm.change("note") as change:
        change.put_bytes(FILE, (change.read_bytes(FILE) or b"") + b"\nNeu.\n")
        change.tell(lambda: f"Petersen: {words}lang")
    told = book.git("log", "-1", "--format=%B")
    assert len(book.subjects()[0]) <= 120
    assert told.count("sehr") == 100
