"""A telephone number is one number in every spelling, and an extension knows its firm."""

from __future__ import annotations

import subprocess
import sys

import phonenumbers
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crm_md.likeness import (
    Phone,
    digits,
    extends,
    format_phone,
    head_stem,
    looks_like_phone,
    normalise_phone,
)

LAW = settings(max_examples=150, deadline=None)
HEAD, DESK, STEM = "+49492293000", "+494922930012", "+4949229300"

SPELLINGS = [
    # the extension of a firm
    ("04922 9300-12", "DE", DESK, STEM),
    ("(04922) 9300-12", "DE", DESK, STEM),
    ("04922/9300-12", "DE", DESK, STEM),
    ("04922 / 93 00 - 12", "DE", DESK, STEM),
    ("04922-9300-12", "DE", DESK, STEM),
    ("04922.9300-12", "DE", DESK, STEM),
    ("049229300-12", "DE", DESK, STEM),
    ("04922 9300–12", "DE", DESK, STEM),
    ("04922 9300‑12", "DE", DESK, STEM),
    ("04922 9300 -12", "DE", DESK, STEM),
    ("04922\u00a09300-12", "DE", DESK, STEM),
    ("+49 4922 9300-12", "DE", DESK, STEM),
    ("+49 (0) 4922 9300-12", "DE", DESK, STEM),
    ("+49 (0)4922/9300-12", "DE", DESK, STEM),
    ("+49(4922)9300-12", "DE", DESK, STEM),
    ("+49 (04922) 9300-12", "DE", DESK, STEM),
    ("(+49) 4922 9300-12", "DE", DESK, STEM),
    ("+49-4922-9300-12", "DE", DESK, STEM),
    ("0049 4922 9300-12", "DE", DESK, STEM),
    ("0049 (0) 4922 9300-12", "DE", DESK, STEM),
    ("tel:+49-4922-9300-12", "DE", DESK, STEM),
    ("Tel.: 04922 9300-12 (vormittags)", "DE", DESK, STEM),
    ("04922 9300 DW 12", "DE", DESK, STEM),
    ("04922 9300-0, Durchwahl 12", "DE", DESK, STEM),
    ("04922 9300 App. 12", "DE", DESK, STEM),
    ("+49 4922 9300;ext=12", "DE", DESK, STEM),
    ("04922 9300-0", "DE", HEAD, STEM),
    ("+49 4922 9300 - 0", "AT", HEAD, STEM),
    ("0711 17-0", "DE", "+49711170", "+4971117"),
    ("01 / 123 45 - 67", "AT", "+4311234567", "+43112345"),
    ("+43 (0)512 1234-0", "DE", "+4351212340", "+435121234"),
    ("0512/1234 DW 56", "AT", "+43512123456", "+435121234"),
    # the same without saying so
    ("04922 930012", "DE", DESK, None),
    ("+494922930012", "DE", DESK, None),
    ("0049 (0) 4922 930012", "DE", DESK, None),
    ("+49 04922 930012", "DE", DESK, None),
    ("494922930012", "DE", DESK, None),
    ("０４９２２ ９３００１２", "DE", DESK, None),
    ("٠٤٩٢٢ ٩٣٠٠١٢", "DE", DESK, None),
    # a dash that parts something else
    ("04922-930012", "DE", DESK, None),
    ("0049-4922-9300", "DE", STEM, None),
    ("0 49 22 - 9300", "DE", STEM, None),
    ("030-1234567", "DE", "+49301234567", None),
    ("044 123-45-67", "CH", "+41441234567", None),
    ("+1 212 555-0123", "DE", "+12125550123", None),
    # mobile phones and service numbers have no extensions
    ("0171/555 01 23 (mobil)", "DE", "+491715550123", None),
    ("0171-5550123", "DE", "+491715550123", None),
    ("0171 555-0123", "DE", "+491715550123", None),
    ("491715550123", "DE", "+491715550123", None),
    ("0664 555 01-23", "AT", "+436645550123", None),
    ("079 555 01 23", "CH", "+41795550123", None),
    ("0800 123-4567", "DE", "+498001234567", None),
    ("0180 5 123-456", "DE", "+491805123456", None),
    ("116 117", "DE", "+49116117", None),
    ("110", "DE", "+49110", None),
    ("0900 BLUMEN", "DE", "+49900", None),
    # Switzerland, Liechtenstein, and further away
    ("044 123 45 67", "CH", "+41441234567", None),
    ("+41 (0)44 123 45 67", "DE", "+41441234567", None),
    ("0041 44 123 45 67", "AT", "+41441234567", None),
    ("+423 232 12 34", "CH", "+4232321234", None),
    ("00423 2321234", "DE", "+4232321234", None),
    ("+39 06 1234567", "DE", "+39061234567", None),
    ("+39 (0)6 1234567", "DE", "+39061234567", None),
    ("06 1234567", "IT", "+39061234567", None),
    ("+44 (0)20 7946 0000", "DE", "+442079460000", None),
    ("020 7946 0000", "GB", "+442079460000", None),
    ("+1 (212) 555-0123 x12", "DE", "+12125550123", None),
    ("(212) 555-0123", "us", "+12125550123", None),
    ("011 49 4922 930012", "US", DESK, None),
    ("+999 123456", "DE", "+999123456", None),
    # what stands around it
    ("Büro 2: 04922 930012", "DE", DESK, None),
    ("24h: 04922 930012", "DE", DESK, None),
    ("04922 930012 nur bis 16 Uhr", "DE", DESK, None),
    ("04922 930012, 0171 5550123", "DE", DESK, None),
    ("04922 930012 oder 0171 5550123", "DE", DESK, None),
    ("04922 930012 / 0171 5550123", "DE", DESK, None),
    ("04922 930012 / (0171) 5550123", "DE", DESK, None),
    ("04922 9300-0/-12", "DE", HEAD, STEM),
    # invented, incomplete, without a country that we know
    ("9300-12", "DE", "+49930012", None),
    ("0 555", "DE", "+49555", None),
    ("020 555", "XX", "+4920555", None),
    ("1 2 3", "DE", "+49123", None),
]


