"""Spellings that people mix up are one when folded, and nothing else is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.likeness import country_of, fold, fold_light

LAW = settings(max_examples=150, deadline=None)

ALIKE = [
    ("Müller", "Mueller"),
    ("Müller", "Muller"),
    ("MÜLLER", "müller"),
    ("Mu\u0308ller", "Müller"),
    ("Straße", "STRASSE"),
    ("Straße", "Strasse"),
    ("Groẞ", "gross"),
    ("Jörg", "Joerg"),
    ("Bäcker", "Baecker"),
    ("Rüegg", "Rueegg"),
    ("Café", "cafe"),
    ("René", "Rene"),
    ("Łódź", "Lodz"),
    ("Sørensen", "Sorensen"),
    ("Ærø", "Aero"),
    ("Œuvre", "Oeuvre"),
    ("ﬁne", "fine"),
    ("Nº 5", "No 5"),
    ("H-Milch", "H Milch"),
    ("O’Neill", "O'Neill"),
    ("Dr.Müller", "Dr. Mueller"),
    ("C&A", "C & A"),
    ("  zwei   Blanks ", "zwei blanks"),
    ("Petersen\u00a0Borkum", "Petersen Borkum"),
    ("Donau\u00addampf", "Donaudampf"),
    ("e.K.", "e K"),
    ("Ⅳ", "iv"),
    ("ｆｕｌｌ", "full"),
    ("Kurt–Schumacher—Platz", "Kurt-Schumacher-Platz"),
]
APART = [
    ("Müller", "Möller"),
    ("Meier", "Meyer"),
    ("Maß", "Mast"),
    ("!!!", "???"),
    ("Filiale 12", "Filiale 13"),
    ("Ελλάς", "Ελβα"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_these_are_one_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_these_are_two_names(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_folding_is_readable() -> None:
    assert fold("Modehaus Müller-Lüdenscheidt GmbH & Co. KG") == (
        "modehaus muller ludenscheidt gmbh co kg"
    )


def test_a_name_of_punctuation_keeps_it_so_that_it_can_be_found() -> None:
    assert fold("!!!") == "!!!"
    assert fold(" ? ! ") == "? !"


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "\u200b", "\x00"])
def test_nothing_visible_folds_to_nothing(text: str) -> None:
    assert fold(text) == ""


@pytest.mark.parametrize("name", ["한국", "株式会社", "Ελλάδα", "Москва", "हिन्दी"])
def test_other_scripts_keep_their_letters(name: str) -> None:
    assert fold(name)
    assert fold(name) == fold(unicodedata.normalize("NFD", name))


@LAW
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@LAW
@given(st.text(alphabet="aouäöüe ßé-.'xAÖ\u0308"))
def test_folding_twice_changes_nothing_among_umlauts(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@LAW
@given(st.text())
def test_taken_apart_or_composed_is_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@LAW
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüß"))
def test_letter_case_and_outer_blanks_never_count(text: str) -> None:
    assert fold(f"  {text.upper()} ") == fold(text)


def test_every_single_character_folds_for_good() -> None:
    letters = map(chr, range(0x3000))
    assert [c for c in letters if fold(fold(f"a{c}e")) != fold(f"a{c}e")] == []


def test_light_folding_keeps_umlauts_apart() -> None:
    assert fold_light("SCHÖN") == fold_light("scho\u0308n") == "schön"
    assert fold_light("schön") != fold_light("schon")
    assert fold_light("ABC-d") == "abc-d"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Österreich", "AT"),
        ("Oesterreich", "AT"),
        ("Austria", "AT"),
        ("AT", "AT"),
        ("at", "AT"),
        ("Schweiz", "CH"),
        ("SUISSE", "CH"),
        ("Deutschland", "DE"),
        ("Germany", "DE"),
        ("D", "DE"),
        ("D-26757", "DE"),
        ("D-26757 Borkum", "DE"),
        ("A-1010 Wien", "AT"),
        ("CH 8001 Zürich", "CH"),
        ("FL-9490 Vaduz", "LI"),
        ("1010 Wien, Österreich", "AT"),
        ("Wien Österreich", "AT"),
        ("Strandstraße 7\n26757 Borkum\nGermany", "DE"),
        ("Südtirol", "IT"),
        ("UK", "GB"),
        ("U.S.A.", "US"),
        ("AE", "AE"),
        ("Niederlande", "NL"),
        ("Borkum", None),
        ("26757 Borkum", None),
        ("XX", None),
        ("", None),
    ],
)
def test_the_words_of_an_address_name_the_country(words: str, code: str | None) -> None:
    assert country_of(words) == code
