"""Answer what happened since I last looked: by customer, in sentences, whoever did it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from functools import cached_property

from crm_md.crm import Crm
from crm_md.dates import parse_date
from crm_md.document.likely_news import concerns
from crm_md.errors import CrmError, NoIdentity, WriteFailed, reason_of
from crm_md.frozen import dataclass
from crm_md.history.deeds import deeds
from crm_md.history.repository import commit_meant
from crm_md.questions.naming import Named
from crm_md.questions.owners import whose
from crm_md.store import is_customer_path
from crm_md.team.alike import ToldTogether
from crm_md.team.in_order import (
    Answer,
    chosen,
    is_others,
    texts_of,
    told_in_order,
    works_in,
)
from crm_md.team.in_part import with_texts
from crm_md.team.seen import SeenSoFar, is_broken, keep_seen, read_seen, with_shown
from crm_md.team.telling import ToldCustomer
from crm_md.team.works import Customer
from crm_md.words import plain

FIRST_LOOK = timedelta(days=14)  # before the newest commit: who looks for the first time
_ID = re.compile(r"[0-9a-f]{7,64}")  # fewer signs are rather a year: 2026, 1210


@dataclass(frozen=True, slots=True)
class Review:
    """What happened.

    Attributes:
        customers: the most urgent first, then the newest.
        alike: what somebody did at many customers alike.
        left: how many customers more there are that a limit left out.
        begin: where the look begins if not where the last one ended: a first look, or ``since``.
        end: where it ends, if a day was asked for; nothing of that moment or later is told.
        first: it is the first look in this clone.
        broken: what was shown before cannot be read any more, so it is as the first look.
        seen: what is to be kept once this was shown.
        away: how many customers more cannot be told now: this part of the store lacks their texts.
    """

    customers: tuple[ToldCustomer, ...]
    alike: tuple[ToldTogether, ...]
    left: int
    begin: datetime | None
    first: bool
    broken: bool
    seen: SeenSoFar | None
    away: int = 0
    end: datetime | None = None


def review(
    crm: Crm,
    *,
    since: str = "",
    until: str = "",
    by: str = "",
    mine: bool = False,
    customer: Named | None = None,
    own: bool = False,
    together: bool = True,
    limit: int | None = None,
) -> Review:
    """Return what colleagues did since I last looked; `mark_seen` remembers that I saw it.

    Args:
        crm: the open store.
        since: a day in any words, or a commit; instead of where the last look ended.
        until: the last day in any words; what was done later is left for another look.
        by: only what this colleague did, by short name, name or address.
        mine: only customers that are mine, tasks that are mine, and words that mention me.
        customer: only this one.
        own: also what I did myself; it is left out unless ``by`` names me.
        together: what somebody did at many customers alike is told as one.
        limit: customers at most.

    Raises:
        NotUnderGit: there is no Git here.
        DateNotUnderstood: ``since`` is neither a day nor a commit, or ``until`` no day.
        UsageProblem: nobody of the team is called as ``by`` says.
    """
    return _Look(crm, since, until, together).review(by, mine, customer, own, limit)


def mark_seen(crm: Crm, shown: Review) -> CrmError | None:
    """Remember what was shown, and nothing that was not.

    Returns:
        why the system refuses, None if all is well; what was shown then comes again.
    """
    if shown.seen is None or crm.state is None:
        return None
    try:
        keep_seen(crm.state, shown.seen)
    except OSError as problem:
        return WriteFailed(".git/crm/seen", reason_of(problem))
    return None


class _Look:
    """One look at a store's history."""

    def __init__(self, crm: Crm, since: str, until: str, together: bool) -> None:
        self._crm = crm
        self._together = together
        self._head = crm.git.head()
        state = crm.state
        self._seen = read_seen(state) if state else None
        self._broken = state is not None and is_broken(state)
        if self._seen and self._seen.upto and not commit_meant(crm.git, self._seen.upto):
            self._seen, self._broken = None, True
        self._first = self._seen is None
        self._since = since
        self._end = _behind(crm, until) if until else None

    def review(
        self, by: str, mine: bool, customer: Named | None, own: bool, limit: int | None
    ) -> Review:
        """Look, choose and tell."""
        if self._head is None:
            return Review((), (), 0, None, self._first, self._broken, None)
        crm = self._crm
        customers, begin = self._customers(self._head)
        wanted = _named(crm, by, customers) if by else None
        theirs = list(chosen(customers, lambda work: own or is_others(work, crm.me)))
        kept = theirs
        if wanted is not None:
            kept = list(chosen(customers, lambda work: work.person.key in wanted))
        if customer:
            kept = [one for one in kept if one.path == customer.path]
        able = with_texts(crm, kept)
        away = len(kept) - len(able)
        if mine:
            able = list(_of_mine(crm, able))
        answer = told_in_order(crm, able, self._head, limit=limit, together=self._together)
        seen = self._after(self._head, theirs, answer)
        asked = begin if self._since or self._first else None
        told = (answer.customers, answer.alike, answer.left)
        return Review(*told, asked, self._first, self._broken, seen, away, self._end)

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
        late = {one.id for one in found if self._end and one.when >= self._end}
        customers = works_in(self._crm, found, lambda one, path: one in late or (one, path) in also)
        return customers, begin

    @cached_property
    def _so_far(self) -> SeenSoFar:
        """What was shown so far; a first look begins two weeks before the newest commit."""
        if self._seen is not None:
            return self._seen
        last = next(self._crm.git.log(limit=1))
        day = (last.when - FIRST_LOOK).date()
        return SeenSoFar(since=datetime.combine(day, time.min, last.when.tzinfo))

    def _after(self, head: str, theirs: Sequence[Customer], answer: Answer) -> SeenSoFar:
        """Return what is seen then: all, if nothing is left that was not shown, else this too."""
        one_by_one = (one.shown for one in answer.customers)
        pairs = answer.silent.union(*one_by_one, *(one.shown for one in answer.alike))
        if self._since or self._end:
            return with_shown(self._so_far, pairs)
        to_see = {pair for one in theirs for work in one.works.values() for pair in work.commits}
        if to_see <= pairs:
            return SeenSoFar(upto=head)
        return with_shown(self._so_far, pairs)