@pytest.mark.parametrize(("text", "country", "e164", "stem"), SPELLINGS)
def test_a_spelling_is_the_number(text: str, country: str, e164: str, stem: str | None) -> None:
    phone = normalise_phone(text, country)
    assert phone is not None
    assert (phone.e164, phone.extension_of) == (e164, stem)


@pytest.mark.parametrize("text", ["", "12", "Tel.", "abc", "000", "+49", "0049", "()-/"])
def test_less_than_three_digits_that_mean_something_are_no_number(text: str) -> None:
    assert normalise_phone(text) is None
    assert head_stem(text) is None


def test_the_number_is_shown_as_it_was_typed() -> None:
    phone = normalise_phone("Tel.:  (04922)  9300-12 (vormittags)")
    assert phone == Phone(DESK, STEM, "(04922) 9300-12")
    in_words = normalise_phone("Zentrale 04922 9300 DW 12, Frau Petersen")
    assert in_words == Phone(DESK, STEM, "04922 9300 DW 12")


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("04922 9300-0", STEM),
        ("04922 9300-00", STEM),
        ("04922 9300", STEM),
        ("+49 (0) 4922/9300-0", STEM),
        ("04922 9300-12", None),
        ("0171 5550123", None),
        ("0800 1234567", None),
        ("110", None),
    ],
)
def test_the_stem_of_a_head_number(text: str, stem: str | None) -> None:
    assert head_stem(text) == stem


@pytest.mark.parametrize(
    ("number", "extension"),
    [
        ("+49492293000", True),
        ("+494922930047", True),
        ("+494922930012345", True),
        ("+4949229300123456", False),
        ("+4949229300", False),
        ("+494922931", False),
        ("+4349229300", False),
    ],
)
def test_an_extension_is_one_to_five_digits_longer(number: str, extension: bool) -> None:
    assert extends(number, STEM) is extension


@pytest.mark.parametrize(
    "fragment",
    [
        *("04922 9300-0", "(04922) 9300-12", "+49493922930047", "0049 (0) 4922 9300", "116117"),
        *("0171/555 01 23 (mobil)", "Tel.: 04922 9300", "Tel. 110", "9300-12", "+1 212 555-0123"),
        *("Mobil 0171 5550123", "04922 9300 DW 12", "494922930012", "٠٤٩٢٢ ٩٣٠٠"),
    ],
)
def test_this_fragment_is_a_phone_number(fragment: str) -> None:
    assert looks_like_phone(fragment)


@pytest.mark.parametrize(
    "fragment",
    [
        *("", "petersen", "4711-gmbh", "4711", "2026", "26757", "01067", "04922", "100 Jahre"),
        *("2026-12-01", "2026-12", "20.11.2026", "1. 12. 26", "3.12.", "12/2026", "2026/2027"),
        *("14:30", "24/7-service", "a@b.example", "0171 heike", "Tel.", "()", "1" * 21),
    ],
)
def test_this_fragment_is_none(fragment: str) -> None:
    assert not looks_like_phone(fragment)


