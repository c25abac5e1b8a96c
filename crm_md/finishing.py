"""Finish what an earlier run left: write what a kill cut off, commit what waits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from crm_md import forcing, store, waiting, writing
from crm_md.changing import ACTION, Place, commit
from crm_md.errors import CrmError, StillWaiting
from crm_md.frozen import replace
from crm_md.holding_back import left_open
from crm_md.waiting import MOVING, Action, fingerprint


class Finished(NamedTuple):
    """How it went.

    Attributes:
        refusal: what Git said if it refuses; then everything still waits.
        held_up: the actions that go on waiting because of their files; nobody else has to.
    """

    refusal: CrmError | None
    held_up: tuple[StillWaiting, ...] = ()


def finish(place: Place) -> Finished:
    """Finish what an earlier run left: write what a kill cut off, commit what waits.

    A Git lock that a killed child of ours left is removed; a living or foreign one stays. An
    action one of whose files became a link, a folder or shut is left waiting. A move to another
    commit that was cut off goes first.
    """
    try:
        place.history.clear_up_looks()
    except CrmError as living:
        return Finished(living)
    if (place.state / MOVING).exists():
        from crm_md.arrival import finish_arrival

        try:
            finish_arrival(place)
        except CrmError as unfinished:
            return Finished(unfinished)
    actions = waiting.waiting(place.state)
    for action in actions:
        if action.committing:
            try:
                place.history.recover(place.in_git(action.paths), action.committing)
            except CrmError as living:
                return Finished(living)
    ready: list[Action] = []
    held_up: list[StillWaiting] = []
    put_back: set[str] = set()  # files in which Git took out what waits
    for action in actions:
        try:
            if action.held and not place.history.under_way():
                put_back |= _written_again(place, action, put_back)
            written = _complete(place, action)
            _expect_settled(place, action)
        except CrmError as problem:
            held_up.append(StillWaiting(_first_line(action), problem))
            continue
        if written:
            ready.append(replace(action, committing=0.0))
        else:
            waiting.drop(place.state, action.id)
    for group in _together(ready):
        refusal = commit(place, group[0]) if len(group) == 1 else _commit_group(place, group)
        if refusal:
            return Finished(refusal, tuple(held_up))
    return Finished(None, tuple(held_up))


def held_up(place: Place) -> tuple[StillWaiting, ...]:
    """Return the actions whose files cannot be saved as they stand now; nothing is written.

    Args:
        place: the store.
    """
    found: list[StillWaiting] = []
    for action in waiting.waiting(place.state):
        try:
            _fingerprints(place.root, action)
            _expect_settled(place, action)
        except CrmError as problem:
            found.append(StillWaiting(_first_line(action), problem))
    return tuple(found)


def _expect_settled(place: Place, action: Action) -> None:
    """Raise what hinders committing an action: an edit by hand left a merge open in its file."""
    for path in action.paths:
        problem = left_open(place, path, store.read(place.root, path))
        if problem:
            raise problem


def _first_line(action: Action) -> str:
    return action.message.split("\n")[0]


def _fingerprints(root: Path, action: Action) -> dict[str, str]:
    """Return what stands in an action's files now.

    Raises:
        FileNotReadable, FileMisnamed: one of them is no file that can be read.
    """
    return {change.path: fingerprint(store.read(root, change.path)) for change in action.changes}


def _complete(place: Place, action: Action) -> bool:
    """Write the files that a kill left unwritten; tell whether anything of it was written.

    Raises:
        FileNotReadable, FileMisnamed: one of its files is no file that can be read.
        FileChanged: one was changed this very moment.
        WriteFailed: the system refuses.
    """
    now = _fingerprints(place.root, action)
    if all(now[c.path] == c.before != c.after for c in action.changes):
        return False
    for change in action.changes:
        cut_off = now[change.path] == change.before != change.after
        data = change.data
        if cut_off and data is None and change.after:
            data = _moving(place.root, now, change.after)
        if cut_off and (data is not None or not change.after):
            old = store.read(place.root, change.path)
            writing.write(place.root, change.path, data, old)
    forcing.force_folders(place.root, action.paths)
    return True


def _written_again(place: Place, action: Action, put_back: Collection[str]) -> set[str]:
    """Write what an action had written into files that Git put back since.

    Args:
        place: the store.
        action: it waits, with its texts.
        put_back: files of which that is known from an earlier action.

    Returns:
        The files that Git put back; who changed or removed the text by hand meant it so.

    Raises:
        FileNotReadable, FileMisnamed: one of its files is no file that can be read.
        FileChanged: one was changed this very moment.
        WriteFailed: the system refuses.
        CrmError: one of the 50s, if Git failed.
    """
    texts = {one.path: store.read(place.root, one.path) for one in action.changes}
    missing = [one for one in action.changes if fingerprint(texts[one.path]) != one.after]
    if not missing:
        return set()
    suspects = {place.prefix + one.path: texts[one.path] for one in missing}
    edited = place.history.unlike_head(suspects)
    found = {
        one.path: one
        for one in missing
        if one.path in put_back or place.prefix + one.path not in edited
    }
    for path, one in found.items():
        text, now = one.data, texts[path]
        if text is not None and now not in (None, one.old):
            from crm_md.late_edits import LateEdits

            text = LateEdits(place).together(path, one.old or b"", text, now or b"")
        if text != now and (text is not None or now == one.old):
            writing.write(place.root, path, text, now)
    forcing.force_folders(place.root, found)
    return set(found)


def _moving(root: Path, now: Mapping[str, str], wanted: str) -> bytes | None:
    """Return a text of this fingerprint from the place it has not left yet, None if it has."""
    places = (path for path, stands in now.items() if stands == wanted)
    return next((data for path in places if (data := store.read(root, path)) is not None), None)


def _together(actions: Sequence[Action]) -> list[list[Action]]:
    """Group actions that share a file: their texts stand in one file and go into one commit."""
    groups: list[list[Action]] = []
    for action in actions:
        shared = [g for g in groups if any(set(a.paths) & set(action.paths) for a in g)]
        groups = [g for g in groups if g not in shared]
        groups.append([*(a for g in shared for a in g), action])
    return groups


def _commit_group(place: Place, group: Sequence[Action]) -> CrmError | None:
    paths = tuple(dict.fromkeys(path for action in group for path in action.paths))
    message = "\n\n".join(
        [group[0].message, *(f"{a.message}\n({a.trailers.get(ACTION, '')})" for a in group[1:])]
    )
    try:
        place.history.commit(
            place.in_git(paths), message, date=place.now, trailers=group[0].trailers
        )
    except CrmError as refusal:
        return refusal
    for action in group:
        waiting.drop(place.state, action.id)
    return None
