"""Tell what somebody else changed at a customer as news: the most important first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

from crm_md.dates.filed import split_file_date
from crm_md.document.changes import changes
from crm_md.document.changes_head import Change, listed, short
from crm_md.document.field_labels import label
from crm_md.document.field_saying import told_day
from crm_md.document.key_meanings import meaning_of
from crm_md.document.question_lines import said_to_settle
from crm_md.document.reading import Document
from crm_md.errors import CrmError
from crm_md.frozen import dataclass, field
from crm_md.messages import _, language
from crm_md.model import CUSTOMER
from crm_md.words import plain

if TYPE_CHECKING:
    from crm_md.config import Config
    from crm_md.model import Consent, Customer, Entry, Task

MOST = 8  # pieces of news without urgency that are told of one colleague at one customer
_BOX = re.compile(r"[-*+] \[[ xX-]\] ")
_ENTRIES = 3  # that are told one by one; more are counted
# Fields that are news; what else changes in the head is kept for the book's own sake.
_TELLING = frozenset(
    (
        *("status", "goal", "products", "deals", "relations", "contacts", "away", "reach"),
        *("decides", "do_not_contact", "consent", "snooze", "name"),
    )
)
Sort = Literal["talk", "promise", "fact", "record"]


class Urgency(IntEnum):
    """How soon a colleague wants to know; the more the sooner."""

    NONE = 0
    PROMISE = 1
    QUESTION = 2
    MOOD = 3
    FOR_ME = 4
    DO_NOT_CONTACT = 5
    COMPLAINT = 6


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news.

    Attributes:
        sentence: in the language spoken; whoever did it is named before.
        about: what the field is called, where one changed.
        whole: what became of the customer as a whole, which is told first.
        sort: what was talked about, what is to be done, what else is worth knowing, or bookkeeping.
        entry: that somebody logged or solved; task: that is to be done.
    """

    sentence: str
    urgency: Urgency = Urgency.NONE
    about: str = ""
    whole: Literal["", "created", "removed", "renamed"] = ""
    sort: Sort = "fact"
    entry: Entry | None = field(default=None, compare=False)
    task: Task | None = field(default=None, compare=False)


