"""Who is the next one to be called, where nobody is today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from crm_md.agenda.call_list import judge
from crm_md.agenda.registry import in_force
from crm_md.config import Config
from crm_md.model import Suggestion, Summary


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
            if isinstance(judge(summary, day, me, config, owner=owner), Suggestion):
                found.append((day, summary.name.casefold(), summary.path, summary))
                break
    if not found:
        return None
    day, _name, _path, summary = min(found)
    return day, summary


def _days(summary: Summary, today: date, config: Config) -> set[date]:
    """Return the days after today on which a reason may begin, or what holds back ends."""
    days = {one.wakes(summary, today, config) for one in in_force(summary.status, config)}
    for task in summary.tasks:
        if task.due:
            days |= {task.due, task.due + timedelta(days=1)}
    rests = [summary.snooze, *(one.snooze for one in summary.people)]
    days |= {rest.day for rest in rests if rest}
    days |= {one.away.last + timedelta(days=1) for one in summary.people if one.away}
    days.add(today + timedelta(days=1))  # what was said or tried today holds back until then
    return {day for day in days if day is not None and day > today}
