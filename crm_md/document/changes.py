"""Tell in sentences what changed between two texts of a customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from crm_md.document.changes_head import Change
from crm_md.messages import _, ngettext

if TYPE_CHECKING:
    from crm_md.config import Config
    from crm_md.document.reading import Document

__all__ = ["Change", "changes", "changes_told", "told_in_one"]

MOST = 6  # sentences that are told of one file
_ONE_BY_ONE = 2  # entries that are told one by one; more are counted


def changes(before: Document | None, after: Document | None) -> tuple[Change, ...]:
    """Return what changed between two versions of a customer, each in a sentence.

    Changes that alter no meaning (blanks, line ends, order, quotation marks) are told only where
    there is nothing else.

    Args:
        before: the earlier version, None where there was none.
        after: the later version, None where it was removed.
    """
    if before is None and after is None:
        return ()
    if before is None:
        return (Change("created", "added", _("new customer")),)
    if after is None:
        return (Change("removed", "removed", _("customer removed")),)
    from crm_md.document.changes_body import body_changes
    from crm_md.document.changes_head import head_changes

    found = (*head_changes(before.head, after.head), *body_changes(before, after))
    return found or tuple(_of_the_writing(before, after))


def changes_told(before: bytes | None, after: bytes | None, path: str, config: Config) -> list[str]:
    """Return what changed between two contents of a customer file, in a few sentences.

    Args:
        before: what stood in the file, None where there was none; likewise ``after``.
        path: of the file, relative to the store.
        config: the store's settings.

    Returns:
        the sentences, the most telling ones first; of many the last says how many more there are.
        Empty where nothing changed.
    """
    from crm_md.document.reading import Document
    from crm_md.errors import CrmError

    if before == after:
        return []
    try:
        new = None if after is None else Document.read(after, path, config)
    except CrmError:
        return [_("the file cannot be read any more")]
    try:
        old = None if before is None else Document.read(before, path, config)
    except CrmError:
        return [_("the file can be read again")]
    return list(_told(changes(old, new)))


def told_in_one(found: Sequence[Change]) -> str:
    """Return changes as a commit tells them: ``Segment B → A; 1 entry added: …``."""
    return "; ".join(_told(found))


def _told(found: Sequence[Change]) -> Iterator[str]:
    """Yield the sentences, many entries as their number, and how many are left out."""
    counts = Counter((change.what, change.how) for change in found)
    sentences: list[str] = []
    for change in found:
        count = counts[change.what, change.how]
        if change.what == "entry" and count > _ONE_BY_ONE:
            sentence = _entries(change, count)
            sentences += [sentence] * (sentence not in sentences)
        else:
            sentences.append(change.sentence)
    yield from sentences[:MOST]
    rest = len(sentences) - MOST
    if rest > 0:
        yield ngettext("and {count} more", "and {count} more", rest).format(count=rest)


def _entries(change: Change, count: int) -> str:
    if change.how == "added":
        told = ngettext("{count} entry added", "{count} entries added", count)
    elif change.how == "removed":
        told = ngettext("{count} entry deleted", "{count} entries deleted", count)
    else:
        told = ngettext("{count} entry changed", "{count} entries changed", count)
    return told.format(count=count)


def _of_the_writing(before: Document, after: Document) -> Iterator[Change]:
    """Tell a change that alters no meaning."""
    if before.data == after.data:
        return
    old, new = before.text, after.text
    if old == new:
        told = _("only the byte order mark at the start of the file")
    elif before.shown == after.shown:
        told = _("only the encoding of the file")
    elif old.replace("\r\n", "\n") == new.replace("\r\n", "\n"):
        told = _("only the line ends")
    elif old.split() == new.split():
        told = _("only blanks and empty lines")
    else:
        told = _("only the way it is written")
    yield Change("writing", "changed", told)
