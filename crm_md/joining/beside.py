"""Keep beside a file the version of it that could not be merged: where, and what is told of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Literal, NamedTuple

from crm_md import forcing, store, writing
from crm_md.history import objects
from crm_md.joining.paths import free_path
from crm_md.messages import _

if TYPE_CHECKING:
    from crm_md.history import History


class Note(NamedTuple):
    """What a person should know of how two versions were joined.

    Attributes:
        why: two versions of which one is unreadable, or that cannot be merged; two customers of
            one name; a file in the place of a folder; an edit made before others' work came in,
            into a file that they changed, moved or removed.
        path: from the top of the work tree.
        beside: where the other one is, or was; "" where there is none.
    """

    why: Literal["unreadable", "different", "twin", "folder", "late", "moved", "removed"]
    path: str
    beside: str


def wanted_beside(path: str, prefix: str) -> str:
    """Return where the other version of a file goes, if that is free: see `paths.free_path`.

    A customer's goes to their attachments, so that nobody is there twice.

    Args:
        path: of the file, from the top of the work tree.
        prefix: the store's place in it.
    """
    inner = path.removeprefix(prefix)
    if not (path.startswith(prefix) and store.is_customer_path(inner)):
        return path
    name = inner.rpartition("/")[2]
    return f"{prefix}{store.ATTACHMENTS}/{name.removesuffix('.md')}/{name}"


def keep_beside(
    git: History, path: str, text: bytes, prefix: str, moving: Collection[str] = ()
) -> str:
    """Write the other version of a file under a free name, if it is not there already.

    Args:
        git: the work tree.
        path: of the file, from its top.
        text: the other version.
        prefix: the store's place in it.
        moving: paths that are about to be written.

    Returns:
        Where it stands.

    Raises:
        WriteFailed: the system refuses.
        CrmError: one of the 50s, if Git failed.
    """
    wanted = wanted_beside(path, prefix)
    folder = wanted.rpartition("/")[0]
    listed = objects.files_at(git, "HEAD", folder) if git.head() else ()
    taken = {wanted, *moving, *listed}
    while True:
        beside = free_path(wanted, taken, (), prefix)
        present = store.read(git.top, beside)
        if present in (None, text):
            break
        taken.add(beside)
    if present is None:
        writing.write(git.top, beside, text, None)
        forcing.force_folders(git.top, [beside])
    return beside


def note_told(note: Note) -> str:
    """Return what a person should know, in a sentence."""
    sentences = {
        "unreadable": _(
            "{path}: two versions, of which one cannot be read; it is kept as {beside}"
        ),
        "different": _("{path} was changed on both sides; the other version is kept as {beside}"),
        "twin": _("{path}: another customer has that file name; this one is now {beside}"),
        "late": _(
            "{path} was open in an editor while more was written into it; now it says both. "
            "What is not to stay, delete once more."
        ),
        "moved": _(
            "{beside} was open in an editor while others renamed or moved it; what was written "
            "stands in {path} now"
        ),
        "removed": _(
            "{path} was open in an editor while it was removed by others; it is there again for "
            "now → crm settle"
        ),
        "folder": _("{path} is a folder elsewhere; the file is now {beside}"),
    }
    return sentences[note.why].format(path=note.path, beside=note.beside)
