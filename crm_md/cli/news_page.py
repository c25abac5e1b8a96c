"""Lay out what happened as a page to send to all: first what matters, bookkeeping at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from crm_md.cli.output import one_line
from crm_md.cli.telling_news import days_of, in_order, sentence_of
from crm_md.dates import say_date
from crm_md.document.changes_head import short
from crm_md.document.first_words import first_words
from crm_md.document.news import News, Urgency
from crm_md.exchange.page import Item, Page
from crm_md.frozen import replace
from crm_md.messages import _, language, ngettext
from crm_md.model import CUSTOMER, Entry, Task
from crm_md.team.alike import MANY, ToldTogether
from crm_md.team.review import Review
from crm_md.team.telling import ToldCustomer, ToldWork

if TYPE_CHECKING:
    from crm_md.index.promises import Promise

MOST = 12  # lines of one sort in the summary
_ORDER = ("talk", "promise", "fact", "record")


def title_of(found: Review, today: date) -> str:
    """Return from when to when the page tells.

    Args:
        found: what it tells.
        today: the day that stands for all where nothing happened.
    """
    told = in_order(found.customers, found.alike)
    works = [work for one in told for work in _works(one)]
    days = [moment.date() for work in works for moment in (work.first, work.when)]
    first = found.begin.date() if found.begin else min(days, default=today)
    last = max([*days, first])
    if found.end:
        last = found.end.date() - timedelta(days=1)
    return _("What happened from {first} to {last}").format(
        first=say_date(first, language()), last=say_date(last, language())
    )


def pages_of(
    found: Review, *, counted: bool, standing: Sequence[Promise] | None, today: date
) -> list[Page]:
    """Return a summary, a page for each customer, and one for what is bookkeeping only.

    It is customers who stand in the summary; nobody who works there is measured.

    Args:
        found: what it tells.
        counted: say how many customers somebody brought in; not where one colleague is looked at.
        standing: all that is open in the book, whenever it began; None where only a part of it is
            looked at.
        today: what is due before it is told.
    """
    customers, brought = _without_import(found.customers)
    pages: list[Page] = []
    records: list[Item] = []
    for one in in_order(customers, found.alike):
        if isinstance(one, ToldTogether):
            item = Item(sentence_of(one, counted=counted), _heading(one))
            if one.urgency:
                pages.append(Page(one.name, (replace(item, label=days_of(one)),), ()))
            else:
                records.append(item)
        elif one.slug and (lead := tuple(_of_customer(one))):
            pages.append(Page(one.name, lead, ()))
        else:
            records += _of_files(one)
    records += [Item(_brought(names, counted), who) for who, names in brought.items()]
    if records:
        pages.append(Page(_("Besides"), tuple(records), ()))
    summary = tuple(_summary(found, counted, standing, today))
    return [Page(_("In brief"), summary, ()), *pages] if summary else pages


def _works(one: ToldCustomer | ToldTogether) -> Sequence[ToldWork | ToldTogether]:
    return one.works if isinstance(one, ToldCustomer) else (one,)


def _of_customer(one: ToldCustomer) -> Iterator[Item]:
    """Yield what colleagues did: talks first, and in one line what is kept for the book's sake."""
    told = [(work, [piece for piece in work.news if piece.sort != "record"]) for work in one.works]
    told = [(work, sorted(news, key=_place)) for work, news in told if news]
    for work, news in sorted(told, key=lambda pair: _place(pair[1][0])[1]):
        yield Item(label=_heading(work), more=tuple(map(_line, news)))
    kept = list(dict.fromkeys(one_line(piece.sentence) for piece in _records(one)))
    if told and kept:
        yield Item(_("Besides: {changes}").format(changes="; ".join(kept)))


def _place(piece: News) -> tuple[bool, int]:
    """What became of a customer as a whole stands first, then talks, promises and the rest."""
    return not piece.whole, _ORDER.index(piece.sort)


def _records(one: ToldCustomer) -> Iterator[News]:
    return (piece for work in one.works for piece in work.news if piece.sort == "record")


def _line(piece: News) -> Item:
    """Return one piece of news, and below it the first words of what was said."""
    said = first_words(piece.entry) if piece.entry and piece.sort == "talk" else ""
    return Item(one_line(piece.sentence), told=said)


def _of_files(one: ToldCustomer) -> Iterator[Item]:
    """Yield a line for what changed at a file, or at a customer of whom there is nothing else."""
    for work in one.works:
        news = "; ".join(one_line(piece.sentence) for piece in work.news)
        yield Item(f"{_heading(work)}: {news}" if work.name else news, one.name)


def _heading(work: ToldWork | ToldTogether) -> str:
    return ", ".join(filter(None, (work.name, days_of(work))))