@pytest.mark.parametrize(
    ("text", "country", "printed"),
    [
        ("+49 4922 9300-0", "DE", "04922 9300-0"),
        ("+494922930012", "DE", "04922 930012"),
        ("04922/93 00 - 12", "DE", "04922 9300-12"),
        ("0711/17-0", "DE", "0711 17-0"),
        ("+491715550123", "DE", "0171 5550123"),
        ("+491715550123", "AT", "+49 171 5550123"),
        ("04922 9300-12", "de", "04922 9300-12"),
        ("044 1234567", "CH", "044 123 45 67"),
        ("044 123 45-67", "CH", "044 123 45-67"),
        ("+41441234567", "DE", "+41 44 123 45 67"),
        ("+43 1 12345-0", "DE", "+43 112345-0"),
        ("+12125550123", "US", "(212) 555-0123"),
        ("110", "DE", "110"),
        ("0 49", "DE", "+49 49"),
        ("+999 123456", "DE", "+999 123456"),
        ("nach Feierabend ", "DE", "nach Feierabend"),
    ],
)
def test_a_number_is_printed_as_usual_at_home(text: str, country: str, printed: str) -> None:
    assert format_phone(text, country) == printed


def test_digits_of_every_script_and_width() -> None:
    assert digits("a 0４٩ ²-2") == "0492"


def test_a_megabyte_in_the_phone_field_stops_nobody() -> None:
    phone = normalise_phone("04922 9300" + " " * 1_000_000 + "/")
    assert phone == Phone(STEM, None, "04922 9300")
    assert not looks_like_phone("1 " * 1_000_000)


NATIONAL = st.from_regex(r"[1-9][0-9]{4,10}", fullmatch=True)
PUNCTUATION = st.sampled_from([" ", "", "/", "-", ".", "  ", "\u00a0"])
DACH = st.sampled_from([("DE", "49"), ("AT", "43"), ("CH", "41")])


@LAW
@given(DACH, NATIONAL)
def test_our_rules_agree_with_the_library_on_every_real_number(
    country: tuple[str, str], national: str
) -> None:
    code, calling = country
    parsed = phonenumbers.parse("0" + national, code)
    assume(phonenumbers.is_valid_number(parsed))
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    for spelling in (f"0{national}", f"+{calling}{national}", f"00{calling} (0) {national}"):
        phone = normalise_phone(spelling, code)
        assert phone is not None
        assert phone.e164 == e164


@LAW
@given(DACH, NATIONAL, st.lists(PUNCTUATION, min_size=11, max_size=11))
def test_punctuation_never_changes_the_number(
    country: tuple[str, str], national: str, between: list[str]
) -> None:
    code, calling = country
    typed = "".join(digit + mark for digit, mark in zip(national, between, strict=False))
    phone = normalise_phone(f"+{calling} {typed}", code)
    assert phone is not None
    assert phone.e164 == f"+{calling}{national}"


@LAW
@given(DACH, NATIONAL)
def test_a_number_survives_its_own_forms(country: tuple[str, str], national: str) -> None:
    code, _calling = country
    phone = normalise_phone("0" + national, code)
    assert phone is not None
    for form in (phone.e164, phone.shown, format_phone(phone.e164, code)):
        again = normalise_phone(form, code)
        assert again is not None
        assert again.e164 == phone.e164


@LAW
@given(st.from_regex(r"0[2-6][0-9]{3} [1-9][0-9]{2,5}", fullmatch=True), st.integers(1, 99999))
def test_every_desk_belongs_to_its_head_number(head: str, desk: int) -> None:
    stem = head_stem(f"{head}-0")
    phone = normalise_phone(f"{head}-{desk}")
    assert stem is not None
    assert phone is not None
    assert phone.extension_of == stem
    assert extends(phone.e164, stem)


@LAW
@given(st.text(), st.sampled_from(["DE", "AT", "CH", "US", "", "xx"]))
def test_no_text_breaks_the_reading(text: str, country: str) -> None:
    phone = normalise_phone(text, country)
    assert phone is None or phone.e164[1:].isdecimal()
    assert isinstance(format_phone(text, country), str)
    assert isinstance(looks_like_phone(text), bool)


def test_reading_a_number_of_these_parts_needs_no_library() -> None:
    script = (
        "import sys; from crm_md.likeness import fold, normalise_phone;"
        "fold('Müller'); normalise_phone('+49 4922 9300-12'); normalise_phone('01 12345', 'AT');"
        "print('phonenumbers' in sys.modules, 'difflib' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]
