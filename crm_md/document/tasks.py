"""Read the promises of a file: ``- [ ] Ersatz bestätigen due:2026-11-24 @ben``."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from crm_md.dates.filed import read_day
from crm_md.document.task_signs import DUE, MENTION, STAMP
from crm_md.model import CUSTOMER, ME, Task, TaskState
from crm_md.words import MENTION_CUSTOMER, MENTION_ME

if TYPE_CHECKING:
    from crm_md.config import Config

_SIGN = re.compile("[:📅✅❌]")
_UNREAD = re.compile(rf"(?:^|(?<=\s))[\[(]?{DUE}::?\s*([^\s\])]+)|📅\ufe0f?\s*(\S+)", re.IGNORECASE)
_STATES: dict[str, TaskState] = {" ": "open", "x": "done", "X": "done", "-": "dropped"}


class Said(NamedTuple):
    """Where and when a task was said: for whose it is where nobody is named."""

    line: int
    author: str = ""
    owner: str = ""
    day: date | None = None


class Problem(NamedTuple):
    """A word in a task that means nothing to us."""

    line: int
    what: str  # "due" or "mention"
    word: str


def read_task(
    box: str, words: str, said: Said, config: Config, problems: list[Problem]
) -> Task | None:
    """Return the task of one line, or None where it has no words.

    Nobody mentioned: it is the entry's author's, else the owner's; ``@me`` is the author.

    Args:
        box: what stands in the brackets.
        words: the rest of the line.
        said: where it stands.
        config: the team, for mentions.
        problems: what was not understood is added here.
    """
    days: dict[str, date] = {}
    if sign := _SIGN.search(words):  # before the word with the first sign there is no date
        begin = words.rfind(" ", 0, sign.start()) + 1
        stamped = _take_stamps(words[begin:], days, said.line, problems)
        words = f"{words[:begin]}{stamped}"
    whose = ""
    mentions: tuple[str, ...] = ()
    if "@" in words:
        mentions = tuple(match[2] for match in MENTION.finditer(words))
        whose = _first_known(mentions, said, config, problems)
        words = MENTION.sub("", words)
    text = " ".join(words.split())
    if not text and not days and not mentions:
        return None
    return Task(
        text=text,
        state=_STATES[box],
        due=days.get("due"),
        done_on=days.get("done"),
        whose=whose or said.author or said.owner,
        mentions=mentions,
        said_on=said.day,
        line=said.line,
    )


def whose_is(mention: str, said: Said, config: Config) -> str:
    """Return whom a mention means: a short name, `CUSTOMER`, or "" if we do not know the word.

    Without a team every word is taken as a name.
    """
    word = mention.casefold()
    if word in MENTION_CUSTOMER:
        return CUSTOMER
    if word in MENTION_ME:
        return said.author or said.owner or ME
    if mention in config.team:
        return mention
    member = config.member(mention)
    if member:
        return member.short
    return "" if config.team else mention


def _take_stamps(words: str, days: dict[str, date], line: int, problems: list[Problem]) -> str:
    """Return the words without their dates, which go to ``days``; the first of a kind counts."""

    def take(match: re.Match[str]) -> str:
        day = read_day(match["day"] or match["when"])
        if day is None:  # 30 February
            return match[0]
        if match["due"] or match["calendar"]:
            days.setdefault("due", day)
        elif match["done"] or match["tick"]:
            days.setdefault("done", day)
        return ""

    words = STAMP.sub(take, words)
    if (unread := _UNREAD.search(words)) and (unread[2] or "due" not in days):
        problems.append(Problem(line, "due", unread[1] or unread[2]))
    return words


def _first_known(
    mentions: tuple[str, ...], said: Said, config: Config, problems: list[Problem]
) -> str:
    """Return whose the task is by its mentions; the unknown ones become problems."""
    whose = ""
    for mention in mentions:
        known = whose_is(mention, said, config)
        if not known:
            problems.append(Problem(said.line, "mention", mention))
        whose = whose or known
    return whose
