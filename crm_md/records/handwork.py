"""Edit by hand and save: what a person changed in the editor becomes a sentence and a commit."""

from __future__ import annotations

from crm_md import store
from crm_md.changing import sentence_of
from crm_md.crm import Crm
from crm_md.document import Document, changes_told
from crm_md.errors import CrmError
from crm_md.frozen import dataclass
from crm_md.history import Status
from crm_md.holding_back import missing, moved_out, not_fetched, refusals
from crm_md.joining.moves import moves, told_move
from crm_md.model import Finding


@dataclass(frozen=True, slots=True)
class Saved:
    """One file that was edited by hand.

    Attributes:
        told: what changed, in sentences.
        findings: what in it does not parse, with line and remedy.
    """

    path: str
    name: str
    told: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SavedAll:
    """What `save` committed; nothing if there was nothing.

    Attributes:
        caught_up: the sentences of earlier actions that had waited for Git.
        left_out: why files that were changed are not saved: they could not be read, a merge was
            left open in them, it is many that are gone, or they went to where nothing is here.
        held_up: the earlier actions that have to wait on.
        beside: files in the store that are none of its own, so that nobody else gets them.
    """

    files: tuple[Saved, ...]
    action: str
    caught_up: tuple[str, ...] = ()
    left_out: tuple[CrmError, ...] = ()
    held_up: tuple[CrmError, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Tell whether there was nothing to save, and nothing hinders it."""
        return not (self.files or self.caught_up or self.left_out or self.held_up)


def not_shared(crm: Crm, status: Status) -> tuple[str, ...]:
    """Return the files in the store that nobody else gets: they are none of its own.

    Args:
        crm: the open store.
        status: which files differ from the last commit.

    Returns:
        Their paths, relative to the store; hidden ones, as of editors, are left out.
    """
    beside = (path for path in _inside(crm, status) if not store.belongs(path))
    return tuple(path for path in beside if not path.startswith(".") and "/." not in path)


def _inside(crm: Crm, status: Status) -> list[str]:
    """Return what differs in the store, relative to it."""
    every = (path for path in status.dirty if path.startswith(crm.prefix))
    return sorted(path[len(crm.prefix) :] for path in every)


def save(
    crm: Crm,
    message: str = "",
    only: str = "",
    *,
    opened: bytes | None = None,
    unasked: bool = False,
) -> SavedAll:
    """Commit what was edited by hand: customer files, settings, templates and attachments.

    What became a link, a folder, shut or far too large is left out, and hinders nothing else; a
    customer's file that cannot be understood is saved and named. One in which a merge was left
    open is not.

    Args:
        crm: the open store.
        message: the commit's first line; else it tells what changed.
        only: one path, for ``crm edit``.
        opened: what that file said when the editor was opened.
        unasked: nobody typed it; that many customers are gone is then not saved.

    Raises:
        NotSaved and the others of `Crm.change`.
    """
    caught_up = crm.save_waiting()
    with crm.change("save") as change:
        status = crm.git.status()
        gone = missing(crm.git, crm.prefix, status) if unasked else frozenset()
        out = moved_out(crm.git, crm.prefix, status)
        held = gone.union(out, out.values())
        edited = [path for path in _inside(crm, status) if store.belongs(path)]
        edited = [
            path for path in edited if path == (only or path) and crm.prefix + path not in held
        ]
        problems = {path: problem for path in edited if (problem := change.problem(path))}
        paths = [path for path in edited if path not in problems]
        joined = change.join_late_edits(paths, {only: opened} if opened is not None else {})
        kept = (path for path in paths if path not in joined)
        paths = sorted({*kept, *(path for path in joined.values() if _differs(crm, path))})
        left, found = (
            dict.fromkeys((path for path in paths if crm.prefix + path in side), "")
            for side in (status.deleted, status.added)
        )
        moved = moves(left, found, (), "")
        stood = {new: old for old, new in moved.items()}
        pairs = [(stood.get(path, path), path) for path in paths if path not in moved]
        saved = [_saved(crm, *pair) for pair in pairs]
        change.tell(lambda: _message(message, [_sentence(crm, *pair) for pair in pairs]))
        change.save(paths)
    return SavedAll(
        tuple(saved),
        change.id if paths else "",
        caught_up,
        (*problems.values(), *refusals(crm.git, crm.prefix, gone), *not_fetched(out, crm.prefix)),
        crm.held_up(),
        () if only else not_shared(crm, status),
    )


def _differs(crm: Crm, path: str) -> bool:
    """Tell whether a file still differs from the history, once edits were joined."""
    return store.read(crm.root, path) != _in_history(crm, path)


def _saved(crm: Crm, before_path: str, path: str) -> Saved:
    before, after = _in_history(crm, before_path), store.read(crm.root, path)
    if not store.is_customer_path(path):
        return Saved(path, path, (), ())
    told = _told(before_path, before, path, after, crm)
    shown = after if after is not None else before
    try:
        document = Document.read(shown or b"", path, crm.config)
    except CrmError as problem:
        finding = Finding("unreadable", "error", path, 1, str(problem), problem.hint)
        return Saved(path, path, told, (finding,))
    findings = tuple(document.findings) if after is not None else ()
    return Saved(path, document.customer.name, told, findings)


def _told(
    before_path: str, before: bytes | None, path: str, after: bytes | None, crm: Crm
) -> tuple[str, ...]:
    """Tell where a file went, and what changed in it."""
    moved = told_move(before_path, path)
    if moved and before == after:
        return (moved,)
    return (*filter(None, [moved]), *changes_told(before, after, path, crm.config))


def _sentence(crm: Crm, before_path: str, path: str) -> str:
    if not store.is_customer_path(path):
        return path
    before, after = _in_history(crm, before_path), store.read(crm.root, path)
    sentence = sentence_of(path, before, after, crm.config)
    moved = told_move(before_path, path)
    if not moved:
        return sentence
    name, _colon, what = sentence.partition(": ")
    return f"{name}: {moved}" if before == after else f"{name}: {moved}; {what}"


def _in_history(crm: Crm, path: str) -> bytes | None:
    head = crm.git.head()
    return crm.git.read_at(head, crm.prefix + path) if head else None


def _message(message: str, sentences: list[str]) -> str:
    if message:
        return "\n\n".join(filter(None, (message, "\n".join(sentences))))
    if len(sentences) == 1:
        return sentences[0]
    first = ", ".join(sentence.partition(":")[0] for sentence in sentences[:3])
    more = f" +{len(sentences) - 3}" if len(sentences) > 3 else ""
    return "\n\n".join(filter(None, (first + more, "\n".join(sentences))))
