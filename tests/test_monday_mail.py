"""`crm review --markdown` is a mail that a boss reads: what matters on top, bookkeeping below."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.books import PETERSEN as PETERSEN_TEXT
from tests.books import Answer, Book, book
from tests.clones import HOTEL, PETERSEN, Team, team
from tests.test_review import COMPLAINT, ben, commit_as, seen, told
from tests.test_told_once import by_ben, names

__all__ = ["book", "seen"]

MONDAY, TUESDAY = datetime(2026, 11, 23, 8, 0), datetime(2026, 11, 24, 8, 0)
HISTORY = "## Verlauf\n\n"
TALK = """### 2026-11-19 Besuch bei Heike Petersen: neue Fenster (ben)

- Stimmung:: gut

Sie will den Laden umbauen. Dr. Harms baut z. B. auch die Theke. Das Dritte steht weiter unten.

- [ ] Angebot schicken due:2026-11-27

"""


def mail(answer: Answer) -> list[str]:
    return told(answer).split("\n")


def test_the_mail_begins_with_what_is_open_promised_and_new(seen: Book) -> None:
    ben(seen, PETERSEN, HISTORY, HISTORY + COMPLAINT)
    by_ben(seen, {"customers/neu.md": "---\nname: Neu & Co\n---\n"})
    shown = mail(seen("review", "--markdown"))
    assert shown[2:14] == [
        "## In brief",
        "",
        "- **Open complaints**",
        "  - Modehaus Petersen GmbH & Co. KG: Naht offen (since Thu 12 Nov 2026)",
        "  - Modehaus Petersen GmbH & Co. KG: Saum lose (since Fri 20 Nov 2026)",
        "- **Overdue**",
        "  - Thu 19 Nov 2026, Modehaus Petersen GmbH & Co. KG: Ersatz schicken",
        "- **Promised**",
        "  - Fri 27 Nov 2026, Modehaus Petersen GmbH & Co. KG: anrufen",
        "- **New customers**: Neu & Co",
        "",
        "## Modehaus Petersen GmbH & Co. KG",
    ]


def test_what_is_open_and_late_stands_on_top_whenever_it_began(seen: Book) -> None:
    ben(seen, HOTEL, "status: customer", "status: former")
    shown = told(seen("review", "--markdown"))
    assert "  - Modehaus Petersen GmbH & Co. KG: Naht offen (since Thu 12 Nov 2026)\n" in shown
    assert "Naht offen" not in told(seen("review", "--markdown", "--customer", "strandhotel"))


def test_the_mail_in_german(seen: Book) -> None:
    ben(seen, PETERSEN, HISTORY, HISTORY + COMPLAINT)
    shown = told(seen("neues", "--markdown", language="de"))
    assert "## Kurz gefasst\n\n- **Offene Reklamationen**\n  - Modehaus" in shown
    assert "- **Zugesagt**\n  - Fr 27.11.2026, Modehaus" in shown


def test_talks_stand_before_the_rest_and_bookkeeping_is_one_closing_line(seen: Book) -> None:
    ben(seen, PETERSEN, "segment: A", "segment: B")
    ben(seen, PETERSEN, "aliases: [Petersen Borkum]", "aliases: [Petersen Borkum, Mode Peters]")
    ben(seen, PETERSEN, HISTORY, HISTORY + TALK)
    assert told(seen("review", "--markdown")).endswith(
        "## Modehaus Petersen GmbH & Co. KG\n\n"
        "- **Ben Okafor, Fri 20 Nov 2026**\n"
        "  - Besuch bei Heike Petersen 19 Nov 2026: neue Fenster\n"
        "    > Sie will den Laden umbauen. Dr. Harms baut z. B. auch die Theke.\n"
        "  - promised by Fri 27 Nov 2026: Angebot schicken\n"
        "- Besides: Also called: added Mode Peters; Segment A → B"
    )


def test_who_changed_nothing_but_bookkeeping_stands_at_the_end_of_the_mail(seen: Book) -> None:
    ben(seen, HOTEL, "owner: ben", "owner: clara")
    ben(seen, PETERSEN, HISTORY, HISTORY + TALK)
    by_ben(seen, {"templates/customer.md": "---\nname: {{ name }}\n---\n"})
    text = told(seen("review", "--markdown"))
    assert "## Strandhotel" not in text
    assert text.endswith(
        "## Besides\n\n"
        "- **Strandhotel Vierjahreszeiten**: Ben Okafor, Fri 20 Nov 2026: "
        "Looked after by ben → clara\n"
        "- **Template customer.md**: Ben Okafor, Fri 20 Nov 2026: new"
    )


def test_a_complaint_that_a_colleague_solved_meanwhile_reads_as_solved(seen: Book) -> None:
    ben(seen, PETERSEN, HISTORY, HISTORY + COMPLAINT)
    solved = COMPLAINT.replace("sauer\n", "sauer\n- gelöst:: 2026-11-20 Saum genäht\n")
    text = seen.read(PETERSEN).replace(COMPLAINT, solved)
    commit_as(seen, "Clara Wiegand", "clara@example.com", {PETERSEN: text})
    shown = told(seen("review", "--unread"))
    assert "logged a complaint (Saum lose), mood: sauer – solved since: Saum genäht" in shown
    (one, *_rest) = seen("--json", "review", "--unread", "--by", "ben").json
    assert one["urgency"] == "promise"
    shown = told(seen("review", "--markdown"))
    assert "Saum lose (since" not in shown
    assert "- **Solved**\n  - Modehaus Petersen GmbH & Co. KG: Saum lose\n" in shown


def test_a_complaint_logged_and_solved_by_one_colleague_says_so(seen: Book) -> None:
    solved = COMPLAINT.replace("sauer\n", "sauer\n- gelöst:: 2026-11-20 Saum genäht\n")
    ben(seen, PETERSEN, HISTORY, HISTORY + solved)
    assert "(Saum lose), mood: sauer – solved since: Saum genäht" in told(seen("review"))


def test_a_promise_that_a_colleague_kept_meanwhile_is_no_promise_any_more(seen: Book) -> None:
    ben(seen, PETERSEN, HISTORY, HISTORY + TALK)
    text = seen.read(PETERSEN).replace("- [ ] Angebot", "- [x] Angebot")
    commit_as(seen, "Clara Wiegand", "clara@example.com", {PETERSEN: text})
    shown = told(seen("review", "--markdown"))
    assert "promised by Fri 27 Nov 2026: Angebot schicken – done since" in shown
    assert "- **Promised**" not in shown


def test_after_an_import_new_customer_is_not_repeated_under_each(seen: Book) -> None:
    by_ben(seen, names(15), "Import")
    for number in range(12):
        text = f"---\nname: Firma {number:02}\n---\n\n{HISTORY}### 2026-11-20 Anruf: Thema\n"
        path = f"customers/firma-{number:02}.md"
        commit_as(seen, "Clara Wiegand", "clara@example.com", {path: text})
    shown = told(seen("review", "--markdown"))
    assert "new customer\n" not in shown
    assert shown.count("Anruf 20 Nov 2026: Thema") == 12
    assert shown.endswith("brought in 15 customers: Firma 00, Firma 01, Firma 02 and 12 more")


def test_what_keeps_an_empty_folder_is_never_told(seen: Book) -> None:
    by_ben(seen, {"customers/.gitkeep": "", "attachments/modehaus-petersen/.gitkeep": ""})
    answer = seen("review")
    assert (answer.code, answer.out) == (1, "")


def test_what_came_with_the_first_commit_of_a_book_is_one_line_at_the_end(book: Book) -> None:
    book.git("rm", "-q", "crm.toml")
    book.git("commit", "-qm", "Start over")
    book("review", "--all")
    settings = 'format = 1\nlanguage = "de"\n'
    files = {"crm.toml": settings, "templates/customer.md": "x", "templates/b.md": "y"}
    by_ben(book, files, "The book")
    by_ben(book, names(10))
    assert told(book("review")).split("\n") == [
        "Ben Okafor: brought in 10 customers: Firma 00, Firma 01, Firma 02 and 7 more",
        "Settings: Ben Okafor: set up the book",
    ]


def test_last_week_can_be_cut_out_on_tuesday(seen: Book) -> None:
    for day, subject in ((18, "Mittwoch"), (23, "Montag")):
        entry = f"### 2026-11-{day} Anruf: {subject} (ben)\n\n"
        text = seen.read(PETERSEN).replace(HISTORY, HISTORY + entry)
        files, when = {PETERSEN: text}, f"2026-11-{day}T10:00:00"
        commit_as(seen, "Ben Okafor", "ben@example.com", files, "wip", when)
    asked = ("review", "--since", "2026-11-16", "--until", "sunday", "--markdown")
    shown = told(seen(*asked, now=TUESDAY))
    assert shown.startswith("# What happened from Mon 16 Nov 2026 to Sun 22 Nov 2026\n")
    assert "Mittwoch" in shown
    assert "Montag" not in shown
    assert "Montag" in told(seen("review", now=TUESDAY))


def test_what_was_left_out_by_until_comes_next_time(seen: Book) -> None:
    text = seen.read(PETERSEN).replace("segment: A", "segment: B")
    commit_as(seen, "Ben Okafor", "ben@example.com", {PETERSEN: text}, "a", "2026-11-18T10:00:00")
    text = text.replace("04922 9300-0", "04922 9300-1")
    commit_as(seen, "Ben Okafor", "ben@example.com", {PETERSEN: text}, "b", "2026-11-23T10:00:00")
    assert told(seen("review", "--until", "sunday", now=TUESDAY)).endswith("Segment A → B")
    assert told(seen("review", now=TUESDAY)).endswith("Okafor: Phone 04922 9300-0 → 04922 9300-1")


@pytest.mark.parametrize("page", ["--markdown", "--html"])
def test_a_mail_to_others_is_not_my_reading(seen: Book, page: str) -> None:
    ben(seen, PETERSEN, "segment: A", "segment: B")
    assert "Segment A → B" in told(seen("review", page))
    assert told(seen("review")).endswith("Segment A → B")


def test_the_page_for_the_browser_tells_the_same(seen: Book) -> None:
    ben(seen, PETERSEN, HISTORY, HISTORY + TALK.replace("Laden", "<b>Laden</b>"))
    shown = told(seen("review", "--html"))
    assert shown.startswith("<!doctype html>")
    assert "<h1>What happened from " in shown
    assert "neue Fenster<blockquote>Sie will den &lt;b&gt;Laden&lt;/b&gt; umbauen. Dr." in shown


def test_nothing_new_says_since_when(seen: Book) -> None:
    said = {
        (): "Nothing new: you have seen it all.",
        ("--since", "monday"): "Nothing new since Mon 23 Nov 2026.",
        ("--since", "2026-11-21", "--until", "2026-11-22"): (
            "Nothing new from Sat 21 Nov 2026 to Sun 22 Nov 2026."
        ),
        ("--mine",): "Nothing new of that since you last looked.",
    }
    for asked, expected in said.items():
        answer = seen("review", *asked, now=MONDAY)
        assert (answer.code, answer.err.rstrip("\n")) == (1, expected)
    answer = seen("neues", "--seit", "montag", now=MONDAY, language="de")
    assert answer.err == "Nichts Neues seit Mo 23.11.2026.\n"


def test_an_entry_of_somebody_outside_the_team_does_not_end_in_their_short_name(
    seen: Book,
) -> None:
    entry = "### 2026-11-20 Anruf: Thema 51 besprochen (tim)\n\n"
    text = PETERSEN_TEXT.replace(HISTORY, HISTORY + entry)
    commit_as(seen, "Tim Fremd", "tim@elsewhere.example", {PETERSEN: text})
    assert told(seen("review")).endswith("Tim Fremd: Anruf 20 Nov 2026: Thema 51 besprochen")


def test_sync_does_not_tell_what_keeps_an_empty_folder(tmp_path: Path) -> None:
    firm: Team = team(tmp_path)
    anna, other = firm.clone("anna"), firm.clone("ben")
    other.write("customers/.gitkeep", "", "Keep it")
    other("log", "petersen", "call: wants more")
    other("sync")
    answer = anna("sync")
    assert "gitkeep" not in answer.both
    assert "wants more" in answer.out


def test_last_week_is_a_week_at_both_ends(seen: Book) -> None:
    for day in (15, 16, 22, 23):
        entry = f"### 2026-11-{day} Anruf: Thema {day} (ben)\n\n"
        text = seen.read(PETERSEN).replace(HISTORY, HISTORY + entry)
        files, when = {PETERSEN: text}, f"2026-11-{day}T10:00:00"
        commit_as(seen, "Ben Okafor", "ben@example.com", files, "wip", when)
    shown = told(seen("review", "--since", "last week", "--until", "last week", now=TUESDAY))
    assert [f"Thema {day}" in shown for day in (15, 16, 22, 23)] == [False, True, True, False]


@pytest.mark.parametrize(("page", "folder"), [("review", "customers"), ("de/neues", "kunden")])
def test_the_script_of_the_manual_sends_the_mail(page: str, folder: str, tmp_path: Path) -> None:
    (script,) = re.findall(r"```sh\n(#!/bin/sh\n.*?)```", manual(page), re.DOTALL)
    team(tmp_path).clone("anna").root.rename(tmp_path / folder)
    store = Book(tmp_path / folder)
    last_week = datetime.now(UTC) - timedelta(days=datetime.now(UTC).weekday() + 3)
    text = store.read(PETERSEN).replace(HISTORY, HISTORY + TALK)
    when = last_week.isoformat(timespec="seconds")
    commit_as(store, "Ben Okafor", "ben@example.com", {PETERSEN: text}, "wip", when)
    programs = tmp_path / "bin"
    programs.mkdir()
    put_program(programs / "sendmail", f'cat > "{tmp_path}/sent"')
    put_program(programs / "crm", f'exec {sys.executable} -m crm_md "$@"')
    path = f"{programs}:{os.environ['PATH']}"
    env = {**os.environ, "HOME": str(tmp_path), "PATH": path, "PYTHONPATH": str(Path.cwd())}
    subprocess.run(["sh", "-c", script], check=True, env=env, capture_output=True)
    head, _blank, body = (tmp_path / "sent").read_text(encoding="utf-8").partition("\n\n")
    assert head.startswith("To: team@fir")
    assert body.startswith("<!doctype html>")
    assert "neue Fenster" in body


def manual(page: str) -> str:
    return (Path(__file__).parents[1] / f"docs/{page}.md").read_text(encoding="utf-8")


def put_program(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    path.chmod(0o755)
