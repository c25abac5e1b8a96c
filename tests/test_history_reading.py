"""The past is read as it was: who, when, what, and every text that ever stood."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from crm_md.errors import GitFailed
from crm_md.history import History
from tests.repositories import ANNA, BEN, NOON, git, repository, saved, write

CUSTOMER = "customers/petersen.md"
LOST = "0123456789" * 4


@pytest.fixture
def book(tmp_path: Path) -> History:
    return repository(tmp_path / "book")


def subjects(book: History, *paths: str) -> list[str]:
    return [revision.subject for revision in book.log(paths)]


def test_without_commits_there_is_no_past(book: History) -> None:
    assert list(book.log()) == []


def test_a_revision_tells_who_when_what(book: History) -> None:
    first = saved(book, "customers/alt.md")
    (book.top / "customers/alt.md").unlink()
    when = datetime.fromisoformat("2026-11-20T14:30:00+01:00")
    commit = book.commit(
        ["customers/alt.md", write(book, CUSTOMER)],
        "Müller: Anruf\n\nZwei\n\nAbsätze",
        author=BEN,
        date=when,
        trailers={"Crm-Action": "log k3"},
    )
    revision = next(book.log())
    assert revision.id == commit
    assert (revision.author, revision.email, revision.when) == (BEN.name, BEN.email, when)
    assert (revision.subject, revision.body) == ("Müller: Anruf", "Zwei\n\nAbsätze")
    assert revision.trailers == {"Crm-Action": "log k3"}
    assert revision.paths == (("D", "customers/alt.md"), ("A", CUSTOMER))
    assert revision.parents == (first,)


def test_the_newest_comes_first(book: History) -> None:
    for number in range(3):
        saved(book, CUSTOMER, f"{number}\n", f"Nr. {number}")
    assert subjects(book) == ["Nr. 2", "Nr. 1", "Nr. 0"]


def test_only_commits_that_touch_the_paths_are_told(book: History) -> None:
    saved(book, CUSTOMER, message="Petersen")
    saved(book, "customers/quast.md", message="Quast")
    assert subjects(book, CUSTOMER) == ["Petersen"]
    assert subjects(book, "customers") == ["Quast", "Petersen"]


def test_a_renamed_file_is_followed_by_its_names(book: History) -> None:
    saved(book, CUSTOMER, message="before")
    (book.top / CUSTOMER).rename(book.top / "customers/ostersen.md")
    book.commit([CUSTOMER, "customers/ostersen.md"], "rename")
    saved(book, "customers/ostersen.md", "anders\n", "after")
    assert subjects(book, "customers/ostersen.md", CUSTOMER) == ["after", "rename", "before"]


def test_a_limit_ends_the_past_early(book: History) -> None:
    for number in range(3):
        saved(book, CUSTOMER, f"{number}\n", f"Nr. {number}")
    assert [revision.subject for revision in book.log(limit=2)] == ["Nr. 2", "Nr. 1"]


def test_the_past_as_known_on_a_day_ends_there(book: History) -> None:
    for day in range(3):
        write(book, CUSTOMER, f"{day}\n")
        book.commit([CUSTOMER], f"day {day}", date=NOON + timedelta(days=day))
    known = book.log([CUSTOMER], until=NOON + timedelta(days=1, hours=3))
    assert [revision.subject for revision in known] == ["day 1", "day 0"]


def test_the_past_may_start_at_any_commit(book: History) -> None:
    first = saved(book, CUSTOMER, "1\n", "first")
    saved(book, CUSTOMER, "2\n", "second")
    assert [revision.id for revision in book.log(start=first)] == [first]


def test_an_unknown_start_is_an_error(book: History) -> None:
    saved(book, CUSTOMER)
    with pytest.raises(GitFailed):
        list(book.log(start="--all"))


def test_the_past_may_be_left_half_read(book: History) -> None:
    for number in range(3):
        saved(book, CUSTOMER, f"{number}\n")
    past = book.log()
    next(past)
    past.close()  # type: ignore[attr-defined]  # a generator, promised only as an iterator


def test_merges_tell_their_parents_and_no_paths(book: History) -> None:
    first = saved(book, CUSTOMER)
    git(book.top, "checkout", "--quiet", "-b", "ben")
    theirs = saved(book, "customers/ben.md")
    git(book.top, "checkout", "--quiet", "main")
    ours = saved(book, "customers/anna.md")
    git(book.top, "merge", "--quiet", "--no-edit", "ben")
    merge, *rest = book.log()
    assert (merge.parents, merge.paths) == ((ours, theirs), ())
    assert {revision.id for revision in rest} == {ours, theirs, first}


@pytest.mark.parametrize("name", ["zeile\numbruch.md", "m\udcfcller.md", 40 * "a", "M", "ä b.md"])
def test_any_name_in_the_past_is_told_and_read(book: History, name: str) -> None:
    commit = saved(book, f"customers/{name}", "Inhalt\n")
    saved(book, name, "oben\n")
    newest, oldest = book.log()
    assert oldest.paths == (("A", f"customers/{name}"),)
    assert newest.paths == (("A", name),)
    assert [revision.id for revision in book.log([f"customers/{name}"])] == [commit]
    assert book.read_at(commit, f"customers/{name}") == b"Inhalt\n"


def test_umlauts_of_both_forms_are_two_names(book: History) -> None:
    composed, decomposed = (unicodedata.normalize(form, "müller.md") for form in ("NFC", "NFD"))
    commit = saved(book, composed, "NFC\n")
    later = saved(book, decomposed, "NFD\n")
    assert book.read_many([(commit, composed), (commit, decomposed), (later, decomposed)]) == [
        b"NFC\n",
        None,
        b"NFD\n",
    ]


def test_commits_that_others_wrote_are_read_too(book: History) -> None:
    git(book.top, "config", "i18n.commitEncoding", "iso-8859-1")
    git(book.top, "config", "log.showSignature", "true")
    write(book, CUSTOMER)
    git(book.top, "add", CUSTOMER)
    (book.top / "message").write_bytes("Müller\n".encode("iso-8859-1"))
    git(book.top, "commit", "--quiet", "-F", "message")
    git(book.top, "commit", "--quiet", "--allow-empty", "--allow-empty-message", "-m", "")
    assert subjects(book) == ["", "Müller"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1700000000 +9999", "2023-11-14T22:13:20+00:00"),
        ("99999999999999999999 +0000", "1970-01-01T00:00:00+00:00"),
        ("", "1970-01-01T00:00:00+00:00"),
    ],
)
def test_a_commit_with_a_broken_date_is_read_too(book: History, written: str, read: str) -> None:
    saved(book, CUSTOMER)
    raw = git(book.top, "cat-file", "commit", "HEAD")
    (book.top / "raw").write_text(re.sub(r"> \d+ \+\d+", f"> {written}", raw))
    broken = git(book.top, "hash-object", "-t", "commit", "--literally", "-w", "raw").strip()
    git(book.top, "update-ref", "refs/heads/main", broken)
    assert [revision.when.isoformat() for revision in book.log()] == [read]


def test_an_action_is_found_by_its_trailer(book: History) -> None:
    for action in ("log k1", "log k2", "undo k1"):
        write(book, CUSTOMER, f"{action}\n")
        book.commit([CUSTOMER], "Call", trailers={"Crm-Action": action})
    saved(book, CUSTOMER, "x\n", "kein Trailer\n\nim Text: Crm-Action: log k1\nmehr")
    assert actions(book) == ["undo k1", "log k2", "log k1"]
    assert [r.trailers["Crm-Action"] for r in book.revisions_with_trailer("Crm-Action", "log k1")]


def actions(book: History, **only: str) -> list[str]:
    found = book.revisions_with_trailer("Crm-Action", **only)
    return [revision.trailers["Crm-Action"] for revision in found]


def test_an_action_is_found_by_its_whole_value(book: History) -> None:
    for action in ("log k1", "log k12"):
        write(book, CUSTOMER, f"{action}\n")
        book.commit([CUSTOMER], "Call", trailers={"Crm-Action": action})
    assert actions(book, value="log k1") == ["log k1"]


def test_my_actions_are_found_by_my_address(book: History) -> None:
    for number, author in enumerate((ANNA, BEN, ANNA)):
        write(book, CUSTOMER, f"{number}\n")
        book.commit([CUSTOMER], "Call", author=author, trailers={"Crm-Action": f"log k{number}"})
    assert actions(book, author_email="Anna@Example.com") == ["log k2", "log k0"]
    assert actions(book, author_email="example.com") == []


def test_a_file_is_read_as_it_stood(book: History) -> None:
    first = saved(book, CUSTOMER, "eins\r\n")
    second = saved(book, CUSTOMER, "")
    assert book.read_at(first, CUSTOMER) == b"eins\r\n"
    assert book.read_at(second, CUSTOMER) == b""


def test_a_file_that_was_not_there_is_none(book: History) -> None:
    commit = saved(book, CUSTOMER)
    wanted = [(commit, "customers/nie da.md"), (commit, "customers"), (LOST, CUSTOMER)]
    assert book.read_many(wanted) == [None, None, None]


def test_many_files_are_read_in_their_order(book: History) -> None:
    first = saved(book, CUSTOMER, "eins\n")
    big = "x" * 300_000
    second = saved(book, CUSTOMER, big)
    wanted = [(second, CUSTOMER), (first, CUSTOMER), (first, "nie.md"), (second, CUSTOMER)]
    assert book.read_many(wanted) == [big.encode(), b"eins\n", None, big.encode()]
    assert book.read_many([]) == []


def test_what_differs_between_two_commits_is_named(book: History) -> None:
    first = saved(book, CUSTOMER)
    saved(book, "customers/zeile\numbruch.md")
    saved(book, "notiz.txt")
    (book.top / CUSTOMER).unlink()
    book.commit([CUSTOMER], "Gone")
    new = book.head() or ""
    assert book.changed_between(first, new) == frozenset(
        {CUSTOMER, "customers/zeile\numbruch.md", "notiz.txt"}
    )
    assert book.changed_between(first, new, [CUSTOMER]) == frozenset({CUSTOMER})
    assert book.changed_between(first, first) == frozenset()


def test_what_differs_from_a_lost_commit_is_unknown(book: History) -> None:
    assert book.changed_between(LOST, saved(book, CUSTOMER)) is None


def test_what_differs_from_a_commit_cleaned_away_is_unknown(book: History) -> None:
    first = saved(book, CUSTOMER)
    dropped = saved(book, CUSTOMER, "x\n")
    git(book.top, "reset", "--quiet", "--hard", first)
    git(book.top, "reflog", "expire", "--expire=now", "--all")
    git(book.top, "gc", "--quiet", "--prune=now")
    assert book.changed_between(dropped, first) is None
    assert not book.is_ancestor(dropped, first)


def test_an_ancestor_came_before(book: History) -> None:
    first, second = saved(book, CUSTOMER), saved(book, CUSTOMER, "x\n")
    assert book.is_ancestor(first, second)
    assert book.is_ancestor(first, first)
    assert not book.is_ancestor(second, first)
    assert not book.is_ancestor(LOST, first)


def test_a_sha256_repository_is_read_like_any_other(tmp_path: Path) -> None:
    book = repository(tmp_path, "--object-format=sha256")
    first = saved(book, CUSTOMER, "eins\n")
    second = saved(book, CUSTOMER, "zwei\n")
    assert [revision.id for revision in book.log()] == [second, first]
    assert book.read_many([(first, CUSTOMER), (second, CUSTOMER)]) == [b"eins\n", b"zwei\n"]
    assert book.changed_between(first, second) == frozenset({CUSTOMER})


def test_a_long_past_is_told_whole(book: History) -> None:
    for number in range(40):
        write(book, CUSTOMER, f"{number}\n")
        book.commit([CUSTOMER], f"Nr. {number}\n\n{'Wort ' * 1000}")
    assert subjects(book) == [f"Nr. {number}" for number in reversed(range(40))]
    assert [r.subject for r in islice(book.log(), 2)] == ["Nr. 39", "Nr. 38"]


def test_times_keep_their_zone(book: History) -> None:
    write(book, CUSTOMER)
    book.commit([CUSTOMER], "Call", date=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
    assert next(book.log()).when.isoformat() == "2026-11-20T23:30:00+00:00"


def test_the_past_of_some_people_and_since_a_day(book: History) -> None:
    for number, author in enumerate((ANNA, BEN, ANNA)):
        path = write(book, CUSTOMER, f"{number}\n")
        book.commit([path], f"Nr. {number}", author=author, date=NOON + timedelta(days=number))
    assert [one.subject for one in book.log(authors=[ANNA.email.upper()])] == ["Nr. 2", "Nr. 0"]
    assert len(list(book.log(authors=[ANNA.email, BEN.email]))) == 3
    assert [one.subject for one in book.log(since=NOON + timedelta(days=1))] == ["Nr. 2", "Nr. 1"]
