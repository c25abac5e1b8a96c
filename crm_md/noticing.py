"""Notice which files changed, whoever changed them, and tell the catalogue; read nothing else."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crm_md import safe_files, store
from crm_md.config import Config
from crm_md.errors import CrmError
from crm_md.frozen import dataclass
from crm_md.row_reading import read_row

if TYPE_CHECKING:
    from crm_md.history import History, RunningStatus
    from crm_md.index.catalogue import Catalogue, Row, Seen, Unchanged
    from crm_md.index.looks import Look
    from crm_md.store import Stamp

YOUNG_NS = 2_000_000_000  # a file changed so shortly before it was read is read once more
MANY = 500  # files; reading fewer takes no time to speak of
WORTH_HELP = 1_000  # files; until a second process is ready to help, 300 are read


@dataclass(frozen=True, slots=True)
class Sight:
    """What noticing looks at.

    Attributes:
        root: the store.
        state: this clone's own folder, None without Git.
        history: its Git, None where there is none: then every file's stamp is compared.
        prefix: the store's place in the work tree, "" or ``folder/``.
        settings_text: ``crm.toml`` as it stands; other settings make another catalogue.
        today: the day for which the catalogue remembers who wakes when.
        progress: called with (done, all) during long work.
    """

    root: Path
    state: Path | None
    history: History | None
    prefix: str
    config: Config
    settings_text: str
    today: date
    progress: Callable[[int, int], None] | None = None


class Healed(NamedTuple):
    """A catalogue that says what the files say.

    Attributes:
        refusal: what Git said if it would not answer; then every file was looked at.
    """

    catalogue: Catalogue
    refusal: CrmError | None


def healed_catalogue(sight: Sight, running: RunningStatus | None = None) -> Healed:
    """Open the catalogue and make it say what the files say.

    Files that Git calls changed now, those it called changed the last time, and those that differ
    between the commit seen last and the present one are looked at; all others are as they were.
    Without Git, where it does not answer, and where the catalogue is new, every file is looked at.

    Args:
        sight: what to look at.
        running: a look by Git that is under way already.
    """
    refusal: CrmError | None = None
    try:
        running = running or (sight.history.start_status() if sight.history else None)
    except CrmError as problem:
        refusal = problem
    from crm_md.index.catalogue import Catalogue

    catalogue = Catalogue.open(
        sight.root / store.DERIVED if sight.state else None,
        stamp(sight.state),
        sight.settings_text,
        sight.config.country,
    )
    try:
        told = _told_by_git(sight, catalogue, sight.history, running)
    except CrmError as problem:
        told, refusal = None, problem
    if told is None:
        # What differs from the last commit is unknown: once Git answers, all that was read now
        # has to be looked at again.
        _look_at_all(sight, catalogue, since_ns=0 if sight.history else None)
    else:
        _heal_as_told(sight, catalogue, told)
    return Healed(catalogue, refusal)


def heal(
    sight: Sight, catalogue: Catalogue, paths: Iterable[str], *, since_ns: int = 0
) -> tuple[str, ...]:
    """Look at these files again and tell the catalogue what they say now, if they are customers.

    Args:
        sight: where to look.
        catalogue: what to tell.
        paths: relative to the store.
        since_ns: files that changed then or later are looked at once more by the next command.

    Returns:
        The paths that were taken in, or that are gone.
    """
    own = {path for path in map(store.told, paths) if store.is_customer_path(path)}
    stamps = ((path, store.stamp_of(sight.root, path)) for path in own)
    found = {path: now for path, now in stamps if now is not None}
    return _tell(sight, catalogue, found, catalogue.stamps(own), since_ns)


def stamp(state: Path | None) -> str:
    """Return the random text that marks derived data as ours, made on first use; "" without Git."""
    if state is None:
        return ""
    file = state / "stamp"
    with suppress(OSError):
        return file.read_text(encoding="ascii")
    made = os.urandom(16).hex()
    with suppress(OSError):
        safe_files.keep(state, file.name, made, lasting=False)
    return made


class _Told(NamedTuple):
    """What Git tells of the work tree; paths are those of customer files, relative to the store.

    Attributes:
        before: what was remembered before.
        now: what is to be remembered; where all files are looked at, `untold` is still missing.
        suspects: the files worth a look, None where all are.
        tracked: the files in Git's index, where all are looked at.
    """

    before: Look
    now: Look
    suspects: frozenset[str] | None
    tracked: frozenset[str]


def _told_by_git(
    sight: Sight, catalogue: Catalogue, history: History | None, running: RunningStatus | None
) -> _Told | None:
    """Return what Git tells, None where there is no Git.

    Raises:
        CrmError: it does not answer.
    """
    if history is None or running is None:
        return None
    head = history.head()
    before = catalogue.look(running.began_ns)
    changed = running.finish().dirty
    dirty = _own(changed, sight.prefix)
    now = before._replace(head=head, rules=running.rules, dirty=dirty)
    known = not catalogue.is_new and before.rules == now.rules
    moved = _moved(history, before.head, head) if known else None
    customers = sight.prefix + store.CUSTOMERS
    if moved is None:
        return _Told(before, now, None, _own(history.tracked(customers), sight.prefix))
    if any(path.endswith(".gitignore") for path in (*changed, *moved)):
        now = now._replace(untold=_own(history.ignored(customers), sight.prefix))
    suspects = before.dirty.union(before.untold, dirty, now.untold, _own(moved, sight.prefix))
    return _Told(before, now, suspects, frozenset())


def _moved(history: History, old: str | None, new: str | None) -> frozenset[str] | None:
    """The files that differ between two commits, None if that is unknown."""
    if old == new:
        return frozenset()
    return history.changed_between(old, new) if old and new else None


def _own(paths: Iterable[str], prefix: str) -> frozenset[str]:
    """Take the customer files of this store out of Git's paths."""
    inner = (store.told(path[len(prefix) :]) for path in paths if path.startswith(prefix))
    return frozenset(path for path in inner if store.is_customer_path(path))


