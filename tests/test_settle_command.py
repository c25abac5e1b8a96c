"""``crm settle``: what two people changed differently is decided, and the line goes away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.books import Book
from tests.clones import HOTEL, team
from tests.repositories import git
from tests.terminals import Screen, run_on_terminal

PATH = "customers/modehaus-petersen.md"


def text(book: Book) -> str:
    return (book.root / PATH).read_text(encoding="utf-8")


def change(book: Book, old: str, new: str, who: str = "Anna Krüger <anna@example.com>") -> None:
    """Edit the file by hand and commit it as somebody."""
    file = book.root / PATH
    before = file.read_text(encoding="utf-8")
    assert old in before
    file.write_text(before.replace(old, new, 1), encoding="utf-8")
    git(book.root, "commit", "-qam", "x", f"--author={who}", "--date=2026-11-18T10:00:00")


@pytest.fixture
def merged(book: Book) -> Book:
    """A book in which Anna and Ben gave one number and one person's role differently."""
    book("where")  # sets the drivers up
    (book.root / ".gitattributes").write_text("customers/**/*.md merge=crm-md\n")
    git(book.root, "add", ".gitattributes")
    git(book.root, "commit", "-qm", "rules")
    git(book.root, "checkout", "-qb", "ben")
    ben = "Ben Okafor <ben@example.com>"
    change(book, "phone: 04922 9300-0", "phone: 04922 9300-7", ben)
    change(book, "role: Inhaberin", "role: Chefin", ben)
    git(book.root, "checkout", "-q", "main")
    change(book, "phone: 04922 9300-0", "phone: 04922 9300-8")
    change(book, "role: Inhaberin", "role: Eignerin")
    git(book.root, "merge", "-q", "--no-edit", "ben")
    return book


def test_off_a_terminal_it_lists_who_said_what_when(merged: Book) -> None:
    answer = merged("settle", "petersen")
    assert answer.code == 0
    assert answer.out == (
        "Modehaus Petersen GmbH & Co. KG: Role of Heike Petersen\n"
        "  1  Eignerin  (anna on Wed 18 Nov 2026, stands in the file)\n"
        "  2  Chefin  (ben on Wed 18 Nov 2026)\n"
        "Modehaus Petersen GmbH & Co. KG: Phone\n"
        "  1  04922 9300-8  (anna on Wed 18 Nov 2026, stands in the file)\n"
        "  2  04922 9300-7  (ben on Wed 18 Nov 2026)\n"
    )
    assert merged("settle").out == answer.out


def test_every_list_says_what_it_is_about_as_settle_does(merged: Book) -> None:
    told = merged("todo", "petersen")
    assert "To settle\n     Role of Heike Petersen: Chefin\n" in told.out
    assert "Phone: 04922 9300-7" in told.out
    assert "#settle" not in told.both
    assert "Decide what is to be settled: crm settle modehaus-petersen" in told.err
    german = merged("todo", "petersen", language="de")
    assert "Telefon: 04922 9300-7" in german.out
    assert "“Phone: 04922 9300-7”" in merged("check").out
    assert "„Rolle von Heike Petersen: Chefin“" in merged("prüfen", language="de").out


def test_for_programs_a_question_is_no_task_of_show_and_named_by_todo(merged: Book) -> None:
    shown = merged("show", "petersen", "--json").json
    assert shown["to_settle"] == ["Role of Heike Petersen: Chefin", "Phone: 04922 9300-7"]
    assert [one["text"] for one in shown["tasks"]] == ["Ersatz schicken"]
    rows = merged("todo", "petersen", "--json").json
    asked = {one["text"]: one["to_settle"] for one in rows}
    assert asked["phone: 04922 9300-7"] == "Phone: 04922 9300-7"
    assert asked["Ersatz schicken"] is None


def test_a_task_of_the_same_tag_elsewhere_is_a_task(book: Book) -> None:
    book.write(HOTEL, book.read(HOTEL) + "- [ ] ask about the sails #settle\n", "by hand")
    told = book("todo", "strandhotel")
    assert "ask about the sails #settle" in told.out
    assert "Tick one" in told.err
    assert book("show", "strandhotel", "--json").json["tasks"][0]["text"].endswith("#settle")


