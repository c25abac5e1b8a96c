"""The last actions across the whole store: who did what, when, and what takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from crm_md.crm import Crm
from crm_md.errors import NoIdentity
from crm_md.frozen import dataclass
from crm_md.likeness import slug_in
from crm_md.records.last_action import action_id, is_of_the_store, my_addresses, taken_back_by
from crm_md.store import is_customer_path

if TYPE_CHECKING:
    from crm_md.history.reading import Revision


@dataclass(frozen=True, slots=True)
class Deed:
    """One action, or what somebody committed with Git itself.

    Attributes:
        by: short name of who did it.
        action: the name for ``crm undo``: the action's id, else the commit's short one.
        message: its sentence, in the language of the store.
        paths: the files it touched, relative to the store.
        customers: the slugs of the customers among them.
        taken_back: it does not stand any more.
    """

    when: datetime
    by: str
    action: str
    commit: str
    message: str
    paths: tuple[str, ...]
    customers: tuple[str, ...]
    taken_back: bool


def last_actions(
    crm: Crm, *, mine: bool = False, since: date | None = None, limit: int | None = None
) -> list[Deed]:
    """Return what was done lately, newest first, whoever did it; merges do nothing of their own.

    Args:
        crm: the open store.
        mine: only what I did.
        since: only from this day on.
        limit: so many at most.

    Raises:
        NoIdentity: mine are asked for, and Git does not know me.
        CrmError: one of the 50s, if Git failed.
    """
    if mine and crm.identity is None:
        raise NoIdentity()
    addresses = {address.casefold() for address in my_addresses(crm)} if mine else set()
    found: list[Deed] = []
    for deed, email in _deeds(crm, since):
        if not mine or email.casefold() in addresses:
            found.append(deed)
        if limit and len(found) >= limit:
            break
    return found


def _deeds(crm: Crm, since: date | None) -> Iterator[tuple[Deed, str]]:
    """Yield every action with the address of who did it, newest first."""
    gone: set[str] = set()  # names of actions, and commits
    begin = datetime.combine(since, time.min) if since else None
    for revision in crm.git.log(since=begin):
        deed = _deed(crm, revision, gone)
        undoes = taken_back_by(revision)
        if undoes and not deed.taken_back:
            gone.add(undoes)
        in_time = since is None or revision.when.date() >= since
        if in_time and len(revision.parents) < 2 and any(map(is_of_the_store, deed.paths)):
            yield deed, revision.email


def _deed(crm: Crm, revision: Revision, gone: set[str]) -> Deed:
    name = action_id(revision)
    paths = [path for _how, path in revision.paths if path.startswith(crm.prefix)]
    inner = tuple(path[len(crm.prefix) :] for path in paths)
    slugs = (slug_in(path) for path in inner if is_customer_path(path))
    return Deed(
        when=revision.when,
        by=crm.config.short_name(revision.author, revision.email),
        action=revision.id[:8] if name == revision.id else name,
        commit=revision.id,
        message=revision.subject,
        paths=inner,
        customers=tuple(dict.fromkeys(slugs)),
        taken_back=bool({name, revision.id} & gone),
    )
