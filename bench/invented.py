"""Invent customers with years of history: the same seed and day write the same bytes."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bench import vocabulary as words
from bench.team import SEGMENTS, TEAM

STATUSES = {"customer": 70, "lead": 12, "prospect": 12, "former": 6}
LONGEST = 200  # entries in one file
RHYTHM_KEPT = 0.93  # of the customers

RARE = "Zeppelinhalle"  # five entries in every store speak of it
COMMON = "Lieferung"
RARE_ENTRIES = 5

KNOWN_NAME = "Zwirnerei Abendroth"  # is in every store once, to be asked for
KNOWN_SLUG = "zwirnerei-abendroth"
KNOWN_PHONE = "+49 4922 93004712"  # of its first person

_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", " ": "-"})


@dataclass(frozen=True, slots=True)
class Invented:
    """A customer file.

    Attributes:
        path: relative to the store.
        text: the file.
        earlier: the same before its newest entry was written.
    """

    slug: str
    name: str
    path: str
    text: str
    earlier: str


@dataclass(frozen=True, slots=True)
class _Firm:
    """What the parts of one file have to agree on."""

    name: str
    slug: str
    people: Sequence[str]
    segment: str
    status: str
    owner: str
    line: str  # area code and head number
    city: tuple[str, str, str, str]


def customers(count: int, today: date, seed: int = 1) -> Iterator[Invented]:
    """Yield so many customers.

    Ten dated entries each on average (few have many) with 20,000 distinct words; most were
    contacted within the rhythm of their segment, so that a call list is as long as a real one.

    Args:
        count: customers, at least ``RARE_ENTRIES``.
        today: the day of the youngest entries.
        seed: another seed invents others.
    """
    writer = _Writer(random.Random(seed), today)
    rare = {round(i * count / RARE_ENTRIES) for i in range(RARE_ENTRIES)}
    for number in range(count):
        yield writer.customer(known=number == count // 2, rare=number in rare)


class _Writer:
    def __init__(self, rng: random.Random, today: date) -> None:
        self.rng = rng
        self.today = today
        self.nouns = words.Nouns.zipf(rng)
        self.slugs: dict[str, int] = {}
        self.firms: list[str] = []

    def customer(self, *, known: bool, rare: bool) -> Invented:
        firm = self._firm(known)
        head = self._head(firm)
        before = [
            "",
            f"# {firm.name}",
            "",
            self._sentences(2),
            "",
            *self._soft_facts(),
            "## Verlauf",
            "",
        ]
        newest, *older = self._entries(firm, rare)
        rest = [line for entry in older for line in entry]
        path = f"customers/{firm.slug[:2]}/{firm.slug}.md"
        self.firms.append(firm.slug)
        return Invented(
            firm.slug,
            firm.name,
            path,
            "\n".join([*head, *before, *newest, *rest]),
            "\n".join([*head, *before, *rest]),
        )

    def _firm(self, known: bool) -> _Firm:
        rng = self.rng
        surname, trade = rng.choice(words.SURNAMES), rng.choice(words.TRADES)
        city = rng.choice(words.CITIES)
        line = f"{city[2]} {rng.randrange(100_000, 999_999)}"
        parts = [surname, trade] if rng.random() < 0.4 else [trade, surname]
        more = rng.random()
        if more < 0.5:
            parts.insert(parts.index(surname), rng.choice(words.FIRST_NAMES))
        elif more < 0.8:
            parts.append(city[1])
        if known:
            parts, surname, city, line = (
                KNOWN_NAME.split(),
                "Abendroth",
                words.CITIES[0],
                "04922 930047",
            )
        first_names = rng.sample(words.FIRST_NAMES, rng.choice((1, 1, 2, 2, 3)))
        return _Firm(
            name=" ".join(filter(None, [*parts, rng.choice(words.FORMS)])),
            slug=self._slug(" ".join(parts)),
            people=[
                f"{first} {surname if place == 0 else rng.choice(words.SURNAMES)}"
                for place, first in enumerate(first_names)
            ],
            segment=rng.choices(list(SEGMENTS), [weight for weight, _days in SEGMENTS.values()])[0],
            status=rng.choices(list(STATUSES), list(STATUSES.values()))[0],
            owner=rng.choice([*TEAM] * 4 + [""]),
            line=line,
            city=city,
        )

    def _slug(self, name: str) -> str:
        slug = plain(name)
        known = self.slugs[slug] = self.slugs.get(slug, 0) + 1
        return slug if known == 1 else f"{slug}-{known}"

    # The head

    def _head(self, firm: _Firm) -> list[str]:
        rng = self.rng
        plz, city, _area, country = firm.city
        lines = ["---", f"name: {firm.name}", f"status: {firm.status}", f"segment: {firm.segment}"]
        if firm.owner:
            lines.append(f"owner: {firm.owner}")
        tags = rng.sample(words.TAGS, rng.choice((0, 1, 2)))
        if tags:
            lines.append(f"tags: [{', '.join(tags)}]")
        lines += [f"phone: {firm.line}-0", "address:", f"  street: {self._street()}"]
        lines += [f'  zip: "{plz}"', f"  city: {city}"]
        if country:
            lines.append(f"  country: {country}")
        lines += [*self._agreements(firm), "contacts:"]
        for place, person in enumerate(firm.people):
            lines += self._contact(firm, place, person)
        return [*lines, *self._business(), "---"]

    def _street(self) -> str:
        return f"{self.rng.choice(words.FRONT)}straße {self.rng.randrange(1, 99)}"

    def _agreements(self, firm: _Firm) -> list[str]:
        """A rhythm of their own, a next step (most are still to come), a goal, some rest."""
        rng = self.rng
        lines = []
        if rng.random() < 0.03:
            lines.append(f"every: {rng.choice(('6w', '3m', '1y'))}")
        if rng.random() < 0.25:
            ahead = rng.randrange(1, 120) if rng.random() < 0.95 else -rng.randrange(0, 10)
            lines.append(f"next: {self._day(ahead)} {self._subject()}")
        if rng.random() < 0.1:
            lines.append(f"goal: {self._subject()} bis {self.today.year + 1}")
        if rng.random() < 0.01:
            lines.append(f"snooze: {self._day(rng.randrange(5, 200))} bittet um Ruhe")
        return lines

    def _contact(self, firm: _Firm, place: int, person: str) -> list[str]:
        rng = self.rng
        first = plain(person.split(" ")[0])
        lines = [f"  - name: {person}", f"    role: {rng.choice(words.ROLES)}"]
        lines.append(f"    phone: {firm.line}-{12 + place}")
        if rng.random() < 0.3:
            lines[-1:] = [
                "    phone:",
                f"      - {firm.line}-{12 + place}",
                f'      - "+49 171 {rng.randrange(1_000_000, 9_999_999)}"',
            ]
        lines.append(f"    email: {first}@{firm.slug}.example")
        if rng.random() < 0.15:
            lines.append(f"    reach: {rng.choice(words.REACH)}")
        if rng.random() < 0.1:
            lines.append(f"    birthday: {rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}")
        return lines

    def _business(self) -> list[str]:
        """Products, offers and relations of those who have some."""
        rng = self.rng
        lines = []
        if rng.random() < 0.15:
            lines += [
                "products:",
                f"  - name: {self._noun()} {rng.choice('RST')}{rng.randrange(9)}",
            ]
            lines.append(f"    service_due: {self._day(rng.randrange(10, 400))}")
        if rng.random() < 0.1:
            lines += ["deals:", f"  - title: {self._noun()} {self.today.year + 1}"]
            lines += ["    stage: offered", f"    value: {rng.randrange(1, 90)}.000 €"]
        if self.firms and rng.random() < 0.05:
            lines += ["relations:", f"  - to: {rng.choice(self.firms)}"]
            lines.append(f"    as: {rng.choice(words.RELATIONS)}")
        return lines

    # The body

    def _soft_facts(self) -> list[str]:
        lines = []
        if self.rng.random() < 0.6:
            lines += ["## Gemeinsames", "", f"- {self.rng.choice(words.COMMON_GROUND)}", ""]
        if self.rng.random() < 0.1:
            lines += ["## Vorsicht", "", f"- nicht auf die {self._noun()} ansprechen", ""]
        return lines

    def _entries(self, firm: _Firm, rare: bool) -> Iterator[list[str]]:
        """Yield the entries, the newest a talk or an unanswered mail; the oldest may be rare."""
        rng = self.rng
        count = 1 + min(LONGEST - 1, int(rng.expovariate(1 / 9.5)))
        rhythm = SEGMENTS[firm.segment][1]
        kept = rng.random() < RHYTHM_KEPT
        last = int(rhythm * (rng.uniform(0, 0.97) if kept else rng.uniform(1, 2.5)))
        ages = sorted(last + int(rng.triangular(0, 2500, 100)) for _ in range(count - 1))
        for place, age in enumerate([last, *ages]):
            kind, preposition = (
                rng.choices(words.KINDS, words.KIND_WEIGHTS)[0]
                if place
                else rng.choices(words.TALKS, words.LAST_WEIGHTS)[0]
            )
            subject = self._subject()
            if rare and place == count - 1:
                subject = f"Besichtigung der {RARE}"
            who = f" {preposition} {rng.choice(firm.people)}" if preposition else ""
            yield self._entry(age, kind, f"{kind}{who}: {subject}")

    def _entry(self, age: int, kind: str, told: str) -> list[str]:
        rng = self.rng
        at = (
            f" {rng.randrange(8, 18):02}:{rng.randrange(0, 60, 5):02}" if rng.random() < 0.5 else ""
        )
        author = rng.choice([*TEAM])
        lines = [f"### {self._day(-age)}{at} {told} ({author})", ""]
        lines += [self._sentences(rng.choice((1, 2, 2, 3))), ""]
        facts = []
        if rng.random() < 0.15:
            facts.append(f"- Stimmung:: {rng.choices(words.MOODS, words.MOOD_WEIGHTS)[0]}")
        if kind == "Reklamation" and rng.random() < (0.98 if age > 30 else 0.4):
            solved = self._day(-max(0, age - 9))
            facts.append(f"- gelöst:: {solved} Ersatz {rng.choice(words.PARTICIPLES)}")
        if rng.random() < (0.3 if age < 30 else 0.08):
            facts.append(self._task(age))
        return [*lines, *facts, ""] if facts else lines

    def _task(self, age: int) -> str:
        """A promise; most were kept."""
        rng = self.rng
        due = rng.randrange(3, 20) - age
        is_open = rng.random() < (0.01 if due < 0 else 0.6)
        whose = rng.choice(("", f" @{rng.choice([*TEAM])}", " @kunde"))
        return (
            f"- [{' ' if is_open else 'x'}] {self._noun()} bestätigen due:{self._day(due)}{whose}"
        )

    def _day(self, ahead: int) -> date:
        return self.today + timedelta(days=ahead)

    def _subject(self) -> str:
        return self._fill(self.rng.choice(words.SUBJECTS))

    def _sentences(self, count: int) -> str:
        return " ".join(self._fill(self.rng.choice(words.SENTENCES)) for _ in range(count))

    def _noun(self) -> str:
        return self.rng.choices(self.nouns.words, cum_weights=self.nouns.odds)[0]

    def _fill(self, template: str) -> str:
        """Put words into the gaps: {n} a noun, {v} {V} a verb, {p} a participle, and so on."""
        parts = template.split("{")
        filled = [parts[0]]
        for part in parts[1:]:
            filled += [self._word(part[0]), part[2:]]
        return "".join(filled)

    def _word(self, gap: str) -> str:
        if gap == "n":
            return self._noun()
        word = self.rng.choice(words.GAPS[gap.lower()])
        return word.capitalize() if gap.isupper() else word


def plain(name: str) -> str:
    """Return a name as slugs and mail addresses spell it."""
    spelled = unicodedata.normalize("NFD", name.lower().translate(_SPELLED_OUT))
    return "".join(sign for sign in spelled if sign.isascii())