def test_taking_the_other_value_puts_it_in_and_takes_the_line_away(merged: Book) -> None:
    before = text(merged)
    answer = merged("settle", "petersen", "--which", "phone", "--take", "2")
    wanted = before.replace("phone: 04922 9300-8", "phone: 04922 9300-7")
    assert text(merged) == wanted.replace("- [ ] phone: 04922 9300-7 #settle\n", "")
    assert "1 question is left." in answer.err
    assert "crm undo " in answer.err
    assert merged.git("log", "-1", "--format=%s") == (
        "Modehaus Petersen GmbH & Co. KG: geklärt: Telefon\n"
    )
    merged("undo")
    assert text(merged) == before


def test_with_the_last_line_the_section_goes(merged: Book) -> None:
    merged("settle", "petersen", "--which", "phone", "--take", "1")
    merged("settle", "petersen", "--take", "Gründerin")
    assert "role: Gründerin" in text(merged)
    assert "Zu klären" not in text(merged)
    assert "\n\n\n" not in text(merged)
    assert merged("settle", "petersen").code == 1


def test_on_a_terminal_it_asks_one_by_one(merged: Book) -> None:
    screen = run_on_terminal(merged, ["settle"], typed=["2", ""])
    assert "1 to 2, “both”, a new value, or Enter to leave it:" in screen
    assert "role: Chefin" in text(merged)
    assert "- [ ] phone: 04922 9300-7 #settle\n" in text(merged)


def test_of_several_questions_one_has_to_be_named(merged: Book) -> None:
    answer = merged("settle", "petersen", "--take", "1")
    assert answer.code == 21
    assert "Role of Heike Petersen; Phone" in answer.err


@pytest.mark.parametrize("which", ["Telefon", "phone", "telef", "Rolle von Heike", "heike"])
def test_a_question_is_named_as_it_is_shown_in_german_or_english(merged: Book, which: str) -> None:
    left = "role" if which[0] in "Ttp" else "phone"
    assert merged("settle", "petersen", "--which", which, "--take", "1").code == 0
    (one,) = merged("settle", "--json").json
    assert left in one["about"]


def test_as_json(merged: Book) -> None:
    (role, phone) = merged("settle", "--json").json
    assert role["about"] == "contacts.Heike Petersen.role"
    assert phone["kind"] == "field"
    assert [value["value"] for value in phone["values"]] == ["04922 9300-8", "04922 9300-7"]
    assert [value["by"] for value in phone["values"]] == ["anna", "ben"]
    assert phone["line"] == text(merged).split("\n").index("- [ ] phone: 04922 9300-7 #settle") + 1


def asked(book: Book, *lines: str) -> None:
    """Write lines as a merge leaves them."""
    block = "".join(f"- [ ] {line} #settle\n" for line in lines)
    change(book, "## Verlauf\n", f"## Zu klären\n\n{block}\n## Verlauf\n")


def test_a_fact_that_one_side_removed_can_be_removed_or_stay(book: Book) -> None:
    asked(book, "contacts.Kai Petersen: (entfernt)", "next: (entfernt)")
    shown = book("settle", "petersen").out
    assert "Kai Petersen\n  1  name: Kai Petersen phone: 04922 9300-14" in shown
    assert "\n  2  (removed)\n" in shown
    book("settle", "petersen", "--which", "kai", "--take", "2")
    book("settle", "petersen", "--which", "next", "--take", "1")
    assert "name: Kai" not in text(book)
    assert "next: 2026-12-01 Angebot nachfassen\n" in text(book)
    assert "Zu klären" not in text(book)


def test_the_day_of_a_task_can_be_taken(book: Book) -> None:
    asked(book, "Ersatz schicken: due 2026-11-25")
    book("settle", "petersen", "--take", "2")
    assert "- [ ] Ersatz schicken due:2026-11-25 @ben\n" in text(book)


