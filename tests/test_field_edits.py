"""One fact of the head is changed by its English name, in the words and the style of the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.config import read_config
from crm_md.document import Document, node_at, plain_value, with_item, with_value, without
from crm_md.errors import WouldChangeMore
from crm_md.model import Customer

ROOT = Path(__file__).parents[1]
BOOK = sorted((ROOT / "customers").glob("*.md"))
CONFIG = read_config((ROOT / "crm.toml").read_text(encoding="utf-8"))


def doc(text: str) -> Document:
    return Document.read(text.encode(), "customers/a.md", CONFIG)


def real(name: str) -> Document:
    path = ROOT / "customers" / f"{name}.md"
    return Document.read(path.read_bytes(), f"customers/{name}.md", CONFIG)


def changed_lines(before: Document, after: Document) -> tuple[list[str], list[str]]:
    """Return the lines that went and those that came."""
    old, new = before.text.split("\n"), after.text.split("\n")
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return old, new


def test_the_phone_of_a_person_is_changed_in_its_own_line() -> None:
    before = real("modehaus-petersen")
    after = with_value(before, ("contacts", 1, "phone"), "04922 9300-16")
    assert changed_lines(before, after) == (
        ["    phone: 04922 9300-15"],
        ["    phone: 04922 9300-16"],
    )


def test_a_postcode_stays_a_text_for_every_reader_of_yaml() -> None:
    before = real("modehaus-petersen")
    after = with_value(before, ("address", "zip"), "01067")
    assert changed_lines(before, after) == (['  zip: "26757"'], ['  zip: "01067"'])
    assert after.customer.address.zip == "01067"


def test_tags_come_and_go_one_by_one() -> None:
    before = real("modehaus-petersen")
    more = with_item(before, ("tags",), "neu")
    assert changed_lines(before, more) == (
        ["tags: [mode, insel]"],
        ["tags: [mode, insel, neu]"],
    )
    assert without(more, ("tags", 2)).data == before.data
    assert without(without(before, ("tags", 0)), ("tags", 0)).customer.tags == ()


def test_a_new_fact_stands_where_we_would_write_it() -> None:
    after = with_value(real("modehaus-petersen"), ("contacts", 2, "phone"), "0171 5550123")
    assert "    role: Einkauf\n    phone: 0171 5550123\n    left: 2023-09\n" in after.text
    after = with_value(real("modehaus-petersen"), ("snooze",), "2027-03-01")
    assert "Angebot nachfassen\nsnooze: 2027-03-01\ngoal:" in after.text


def test_a_german_file_gets_german_keys() -> None:
    after = with_value(real("gemeinde-osterwarf"), ("email",), "neu@osterwarf.example")
    assert "\nMail: neu@osterwarf.example\n" in after.text
    after = with_value(after, ("contacts", 1, "birthday"), "1970-05-01")
    assert "\n    Geburtstag: 1970-05-01\n" in after.text
    after = with_value(after, ("contacts", 1, "email"), "w@osterwarf.example")
    assert "    Telefon: 04933 1006-10\n    Mail: w@osterwarf.example\n" in after.text
    after = with_item(after, ("contacts",), {"name": "Kai", "phone": "0171 5550123"})
    assert "\n  - Name: Kai\n    Telefon: 0171 5550123\n" in after.text
    after = with_value(after, ("goal",), "mehr")
    assert "\nZiel: mehr\n" in after.text


def test_a_file_with_windows_line_ends_keeps_them() -> None:
    before = doc("---\r\nname: A\r\nphone: 1\r\n---\r\n\r\nText\r\n")
    after = with_value(with_item(before, ("tags",), "neu"), ("segment",), "B")
    assert after.text == (
        "---\r\nname: A\r\nsegment: B\r\ntags: [neu]\r\nphone: 1\r\n---\r\n\r\nText\r\n"
    )


def test_a_file_without_head_gets_one() -> None:
    assert with_value(doc("Text\n"), ("name",), "A").text == "---\nname: A\n---\nText\n"
    assert with_value(doc(""), ("address", "city"), "Borkum").customer.address.city == "Borkum"
    assert with_item(doc("x\n"), ("contacts",), {"name": "Kai"}).customer.contacts[0].name == "Kai"


def test_a_byte_order_mark_stays() -> None:
    before = Document.read(b"\xef\xbb\xbf---\nname: A\n---\n", "customers/a.md", CONFIG)
    assert with_value(before, ("name",), "B").data == b"\xef\xbb\xbf---\nname: B\n---\n"


def test_an_address_is_written_where_the_file_keeps_it() -> None:
    flat = doc("---\nname: A\nPLZ: 26757\nOrt: Borkum\n---\n")
    after = with_value(flat, ("address", "zip"), "01067")
    assert after.text == '---\nname: A\nPLZ: "01067"\nOrt: Borkum\n---\n'
    after = with_value(flat, ("address", "street"), "Am Siel 1")
    assert after.customer.address.street == "Am Siel 1"
    assert after.customer.address.zip == "26757"
    nested = doc("---\nname: A\naddress:\n  city: Borkum\n---\n")
    assert with_value(nested, ("zip",), "26757").customer.address.zip == "26757"
    assert (
        "address:\n  zip: " in with_value(doc("---\nname: A\n---\n"), ("address", "zip"), "1").text
    )


def test_an_address_in_one_line_is_not_torn_apart() -> None:
    line = doc("---\nname: A\naddress: Borkum\n---\n")
    with pytest.raises(WouldChangeMore):
        with_value(line, ("address", "zip"), "01067")


def test_a_person_given_as_a_mapping_alone_is_the_first_person() -> None:
    one = doc("---\nname: A\ncontacts:\n  name: Heike  # Chefin\n  phone: 1\n---\n")
    after = with_value(one, ("contacts", 0, "phone"), "0351 2")
    assert "  name: Heike  # Chefin\n  phone: 0351 2\n" in after.text
    after = with_item(after, ("contacts",), {"name": "Kai"})
    assert [contact.name for contact in after.customer.contacts] == ["Heike", "Kai"]
    assert after.customer.contacts[0].phones == ("0351 2",)


@pytest.mark.parametrize(
    "contacts",
    ["\n  - Heike\n  - Kai  # neu\n", " [Heike, Kai]\n", "\n  - name: Heike\n  - 'Kai'\n"],
)
def test_a_person_given_by_name_alone_can_get_a_phone(contacts: str) -> None:
    before = doc(f"---\nname: A\ncontacts:{contacts}tags: [x]  # y\n---\n\nText\n")
    after = with_value(before, ("contacts", 1, "phone"), "0351 2")
    assert after.customer.contacts[1].phones == ("0351 2",)
    assert [contact.name for contact in after.customer.contacts] == ["Heike", "Kai"]
    assert after.text.endswith("tags: [x]  # y\n---\n\nText\n")
    assert ("# neu" in after.text) == ("# neu" in contacts)
    assert with_value(before, ("contacts", 1, "name"), "Kay").customer.contacts[1].name == "Kay"


def test_a_single_person_given_by_name_can_get_a_phone() -> None:
    after = with_value(doc("---\ncontacts: Heike\n---\n"), ("contacts", 0, "phone"), "0351 2")
    assert after.customer.contacts[0].phones == ("0351 2",)
    assert after.customer.contacts[0].name == "Heike"


def test_a_product_given_by_name_can_get_a_date() -> None:
    after = with_value(doc("---\nproducts: [R7]\n---\n"), ("products", 0, "since"), "2019-04")
    assert (after.customer.products[0].name, after.customer.products[0].since) == ("R7", "2019-04")


def test_a_key_without_a_value_is_filled() -> None:
    empty = doc("---\nname: A\nphone:\naddress:\ncontacts:\nnext: # bald\n---\n")
    after = with_value(empty, ("phone",), "0351 2")
    after = with_value(after, ("address", "city"), "Borkum")
    after = with_item(after, ("contacts",), {"name": "Kai", "birthday": "1970-01-02"})
    after = with_value(after, ("next",), "2026-12-01")
    assert after.text == (
        "---\nname: A\nphone: 0351 2\naddress:\n  city: Borkum\n"
        "contacts:\n  - name: Kai\n    birthday: 1970-01-02\nnext: 2026-12-01 # bald\n---\n"
    )


def test_a_single_number_becomes_the_first_of_two() -> None:
    before = doc("---\nphone: 0351 1 # Zentrale\n---\n")
    after = with_item(before, ("phone",), "0351 2")
    assert after.customer.phones == ("0351 1", "0351 2")
    assert "# Zentrale" in after.text
    assert with_item(doc("---\nname: A\n---\n"), ("phone",), "1").text == (
        '---\nname: A\nphone: "1"\n---\n'
    )


def test_tags_in_one_text_go_on_behind_a_comma() -> None:
    after = with_item(doc("---\ntags: mode, insel\n---\n"), ("tags",), "neu")
    assert after.text == "---\ntags: mode, insel, neu\n---\n"
    assert after.customer.tags == ("mode", "insel", "neu")


def test_a_fact_that_stands_twice_goes_twice() -> None:
    before = doc("---\nname: A\nZiel: x\ngoal: y\ngoal: z\n---\n")
    assert without(before, ("goal",)).text == "---\nname: A\n---\n"
    assert without(before, ("segment",)).data == before.data


def test_an_unknown_key_is_changed_by_its_own_word() -> None:
    before = real("gemeinde-osterwarf")
    after = with_value(before, ("Vergabenummer",), "0048/B")
    assert changed_lines(before, after) == (
        ['Vergabenummer: "0047/B"'],
        ['Vergabenummer: "0048/B"'],
    )
    assert with_value(doc("---\nname: A\n---\n"), ("Farbe",), "blau").text == (
        "---\nname: A\nFarbe: blau\n---\n"
    )


def test_what_stands_at_a_target_is_found() -> None:
    petersen = real("modehaus-petersen")
    node = node_at(petersen, ("contacts", 0, "phone", 1))
    assert node is not None
    assert plain_value(node) == "+491713920012"
    assert node_at(petersen, ("contacts", 7, "phone")) is None
    assert node_at(petersen, ("address", "country")) is None


@pytest.mark.parametrize("path", BOOK, ids=lambda path: path.stem)
def test_in_every_real_file_every_fact_can_be_set_and_taken_away(path: Path) -> None:
    before = Document.read(path.read_bytes(), str(path), CONFIG)
    customer = before.customer
    after = with_value(before, ("goal",), "Neues Ziel: 1.000 € #1")
    assert same(after.customer, replace(customer, goal="Neues Ziel: 1.000 € #1"))
    after = with_value(before, ("address", "zip"), "01067")
    assert same(after.customer, replace(customer, address=replace(customer.address, zip="01067")))
    for place, contact in enumerate(customer.contacts):
        after = with_value(before, ("contacts", place, "reach"), "nie")
        people = list(customer.contacts)
        people[place] = replace(contact, reach="nie")
        assert same(after.customer, replace(customer, contacts=tuple(people)))
        gone = without(before, ("contacts", place))
        people.pop(place)
        assert gone.customer.contacts == tuple(people)
        assert gone.text[gone.head.body_start :] == before.text[before.head.body_start :]
    after = with_item(before, ("tags",), "NO")
    assert same(after.customer, replace(customer, tags=(*customer.tags, "NO")))


VALUES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), min_size=1
).filter(lambda text: text.strip() == text)
TARGETS = [
    ("goal",),
    ("next",),
    ("birthday",),
    ("address", "zip"),
    ("contacts", 0, "reach"),
    ("contacts", 0, "birthday"),
    ("Farbe",),
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(BOOK), st.sampled_from(TARGETS), VALUES)
def test_any_text_comes_back_as_it_was_set(
    path: Path, target: tuple[str | int, ...], value: str
) -> None:
    before = Document.read(path.read_bytes(), str(path), CONFIG)
    if target[0] == "contacts" and not before.customer.contacts:
        target = ("reach",)
    after = with_value(before, target, value)
    node = node_at(after, target)
    assert node is not None
    assert plain_value(node) == value
    assert after.text[after.head.body_start :] == before.text[before.head.body_start :]
    assert with_value(after, target, value).data == after.data


def same(one: Customer, other: Customer) -> bool:
    """Say whether two customers are the same but for the lines things stand in."""
    return without_lines(one) == without_lines(other)


def without_lines(customer: Customer) -> Customer:
    return replace(
        customer,
        sections=tuple(replace(section, line=0) for section in customer.sections),
        tasks=tuple(replace(task, line=0) for task in customer.tasks),
        entries=tuple(
            replace(entry, line=0, tasks=tuple(replace(task, line=0) for task in entry.tasks))
            for entry in customer.entries
        ),
        findings=(),
    )
