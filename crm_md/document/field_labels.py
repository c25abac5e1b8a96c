"""Call the fields of the head what people call them, in the language spoken."""

from __future__ import annotations

from crm_md.messages import N_, _

_LABELS = {
    "name": N_("Name"),
    "aliases": N_("Also called"),
    "status": N_("Status"),
    "segment": N_("Segment"),
    "owner": N_("Looked after by"),
    "tags": N_("Tags"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "reach": N_("Best reached"),
    "address": N_("Address"),
    "street": N_("Street"),
    "zip": N_("Postcode"),
    "city": N_("City"),
    "country": N_("Country"),
    "every": N_("Rhythm"),
    "next": N_("Next step"),
    "goal": N_("Goal"),
    "mood": N_("Mood"),
    "contacts": N_("People"),
    "role": N_("Role"),
    "address_as": N_("Form of address"),
    "decides": N_("Say in decisions"),
    "birthday": N_("Birthday"),
    "away": N_("Away"),
    "left": N_("Left the firm"),
    "products": N_("Products"),
    "service_due": N_("Service due"),
    "deals": N_("Deals"),
    "title": N_("Title"),
    "stage": N_("Stage"),
    "value": N_("Value"),
    "close": N_("Decision by"),
    "relations": N_("Relations"),
    "to": N_("Related to"),
    "as": N_("Related as"),
    "who": N_("Person"),
    "consent": N_("Consents"),
    "channel": N_("Channel"),
    "allowed": N_("Allowed"),
    "basis": N_("Legal basis"),
    "date": N_("Date"),
    "evidence": N_("Evidence"),
    "snooze": N_("Resting until"),
    "do_not_contact": N_("Do not contact"),
    "website": N_("Website"),
    "since": N_("Since"),
    "anniversary": N_("Anniversary"),
    "source": N_("Source"),
    "language": N_("Language"),
}


_OF_SOMEBODY = {  # whole, where the field's name and "of" would make no sentence
    "do_not_contact": N_("Do not contact {name}"),
    "snooze": N_("{name} resting until"),
    "away": N_("{name} away"),
    "left": N_("{name} left the firm"),
}


def label(name: str) -> str:
    """Return what a field is called; an unknown key is called what it is.

    Args:
        name: its English name in the file, ``service_due``.
    """
    return _(_LABELS[name]) if name in _LABELS else name


def label_of(name: str, whose: str) -> str:
    """Return what a field of a person, a product, a deal is called: ``Phone of Heike Petersen``."""
    if name in _OF_SOMEBODY:
        return _(_OF_SOMEBODY[name]).format(name=whose)
    return _("{field} of {name}").format(field=label(name), name=whose)
