"""Finish what an earlier run left: write what a kill cut off, commit what waits."""

from __future__ import annotations

from collections.abc import Sequence

from crm_md import store, waiting
from crm_md.changing import ACTION, Place, commit
from crm_md.errors import CrmError
from crm_md.frozen import replace
from crm_md.waiting import Action, fingerprint


def finish(place: Place) -> CrmError | None:
    """Finish what an earlier run left: write what a kill cut off, commit what waits.

    A Git lock that a killed child of ours left is removed; a living or foreign one stays.

    Returns:
        What Git said if it refuses; then everything still waits.
    """
    actions = waiting.waiting(place.state)
    for action in actions:
        if action.committing:
            try:
                place.history.recover(place.in_git(action.paths), action.committing)
            except CrmError as living:
                return living
    ready: list[Action] = []
    for action in actions:
        if _complete(place, action):
            ready.append(replace(action, committing=0.0))
        else:
            waiting.drop(place.state, action.id)
    for group in _together(ready):
        refusal = commit(place, group[0]) if len(group) == 1 else _commit_group(place, group)
        if refusal:
            return refusal
    return None


def _complete(place: Place, action: Action) -> bool:
    """Write the files that a kill left unwritten; tell whether anything of it was written."""
    now = {c.path: fingerprint(store.read(place.root, c.path)) for c in action.changes}
    if all(now[c.path] == c.before != c.after for c in action.changes):
        return False
    for change in action.changes:
        cut_off = now[change.path] == change.before != change.after
        if cut_off and (change.data is not None or not change.after):
            old = store.read(place.root, change.path)
            store.write(place.root, change.path, change.data, old)
    store.force_folders(place.root, action.paths)
    return True


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
