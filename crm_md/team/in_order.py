"""Tell what was done between commits, by customer and by whom, the most urgent first."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from crm_md.crm import Crm
from crm_md.document.news import News, Urgency
from crm_md.history.deeds import Deed, as_one, deeds
from crm_md.history.objects import read_objects
from crm_md.team import alike
from crm_md.team.alike import ToldTogether, named_ones
from crm_md.team.in_part import of_this_part, with_texts
from crm_md.team.telling import ToldCustomer, blobs_wanted, likely_urgency_of, name_in, told
from crm_md.team.works import NOBODY, Customer, Person, Seen, Work, sorted_works

FEW = 40  # customers; of so few all are told, and the order is that of what is told
_MORE = 10  # customers that are told together, while a later one may be more urgent
TOGETHER = 200  # customers whose texts are held at once, for the sake of memory


class Answer(NamedTuple):
    """What is told.

    Attributes:
        customers: those that are told one by one, the most urgent first, then the newest.
        alike: what somebody did at many customers alike, likewise.
        left: how many more there may be.
        silent: pairs of commit and path that leave nothing to tell.
        paths: of all files that somebody worked at, relative to the store.
    """

    customers: tuple[ToldCustomer, ...] = ()
    alike: tuple[ToldTogether, ...] = ()
    left: int = 0
    silent: frozenset[tuple[str, str]] = frozenset()
    paths: tuple[str, ...] = ()


def between(
    crm: Crm,
    old: str,
    new: str,
    *,
    limit: int | None = None,
    together: bool = True,
    but: Container[str] = (),
) -> Answer:
    """Tell what everybody did between two commits.

    Args:
        crm: the open store.
        old: the earlier one.
        new: the later one.
        limit: customers at most.
        together: what somebody did at many customers alike is told as one.
        but: commits that are not told.
    """
    if crm.git.is_ancestor(old, new):
        found = deeds(crm.git, new, old)
    else:  # somebody rewrote the past: who did what since cannot be said
        found = [as_one(crm.git, old, new)]
    customers = works_in(crm, found, lambda commit, _path: commit in but)
    kept = with_texts(crm, list(chosen(customers, lambda _work: True)))
    answer = told_in_order(crm, kept, new, limit=limit, together=together)
    return answer._replace(paths=tuple(sorted({one.path for one in customers})))


def works_in(crm: Crm, found: Iterable[Deed], seen: Seen) -> list[Customer]:
    """Return commits sorted by customer and colleague; of the files in this part of the store.

    Args:
        crm: the open store.
        found: each after those that it was built upon.
        seen: tells whether a commit's change of a path is left out.
    """
    known: dict[tuple[str, str], Person] = {}

    def person(deed: Deed) -> Person:
        told_as = (deed.author, deed.email)
        if told_as not in known:
            known[told_as] = _person(crm, *told_as)
        return known[told_as]

    def path_of(slug: str) -> str:
        return next(iter(crm.catalogue.paths(slug)), "")

    return of_this_part(crm, sorted_works(found, crm.prefix, seen, person, path_of))


def _person(crm: Crm, author: str, email: str) -> Person:
    """Return who made a commit; whoever is not in the team is known by the whole name."""
    if not (author or email):
        return NOBODY
    name = unicodedata.normalize("NFC", " ".join(author.split()))
    by = crm.config.short_name(name, email)
    return Person(by, name, by if by in crm.config.team else name.casefold() or email)


def chosen(customers: Iterable[Customer], wanted: Callable[[Work], bool]) -> Iterator[Customer]:
    """Yield customers with those works only that are wanted and left something behind."""
    for one in customers:
        kept = {
            key: work for key, work in one.works.items() if not work.is_nothing and wanted(work)
        }
        if kept:
            yield one.having(kept)


def is_others(work: Work, me: str) -> bool:
    """Tell whether a work is not mine; what merges left is nobody's."""
    return not me or work.by != me


def told_in_order(
    crm: Crm, customers: Sequence[Customer], head: str, *, limit: int | None, together: bool
) -> Answer:
    """Tell customers, the most urgent first; of many only as many as are asked for.

    Args:
        crm: the open store.
        customers: with the works that are to be told.
        head: the commit that holds what is so now.
        limit: customers at most.
        together: what somebody did at many customers alike is told as one.
    """
    return _Telling(crm, head).answer(customers, limit, together)


