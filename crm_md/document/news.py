"""Tell what somebody else changed at a customer as news: the most important first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from crm_md.document.changes import changes
from crm_md.document.changes_head import Change, short
from crm_md.document.reading import Document
from crm_md.errors import CrmError
from crm_md.frozen import dataclass
from crm_md.messages import _, language, ngettext
from crm_md.model import CUSTOMER
from crm_md.words import plain

if TYPE_CHECKING:
    from crm_md.config import Config
    from crm_md.model import Customer, Entry, Task

MOST = 8  # pieces of news without urgency that are told of one colleague at one customer
_ENTRIES = 3  # that are told one by one; more are counted
SETTLE = "#settle"  # ends a line that names a value which a merge did not take
_WHOLE = frozenset(("created", "removed", "moved"))
_HEADING = re.compile(r"#{1,6} ")


class Urgency(IntEnum):
    """How soon a colleague wants to know; the more the sooner."""

    NONE = 0
    PROMISE = 1
    QUESTION = 2
    MOOD = 3
    COMPLAINT = 4


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news.

    Attributes:
        sentence: in the language spoken; whoever did it is named before.
    """

    sentence: str
    urgency: Urgency = Urgency.NONE


def news(before: bytes | None, after: bytes | None, path: str, config: Config) -> tuple[News, ...]:
    """Return what is new between two contents of a customer file, the most urgent first.

    Args:
        before: what stood in the file, None where there was none; likewise ``after``.
        path: of the file, relative to the store.
        config: the store's settings.
    """
    if before == after:
        return ()
    try:
        new = None if after is None else Document.read(after, path, config)
    except CrmError:
        return (News(_("the file cannot be read any more"), Urgency.QUESTION),)
    try:
        old = None if before is None else Document.read(before, path, config)
    except CrmError:
        return (News(_("the file can be read again")),)
    all_changes = sorted(changes(old, new), key=_place)
    found = [*_of_changes(all_changes, config)]
    if old is None and new is not None:
        found += _of_entries(new.customer.entries, config)
    whole = [one for one in found if not one.urgency][: _of_the_whole(all_changes)]
    urgent = sorted((one for one in found if one.urgency), key=lambda one: -one.urgency)
    rest = [one for one in found if not one.urgency][len(whole) :]
    if len(rest) > MOST:
        more = len(rest) - MOST
        told = ngettext("and {count} more", "and {count} more", more).format(count=more)
        rest = [*rest[:MOST], News(told)]
    return (*whole, *urgent, *rest)


def _place(change: Change) -> int:
    """What concerns the customer as a whole is told first, then what was logged, then the rest."""
    return 0 if change.what in _WHOLE else 1 if change.what == "entry" else 2


def _of_the_whole(found: Sequence[Change]) -> int:
    return sum(change.what in _WHOLE for change in found)


def questions_left(
    before: Sequence[bytes | None], after: bytes, path: str, config: Config
) -> Iterator[str]:
    """Yield the lines *To settle* that a merge left: in what came of it, and in no side of it."""

    sides = (side for side in before if side is not None)
    known = {line for side in sides for line in open_questions(side, path, config)}
    yield from (line for line in open_questions(after, path, config) if line not in known)


def open_questions(data: bytes, path: str, config: Config) -> tuple[str, ...]:
    """Return the lines *To settle* of a file that nobody settled yet; none if it is unreadable."""
    try:
        tasks = Document.read(data, path, config).customer.tasks
    except CrmError:
        return ()
    return tuple(one.text for one in tasks if one.state == "open" and SETTLE in one.text.split())


def question(line: str) -> News:
    """Return the news of a line *To settle*."""
    told = _("to settle: {line}").format(line=short(line.replace(SETTLE, "")))
    return News(told, Urgency.QUESTION)


def likely_urgency(before: bytes | None, after: bytes | None, config: Config) -> Urgency:
    """Return how urgent news may be, without reading both texts whole.

    Only the sections and entries that differ are read: it takes a tenth of the time that telling
    takes, and serves to put thousands of changes in order.
    """
    if after is None:
        return Urgency.NONE
    text = after.decode("utf-8", "replace").replace("\r\n", "\n")
    old = (before or b"").decode("utf-8", "replace").replace("\r\n", "\n")
    part = changed_part(old, text)
    if "::" not in part and not _may_complain(part, config):
        return Urgency.PROMISE if "[ ]" in part else Urgency.NONE
    try:
        read = _part(part, config)
    except CrmError:
        return Urgency.NONE
    entries = [_urgency(entry, config) for entry in read.entries]
    promises = [Urgency.PROMISE for task in read.tasks if task.state == "open"]
    return max([*entries, *promises], default=Urgency.NONE)


