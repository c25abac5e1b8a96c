"""An editor opened before others' work came in, and saved afterwards, takes nothing of it away."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_md.joining.late_edit import Arrival, base_of
from tests.books import Book
from tests.clones import PETERSEN, is_clean, team
from tests.terminals import run_on_terminal

NOTHING_NEW = "Nothing new, here as there.\n"
SAID = "was open in an editor"


def pair(folder: Path) -> tuple[Book, Book]:
    """Return Anna and Ben, who share a book."""
    firm = team(folder)
    return firm.clone("anna"), firm.clone("ben")


def by_ben(ben: Book, anna: Book) -> str:
    """Let Ben log a call and correct the phone, and Anna get it; return what she had open."""
    open_text = anna.read(PETERSEN)
    assert ben("log", "petersen", "call with Heike: from ben; she wants the blue ones").code == 0
    assert ben("set", "petersen", "phone", "04922 9300-99").code == 0
    assert ben("sync").code == 0
    assert anna("sync").code == 0
    assert "from ben" in anna.read(PETERSEN)
    return open_text


def edited_during_a_sync(book: Book) -> str:
    """Let an editor be open while a sync runs, and save the older text; return what was shown."""
    folder = book.root.parent
    editor = folder / "editor"
    sync = f"{sys.executable} -m crm_md --store {book.root} sync"
    editor.write_text(
        f'#!/bin/sh\ncp "$1" {folder}/open\n{sync} </dev/null >{folder}/synced 2>&1\n'
        f"sed 's/segelt/segelt gern/' {folder}/open > \"$1\"\n"
    )
    editor.chmod(0o755)
    return run_on_terminal(book, ["edit", "petersen"], env={"EDITOR": str(editor)})


def test_what_a_sync_brought_while_crm_edit_was_open_stays(tmp_path: Path) -> None:
    anna, ben = pair(tmp_path)
    ben("log", "petersen", "call with Heike: from ben")
    ben("set", "petersen", "phone", "04922 9300-99")
    assert ben("sync").code == 0
    shown = edited_during_a_sync(anna)
    text = anna.read(PETERSEN)
    assert "segelt gern" in text, (tmp_path / "synced").read_text()
    assert "from ben" in text
    assert "9300-99" in text
    assert "#settle" not in text
    assert SAID in shown
    assert is_clean(anna)


def test_a_log_of_mine_from_another_terminal_stays_when_the_editor_is_closed(
    book: Book, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    log = f"{sys.executable} -m crm_md --store {book.root} log petersen 'call: meanwhile'"
    editor.write_text(
        f'#!/bin/sh\ncp "$1" {tmp_path}/open\n{log} </dev/null\n'
        f"sed 's/segelt/segelt gern/' {tmp_path}/open > \"$1\"\n"
    )
    editor.chmod(0o755)
    run_on_terminal(book, ["edit", "petersen"], env={"EDITOR": str(editor)})
    assert "segelt gern" in book.read(PETERSEN)
    assert "meanwhile" in book.read(PETERSEN)
    assert is_clean(book)


@pytest.mark.parametrize("command", [("sync",), ("save",), ("log", "petersen", "call: mine")])
def test_a_text_opened_in_any_editor_before_a_sync_and_saved_after_it_is_joined(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    anna, ben = pair(tmp_path)
    was_open = by_ben(ben, anna)
    anna.write(PETERSEN, was_open.replace("segelt", "segelt gern"))
    answer = anna(*command)
    assert answer.code == 0, answer.both
    text = anna.read(PETERSEN)
    assert "segelt gern" in text
    assert "from ben" in text
    assert "9300-99" in text
    assert f"{PETERSEN} {SAID}" in answer.err
    assert is_clean(anna)


def test_it_is_joined_also_where_more_came_in_before_it_is_saved(tmp_path: Path) -> None:
    anna, ben = pair(tmp_path)
    was_open = by_ben(ben, anna)
    anna.write(PETERSEN, was_open.replace("segelt", "segelt gern"))
    ben("log", "petersen", "mail from Kai: another one")
    ben("sync")
    assert anna("sync").code == 0
    text = anna.read(PETERSEN)
    assert all(words in text for words in ("segelt gern", "from ben", "another one", "9300-99"))
    assert "#settle" not in text


def test_an_editor_that_stays_open_and_saves_again_takes_nothing_away_either(
    tmp_path: Path,
) -> None:
    anna, ben = pair(tmp_path)
    first = by_ben(ben, anna).replace("segelt", "segelt gern mit Kai")
    anna.write(PETERSEN, first)
    anna("sync")
    anna.write(PETERSEN, first.replace("segelt gern mit Kai", "segelt gern mit Kai Petersen"))
    anna("sync")
    text = anna.read(PETERSEN)
    assert text.count("segelt") == 1
    assert "mit Kai Petersen" in text
    assert "from ben" in text


def test_who_takes_out_by_hand_all_that_came_sees_it_back_once_and_then_it_is_meant(
    tmp_path: Path,
) -> None:
    anna, ben = pair(tmp_path)
    before = by_ben(ben, anna)
    anna.write(PETERSEN, before)
    assert SAID in anna("save").err
    assert "from ben" in anna.read(PETERSEN)
    anna.write(PETERSEN, before)
    assert SAID not in anna("save").err
    assert anna.read(PETERSEN) == before
    assert anna("sync").code == 0
    assert anna("sync").both == NOTHING_NEW


def test_who_takes_out_by_hand_a_part_of_what_came_has_it_out_at_once(tmp_path: Path) -> None:
    anna, ben = pair(tmp_path)
    by_ben(ben, anna)
    without_phone_of_ben = anna.read(PETERSEN).replace("04922 9300-99", "04922 9300-0")
    anna.write(PETERSEN, without_phone_of_ben)
    assert SAID not in anna("save").err
    assert anna.read(PETERSEN) == without_phone_of_ben


def test_who_takes_back_by_hand_what_was_typed_by_hand_is_not_asked(tmp_path: Path) -> None:
    anna, ben = pair(tmp_path)
    by_ben(ben, anna)
    before = anna.read(PETERSEN)
    anna.write(PETERSEN, before.replace("- segelt", "- segelt\n- isst gern Fisch"))
    anna("sync")
    anna.write(PETERSEN, before)
    assert SAID not in anna("sync").err
    assert anna.read(PETERSEN) == before


BASE = b"# A\n\nphone: 1\n\n## Verlauf\n\n### 2026-11-12 Anruf: alt (ben)\n\nWorte.\n"
ENTRY = b"### 2026-11-20 Anruf: neu (ben)\n"
WITH_ENTRY = BASE.replace(b"### 2026-11-12", ENTRY + b"\n### 2026-11-12")


@pytest.mark.parametrize(
    ("came", "edited", "is_late"),
    [
        (WITH_ENTRY, BASE.replace(b"Worte", b"Andere Worte"), True),
        (WITH_ENTRY, BASE, True),
        (WITH_ENTRY, WITH_ENTRY.replace(b"Worte", b"Andere Worte"), False),
        (WITH_ENTRY, WITH_ENTRY.replace(b"neu", b"neuer"), False),  # what came was corrected
        (WITH_ENTRY, BASE.replace(b"### 2026-11-12", b"### 2026-11-20 Anruf: neu (anna)\n\n###"
                                  b" 2026-11-12"), True),  # she logged the same call
        (BASE.replace(b": 1", b": 2"), BASE.replace(b": 1", b": 2 mobil"), False),
        (BASE.replace(b": 1", b": 2"), BASE.replace(b": 1", b": 3"), False),  # cannot be known
        (BASE.replace(b": 1", b": 2"), BASE.replace(b"phone: 1\n", b""), False),
        (BASE.replace(b": 1", b": 2"), BASE.replace(b"Worte", b"Andere"), True),
        (BASE.replace(b"Worte.\n", b""), BASE + b"mehr\n", True),
        (BASE.replace(b"Worte.\n", b""), BASE.replace(b"Worte.\n", b"Anders.\n"), False),
        (BASE + b"\n", BASE.replace(b"Worte", b"Andere"), False),  # nothing to speak of came
    ],
)  # fmt: skip
def test_by_its_words_an_edit_is_known_to_be_made_from_an_older_text(
    came: bytes, edited: bytes, is_late: bool
) -> None:
    assert base_of([Arrival(BASE, came)], came, edited) == (BASE if is_late else None)


TASKS = "---\ntags: [a]\n---\n\n- [ ] Muster schicken due:2026-11-27\n"
TICKED = TASKS.replace("[ ]", "[x]").replace("-27", "-27 done:2026-11-20")
CALL = "\n## Verlauf\n\n### 2026-11-20 Anruf: {words:.6} ({who})\n\n{words}\n"


@pytest.mark.parametrize(
    ("came", "edited"),
    [
        # both begin the history
        (
            TASKS + CALL.format(words="Neue Farben gefallen ihr.", who="anna"),
            TASKS + CALL.format(words="Montag um zehn passt gut.", who="ben"),
        ),
        # both tick the same task, and one logs the call too
        (TICKED + CALL.format(words="Neue Farben gefallen ihr.", who="anna"), TICKED),
        # each adds a tag
        (TASKS.replace("[a]", "[a, insel]"), TASKS.replace("[a]", "[a, kiel]")),
        # one words a task at length, the other ticks it
        (
            TASKS.replace("schicken", "schicken, blaue")
            + CALL.format(words="Blaue sind besser.", who="anna"),
            TICKED,
        ),
    ],
)
def test_what_two_people_write_alike_does_not_hide_that_a_text_was_open(
    came: str, edited: str
) -> None:
    arrival = Arrival(TASKS.encode(), came.encode())
    assert base_of([arrival], came.encode(), edited.encode()) == TASKS.encode()


def test_who_deletes_a_question_that_a_sync_brought_has_settled_it() -> None:
    asked = BASE + b"\n## Zu kl\xc3\xa4ren\n\n- [ ] phone: 2 #settle\n"
    assert (
        base_of([Arrival(BASE, asked)], asked, asked.replace(b"- [ ] phone: 2 #settle\n", b""))
        is None
    )
    assert base_of([Arrival(BASE, asked)], asked, BASE) is None
    remark = b"[team]\n# every: 4w #settle\n"
    assert base_of([Arrival(b"[team]\n", remark)], remark, b"[team]\n") is None


def test_of_several_older_texts_the_nearest_is_the_one_that_was_open() -> None:
    second = WITH_ENTRY.replace(b"Worte.", b"Worte.\n\nUnd noch mehr.")
    arrivals = [Arrival(BASE, WITH_ENTRY), Arrival(WITH_ENTRY, second)]
    assert base_of(arrivals, second, BASE.replace(b": 1", b": 7")) == BASE
    assert base_of(arrivals, second, WITH_ENTRY.replace(b": 1", b": 7")) == WITH_ENTRY
    assert base_of(arrivals, second, second.replace(b": 1", b": 7")) is None


def lines(first: str, numbers: list[int]) -> list[bytes]:
    """Return lines that nobody would take for one another: each of a letter of its own."""
    return [(chr(ord(first) + number) * 20).encode() for number in numbers]


NUMBERS = st.lists(st.integers(0, 20), min_size=1, max_size=6, unique=True)


@given(NUMBERS, NUMBERS, NUMBERS, st.randoms())
def test_an_edit_of_the_older_text_is_known_and_one_that_has_some_of_what_came_is_let_be(
    stood: list[int], came: list[int], own: list[int], chance: Random
) -> None:
    before, come, mine = lines("a", stood), lines("A", came), lines("α", own)
    here = [*before, *come]
    of_before, of_here = [*before, *mine], [*chance.sample(come, 1), *before, *mine]
    for text in (here, of_before, of_here):
        chance.shuffle(text)
    old, now = b"\n".join(before), b"\n".join(here)
    assert base_of([Arrival(old, now)], now, b"\n".join(of_before)) == old
    assert base_of([Arrival(old, now)], now, b"\n".join(of_here)) is None


def renamed_by_ben(ben: Book, anna: Book) -> str:
    """Let Ben rename the customer, and Anna get it; return what she had open."""
    open_text = anna.read(PETERSEN)
    assert ben("rename", "petersen", "Petersen Moden GmbH").code == 0
    assert ben("sync").code == 0
    assert anna("sync").code == 0
    assert not (anna.root / PETERSEN).exists()
    return open_text


RENAMED = "customers/petersen-moden-gmbh.md"


def test_what_is_saved_into_a_file_that_a_colleague_renamed_goes_where_it_is_now(
    tmp_path: Path,
) -> None:
    anna, ben = pair(tmp_path)
    open_text = renamed_by_ben(ben, anna)
    anna.write(PETERSEN, open_text.replace("segelt", "segelt gern"))
    answer = anna("sync")
    assert answer.code == 0
    assert "renamed" in answer.both
    assert "segelt gern" in anna.read(RENAMED)
    assert "name: Petersen Moden GmbH" in anna.read(RENAMED)
    assert not (anna.root / PETERSEN).exists()
    assert ben("sync").code == 0
    assert "segelt gern" in ben.read(RENAMED)
    assert not (ben.root / PETERSEN).exists()
    assert "#settle" not in ben.read(RENAMED)
    assert is_clean(anna)


def test_an_editor_that_saves_the_old_name_again_brings_only_what_is_new(tmp_path: Path) -> None:
    anna, ben = pair(tmp_path)
    once = renamed_by_ben(ben, anna).replace("segelt", "segelt gern")
    anna.write(PETERSEN, once)
    assert anna("save").code == 0
    anna.write(PETERSEN, once.replace("segelt gern", "segelt gern und viel"))
    assert anna("save").code == 0
    assert anna.read(RENAMED).count("segelt gern und viel") == 1
    assert anna.read(RENAMED).count("segelt") == 1
    assert not (anna.root / PETERSEN).exists()


def test_what_is_saved_unchanged_under_the_old_name_is_gone_again(tmp_path: Path) -> None:
    anna, ben = pair(tmp_path)
    open_text = renamed_by_ben(ben, anna)
    before = anna.read(RENAMED)
    anna.write(PETERSEN, open_text)
    assert anna("sync").code == 0
    assert anna.read(RENAMED) == before
    assert not (anna.root / PETERSEN).exists()


def test_crm_edit_of_a_customer_renamed_meanwhile_goes_where_it_is_now(tmp_path: Path) -> None:
    anna, ben = pair(tmp_path)
    ben("rename", "petersen", "Petersen Moden GmbH")
    assert ben("sync").code == 0
    shown = edited_during_a_sync(anna)
    assert "segelt gern" in anna.read(RENAMED), shown
    assert not (anna.root / PETERSEN).exists()
    assert is_clean(anna)


def test_what_is_saved_into_a_customer_that_a_colleague_removed_asks_whether_it_stays(
    tmp_path: Path,
) -> None:
    anna, ben = pair(tmp_path)
    open_text = anna.read(PETERSEN)
    assert ben("remove", "petersen", "--yes").code == 0
    assert ben("sync").code == 0
    assert anna("sync").code == 0
    anna.write(PETERSEN, open_text.replace("segelt", "segelt gern"))
    answer = anna("sync")
    assert answer.code == 0
    assert "removed by others" in answer.both
    assert "segelt gern" in anna.read(PETERSEN)
    assert "anderswo gelöscht, hier geändert: behalten oder löschen? #settle" in anna.read(PETERSEN)
    assert "settle" in answer.both


def test_a_new_customer_in_the_place_of_a_removed_one_is_a_new_one(tmp_path: Path) -> None:
    anna, ben = pair(tmp_path)
    renamed_by_ben(ben, anna)
    other = "---\nname: Modehaus Petersen Kiel\n---\n\nEin anderes.\n"
    anna.write(PETERSEN, other)
    assert anna("sync").code == 0
    assert anna.read(PETERSEN) == other
    assert "anderes" not in anna.read(RENAMED)
