"""Build values for tests in one line: ``customer("acme", silent_days=200)``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from crm_md.config import Config, read_config
from crm_md.model import Deal, NextStep, Person, Product, Summary, Task, Touch, Until

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
    for name in ("deals", "products", "people"):
        values[name] = tuple(values.get(name, ()))
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
    if (solved := values.pop("solved_days", None)) is not None:
        values["last_solved"] = touch(solved, kind="complaint", touch="written", gist="Naht offen")
    contacts = [one for one in entries if one.touch != "none"]
    moody = [one for one in entries if one.mood]
    return Summary(
        slug=slug,
        path=f"customers/{slug}.md",
        name=values.pop("name", slug.title()),
        entries=tuple(entries[:10]),
        last_touch=contacts[0] if contacts else None,
        last_mood=moody[0] if moody else None,
        tasks=tuple(tasks),
        **values,
    )


def mail(days_ago: int, side: str, **fields: Any) -> Touch:
    """Return a mail of theirs ("from") or ours ("to") so many days before TODAY."""
    values = {"kind": "mail", "touch": "written", "direction": side, "gist": "Muster", **fields}
    return touch(days_ago, **values)


def attempt(days_ago: int) -> Touch:
    """Return a call that nobody took so many days before TODAY."""
    return touch(days_ago, touch="none", direction="", attempt=True, gist="nicht erreicht")


def offer(days_ago: int) -> Touch:
    """Return an offer of ours so many days before TODAY."""
    return mail(days_ago, "to", kind="offer", gist="Winterkollektion")


def deal(title: str, stage: str = "offered", *, close_in: int | None = None) -> Deal:
    """Return a deal to be closed so many days from TODAY."""
    close = None if close_in is None else TODAY + timedelta(days=close_in)
    return Deal(title, stage, "24.000 €", close)


def product(name: str, service_in: int) -> Product:
    """Return something they bought, due for service so many days from TODAY."""
    return Product(name, service_due=TODAY + timedelta(days=service_in))


def task(text: str, *, due_in: int | None = None, whose: str = "anna") -> Task:
    """Return an open task due so many days from TODAY."""
    due = None if due_in is None else TODAY + timedelta(days=due_in)
    return Task(text, due=due, whose=whose, said_on=TODAY - timedelta(days=3))


def person(name: str, **fields: Any) -> Person:
    """Return somebody with a number."""
    return Person(name, **{"phone": "0171 39200 01", **fields})
