"""``crm call``: rows with whom, number and every reason; JSON that others may rely on."""

from __future__ import annotations

from tests.books import Book
from tests.terminals import run_on_terminal


def test_the_list_says_whom_how_and_why(book: Book) -> None:
    answer = book("call")
    assert answer.code == 0
    assert "Modehaus Petersen GmbH & Co. KG – Heike Petersen  04922 9300-12" in answer.out
    assert "Complaint open" in answer.out
    assert "Promised for Thu 19 Nov 2026 (yesterday): Ersatz schicken" in answer.out
    assert "last: 8 days ago" in answer.out


def test_json_keys_are_those_promised(book: Book) -> None:
    row = book("--json", "call").json[0]
    assert list(row) == [
        *("slug", "name", "person", "phone", "reach", "owner", "points", "reasons"),
        "last_contact",
        *("email", "address_as", "common", "street", "zip", "city", "notes"),
    ]
    assert list(row["reasons"][0]) == ["rule", "points", "text", "date"]
    assert list(row["last_contact"]) == ["date", "kind", "by", "person", "gist"]
    assert [reason["rule"] for reason in row["reasons"]] == ["promise-overdue", "complaint-open"]


def test_an_empty_list_is_an_empty_array(book: Book) -> None:
    book("set", "petersen", "snooze", "2027-01-01")
    answer = book("--json", "call")
    assert answer.json == []
    assert answer.code == 1


def test_who_rests_is_named_with_why(book: Book) -> None:
    book("set", "petersen", "snooze", "2027-01-01 bittet um Ruhe")
    answer = book("call")
    assert "Modehaus Petersen" not in answer.out
    assert "rests until Fri 1 Jan 2027 (bittet um Ruhe)" in answer.err


def test_a_colleagues_list_can_be_asked_for(book: Book) -> None:
    assert book("--json", "call", "--owner", "ben").json[0]["slug"] == "modehaus-petersen"
    assert book("call", "--owner", "gerda").code == 2


def test_the_limit_counts_the_rest(book: Book) -> None:
    for number in range(3):
        text = f"---\nname: Kunde {number}\nnext: 2026-11-01 anrufen\n---\n"
        book.write(f"customers/kunde-{number}.md", text)
    answer = book("call", "--limit", "2")
    assert "2 more: crm call --all" in answer.err
    assert len(book("--json", "call", "--all").json) == 4


def test_the_rest_of_a_narrowed_list_does_not_lead_to_another_list(book: Book) -> None:
    for number in range(3):
        text = f"---\nname: Kunde {number}\nnext: 2026-11-01 anrufen\n---\n"
        book.write(f"customers/kunde-{number}.md", text)
    told = book("call", "--owner", "nobody", "--limit", "1").err
    assert "2 more: --all" in told
    assert "crm call --all" not in told


def test_an_unreadable_file_is_named_and_stops_nobody(book: Book) -> None:
    book.write("customers/kaputt.md", b"\xff\xfe" + "Hallo".encode("utf-16-le"))
    answer = book("call")
    assert "Modehaus Petersen" in answer.out
    assert "1 file could not be read: customers/kaputt.md" in answer.err


def test_without_a_team_it_is_everybodys_list(book: Book) -> None:
    book.write("crm.toml", "format = 1\nlanguage = 'de'\n", "no team")
    answer = book("call")
    assert "Everybody's list" in answer.err
    assert "Modehaus Petersen" in answer.out


def test_the_list_for_an_earlier_day_is_that_of_that_day(book: Book) -> None:
    from datetime import datetime

    book("call")
    early = book("--json", "call", "--owner", "all", now=datetime(2026, 11, 19, 9, 0)).json
    assert [row["reasons"][0]["rule"] for row in early] == ["complaint-open"]


def test_an_empty_list_names_the_next_one_and_the_day(book: Book) -> None:
    book.write("customers/modehaus-petersen.md", "---\nname: A\nowner: ben\n---\n", "quiet")
    assert book("call").err.strip() == "Nobody has to be called today."
    book("set", "hotel", "owner", "anna")
    book("set", "hotel", "next", "2026-11-24 Segel")
    told = "Heute ist niemand anzurufen. Als Nächstes: Strandhotel Vierjahreszeiten, Di 24.11.2026"
    assert told in book("call", language="de").err
    book("set", "hotel", "snooze", "2026-11-30 Ruhe")
    assert "Mo 30.11.2026 (in 10 Tagen)" in book("call", language="de").err


