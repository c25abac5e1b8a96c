"""Judge whether two of the same name are one: why they are not, or nothing against it."""

from __future__ import annotations

from collections.abc import Iterable

from crm_md.exchange.days import days_agree
from crm_md.exchange.facts import Facts
from crm_md.exchange.holder import Holder
from crm_md.exchange.place import Place
from crm_md.exchange.sameness import Value, url_key
from crm_md.likeness import (
    FREE_MAIL,
    first_and_last,
    fold,
    is_generic,
    mail_domain,
    name_words,
    split_legal_form,
)
from crm_md.messages import _

_JOINING = ("und", "and", "u", "et")


def person_key(name: str) -> str:
    """Return a person's name as it is compared: without titles, whichever name comes first."""
    return " ".join(sorted(fold(" ".join(first_and_last(name))).split())) or fold(name)


def firm_base(name: str) -> str:
    """Return a firm's name as it is compared, without its legal form."""
    return " ".join(name_words(name))


def legal_form(name: str) -> str:
    """Return the legal form as it is compared, "" if there is none."""
    words = fold(split_legal_form(name)[1]).split()
    return "".join(word for word in words if word not in _JOINING)


def against_colleague(holder: Holder, facts: Facts) -> str:
    """Return what speaks against a person of a firm being the one of that name, or ""."""
    return _("The birthdays differ.") if _born_apart(holder, facts) else ""


def against_private(place: Place, facts: Facts) -> str:
    """Return what speaks against a private person being the one of that name, or ""."""
    if _born_apart(place.own, facts):
        return _("The birthdays differ.")
    return "" if place.shares(place.own, facts) else _other_city(place, facts)


def doubt_of_private(place: Place, facts: Facts, common: bool) -> str:
    """Return why a private person may be another one of the same name, or "".

    Nobody is merged for a name alone that many have, nor where numbers and place differ.

    Args:
        common: from ``is_common``.
    """
    if place.shares(place.own, facts):
        return ""
    if common:
        return _("Many have this name, and no number or mail address is the same.")
    same_city = facts.city and fold(facts.city) == fold(place.city)
    if place.own.phones and facts.phones and not same_city:
        return _("The phone numbers differ, and no place is known to be the same.")
    return ""


def is_common(name: str) -> bool:
    """Tell whether a name alone says nothing: Sales, Anna."""
    return len(fold(name).split()) < 2 or is_generic(name)


def against_firm(place: Place, facts: Facts) -> str:
    """Return what speaks against a firm being the one of that name, or ""."""
    if place.shares(place.own, facts) or domains_of(place) & _domains(facts):
        return ""
    return _other_city(place, facts)


def points_to(place: Place, facts: Facts, shared: Facts) -> bool:
    """Tell whether a person's card fits this one of several firms of the same name."""
    if place.shares(place.own, shared) or domains_of(place) & (_domains(facts) | _domains(shared)):
        return True
    return bool(shared.city) and fold(shared.city) == fold(place.city)


def domains_of(place: Place) -> set[str]:
    """Return the domains of website and mails that are the firm's alone."""
    holders = (place.own, *place.people)
    mails = [mail for holder in holders for mail in holder.emails]
    return _own_domains(mails, place.own.singles.get("website", ""))


def _domains(facts: Facts) -> set[str]:
    return _own_domains(facts.emails, facts.single("website"))


def _own_domains(mails: Iterable[str], website: Value) -> set[str]:
    """Leave out providers of mail, and pages that are a part of somebody else's (Facebook)."""
    page = url_key(str(website))
    return {*map(mail_domain, mails), "" if "/" in page else page} - FREE_MAIL - {""}


def _other_city(place: Place, facts: Facts) -> str:
    here, there = place.city, facts.city
    if not here or not there or fold(here) == fold(there):
        return ""
    return _("One is in {here}, the other in {there}.").format(here=here, there=there)


def _born_apart(holder: Holder, facts: Facts) -> bool:
    return not days_agree(holder.birthday, facts.birthday)