def _may_complain(part: str, config: Config) -> bool:
    """Tell whether a heading has a word for a complaint in it."""
    words = [word for word, kind in config.kind_words.items() if kind == "complaint"]
    headings = [plain(line) for line in part.split("\n") if line.startswith("#")]
    return any(word in heading for heading in headings for word in words)


def concerns(before: bytes | None, after: bytes | None, who: str, config: Config) -> bool:
    """Tell whether what changed is a task of this colleague, or names them with an @.

    Args:
        who: short name.
    """
    old, new = ((data or b"").decode("utf-8", "replace") for data in (before, after))
    mention = re.compile(rf"(?<![\w@])@{re.escape(who)}(?!\w)", re.IGNORECASE)
    for one, other in ((old, new), (new, old)):
        part = changed_part(one.replace("\r\n", "\n"), other.replace("\r\n", "\n"))
        if mention.search(part) or any(task.whose == who for task in _part(part, config).tasks):
            return True
    return False


def _part(text: str, config: Config) -> Customer:
    """Return what some entries and sections of a file say."""
    return Document.read(f"## Verlauf\n\n{text}".encode(), "part.md", config).customer


def changed_part(before: str, after: str) -> str:
    """Return the sections and entries of a text that another one has not, or not so.

    Lines that both begin or end with are left out; what is between is taken as it stands.
    """
    old, new = before.split("\n"), after.split("\n")
    most = min(len(old), len(new))
    start = 0
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    last = len(new) - end
    first = start
    while first > 0 and first < len(new) and not _HEADING.match(new[first]):
        first -= 1
    while start < last < len(new) and not _HEADING.match(new[last]):
        last += 1
    return "\n".join(new[first:last])


def _of_changes(found: Sequence[Change], config: Config) -> Iterator[News]:
    plain = [one for one in found if _is_plain_entry(one, config)]
    for change in found:
        if change.what == "entry" and change.how == "added" and change.entry:
            if len(plain) <= _ENTRIES or change not in plain:
                yield _entry(change.entry, change.thing, config)
            yield from _promises(change.entry)
        elif change.task and change.how == "added" and change.task.state == "open":
            yield _promise(change.task)
        else:
            yield News(change.sentence)
    if len(plain) > _ENTRIES:
        told = ngettext("{count} entry added", "{count} entries added", len(plain))
        yield News(told.format(count=len(plain)))


def _is_plain_entry(change: Change, config: Config) -> bool:
    added = change.what == "entry" and change.how == "added" and change.entry is not None
    return added and change.entry is not None and not _urgency(change.entry, config)


def _of_entries(entries: Sequence[Entry], config: Config) -> Iterator[News]:
    """Tell of the story that came with a new customer only what cannot wait."""
    for entry in entries:
        if _urgency(entry, config):
            yield _entry(entry, entry.gist, config)
        yield from _promises(entry)


def _entry(entry: Entry, thing: str, config: Config) -> News:
    """Tell an entry that somebody logged."""
    urgency = _urgency(entry, config)
    if entry.kind == "complaint" and not entry.solution and entry.gist:
        told = _("logged a complaint ({subject})").format(subject=short(entry.gist))
    else:
        told = _("logged: {entry}").format(entry=thing)
    mood = config.moods.get(entry.mood)
    if mood and mood.tone < 0:
        told = _("{news}, mood: {mood}").format(news=told, mood=entry.mood_word)
    return News(told, urgency)


def _urgency(entry: Entry, config: Config) -> Urgency:
    if entry.kind == "complaint" and not entry.solution and not entry.fact("solved"):
        return Urgency.COMPLAINT
    mood = config.moods.get(entry.mood)
    return Urgency.MOOD if mood and mood.tone < 0 else Urgency.NONE


def _promises(entry: Entry) -> Iterator[News]:
    yield from (_promise(task) for task in entry.tasks if task.state == "open")


def _promise(task: Task) -> News:
    """Tell what is to be done, by whom and by when."""
    from crm_md.dates.saying import say_date

    text = short(task.text)
    day = say_date(task.due, language()) if task.due else ""
    if task.whose == CUSTOMER:
        told = _("they promised by {day}: {task}") if day else _("they promised: {task}")
    elif task.mentions:
        told = _("for {who} by {day}: {task}") if day else _("for {who}: {task}")
    else:
        told = _("promised by {day}: {task}") if day else _("promised: {task}")
    return News(told.format(day=day, task=text, who=task.whose), Urgency.PROMISE)
