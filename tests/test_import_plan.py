"""An address book becomes a plan: firms with their people, what is lacking, what stays apart."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crm_md.config import default_config
from crm_md.exchange.card import Card
from crm_md.exchange.plan import ImportPlan, NewCustomer, plan_import
from crm_md.exchange.vcard import read_cards
from crm_md.model import Address, Contact, Customer, Section

TODAY = date(2026, 11, 21)
DATA = Path(__file__).with_name("data") / "vcards"


def cards(*texts: str) -> tuple[Card, ...]:
    """Return cards, each given as its lines with ``|`` between."""
    whole = "".join(f"BEGIN:VCARD\n{text}\nEND:VCARD\n".replace("|", "\n") for text in texts)
    return read_cards(whole.encode()).cards


def plan(*texts: str, known: tuple[Customer, ...] = (), language: str = "de") -> ImportPlan:
    return plan_import(cards(*texts), known, default_config(language), TODAY)


def only_new(made: ImportPlan) -> dict[str, Any]:
    (new,) = made.new
    return dict(new.fields)


def names(made: ImportPlan) -> list[str]:
    return [str(new.fields["name"]) for new in made.new]


def people(new: NewCustomer) -> list[str]:
    contacts: Any = new.fields.get("contacts", [])
    return [contact["name"] for contact in contacts]


def told(made: ImportPlan) -> list[tuple[str, str]]:
    return [(remark.text, remark.why) for remark in made.remarks]


HEIKE = Contact("Heike Petersen", "Inhaberin", phones=("04922 9300-12",), emails=("h@p.example",))
PETERSEN = Customer(
    "petersen",
    "customers/petersen.md",
    "Modehaus Petersen GmbH & Co. KG",
    aliases=("Petersen Borkum",),
    tags=("mode",),
    phones=("04922 9300-0",),
    address=Address("Strandstraße 7", "26757", "Borkum"),
    contacts=(HEIKE, Contact("Kai Petersen")),
    sections=(Section("Modehaus Petersen", "intro", 1, "Mode auf der Insel.", 3),),
)


# New customers


def test_people_of_one_firm_become_one_customer_with_contacts() -> None:
    made = plan("FN:Jörg Müller|ORG:Müller GmbH|TEL:030 1234", "FN:Ute Krug|ORG:Müller GmbH")
    (new,) = made.new
    assert (new.slug, new.fields["name"]) == ("mueller-gmbh", "Müller GmbH")
    assert new.fields["contacts"] == [
        {"name": "Jörg Müller", "phone": "030 1234"},
        {"name": "Ute Krug"},
    ]
    assert new.text == "New customer Müller GmbH with Jörg Müller, Ute Krug"


@pytest.mark.parametrize("other", ["Mueller GmbH", "MÜLLER GMBH", "Müller G.m.b.H.", "Müller"])
def test_one_firm_in_two_spellings_is_one_customer_in_the_better_spelling(other: str) -> None:
    made = plan(f"FN:Ute Krug|ORG:{other}", "FN:Jörg Müller|ORG:Müller GmbH")
    assert [people(new) for new in made.new] == [["Ute Krug", "Jörg Müller"]]
    assert str(made.new[0].fields["name"]).startswith("Müller G")


def test_another_legal_form_is_another_firm() -> None:
    made = plan("FN:Ute Krug|ORG:Müller GmbH", "FN:Jörg Müller|ORG:Müller AG")
    assert names(made) == ["Müller GmbH", "Müller AG"]


def test_a_firm_without_legal_form_is_neither_of_two_with_one() -> None:
    made = plan("FN:A B|ORG:Müller", "FN:C D|ORG:Müller GmbH", "FN:E F|ORG:Müller AG")
    assert [(new.fields["name"], people(new)) for new in made.new] == [
        ("Müller", ["A B"]),
        ("Müller GmbH", ["C D"]),
        ("Müller AG", ["E F"]),
    ]


def test_two_legal_forms_are_two_firms_even_where_one_is_the_name_of_a_person() -> None:
    known = Customer("mueller", "customers/mueller.md", "Müller")
    texts = ("FN:Ute Krug|ORG:Müller AG", "FN:Müller GmbH|N:Krüger;Anna")
    once = plan(*texts, known=(known,))
    assert names(once) == ["Müller AG", "Müller GmbH"]


def test_the_firms_own_card_gives_its_number_address_and_page() -> None:
    fields = only_new(
        plan(
            "FN:Ute Krug|ORG:Müller GmbH|TEL:030 1234-5",
            "N:;;;;|FN:Müller GmbH|ORG:Müller GmbH|TEL:030 1234-0|EMAIL:info@mueller.example"
            "|ADR;TYPE=work:;;Markt 1;Dresden;;01067;Deutschland|URL:https://mueller.example",
        )
    )
    assert fields == {
        "name": "Müller GmbH",
        "phone": "030 1234-0",
        "email": "info@mueller.example",
        "website": "https://mueller.example",
        "address": {
            "street": "Markt 1",
            "zip": "01067",
            "city": "Dresden",
            "country": "Deutschland",
        },
        "source": "vCard 2026-11-21",
        "contacts": [{"name": "Ute Krug", "phone": "030 1234-5"}],
    }


def test_the_office_of_a_person_is_the_address_of_a_firm_that_has_none() -> None:
    made = plan(
        "FN:Ute Krug|ORG:Müller|ADR;TYPE=work:;;Markt 1;Dresden;;01067;|URL:mueller.example"
    )
    assert only_new(made)["address"] == {"street": "Markt 1", "zip": "01067", "city": "Dresden"}
    assert only_new(made)["website"] == "mueller.example"
    assert made.new[0].note == ""


def test_the_home_of_a_person_is_no_address_of_the_firm() -> None:
    made = plan("FN:Ute Krug|ORG:Müller|ADR;TYPE=home:;;Hof 2;Pirna;;01796;")
    assert "address" not in only_new(made)
    assert made.new[0].note == "- Ute Krug, Anschrift: Hof 2, 01796 Pirna (privat)"


def test_who_has_no_firm_is_a_customer_himself() -> None:
    made = plan(
        "FN:Frau Dr. Anna Krüger|N:Krüger;Anna;;Frau Dr.;|TEL;TYPE=cell:0171 5550123"
        "|BDAY:--0312|ADR;TYPE=home:;;Hof 2;Pirna;;01796;|CATEGORIES:Messe|LANG:de"
    )
    assert only_new(made) == {
        "name": "Dr. Anna Krüger",
        "tags": ["Messe"],
        "language": "de",
        "phone": "0171 5550123",
        "address_as": "Frau Dr. Krüger",
        "birthday": "03-12",
        "address": {"street": "Hof 2", "zip": "01796", "city": "Pirna"},
        "source": "vCard 2026-11-21",
    }


@pytest.mark.parametrize("org", ["privat", "-", "selbstständig"])
def test_privat_is_no_firm(org: str) -> None:
    assert names(plan(f"FN:Anna Krüger|ORG:{org}", f"FN:Ben Okafor|ORG:{org}")) == [
        "Anna Krüger",
        "Ben Okafor",
    ]


def test_what_stands_for_the_firm_is_kept_if_it_says_something() -> None:
    assert plan("FN:Anna Krüger|ORG:selbstständig").new[0].note == "- Firma: selbstständig"
    assert plan("FN:Anna Krüger|ORG:privat").new[0].note == ""


def test_a_firm_in_the_field_for_names_is_a_firm() -> None:
    made = plan("FN:Ute Krug|ORG:Müller GmbH", "FN:Müller GmbH|TEL:030 1234-0")
    assert only_new(made)["phone"] == "030 1234-0"
    assert people(made.new[0]) == ["Ute Krug"]


def test_the_card_of_a_branch_belongs_to_the_firm_and_keeps_its_name() -> None:
    made = plan("FN:Ute Krug|ORG:Müller", "KIND:org|FN:Müller Filiale Pirna|ORG:Müller|TEL:03501 1")
    assert only_new(made)["phone"] == "03501 1"
    assert made.new[0].note == "- Auch genannt: Müller Filiale Pirna"


def test_a_telephone_puts_the_name_of_a_firm_into_any_field_for_names() -> None:
    for parts in ("Müller GmbH;;;;", ";Müller GmbH;;;"):
        made = plan("FN:Ute Krug|ORG:Müller GmbH", f"N:{parts}|FN:Müller GmbH|TEL:030 1234")
        assert people(made.new[0]) == ["Ute Krug"]


def test_a_card_that_apple_marks_as_a_firm_keeps_its_person() -> None:
    made = plan("N:Krug;Ute;;;|FN:Müller GmbH|ORG:Müller GmbH|X-ABShowAs:COMPANY|TEL:030 1234")
    assert only_new(made)["phone"] == "030 1234"
    assert people(made.new[0]) == ["Ute Krug"]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("FN:Krüger, Anna|N:Krüger;Anna", "Anna Krüger"),
        ("FN:Krüger, Anna", "Anna Krüger"),
        ("N:Krüger;Anna;;Prof. Dr.;", "Prof. Dr. Anna Krüger"),
        ("FN:Herr Jörg Müller", "Jörg Müller"),
        ("FN:anna@krueger.example|N:Krüger;Anna", "Anna Krüger"),
        ("FN:John Richter\\, James Doe|N:Doe;John", "John Richter James Doe"),
        ("NICKNAME:Anni", "Anni"),
        ("EMAIL:anna@krueger.example", "anna@krueger.example"),
        ("TEL:0171 5550123", "0171 5550123"),
        ("FN:黄世勇|N:黄;世勇", "黄世勇"),
    ],
)
def test_people_are_called_as_one_says_their_name(lines: str, name: str) -> None:
    assert names(plan(lines)) == [name]


def test_a_salutation_becomes_how_to_address_them() -> None:
    fields = only_new(plan("N:Krüger;Anna;;Frau Dr.;|ORG:Müller|TITLE:Chefin|ROLE:Einkauf"))
    assert fields["contacts"] == [
        {
            "name": "Dr. Anna Krüger",
            "role": "Chefin, Einkauf",
            "address_as": "Frau Dr. Krüger",
        }
    ]


def test_departments_belong_to_the_role() -> None:
    fields = only_new(plan("FN:Ute Krug|ORG:Müller;Einkauf;Stoffe|TITLE:Leiterin"))
    assert fields["contacts"][0]["role"] == "Leiterin, Einkauf, Stoffe"


def test_numbers_at_home_come_last_and_say_so_and_a_fax_stands_apart() -> None:
    fields = only_new(
        plan(
            "FN:Ute Krug|ORG:Müller|TEL;TYPE=home:030 11|TEL;TYPE=work:030 22|TEL;TYPE=fax:030 33"
            "|item1.TEL:030 44|item1.X-ABLabel:Ferienhaus"
        )
    )
    assert fields["contacts"][0]["phone"] == ["030 22", "030 44 (Ferienhaus)", "030 11 (privat)"]
    assert fields["contacts"][0]["fax"] == "030 33"


def test_what_no_field_holds_is_written_as_text_in_the_language_of_the_store() -> None:
    lines = "FN:Ute Krug|ORG:Müller|X-MS-SPOUSE:Jens|ANNIVERSARY:20010504|NOTE:segelt\\nviel"
    assert plan(lines).new[0].note == (
        "- Ute Krug, Jahrestag: 2001-05-04\n- Ute Krug, Ehepartner: Jens\n\nUte Krug: segelt\nviel"
    )
    assert plan(lines, language="en").new[0].note == (
        "- Ute Krug, Anniversary: 2001-05-04\n- Ute Krug, Spouse: Jens\n\nUte Krug: segelt\nviel"
    )


def test_the_same_person_twice_is_one_contact_with_all_numbers() -> None:
    made = plan("FN:Ute Krug|ORG:A|TEL:030 1234", "FN:Krug, Ute|N:Krug;Ute|ORG:A|TEL:0171 5550123")
    assert only_new(made)["contacts"] == [
        {"name": "Ute Krug", "phone": ["030 1234", "0171 5550123"]}
    ]


def test_a_second_title_of_the_same_person_is_kept_as_text() -> None:
    made = plan("FN:Ute Krug|ORG:A|TITLE:Einkauf", "FN:Ute Krug|ORG:A|TITLE:Prokuristin")
    assert only_new(made)["contacts"][0]["role"] == "Einkauf"
    assert made.new[0].note == "- Ute Krug, Tätigkeit: Prokuristin"


def test_lists_of_an_address_book_become_tags_of_their_members() -> None:
    made = plan(
        "FN:Ute Krug|UID:1|ORG:A",
        "FN:Ben Okafor|UID:2",
        "KIND:group|FN:Weihnachten|MEMBER:urn:uuid:1|MEMBER:urn:uuid:2",
    )
    assert [new.fields["tags"] for new in made.new] == [["Weihnachten"], ["Weihnachten"]]
    assert told(made) == [
        (
            "The list “Weihnachten” becomes a tag of 2 customers.",
            "A list of an address book is no customer.",
        )
    ]


def test_slugs_go_on_where_the_store_has_the_name() -> None:
    known = Customer("mueller", "customers/mueller.md", "Müller Bau AG")
    assert plan("FN:Müller|ORG:Müller", known=(known,)).new[0].slug == "mueller-2"


# Existing customers


def test_a_new_person_is_added_to_the_firm_that_is_there() -> None:
    made = plan("FN:Ute Krug|ORG:Modehaus Petersen|TEL:04922 9300-15", known=(PETERSEN,))
    (addition,) = made.additions
    assert (addition.slug, addition.path) == ("petersen", "customers/petersen.md")
    assert addition.contacts == ({"name": "Ute Krug", "phone": "04922 9300-15"},)
    assert addition.texts == ("Modehaus Petersen GmbH & Co. KG: new contact Ute Krug",)
    assert (made.new, addition.edits, addition.note) == ((), (), "")


def test_an_alias_names_the_firm_too() -> None:
    made = plan("FN:Ute Krug|ORG:Petersen Borkum", known=(PETERSEN,))
    assert [addition.slug for addition in made.additions] == ["petersen"]


def test_only_what_is_lacking_is_added_to_a_person() -> None:
    made = plan(
        "FN:Heike Petersen|ORG:Modehaus Petersen GmbH & Co. KG|TEL:+49 4922 930012"
        "|TEL;TYPE=cell:0171 5550123|EMAIL:H@P.example|BDAY:1966-03-12|X-MS-SPOUSE:Jens",
        known=(PETERSEN,),
    )
    (addition,) = made.additions
    assert made.unchanged == ()
    assert [(e.target, e.key, e.value, e.how) for e in addition.edits] == [
        (("contacts", 0), "phone", "0171 5550123", "add"),
        (("contacts", 0), "birthday", "1966-03-12", "set"),
    ]
    assert addition.note == "- Heike Petersen, Ehepartner: Jens"
    assert addition.texts == (
        "Modehaus Petersen GmbH & Co. KG, Heike Petersen: phone 0171 5550123",
        "Modehaus Petersen GmbH & Co. KG, Heike Petersen: birthday 1966-03-12",
        "Modehaus Petersen GmbH & Co. KG: note “Heike Petersen, Ehepartner: Jens”",
    )


def test_what_stands_in_the_file_is_never_overwritten_and_the_difference_is_told() -> None:
    made = plan("FN:Heike Petersen|ORG:Modehaus Petersen|TITLE:Prokuristin", known=(PETERSEN,))
    assert made.empty
    assert made.unchanged == ("petersen",)
    assert told(made) == [
        (
            "Modehaus Petersen GmbH & Co. KG, Heike Petersen keeps “Inhaberin”; "
            "the card says “Prokuristin”.",
            "What stands in the file is never overwritten.",
        )
    ]


def test_a_card_that_says_more_than_the_file_is_told() -> None:
    known = Customer("a", "customers/a.md", "A B", birthday="03-12", address=Address(city="Pirna"))
    made = plan("FN:A B|BDAY:19660312|ADR:;;Hof 2;Pirna;;01796;", known=(known,))
    assert [text for text, _why in told(made)] == [
        "A B keeps “Pirna”; the card says “Hof 2, 01796, Pirna”.",
        "A B keeps “03-12”; the card says “1966-03-12”.",
    ]


def test_a_branch_elsewhere_stays_with_the_person_who_works_there() -> None:
    made = plan(
        "FN:Kai Petersen|ORG:Modehaus Petersen|ADR;TYPE=work:;;Hafen 3;Emden;;26721;",
        known=(PETERSEN,),
    )
    (addition,) = made.additions
    assert addition.edits == ()
    assert addition.note == "- Kai Petersen, Anschrift: Hafen 3, 26721 Emden (geschäftlich)"


def test_a_line_that_stands_in_the_file_is_not_written_again_however_it_is_marked_up() -> None:
    told_before = "* Kai Petersen, **Ehepartner**: Mia\\.\n\nsonst nichts"
    known = Customer(
        "a", "customers/a.md", "A", contacts=(Contact("Kai Petersen"),),
        sections=(Section("A", "intro", 1, told_before, 3),),
    )  # fmt: skip
    assert plan("FN:Kai Petersen|ORG:A|X-MS-SPOUSE:Mia.", known=(known,)).empty


def test_a_birthday_written_the_german_way_is_the_same() -> None:
    known = Customer("a", "customers/a.md", "A", contacts=(Contact("B C", birthday="12.3.1966"),))
    assert plan("FN:B C|ORG:A|BDAY:19660312", known=(known,)).empty


def test_a_number_with_a_remark_in_the_file_is_the_same() -> None:
    known = Customer("a", "customers/a.md", "A", phones=("Tel.: (030) 12 34 56 (Zentrale)",))
    assert plan("KIND:org|FN:A|TEL:+49 30 123456", known=(known,)).empty


def test_a_fax_that_is_known_is_not_added_again() -> None:
    known = Customer("a", "customers/a.md", "A", extra=(("Telefax", "030 / 12 34, 030 99"),))
    assert plan("KIND:org|FN:A|TEL;TYPE=fax:0301234", known=(known,)).empty


def test_a_number_in_the_country_of_the_customer_is_the_same() -> None:
    vienna = Address(city="Wien", country="Österreich")
    known = Customer("a", "customers/a.md", "A", phones=("0664 1234567",), address=vienna)
    assert plan("KIND:org|FN:A|TEL:+43 664 1234567", known=(known,)).empty


def test_a_private_card_of_a_known_colleague_completes_her() -> None:
    made = plan("FN:Heike Petersen|EMAIL:h@p.example|TEL:0171 5550123", known=(PETERSEN,))
    (addition,) = made.additions
    assert [(e.target, e.key, e.value) for e in addition.edits] == [
        (("contacts", 0), "phone", "0171 5550123")
    ]
    assert made.new == ()


def test_a_private_card_of_a_known_colleague_loses_nothing() -> None:
    card = "FN:Heike Petersen|EMAIL:h@p.example|ADR:;;Hof 2;Emden;;26721;|URL:heike.example"
    (addition,) = plan(card, known=(PETERSEN,)).additions
    assert addition.note == (
        "- Heike Petersen, Anschrift: Hof 2, 26721 Emden\n- Heike Petersen, Webseite: heike.example"
    )


def test_a_namesake_of_a_colleague_without_a_common_number_is_somebody_else() -> None:
    made = plan("FN:Heike Petersen|TEL:0171 5550123", known=(PETERSEN,))
    assert names(made) == ["Heike Petersen"]
    assert made.additions == ()


# Uncertain ones stay apart


@pytest.mark.parametrize("name", ["Sales", "Info", "Zentrale", "Anna"])
def test_a_name_that_many_have_is_never_merged_for_the_name_alone(name: str) -> None:
    made = plan(f"FN:{name}|TEL:030 11", f"FN:{name}|TEL:030 22", f"FN:{name}|TEL:030 11|NOTE:x")
    assert [new.fields["phone"] for new in made.new] == ["030 11", "030 22"]
    assert told(made) == [
        (
            f"“{name}” becomes a customer of its own.",
            "Many have this name, and no number or mail address is the same.",
        )
    ]


def test_the_same_name_with_another_number_and_town_is_somebody_else() -> None:
    made = plan(
        "FN:Peter Schmidt|TEL:030 11|ADR:;;A 1;Berlin;;10115;",
        "FN:Peter Schmidt|TEL:089 22|ADR:;;B 2;München;;80331;",
    )
    assert [new.slug for new in made.new] == ["peter-schmidt", "peter-schmidt-2"]
    assert [why for _text, why in told(made)] == ["One is in Berlin, the other in München."]


def test_the_same_name_with_a_common_number_is_one_even_in_another_town() -> None:
    made = plan(
        "FN:Peter Schmidt|TEL:030 11|ADR:;;A 1;Berlin;;10115;",
        "FN:Peter Schmidt|TEL:+49 30 11|ADR:;;B 2;München;;80331;",
    )
    assert names(made) == ["Peter Schmidt"]
    assert made.new[0].note == "- Anschrift: B 2, 80331 München"


def test_the_same_name_once_with_a_number_and_once_with_a_mail_is_one() -> None:
    made = plan("FN:Peter Schmidt|TEL:030 11", "FN:Peter Schmidt|EMAIL:peter@gmx.de")
    assert only_new(made)["email"] == "peter@gmx.de"


def test_another_birthday_is_another_person_even_at_the_same_number() -> None:
    made = plan(
        "FN:Peter Schmidt|TEL:030 11|BDAY:19400101", "FN:Peter Schmidt|TEL:030 11|BDAY:19700101"
    )
    assert len(made.new) == 2
    assert [why for _text, why in told(made)] == ["The birthdays differ."]


def test_colleagues_of_one_name_and_two_birthdays_are_two() -> None:
    made = plan("FN:Jan Ott|ORG:A|BDAY:19400101", "FN:Jan Ott|ORG:A|BDAY:19700101")
    assert people(made.new[0]) == ["Jan Ott", "Jan Ott"]
    assert told(made) == [("A: “Jan Ott” becomes a contact of its own.", "The birthdays differ.")]


def test_two_bakeries_of_one_name_in_two_towns_are_two() -> None:
    made = plan(
        "KIND:org|FN:Bäckerei Schmidt|TEL:030 11|ADR:;;A 1;Berlin;;10115;",
        "KIND:org|FN:Bäckerei Schmidt|TEL:089 22|ADR:;;B 2;München;;80331;",
        "FN:Ute Krug|ORG:Bäckerei Schmidt|ADR;TYPE=work:;;B 2;München;;80331;",
    )
    assert [people(new) for new in made.new] == [[], ["Ute Krug"]]


def test_two_towns_with_one_mail_domain_are_one_firm() -> None:
    made = plan(
        "KIND:org|FN:Schmidt|EMAIL:berlin@schmidt.example|ADR:;;A 1;Berlin;;10115;",
        "KIND:org|FN:Schmidt|EMAIL:muenchen@schmidt.example|ADR:;;B 2;München;;80331;",
    )
    assert names(made) == ["Schmidt"]


@pytest.mark.parametrize(
    ("page", "firms"), [("https://www.schmidt.example/", 1), ("https://social.example/schmidt", 2)]
)
def test_a_website_of_their_own_makes_two_towns_one_firm(page: str, firms: int) -> None:
    made = plan(
        f"KIND:org|FN:Schmidt|URL:{page}|ADR:;;A 1;Berlin;;10115;",
        f"KIND:org|FN:Schmidt|URL:{page}|ADR:;;B 2;München;;80331;",
    )
    assert len(made.new) == firms


@pytest.mark.parametrize(
    "lines",
    [
        "TEL;TYPE=company:089 22",
        "EMAIL:ute@schmidt-muenchen.example",
        "ADR;TYPE=work:;;B 2;München;;80331;",
        "URL:schmidt-muenchen.example",
    ],
)
def test_a_person_goes_to_that_of_two_firms_to_which_number_mail_or_town_points(lines: str) -> None:
    made = plan(
        "KIND:org|FN:Bäckerei Schmidt|TEL:030 11|ADR:;;A 1;Berlin;;10115;",
        "KIND:org|FN:Bäckerei Schmidt|TEL:089 22|ADR:;;B 2;München;;80331;"
        "|URL:www.schmidt-muenchen.example",
        f"FN:Ute Krug|ORG:Bäckerei Schmidt|{lines}",
    )
    assert [people(new) for new in made.new] == [[], ["Ute Krug"]]


def test_a_person_of_one_of_two_firms_of_that_name_stays_apart() -> None:
    two = tuple(Customer(f"s{n}", f"customers/s{n}.md", "Bäckerei Schmidt") for n in (1, 2))
    made = plan("FN:A B|ORG:Bäckerei Schmidt", "FN:C D|ORG:Bäckerei Schmidt", known=two)
    assert [people(new) for new in made.new] == [["A B", "C D"]]
    assert [why for _text, why in told(made)] == [
        "Several customers have this name, and nothing says which of them is meant."
    ]


def test_who_turns_up_at_another_firm_is_told() -> None:
    made = plan("FN:Heike Petersen|ORG:Neue Firma|EMAIL:h@p.example", known=(PETERSEN,))
    assert names(made) == ["Neue Firma"]
    assert told(made)[0][0] == (
        "Heike Petersen is new at Neue Firma and stays at Modehaus Petersen GmbH & Co. KG."
    )


def test_who_writes_from_the_domain_of_a_firm_is_told_but_not_put_there() -> None:
    made = plan(
        "FN:Ute Krug|ORG:Müller|EMAIL:ute@mueller.example", "FN:Ben O|EMAIL:ben@mueller.example"
    )
    assert names(made) == ["Müller", "Ben O"]
    assert told(made) == [
        ("Ben O perhaps belongs to Müller.", "The mail address ends in mueller.example.")
    ]


def test_a_domain_of_everybody_says_nothing() -> None:
    assert told(plan("FN:Ute Krug|ORG:Müller|EMAIL:ute@gmx.de", "FN:Ben O|EMAIL:ben@gmx.de")) == []


def test_a_card_that_names_nobody_is_left_out_with_its_line() -> None:
    made = plan("FN:Anna Krüger", "NOTE:nur eine Notiz")
    assert names(made) == ["Anna Krüger"]
    assert told(made) == [
        (
            "The card in line 4 was left out.",
            "It has no name, firm, mail address or phone number.",
        )
    ]


# The whole


def test_the_eight_real_files_become_one_store_and_change_nothing_when_planned_again() -> None:
    files = [path for path in sorted(DATA.glob("*.vcf")) if "vobject" not in path.name]
    assert len(files) == 8
    read = [card for path in files for card in read_cards(path.read_bytes()).cards]
    made = plan_import(read, (), default_config("de"), TODAY)
    assert [(new.fields["name"], people(new)) for new in made.new] == [
        ("Ñ" * 12, ["Ñ Ñ Ñ Ñ"]),
        ("Ñ" * 44, ["ÑÑÑÑ"]),
        (
            "IBM",
            ["John Richter James Doe Sr.", "John Richter James Doe Sr.", "Doe John I Johny"],
        ),
        ("TheCompany", ["Michael Angstadt Jr."]),
        ("Viagenie", ["Simon Perreault"]),
        ("john.doe@company.com", []),
        ("jane.doe@company.com", []),
        ("Ñ Ñ Ñ Ñ Ñ", []),
        ("Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ", []),
        ("Arnold Smith", []),
        ("Chris Beatle", []),
        ("Doug White", []),
    ]
    perreault: Any = made.new[4].fields["contacts"]
    assert perreault[0]["phone"] == ["+1-418-656-9254 ext. 102", "+1-418-262-6501"]
    assert plan_import([*read, *read], (), default_config("de"), TODAY).new == made.new


def test_five_thousand_cards_are_planned_in_seconds() -> None:
    texts = [
        f"FN:Person {n} Name{n}|ORG:Firma {n % 1500} GmbH|TEL:0351 {100000 + n}"
        f"|EMAIL:p{n}@firma{n % 1500}.example|ADR;TYPE=work:;;Weg {n};Dresden;;01067;"
        for n in range(5000)
    ]
    begun = time.process_time()
    made = plan(*texts)
    assert len(made.new) == 1500
    assert time.process_time() - begun < 20  # measured: 1.5 s
