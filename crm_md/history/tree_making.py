"""Make a tree out of another one: only those folders are read and written in which files change.

An index of its own for it would be filled with every file of the store: 60 ms at 10,000 files, ten
times that at 100,000; this takes 10. Source: gitformat-pack(5) for packs, and for trees
git-mktree(1) and the order of names in tree.c (a folder as if its name ended with a slash).
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping
from struct import pack

from crm_md.digests import digest
from crm_md.history.objects import Blob, read_objects
from crm_md.history.process import failure, run_git
from crm_md.history.repository import Repository

# Of a hundred folders, each alone takes 3 ms. Source: git-config(1), core.fsyncMethod; since 2.37.
_FORCED_TOGETHER = ("-c", "core.fsyncMethod=batch")
_FOLDER = b"40000"
_TREE = 2  # the type of an object in a pack
_MORE = 0x80


Entries = dict[bytes, tuple[bytes, bytes]]  # mode and id, by name


def tree_with(repository: Repository, tree: str, changes: Mapping[str, Blob | None]) -> str:
    """Return the id of a tree in which some files are others; the index is not touched.

    Args:
        repository: where.
        tree: a commit or tree to begin with.
        changes: by path, None to take one out.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    inside: dict[str, dict[str, Blob | None]] = {"": {}}
    for path, blob in changes.items():
        folder, _slash, name = path.rpartition("/")
        inside.setdefault(folder, {})[name] = blob
        while folder:
            folder = folder.rpartition("/")[0]
            inside.setdefault(folder, {})
    before = _folders(repository, tree, list(inside))
    below: dict[str, dict[str, bytes]] = {folder: {} for folder in inside}
    texts: dict[bytes, bytes] = {}
    made = b""
    for folder in sorted(inside, key=_depth, reverse=True):
        entries = _entries(before[folder] or b"", len(tree) // 2)
        _replace(entries, inside[folder], below[folder])
        text = _text(entries)
        made = _id_of(text, len(tree)) if entries or not folder else b""
        if made and text != before[folder]:
            texts[made] = text
        above, _slash, name = folder.rpartition("/")
        below[above][name] = made
    _keep(repository, texts.values(), len(tree))
    return made.hex()


def _depth(folder: str) -> int:
    return folder.count("/") + 1 if folder else 0


def _folders(repository: Repository, tree: str, folders: list[str]) -> dict[str, bytes | None]:
    """Return the folders as Git keeps them; None for one that is not there, or is a file."""
    names = (f"{tree}:{folder}" if folder else f"{tree}^{{tree}}" for folder in folders)
    return dict(zip(folders, read_objects(repository, names, "tree"), strict=True))


def _entries(text: bytes, size: int) -> Entries:
    """Take a folder apart: mode, blank, name, NUL, and the id in so many bytes."""
    found: Entries = {}
    at = 0
    while at < len(text):
        blank, end = text.index(b" ", at), text.index(b"\0", at)
        found[text[blank + 1 : end]] = text[at:blank], text[end + 1 : end + 1 + size]
        at = end + 1 + size
    return found


def _replace(
    entries: Entries, files: Mapping[str, Blob | None], folders: Mapping[str, bytes]
) -> None:
    """Put changed files and folders in their places; a folder without files is none."""
    for name, blob in files.items():
        if blob is None and _mode(entries, name) != _FOLDER:
            entries.pop(os.fsencode(name), None)
    for name, made in folders.items():
        if made:
            entries[os.fsencode(name)] = _FOLDER, made
        elif _mode(entries, name) == _FOLDER:
            del entries[os.fsencode(name)]
    for name, blob in files.items():
        if blob is not None:
            entries[os.fsencode(name)] = blob.mode.encode(), bytes.fromhex(blob.id)


def _mode(entries: Entries, name: str) -> bytes:
    return entries.get(os.fsencode(name), (b"",))[0]


def _text(entries: Entries) -> bytes:
    """Put a folder together: the inverse of `_entries`."""

    def place(name: bytes) -> bytes:
        return name + b"/" if entries[name][0] == _FOLDER else name

    return b"".join(
        b"%b %b\0%b" % (entries[n][0], n, entries[n][1]) for n in sorted(entries, key=place)
    )


def _id_of(text: bytes, digits: int) -> bytes:
    return digest("sha256" if digits == 64 else "sha1", b"tree %d\0%b" % (len(text), text))


def _keep(repository: Repository, texts: Iterable[bytes], digits: int) -> None:
    """Keep these trees in Git, through one process.

    Raises:
        CrmError: one of the 50s, if Git failed.
    """
    objects = [_head(len(text)) + zlib.compress(text) for text in texts]
    if not objects:
        return
    data = b"PACK" + pack(">II", 2, len(objects)) + b"".join(objects)
    given = data + digest("sha256" if digits == 64 else "sha1", data)
    answer = run_git(repository.top, *_FORCED_TOGETHER, "unpack-objects", "-q", given=given)
    if answer.code:
        raise failure(repository.top, answer, repository.git_dir)


def _head(size: int) -> bytes:
    """Return type and size of an object in a pack: four bits of it first, then seven at a time."""
    byte, size = _TREE << 4 | size & 0xF, size >> 4
    found = bytearray()
    while size:
        found.append(byte | _MORE)
        byte, size = size & 0x7F, size >> 7
    found.append(byte)
    return bytes(found)
