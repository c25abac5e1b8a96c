"""Actions that are written and not committed yet: kept in ``.git/crm/`` until they are."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from crm_md import safe_files
from crm_md.digests import digest
from crm_md.frozen import dataclass, field

FOLDER = "waiting"
MOVING = "move"  # the journal of a move to another commit, see `arrival`


@dataclass(frozen=True, slots=True)
class FileChange:
    """What an action does to one file.

    Attributes:
        path: relative to the store.
        before: SHA-256 of the bytes before, "" for no file; ``after`` likewise.
        data: the new bytes where a cut-off write must be finished; None where one file is all, and
            where they stand in a file of the same action until they are written here.
        old: the bytes before, kept where the action has to wait for a merge or rebase.
    """

    path: str
    before: str
    after: str
    data: bytes | None = None
    old: bytes | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One action of one person, as its commit will tell it.

    Attributes:
        committing: since when Git was at it, in seconds since 1970; 0 if it was not.
        held: it is written while a merge or rebase stood half-way; its changes hold both texts, so
            that it can be written again where Git puts the files back (``git rebase --abort``).
    """

    id: str
    message: str
    author: tuple[str, str] | None
    changes: tuple[FileChange, ...]
    trailers: Mapping[str, str] = field(default_factory=dict)
    committing: float = 0.0
    held: bool = False

    @property
    def paths(self) -> tuple[str, ...]:
        """The files it touches."""
        return tuple(change.path for change in self.changes)


def fingerprint(data: bytes | None) -> str:
    """Return the SHA-256 of a file's bytes, "" for no file."""
    return "" if data is None else digest("sha256", data).hex()


def keep(state: Path, action: Action) -> Path:
    """Write an action down, forced to disk, before its files are touched.

    Args:
        state: this clone's own folder, ``.git/crm``.
        action: what is going to be done.

    Returns:
        The record's file.
    """
    import json

    folder = state / FOLDER
    name = _place(folder, action.id).name
    return safe_files.keep(folder, name, json.dumps(_plain(action)), lasting=True)


def waiting(state: Path) -> list[Action]:
    """Return the actions that wait, oldest first; a record that cannot be read is set aside."""
    actions = []
    for place in _records(state):
        try:
            actions.append(_read(place))
        except (OSError, ValueError, KeyError, TypeError):
            with suppress(OSError):
                place.rename(place.with_suffix(".broken"))
    return actions


def drop(state: Path, action_id: str) -> None:
    """Forget an action: it is committed, or nothing of it was written."""
    for place in _records(state):
        if place.stem.endswith(f"-{action_id}"):
            place.unlink(missing_ok=True)


def count(state: Path) -> int:
    """Return how many actions wait, without reading them."""
    return len(_records(state))


def _records(state: Path) -> list[Path]:
    return sorted((state / FOLDER).glob("*.json"))


def _place(folder: Path, action_id: str) -> Path:
    known = sorted(folder.glob("*.json"))
    for place in known:
        if place.stem.endswith(f"-{action_id}"):
            return place
    number = int(known[-1].stem.split("-")[0]) + 1 if known else 1
    return folder / f"{number:06d}-{action_id}.json"


def _plain(action: Action) -> dict[str, Any]:
    """Return an action as JSON can say it."""
    from base64 import b64encode
    from dataclasses import asdict

    value = asdict(action)
    for change in value["changes"]:
        for name in ("data", "old"):
            if change[name] is not None:
                change[name] = b64encode(change[name]).decode("ascii")
    return value


def _read(place: Path) -> Action:
    import json
    from base64 import b64decode

    value = json.loads(place.read_text(encoding="utf-8"))
    changes = tuple(
        FileChange(
            path=str(change["path"]),
            before=str(change["before"]),
            after=str(change["after"]),
            data=None if change["data"] is None else b64decode(change["data"]),
            old=None if change.get("old") is None else b64decode(change["old"]),
        )
        for change in value["changes"]
    )
    author = value["author"]
    return Action(
        id=str(value["id"]),
        message=str(value["message"]),
        author=None if author is None else (str(author[0]), str(author[1])),
        changes=changes,
        trailers={str(name): str(text) for name, text in value["trailers"].items()},
        committing=float(value["committing"]),
        held=bool(value.get("held", False)),
    )