def test_the_task_that_is_asked_about_is_changed_and_none_that_begins_like_it(book: Book) -> None:
    more = "- [ ] Ersatz schicken an die Filiale\n- [ ] Ersatz schicken due:2026-11-19 @ben\n"
    change(book, "- [ ] Ersatz schicken due:2026-11-19 @ben\n", more)
    asked(book, "Ersatz schicken: due 2026-11-25")
    book("settle", "petersen", "--take", "2")
    assert more.replace("11-19", "11-25") in text(book)


def test_of_two_tasks_of_the_same_words_neither_is_guessed(book: Book) -> None:
    task = "- [ ] Ersatz schicken due:2026-11-19 @ben\n"
    change(book, task, task + task.replace("19", "30"))
    asked(book, "Ersatz schicken: due 2026-11-25")
    assert book("settle", "--json").json[0]["kind"] == "text"


def test_what_was_kept_twice_is_put_right_by_hand(book: Book) -> None:
    asked(book, "2026-10-02 10:15 Besuch: Alles bestens.: (zwei Fassungen)")
    assert "(customers/modehaus-petersen.md:" in book("settle", "petersen").out
    assert book("settle", "petersen", "--take", "x").code == 2
    book("settle", "petersen", "--take", "1")
    assert "Zu klären" not in text(book)


def test_three_values_are_one_question(book: Book) -> None:
    asked(book, "goal: a", "goal: b")
    assert [v["value"] for v in book("settle", "--json").json[0]["values"]] == ["", "a", "b"]
    book("settle", "petersen", "--take", "3")
    assert "goal: b\n" in text(book)
    assert "#settle" not in text(book)


def test_what_a_person_wrote_into_the_section_is_shown_and_not_asked(book: Book) -> None:
    change(book, "## Verlauf\n", "## Zu klären\n\n- wer zahlt?\n\n## Verlauf\n")
    answer = book("settle", "petersen")
    assert (answer.code, answer.out) == (1, "")
    assert "Written by hand: wer zahlt?" in answer.err


def test_check_warns_of_what_is_not_settled(merged: Book) -> None:
    answer = merged("check")
    assert "A merge left this to be settled: “Phone: 04922 9300-7”." in answer.out
    assert "crm settle modehaus-petersen" in answer.out


def test_the_quick_look_and_the_promises_show_what_is_to_be_settled(merged: Book) -> None:
    shown = merged("show", "petersen").out
    assert "To settle" in shown
    assert "Phone: 04922 9300-7" in shown
    assert "Phone: 04922 9300-7" in merged("todo").out


def test_in_german(merged: Book) -> None:
    answer = merged("klären", "petersen", "--welche", "phone", "--nimm", "2", language="de")
    assert answer.code == 0
    assert "1 Frage ist noch offen." in answer.err


def joined(tmp_path: Path, *changes: tuple[str, str, str]) -> Book:
    """Return Anna's book after she and Ben changed, each on their own, old texts to new ones."""
    firm = team(tmp_path)
    anna, ben = firm.clone("anna"), firm.clone("ben")
    for old, hers, his in changes:
        for book, new in ((anna, hers), (ben, his)):
            assert old in book.read(PATH)
            book.write(PATH, book.read(PATH).replace(old, new, 1))
    for book in (anna, ben, anna):
        answer = book("sync")
        assert answer.code == 0, answer.both
    return anna


PROSE = ("Verkauft Mode auf der Insel.", "Verkauft Mode auf Borkum.", "Verkauft Mode auf Juist.")
ITEM = (
    "- nicht auf den Bruder ansprechen",
    "- nicht auf den kleinen Bruder ansprechen",
    "- nicht auf seinen Bruder ansprechen",
)
BOTH = ["Verkauft Mode auf Borkum.", "Verkauft Mode auf Juist."]


