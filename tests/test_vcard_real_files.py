"""The address books of real clients are read whole: every name, number and umlaut in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_md.exchange.card import Card, CardAddress, Cards
from crm_md.exchange.vcard import read_cards

DATA = Path(__file__).with_name("data") / "vcards"


def cards_of(name: str) -> Cards:
    return read_cards((DATA / name).read_bytes())


def only_card(name: str) -> Card:
    (card,) = cards_of(name).cards
    return card


def numbers(card: Card) -> list[tuple[str, tuple[str, ...]]]:
    return [(phone.number, phone.types) for phone in card.phones]


def mails(card: Card) -> list[str]:
    return [mail.address for mail in card.emails]


def test_android_writes_six_cards_and_spanish_letters_in_quoted_printable() -> None:
    cards = cards_of("John_Doe_ANDROID.vcf").cards
    assert [card.name for card in cards] == [
        "",
        "",
        "Ñ Ñ Ñ Ñ Ñ",
        "Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ",  # across a soft line break
        "Ñ Ñ Ñ Ñ",
        "ÑÑÑÑ",
    ]
    assert [mails(card) for card in cards] == [
        ["john.doe@company.com"],
        ["jane.doe@company.com"],
        [],
        [],
        ["bob@company.com"],
        ["henry@company.com"],
    ]
    assert numbers(cards[3]) == [
        ("123456", ("cell",)),
        ("234567", ("home",)),
        ("3456789", ("cell",)),
        ("45678901", ("home",)),
    ]
    assert numbers(cards[4]) == [("123456", ("cell", "work")), ("123456", ("work", "fax"))]
    assert cards[3].notes == ("Ñ Ñ Ñ Ñ Ñ Ñ Ñ ÑÑ Ñ Ñ Ñ Ñ Ñ Ñ ÑÑ Ñ Ñ Ñ Ñ",)
    assert cards[4].org == "Ñ" * 12
    assert cards[4].extra == (("email", "Ñ" * 14),)  # no address, but somebody typed it
    assert cards[5].org == "Ñ" * 44  # its soft break ends in an empty line
    assert cards[5].extra == (("company", "Ñ" * 44 + "\ufffd"),)


def test_the_cut_letter_and_the_picture_of_the_android_file_are_told() -> None:
    told = [(found.check, found.line) for found in cards_of("John_Doe_ANDROID.vcf").findings]
    assert told == [("vcard-picture", 52), ("vcard-letters", 82)]


def test_gmail_writes_labels_escapes_and_an_unescaped_comma_in_the_name() -> None:
    card = only_card("John_Doe_GMAIL.vcf")
    assert card.name == "Mr. John Richter, James Doe Sr."
    assert (card.family, card.given, card.additional) == ("Doe", "John", "Richter, James")
    assert (card.prefix, card.suffix) == ("Mr.", "Sr.")
    assert (card.org, card.title) == ("IBM", "Money Counter")
    assert numbers(card) == [("905-555-1234", ("cell",)), ("905-666-1234", ("home",))]
    assert mails(card) == ["john.doe@ibm.com"]
    assert (card.birthday, card.anniversary) == ("1980-03-22", "1975-03-01")
    assert [url.url for url in card.urls] == ["http://www.ibm.com"]
    assert card.addresses[0].street == (
        "Crescent moon drive, 555-asd, Nice Area, Albaney, New York 12345, United States of America"
    )
    assert ("spouse", "Jenny") in card.extra
    assert ("Phonetic first name", "Jon") in card.extra
    assert card.notes[0].startswith("THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTR")
    assert '"AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT' in card.notes[0]
    assert card.notes[0].endswith("SUCH DAMAGE.\nFavotire Color: Blue")


def test_an_iphone_writes_two_carriage_returns_and_its_own_labels() -> None:
    card = only_card("John_Doe_IPHONE.vcf")
    assert card.name == "Mr. John Richter James Doe Sr."
    assert (card.org, card.units, card.nicknames) == ("IBM", ("Accounting",), ("Johny",))
    assert numbers(card) == [
        ("905-555-1234", ("cell",)),
        ("905-666-1234", ("home",)),
        ("905-777-1234", ("work",)),
        ("905-888-1234", ("home", "fax")),
        ("905-999-1234", ("work", "fax")),
        ("905-111-1234", ("pager",)),
        ("905-222-1234", ("assistant",)),
    ]
    assert card.addresses == (
        CardAddress(
            "Silicon Alley 5",
            zip="12345",
            city="New York",
            region="New York",
            country="United States of America",
            types=("home",),
        ),
        CardAddress(
            "Street4, Building 6, Floor 8",
            zip="12345",
            city="New York",
            country="USA",
            types=("work",),
        ),
    )
    assert [url.url for url in card.urls] == ["http://www.ibm.com"]
    assert card.birthday == "2012-06-06"
    assert card.extra == ()


def test_lotus_notes_writes_a_profile_two_mails_and_a_long_note() -> None:
    card = only_card("John_Doe_LOTUS_NOTES.vcf")
    assert card.name == "Mr. Doe John I Johny"
    assert card.nicknames == ("Johny,JayJay",)
    assert (card.org, card.units) == ("IBM", ("SUN",))
    assert (card.title, card.role) == ("Generic Accountant", "Counting Money")
    assert mails(card) == ["john.doe@ibm.com", "billy_bob@gmail.com"]
    assert numbers(card) == [
        ("+1 (212) 204-34456", ("cell",)),
        ("00-1-212-555-7777", ("work", "fax")),
    ]
    assert card.addresses[0].street == "25334, South cresent drive, Building 5, 3rd floo r"
    assert card.addresses[0].zip == "NYC887"
    assert card.birthday == "1980-05-21"
    assert card.uid == "0e7602cc-443e-4b82-b4b1-90f62f99a199"
    assert card.notes[0].count("\n") == 10
    assert card.notes[0].endswith("POSSIBILITY OF SUCH DAMAGE.")
    assert dict(card.extra)["time zone"] == "1:00"
    assert dict(card.extra)["Long string"].startswith("12345678901234567890")


def test_outlook_writes_commas_without_escapes_and_nothing_behind_them_is_lost() -> None:
    card = only_card("John_Doe_MS_OUTLOOK.vcf")
    assert numbers(card) == [("(905) 555-1234", ("work",)), ("(905) 666-1234", ("home",))]
    assert card.additional == "Richter James"
    assert mails(card) == ["john.doe@ibm.cm"]
    assert [(each.street, each.city, each.types) for each in card.addresses] == [
        ("Cresent moon drive", "Albaney", ("work",)),
        ("Silicon Alley 5", "New York", ("home",)),
    ]
    assert (card.birthday, card.anniversary) == ("1980-03-22", "2011-01-13")
    assert "IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO" in card.notes[0]
    assert card.notes[0].endswith("ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.")
    assert card.extra == (
        ("chat", "johny5@aol.com"),
        ("manager", "Big Blue"),
        ("assistant", "Jenny"),
    )


def test_outlook_2007_writes_notes_in_quoted_printable_and_a_key() -> None:
    card = only_card("outlook-2007.vcf")
    assert card.name == "Mr. Michael Angstadt Jr."
    assert (card.org, card.units) == ("TheCompany", ("TheDepartment",))
    assert (card.title, card.role) == ("TheJobTitle", "TheProfession")
    assert numbers(card) == [
        ("(111) 555-1111", ("work",)),
        ("(111) 555-2222", ("home",)),
        ("(111) 555-4444", ("cell", "callback")),
        ("(111) 555-3333", ("work", "fax")),
    ]
    assert mails(card) == ["mike.angstadt@gmail.com"]
    assert card.addresses[0].street == "222 Broadway, TheOffice"
    assert card.notes[0].split("\n") == [
        "This is the NOTE field",
        "I assume it encodes this text inside a NOTE vCard type.",
        "But I'm not sure because there's text formatting going on here.",
        "It does not preserve the formatting",
    ]
    assert (card.birthday, card.anniversary) == ("1922-03-10", "2012-08-01")
    assert dict(card.extra)["spouse"] == "TheSpouse"
    (found,) = cards_of("outlook-2007.vcf").findings
    assert found.text == "2 pictures, sounds or keys are not imported."


def test_a_gmail_list_is_three_people() -> None:
    cards = cards_of("gmail-list.vcf")
    assert [(card.name, mails(card)) for card in cards.cards] == [
        ("Arnold Smith", ["asmithk@gmail.com"]),
        ("Chris Beatle", ["chrisy55d@yahoo.com"]),
        ("Doug White", ["dwhite@gmail.com"]),
    ]
    assert cards.findings == ()


def test_the_example_of_the_standard_has_telephone_addresses_and_a_day_without_a_year() -> None:
    card = only_card("rfc6350-example.vcf")
    assert (card.name, card.suffix) == ("Simon Perreault", "ing. jr, M.Sc.")
    assert numbers(card) == [
        ("+1-418-656-9254 ext. 102", ("work",)),
        ("+1-418-262-6501", ("work", "cell")),
    ]
    assert (card.birthday, card.anniversary) == ("02-03", "2009-08-08")
    assert card.org == "Viagenie"
    assert card.addresses == (
        CardAddress(
            "2875 Laurier, Suite D2-630",
            zip="G1V 2M2",
            city="Quebec",
            region="QC",
            country="Canada",
            types=("work",),
        ),
    )
    assert card.language == "fr"
    assert ("time zone", "-0500") in card.extra


def test_vobjects_own_cards_have_groups_small_letters_and_a_day_of_the_year() -> None:
    berger, knudson = only_card("vobject-groups.vcf"), only_card("vobject-simple.vcf")
    assert (berger.name, berger.title) == ("Meister Berger", "Mayor")
    assert berger.extra == (
        ("O", "Universit=E6t G=F6rlitz"),
        ("job", "Burgermeister"),
        ("address", "Hufenshlagel 1234, 02828 Goerlitz, Deutschland"),
    )
    assert numbers(berger) == [("+49 3581 123456", ("fax",))]
    assert knudson.units == ("Department of Octopus Parthenogenesis",)
    assert knudson.birthday == "02-10"
    assert knudson.addresses[0].street == "Haight Street 512;, Escape, Test"


@pytest.mark.parametrize("path", sorted(DATA.glob("*.vcf")), ids=lambda path: path.stem)
def test_any_line_ends_and_any_folding_of_a_real_file_give_the_same_cards(path: Path) -> None:
    lines = path.read_bytes().replace(b"\r", b"").split(b"\n")
    expected = read_cards(path.read_bytes()).cards
    for line_end in (b"\n", b"\r\n", b"\r", b"\r\r\n"):
        assert read_cards(line_end.join(lines)).cards == expected
    assert read_cards(b"\xef\xbb\xbf" + path.read_bytes()).cards == expected
    if path.read_bytes().isascii():
        for charset in ("utf-16", "utf-16-le", "utf-16-be"):
            assert read_cards(path.read_bytes().decode().encode(charset)).cards == expected
