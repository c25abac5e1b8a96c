"""What the history says about contact: the last one, whose turn it is, who was tried in vain."""

from __future__ import annotations

from datetime import date, time

from crm_md.frozen import dataclass
from crm_md.model import Direction, Summary, Task, Touch
from crm_md.words import KIND_DIRECTION


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Letters, mails and messages of one side that nobody answered.

    Attributes:
        since: the first of them, last: the newest; count: how many.
    """

    since: Touch
    last: Touch
    count: int


def until(summary: Summary, today: date) -> list[Touch]:
    """Return the entries known up to a day, newest first: those dated later are plans."""
    return [touch for touch in summary.entries if touch.date <= today]


def last_touch(summary: Summary, today: date) -> Touch | None:
    """Return the last contact up to a day: attempts are none."""
    touches = [touch for touch in summary.entries if touch.touch != "none" and not touch.attempt]
    if summary.last_touch:
        touches.append(summary.last_touch)
    past = [touch for touch in touches if touch.date <= today]
    return max(past, key=lambda touch: (touch.date, touch.time or time.min), default=None)


def unanswered(summary: Summary, today: date, side: Direction) -> Unanswered | None:
    """Return what one side wrote last, where nobody answered it, by whatever way.

    After a conversation the ball lies with nobody, and after an offer, an order, an invoice,
    a complaint or praise neither: these are spoken of by rules of their own, or by none.

    Args:
        side: "from" for what they wrote, "to" for what we wrote.
    """
    run: list[Touch] = []
    for touch in until(summary, today):
        if touch.touch == "none" or touch.attempt:
            continue
        if touch.touch != "written" or touch.direction != side or touch.kind in KIND_DIRECTION:
            break
        run.append(touch)
    return Unanswered(run[-1], run[0], len(run)) if run else None


def tries_in_vain(summary: Summary, today: date) -> list[Touch]:
    """Return our attempts and messages since the last word of theirs, newest first."""
    tries: list[Touch] = []
    for touch in until(summary, today):
        if touch.attempt or (touch.touch == "written" and touch.direction == "to"):
            tries.append(touch)
        elif touch.touch != "none":
            break
    return tries


def first_planned(summary: Summary, today: date) -> date | None:
    """Return the first day on which an entry dated ahead comes true."""
    return min((touch.date for touch in summary.entries if touch.date > today), default=None)


def said_with(summary: Summary, task: Task) -> str:
    """Return the person of the entry in which a task was said, "" where none is told."""
    if task.said_on is None:
        return ""
    for touch in summary.entries:
        if touch.date == task.said_on and touch.people:
            return touch.people[0]
    return ""


def earliest(*days: date | None) -> date | None:
    """Return the first of these days, None where there is none."""
    return min((day for day in days if day is not None), default=None)
