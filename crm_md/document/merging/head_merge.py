"""Merge the heads of three versions: by key and item, and by lines where that cannot be trusted."""

from __future__ import annotations

import re

from crm_md.document.merging.questions import Question
from crm_md.document.merging.three import Three, agreed
from crm_md.document.merging.twig_craft import TwigCraft, is_wish, words_in
from crm_md.document.merging.weaving import weave
from crm_md.document.pieces.heads import head_of
from crm_md.document.pieces.item_pairs import meaning
from crm_md.document.pieces.pairing import in_order
from crm_md.document.pieces.strand import Strand
from crm_md.document.pieces.twigs import Branch, HeadPieces, cut_head, meaning_of_value
from crm_md.errors import WouldChangeMore
from crm_md.frozen import replace
from crm_md.words import KEYS, plain, refuses

_NOTHING = HeadPieces("", Branch("pairs", "", Strand(), ""), "")
_KEY = re.compile(r"[ ]*(?:- )?([^\W\d][\w -]*):(?=[ ]|\Z)")


def merge_heads(heads: Three[str], *, theirs_first: bool) -> tuple[str, list[Question]]:
    """Return the merged head, and what only a person can decide.

    Args:
        heads: each from the opening to the closing line, "" for none.
        theirs_first: as in `Craft`.
    """
    pieces = heads.each(lambda raw: cut_head(raw) if raw else _NOTHING)
    base, ours, theirs = pieces
    if base is not None and ours is not None and theirs is not None:
        merged = _by_entry(Three(base, ours, theirs), theirs_first)
        if merged is not None:
            return merged
    return _by_line(heads)


def _by_entry(heads: Three[HeadPieces], theirs_first: bool) -> tuple[str, list[Question]] | None:
    """Merge by key and item; None if the result would not say what it should."""
    there = [head for head in heads if head is not _NOTHING]
    shown = heads.ours if heads.ours is not _NOTHING else heads.theirs
    if any(head.root.opening != shown.root.opening for head in there):
        return None
    strands = heads.each(lambda head: head.root.strand)
    craft = TwigCraft((), shown.root, strands, theirs_first=theirs_first)
    try:
        strand = weave(strands, craft)
    except WouldChangeMore:
        return None
    if heads.base is _NOTHING and not theirs_first:
        strand = craft.in_our_order(strand)
    if not strand.pieces and _NOTHING in heads[1:]:
        return "", craft.questions
    root = replace(shown.root, strand=strand)
    opening = agreed(heads.each(lambda head: head.opening or None))
    closing = agreed(heads.each(lambda head: None if head is _NOTHING else head.closing))
    raw = HeadPieces(opening, root, closing).raw
    if not _says(raw, root, [head.raw for head in there]):
        return None
    texts = heads.each(lambda head: head.raw)
    asked = [question.lost for question in craft.questions]
    if lost := _lost(texts, "\n".join([raw, *asked])):
        craft.questions.append(Question("head", (), *texts, lost=lost))
    return raw, craft.questions


def _lost(heads: Three[str], kept: str) -> str:
    """Return the words of a side that are nowhere: in a remark of a value that did not win."""
    known = words_in(heads.base).keys() | words_in(kept).keys()
    said = words_in(_values(heads.ours)).keys() | words_in(_values(heads.theirs)).keys()
    return " ".join(sorted(said - known))


def _values(head: str) -> str:
    """Return a head without the keys that we know; their name in another language is no loss."""
    return "\n".join(
        line[found.end() :] if (found := _KEY.match(line)) and plain(found[1]) in KEYS else line
        for line in head.split("\n")
    )


def _says(raw: str, root: Branch, versions: list[str]) -> bool:
    """Say whether a merged head reads as it was merged, with no slip that no version has."""
    head = head_of(raw)
    known = {f.check for version in versions for f in head_of(version).findings}
    return meaning(head.root) == meaning_of_value(root) and known >= {
        finding.check for finding in head.findings
    }


def _refuses(lines: list[str]) -> bool:
    """Tell whether a line says that somebody wants no contact, or refuses a consent."""
    for line in lines:
        found = _KEY.match(line)
        key = KEYS.get(plain(found[1])) if found else None
        if found and key == "do_not_contact" and is_wish(line[found.end() :]):
            return True
        if found and key == "allowed" and refuses(line[found.end() :]):
            return True
    return False


def _by_line(heads: Three[str]) -> tuple[str, list[Question]]:
    """Merge by lines; of those both changed a refusal of contact stays, else what sorts last."""
    lines = heads.each(lambda raw: raw.split("\n") if raw else [])
    here = dict(in_order(lines.base, lines.ours, lambda line: line))
    there = dict(in_order(lines.base, lines.theirs, lambda line: line))
    anchors = [Three(i, here[i], there[i]) for i in sorted(here.keys() & there.keys())]
    merged: list[str] = []
    questions: list[Question] = []
    at = Three(0, 0, 0)
    for anchor in [*anchors, lines.each(len)]:
        part = Three(
            lines.base[at.base : anchor.base],
            lines.ours[at.ours : anchor.ours],
            lines.theirs[at.theirs : anchor.theirs],
        )
        if part.decided:
            merged += part.wanted
        else:
            lost, kept = sorted((part.ours, part.theirs), key=lambda one: (_refuses(one), one))
            merged += kept
            questions.append(Question("head", (), *part.each("\n".join), lost="\n".join(lost)))
        merged += lines.base[anchor.base : anchor.base + 1]
        at = anchor.each(lambda place: place + 1)
    return "\n".join(merged), questions
