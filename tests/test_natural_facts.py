"""What salespeople type to ``crm set``, and what must not go for it: people, numbers, a town."""

from __future__ import annotations

import pytest

from crm_md.likeness import is_mobile
from crm_md.records.person_typed import person_typed, stands_there
from tests.books import Book
from tests.terminals import run_on_terminal

FILE = "customers/ladenbau-pruessmann.md"
FIRM = """---
name: Ladenbau Prüßmann GmbH & Co. KG
status: customer
phone: 05121 66020-0
address: Ahornweg 1, 37154 Northeim
contacts:
  - name: Cem Yıldırım
    role: Werkstatt
    phone:
      - 05121 66020-12
      - 0171 9988776
  - name: Dr. Hanne Prüßmann
    role: Chefin
    phone: 05121 66020-30
  - name: Frau Pohl
    phone: 05522 9134-10
  - name: Jens Pohl
---
"""


@pytest.fixture
def firm(book: Book) -> Book:
    book.write(FILE, FIRM, "Prüßmann")
    return book


def changed(book: Book, *words: str) -> tuple[list[str], list[str]]:
    """Set something and return the lines that went and those that came."""
    before = book.read(FILE).split("\n")
    answer = book("set", *words)
    assert answer.code == 0, answer.err
    after = book.read(FILE).split("\n")
    return [one for one in before if one not in after], [one for one in after if one not in before]


def unchanged(book: Book, *words: str, language: str = "en") -> str:
    """Set what is refused, and return what was said."""
    before, commits = book.read(FILE), book.subjects()
    answer = book("setzen" if language == "de" else "set", *words, language=language)
    assert answer.code != 0
    assert (book.read(FILE), book.subjects()) == (before, commits)
    return answer.err


def test_a_new_name_for_a_person_does_not_rename_the_firm(firm: Book) -> None:
    went, came = changed(firm, "cem", "name", "Cem Yildirim")
    assert (went, came) == (["  - name: Cem Yıldırım"], ["  - name: Cem Yildirim"])


@pytest.mark.parametrize(("field", "value"), [("address", "Weg 1"), ("language", "tr")])
def test_what_firm_and_person_may_both_have_is_refused_with_both_commands(
    firm: Book, field: str, value: str
) -> None:
    said = unchanged(firm, "cem", field, value)
    assert f"crm set ladenbau-pruessmann contacts.Cem.{field} " in said
    assert f"crm set ladenbau-pruessmann {field} " in said


def test_the_commands_that_are_named_do_it(firm: Book) -> None:
    assert firm("set", "ladenbau-pruessmann", "contacts.Cem.language", "tr").code == 0
    assert "    language: tr\n" in firm.read(FILE)
    went, came = changed(firm, "ladenbau-pruessmann", "contacts.Dr. Hanne Prüßmann.role", "Rat")
    assert (went, came) == (["    role: Chefin"], ["    role: Rat"])


def test_what_only_a_firm_has_is_not_changed_by_a_word_for_a_person(firm: Book) -> None:
    said = unchanged(firm, "cem", "betreut", "petra", language="de")
    assert "crm setzen ladenbau-pruessmann betreut petra" in said
    assert "Cem Yıldırım" in said


def test_at_a_terminal_it_is_asked_whose_address_it_is(firm: Book) -> None:
    shown = run_on_terminal(firm, ["set", "cem", "address", "Weg 1"], typed=["1"])
    assert "whose is meant" in shown
    assert "    address: Weg 1\n" in firm.read(FILE)
    assert "\naddress: Ahornweg 1, 37154 Northeim\n" in firm.read(FILE)


def test_at_a_terminal_enter_leaves_the_firm_as_it_is(firm: Book) -> None:
    shown = run_on_terminal(firm, ["setzen", "cem", "status", "former"], typed=[""], language="de")
    assert "Ladenbau Prüßmann GmbH & Co. KG" in shown
    assert firm.read(FILE) == FIRM
    run_on_terminal(firm, ["setzen", "cem", "status", "former"], typed=["j"], language="de")
    assert "status: former\n" in firm.read(FILE)


