"""Merge values of the head that one version writes as a text and another as a list."""

from __future__ import annotations

from crm_md.document.field_order import BARE
from crm_md.document.head_tree import Plain
from crm_md.document.merging.three import Three
from crm_md.document.pieces.twigs import Twig, cut_head, literal_key
from crm_md.frozen import replace


def merged_list(says: Three[Plain], *, in_order: bool) -> list[str] | None:
    """Return what both sides made of a list of texts; a single text is a list of one.

    Args:
        says: the three values.
        in_order: what is new on their side goes behind ours; else the bytes decide.

    Returns:
        None where no version is a list, or one holds more than texts.
    """
    if not any(isinstance(value, list) for value in says):
        return None
    before, one, other = says.each(_texts)
    if before is None or one is None or other is None:
        return None
    behind_ours = _behind(before, one, other)
    return behind_ours if in_order else min(behind_ours, _behind(before, other, one))


def _behind(before: list[str], one: list[str], other: list[str]) -> list[str]:
    kept = [text for text in one if text in other or text not in before]
    return kept + [text for text in other if text not in one and text not in before]


def _texts(value: Plain) -> list[str] | None:
    items = value if isinstance(value, list) else [value] if value else []
    texts = [item for item in items if isinstance(item, str)]
    return texts if len(texts) == len(items) else None


def rewritten(twig: Twig, value: str | list[str]) -> Twig:
    """Return a key with another value, in the style in which it stands.

    Raises:
        WouldChangeMore: it stands there in a way in which it cannot be written.
    """
    from crm_md.document.head_writing import set_value  # a tenth of the time of Git's driver

    text = f"---\n{' ' * twig.column}{twig.raw}\n---\n"
    changed = set_value(text, (literal_key(twig),), value, bare=twig.key in BARE)
    pieces = cut_head(changed.removesuffix("\n"))
    assert pieces is not None  # what was written is read the same
    return replace(pieces.root.strand.pieces[0], key=twig.key, column=twig.column)