class _Telling:
    """What was told, and how urgent the rest may be, while customers go by."""

    def __init__(self, crm: Crm, head: str) -> None:
        self._crm = crm
        self._head = head
        self._told: dict[int, ToldCustomer] = {}
        self._likely: dict[int, Urgency] = {}

    def answer(self, customers: Sequence[Customer], limit: int | None, together: bool) -> Answer:
        """Tell what many have alike as one, and the others in order."""
        alike_ones = list(self._alike(customers)) if together else []
        gone = {id(one) for _told, some in alike_ones for one in some}
        rest: Sequence[Customer] = [one for one in customers if id(one) not in gone]
        if limit is not None and len(rest) > max(limit, FEW):
            self._look_at(rest)
            rest = sorted(rest, key=lambda one: (self._likely[id(one)], _newest(one)), reverse=True)
        found: list[ToldCustomer] = []
        silent: set[tuple[str, str]] = set()
        done = 0
        while done < len(rest):
            if limit and len(found) >= limit:
                may_be = self._likely.get(id(rest[done]), Urgency.COMPLAINT)
                if done >= FEW or found[limit - 1].urgency >= may_be:
                    break
            some = rest[done : done + (max(limit - len(found), _MORE) if limit else TOGETHER)]
            done += len(some)
            for answer in self._tell(some):
                if answer.works:
                    found.append(answer)
                else:
                    silent |= answer.shown
            found.sort(key=_rank, reverse=True)
        most = limit or len(found)
        left = len(rest) - done + max(len(found) - most, 0)
        as_one = sorted((one for one, _some in alike_ones), key=_rank_together, reverse=True)
        return Answer(tuple(found[:most]), tuple(as_one), left, frozenset(silent))

    def _tell(self, customers: Sequence[Customer]) -> list[ToldCustomer]:
        new = [one for one in customers if id(one) not in self._told]
        blobs = texts_of(self._crm, new)
        prefix, config, me = self._crm.prefix, self._crm.config, self._crm.me
        now = self._crm.git.read_many([(self._head, prefix + one.path) for one in new])
        for one, text in zip(new, now, strict=True):
            self._told[id(one)] = told(one, blobs, config, text, me)
        return [self._told[id(one)] for one in customers]

    def _look_at(self, customers: Sequence[Customer]) -> None:
        """Note how urgent customers may be, without telling them."""
        new = [one for one in customers if id(one) not in self._likely]
        for one, blobs in _with_texts(self._crm, new):
            urgency = likely_urgency_of(one, blobs, self._crm.config, self._crm.me)
            self._likely[id(one)] = urgency

    def _alike(
        self, customers: Sequence[Customer]
    ) -> Iterator[tuple[ToldTogether, Sequence[Customer]]]:
        """Yield what one colleague did at many customers alike, and at whom."""
        for (what, _who, _commit), some in alike.groups(customers).items():
            if what == "changed" and len(some) <= alike.READ:
                shown = self._tell(some)
                of_shown = {id(one): customer for customer, one in zip(some, shown, strict=True)}
                for news, same in alike.alike(shown):
                    at = [of_shown[id(one)] for one in same]
                    yield self._together(what, at, news), at
                continue
            calm: Sequence[Customer] = some
            if what in ("new", "changed"):  # who complained is told by themselves
                self._look_at(some)
                calm = [one for one in some if self._likely[id(one)] == Urgency.NONE]
            if len(calm) > alike.MANY:
                yield self._together(what, calm), calm

    def _together(
        self, what: alike.What, customers: Sequence[Customer], news: News | None = None
    ) -> ToldTogether:
        named = named_ones(what, customers)
        blobs = texts_of(self._crm, named)
        names = [name_in(one, blobs, self._crm.config) for one in named]
        return alike.together(what, customers, names, self._crm.config, news)


def texts_of(crm: Crm, customers: Sequence[Customer]) -> dict[str, bytes]:
    """Return the texts that telling these customers takes."""
    return dict(found for _one, texts in _with_texts(crm, customers) for found in texts.items())


def _with_texts(
    crm: Crm, customers: Sequence[Customer]
) -> Iterator[tuple[Customer, dict[str, bytes]]]:
    """Yield customers, each with the texts that telling it takes; Git reads on meanwhile."""
    wanted = [list(dict.fromkeys(blobs_wanted(one))) for one in customers]
    texts = read_objects(crm.git, (name for names in wanted for name in names))
    for one, names in zip(customers, wanted, strict=True):
        read = [(name, next(texts)) for name in names]
        yield one, {name: text for name, text in read if text is not None}


def _newest(customer: Customer) -> datetime:
    return max(work.when for work in customer.works.values())


def _rank(one: ToldCustomer) -> tuple[Urgency, bool, datetime]:
    """The most urgent first; a customer goes before settings and files, then the newest."""
    return one.urgency, bool(one.slug), one.when


def _rank_together(one: ToldTogether) -> tuple[Urgency, datetime]:
    return one.urgency, one.when
