"""Let a chapter that one side adds follow the other side, which gave all headings new levels."""

from __future__ import annotations

from crm_md.document.merging.chapter_craft import at_level
from crm_md.document.merging.three import Three
from crm_md.document.pieces.body import Chapter
from crm_md.document.pieces.body_pairs import pair_chapters
from crm_md.document.pieces.pairing import Pairs
from crm_md.document.pieces.strand import Strand
from crm_md.frozen import replace

Strands = Three[Strand[Chapter]]
Plan = dict[tuple[bool, int], int]  # entry or not, level in the base: level on a side


def with_one_plan_of_levels(strands: Strands) -> Strands:
    """Return the versions with new chapters at the level that the other side gave their like.

    Args:
        strands: the chapters of each version; those that both know are merged one by one.
    """
    base, ours, theirs = strands.each(lambda strand: strand.pieces)
    levels = {chapter.title: chapter.level for chapter in base}
    if all(levels.get(one.title, one.level) == one.level for one in (*ours, *theirs)):
        return strands
    pairs_ours, pairs_theirs = pair_chapters(base, ours), pair_chapters(base, theirs)
    return Three(
        strands.base,
        _followed(strands.ours, pairs_ours, _plan(base, theirs, pairs_theirs)),
        _followed(strands.theirs, pairs_theirs, _plan(base, ours, pairs_ours)),
    )


def _plan(base: tuple[Chapter, ...], side: tuple[Chapter, ...], pairs: Pairs) -> Plan:
    """Return which levels a side changed throughout."""
    found: dict[tuple[bool, int], set[int]] = {}
    for here, there in pairs:
        kind = (base[here].moment is not None, base[here].level)
        found.setdefault(kind, set()).add(side[there].level)
    return {kind: level for kind, (level, *more) in found.items() if not more and level != kind[1]}


def _followed(strand: Strand[Chapter], pairs: Pairs, plan: Plan) -> Strand[Chapter]:
    if not plan:
        return strand
    known = {there for _here, there in pairs}
    pieces = tuple(
        chapter
        if place in known or not chapter.level
        else at_level(chapter, plan.get((chapter.moment is not None, chapter.level), chapter.level))
        for place, chapter in enumerate(strand.pieces)
    )
    return replace(strand, pieces=pieces)
