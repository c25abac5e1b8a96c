"""Firms come apart from their legal form, people from title and salutation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.likeness import first_and_last, name_words, split_legal_form

LAW = settings(max_examples=150, deadline=None)


@pytest.mark.parametrize(
    ("core", "form"),
    [
        ("Modehaus Petersen", "GmbH & Co. KG"),
        ("Modehaus Petersen", "GmbH und Co KG"),
        ("Müller", "GmbH"),
        ("Müller", "gGmbH"),
        ("Müller", "AG"),
        ("Müller", "A.G."),
        ("Blumen Meier", "e.K."),
        ("Blumen Meier", "eK"),
        ("Blumen Meier", "e. Kfr."),
        ("Anfang", "UG (haftungsbeschränkt)"),
        ("Anfang", "UG (haftungsbeschraenkt) & Co. KG"),
        ("Anna & Ben", "OHG"),
        ("Tischlerei Holz", "GbR"),
        ("Segler Emden", "e.V."),
        ("Winzer", "eG"),
        ("Petersen", "KG"),
        ("Petersen", "KGaA"),
        ("Acme", "Ltd"),
        ("Acme", "Ltd. & Co. KG"),
        ("Acme", "Inc."),
        ("Acme", "Corporation"),
        ("Lüthi", "S.à r.l."),
        ("Lüthi", "Sàrl"),
        ("Huber", "Gesellschaft m.b.H."),
        ("Huber", "Ges.m.b.H."),
        ("Huber", "GesmbH"),
        ("Huber", "Gesellschaft mit beschränkter Haftung"),
        ("Café Grün", "e.U."),
        ("Steiner", "OG"),
        ("SAP", "SE"),
        ("SAP", "SE & Co. KGaA"),
        ("Kanzlei Roth", "PartG mbB"),
        ("Handelsgesellschaft", "mbH"),
        ("Stadtwerke", "AöR"),
        ("Neuling", "GmbH i.G."),
        ("Pizzeria Da Mario", "S.r.l."),
        ("Jansen", "B.V."),
        ("Nowak", "Sp. z o.o."),
        ("Novák", "s.r.o."),
        ("Müller", "& Co."),
    ],
)
def test_a_firm_and_its_legal_form(core: str, form: str) -> None:
    assert split_legal_form(f"{core} {form}") == (core, form)


@pytest.mark.parametrize(
    "name",
    [
        *("Petersen", "Hans Ek", "Kim Se", "GmbH", "AG", "C&A", "!!!", "", "Heike Petersen"),
        *("GmbH Müller", "Bag", "Kunst und Wein", "Peter Lustig"),
    ],
)
def test_a_name_without_legal_form_stays_whole(name: str) -> None:
    assert split_legal_form(name) == (name, "")


@LAW
@given(st.text())
def test_splitting_loses_only_what_parts_the_two(name: str) -> None:
    core, form = split_legal_form(name)
    assert core or not name.strip()
    assert name_words(name) or not name_words(core)
    assert split_legal_form(f"{core} {form}".strip())[0] == core


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Modehaus Petersen GmbH & Co. KG", ("modehaus", "petersen")),
        ("Müller und Söhne oHG", ("muller", "sohne")),
        ("Müller & Söhne", ("muller", "sohne")),
        ("O'Neill Ltd.", ("o", "neill")),
        ("Und GmbH", ("und", "gmbh")),
        ("", ()),
    ],
)
def test_the_words_that_tell_a_firm(name: str, words: tuple[str, ...]) -> None:
    assert name_words(name) == words


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Heike Petersen", "Heike", "Petersen"),
        ("Heike", "Heike", ""),
        ("Anna Maria Krüger", "Anna Maria", "Krüger"),
        ("Petersen, Heike", "Heike", "Petersen"),
        ("Petersen, Dr. Heike", "Heike", "Petersen"),
        ("Frau Petersen", "", "Petersen"),
        ("Fr. Petersen", "", "Petersen"),
        ("Hr. Jens Ott", "Jens", "Ott"),
        ("Dr. Petersen", "", "Petersen"),
        ("Dr Heike Petersen", "Heike", "Petersen"),
        ("Frau Dr. Heike von der Heide", "Heike", "von der Heide"),
        ("Herr von Berg", "", "von Berg"),
        ("von Berg", "", "von Berg"),
        ("Herr Dr. med. dent. Jens Ott", "Jens", "Ott"),
        ("Prof. Dr.-Ing. Max Ernst", "Max", "Ernst"),
        ("Univ.-Prof. Dr. Eva Klein", "Eva", "Klein"),
        ("Dipl.-Ing. (FH) Karl Huber", "Karl", "Huber"),
        ("DI Karl Huber", "Karl", "Huber"),
        ("Mag. Eva Steiner", "Eva", "Steiner"),
        ("Dr. h.c. Otto Rat", "Otto", "Rat"),
        ("Karl Huber, MBA", "Karl", "Huber"),
        ("Karl Huber LL.M.", "Karl", "Huber"),
        ("Karl Huber jun.", "Karl", "Huber"),
        ("Jan-Peter de Vries", "Jan-Peter", "de Vries"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("Heike Petersen-Voss", "Heike", "Petersen-Voss"),
        ("J. R. Ewing", "J. R.", "Ewing"),
        ("Steffi Graf", "Steffi", "Graf"),
        ("Petra Wirt", "Petra", "Wirt"),
        ("Li Ma", "Li", "Ma"),
        ("Familie Ott", "", "Ott"),
        ("", "", ""),
        ("Herr", "", ""),
    ],
)
def test_first_and_last_names(name: str, first: str, last: str) -> None:
    assert first_and_last(name) == (first, last)


@LAW
@given(st.text())
def test_a_person_is_made_of_words_that_were_there(name: str) -> None:
    first, last = first_and_last(name)
    assert all(word in name for word in f"{first} {last}".split())
