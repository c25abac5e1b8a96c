"""Plan an import: which customers are new, what existing ones lack, what is left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from crm_md.config import Config
from crm_md.errors import NameRefused
from crm_md.exchange.book import Book
from crm_md.exchange.bringing import bring
from crm_md.exchange.card import Card
from crm_md.exchange.holder import Holder
from crm_md.exchange.matching import domains_of, firm_base
from crm_md.exchange.naming import firm_name, is_colleague, is_own, own_name
from crm_md.exchange.place import Place
from crm_md.exchange.steps import (
    Addition,
    FieldValue,
    ImportPlan,
    NewCustomer,
    Remark,
    domain_remark,
    group_remark,
    name_refused_remark,
    new_contact_sentence,
    new_customer_sentence,
    note_sentence,
    unreadable_remark,
)
from crm_md.exchange.wording import note_of
from crm_md.frozen import replace
from crm_md.likeness import FREE_MAIL, TakenSlugs, fold_light, mail_domain, slugify
from crm_md.model import Customer

# The order in which fields are written.
_ORDER = (
    *("language", "phone", "fax", "email", "website"),
    *("address_as", "birthday", "address", "anniversary"),
)
_ORDER_OF_PERSON = ("role", "address_as", "phone", "fax", "email", "birthday")

__all__ = ["Addition", "ImportPlan", "NewCustomer", "Remark", "plan_import"]


def plan_import(
    cards: Iterable[Card],
    known: Iterable[Customer],
    config: Config,
    today: date,
    origin: str = "vCard",
    unreadable: Mapping[str, str] | None = None,
) -> ImportPlan:
    """Say what importing cards would change: companies with their people, and private persons.

    Cards of one firm, in any spelling, become one customer with contacts; a firm's own card gives
    its numbers and address; who has no firm is a customer himself. Of customers that are there
    already, only what is lacking is added, and nothing of theirs is changed. Planning again after
    the plan was carried out gives an empty plan.

    Args:
        cards: of one file or several.
        known: all customers of the store.
        config: for the language of what is written and the country of telephone numbers.
        today: noted in the source of new customers.
        origin: where the cards come from, the first words of that source.
        unreadable: the paths of customers whose files cannot be read, by slug: nobody is created
            who may be one of them.

    Returns:
        values that can be written without knowing anything about cards, each with its sentence.
    """
    customers = tuple(known)
    people, remarks = _with_groups(cards)
    names = (firm_name(card) if is_colleague(card) else own_name(card) for card in people)
    book = Book(customers, filter(None, names), config.country)
    for card in sorted(people, key=_firms_first):
        bring(book, card, config.language)
    remarks += book.remarks
    shut = {fold_light(slug): path for slug, path in (unreadable or {}).items()}
    taken = TakenSlugs((*(customer.slug for customer in customers), *shut))
    source = f"{origin} {today.isoformat()}"
    new: list[NewCustomer] = []
    for place in book.touched:
        if place.customer is None:
            try:
                path = _perhaps_unreadable(place.name, shut)
                if path:
                    remarks.append(unreadable_remark(place.source, place.name, path))
                    continue
                slug = slugify(place.name, taken)
            except NameRefused as refused:
                remarks.append(name_refused_remark(place.source, place.name, str(refused)))
                continue
            taken.add(slug)
            new.append(_new_customer(place, slug, source))
    known_ones = [(place, _addition(place)) for place in book.touched if place.customer]
    remarks += _domain_remarks(book)
    return ImportPlan(
        new=tuple(new),
        additions=tuple(addition for _place, addition in known_ones if addition),
        unchanged=tuple(
            place.customer.slug for place, addition in known_ones if place.customer and not addition
        ),
        remarks=tuple(sorted(remarks, key=lambda remark: (remark.file, remark.line))),
    )


def _perhaps_unreadable(name: str, shut: Mapping[str, str]) -> str:
    """Return the path of the unreadable file that is called like a customer, "" if none is.

    Nothing but the file's name is known of them; a legal form may be in it or not.

    Raises:
        NameRefused: a customer cannot be called so.
    """
    if not shut:
        return ""
    slug, base = slugify(name), firm_base(name)
    for other, path in shut.items():
        if other == fold_light(slug) or (base and base == firm_base(other.replace("-", " "))):
            return path
    return ""


def _firms_first(card: Card) -> int:
    """Order firms before their people, and those before people who may be one of them."""
    if is_own(card):
        return 0
    return 1 if is_colleague(card) else 2


def _with_groups(cards: Iterable[Card]) -> tuple[list[Card], list[Remark]]:
    """Return the cards without groups, whose members carry the name of the group as a tag."""
    cards = tuple(cards)
    people = [card for card in cards if card.kind != "group"]
    groups = [card for card in cards if card.kind == "group"]
    tags: dict[str, list[str]] = {}
    for group in groups:
        for uid in group.members:
            tags.setdefault(uid, []).append(group.name)
    uids = {card.uid for card in people if card.uid}
    remarks = [
        group_remark(group.source, group.name, len(uids.intersection(group.members)))
        for group in groups
    ]
    return [_tagged(card, tags.get(card.uid, [])) for card in people], remarks


def _tagged(card: Card, tags: Sequence[str]) -> Card:
    if not card.uid or not tags:
        return card
    return replace(card, categories=tuple(dict.fromkeys((*card.categories, *filter(None, tags)))))


def _new_customer(place: Place, slug: str, source: str) -> NewCustomer:
    fields: dict[str, FieldValue | list[dict[str, FieldValue]]] = {"name": place.name}
    if place.tags:
        fields["tags"] = place.tags
    fields |= _fields(place.own, _ORDER)
    fields["source"] = source
    if place.people:
        fields["contacts"] = [_contact(holder) for holder in place.people]
    names = [holder.name for holder in place.people]
    text = new_customer_sentence(place.name, names)
    return NewCustomer(slug, fields, note_of(place.note), text)


def _addition(place: Place) -> Addition | None:
    customer = place.customer
    people = [holder for holder in place.people if holder.at is None]
    if customer is None or not (place.edits or people or place.note):
        return None
    texts = [
        *(new_contact_sentence(place.name, holder.name) for holder in people),
        *(edit.text for edit in place.edits),
        *(note_sentence(place.name, line) for line in place.note),
    ]
    contacts = tuple(_contact(holder) for holder in people)
    edits, note = tuple(place.edits), note_of(place.note)
    return Addition(customer.slug, customer.path, edits, contacts, note, tuple(texts))


def _contact(holder: Holder) -> dict[str, FieldValue]:
    return {"name": holder.name, **_fields(holder, _ORDER_OF_PERSON)}


def _fields(holder: Holder, order: Iterable[str]) -> dict[str, FieldValue]:
    values: dict[str, FieldValue] = {
        "phone": _one_or_more(holder.phones),
        "fax": _one_or_more(holder.faxes),
        "email": _one_or_more(holder.emails),
        **holder.singles,
    }
    return {key: values[key] for key in order if values.get(key)}


def _one_or_more(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


def _domain_remarks(book: Book) -> Iterator[Remark]:
    """Yield a remark for each new private person who writes from the domain of a firm."""
    private = [
        (place, mail_domain(mail))
        for place in book.touched
        if place.customer is None and not place.people
        for mail in place.own.emails[:1]
        if mail_domain(mail) not in FREE_MAIL
    ]
    if not private:
        return
    firms: dict[str, Place] = {}
    for place in filter(lambda each: each.people, book.places):
        for domain in domains_of(place):
            firms.setdefault(domain, place)
    for place, domain in private:
        if domain in firms:
            yield domain_remark(place.source, place.name, firms[domain].name, domain)
