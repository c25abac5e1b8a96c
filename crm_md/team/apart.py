"""Give a new customer a file name of its own where one has it whom a clone of a part leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_md.history import objects, trees
from crm_md.joining.beside import Note
from crm_md.joining.moves import MOVED, slug_of
from crm_md.joining.paths import free_path
from crm_md.messages import _

if TYPE_CHECKING:
    from crm_md.crm import Crm


def set_apart(crm: Crm, theirs: str) -> tuple[Note, ...]:
    """Rename the new files here whose name is that of a customer who is left out.

    Both stay; else the host would refuse what only whoever has both could put right.

    Args:
        crm: the open store.
        theirs: the commit of the other side, which ours continues.

    Raises:
        NotSaved and the others of `Crm.change`.
    """
    here = crm.git.head()
    if crm.part is None or here is None or here == theirs:
        return ()
    left_out = {slug_of(path, ""): path for path in crm.part.left_out}
    new = [
        path[len(crm.prefix) :]
        for path, differs in trees.differences(crm.git, theirs, here).items()
        if differs.old is None and slug_of(path, crm.prefix) in left_out
    ]
    ours = [path for path in new if (crm.root / path).is_file()]
    if not ours:
        return ()
    taken = [path[len(crm.prefix) :] for path in objects.files_at(crm.git, here)]
    slugs = {slug_of(path, "") for path in taken}
    notes = []
    with crm.change("rename") as change:
        for path in ours:
            beside = free_path(path, taken, slugs, "")
            slugs.add(slug_of(beside, ""))
            change.put_bytes(beside, change.read_bytes(path))
            change.put_bytes(path, None)
            change.add_trailer(MOVED, f"{path} -> {beside}")
            notes.append(Note("twin", left_out[slug_of(path, "")], beside))
        names = ", ".join(note.beside for note in notes)
        change.tell(lambda: _("Given file names of their own: {names}").format(names=names))
    return tuple(notes)
