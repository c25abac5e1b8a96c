"""``crm set`` and ``crm note``: one fact, one line, every other byte as it was."""

from __future__ import annotations

import pytest

from tests.books import Book

FILE = "customers/modehaus-petersen.md"


def lines_changed(book: Book, *command: str) -> tuple[list[str], list[str]]:
    """Run a command and return the lines that went and those that came."""
    before = book.read(FILE).split("\n")
    answer = book(*command)
    assert answer.code == 0, answer.err
    after = book.read(FILE).split("\n")
    return [one for one in before if one not in after], [one for one in after if one not in before]


@pytest.mark.parametrize(
    ("words", "gone", "come"),
    [
        (["petersen", "segment", "B"], ["segment: A"], ["segment: B"]),
        (["petersen", "Segment", "B"], ["segment: A"], ["segment: B"]),
        (
            ["petersen", "status", "former"],
            ["status: customer        # Stammkunde"],
            ["status: former        # Stammkunde"],
        ),
        (["petersen", "phone", "0351 4711"], ["phone: 04922 9300-0"], ["phone: 0351 4711"]),
        (["petersen", "zip", "01067"], ['  zip: "26757"'], ['  zip: "01067"']),
        (["petersen", "address.city", "Dresden"], ["  city: Borkum"], ["  city: Dresden"]),
        (["kai", "phone", "04922 9300-99"], ["    phone: 04922 9300-14"], None),
        (["heike", "role", "Chefin"], ["    role: Inhaberin"], ["    role: Chefin"]),
        (["petersen", "contacts.heike.reach", "morgens"], ["    reach: nie montags"], None),
        (["petersen", "goal", "mehr:", "Nähe #1"], [], ['goal: "mehr: Nähe #1"']),
        (
            ["petersen", "tags", "--add", "nordsee"],
            ["tags: [mode, insel]"],
            ["tags: [mode, insel, nordsee]"],
        ),
        (["petersen", "tags", "--remove", "insel"], ["tags: [mode, insel]"], ["tags: [mode]"]),
        (
            ["petersen", "next", "--delete"],
            ["next: 2026-12-01 Angebot nachfassen"],
            [],
        ),
        (
            ["petersen", "next", "in 2 wochen anrufen"],
            ["next: 2026-12-01 Angebot nachfassen"],
            ["next: 2026-12-04 anrufen"],
        ),
        (
            ["petersen", "next", "3.12. 10 Uhr anrufen"],
            ["next: 2026-12-01 Angebot nachfassen"],
            ["next: 2026-12-03 10:00 anrufen"],
        ),
        (["petersen", "contacts", "--add", "Fenna de Buhr"], [], ["  - name: Fenna de Buhr"]),
        (["petersen", "snooze", "bis Frühjahr"], [], ["snooze: 2027-03-01"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_one_fact_changes(
    book: Book, words: list[str], gone: list[str], come: list[str] | None
) -> None:
    went, came = lines_changed(book, "set", *words)
    assert went == gone
    if come is not None:
        assert came == come
    else:
        assert len(came) == 1


def test_a_persons_fact_is_said_to_be_theirs(book: Book) -> None:
    assert "Kai Petersen" in book("set", "kai", "phone", "04922 9300-99").err


def test_of_several_numbers_the_first_is_replaced(book: Book) -> None:
    went, came = lines_changed(book, "set", "heike", "phone", "04922 9300-13")
    assert (went, came) == (["      - 04922 9300-12"], ["      - 04922 9300-13"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["petersen", "segment"], 2),
        (["petersen", "farbe", "blau"], 2),
        (["petersen", "tags", "x", "--add", "--remove"], 2),
        (["petersen", "tags", "x", "--delete"], 2),
        (["petersen", "contacts.otto.phone", "1"], 20),
        (["petersen", "contacts.petersen.phone", "1"], 21),
        (["petersen", "segment", "A"], 1),
        (["petersen", "tags", "--remove", "xyz"], 20),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    book: Book, words: list[str], code: int
) -> None:
    answer = book("set", *words)
    assert answer.code == code
    assert answer.err
    assert book.git("status", "--porcelain") == ""
    assert len(book.subjects()) == 1


def test_windows_line_ends_and_a_byte_order_mark_stay(book: Book) -> None:
    data = b"\xef\xbb\xbf" + "---\r\nname: Öhr\r\nsegment: A\r\n---\r\n# Öhr\r\n".encode()
    book.write("customers/oehr.md", data, "by an editor of Windows")
    assert book("set", "oehr", "segment", "B").code == 0
    expected = data.replace(b"segment: A", b"segment: B")
    assert (book.root / "customers/oehr.md").read_bytes() == expected


def test_bytes_that_are_no_utf8_survive(book: Book) -> None:
    data = b"---\nname: M\xfcller\nsegment: A\n---\n\nGr\xfc\xdfe\n"
    book.write("customers/mueller.md", data, "from an old editor")
    assert book("--json", "show", "Müller").json["slug"] == "mueller"
    assert book("set", "mueller", "segment", "B").code == 0
    expected = data.replace(b"segment: A", b"segment: B")
    assert (book.root / "customers/mueller.md").read_bytes() == expected


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["common", "mag", "Krabben"], "- mag Krabben"),
        (["gemeinsames", "mag Krabben"], "- mag Krabben"),
        (["vorsicht", "nie vor zehn"], "- nie vor zehn"),
        (["Mag", "Krabben."], "Mag Krabben."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_note_is_one_line_in_its_section(book: Book, words: list[str], line: str) -> None:
    went, came = lines_changed(book, "note", "petersen", *words)
    assert (went, came) == ([], [line])


def test_notes_stand_where_they_belong(book: Book) -> None:
    book("note", "petersen", "careful", "nie vor zehn")
    told = book("--json", "show", "petersen").json
    assert told["careful"] == ["nicht auf den Bruder ansprechen", "nie vor zehn"]


@pytest.mark.parametrize(
    ("field", "words", "written"),
    [
        ("products", "Serie R7", "products:\n  - name: Serie R7\n"),
        ("deals", "Winter 2027", "deals:\n  - title: Winter 2027\n"),
        ("relations", "strandhotel", "relations:\n  - to: strandhotel-vierjahreszeiten\n"),
        ("relations", "ein Fremder", "relations:\n  - to: ein Fremder\n"),
        ("consent", "mail", "consent:\n  - channel: mail\n"),
    ],
)
def test_the_first_of_a_list_stands_in_a_block_under_its_own_key(
    book: Book, field: str, words: str, written: str
) -> None:
    assert book("set", "petersen", field, "--add", words).code == 0
    assert written in book.read(FILE)


def test_a_relation_set_by_a_fragment_leads_to_the_customer_and_follows_a_new_name(
    book: Book,
) -> None:
    book("set", "petersen", "relations", "--add", "strandhotel")
    assert book("set", "petersen", "relations.strandhotel.as", "Schwager").code == 0
    assert book("rename", "strandhotel", "Hotel am Meer").code == 0
    assert "  - to: hotel-am-meer\n    as: Schwager\n" in book.read(FILE)


@pytest.mark.parametrize(
    ("field", "words"),
    [("tags", "Mode"), ("phone", "04922 9300-0"), ("contacts", "heike petersen")],
)
def test_what_stands_in_a_list_already_is_not_added_again(
    book: Book, field: str, words: str
) -> None:
    before = book.read(FILE)
    answer = book("set", "petersen", field, "--add", words)
    assert answer.code == 1
    assert "already" in answer.err
    assert book.read(FILE) == before


def test_two_mail_addresses_are_two(book: Book) -> None:
    assert book("set", "strandhotel", "email", "a@hotel.example", "b@hotel.example").code == 0
    shown = book("--json", "show", "strandhotel").json
    assert shown["email"] == ["a@hotel.example", "b@hotel.example"]
    assert book("set", "strandhotel", "email", "--add", "c@hotel.example", "d@x.example").code == 0
    assert len(book("--json", "show", "strandhotel").json["email"]) == 4


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("every", "quark"),
        ("birthday", "quark"),
        ("birthday", "1966-02-30"),
        ("anniversary", "quark"),
        ("next", "irgendwann anrufen"),
        ("snooze", "quark"),
        ("contacts.heike.away", "quark"),
        ("contacts.heike.birthday", "31.2."),
        ("contacts.heike.snooze", "quark"),
        ("consent.mail.allowed", "quark"),
        ("products.r7.service_due", "quark"),
    ],
)
def test_what_a_field_cannot_be_is_refused_with_the_remedy(
    book: Book, field: str, value: str
) -> None:
    text = book.read(FILE)
    more = "consent:\n  - channel: mail\n    allowed: yes\n    date: 2025-01-02\n"
    more += "products:\n  - name: R7\n"
    book.write(FILE, text.replace("contacts:\n", f"{more}contacts:\n"), "mehr")
    before, commits = book.read(FILE), book.subjects()
    answer = book("set", "modehaus", field, value)
    assert answer.code == 2
    assert "→" in answer.err
    assert value.split()[0] in answer.err
    assert book.read(FILE) == before
    assert book.subjects() == commits


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("status", "quatsch", "Known are: lead, prospect"),
        ("owner", "gerda", "Known are: anna, ben"),
        ("segment", "Q", "Known are: A."),
        ("contacts.heike.decides", "quatsch", "decision-maker"),
        ("email", "quark", "no e-mail address"),
        ("phone", "12", "too few digits"),
        ("birthday", "2999-01-01", "Nobody alive"),
    ],
)
def test_a_word_that_is_merely_unknown_is_written_and_told(
    book: Book, field: str, value: str, told: str
) -> None:
    answer = book("set", "modehaus", field, value)
    assert answer.code == 0
    assert value in book.read(FILE)
    (line,) = [line for line in answer.err.split("\n") if "customers/" in line]
    assert line.startswith(f"{FILE}:")
    assert told in line


