"""Who should I call today, and why: rules that give reasons, guards that hold back, one order."""

from __future__ import annotations

from crm_md.agenda.call_list import (
    ALL,
    CallList,
    HeldBack,
    belongs,
    guard_of,
    reasons_for,
    wakes,
    who_to_call,
)
from crm_md.agenda.persons import same_person, whom_to_call, within_reach
from crm_md.agenda.registry import RULES, Rule, rule
from crm_md.agenda.rules import last_touch

__all__ = [
    "ALL",
    "RULES",
    "CallList",
    "HeldBack",
    "Rule",
    "belongs",
    "guard_of",
    "last_touch",
    "reasons_for",
    "rule",
    "same_person",
    "wakes",
    "who_to_call",
    "whom_to_call",
    "within_reach",
]
