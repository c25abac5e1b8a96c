"""Read one customer file into what the catalogue keeps of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from crm_md import store
from crm_md.config import Config
from crm_md.errors import CrmError

if TYPE_CHECKING:
    from crm_md.index.catalogue import Row, Unchanged
    from crm_md.store import Stamp


def read_row(
    root: Path,
    path: str,
    config: Config,
    today: date,
    stamp: Stamp,
    read_ns: int,
    known: bytes = b"",
) -> Row | Unchanged | None:
    """Return what the catalogue keeps of a file; None if it is gone this very moment.

    Args:
        root: the store.
        path: relative to it.
        today: the day from which on its waking day holds.
        stamp: the file's, from before it is read.
        read_ns: when the stamp was taken, in nanoseconds of the system's clock.
        known: the digest of the bytes that were read before, if any were.
    """
    from crm_md.index.catalogue import Unchanged, digest_of, row_of, row_of_unreadable

    try:
        data = store.read_customer(root, path)
        if data is None:
            return None
        digest = digest_of(data)
        if digest == known:
            return Unchanged(path, (*stamp, read_ns))
        from crm_md.agenda import wakes
        from crm_md.document import Document, summarise

        customer = Document.read(data, path, config).customer
    except CrmError as problem:
        return row_of_unreadable(path, problem, stamp, read_ns)
    summary = summarise(customer, config)
    day = wakes(summary, today, config)
    return row_of(customer, summary, day, stamp, read_ns, digest=digest, judged=today)
