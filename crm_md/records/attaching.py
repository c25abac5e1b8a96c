"""Lay files beside a customer: copied once, under a safe name, and linked where they are told."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from pathlib import Path

from crm_md import store
from crm_md.changing import Change
from crm_md.crm import Crm
from crm_md.errors import AttachmentNotReadable, reason_of
from crm_md.frozen import dataclass
from crm_md.messages import _

LARGE = 25 * 1024 * 1024  # bytes; what is larger stays in Git for ever and is asked about
_LONGEST = 120  # characters of a name
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
_IN_TARGET = {sign: f"%{ord(sign):02X}" for sign in " %()<>#?[]\\^`{}"}
_IN_TEXT = re.compile(r"([\\\[\]])")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is to belong to a customer; its name is safe on every system."""

    name: str
    data: bytes


def size_of(path: Path) -> int:
    """Return how large a file is that is to be attached, in bytes.

    Raises:
        AttachmentNotReadable: it is missing, a folder, a device, or the system refuses it.
    """
    try:
        found = path.stat()
    except OSError as problem:
        raise AttachmentNotReadable(str(path), reason_of(problem)) from problem
    if not stat.S_ISREG(found.st_mode):
        is_folder = stat.S_ISDIR(found.st_mode)
        reason = _("it is a folder") if is_folder else _("it is no file")
        raise AttachmentNotReadable(str(path), reason)
    return found.st_size


def read_attachment(path: Path) -> Attachment:
    """Read a file that is to be attached.

    Raises:
        AttachmentNotReadable: it is missing, a folder, a device, or the system refuses it.
    """
    size_of(path)  # a device or a pipe would be read for ever
    try:
        return Attachment(safe_name(path.name), path.read_bytes())
    except OSError as problem:
        raise AttachmentNotReadable(str(path), reason_of(problem)) from problem


def safe_name(name: str) -> str:
    """Return a file's name as every system can keep it: no path, no control, no reserved word.

    Source: "Naming Files, Paths, and Namespaces" (Windows), the strictest of the three.
    """
    bare = _UNSAFE.sub("-", unicodedata.normalize("NFC", name)).strip(" ")
    bare = "".join(sign if sign.isprintable() else "-" for sign in bare).lstrip(".").rstrip(" .")
    stem, dot, ending = bare.rpartition(".")
    if dot and stem and len(ending) < _LONGEST // 4:
        bare = f"{stem[: _LONGEST - len(ending) - 1].rstrip()}.{ending}"
    else:
        bare = bare[:_LONGEST]
    return f"_{bare}" if _RESERVED.match(bare) or not bare else bare


def attach(crm: Crm, change: Change, slug: str, attachment: Attachment) -> str:
    """Copy a file to those of a customer, in an action; return where it lies in the store.

    A file with the same bytes that lies there already is taken as it is; another one of the same
    name gets a number behind its own.

    Args:
        crm: the open store.
        change: the action in which it happens.
        slug: the customer's.
        attachment: what to copy.
    """
    folder = f"{store.ATTACHMENTS}/{slug}"
    standing = _standing(crm.root / folder)
    for name, size in standing.items():
        if (
            size == len(attachment.data)
            and change.read_bytes(f"{folder}/{name}") == attachment.data
        ):
            return f"{folder}/{name}"
    taken = set(map(str.casefold, standing))
    stem, dot, ending = attachment.name.rpartition(".")
    if not stem:
        stem, dot, ending = attachment.name, "", ""
    name, number = attachment.name, 1
    while True:
        path = f"{folder}/{name}"
        if name.casefold() not in taken and change.read_bytes(path) in (None, attachment.data):
            change.put_bytes(path, attachment.data)
            return path
        number += 1
        name = f"{stem}-{number}{dot}{ending}"


def _standing(folder: Path) -> dict[str, int]:
    """Return the size of each file in a folder, -1 for what is none."""
    if not folder.is_dir():
        return {}
    with os.scandir(folder) as entries:
        return {
            one.name: one.stat().st_size if one.is_file(follow_symlinks=False) else -1
            for one in entries
        }


def link_to(path: str, customer_path: str) -> str:
    """Return a Markdown link from a customer's file to an attachment, followed by every editor.

    Args:
        path: of the attachment, relative to the store.
        customer_path: of the customer's file, relative to the store.
    """
    up = "../" * customer_path.count("/")
    name = _IN_TEXT.sub(r"\\\1", path.rpartition("/")[2])
    return f"[{name}]({up}{_quoted(path)})"


def relinked(text: str, old: str, new: str) -> str:
    """Return a text whose links to the attachments of one slug lead to those of another."""
    ways = "|".join(map(re.escape, {old, _quoted(old)}))
    pattern = rf"(\]\(<?(?:\.\./)+{store.ATTACHMENTS}/)(?:{ways})(?=/)"
    return re.sub(pattern, lambda found: f"{found[1]}{_quoted(new)}", text)


def _quoted(path: str) -> str:
    """Return a path as the target of a link."""
    return "".join(_IN_TARGET.get(sign, sign) for sign in path)