def _heal_as_told(sight: Sight, catalogue: Catalogue, told: _Told) -> None:
    """Look at the files worth it, and remember what Git told."""
    now, since_ns = told.now, told.now.began_ns - YOUNG_NS
    if told.suspects is None:
        found, touched = _look_at_all(sight, catalogue, since_ns)
        now = now._replace(untold=found - told.tracked - now.dirty)
    else:
        touched = heal(sight, catalogue, told.suspects, since_ns=since_ns)
    if now != told.before:
        catalogue.remember(told.before, now, touched)


def _look_at_all(
    sight: Sight, catalogue: Catalogue, since_ns: int | None
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Compare every file's stamp with the one remembered; return all, and those taken in."""
    found = dict(store.walk(sight.root))
    known = catalogue.stamps()
    for path in known.keys() - found.keys():  # what stands in a shut folder is not gone
        now = store.stamp_of(sight.root, path)
        if now is not None:
            found[path] = now
    return frozenset(found), _tell(sight, catalogue, found, known, since_ns)


def _is_as_read(now: Stamp, seen: Seen | None) -> bool:
    """A change within the clock's grain after the reading would leave the stamp as it is."""
    if seen is None or now != seen.stamp:
        return False
    return max(now.mtime_ns, now.ctime_ns) + YOUNG_NS <= seen.read_ns


def _tell(
    sight: Sight,
    catalogue: Catalogue,
    found: Mapping[str, Stamp],
    known: Mapping[str, Seen],
    since_ns: int | None,
) -> tuple[str, ...]:
    """Tell the catalogue what is found and not as it was read, and what is known and gone."""
    put = sorted(path for path, now in found.items() if not _is_as_read(now, known.get(path)))
    gone = [path for path in known if path not in found]
    if put or gone:
        catalogue.update(_rows(sight, catalogue, put), gone, since_ns=since_ns)
    return (*put, *gone)


def _rows(sight: Sight, catalogue: Catalogue, paths: list[str]) -> Iterable[Row | Unchanged]:
    """Read files, while nobody else writes; what another process was quicker with is left out."""
    known = catalogue.stamps(paths)
    for done, row in enumerate(_each_row(sight, known, paths)):
        if sight.progress and len(paths) > MANY:
            sight.progress(done, len(paths))
        if row is not None:
            yield row


def _each_row(
    sight: Sight, known: Mapping[str, Seen], paths: list[str]
) -> Iterable[Row | Unchanged | None]:
    """Read files; None stands for one that is gone, or was read by another process meanwhile."""

    def read(path: str) -> Row | Unchanged | None:
        read_ns = time.time_ns()
        found, seen = store.stamp_of(sight.root, path), known.get(path)
        if found is None or _is_as_read(found, seen):
            return None
        digest = seen.digest if seen else b""
        return read_row(sight.root, path, sight.config, sight.today, found, read_ns, digest)

    if known or len(paths) < WORTH_HELP:
        return map(read, paths)
    from crm_md import beside

    wanted = beside.Wanted(sight.root, sight.config, sight.settings_text, sight.today)
    return beside.rows_of_new(wanted, paths, read)
