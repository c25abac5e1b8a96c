"""Which customer a link means, who links to a customer, and what tells customers from others."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from crm_md.index.rows import ALIAS, link_target
from crm_md.likeness import Known, fold, fold_light


class Link(NamedTuple):
    """A customer that names another one.

    Attributes:
        kind: ``relation`` for one of the head, ``link`` for one in the text.
        as_: what the other one is to it.
        who: the person meant.
    """

    slug: str
    name: str
    path: str
    kind: str
    as_: str
    who: str


def resolve(database: sqlite3.Connection, link: str) -> str | None:
    """Return the slug of the customer that a link names, or None.

    Args:
        link: as written, with or without brackets; a slug goes before an alias or a name.
    """
    target = link_target(link)
    found = database.execute(
        "SELECT slug FROM files WHERE slug_key = ? ORDER BY path LIMIT 1", (target,)
    ).fetchone()
    if found is None and target:
        found = database.execute(
            "SELECT slug FROM names JOIN files ON file = id WHERE key = ? AND how <= ?"
            " ORDER BY how, path LIMIT 1",
            (f" {fold(target)}", ALIAS),
        ).fetchone()
    return found[0] if found else None


def links_to(database: sqlite3.Connection, slug: str) -> list[Link]:
    """Return the relations and links that name this customer, by the name of who links."""
    own = fold_light(slug)
    keys = database.execute(
        "SELECT DISTINCT substr(key, 2) FROM names JOIN files ON file = id"
        " WHERE slug_key = ? AND how <= ?",
        (own, ALIAS),
    ).fetchall()
    marks = ",".join("?" * len(keys))
    rows = database.execute(
        "SELECT target, slug, name, path, kind, label, who FROM links JOIN files ON file = id"
        f" WHERE target = ? OR target_key IN ({marks}) ORDER BY sort_key, path, kind DESC",
        (own, *(key for (key,) in keys)),
    ).fetchall()
    meant = {target: resolve(database, target) for target in {row[0] for row in rows}}
    return [Link(*told) for target, *told in rows if fold_light(meant[target] or "") == own]


def known(database: sqlite3.Connection) -> Iterator[Known]:
    """Yield what tells one customer from another: names, numbers, addresses, city."""
    lists: dict[str, dict[int, list[str]]] = {}
    for name, sql in (
        ("aliases", f"SELECT file, substr(key, 2) FROM names WHERE how = {ALIAS}"),
        ("phones", "SELECT file, e164 FROM numbers"),
        ("mails", "SELECT file, mail FROM mails"),
    ):
        of_each = lists[name] = {}
        for file, value in database.execute(sql):
            of_each.setdefault(file, []).append(value)
    rows = database.execute("SELECT id, slug, name, city FROM files WHERE problem IS NULL")
    for file, slug, name, city in rows:
        told = {key: tuple(of_each.get(file, ())) for key, of_each in lists.items()}
        yield Known(slug, name, told["aliases"], told["phones"], told["mails"], city)
