"""Tell the net effect of works: what a colleague changed, whatever others changed in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from crm_md.config import Config
from crm_md.document import Document, taken_back
from crm_md.document.news import (
    News,
    Urgency,
    likely_urgency,
    news,
    open_questions,
    question,
    questions_left,
)
from crm_md.errors import CrmError
from crm_md.frozen import dataclass
from crm_md.messages import _
from crm_md.team.works import Customer, Stretch, Work

Blobs = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class ToldWork:
    """What one colleague did at one customer, in sentences.

    Attributes:
        by: short name; "" for what merges left to settle.
        name: the whole name.
        when: of the last commit.
        news: the most urgent first.
        commits: ids, oldest first.
        texts: pairs of what stood there before and after, for who wants to see the bytes.
    """

    by: str
    name: str
    when: datetime
    news: tuple[News, ...]
    commits: tuple[str, ...]
    texts: tuple[tuple[bytes | None, bytes | None], ...]

    @property
    def urgency(self) -> Urgency:
        """Of the most urgent piece."""
        return max((one.urgency for one in self.news), default=Urgency.NONE)


@dataclass(frozen=True, slots=True)
class ToldCustomer:
    """What colleagues did at one customer.

    Attributes:
        name: of the customer; path: of the file, relative to the store.
        works: the most urgent first, then the newest.
        shown: pairs of commit and path that are seen once this was shown.
    """

    slug: str
    name: str
    path: str
    works: tuple[ToldWork, ...]
    shown: frozenset[tuple[str, str]]

    @property
    def urgency(self) -> Urgency:
        """Of the most urgent work."""
        return max((work.urgency for work in self.works), default=Urgency.NONE)

    @property
    def when(self) -> datetime:
        """When somebody did something last."""
        return max(work.when for work in self.works)


def blobs_wanted(customer: Customer) -> Iterator[str]:
    """Yield the ids of the texts that telling a customer takes."""
    for work in customer.works.values():
        for stretch in work.stretches:
            yield from filter(None, (stretch.before, stretch.after))
        for sides, after in work.questions:
            yield from filter(None, (*sides, after))


def likely_urgency_of(customer: Customer, blobs: Blobs, config: Config) -> Urgency:
    """Return how urgent the news of a customer may be, without telling them."""
    found = [
        likely_urgency(_text(stretch.before, blobs), _text(stretch.after, blobs), config)
        for work in customer.works.values()
        for stretch in work.stretches
        if not stretch.is_nothing
    ]
    asked = [Urgency.QUESTION for work in customer.works.values() if work.questions]
    return max([*found, *asked], default=Urgency.NONE)


def told(customer: Customer, blobs: Blobs, config: Config, now: bytes | None) -> ToldCustomer:
    """Tell everybody's works at a customer.

    Args:
        customer: with its works.
        blobs: the texts by their ids.
        config: the store's settings.
        now: the file as it stands now, None if it is gone; what was settled since is not told.
    """
    works = [_told_work(customer, work, blobs, config, now) for work in customer.works.values()]
    found = sorted(
        (work for work in works if work.news),
        key=lambda work: (work.urgency, work.when),
        reverse=True,
    )
    last = now if now is not None else _last_text(customer, blobs)
    slug = customer.path.rpartition("/")[2].removesuffix(".md")
    return ToldCustomer(
        slug,
        _name(last, customer.path, config) or slug,
        customer.path,
        tuple(found),
        frozenset(pair for work in customer.works.values() for pair in work.commits),
    )


def _told_work(
    customer: Customer, work: Work, blobs: Blobs, config: Config, now: bytes | None
) -> ToldWork:
    found: list[News] = []
    texts: list[tuple[bytes | None, bytes | None]] = []
    for before, after, stretch in _net(work.stretches, blobs):
        some = list(news(before, after, stretch.path, config))
        if stretch.path_before != stretch.path and before is not None and after is not None:
            some.append(_moved(stretch))
        found += (one for one in some if one not in found)
        texts += [(before, after)] if before != after else []
    found += _questions(customer, work, blobs, config, now)
    found += _attached(work)
    found.sort(key=lambda one: -one.urgency)
    return ToldWork(
        work.by,
        _called(work, config),
        work.when,
        tuple(found),
        tuple(dict.fromkeys(commit for commit, _path in work.commits)),
        tuple(texts),
    )


def _called(work: Work, config: Config) -> str:
    member = config.team.get(work.by)
    return (member.name if member else "") or work.author or work.by


def _net(
    stretches: Sequence[Stretch], blobs: Blobs
) -> Iterator[tuple[bytes | None, bytes | None, Stretch]]:
    """Yield what stood there before and after, without what others did in between.

    Where others changed the file in between, the text before is asked as it would be had only they
    written: the work is taken back from it. Where that cannot be said, both pieces are told.
    """
    start: bytes | None = None
    whole: Stretch | None = None
    for stretch in stretches:
        before = _text(stretch.before, blobs)
        if whole is not None:
            carried = _carried(start, _text(whole.after, blobs), before)
            if carried is None:
                yield start, _text(whole.after, blobs), whole
                whole = None
            else:
                start = carried
                whole = Stretch(whole.before, stretch.after, whole.path_before, stretch.path)
        if whole is None:
            start, whole = before, stretch
    if whole is not None:
        yield start, _text(whole.after, blobs), whole


def _carried(before: bytes | None, after: bytes | None, later: bytes | None) -> bytes | None:
    """Return a later text as it would be without a change, None if nobody can say."""
    if before is None or after is None or later is None:
        return None
    try:
        texts = [data.decode("utf-8") for data in (after, later, before)]
    except UnicodeDecodeError:
        return None
    if any(text.startswith("\ufeff") for text in texts):
        return None
    merged = taken_back(*texts)
    return None if merged.questions else merged.text.encode("utf-8")


def _moved(stretch: Stretch) -> News:
    told = _("file {before} → {after}")
    return News(told.format(before=_short(stretch.path_before), after=_short(stretch.path)))


def _short(path: str) -> str:
    return path.partition("/")[2].removesuffix(".md")


def _questions(
    customer: Customer, work: Work, blobs: Blobs, config: Config, now: bytes | None
) -> list[News]:
    """Tell what merges left to settle and nobody settled since."""
    if now is None:
        return []
    lines: list[str] = []
    for sides, after in work.questions:
        before = [_text(side, blobs) for side in sides]
        lines += questions_left(before, blobs[after], customer.path, config)
    open_now = open_questions(now, customer.path, config)
    return [question(line) for line in dict.fromkeys(lines) if line in open_now]


def _attached(work: Work) -> Iterator[News]:
    """Tell files laid beside and taken away; one that came and went is not told."""
    for path in dict.fromkeys(one.path for one in work.attached):
        deeds = [one for one in work.attached if one.path == path]
        name = path.rpartition("/")[2]
        before, after = deeds[0].before[0], deeds[-1].after
        if before is None and after is not None:
            yield News(_("file laid beside: {name}").format(name=name))
        elif before is not None and after is None:
            yield News(_("file taken away: {name}").format(name=name))
        elif before != after:
            yield News(_("file changed: {name}").format(name=name))


def _last_text(customer: Customer, blobs: Blobs) -> bytes | None:
    """Return what stood in a file that is gone before it went."""
    works = sorted(customer.works.values(), key=lambda work: work.when)
    ids = [one for work in works for at in work.stretches for one in (at.before, at.after) if one]
    return blobs.get(ids[-1]) if ids else None


def _name(data: bytes | None, path: str, config: Config) -> str:
    try:
        return Document.read(data, path, config).customer.name if data is not None else ""
    except CrmError:
        return ""


def _text(name: str | None, blobs: Blobs) -> bytes | None:
    return None if name is None else blobs[name]
