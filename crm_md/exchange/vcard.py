"""Read the visiting cards of a file: vCard 2.1, 3.0 and 4.0 of any client, good or damaged."""

from __future__ import annotations

from dataclasses import dataclass, field

from crm_md.exchange.card import Card, Cards
from crm_md.exchange.lines import Property, Unread, plain_text, read_properties
from crm_md.exchange.meanings import card_of
from crm_md.messages import _, ngettext
from crm_md.model import Finding, Severity

_PICTURES = frozenset(["PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-CARDPICTURE"])
_SHOWN = 60  # characters of a line that a finding quotes
_DEEPEST = 3  # cards within cards


def read_cards(data: bytes) -> Cards:
    """Return the cards of a file in their order, and what was not understood.

    One bad line loses that line only, one bad card no other; both are told with line and remedy.
    No bytes make it fail: an empty file or a picture simply holds no card.

    Args:
        data: the whole file, as its program wrote it.

    Source: RFC 6350 (vCard 4.0), RFC 2426 (3.0), versit 1996 (2.1). Read with our own eyes, since
        the vobject library drops the text behind an unescaped comma (Outlook's notes), refuses a
        card for its PROFILE line or a cut picture, and takes hours for some short lines; the
        tests hold this reader against it.
    """
    return _read(data, 0)


def _read(data: bytes, depth: int) -> Cards:
    reading = _Reading(depth)
    for item in read_properties(data):
        reading.take(item)
    return reading.finish()


@dataclass(slots=True)
class _Open:
    """A card whose END has not come yet."""

    line: int
    properties: list[Property] = field(default_factory=list)
    agents: list[Card] = field(default_factory=list)


class _Reading:
    """The state of reading one file: the cards that are open, nested ones above, and the ready."""

    def __init__(self, depth: int) -> None:
        self._depth = depth
        self._open: list[_Open] = []
        self._cards: list[Card] = []
        self._findings: list[Finding] = []
        self._pictures = 0
        self._first_picture = 0
        self._outside = False

    def take(self, item: Property | Unread) -> None:
        """Take the next line of the file."""
        if isinstance(item, Property) and item.value.strip().upper() == "VCARD":
            if item.name == "BEGIN":
                self._begin(item.line)
                return
            if item.name == "END" and self._open:
                self._end()
                return
        if not self._open:
            self._stray(item)
        elif isinstance(item, Unread):
            self._unread(item, self._open[-1])
        else:
            self._property(item, self._open[-1])

    def finish(self) -> Cards:
        """Close what is open and tell what is to be told of the file as a whole."""
        while self._open:
            self._end_missing()
        if not self._cards and not self._depth:
            text = _("There is no visiting card in this file.")
            remedy = _("Export the address book as vCard (.vcf) and import that file.")
            self._findings = [Finding("vcard-none", "error", "", 1, text, remedy)]
        if self._pictures:
            text = ngettext(
                "{count} picture, sound or key is not imported.",
                "{count} pictures, sounds or keys are not imported.",
                self._pictures,
            ).format(count=self._pictures)
            remedy = _("Put pictures that matter into the customer's folder under attachments.")
            self._find("vcard-picture", "hint", self._first_picture, text, remedy)
        findings = sorted(self._findings, key=lambda finding: finding.line)
        return Cards(tuple(self._cards), tuple(findings))

    def _begin(self, line: int) -> None:
        if self._open and not self._awaits_agent(self._open[-1]):
            while self._open:
                self._end_missing()
        self._open.append(_Open(line))

    def _awaits_agent(self, card: _Open) -> bool:
        """vCard 2.1 § 2.4.3: the agent's card begins on the line behind ``AGENT:``."""
        last = card.properties[-1] if card.properties else None
        return last is not None and last.name == "AGENT" and not last.value.strip()

    def _end(self) -> None:
        ended = self._open.pop()
        card = card_of(ended.properties, ended.line, ended.agents)
        if self._open:
            self._open[-1].agents.append(card)
            self._open[-1].properties.pop()
        else:
            self._cards.append(card)

    def _end_missing(self) -> None:
        text = _("The card that begins here does not end.")
        remedy = _("Everything up to the next card was read; add the line END:VCARD.")
        self._find("vcard-end", "warning", self._open[-1].line, text, remedy)
        self._end()

    def _property(self, prop: Property, card: _Open) -> None:
        if prop.encoded or prop.name in _PICTURES:
            self._pictures += 1
            self._first_picture = self._first_picture or prop.line
            return
        if prop.damaged:
            text = _("Some letters of “{text}” cannot be read.").format(text=_short(prop.text()))
            remedy = _("Export the card again as UTF-8, or mend the text after the import.")
            self._find("vcard-letters", "warning", prop.line, text, remedy)
        if prop.name == "AGENT" and "BEGIN:VCARD" in prop.value.upper():
            self._agent_within(prop, card)
        else:
            card.properties.append(prop)

    def _agent_within(self, prop: Property, card: _Open) -> None:
        """vCard 3.0 has the agent's card as one escaped text (RFC 2426 § 3.5.4)."""
        if self._depth < _DEEPEST:
            inner = _read(plain_text(prop.value).encode(), self._depth + 1)
            card.agents += inner.cards

    def _unread(self, item: Unread, card: _Open) -> None:
        last = card.properties[-1] if card.properties else None
        if last is not None and last.name == "NOTE":
            value = f"{last.value}\n{item.text}"
            card.properties[-1] = Property(last.line, "NOTE", last.group, last.params, value)
            text = _("“{text}” was read as part of the note above.").format(text=_short(item.text))
            remedy = _("A second line of a note begins with a blank.")
            self._find("vcard-line", "hint", item.line, text, remedy)
            return
        text = _("“{text}” is no line of a card and was left out.").format(text=_short(item.text))
        remedy = _("If it matters, note it at the customer after the import.")
        self._find("vcard-line", "warning", item.line, text, remedy)

    def _stray(self, item: Property | Unread) -> None:
        if self._outside:
            return
        self._outside = True
        text = _("Text outside of a card was left out.")
        remedy = _("A card begins with BEGIN:VCARD and ends with END:VCARD.")
        self._find("vcard-outside", "hint", item.line, text, remedy)

    def _find(self, check: str, severity: Severity, line: int, text: str, remedy: str) -> None:
        self._findings.append(Finding(check, severity, "", line, text, remedy))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
