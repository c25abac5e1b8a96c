"""Sort commits into works: what one colleague did at one customer, several commits as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from crm_md import store
from crm_md.history.deeds import Deed, FileDeed
from crm_md.joining.moves import MOVED, moves, told_moves

# Values grow while commits go by, so they are no frozen ones; `dataclasses` would cost 8 ms.

Seen = Callable[[str, str], bool]
PathOf = Callable[[str], str]


class Person(NamedTuple):
    """Whoever made a commit.

    Attributes:
        by: short name; "" where nobody knows.
        name: whole, as Git knows it.
        key: tells two people apart who share a short name.
    """

    by: str
    name: str
    key: str


NOBODY = Person("", "", "")


class Stretch:
    """Commits that follow each other: what stood in the file before them, and what after.

    Attributes:
        before: the id of the text, None for no file; likewise ``after``.
        path_before: relative to the store; likewise ``path``.
    """

    __slots__ = ("after", "before", "path", "path_before")

    def __init__(self, before: str | None, after: str | None, path_before: str, path: str) -> None:
        self.before = before
        self.after = after
        self.path_before = path_before
        self.path = path

    @property
    def is_nothing(self) -> bool:
        """Whether all was taken back."""
        return self.before == self.after and self.path_before == self.path


class Work:
    """What one colleague did at one customer.

    Attributes:
        person: who; `NOBODY` for what merges left, which is nobody's work.
        first: when they began; ``when``: of the last commit.
        subject: of the last commit.
        commits: pairs of commit and path, oldest first.
        stretches: where others changed the file in between, there are several.
        questions: merges that met here: what stood on each side, and what came of it.
        attached: files that were laid beside, taken away or changed.
    """

    __slots__ = (
        *("person", "first", "when", "subject"),
        *("commits", "stretches", "questions", "attached"),
    )

    def __init__(self, person: Person, when: datetime) -> None:
        self.person = person
        self.first = self.when = when
        self.subject = ""
        self.commits: list[tuple[str, str]] = []
        self.stretches: list[Stretch] = []
        self.questions: list[tuple[tuple[str | None, ...], str]] = []
        self.attached: list[FileDeed] = []

    @property
    def by(self) -> str:
        """Short name."""
        return self.person.by

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is left of it."""
        done = (stretch for stretch in self.stretches if not stretch.is_nothing)
        return not (any(done) or self.questions or self.attached)


class Customer:
    """Works at one customer, or at a file that concerns all: settings, a template.

    Attributes:
        path: of the file, relative to the store, as it is called at last.
        works: those that are told, by who did them.
        everybody: all works, also those that are not told.
        existed: whether it stood there before all this.
    """

    __slots__ = ("everybody", "existed", "path", "works")

    def __init__(self, path: str, *, existed: bool = True) -> None:
        self.path = path
        self.works: dict[str, Work] = {}
        self.everybody = self.works
        self.existed = existed

    def having(self, works: dict[str, Work]) -> Customer:
        """Return the same customer with only these works to be told."""
        other = Customer(self.path, existed=self.existed)
        other.works, other.everybody = works, self.everybody
        return other

    def work(self, person: Person, deed: Deed, path: str) -> Work:
        """Return the work of a colleague, and note a commit of theirs."""
        work = self.works.setdefault(person.key, Work(person, deed.when))
        work.first = min(work.first, deed.when)
        work.when = max(work.when, deed.when)
        work.subject = deed.subject
        work.commits.append((deed.id, path))
        return work


