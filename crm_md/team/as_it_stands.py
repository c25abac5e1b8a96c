"""Tell news as they stand by now: what was complained of or promised may be settled since."""

from __future__ import annotations

from crm_md.config import Config
from crm_md.document import Document, open_complaints
from crm_md.document.changes_head import short
from crm_md.document.news import News, Urgency, solved_since
from crm_md.errors import CrmError
from crm_md.frozen import replace
from crm_md.messages import _
from crm_md.model import Customer, Entry, Task


def as_it_stands(news: list[News], text: bytes | None, path: str, config: Config) -> list[News]:
    """Return news of which those that were settled since say so, and are urgent no more.

    Args:
        news: of one colleague.
        text: of the customer's file as it stands now, None if it is gone.
        path: of the file, relative to the store.
        config: the store's settings.
    """
    if text is None or not any(one.urgency and (one.entry or one.task) for one in news):
        return news
    try:
        now = Document.read(text, path, config).customer
    except CrmError:
        return news
    return [_now(one, now) if one.urgency else one for one in news]


def _now(one: News, now: Customer) -> News:
    if one.entry and one.urgency == Urgency.COMPLAINT:
        found = _entry(one.entry, now)
        if found and all(_key(still) != _key(found) for still in open_complaints(now.entries)):
            how = solved_since(one.sentence, found.fact("solved"))
            return replace(one, sentence=how, urgency=Urgency.NONE, entry=found)
    if one.task and not _is_open(one.task, now):
        told = _("{news} – done since").format(news=one.sentence)
        return replace(one, sentence=told, urgency=Urgency.NONE)
    return one


def _key(entry: Entry) -> tuple[object, ...]:
    return entry.date, entry.kind, entry.people, entry.gist


def _entry(entry: Entry, now: Customer) -> Entry | None:
    return next((one for one in now.entries if _key(one) == _key(entry)), None)


def _is_open(task: Task, now: Customer) -> bool:
    """Tell whether a task is still to be done, or cannot be found any more by its words."""
    same = [one for one in now.tasks if short(one.text) == short(task.text)]
    return not same or any(one.state == "open" for one in same)
