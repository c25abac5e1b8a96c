"""The fields of a customer under their English names, as programs get them (``--json``)."""

from __future__ import annotations

from typing import Any

from crm_md.model import Address, Contact, Customer, Deal, Entry, Summary, Task, Until

Value = Any  # what JSON can say, nested


def fields_of(customer: Customer) -> dict[str, Value]:
    """Return what stands in a customer's file: its fields, then its words and its history.

    A field with one text is that text, one with several a list, as in the file. Every key is
    there, with None or nothing in it where the file is silent; inside of lists what is empty is
    left out. Keys of no known field stand in ``extra``.
    """
    values = {
        "slug": customer.slug,
        "path": customer.path,
        "name": customer.name,
        "aliases": list(customer.aliases),
        "status": customer.status,
        "segment": customer.segment,
        "owner": customer.owner,
        "tags": list(customer.tags),
        "language": customer.language,
        "phone": _one_or_more(customer.phones),
        "email": _one_or_more(customer.emails),
        "website": customer.website,
        "reach": customer.reach,
        "address_as": customer.address_as,
        "decides": customer.decides,
        "birthday": customer.birthday,
        "address": _address(customer.address),
        "every": customer.every,
        "next": customer.next.written if customer.next else "",
        "snooze": _until(customer.snooze),
        "do_not_contact": _until(customer.do_not_contact),
        "goal": customer.goal,
        "since": customer.since,
        "anniversary": customer.anniversary,
        "source": customer.source,
        "contacts": [_contact(one) for one in customer.contacts],
        "products": [
            _filled(
                {"name": one.name, "since": one.since, "service_due": one.service_due}, one.extra
            )
            for one in customer.products
        ],
        "deals": list(map(deal_fields, customer.deals)),
        "relations": [
            _filled({"to": one.to, "as": one.kind, "who": one.who}) for one in customer.relations
        ],
        "consent": [
            _filled(
                {
                    "channel": one.channel,
                    "allowed": one.allowed,
                    "basis": one.basis,
                    "date": one.date,
                    "evidence": one.evidence,
                }
            )
            for one in customer.consents
        ],
        "extra": dict(customer.extra),
        "common": list(customer.common),
        "careful": list(customer.careful),
        "settle": list(customer.settle),
        "sections": [
            _filled({"title": one.title, "text": one.text, "line": one.line})
            for one in customer.sections
            if not one.role or one.role == "intro"
        ],
        "entries": [entry_fields(entry) for entry in customer.entries],
        "tasks": [task_fields(task) for task in customer.tasks],
    }
    return _all(values)


def fields_of_summary(summary: Summary) -> dict[str, Value]:
    """Return the fields that lists know of a customer, under the same names."""
    address = {"zip": summary.zip, "city": summary.city, "country": summary.country}
    return _all(
        {
            "slug": summary.slug,
            "path": summary.path,
            "name": summary.name,
            "status": summary.status,
            "segment": summary.segment,
            "owner": summary.owner,
            "tags": list(summary.tags),
            "phone": summary.phone,
            "email": summary.email,
            "reach": summary.reach,
            "address": _filled(address),
            "every": summary.every,
            "next": summary.next.written if summary.next else "",
            "snooze": _until(summary.snooze),
            "do_not_contact": _until(summary.do_not_contact),
            "birthday": summary.birthday,
        }
    )


def deal_fields(deal: Deal) -> dict[str, Value]:
    """Return a deal under the English names of its fields."""
    named = {"title": deal.title, "stage": deal.stage, "value": deal.value, "close": deal.close}
    return _filled(named, deal.extra)


def entry_fields(entry: Entry) -> dict[str, Value]:
    """Return an entry of the history."""
    return _filled(
        {
            "date": entry.date.isoformat(),
            "time": f"{entry.time:%H:%M}" if entry.time else "",
            "kind": entry.kind,
            "direction": entry.direction,
            "people": list(entry.people),
            "subject": entry.subject,
            "author": entry.author,
            "text": entry.text,
            "mood": entry.mood,
            "facts": dict(entry.facts),
            "line": entry.line,
        }
    )


def task_fields(task: Task) -> dict[str, Value]:
    """Return a task: ours, or the customer's (``whose`` is ``customer``)."""
    return _filled(
        {
            "text": task.text,
            "state": task.state,
            "due": task.due,
            "done": task.done_on,
            "whose": task.whose,
            "line": task.line,
        }
    )


def _contact(contact: Contact) -> dict[str, Value]:
    return _filled(
        {
            "name": contact.name,
            "role": contact.role,
            "address_as": contact.address_as,
            "decides": contact.decides,
            "phone": _one_or_more(contact.phones),
            "email": _one_or_more(contact.emails),
            "reach": contact.reach,
            "birthday": contact.birthday,
            "away": contact.away_written,
            "left": contact.left,
            "snooze": _until(contact.snooze),
            "do_not_contact": _until(contact.do_not_contact),
        },
        contact.extra,
    )


def _address(address: Address) -> dict[str, Value]:
    values = {
        "street": address.street,
        "zip": address.zip,
        "city": address.city,
        "country": address.country,
    }
    return _filled(values, address.extra)


def _until(until: Until | None) -> str:
    return until.written if until else ""


def _one_or_more(values: tuple[str, ...]) -> Value:
    return values[0] if len(values) == 1 else list(values)


def _filled(values: dict[str, Value], extra: tuple[tuple[str, str], ...] = ()) -> dict[str, Value]:
    """Leave out what is empty; days become ISO dates; unknown keys come last."""
    kept = {
        key: value.isoformat() if hasattr(value, "isoformat") else value
        for key, value in values.items()
        if value not in ("", None, [], {})
    }
    return {**kept, **{key: value for key, value in extra if key not in kept}}


def _all(values: dict[str, Value]) -> dict[str, Value]:
    """Keep every key, so that programs can rely on it; an empty text is nothing."""
    return {key: None if value == "" else value for key, value in values.items()}
