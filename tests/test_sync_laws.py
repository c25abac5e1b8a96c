"""Whatever several people do in whatever order: all get the same, and nothing said is missing."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from crm_md.config import default_config
from crm_md.document import Document
from tests.books import Book
from tests.clones import PETERSEN, Team, is_clean, team, tree
from tests.test_sync_faults import killed_at

STEPS = int(os.environ.get("SYNC_STEPS", "45"))  # by hand: 2000 and more
PEOPLE = ("anna", "ben", "carla")


class Life:
    """What happens in a firm by chance, and all that was said."""

    def __init__(self, firm: Team, seed: int) -> None:
        self.chance = random.Random(seed)
        self.books = [firm.clone(who) for who in PEOPLE]
        self.said: set[str] = set()
        self.taken_back: set[str] = set()
        self.last: dict[Path, tuple[str, str]] = {}
        self.count = 0

    def step(self) -> str:
        """Let something happen, and return what."""
        book = self.chance.choice(self.books)
        kinds = ("log",) * 5 + ("edit", "set", "sync", "sync", "kill") * 2
        kind = self.chance.choice((*kinds, "rename", "remove", "new", "undo", "solve", "move"))
        self.count += 1
        getattr(self, kind)(book)
        return f"{book.root.name}: {kind}"

    def word(self) -> str:
        """A word that nobody said before."""
        return f"Wort{self.count}x"

    def some(self, book: Book) -> Path | None:
        """One of the customers, as this clone has them."""
        files = sorted((book.root / "customers").rglob("*.md"))
        return self.chance.choice(files) if files else None

    def log(self, book: Book) -> None:
        file = self.some(book)
        words = self.word()
        if file:
            answer = book("log", file.stem, f"Anruf: {words} gesagt")
            if answer.code == 0:
                self.said.add(words)
                self.last[book.root] = words, answer.err.split("crm undo ")[-1].split()[0]

    def edit(self, book: Book) -> None:
        file = self.some(book)
        if file:
            words = self.word()
            file.write_bytes(file.read_bytes().rstrip() + f"\n\nVon Hand: {words}\n".encode())
            self.said.add(words)

    def set(self, book: Book) -> None:
        file = self.some(book)
        if file:
            field = self.chance.choice(["phone", "segment", "next"])
            value = {"phone": f"0351 {self.count}", "segment": "A", "next": "2027-01-02 Anruf"}
            book("set", file.stem, field, value[field])
            self.last.pop(book.root, None)

    def sync(self, book: Book) -> None:
        answer = book("sync")
        assert answer.code == 0, answer.both

    def kill(self, book: Book) -> None:
        killed_at(book, self.chance.randrange(1, 90))

    def rename(self, book: Book) -> None:
        file = self.some(book)
        if file:
            book("rename", file.stem, f"Firma {self.count}")
            self.last.pop(book.root, None)

    def move(self, book: Book) -> None:
        file = self.some(book)
        if file:
            folder = book.root / "customers" / self.chance.choice(["nord", "süd ost"])
            folder.mkdir(exist_ok=True)
            if not (folder / file.name).exists():
                file.rename(folder / file.name)

    def remove(self, book: Book) -> None:
        file = self.some(book)
        if file and self.chance.random() < 0.3:
            said = {one for one in self.said if one in file.read_text("utf-8")}
            if book("remove", file.stem, "--yes").code == 0:
                self.taken_back |= said
            self.last.pop(book.root, None)

    def new(self, book: Book) -> None:
        book("new", self.chance.choice(["Café Möwe", f"Haus {self.count}"]))
        self.last.pop(book.root, None)

    def undo(self, book: Book) -> None:
        words, action = self.last.pop(book.root, ("", ""))
        if words and book("undo", action).code == 0:
            self.taken_back.add(words)

    def solve(self, book: Book) -> None:
        book("solve", "petersen", "Ersatz", "geliefert")
        self.last.pop(book.root, None)


@pytest.mark.parametrize("seed", range(2))
def test_all_get_the_same_and_nothing_said_is_missing(tmp_path: Path, seed: int) -> None:
    life = Life(team(tmp_path), seed)
    story = [life.step() for _number in range(STEPS)]
    for book in (*life.books, *life.books):
        answer = book("sync")
        assert answer.code == 0, (story, answer.both)
    assert len({tree(book) for book in life.books}) == 1, story
    texts = []
    for book in life.books:
        assert is_clean(book), book.git("status", "--porcelain")
    for file in sorted(life.books[0].root.glob("customers/**/*.md")):
        data = file.read_bytes()
        assert b"<<<<<<<" not in data
        document = Document.read(data, f"customers/{file.name}", default_config())
        assert document.customer.name
        assert not [one for one in document.findings if one.check == "conflict"]
        texts.append(data.decode("utf-8"))
    everything = "\n".join(texts)
    missing = {one for one in life.said - life.taken_back if one not in everything}
    assert not missing, story


def test_a_customer_has_one_file_however_often_they_are_moved(tmp_path: Path) -> None:
    firm = team(tmp_path)
    anna, ben = firm.clone("anna"), firm.clone("ben")
    for book, folder in ((anna, "nord"), (ben, "ost")):
        (book.root / "customers" / folder).mkdir()
        (book.root / PETERSEN).rename(book.root / "customers" / folder / "modehaus-petersen.md")
    for book in (anna, ben, anna):
        assert book("sync").code == 0
    found = sorted((anna.root / "customers").rglob("modehaus-petersen*.md"))
    assert found == [anna.root / "customers/ost/modehaus-petersen.md"]
