"""Why somebody is on the call list, or is not: every rule and guard, with its dates."""

from __future__ import annotations

from datetime import date
from typing import Literal

from crm_md.agenda.call_list import judge, reasons_on_list
from crm_md.agenda.guards import HeldBack, guard_of
from crm_md.agenda.registry import RULES, Rule, counts_for, is_on, points_of
from crm_md.config import Config
from crm_md.frozen import dataclass
from crm_md.model import Suggestion, Summary

State = Literal["speaks", "later", "silent", "status", "off"]


@dataclass(frozen=True, slots=True)
class RuleTold:
    """What one rule says of a customer.

    Attributes:
        state: it speaks today; it will on `day`; it has nothing to say; it does not count for
            customers of this status; the settings switch it off.
        text: of the reason, "" where it does not speak.
        day: of the reason, or from which on it can speak.
    """

    rule: Rule
    state: State
    points: int
    text: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that decides whether a customer is on the list.

    Attributes:
        rules: all of them, the strongest first.
        guard: what holds the customer back today, whether or not there is a reason.
        row: the customer's row, None where there is none.
        on_anothers_list: there are reasons, but for somebody else's list.
    """

    summary: Summary
    rules: tuple[RuleTold, ...]
    guard: HeldBack | None
    row: Suggestion | None
    on_anothers_list: bool


def explain(
    summary: Summary, today: date, me: str, config: Config, *, owner: str = "", way: str = "call"
) -> Explanation:
    """Return what every rule and guard says of a customer; the arguments are the call list's."""
    told = [_told(one, summary, today, config) for one in RULES.values()]
    told.sort(key=lambda one: (-one.points, one.rule.name))
    answer = judge(summary, today, me, config, owner=owner, way=way)
    mine = reasons_on_list(summary, today, me, config, owner=owner)
    return Explanation(
        summary,
        tuple(told),
        None if isinstance(answer, Suggestion) else answer or guard_of(summary, today, way),
        answer if isinstance(answer, Suggestion) else None,
        not mine and any(one.state == "speaks" for one in told),
    )


def _told(one: Rule, summary: Summary, today: date, config: Config) -> RuleTold:
    points = points_of(one, config)
    if not is_on(one.name, config):
        return RuleTold(one, "off", points)
    if not counts_for(one, summary.status):
        return RuleTold(one, "status", points)
    reason = one.judge(summary, today, config)
    if reason:
        return RuleTold(one, "speaks", points, reason.text, reason.date)
    day = one.wakes(summary, today, config)
    if day is not None and day > today:
        return RuleTold(one, "later", points, day=day)
    return RuleTold(one, "silent", points)
