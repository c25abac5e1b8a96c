"""Every name gets a file name that is safe everywhere and its own."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.errors import NameRefused
from crm_md.likeness import TakenSlugs, slugify

LAW = settings(max_examples=150, deadline=None)

RESERVED = {"con", "prn", "aux", "nul"} | {f"{p}{n}" for p in ("com", "lpt") for n in range(10)}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Modehaus Petersen", "modehaus-petersen"),
        ("Modehaus Petersen GmbH & Co. KG", "modehaus-petersen-gmbh-co-kg"),
        ("Müller & Söhne", "mueller-soehne"),
        ("Mu\u0308ller", "mueller"),
        ("ÄRZTE Straße", "aerzte-strasse"),
        ("Groẞ", "gross"),
        ("Café René", "cafe-rene"),
        ("Łódź", "lodz"),
        ("Sørensen Ærø", "sorensen-aero"),
        ("O'Neill’s Pub", "oneills-pub"),
        ("Blumen Meier e.K.", "blumen-meier-e-k"),
        ("4711", "4711"),
        ("A/B\\C:D*E?F", "a-b-c-d-e-f"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", "name-u2e-u2e"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("--- x ---", "x"),
        ("trailing. ", "trailing"),
        ("con", "name-con"),
        ("CON", "name-con"),
        ("Nul.", "name-nul"),
        ("com1", "name-com1"),
        ("COM¹", "name-com1"),
        ("con artists", "con-artists"),
        ("!!!", "name-u21-u21-u21"),
        ("? ?", "name-u3f-u3f"),
        ("🎉", "name-u1f389"),
        ("株式会社", "株式会社"),
        ("Ελλάς", "ελλασ"),
        ("한국", "한국"),
        ("Ⅳ. ﬁliale ²", "iv-filiale-2"),
        ("Donau\u00addampf", "donaudampf"),
        ("a\u202eb", "ab"),
    ],
)
def test_a_name_becomes(name: str, slug: str) -> None:
    assert slugify(name) == slug


def test_300_characters_are_cut_at_a_dash() -> None:
    slug = slugify("Gesellschaft " * 25)
    assert slug == "gesellschaft-gesellschaft-gesellschaft-gesellschaft-gesellschaft-gesellschaft"


def test_one_endless_word_is_cut_anyway() -> None:
    assert slugify("a " + "x" * 300) == "a-" + "x" * 78


def test_long_names_in_wide_letters_fit_into_a_file_name() -> None:
    assert len(slugify("𠀀" * 300).encode()) <= 200


def test_the_next_of_a_name_is_numbered() -> None:
    assert slugify("Sales", {"sales"}) == "sales-2"
    assert slugify("Sales", {"sales", "sales-2"}) == "sales-3"


def test_taken_is_blind_to_case_and_unicode_form() -> None:
    assert slugify("株 Café", {"株-CAFE"}) == "株-cafe-2"
    assert slugify("ガス", {unicodedata.normalize("NFD", "ガス")}) != "ガス"


def test_a_numbered_slug_is_no_longer_than_others() -> None:
    longest = slugify("x" * 300)
    assert slugify("x" * 300, {longest}) == "x" * 78 + "-2"


def test_an_import_asks_ten_thousand_times() -> None:
    taken = TakenSlugs(["kunde"])
    for number in range(2, 200):
        slug = slugify("Kunde", taken)
        assert slug == f"kunde-{number}"
        taken.add(slug)


@pytest.mark.parametrize("name", ["", "   ", "\u00a0", "\u200b", "\ufeff "])
def test_a_blank_name_is_refused(name: str) -> None:
    with pytest.raises(NameRefused, match="needs a name") as refused:
        slugify(name)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    "name", ["a\x00b", "a\nb", "a\tb", "\x1b[31mrot", "a\x7f", "\udcfcber", "a\u2028b"]
)
def test_control_characters_are_refused_and_not_repeated(name: str) -> None:
    with pytest.raises(NameRefused, match="control characters") as refused:
        slugify(name)
    assert str(refused.value).isprintable()
    assert refused.value.hint


def _slug_or_none(name: str, taken: frozenset[str] = frozenset()) -> str | None:
    try:
        return slugify(name, taken)
    except NameRefused:
        return None


@LAW
@given(st.text(max_size=120))
def test_a_slug_is_safe_on_every_system(name: str) -> None:
    slug = _slug_or_none(name)
    if slug is None:
        return
    assert 0 < len(slug) <= 80
    assert len(slug.encode()) <= 200
    assert all(c.isalnum() or c == "-" for c in slug)
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert "--" not in slug
    assert slug not in RESERVED
    assert slug == unicodedata.normalize("NFC", slug).casefold()


@LAW
@given(st.text(max_size=120))
def test_a_slug_is_its_own_slug(name: str) -> None:
    slug = _slug_or_none(name)
    assert slug is None or slugify(slug) == slug


@LAW
@given(
    st.lists(st.sampled_from(["Müller", "mueller", "MÜLLER", "!!!", "con", "x" * 90]), max_size=12)
)
def test_slugs_are_unique(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        slug = slugify(name, frozenset(taken))
        assert slug.casefold() not in taken
        assert len(slug) <= 80
        taken.add(slug)
    assert len(taken) == len(names)
