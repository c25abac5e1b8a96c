"""Laws of the whole program on real files and real Git, on stores that nobody thought of."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md import store
from crm_md.agenda import CallList, who_to_call
from crm_md.crm import Crm
from crm_md.document import Document, summarise
from crm_md.errors import NameRefused
from crm_md.likeness import fold_light
from crm_md.questions.calling import Asked, calls
from crm_md.questions.naming import candidates
from crm_md.records.customers import new_customer
from tests.books import NOW, Book, make_book

BASE = NOW.date()


@contextmanager
def a_copy(made: Path) -> Iterator[Book]:
    """Give one example a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "book"
        shutil.copytree(made, root)
        yield Book(root)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two customers, made once."""
    return make_book(tmp_path_factory.mktemp("made") / "book").root


def at(day: date) -> datetime:
    return datetime.combine(day, NOW.time())


# The call list from the catalogue is that from the files.

near = st.integers(-70, 70).map(lambda days: BASE + timedelta(days=days))
SLUGS = ("ahorn", "birke", "modehaus-petersen")
entries = st.tuples(
    near,
    st.sampled_from(
        [
            *("Anruf", "Notiz", "Mail von Uta: eine Frage", "Mail an Uta: die Antwort", "Angebot"),
            *("Reklamation: Naht offen", "Reklamation: gelöst", "Anruf: nicht erreicht"),
        ]
    ),
)


@st.composite
def customers(draw: st.DrawFn) -> str:
    """Return a customer's file, any of whose days may be past or still to come."""
    lines = ["---", "name: Firma"]
    for key, values in (
        ("status", ["", "lead", "customer", "former", "supplier"]),
        ("every", ["", "2w", "1m"]),
        ("segment", ["", "A"]),
        ("owner", ["", "anna", "ben"]),
    ):
        if value := draw(st.sampled_from(values)):
            lines.append(f"{key}: {value}")
    for key in ("next", "snooze", "do_not_contact"):
        if draw(st.integers(0, 3 if key == "next" else 9)) == 0:
            lines.append(f"{key}: {draw(near)} etwas")
    for key, inside in (
        ("contacts", "- name: Uta Krug\n    birthday: {day}\n    away: {day} bis {day}"),
        ("products", "- name: R7\n    service_due: {day}"),
        ("deals", "- title: Winter\n    stage: offered\n    close: {day}"),
    ):
        if draw(st.integers(0, 2)) == 0:
            lines += [f"{key}:", f"  {inside.format(day=draw(near))}"]
    lines += ["---", "", "## Verlauf", ""]
    for day, what in sorted(draw(st.lists(entries, max_size=4)), reverse=True):
        lines += [f"### {day} {what} (anna)", ""]
        if draw(st.booleans()):
            lines += [
                f"- [ ] liefern due:{draw(near)} @{draw(st.sampled_from(['anna', 'ben']))}",
                "",
            ]
    return "\n".join(lines)


Step = tuple[str, str, object]
steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("edit"), st.sampled_from(SLUGS), customers()),
    st.tuples(st.just("log"), st.sampled_from(SLUGS), near),
    st.tuples(st.just("remove"), st.sampled_from(SLUGS), st.none()),
    st.tuples(st.just("commit"), st.just(""), st.none()),
    st.tuples(st.just("touch"), st.sampled_from(SLUGS), st.none()),
)


def taken(book: Book, step: Step, day: date) -> None:
    """Do one step on that day."""
    what, slug, value = step
    path = f"customers/{slug}.md"
    there = (book.root / path).exists()
    if what == "edit":
        book.write(path, str(value))
    elif what == "log" and there:
        answer = book("log", slug, f"{value} Anruf: besprochen", now=at(day))
        assert answer.code == 0, answer.err
    elif what == "remove" and there:
        (book.root / path).unlink()
    elif what == "touch" and there:
        (book.root / path).touch()
    elif what == "commit":
        book.git("add", "--all", "customers")
        book.git("commit", "--quiet", "--allow-empty", "-m", "von Hand")


def told(found: CallList) -> tuple[object, object]:
    rows = [(row.summary.slug, row.reasons, row.person, row.phone) for row in found.rows]
    return rows, [(held.summary.slug, held.guard) for held in found.held_back]


def from_files(crm: Crm) -> CallList:
    """Return the call list of all files, each of them read now."""
    summaries = []
    for path, _stamp in store.walk(crm.root):
        document = Document.read(store.read(crm.root, path) or b"", path, crm.config)
        summaries.append(summarise(document.customer, crm.config))
    return who_to_call(summaries, crm.today, crm.me, crm.config, owner="all")


def lists_agree(book: Book, day: date) -> None:
    with book.open(at(day)) as crm:
        answer = calls(crm, Asked(owner="all"), limit=0)
        assert told(CallList(answer.rows, answer.held_back)) == told(from_files(crm))


@settings(max_examples=60)
@given(st.lists(st.tuples(steps, near), min_size=1, max_size=4), st.lists(near, max_size=3))
def test_the_call_list_of_any_day_is_that_of_the_files(
    made: Path, happened: list[tuple[Step, date]], days: list[date]
) -> None:
    with a_copy(made) as book:
        for step, day in happened:
            taken(book, step, day)
            lists_agree(book, day)
        for day in days:
            lists_agree(book, day)


