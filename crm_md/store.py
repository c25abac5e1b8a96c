"""The folder of files: find it, walk it, read a file and the settings."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from crm_md.errors import (
    LARGEST,
    ConfigMalformed,
    FileMisnamed,
    FileNotReadable,
    FileUnreadable,
    NoStore,
    reason_of,
)
from crm_md.messages import _

if TYPE_CHECKING:
    from crm_md.config import Config

CUSTOMERS = "customers"
ATTACHMENTS = "attachments"
TEMPLATES = "templates"
SETTINGS = "crm.toml"
DERIVED = ".crm"
OWN = (CUSTOMERS, TEMPLATES, SETTINGS, DERIVED, ".git", ".gitattributes", ".gitignore")

# Bytes of a name that are no UTF-8 reach Python as lone surrogates (PEP 383), which no database
# keeps and no terminal shows. Inside the program signs of private use stand for them.
_STAND_INS = {0xDC80 + byte: 0x10FF80 + byte for byte in range(0x80)}
_STOOD_FOR = {sign: surrogate for surrogate, sign in _STAND_INS.items()}


class Stamp(NamedTuple):
    """What the file system tells of a file's state; equal stamps mean: not read again."""

    size: int
    mtime_ns: int
    ctime_ns: int


OUT_OF_REACH = Stamp(0, 0, 0)


def is_store(folder: Path) -> bool:
    """Tell whether a folder is a store: it has ``customers/`` and either settings or Git above."""
    if not (folder / CUSTOMERS).is_dir():
        return False
    if (folder / SETTINGS).is_file():
        return True
    return any((parent / ".git").exists() for parent in (folder, *folder.parents))


def find_store(start: Path) -> Path | None:
    """Return the nearest folder upward from here that is a store, or None."""
    here = Path(os.path.abspath(start))  # noqa: PTH100  # keep links in the path as they were typed
    return next((folder for folder in (here, *here.parents) if is_store(folder)), None)


def require_store(folder: Path) -> Path:
    """Return the store this folder is or lies in.

    Raises:
        NoStore: neither it nor a folder above it is a store.
    """
    found = find_store(folder)
    if found is None:
        raise NoStore(str(folder))
    return found


def belongs(path: str) -> bool:
    """Tell whether a file, relative to the store, is one of those that are saved and shared."""
    return (
        is_customer_path(path)
        or path in (SETTINGS, ".gitattributes")
        or path.split("/")[0] in (TEMPLATES, ATTACHMENTS)
    )


def is_customer_path(path: str) -> bool:
    """Tell whether a path relative to the store is that of a customer file."""
    parts = path.split("/")
    return (
        len(parts) > 1
        and parts[0] == CUSTOMERS
        and path.endswith(".md")
        and not any(part.startswith(".") for part in parts)
    )


def told(path: str) -> str:
    """Return a path as the program keeps and prints it; only names that are no UTF-8 differ."""
    return path if path.isascii() else path.translate(_STAND_INS)


def is_misnamed(path: str) -> bool:
    """Tell whether a path as `told` bears a name that is no UTF-8."""
    return not path.isascii() and path != path.translate(_STOOD_FOR)


def walk(root: Path) -> Iterator[tuple[str, Stamp]]:
    """Yield every customer file with its stamp: plain files only, links are not followed.

    Paths are relative to the store, with ``/`` on every system and as `told`, in no particular
    order.
    """
    folders = [CUSTOMERS]
    while folders:
        folder = folders.pop()
        try:
            found = list(os.scandir(_place(root, folder)))
        except OSError:
            continue
        for one in found:
            path = f"{folder}/{told(one.name)}"
            if one.name.startswith("."):
                continue
            if one.is_dir(follow_symlinks=False):
                folders.append(path)
            elif one.name.endswith(".md") and one.is_file(follow_symlinks=False):
                try:
                    yield path, _stamp(one.stat(follow_symlinks=False))
                except PermissionError:
                    yield path, OUT_OF_REACH
                except OSError:
                    continue


Oddity = Literal["link", "folder", "repository", "closed"]


def oddities(root: Path) -> Iterator[tuple[str, Oddity]]:
    """Yield what stands among the customers and is no file of theirs, by path.

    Links, folders named ``x.md``, repositories of their own, and folders that the system keeps
    shut.
    """
    closed: list[str] = []

    def note(problem: OSError) -> None:
        closed.append(told(os.path.relpath(problem.filename, root).replace(os.sep, "/")))

    if (root / CUSTOMERS).is_symlink():
        yield CUSTOMERS, "link"
    for folder, folders, files in os.walk(root / CUSTOMERS, onerror=note):
        for name in sorted((*folders, *files)):
            place = os.path.join(folder, name)  # noqa: PTH118  # the folder is a text here
            path = told(os.path.relpath(place, root).replace(os.sep, "/"))
            if os.path.islink(place):  # noqa: PTH114  # this one never fails
                yield path, "link"
            elif name in folders and os.path.exists(f"{place}/.git"):  # noqa: PTH110
                yield path, "repository"
            elif name in folders and name.endswith(".md"):
                yield path, "folder"
    yield from ((path, "closed") for path in sorted(closed))