def test_what_is_written_well_is_told_nothing_about(book: Book) -> None:
    book.write(FILE, book.read(FILE).replace("segment: A", "segment: Q"), "ein alter Fehler")
    assert "customers/" not in book("set", "petersen", "owner", "ben").err


def test_a_slip_that_stands_there_already_does_not_hinder_another_fact(book: Book) -> None:
    book.write(FILE, book.read(FILE).replace("segment: A", "every: bald"), "ein alter Fehler")
    assert book("set", "petersen", "owner", "ben").code == 0


def test_in_german_it_is_refused_in_german(book: Book) -> None:
    answer = book("setzen", "petersen", "rhythmus", "quark", language="de")
    assert answer.err.startswith("Modehaus Petersen GmbH & Co. KG bleibt, wie es war: „quark“")


@pytest.mark.parametrize(
    ("line", "field", "value", "after"),
    [
        ("Strandstraße 7, 26757 Borkum", "address.zip", "26758", "Strandstraße 7, 26758 Borkum"),
        ("Strandstraße 7, 26757 Borkum", "zip", "01067", "Strandstraße 7, 01067 Borkum"),
        ("Strandstraße 7, 26757 Borkum", "PLZ", "01067", "Strandstraße 7, 01067 Borkum"),
        ("Strandstraße 7, 26757 Borkum", "city", "Emden", "Strandstraße 7, 26757 Emden"),
        ("Strandstraße 7, 26757 Borkum", "street", "Deich 1", "Deich 1, 26757 Borkum"),
        ("Strandstraße 7, Borkum", "zip", "26757", "Strandstraße 7, 26757 Borkum"),
        ("26757 Borkum", "street", "Deich 1", "Deich 1, 26757 Borkum"),
        ("Deich 1, 26757 Borkum", "country", "DE", "Deich 1, 26757 Borkum, DE"),
        ("Deich 1, 26757 Borkum # neu", "city", "Emden", "Deich 1, 26757 Emden # neu"),
    ],
)
def test_a_part_of_an_address_in_one_line_is_changed_within_the_line(
    book: Book, line: str, field: str, value: str, after: str
) -> None:
    address = 'address:\n  zip: "26757"\n  city: Borkum\n'
    book.write(FILE, book.read(FILE).replace(address, f"address: {line}\n"), "eine Zeile")
    went, came = lines_changed(book, "set", "petersen", field, value)
    assert (went, came) == ([f"address: {line}"], [f"address: {after}"])


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Borkum", "zip", "26757"),
        ("Strandstraße 7, 26757 Borkum", "zip", "am Deich"),
        ("Borkum 7, 26757 Borkum", "city", "Emden"),
    ],
)
def test_where_the_parts_are_not_clear_the_whole_line_is_asked_for(
    book: Book, line: str, field: str, value: str
) -> None:
    address = 'address:\n  zip: "26757"\n  city: Borkum\n'
    book.write(FILE, book.read(FILE).replace(address, f"address: {line}\n"), "eine Zeile")
    before = book.read(FILE)
    answer = book("set", "petersen", field, value)
    assert answer.code == 40
    assert 'crm set CUSTOMER address "' in answer.err
    assert book.read(FILE) == before
