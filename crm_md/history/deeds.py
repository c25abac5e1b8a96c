"""Read what commits did to files, with the ids of what stood there before and after."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from crm_md.errors import NotInThisPart
from crm_md.frozen import dataclass, replace
from crm_md.history.objects import empty_tree
from crm_md.history.process import output
from crm_md.history.reading import parse_moment
from crm_md.history.repository import Repository
from crm_md.history.trailers import parse_message

REGULAR, EXECUTABLE, LINK, SUBMODULE = "100644", "100755", "120000", "160000"

_SAME = "-M100%"  # which their ids tell; how alike two files are, only their texts
_ALIKE = "-M85%"  # to be one file that was moved: two new customers of one template are 50 alike
_FORMAT = "%H%x00%P%x00%an%x00%ae%x00%at %aI%x00%B%x00"
_FIELDS = 6  # of the format
_RAW = re.compile(rb"\n?(:+)((?:[0-7]{6} )+)((?:[0-9a-f]{40,64} )+)([A-Z]+)\d*\Z")


@dataclass(frozen=True, slots=True)
class FileDeed:
    """What a commit did to one file.

    Attributes:
        path: after it, from the top of the work tree; the former one where it was removed.
        path_before: another one only where the file was moved.
        before: the ids of what stood there, one for each commit before; None for no file.
        after: the id of what stands there now; None for no file.
        mode: of what stands there now, such as ``100644``; what stood there if it was removed.
    """

    path: str
    path_before: str
    before: tuple[str | None, ...]
    after: str | None
    mode: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One commit, and what it did to files.

    Attributes:
        id: its full hash.
        author: the name of the person whose work it is.
        email: the person's address.
        when: when the work was done, with its time zone.
        subject: the first paragraph of the message, in one line.
        trailers: lines for programs.
        parents: ids of the commits before; two or more for a merge.
        files: of a merge only those that are as they are in none of the commits before.
    """

    id: str
    author: str
    email: str
    when: datetime
    subject: str
    trailers: Mapping[str, str]
    parents: tuple[str, ...]
    files: tuple[FileDeed, ...]


def deeds(
    repository: Repository, new: str, old: str | None = None, *, since: datetime | None = None
) -> list[Deed]:
    """Return the commits that lead to a commit, each after those before it, through one process.

    Args:
        repository: where.
        new: the last one.
        old: it and what led to it are left out; None leaves out nothing.
        since: only what was committed then or later.

    Returns:
        the commits; the oldest of a shallow clone without files, for all of them would seem new.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    limits = [f"--since={since.isoformat()}"] if since else []
    asked = (
        *("-c", "log.showRoot=true", "log", "-z", f"--format={_FORMAT}", "--encoding=UTF-8"),
        *("--no-show-signature", "--raw", "--no-abbrev", "-c", "--no-color", "--topo-order"),
        *("--reverse", *limits),
    )
    told = ("--end-of-options", new, *([f"^{old}"] if old else []), "--")
    try:
        printed = output(repository.top, *asked, _ALIKE, *told)
    except NotInThisPart:
        printed = output(repository.top, *asked, _SAME, *told)
    cut = _cut_off(repository)
    return [replace(one, files=()) if one.id in cut else one for one in _deeds(printed)]


def _cut_off(repository: Repository) -> frozenset[str]:
    """Return the commits at which a shallow clone ends: what they did nobody can tell."""
    try:
        told = (repository.common_dir / "shallow").read_text(encoding="ascii")
    except FileNotFoundError:
        return frozenset()
    return frozenset(told.split())


def between(repository: Repository, old: str | None, new: str) -> tuple[FileDeed, ...]:
    """Return in what the files of two commits differ, moved ones recognised.

    Args:
        repository: where.
        old: None for no file at all.
        new: the later one.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    printed = output(
        repository.top,
        *("diff-tree", "-r", "-z", "--raw", "--no-abbrev", _ALIKE, "--end-of-options"),
        *(old or empty_tree(new), new, "--"),
    )
    fields = iter(printed.split(b"\0")[:-1])
    return tuple(_file(match, fields) for match in map(_RAW.match, fields) if match)


def as_one(repository: Repository, old: str, new: str) -> Deed:
    """Return all in which two commits differ as one deed of nobody.

    Args:
        repository: where.
        old: the commit to compare with; it need not lead to the other.
        new: the later one; the deed bears its id and its day.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    last = next(_deeds(output(repository.top, "log", "-1", "-z", f"--format={_FORMAT}", new, "--")))
    files = between(repository, old, new)
    return replace(last, author="", email="", parents=(old,), files=files)


def _deeds(printed: bytes) -> Iterator[Deed]:
    """Take Git's output apart: six fields, then each file as Git's raw format tells it."""
    fields = iter(printed.split(b"\0")[:-1])
    head: list[str] = []
    files: list[FileDeed] = []
    for field in fields:
        match = _RAW.match(field) if len(head) == _FIELDS else None
        if match:
            files.append(_file(match, fields))
            continue
        if len(head) == _FIELDS:
            if not field.strip():  # what ends the fields
                continue
            yield _deed(head, files)
            head, files = [], []
        head.append(field.decode("utf-8", "replace").lstrip("\n"))
    if head:
        yield _deed(head, files)


def _file(match: re.Match[bytes], fields: Iterator[bytes]) -> FileDeed:
    *_modes_before, mode_before, mode = match[2].decode("ascii").split()
    *before, after = (None if not one.strip("0") else one for one in match[3].decode().split())
    path_before = path = os.fsdecode(next(fields))
    if match[4] in (b"R", b"C"):
        path = os.fsdecode(next(fields))
    return FileDeed(path, path_before, tuple(before), after, mode if after else mode_before)


def _deed(head: Sequence[str], files: Sequence[FileDeed]) -> Deed:
    commit, parents, author, email, when, text = head
    subject, _body, trailers = parse_message(text)
    return Deed(
        id=commit,
        author=author,
        email=email,
        when=parse_moment(when),
        subject=subject,
        trailers=trailers,
        parents=tuple(parents.split()),
        files=tuple(files),
    )