@pytest.mark.parametrize(
    ("answer", "stands"),
    [
        ("1", BOTH[:1]),
        ("2", BOTH[1:]),
        ("both", BOTH),
        ("Verkauft Mode auf drei Inseln.", ["Verkauft Mode auf drei Inseln."]),
    ],
)
def test_of_a_text_kept_twice_one_the_other_both_or_a_new_one_can_stay(
    tmp_path: Path, answer: str, stands: list[str]
) -> None:
    book = joined(tmp_path, PROSE)
    before = text(book)
    shown = book("settle", "petersen").out
    assert "  1  Verkauft Mode auf Borkum.  (anna on Fri 20 Nov 2026, stands in the file)" in shown
    assert "  2  Verkauft Mode auf Juist.  (ben on Fri 20 Nov 2026, stands in the file)" in shown
    assert book("settle", "petersen", "--take", answer).code == 0
    wanted = "\n\n".join(["# Modehaus Petersen", *stands, "## Gemeinsames"])
    assert wanted in text(book)
    assert "#settle" not in text(book)
    assert book("undo").code == 0
    assert text(book) == before


def test_an_item_kept_twice_is_chosen_and_keeps_its_mark(tmp_path: Path) -> None:
    book = joined(tmp_path, ITEM)
    assert book("settle", "petersen", "--take", "nie auf den Bruder ansprechen").code == 0
    assert "## Vorsicht\n\n- nie auf den Bruder ansprechen\n\n## Verlauf" in text(book)


MOOD = "Alles bestens.\n"


@pytest.mark.parametrize(
    ("answer", "stands"),
    [("1", ["gut"]), ("2", ["müde"]), ("Stimmung:: matt", ["matt"]), ("both", ["gut", "müde"])],
)
def test_two_moods_of_one_entry_can_be_told_apart(
    tmp_path: Path, answer: str, stands: list[str]
) -> None:
    book = joined(tmp_path, (MOOD, *(f"{MOOD}\n- Stimmung:: {mood}\n" for mood in ("gut", "müde"))))
    shown = book("settle", "petersen").out
    assert "  1  Stimmung:: gut  (anna on Fri 20 Nov 2026, stands in the file)" in shown
    assert "  2  Stimmung:: müde  (ben on Fri 20 Nov 2026, stands in the file)" in shown
    assert book("settle", "petersen", "--take", answer).code == 0
    entry = text(book).partition(MOOD)[2].partition("###")[0]
    assert re.findall("Stimmung:: (.*)", entry) == stands
    assert "#settle" not in text(book)


def test_a_text_that_one_removed_and_the_other_changed_stays_or_goes(tmp_path: Path) -> None:
    book = joined(tmp_path, (f"{PROSE[0]}\n\n", "", f"{PROSE[2]}\n\n"))
    shown = book("settle", "petersen").out
    assert "  1  Verkauft Mode auf Juist.  (ben on Fri 20 Nov 2026, stands in the file)" in shown
    assert "  2  (removed)  (anna on Fri 20 Nov 2026)" in shown
    assert book("settle", "petersen", "--take", "2").code == 0
    assert "# Modehaus Petersen\n\n## Gemeinsames" in text(book)


def test_an_entry_that_one_removed_and_the_other_changed_stays_or_goes(tmp_path: Path) -> None:
    heading = "### 2026-10-02 10:15 Besuch bei Heike Petersen: neue Kollektion (anna)\n\n"
    entry = f"{heading}Alles bestens.\n"
    book = joined(tmp_path, (entry, "", f"{heading}Alles bestens, will mehr.\n"))
    shown = book("settle", "petersen").out
    assert "(ben on Fri 20 Nov 2026, stands in the file)" in shown
    assert "  2  (removed)  (anna on Fri 20 Nov 2026)" in shown
    assert book("settle", "petersen", "--take", "x").code == 2
    assert book("settle", "petersen", "--take", "2").code == 0
    assert "neue Kollektion" not in text(book)
    assert text(book).endswith("- [ ] Ersatz schicken due:2026-11-19 @ben\n")


