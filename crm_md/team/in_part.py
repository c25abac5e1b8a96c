"""What can be told in a part of a store: of its own customers, and only with their texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from crm_md.crm import Crm
from crm_md.errors import NoConnection, NothingThere, NotLetIn, NotTrusted
from crm_md.history import parts
from crm_md.team.telling import blobs_wanted
from crm_md.team.works import Customer


def of_this_part(crm: Crm, customers: Iterable[Customer]) -> list[Customer]:
    """Return the customers whose files are in this part of the store; all where it is whole."""
    folders = parts.folders_here(crm.git)
    return [one for one in customers if parts.is_here(crm.prefix + one.path, folders)]


def with_texts(crm: Crm, customers: Sequence[Customer]) -> list[Customer]:
    """Fetch all at once what telling these customers takes; return those that can be told then.

    Without the other side these are fewer, and nothing fails.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    if not parts.is_partial(crm.git):
        return list(customers)
    wanted = {name for one in customers for name in blobs_wanted(one)}
    with suppress(NoConnection, NothingThere, NotLetIn, NotTrusted):
        parts.bring(crm.git, wanted)
        return list(customers)
    away = frozenset(parts.lacking(crm.git, wanted))
    return [one for one in customers if away.isdisjoint(blobs_wanted(one))]
