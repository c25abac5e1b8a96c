"""Who should I call today, and why: rules that give reasons, guards that hold back, one order."""

from typing import TYPE_CHECKING

from crm_md.door import door

if TYPE_CHECKING:
    from crm_md.agenda.call_list import (
        ALL,
        NOBODY,
        CallList,
        reasons_for,
        reasons_on_list,
        suggestion,
        wakes,
        who_to_call,
    )
    from crm_md.agenda.coming import next_to_call
    from crm_md.agenda.contacts import last_touch, said_with, tries_in_vain, unanswered
    from crm_md.agenda.explaining import Explanation, RuleTold, explain
    from crm_md.agenda.guards import WAYS, HeldBack, guard_of, guards_of, may_be
    from crm_md.agenda.persons import (
        Whom,
        has_left,
        rests_today,
        same_person,
        whom_to_call,
        why_out_of_reach,
    )
    from crm_md.agenda.registry import RULES, Rule, counts_for, days_of, points_of, rule

_HOMES = {
    "ALL": "call_list",
    "CallList": "call_list",
    "Explanation": "explaining",
    "HeldBack": "guards",
    "NOBODY": "call_list",
    "RULES": "call_list",  # which enters all of them
    "Rule": "registry",
    "RuleTold": "explaining",
    "WAYS": "guards",
    "Whom": "persons",
    "counts_for": "registry",
    "days_of": "registry",
    "explain": "explaining",
    "guard_of": "guards",
    "guards_of": "guards",
    "has_left": "persons",
    "said_with": "contacts",
    "last_touch": "contacts",
    "may_be": "guards",
    "next_to_call": "coming",
    "points_of": "registry",
    "reasons_for": "call_list",
    "reasons_on_list": "call_list",
    "rests_today": "persons",
    "rule": "registry",
    "same_person": "persons",
    "suggestion": "call_list",
    "tries_in_vain": "contacts",
    "unanswered": "contacts",
    "wakes": "call_list",
    "who_to_call": "call_list",
    "whom_to_call": "persons",
    "why_out_of_reach": "persons",
}
__all__ = [
    "ALL",
    "NOBODY",
    "RULES",
    "WAYS",
    "CallList",
    "Explanation",
    "HeldBack",
    "Rule",
    "RuleTold",
    "Whom",
    "counts_for",
    "days_of",
    "explain",
    "guard_of",
    "guards_of",
    "has_left",
    "last_touch",
    "may_be",
    "next_to_call",
    "points_of",
    "reasons_for",
    "reasons_on_list",
    "rests_today",
    "rule",
    "said_with",
    "same_person",
    "suggestion",
    "tries_in_vain",
    "unanswered",
    "wakes",
    "who_to_call",
    "whom_to_call",
    "why_out_of_reach",
]

__getattr__ = door(__name__, _HOMES)
