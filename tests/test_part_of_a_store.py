"""A clone of a part: what it lacks it gets in one go, and without the other side it says so."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from crm_md import history
from crm_md.history import parts
from tests.books import Book, lasting_folder
from tests.clones import Team, moved_team, named, team
from tests.repositories import git

MANY = 5


@pytest.fixture
def firm(tmp_path: Path) -> Team:
    """A team with customers in north and south, at whom two worked; Ben has cloned the north."""
    return moved_team(_first_firm(), tmp_path)


@cache
def _first_firm() -> Team:
    firm = team(lasting_folder())
    firm.lend_parts()
    for said, who in (("one", "carla"), ("two", "anna"), ("three", "carla")):
        _everybody_is_called(firm, said, who)
    anna, folder = Book(firm.folder / "anna"), firm.folder / "ben"
    assert anna("clone", firm.hub.as_uri(), str(folder), "--only", "nord").code == 0
    named(Book(folder), "ben")
    return firm


def _customer(name: str, said: str = "") -> str:
    entry = f"\n### 2026-11-19 call: {said}\n" if said else ""
    return f"---\nname: {name}\n---\n\n## History\n{entry}"


def _packs(book: Book) -> int:
    """Count what was fetched: each time it is a pack."""
    return len(list((book.root / ".git/objects/pack").glob("*.promisor")))


def _everybody_is_called(firm: Team, said: str, who: str = "anna") -> None:
    """Let a colleague write at every customer, and share it."""
    if not (firm.folder / who).exists():
        firm.clone(who)
    book = Book(firm.folder / who)
    assert book("sync").code == 0
    for number in range(MANY):
        book.write(f"customers/nord/n{number}.md", _customer(f"Nord {number}", said))
    book.write("customers/sued/ulm.md", _customer("Ulm", said))
    assert book("sync").code == 0


def _goes_away(firm: Team) -> None:
    firm.hub.rename(firm.hub.with_name("away.git"))


def test_what_came_in_is_fetched_in_one_go(firm: Team) -> None:
    ben = Book(firm.folder / "ben")
    _everybody_is_called(firm, "the fair")
    before = _packs(ben)
    told = ben("sync")
    assert told.code == 0, told.both
    assert all("the fair" in ben.read(f"customers/nord/n{n}.md") for n in range(MANY))
    assert _packs(ben) - before == 2  # the commits, and the texts


def test_what_both_changed_is_fetched_in_one_go(firm: Team) -> None:
    ben = Book(firm.folder / "ben")
    _everybody_is_called(firm, "the fair")
    for number in range(MANY):
        ben.write(f"customers/nord/n{number}.md", _customer(f"Nord {number}", "the strike"))
    before = _packs(ben)
    told = ben("sync")
    assert told.code == 0, told.both
    for number in range(MANY):
        text = ben.read(f"customers/nord/n{number}.md")
        assert "the fair" in text and "the strike" in text
    assert _packs(ben) - before <= 3


def test_an_edit_by_hand_after_a_sync_is_saved_and_joined_as_anywhere(firm: Team) -> None:
    ben = Book(firm.folder / "ben")
    path = "customers/nord/n0.md"
    open_text = ben.read(path)
    _everybody_is_called(firm, "the fair")
    assert ben("sync").code == 0
    ben.write(path, open_text.replace("name: Nord 0", "name: Nord 0\ncity: Kiel"))
    answer = ben("log", path, "call: goes on")
    assert answer.code == 0, answer.both
    text = ben.read(path)
    assert "the fair" in text and "city: Kiel" in text and "goes on" in text


def test_nothing_is_told_of_customers_that_are_not_here(firm: Team) -> None:
    ben = Book(firm.folder / "ben")
    _everybody_is_called(firm, "the fair")
    start = ben.git("rev-parse", "HEAD").strip()
    came = ben("sync", "--json").json["came"]
    assert {one["path"] for one in came} == {f"customers/nord/n{n}.md" for n in range(MANY)}
    told = ben("review", "--json", "--since", start).json
    assert {one["slug"] for one in told} == {f"n{number}" for number in range(MANY)}
    assert not (ben.root / "customers/sued").exists()


def test_a_sync_that_cannot_get_the_texts_moves_nothing(firm: Team) -> None:
    ben = Book(firm.folder / "ben")
    _everybody_is_called(firm, "the fair")
    ben.git("fetch", "--quiet")
    here = ben.git("rev-parse", "HEAD")
    _goes_away(firm)
    assert ben("sync").code == 0
    assert ben.git("rev-parse", "HEAD") == here
    assert ben("log", "n1", "call: at home").code == 0
    firm.hub.with_name("away.git").rename(firm.hub)
    assert ben("sync").code == 0
    assert "the fair" in ben.read("customers/nord/n1.md")


def test_a_review_fetches_what_it_tells_in_one_go(firm: Team) -> None:
    ben = Book(firm.folder / "ben")
    before = _packs(ben)
    told = ben("review", "--all", "--since", "2020-01-01")
    assert told.code == 0, told.both
    assert _packs(ben) - before == 1


def test_a_review_without_the_other_side_tells_what_is_here_and_says_what_is_not(
    firm: Team,
) -> None:
    ben = Book(firm.folder / "ben")
    _goes_away(firm)
    told = ben("review", "--since", "2020-01-01")
    assert told.code == 0, told.both
    assert f"Of {MANY} customers more the texts are not in this part of the store" in told.err
    assert "Strandhotel" in told.out
    assert "Nord" not in told.out
    firm.hub.with_name("away.git").rename(firm.hub)
    told = ben("review", "--since", "2020-01-01", "--json").json
    assert {f"n{number}" for number in range(MANY)} <= {one["slug"] for one in told}


def test_a_file_that_moved_elsewhere_needs_nobody_for_a_review(firm: Team) -> None:
    anna, ben = Book(firm.folder / "anna"), Book(firm.folder / "ben")
    assert anna("sync").code == 0
    here = ben.git("rev-parse", "HEAD").strip()
    moved = _customer("Ulm", "a long talk about the fair, the strike and the weather")
    (anna.root / "customers/sued/ulm.md").write_text(moved + "\nand one more line\n")
    anna.git("commit", "--quiet", "--all", "--message", "Ulm")
    anna.git("mv", "customers/sued/ulm.md", "customers/sued/bonn.md")
    (anna.root / "customers/sued/bonn.md").write_text(moved)
    anna.git("commit", "--quiet", "--all", "--message", "Bonn")
    anna("log", "n1", "call: the fair")
    assert anna("sync").code == 0
    assert ben("sync").code == 0
    _goes_away(firm)
    told = ben("review", "--since", here)
    assert told.code == 0, told.both
    assert "Nord 1" in told.out and "Bonn" not in told.out


def test_an_earlier_text_that_is_away_is_told_in_a_line(firm: Team) -> None:
    ben = Book(firm.folder / "ben")
    _goes_away(firm)
    told = ben("changes", "n1")
    assert told.code == 51
    assert "not in this part of the store" in told.err


def test_a_whole_clone_lacks_nothing_and_asks_nobody(firm: Team) -> None:
    assert Book(firm.folder / "anna")("sync").code == 0
    anna = history.find(firm.folder / "anna")
    ben = history.find(firm.folder / "ben")
    assert anna and ben
    ulm = git(firm.folder / "anna", "rev-parse", "HEAD:customers/sued/ulm.md").strip()
    kiel = git(firm.folder / "anna", "rev-parse", "HEAD:customers/nord/n1.md").strip()
    assert parts.lacking(anna, [ulm, kiel]) == []
    assert parts.lacking(ben, [ulm, kiel]) == [ulm]
    parts.bring(ben, [ulm, kiel])
    assert parts.lacking(ben, [ulm, kiel]) == []


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("a.txt", True),
        ("customers/top.md", True),
        ("customers/nord/x.md", True),
        ("customers/nord/y/x.md", True),
        ("customers/sued/x.md", False),
        ("customers/nordost/x.md", False),
    ],
)
def test_a_part_has_its_folders_and_what_lies_on_the_way_to_them(path: str, here: bool) -> None:
    assert parts.is_here(path, ("customers/nord",)) == here
    assert parts.is_here(path, None)
