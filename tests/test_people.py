"""People are recognised however their names are written, and never by a name that two share."""

from __future__ import annotations

import pytest

from crm_md.document.people import Names

NAMES = Names(
    (
        *("Heike Petersen", "Karl Petersen", "Dr. Hans-Georg Apelt", "Jan van der Meer"),
        *("Öztürk, Ayşe", "Cher", "Jan Petersen"),
        *("Cem Yıldırım", "Eva Weiss"),
    )
)


@pytest.mark.parametrize(
    ("written", "contact"),
    [
        ("Heike Petersen", "Heike Petersen"),
        ("heike", "Heike Petersen"),
        ("Petersen", None),
        ("Frau Heike Petersen", "Heike Petersen"),
        ("Jan", None),
        ("van der Meer", "Jan van der Meer"),
        ("Herrn van der Meer", "Jan van der Meer"),
        ("Meer", "Jan van der Meer"),
        ("Apelt", "Dr. Hans-Georg Apelt"),
        ("Dr. Apelt", "Dr. Hans-Georg Apelt"),
        ("Hans-Georg", "Dr. Hans-Georg Apelt"),
        ("Hans-Georg Apelt", "Dr. Hans-Georg Apelt"),
        ("Ayşe Öztürk", "Öztürk, Ayşe"),
        ("Oeztuerk", "Öztürk, Ayşe"),
        ("O\u0308ztu\u0308rk", "Öztürk, Ayşe"),
        ("Ayse Ozturk", None),
        ("Sekretärin Frau Heike Petersen", "Heike Petersen"),
        ("Schwester von Frau Heike Petersen", None),
        ("Herrn Yildirim", "Cem Yıldırım"),
        ("Weiß", "Eva Weiss"),
        ("Cher", "Cher"),
        ("Heike Schmidt", None),
        ("Herr", None),
        ("", None),
    ],
)
def test_a_name_means_a_contact_if_it_means_only_one(written: str, contact: str | None) -> None:
    assert NAMES.contact(written) == contact


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Heike Petersen Naht", ("Heike Petersen", " Naht")),
        ("Heike, Naht", ("Heike", ", Naht")),
        ("Öztürk, Ayşe, Naht", ("Öztürk, Ayşe", ", Naht")),
        ("Frau Dr. Apelt Naht", ("Frau Dr. Apelt", " Naht")),
        ("Naht Heike", None),
        ("- Heike", None),
    ],
)
def test_the_longest_name_comes_first(text: str, found: tuple[str, str] | None) -> None:
    assert NAMES.first(text) == found


def test_several_names_end_where_no_contact_follows() -> None:
    assert NAMES.several("Heike, Karl und Cher: x") == (("Heike", "Karl"), "und Cher: x")
    assert NAMES.several("Heike & Karl + Cher") == (("Heike", "Karl", "Cher"), "")
    assert NAMES.several("Heike und Ott") == (("Heike",), "und Ott")
    assert Names(()).several("Heike") == ((), "Heike")
