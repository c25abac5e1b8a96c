"""Sort commits into works: what one colleague did at one customer, several commits as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crm_md import store
from crm_md.changing import MOVED
from crm_md.history.deeds import Deed, FileDeed

Seen = Callable[[str, str], bool]


@dataclass(slots=True)
class Stretch:
    """Commits that follow each other: what stood in the file before them, and what after.

    Attributes:
        before: the id of the text, None for no file; likewise ``after``.
        path_before: relative to the store; likewise ``path``.
    """

    before: str | None
    after: str | None
    path_before: str
    path: str

    @property
    def is_nothing(self) -> bool:
        """Whether all was taken back."""
        return self.before == self.after and self.path_before == self.path


@dataclass(slots=True)
class Work:
    """What one colleague did at one customer.

    Attributes:
        by: short name, "" for what merges left, which is nobody's work.
        author: the name as Git knows it.
        when: of the last commit.
        commits: pairs of commit and path, oldest first.
        stretches: where others changed the file in between, there are several.
        questions: merges that met here: what stood on each side, and what came of it.
        attached: files that were laid beside, taken away or changed.
    """

    by: str
    author: str
    when: datetime
    commits: list[tuple[str, str]] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    questions: list[tuple[tuple[str | None, ...], str]] = field(default_factory=list)
    attached: list[FileDeed] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is left of it."""
        done = (stretch for stretch in self.stretches if not stretch.is_nothing)
        return not (any(done) or self.questions or self.attached)


@dataclass(slots=True)
class Customer:
    """Everybody's works at one customer.

    Attributes:
        path: of the file, relative to the store, as it is called at last.
        works: by the short name of who did it.
    """

    path: str
    works: dict[str, Work] = field(default_factory=dict)

    def work(self, by: str, deed: Deed, path: str) -> Work:
        """Return the work of a colleague, and note a commit of theirs."""
        work = self.works.setdefault(by, Work(by, deed.author if by else "", deed.when))
        work.when = max(work.when, deed.when)
        work.commits.append((deed.id, path))
        return work


class _Sorting:
    """Customers by the paths of their files, while commits go by from the oldest on."""

    def __init__(self, prefix: str, seen: Seen, name: Callable[[Deed], str]) -> None:
        self.customers: list[Customer] = []
        self._prefix = prefix
        self._seen = seen
        self._name = name
        self._here: dict[str, Customer] = {}
        self._removed: dict[str, Customer] = {}
        self._moved: dict[str, Customer] = {}

    def take(self, deed: Deed) -> None:
        """Sort one commit."""
        by = self._name(deed)
        for one in joined(deed, self._prefix):
            path, path_before = self._inner(one.path), self._inner(one.path_before)
            if path.startswith(f"{store.ATTACHMENTS}/") and path.count("/") > 1:
                self._attach(deed, one, by, path)
            elif store.is_customer_path(path) or store.is_customer_path(path_before):
                self._change(deed, one, by, path, path_before)

    def _inner(self, path: str) -> str:
        inside = path.startswith(self._prefix)
        return store.told(path[len(self._prefix) :]) if inside else ""

    def _change(self, deed: Deed, one: FileDeed, by: str, path: str, path_before: str) -> None:
        customer = self._customer(one, path, path_before)
        if self._seen(deed.id, path):
            return
        if len(deed.parents) > 1:
            if one.after:
                customer.work("", deed, path).questions.append((one.before, one.after))
            return
        work = customer.work(by, deed, path)
        last = work.stretches[-1] if work.stretches else None
        if last and last.after == one.before[0]:
            last.after, last.path = one.after, path
        else:
            work.stretches.append(Stretch(one.before[0], one.after, path_before, path))

    def _customer(self, one: FileDeed, path: str, path_before: str) -> Customer:
        """Return whose file this is: by its path now, by where it was moved from, or a new one."""
        known = self._here.pop(path_before, None)
        if known is None and any(one.before):  # on another branch it still had its old name
            known = self._moved.get(path_before)
        if known is None:
            known = self._removed.pop(path, None)
        if known is None:
            known = Customer(path)
            self.customers.append(known)
        if one.after is None:
            self._removed[path] = known
            return known
        self._here[path] = known
        if path != path_before:
            self._moved[path_before] = known
        if path_before not in self._moved or path != path_before:
            known.path = path
        return known

    def _attach(self, deed: Deed, one: FileDeed, by: str, path: str) -> None:
        """Note a file that was laid beside a customer, whose slug is the folder's name."""
        if self._seen(deed.id, path) or len(deed.parents) > 1:
            return
        slug = path.split("/")[1]
        named = f"/{slug}.md"
        customer = next((one for at, one in self._here.items() if at.endswith(named)), None)
        if customer is None:
            customer = Customer(f"{store.CUSTOMERS}{named}")
            self._here[customer.path] = customer
            self.customers.append(customer)
        customer.work(by, deed, path).attached.append(one)


def sorted_works(
    deeds: Iterable[Deed], prefix: str, seen: Seen, name: Callable[[Deed], str]
) -> list[Customer]:
    """Sort commits by customer and colleague.

    What several commits of one colleague did at one customer is one work, from what stood there
    before the first to what stood there after the last. A merge is nobody's work: everybody's
    commits are told as theirs, and of the merge only what it left to settle.

    Args:
        deeds: each after those that it was built upon.
        prefix: the store's place in the work tree.
        seen: tells whether a commit's change of a path is left out.
        name: tells the short name of who did it.
    """
    sorting = _Sorting(prefix, seen, name)
    for deed in deeds:
        sorting.take(deed)
    return [customer for customer in sorting.customers if customer.works]


def joined(deed: Deed, prefix: str) -> Iterator[FileDeed]:
    """Yield what a commit did to files; a customer that was renamed is one, not two.

    Git finds most moves by how alike the files are, our trailer names the others.
    """
    old, arrow, new = deed.trailers.get(MOVED, "").partition(" -> ")
    gone = _at(deed.files, prefix + old, removed=True) if arrow else None
    come = _at(deed.files, prefix + new, removed=False) if arrow else None
    for one in deed.files:
        if gone and come and one is come:
            yield FileDeed(come.path, gone.path, gone.before, come.after, come.mode)
        elif not (gone and come and one is gone):
            yield one


def _at(files: Sequence[FileDeed], path: str, *, removed: bool) -> FileDeed | None:
    found = (one for one in files if one.path == path and (one.after is None) == removed)
    return next(found, None)
