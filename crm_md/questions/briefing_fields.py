"""A briefing as programs get it (``--json``): the same as on the page, under English names."""

from __future__ import annotations

from typing import Any

from crm_md.model import Entry
from crm_md.questions.briefing import Briefing, Met
from crm_md.questions.fields import entry_fields, fields_of, task_fields
from crm_md.questions.what_comes import Coming

# Of the fields of the file; consent is none of them, and the history is told in parts.
_TAKEN = (
    *("slug", "path", "name", "status", "segment", "owner", "tags", "language", "phone", "email"),
    *("website", "reach", "address", "next", "snooze", "do_not_contact", "goal", "since"),
    *("products", "deals", "extra", "common", "careful", "settle", "sections"),
)


def briefing_fields(told: Briefing) -> dict[str, Any]:
    """Return what the page says, in its own words and with ISO dates; nothing of consent."""
    look = told.look
    fields = fields_of(look.customer)
    return {
        **{name: fields[name] for name in _TAKEN},
        "date": look.today.isoformat(),
        "occasion": [_occasion(one) for one in told.occasion],
        "people": [_person(one) for one in told.people],
        "complaints": [entry_fields(entry) for entry in look.complaints],
        "sore": entry_fields(look.sore) if look.sore else None,
        "promised": [task_fields(task) for task in look.promised],
        "owed": [task_fields(task) for task in look.owed],
        "last": [entry_fields(entry) for entry in told.last],
        "coming": [entry_fields(entry) for entry in look.coming],
        "milestones": [
            {
                "why": one.why,
                **_in_brief(one.entry),
                "solved": one.solved or None,
                "because": one.because or None,
            }
            for one in told.story
        ],
        "moods": [{"mood": one.mood, **_in_brief(one)} for one in told.moods],
        "relations": [
            {
                "slug": bond.slug or None,
                "name": bond.name,
                "as": bond.kind or None,
                "who": bond.who or None,
                "incoming": bond.incoming,
            }
            for bond in look.bonds
        ],
        "known_by": list(look.known_by),
    }


def _in_brief(entry: Entry) -> dict[str, Any]:
    return {
        "date": entry.date.isoformat(),
        "kind": entry.kind or None,
        "people": list(entry.people),
        "gist": entry.gist,
        "line": entry.line,
    }


def _occasion(one: Coming) -> dict[str, Any]:
    return {
        "what": one.kind,
        "time": f"{one.time:%H:%M}" if one.time else None,
        "text": one.text or None,
        "person": one.person or None,
    }


def _person(met: Met) -> dict[str, Any]:
    contact, person = met.contact, met.person
    return {
        "name": person.name,
        "role": contact.role or None,
        "address_as": contact.address_as or None,
        "decides": contact.decides or None,
        "phone": [phone for phone in contact.phones if phone],
        "email": [mail for mail in contact.emails if mail],
        "reach": contact.reach or None,
        "birthday_soon": met.birthday.isoformat() if met.birthday else None,
        "away": contact.away_written or None,
        "left": contact.left or None,
        "extra": dict(contact.extra),
        "said": [_in_brief(entry) for entry in met.said],
    }
