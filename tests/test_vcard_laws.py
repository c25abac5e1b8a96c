"""Laws of reading cards: what others write is read back, and no bytes break the reader."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st
from vobject.vcard import Address, Name

from crm_md.exchange.card import CardAddress
from crm_md.exchange.vcard import read_cards

DATA = Path(__file__).with_name("data") / "vcards"
SAMPLES = [path.read_bytes() for path in sorted(DATA.glob("*.vcf"))]

letters = st.characters(categories=["L", "N", "P", "S", "Zs"])
words = st.text(letters | st.sampled_from(r"\,;:\"n ="), min_size=1, max_size=90)
phrases = words.map(lambda text: " ".join(unicodedata.normalize("NFC", text).split())).filter(bool)


@settings(max_examples=100, deadline=None)
@given(phrases, phrases, phrases, st.lists(phrases, min_size=1, max_size=4))
@example("Jörg Müßig", "Größer, Söhne; Töchter", "\\n", ["=", '"', "C:\\Neu"])
def test_what_vobject_writes_is_read_back(name: str, org: str, title: str, note: list[str]) -> None:
    written = vobject.vCard()
    written.add("fn").value = name
    written.add("n").value = Name(family="Müßig", given="Jörg")
    written.add("org").value = [org]
    written.add("title").value = title
    written.add("note").value = "\n".join(note)
    written.add("adr").value = Address(street="Markt 1", city="Dresden", code="01067")
    written.add("tel").value = "0351 123"
    written.tel.type_param = ["work", "voice"]
    (read,) = read_cards(written.serialize().encode()).cards
    assert (read.name, read.org, read.title) == (name, org, title)
    assert (read.family, read.given) == ("Müßig", "Jörg")
    assert read.notes == ("\n".join(note),)
    assert read.addresses == (CardAddress("Markt 1", zip="01067", city="Dresden"),)
    assert [(phone.number, phone.types) for phone in read.phones] == [("0351 123", ("work",))]


@settings(max_examples=100, deadline=None)
@given(phrases, st.data())
def test_a_line_may_be_folded_anywhere(name: str, data: st.DataObject) -> None:
    line = b"NOTE:" + name.replace("\\", "\\\\").encode()
    places = data.draw(st.sets(st.integers(1, len(line) - 1), max_size=8))
    cuts = [0, *sorted(places), len(line)]
    folded = b"\r\n ".join(line[a:b] for a, b in pairwise(cuts))
    (read,) = read_cards(b"BEGIN:VCARD\r\n" + folded + b"\r\nEND:VCARD\r\n").cards
    assert read.notes == (name,)


def assert_readable(data: bytes) -> None:
    read = read_cards(data)
    lines = data.count(b"\n") + data.count(b"\r") + 1
    assert all(1 <= found.line <= lines for found in read.findings)
    assert all(found.text and found.remedy for found in read.findings)
    assert [card.line for card in read.cards] == sorted(card.line for card in read.cards)
    assert read.cards or read.findings


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    assert_readable(data)
    assert_readable(b"BEGIN:VCARD\n" + data)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(SAMPLES), st.integers(0, 5000), st.integers(0, 200), st.binary(max_size=20))
def test_no_damage_to_a_real_file_breaks_the_reader(
    whole: bytes, place: int, length: int, instead: bytes
) -> None:
    assert_readable(whole[:place] + instead + whole[place + length :])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SAMPLES), st.sampled_from(SAMPLES), st.binary(max_size=40))
def test_damage_to_one_card_leaves_the_next_one_whole(
    broken: bytes, whole: bytes, instead: bytes
) -> None:
    cut = broken[: len(broken) // 2] + instead.replace(b"B", b"").replace(b"b", b"")
    expected = read_cards(whole).cards
    read = read_cards(cut + b"\r\n\r\n" + whole).cards[-len(expected) :]
    assert [(card.name, card.phones, card.notes) for card in read] == [
        (card.name, card.phones, card.notes) for card in expected
    ]