def _named(crm: Crm, words: str, customers: Iterable[Customer]) -> frozenset[str]:
    """Return the keys of who is meant: of the team, or whoever made a commit under that name.

    Raises:
        UsageProblem: nobody is called so.
    """
    people = {work.person for one in customers for work in one.works.values()}
    asked = plain(words.removeprefix("@"))
    strangers = {one for one in people if one.by not in crm.config.team}
    found = {one.key for one in strangers if asked in (plain(one.by), plain(one.name))}
    return frozenset(found or {whose(crm, words)})


def _of_mine(crm: Crm, customers: Sequence[Customer]) -> Iterator[Customer]:
    """Yield customers that are mine, or at whom something was done that names me."""
    me = crm.me
    if not me:
        raise NoIdentity
    owned = {row.path for row in crm.catalogue.rows() if row.owner == me}
    customers = [one for one in customers if is_customer_path(one.path)]
    blobs = texts_of(crm, [one for one in customers if one.path not in owned])
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
    commit = commit_meant(crm.git, words) if _ID.fullmatch(words) else None
    if commit:
        return commit, None
    try:
        day = parse_date(words, crm.today, toward="past").date
    except CrmError:
        commit = commit_meant(crm.git, words)
        if commit is None:
            raise
        return commit, None
    return None, datetime.combine(day, time.min).astimezone()


def _behind(crm: Crm, words: str) -> datetime:
    """Return the moment at which a day is over, or the week that the words name.

    Raises:
        DateNotUnderstood: they name none.
    """
    when = parse_date(words, crm.today, toward="past")
    last = when.until or when.date
    return datetime.combine(last + timedelta(days=1), time.min).astimezone()
