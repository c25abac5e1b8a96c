"""Take the days out of what is promised: ``due:freitag``, "bis Freitag", "in 2 Wochen …"."""

from __future__ import annotations

import re
from datetime import date

from crm_md.dates import When, parse_date, split_leading_date
from crm_md.errors import DateNotUnderstood, UsageProblem
from crm_md.messages import _
from crm_md.model import NextStep

_DUE = re.compile(r"\b(due|fällig|faellig):\s*", re.IGNORECASE)
_FROM = re.compile(r"(?:^|\s)(?:von|vom|ab|from)\s", re.IGNORECASE)  # from Monday until Friday
_UNTIL = re.compile(r"(?:^|\s)(?:bis|by|until)\s+(?=\S)", re.IGNORECASE)


def dated_task(words: str, today: date) -> str:
    """Return a task with its day as a date: ``due:freitag``, "bis Freitag" and "am Freitag".

    Raises:
        UsageProblem: not a word says what is to be done.
        DateNotUnderstood: what stands behind ``due:`` is no date.
    """
    text = _dated(" ".join(words.split()).removeprefix("- [ ]").strip(), today)
    if not any(word for word in text.split() if not (word.startswith("@") or _DUE.match(word))):
        raise no_task()
    return text


def no_task() -> UsageProblem:
    """Return the refusal of a task without a word of what is to be done."""
    return UsageProblem(
        _("Not a word says what is to be done."),
        _('For example: crm todo petersen --add "send the catalogue due:friday"'),
    )


def _dated(text: str, today: date) -> str:
    found = _DUE.search(text)
    if found:
        when, rest = _leading_day(text[found.end() :], today)
        if when is None:
            raise DateNotUnderstood(text[found.end() :])
        tail = with_time(when, rest)
        return f"{text[: found.end()].rstrip()}{when.day_to_act.isoformat()} {tail}".rstrip()
    for until in reversed(list(_UNTIL.finditer(text))):
        when, rest = split_leading_date(text[until.end() :], today, toward="future")
        if when is not None and not _FROM.search(text[: until.start()]):
            words, mentions = _without_mentions(f"{text[: until.start()]} {with_time(when, rest)}")
            return " ".join(filter(None, (words, f"due:{when.day_to_act.isoformat()}", mentions)))
    return _dated_within(text, today)


def _dated_within(text: str, today: date) -> str:
    """Return a task whose day stands in it without a word for a deadline: "Rückruf am 3.12."."""
    from crm_md.dates.within import find_date

    words, mentions = _without_mentions(text)
    found = find_date(words, today)
    if found is None:
        return text
    rest = f"{found.time:%H:%M} {found.rest}" if found.time else found.rest
    return " ".join(filter(None, (rest, f"due:{found.day.isoformat()}", mentions)))


def _without_mentions(text: str) -> tuple[str, str]:
    words = text.split()
    return (
        " ".join(word for word in words if not word.startswith("@")),
        " ".join(word for word in words if word.startswith("@")),
    )


def next_step(words: str, today: date) -> NextStep:
    """Return the next step that words name: a day, and what is to be done.

    Raises:
        DateNotUnderstood: no day stands at the beginning or at the end.
    """
    when, rest = split_leading_date(words, today, toward="future")
    if when is None:
        parts = words.split()
        for cut in range(1, len(parts)):
            try:
                when = parse_date(" ".join(parts[cut:]), today, toward="future")
            except DateNotUnderstood:
                continue
            rest = " ".join(parts[:cut])
            break
    if when is None:
        when, rest = _leading_day(words, today)
    if when is None:
        raise DateNotUnderstood(words)
    text = with_time(when, rest.lstrip(":,- ").strip())
    return NextStep(when.day_to_act, text, f"{when.day_to_act.isoformat()} {text}".strip())


def _leading_day(words: str, today: date) -> tuple[When | None, str]:
    """Return the day that has to stand in front, and the rest: one that is over is a day too."""
    when, rest = split_leading_date(words, today, toward="future")
    return (when, rest) if when else split_leading_date(words, today, toward="past")


def with_time(when: When, rest: str) -> str:
    """Return what is to be done on a day, the time of day before it if one was said."""
    return f"{when.time:%H:%M} {rest}".strip() if when.time else rest
