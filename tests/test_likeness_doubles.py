"""Customers that may be the same are named with the reason, others are left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.likeness import Alike, Known, alike, fold, near_names

LAW = settings(max_examples=150, deadline=None)


def known(name: str, slug: str = "known", **facts: tuple[str, ...] | str) -> Known:
    """Return a customer that is already there."""
    return Known(slug, name, **facts)  # type: ignore[arg-type]  # one builder for all fields


def compare(one: str | Known, other: str | Known) -> Alike | None:
    """Return what is said about two of whom the first is new."""
    new = known(one, "") if isinstance(one, str) else one
    found = alike(new, [known(other) if isinstance(other, str) else other])
    return found[0] if found else None


@pytest.mark.parametrize(
    ("new", "there", "why"),
    [
        ("Modehaus Petersen", "Modehaus Petersen GmbH & Co. KG", "same name"),
        ("Mueller", "Müller AG", "same name"),
        ("Mode-Haus Petersen", "Modehaus Petersen", "same name"),
        ("Café René", "Cafe Rene e.K.", "same name"),
        ("Müller und Söhne", "Müller & Söhne OHG", "same name"),
        ("4711 GmbH", "4711 AG", "same name"),
        ("!!!", "!!!", "same name"),
        ("Petersen Modehaus", "Modehaus Petersen", "same words in another order"),
        ("Petersen, Heike", "Heike Petersen", "same words in another order"),
        ("Modehaus Peterson", "Modehaus Petersen", "almost the same name"),
        ("Petersen Modehaus", "Modehaus Peterson", "almost the same name"),
        ("Schmidt", "Schmitt GmbH", "almost the same name"),
        ("Elektro Maier", "Elektro Mayer", "almost the same name"),
        ("Blumenschmidt", "Blumen Schmitt", "almost the same name"),
        ("Bäckerei Lang", "Bäckerei Lange", "almost the same name"),
        ("Petersen", "Modehaus Petersen", "one name contains the other"),
        ("Strandhotel Vier Jahreszeiten Borkum", "Strandhotel", "one name contains the other"),
    ],
)
def test_these_may_be_the_same(new: str, there: str, why: str) -> None:
    found = compare(new, there)
    assert found is not None
    assert found.why == (why,)
    assert found.name == there


@pytest.mark.parametrize(
    ("new", "there"),
    [
        ("Sales", "Sales"),
        ("Info", "info"),
        ("Zentrale", "Zentrale GmbH"),
        ("Einkauf", "Einkauf Müller"),
        ("Büro", "Buero"),
        ("Hotel", "Hotel Adler"),
        ("Autohaus Nord", "Autohaus Süd"),
        ("Apotheke am Markt", "Apotheke am Park"),
        ("Neue Apotheke", "Alte Apotheke"),
        ("Filiale 12", "Filiale 13"),
        ("Meier", "Meyer"),
        ("IT Huber", "IT Gruber Wien"),
        ("Stadt Emden", "Stadt Leer"),
        ("!!!", "???"),
        ("Petersen", "Müller"),
        ("Heike Petersen", "Heike Voss"),
    ],
)
def test_these_are_others(new: str, there: str) -> None:
    assert compare(new, there) is None


def test_the_same_phone_is_a_reason_whatever_the_names() -> None:
    found = compare(
        known("Neu", "", phones=("+491715550123",)), known("Alt", phones=("+491715550123",))
    )
    assert found == Alike("known", "Alt", 90, ("same phone number 0171 5550123",))


def test_the_same_mail_is_a_reason_in_any_letters() -> None:
    found = compare(
        known("Neu", "", mails=("H@Mode.example",)), known("Alt", mails=("mailto:h@mode.example",))
    )
    assert found == Alike("known", "Alt", 90, ("same e-mail address h@mode.example",))


def test_a_mail_domain_of_the_firm_is_a_reason_a_free_one_is_none() -> None:
    new = known("Neu", "", mails=("heike@gmx.de", "heike@mode.example"))
    found = compare(new, known("Alt", mails=("info@mode.example",)))
    assert found is not None
    assert found.why == ("same mail domain mode.example",)
    assert compare(new, known("Alt", mails=("jens@gmx.de",))) is None


def test_reasons_add_up_and_the_strongest_is_told_first() -> None:
    new = known("Modehaus Petersen", "", phones=("+4949229300",), city="Borkum")
    there = known("Petersen Modehaus", phones=("+4949229300",), city="BORKUM")
    found = compare(new, there)
    assert found is not None
    assert found.points == 100
    assert found.why == (
        "same phone number 04922 9300",
        "same words in another order",
        "same place: BORKUM",
    )


def test_a_phone_abroad_is_shown_as_dialled_from_home() -> None:
    new, there = known("Neu", "", phones=("+43512123456",)), known("A", phones=("+43512123456",))
    assert alike(new, [there])[0].why == ("same phone number +43 512 123456",)
    assert alike(new, [there], country="AT")[0].why == ("same phone number 0512 123456",)


def test_another_place_speaks_against() -> None:
    borkum, leer = known("Petersen", "", city="Borkum"), known("Petersen", city="Leer")
    assert compare(borkum, leer) is not None
    assert compare(borkum, known("Modehaus Petersen", city="Leer")) is None
    assert compare(borkum, known("Modehaus Petersen", city="Borkum")) is not None
    assert compare(known("X", "", city="Leer"), known("Y", city="Leer")) is None


def test_an_alias_counts_and_is_told() -> None:
    found = compare("Petersen Borkum", known("Modehaus am Strand", aliases=("Petersen Borkum",)))
    assert found is not None
    assert found.why == ("same name", "known there as “Petersen Borkum” too")


def test_nobody_is_like_himself_and_the_likeliest_come_first() -> None:
    others = [
        known("Modehaus Petersen", "petersen"),
        known("Petersen", "near"),
        known("Modehaus Petersen AG", "same"),
        known("Modehaus Petersen OHG", "also-the-same"),
    ]
    found = alike(known("Modehaus Petersen", "petersen"), others)
    assert [hit.slug for hit in found] == ["also-the-same", "same", "near"]


NAMES = st.text(alphabet="abcdeäü 12", max_size=12)


@LAW
@given(NAMES, NAMES)
def test_likeness_holds_both_ways(one: str, other: str) -> None:
    there, back = compare(one, other), compare(other, one)
    assert (there is None) == (back is None)


@LAW
@given(st.text(max_size=20))
def test_points_stay_between_0_and_100(name: str) -> None:
    facts = ("+4949229300",)
    found = compare(
        known(name, "", phones=facts, city="Emden"), known(name, phones=facts, city="Emden")
    )
    assert found is not None
    assert 90 <= found.points <= 100


def test_ten_thousand_customers_are_compared_while_one_blinks() -> None:
    trades, sounds = (
        ("Modehaus", "Hotel", "Elektro", "Café"),
        ("pe", "ter", "sen", "mü", "ler", "ho"),
    )
    names = [
        f"{trades[n % 4]} {''.join(sounds[n // 6**place % 6] for place in range(4)).title()} GmbH"
        for n in range(10_000)
    ]
    others = [
        known(name, str(place), mails=(f"x{place}@gmx.de",)) for place, name in enumerate(names)
    ]
    new = known("Modehaus Petermüho", "", mails=("y@gmx.de",))
    alike(new, others[:10])

    def seconds(work: object) -> float:
        assert callable(work)
        begun = time.process_time()
        work()
        return time.process_time() - begun

    folding = min(seconds(lambda: list(map(fold, names))) for _ in range(3))
    comparing = min(seconds(lambda: alike(new, others)) for _ in range(3))
    assert comparing < 40 * folding  # measured: 9 ms to fold them all, some 100 to compare


def near(asked: str, *names: str) -> list[str]:
    """Return the names that may have been meant."""
    return near_names(asked, [(name, name) for name in names])


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("peterson", "Modehaus Petersen"),
        ("Petersn", "Petersen"),
        ("modehuas", "Modehaus Petersen"),
        ("modehuas pet", "Modehaus Petersen"),
        ("mueler", "Müller"),
        ("MULLER", "Müller"),
        ("heike petersn", "Heike Petersen"),
        ("strand", "Strandhotel Vier Jahreszeiten"),
        ("jahres", "Strandhotel Vier Jahreszeiten"),
    ],
)
def test_a_mistyped_name_is_recognised(asked: str, meant: str) -> None:
    assert near(asked, "Xaver Quint", meant, "Zoo") == [meant]


def test_what_begins_so_comes_before_what_contains_it() -> None:
    names = ("Alt-Petersen", "Superpetersen", "Petersen", "Peterson")
    assert near("petersen", *names) == ["Petersen", "Alt-Petersen", "Superpetersen", "Peterson"]


def test_nothing_near_is_nothing() -> None:
    assert near("xyz", "Petersen", "Müller", "") == []
    assert near("", "Petersen") == []


def test_several_names_of_one_customer_are_one_hit() -> None:
    names = [("Petersen", "p"), ("Petersen Borkum", "p"), ("Peterson", "q"), ("Petersens", "r")]
    assert near_names("petersen", names) == ["p", "r", "q"]
    assert near_names("petersen", names, limit=1) == ["p"]
    assert near_names("petersen", names, limit=0) == []
