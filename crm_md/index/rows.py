"""Turn one customer file into what the catalogue's tables keep of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, Protocol

from crm_md import digests
from crm_md.errors import CrmError
from crm_md.frozen import dataclass
from crm_md.likeness import fold, fold_light, fold_mail, slug_in
from crm_md.model import Customer, Summary

# What a name in the catalogue is; the order is that of answers that are equally good.
SLUG, NAME, ALIAS, PERSON, PHONE, EMAIL = range(6)
HOW = ("slug", "name", "alias", "person", "phone", "email")

# The units of a file that a search can hit; entries count on from the last, in the file's order.
NAMES, OWN, COMMON, CAREFUL, FIRST_ENTRY = range(5)
_SECTION_UNITS = {"common": COMMON, "careful": CAREFUL}

TO_THE_END = 1 << 30  # as the last line of a part that ends with its file
SEPARATOR = "\x1f"  # between the texts of a list in one column; no file has it in a tag or name

Values = tuple[Any, ...]


class Stamp(Protocol):
    """What the file system tells of a file's state."""

    @property
    def size(self) -> int: ...
    @property
    def mtime_ns(self) -> int: ...
    @property
    def ctime_ns(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Row:
    """One customer file as the catalogue keeps it; each part is for the table of its name.

    Attributes:
        stamp: size, mtime and ctime of the file, and when it was read.
        digest: of its bytes, `digest_of`.
        columns: of table files, behind path, version, stamp and digest.
        record: the summary; None for a file that cannot be read.
        phones: as written, each with its person or "" for the firm's.
    """

    path: str
    stamp: tuple[int, int, int, int]
    digest: bytes
    columns: Values
    record: bytes | None = None
    names: tuple[Values, ...] = ()
    phones: tuple[tuple[str, str], ...] = ()
    mails: tuple[Values, ...] = ()
    links: tuple[Values, ...] = ()
    entries: tuple[Values, ...] = ()
    sections: tuple[Values, ...] = ()
    promises: tuple[Values, ...] = ()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A file that says what it said when it was read before: only its stamp is new."""

    path: str
    stamp: tuple[int, int, int, int]


COLUMNS = (
    "slug",
    "slug_key",
    "name",
    "sort_key",
    "status",
    "segment",
    "owner",
    "tags",
    "zip",
    "city",
    "city_key",
    "last_touch",
    "mood",
    "complaints",
    "next_day",
    "wakes",
    "judged",
    "blank",
    "errors",
    "warnings",
    "hints",
    "problem",
)


def row_of(
    customer: Customer,
    summary: Summary,
    wakes: date | None,
    stamp: Stamp,
    read_ns: int,
    *,
    digest: bytes = b"",
    judged: date = date.min,
) -> Row:
    """Return what the catalogue keeps of a customer.

    Args:
        customer: the file as values.
        summary: the same as lists need it.
        wakes: the first day, from `judged` on, on which it can be on the call list, None for never.
        stamp: the file's, from before it was read.
        read_ns: when it was read, in nanoseconds of the system's clock.
        digest: of the file's bytes; without it, the next look at the file reads it anew.
        judged: the day from which on `wakes` holds; of earlier days it says nothing.
    """
    from crm_md.index.promises import promise_rows
    from crm_md.index.records import encode

    last = summary.last_touch
    severities = [finding.severity for finding in customer.findings]
    return Row(
        path=customer.path,
        stamp=(stamp.size, stamp.mtime_ns, stamp.ctime_ns, read_ns),
        digest=digest,
        columns=(
            customer.slug,
            fold_light(customer.slug),
            customer.name,
            fold(customer.name),
            customer.status,
            customer.segment,
            customer.owner,
            SEPARATOR.join(customer.tags),
            summary.zip,
            summary.city,
            fold(summary.city),
            last.date.toordinal() if last else None,
            summary.last_mood.mood if summary.last_mood else "",
            len(summary.complaints),
            summary.next.day.toordinal() if summary.next and summary.next.day else None,
            wakes.toordinal() if wakes else None,
            judged.toordinal(),
            int(summary.is_blank),
            severities.count("error"),
            severities.count("warning"),
            severities.count("hint"),
            None,
        ),
        record=encode(summary),
        names=tuple(_names(customer)),
        phones=tuple(_phones(customer)),
        mails=tuple(_mails(customer)),
        links=tuple(_links(customer)),
        entries=tuple(_entries(customer, summary)),
        sections=tuple(_sections(customer)),
        promises=tuple(promise_rows(customer, summary)),
    )


def digest_of(data: bytes) -> bytes:
    """Return what tells the bytes of a file from any others."""
    return digests.digest("blake2b", data, digest_size=16)


def row_of_unreadable(path: str, problem: CrmError, stamp: Stamp, read_ns: int) -> Row:
    """Return what the catalogue keeps of a file that is no customer to read: where and why."""
    slug = slug_in(path)
    nothing = ("",) * 7
    told = SEPARATOR.join(text.replace(SEPARATOR, " ") for text in (str(problem), problem.hint))
    return Row(
        path=path,
        stamp=(stamp.size, stamp.mtime_ns, stamp.ctime_ns, read_ns),
        digest=b"",
        columns=(
            slug,
            fold_light(slug),
            slug,
            fold(slug),
            *nothing,
            None,
            "",
            0,
            None,
            None,
            0,
            0,
            1,
            0,
            0,
            told,
        ),
        names=((SLUG, f" {fold(slug)}", ""),),
    )


def _names(customer: Customer) -> Iterator[Values]:
    """Yield (how, key, person): the key is folded, with a blank before each of its words."""
    yield SLUG, f" {fold(customer.slug)}", ""
    yield NAME, f" {fold(customer.name)}", ""
    for alias in customer.aliases:
        yield ALIAS, f" {fold(alias)}", ""
    for mail in customer.emails:
        yield EMAIL, f" {fold(mail)}", ""
    for person in customer.contacts:
        yield PERSON, f" {fold(person.name)}", person.name
        for mail in person.emails:
            yield EMAIL, f" {fold(mail)}", person.name


def _phones(customer: Customer) -> Iterator[tuple[str, str]]:
    yield from ((phone, "") for phone in customer.phones)
    for person in customer.contacts:
        yield from ((phone, person.name) for phone in person.phones)


def _mails(customer: Customer) -> Iterator[Values]:
    yield from ((fold_mail(mail), "") for mail in customer.emails)
    for person in customer.contacts:
        yield from ((fold_mail(mail), person.name) for mail in person.emails)


def _links(customer: Customer) -> Iterator[Values]:
    """Yield (target, its key, kind, as, who): relations first, then links in the text."""
    related = set()
    for relation in customer.relations:
        target = link_target(relation.to)
        related.add(target)
        yield target, fold(target), "relation", relation.kind, relation.who
    for target in dict.fromkeys(map(link_target, customer.links)):
        if target and target not in related:
            yield target, fold(target), "link", "", ""


def link_target(link: str) -> str:
    """Return what a link names, as slugs and aliases are compared.

    Args:
        link: as written, with or without brackets, folder, heading and text behind a bar.
    """
    bare = link.strip().removeprefix("[[").removesuffix("]]")
    name = bare.partition("|")[0].partition("#")[0].strip().removesuffix(".md")
    return fold_light(name.rpartition("/")[2].strip())


def _entries(customer: Customer, summary: Summary) -> Iterator[Values]:
    ends = _ends(customer)
    open_lines = {complaint.line for complaint in summary.complaints}
    in_order = sorted(customer.entries, key=lambda entry: entry.line)
    for number, entry in enumerate(in_order):
        moment = entry.time
        yield (
            FIRST_ENTRY + number,
            entry.date.toordinal(),
            moment.hour * 60 + moment.minute if moment else None,
            entry.kind,
            entry.author,
            entry.mood,
            SEPARATOR.join(entry.people),
            "".join(f" {fold(person)} |" for person in entry.people),
            int(entry.line in open_lines or any(task.state == "open" for task in entry.tasks)),
            entry.line,
            ends[entry.line],
        )


def _sections(customer: Customer) -> Iterator[Values]:
    ends = _ends(customer)
    for section in customer.sections:
        unit = _SECTION_UNITS.get(section.role)
        if unit:
            yield unit, section.line, ends[section.line]


def _ends(customer: Customer) -> dict[int, int]:
    """Return, for each heading's line, the line where the next heading of the file stands."""
    lines = {entry.line for entry in customer.entries} | {part.line for part in customer.sections}
    return dict(pairwise([*sorted(lines), TO_THE_END]))
