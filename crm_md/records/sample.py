"""Make a store from the sample book: its story ends today, its history has several authors."""

from __future__ import annotations

import json
import os
import random
import stat
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from crm_md import safe_files, store
from crm_md.changing import ACTION, ID_SIGNS
from crm_md.config import Config, read_config
from crm_md.document import Document
from crm_md.errors import NotEmpty
from crm_md.frozen import dataclass
from crm_md.messages import _, speaking
from crm_md.records.moving import moved, moved_customer
from crm_md.records.retelling import Chapter, chapters
from crm_md.records.starting import check_place, full_path, git_rules, make_folder
from crm_md.records.template import book_folder

if TYPE_CHECKING:
    from crm_md.history import History
    from crm_md.history.replay import Step

_MARK = "sample.json"  # in the clone's own folder: this is a sample, and how it was when made
_BEFORE = timedelta(days=1)  # the store is set up before the first customer comes


@dataclass(frozen=True, slots=True)
class Demo:
    """A sample store.

    Attributes:
        root: where it is.
        ends: the day on which its story ends.
        customers: how many there are; entries and authors likewise.
        me: whom the commands there take you for.
        fresh: False if it was there already, with changes of yours, and was left as it is.
    """

    root: Path
    ends: date
    customers: int
    entries: int
    authors: int
    me: str
    fresh: bool


def make_demo(folder: Path, now: datetime) -> Demo:
    """Make a store from the sample book.

    All dates are moved by as many days as the book's last entry is away from today. The history
    is told as it would have been: each entry is a commit by its author on its day. A sample that
    stands there untouched is made anew; one with changes is left as it is.

    Args:
        folder: made if there is none; empty, or a sample.
        now: the moment at which the story ends, local wall-clock.

    Raises:
        NotEmpty: the folder holds something else.
        InTheWay: it is a file. InsideStore: it is part of another store.
        WriteFailed: the system refuses.
        GitMissing and others of the 50s: there can be no history.
    """
    root = full_path(folder)
    check_place(root)
    if root.is_dir() and any(root.iterdir()):
        standing = _standing(root)
        if standing:
            return standing
        _clear(root)
    make_folder(root)
    return _make(root, now)


def _make(root: Path, now: datetime) -> Demo:
    from crm_md import history

    files = moved_book(now.date())
    config = read_config(files[store.SETTINGS].decode("utf-8"))
    customers = {path: data for path, data in files.items() if store.is_customer_path(path)}
    with speaking(config.language):
        told = [
            (path, chapter)
            for path, data in customers.items()
            for chapter in chapters(Document.read(data, path, config), config)
        ]
        told.sort(key=lambda one: one[1].when)
        rest = {path: data for path, data in files.items() if path not in customers}
        steps = list(_steps(told, rest, config, now))
    me = next(member for member in config.team.values() if not member.left)
    about: dict[str, str | int] = {
        "ends": now.date().isoformat(),
        "customers": len(customers),
        "entries": sum(chapter.verb == "log" for _path, chapter in told),
        "authors": len({step.author for step in steps}),
        "me": me.name,
    }
    git = history.initialise(root, own=True)
    git.set_identity(me.name, me.emails[0])
    _remember(git, {"head": None, "files": sorted(files), "about": about})
    head = git.replay(steps)
    _remember(git, {"head": head, "files": sorted(files), "about": about})
    return _demo(root, about, fresh=True)


def moved_book(today: date) -> dict[str, bytes]:
    """Return the files of a store told by the sample book, the dates moved so that it ends today.

    Args:
        today: the day of the last entry.

    Returns:
        The content of each file by its path.
    """
    folder = book_folder()
    templates = sorted((folder / store.TEMPLATES).glob("*.md"))
    book = {
        path: (folder / path).read_bytes().decode("utf-8")
        for path in sorted(path for path, _stamp in store.walk(folder))
    }
    settings = (folder / store.SETTINGS).read_bytes().decode("utf-8")
    config = read_config(settings)
    end = max(
        entry.date
        for path, text in book.items()
        for entry in Document.read(text.encode("utf-8"), path, config).customer.entries
    )
    days = (today - end).days
    return {
        **git_rules(),
        store.SETTINGS: moved(settings, days).encode("utf-8"),
        **{f"{store.TEMPLATES}/{one.name}": one.read_bytes() for one in templates},
        **{path: moved_customer(text, days, end).encode("utf-8") for path, text in book.items()},
    }


