"""Tell whose card it is, and what to call them: a firm, one of its people, or a private person."""

from __future__ import annotations

from crm_md.exchange.card import Card
from crm_md.likeness import fold, looks_like_mail, split_legal_form

# How a person is spoken to; everything else before a name (Dr., Prof.) is part of it.
_HONORIFICS = {
    **dict.fromkeys(("herr", "herrn", "hr"), "Herr"),
    **dict.fromkeys(("frau", "fr"), "Frau"),
    "mr": "Mr",
    "mrs": "Mrs",
    "ms": "Ms",
    "miss": "Miss",
}
# What people without a firm write where its name is asked for.
_NOTHING_WORDS = "privat, private, keine, none, n/a, k. A., unbekannt, unknown"
_NOBODYS_WORDS = "selbstständig, selbständig, freiberuflich, freelancer, self-employed, Rentner"
_NOTHING = frozenset(map(fold, _NOTHING_WORDS.split(",")))
_NO_FIRM = _NOTHING.union(map(fold, _NOBODYS_WORDS.split(",")))


def firm_name(card: Card) -> str:
    """Return the name of the firm on the card, "" where none or only “privat” stands there."""
    return "" if fold(card.org) in _NO_FIRM or not tells(card.org) else card.org


def person_name(card: Card) -> str:
    """Return the person's name as one says it: no salutation, no comma, first name first.

    Empty where no person is named, or only by a mail address.
    """
    name = "" if looks_like_mail(card.name) else card.name
    begins_with_family = fold(name).startswith(fold(card.family) + " ")
    if card.family and card.given and "," in name and begins_with_family:
        name = ""
    if not name:
        academic = [word for word in card.prefix.split() if not honorific(word)]
        parts = (*academic, card.given, card.additional, card.family, card.suffix)
        name = " ".join(filter(None, parts))
    elif not card.family and name.count(",") == 1:
        last, _comma, first = name.partition(",")
        name = f"{first} {last}"
    words = name.replace(",", " ").split()
    while len(words) > 1 and honorific(words[0]):
        words = words[1:]
    return " ".join(words) if tells("".join(words)) else ""


def says_nothing(org: str) -> bool:
    """Tell whether what stands for the firm is no word about the person: “privat”, “-”."""
    return fold(org) in _NOTHING or not tells(org)


def is_own(card: Card) -> bool:
    """Tell whether the card is that of a firm, not of one of its people.

    A telephone has one field for names, so a legal form in it says firm as well.
    """
    if card.kind == "org":
        return True
    if firm_name(card):
        return not person_name(card) or same_name(person_name(card), card.org)
    return not (card.given and card.family) and bool(split_legal_form(card.name)[1])


def is_colleague(card: Card) -> bool:
    """Tell whether the card is that of a person with a firm."""
    return bool(firm_name(card)) and not is_own(card)


def own_name(card: Card) -> str:
    """Return what to call the customer whose own card this is; "" if nothing names it."""
    own = is_own(card)
    names = (firm_name(card), card.name) if own else (person_name(card), *card.nicknames)
    told = (*names, *(mail.address for mail in card.emails), card.name)
    return next(filter(tells, (*told, *(phone.number for phone in card.phones))), "")


def honorific(word: str) -> str:
    """Return “Frau” for ``Fr.``, and "" for a word that is no salutation."""
    return _HONORIFICS.get(fold(word), "")


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are spelled alike, blind to case, umlauts and punctuation."""
    return fold(one) == fold(other)


def tells(name: str) -> bool:
    """Tell whether a name has a letter or digit."""
    return any(sign.isalnum() for sign in name)