def test_two_people_called_pohl_do_not_change_the_switchboard(firm: Book) -> None:
    said = unchanged(firm, "pohl", "phone", "05522 9134-11")
    assert "Frau Pohl" in said
    assert "Jens Pohl" in said


def test_at_a_terminal_it_is_asked_which_of_the_two(firm: Book) -> None:
    run_on_terminal(firm, ["set", "pohl", "phone", "05522 9134-11"], typed=["2"])
    assert "  - name: Jens Pohl\n    phone: 05522 9134-11\n" in firm.read(FILE)
    assert "phone: 05121 66020-0\n" in firm.read(FILE)


def test_a_bare_person_is_added_and_nobody_goes(firm: Book) -> None:
    went, came = changed(firm, "prüßmann", "ansprechpartner", "Frau", "Reh")
    assert (went, came) == ([], ["  - name: Frau Reh"])
    answer = firm("set", "prüßmann", "ansprechpartner", "Frau", "Kunz")
    assert "Frau Kunz" in answer.err


def test_role_and_number_behind_a_name_are_kept_as_such(firm: Book) -> None:
    words = "Frau Vogt, Sekretariat, 05522 9134-11"
    went, came = changed(firm, "prüßmann", "contacts", "--add", words)
    assert went == []
    assert came == ["  - name: Frau Vogt", "    role: Sekretariat", "    phone: 05522 9134-11"]


@pytest.mark.parametrize("how", [[], ["--add"]])
def test_the_same_person_twice_is_said_and_one(firm: Book, how: list[str]) -> None:
    said = unchanged(firm, "prüßmann", "contacts", *how, "Frau Pohl, Sekretariat, 05522 9134-11")
    assert "Frau Pohl is there already" in said


@pytest.mark.parametrize(
    ("field", "first", "second"),
    [
        ("deals", "Theke", "Regal"),
        ("products", "Theke", "Regal"),
        ("relations", "petersen", "strandhotel"),
        ("consent", "mail", "phone"),
    ],
)
def test_a_bare_word_is_added_to_a_list_of_things_with_facts_of_their_own(
    firm: Book, field: str, first: str, second: str
) -> None:
    assert firm("set", "prüßmann", field, first).code == 0
    went, came = changed(firm, "prüßmann", field, second)
    assert (went, len(came)) == ([], 1)
    assert "already" in unchanged(firm, "prüßmann", field, second)


def test_a_bare_word_still_replaces_a_plain_list(firm: Book) -> None:
    firm("set", "prüßmann", "tags", "laden", "holz")
    assert firm("set", "prüßmann", "tags", "messe").code == 0
    assert firm("--json", "show", "ladenbau-pruessmann").json["tags"] == ["messe"]


def test_a_person_named_with_a_bare_word_gets_that_name_and_keeps_the_rest(firm: Book) -> None:
    went, came = changed(firm, "prüßmann", "contacts.cem", "Cem Yildirim")
    assert (went, came) == (["  - name: Cem Yıldırım"], ["  - name: Cem Yildirim"])


@pytest.mark.parametrize("word", ["mobil", "handy", "mobile", "Mobil"])
def test_a_mobile_number_replaces_the_mobile_and_not_the_landline(firm: Book, word: str) -> None:
    went, came = changed(firm, "cem", word, "0171 1")
    assert (went, came) == (["      - 0171 9988776"], ["      - 0171 1"])


def test_a_first_mobile_number_comes_beside_the_landline(firm: Book) -> None:
    assert firm("set", "hanne", "mobil", "0171 5550001").code == 0
    people = firm("--json", "show", "ladenbau-pruessmann").json["contacts"]
    assert people[1]["phone"] == ["05121 66020-30", "0171 5550001"]
    assert firm("set", "jens", "mobil", "0171 5550002").code == 0
    assert firm("--json", "show", "jens").json["contacts"][3]["phone"] == "0171 5550002"