def _steps(
    told: list[tuple[str, Chapter]], rest: Mapping[str, bytes], config: Config, now: datetime
) -> Iterator[Step]:
    """Yield the commits: the store is set up by whoever wrote first, then chapter by chapter."""
    from crm_md.history import Identity
    from crm_md.history.replay import Step

    names = {short: Identity(one.name, one.emails[0]) for short, one in config.team.items()}
    nobody = next(iter(names.values()))
    first = told[0][1]
    founder = names.get(first.author, nobody)
    yield Step(founder, first.when - _BEFORE, _("Store set up"), rest, _action("init", ""))
    for path, chapter in told:
        yield Step(
            names.get(chapter.author, nobody),
            min(chapter.when, now),
            chapter.message,
            {path: chapter.data},
            _action(chapter.verb, f"{path} {chapter.when - told[-1][1].when}"),
        )


def _action(verb: str, seed: str) -> dict[str, str]:
    """Return the trailer of an action; the same sample has the same names of actions every day."""
    return {ACTION: f"{verb} {''.join(random.Random(seed).choices(ID_SIGNS, k=6))}"}


def _remember(git: History, mark: Mapping[str, object]) -> None:
    text = json.dumps(mark, ensure_ascii=False)
    safe_files.keep(git.git_dir / "crm", _MARK, text, lasting=False)


def _standing(root: Path) -> Demo | None:
    """Return the sample that stands here with changes; None for one to be made anew.

    Raises:
        NotEmpty: what stands here is no sample.
    """
    from crm_md import history

    git = history.find(root) if (root / ".git").is_dir() else None
    try:
        text = (git.git_dir / "crm" / _MARK).read_text(encoding="utf-8") if git else ""
        mark = json.loads(text)
        demo = _demo(root, mark["about"], fresh=False)
        head, files = mark["head"], mark["files"]
    except (OSError, ValueError, KeyError, TypeError):
        raise NotEmpty(root) from None
    return None if git is None or _untouched(git, head, files) else demo


def _untouched(git: History, head: str | None, files: list[str]) -> bool:
    """Tell whether nobody has done anything here since the sample was made, or begun to be made."""
    if git.head() != head:
        return False
    found = _files(git.top)
    if head is None:
        return set(found) <= set(files)
    refs = [one for one in (git.common_dir / "refs").rglob("*") if one.is_file()]
    return found == files and len(refs) == 1 and not git.status().dirty


def _files(root: Path) -> list[str]:
    """Return every file of the folder that nobody derived and Git does not own, by path."""
    found = []
    for folder, folders, files in os.walk(root):
        if Path(folder) == root:
            folders[:] = [name for name in folders if name not in (".git", store.DERIVED)]
        found += [(Path(folder) / name).relative_to(root).as_posix() for name in files]
    return sorted(found)


def _clear(root: Path) -> None:
    """Empty the folder, which may be where somebody's shell stands; links are not followed."""
    for place, folders, files in os.walk(root, topdown=False):
        for name in files:
            file = Path(place, name)
            if os.name == "nt":
                file.chmod(stat.S_IWRITE)  # Git writes its objects read-only
            file.unlink()
        for name in folders:
            folder = Path(place, name)
            folder.unlink() if folder.is_symlink() else folder.rmdir()


def _demo(root: Path, about: Mapping[str, str | int], *, fresh: bool) -> Demo:
    return Demo(
        root=root,
        ends=date.fromisoformat(str(about["ends"])),
        customers=int(about["customers"]),
        entries=int(about["entries"]),
        authors=int(about["authors"]),
        me=str(about["me"]),
        fresh=fresh,
    )
