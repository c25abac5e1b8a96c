"""Whom a fragment names: any part of a name, blind to case and umlauts, the best answer first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.model import Address
from tests.index_builders import catalogue, customer, person

PETERSEN = customer(
    "Modehaus Petersen GmbH",
    person("Heike Petersen", "04922 9300-12", "h.petersen@modehaus-petersen.example"),
    person("Jörg Lüders", "+491715550123", "lueders@modehaus-petersen.example"),
    aliases=("Petersen Borkum",),
    phones=("04922 9300-0",),
    emails=("info@modehaus-petersen.example",),
    address=Address(city="Borkum", zip="26757"),
)
MUELLER = customer("Müller & Söhne", person("Uwe Müller"), phones=("0351 123456",))
HANSEN = customer("Hansen", person("Petra Hansen", "040 5550101"))
BOOK = (PETERSEN, MUELLER, HANSEN)


def names(fragment: str) -> list[str]:
    return [match.name for match in catalogue(*BOOK).find(fragment)]


@pytest.mark.parametrize(
    "fragment",
    [
        "modehaus-petersen-gmbh",
        "Modehaus Petersen GmbH",
        "MODEHAUS",
        "peters",
        "petersen borkum",
        "Jörg Lüders",
        "joerg",
        "Jorg Luders",
        "lüders",
        "LUEDERS",
        "h.petersen@modehaus-petersen.example",
        "@modehaus-petersen.example",
        "info@",
        "borkum gmbh",
        "9300-12",
        "customers/modehaus-petersen-gmbh.md",
    ],
)
def test_any_fragment_names_the_customer(fragment: str) -> None:
    assert names(fragment) == ["Modehaus Petersen GmbH"]


def test_an_umlaut_typed_either_way_names_the_same() -> None:
    assert names("Müller") == names("mueller") == names("MULLER") == ["Müller & Söhne"]


def test_a_name_of_a_person_tells_the_person() -> None:
    (match,) = catalogue(*BOOK).find("heike")
    assert (match.how, match.person) == ("person", "Heike Petersen")


def test_a_name_of_the_firm_goes_before_that_of_its_people() -> None:
    (match,) = catalogue(*BOOK).find("petersen")
    assert (match.how, match.person) == ("slug", "")


def test_an_address_tells_whose_it_is() -> None:
    (match,) = catalogue(*BOOK).find("lueders@modehaus-petersen.example")
    assert (match.how, match.person) == ("email", "Jörg Lüders")


def test_two_equal_persons_of_one_firm_are_two_answers() -> None:
    firm = customer("Firma", person("Heike Alt"), person("Heike Neu"))
    assert [match.person for match in catalogue(firm).find("heike")] == ["Heike Alt", "Heike Neu"]


def test_the_slug_as_typed_goes_before_an_equal_person() -> None:
    first, second = customer("Müller", slug="mueller"), customer("Bau", person("Mueller"))
    found = catalogue(second, first).find("mueller")
    assert [(match.slug, match.rank) for match in found] == [("mueller", 0), ("bau", 1)]


@pytest.mark.parametrize("fragment", ["mueller", "Müller", "MÜLLER"])
def test_two_of_one_name_answer_alike_whoever_has_the_plain_file(fragment: str) -> None:
    first, second = customer("Müller", slug="mueller"), customer("Müller", slug="mueller-2")
    found = catalogue(second, first).find(fragment)
    assert [match.slug for match in found] == ["mueller", "mueller-2"]
    assert found[0].rank == found[1].rank


@pytest.mark.parametrize(
    ("fragment", "slug"),
    [
        ("krause-nord", "krause-nord"),
        ("krause-nord-2", "krause-nord-2"),
        ("krause-nord.md", "krause-nord"),
        ("customers/krause-nord", "krause-nord"),
    ],
)
def test_a_name_that_only_a_file_has_names_that_one(fragment: str, slug: str) -> None:
    twins = [customer("Krause-Nord", slug=name) for name in ("krause-nord", "krause-nord-2")]
    first, *others = catalogue(*twins).find(fragment)
    assert first.slug == slug
    assert all(other.rank > first.rank for other in others)


def test_a_name_with_a_hyphen_as_people_write_it_names_both() -> None:
    twins = [customer("Krause-Nord", slug=name) for name in ("krause-nord", "krause-nord-2")]
    first, second = catalogue(*twins).find("Krause-Nord")
    assert first.rank == second.rank


def test_exact_before_whole_word_before_beginning_before_middle() -> None:
    book = [customer(name) for name in ("Uhlandstein", "Haus Land", "Landhaus", "Land")]
    found = catalogue(*book).find("land")
    assert [match.name for match in found] == ["Land", "Haus Land", "Landhaus", "Uhlandstein"]
    assert [match.rank for match in found] == sorted({match.rank for match in found})


def test_a_name_that_begins_with_the_word_is_no_better_than_one_that_has_it() -> None:
    book = [customer(name) for name in ("Müller & Söhne", "Bäckerei Müller")]
    first, second = catalogue(*book).find("müller")
    assert first.rank == second.rank


def test_a_word_too_short_is_sought_at_the_beginning_only() -> None:
    assert names("ha") == ["Hansen"]


def test_every_word_must_be_found() -> None:
    assert names("petersen hansen") == []
    assert names("heike gmbh") == ["Modehaus Petersen GmbH"]


@pytest.mark.parametrize("nothing", ["", "  ", "xyz", "%", "_", "'", '"', "\\", "\x00", "12"])
def test_what_names_nobody_finds_nobody(nothing: str) -> None:
    assert names(nothing) == []


def phone(text: str) -> list[tuple[str, str]]:
    found = catalogue(*BOOK).find_phone(text, "DE")
    return [(match.name, match.person) for match in found]


@pytest.mark.parametrize(
    "text", ["+49 4922 930012", "0049 (0) 4922/9300-12", "04922930012", "(04922) 93 00 - 12"]
)
def test_a_number_in_any_spelling_names_the_person(text: str) -> None:
    assert phone(text) == [("Modehaus Petersen GmbH", "Heike Petersen")]


def test_the_head_number_names_the_firm() -> None:
    assert phone("+4949229300-0") == [("Modehaus Petersen GmbH", "")]


def test_an_unknown_extension_names_the_firm() -> None:
    assert phone("+49493922930047") == []
    assert phone("+494922930047") == [("Modehaus Petersen GmbH", "")]
    assert phone("0351 123456-78") == [("Müller & Söhne", "")]


def test_the_longest_head_number_goes_first() -> None:
    short = customer("Kurz", phones=("0351 1234-0",))
    long = customer("Lang", phones=("0351 12345-0",))
    found = catalogue(short, long).find_phone("0351 1234567", "DE")
    assert [match.name for match in found] == ["Lang", "Kurz"]
    assert found[0].rank < found[1].rank


def test_a_head_number_goes_before_the_extension_of_somebody_else() -> None:
    head = customer("Mit Zentrale", phones=("0351 1234-0",))
    other = customer("Nur Durchwahl", person("Ute", "0351 1234-17"))
    found = catalogue(other, head).find_phone("0351 1234-99", "DE")
    assert [match.name for match in found] == ["Mit Zentrale", "Nur Durchwahl"]


def test_a_person_goes_before_the_firm_of_the_same_number() -> None:
    firm = customer("Firma", person("Ute", "0351 1234-0"), phones=("0351 1234-0",))
    (match,) = catalogue(firm).find_phone("03511234-0", "DE")
    assert match.person == "Ute"


def test_a_part_of_a_number_is_the_last_resort() -> None:
    assert phone("5550101") == [("Hansen", "Petra Hansen")]


def test_an_unknown_number_names_nobody() -> None:
    assert phone("030 99999999") == phone("keine Nummer") == phone("") == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20))
def test_no_text_makes_finding_fail(text: str) -> None:
    book = catalogue(*BOOK)
    assert isinstance(book.find(text), list)
    assert isinstance(book.find_phone(text, "DE"), list)


@settings(max_examples=60, deadline=None)
@given(st.text("äöüßÄÖÜaoueszAB -", min_size=3, max_size=12))
def test_a_customer_is_found_by_its_own_name_in_any_case_and_spelling(name: str) -> None:
    if not name.strip(" -"):
        return
    book = catalogue(customer(name, slug="x-y"))
    spelled = name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    for typed in (name, name.upper(), name.lower(), spelled):
        assert [match.slug for match in book.find(typed)] == ["x-y"]
