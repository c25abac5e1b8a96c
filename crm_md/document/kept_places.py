"""Find what became of a text by the place where it stood in an earlier version of the file.

A short text has nothing that a likeness could hold on to: ``segelt`` has become ``segelt gern``
and ``rudert jetzt``. What a merge kept of it stands where it stood, between the same neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence

from crm_md.document.merging.questions import Question, What
from crm_md.document.merging.settling import about_of
from crm_md.document.pieces.body import Block, Chapter


def has_named(chapters: Sequence[Chapter], about: str) -> bool:
    """Tell whether the text that a line names stands in a version of the file.

    Args:
        chapters: of that version.
        about: how the line names the text.
    """
    return any(_place(chapter, about) is not None for chapter in chapters)


def grown_there(
    now: Sequence[Chapter], before: Sequence[Chapter], about: str
) -> tuple[Chapter, tuple[int, ...]] | None:
    """Return what stands now where a text stood: the chapter, and the places of its blocks.

    They are of the text's sort, were not there before, and stand between the nearest neighbours
    that are there still.

    Args:
        now: the chapters of the file.
        before: those of an earlier version in which the text stands.
        about: how a merge's line names the text.

    Returns:
        None where the text is not found, or its chapter is not there once.
    """
    for old in before:
        place = _place(old, about)
        if place is None:
            continue
        homes = [new for new in now if (new.title, new.role) == (old.title, old.role)]
        return (homes[0], _grown(homes[0], old, place)) if len(homes) == 1 else None
    return None


def _place(chapter: Chapter, about: str) -> int | None:
    """Return where in a chapter the text stands that a line names."""
    blocks = enumerate(chapter.blocks.pieces)
    return next((place for place, one in blocks if _named(chapter, one) == about), None)


def _named(chapter: Chapter, block: Block) -> str:
    what: What = "task" if block.sort == "task" else "text"
    home = (chapter.title,) if chapter.title else ()
    return about_of(Question(what, home, block.raw, None, None))


def _grown(new: Chapter, old: Chapter, place: int) -> tuple[int, ...]:
    """Return the blocks that came between the neighbours of one that stood here."""
    here = [block.raw for block in new.blocks.pieces]
    there = [block.raw for block in old.blocks.pieces]
    above = (here.index(raw) for raw in reversed(there[:place]) if here.count(raw) == 1)
    below = (here.index(raw) for raw in there[place + 1 :] if here.count(raw) == 1)
    first, last = next(above, -1), next(below, len(here))
    sort = old.blocks.pieces[place].sort
    return tuple(
        number
        for number in range(first + 1, last)
        if here[number] not in there and new.blocks.pieces[number].sort == sort
    )
