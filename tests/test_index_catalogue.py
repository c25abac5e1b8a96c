"""The catalogue: a cache that is discarded when in doubt, and healed step by step."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.errors import CatalogueBroken, FileNotReadable
from crm_md.index.catalogue import Catalogue, Row, Unchanged, row_of_unreadable
from crm_md.index.listing import NOBODY, Filters
from crm_md.index.looks import Look
from crm_md.model import Address, Customer, Finding, NextStep, Relation
from tests.index_builders import STAMP, Stamp, call, catalogue, customer, person, row, summary_of

ACME = customer("Acme", person("Heike"))


def reopened(folder: Path, stamp: str = STAMP, fingerprint: str = "settings") -> Catalogue:
    return Catalogue.open(folder, stamp, fingerprint)


def test_what_was_told_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    catalogue(ACME, folder=tmp_path / ".crm").close()
    again = reopened(tmp_path / ".crm")
    assert not again.is_new
    assert again.summary("acme") == summary_of(ACME)


def test_a_new_catalogue_is_new_and_git_ignores_it(tmp_path: Path) -> None:
    assert reopened(tmp_path / ".crm").is_new
    assert (tmp_path / ".crm" / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize(
    ("stamp", "fingerprint"), [("another clone's", "settings"), (STAMP, "other settings")]
)
def test_what_is_foreign_or_outdated_is_discarded(
    tmp_path: Path, stamp: str, fingerprint: str
) -> None:
    catalogue(ACME, folder=tmp_path / ".crm").close()
    (tmp_path / ".crm" / "search").mkdir()
    (tmp_path / ".crm" / "search" / "old").write_text("")
    again = reopened(tmp_path / ".crm", stamp, fingerprint)
    assert again.is_new
    assert again.slugs() == []
    assert not (tmp_path / ".crm" / "search" / "old").exists()


@pytest.mark.parametrize("name", ["catalogue.db", "stamp"])
@pytest.mark.parametrize("content", [b"", b"\x00\xff no such thing", None])
def test_what_is_broken_or_missing_is_made_anew(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    catalogue(ACME, folder=tmp_path / ".crm").close()
    if content is None:
        (tmp_path / ".crm" / name).unlink()
    else:
        (tmp_path / ".crm" / name).write_bytes(content)
    assert reopened(tmp_path / ".crm").is_new
    assert not reopened(tmp_path / ".crm").is_new


@pytest.mark.parametrize("name", ["catalogue.db", "stamp", "search"])
def test_no_link_is_followed(tmp_path: Path, name: str) -> None:
    catalogue(ACME, folder=tmp_path / ".crm").close()
    target, place = tmp_path / "elsewhere", tmp_path / ".crm" / name
    if name == "search":
        target.mkdir()
        (target / "precious").write_text("")
    else:
        place.rename(target)
    place.symlink_to(target)
    again = reopened(tmp_path / ".crm", *(["other"] if name == "search" else []))
    assert again.is_new
    assert target.exists()
    assert not place.is_symlink()
    assert name != "search" or (target / "precious").exists()


def test_a_folder_that_is_a_link_is_replaced_and_its_target_untouched(tmp_path: Path) -> None:
    catalogue(ACME, folder=tmp_path / "elsewhere").close()
    before = {path: path.read_bytes() for path in (tmp_path / "elsewhere").iterdir()}
    (tmp_path / ".crm").symlink_to(tmp_path / "elsewhere")
    assert reopened(tmp_path / ".crm").is_new
    assert not (tmp_path / ".crm").is_symlink()
    assert {path: path.read_bytes() for path in (tmp_path / "elsewhere").iterdir()} == before


@pytest.mark.parametrize("name", [".gitignore", "catalogue.lock", "catalogue.pid", "stamp"])
def test_nothing_is_written_through_a_link(tmp_path: Path, name: str) -> None:
    (tmp_path / ".crm").mkdir()
    (tmp_path / "precious").write_text("precious")
    (tmp_path / ".crm" / name).symlink_to(tmp_path / "precious")
    assert catalogue(ACME, folder=tmp_path / ".crm").slugs() == ["acme"]
    assert (tmp_path / "precious").read_text() == "precious"


def test_damage_found_later_says_so_and_is_mended_by_the_next_opening(tmp_path: Path) -> None:
    book = catalogue(ACME, folder=tmp_path / ".crm")
    book.database.execute("DROP TABLE names")
    with pytest.raises(CatalogueBroken):
        book.find("acme")
    book.close()
    assert reopened(tmp_path / ".crm").is_new


def test_where_nothing_can_be_written_the_catalogue_lives_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    book = catalogue(ACME, folder=tmp_path / "file" / ".crm")
    assert book.folder is None
    assert book.slugs() == ["acme"]


def test_it_remembers_the_commit_and_what_differed(tmp_path: Path) -> None:
    book = catalogue(ACME, folder=tmp_path / ".crm")
    before = book.look(5)
    assert before == Look(None, None, frozenset(), frozenset(), 5)
    now = Look("abc", "rules", frozenset({"customers/acme.md"}), frozenset({"customers/x.md"}), 5)
    book.remember(before, now)
    assert book.look(5) == now
    book.close()
    assert reopened(tmp_path / ".crm").look(5) == now


def test_what_changed_lately_or_is_gone_is_looked_at_again() -> None:
    book = Catalogue.open(None, STAMP, "settings")
    book.update([row(ACME)], ["customers/gone.md"], since_ns=Stamp().mtime_ns)
    assert book.look(0).dirty == {"customers/acme.md", "customers/gone.md"}
    book.update([row(customer("Beta"))], since_ns=Stamp().mtime_ns + 1)
    assert "customers/beta.md" not in book.look(0).dirty


def settled(book: Catalogue, began_ns: int, touched: Sequence[str] = ()) -> frozenset[str]:
    """Let a look see nothing that differs; return what is to be looked at all the same."""
    before = book.look(began_ns)
    book.remember(before, before._replace(head="abc", dirty=frozenset()), touched)
    return book.look(0).dirty


def test_a_file_is_settled_only_by_a_look_that_began_after_it_was_read() -> None:
    book = Catalogue.open(None, STAMP, "settings")
    book.update([row(ACME, read_ns=100)], since_ns=0)
    assert settled(book, 100) == {"customers/acme.md"}
    assert settled(book, 101) == set()


def test_a_file_that_is_gone_is_settled_by_the_next_look() -> None:
    book = Catalogue.open(None, STAMP, "settings")
    book.update([], ["customers/gone.md"], since_ns=0)
    assert settled(book, 100, ["customers/gone.md"]) == {"customers/gone.md"}
    assert settled(book, 101) == set()


def test_of_two_looks_at_once_the_first_commit_stands_and_the_rest_is_looked_at_again() -> None:
    book = catalogue(ACME)
    before = book.look(101)
    theirs = before._replace(head="new", dirty=frozenset({"customers/b.md"}))
    mine = before._replace(head="old", dirty=frozenset({"customers/c.md"}))
    book.remember(before, theirs)
    book.remember(before, mine, ["customers/acme.md"])
    after = book.look(0)
    assert after.head == "new"
    assert after.dirty == {f"customers/{name}.md" for name in ("acme", "b", "c")}


def test_it_remembers_how_files_were_when_they_were_read() -> None:
    book = catalogue(ACME, customer("Beta"))
    seen = book.stamps(["customers/acme.md", "customers/unknown.md"])
    assert seen == {"customers/acme.md": (Stamp(), 9, b"")}
    assert set(book.stamps()) == {"customers/acme.md", "customers/beta.md"}
    assert set(book.stamps(f"customers/{n}.md" for n in range(1_000))) == set()


def test_a_changed_file_takes_the_place_of_the_old() -> None:
    book = catalogue(customer("Acme", person("Heike", "0351 1"), slug="a"))
    book.update([row(customer("Neu", slug="a"))])
    assert book.find("heike") == []
    assert [match.name for match in book.find("neu")] == ["Neu"]


def test_a_file_that_says_what_it_said_gets_a_new_stamp_only() -> None:
    book = catalogue(ACME)
    before = book.newest_version
    book.update([Unchanged("customers/acme.md", (1, 2, 3, 40))])
    assert book.stamps() == {"customers/acme.md": ((1, 2, 3), 40, b"")}
    assert book.newest_version == before
    assert book.summary("acme") == summary_of(ACME)


def test_a_forgotten_file_is_gone_everywhere() -> None:
    book = catalogue(customer("Acme", person("Heike"), aliases=("Alt",)))
    book.update([], ["customers/acme.md", "customers/unknown.md"])
    assert (book.slugs(), book.find("heike"), book.summaries()) == ([], [], [])


def test_a_failing_update_changes_nothing() -> None:
    book = catalogue(ACME)

    def rows_with_an_accident() -> Iterator[Row]:
        yield row(customer("Beta"))
        raise OSError("accident")

    with pytest.raises(OSError, match="accident"):
        book.update(rows_with_an_accident(), ["customers/acme.md"])
    assert book.slugs() == ["acme"]


def test_a_number_once_known_is_not_worked_out_again() -> None:
    book = catalogue(customer("Acme", person("Heike", "+33 1 42 68 53 00")))
    book.database.execute("UPDATE numbers SET e164 = '+1'")
    book.update([row(customer("Beta", person("Ute", "+33 1 42 68 53 00")))])
    numbers = book.database.execute("SELECT e164 FROM numbers").fetchall()
    assert numbers == [("+1",), ("+1",)]


def test_an_unreadable_file_is_told_and_named_but_not_listed() -> None:
    book = catalogue(ACME)
    problem = FileNotReadable("customers/broken.md", "it is gone")
    book.update([row_of_unreadable("customers/broken.md", problem, Stamp(), 1)])
    ((path, why),) = book.unreadable()
    assert (path, why.text, why.remedy) == ("customers/broken.md", str(problem), problem.hint)
    assert [listed.slug for listed in book.rows()] == ["acme"]
    assert [match.path for match in book.find("broken")] == ["customers/broken.md"]
    assert "broken" in book.slugs()


def test_findings_are_counted_by_severity() -> None:
    finding = Finding("x", "warning", "customers/acme.md", 1, "", "")
    book = catalogue(customer("Acme", findings=(finding, finding)), customer("Beta"))
    assert book.findings() == {"customers/acme.md": (0, 2, 0)}


def test_summaries_come_by_name_and_only_those_that_wake_in_time() -> None:
    days = {"Zett": date(2026, 1, 1), "Äh": date(2026, 1, 2), "Nie": None}
    book = catalogue()
    book.update(row(customer(name), wakes=day) for name, day in days.items())
    assert [summary.name for summary in book.summaries()] == ["Äh", "Nie", "Zett"]
    woken = book.summaries(wakes_by=date(2026, 1, 1))
    assert [summary.name for summary in woken] == ["Zett"]


def test_the_day_somebody_wakes_says_nothing_of_days_before_it_was_judged() -> None:
    book = Catalogue.open(None, STAMP, "settings")
    book.update([row(ACME, wakes=date(2026, 6, 1), judged=date(2026, 3, 1))])
    woken = [len(book.summaries(wakes_by=date(2026, month, 1))) for month in (2, 3, 5, 6)]
    assert woken == [1, 0, 0, 1]


def test_summaries_of_some_owners_and_of_nobody() -> None:
    book = catalogue(*(customer(name, owner=name[:1].strip("-")) for name in ("a1", "b1", "-c")))
    assert [summary.name for summary in book.summaries(filters=Filters(owner="a"))] == ["a1"]


LISTED = (
    customer(
        "Müller",
        status="customer",
        segment="A",
        owner="anna",
        tags=("Mode", "Übersee"),
        address=Address(zip="01067", city="Dresden"),
        entries=(call("2026-10-01", mood="bad"),),
    ),
    customer(
        "Adler",
        status="lead",
        segment="B",
        owner="ben",
        address=Address(zip="26757", city="Bad Zwischenahn"),
        entries=(call("2026-01-01"),),
        next=NextStep(date(2026, 12, 1), "nachfassen", ""),
    ),
    customer("Zorn", status="customer"),
)


def listed(filters: Filters | None = None) -> list[str]:
    return [found.name for found in catalogue(*LISTED).rows(filters)]


def test_the_list_comes_by_name() -> None:
    assert listed() == ["Adler", "Müller", "Zorn"]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(statuses=("customer",)), ["Müller", "Zorn"]),
        (Filters(statuses=("lead", "prospect")), ["Adler"]),
        (Filters(segment="a"), ["Müller"]),
        (Filters(owner="Anna"), ["Müller"]),
        (Filters(owner=NOBODY), ["Zorn"]),
        (Filters(tag="uebersee"), ["Müller"]),
        (Filters(tag="mod"), []),
        (Filters(place="01"), ["Müller"]),
        (Filters(place="dres"), ["Müller"]),
        (Filters(place="zwischen"), ["Adler"]),
        (Filters(silent_since=date(2026, 6, 1)), ["Adler", "Zorn"]),
        (Filters(mood="bad"), ["Müller"]),
        (Filters(complaint=False, statuses=("lead",)), ["Adler"]),
        (Filters(complaint=True), []),
    ],
)
def test_the_list_is_filtered(filters: Filters, names: list[str]) -> None:
    assert listed(filters) == names


def test_a_row_tells_what_the_list_shows() -> None:
    found = catalogue(*LISTED).rows(Filters(segment="B"))[0]
    assert (found.slug, found.path) == ("adler", "customers/adler.md")
    assert (found.last_touch, found.next) == (date(2026, 1, 1), date(2026, 12, 1))
    assert (found.zip, found.city, found.mood) == ("26757", "Bad Zwischenahn", "")
    assert catalogue(*LISTED).rows(Filters(segment="A"))[0].tags == ("Mode", "Übersee")


def test_an_open_complaint_is_listed() -> None:
    angry = customer("Sauer", entries=(call("2026-01-01", kind="complaint"),))
    book = catalogue()
    book.update([row(angry, complaints=summary_of(angry).entries)])
    assert [found.complaints for found in book.rows(Filters(complaint=True))] == [1]


HOTEL = customer("Strandhotel", aliases=("Altes Haus", "haus-am-deich"))


@pytest.mark.parametrize(
    "link",
    [
        "strandhotel",
        "[[strandhotel]]",
        "Strandhotel",
        "[[st/strandhotel#Verlauf|das Hotel]]",
        "customers/strandhotel.md",
        "Altes Haus",
        "[[altes-haus]]",
        "haus-am-deich",
    ],
)
def test_a_link_leads_to_the_customer_of_this_slug_or_alias(link: str) -> None:
    assert catalogue(HOTEL, ACME).slug_of(link) == "strandhotel"


def test_a_link_to_nobody_leads_nowhere() -> None:
    book = catalogue(HOTEL)
    assert book.slug_of("hotel") is book.slug_of("") is book.slug_of("[[]]") is None


def test_a_slug_goes_before_an_alias() -> None:
    other = customer("Anders", aliases=("strandhotel",))
    assert catalogue(other, HOTEL).slug_of("strandhotel") == "strandhotel"
    assert catalogue(other, HOTEL).links_to("anders") == []


def test_relations_and_links_are_known_from_the_other_side() -> None:
    brother = customer("Bruder", relations=(Relation("strandhotel", "Schwager", "Uwe"),))
    writer = customer("Autor", links=("altes-haus", "altes-haus#x", "nirgends"))
    found = catalogue(HOTEL, brother, writer).links_to("strandhotel")
    assert [(link.slug, link.kind, link.as_, link.who) for link in found] == [
        ("autor", "link", "", ""),
        ("bruder", "relation", "Schwager", "Uwe"),
    ]


def test_two_files_of_one_slug_are_told_and_the_first_path_counts() -> None:
    first = customer("Eins", slug="acme", path="customers/ac/acme.md")
    second = customer("Zwei", slug="Acme", path="customers/zz/Acme.md")
    book = catalogue(second, first)
    assert book.twins() == {"acme": ["customers/ac/acme.md", "customers/zz/Acme.md"]}
    assert (book.name_of("ACME"), book.paths("acme")[0]) == ("Eins", "customers/ac/acme.md")
    assert len(book.rows()) == 2


def test_completion_offers_what_begins_so() -> None:
    book = catalogue(*LISTED)
    assert book.names_for_completion("mue") == [("mueller", "Müller")]
    assert book.names_for_completion("Mü") == [("mueller", "Müller")]
    assert len(book.names_for_completion("")) == 3


def test_what_is_known_tells_doubles_apart() -> None:
    firm = customer(
        "Acme", person("Heike", "0351 123456", "H@Acme.example"), address=Address(city="Bonn")
    )
    (known,) = catalogue(firm).known()
    assert (known.slug, known.name, known.city) == ("acme", "Acme", "Bonn")
    assert (known.phones, known.mails) == (("+49351123456",), ("h@acme.example",))


def _add(folder: str, number: int) -> None:
    book = Catalogue.open(Path(folder), STAMP, "settings")
    for turn in range(10):
        book.update([row(customer(f"Kunde {number} {turn}"))])
        book.rows()
    book.close()


def test_many_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_add, args=(str(tmp_path), n)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert len(reopened(tmp_path).rows()) == 40


def test_a_reader_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    book = catalogue(ACME, folder=tmp_path / ".crm")
    writer = sqlite3.connect(tmp_path / ".crm" / "catalogue.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM files")
    assert book.slugs() == ["acme"]


_NAMES = st.sampled_from(["Acme", "Beta", "Gamma", "Delta"])
_VARIANTS = st.builds(
    lambda name, owner, people, alias: customer(
        name, *(person(p, "0351 1234-5") for p in people), owner=owner, aliases=alias
    ),
    _NAMES,
    st.sampled_from(["", "anna"]),
    st.lists(st.sampled_from(["Heike", "Uwe"]), max_size=2),
    st.sampled_from([(), ("Alt",)]),
)


def _everything(book: Catalogue) -> list[Sequence[object]]:
    """All that is derived from the files, without the numbers given on the way."""
    found: list[Sequence[object]] = []
    for table in ("names", "numbers", "mails", "links", "entries", "sections", "promises"):
        rows = book.database.execute(f"SELECT path, t.* FROM {table} t JOIN files ON file = id")
        found.append(sorted((path, *told) for path, _file, *told in rows))
    return [*found, list(book.summaries()), list(book.rows())]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.lists(_VARIANTS, max_size=3), st.lists(_NAMES, max_size=2))))
def test_healed_step_by_step_equals_made_anew(
    steps: list[tuple[list[Customer], list[str]]],
) -> None:
    healed, truth = catalogue(), dict[str, Customer]()
    for put, forget in steps:
        gone = [f"customers/{name.lower()}.md" for name in forget]
        latest = {known.path: known for known in put}
        healed.update(map(row, latest.values()), gone)
        truth = {path: known for path, known in truth.items() if path not in gone} | latest
    assert _everything(healed) == _everything(catalogue(*truth.values()))


def test_replacing_keeps_the_rest(tmp_path: Path) -> None:
    book = catalogue(ACME, customer("Beta"), folder=tmp_path / ".crm")
    book.update([row(replace(ACME, owner="anna"))])
    assert [(found.name, found.owner) for found in book.rows()] == [("Acme", "anna"), ("Beta", "")]
