"""Turn the head into values: the customer's own facts, people, products, deals, consents."""

from __future__ import annotations

from typing import Any

from crm_md.config import Config
from crm_md.document import field_types as types
from crm_md.document import slips
from crm_md.document.field_types import Findings
from crm_md.document.head_tree import Fields
from crm_md.document.keys import Keys
from crm_md.document.links import links_in
from crm_md.document.listed import items_of
from crm_md.model import Address, Consent, Contact, Deal, Product, Relation
from crm_md.words import ADDRESS, DECIDES, STAGES, STATUSES, plain

CUSTOMER_KEYS = frozenset(
    (
        *("name", "aliases", "status", "segment", "owner", "tags", "phone", "email", "reach"),
        *("address_as", "birthday", "decides", "address", "street", "zip", "city", "country"),
        *("every", "next", "goal", "contacts", "products", "deals", "relations", "consent"),
        *("snooze", "do_not_contact", "away", "website", "since", "anniversary", "source"),
        "language",
    )
)
CONTACT_KEYS = frozenset(
    (
        *("name", "role", "address_as", "decides", "phone", "email", "reach", "birthday", "away"),
        *("left", "snooze", "do_not_contact", "first_name", "last_name"),
    )
)
PRODUCT_KEYS = frozenset(("name", "since", "service_due"))
DEAL_KEYS = frozenset(("title", "stage", "value", "close"))
RELATION_KEYS = frozenset(("to", "as", "who"))
CONSENT_KEYS = frozenset(("channel", "allowed", "basis", "date", "evidence"))


def read_fields(root: Fields, slug: str, config: Config, findings: Findings) -> dict[str, Any]:
    """Return the values of a head by the names they have in `model.Customer`.

    Args:
        root: the keys of the head.
        slug: what the customer is called where the head names no name.
        config: the team, for the owner, and the segments.
        findings: what does not fit is added here.
    """
    keys = Keys(root, CUSTOMER_KEYS, findings)
    name = keys.text("name")
    if not name:
        findings.append(slips.no_name(root.line, slug) if root.pairs else slips.no_head())
    return {
        "name": name or slug,
        "aliases": keys.names("aliases"),
        "status": keys.word("status", STATUSES),
        "segment": _segment(keys, config),
        "owner": _owner(keys, config),
        "tags": keys.tags("tags"),
        "phones": keys.texts("phone"),
        "emails": keys.texts("email"),
        "reach": keys.text("reach"),
        "address_as": keys.text("address_as"),
        "birthday": keys.date_text("birthday", strict=True),
        "decides": keys.word("decides", DECIDES),
        "address": _address(keys),
        "every": _rhythm(keys),
        "next": keys.typed("next", types.step_of),
        "goal": keys.text("goal"),
        "contacts": items_of(keys, "contacts", CONTACT_KEYS, _contact),
        "products": items_of(keys, "products", PRODUCT_KEYS, _product),
        "deals": items_of(keys, "deals", DEAL_KEYS, _deal),
        "relations": items_of(keys, "relations", RELATION_KEYS, _relation),
        "consents": items_of(keys, "consent", CONSENT_KEYS, _consent),
        "snooze": keys.until("snooze", needs_day=True),
        "do_not_contact": keys.until("do_not_contact", needs_day=False),
        "away": keys.absence("away")[0],
        "website": keys.text("website"),
        "since": keys.date_text("since", strict=False),
        "anniversary": keys.date_text("anniversary", strict=True),
        "source": keys.text("source"),
        "language": keys.text("language"),
        "extra": keys.extra,
    }


def _contact(keys: Keys) -> Contact | None:
    name = keys.text("name")
    if not name:  # the two halves of an address book
        name = f"{keys.text('first_name')} {keys.text('last_name')}".strip()
    away, away_written = keys.absence("away")
    contact = Contact(
        name=name or keys.text("role"),
        role=keys.text("role"),
        address_as=keys.text("address_as"),
        decides=keys.word("decides", DECIDES),
        phones=keys.texts("phone"),
        emails=keys.texts("email"),
        reach=keys.text("reach"),
        birthday=keys.date_text("birthday", strict=True),
        away=away,
        away_written=away_written,
        left=keys.date_text("left", strict=False),
        snooze=keys.until("snooze", needs_day=True),
        do_not_contact=keys.until("do_not_contact", needs_day=False),
        extra=keys.extra,
    )
    return contact if contact.name else None


def _product(keys: Keys) -> Product | None:
    due = keys.day("service_due")
    name = keys.text("name")
    return Product(name, keys.date_text("since", strict=False), due, keys.extra) if name else None


def _deal(keys: Keys) -> Deal | None:
    close = keys.day("close")
    stage = keys.word("stage", STAGES)
    title = keys.text("title")
    return Deal(title, stage, keys.text("value"), close, keys.extra) if title else None


def _relation(keys: Keys) -> Relation | None:
    to = link_target(keys.text("to"))
    return Relation(to, keys.text("as"), keys.text("who")) if to else None


def _consent(keys: Keys) -> Consent | None:
    channel = keys.text("channel")
    allowed = keys.typed("allowed", types.yes_or_no)
    if not channel and allowed is None:
        return None
    return Consent(
        channel,
        allowed,
        keys.text("basis"),
        keys.date_text("date", strict=False),
        keys.text("evidence"),
    )


def link_target(text: str) -> str:
    """Return what a relation leads to: ``[[folder/slug|words]]`` leads to ``folder/slug``."""
    return next(links_in(text), text)


def _owner(keys: Keys, config: Config) -> str:
    """Return the colleague who looks after the customer: the short name, if we know them."""
    text = keys.text("owner").removeprefix("@")
    if not text or text in config.team:
        return text
    member = config.member(text)
    if member is None and config.team:
        team = config.team
        keys.note("owner", lambda line, name: slips.unknown_colleague(line, name, team), text)
    return member.short if member else text


def _segment(keys: Keys, config: Config) -> str:
    text = keys.text("segment")
    if not text or text in config.segments or not config.segments:
        return text
    for name in config.segments:
        if plain(name) == plain(text):
            return name
    known = config.segments
    keys.note("segment", lambda line, word: slips.unknown_word(line, "segment", word, known), text)
    return text


def _rhythm(keys: Keys) -> str:
    """Return the rhythm as written; what is none is a finding."""
    text = keys.text("every")
    if text:
        from crm_md.dates.spans import parse_span
        from crm_md.errors import SpanNotUnderstood

        try:
            parse_span(text)
        except SpanNotUnderstood:
            keys.note("every", slips.no_rhythm, text)
    return text


def _address(keys: Keys) -> Address:
    """Return the address, be it a mapping, one line of text, or keys of the head itself."""
    node = keys.node("address")
    address = Address()
    if isinstance(node, Fields):
        inner = Keys(node, frozenset(ADDRESS), keys.findings, inside="address")
        address = Address(
            inner.text("street"),
            inner.text("zip"),
            inner.text("city"),
            inner.text("country"),
            inner.extra,
        )
    elif node is not None and (line := types.as_line(node)):
        address = types.address_of_line(line)
    if any(key in keys for key in ADDRESS):  # written in the head itself
        address = Address(
            keys.text("street") or address.street,
            keys.text("zip") or address.zip,
            keys.text("city") or address.city,
            keys.text("country") or address.country,
            address.extra,
        )
    return address