def test_a_number_that_goes_is_named(firm: Book) -> None:
    assert "0171 9988776" in firm("set", "cem", "handy", "0171 5550001").err


@pytest.mark.parametrize(
    ("before", "asked", "after"),
    [
        ("telefon: 05121 1\nmobil: 0171 1\n", "telefon", "telefon: 05121 2\nmobil: 0171 1\n"),
        ("telefon: 05121 1\nmobil: 0171 1\n", "mobil", "telefon: 05121 1\nmobil: 05121 2\n"),
        ("telefon: 05121 1\nmobil: 0171 1\n", "phone", "telefon: 05121 2\nmobil: 0171 1\n"),
        (
            "phone:\n  büro: 05121 1\n  handy: 0171 1\n",
            "phone",
            "phone:\n  büro: 05121 2\n  handy: 0171 1\n",
        ),
        (
            "phone:\n  büro: 05121 1\n  handy: 0171 1\n",
            "handy",
            "phone:\n  büro: 05121 1\n  handy: 05121 2\n",
        ),
    ],
)
def test_numbers_under_keys_of_their_own_stay_where_they_are(
    firm: Book, before: str, asked: str, after: str
) -> None:
    firm.write(FILE, FIRM.replace("phone: 05121 66020-0\n", before), "mehrere")
    assert firm("set", "ladenbau-pruessmann", asked, "05121 2").code == 0
    assert after in firm.read(FILE)


@pytest.mark.parametrize(
    ("text", "mobile"),
    [
        ("0171 5550001", True),
        ("+49 151 23456789", True),
        ("05121 66020-30", False),
        ("0800 1234567", False),
        ("0180 5123", False),
        ("+43 664 1234567", True),
        ("+43 1 58858", False),
        ("+41 79 123 45 67", True),
        ("+33 6 12 34 56 78", True),
        ("+33 1 42 68 53 00", False),
        ("kein Telefon", False),
    ],
)
def test_a_mobile_number_is_known_by_its_beginning(text: str, mobile: bool) -> None:
    assert is_mobile(text) is mobile


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Frau Reh", {"name": "Frau Reh"}),
        ("Reh, Ilona", {"name": "Reh, Ilona"}),
        ("Ilona Reh, Einkauf", {"name": "Ilona Reh", "role": "Einkauf"}),
        ("Frau Pohl 05522 9134-11", {"name": "Frau Pohl", "phone": "05522 9134-11"}),
        ("Frau Pohl +49 5522 913411", {"name": "Frau Pohl", "phone": "+49 5522 913411"}),
        ("Pohl, p@ahrens.example", {"name": "Pohl", "email": "p@ahrens.example"}),
        ("Ilse Pohl p@a.example", {"name": "Ilse Pohl", "email": "p@a.example"}),
        (
            "Ilse Pohl, 05522 91341, 0171 5550001",
            {"name": "Ilse Pohl", "phone": ["05522 91341", "0171 5550001"]},
        ),
        ("Schicht 2", {"name": "Schicht 2"}),
        ("05522 91341", {"name": "05522 91341"}),
    ],
)
def test_only_what_is_obvious_is_split_off_a_name(text: str, told: dict[str, str]) -> None:
    assert person_typed(text) == told


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("frau pohl", "Frau Pohl"),
        ("Pohl", "Frau Pohl"),
        ("Herr Pohl", ""),
        ("Herr Cem Yildirim", "Cem Yıldırım"),
        ("Cem", ""),
    ],
)
def test_who_is_there_is_known_with_and_without_title(name: str, there: str) -> None:
    assert stands_there(name, ["Frau Pohl", "Cem Yıldırım"]) == there