def test_an_entry_that_two_gave_another_heading_is_chosen(tmp_path: Path) -> None:
    book = joined(tmp_path, ("neue Kollektion (anna)", "alte Kollektion (anna)", "Preise (anna)"))
    assert text(book).count("Alles bestens.") == 2
    answer = book("settle", "petersen", "--take", "2")
    assert answer.code == 0, answer.both
    assert text(book).count("Alles bestens.") == 1
    assert "#settle" not in text(book)


def test_a_task_that_one_removed_and_the_other_changed_stays_or_goes(tmp_path: Path) -> None:
    task = "- [ ] Ersatz schicken due:2026-11-19 @ben\n"
    book = joined(tmp_path, (task, "", task.replace("-19", "-21")))
    assert "  1  [ ] Ersatz schicken due:2026-11-21 @ben  (ben" in book("settle", "petersen").out
    assert book("settle", "petersen", "--take", "2").code == 0
    assert "Ersatz schicken" not in text(book)


def test_of_two_numbers_both_can_stay_and_of_two_statuses_only_one(tmp_path: Path) -> None:
    book = joined(
        tmp_path,
        ("phone: 04922 9300-0", "phone: 04922 9300-7", "phone: 04922 9300-8"),
        ("status: customer ", "status: partner ", "status: former "),
    )
    assert book("settle", "petersen", "--which", "phone", "--take", "both").code == 0
    assert "phone: [04922 9300-8, 04922 9300-7]\n" in text(book)
    refused = book("settle", "petersen", "--which", "status", "--take", "both")
    assert refused.code == 2
    assert "only one can stand there" in refused.err
    assert "status: former #settle" in text(book)


def test_a_customer_that_one_removed_is_kept_or_removed(tmp_path: Path) -> None:
    firm = team(tmp_path)
    anna, ben = firm.clone("anna"), firm.clone("ben")
    anna("remove", "strandhotel", "--yes")
    ben("log", "strandhotel", "call: wants two")
    for book in (anna, ben):
        assert book("sync").code == 0
    shown = ben("settle").out
    assert "  1  keep the customer  (stands in the file)" in shown
    assert "  2  remove the customer  (anna on Fri 20 Nov 2026)" in shown
    assert ben("settle", "strandhotel", "--take", "x").code == 2
    assert ben("settle", "strandhotel", "--take", "2").code == 0
    assert not (ben.root / HOTEL).exists()
    ben("undo")
    assert ben("settle", "strandhotel", "--take", "keep").code == 0
    assert "#settle" not in ben.read(HOTEL)


def test_what_was_put_right_by_hand_meanwhile_is_asked_no_more_than_it_can_be(
    tmp_path: Path,
) -> None:
    book = joined(tmp_path, PROSE)
    change(book, "Verkauft Mode auf Borkum.\n\n", "")
    assert "  1  Verkauft Mode auf Juist." in book("settle", "petersen").out
    change(book, "Verkauft Mode auf Juist.", "Verkauft Mode auf drei Inseln.")
    assert book("settle", "petersen", "--take", "1").code == 0
    assert "Verkauft Mode auf drei Inseln." in text(book)
    assert "#settle" not in text(book)


def test_a_slip_ends_no_walk_and_german_words_are_answers(tmp_path: Path) -> None:
    book = joined(tmp_path, PROSE, ("role: Inhaberin", "role: Chefin", "role: Eignerin"))
    screen = Screen(book, "klären", language="de")
    screen.answer("„beide“, etwas Neues oder Enter, um es zu lassen:", "beide\n")
    screen.answer("„beide“, etwas Neues oder Enter, um es zu lassen:", "alle\n")
    screen.see("nur eines")
    screen.answer("„beide“, etwas Neues oder Enter, um es zu lassen:", "1\n")
    assert screen.end() == 0
    assert all(one in text(book) for one in BOTH)
    assert "#settle" not in text(book)


