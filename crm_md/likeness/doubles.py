"""Find customers that may be one and the same, and say why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crm_md.frozen import dataclass
from crm_md.likeness.folding import fold
from crm_md.likeness.known import Known
from crm_md.likeness.mails import FREE_MAIL, fold_mail, mail_domain
from crm_md.likeness.names import name_words
from crm_md.likeness.phones import format_phone
from crm_md.likeness.similar import Lookalike
from crm_md.messages import _

# Points of 100; chosen so that one strong reason stands alone, and a weak one not against a
# different place.
_SAME_PHONE, _SAME_MAIL, _SAME_DOMAIN = 90, 90, 60
_SAME_NAME, _SAME_WORDS, _NEARLY_THE_NAME, _ONE_IN_THE_OTHER = 85, 75, 65, 50
_EACH_FURTHER_REASON, _SAME_PLACE, _OTHER_PLACE = 5, 10, -20
_WORTH_TELLING = 40

_NEARLY_EQUAL = 0.85  # share of letters that two names have in common
_MISTYPED = 0.72  # the same, of two words that are to be one
_TELLING_LETTERS = 4  # fewer, found in another name, are no reason

# Words that every firm or phone book has: a name of these alone tells nobody from anybody.
_GENERIC = """
sales info infos service support office kontakt contact zentrale central empfang rezeption reception
einkauf purchasing verkauf vertrieb buchhaltung accounting verwaltung sekretariat administration
hr personal marketing technik it lager versand werkstatt kundendienst hotline notdienst bestellung
bestellungen rechnung rechnungen kunde kunden customer client firma company unternehmen gmbh ag kg
neu new test privat private unbekannt unknown diverse sonstige andere büro mobil handy telefon fax
mail e hauptsitz filiale niederlassung shop laden geschäft praxis hotel restaurant café gasthof
gasthaus pension apotheke bäckerei metzgerei autohaus bar museum schule verein gemeinde stadt
abteilung team inhaber chef herr frau dr der die das the am im an in zum zur bei von
"""


@dataclass(frozen=True, slots=True)
class Alike:
    """A customer that may be the same as the one asked about.

    Attributes:
        slug: the name of its file.
        name: as written.
        points: how sure, from 0 to 100.
        why: the reasons in the language spoken, the strongest first.
    """

    slug: str
    name: str
    points: int
    why: tuple[str, ...]


class _Evidence(NamedTuple):
    points: int
    why: tuple[str, ...]


def alike(candidate: Known, others: Iterable[Known], country: str = "DE") -> list[Alike]:
    """Name the customers that may be the same as the candidate, the likeliest first.

    Reasons are the same telephone, mail address or mail domain of a firm, and a name that is
    equal but for legal form, spelling, order or typing errors, or is part of the other. Another
    place speaks against; names that every firm has (Sales, Zentrale) say nothing.

    Args:
        candidate: the new customer; one with its own slug is passed over.
        others: all known customers.
        country: ISO code of home, for the telephone numbers shown.
    """
    comparison = _Comparison(candidate, country)
    found = (comparison.with_other(other) for other in others)
    return sorted(filter(None, found), key=lambda hit: (-hit.points, hit.slug))


def is_generic(name: str) -> bool:
    """Tell whether a name has only words that every firm or phone book has: Info, Verkauf Büro."""
    return frozenset(fold(_GENERIC).split()).issuperset(name_words(name))


class _Comparison:
    """One candidate, made ready to be compared with thousands."""

    def __init__(self, candidate: Known, country: str) -> None:
        self._slug = candidate.slug
        self._country = country
        self._generic = frozenset(fold(_GENERIC).split())
        names = map(name_words, (candidate.name, *candidate.aliases))
        self._names = [_ComparedName(words) for words in names if self._tells(words)]
        self._phones = frozenset(candidate.phones)
        self._mails = frozenset(map(fold_mail, candidate.mails))
        self._domains = frozenset(filter(None, map(mail_domain, candidate.mails)))
        self._city = fold(candidate.city)

    def with_other(self, other: Known) -> Alike | None:
        """Return the other if there is reason enough, with its points and why."""
        if self._slug and other.slug == self._slug:
            return None
        evidence = sorted(self._evidence(other), key=lambda each: -each.points)
        if not evidence:
            return None
        points = evidence[0].points + _EACH_FURTHER_REASON * (len(evidence) - 1)
        why = [sentence for each in evidence for sentence in each.why]
        city = fold(other.city)
        if city and city == self._city:
            points += _SAME_PLACE
            why.append(_("same place: {city}").format(city=other.city))
        elif city and self._city:
            points += _OTHER_PLACE
        if points < _WORTH_TELLING:
            return None
        return Alike(other.slug, other.name, min(points, 100), tuple(why))

    def _evidence(self, other: Known) -> Iterator[_Evidence]:
        phone = next((phone for phone in other.phones if phone in self._phones), None)
        if phone:
            shown = format_phone(phone, self._country)
            yield _Evidence(_SAME_PHONE, (_("same phone number {phone}").format(phone=shown),))
        if self._domains and other.mails:
            yield from self._evidence_of_mails(other.mails)
        if self._names:
            yield from self._evidence_of_names(other)

    def _evidence_of_mails(self, mails: Sequence[str]) -> Iterator[_Evidence]:
        mails = [fold_mail(mail) for mail in mails if self._may_share_domain(mail)]
        mails = [mail for mail in mails if mail_domain(mail) in self._domains]
        same = next((mail for mail in mails if mail in self._mails), None)
        if same:
            yield _Evidence(_SAME_MAIL, (_("same e-mail address {mail}").format(mail=same),))
            return
        domain = next((d for d in map(mail_domain, mails) if d not in FREE_MAIL), None)
        if domain:
            why = _("same mail domain {domain}").format(domain=domain)
            yield _Evidence(_SAME_DOMAIN, (why,))

    def _may_share_domain(self, mail: str) -> bool:
        """Tell without folding, which would be too slow for thousands."""
        mail = mail.lower()
        return any(domain in mail for domain in self._domains) or "xn--" in mail

    def _evidence_of_names(self, other: Known) -> Iterator[_Evidence]:
        best, best_name = 0, ""
        for name in (other.name, *other.aliases):
            words = name_words(name)
            for mine in self._names:
                points = mine.points_for(words)
                if points > best and self._tells(words) and self._tells(mine.words):
                    best, best_name = points, name
        if best:
            why: tuple[str, ...] = (_name_sentence(best),)
            if best_name != other.name:
                why += (_("known there as “{name}” too").format(name=best_name),)
            yield _Evidence(best, why)

    def _tells(self, words: Sequence[str]) -> bool:
        return not self._generic.issuperset(words)


class _ComparedName:
    """The telling words of one name of the candidate."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self._set = frozenset(words)
        self._joined = "".join(words)
        self._lookalike = Lookalike(self._joined)

    def points_for(self, words: tuple[str, ...]) -> int:
        """Return the points of the strongest likeness to another name, or 0."""
        joined = "".join(words)
        if joined == self._joined:
            return _SAME_NAME
        common = self._set.intersection(words)
        if common and (len(common) == len(self._set) or len(common) == len(set(words))):
            if len(self._set) == len(set(words)):
                return _SAME_WORDS
            if sum(map(len, common)) >= _TELLING_LETTERS:
                return _ONE_IN_THE_OTHER
        return _NEARLY_THE_NAME if self._nearly(words, joined) else 0

    def _nearly(self, words: tuple[str, ...], joined: str) -> bool:
        """Tell whether typing errors explain the difference; other digits are no error."""
        if not self._lookalike.may_reach(joined, _NEARLY_EQUAL):
            return False
        if _digits(joined) != _digits(self._joined):
            return False
        if len(words) != len(self.words):
            return self._lookalike.ratio(joined, _NEARLY_EQUAL) > 0
        letters = len(joined) + len(self._joined)
        return self._shared_letters(words) >= _NEARLY_EQUAL * letters

    def _shared_letters(self, words: tuple[str, ...]) -> float:
        """Return how many letters of both are shared, or 0 where a word has no counterpart."""
        theirs = [word for word in words if word not in self._set]
        shared = 2.0 * sum(len(word) for word in words if word in self._set)
        for mine in self.words:
            if mine in words:
                continue
            lookalike = Lookalike(mine)
            ratios = [(lookalike.ratio(word, _MISTYPED), word) for word in theirs]
            ratio, word = max(ratios, default=(0.0, ""))
            if not ratio:
                return 0.0
            theirs.remove(word)
            shared += ratio * (len(mine) + len(word))
        return shared


def _digits(text: str) -> str:
    return "" if text.isalpha() else "".join(filter(str.isdecimal, text))


def _name_sentence(points: int) -> str:
    return {
        _SAME_NAME: _("same name"),
        _SAME_WORDS: _("same words in another order"),
        _NEARLY_THE_NAME: _("almost the same name"),
        _ONE_IN_THE_OTHER: _("one name contains the other"),
    }[points]
