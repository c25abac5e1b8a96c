"""Decide what becomes of one file that both sides have and that differs in both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from crm_md import store
from crm_md.config import default_config
from crm_md.document import Document
from crm_md.document.body_edits import with_note
from crm_md.document.merging.whole_file import merged_file
from crm_md.document.question_lines import REMOVED_FILE, TAG
from crm_md.errors import CrmError
from crm_md.joining.settings import is_toml, merged_settings, questions_in, values_of

ByLines = Callable[[bytes, bytes, bytes, bool], "bytes | None"]
Merge = Callable[[bytes, bytes, bytes], "bytes | None"]
_LINES_OF_BOTH = (".gitattributes", ".gitignore")


class Together(NamedTuple):
    """One file out of two.

    Attributes:
        text: what stands in it now.
        beside: the other version, whole, where only both are without loss; None where one is all.
        why: why there are two: one cannot be read, or they are no text that can be merged.
    """

    text: bytes
    beside: bytes | None = None
    why: Literal["", "unreadable", "different"] = ""


def together(
    path: str,
    base: bytes,
    ours: bytes,
    theirs: bytes,
    by_lines: ByLines,
    merge: Merge = merged_file,
) -> Together:
    """Merge two versions of a file; the result depends on the three texts and the path alone.

    Args:
        path: relative to the store.
        base: the version both come from, ``b""`` where both added the file.
        ours: one version.
        theirs: the other.
        by_lines: merges as Git does, or keeps the lines of both sides if told to; None where that
            leaves a conflict.
        merge: merges customers' files as `merged_file` does; it is given the sides in their order.
    """
    ours, theirs = sorted((ours, theirs))
    if store.is_customer_path(path):
        merged = merge(base, ours, theirs)
        if merged is not None:
            return Together(merged)
        return _unreadable(base, ours, theirs, by_lines, _reads)
    if path == store.SETTINGS:
        return _settings(base, ours, theirs, by_lines)
    lines = by_lines(base, ours, theirs, False)
    if lines is None and path.rpartition("/")[2] in _LINES_OF_BOTH:
        lines = by_lines(base, ours, theirs, True)
    return Together(theirs, ours, "different") if lines is None else Together(lines)


def kept_with_question(path: str, text: bytes) -> bytes:
    """Return a file that one side removed and the other changed: it stays, and asks.

    Args:
        path: relative to the store.
        text: what the changed side says.
    """
    if not store.is_customer_path(path):
        return text
    try:
        document = Document.read(text, path, default_config())
        question = f"{REMOVED_FILE[document.customer.written_in or 'en']} {TAG}"
        if question in document.text:
            return text
        asked = with_note(document, "settle", question)
        return asked.with_text(asked.text.replace(f" {question}", f" [ ] {question}")).data
    except CrmError:
        return text


def _settings(base: bytes, ours: bytes, theirs: bytes, by_lines: ByLines) -> Together:
    """By key; and by lines where that says the same, since then the comments of both stay."""
    merged = merged_settings(base, ours, theirs)
    if merged is None:
        if is_toml(ours) and is_toml(theirs):
            return Together(theirs, ours, "different")
        return _unreadable(base, ours, theirs, by_lines, is_toml)
    lines = by_lines(base, ours, theirs, False)
    if lines is None or values_of(lines) != values_of(merged):
        return Together(merged)
    return Together(lines if questions_in(lines) == questions_in(merged) else merged)


def _unreadable(
    base: bytes, ours: bytes, theirs: bytes, by_lines: ByLines, reads: Callable[[bytes], bool]
) -> Together:
    """What can be read stays in its place, and the other version beside it."""
    lines = by_lines(base, ours, theirs, False)
    if lines is not None and reads(lines):
        return Together(lines)
    stays, other = (ours, theirs) if reads(ours) and not reads(theirs) else (theirs, ours)
    return Together(stays, other, "unreadable")


def _reads(text: bytes) -> bool:
    return merged_file(b"", text, text + b"\n") is not None