def test_a_list_of_an_earlier_day_than_the_last_look_is_right(made: Path) -> None:
    with a_copy(made) as book:
        visits = [BASE + timedelta(days=days) for days in (30, -60)]  # one is only planned
        lines = ["---", "name: Ahorn", "every: 2w", "---", "", "## Verlauf", ""]
        lines += [f"### {day} Besuch\n" for day in visits]
        book.write("customers/ahorn.md", "\n".join(lines))
        for days in (40, 0, 60, -50, -46):
            lists_agree(book, BASE + timedelta(days=days))


# Undo of an action is never having done it.

A_FEW: dict[str, Sequence[str]] = {
    "a talk": ["log", "heike", "2026-11-17 Anruf: das eine", "-t", "nachfragen due:2026-12-24"],
    "a complaint": ["log", "heike", "2026-11-16 Reklamation: noch eine Naht"],
    "a segment": ["set", "petersen", "segment", "B"],
    "a tag": ["set", "petersen", "tags", "--add", "nordsee"],
    "a number": ["set", "kai", "phone", "--add", "0351 47110"],
    "a role": ["set", "kai", "role", "Einkauf"],
    "a goal": ["set", "petersen", "goal", "mehr Nähe"],
    "no next step": ["set", "petersen", "next", "--delete"],
    "a word in the free text": ["note", "heike", "mag Krabben"],
    "a caution": ["note", "heike", "careful", "nie vor zehn"],
    "a new customer": ["new", "Bäckerei Sörensen"],
    "a new name": ["rename", "heike", "Haus am Meer"],
    "another's talk": ["log", "strandhotel", "2026-11-19 Besuch: die Markise"],
    "another's section": ["note", "strandhotel", "common", "segelt auch"],
    "another gone": ["remove", "strandhotel", "--yes"],
}


def done(book: Book, name: str) -> str:
    """Do one of them and return the name of the action; `--keep-next` keeps pieces apart."""
    command = [*A_FEW[name], *(["--keep-next"] if A_FEW[name][0] == "log" else [])]
    answer = book(*command)
    assert answer.code == 0, (name, answer.err)
    return answer.err.split("crm undo ")[-1].split()[0]


def texts(book: Book) -> dict[str, bytes]:
    folder = book.root / "customers"
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*.md")}


def meet(name: str, others: Sequence[str]) -> bool:
    """Tell whether two of these actions are about the same piece: a customer as a whole."""
    hotel = {"another's talk", "another's section", "another gone"}
    gone = "another gone"
    return gone in (name, *others) and (
        len(hotel & {name, *others}) > 1 or "a new name" in (name, *others)
    )


@settings(max_examples=30)
@given(st.permutations(sorted(A_FEW)), st.integers(1, 4))
def test_an_action_taken_back_has_never_been(made: Path, order: list[str], count: int) -> None:
    first, later = order[0], order[1 : count + 1]
    if meet(first, later):
        later = [name for name in later if not meet(first, [name]) and not meet(name, order[:1])]
        later = [name for name in later if name != "another gone"]
    with a_copy(made) as book, a_copy(made) as other:
        action = done(book, first)
        for name in later:
            done(book, name)
            done(other, name)
        answer = book("undo", action)
        assert answer.code == 0, (first, later, answer.err)
        assert texts(book) == texts(other), (first, later)
        assert book.git("status", "--porcelain") == ""


# Whatever a customer is called: a safe, unique file, found by that name.

NAMES: st.SearchStrategy[str] = st.one_of(
    st.text(max_size=40),
    st.text("aäAÄßé& .-/\\'\"#:0ﬁ", min_size=1, max_size=12),
    st.sampled_from(
        ["CON", "nul.md", "..", "../../etc/passwd", ".git", "-rf", "Ä" * 300, "🙂", "???", "null"]
    ),
)


def is_safe(slug: str) -> bool:
    return (
        0 < len(slug.encode()) <= 200
        and not slug.startswith((".", "-"))
        and not set(slug) & set('/\\:*?"<>|\0')
    )


@settings(max_examples=8)
@given(st.lists(NAMES, min_size=4, max_size=4))
def test_any_name_gives_a_safe_unique_file_and_finds_it(made: Path, names: list[str]) -> None:
    with a_copy(made) as book, book.open() as crm:
        for name in [*names, names[0]]:
            try:
                new = new_customer(crm, name, {})
            except NameRefused:
                continue
            assert is_safe(new.slug)
            assert new.path == f"customers/{new.slug}.md"
            assert crm.read(new.path).customer.name == new.name
            found = [one.slug for one in candidates(crm, new.name)]
            # Who types the very slug of one of two namesakes means that one.
            assert new.slug in found or fold_light(new.name) in map(fold_light, found), name
        slugs = [fold_light(slug) for slug in crm.catalogue.slugs()]
        assert len(set(slugs)) == len(slugs)
