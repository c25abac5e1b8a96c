"""The registry of rules: each a reason to call, weighed and switched off by the settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from crm_md.config import Config
from crm_md.frozen import dataclass
from crm_md.model import Reason, Summary

Judge = Callable[[Summary, date, Config], Reason | None]
Wakes = Callable[[Summary, date, Config], date | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason to call, as the registry holds it.

    Attributes:
        name: its name in ``[call.rules.NAME]``.
        points: its strength, if the settings do not weigh it otherwise.
        judge: gives the reason, or None.
        wakes: the first day from the given one on at which it can speak for a customer, None if
            never. It lets a list of ten thousand look only at those who can be on it.
    """

    name: str
    points: int
    judge: Judge
    wakes: Wakes


RULES: dict[str, Rule] = {}


def rule(name: str, points: int, wakes: Wakes) -> Callable[[Judge], Judge]:
    """Enter a rule into the registry; its docstring is its entry in the manual."""

    def enter(judge: Judge) -> Judge:
        RULES[name] = Rule(name, points, judge, wakes)
        return judge

    return enter


def reason(name: str, config: Config, text: str, day: date | None, person: str = "") -> Reason:
    """Return a reason of this rule, weighed as the settings say."""
    setting = config.rules.get(name)
    points = RULES[name].points if setting is None or setting.points is None else setting.points
    return Reason(name, points, text, day, person)


def is_on(name: str, config: Config) -> bool:
    """Tell whether the settings leave a rule switched on."""
    setting = config.rules.get(name)
    return setting is None or setting.on


def switched_on(config: Config) -> list[Judge]:
    """Return what the rules that are switched on judge by."""
    return [one.judge for one in RULES.values() if is_on(one.name, config)]
