"""Answer what happened since I last looked: by customer, in sentences, whoever did it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

from crm_md.crm import Crm
from crm_md.dates import parse_date
from crm_md.document.news import concerns
from crm_md.errors import CrmError, NoIdentity, WriteFailed, reason_of
from crm_md.frozen import dataclass
from crm_md.history.deeds import Deed, commit_named, deeds, read_blobs
from crm_md.questions.naming import Named
from crm_md.questions.owners import whose
from crm_md.team.seen import SeenSoFar, is_broken, keep_seen, read_seen, with_shown
from crm_md.team.telling import ToldCustomer, blobs_wanted, likely_urgency_of, told
from crm_md.team.works import Customer, Work, sorted_works

FIRST_LOOK = timedelta(days=14)  # before the newest commit: who looks for the first time
FEW = 40  # customers; of so few all are told, and the order is that of what is told
TOGETHER = 200  # customers whose texts are held at once, for the sake of memory
_ID = re.compile(r"[0-9a-f]{4,64}")


@dataclass(frozen=True, slots=True)
class Review:
    """What happened.

    Attributes:
        customers: the most urgent first, then the newest.
        left: how many customers more there are that a limit left out.
        begin: where the look begins if not where the last one ended: a first look, or ``since``.
        first: it is the first look in this clone.
        broken: what was shown before cannot be read any more, so it is as the first look.
        seen: what is to be kept once this was shown.
    """

    customers: tuple[ToldCustomer, ...]
    left: int
    begin: datetime | None
    first: bool
    broken: bool
    seen: SeenSoFar | None


def review(
    crm: Crm,
    *,
    since: str = "",
    by: str = "",
    mine: bool = False,
    customer: Named | None = None,
    own: bool = False,
    limit: int | None = None,
) -> Review:
    """Return what colleagues did since I last looked; `mark_seen` remembers that I saw it.

    Args:
        crm: the open store.
        since: a day in any words, or a commit; instead of where the last look ended.
        by: only what this colleague did, by short name, name or address.
        mine: only customers that are mine, tasks that are mine, and words that mention me.
        customer: only this one.
        own: also what I did myself; it is left out unless ``by`` names me.
        limit: customers at most.

    Raises:
        NotUnderGit: there is no Git here.
        DateNotUnderstood: ``since`` is neither a day nor a commit.
        UsageProblem: nobody of the team is called as ``by`` says.
    """
    return _Look(crm, since).review(by, mine, customer, own, limit)


def mark_seen(crm: Crm, shown: Review) -> None:
    """Remember what was shown, and nothing that was not.

    Raises:
        WriteFailed: the system refuses; it is shown again.
    """
    if shown.seen is None or crm.state is None:
        return
    try:
        keep_seen(crm.state, shown.seen)
    except OSError as problem:
        raise WriteFailed(".git/crm/seen", reason_of(problem)) from problem


def between(crm: Crm, old: str | None, new: str, *, own: bool = False) -> list[ToldCustomer]:
    """Tell what the commits brought that lead from one commit to another.

    Args:
        crm: the open store.
        old: None for all that leads to the later one.
        new: the later one.
        own: also what I did myself.
    """
    found = deeds(crm.git, new, old)
    customers = sorted_works(found, crm.prefix, lambda _commit, _path: False, _name_by(crm))
    kept = list(_kept(customers, lambda work: own or _is_others(work, crm.me)))
    return list(_told(crm, kept, new, None).customers)


class _Look:
    """One look at a store's history."""

    def __init__(self, crm: Crm, since: str) -> None:
        self._crm = crm
        self._head = crm.git.head()
        state = crm.state
        self._seen = read_seen(state) if state else None
        self._broken = state is not None and is_broken(state)
        if self._seen and self._seen.upto and not commit_named(crm.git, self._seen.upto):
            self._seen, self._broken = None, True
        self._first = self._seen is None
        self._since = since

    def review(
        self, by: str, mine: bool, customer: Named | None, own: bool, limit: int | None
    ) -> Review:
        """Look, choose and tell."""
        if self._head is None:
            return Review((), 0, None, self._first, self._broken, None)
        crm = self._crm
        wanted = whose(crm, by) if by else ""
        customers, begin = self._customers(self._head)
        theirs = list(_kept(customers, lambda work: own or _is_others(work, crm.me)))
        kept = theirs
        if wanted:
            kept = list(_kept(customers, lambda work: work.by == wanted))
        if customer:
            kept = [one for one in kept if one.path == customer.path]
        if mine:
            kept = list(_of_mine(crm, kept))
        answer = _told(crm, kept, self._head, limit)
        seen = self._after(self._head, theirs, answer)
        asked = begin if self._since or self._first else None
        return Review(answer.customers, answer.left, asked, self._first, self._broken, seen)

    def _customers(self, head: str) -> tuple[list[Customer], datetime | None]:
        """Return who was worked at, and from when on, where a day was asked for."""
        old: str | None = None
        begin: datetime | None = None
        also: frozenset[tuple[str, str]] = frozenset()
        if self._since:
            old, begin = _point(self._crm, self._since)
        else:
            old, begin, also = self._so_far.upto, self._so_far.since, self._so_far.also
        found = deeds(self._crm.git, head, old, since=begin)
        name = _name_by(self._crm)
        seen = also.__contains__
        return (
            sorted_works(found, self._crm.prefix, lambda one, path: seen((one, path)), name),
            begin,
        )

    @cached_property
    def _so_far(self) -> SeenSoFar:
        """What was shown so far; a first look begins two weeks before the newest commit."""
        if self._seen is not None:
            return self._seen
        last = next(self._crm.git.log(limit=1))
        day = (last.when - FIRST_LOOK).date()
        return SeenSoFar(since=datetime.combine(day, time.min, last.when.tzinfo))

    def _after(self, head: str, theirs: Sequence[Customer], answer: _Answer) -> SeenSoFar:
        """Return what is seen then: all, if nothing is left that was not shown, else this too."""
        pairs = answer.silent.union(*(one.shown for one in answer.customers))
        if self._since:
            return with_shown(self._so_far, pairs)
        to_see = {pair for one in theirs for work in one.works.values() for pair in work.commits}
        if to_see <= pairs:
            return SeenSoFar(upto=head)
        return with_shown(self._so_far, pairs)


