"""Change an address as typed in one line; what the line does not say of it stays."""

from __future__ import annotations

from crm_md.document import Document, Scalar, Target, node_at, with_value, without
from crm_md.document.address_line import is_street
from crm_md.document.field_types import address_of_line
from crm_md.errors import StreetOrTown
from crm_md.likeness import fold
from crm_md.model import Address
from crm_md.words import ADDRESS

_TARGET = ("address",)


def with_address(document: Document, target: Target, text: str) -> Document:
    """Return the document with the address, or the parts of it that the line says.

    Args:
        document: the customer.
        target: the customer's address, or that of a person, which has no parts for us.
        text: ``Strandstraße 9``, ``26757 Borkum``, or all of it.

    Raises:
        StreetOrTown: it might be either, and something else stands there.
        WouldChangeMore: the parts of what stands there cannot be told.
    """
    standing, given = document.customer.address, address_of_line(text)
    whole = bool(given.street and given.city)
    if not (standing.zip or standing.city):
        whole = whole or is_street(text) or not standing.street
    one_line = node_at(document, target) is None or isinstance(node_at(document, target), Scalar)
    in_parts = any(node_at(document, (name,)) for name in ADDRESS)
    if target != _TARGET or (whole and one_line and not in_parts):
        return with_value(document, target, text)
    parts = {name: part for name, part in _parts(given).items() if part}
    if not (given.zip or given.city) and not is_street(text):
        raise StreetOrTown(document.customer.name, text, document.customer.slug)
    if given.city and not given.zip and fold(given.city) != fold(standing.city):
        document = without(document, (*_TARGET, "zip"))
    for name, part in parts.items():
        document = with_value(document, (*_TARGET, name), part)
    return document


def kept_of_address(before: Document, after: Document, text: str) -> str:
    """Return what stayed of an address though a new line was typed: ``37115 Duderstadt``.

    Args:
        before: the customer's file as it was; ``after``: as it is now.
        text: as typed.
    """
    given, old, now = (
        _parts(one)
        for one in (address_of_line(text), before.customer.address, after.customer.address)
    )
    kept = {name: now[name] for name in ADDRESS if old[name] and now[name] == old[name]}
    for name in ADDRESS:
        if given[name]:
            kept.pop(name, None)
    town = " ".join(kept[name] for name in ("zip", "city") if name in kept)
    return ", ".join(filter(None, (kept.get("street", ""), town, kept.get("country", ""))))


def _parts(address: Address) -> dict[str, str]:
    return {
        "street": address.street,
        "zip": address.zip,
        "city": address.city,
        "country": address.country,
    }
