"""Look at single facts of a head: numbers nobody can dial, days nobody was born on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from crm_md.dates import read_partial
from crm_md.likeness import digits, looks_like_mail
from crm_md.messages import _
from crm_md.quality.book import Page
from crm_md.quality.misreading import Misreading, misread
from crm_md.quality.registry import Slip, of_a_file

FEWEST_DIGITS = 6  # with the area code; fewer can only be dialled from inside a firm
MOST_DIGITS = 18  # E.164 has at most 15; an international prefix and a bracketed zero come on top
OLDEST = 120  # years

_BETWEEN_NUMBERS = re.compile(r"[/,;|\n]|\s(?:oder|or|und|and|bzw\.?)\s")
_BEGINS_LIKE_A_NUMBER = re.compile(r"[^\d+(]*[+(]?\s*(?:0|\+|[1-9]\d{0,2}\s?\))")


@of_a_file("head-misread", "warning")
def misread_values(page: Page) -> Iterator[Slip]:
    """A value without quotation marks that other programs read as something else.

    A postcode `01067` becomes the number 567, `+49…` loses its plus, `NO` becomes “no”, `12:30`
    becomes 750. Here the text counts that stands there; quotation marks make all programs agree.
    """
    for scalar, seen in misread(page.document.head.root):
        yield Slip(scalar.line, _told(scalar.text, seen), _quote_it(scalar.text))


def _told(text: str, seen: Misreading) -> str:
    told = {
        "number": _("Without quotation marks, other programs read “{text}” as {shown}."),
        "yes-no": _("Without quotation marks, other programs read “{text}” as yes or no."),
        "nothing": _("Without quotation marks, other programs read “{text}” as empty."),
        "failure": _("Without quotation marks, other programs cannot read a file with “{text}”."),
    }[seen.kind]
    return told.format(text=text, shown=seen.shown)


def _quote_it(text: str) -> str:
    return _("Put it in quotation marks: {quoted}, or: crm check --fix").format(quoted=f'"{text}"')


def _phones(page: Page) -> Iterator[str]:
    yield from page.customer.phones
    for person in page.customer.contacts:
        yield from person.phones


@of_a_file("phone-short", "hint")
def phone_too_short(page: Page) -> Iterator[Slip]:
    """A telephone number with too few digits: it lacks the area code, or is no number at all."""
    for phone in _phones(page):
        if len(digits(phone)) < FEWEST_DIGITS:
            yield Slip(
                page.line_of_value(phone),
                _("“{phone}” has too few digits for a phone number.").format(phone=phone),
                _("Write the whole number, with its area code."),
            )


@of_a_file("phone-two", "hint")
def two_phones_in_one(page: Page) -> Iterator[Slip]:
    """Two telephone numbers in one field: only the first is found when it rings."""
    for phone in _phones(page):
        if _are_two(phone):
            yield Slip(
                page.line_of_value(phone),
                _("“{phone}” looks like two numbers; only the first is recognised.").format(
                    phone=phone
                ),
                _("Write one per line, each behind a dash: - 04922 9300-0"),
            )


def _are_two(phone: str) -> bool:
    if len(digits(phone)) > MOST_DIGITS:
        return True
    whole = [
        part
        for part in _BETWEEN_NUMBERS.split(phone)
        if len(digits(part)) >= FEWEST_DIGITS and _BEGINS_LIKE_A_NUMBER.match(part)
    ]
    return len(whole) > 1


@of_a_file("email-wrong", "warning")
def no_mail_address(page: Page) -> Iterator[Slip]:
    """An e-mail address that nothing can reach: without @ or domain, or two in one field."""
    people = (person.emails for person in page.customer.contacts)
    for mail in (mail for mails in (page.customer.emails, *people) for mail in mails):
        if not looks_like_mail(mail):
            yield Slip(
                page.line_of_value(mail),
                _("“{mail}” is no e-mail address.").format(mail=mail),
                _("Write it as name@firm.example, several of them one per line behind a dash."),
            )


@of_a_file("birthday-impossible", "warning")
def impossible_birthday(page: Page) -> Iterator[Slip]:
    """A birthday in the future, or of somebody more than 120 years old."""
    people = (person.birthday for person in page.customer.contacts)
    for birthday in filter(None, (page.customer.birthday, *people)):
        partial = read_partial(birthday)
        if partial is None or partial.year is None:
            continue
        born = date(partial.year, partial.month or 1, partial.day or 1)
        if born > page.today or page.today.year - born.year > OLDEST:
            yield Slip(
                page.line_of_value(birthday),
                _("Nobody alive was born on {birthday}.").format(birthday=birthday),
                _("Correct the year, or leave it out: 03-12"),
            )


@of_a_file("consent-undated", "warning")
def consent_without_date(page: Page) -> Iterator[Slip]:
    """A consent without the day on which it was given: it proves nothing (GDPR, Art. 7 (1))."""
    for place, consent in enumerate(page.customer.consents):
        if consent.allowed and not consent.date:
            yield Slip(
                page.line_of("consent", place),
                _("The consent to “{channel}” has no date.").format(channel=consent.channel),
                _("Add when it was given: “date: 2026-11-20”, and how: “evidence: …”"),
            )
