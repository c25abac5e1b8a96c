"""The full text: caught up step by step, made anew when broken, shared by processes."""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.errors import IndexBusy
from crm_md.index import schema
from tests.index_builders import Book, markdown

ACME = markdown("Acme", "2026-01-01 Notiz\n\nZitrone")
BETA = markdown("Beta", "2026-02-02 Notiz\n\nZitrone und Apfel")


def test_only_what_changed_is_lacking(tmp_path: Path) -> None:
    book = Book(ACME, BETA, folder=tmp_path / ".crm")
    assert book.catalogue.full_text.lacking() == [
        ("acme", "customers/acme.md"),
        ("beta", "customers/beta.md"),
    ]
    book.search("zitrone")
    assert book.catalogue.full_text.lacking() == []
    book.put(ACME)
    assert book.catalogue.full_text.lacking() == [("acme", "customers/acme.md")]


def test_a_changed_file_is_found_by_its_new_words_only(tmp_path: Path) -> None:
    book = Book(ACME, BETA, folder=tmp_path / ".crm")
    assert book.found("zitrone") == ["Beta 2026-02-02", "Acme 2026-01-01"]
    book.put(ACME.replace("Zitrone", "Birne"))
    assert book.found("zitrone") == ["Beta 2026-02-02"]
    assert book.found("birne") == ["Acme 2026-01-01"]


def test_an_entry_put_in_front_moves_none_of_the_hits(tmp_path: Path) -> None:
    book = Book(ACME, folder=tmp_path / ".crm")
    book.search("zitrone")
    book.put(ACME.replace("### 2026-01-01", "### 2026-03-03 Notiz\n\nApfel\n\n### 2026-01-01"))
    assert book.found("zitrone") == ["Acme 2026-01-01"]
    assert book.found("apfel") == ["Acme 2026-03-03"]


def test_a_removed_customer_is_found_no_more(tmp_path: Path) -> None:
    book = Book(ACME, BETA, folder=tmp_path / ".crm")
    book.search("zitrone")
    book.remove("Acme")
    assert book.found("zitrone") == ["Beta 2026-02-02"]
    assert book.search("acme").near == ()


def test_it_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    Book(ACME, folder=tmp_path / ".crm").search("zitrone")
    again = Book(folder=tmp_path / ".crm")
    assert again.catalogue.full_text.lacking() == []
    again.texts["customers/acme.md"] = ACME
    assert again.found("zitrone") == ["Acme 2026-01-01"]


def test_it_also_works_in_memory() -> None:
    book = Book(ACME)
    assert book.found("zitrone") == ["Acme 2026-01-01"]
    book.put(BETA)
    assert book.found("apfel") == ["Beta 2026-02-02"]


def test_an_empty_book_has_nothing_to_find(tmp_path: Path) -> None:
    assert Book(folder=tmp_path / ".crm").search("zitrone").total == 0


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "search").iterdir() if "LOCK" not in path.name)