def test_a_file_with_line_ends_of_windows_keeps_them(tmp_path: Path) -> None:
    book = joined(tmp_path, PROSE)
    book.write(PATH, text(book).replace("\n", "\r\n").encode(), "Windows")
    before = book.read(PATH)
    assert book("settle", "petersen", "--take", "2").code == 0
    after = book.read(PATH)
    assert after.count("\n") == after.count("\r\n")
    assert "Verkauft Mode auf Borkum.\r\n" in before
    assert "Borkum.\r\n" not in after


PHONES = ("phone: 04922 9300-0", "phone: 04922 9300-7", "phone: 04922 9300-8")
STEPS = (
    "next: 2026-12-01 Angebot nachfassen",
    "next: 2026-12-02 nachfassen",
    "next: 2026-12-03 anrufen",
)


def test_a_question_mark_explains_and_is_no_value_nor_is_a_phone_without_digits(
    tmp_path: Path,
) -> None:
    book = joined(tmp_path, PHONES)
    screen = Screen(book, "klären", language="de")
    screen.answer("um es zu lassen:", "?\n")
    screen.see("eine andere Nummer")
    screen.answer("um es zu lassen:", "weiß nicht\n")
    screen.see("keine Telefonnummer")
    screen.answer("um es zu lassen:", "04922 9300-9\n")
    assert screen.end() == 0
    assert "phone: 04922 9300-9" in text(book)


def test_a_next_step_that_is_settled_has_a_day(tmp_path: Path) -> None:
    book = joined(tmp_path, STEPS)
    screen = Screen(book, "klären", language="de")
    screen.answer("um es zu lassen:", "?\n")
    screen.see("mit seinem Tag")
    screen.answer("um es zu lassen:", "nachhaken\n")
    screen.see("Tag")
    screen.answer("um es zu lassen:", "in 2 Wochen nachhaken\n")
    assert screen.end() == 0
    assert "next: 2026-12-04 nachhaken" in text(book)


@pytest.mark.parametrize("value", ["?", "…", "--"])
def test_signs_alone_are_no_value_in_a_pipe_either(tmp_path: Path, value: str) -> None:
    book = joined(tmp_path, PHONES)
    before = text(book)
    assert book("settle", "petersen", f"--take={value}").code == 2
    assert text(book) == before


SHORT = ("- segelt", "- segelt gern", "- segelt nie")


@pytest.mark.parametrize(
    ("answer", "stands"),
    [("1", "- segelt gern\n"), ("2", "- segelt nie\n"), ("both", "- segelt gern\n- segelt nie\n"),
     ("paddelt", "- paddelt\n")],
)  # fmt: skip
def test_one_word_that_both_worded_anew_can_be_answered(
    tmp_path: Path, answer: str, stands: str
) -> None:
    book = joined(tmp_path, SHORT)
    shown = book("settle", "petersen").out
    assert "  2  segelt nie  (ben on Fri 20 Nov 2026, stands in the file)" in shown
    assert "  1  segelt gern  (anna on Fri 20 Nov 2026, stands in the file)" in shown
    done = book("settle", "petersen", "--take", answer)
    assert done.code == 0, done.both
    assert f"## Gemeinsames\n\n{stands}\n## Vorsicht" in text(book)
    assert "#settle" not in text(book)


def test_one_word_that_one_removed_and_the_other_changed_stays_or_goes(tmp_path: Path) -> None:
    book = joined(tmp_path, (f"{SHORT[0]}\n", "", "- segelt nie\n"))
    shown = book("settle", "petersen").out
    assert "  1  segelt nie  (ben on Fri 20 Nov 2026, stands in the file)" in shown
    assert "  2  (removed)  (anna on Fri 20 Nov 2026)" in shown
    assert book("settle", "petersen", "--take", "2").code == 0
    assert "segelt" not in text(book)
    assert "#settle" not in text(book)


def test_a_short_paragraph_reworded_by_both_can_be_answered(tmp_path: Path) -> None:
    book = joined(tmp_path, (PROSE[0], "Ben: Verkauft Mode auf der Insel.", "Verkauft Mode."))
    assert book("settle", "petersen", "--take", "2").code == 0
    assert "# Modehaus Petersen\n\nVerkauft Mode.\n\n## Gemeinsames" in text(book)


