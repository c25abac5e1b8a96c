"""Merge what stands under one heading: paragraphs and list items whole, tasks by their parts."""

from __future__ import annotations

from collections.abc import Sequence

from crm_md.document.merging.questions import Question
from crm_md.document.merging.task_craft import merge_tasks
from crm_md.document.merging.three import Three
from crm_md.document.pieces.body import Block
from crm_md.document.pieces.body_pairs import pair_blocks, pair_new_blocks, same_block
from crm_md.document.pieces.pairing import Pairs


class BlockCraft:
    """How the blocks of one chapter are merged.

    Attributes:
        questions: what only a person can decide; filled while weaving.
    """

    def __init__(self, heading: str, *, theirs_first: bool) -> None:
        self.questions: list[Question] = []
        self.theirs_first = theirs_first
        self._place = (heading,) if heading else ()

    def pair(self, base: Sequence[Block], side: Sequence[Block]) -> Pairs:
        """Return which block of the base is which of a side."""
        return pair_blocks(base, side)

    def pair_new(self, ours: Sequence[Block], theirs: Sequence[Block]) -> Pairs:
        """Return which blocks both sides added alike."""
        return pair_new_blocks(ours, theirs)

    def another(self, base: Block, known: Block, side: Block) -> bool:
        """Prose may have been kept twice by an earlier merge; tasks are merged by their parts."""
        return "task" not in (base.sort, side.sort) and same_block(base, side)

    def join(self, piece: Three[Block | None], also: Sequence[Block]) -> Sequence[Block]:
        """Prose that both changed differently is kept twice; changed here, removed there, once."""
        base, ours, theirs = piece
        if ours is None or theirs is None:
            left = ours or theirs
            if left is None or left == base:
                return ()
            if base is not None:
                self._ask(piece)
            return _by_bytes((left, *also))
        if piece.decided and piece.wanted:
            return _by_bytes((piece.wanted, *also)) if also else (piece.wanted,)
        if all(block is None or block.sort == "task" for block in piece):
            raw, questions = merge_tasks(
                piece.each(_raw), self._place, theirs_first=self.theirs_first
            )
            self.questions += questions
            return (Block(raw, "task"),)
        self._ask(piece)
        return _by_bytes((ours, theirs, *also))

    def below(self, piece: Block, behind: Block) -> bool:
        """A paragraph or item stands for itself; what is indented below an item goes with it."""
        return piece.sort != "text" and behind.raw[:1] in (" ", "\t")

    def loose(self, piece: Block) -> bool:
        """Items are a set; paragraphs follow each other as their writer thought."""
        return piece.sort != "text"

    def sooner(self, one: Block, other: Block) -> bool:
        """Blocks have no order of their own."""
        return False

    def stays(self, anchor: Block | None, piece: Block) -> bool:
        """Blocks stand for themselves."""
        return False

    def gap(self, left: Block, right: Block, told: str | None) -> str:
        """Items stand line by line; between paragraphs is an empty line."""
        if right.sort == "text" and not right.alone:
            return told if told and told.count("\n") > 1 else "\n\n"
        if told is not None and "\n" in told:
            return told
        return "\n" if left.sort != "text" and right.sort != "text" else "\n\n"

    def _ask(self, piece: Three[Block | None]) -> None:
        task = all(block is None or block.sort == "task" for block in piece)
        self.questions.append(Question("task" if task else "text", self._place, *piece.each(_raw)))


def _by_bytes(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return blocks that stand for one another, each once, in the order that nobody chose."""
    return sorted({block.raw: block for block in blocks}.values(), key=lambda block: block.raw)


def _raw(block: Block | None) -> str | None:
    return block.raw if block else None
