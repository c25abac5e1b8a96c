"""Say what a card tells in the words of a customer file: names, fields and lines of free text."""

from __future__ import annotations

from crm_md.exchange.card import Card
from crm_md.exchange.naming import firm_name, is_own, own_name, person_name, same_name
from crm_md.exchange.sameness import Value
from crm_md.exchange.wording import Single, Wording
from crm_md.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """What is to stand at one customer or person.

    Attributes:
        lines: free text; a line of its own each, or a paragraph.
    """

    name: str
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    faxes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    singles: tuple[Single, ...] = ()
    lines: tuple[str, ...] = ()

    def single(self, key: str) -> Value:
        """Return the value of a field, or ""."""
        return next((single.value for single in self.singles if single.key == key), "")

    @property
    def city(self) -> str:
        address = self.single("address")
        return address.get("city", "") if isinstance(address, dict) else ""

    @property
    def birthday(self) -> str:
        birthday = self.single("birthday")
        return birthday if isinstance(birthday, str) else ""


def own_facts(card: Card, language: str) -> Facts:
    """Return what the card of a firm or private person says of the customer itself.

    Args:
        card: without the people behind it.
        language: of the store, ``de`` or ``en``.
    """
    say = Wording(card, language, private=not is_own(card))
    name = own_name(card)
    singles = [*say.address(say.own_address(), own=True), *say.website(say.own_url(), own=True)]
    singles += say.dated("birthday", card.birthday)
    singles += say.dated("anniversary", card.anniversary)
    if card.language:
        singles.append(Single("language", card.language.partition("-")[0]))
    if say.private:
        singles += say.addressing()
    lines = [*say.nicknames(name), *say.further_addresses(say.own_address())]
    lines += [
        *say.further_websites(say.own_url()),
        *say.labelled("job", say.job()),
        *say.other_names(name),
    ]
    return Facts(
        name,
        phones=tuple(map(say.phone, say.numbers())),
        emails=tuple(mail.address for mail in card.emails),
        faxes=tuple(phone.number for phone in card.phones if phone.fax),
        tags=card.categories,
        singles=tuple(singles),
        lines=(*lines, *say.rest()),
    )


def contact_facts(card: Card, language: str, shared: bool = True) -> Facts:
    """Return what a card says of a person in a firm.

    Args:
        card: of the person.
        language: of the store, ``de`` or ``en``.
        shared: leave out what ``shared_facts`` says of the firm.
    """
    name = person_name(card)
    say = Wording(card, language, who=name)
    role = say.job()
    singles = [Single("role", role, say.line("job", role))] if role else []
    singles += [*say.addressing(), *say.dated("birthday", card.birthday)]
    phones = [phone for phone in say.numbers() if not (shared and "company" in phone.types)]
    lines = [
        *say.nicknames(name),
        *say.labelled("anniversary", card.anniversary),
        *say.labelled("language", card.language),
        *say.further_addresses(say.work_address() if shared else None),
        *say.further_websites(say.work_url() if shared else ""),
    ]
    return Facts(
        name,
        phones=tuple(map(say.phone, phones)),
        emails=tuple(mail.address for mail in card.emails),
        faxes=tuple(phone.number for phone in card.phones if phone.fax),
        singles=tuple(singles),
        lines=(*lines, *say.rest()),
    )


def shared_facts(card: Card, language: str) -> Facts:
    """Return what the card of a person says of the firm: office, website, head number, tags."""
    say = Wording(card, language, who=person_name(card))
    return Facts(
        firm_name(card),
        phones=tuple(say.phone(p) for p in say.numbers() if "company" in p.types),
        tags=card.categories,
        singles=(
            *say.address(say.work_address(), own=False),
            *say.website(say.work_url(), own=False),
        ),
    )


def head_of_firm(card: Card) -> Facts | None:
    """Return the person whose name stands on the card of a firm, or None (Apple's “company”)."""
    if not (is_own(card) and card.given and card.family):
        return None
    name = f"{card.given} {card.family}"
    return None if same_name(name, own_name(card)) else Facts(name)