@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize("damage", ["gone", "empty", "cut", "scrambled"])
def test_what_is_broken_is_made_anew(tmp_path: Path, place: int, damage: str) -> None:
    folder = tmp_path / ".crm"
    Book(ACME, BETA, folder=folder).search("zitrone")
    file = _files(folder)[place]
    data = file.read_bytes()
    if damage == "gone":
        file.unlink()
    elif damage == "empty":
        file.write_bytes(b"")
    elif damage == "cut":
        file.write_bytes(data[: len(data) // 2])
    else:
        file.write_bytes(bytes(255 - byte for byte in data))
    book = Book(folder=folder)
    book.texts = {"customers/acme.md": ACME, "customers/beta.md": BETA}
    found = book.found("zitrone")
    assert found == ["Beta 2026-02-02", "Acme 2026-01-01"]


def test_the_full_text_of_another_catalogue_is_discarded_unread(tmp_path: Path) -> None:
    Book(ACME, folder=tmp_path / "a").search("zitrone")
    book = Book(BETA, folder=tmp_path / "b")
    book.search("zitrone")
    shutil.rmtree(tmp_path / "b" / "search")
    shutil.copytree(tmp_path / "a" / "search", tmp_path / "b" / "search")
    for file in (tmp_path / "b" / "search").glob("*.toc"):
        file.write_bytes(b"cos\nsystem\n(S'touch owned'\ntR.")
    assert book.found("zitrone") == ["Beta 2026-02-02"]


def test_a_search_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    book = Book(ACME, folder=tmp_path / ".crm")
    book.search("zitrone")
    (tmp_path / ".crm" / "search").rename(tmp_path / "elsewhere")
    (tmp_path / ".crm" / "search").symlink_to(tmp_path / "elsewhere")
    assert book.found("zitrone") == ["Acme 2026-01-01"]
    assert not (tmp_path / ".crm" / "search").is_symlink()
    assert (tmp_path / "elsewhere" / "birth").exists()


def test_many_small_changes_do_not_leave_many_files(tmp_path: Path) -> None:
    book = Book(ACME, folder=tmp_path / ".crm")
    for turn in range(30):
        book.put(ACME.replace("Zitrone", f"Zitrone {turn}"))
        assert book.found("zitrone") == ["Acme 2026-01-01"]
    assert len(_files(tmp_path / ".crm")) < 40


def test_a_text_that_cannot_be_read_now_is_taken_in_later(tmp_path: Path) -> None:
    book = Book(ACME, BETA, folder=tmp_path / ".crm")
    texts, book.texts = book.texts, {"customers/beta.md": BETA}
    assert book.found("zitrone") == ["Beta 2026-02-02"]
    book.texts = texts
    assert book.found("zitrone") == ["Beta 2026-02-02", "Acme 2026-01-01"]


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    book = Book(ACME, BETA, folder=tmp_path / ".crm")
    book.search("zitrone", progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2)]


def test_who_waits_too_long_is_told_who_holds_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Book(ACME, folder=tmp_path / ".crm")
    monkeypatch.setattr(schema, "WAIT_SECONDS", 0.1)
    context = multiprocessing.get_context("spawn")
    held, done = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(str(tmp_path / ".crm"), held, done))
    holder.start()
    try:
        assert held.wait(30)
        with pytest.raises(IndexBusy, match=str(holder.pid)):
            book.search("zitrone")
    finally:
        done.set()
        holder.join(30)


def _hold(folder: str, held: object, done: object) -> None:
    with schema.locked(Path(folder) / "search.lock"):
        held.set()  # type: ignore[attr-defined]  # an event of multiprocessing, which has no type
        done.wait(30)  # type: ignore[attr-defined]


class _Texts(dict[str, str]):
    """Texts that all processes see: those of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __setitem__(self, path: str, text: str) -> None:
        (self._folder / path.replace("/", "-")).write_text(text)
        super().__setitem__(path, text)

    def get(self, path: str, _default: object = None) -> str:
        return (self._folder / path.replace("/", "-")).read_text()


def _log_and_search(folder: str, number: int) -> None:
    book = Book(folder=Path(folder) / ".crm")
    book.texts = _Texts(Path(folder))
    for turn in range(6):
        book.put(markdown(f"Kunde {number}", *["2026-01-01 Notiz\n\nZitrone"] * (turn + 1)))
        result = book.search("zitrone", limit=100)
        assert [hit.name for hit in result.hits].count(f"Kunde {number}") == turn + 1


def test_processes_that_write_and_search_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    Book(folder=tmp_path / ".crm")
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_log_and_search, args=(str(tmp_path), n)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers] == [0] * 4
    book = Book(folder=tmp_path / ".crm")
    book.texts = _Texts(tmp_path)
    assert book.search("zitrone").total == 24


def _log_for_ever(folder: str) -> None:
    book = Book(folder=Path(folder) / ".crm")
    book.texts = _Texts(Path(folder))
    for turn in range(10_000):
        book.put(markdown("Acme", f"2026-01-01 Notiz\n\nZitrone {turn}"))
        book.search("zitrone")


def test_a_process_killed_at_any_moment_leaves_nothing_wrong(tmp_path: Path) -> None:
    Book(BETA, folder=tmp_path / ".crm").search("zitrone")
    context = multiprocessing.get_context("spawn")
    for milliseconds in (10, 130, 270, 410):
        worker = context.Process(target=_log_for_ever, args=(str(tmp_path),))
        worker.start()
        while not (tmp_path / "customers-acme.md").exists():
            time.sleep(0.01)
        time.sleep(milliseconds / 1_000)
        worker.kill()
        worker.join(30)
        text = (tmp_path / "customers-acme.md").read_text()
        book = Book(text, folder=tmp_path / ".crm")
        assert [hit.text for hit in book.search("zitrone -apfel").hits] == [
            f"Notiz · {text.split(chr(10))[-2]}"
        ]
        book.texts["customers/beta.md"] = BETA
        assert book.found("apfel") == ["Beta 2026-02-02"]
        (tmp_path / "customers-acme.md").unlink()


def _imported_by(code: str) -> set[str]:
    """The modules of ours and Whoosh's that a fresh Python has loaded in the end."""
    program = f"{code}\nimport sys\nprint(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=_ROOT
    )
    assert told.stderr == ""
    return set(told.stdout.split())


