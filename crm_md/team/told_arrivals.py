"""Tell what a sync brought in: by customer, who, what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from crm_md import store
from crm_md.crm import Crm
from crm_md.document import Document, changes_told
from crm_md.errors import CrmError
from crm_md.history import trees
from crm_md.history.reading import touched_by
from crm_md.history.trees import Difference

SHOWN = 20  # customers of which is told what changed; of more, how many
_QUESTION = re.compile(rb"^[ \t]*[-*+] \[ \].*#settle\b", re.MULTILINE)


class Came(NamedTuple):
    """What came in about one customer.

    Attributes:
        path: relative to the store.
        name: as it is now.
        by: the short names of who did it.
        sentences: what changed.
    """

    path: str
    name: str
    by: tuple[str, ...]
    sentences: tuple[str, ...]


class Arrived(NamedTuple):
    """All that came in.

    Attributes:
        customers: at most `SHOWN`.
        more: how many customers more.
        others: other files, relative to the store.
        paths: all customer files, relative to the store.
    """

    customers: tuple[Came, ...] = ()
    more: int = 0
    others: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


def came_in(crm: Crm, old: str | None, new: str | None) -> Arrived:
    """Return what differs between two commits, by customer, and whose work it is.

    Args:
        crm: the open store.
        old: the commit before, None for none.
        new: the commit now.
    """
    if new is None or old == new:
        return Arrived()
    differing = trees.differences(crm.git, old or trees.empty_tree(new), new)
    inner = {
        path[len(crm.prefix) :]: one
        for path, one in sorted(differing.items())
        if path.startswith(crm.prefix)
    }
    who = touched_by(crm.git, old, new)
    moved = _moved(inner)
    mine = [path for path in inner if store.is_customer_path(path) and path not in moved.values()]
    others = tuple(path for path in inner if not store.is_customer_path(path))
    befores = [inner[moved.get(path, path)].old for path in mine[:SHOWN]]
    afters = [inner[path].new for path in mine[:SHOWN]]
    texts = trees.texts_of(crm.git, [one.id for one in (*befores, *afters) if one])
    shown = [
        _came(
            crm,
            path,
            texts.get(before.id) if before else None,
            texts.get(after.id) if after else None,
            who.get(crm.prefix + path, ()),
        )
        for path, before, after in zip(mine, befores, afters, strict=False)
    ]
    return Arrived(tuple(shown), max(0, len(mine) - SHOWN), others, tuple(mine))


def _moved(inner: Mapping[str, Difference]) -> dict[str, str]:
    """Return of each customer that stands elsewhere now where it stood: new place to old."""
    from crm_md.joining.paths import moves_between

    return {new: old for old, new in moves_between(inner, (), "").items()}


def _came(
    crm: Crm,
    path: str,
    before: bytes | None,
    after: bytes | None,
    people: tuple[tuple[str, str], ...],
) -> Came:
    by = tuple(dict.fromkeys(crm.config.short_name(name, mail) for name, mail in people))
    name = path
    try:
        shown = after if after is not None else before
        name = Document.read(shown or b"", path, crm.config).customer.name
    except CrmError:
        pass
    return Came(path, name, by, tuple(changes_told(before, after, path, crm.config)))


def questions_in(crm: Crm, paths: tuple[str, ...]) -> int:
    """Return how many lines of these files wait to be settled.

    Args:
        crm: the open store.
        paths: relative to it.
    """
    count = 0
    for path in paths:
        try:
            count += len(_QUESTION.findall(store.read_customer(crm.root, path) or b""))
        except CrmError:
            continue
    return count
