"""The registry of rules: each a reason to call, weighed and switched off by the settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from crm_md.config import Config
from crm_md.frozen import dataclass
from crm_md.model import Reason, Summary
from crm_md.words import ENDED_STATUSES

Judge = Callable[[Summary, date, Config], Reason | None]
Wakes = Callable[[Summary, date, Config], date | None]

# What a rule speaks of; the status of a customer decides which of them count.
Family = Literal["task", "next", "ball", "deal", "care", "rhythm", "occasion", "lead"]

_OF_STATUS: dict[str, frozenset[str]] = {
    "lead": frozenset(("task", "next", "ball", "deal", "rhythm", "lead")),
    "prospect": frozenset(("task", "next", "ball", "deal", "rhythm")),
    "partner": frozenset(("task", "next", "rhythm")),
    "supplier": frozenset(("task", "next", "rhythm")),
    **dict.fromkeys(ENDED_STATUSES, frozenset(("task", "next"))),
}
_OF_CUSTOMERS = frozenset(("task", "next", "ball", "deal", "care", "rhythm", "occasion"))


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason to call, as the registry holds it.

    Attributes:
        name: its name in ``[call.rules.NAME]``.
        points: its strength, if the settings do not weigh it otherwise.
        title: what it says, in a few words to be translated.
        family: what it speaks of.
        days: how many days it waits, or looks ahead; None where it has no such number.
        judge: gives the reason, or None.
        wakes: the first day from the given one on at which it can speak for a customer, None if
            never. It lets a list of ten thousand look only at those who can be on it.
    """

    name: str
    points: int
    title: str
    family: Family
    days: int | None
    judge: Judge
    wakes: Wakes


RULES: dict[str, Rule] = {}


def rule(
    name: str, points: int, title: str, *, family: Family, wakes: Wakes, days: int | None = None
) -> Callable[[Judge], Judge]:
    """Enter a rule into the registry; its docstring is its entry in the manual.

    The arguments are what they are in `Rule`.
    """

    def enter(judge: Judge) -> Judge:
        RULES[name] = Rule(name, points, title, family, days, judge, wakes)
        return judge

    return enter


def reason(
    name: str, config: Config, text: str, day: date | None, person: str = "", whose: str = ""
) -> Reason:
    """Return a reason of this rule, weighed as the settings say."""
    return Reason(name, points_of(RULES[name], config), text, day, person, whose)


def points_of(one: Rule, config: Config) -> int:
    """Return how strong a rule is."""
    setting = config.rules.get(one.name)
    return one.points if setting is None or setting.points is None else setting.points


def days_of(name: str, config: Config) -> int:
    """Return how many days a rule waits, or looks ahead; never less than none."""
    setting = config.rules.get(name)
    days = RULES[name].days if setting is None or setting.days is None else setting.days
    return max(days or 0, 0)


def is_on(name: str, config: Config) -> bool:
    """Tell whether the settings leave a rule switched on."""
    setting = config.rules.get(name)
    return setting is None or setting.on


def counts_for(one: Rule, status: str) -> bool:
    """Tell whether a rule counts for customers of this status.

    Whose status nobody wrote down, or wrote in a word of their own, is a customer.
    """
    return one.family in _OF_STATUS.get(status, _OF_CUSTOMERS)


def in_force(status: str, config: Config) -> list[Rule]:
    """Return the rules that are switched on and count for this status."""
    families = _OF_STATUS.get(status, _OF_CUSTOMERS)
    found = [one for one in RULES.values() if one.family in families]
    return [one for one in found if is_on(one.name, config)] if config.rules else found
