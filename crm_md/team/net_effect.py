"""Find the net effect of works on a text, without what others did to it in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crm_md.document import taken_back
from crm_md.team.works import Stretch

Blobs = Mapping[str, bytes]


def net_effects(
    stretches: Sequence[Stretch], blobs: Blobs
) -> Iterator[tuple[bytes | None, bytes | None, Stretch]]:
    """Yield what stood there before and after, without what others did in between.

    Where others changed the file in between, the text before is asked as it would be had only they
    written: the work is taken back from it. Where that cannot be said, both pieces are told.
    """
    start: bytes | None = None
    whole: Stretch | None = None
    for stretch in stretches:
        before = text_of(stretch.before, blobs)
        if whole is not None:
            carried = _carried(start, text_of(whole.after, blobs), before)
            if carried is None:
                yield start, text_of(whole.after, blobs), whole
                whole = None
            else:
                start = carried
                whole = Stretch(whole.before, stretch.after, whole.path_before, stretch.path)
        if whole is None:
            start, whole = before, stretch
    if whole is not None:
        yield start, text_of(whole.after, blobs), whole


def _carried(before: bytes | None, after: bytes | None, later: bytes | None) -> bytes | None:
    """Return a later text as it would be without a change, None if nobody can say."""
    if before is None or after is None or later is None:
        return None
    try:
        texts = [data.decode("utf-8") for data in (after, later, before)]
    except UnicodeDecodeError:
        return None
    if any(text.startswith("\ufeff") for text in texts):
        return None
    merged = taken_back(*texts)
    return None if merged.questions else merged.text.encode("utf-8")


def text_of(name: str | None, blobs: Blobs) -> bytes | None:
    """Return a text by its id, None for no file."""
    return None if name is None else blobs[name]
