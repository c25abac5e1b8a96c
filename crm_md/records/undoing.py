"""Take an action back: by entry, field and task, so that what came later does not hinder it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from crm_md.changing import ACTION, UNDOES, Change
from crm_md.crm import Crm
from crm_md.document import Document
from crm_md.document.merging import taken_back
from crm_md.errors import CannotUndo
from crm_md.frozen import dataclass
from crm_md.joining.moves import MOVED, moves_in
from crm_md.likeness import slug_in
from crm_md.messages import _
from crm_md.records.last_action import (
    LOOK_BACK,
    LastAction,
    action_id,
    find_action,
    last_of_mine,
)
from crm_md.store import is_customer_path

if TYPE_CHECKING:
    from crm_md.history.reading import Revision


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back.

    Attributes:
        told: the sentence of the action that was taken back, or restored.
        action: the id of this undo; taking it back restores.
        restored: what was taken back was itself an undo, so that the action stands again.
    """

    told: str
    action: str
    paths: tuple[str, ...]
    restored: bool = False


def undo(crm: Crm, wanted: str | LastAction = "") -> Undone:
    """Take back my last action that is not taken back yet, or the one named, as a new commit.

    Of every file the action touched this is the three-way merge of how it stood after the action,
    how it stands now, and how it stood before; what was written later stays.

    Args:
        crm: the open store.
        wanted: the id an action printed, or a commit of Git; "" for my last one; what
            `last_of_mine` found, where somebody was asked before.

    Raises:
        NothingToUndo: I have no action that is not taken back.
        MadeWithGit: my last one was made with Git itself, and touches more than customers.
        ActionUnknown: there is no such action.
        CannotUndo: the very piece it wrote was changed since; nothing was done.
        NotSaved and the others of `Crm.change`.
    """
    wanted = wanted or last_of_mine(crm)
    with crm.change("undo") as change:
        revision = find_action(crm, wanted) if isinstance(wanted, str) else wanted.revision
        told = revision.subject
        later = _since(crm, revision)
        _refuse_twice(revision, later)
        here = _followed_since(crm, later)
        for old, new in touched(crm, revision):
            _take_back(crm, change, revision, old, new, here.get(new or "", new))
        if change.is_empty:
            raise CannotUndo(told, [_("it stands as it was before already")])
        change.add_trailer(UNDOES, action_id(revision))
        came_from, _arrow, went_to = revision.trailers.get(MOVED, "").partition(" -> ")
        if went_to:
            change.add_trailer(MOVED, f"{here.get(went_to, went_to)} -> {came_from}")
        origin, restored = _origin(crm, revision)
        change.tell(lambda: undone_sentence(origin, restored))
    return Undone(origin, change.id, change.touched, restored)


def undone_sentence(told: str, restored: bool) -> str:
    """Return what an undo did, as it is printed and as a colleague reads it in the history."""
    if restored:
        return _("Restored: {action}").format(action=told)
    return _("Taken back: {action}").format(action=told)


def _origin(crm: Crm, revision: Revision) -> tuple[str, bool]:
    """Return the sentence of the action that an undo of an undo is about, and if it stands again.

    An undo names what it undoes, so the way leads from undo to undo to the action itself.
    """
    undoes = revision.trailers.get(UNDOES, "")
    told, restored = revision.subject, bool(undoes)
    for one in crm.git.revisions_with_trailer(ACTION) if undoes else ():
        if action_id(one) == undoes:
            told, undoes = one.subject, one.trailers.get(UNDOES, "")
            if not undoes:
                break
            restored = not restored
    return told, restored


def _since(crm: Crm, revision: Revision) -> list[Revision]:
    """What was committed after this commit, oldest first."""
    later = takewhile(lambda one: one.id != revision.id, crm.git.log(limit=LOOK_BACK))
    return list(later)[::-1]


def _refuse_twice(revision: Revision, later: Sequence[Revision]) -> None:
    """Say so where an action is taken back already, and what would bring it back."""
    taken_back: dict[str, str] = {}  # the action, and the one that took it back
    for one in later:
        undoes = one.trailers.get(UNDOES)
        if undoes:
            taken_back = {what: by for what, by in taken_back.items() if by != undoes}
            taken_back[undoes] = action_id(one)
    by = taken_back.get(action_id(revision))
    if by:
        problem = CannotUndo(revision.subject, [_("that is done already")])
        problem.hint = _("To bring it back: crm undo {action}").format(action=by)
        raise problem


def _followed_since(crm: Crm, later: Sequence[Revision]) -> dict[str, str]:
    """Where files went since, by the place they had then; those that never moved are missing."""
    here: dict[str, str] = {}
    for one in later:
        if not {"A", "D"} <= {how for how, _path in one.paths}:
            continue
        for old, new in moves_in(crm.git, one, crm.prefix).items():
            here.update({start: new for start, end in here.items() if end == old})
            here.setdefault(old, new)
    return here


def touched(crm: Crm, revision: Revision) -> Iterator[tuple[str | None, str | None]]:
    """Yield the files of an action: where each stood before and after, None for nowhere."""
    moved = moves_in(crm.git, revision, crm.prefix)
    follows = set(moved.values())
    for status, path in revision.paths:
        if not path.startswith(crm.prefix):
            continue
        inner = path[len(crm.prefix) :]
        if inner in follows:
            continue
        if inner in moved:
            yield inner, moved[inner]
        elif status == "A":
            yield None, inner
        elif status == "D":
            yield inner, None
        else:
            yield inner, inner


def _take_back(
    crm: Crm,
    change: Change,
    revision: Revision,
    old: str | None,
    new: str | None,
    here: str | None,
) -> None:
    """Take one file back.

    Args:
        old: where it stood before the action, None if nowhere; ``new`` after it likewise.
        here: where it stands now, if another action moved it since.
    """
    was = old
    if old == new:
        old = here
    parent = revision.parents[0] if revision.parents else None
    before = crm.git.read_at(parent, crm.prefix + was) if was and parent else None
    after = crm.git.read_at(revision.id, crm.prefix + new) if new else None
    now = change.read_bytes(here or old or "")
    result = _merged(crm, here or old or "", revision.subject, after, now, before)
    if here and old and here != old and change.read_bytes(old) is not None:
        raise CannotUndo(revision.subject, [_("{path} exists again").format(path=old)])
    if here and here != old:
        change.put_bytes(here, None)
    if old:
        change.put_bytes(old, result)
    elif new and result is not None:
        raise CannotUndo(revision.subject, [_("more was written into it since")])


def _merged(
    crm: Crm,
    path: str,
    told: str,
    after: bytes | None,
    now: bytes | None,
    before: bytes | None,
) -> bytes | None:
    """Return what the file should say: base = after the action, ours = now, theirs = before."""
    if now == after:
        return before
    if now is None:
        raise CannotUndo(told, [_("{path} was removed since").format(path=path)])
    slug = slug_in(path) if is_customer_path(path) else ""
    if before is None or after is None:
        reason = _("{path} was changed since") if after else _("{path} exists again")
        raise CannotUndo(told, [reason.format(path=path)], slug)
    if not path.endswith(".md"):
        raise CannotUndo(told, [_("{path} was changed since").format(path=path)])
    texts = [Document.read(data, path, crm.config).text for data in (after, now, before)]
    merged = taken_back(*texts)
    if merged.questions:
        raise CannotUndo(told, [question.since for question in merged.questions], slug)
    return Document.read(now, path, crm.config).with_text(merged.text).data
