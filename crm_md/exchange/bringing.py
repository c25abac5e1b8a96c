"""Bring a card to the customer it belongs to; what is uncertain stays apart, and it is said why."""

from __future__ import annotations

from itertools import islice

from crm_md.exchange.book import Book
from crm_md.exchange.card import Card, Source
from crm_md.exchange.facts import Facts, contact_facts, head_of_firm, own_facts, shared_facts
from crm_md.exchange.holder import Holder
from crm_md.exchange.matching import (
    against_colleague,
    against_firm,
    against_private,
    doubt_of_private,
    is_common,
    points_to,
)
from crm_md.exchange.naming import is_colleague, is_own
from crm_md.exchange.place import Place
from crm_md.exchange.steps import (
    apart_person_remark,
    apart_remark,
    elsewhere_remark,
    left_out_remark,
)
from crm_md.frozen import dataclass
from crm_md.messages import _


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where a card may belong: a customer or one of its people, and what they would get."""

    place: Place
    holder: Holder
    facts: Facts
    shared: Facts | None = None  # what the customer gets where the holder is one of its people

    @property
    def complete(self) -> bool:
        """Whether the card says nothing new there.

        Such a seat goes before all others: it is where the card was put the last time.
        """
        return self.place.has(self.holder, self.facts) and (
            self.shared is None or self.place.has(self.place.own, self.shared)
        )


def bring(book: Book, card: Card, language: str) -> None:
    """Bring one card to its customer, which is created if there is none.

    Args:
        book: changed: what the card says is added to it.
        language: of the store, for what is written as text.
    """
    if is_own(card):
        _bring_firm(book, card, own_facts(card, language))
    elif is_colleague(card):
        facts, shared = contact_facts(card, language), shared_facts(card, language)
        _bring_colleague(book, card, facts, shared)
    else:
        person = contact_facts(card, language, shared=False)
        _bring_private(book, card, own_facts(card, language), person)


def _bring_firm(book: Book, card: Card, facts: Facts) -> None:
    if not facts.name:
        book.remarks.append(left_out_remark(card.source))
        return
    places = book.firms_named(facts.name)
    against = {place: against_firm(place, facts) for place in places}
    seats = [_Seat(place, place.own, facts) for place in places if not against[place]]
    if seats:
        place = next((seat for seat in seats if seat.complete), seats[0]).place
    else:
        for why in list(against.values())[:1]:
            book.remarks.append(apart_remark(card.source, facts.name, why))
        place = book.create(book.best_spelling(facts.name), card.source)
    book.take(place, place.own, facts, card.source)
    head = head_of_firm(card)
    if head:
        book.take(place, _colleague(book, place, head, card.source), head, card.source)


def _bring_colleague(book: Book, card: Card, facts: Facts, shared: Facts) -> None:
    """Bring the card of a person with a firm."""
    places = book.firms_named(shared.name)
    seats = [
        _Seat(place, holder, facts, shared)
        for place, holder in book.contacts_named(facts.name)
        if place in places and not against_colleague(holder, facts)
    ]
    seat = next((seat for seat in seats if seat.complete), None)
    if seat is None:
        place = _firm_of(book, card, places, seats, facts, shared)
        seat = _Seat(place, _colleague(book, place, facts, card.source), facts, shared)
    book.take(seat.place, seat.holder, facts, card.source)
    book.take(seat.place, seat.place.own, shared, card.source)


def _firm_of(
    book: Book, card: Card, places: list[Place], seats: list[_Seat], facts: Facts, shared: Facts
) -> Place:
    """Return the firm of a person: of several with its name the one that fits, or a new one."""
    if len(places) == 1:
        return places[0]
    sharing = [seat.place for seat in seats if seat.place.shares(seat.holder, facts)]
    fitting = [place for place in places if points_to(place, facts, shared)]
    doubtful = [place for place in places if place.doubtful]
    chosen = next(iter((*sharing, *fitting, *doubtful)), None)
    if chosen:
        return chosen
    place = book.create(book.best_spelling(shared.name), card.source)
    if places:
        place.doubtful = True
        why = _("Several customers have this name, and nothing says which of them is meant.")
        book.remarks.append(apart_remark(card.source, place.name, why))
    return place


def _colleague(book: Book, place: Place, facts: Facts, source: Source) -> Holder:
    """Return the person of that name at a customer, who is added if there is none."""
    named = book.contacts_named(facts.name)
    namesakes = [holder for other, holder in named if other is place]
    same = [holder for holder in namesakes if not against_colleague(holder, facts)]
    if same:
        return next((holder for holder in same if place.shares(holder, facts)), same[0])
    if namesakes:
        why = against_colleague(namesakes[0], facts)
        book.remarks.append(apart_person_remark(source, place.name, facts.name, why))
    for other, holder in named:
        if other is not place and other.shares(holder, facts):
            told = elsewhere_remark(source, facts.name, place.name, other.name)
            book.remarks.append(told)
            break
    return book.add_contact(place, facts.name)


def _bring_private(book: Book, card: Card, facts: Facts, person: Facts) -> None:
    """Bring the card of a person without a firm: a customer, or known as somebody's colleague."""
    if not facts.name:
        book.remarks.append(left_out_remark(card.source))
        return
    named, common = book.persons_named(facts.name), is_common(facts.name)
    alone = [_Seat(place, place.own, facts) for place in named if not against_private(place, facts)]
    tags = Facts(facts.name, tags=facts.tags)
    working = [
        _Seat(place, holder, person, tags)
        for place, holder in book.contacts_named(facts.name)
        if place.shares(holder, person) and not against_colleague(holder, facts)
    ]
    sure = [seat for seat in alone if not doubt_of_private(seat.place, facts, common)]
    complete = (seat for seat in (*alone, *working) if seat.complete)
    found = next(iter((*islice(complete, 1), *working, *sure)), None)
    if found is None:
        for place in named[:1]:
            why = against_private(place, facts) or doubt_of_private(place, facts, common)
            book.remarks.append(apart_remark(card.source, facts.name, why))
        place = book.create(facts.name, card.source)
        found = _Seat(place, place.own, facts)
    book.take(found.place, found.holder, found.facts, card.source)
    if found.shared:
        book.take(found.place, found.place.own, found.shared, card.source)