class _Sorting:
    """Customers by the paths of their files, while commits go by from the oldest on."""

    def __init__(
        self, prefix: str, seen: Seen, name: Callable[[Deed], Person], path_of: PathOf
    ) -> None:
        self.customers: list[Customer] = []
        self._prefix = prefix
        self._seen = seen
        self._name = name
        self._path_of = path_of
        self._here: dict[str, Customer] = {}
        self._path_by_name: dict[str, str] = {}
        self._removed: dict[str, Customer] = {}
        self._moved: dict[str, Customer] = {}

    def take(self, deed: Deed) -> None:
        """Sort one commit."""
        person = self._name(deed)
        settings = self._prefix + store.SETTINGS
        founds = any(one.path == settings and not any(one.before) for one in deed.files)
        for one in files_of(deed, self._prefix):
            path, path_before = self._inner(one.path), self._inner(one.path_before)
            if store.is_customer_path(path) != store.is_customer_path(path_before):
                one, path = _over_the_border(one, path, path_before)
                path_before = path
            if path.rpartition("/")[2].startswith("."):
                continue  # it keeps a folder, or is for Git and editors
            if founds and path.startswith(f"{store.TEMPLATES}/") and not any(one.before):
                continue  # it came with the settings, which tell it
            if path.startswith(f"{store.ATTACHMENTS}/") and path.count("/") > 1:
                self._attach(deed, one, person, path)
            elif path and not path.startswith("."):
                self._change(deed, one, person, path, path_before or path)

    def _inner(self, path: str) -> str:
        inside = path.startswith(self._prefix)
        return store.told(path[len(self._prefix) :]) if inside else ""

    def _change(
        self, deed: Deed, one: FileDeed, person: Person, path: str, path_before: str
    ) -> None:
        customer = self._customer(one, path, path_before)
        if self._seen(deed.id, path):
            return
        if len(deed.parents) > 1:
            if one.after and store.is_customer_path(path):
                customer.work(NOBODY, deed, path).questions.append((one.before, one.after))
            return
        work = customer.work(person, deed, path)
        if MOVED in deed.trailers and path == path_before:
            return  # what refers to a customer who was renamed went along: no news of its own
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
            known = Customer(path, existed=any(one.before))
            self.customers.append(known)
        if one.after is None:
            self._removed[path] = known
            return known
        self._stands_at(path, known)
        if path != path_before:
            self._moved[path_before] = known
        if path_before not in self._moved or path != path_before:
            known.path = path
        return known

    def _stands_at(self, path: str, customer: Customer) -> None:
        self._here[path] = customer
        if store.is_customer_path(path):
            self._path_by_name[path.rpartition("/")[2]] = path

    def _attach(self, deed: Deed, one: FileDeed, person: Person, path: str) -> None:
        """Note a file that was laid beside a customer, whose slug is the folder's name."""
        if self._seen(deed.id, path) or len(deed.parents) > 1:
            return
        slug = path.split("/")[1]
        customer = self._here.get(self._path_by_name.get(f"{slug}.md", ""))
        if customer is None:
            customer = Customer(self._path_of(slug) or f"{store.CUSTOMERS}/{slug}.md")
            self._stands_at(customer.path, customer)
            self.customers.append(customer)
        customer.work(person, deed, path).attached.append(one)


def sorted_works(
    deeds: Iterable[Deed],
    prefix: str,
    seen: Seen,
    name: Callable[[Deed], Person],
    path_of: PathOf,
) -> list[Customer]:
    """Sort commits by customer and colleague; what concerns all stands by its file.

    What several commits of one colleague did at one customer is one work, from what stood there
    before the first to what stood there after the last. A merge is nobody's work: everybody's
    commits are told as theirs, and of the merge only what it left to settle.

    Args:
        deeds: each after those that it was built upon.
        prefix: the store's place in the work tree.
        seen: tells whether a commit's change of a path is left out.
        name: tells who did it.
        path_of: tells where a customer's file stands now, by the slug; "" if nowhere.
    """
    sorting = _Sorting(prefix, seen, name, path_of)
    for deed in deeds:
        sorting.take(deed)
    return [customer for customer in sorting.customers if customer.works]


def files_of(deed: Deed, prefix: str) -> Iterator[FileDeed]:
    """Yield what a commit did to files; one that was moved is one, and not one gone and one new.

    Only who tells what others did goes further than `moves`: Git's word for two files that are
    nearly the same counts where nothing better is known.
    """
    halves = [half for one in deed.files for half in _halves(one)]
    gone = {one.path: one for one in halves if one.after is None}
    come = {one.path: one for one in halves if one.after and not any(one.before)}
    pairs = moves(
        {path: one.before[0] or "" for path, one in gone.items()},
        {path: one.after or "" for path, one in come.items()},
        told_moves(deed.trailers.get(MOVED, ""), prefix),
        prefix,
    )
    known = {*pairs, *pairs.values()}
    guessed = ((one.path_before, one.path) for one in deed.files if one.path != one.path_before)
    pairs |= {old: new for old, new in guessed if not {old, new} & known}
    moved = {new: old for old, new in pairs.items()}
    for one in halves:
        if one.path in moved and one.path in come:
            was = moved[one.path]
            yield FileDeed(one.path, was, gone[was].before, one.after, one.mode)
        elif one.path not in pairs:
            yield one


def _gone(one: FileDeed) -> FileDeed:
    return FileDeed(one.path_before, one.path_before, one.before, None, one.mode)


def _come(one: FileDeed) -> FileDeed:
    return FileDeed(one.path, one.path, (None,) * len(one.before), one.after, one.mode)


def _halves(one: FileDeed) -> tuple[FileDeed, ...]:
    return (one,) if one.path == one.path_before else (_gone(one), _come(one))


def _over_the_border(one: FileDeed, path: str, path_before: str) -> tuple[FileDeed, str]:
    """Return what became of a customer whose file went elsewhere, or of a file that became one."""
    return (_gone(one), path_before) if store.is_customer_path(path_before) else (_come(one), path)
