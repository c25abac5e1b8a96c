"""Build values for tests in one line: ``customer("acme", silent_days=200)``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from crm_md.config import Config, read_config
from crm_md.model import NextStep, Person, Summary, Task, Touch, Until

TODAY = date(2026, 11, 20)

TEAM = """
[team.anna]
name = "Anna Krüger"
email = ["anna@example.com"]
[team.ben]
name = "Ben Okafor"
email = "ben@example.com"
[segments.A]
every = "4w"
"""


def config(text: str = "") -> Config:
    """Return settings with a team of two and one segment, and whatever is added."""
    return read_config(TEAM + text)


def touch(days_ago: int, **fields: Any) -> Touch:
    """Return a talk so many days before TODAY."""
    values: dict[str, Any] = {
        "date": TODAY - timedelta(days=days_ago),
        "time": None,
        "kind": "call",
        "touch": "talk",
        "direction": "with",
        "people": (),
        "author": "anna",
        "mood": "",
        "gist": "Lieferung",
        **fields,
    }
    return Touch(**values)


def customer(
    slug: str,
    *,
    silent_days: int | None = None,
    next_in: int | None = None,
    snoozed_for: int | None = None,
    tasks: Sequence[Task] = (),
    complaint_days: int | None = None,
    **fields: Any,
) -> Summary:
    """Return a customer as lists know it; days count from TODAY."""
    values: dict[str, Any] = {"status": "customer", "phone": "0351 4711", **fields}
    entries = list(values.pop("entries", ()))
    if silent_days is not None:
        entries.append(touch(silent_days))
    if complaint_days is not None:
        complaint = touch(complaint_days, kind="complaint", touch="written", gist="Naht offen")
        values["complaints"] = (complaint,)
        entries.append(complaint)
    entries.sort(key=lambda one: one.date, reverse=True)
    if next_in is not None:
        day = TODAY + timedelta(days=next_in)
        values["next"] = NextStep(day, "nachfassen", f"{day} nachfassen")
    if snoozed_for is not None:
        values["snooze"] = Until(TODAY + timedelta(days=snoozed_for), "bittet um Ruhe")
    contacts = [one for one in entries if one.touch != "none"]
    return Summary(
        slug=slug,
        path=f"customers/{slug}.md",
        name=values.pop("name", slug.title()),
        entries=tuple(entries[:10]),
        last_touch=contacts[0] if contacts else None,
        tasks=tuple(tasks),
        **values,
    )


def task(text: str, *, due_in: int | None = None, whose: str = "anna") -> Task:
    """Return an open task due so many days from TODAY."""
    due = None if due_in is None else TODAY + timedelta(days=due_in)
    return Task(text, due=due, whose=whose, said_on=TODAY - timedelta(days=3))


def person(name: str, **fields: Any) -> Person:
    """Return somebody with a number."""
    return Person(name, **{"phone": "0171 39200 01", **fields})
