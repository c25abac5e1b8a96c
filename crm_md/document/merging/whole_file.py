"""Merge one file of bytes, as Git and `crm sync` have it: the result, or none for Git to show."""

from __future__ import annotations

import re

from crm_md.document.decoding import Decoded, decode, encode
from crm_md.document.merging import merge
from crm_md.document.merging.three import Three
from crm_md.document.pieces.heads import head_of
from crm_md.errors import FileUnreadable

# A line of the head that says nothing is carried along; without its end all of a head is in doubt.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")  # what no editor writes in whatever encoding
_HOPELESS = frozenset(("conflict", "head-unclosed", "head-too-long"))


def merged_file(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Merge two versions of a customer file; exchanging the sides gives the same bytes.

    Args:
        base: the version both come from, ``b""`` where both added the file.
        ours: one version.
        theirs: the other.

    Returns:
        the merged file, every question that is left a line in it; None where a side cannot be
        read: UTF-16 or no text at all, a head that does not end, the marks of a conflict. Then
        nothing is guessed. Where an editor saved a side in Windows-1252 or Latin-1, it is merged as
        it is read and shown, and the result is UTF-8.
    """
    versions = Three(base, ours, theirs)
    if versions.decided:
        return versions.wanted
    try:
        decoded = versions.each(lambda data: decode(data, ""))
    except FileUnreadable:
        return None
    if not all(map(_reads, decoded[1:])):
        return None
    marks = decoded.each(lambda version: version.bom)
    merged = merge(*decoded.each(lambda version: version.shown))
    return encode(merged.text, marks.wanted if marks.decided else marks.base)


def _reads(version: Decoded) -> bool:
    """Say whether a version can be trusted to say what its writer meant."""
    if version.shown != version.text and _NO_TEXT.search(version.text):
        return False
    findings = [*version.findings, *head_of(version.shown).findings]
    return not any(finding.check in _HOPELESS for finding in findings)
