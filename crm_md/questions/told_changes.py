"""Who changed what, and when: the history of a customer, told in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from crm_md.changing import ACTION
from crm_md.crm import Crm
from crm_md.document import changes_told
from crm_md.frozen import dataclass
from crm_md.joining.moves import moves_in
from crm_md.questions.naming import Named

if TYPE_CHECKING:
    from crm_md.history.reading import Revision


@dataclass(frozen=True, slots=True)
class Told:
    """One commit that touched a customer.

    Attributes:
        by: short name of who did it.
        action: the name for ``crm undo``: the action's id, else the commit's short one.
        sentences: what changed; empty where nothing did that means anything.
        diff: the raw difference, if asked for.
    """

    when: datetime
    by: str
    action: str
    commit: str
    message: str
    sentences: tuple[str, ...]
    diff: str = ""


def changes_of(
    crm: Crm,
    who: Named,
    *,
    limit: int | None = None,
    diff: bool = False,
    mine: bool = False,
    since: date | None = None,
) -> list[Told]:
    """Return what changed at a customer, newest first; its former file names are followed.

    A merge tells only what it brought itself: what several had written is told with each.

    Args:
        crm: the open store.
        who: the customer.
        limit: commits at most.
        diff: add the raw difference of each.
        mine: only what I changed.
        since: only from this day on.
    """
    told: list[Told] = []
    for revision, path_then, path_before in followed(crm, crm.prefix + who.path):
        by = crm.config.short_name(revision.author, revision.email)
        if (mine and by != crm.me) or (since and revision.when.date() < since):
            continue
        old, after = _texts(crm, revision, path_then, path_before)
        inner = path_then[len(crm.prefix) :]
        sentences = _brought([changes_told(before, after, inner, crm.config) for before in old])
        if len(revision.parents) > 1 and not sentences:
            continue
        action = revision.trailers.get(ACTION, "").rpartition(" ")[2]
        told.append(
            Told(
                when=revision.when,
                by=by,
                action=action or revision.id[:8],
                commit=revision.id,
                message=revision.subject,
                sentences=sentences,
                diff=difference(old[0], after) if diff else "",
            )
        )
        if limit and len(told) >= limit:
            break
    return told


def _texts(
    crm: Crm, revision: Revision, then: str, before: str
) -> tuple[list[bytes | None], bytes | None]:
    """Return how a file stood in every commit before, in each by its name there, and after."""
    places = [(parent, before if not n else then) for n, parent in enumerate(revision.parents)]
    *old, after = crm.git.read_many([*places, (revision.id, then)])
    return old or [None], after


def _brought(told: Sequence[list[str]]) -> tuple[str, ...]:
    """Return the sentences that are news beside every commit before."""
    first, *others = told
    return tuple(one for one in first if all(one in other for other in others))


def followed(
    crm: Crm, path: str, until: datetime | None = None
) -> Iterator[tuple[Revision, str, str]]:
    """Yield the commits of a file, newest first, with its name after and before each.

    Args:
        crm: the open store.
        path: the file's present name, as Git names it; our renames are followed, and whoever
            put it into another folder.
        until: only what was committed then or before.
    """
    start = "HEAD"
    while path:
        for revision in crm.git.log([path], start=start, until=until):
            before = _came_from(crm, revision, path)
            yield revision, path, before or path
            if before:
                path, start = before, f"{revision.id}^"
                break
        else:
            return


def _came_from(crm: Crm, revision: Revision, path: str) -> str:
    """Return where a file stood before a commit that moved it, "" if it did not."""
    if ("A", path) not in revision.paths:
        return ""
    new = path.removeprefix(crm.prefix)
    moved = moves_in(crm.git, revision, crm.prefix)
    return next((crm.prefix + old for old, then in moved.items() if then == new), "")


def difference(before: bytes | None, after: bytes | None) -> str:
    """Return the raw difference of two contents of a file, without names of files."""
    from difflib import unified_diff

    old, new = ((data or b"").decode("utf-8", "replace").split("\n") for data in (before, after))
    return "\n".join(unified_diff(old, new, lineterm="", n=2))
