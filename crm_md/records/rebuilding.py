"""Build what is derived anew: the catalogue and the full text; no customer file is touched."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from crm_md import store
from crm_md.crm import Crm
from crm_md.document import Document
from crm_md.errors import CrmError, WriteFailed, reason_of
from crm_md.frozen import dataclass

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was built: so many customers, without those files that cannot be read."""

    customers: int
    unreadable: tuple[str, ...]


def rebuild(crm: Crm, progress: Progress | None = None) -> Rebuilt:
    """Remove what is derived and build it anew from the files.

    A ``.crm`` that is a link is removed itself; where it leads, nothing is touched.

    Args:
        crm: the open store.
        progress: called with (done, all) while the files are read, twice over.

    Raises:
        WriteFailed: the system does not let us remove it.
        IndexBusy: another process is at it and does not finish.
    """
    from crm_md.index.fulltext import FullText

    crm.close()
    _remove_derived(crm)
    crm.progress = progress
    catalogue = crm.catalogue
    FullText(catalogue).catch_up(lambda path: _text(crm, path), progress)
    unreadable = tuple(path for path, _problem in catalogue.unreadable())
    return Rebuilt(len(catalogue.slugs()) - len(unreadable), unreadable)


def _remove_derived(crm: Crm) -> None:
    folder = crm.root / store.DERIVED
    try:
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder)
        else:
            folder.unlink(missing_ok=True)
    except OSError as problem:
        raise WriteFailed(store.DERIVED, reason_of(problem)) from problem


def _text(crm: Crm, path: str) -> str | None:
    try:
        data = store.read(crm.root, path)
        return None if data is None else Document.read(data, path, crm.config).shown
    except CrmError:
        return None
