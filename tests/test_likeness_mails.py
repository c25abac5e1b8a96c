"""E-mail addresses compare in any dress, and free mailboxes prove nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_md.likeness import FREE_MAIL, fold_mail, looks_like_mail, mail_domain

LAW = settings(max_examples=150, deadline=None)


@pytest.mark.parametrize(
    "dressed",
    [
        "h.petersen@mode.example",
        "H.Petersen@Mode.Example",
        " h.petersen@mode.example ",
        "<h.petersen@mode.example>",
        "mailto:h.petersen@mode.example",
        "MAILTO:H.Petersen@mode.example?subject=Hallo",
        "Heike Petersen <h.petersen@mode.example>",
        '"Petersen, Heike" <h.petersen@mode.example>',
        "h.petersen@mode.example;",
        "h.petersen@mode.example.",
        "<mailto:h.petersen@mode.example>",
    ],
)
def test_one_address_in_any_dress(dressed: str) -> None:
    assert fold_mail(dressed) == "h.petersen@mode.example"
    assert looks_like_mail(dressed)


def test_punycode_is_read() -> None:
    assert fold_mail("info@xn--mller-kva.example") == fold_mail("info@MÜLLER.example")
    assert fold_mail("info@xn--\u00fc.example") == "info@xn--\u00fc.example"


def test_the_domain_tells_the_firm() -> None:
    assert mail_domain("Heike <H@Mode.example>") == "mode.example"
    assert mail_domain("Heike") == ""


@pytest.mark.parametrize(
    "domain", ["gmx.de", "web.de", "t-online.de", "gmail.com", "bluewin.ch", "aon.at"]
)
def test_mailboxes_for_everybody(domain: str) -> None:
    assert domain in FREE_MAIL


def test_free_domains_are_written_as_they_are_compared() -> None:
    assert {domain for domain in FREE_MAIL if mail_domain(f"x@{domain}") != domain} == set()


@pytest.mark.parametrize(
    "fragment",
    [
        *(
            "",
            "@",
            "@ben",
            "@mode.example",
            "petersen",
            "a@b",
            "a@b.",
            "a@.de",
            "a@b.c",
            "a b@c.de",
        ),
        *("a@b@c.de", "a@b.12", "04922 9300-0", "a@b c.de", "a@b,c.de", "a@\x1b.de"),
    ],
)
def test_these_are_no_addresses(fragment: str) -> None:
    assert not looks_like_mail(fragment)


@LAW
@given(st.emails())
def test_addresses_of_the_standard_are_seen_and_fold_for_good(mail: str) -> None:
    folded = fold_mail(mail)
    assert fold_mail(folded) == folded
    assert mail_domain(mail) == folded.rpartition("@")[2]
