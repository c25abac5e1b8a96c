"""Who should I call today, and why: rules that give reasons, guards that hold back, one order."""

from typing import TYPE_CHECKING

from crm_md.door import door

if TYPE_CHECKING:
    from crm_md.agenda.call_list import (
        ALL,
        NOBODY,
        CallList,
        HeldBack,
        belongs,
        guard_of,
        reasons_for,
        wakes,
        who_to_call,
    )
    from crm_md.agenda.coming import next_to_call
    from crm_md.agenda.persons import same_person, whom_to_call, within_reach
    from crm_md.agenda.registry import RULES, Rule, rule
    from crm_md.agenda.rules import last_touch

_HOMES = {
    "ALL": "call_list",
    "NOBODY": "call_list",
    "RULES": "call_list",  # which enters all of them
    "CallList": "call_list",
    "HeldBack": "call_list",
    "Rule": "registry",
    "belongs": "call_list",
    "guard_of": "call_list",
    "last_touch": "rules",
    "next_to_call": "coming",
    "reasons_for": "call_list",
    "rule": "registry",
    "same_person": "persons",
    "wakes": "call_list",
    "who_to_call": "call_list",
    "whom_to_call": "persons",
    "within_reach": "persons",
}
__all__ = [
    "ALL",
    "NOBODY",
    "RULES",
    "CallList",
    "HeldBack",
    "Rule",
    "belongs",
    "guard_of",
    "last_touch",
    "next_to_call",
    "reasons_for",
    "rule",
    "same_person",
    "wakes",
    "who_to_call",
    "whom_to_call",
    "within_reach",
]

__getattr__ = door(__name__, _HOMES)
