"""Who is the next one to be called, where nobody is today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from crm_md.agenda.call_list import belongs, guard_of, reasons_for
from crm_md.agenda.registry import RULES, is_on
from crm_md.config import Config
from crm_md.model import CUSTOMER, Summary


def next_to_call(
    summaries: Iterable[Summary], today: date, me: str, config: Config, *, owner: str = ""
) -> tuple[date, Summary] | None:
    """Return the first day after today with somebody to call, and whom; None if there is none.

    Args:
        summaries: the customers to look at.
        today: the day whose list is empty.
        me: as for `who_to_call`, and so is ``owner``.
        config: the store's settings.
    """
    found: list[tuple[date, str, str, Summary]] = []
    for summary in summaries:
        for day in sorted(_days(summary, today, config)):
            if found and day > min(found)[0]:
                break
            if not belongs(summary, day, me, owner) or guard_of(summary, day):
                continue
            if reasons_for(summary, day, config):
                found.append((day, summary.name.casefold(), summary.path, summary))
                break
    if not found:
        return None
    day, _name, _path, summary = min(found)
    return day, summary


def _days(summary: Summary, today: date, config: Config) -> set[date]:
    """Return the days after today on which a reason may begin, or a rest ends."""
    days = {
        rule.wakes(summary, today, config) for rule in RULES.values() if is_on(rule.name, config)
    }
    days |= {task.due for task in summary.tasks if task.whose != CUSTOMER}
    days.add(summary.snooze.day if summary.snooze else None)
    return {day for day in days if day is not None and day > today}