class _Answer(NamedTuple):
    """What is told.

    Attributes:
        customers: those that are told.
        left: how many more there may be.
        silent: pairs of commit and path that leave nothing to tell.
    """

    customers: tuple[ToldCustomer, ...]
    left: int
    silent: frozenset[tuple[str, str]]


def _told(crm: Crm, customers: Sequence[Customer], head: str, limit: int | None) -> _Answer:
    """Tell customers in order, the most urgent first; of many only as many as are asked for."""
    if limit is not None and len(customers) > max(limit, FEW):
        likely = {
            id(one): likely_urgency_of(one, blobs, crm.config)
            for some, blobs in _with_blobs(crm, customers)
            for one in some
        }
        customers = sorted(customers, key=lambda one: (likely[id(one)], _newest(one)), reverse=True)
    found: list[ToldCustomer] = []
    silent: set[tuple[str, str]] = set()
    done = 0
    while done < len(customers) and (limit is None or len(found) < limit):
        some = customers[done : done + (max(limit, FEW) if limit else TOGETHER)]
        done += len(some)
        blobs = _blobs(crm, some)
        now = crm.git.read_many([(head, crm.prefix + one.path) for one in some])
        for one, text in zip(some, now, strict=True):
            answer = told(one, blobs, crm.config, text)
            if answer.works:
                found.append(answer)
            else:
                silent |= answer.shown
    found.sort(key=lambda one: (one.urgency, one.when), reverse=True)
    most = limit or len(found)
    left = len(customers) - done + max(len(found) - most, 0)
    return _Answer(tuple(found[:most]), left, frozenset(silent))


def _with_blobs(
    crm: Crm, customers: Sequence[Customer]
) -> Iterator[tuple[Sequence[Customer], dict[str, bytes]]]:
    """Yield customers, some at a time, with their texts; Git reads the next ones meanwhile."""
    from concurrent.futures import ThreadPoolExecutor

    parts = [customers[at : at + TOGETHER] for at in range(0, len(customers), TOGETHER)]
    with ThreadPoolExecutor(max_workers=1) as ahead:
        waiting = [ahead.submit(_blobs, crm, part) for part in parts[:1]]
        for place, part in enumerate(parts):
            blobs = waiting.pop().result()
            waiting += [ahead.submit(_blobs, crm, later) for later in parts[place + 1 : place + 2]]
            yield part, blobs


def _blobs(crm: Crm, customers: Sequence[Customer]) -> dict[str, bytes]:
    """Return the texts that telling these customers takes."""
    return read_blobs(crm.git, {name for one in customers for name in blobs_wanted(one)})


def _newest(customer: Customer) -> datetime:
    return max(work.when for work in customer.works.values())


def _kept(customers: Iterable[Customer], wanted: Callable[[Work], bool]) -> Iterator[Customer]:
    """Yield customers with those works only that are wanted and left something behind."""
    for one in customers:
        works = {by: work for by, work in one.works.items() if not work.is_nothing and wanted(work)}
        if works:
            yield Customer(one.path, works)


def _is_others(work: Work, me: str) -> bool:
    """Tell whether a work is not mine; what merges left is nobody's."""
    return not me or work.by != me


def _name_by(crm: Crm) -> Callable[[Deed], str]:
    """Return what tells the short name of who made a commit."""
    known: dict[tuple[str, str], str] = {}

    def name(deed: Deed) -> str:
        person = (deed.author, deed.email)
        if person not in known:
            known[person] = crm.config.short_name(*person)
        return known[person]

    return name


def _of_mine(crm: Crm, customers: Sequence[Customer]) -> Iterator[Customer]:
    """Yield customers that are mine, or at whom something was done that names me."""
    me = crm.me
    if not me:
        raise NoIdentity
    owned = {row.path for row in crm.catalogue.rows() if row.owner == me}
    others = [one for one in customers if one.path not in owned]
    blobs = _blobs(crm, others)
    for one in customers:
        if one.path in owned or any(
            concerns(blobs.get(at.before or ""), blobs.get(at.after or ""), me, crm.config)
            for work in one.works.values()
            for at in work.stretches
        ):
            yield one


def _point(crm: Crm, words: str) -> tuple[str | None, datetime | None]:
    """Return the commit, or the moment, that the words name.

    Raises:
        DateNotUnderstood: they name neither.
    """
    commit = commit_named(crm.git, words) if _ID.fullmatch(words) else None
    if commit:
        return commit, None
    try:
        day = parse_date(words, crm.today, toward="past").date
    except CrmError:
        commit = commit_named(crm.git, words)
        if commit is None:
            raise
        return commit, None
    return None, datetime.combine(day, time.min).astimezone()
