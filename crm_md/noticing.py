"""Notice which files changed, whoever changed them, and tell the catalogue; read nothing else."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from crm_md import agenda, store
from crm_md.config import Config
from crm_md.errors import CrmError
from crm_md.frozen import dataclass

if TYPE_CHECKING:
    from crm_md.history import History, RunningStatus
    from crm_md.index.catalogue import Catalogue, Row, Seen
    from crm_md.store import Stamp

YOUNG_NS = 2_000_000_000  # a file changed so shortly before it was read is read once more


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


def healed_catalogue(sight: Sight, running: RunningStatus | None = None) -> Catalogue:
    """Open the catalogue and make it say what the files say.

    Files that Git calls changed now, those it called changed the last time, and those that differ
    between the commit seen last and the present one are looked at; all others are as they were.
    Without Git, and where the catalogue is new, every file is looked at.

    Args:
        sight: what to look at.
        running: a look by Git that is under way already.
    """
    if running is None and sight.history:
        running = sight.history.start_status()
    from crm_md.index.catalogue import Catalogue

    catalogue = Catalogue.open(
        sight.root / store.DERIVED if sight.state else None,
        stamp(sight.state),
        sight.settings_text,
        sight.config.country,
    )
    head = sight.history.head() if sight.history else None
    dirty = _own(running.finish().dirty, sight.prefix) if running else set()
    suspects = _suspects(sight, catalogue, head, dirty)
    if suspects is None:
        _compare_all(sight, catalogue)
    else:
        heal(sight, catalogue, suspects)
    if catalogue.head != head or catalogue.dirty != dirty:
        catalogue.remember(head=head, dirty=dirty)
    return catalogue


def heal(sight: Sight, catalogue: Catalogue, paths: Iterable[str]) -> None:
    """Look at these files again and tell the catalogue what they say now, if they are customers."""
    own = sorted(filter(store.is_customer_path, set(paths)))
    known = catalogue.stamps(own)
    found = {path: now for path in own if (now := store.stamp_of(sight.root, path))}
    _tell(sight, catalogue, found, known)


def stamp(state: Path | None) -> str:
    """Return the random text that marks derived data as ours, made on first use; "" without Git."""
    if state is None:
        return ""
    file = state / "stamp"
    with suppress(OSError):
        return file.read_text(encoding="ascii")
    made = os.urandom(16).hex()
    with suppress(OSError):
        state.mkdir(parents=True, exist_ok=True)
        file.write_text(made, encoding="ascii")
    return made


def _suspects(
    sight: Sight, catalogue: Catalogue, head: str | None, dirty: set[str]
) -> set[str] | None:
    """The files worth a look, None where all are."""
    if catalogue.is_new or sight.history is None:
        return None
    suspects = dirty | catalogue.dirty
    if head == catalogue.head:
        return suspects
    if head is None or catalogue.head is None:
        return None
    moved = sight.history.changed_between(catalogue.head, head)
    return None if moved is None else suspects | _own(moved, sight.prefix)


def _own(paths: Iterable[str], prefix: str) -> set[str]:
    """Take the customer files of this store out of Git's paths."""
    inner = (path[len(prefix) :] for path in paths if path.startswith(prefix))
    return {path for path in inner if store.is_customer_path(path)}


def _compare_all(sight: Sight, catalogue: Catalogue) -> None:
    """Compare every file's stamp with the one remembered."""
    _tell(sight, catalogue, dict(store.walk(sight.root)), catalogue.stamps())


def _is_as_read(now: Stamp, seen: Seen | None) -> bool:
    """A change within the clock's grain after the reading would leave the stamp as it is."""
    if seen is None or now != seen.stamp:
        return False
    return max(now.mtime_ns, now.ctime_ns) + YOUNG_NS <= seen.read_ns


def _tell(
    sight: Sight, catalogue: Catalogue, found: Mapping[str, Stamp], known: Mapping[str, Seen]
) -> None:
    """Tell the catalogue what is found and not as it was read, and what is known and gone."""
    put = sorted(path for path, now in found.items() if not _is_as_read(now, known.get(path)))
    gone = [path for path in known if path not in found]
    if put or gone:
        catalogue.update(_rows(sight, put), gone)


def _rows(sight: Sight, paths: list[str]) -> Iterable[Row]:
    from crm_md.document import Document, summarise
    from crm_md.index.catalogue import row_of, row_of_unreadable

    for done, path in enumerate(paths):
        if sight.progress and len(paths) > 500:
            sight.progress(done, len(paths))
        read_ns = time.time_ns()
        found = store.stamp_of(sight.root, path)
        try:
            data = store.read(sight.root, path)
            if found is None or data is None:
                continue
            customer = Document.read(data, path, sight.config).customer
            summary = summarise(customer, sight.config)
            wakes = agenda.wakes(summary, sight.today, sight.config)
            yield row_of(customer, summary, wakes, found, read_ns)
        except CrmError as problem:
            if found is not None:
                yield row_of_unreadable(path, problem, found, read_ns)