def test_a_last_contact_without_a_subject_is_told_by_its_kind(book: Book) -> None:
    text = book.read("customers/strandhotel-vierjahreszeiten.md")
    text = text.replace("Anruf: Sonnensegel", "Anruf")
    text = text.replace("owner: ben", "owner: anna\nnext: 2026-11-20 Segel")
    book.write("customers/strandhotel-vierjahreszeiten.md", text, "bare")
    shown = book("call", language="de").out
    assert "zuletzt vorgestern: Anruf (ben)" in shown


def test_a_row_says_how_to_address_them_and_what_to_begin_with(book: Book) -> None:
    out = book("call").out
    assert "Address as: Du, Heike" in out
    assert "In common: segelt" in out


def test_the_list_of_another_day(book: Book) -> None:
    book("set", "petersen", "snooze", "2026-12-24")
    assert book("call").code == 1
    answer = book("call", "--on", "24.12.")
    assert answer.code == 0
    assert "For Thu 24 Dec 2026:" in answer.err


def test_a_journey_shows_addresses(book: Book) -> None:
    answer = book("call", "--kind", "besuch", "--place", "26")
    assert "26757 Borkum" in answer.out
    assert book("call", "--kind", "visit", "--place", "01").code == 1
    assert book("call", "--kind", "quark").code == 2


def test_segment_and_tag_pick_from_the_list(book: Book) -> None:
    assert book("call", "--segment", "a").code == 0
    assert book("call", "--segment", "z").code == 1
    assert book("call", "--tag", "niemals").code == 1


def test_why_tells_every_rule_and_guard(book: Book) -> None:
    answer = book("call", "--why", "petersen")
    assert answer.code == 0
    assert "is on the call list" in answer.out
    assert "promise-overdue: a promise of ours is overdue" in answer.out
    book("set", "petersen", "snooze", "2027-01-01 bittet um Ruhe")
    answer = book("--json", "call", "--why-not", "petersen")
    assert answer.code == 1
    assert answer.json["guard"] == "snooze"
    assert len(answer.json["rules"]) == 16


def test_a_fresh_import_is_counted_in_one_line(book: Book) -> None:
    for number in range(3):
        book.write(f"customers/karte-{number}.md", f"---\nname: Karte {number}\n---\n")
    answer = book("call")
    assert "3 customers are still blank" in answer.err
    assert len(book("--json", "list", "--blank").json) == 3
    book("set", "karte-1", "status", "lead")
    assert "2 customers are still blank" in book("call").err


def test_whoever_is_on_the_list_for_a_birthday_is_not_counted_as_blank(book: Book) -> None:
    book.write("customers/ada.md", "---\nname: Ada\nbirthday: 11-21\n---\n")
    book.write("customers/bela.md", "---\nname: Bela\nbirthday: 03-03\n---\n")
    answer = book("call")
    assert "Birthday of Ada" in answer.out
    assert "1 customer is still blank" in answer.err


def test_many_who_are_held_back_are_counted_with_why(book: Book) -> None:
    for number in range(4):
        book.write(
            f"customers/ruht-{number}.md",
            f"---\nname: Ruht {number}\nnext: 2026-11-01 x\nsnooze: 2027-01-01\n---\n",
        )
    assert "4 held back (4 rest): crm call --all" in book("call").err
    assert "held back: Ruht 2 – rests until" in book("call", "--all").err


def test_an_open_complaint_is_named_although_a_colleague_was_there_today(book: Book) -> None:
    for number in range(4):
        text = f"---\nname: Ruht {number}\nnext: 2026-11-01 x\nsnooze: 2027-01-01\n---\n"
        book.write(f"customers/ruht-{number}.md", text)
    book.write(
        "customers/modehaus-petersen.md",
        book.read("customers/modehaus-petersen.md").replace(
            "## Verlauf\n", "## Verlauf\n\n### 2026-11-20 Besuch bei Heike Petersen: Tee (ben)\n"
        ),
    )
    answer = book("call")
    assert answer.err.startswith("Nobody has to be called today.")
    assert (
        "Held back: Modehaus Petersen GmbH & Co. KG (ben was in touch today). Promised for "
        "Thu 19 Nov 2026 (yesterday): Ersatz schicken; Complaint open since Thu 12 Nov 2026 "
        "(8 days ago): Naht offen → crm call --why modehaus-petersen\n"
    ) in answer.err
    assert "4 held back (4 rest): crm call --all" in answer.err
    screen = run_on_terminal(book, ["call", "--walk"])
    assert "Held back: Modehaus Petersen" in screen


def test_a_day_in_place_of_a_customer_asks_for_its_list(book: Book) -> None:
    assert book("call", "1.12.").out == book("call", "--on", "1.12.").out
    assert "For Tue 1 Dec 2026" in book("call", "1.12.").err


def test_today_typed_as_a_command_is_the_call_list(book: Book) -> None:
    for word in ("heute", "today", "Heute"):
        assert book(word).out == book("call").out