def _without_import(
    customers: Sequence[ToldCustomer],
) -> tuple[list[ToldCustomer], dict[str, list[str]]]:
    """Return customers without the words that somebody brought in, and by whom, if these are many.

    Who was worked at after an import is not told with all the others of it.
    """
    by_whom: dict[str, list[str]] = {}
    for one in customers:
        for work in one.works:
            if any(piece.whole == "created" for piece in work.news):
                by_whom.setdefault(work.by or work.name, []).append(one.name)
    many = {who: names for who, names in by_whom.items() if len(names) > MANY}
    if not many:
        return list(customers), {}
    called = {work.by or work.name: work.name for one in customers for work in one.works}
    kept = [_bare(one, many) for one in customers]
    return [one for one in kept if one.works], {called[who]: names for who, names in many.items()}


def _bare(one: ToldCustomer, who: Iterable[str]) -> ToldCustomer:
    works = []
    for work in one.works:
        news = tuple(piece for piece in work.news if piece.whole != "created")
        kept = replace(work, news=news) if (work.by or work.name) in who else work
        works += [kept] if kept.news else []
    return replace(one, works=tuple(works))


def _brought(names: Sequence[str], counted: bool) -> str:
    told = ", ".join(names[:3])
    if not counted:
        return _("brought in {names}").format(names=_("{names} and others").format(names=told))
    left = len(names) - 3
    told = ngettext("{names} and {count} more", "{names} and {count} more", left).format(
        names=told, count=left
    )
    return _("brought in {count} customers: {names}").format(count=len(names), names=told)


def _summary(
    found: Review, counted: bool, standing: Sequence[Promise] | None, today: date
) -> Iterator[Item]:
    """Yield what is open, what was solved, what is promised and who is new."""
    open_ones, solved = list(_complaints(found, _is_open)), list(_complaints(found, _is_solved))
    late: list[str] = []
    if standing is not None:
        open_ones = [_since(one) for one in standing if one.kind == "complaint"]
        late = [_late(one) for one in standing if one.due and one.due < today and _is_ours(one)]
    promises = sorted(_promises(found), key=lambda one: (one[0].due or date.max, one[1]))
    yield from _part(_("Open complaints"), open_ones, urgent=True)
    yield from _part(_("Solved"), solved)
    yield from _part(_("Overdue"), late)
    yield from _part(_("Promised"), [_promise(task, name) for task, name in promises])
    new = [name for one in found.alike if one.what == "new" for name in _names(one, counted)]
    new += [one.name for one in found.customers if _is_new(one)]
    if new:
        more = [_("and more")] if len(new) > MOST else []
        yield Item(", ".join([*map(one_line, new[:MOST]), *more]), _("New customers"))


def _since(complaint: Promise) -> str:
    day = say_date(complaint.said_on, language()) if complaint.said_on else ""
    told = _("{customer}: {subject} (since {day})")
    return one_line(told.format(customer=complaint.name, subject=short(complaint.text), day=day))


def _is_ours(one: Promise) -> bool:
    return one.kind == "task" and one.whose != CUSTOMER


def _late(task: Promise) -> str:
    day = say_date(task.due, language()) if task.due else ""
    told = _("{day}, {customer}: {task}")
    return one_line(told.format(day=day, customer=task.name, task=short(task.text)))


def _part(label: str, lines: Iterable[str], *, urgent: bool = False) -> Iterator[Item]:
    told = list(dict.fromkeys(lines))
    if told:
        more = [_("and more")] if len(told) > MOST else []
        yield Item(label=label, more=(*told[:MOST], *more), urgent=urgent)


def _complaints(found: Review, wanted: Callable[[News], bool]) -> Iterator[str]:
    for one in found.customers:
        for piece in (piece for work in one.works for piece in work.news):
            if piece.entry and piece.entry.kind == "complaint" and wanted(piece):
                told = _("{customer}: {subject}") if piece.entry.gist else "{customer}"
                subject = short(piece.entry.gist)
                yield one_line(told.format(customer=one.name, subject=subject))


def _is_open(piece: News) -> bool:
    return piece.urgency == Urgency.COMPLAINT


def _is_solved(piece: News) -> bool:
    entry: Entry | None = piece.entry
    return entry is not None and not _is_open(piece)


def _promises(found: Review) -> Iterator[tuple[Task, str]]:
    """Yield what was promised by us in that time, and is still to be done."""
    for one in found.customers:
        for piece in (piece for work in one.works for piece in work.news):
            if piece.task and piece.urgency and piece.task.whose != CUSTOMER:
                yield piece.task, one.name


def _promise(task: Task, name: str) -> str:
    day = say_date(task.due, language()) if task.due else ""
    told = _("{day}, {customer}: {task}") if day else _("{customer}: {task}")
    return one_line(told.format(day=day, customer=name, task=short(task.text)))


def _is_new(one: ToldCustomer) -> bool:
    return any(piece.whole == "created" for work in one.works for piece in work.news)


def _names(one: ToldTogether, counted: bool) -> Iterator[str]:
    yield from one.names
    left = len(one.paths) - len(one.names)
    if left > 0:
        many = ngettext("{count} more", "{count} more", left).format(count=left)
        yield many if counted else _("others")
