"""Compare, read and make the trees of commits, without a look at the work tree or the index."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from crm_md.history.blobs import id_of
from crm_md.history.commits import settings_of
from crm_md.history.identity import NO_GUESS, Identity
from crm_md.history.objects import Blob
from crm_md.history.process import failure, output, run_git, zero_split
from crm_md.history.repository import Repository

LITTER = "joining-"  # folders in .git/crm that are gone again unless we are killed
_NOBODY = "000000"  # the mode of what is not there
_LOOKED_AT = 8000  # bytes; a NUL among them makes a file binary (xdiff-interface.c)
_TEXTUAL_CONFLICTS = range(1, 128)  # git-merge-file(1): the number of conflicts


class Difference(NamedTuple):
    """How a file stands in two trees; None where it does not."""

    old: Blob | None
    new: Blob | None


def differences(repository: Repository, old: str, new: str) -> dict[str, Difference]:
    """Return the files that differ between two commits or trees, by their paths.

    Source: git-diff-tree(1), raw output format.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    flags = ("-r", "-z", "--raw", "--no-renames", "--no-abbrev")
    fields = zero_split(
        output(repository.top, "diff-tree", *flags, "--end-of-options", old, new, "--")
    )
    found: dict[str, Difference] = {}
    for about, path in zip(fields[::2], fields[1::2], strict=True):
        old_mode, new_mode, old_id, new_id, _status = about.lstrip(":").split(" ")
        before = None if old_mode == _NOBODY else Blob(old_mode, old_id)
        after = None if new_mode == _NOBODY else Blob(new_mode, new_id)
        found[path] = Difference(before, after)
    return found


def keep_texts(repository: Repository, texts: Collection[bytes], like: str) -> list[str]:
    """Keep these bytes in Git, and return their ids.

    Args:
        repository: where.
        texts: the contents of files.
        like: any id, whose length tells the kind.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    if texts:
        stream = b"".join(b"blob\ndata %d\n%b\n" % (len(text), text) for text in texts)
        answer = run_git(
            repository.top, "fast-import", "--quiet", "--done", given=stream + b"done\n"
        )
        if answer.code:
            raise failure(repository.top, answer, repository.git_dir)
    return [id_of(text, len(like)) for text in texts]


def index_lines(changes: Mapping[str, Blob | None], digits: int) -> bytes:
    """Return changes as ``git update-index -z --index-info`` reads them, what goes first."""
    gone = [f"0 {'0' * digits}\t{path}\0" for path, blob in changes.items() if blob is None]
    come = [f"{blob.mode} {blob.id}\t{path}\0" for path, blob in changes.items() if blob]
    return os.fsencode("".join([*gone, *come]))


def commit_tree(
    repository: Repository,
    tree: str,
    parents: Sequence[str],
    message: str,
    *,
    author: Identity | None = None,
    date: datetime | None = None,
    sign: bool = False,
) -> str:
    """Make a commit of a tree, which nothing points at yet, and return its id.

    Args:
        repository: where.
        tree: what it holds.
        parents: the commits before.
        message: its whole text.
        author: who makes it; None for whom Git knows.
        date: when, with a time zone, else local; None for now.
        sign: as the user's Git is set to.

    Raises:
        NoIdentity, SigningFailed, DiskFull and others of the 50s.
    """
    settings = settings_of(author, date)
    if author:
        settings |= {"GIT_COMMITTER_NAME": author.name, "GIT_COMMITTER_EMAIL": author.email}
    before = (word for parent in parents for word in ("-p", parent))
    answer = run_git(
        repository.top,
        *(*NO_GUESS, "-c", "i18n.commitEncoding=utf-8", "commit-tree", tree, *before),
        *(("-S",) if sign else ()),
        given=message.encode("utf-8", "replace"),
        settings=settings,
    )
    if answer.code:
        raise failure(repository.top, answer, repository.git_dir)
    return answer.out.decode().strip()


def merge_bases(repository: Repository, one: str, other: str) -> list[str]:
    """Return the best common ancestors of two commits, in the order of their ids.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    answer = run_git(repository.top, "merge-base", "--all", one, other, locks=False)
    if answer.code not in (0, 1):
        raise failure(repository.top, answer)
    return sorted(answer.out.decode().split())


def merged_by_lines(
    repository: Repository, base: bytes, ours: bytes, theirs: bytes, *, both: bool = False
) -> bytes | None:
    """Merge a text as Git does, line by line; None if that leaves a conflict, or it is no text.

    Args:
        repository: where.
        base: the text that both come from.
        ours: one version.
        theirs: the other.
        both: where they conflict, take the lines of both.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    import tempfile

    if any(b"\0" in text[:_LOOKED_AT] for text in (base, ours, theirs)):
        return None
    (repository.git_dir / "crm").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=LITTER, dir=repository.git_dir / "crm") as folder:
        names = [Path(folder) / name for name in ("ours", "base", "theirs")]
        for name, text in zip(names, (ours, base, theirs), strict=True):
            name.write_bytes(text)
        how = ("--union",) if both else ()
        answer = run_git(repository.top, "merge-file", "-p", "-q", *how, *map(str, names))
    if answer.code == 0:
        return answer.out
    if answer.code in _TEXTUAL_CONFLICTS:
        return None
    raise failure(repository.top, answer, repository.git_dir)


def moves_told(
    repository: Repository, trailer: str, since: str, until: str
) -> Iterator[tuple[str, str]]:
    """Yield the moves that the commits after one and up to another tell of, oldest first.

    Args:
        repository: where.
        trailer: whose values are ``old path -> new path``.
        since: a commit.
        until: a commit.
    """
    printed = output(
        repository.top,
        *("log", "-z", "--reverse", "--topo-order", "--no-show-signature"),
        f"--format=%(trailers:key={trailer},valueonly)",
        *("--end-of-options", f"{since}..{until}", "--"),
    )
    for text in printed.decode("utf-8", "surrogateescape").split("\0"):
        for line in text.split("\n"):
            old, arrow, new = line.strip().partition(" -> ")
            if arrow:
                yield old, new