@pytest.mark.parametrize(
    ("address", "typed", "after", "kept"),
    [
        (
            "address: Ahornweg 1, 37154 Northeim\n",
            "Industriestraße 17",
            "address: Industriestraße 17, 37154 Northeim\n",
            "37154 Northeim",
        ),
        (
            'address:\n  street: Weg 1\n  zip: "37154"\n  city: Northeim\n  country: DE\n',
            "Industriestraße 17",
            'address:\n  street: Industriestraße 17\n  zip: "37154"\n  city: Northeim\n',
            "37154 Northeim, DE",
        ),
        (
            'address:\n  street: Weg 1\n  zip: "37154"\n  city: Northeim\n  country: DE\n',
            "Industriestraße 17, 01067 Dresden",
            "address:\n  street: Industriestraße 17\n"
            '  zip: "01067"\n  city: Dresden\n  country: DE\n',
            "DE",
        ),
        (
            "street: Weg 1\nzip: 37154\ncity: Northeim\n",
            "Industriestraße 17",
            "street: Industriestraße 17\nzip: 37154\ncity: Northeim\n",
            "37154 Northeim",
        ),
        (
            "address: Ahornweg 1, 37154 Northeim\n",
            "37115 Duderstadt",
            "address: Ahornweg 1, 37115 Duderstadt\n",
            "Ahornweg 1",
        ),
        (
            "address: Ahornweg 1, 37154 Northeim\n",
            "Am Markt 2, 37115 Duderstadt",
            "address: Am Markt 2, 37115 Duderstadt\n",
            "",
        ),
        ("address: Ahornweg 1\n", "Am Markt 2", "address: Am Markt 2\n", ""),
        ("", "Northeim", "address: Northeim\n", ""),
    ],
)
def test_what_an_address_does_not_say_stays_and_is_named(
    firm: Book, address: str, typed: str, after: str, kept: str
) -> None:
    text = FIRM.replace("address: Ahornweg 1, 37154 Northeim\n", f"{address}source: Messe\n")
    firm.write(FILE, text, "anders")
    answer = firm("set", "ladenbau-pruessmann", "address", *typed.split())
    assert answer.code == 0, answer.err
    assert after in firm.read(FILE)
    assert ("Stays as it was" in answer.err) is bool(kept)
    assert kept in answer.err


def test_a_word_that_may_be_street_or_town_is_asked_back(firm: Book) -> None:
    said = unchanged(firm, "prüßmann", "adresse", "Emden", language="de")
    assert "crm setzen ladenbau-pruessmann straße Emden" in said


@pytest.mark.parametrize(("field", "value"), [("plz", "37339"), ("ort", "Duderstadt")])
def test_a_street_alone_can_get_postcode_and_town(firm: Book, field: str, value: str) -> None:
    line = "address: Ahornweg 1, 37154 Northeim\n"
    firm.write(FILE, FIRM.replace(line, "address: Industriestraße 17\n"), "nur Straße")
    assert firm("set", "ladenbau-pruessmann", field, value).code == 0
    address = firm("--json", "show", "ladenbau-pruessmann").json["address"]
    assert address["street"] == "Industriestraße 17"
    assert value in address.values()


def test_enter_alone_chooses_nobody_where_something_is_written(firm: Book) -> None:
    other = "customers/petersen-bau.md"
    firm.write(other, "---\nname: Petersen Bau\n---\n", "neu")
    words = ["setzen", "peters", "ziel", "mehr"]
    shown = run_on_terminal(firm, words, typed=["", "2"], language="de")
    assert "Modehaus Petersen GmbH & Co. KG, Borkum, letzter Kontakt Do 12.11.2026" in shown
    assert shown.count("Nummer") == 2
    assert "mehr" in firm.read(other)


def test_a_status_is_told_as_it_is_called(firm: Book) -> None:
    said = firm("setzen", "ladenbau-pruessmann", "status", "ehemaliger kunde", language="de").err
    assert "Status Kunde → ehemalig" in said
