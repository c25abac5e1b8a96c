"""A customer as it will stand when the plan is done: what it has, and what it lacks of a card."""

from __future__ import annotations

from collections.abc import Iterator

from crm_md.exchange.card import Source
from crm_md.exchange.facts import Facts
from crm_md.exchange.holder import Holder, lines_of, own_holder, person_holder
from crm_md.exchange.sameness import Value, agree, country_code, essence, mail_key, phone_key
from crm_md.exchange.steps import Edit, Remark, edit_sentence, stays_remark
from crm_md.exchange.wording import Single
from crm_md.frozen import dataclass
from crm_md.likeness import digits, fold
from crm_md.model import Customer


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that a card says and a customer does not have: a field, or a line of text."""

    key: str
    value: Value
    listed: bool = False


class Place:
    """A customer, new or existing, while cards are brought to it."""

    def __init__(self, name: str, country: str, customer: Customer | None = None) -> None:
        self.name = name
        self.customer = customer
        self.own = own_holder(customer) if customer else Holder(name)
        people = customer.contacts if customer else ()
        self.people = [person_holder(contact, at) for at, contact in enumerate(people)]
        self.tags = list(customer.tags) if customer else []
        self.edits: list[Edit] = []
        self.note: list[str] = []
        self.source = Source()  # of the card that made it
        self.doubtful = False  # one of several of its name, for people of any of them
        self._country = country
        self._lines: set[str] | None = None
        self._keys: dict[Holder, set[str]] = {}

    @property
    def city(self) -> str:
        address = self.own.singles.get("address", "")
        return address.get("city", "") if isinstance(address, dict) else ""

    def shares(self, holder: Holder, facts: Facts) -> bool:
        """Tell whether a telephone number or mail address of the card is known of the holder."""
        if facts.emails and holder.emails:
            mails = set(map(mail_key, holder.emails))
            if any(mail_key(mail) in mails for mail in facts.emails):
                return True
        if not facts.phones or not holder.phones:
            return False
        known = self._known_keys(holder)
        return any(not known.isdisjoint(self._phone_keys(phone)) for phone in facts.phones)

    def lacking(self, holder: Holder, facts: Facts) -> Iterator[Lack]:
        """Yield what the holder lacks of what a card says; what differs is not lacking.

        Whatever has once been taken is never lacking again, whatever is taken after it: this is
        what makes a second import of the same cards change nothing.
        """
        yield from self._lacking_numbers(holder, facts)
        mails, tags = set(map(mail_key, holder.emails)), set(map(fold, self.tags))
        for mail in facts.emails:
            if mail_key(mail) not in mails:
                mails.add(mail_key(mail))
                yield Lack("email", mail, listed=True)
        for tag in facts.tags:
            if fold(tag) not in tags:
                tags.add(fold(tag))
                yield Lack("tags", tag, listed=True)
        for single in facts.singles:
            current = holder.singles.get(single.key)
            if not current:
                yield Lack(single.key, single.value)
            elif self._writes_differing(holder, single, current):
                yield Lack("line", single.line)
        yield from (Lack("line", line) for line in facts.lines if not self._stands(line))

    def has(self, holder: Holder, facts: Facts) -> bool:
        """Tell whether nothing is lacking."""
        return next(self.lacking(holder, facts), None) is None

    def take(self, holder: Holder, facts: Facts) -> None:
        """Add to the holder what it lacks."""
        lacks = list(self.lacking(holder, facts))
        self._keys.clear()
        for lack in lacks:
            if lack.key == "line":
                self._add_line(str(lack.value))
            elif lack.listed:
                self._list_of(holder, lack.key).append(str(lack.value))
            else:
                holder.set(lack.key, lack.value)
            stands = self.customer and (holder.at is not None or holder is self.own)
            if stands and lack.key != "line":
                self.edits.append(self._edit(holder, lack))

    def differing(self, holder: Holder, facts: Facts, source: Source) -> Iterator[Remark]:
        """Yield a remark for each field of the file that stays although the card differs.

        Args:
            source: of the card.
        """
        for single in facts.singles:
            current = holder.singles.get(single.key)
            if current and self._only_tells(holder, single) and self._differs(single, current):
                yield stays_remark(source, self._who(holder), current, single.value)

    def _writes_differing(self, holder: Holder, single: Single, current: Value) -> bool:
        return not self._only_tells(holder, single) and self._differs(single, current)

    def _only_tells(self, holder: Holder, single: Single) -> bool:
        """Tell whether nothing is written where the file has another value than the card."""
        return single.own and single.key not in holder.fresh

    def _differs(self, single: Single, current: Value) -> bool:
        """Tell whether the card says something else than field and free text."""
        if not single.line or agree(single.key, current, single.value):
            return False
        return not self._stands(single.line)

    def _lacking_numbers(self, holder: Holder, facts: Facts) -> Iterator[Lack]:
        known = set(self._known_keys(holder))
        for phone in facts.phones:
            keys = self._phone_keys(phone)
            if known.isdisjoint(keys):
                known |= keys
                yield Lack("phone", phone, listed=True)
        faxes = [digits(fax) for fax in holder.faxes]
        for fax in facts.faxes:
            if not any(digits(fax) in known_fax for known_fax in faxes):
                faxes.append(digits(fax))
                yield Lack("fax", fax, listed=True)

    def _known_keys(self, holder: Holder) -> set[str]:
        keys = self._keys.get(holder)
        if keys is None:
            keys = set().union(*map(self._phone_keys, holder.phones))
            self._keys[holder] = keys
        return keys

    def _phone_keys(self, phone: str) -> set[str]:
        """Return what a number is in the country of the store, and in that of the customer.

        The first never changes, so that a number once found known stays known when an address
        comes to the customer later.
        """
        countries = {self._country, self._own_country() or self._country}
        return {country + phone_key(phone, country) for country in countries}

    def _own_country(self) -> str | None:
        address = self.own.singles.get("address", "")
        country = address.get("country", "") if isinstance(address, dict) else ""
        return country_code(country) if country else None

    def _stands(self, line: str) -> bool:
        """Tell whether each line of a text stands in the file's free text already."""
        if self._lines is None:
            self._lines = set(lines_of(self.customer)) if self.customer else set()
        told = filter(None, map(essence, line.split("\n")))
        return self._lines.issuperset(told)

    def _add_line(self, line: str) -> None:
        if not self._stands(line):
            self.note.append(line)
            if self._lines is not None:
                self._lines.update(map(essence, line.split("\n")))

    def _list_of(self, holder: Holder, key: str) -> list[str]:
        lists = {"phone": holder.phones, "email": holder.emails, "fax": holder.faxes}
        return self.tags if key == "tags" else lists[key]

    def _edit(self, holder: Holder, lack: Lack) -> Edit:
        target: tuple[str | int, ...] = () if holder.at is None else ("contacts", holder.at)
        text = edit_sentence(self._who(holder), lack.key, lack.value)
        return Edit(target, lack.key, lack.value, "add" if lack.listed else "set", text)

    def _who(self, holder: Holder) -> str:
        return self.name if holder is self.own else f"{self.name}, {holder.name}"
