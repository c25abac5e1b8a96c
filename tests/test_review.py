"""`crm review` tells what the others did since I last looked, once, and by customer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from hashlib import sha1
from itertools import count
from pathlib import Path

import pytest

from crm_md.document.news import Urgency, news
from crm_md.team.review import mark_seen, review
from tests.books import PETERSEN, Answer, Book, book
from tests.builders import config
from tests.repositories import BEN, git

__all__ = ["book"]

FILE = "customers/modehaus-petersen.md"
HOTEL = "customers/strandhotel-vierjahreszeiten.md"
COMPLAINT = """### 2026-11-20 Reklamation von Heike Petersen: Saum lose (ben)

- Stimmung:: sauer
- [ ] anrufen due:2026-11-27

"""


def ben(book: Book, path: str, old: str, new: str, message: str = "Ben's") -> None:
    """Let Ben replace something in a file and commit."""
    text = book.read(path)
    assert old in text
    commit_as(book, BEN.name, BEN.email, {path: text.replace(old, new, 1)}, message)


def commit_as(
    book: Book,
    name: str,
    email: str,
    files: dict[str, str],
    message: str = "Theirs",
    when: str = "2026-11-20T15:00:00",
) -> None:
    """Commit files as somebody else."""
    for path, text in files.items():
        book.write(path, text)
    book.git("add", "--all")
    subprocess.run(
        ["git", "-c", f"user.name={name}", "-c", f"user.email={email}", "commit", "-qm", message],
        cwd=book.root,
        check=True,
        env={**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when},
    )


@pytest.fixture
def seen(book: Book) -> Book:
    """Return a store in which everything was seen."""
    book("review", "--all")
    return book


def told(answer: Answer) -> str:
    assert answer.code == 0, answer.both
    return answer.out.rstrip("\n")


def test_what_a_colleague_did_is_told_in_one_line_with_the_complaint_first(seen: Book) -> None:
    ben(seen, FILE, "phone: 04922 9300-0", "phone: 04922 9300-1")
    ben(seen, FILE, "## Verlauf\n\n", f"## Verlauf\n\n{COMPLAINT}")
    assert told(seen("review")) == (
        "Modehaus Petersen GmbH & Co. KG: Ben Okafor: logged a complaint (Saum lose), mood: sauer; "
        "promised by Fri 27 Nov 2026: anrufen; Phone 04922 9300-0 → 04922 9300-1"
    )


def test_german_speaks_german(seen: Book) -> None:
    ben(seen, FILE, "## Verlauf\n\n", f"## Verlauf\n\n{COMPLAINT}")
    assert told(seen("neues", language="de")) == (
        "Modehaus Petersen GmbH & Co. KG: Ben Okafor: hat eine Reklamation notiert (Saum lose), "
        "Stimmung: sauer; zugesagt bis Fr 27.11.2026: anrufen"
    )


def test_what_was_shown_is_not_shown_again(seen: Book) -> None:
    ben(seen, FILE, "segment: A", "segment: B")
    assert "Segment A → B" in told(seen("review"))
    again = seen("review")
    assert (again.code, again.out) == (1, "")
    assert "Nothing new" in again.err


def test_my_own_changes_are_left_out_unless_asked_for(seen: Book) -> None:
    seen("set", "petersen", "segment", "B")
    assert seen("review", "--unread").code == 1
    assert "Segment A → B" in told(seen("review", "--own", "--unread"))
    assert "Segment A → B" in told(seen("review", "--by", "me", "--unread"))


def test_a_phone_changed_twice_is_told_from_first_to_last(seen: Book) -> None:
    ben(seen, FILE, "phone: 04922 9300-0", "phone: 04922 9300-1")
    ben(seen, FILE, "phone: 04922 9300-1", "phone: 04922 9300-2")
    assert told(seen("review")).endswith("Ben Okafor: Phone 04922 9300-0 → 04922 9300-2")


def test_a_phone_changed_twice_with_a_colleague_in_between_is_still_one_change(seen: Book) -> None:
    ben(seen, FILE, "phone: 04922 9300-0", "phone: 04922 9300-1")
    goal = seen.read(FILE).replace("segment: A\n", "segment: A\ngoal: mehr\n")
    commit_as(seen, "Clara Wiegand", "clara@example.com", {FILE: goal})
    ben(seen, FILE, "phone: 04922 9300-1", "phone: 04922 9300-2")
    lines = told(seen("review")).split("\n")
    assert sorted(line.partition(": ")[2] for line in lines) == [
        "Ben Okafor: Phone 04922 9300-0 → 04922 9300-2",
        "Clara Wiegand: Goal: mehr",
    ]


def test_what_two_changed_in_turn_is_told_as_it_was(seen: Book) -> None:
    ben(seen, FILE, "segment: A", "segment: B")
    other = seen.read(FILE).replace("segment: B", "segment: C")
    commit_as(seen, "Clara Wiegand", "clara@example.com", {FILE: other})
    ben(seen, FILE, "segment: C", "segment: D")
    assert "Segment A → B; Segment C → D" in told(seen("review"))


def test_what_was_taken_back_is_not_told(seen: Book) -> None:
    ben(seen, FILE, "segment: A", "segment: B")
    ben(seen, FILE, "segment: B", "segment: A")
    assert seen("review").code == 1


def test_a_customer_removed_and_brought_back_is_not_told(seen: Book) -> None:
    text = seen.read(HOTEL)
    (seen.root / HOTEL).unlink()
    commit_as(seen, BEN.name, BEN.email, {})
    commit_as(seen, BEN.name, BEN.email, {HOTEL: text})
    assert seen("review").code == 1


def test_new_removed_and_renamed_customers_are_told(seen: Book) -> None:
    (seen.root / HOTEL).unlink()
    commit_as(seen, BEN.name, BEN.email, {"customers/quast.md": "---\nname: Quast\n---\n"})
    seen.git("mv", FILE, "customers/petersen-mode.md")
    text = seen.read("customers/petersen-mode.md").replace("Modehaus Petersen GmbH", "Petersen")
    commit_as(seen, BEN.name, BEN.email, {"customers/petersen-mode.md": text})
    assert sorted(told(seen("review")).split("\n")) == [
        "Petersen & Co. KG: Ben Okafor: renamed Modehaus Petersen GmbH & Co. KG → Petersen & Co. "
        "KG",
        "Quast: Ben Okafor: new customer",
        "Strandhotel Vierjahreszeiten: Ben Okafor: customer removed",
    ]


def test_complaints_come_before_bad_moods_before_promises_before_the_rest(seen: Book) -> None:
    def entry(heading: str, below: str = "") -> str:
        return f"---\nname: {heading[-1]}\n---\n\n## Verlauf\n\n### 2026-11-20 {heading}\n{below}"

    files = {
        "customers/a.md": entry("Anruf: A"),
        "customers/b.md": entry("Anruf: B", "\n- [ ] schicken\n"),
        "customers/c.md": entry("Anruf: C", "\n- Stimmung:: sauer\n"),
        "customers/d.md": entry("Reklamation: D"),
    }
    commit_as(seen, BEN.name, BEN.email, files)
    assert [line[0] for line in told(seen("review")).split("\n")] == ["D", "C", "B", "A"]


def test_whom_not_to_contact_and_what_was_written_of_a_new_customer_is_told(seen: Book) -> None:
    text = (
        "---\nname: Neu AG\ndo_not_contact: will nicht\nconsent:\n  - channel: Mail\n"
        "    allowed: nein\n---\n\n# Neu AG\n\nzahlt nie\n\n## Lager\n\n- Halle 3\n"
    )
    commit_as(seen, BEN.name, BEN.email, {"customers/neu.md": text})
    shown = told(seen("review"))
    assert "new customer" in shown
    for words in ("Do not contact: will nicht", "wants nothing by Mail", "zahlt nie", "Halle 3"):
        assert words in shown


def test_of_many_new_customers_whom_not_to_contact_is_told_by_themselves(seen: Book) -> None:
    plain = {f"customers/f{n}.md": f"---\nname: Firma {n}\n---\n\nText {n}.\n" for n in range(60)}
    plain["customers/f7.md"] = "---\nname: Firma 7\ndo_not_contact: nie\n---\n"
    commit_as(seen, BEN.name, BEN.email, plain, "Import")
    shown = told(seen("review")).split("\n")
    assert any(line.startswith("Firma 7: ") and "Do not contact: nie" in line for line in shown)


def test_of_very_many_the_most_urgent_are_told_first_whatever_looks_urgent(seen: Book) -> None:
    def entry(number: int, heading: str, below: str = "") -> str:
        return (
            f"---\nname: Firma {number}\n---\n\n## Verlauf\n\n"
            f"### 2026-11-20 {heading}: Nr. {number}\n\n- [ ] alt\n{below}"
        )

    plain = {f"customers/f{number}.md": entry(number, "Anruf") for number in range(70)}
    commit_as(seen, BEN.name, BEN.email, plain, "All new")
    seen("review")
    later = {path: text.replace("alt\n", f"alt\n\nMehr, {path}.\n") for path, text in plain.items()}
    later["customers/f33.md"] = entry(33, "Reklamation")
    later["customers/f44.md"] = entry(44, "Anruf", "- Stimmung:: sauer\n")
    commit_as(seen, BEN.name, BEN.email, later, "All again")
    first = told(seen("review", "--limit", "3")).split("\n")
    assert [line.split(":")[0] for line in first[:2]] == ["Firma 33", "Firma 44"]


def test_a_limit_leaves_the_rest_for_next_time(seen: Book) -> None:
    ben(seen, FILE, "segment: A", "segment: B")
    ben(seen, HOTEL, "owner: ben", "owner: anna")
    first = seen("review", "--limit", "1")
    assert first.out.count("\n") == 1
    assert "1 more customer" in first.err
    second = seen("review")
    assert second.out.count("\n") == 1
    assert first.out != second.out
    assert seen("review").code == 1


@pytest.mark.parametrize(
    "chosen", [["--customer", "petersen"], ["--mine"], ["--by", "ben", "--customer", "petersen"]]
)
def test_a_filter_does_not_mark_the_rest_as_seen(seen: Book, chosen: list[str]) -> None:
    ben(seen, FILE, "segment: A", "segment: B")
    ben(seen, HOTEL, "status: customer", "status: prospect")
    assert told(seen("review", *chosen)).startswith("Modehaus")
    assert told(seen("review")).startswith("Strandhotel")
    assert seen("review").code == 1


def test_by_a_colleague_leaves_the_others_for_later(seen: Book) -> None:
    ben(seen, FILE, "segment: A", "segment: B")
    tags = seen.read(FILE).replace("[mode, insel]", "[mode]")
    commit_as(seen, "Clara Wiegand", "clara@example.com", {FILE: tags})
    assert "Ben Okafor" in told(seen("review", "--by", "ben"))
    rest = told(seen("review"))
    assert "Clara Wiegand: Tags" in rest
    assert "Ben" not in rest


def test_whoever_is_nobody_of_the_team_is_named(seen: Book) -> None:
    answer = seen("review", "--by", "xaver")
    assert answer.code == 2
    assert "xaver" in answer.err


def test_since_a_day_or_a_commit_shows_what_was_seen(seen: Book) -> None:
    before = seen.git("rev-parse", "--short", "HEAD").strip()
    ben(seen, FILE, "segment: A", "segment: B")
    seen("review")
    for point in ("2026-11-20", "heute", before, "HEAD~1"):
        answer = seen("review", "--since", point)
        assert "Segment A → B" in told(answer)
        assert answer.err == ""
    assert seen("review", "--since", "xyz").code == 2


def test_a_year_is_no_commit_whose_id_happens_to_begin_so(seen: Book) -> None:
    ben(seen, FILE, "segment: A", "segment: B")
    head = begin_id_with("2026", seen)
    assert "Segment A → B" in told(seen("review", "--since", "2026"))
    assert seen("review", "--since", head[:7]).code == 1


def begin_id_with(digits: str, book: Book) -> str:
    """Make the last commit anew until its id begins with these digits, and return it."""
    text = book.git("cat-file", "commit", "HEAD")
    for number in count():
        data = f"{text}{number}\n".encode()
        name = sha1(b"commit %d\0" % len(data) + data).hexdigest()
        if name.startswith(digits):
            subprocess.run(
                ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
                cwd=book.root,
                input=data,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            book.git("reset", "--quiet", name)
            return name
    raise AssertionError


def test_mine_is_what_names_me_too(seen: Book) -> None:
    call = "## Verlauf\n\n### 2026-11-20 Anruf: Termin (ben)\n\n"
    ben(seen, HOTEL, "## Verlauf\n\n", call + "- [ ] Muster schicken @anna\n\n")
    assert "for anna: Muster schicken" in told(seen("review", "--mine"))
    ben(seen, HOTEL, "Anruf: Termin", "Anruf: neuer Termin")
    assert seen("review", "--mine").code == 0
    ben(seen, HOTEL, "status: customer", "status: prospect")
    assert seen("review", "--mine").code == 1


def test_a_first_look_begins_two_weeks_before_the_newest_commit(book: Book) -> None:
    ben(book, FILE, "segment: A", "segment: B")
    answer = book("review")
    assert "Segment A → B" in told(answer)
    assert "since Fri 6 Nov 2026" in answer.err
    assert book("review").code == 1


def test_what_was_seen_and_cannot_be_read_is_shown_again(seen: Book) -> None:
    ben(seen, FILE, "segment: A", "segment: B")
    told(seen("review"))
    state = seen.root / ".git/crm/seen"
    for broken in ("", "{", '{"format": 1}', '{"format": 1, "upto": "dead", "since": null}', "[]"):
        state.write_text(broken)
        answer = seen("review", "--unread")
        assert "Segment A → B" in told(answer)
        assert "cannot be read" in answer.err


def test_a_commit_that_is_lost_is_no_reason_to_show_nothing(seen: Book) -> None:
    ben(seen, FILE, "segment: A", "segment: B")
    state = seen.root / ".git/crm/seen"
    state.write_text(json.dumps({"format": 1, "upto": "1" * 40, "since": None, "also": []}))
    assert "Segment A → B" in told(seen("review"))


def test_an_interrupted_output_marks_nothing(seen: Book) -> None:
    ben(seen, FILE, "segment: A", "segment: B")
    command = [sys.executable, "-m", "crm_md"]
    reader, writer = os.pipe()
    os.close(reader)
    subprocess.run([*command, "--store", str(seen.root), "review"], stdout=writer, check=False)
    os.close(writer)
    assert "Segment A → B" in told(seen("review"))


def test_json_and_markdown_tell_the_same(seen: Book) -> None:
    ben(seen, FILE, "## Verlauf\n\n", f"## Verlauf\n\n{COMPLAINT}")
    (one,) = seen("--json", "review", "--diff").json
    assert one["slug"] == "modehaus-petersen"
    assert (one["by"], one["urgency"]) == ("ben", "complaint")
    assert one["changes"][0] == "logged a complaint (Saum lose), mood: sauer"
    assert "+- Stimmung:: sauer" in one["diff"]
    assert seen("--json", "review").json == []
    shown = told(seen("review", "--markdown", "--since", "today"))
    assert "## Modehaus Petersen GmbH & Co. KG\n\n- **Ben Okafor, Fri 20 Nov 2026**\n" in shown
    assert "  - logged a complaint (Saum lose), mood: sauer\n" in shown


def test_a_merge_is_not_told_twice_and_each_by_its_author(seen: Book, tmp_path: Path) -> None:
    seen.git("checkout", "-q", "-b", "theirs")
    ben(seen, FILE, "segment: A", "segment: B")
    seen.git("checkout", "-q", "main")
    clara = seen.read(HOTEL).replace("owner: ben", "owner: anna")
    commit_as(seen, "Clara Wiegand", "clara@example.com", {HOTEL: clara})
    seen.git("merge", "-q", "--no-edit", "theirs")
    assert sorted(told(seen("review")).split("\n")) == [
        "Modehaus Petersen GmbH & Co. KG: Ben Okafor: Segment A → B",
        "Strandhotel Vierjahreszeiten: Clara Wiegand: Looked after by ben → anna",
    ]
    assert seen("review").code == 1


def test_a_question_that_a_merge_left_is_told_until_it_is_settled(seen: Book) -> None:
    seen.git("checkout", "-q", "-b", "theirs")
    ben(seen, FILE, "phone: 04922 9300-0", "phone: 04922 9300-1")
    seen.git("checkout", "-q", "main")
    seen("set", "petersen", "phone", "04922 9300-2")
    subprocess.run(
        ["git", "merge", "-q", "theirs"], cwd=seen.root, check=False, capture_output=True
    )
    merged = PETERSEN.replace("9300-0\n", "9300-2\n", 1)
    merged += "\n## Zu klären\n\n- [ ] phone: 04922 9300-1 #settle\n"
    seen.write(FILE, merged)
    seen.git("add", "--all")
    seen.git("commit", "-q", "--no-edit")
    assert "KG: to settle: Phone: 04922 9300-1" in told(seen("review", "--unread"))
    seen.write(FILE, merged.replace("- [ ] phone: 04922 9300-1 #settle\n", ""), "settled")
    assert "settle" not in told(seen("review"))


def test_control_characters_of_a_colleague_never_reach_the_terminal(seen: Book) -> None:
    ben(seen, FILE, "segment: A", "goal: x\x1b[31mrot")
    assert "\x1b" not in seen("review", "--diff", "--unread").both
    assert "\x1b" not in seen("review", "--markdown").both


def test_a_file_that_cannot_be_read_is_told_and_stops_nobody(seen: Book) -> None:
    ben(seen, FILE, "segment: A", "segment: B")
    seen.write(HOTEL, b"\xff\xfe" + "kaputt".encode("utf-16-le"))
    commit_as(seen, BEN.name, BEN.email, {})
    shown = told(seen("review"))
    assert "the file cannot be read any more" in shown
    assert "Segment A → B" in shown


def test_attachments_are_told_at_their_customer(seen: Book) -> None:
    commit_as(seen, BEN.name, BEN.email, {"attachments/modehaus-petersen/naht.jpg": "x"})
    assert told(seen("review")).endswith("Ben Okafor: file laid beside: naht.jpg")


def test_a_program_reviews_and_marks_by_itself(seen: Book) -> None:
    ben(seen, FILE, "## Verlauf\n\n", f"## Verlauf\n\n{COMPLAINT}")
    with seen.open(datetime(2026, 11, 20, 16, 0)) as crm:
        found = review(crm)
        assert [one.urgency for one in found.customers] == [Urgency.COMPLAINT]
        assert review(crm).customers == found.customers
        mark_seen(crm, found)
        assert review(crm).customers == ()


def test_a_shallow_clone_does_not_tell_every_customer_as_new(tmp_path: Path, book: Book) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{book.root}", "shallow")
    shallow = Book(tmp_path / "shallow")
    assert shallow("review", "--all").code == 1
    ben(shallow, FILE, "segment: A", "segment: B")
    assert told(shallow("review")).endswith("Ben Okafor: Segment A → B")


def test_a_store_in_a_folder_of_its_repository_is_reviewed(tmp_path: Path, book: Book) -> None:
    top = tmp_path / "firm"
    top.mkdir()
    git(top, "init", "-q", "-b", "main")
    (book.root / ".git").rename(tmp_path / "gone")
    book.root.rename(top / "crm")
    inner = Book(top / "crm")
    git(top, "config", "user.name", "Anna Krüger")
    git(top, "config", "user.email", "anna@example.com")
    git(top, "add", "--all")
    git(top, "commit", "-qm", "The book")
    inner("review", "--all")
    ben(inner, FILE, "segment: A", "segment: B")
    assert told(inner("review")).endswith("Segment A → B")


NEW = """---
name: Tischlerei Hagen
owner: ben
---

## Vorsicht

- zahlt spät

## Aufgaben

- [ ] Angebot 200 Platten due:2026-11-26
- [ ] Muster bringen @anna

## Verlauf
"""


def test_what_is_promised_beside_the_story_is_told_as_a_promise() -> None:
    def said(before: str | None) -> list[str]:
        old = before.encode() if before else None
        found = news(old, NEW.encode(), "customers/hagen.md", config(), me="anna")
        return [one.sentence for one in found]

    promises = ["for anna: Muster bringen", "promised by Thu 26 Nov 2026: Angebot 200 Platten"]
    assert said(None) == ["new customer", *promises, "Vorsicht: zahlt spät"]
    empty = NEW.partition("## Vorsicht")[0] + "## Verlauf\n"
    assert said(empty) == [*promises, "Vorsicht: zahlt spät"]