def stamp_of(root: Path, path: str) -> Stamp | None:
    """Return the file's stamp, None if there is no plain file.

    What stands in a folder that the system keeps shut is there, and cannot be read.
    """
    try:
        found = os.lstat(_place(root, path))
    except PermissionError:
        return OUT_OF_REACH
    except OSError:
        return None
    return _stamp(found) if stat.S_ISREG(found.st_mode) else None


def _place(root: Path, path: str) -> Path:
    """Return where a path as `told` stands."""
    return root / (path if path.isascii() else path.translate(_STOOD_FOR))


def _stamp(found: os.stat_result) -> Stamp:
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def read(root: Path, path: str) -> bytes | None:
    """Return the file's bytes, None if there is no such file.

    Raises:
        FileNotReadable: the system refuses to read it, or it is a folder, a link or a device.
        FileMisnamed: its name is no UTF-8.
    """
    if is_misnamed(path):
        raise FileMisnamed(path)
    full = root / path
    try:
        mode = os.lstat(full).st_mode
        if stat.S_ISLNK(mode) or not leads_inside(root, full):
            raise FileNotReadable(path, _("it is a link, and links are not followed"))
        if stat.S_ISDIR(mode):
            raise FileNotReadable(path, _("it is a folder, no file"))
        if not stat.S_ISREG(mode):  # reading a pipe or a device may wait for ever
            raise FileNotReadable(path, _("it is no file but a device or a pipe"))
        return full.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as problem:
        raise FileNotReadable(path, reason_of(problem)) from problem


def read_customer(root: Path, path: str) -> bytes | None:
    """Return the bytes of a customer's file, None if there is none; a huge one is not read at all.

    Raises:
        FileUnreadable: it is far too large for a customer.
        FileNotReadable: the system refuses to read it, or it is a folder, a link or a device.
        FileMisnamed: its name is no UTF-8.
    """
    found = stamp_of(root, path)
    if found is not None and found.size > LARGEST:
        raise FileUnreadable(path, "large")
    return read(root, path)


def _has_link(top: str, folder: str) -> bool:
    """Tell whether a folder below this one, or one on the way, is a link."""
    while len(folder) > len(top):
        if os.path.islink(folder):  # noqa: PTH114  # asked of every file that is read
            return True
        folder = os.path.dirname(folder)  # noqa: PTH120
    return folder != top


def leads_inside(root: Path, full: Path) -> bool:
    """Tell whether no part of the way to a file is a link that leads out of the store."""
    if ".." not in full.parts and not _has_link(os.fspath(root), os.fspath(full.parent)):
        return True
    top, folder = os.path.realpath(root), os.path.realpath(full.parent)
    return folder == top or folder.startswith(top + os.sep)


def path_for(slug: str, layout: str, folder: str = "") -> str:
    """Return where a new customer's file goes, relative to the store.

    Args:
        slug: the name of the file without ``.md``.
        layout: ``flat``, or ``letters`` for two-letter folders.
        folder: below ``customers/``, "" for that itself.
    """
    parts = [CUSTOMERS, *filter(None, [folder])]
    if layout == "letters":
        letters = "".join(sign for sign in slug[:2] if sign.isalnum()).ljust(2, "_")
        parts += [letters] if folder.rpartition("/")[2] != letters else []
    return "/".join([*parts, f"{slug}.md"])


def read_settings(root: Path) -> tuple[str, Config, ConfigMalformed | None]:
    """Return the text of ``crm.toml`` and what it says; one that cannot be read gives the defaults.

    Returns:
        text and settings, and why they cannot be used; None if all is well.

    Raises:
        StoreTooNew: a newer program made the store.
    """
    from crm_md.config import default_config, read_config

    try:
        text = (read(root, SETTINGS) or b"").decode("utf-8-sig")
        return text, read_config(text), None
    except ConfigMalformed as malformed:
        problem = malformed
    except FileNotReadable as unreadable:
        problem = ConfigMalformed(unreadable.reason)
    except UnicodeDecodeError as undecodable:
        line = undecodable.object.count(b"\n", 0, undecodable.start) + 1
        problem = ConfigMalformed(_("line {line} is not UTF-8").format(line=line))
    return "", default_config(), problem