def news(
    before: bytes | None, after: bytes | None, path: str, config: Config, me: str = ""
) -> tuple[News, ...]:
    """Return what is new between two contents of a customer file, the most urgent first.

    Args:
        before: what stood in the file, None where there was none; likewise ``after``.
        path: of the file, relative to the store.
        config: the store's settings.
        me: the short name of whoever looks, to whom their own tasks are urgent.
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
    found = list(_told(old, new, config, me))
    urgent = [one for one in found if one.urgency or one.whole]
    rest = [one for one in found if one not in urgent]
    if len(rest) > MOST:
        rest = [*rest[:MOST], News(_("and more"))]
    return tuple(sorted([*urgent, *rest], key=place))


def place(one: News) -> tuple[bool, int]:
    """What concerns the customer as a whole is told first, then the most urgent."""
    return not one.whole, -one.urgency


def _told(old: Document | None, new: Document | None, config: Config, me: str) -> Iterator[News]:
    """Tell each change, what was logged first; what only follows from another one is left out."""
    found = sorted(changes(old, new), key=_place)
    if old is None or new is None:
        how: Literal["created", "removed"] = "removed" if new is None else "created"
        yield from (News(one.sentence, whole=how) for one in found)
        if new is not None:
            yield from _of_a_newcomer(new.customer)
            yield from _of_entries(new.customer.entries, config, me)
            yield from _beside_entries(new.customer, me)
        return
    refused = list(_refused(old.customer.consents, new.customer))
    yield from refused
    silent = {"consent"} if refused else set()
    if {*new.customer.aliases} - {*old.customer.aliases} <= {old.customer.name, old.slug}:
        silent |= {"aliases"} if old.customer.name != new.customer.name else set()
    kept = [one for one in found if one.key not in silent or one.how == "removed"]
    yield from _of_changes(kept, new.customer, config, me)


def _place(change: Change) -> int:
    return 0 if change.what == "moved" else 1 if change.what == "entry" else 2


def _of_a_newcomer(customer: Customer) -> Iterator[News]:
    """Tell what nobody may overlook of a new customer: whom not to contact, what was written."""
    if customer.do_not_contact is not None:
        value = short(customer.do_not_contact.written or customer.do_not_contact.text)
        told = _("{field}: {value}").format(field=label("do_not_contact"), value=value)
        yield News(told, Urgency.DO_NOT_CONTACT)
    yield from _refused((), customer)
    for section in customer.sections:
        if section.role in ("", "intro") and (words := listed(_lines(section.text))):
            named = section.role != "intro" and section.title
            if named:
                told = _("{field}: {value}").format(field=short(section.title), value=words)
            else:
                told = _("written down: {words}").format(words=words)
            yield News(told)


def _lines(text: str) -> list[str]:
    """Return what stands in a section, without its tasks, which are told by themselves."""
    lines = (line.strip() for line in text.split("\n"))
    return [line.lstrip("-*+ ") for line in lines if line and not _BOX.match(line)]


def _refused(old: Iterable[Consent], new: Customer) -> Iterator[News]:
    """Tell by which channels a customer wants to hear nothing any more."""
    before = {plain(one.channel) for one in old if one.allowed is False}
    for one in new.consents:
        if one.allowed is False and plain(one.channel) not in before:
            told = _("wants nothing by {channel} any more").format(channel=short(one.channel))
            yield News(told, Urgency.DO_NOT_CONTACT)


def questions_left(
    before: Sequence[bytes | None], after: bytes, path: str, config: Config
) -> Iterator[str]:
    """Yield what the lines say that a merge left: in what came of it, and in no side of it."""
    sides = (side for side in before if side is not None)
    known = {said for side in sides for said in said_to_settle(side, path, config)}
    yield from (said for said in said_to_settle(after, path, config) if said not in known)


def question(said: str) -> News:
    """Return the news of a line *To settle*, of which this is what it says."""
    key, colon, value = said.partition(":")
    words = f"{label(meaning_of(key) or key)}: {value.strip()}" if colon else said
    return News(_("to settle: {line}").format(line=short(words)), Urgency.QUESTION)


def _of_changes(found: Sequence[Change], now: Customer, config: Config, me: str) -> Iterator[News]:
    plain_ones = [one for one in found if _is_plain_entry(one, config)]
    for change in found:
        if change.what == "entry" and change.how == "added" and change.entry:
            if change not in plain_ones[_ENTRIES:]:
                yield _entry(change.entry, change.thing, config)
            yield from _promises(change.entry, me)
        elif change.task and change.how == "added" and change.task.state == "open":
            yield _promise(change.task, me)
        else:
            yield News(
                change.sentence,
                _urgency_of(change, now, me),
                change.called,
                "renamed" if change.what == "moved" else "",
                _sort(change),
                change.entry,
            )
    if len(plain_ones) > _ENTRIES:
        yield News(_("and more entries"), sort="talk")


def _sort(change: Change) -> Sort:
    """Return what a change is about."""
    if change.what in ("entry", "task"):
        return "talk" if change.what == "entry" else "promise"
    if change.key == "next":
        return "promise"
    kept = change.what == "writing" or (change.what == "field" and change.key not in _TELLING)
    return "record" if kept else "fact"


def _urgency_of(change: Change, now: Customer, me: str) -> Urgency:
    if change.how == "removed":
        return Urgency.NONE
    if change.key == "do_not_contact":
        return Urgency.DO_NOT_CONTACT
    mine = me and (
        (change.key == "owner" and now.owner == me)
        or (change.task and change.task.state == "open" and change.task.whose == me)
    )
    return Urgency.FOR_ME if mine else Urgency.NONE


def _is_plain_entry(change: Change, config: Config) -> bool:
    added = change.what == "entry" and change.how == "added" and change.entry is not None
    return added and change.entry is not None and not urgency_of_entry(change.entry, config)


def _of_entries(entries: Sequence[Entry], config: Config, me: str) -> Iterator[News]:
    """Tell the story that came with a new customer; of a long one only what cannot wait."""
    for entry in entries:
        if urgency_of_entry(entry, config) or len(entries) <= _ENTRIES:
            yield _entry(entry, _of_story(entry), config)
        yield from _promises(entry, me)


def _beside_entries(customer: Customer, me: str) -> Iterator[News]:
    """Tell what came with a new customer outside its story: promises, what to be careful about."""
    for section in customer.sections:
        lines = {"careful": customer.careful, "common": customer.common}.get(section.role)
        if lines:
            told = _("{field}: {value}").format(field=short(section.title), value=listed(lines))
            yield News(told)
    for task in customer.tasks:
        if task.said_on is None and task.state == "open":
            yield _promise(task, me)


def _of_story(entry: Entry) -> str:
    """Return an entry as it is told where it came with its customer: kind, day, subject."""
    what = " ".join(filter(None, (entry.kind_word, told_day(entry.date))))
    return _("{what}: {subject}").format(what=what, subject=short(entry.gist))


def _entry(entry: Entry, thing: str, config: Config) -> News:
    """Tell an entry that somebody logged."""
    urgency = urgency_of_entry(entry, config)
    if entry.kind == "complaint" and not entry.solution and entry.gist:
        told = _("logged a complaint ({subject})").format(subject=short(entry.gist))
    else:
        told = thing if entry.kind_word else _("logged: {entry}").format(entry=thing)
    mood = config.moods.get(entry.mood)
    if mood and mood.tone < 0:
        told = _("{news}, mood: {mood}").format(news=told, mood=entry.mood_word)
    if entry.kind == "complaint" and (how := entry.fact("solved")):
        told = solved_since(told, how)
    return News(told, urgency, sort="talk", entry=entry)


def solved_since(told: str, how: str) -> str:
    """Return the news of a complaint that has been solved since, and how if that was written."""
    words = short(split_file_date(how)[1])
    if not words:
        return _("{news} – solved since").format(news=told)
    return _("{news} – solved since: {how}").format(news=told, how=words)


def urgency_of_entry(entry: Entry, config: Config) -> Urgency:
    """Return how urgent it is to know of an entry: a complaint that is open, a bad mood."""
    if entry.kind == "complaint" and not entry.solution and not entry.fact("solved"):
        return Urgency.COMPLAINT
    mood = config.moods.get(entry.mood)
    return Urgency.MOOD if mood and mood.tone < 0 else Urgency.NONE


def _promises(entry: Entry, me: str) -> Iterator[News]:
    yield from (_promise(task, me) for task in entry.tasks if task.state == "open")


def _promise(task: Task, me: str) -> News:
    """Tell what is to be done, by whom and by when."""
    from crm_md.dates.saying import say_date

    text = short(task.text)
    day = say_date(task.due, language()) if task.due else ""
    urgency = urgency_of_task(task, me)
    if task.whose == CUSTOMER:
        told = _("they promised by {day}: {task}") if day else _("they promised: {task}")
    elif task.mentions or urgency == Urgency.FOR_ME:
        told = _("for {who} by {day}: {task}") if day else _("for {who}: {task}")
    else:
        told = _("promised by {day}: {task}") if day else _("promised: {task}")
    said = told.format(day=day, task=text, who=task.whose)
    return News(said, urgency, sort="promise", task=task)


def urgency_of_task(task: Task, me: str) -> Urgency:
    """Return how urgent it is to know of an open task: the more if it is mine."""
    return Urgency.FOR_ME if me and task.whose == me else Urgency.PROMISE
