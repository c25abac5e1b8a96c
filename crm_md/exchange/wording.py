"""Put into words, in the language of the store, what a card says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crm_md.exchange.card import Card, CardAddress, CardPhone
from crm_md.exchange.labels import word_for
from crm_md.exchange.naming import honorific, same_name, says_nothing
from crm_md.exchange.sameness import Value, essence, url_key
from crm_md.frozen import dataclass

_REMARKED = ("pager", "assistant", "car", "main", "callback")
_LAST = ("pager", "assistant")


@dataclass(frozen=True, slots=True)
class Single:
    """A field that holds one value.

    Attributes:
        key: canonical key of the customer file.
        line: what to write where another value stands already; "" to write nothing.
        own: only the firm's or person's own card may set it right, so that a different value is
            told instead of written; False for what a person's card says of the firm.
    """

    key: str
    value: Value
    line: str = ""
    own: bool = True


class Wording:
    """The words for one card, in the language of the store.

    Attributes:
        private: of a private person, whose numbers are at home without saying.
    """

    def __init__(self, card: Card, language: str, private: bool = False, who: str = "") -> None:
        self._card = card
        self._language = language
        self._who = who
        self.private = private

    def line(self, label: str, text: str) -> str:
        """Return ``Heike Petersen, Ehepartner: Jens``."""
        word = word_for(label, self._language)
        word = word[:1].upper() + word[1:]
        return f"{self._who}, {word}: {text}" if self._who else f"{word}: {text}"

    def labelled(self, label: str, text: str) -> list[str]:
        return [self.line(label, text)] if text else []

    def dated(self, key: str, day: str) -> list[Single]:
        return [Single(key, day, self.line(key, day))] if day else []

    def numbers(self) -> list[CardPhone]:
        """Return the telephones, those at home or of others last."""
        return sorted((p for p in self._card.phones if not p.fax), key=self._distance)

    def _distance(self, phone: CardPhone) -> int:
        if any(kind in _LAST for kind in phone.types):
            return 2
        return 0 if self.private or "home" not in phone.types else 1

    def phone(self, phone: CardPhone) -> str:
        """Return the number, with a remark where its kind matters: ``0351 123 (privat)``."""
        telling = "work" if self.private else "home"
        kinds = [kind for kind in phone.types if kind == telling or kind in _REMARKED]
        remarks = [word_for(kind, self._language) for kind in kinds] + [phone.label]
        remark = ", ".join(filter(None, remarks)).translate({0x28: None, 0x29: None})
        return f"{phone.number} ({remark})" if remark else phone.number

    def job(self) -> str:
        """Return title, role and departments."""
        told = (self._card.title, self._card.role, *self._card.units)
        return ", ".join(dict.fromkeys(filter(None, told)))

    def addressing(self) -> list[Single]:
        """Return “Frau Dr. Krüger” where the card says Frau."""
        words = self._card.prefix.split() or self._card.name.split()[:1]
        said = next(filter(None, map(honorific, words)), "")
        if not said or not self._card.family:
            return []
        academic = [word for word in self._card.prefix.split() if not honorific(word)]
        return [Single("address_as", " ".join([said, *academic, self._card.family]))]

    def work_address(self) -> CardAddress | None:
        return next((each for each in self._card.addresses if "home" not in each.types), None)

    def own_address(self) -> CardAddress | None:
        first = next(iter(self._card.addresses), None)
        return first if self.private else self.work_address() or first

    def address(self, address: CardAddress | None, own: bool) -> list[Single]:
        if address is None:
            return []
        fields = {
            "street": ", ".join(filter(None, (address.street, self._box(address)))),
            "zip": address.zip,
            "city": address.city,
            "region": "" if address.region == address.city else address.region,
            "country": address.country,
        }
        value = {key: text for key, text in fields.items() if text}
        return [Single("address", value, self._address_line(address), own)] if value else []

    def further_addresses(self, but: CardAddress | None) -> list[str]:
        return [self._address_line(each) for each in self._card.addresses if each is not but]

    def _address_line(self, address: CardAddress) -> str:
        kinds = [kind for kind in address.types if kind in ("home", "work")]
        remarks = [word_for(kind, self._language) for kind in kinds] + [address.label]
        remark = ", ".join(filter(None, remarks))
        town = " ".join(filter(None, (address.zip, address.city)))
        region = "" if address.region == address.city else address.region
        parts = (address.street, self._box(address), town, region, address.country)
        text = ", ".join(filter(None, parts))
        return self.line("address", f"{text} ({remark})" if remark else text)

    def _box(self, address: CardAddress) -> str:
        words = word_for("po box", self._language)
        return f"{words} {address.box}" if address.box[:1].isdigit() else address.box

    def own_url(self) -> str:
        return next((url.url for url in self._card.urls), "")

    def work_url(self) -> str:
        """Return the first page that is not marked as private."""
        return next((url.url for url in self._card.urls if "home" not in url.types), "")

    def website(self, url: str, own: bool) -> list[Single]:
        return [Single("website", url, self.line("website", url), own)] if url else []

    def further_websites(self, but: str) -> list[str]:
        """Return lines for the pages that are not the website of the customer."""
        further = (url.url for url in self._card.urls if url_key(url.url) != url_key(but))
        return [self.line("website", url) for url in further]

    def nicknames(self, name: str) -> Iterator[str]:
        for nickname in self._card.nicknames:
            if not same_name(nickname, name):
                yield self.line("nickname", nickname)

    def other_names(self, name: str) -> Iterator[str]:
        """Yield lines for firm and name on the card of a customer who is called otherwise."""
        org = self._card.org
        if not says_nothing(org) and not same_name(org, name):
            yield self.line("company", org)
        if self._card.name and not (self.private or same_name(self._card.name, name)):
            yield self.line("other name", self._card.name)

    def rest(self) -> Iterator[str]:
        """Return labels of mails, whatever else the card says, and its notes."""
        for mail in self._card.emails:
            if mail.label:
                yield self.line(mail.label, mail.address)
        for label, text in self._card.extra:
            yield self.line(label, text)
        for note in self._card.notes:
            if essence(note):
                yield f"{self._who}: {note}" if self._who else note


def note_of(lines: Iterable[str]) -> str:
    """Return lines of free text as Markdown: single ones as a list, longer ones as paragraphs."""
    blocks: list[str] = []
    listed = False
    for line in lines:
        if "\n" in line:
            blocks.append(line)
        elif listed:
            blocks[-1] += f"\n- {line}"
        else:
            blocks.append(f"- {line}")
        listed = "\n" not in line
    return "\n\n".join(blocks)
