"""Find customers, known and to be created, by the names, firms and people on cards."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from crm_md.exchange.card import Source
from crm_md.exchange.facts import Facts
from crm_md.exchange.holder import Holder
from crm_md.exchange.matching import firm_base, legal_form, person_key
from crm_md.exchange.place import Place
from crm_md.exchange.steps import Remark
from crm_md.model import Customer


class Book:
    """The customers of the store and those that the plan creates.

    Args:
        known: the customers of the store.
        names: what the cards call their customers, all that may be created among them. “Müller”
            means “Müller GmbH” only as long as there is no “Müller AG”, and of several spellings
            the best is taken.
        country: ISO code of where the store is at home.

    Attributes:
        touched: the customers of the cards, in the order of the cards.
        remarks: what is to be told.
    """

    def __init__(self, known: Iterable[Customer], names: Iterable[str], country: str) -> None:
        self.places: list[Place] = []
        self.touched: dict[Place, None] = {}
        self.remarks: list[Remark] = []
        self._country = country
        self._forms: defaultdict[str, set[str]] = defaultdict(set)
        self._firms: defaultdict[str, list[Place]] = defaultdict(list)
        self._persons: defaultdict[str, list[Place]] = defaultdict(list)
        self._contacts: defaultdict[str, list[tuple[Place, Holder]]] = defaultdict(list)
        self._spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        customers, names = tuple(known), tuple(names)
        self._learn_forms([name for each in customers for name in (each.name, *each.aliases)])
        self._learn_forms(names)
        for name in names:
            self._spellings[self._firm_key(name)][name] += 1
        for customer in customers:
            self._keep(Place(customer.name, country, customer), customer.aliases)

    def firms_named(self, name: str) -> list[Place]:
        """Return the customers with this name of a firm, in any spelling."""
        return list(self._firms.get(self._firm_key(name), ()))

    def persons_named(self, name: str) -> list[Place]:
        """Return the customers who are themselves called so."""
        return list(self._persons.get(person_key(name), ()))

    def contacts_named(self, name: str) -> list[tuple[Place, Holder]]:
        """Return the people of any firm who are called so."""
        return list(self._contacts.get(person_key(name), ()))

    def best_spelling(self, name: str) -> str:
        """Return the spelling to write: with legal form, no shouting, umlauts, most frequent."""
        spellings = self._spellings.get(self._firm_key(name), Counter([name]))

        def merits(each: str) -> tuple[bool, bool, bool, int]:
            return bool(legal_form(each)), not each.isupper(), not each.isascii(), spellings[each]

        return max(spellings, key=merits)

    def create(self, name: str, source: Source) -> Place:
        """Add a customer, whose card begins there."""
        place = Place(name, self._country)
        place.source = source
        self._keep(place)
        return place

    def add_contact(self, place: Place, name: str) -> Holder:
        """Add a person to a customer."""
        holder = Holder(name)
        place.people.append(holder)
        self._contacts[person_key(name)].append((place, holder))
        return holder

    def take(self, place: Place, holder: Holder, facts: Facts, source: Source) -> None:
        """Add to a customer or person what a card says and they lack; tell what differs.

        Args:
            source: of the card.
        """
        self.touched[place] = None
        self.remarks += place.differing(holder, facts, source)
        place.take(holder, facts)

    def _learn_forms(self, names: Iterable[str]) -> None:
        for name in names:
            form = legal_form(name)
            if form:
                self._forms[firm_base(name)].add(form)

    def _firm_key(self, name: str) -> str:
        base = firm_base(name)
        return f"{base}|{legal_form(name)}" if len(self._forms.get(base, ())) > 1 else base

    def _keep(self, place: Place, aliases: Iterable[str] = ()) -> None:
        self.places.append(place)
        for key in dict.fromkeys(map(self._firm_key, (place.name, *aliases))):
            self._firms[key].append(place)
        self._persons[person_key(place.name)].append(place)
        for holder in place.people:
            self._contacts[person_key(holder.name)].append((place, holder))