TASK = "Ersatz schicken"


@pytest.mark.parametrize(
    ("answer", "stands"),
    [
        ("1", "Ersatz morgen schicken"),
        ("2", "Ersatz heute schicken"),
        ("Geld zurück", "Geld zurück"),
    ],
)
def test_a_task_that_both_reworded_can_be_answered(
    tmp_path: Path, answer: str, stands: str
) -> None:
    book = joined(tmp_path, (TASK, "Ersatz heute schicken", "Ersatz morgen schicken"))
    shown = book("settle", "petersen").out
    assert "  1  Ersatz morgen schicken" in shown
    assert "  2  Ersatz heute schicken" in shown
    taken = book("settle", "petersen", "--take", answer)
    assert taken.code == 0, taken.both
    assert f"- [ ] {stands} due:2026-11-19 @ben\n" in text(book)
    assert text(book).count("- [ ] ") == 1


def test_new_words_for_a_task_that_one_removed_keep_its_box_and_day(tmp_path: Path) -> None:
    task = "- [ ] Ersatz schicken due:2026-11-19 @ben\n"
    book = joined(tmp_path, (task, "", task.replace("-19", "-21")))
    assert book("settle", "petersen", "--take", "Geld zurück").code == 0
    assert "- [ ] Geld zurück due:2026-11-21 @ben\n" in text(book)


def test_a_task_that_one_reworded_and_the_other_removed_stays_or_goes(tmp_path: Path) -> None:
    task = "- [ ] Ersatz schicken due:2026-11-19 @ben\n"
    book = joined(tmp_path, (task, "", task.replace(TASK, "Ersatz heute schicken")))
    taken = book("settle", "petersen", "--take", "2")
    assert taken.code == 0, taken.both
    assert "- [ ] " not in text(book)


def test_neighbours_that_both_added_are_no_version_of_it(tmp_path: Path) -> None:
    book = joined(
        tmp_path,
        (SHORT[0], "- taucht\n- segelt gern\n- malt", "- segelt nie\n- singt"),
    )
    before = text(book)
    book("settle", "petersen", "--take", "2")
    for word in ("taucht", "malt", "singt"):
        assert word in text(book)
    assert before


def test_a_choice_that_is_not_there_is_refused_and_no_value(tmp_path: Path) -> None:
    book = joined(tmp_path, PHONES)
    before = text(book)
    refused = book("settle", "petersen", "--which", "phone", "--take", "7")
    assert refused.code == 2
    assert "There is no choice 7; there are 2." in refused.err
    assert "--take =7" in refused.err
    german = book("klären", "petersen", "--nimm", "0", language="de").err
    assert "Eine Wahl 0 gibt es nicht; es sind 2." in german
    assert text(book) == before


def test_a_number_that_is_the_value_itself_is_taken_with_a_sign_before_it(tmp_path: Path) -> None:
    book = joined(tmp_path, ("segment: A", "segment: B", "segment: C"))
    assert book("settle", "petersen", "--take", "7").code == 2
    assert book("settle", "petersen", "--take", "=7").code == 0
    assert "segment: 7\n" in text(book) or 'segment: "7"\n' in text(book)


def test_what_the_settings_leave_open_is_said_by_sync_and_named_by_settle(tmp_path: Path) -> None:
    firm = team(tmp_path)
    anna, ben = firm.clone("anna"), firm.clone("ben")
    for book, weeks in ((anna, "5w"), (ben, "6w")):
        book.write("crm.toml", book.read("crm.toml").replace("4w", weeks))
    assert anna("sync").code == 0
    answer = ben("sync")
    assert answer.code == 0
    assert "1 question to settle: crm settle" in answer.both
    shown = ben("settle")
    assert shown.code == 0
    assert "crm.toml:" in shown.err
    assert 'To settle: segments.A.every = "5w"' in shown.err
    assert "Another value won, further up." in shown.err
    assert "nothing to settle" not in shown.both
    assert "Zu klären: segments.A.every" in ben("settle", language="de").err