_ROOT = Path(__file__).parent.parent
_WRITE = """
from crm_md.index.catalogue import Catalogue, row_of
from crm_md.model import Contact, Customer, Summary
from collections import namedtuple
stamp = namedtuple("Stamp", "size mtime_ns ctime_ns")(1, 2, 3)
person = Contact("Heike", phones=("+33 1 42 68 53 00",))
row = row_of(Customer("a", "customers/a.md", "A", contacts=(person,)),
             Summary("a", "customers/a.md", "A"), None, stamp, 1)
"""


def test_a_known_number_is_written_without_whoosh_and_phonenumbers(tmp_path: Path) -> None:
    opened = f"from pathlib import Path\nc = Catalogue.open(Path({str(tmp_path)!r}), 's', 'x')"
    first = _imported_by(f"{_WRITE}\n{opened}\nc.update([row])")
    again = _imported_by(f"{_WRITE}\n{opened}\nc.update([row])\nc.find('heike')\nc.rows()")
    assert "phonenumbers" in first
    assert not {"whoosh", "phonenumbers", "hashlib", "json"} & again


def test_whoosh_comes_without_an_http_client() -> None:
    modules = _imported_by("import crm_md.index.posting_lists")
    assert "whoosh.index" in modules
    assert not {"urllib.request", "http.client", "ssl", "_hashlib", "html", "decimal"} & modules


def test_what_was_left_out_can_still_be_imported_after_whoosh() -> None:
    code = """
import crm_md.index.posting_lists, urllib.request, html, decimal, hashlib
assert urllib.request.urlopen and html.unescape and decimal.Decimal(1) and hashlib.sha256
"""
    assert "http.client" in _imported_by(code)


def test_an_index_in_memory_shares_no_folder_with_other_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "MAIN.tmp").write_text("another process's")
    assert Book(markdown("Acme", text="Zitrone")).found("zitrone") == ["Acme"]


def test_a_broken_index_in_memory_is_made_anew() -> None:
    book = Book(markdown("Acme", text="Zitrone"))
    assert book.found("zitrone") == ["Acme"]
    files = book.catalogue.full_text._storage.files  # memory has no files that a test could break
    files.update(dict.fromkeys(files, b"broken"))
    book.put(markdown("Beta", text="Zitrone"))
    assert book.found("zitrone") == ["Acme", "Beta"]


_NAMES = st.sampled_from(["Acme", "Beta", "Gamma"])
_WORDS = st.sampled_from(["Zitrone", "Zitronen", "Apfel", "Birne", "Äpfel", "04922 9300-12"])
_FILES = st.builds(
    lambda name, notes, text: markdown(
        name, *(f"2026-0{n + 1}-01 Notiz\n\n{' '.join(words)}" for n, words in enumerate(notes)),
        text=text,
    ),
    _NAMES,
    st.lists(st.lists(_WORDS, min_size=1, max_size=3), max_size=3),
    _WORDS,
)  # fmt: skip
_STEPS = st.lists(
    st.tuples(st.lists(_FILES, max_size=2), st.lists(_NAMES, max_size=1), st.booleans()),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(_STEPS)
def test_caught_up_step_by_step_equals_made_anew(
    steps: list[tuple[list[str], list[str], bool]],
) -> None:
    healed = Book()
    for put, forget, searched_between in steps:
        for name in forget:
            healed.remove(name)
        for text in put:
            healed.put(text)
        if searched_between:
            healed.search("zitrone")
    anew = Book(*healed.texts.values())
    for typed in ("zitrone", "äpfel", "apfel birne", "bir*", "04922930012", "acme", "notiz", "xyz"):
        one, other = (book.search(typed, limit=None) for book in (healed, anew))
        assert [(h.path, h.date, h.line, h.text, h.score) for h in one.hits] == [
            (h.path, h.date, h.line, h.text, h.score) for h in other.hits
        ]
        assert (one.total, one.all_words) == (other.total, other.all_words)
