"""Find what one colleague did at many customers alike: it is told once, not line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal

from crm_md import store
from crm_md.config import Config
from crm_md.document.changes_head import short
from crm_md.document.news import News, Urgency
from crm_md.frozen import dataclass
from crm_md.likeness import slug_in
from crm_md.messages import _
from crm_md.team.telling import ToldCustomer, called
from crm_md.team.works import Customer

MANY = 8  # customers; more are told together
READ = 200  # customers changed by one commit; of more nobody reads what changed at each
NAMES = 3  # that are told of those told together
NAMES_GONE = 12  # likewise, of those removed

What = Literal["new", "removed", "moved", "files", "changed"]
Key = tuple[What, str, str]


@dataclass(frozen=True, slots=True)
class ToldTogether:
    """What one colleague did at many customers alike.

    Attributes:
        what: brought in, removed, moved to another folder, changed; or done to other files.
        by: short name; "" where nobody knows.
        name: the whole name.
        first: when it began; ``when``: when it ended.
        sentence: what changed, where that is not all of it.
        urgency: of what changed.
        paths: of all the files, relative to the store.
        names: of the first customers.
        shown: pairs of commit and path that are seen once this was shown.
    """

    what: What
    by: str
    name: str
    first: datetime
    when: datetime
    sentence: str
    urgency: Urgency
    paths: tuple[str, ...]
    names: tuple[str, ...]
    shown: frozenset[tuple[str, str]]

    @property
    def slugs(self) -> tuple[str, ...]:
        """The customers."""
        inner = (path for path in self.paths if store.is_customer_path(path))
        return tuple(slug_in(path) for path in inner)


def groups(customers: Iterable[Customer]) -> dict[Key, list[Customer]]:
    """Return the customers at whom one colleague did one simple thing, if they are many.

    Who was brought in, removed or only moved goes together whenever it was; who was changed only
    if it was one commit.
    """
    found: dict[Key, list[Customer]] = {}
    for one in customers:
        key = _key(one)
        if key:
            found.setdefault(key, []).append(one)
    return {key: some for key, some in found.items() if len(some) > MANY}


def _key(customer: Customer) -> Key | None:
    works = [*customer.works.values()]
    work = works[0]
    if len(works) > 1 or work.questions or work.attached or len(work.stretches) != 1:
        return None
    stretch, who = work.stretches[0], work.person.key
    if not store.is_customer_path(customer.path):
        ours = customer.path == store.SETTINGS or customer.path.startswith(store.TEMPLATES + "/")
        return None if ours else ("files", who, "")
    commits = {commit for commit, _path in work.commits}
    if stretch.before is None:
        return None if customer.existed or len(commits) > 1 else ("new", who, "")
    if stretch.after is None:
        return "removed", who, ""
    if stretch.before == stretch.after:
        return "moved", who, ""
    return ("changed", who, commits.pop()) if len(commits) == 1 else None


def alike(customers: Sequence[ToldCustomer]) -> Iterator[tuple[News, list[ToldCustomer]]]:
    """Yield of customers whom one commit changed those at whom it changed the same, if many.

    Where only the values differ, they belong together by the fields.
    """
    by_sentence: dict[tuple[str, ...], list[ToldCustomer]] = {}
    for one in customers:
        sentences = tuple(piece.sentence for work in one.works for piece in work.news)
        by_sentence.setdefault(sentences, []).append(one)
    rest: list[ToldCustomer] = []
    for sentences, some in by_sentence.items():
        if len(some) > MANY and sentences:
            yield News("; ".join(sentences), max(one.urgency for one in some)), some
        else:
            rest += some
    by_field: dict[tuple[str, ...], list[ToldCustomer]] = {}
    for one in rest:
        fields = tuple(piece.about for work in one.works for piece in work.news)
        if fields and all(fields) and not one.urgency:
            by_field.setdefault(fields, []).append(one)
    for fields, some in by_field.items():
        if len(some) > MANY:
            yield News(_("{fields} changed").format(fields=", ".join(dict.fromkeys(fields)))), some


def named_ones(what: What, customers: Sequence[Customer]) -> Sequence[Customer]:
    """Return those of many who are told by name."""
    ordered = sorted(customers, key=lambda one: one.path)
    return ordered[: NAMES_GONE if what == "removed" else NAMES]


def together(
    what: What,
    customers: Sequence[Customer],
    names: Sequence[str],
    config: Config,
    news: News | None = None,
) -> ToldTogether:
    """Return many customers as one piece of news.

    Args:
        what: was done.
        customers: at whom; each with one work, of one colleague.
        names: what those of `named_ones` are called.
        config: the store's settings.
        news: what changed; without it the commit's own words are told.
    """
    works = [work for one in customers for work in one.works.values()]
    subject = _("changed at once: {subject}").format(subject=short(works[0].subject))
    return ToldTogether(
        what,
        works[0].by,
        called(works[0], config),
        min(work.first for work in works),
        max(work.when for work in works),
        news.sentence if news else subject if what == "changed" else "",
        news.urgency if news else Urgency.NONE,
        tuple(sorted(one.path for one in customers)),
        tuple(names),
        frozenset(pair for work in works for pair in work.commits),
    )
