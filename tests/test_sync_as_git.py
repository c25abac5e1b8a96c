"""`crm sync` and a plain pull with our driver give the same bytes, wherever the driver can know."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books import PETERSEN as TEXT
from tests.books import Book
from tests.clones import Team, team
from tests.plain_git import tries
from tests.test_merge_orders import TEXTS, three_clones

Edits = tuple[tuple[str, str], ...]

HISTORY = "## Verlauf\n\n"
TASK = "- [ ] Ersatz schicken due:2026-11-19 @ben"
ENTRY = TEXT[TEXT.index("### 2026-10-02") :]
KAI = "  - name: Kai Petersen\n    phone: 04922 9300-14\n"


def logged(words: str, when: str = "2026-11-20") -> Edits:
    """Log a call, as an editor would."""
    return ((HISTORY, f"{HISTORY}### {when} Anruf: {words}\n\n"),)


# What one and the other made of one customer.
SITUATIONS: dict[str, tuple[Edits, Edits]] = {
    "both logged": (logged("will mehr"), logged("fragt nach")),
    "both logged in one minute": (logged("a", "2026-11-20 14:30"), logged("b", "2026-11-20 14:30")),
    "both logged the same": (logged("will mehr"), logged("will mehr")),
    "one logged an older one": (logged("alt", "2020-01-01"), logged("neu")),
    "one set a field": ((("04922 9300-0", "0351 1"),), (("segment: A", "segment: B"),)),
    "both set one field": ((("04922 9300-0", "0351 1"),), (("04922 9300-0", "0351 2"),)),
    "both set neighbours": (
        (("status: customer ", "status: lead "),),
        (("segment: A", "every: 6w"),),
    ),
    "removed a field and set it": ((("segment: A\n", ""),), (("segment: A", "segment: B"),)),
    "both added a field": ((("owner: anna", "owner: anna\nevery: 6w"),),) * 2,
    "tags": ((("[mode, insel]", "[mode, insel, neu]"),), (("[mode, insel]", "[insel, alt]"),)),
    "ticked and given": (
        ((TASK, f"{TASK.replace('[ ]', '[x]')} done:2026-11-20"),),
        ((TASK, TASK.replace("@ben", "@anna")),),
    ),
    "ticked on two days": (
        ((TASK, f"{TASK.replace('[ ]', '[x]')} done:2026-11-20"),),
        ((TASK, f"{TASK.replace('[ ]', '[x]')} done:2026-11-21"),),
    ),
    "ticked and removed": (((TASK, TASK.replace("[ ]", "[x]")),), ((f"{TASK}\n", ""),)),
    "one task twice, in two places": (
        (("- segelt", "- segelt\n- [ ] Prospekt schicken"),),
        (("## Gemeinsames\n\n", "## Gemeinsames\n\n- [ ] Prospekt schicken\n"),),
    ),
    "another number of one person": ((("9300-14", "9300-15"),), (("9300-14", "9300-16"),)),
    "renamed a person and set their number": (
        (("Kai Petersen", "Kai Ahrens"),),
        (("9300-14", "1"),),
    ),
    "removed a person and set their number": (((KAI, ""),), (("9300-14", "9300-16"),)),
    "two new people": (
        ((KAI, f"{KAI}  - name: Jo Cirk\n"),),
        ((KAI, f"{KAI}  - name: Ute Bo\n    email: ute@example.com\n"),),
    ),
    "prose": ((("Mode auf der Insel", "Mode"),), (("Mode auf der Insel", "Schuhe"),)),
    "prose and prose elsewhere": ((("segelt", "segelt gern"),), (("Alles bestens", "Gut"),)),
    "removed an entry": (((ENTRY, ""),), logged("neu")),
    "removed an entry and continued it": (((ENTRY, ""),), (("Alles bestens.", "Alles, sagt er."),)),
    "another heading of one entry": (
        (("Naht offen", "Naht auf"),),
        (("Naht offen", "Saum offen"),),
    ),
    "line ends of two kinds": ((("\n", "\r\n"),), (("04922 9300-0", "0351 1"),)),
    "line ends and an entry": ((("\n", "\r\n"),), logged("neu")),
}


def applied(text: str, edits: Edits) -> str:
    """Return a text after replacements, each of which must meet something."""
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


def two_clones(folder: Path, cases: dict[str, tuple[str, str, str]]) -> Team:
    """Return a team in which Anna and Ben each changed all customers; Ben has shared it."""
    firm = team(folder)
    start, anna, ben = firm.clone("start"), firm.clone("anna"), firm.clone("ben")
    written(start, {name: case[0] for name, case in cases.items()})
    start.git("push", "--quiet")
    for place, book in ((1, anna), (2, ben)):
        book.git("pull", "--quiet")
        assert book("list").code == 0  # which sets the driver up
        written(book, {name: case[place] for name, case in cases.items()})
    ben.git("push", "--quiet")
    return firm


def written(book: Book, texts: dict[str, str]) -> None:
    """Write customers and commit them."""
    for name, text in texts.items():
        book.write(f"customers/{name}.md", text)
    book.git("add", "--all")
    book.git("commit", "--quiet", "--allow-empty", "--message", "Edited by hand")


def synced(book: Book) -> bool:
    """Share as a user of `crm` does."""
    answer = book("sync")
    assert answer.code == 0, answer.both
    return True


def merged(book: Book) -> bool:
    """Pull as a user of Git does, and tell whether Git was content."""
    return tries(book, "pull", "--quiet", "--no-edit", "--no-rebase")


def rebased(book: Book) -> bool:
    """Pull as a user of Git does who wants a straight past."""
    return tries(book, "pull", "--quiet", "--rebase")


def texts_after(way: Callable[[Book], bool], firm: Team) -> dict[str, bytes]:
    """Let Anna share in one way, in a copy of her clone, and return all customers."""
    copy = Book(firm.folder / way.__name__)
    shutil.copytree(firm.folder / "anna", copy.root, symlinks=True)
    assert way(copy)
    return {one.name: one.read_bytes() for one in copy.root.glob("customers/*.md")}


def test_every_situation_comes_out_alike(tmp_path: Path) -> None:
    cases = {
        name: (TEXT, applied(TEXT, one), applied(TEXT, other))
        for name, (one, other) in SITUATIONS.items()
    }
    firm = two_clones(tmp_path, cases)
    by_merge, by_rebase, by_sync = (texts_after(way, firm) for way in (merged, rebased, synced))
    assert len(by_sync) == len(SITUATIONS) + 2
    assert by_merge == by_sync
    assert by_rebase == by_sync


@settings(max_examples=2, deadline=None)
@given(st.lists(three_clones(TEXTS), min_size=16, max_size=16))
def test_so_do_generated_ones(drawn: list[tuple[str, list[str]]]) -> None:
    cases = {f"kunde-{n}": (base, sides[0], sides[1]) for n, (base, sides) in enumerate(drawn)}
    with tempfile.TemporaryDirectory() as folder:
        firm = two_clones(Path(folder), cases)
        by_merge, by_sync = (texts_after(way, firm) for way in (merged, synced))
    assert by_merge == by_sync


def test_so_it_does_where_two_had_joined_crosswise_before(tmp_path: Path) -> None:
    """Each joined the same two commits with plain Git: there are two bases."""
    firm = two_clones(
        tmp_path, {"a": (TEXT, applied(TEXT, logged("x")), applied(TEXT, logged("y")))}
    )
    anna, ben = (Book(firm.folder / who) for who in ("anna", "ben"))
    tips = {book: book.git("rev-parse", "HEAD").strip() for book in (anna, ben)}
    for book, other in ((anna, ben), (ben, anna)):
        book.git("fetch", "--quiet", str(other.root))
        book.git("merge", "--quiet", "--no-edit", tips[other])
        book("log", "a", f"Anruf: {book.root.name} am Apparat")
    ben.git("push", "--quiet")
    assert texts_after(merged, firm) == texts_after(synced, firm)


# Where Git does not ask the driver, or the driver sees one file alone, and `crm sync` knows more.


def removes(book: Book) -> None:
    """Remove a customer."""
    book("remove", "modehaus", "--yes")


def logs(book: Book) -> None:
    """Log at the same customer."""
    book("log", "modehaus", f"Anruf: von {book.root.name}")


def moves(book: Book) -> None:
    """Move the customer to a folder of one's own."""
    folder = f"customers/{book.root.name}"
    (book.root / folder).mkdir()
    book.git("mv", "customers/modehaus-petersen.md", folder)
    book.git("commit", "--quiet", "--message", "Moved")


def renames_and_rewrites(book: Book) -> None:
    """Rename the customer, and leave little of the old text."""
    book("rename", "modehaus", "Sylter Mode")
    book.write("customers/sylter-mode.md", "---\nname: Sylter Mode\n---\n\n# Neu\n")
    book("save")


def begins(book: Book) -> None:
    """Begin a customer of the same name, in a folder of one's own."""
    book.write(f"customers/{book.root.name}/meyer.md", "---\nname: Meyer\n---\n", "Meyer")


def breaks(book: Book) -> None:
    """Log in an editor that leaves out the end of the head."""
    text = applied(TEXT, logged("für uns"))
    book.write("customers/modehaus-petersen.md", text.replace("\n---\n", "\n", 1), "Broken")


def photographs(book: Book) -> None:
    """Lay a picture beside the customer."""
    path = "attachments/modehaus-petersen/naht.png"
    book.write(path, b"\x89PNG\0" + book.root.name.encode(), "Photo")


def sets_a_rhythm(book: Book) -> None:
    """Change a line of the settings."""
    weeks = {"anna": "5w", "ben": "6w"}[book.root.name]
    book.write("crm.toml", book.read("crm.toml").replace("4w", weeks), "Rhythm")


@pytest.mark.parametrize(
    ("one", "other", "git_is_content"),
    [
        (removes, logs, False),  # Git calls no driver where a side has no file
        (moves, moves, False),  # nor where it does not know in which place
        (renames_and_rewrites, logs, False),  # Git goes by likeness, and not by our commit's word
        (begins, begins, True),  # the driver sees no other files: two customers of one name
        (breaks, logs, False),  # the driver has no place beside the file for another version
        (photographs, photographs, False),  # it is for customers alone
        (sets_a_rhythm, sets_a_rhythm, False),
    ],
)
def test_where_the_driver_cannot_know_as_much(
    one: Callable[[Book], None], other: Callable[[Book], None], git_is_content: bool, tmp_path: Path
) -> None:
    firm = team(tmp_path)
    anna, ben = firm.clone("anna"), firm.clone("ben")
    assert anna("list").code == 0
    one(anna)
    other(ben)
    ben.git("push", "--quiet")
    copy = Book(firm.folder / "copy")
    shutil.copytree(anna.root, copy.root, symlinks=True)
    assert merged(copy) == git_is_content
    assert synced(anna)
    assert anna.git("rev-parse", "HEAD^{tree}") != copy.git("rev-parse", "HEAD^{tree}")
